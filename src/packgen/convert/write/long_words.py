"""Words that are longer than their line.

Takes the content of a paragraph and the width it has; gives the content with places at which such a word may be broken,
as Word breaks it. An address is broken behind one of its own signs where it can be. Every other word stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from packgen.convert.document import Inline, Link, Text
from packgen.convert.formats import RunFormat
from packgen.convert.write.looks import Looks

PLACE = "\u200b"
"""Draws nothing; a line may end there (Unicode Standard Annex 14, class ZW)."""

# A blank that does not break holds its words together, and so makes one of them.
_WORDS = re.compile(r"([ \t\n\r]+)")
_SIGNS = "/@.-_?&=#:,;"
_WIDEST_LETTER = 1.0  # of the type size; a bound, to look no closer at words that surely fit
_FILLED = 0.4  # a piece that ends behind a sign takes at least this much of the line


def broken(content: tuple[Inline, ...], width: float, looks: Looks) -> tuple[Inline, ...]:
    """`content` in which no word is longer than `width` points without a place to break it."""
    return tuple(_broken(inline, width, looks) for inline in content)


def _broken(inline: Inline, width: float, looks: Looks) -> Inline:
    if isinstance(inline, Link):
        return replace(inline, content=broken(inline.content, width, looks))
    if not isinstance(inline, Text):
        return inline
    look = inline.format
    surely_fits = int(width / (look.size * _WIDEST_LETTER + max(look.tracking, 0.0)) / max(look.scale, 1.0))
    if max(map(len, _WORDS.split(inline.text)), default=0) <= surely_fits:
        return inline
    parts = [_pieces(part, inline.format, width, looks, surely_fits) for part in _WORDS.split(inline.text)]
    text = "".join(parts)
    return inline if text == inline.text else replace(inline, text=text)


def _pieces(word: str, look: RunFormat, width: float, looks: Looks, surely_fits: int) -> str:
    if len(word) <= surely_fits:
        return word
    widths = [looks.width(letter.upper() if look.small_caps else letter, look) for letter in word]
    return word if sum(widths) <= width else PLACE.join(_cut(word, widths, width))


def _cut(word: str, widths: list[float], width: float) -> Iterator[str]:
    """`word` in pieces that each fit `width`."""
    start, end, taken, after_sign = 0, 0, 0.0, 0
    while end < len(word):
        if taken + widths[end] > width and end > start:
            cut = after_sign if after_sign > start else end
            yield word[start:cut]
            start, taken = cut, sum(widths[cut:end])
            continue
        taken += widths[end]
        end += 1
        if word[end - 1] in _SIGNS and taken > width * _FILLED:
            after_sign = end
    yield word[start:]
