"""Where the lines of a paragraph end, reckoned from the widths of its letters before it is drawn.

Takes the content of a paragraph and the room for its lines; gives for each piece of it the line it ends on. Lines are
broken greedily at blanks, as they will be when they are drawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from packgen.convert.document import Break, Inline, Picture, Text, TextBox, flat
from packgen.convert.write.looks import Looks

_WORDS = re.compile("[^ ]+ *| +")


class Placed(Struct, frozen=True):
    """A piece of a paragraph, the line (from 0) that it ends on, and where on it, in points."""

    inline: Inline
    line: int
    end: float


def placed(content: Sequence[Inline], looks: Looks, *, start: float, left: float, end: float) -> Iterator[Placed]:
    """Each word of `content`, and whatever else stands in it, on lines from `left` to `end` of which the first begins
    at `start`.
    """
    at, line = start, 0
    for inline in flat(tuple(content)):
        if isinstance(inline, Break):
            at, line = left, line + 1
        for part in _parts(inline):
            wide = width([part], looks)
            visible = width([replace(part, text=part.text.rstrip())], looks) if isinstance(part, Text) else wide
            if at + visible > end and at > left:
                at, line = left, line + 1
            at += wide
            yield Placed(part, line, at)


def width(content: Sequence[Inline], looks: Looks) -> float:
    """How long `content` is on one line, in points."""
    total = 0.0
    for inline in flat(tuple(content)):
        if isinstance(inline, Text):
            total += looks.width(inline.text, inline.format)
        elif isinstance(inline, Picture | TextBox) and inline.anchor is None:
            total += inline.width
    return total


def _parts(inline: Inline) -> list[Inline]:
    if not isinstance(inline, Text):
        return [inline]
    return [replace(inline, text=word) for word in _WORDS.findall(inline.text)]
