"""Minutes whose numbers do not run on, or that are not of the meeting that the agenda names."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from packgen.checks.dates import dates_in
from packgen.checks.subject import Subject, municipal_year
from packgen.errors import Problem
from packgen.load import JsonFile
from packgen.wording import long_date

EXPLANATION = "numbers of minutes that do not run on, or minutes of another meeting than the agenda says"
_OWN_NUMBER = re.compile(r"(?:minute\s+(?:no\.?\s*)?\d{1,4}\b|(\d{1,4})[.):]?\s+\S)", re.IGNORECASE)
_MENTIONED = re.compile(
    r"\b(?:this|see|at|in|under|of)\s+minute\s+(?:no\.?\s*|number\s+)?(\d{1,4})\b(?!\s+of\b|[-/]|\s+seconds?\b)",
    re.IGNORECASE,
)
_HELD = re.compile(r"\b(?:meetings?\s+(?:held\s+)?(?:on|of)|held\s+on)\s+(.{0,40})")
"""Words in front of the day of a meeting, and those in which it stands."""


def check_pack(subject: Subject) -> Iterator[Problem]:
    """Warnings for minutes of several meetings that do not follow each other, and for those of another day."""
    own = subject.pack["committee"]
    files = sorted(
        (file for file in subject.data("minutes") if file.value.get("committee", own) == own),
        key=lambda file: str(file.value["meeting_date"]),
    )
    for before, after in pairwise(files):
        follows = before.value["first_number"] + _count(before)
        same_year = municipal_year(_day_of(before)) == municipal_year(_day_of(after))
        if same_year and _day_of(before) != _day_of(after) and after.value["first_number"] != follows:
            yield after.problem(
                "check.minute-numbers",
                ("first_number",),
                f"these minutes begin with {after.value['first_number']}; those of {long_date(_day_of(before))} end "
                f"with {follows - 1}",
                f"write {follows}, if no meeting was in between",
                severity="warning",
            )
    of_minutes = {id(file): file for file in files}
    for path, item in subject.items():
        for _, document in subject.papers(item, path):
            file = subject.raw.data.get(document.get("data", ""))
            if file is not None and id(file) in of_minutes:
                yield from _of_item(file, item)


def check_file(subject: Subject, file: JsonFile) -> Iterator[Problem]:
    """Warnings for one set of minutes: those that are not yet held, and numbers that nothing has."""
    value = file.value
    if _day_of(file) >= subject.meeting_date:
        yield file.problem(
            "check.minutes-date",
            ("meeting_date",),
            f"these are minutes of {long_date(_day_of(file))}; the meeting that is to confirm them is on "
            f"{long_date(subject.meeting_date)}",
            "correct one of the two dates",
            severity="warning",
        )
    last = value["first_number"] + _count(file) - 1
    for part in ("minutes", "part_two"):
        for index, minute in enumerate(value.get(part, ())):
            if _numbered(minute["title"], value["first_number"], last):
                yield file.problem(
                    "check.minute-number",
                    (part, index, "title"),
                    f'"{minute["title"]}" begins with a number, and will get one in front of it',
                    "take the number out of the title; first_number says where numbers begin",
                    severity="warning",
                )
    for text in subject.texts(file):
        for found in _MENTIONED.finditer(text.text):
            if int(found[1]) > last:
                yield text.problem(
                    "check.minute-missing",
                    f'"{found[0]}" is spoken of, and the last of these minutes is {last}',
                    "look up which is meant, or whether first_number is right",
                    found.start(),
                )


def _of_item(file: JsonFile, item: Mapping[str, Any]) -> Iterator[Problem]:
    title, text = str(item.get("title", "")), str(item.get("text", ""))
    said = [*dates_in(title), *(day for held in _HELD.finditer(text) for day in dates_in(held[1]))]
    day = _day_of(file)
    month = long_date(day).split()[1]
    named = re.search(rf"\b{day.day}(?:st|nd|rd|th)?(?:\s+of)?\s+{month}\b", f"{title} {text}")
    if said and day not in said and named is None:
        yield file.problem(
            "check.minutes-date",
            ("meeting_date",),
            f"these are minutes of {long_date(_day_of(file))}; the agenda speaks of {long_date(said[0])}",
            "look whether they are the right ones",
            severity="warning",
        )


def _numbered(title: str, first: int, last: int) -> bool:
    """Whether a title begins with the number of a minute; `12 Month Review` does not, unless 12 is one of these."""
    found = _OWN_NUMBER.match(title)
    if found is None:
        return False
    return found[1] is None or title[len(found[1])] in ".):" or first <= int(found[1]) <= last


def _count(file: JsonFile) -> int:
    return len(file.value["minutes"]) + len(file.value.get("part_two", ()))


def _day_of(file: JsonFile) -> dt.date:
    return dt.date.fromisoformat(file.value["meeting_date"])
