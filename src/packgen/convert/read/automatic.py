"""Automatic colour: text that names no colour of its own is white where it stands on something dark, as in Word.

Takes a `WordDocument` with every shading known; gives the same with `#ffffff` as the colour of such text. Never touches
text whose author chose a colour, and leaves everything else black, which "" stands for.

ECMA-376, 17.3.2.6, asks for a colour that can be told from what is behind it. Microsoft has said on its forum for Open
Specifications when Word inverts text: where the brightness of the ground is below 60, by the formula of the W3C's note
AERT (https://www.w3.org/TR/AERT/#color-contrast). Behind a letter is the shading or highlight of its run, or else the
shading of its paragraph, of its cell, or of the box or cell around that. Where the writer draws no shading, it does not
count: that of labels and of footnotes' marks, and that of the first paragraph of a footnote.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TypeVar

from msgspec.structs import replace

from packgen.convert.document import (
    Block,
    Cell,
    Inline,
    Link,
    NoteMark,
    NoteNumber,
    PageField,
    Paragraph,
    Row,
    Section,
    Tab,
    Table,
    Text,
    TextBox,
    WordDocument,
)
from packgen.convert.formats import RunFormat

_LIGHT = 60
"""Brightness, of 255, from which on black is kept."""
_COLOUR = re.compile("#[0-9A-Fa-f]{6}")
_WHITE = "#ffffff"
_Key = TypeVar("_Key", bound=str)
_Thing = TypeVar("_Thing")


def with_automatic_colours(document: WordDocument) -> WordDocument:
    """`document` with the automatic colour of all its text settled."""
    inks = _Inks()
    return replace(
        document,
        sections=tuple(inks.section(section) for section in document.sections),
        footnotes={key: inks.footnote(blocks) for key, blocks in document.footnotes.items()},
        endnotes=inks.stories(document.endnotes),
    )


def is_dark(ground: str) -> bool:
    """Whether Word writes white on a colour `#rrggbb`; "" is the paper, and what is no colour is drawn black."""
    if not _COLOUR.fullmatch(ground):
        return bool(ground)
    red, green, blue = (int(ground[start : start + 2], 16) for start in (1, 3, 5))
    return 299 * red + 587 * green + 114 * blue < _LIGHT * 1000


class _Inks:
    """The formats of one document with white in them, each made once. What need not change stays the same object."""

    def __init__(self) -> None:
        self._dark: dict[str, bool] = {}
        self._white: dict[RunFormat, RunFormat] = {}

    def section(self, section: Section) -> Section:
        return replace(
            section,
            blocks=self._blocks(section.blocks, ""),
            headers=self.stories(section.headers),
            footers=self.stories(section.footers),
        )

    def stories(self, stories: Mapping[_Key, tuple[Block, ...]]) -> Mapping[_Key, tuple[Block, ...]]:
        return {key: self._blocks(blocks, "") for key, blocks in stories.items()}

    def footnote(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        first = tuple(self._paragraph(block, "") for block in blocks[:1] if isinstance(block, Paragraph))
        return (*first, *self._blocks(blocks[len(first) :], ""))

    def _blocks(self, blocks: tuple[Block, ...], ground: str) -> tuple[Block, ...]:
        """`blocks` that stand on `ground`."""
        return _same_or(blocks, (self._block(block, ground) for block in blocks))

    def _block(self, block: Block, ground: str) -> Block:
        if isinstance(block, Paragraph):
            return self._paragraph(block, block.format.fill or ground)
        if isinstance(block, Table):
            rows = _same_or(block.rows, (self._row(row, ground) for row in block.rows))
            return block if rows is block.rows else replace(block, rows=rows)
        return block

    def _row(self, row: Row, ground: str) -> Row:
        cells = _same_or(row.cells, (self._cell(cell, cell.fill or ground) for cell in row.cells))
        return row if cells is row.cells else replace(row, cells=cells)

    def _cell(self, cell: Cell, ground: str) -> Cell:
        blocks = self._blocks(cell.blocks, ground)
        return cell if blocks is cell.blocks else replace(cell, blocks=blocks)

    def _paragraph(self, paragraph: Paragraph, ground: str) -> Paragraph:
        content, label = self._content(paragraph.content, ground), paragraph.label
        if label is not None and (look := self._format(label.format, ground)) is not label.format:
            label = replace(label, format=look)
        if content is paragraph.content and label is paragraph.label:
            return paragraph
        return replace(paragraph, content=content, label=label)

    def _content(self, content: tuple[Inline, ...], ground: str) -> tuple[Inline, ...]:
        return _same_or(content, (self._inline(inline, ground) for inline in content))

    def _inline(self, inline: Inline, ground: str) -> Inline:
        if isinstance(inline, Text | Tab | PageField | NoteMark | NoteNumber):
            shaded = not isinstance(inline, NoteMark) or inline.kind == "endnote"
            look = self._format(inline.format, (inline.format.fill if shaded else "") or ground)
            return inline if look is inline.format else replace(inline, format=look)
        if isinstance(inline, Link):
            content = self._content(inline.content, ground)
            return inline if content is inline.content else replace(inline, content=content)
        if isinstance(inline, TextBox):
            # A box without a fill shows what it floats over, which is not known.
            blocks = self._blocks(inline.blocks, inline.fill or ("" if inline.anchor is not None else ground))
            return inline if blocks is inline.blocks else replace(inline, blocks=blocks)
        return inline

    def _format(self, look: RunFormat, ground: str) -> RunFormat:
        if look.colour or not ground:
            return look
        if ground not in self._dark:
            self._dark[ground] = is_dark(ground)
        if not self._dark[ground]:
            return look
        if look not in self._white:
            self._white[look] = replace(look, colour=_WHITE)
        return self._white[look]


def _same_or(things: tuple[_Thing, ...], changed: Iterable[_Thing]) -> tuple[_Thing, ...]:
    """`things` if all that is in `changed` is the same, else what is in `changed`."""
    made = tuple(changed)
    return things if all(new is old for new, old in zip(made, things, strict=True)) else made
