"""What stands inside a paragraph, as Typst code.

Takes inlines; gives one expression. Text goes in as string literals, pictures as boxes, notes as Typst's own footnotes.
Never decides where a paragraph stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from packgen.convert.document import (
    Bookmark,
    Break,
    Inline,
    Link,
    NoteMark,
    NoteNumber,
    PageField,
    Paragraph,
    Picture,
    Tab,
    Text,
    TextBox,
    flat,
)
from packgen.convert.formats import RunFormat
from packgen.convert.write import pictures
from packgen.convert.write.looks import Looks, plain
from packgen.convert.write.room import Surroundings
from packgen.convert.write.tabs import TabWriter
from packgen.convert.write.typst_text import decimal, joined, label_name, literal, pt, words

_PATTERNS = {
    "decimal": "1",
    "lowerRoman": "i",
    "upperRoman": "I",
    "lowerLetter": "a",
    "upperLetter": "A",
    "numberInDash": "- 1 -",
}
_SMALL_CAPS = 0.8
_BLANKS = re.compile("( +)")
_AFTER_WORDS = " .,;:!?)"  # no line ends before a mark that closes, even behind a space


class Hooks(Struct, frozen=True):
    """What the rest of the writer does for text: notes, boxes, and which bookmarks lead somewhere."""

    note: Callable[[NoteMark, Surroundings], str]
    box: Callable[[TextBox], str]
    bookmarks: frozenset[str]
    targets: frozenset[str]
    missing_target: Callable[[str], None]


class InlineWriter:
    """Writes the content of paragraphs."""

    def __init__(self, looks: Looks, hooks: Hooks, default_tab: float) -> None:
        self.looks = looks
        self.hooks = hooks
        self.default_tab = default_tab
        self._tabs = TabWriter(looks, default_tab, self.pieces)

    def body(self, content: Sequence[Inline], around: Surroundings) -> str:
        """`content` as one expression; lines with tabs are measured where they are drawn."""
        if not any(isinstance(inline, Tab) for inline in flat(tuple(content))):
            return self.pieces(content, around)
        parts: list[str] = []
        start = around.start
        for index, line in enumerate(_lines(content)):
            if index:
                parts.append("linebreak()")
                start = around.left
            parts.append(self._tabs.line(line, replace(around, start=start)))
        return joined(parts)

    def pieces(self, content: Sequence[Inline], around: Surroundings) -> str:
        """`content`, in which no tab has to be reckoned with, as one expression."""
        parts: list[str] = []
        before: Inline | None = None
        for inline in _merged(content):
            if before is not None:
                parts.append(_gap(before, inline))
            parts.append(self._piece(inline, around))
            before = inline
        return joined(parts)

    def _piece(self, inline: Inline, around: Surroundings) -> str:
        match inline:
            case Text():
                return self.text(inline.text, inline.format, around)
            case Break():
                return "linebreak()"
            case Tab():
                return "h(1em)"
            case Link():
                return self._link(inline, around)
            case PageField():
                return self._styled(self._page_field(inline, around), inline.format, around)
            case Bookmark():
                return f"[#metadata(none)<b-{label_name(inline.name)}>]" if inline.name in self.hooks.targets else ""
            case NoteMark():
                return self.hooks.note(inline, around)
            case NoteNumber():
                # The note's writer has put the number in its place; anywhere else Word shows nothing.
                return ""
            case Picture():
                return pictures.inline_picture(inline)
            case TextBox():
                return self.hooks.box(inline)

    def text(self, text: str, run: RunFormat, around: Surroundings) -> str:
        """`text` drawn as `run`."""
        if run.small_caps and text != text.upper():
            return self._small_capitals(text, replace(run, small_caps=False), around)
        if run.underline == "words":
            lined, bare = replace(run, underline="single"), replace(run, underline="")
            pieces = [piece for piece in _BLANKS.split(text) if piece]
            return joined([self.text(piece, bare if piece.isspace() else lined, around) for piece in pieces])
        if run.scale != 1:
            return self._scaled(text, run, around)
        return self._styled(words(text), run, around)

    def _small_capitals(self, text: str, run: RunFormat, around: Surroundings) -> str:
        small = replace(run, size=run.size * _SMALL_CAPS)
        if not run.tracking:
            return joined([self.text(piece.upper(), small if low else run, around) for low, piece in _by_case(text)])
        parts: list[str] = []
        for word in filter(None, _BLANKS.split(text)):
            # Each size of letters lacks the space behind its last letter; a box keeps the word in one piece.
            gap = f"h({pt(run.tracking)})"
            sizes = [self.text(part.upper(), small if low else run, around) for low, part in _by_case(word)]
            spaced = joined([code for size in sizes for code in (size, gap)][:-1])
            parts.append(f"box({spaced})" if len(sizes) > 1 else spaced)
            parts.append(gap)
        return joined(parts[:-1])

    def _scaled(self, text: str, run: RunFormat, around: Surroundings) -> str:
        """`text` with its letters drawn wider or narrower than the font has them; lines may end between its words."""
        share, natural = f"{decimal(run.scale * 100)}%", replace(run, scale=1.0)
        parts = [
            f"text(spacing:{share},{self._styled(words(piece), natural, around)})"
            if piece.isspace()
            else f"box(scale(x:{share},origin:left,reflow:true,{self._styled(words(piece), natural, around)}))"
            for piece in _BLANKS.split(text)
            if piece
        ]
        return joined(parts)

    def _styled(self, code: str, run: RunFormat, around: Surroundings) -> str:
        function = self.looks.run(run, plain(around.run), around.line)
        return f"{function}({code})" if function else code

    def _link(self, link: Link, around: Surroundings) -> str:
        inner = self.pieces(link.content, around)
        if not around.links or not inner:
            return inner
        if link.uri:
            return f"link({literal(link.uri)},{inner})"
        if link.anchor in self.hooks.bookmarks:
            return f'link(label("b-{label_name(link.anchor)}"),{inner})'
        self.hooks.missing_target(link.anchor)
        return inner

    def _page_field(self, field: PageField, around: Surroundings) -> str:
        if field.kind == "pages":
            return "context str(locate(<packgen-end>).page())"
        pattern = _PATTERNS.get(field.number_format or around.number_format, "1")
        return f'context counter(page).display("{pattern}")'


def dominant(paragraph: Paragraph) -> RunFormat:
    """The format of most of a paragraph's characters, which the paragraph as a whole is set in."""
    shown = [inline for inline in flat(paragraph.content) if isinstance(inline, Text | PageField | Tab)]
    if not shown:
        return plain(paragraph.mark)
    if all(inline.format is shown[0].format for inline in shown):
        return plain(shown[0].format)
    weights: Counter[RunFormat] = Counter()
    for inline in shown:
        weights[inline.format] += len(inline.text) if isinstance(inline, Text) else 1
    return plain(weights.most_common(1)[0][0])


