"""Numbers of items as agendas print them: `7`, `7a` for sub-item a) of item 7, `8A` for one put in behind item 8."""

from __future__ import annotations

import re

_PARTS = re.compile(r"([0-9]+)([A-Z]?)([a-z]*)")


def of_item(number: str) -> str:
    """The number of the item that a sub-item belongs to: `7` for `7a`, `8A` for `8Ab`; an item's own number itself."""
    return "".join(_parts(number)[:2])


def padded(number: str) -> str:
    """As file names have it, so that they sort: `07a`, `08A`, `12`."""
    digits, letter, below = _parts(number)
    return digits.zfill(2) + letter + below


def place(number: int | str) -> tuple[int, str]:
    """Where an item stands among others: 8 comes before 8A, and that before 9."""
    digits, letter, _ = _parts(str(number))
    return int(digits), letter


def _parts(number: str) -> tuple[str, str, str]:
    match = _PARTS.fullmatch(number)
    if match is None:
        raise ValueError(f"{number} is not the number of an item")
    return match[1], match[2], match[3]
