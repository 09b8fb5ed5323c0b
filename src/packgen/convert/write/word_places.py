"""Where lines are likely to end.

Takes the content of a paragraph and the width of its lines; gives the words with the lines they fall on, reckoned from
the widths of letters. Never decides how a paragraph breaks: the compiler does, and may differ by a word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from packgen.convert.document import Break, Inline, Link, Picture, Tab, Text, TextBox, plain_text
from packgen.convert.write.looks import Looks

_WORDS = re.compile(r"[ ]+|[^ ]+[ ]*")
_TAB = 36.0


class PlacedWord(Struct, frozen=True):
    """A word with the line it is on, from 0, and its distance from the line's start.

    It begins at character `at` of the inline numbered `index`. Something can be set before it if it `splits`.
    """

    line: int
    start: float
    index: int
    at: int
    splits: bool

    def after_letter(self) -> PlacedWord:
        """The rest of this word behind its first letter."""
        return replace(self, at=self.at + 1)

    def with_before(self, content: Sequence[Inline], added: Inline) -> tuple[Inline, ...]:
        """`content` with `added` before this word."""
        split = content[self.index]
        if not isinstance(split, Text):
            return (*content[: self.index], added, *content[self.index :])
        halves = [Text(part, split.format) for part in (split.text[: self.at], split.text[self.at :])]
        return (*content[: self.index], halves[0], added, halves[1], *content[self.index + 1 :])


def placed_words(content: Sequence[Inline], looks: Looks, width: float, first: float) -> tuple[PlacedWord, ...]:
    """The words of `content` on lines `width` points wide, the first of which begins `first` points in."""
    found: list[PlacedWord] = []
    line, end = 0, first
    for index, inline in enumerate(content):
        if isinstance(inline, Break):
            line, end = line + 1, 0.0
            continue
        for at, shown, whole in _pieces(inline, looks):
            if end + shown > width and end > 0:
                line, end = line + 1, 0.0
            found.append(PlacedWord(line, end, index, at, isinstance(inline, Text) and at > 0))
            end += whole
    return tuple(found)


def _pieces(inline: Inline, looks: Looks) -> list[tuple[int, float, float]]:
    """Where each word of `inline` begins, its width, and its width with the blanks behind it."""
    if isinstance(inline, Text):
        run = inline.format
        return [
            (word.start(), looks.width(word.group().rstrip(" "), run), looks.width(word.group(), run))
            for word in _WORDS.finditer(inline.text)
        ]
    if isinstance(inline, Link):
        text = next((each for each in inline.content if isinstance(each, Text)), None)
        if text is None:
            return []
        return _pieces(Text(plain_text(inline.content), text.format), looks)
    wide = inline.width if isinstance(inline, Picture | TextBox) else _TAB if isinstance(inline, Tab) else 0.0
    return [(0, wide, wide)] if wide else []