def _gap(before: Inline, after: Inline) -> str:
    """The space between two pieces of text that their formats ask for.

    It stands only beside a blank: anywhere else a line could end at it.
    """
    beside = isinstance(before, Text) and before.text.endswith(" ")
    beside = beside or (isinstance(after, Text) and after.text[:1] in _AFTER_WORDS)
    if not beside:
        return ""
    gap = before.format.tracking if isinstance(before, Text) else 0.0
    for inline in (before, after):
        if isinstance(inline, Text) and inline.format.border is not None:
            gap += inline.format.border.width + inline.format.border.space
    return f"h({pt(gap)})" if gap else ""


def _merged(content: Sequence[Inline]) -> list[Inline]:
    """`content` with neighbouring text of one format as one, as it was before Word cut it up."""
    found: list[Inline] = []
    for inline in content:
        last = found[-1] if found else None
        if isinstance(inline, Text) and isinstance(last, Text) and last.format == inline.format:
            found[-1] = Text(last.text + inline.text, last.format)
        else:
            found.append(inline)
    return found


def _lines(content: Sequence[Inline]) -> list[list[Inline]]:
    lines: list[list[Inline]] = [[]]
    for inline in content:
        if isinstance(inline, Break):
            lines.append([])
        else:
            lines[-1].append(inline)
    return lines


def _by_case(text: str) -> list[tuple[bool, str]]:
    """`text` in pieces that are all lower case letters, or have none."""
    pieces: list[tuple[bool, str]] = []
    for character in text:
        low = character != character.upper()
        if pieces and pieces[-1][0] == low:
            pieces[-1] = (low, pieces[-1][1] + character)
        else:
            pieces.append((low, character))
    return pieces
