"""Raw values, accepted by the schemas, become the frozen model. No judgement, no reading of files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from msgspec.structs import replace

from packgen.item_numbers import padded, place
from packgen.load.raw_pack import PACK_FILE, RawPack, sub_item_letter
from packgen.model import (
    TO_FOLLOW_TEMPLATE,
    Document,
    Exemption,
    Item,
    Lateness,
    Meeting,
    Numbering,
    Pack,
    Person,
    SupplementWords,
    ToFollow,
    Withdrawal,
)
from packgen.schemas import json_path
from packgen.schemas.findings import DataPath
from packgen.slugs import slug
from packgen.wording import long_date

Raw = Mapping[str, Any]


def build_pack(raw: RawPack, defaults: Numbering) -> Pack:
    """The model of a pack. `defaults` is the numbering of the council's settings.

    Expects values that have passed validation; anything else raises KeyError or ValueError.
    """
    value: Raw = raw.pack.value
    items = _items(raw, value, "items", first_number=1)
    next_number = max((place(item.number)[0] for item in items), default=0) + 1
    return Pack(
        id=raw.folder.resolve().name,
        folder=raw.folder.resolve(),
        committee=value["committee"],
        meeting=Meeting(
            date=dt.date.fromisoformat(value["meeting"]["date"]),
            time=dt.time.fromisoformat(value["meeting"]["time"]),
            venue=value["meeting"]["venue"],
            webcast=value["meeting"].get("webcast"),
        ),
        items=items,
        part_two=_items(raw, value, "part_two", first_number=next_number),
        published=_date(value.get("published")),
        proper_officer=_person(value.get("proper_officer")),
        contact=_person(value.get("contact")),
        notices=tuple(value.get("notices", ())),
        membership=tuple(Person(**person) for person in value.get("membership", ())),
        public_notes=tuple(value.get("public_notes", ())),
        numbering=_numbering(value.get("numbering", {}), defaults),
        language=value.get("language", "en-GB"),
        supplement_words=tuple(_supplement_words(each) for each in value.get("supplements", ())),
    )


def _items(raw: RawPack, value: Raw, part: str, *, first_number: int) -> tuple[Item, ...]:
    items = []
    number = first_number
    for index, written in enumerate(value.get(part, ())):
        own = written.get("number", number)
        items.append(_item(raw, written, str(own), (part, index), 1 if part == "items" else 2))
        number = place(own)[0] + 1
    return tuple(items)


def _item(raw: RawPack, written: Raw, number: str, path: DataPath, part: Literal[1, 2]) -> Item:
    sub_items = tuple(
        replace(_item(raw, sub, f"{number}{sub_item_letter(index)}", (*path, "sub_items", index), part), sub_items=())
        for index, sub in enumerate(written.get("sub_items", ()))
    )
    to_follow = _to_follow(written.get("to_follow"))
    documents = [
        _document(raw, document, number, index, (*path, "documents", index))
        for index, document in enumerate(written.get("documents", ()))
    ]
    if to_follow and not documents:
        # That a paper of Part Two is to come is known only to those who will have it.
        exempt = Exemption(paragraphs=()) if part == 2 else None
        placeholder = _placeholder(raw, written["title"], to_follow, f"{padded(number)}-to-follow", path)
        documents = [replace(placeholder, exempt=exempt)]
    return Item(
        number=number,
        title=written["title"],
        public_title=written.get("public_title"),
        kind=written.get("kind", "business"),
        part=part,
        report_of=written.get("report_of"),
        presenter=written.get("presenter"),
        text=written.get("text"),
        documents=tuple(documents),
        sub_items=sub_items,
        to_follow=to_follow,
        withdrawn=_withdrawal(written.get("withdrawn")),
        pointer=json_path(path),
    )


def _document(raw: RawPack, written: Raw, number: str, index: int, path: DataPath) -> Document:
    to_follow = _to_follow(written.get("to_follow"))
    exempt = _exemption(written.get("exempt"))
    if to_follow:
        name = f"{padded(number)}-{index + 1}-{slug(written['title'])}"
        return replace(_placeholder(raw, written["title"], to_follow, name, path), exempt=exempt)
    name = written.get("data", written.get("file"))
    data = raw.data[name].value if "data" in written else None
    title = written.get("title") or (document_title(data) if data else Path(name).stem)
    return Document(
        id=f"{padded(number)}-{index + 1}-{slug(title)}",
        title=title,
        source=(raw.folder / name).resolve(),
        template=data["template"] if data else None,
        data=data,
        alt=written.get("alt"),
        exempt=exempt,
        late=_lateness(written.get("late")),
        acknowledged=dict(written.get("acknowledged", {})),
        pointer=json_path(path),
    )


def document_title(data: Raw) -> str:
    """What a filled document is called when `pack.json` gives it no title of its own."""
    if data["template"] == "minutes" and "title" not in data:
        return f"Minutes of {long_date(dt.date.fromisoformat(data['meeting_date']))}"
    if data["template"] == "work-programme":
        return f"Work Programme {data['year']}"
    if data["template"] == "cia":
        return f"Community Impact Assessment: {data['proposal']}"
    if data["template"] == "cia-summary":
        return f"Community Impact Assessment, summary: {data['proposal']}"
    title = str(data.get("title") or data["template"].replace("-", " ").capitalize())
    return f"{data['label']}: {title}" if data.get("label") else title


def _placeholder(raw: RawPack, title: str, to_follow: ToFollow, name: str, path: DataPath) -> Document:
    return Document(
        id=name,
        title=title,
        source=(raw.folder / PACK_FILE).resolve(),
        template=TO_FOLLOW_TEMPLATE,
        to_follow=to_follow,
        pointer=json_path(path),
    )


def _to_follow(value: bool | Raw | None) -> ToFollow | None:
    if not value:
        return None
    if isinstance(value, Mapping):
        return ToFollow(expected=_date(value.get("expected")), reason=value.get("reason"))
    return ToFollow()


def _withdrawal(value: bool | Raw | None) -> Withdrawal | None:
    if not value:
        return None
    return Withdrawal(reason=value.get("reason")) if isinstance(value, Mapping) else Withdrawal()


def _lateness(value: Raw | None) -> Lateness | None:
    return Lateness(reason=value.get("reason"), urgency=value.get("urgency")) if value else None


def _supplement_words(value: Raw) -> SupplementWords:
    return SupplementWords(published=_date(value.get("published")), late=_lateness(value) or Lateness())


def _exemption(value: Raw | None) -> Exemption | None:
    if not value:
        return None
    return Exemption(
        paragraphs=tuple(sorted(value["paragraphs"])),
        reason=value.get("reason"),
        public_words=tuple(value.get("public_words", ())),
    )


def _person(value: Raw | None) -> Person | None:
    return Person(**value) if value else None


def _date(value: str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None


def _numbering(value: Raw, defaults: Numbering) -> Numbering:
    written = value.get("front_sheet")
    return Numbering(
        first=value.get("first", defaults.first),
        front_sheet_counted=defaults.front_sheet_counted if written is None else written == "counted",
        duplex=value.get("duplex", defaults.duplex),
    )
