"""Whether a pack is published in time: five clear days before the meeting in England, three in Wales.

Clear days are working days, neither the day of publication nor that of the meeting among them (Local Government Act
1972, s. 100B; R v Swansea City Council ex p. Elitestone).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from packgen.bank_holidays import FIRST_YEAR, LAST_YEAR, bank_holidays
from packgen.checks.subject import Subject
from packgen.errors import Problem
from packgen.wording import long_date

EXPLANATION = "the agenda is published with fewer clear days before the meeting than the law asks for"
_CLEAR_DAYS = {"England": 5, "Wales": 3}
_SATURDAY = 5


def check_pack(subject: Subject) -> Iterator[Problem]:
    """One warning, with the last lawful day."""
    published = subject.pack.get("published")
    if published is None:
        return
    day, meeting = dt.date.fromisoformat(published), subject.meeting_date
    nation = subject.settings.nation
    wanted = subject.settings.clear_days or _CLEAR_DAYS[nation]
    # A day after the meeting is told by `agenda.published-late`; a year before it is nobody's last day.
    if not dt.timedelta(0) < meeting - day < dt.timedelta(days=365) or not FIRST_YEAR < meeting.year <= LAST_YEAR:
        return
    have = clear_days_between(day, meeting)
    if have >= wanted:
        return
    last = last_lawful_day(meeting, wanted)
    yield subject.raw.pack.problem(
        "check.clear-days",
        ("published",),
        f"only {_count(have)} between {long_date(day)} and the meeting on {long_date(meeting)}; "
        f"the law asks for {wanted}",
        f"publish on {long_date(last)} at the latest, or see that the reason of urgency is recorded",
        severity="warning",
    )


def depends_on(subject: Subject) -> list[object]:
    """All that the warning depends on; working days are not looked up again for nothing."""
    settings = subject.settings
    place = subject.raw.pack.position(("published",))
    return [subject.pack.get("published"), subject.pack["meeting"]["date"], settings.nation, settings.clear_days, place]


def clear_days_between(published: dt.date, meeting: dt.date) -> int:
    """How many working days lie between two days, neither of them counted."""
    days = range(1, (meeting - published).days)
    return sum(is_working_day(published + dt.timedelta(days=each)) for each in days)


def last_lawful_day(meeting: dt.date, wanted: int) -> dt.date:
    """The last working day with so many clear days between it and the meeting."""
    day = meeting - dt.timedelta(days=1)
    while clear_days_between(day, meeting) < wanted or not is_working_day(day):
        day -= dt.timedelta(days=1)
    return day


def is_working_day(day: dt.date) -> bool:
    """Whether offices are open: no weekend, no bank holiday."""
    return day.weekday() < _SATURDAY and day not in bank_holidays()


def _count(days: int) -> str:
    return "1 clear day lies" if days == 1 else f"{days} clear days lie"
