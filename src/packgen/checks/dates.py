"""Dates in reports that look like slips: last year's day of the meeting, and a day of the week that is another."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator

from packgen.checks.subject import Subject, WrittenText
from packgen.errors import Problem
from packgen.load import JsonFile
from packgen.wording import long_date

EXPLANATION = "the day of the meeting with another year, or a date with a day of the week on which it does not fall"
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_DAYS = [name.lower() for name in calendar.day_name]
_DATE = re.compile(
    rf"\b([0-9]{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?({'|'.join(_MONTHS)}),?\s+([0-9]{{4}})\b", re.IGNORECASE
)
_DAY_BEFORE = re.compile(rf"\b({'|'.join(_DAYS)}),?\s+(?:the\s+)?$", re.IGNORECASE)
_LONGEST_DAY = 20
"""Letters before a date in which its day of the week stands."""
_NEAR = 1
"""Years. What is older is more likely to be history."""


def check_file(subject: Subject, file: JsonFile) -> Iterator[Problem]:
    """A warning for each such date."""
    for text in subject.texts(file):
        for found in _DATE.finditer(text.text):
            date = _date_of(found)
            if date is not None:
                yield from _of_date(text, found, date, subject.meeting_date)


def dates_in(text: str) -> Iterator[dt.date]:
    """The days that a text names with their year, in its order."""
    yield from filter(None, map(_date_of, _DATE.finditer(text)))


def _of_date(text: WrittenText, found: re.Match[str], date: dt.date, meeting: dt.date) -> Iterator[Problem]:
    weekday = calendar.day_name[date.weekday()]
    named = _DAY_BEFORE.search(text.text[max(found.start() - _LONGEST_DAY, 0) : found.start()])
    if named is not None and named[1].lower() != weekday.lower():
        yield text.problem(
            "check.weekday",
            f'"{named[1]} {" ".join(found[0].split())}" is a {weekday}',
            "look up which of the two is meant",
            found.start(),
        )
    same_day = (date.day, date.month) == (meeting.day, meeting.month)
    if same_day and 0 < abs(date.year - meeting.year) <= _NEAR:
        yield text.problem(
            "check.other-year",
            f"{long_date(date)} is the day of the meeting in another year",
            f"the meeting is on {long_date(meeting)}; correct the year if that is meant",
            found.start(),
        )


def _date_of(found: re.Match[str]) -> dt.date | None:
    try:
        return dt.date(int(found[3]), _MONTHS.get(found[2].lower(), 0), int(found[1]))
    except ValueError:
        return None
