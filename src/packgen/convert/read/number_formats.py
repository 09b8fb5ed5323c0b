"""Numbers as Word writes them: 3 as `3`, `c`, `iii`, `III`, `third`.

Takes a number and the name of a format; gives text. A format it does not know gives None; never raises.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from packgen.wording import lower_roman

_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ["zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINALS = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
             "twelve": "twelfth"}  # fmt: skip


def roman(value: int) -> str:
    """In lower case; a number below one stays in figures."""
    return lower_roman(value) if value >= 1 else str(value)


def letters(value: int) -> str:
    """Letters from a to z, then aa, bb and on, as Word does."""
    if value < 1:
        return str(value)
    rounds, index = divmod(value - 1, 26)
    return chr(ord("a") + index) * (rounds + 1)


def words(value: int) -> str:
    if value < 0 or value >= 1000:
        return str(value)
    if value < 20:
        return _ONES[value]
    if value < 100:
        tens, ones = divmod(value, 10)
        return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")
    hundreds, rest = divmod(value, 100)
    return f"{_ONES[hundreds]} hundred" + (f" and {words(rest)}" if rest else "")


def ordinal(value: int) -> str:
    ending = "th" if value % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{ending}"


def ordinal_words(value: int) -> str:
    text = words(value)
    head, separator, last = text.rpartition("-")
    if not separator:
        head, separator, last = text.rpartition(" ")
    changed = _ORDINALS.get(last) or (last[:-1] + "ieth" if last.endswith("y") else last + "th")
    return head + separator + changed


def _circled(value: int) -> str:
    return chr(0x245F + value) if 1 <= value <= 20 else str(value)


def _chicago(value: int) -> str:
    rounds, index = divmod(value - 1, 4)
    return "*†‡§"[index] * (rounds + 1)


_FORMATS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda value: f"{value:02}",
    "lowerLetter": letters,
    "upperLetter": lambda value: letters(value).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda value: roman(value).upper(),
    "ordinal": ordinal,
    "cardinalText": lambda value: words(value).capitalize(),
    "ordinalText": lambda value: ordinal_words(value).capitalize(),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedParen": lambda value: f"({value})",
    "decimalEnclosedFullstop": lambda value: f"{value}.",
    "numberInDash": lambda value: f"- {value} -",
    "hex": lambda value: f"{value:X}",
    "chicago": _chicago,
    "bullet": lambda _value: "",
    "none": lambda _value: "",
}


def formatted(value: int, number_format: str) -> str | None:
    """`value` in one of Word's formats (`w:numFmt`), or None for a format packgen does not know."""
    writer = _FORMATS.get(number_format)
    return None if writer is None else writer(value)
