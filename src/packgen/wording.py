"""Dates, times, numbers and pages in words, the same on every machine whatever its language."""

from __future__ import annotations

import datetime as dt

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def lower_roman(value: int) -> str:
    """`iv` for 4. `value` counts from 1."""
    text = ""
    for worth, letters in _ROMAN:
        times, value = divmod(value, worth)
        text += letters * times
    return text


def long_date(date: dt.date) -> str:
    """`4 March 2019`."""
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def day_date(date: dt.date) -> str:
    """`Monday, 4 March 2019`."""
    return f"{_DAYS[date.weekday()]}, {long_date(date)}"


def clock_time(time: dt.time) -> str:
    """`10.00 am`, `12.00 noon`, `2.30 pm`."""
    if (time.hour, time.minute) == (12, 0):
        return "12.00 noon"
    return f"{(time.hour - 1) % 12 + 1}.{time.minute:02} {'am' if time.hour < 12 else 'pm'}"


def page_words(pages: str | None) -> str | None:
    """`page 9`, `pages 9 to 22`; None for no pages."""
    if not pages:
        return None
    return f"pages {pages.replace(' - ', ' to ')}" if "-" in pages or "," in pages else f"page {pages}"
