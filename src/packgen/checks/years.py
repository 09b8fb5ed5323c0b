"""Whether a work programme, and any membership that is spoken of, is of the municipal year of the meeting, which begins
in May.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from packgen.checks.subject import Subject, municipal_year
from packgen.errors import Problem
from packgen.load import JsonFile

EXPLANATION = "a work programme, or a membership, of another municipal year"
_YEARS = re.compile(r"(\d{4})\s*[-/\u2013]\s*(?:\d{2})?(\d{2})")
_MEMBERSHIP = re.compile(
    r"\bmembership\s+(?:of\s+the\s+\w+(?:\s+\w+){0,4}\s+)?(?:for|in|,|-|\u2013)?\s*\(?(\d{4})\s*[-/\u2013]\s*\d{2,4}\b"
    r"|\b(\d{4})\s*[-/\u2013]\s*\d{2,4}\s+membership\b",
    re.IGNORECASE,
)
_NEAR = 3
"""Years. What is older is more likely to be history."""
_LONGEST_HEADING = 60


def check_file(subject: Subject, file: JsonFile) -> Iterator[Problem]:
    """A warning if the years of a work programme are not those of the meeting, or those that some membership is of."""
    meeting = subject.meeting_date
    if file.value["template"] == "work-programme":
        found = _YEARS.search(str(file.value.get("year", "")))
        if found is not None and not _fits(int(found[1]), meeting):
            yield file.problem(
                "check.year",
                ("year",),
                f"the work programme is of {found[0]}, the meeting in the year {_in_words(meeting)}",
                "look whether it is the right one, and whether its membership is",
                severity="warning",
            )
    for text in subject.texts(file):
        # Elsewhere, gyms and libraries have a membership as well; a heading is about the committee's.
        of_committee = file.value["template"] == "work-programme" or len(text.text) <= _LONGEST_HEADING
        if not of_committee or "membership" not in text.text.lower():
            continue
        for found in _MEMBERSHIP.finditer(text.text):
            first = int(found[1] or found[2])
            if not _fits(first, meeting) and abs(first - meeting.year) <= _NEAR:
                yield text.problem(
                    "check.membership-year",
                    f'"{" ".join(found[0].split())}" is another year than that of the meeting, {_in_words(meeting)}',
                    "look whether the members are those of now",
                    found.start(),
                )


def _fits(first: int, meeting: dt.date) -> bool:
    """Whether a municipal year that begins in `first` is that of the meeting, or the next, looked at in the spring."""
    return first in {municipal_year(meeting), meeting.year}


def _in_words(meeting: dt.date) -> str:
    return f"{municipal_year(meeting)}-{(municipal_year(meeting) + 1) % 100:02}"
