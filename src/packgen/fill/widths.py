"""How wide a table's columns should be.

Takes the words of each cell; gives widths in twentieths of a point that fill the width there is. Estimates the width
of words from the shape of letters in a sans-serif face, which needs no font file. Never looks at Word.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

# Shares of the type size, for Arial and the like.
_NARROW = frozenset("iljtfI.,:;'|!()[] -/")
_WIDE = frozenset("mwMW@%—")
_NARROW_SHARE, _WIDE_SHARE, _CAPITAL_SHARE, _OTHER_SHARE = 0.30, 0.85, 0.69, 0.556
_BOLD = 1.08
_SLACK = 1.05
_SHORT = 18  # characters: a cell as short as a date or an amount is not broken over lines
_PROSE = 60  # times the type size: beyond this a longer cell asks for no wider column


def column_widths(
    rows: Sequence[Sequence[str]], available: int, *, size: float, cell_margins: int, header_rows: int = 1
) -> list[int]:
    """Widths of columns that together fill `available`.

    Args:
        rows: the words of every cell, the header first.
        available: twentieths of a point.
        size: type size in points.
        cell_margins: left and right margin of a cell together, in twentieths of a point.
        header_rows: how many of the rows are bold.
    """
    count = len(rows[0])
    least, natural = [0.0] * count, [0.0] * count
    for index, row in enumerate(rows):
        weight = _BOLD if index < header_rows else 1.0
        for column, words in enumerate(row):
            least[column] = max(least[column], _least(words, whole_cell=index >= header_rows) * weight)
            natural[column] = max(natural[column], min(_longest(words.split("\n")), _PROSE) * weight)
    scale = size * 20 * _SLACK
    least = [width * scale + cell_margins for width in least]
    natural = [max(width * scale + cell_margins, low) for width, low in zip(natural, least, strict=True)]
    return _whole(_shared(least, natural, available), available)


def _shared(least: Sequence[float], natural: Sequence[float], available: int) -> list[float]:
    """Natural widths stretched if there is room; otherwise each its least, and the rest by what is wanted."""
    if sum(natural) <= available:
        return [width * available / sum(natural) for width in natural]
    if sum(least) >= available:
        return [width * available / sum(least) for width in least]
    share = (available - sum(least)) / (sum(natural) - sum(least))
    return [low + (want - low) * share for low, want in zip(least, natural, strict=True)]


def _whole(widths: Sequence[float], total: int) -> list[int]:
    """Whole numbers with exactly that sum."""
    ends = [round(sum(widths[: index + 1])) for index in range(len(widths))]
    ends[-1] = total
    return [end - before for before, end in zip(chain([0], ends), ends, strict=False)]


def _least(words: str, *, whole_cell: bool) -> float:
    """What cannot be broken: a short cell, otherwise its longest word."""
    if whole_cell and len(words) <= _SHORT and any(letter.isdigit() for letter in words):
        return _longest(words.split("\n"))
    return _longest(words.split())


def _longest(texts: Sequence[str]) -> float:
    return max((sum(map(_share, text)) for text in texts), default=0.0)


def _share(letter: str) -> float:
    if letter in _NARROW:
        return _NARROW_SHARE
    if letter in _WIDE:
        return _WIDE_SHARE
    return _CAPITAL_SHARE if letter.isupper() else _OTHER_SHARE
