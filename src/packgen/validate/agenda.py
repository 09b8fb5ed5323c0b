"""What `pack.json` says, taken together: numbers, dates, Part Two, links between items."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeGuard

from packgen.errors import Problem
from packgen.item_numbers import place
from packgen.load import RawPack
from packgen.load.raw_pack import written_documents


def check_agenda(raw: RawPack) -> Iterator[Problem]:
    """Problems that no schema can express. Tolerates any shape: what is malformed is reported elsewhere."""
    if not isinstance(raw.pack.value, dict):
        return
    yield from _dates(raw)
    yield from _numbers(raw)
    yield from _part_two(raw)
    yield from _repeated_documents(raw)


def _dates(raw: RawPack) -> Iterator[Problem]:
    meeting = raw.pack.value.get("meeting")
    date = _date(meeting.get("date")) if isinstance(meeting, dict) else None
    published = _date(raw.pack.value.get("published"))
    if date and published and published >= date:
        yield raw.pack.problem(
            "agenda.published-late",
            ("published",),
            "the agenda is published on or after the day of the meeting",
            "look at both dates; the law wants clear days between them",
        )


def _numbers(raw: RawPack) -> Iterator[Problem]:
    last: int | str = 0
    for part in ("items", "part_two"):
        items = raw.pack.value.get(part)
        for index, item in enumerate(items if isinstance(items, list) else []):
            if not isinstance(item, dict):
                continue
            written = item.get("number")
            if not _is_number(written):
                last = place(last)[0] + 1
                continue
            if place(written) <= place(last):
                yield raw.pack.problem(
                    "agenda.number-order",
                    (part, index, "number"),
                    f"item number {written} comes after item number {last}",
                    "numbers must rise; leave the key out to have the next number",
                )
            last = max(written, last, key=place)


def _is_number(written: object) -> TypeGuard[int | str]:
    if isinstance(written, str):
        return re.fullmatch(r"[1-9][0-9]*[A-Z]", written) is not None
    return isinstance(written, int) and not isinstance(written, bool) and written > 0


def _part_two(raw: RawPack) -> Iterator[Problem]:
    items = raw.pack.value.get("items")
    part_two = raw.pack.value.get("part_two")
    documents = list(written_documents(raw.pack.value))
    moved = any(isinstance(item, dict) and item.get("kind") == "exclusion" for item in _list(items))
    exempt = next((path for path, document in documents if "exempt" in document), None)
    if not moved and (_list(part_two) or exempt):
        what = "there is business in Part Two" if _list(part_two) else "there is an exempt document"
        yield raw.pack.problem(
            "agenda.no-exclusion",
            ("part_two",) if _list(part_two) else exempt or (),
            f"{what}, but no item moves that the public be excluded",
            'add {"title": "Exclusion of the Public", "kind": "exclusion"} as the last item of "items"',
            severity="error" if _list(part_two) else "warning",
        )
    for path, document in documents:
        if path[0] == "part_two" and "exempt" not in document:
            yield raw.pack.problem(
                "agenda.part-two-not-exempt",
                path,
                "a document of Part Two does not say under which paragraphs it is exempt",
                'add "exempt": {"paragraphs": [3], "reason": "..."}, or move the item to "items"',
            )


def _repeated_documents(raw: RawPack) -> Iterator[Problem]:
    seen: dict[str, Mapping[str, Any]] = {}
    for path, document in written_documents(raw.pack.value):
        for key in ("data", "file"):
            name = document.get(key)
            if isinstance(name, str):
                if name in seen:
                    yield raw.pack.problem(
                        "agenda.document-twice",
                        (*path, key),
                        f"{name} is in the pack twice",
                        "refer to it from the second item in words",
                    )
                seen[name] = document


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _date(value: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
