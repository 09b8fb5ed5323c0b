"""Contacts: names, titles, telephone numbers and addresses, however they were laid out.

Takes lines and tables below the heading of the contacts; gives the `contacts` of the data. Words that are none of
these are left over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from packgen.importing.dates import EMAIL, TELEPHONE
from packgen.importing.passages import blocks_of
from packgen.importing.pieces import FIXED, Grid, Line, Piece, Record, split_lines

_LABEL = re.compile(r"\s*(?P<label>[^:\t]{2,40}?)\s*(?::\s*|\t\s*)(?P<value>.*)")
_KEYS: Mapping[str, str] = {
    "name": "name", "name and job title": "name and title", "name and title": "name and title",
    "name & job title": "name and title",
    "job title": "title", "title": "title", "post": "title", "position": "title", "post title": "title",
    "designation": "title", "telephone": "telephone", "telephone no": "telephone", "telephone number": "telephone",
    "tel": "telephone", "tel no": "telephone", "phone": "telephone", "phone number": "telephone", "mobile": "telephone",
    "e-mail": "email", "email": "email", "email address": "email", "e-mail address": "email", "e mail": "email",
    "address": "address", "postal address": "address", "address/e-mail": "email",
}  # fmt: skip
_LONGEST_VALUE = 100
_ROLES = re.compile(
    r"(?:report |lead |contact |main )*(?:author|officer|contact|director|manager)s?\b.*", re.IGNORECASE
)


def contacts_of(pieces: Sequence[Piece], record: Record) -> list[dict[str, Any]]:
    """Every contact in `pieces`, in order."""
    found: list[dict[str, Any]] = []
    for place, label, value in _entries(pieces, record):
        key = _key(label, value, found)
        if key is None:
            words = label or value
            shown = words if len(words) <= 60 else words[:57] + "..."
            record.remark(place, f'"{shown}" is none of the things that a contact has', code="import.contact")
            record.keep(
                place,
                "it is none of the things that a contact has",
                *blocks_of([_line(place, f"{label}: {value}" if label else value)], record),
            )
            continue
        if not value:
            record.omit(place, "a label without a value", label)
            record.remark(place, f'"{label}" of a contact is empty', "ask the author", code="import.contact")
            continue
        if key == "name and title":
            record.omit(place, FIXED, label)
            name, comma, title = value.partition(",")
            found.append({"name": name.strip(), **({"title": title.strip()} if comma and title.strip() else {})})
            continue
        if key in {"name", "role"} or not found or key in found[-1]:
            found.append({})
        if key == "role":
            found[-1] |= {"role": label, "name": value}
        else:
            found[-1][key] = value
            if label:
                record.omit(place, FIXED, label)
    return [_ordered(contact) for contact in found]


def _key(label: str, value: str, found: Sequence[Mapping[str, Any]]) -> str | None:
    """What a value is: by its label, or without one by its look."""
    known = _KEYS.get(label.casefold().rstrip(" .").replace("‑", "-"))
    if known or not label:
        return known or _by_look(value, found)
    return "role" if _ROLES.fullmatch(label) or (value and not found) or _is_name(value) else None


def _by_look(value: str, found: Sequence[Mapping[str, Any]]) -> str | None:
    if EMAIL.fullmatch(value):
        return "email"
    if TELEPHONE.fullmatch(value):
        return "telephone"
    latest = found[-1] if found else {}
    if len(value) > _LONGEST_VALUE or value.endswith((".", ";", ":")):
        return None
    if "name" not in latest:
        return "name"
    if "title" not in latest and not latest.keys() & {"telephone", "email", "address"}:
        return "title"
    return (
        "address" if re.search(r"\b[A-Z]{1,2}\d[\dA-Z]? ?\d[A-Z]{2}\b", value) and "address" not in latest else "name"
    )


def _is_name(value: str) -> bool:
    return bool(re.fullmatch(r"(?:[A-Z][\w.’'-]*\.? ?){2,5}", value))


def _entries(pieces: Sequence[Piece], record: Record) -> Iterator[tuple[str, str, str]]:
    """Places, labels and values; the label is empty where none was written."""
    for piece in pieces:
        if isinstance(piece, Grid):
            yield from _grid_entries(piece, record)
            continue
        for line in split_lines(piece):
            yield from _line_entries(line, record)


def _line_entries(line: Line, record: Record) -> Iterator[tuple[str, str, str]]:
    record.text_of(line, "a contact")
    match = _LABEL.fullmatch(line.raw.strip())
    if match and not EMAIL.search(match["label"]):
        yield line.place, " ".join(match["label"].split()), " ".join(match["value"].split())
        return
    # Name, title, telephone and e-mail in one line, one after the other.
    email, telephone = EMAIL.search(line.words), TELEPHONE.search(line.words)
    if not (email or telephone) or len(line.words) == max(len(each[0]) for each in (email, telephone) if each):
        yield line.place, "", line.words
        return
    rest = line.words
    for match in filter(None, (email, telephone)):
        rest = rest.replace(match[0], "\n")
    for part in re.split(r"[\n;|]|,(?= )|\s[–-]\s", rest):
        words = re.sub(
            r"(?:tel(?:ephone)?|e-?mail|phone|or|on|at)[.:]?\s*$", "", part.strip(" ,;:()–-"), flags=re.IGNORECASE
        )
        if words.strip(" ,;:.()"):
            yield line.place, "", words.strip(" ,;:")
        if lost := part.strip(" ,;:()–-").removeprefix(words).strip():
            record.omit(line.place, FIXED, lost)
    for match in filter(None, (telephone, email)):
        yield line.place, "", match[0]


def _grid_entries(grid: Grid, record: Record) -> Iterator[tuple[str, str, str]]:
    heads = [box.words for box in grid.rows[0].boxes]
    known = [head for head in heads if head.casefold().rstrip(" .:") in _KEYS]
    if len(known) >= 2 and len(grid.rows) > 1:
        record.omit(grid.place, FIXED, " ".join(heads))
        for row in grid.rows[1:]:
            for box in row.boxes:
                if box.words and box.column < len(heads):
                    yield box.place, heads[box.column].rstrip(" :"), box.words
        return
    for row in grid.rows:
        boxes = [box for box in row.boxes if box.words]
        if len(boxes) == 2 and len(boxes[0].words) <= 40:
            yield row.place, boxes[0].words.rstrip(" :"), boxes[1].words
        else:
            for box in boxes:
                yield from _entries(box.pieces, record)


def _line(place: str, words: str) -> Line:
    from packgen.prose.tree import Text

    return Line((Text(words),), place)


def _ordered(contact: Mapping[str, Any]) -> dict[str, Any]:
    order = ("role", "name", "title", "telephone", "email", "address")
    return {key: contact[key] for key in order if key in contact}
