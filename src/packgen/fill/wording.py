"""How dates, times, names and letters are written in a pack.

Takes plain values as they stand in JSON; gives words in British English, or an empty text for an absent value.
Never guesses: what is not a date or a time raises `FilterError`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from jinja2 import TemplateRuntimeError

_MONTHS = (
    "January February March April May June July August September October November December".split()
)  # not from the locale, which differs from machine to machine
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


class FilterError(TemplateRuntimeError):
    """A filter was given what it cannot use; the message is in officers' words."""


def date_words(value: Any) -> str:
    """`4 March 2019`, from a date or from `2019-03-04`."""
    if value is None or value == "":
        return ""
    day = _date(value)
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def day_date_words(value: Any) -> str:
    """`Monday, 4 March 2019`."""
    if value is None or value == "":
        return ""
    return f"{_DAYS[_date(value).weekday()]}, {date_words(value)}"


def time_words(value: Any) -> str:
    """`10.00 am`, from a time or from `10:00`; `12 noon` and `12 midnight`, which am and pm leave unclear."""
    if value is None or value == "":
        return ""
    try:
        time = value if isinstance(value, dt.time) else dt.time.fromisoformat(str(value))
    except ValueError:
        raise FilterError(f"{value!r} is not a time such as 10:00") from None
    if time.minute == 0 and time.hour % 12 == 0:
        return "12 noon" if time.hour else "12 midnight"
    return f"{time.hour % 12 or 12}.{time.minute:02} {'am' if time.hour < 12 else 'pm'}"


def names_words(values: Any) -> str:
    """`A, B and C`, from a list of names, or of people whose `name` is taken."""
    if not values:
        return ""
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise FilterError("names takes a list of names")
    names = [str(value["name"] if isinstance(value, Mapping) and "name" in value else value) for value in values]
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def letter(value: Any) -> str:
    """`a` for 1, `z` for 26, `aa` for 27."""
    if value is None or value == "":
        return ""
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 18_278:
        raise FilterError(f"letter takes a whole number from 1, not {value!r}")
    letters = ""
    while value:
        value, rest = divmod(value - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def _date(value: Any) -> dt.date:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        raise FilterError(f"{value!r} is not a date such as 2019-03-04") from None
