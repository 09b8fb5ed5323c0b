"""How wide a table's columns should be.

Takes the words of each cell; gives widths in twentieths of a point that fill the width there is. Estimates the width
of words from the shape of letters in a sans-serif face, which needs no font file. Never looks at Word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

# Shares of the type size, for Arial and the like.
_NARROW = frozenset("iljtfI.,:;'|!()[] -/")
_WIDE = frozenset("mwMW@%—")
_NARROW_SHARE, _WIDE_SHARE, _CAPITAL_SHARE, _OTHER_SHARE = 0.30, 0.85, 0.69, 0.556
_BOLD = 1.08
_SLACK = 1.05
_SHORT = 18  # characters: a cell as short as a date or an amount is not broken over lines
_FIGURE = re.compile(r"[-–+(]?[£$€]?\d[\d,.]*\s?(?:%|[kmbn]{1,2}|million)?\)?")
# Lines end at blanks, and after a hyphen that no figure follows (Unicode Standard Annex 14, rule LB 25).
_BREAK = re.compile(r"\s+|(?<=\w-)(?=[^\W\d])")
_NEARLY = 0.85
_LONGEST_WORD = 14  # times the type size: a longer word, such as an address, is broken
_PROSE = 60  # times the type size: beyond this a longer cell asks for no wider column


def column_widths(
    rows: Sequence[Sequence[str]], available: int, *, size: float, cell_margins: Sequence[int], header_rows: int = 1
) -> list[int]:
    """Widths of columns that together fill `available`.

    Args:
        rows: the words of every cell, the header first.
        available: twentieths of a point.
        size: type size in points.
        cell_margins: left and right margin of each column's cells together, in twentieths of a point.
        header_rows: how many of the rows are bold.
    """
    columns = [[row[column] for row in rows] for column in range(len(rows[0]))]
    scale = size * 20 * _SLACK
    least, natural = [], []
    for words, margins in zip(columns, cell_margins, strict=True):
        heading, body = words[:header_rows], words[header_rows:]
        unbroken = max([_least(each, whole_cell=True) for each in body] + [_least(each) * _BOLD for each in heading])
        whole = max([_longest(each) for each in body] + [_longest(each) * _BOLD for each in heading])
        least.append(unbroken * scale + margins)
        natural.append(max(min(whole, _PROSE), unbroken) * scale + margins)
    figures = [index for index, words in enumerate(columns) if _are_figures(words[header_rows:])]
    return _whole(_shared(least, _evened(least, natural, figures, available), available), available)


def _are_figures(cells: Sequence[str]) -> bool:
    """Whether a column holds numbers, amounts or shares, and nothing else but gaps."""
    return any(map(_FIGURE.fullmatch, cells)) and all(_FIGURE.fullmatch(cell) or len(cell) < 4 for cell in cells)


def _evened(least: Sequence[float], natural: Sequence[float], figures: Sequence[int], available: int) -> list[float]:
    """Columns of figures all of one width, if that costs the widest of them next to nothing."""
    evened = list(natural)
    if figures:
        others = sum(width for index, width in enumerate(natural) if index not in figures)
        widest = max(natural[index] for index in figures)
        width = min(widest, (available - others) / len(figures))
        if width >= max(_NEARLY * widest, *(least[index] for index in figures)):
            for index in figures:
                evened[index] = width
    return evened


def _shared(least: Sequence[float], natural: Sequence[float], available: int) -> list[float]:
    """Natural widths and equal shares of what is left; otherwise each its least, and the rest by what is wanted."""
    if sum(natural) <= available:
        return [width + (available - sum(natural)) / len(natural) for width in natural]
    if sum(least) >= available:
        return _levelled(least, available)
    share = (available - sum(least)) / (sum(natural) - sum(least))
    return [low + (want - low) * share for low, want in zip(least, natural, strict=True)]


def _levelled(least: Sequence[float], available: int) -> list[float]:
    """Too little room for all: the widest columns give way until the rest have what they need."""
    level, room = 0.0, float(available)
    for place, width in enumerate(sorted(least)):
        level = room / (len(least) - place)
        if width > level:
            break
        room -= width
    return [min(width, level) for width in least]


def _whole(widths: Sequence[float], total: int) -> list[int]:
    """Whole numbers with exactly that sum."""
    ends = [round(sum(widths[: index + 1])) for index in range(len(widths))]
    ends[-1] = total
    return [end - before for before, end in zip(chain([0], ends), ends, strict=False)]


def _least(words: str, *, whole_cell: bool = False) -> float:
    """What cannot be broken: a cell as short as a date or an amount, otherwise its longest word."""
    if whole_cell and len(words) <= _SHORT and any(letter.isdigit() for letter in words):
        return _longest(words)
    return min(max(map(_longest, _BREAK.split(words)), default=0.0), _LONGEST_WORD)


def words_width(words: str) -> float:
    """The width of words on one line, as a multiple of the type size."""
    return sum(map(_SHARES.__getitem__, words))


def _longest(words: str) -> float:
    """The longest line of a cell."""
    return max(map(words_width, words.split("\n")), default=0.0)


def _share(letter: str) -> float:
    if letter in _NARROW:
        return _NARROW_SHARE
    if letter in _WIDE:
        return _WIDE_SHARE
    return _CAPITAL_SHARE if letter.isupper() else _OTHER_SHARE


class _Shares(dict[str, float]):
    """The share of each letter, found when it is first asked for."""

    def __missing__(self, letter: str) -> float:
        share = self[letter] = _share(letter)
        return share


_SHARES = _Shares()
