"""What a template can do to dates, times, names, numbers and lists.

Takes values as they stand in JSON; gives words in British English, or an empty text for an absent value. Never
guesses: what is not a date or a time raises `FilterError`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from packgen.fill.budget import LONGEST_TEXT, BudgetError
from packgen.wording import clock_time, day_date, long_date

COUNTED, MEASURED = "_counted", "_measured"
"""Filters that no template names: `environment` puts loops and joined texts through them."""


class FilterError(Exception):
    """A filter was given what it cannot use; the message is in officers' words."""


def date_words(value: Any) -> str:
    """`4 March 2019`, from a date or from `2019-03-04`."""
    return "" if _absent(value) else long_date(_date(value))


def day_date_words(value: Any) -> str:
    """`Monday, 4 March 2019`."""
    return "" if _absent(value) else day_date(_date(value))


def time_words(value: Any) -> str:
    """`10.00 am`, from a time or from `10:00`."""
    if _absent(value):
        return ""
    try:
        return clock_time(value if isinstance(value, dt.time) else dt.time.fromisoformat(str(value)))
    except ValueError:
        raise FilterError(f"{value!r} is not a time such as 10:00") from None


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
    if _absent(value):
        return ""
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 18_278:
        raise FilterError(f"letter takes a whole number from 1, not {value!r}")
    letters = ""
    while value:
        value, rest = divmod(value - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


WORDING_FILTERS: Mapping[str, Callable[[Any], str]] = {
    "date": date_words,
    "day_date": day_date_words,
    "time": time_words,
    "names": names_words,
    "letter": letter,
}


def joined(values: Iterable[Any], separator: str = ", ", attribute: str | None = None) -> str:
    """As Jinja's `join`, with a comma and a space unless the template says otherwise, and bounded."""
    texts = ["" if value is None else str(value) for value in (_attribute(each, attribute) for each in values)]
    if sum(map(len, texts)) + len(texts) * len(separator) > LONGEST_TEXT:
        raise BudgetError(f"the template joins a text longer than {LONGEST_TEXT:,} characters")
    return str(separator).join(texts)


def _attribute(value: Any, attribute: str | None) -> Any:
    if attribute is None:
        return value
    if not isinstance(value, Mapping) or attribute not in value:
        raise FilterError(f"what is joined has no `{attribute}`")
    return value[attribute]


def replaced(value: Any, old: str, new: str) -> str:
    """As Jinja's `replace`, and bounded."""
    text = str(value)
    if len(text) + text.count(str(old)) * len(str(new)) > LONGEST_TEXT:
        raise BudgetError(f"the template makes a text longer than {LONGEST_TEXT:,} characters")
    return text.replace(str(old), str(new))


def in_rows(values: Iterable[Any], size: int, fill: Any = None) -> list[list[Any]]:
    """Rows of `size` values, the last filled up with `fill` if that is given."""
    if not 1 <= size <= 100:
        raise FilterError("batch takes a number from 1 to 100")
    every = list(values)
    rows = [every[start : start + size] for start in range(0, len(every), size)]
    if rows and fill is not None:
        rows[-1] += [fill] * (size - len(rows[-1]))
    return rows


BOUNDED_FILTERS: Mapping[str, Callable[..., Any]] = {"join": joined, "replace": replaced, "batch": in_rows}


def _absent(value: Any) -> bool:
    return value is None or value == ""


def _date(value: Any) -> dt.date:
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        raise FilterError(f"{value!r} is not a date such as 2019-03-04") from None
