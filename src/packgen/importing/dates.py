"""Dates, times and addresses as authors write them, for keys that need them in one form.

Takes words; gives a date, a time or None. Never guesses: a date without its year is none.
"""

from __future__ import annotations

import datetime as dt
import re

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"), 1
    )
    for name in names.split()
}  # fmt: skip
_DAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
DATE = re.compile(
    rf"{_DAY}(?:the\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{'|'.join(_MONTHS)})\.?,?\s+(?P<year>\d{{4}})",
    re.IGNORECASE,
)
_FIGURES = re.compile(r"(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4})")
TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:[.:](?P<minute>\d{2}))?\s*(?P<half>am|pm|a\.m\.|p\.m\.|noon|hours|hrs)?", re.IGNORECASE
)


def date_in(words: str) -> tuple[dt.date, re.Match[str]] | None:
    """The first whole date in `words`, with where it stands; day before month, as in Britain."""
    for pattern in (DATE, _FIGURES):
        match = pattern.search(words)
        if match is not None:
            month = match["month"].casefold()
            try:
                return dt.date(int(match["year"]), _MONTHS.get(month) or int(month), int(match["day"])), match
            except ValueError:
                continue
    return None


def clock(words: str) -> str | None:
    """`14:30` for `2.30 pm`; None for anything else."""
    match = TIME.fullmatch(words.strip())
    if match is None or not (match["minute"] or match["half"]):
        return None
    hour, minute, half = int(match["hour"]), int(match["minute"] or 0), (match["half"] or "").replace(".", "").lower()
    if half == "pm" and hour < 12:
        hour += 12
    if half == "am" and hour == 12:
        hour = 0
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
TELEPHONE = re.compile(r"(?:\+44|\(?0)[\d() -]{8,16}\d(?:\s*(?:ext\.?|extension|x)\s*\d+)?", re.IGNORECASE)
