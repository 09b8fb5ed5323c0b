"""The bank holidays of England and Wales, which are the same in both (Banking and Financial Dealings Act 1971).

They are kept in a file that `tools.make_bank_holidays` writes. Those that have yet to be proclaimed are not in it.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

from packgen.resources import resource_folder

FIRST_YEAR, LAST_YEAR = 1972, 2100
"""The first and the last year whose bank holidays are known; the law on clear days is of the first."""


@cache
def bank_holidays() -> frozenset[dt.date]:
    """All of them that fall on a day from Monday to Friday."""
    return frozenset(map(dt.date.fromisoformat, kept_file().read_text(encoding="ascii").split()))


def kept_file() -> Path:
    """The file in which they are kept, a day in each line."""
    return resource_folder("calendar") / "bank-holidays-england-and-wales.txt"
