"""How this process holds the memory that drawing and reading take: it keeps a few megabytes from one page to the next.

Only where Linux runs with the GNU C library, which otherwise gives them back to the system after each page and asks for
them again, which takes a tenth of the time that reading does, and a thirtieth of a build. Never holds more than `_KEPT`
that nobody uses.
"""

from __future__ import annotations

import ctypes
import sys
from functools import cache

_KEPT, _MAPPED, _PADDING = 16 << 20, 4 << 20, 1 << 20
"""Bytes: free ones that are kept, pieces that are asked for by themselves, what is asked for beyond what is needed."""
_OPTIONS = {-1: _KEPT, -2: _PADDING, -3: _MAPPED}
"""By their numbers in `malloc.h`: `M_TRIM_THRESHOLD`, `M_TOP_PAD`, `M_MMAP_THRESHOLD`."""


@cache
def keep_memory() -> None:
    """Do so from now on."""
    if sys.platform != "linux":
        return
    try:
        choose = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):  # another C library
        return
    for option, size in _OPTIONS.items():
        choose(option, size)
