"""Whether a work programme is of the municipal year of the meeting, which begins in May."""

from __future__ import annotations

import re
from collections.abc import Iterator

from packgen.checks.subject import Subject
from packgen.errors import Problem
from packgen.load import JsonFile

EXPLANATION = "a work programme of another municipal year"
_YEARS = re.compile(r"(\d{4})\s*[-/\u2013]\s*(?:\d{2})?(\d{2})")
_MAY = 5


def check_file(subject: Subject, file: JsonFile) -> Iterator[Problem]:
    """A warning if the years of a work programme are not those of the meeting."""
    meeting = subject.meeting_date
    found = _YEARS.search(str(file.value.get("year", "")))
    if found is None:
        return
    first = int(found[1])
    # The programme of the next year is looked at in the spring before it.
    fitting = {meeting.year - (meeting.month < _MAY), meeting.year}
    if first not in fitting:
        begins = meeting.year - (meeting.month < _MAY)
        yield file.problem(
            "check.year",
            ("year",),
            f"the work programme is of {found[0]}, the meeting in the year {begins}-{(begins + 1) % 100:02}",
            "look whether it is the right one, and whether its membership is",
            severity="warning",
        )
