"""The letters that a page draws, and where one word ends and the next begins.

Takes pages as pdfium opens them; gives letters in the order of the content stream. Blanks that pdfium thinks up are
left out: between letters of turned text it thinks up one after each. A word ends where a blank is drawn, where the
baseline changes, or where a gap is wider than a fifth of the size of type, whatever way the text runs.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from pypdfium2 import raw

_GAP, _BACK = 0.2, -0.1  # shares of the type's size
_OTHER_LINE = 0.5  # points
# Characters that draw nothing, and the ways in which a hyphen at a line's end is stored.
_LEADERS, _LEAST_LEADERS = frozenset("._-\u00b7"), 4
_NOT_DRAWN = dict.fromkeys([0xAD, 0x200B, 0x2060, 0xFEFF, 0xFFFE])
_SAME = {0x02: "-", 0x2010: "-", 0x2011: "-", 0xA0: " ", 0x202F: " "}
_SIGNS = {"So", "Sm", "Co", "Po"}  # what fonts of symbols hold, and the dot of lists


@dataclass(frozen=True)
class Letter:
    """One drawn character: its origin in points from the page's lower left corner, and where the next one is due."""

    text: str
    x: float
    y: float
    end: tuple[float, float]
    towards: tuple[float, float]
    size: float
    content: int  # marked content identifier, or -1


def plain(text: str) -> str:
    """`text` without what two writers may store differently of the same letters.

    Signs of lists and of fonts of symbols are one sign, since such fonts have codes of their own.
    """
    shown = unicodedata.normalize("NFKC", text).translate(_NOT_DRAWN).translate(_SAME)
    return "".join("\u2022" if ord(each) > 0x2021 and unicodedata.category(each) in _SIGNS else each for each in shown)


def letters(page: Any) -> list[Letter]:
    text = page.get_textpage()
    contents: dict[int, int] = {}
    found: list[Letter] = []
    for index in range(text.count_chars()):
        if raw.FPDFText_IsGenerated(text, index) == 1:
            continue
        shown = plain(chr(raw.FPDFText_GetUnicode(text, index)))
        letter = _letter(text, index, shown, _content(text, index, contents))
        if shown:
            found.append(letter)
        elif found:
            # It may share a glyph with the letter before it, of which pdfium then gives it a part.
            found[-1] = replace(found[-1], end=letter.end)
    return [letter for letter, leads in zip(found, _leaders(found), strict=True) if not leads]


def _leaders(found: Sequence[Letter]) -> list[bool]:
    """For each letter whether it is one of the dots or lines of a tab: one writer has letters there, another a line."""
    leads: list[bool] = []
    for text, group in groupby(found, lambda letter: letter.text):
        length = len(list(group))
        leads += [text in _LEADERS and length >= _LEAST_LEADERS] * length
    return leads


def _content(text: Any, index: int, known: dict[int, int]) -> int:
    thing = raw.FPDFText_GetTextObject(text, index)
    address = ctypes.cast(thing, ctypes.c_void_p).value or 0
    if address not in known:
        known[address] = raw.FPDFPageObj_GetMarkedContentID(thing) if address else -1
    return known[address]


def _letter(text: Any, index: int, shown: str, content: int) -> Letter:
    x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    raw.FPDFText_GetCharOrigin(text, index, x, y)
    raw.FPDFText_GetLooseCharBox(text, index, box)
    size = raw.FPDFText_GetFontSize(text, index) or 1.0
    if not raw.FPDFText_GetCharAngle(text, index):
        return Letter(shown, x.value, y.value, (box.right, y.value), (1.0, 0.0), size, content)
    towards = _direction(text, index)
    corners = [(left, bottom) for left in (box.left, box.right) for bottom in (box.bottom, box.top)]
    along = max((cx - x.value) * towards[0] + (cy - y.value) * towards[1] for cx, cy in corners)
    end = (x.value + along * towards[0], y.value + along * towards[1])
    return Letter(shown, x.value, y.value, end, towards, size, content)


def _direction(text: Any, index: int) -> tuple[float, float]:
    """The way the text runs, as a step of length 1."""
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, index, matrix)
    length = math.hypot(matrix.a, matrix.b)
    return (matrix.a / length, matrix.b / length) if length else (1.0, 0.0)


def begins_word(before: Letter, letter: Letter) -> bool:
    """Whether `letter` begins another word than the one that `before` belongs to, though neither is a blank."""
    return abs(_aside(before, letter)) > _OTHER_LINE or is_apart(before, letter)


def is_apart(before: Letter, letter: Letter) -> bool:
    """Whether there is a gap between two letters along the line, or the second stands before the first.

    The letters of a ligature all have its origin and its end.
    """
    size = max(before.size, letter.size)
    gap = _along(before, letter.x - before.end[0], letter.y - before.end[1])
    return gap > _GAP * size or _along(before, letter.x - before.x, letter.y - before.y) < _BACK * size


def is_on_line(before: Letter, letter: Letter) -> bool:
    """Whether `letter` stands on the line of `before`, though perhaps higher or lower than its baseline."""
    return abs(_aside(before, letter)) <= 0.5 * max(before.size, letter.size)


def is_next_line(before: Letter, letter: Letter) -> bool:
    """Whether `letter` stands further back and lower than `before`, as on the next line of the same text."""
    back = _along(before, letter.x - before.x, letter.y - before.y) < 0
    return back and _aside(before, letter) < -_OTHER_LINE


def _along(before: Letter, across: float, up: float) -> float:
    return across * before.towards[0] + up * before.towards[1]


def _aside(before: Letter, letter: Letter) -> float:
    """How far up from the line of `before`, as one who reads it sees it."""
    return (letter.y - before.y) * before.towards[0] - (letter.x - before.x) * before.towards[1]
