"""Columns on a part of a page, where one section ends and another goes on with the page.

Takes blocks; adds lines to the source. Where they are to be of one height, finds by trial drawings how low they can be,
as Word does: the pages they fill are filled, and what is left over stands evenly on the last. Never widths that differ.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from packgen.convert.document import Block, NewPage, NoteMark, Paragraph, flat, paragraphs_of
from packgen.convert.paper import Columns
from packgen.convert.write.blocks import BlockWriter
from packgen.convert.write.room import Room
from packgen.convert.write.source import MeasureCode
from packgen.convert.write.typst_text import pt

# Points; columns that are lower by less look the same.
_CLOSE = 0.5
# Columns fit no better than this part of their text's height, spread over them.
_LOWEST = 0.9
# Points; most columns fit with as much more than their text's height.
_LITTLE = 30.0
_ROUNDED = 0.01
# Nothing of a trial leads anywhere: what it leads to may not be drawn in it.
_TRIAL = "show link:it=>it.body"
_END = "[#metadata(none)<columns-end>]"

EndOf = Callable[[str], tuple[int, float]]
"""Draws code that has `_END` in it, and tells the page on which that stands, from 1, and how far down, in points."""


class TextArea(Struct, frozen=True):
    """Where the text of a page stands, in points from the paper's top."""

    top: float
    foot: float

    @property
    def height(self) -> float:
        return self.foot - self.top


class ColumnWriter:
    """Writes the columns of one document. `measure` and `end_of` draw trials with what is defined so far."""

    def __init__(self, blocks: BlockWriter) -> None:
        self.blocks = blocks
        self.measure: MeasureCode | None = None
        self.end_of: EndOf | None = None

    def write(self, blocks: tuple[Block, ...], columns: Columns, room: Room, area: TextArea, *, evenly: bool) -> None:
        """Columns that are `evenly` filled if that can be, else one after the other.

        A break that leaves the page ends the columns that are open.
        """
        source = self.blocks.source
        pages = _pages(blocks)
        drawn = f"columns({columns.count},gutter:{pt(columns.gap)},{{"
        for index, part in enumerate(pages):
            if index:
                source.add("pagebreak()")
            opening = len(source.lines)
            source.add(drawn)
            self.blocks.write(part, room, opens_page=bool(index))
            source.add("})")
            broken = any(isinstance(block, NewPage) for block in part)
            if not evenly or index + 1 < len(pages) or broken or has_footnotes(part):
                continue
            at = self._end(source.lines[:opening])[1]
            height = self._lowest(source.lines[opening:-1], columns, room.width, area, at)
            if height:
                source.lines[opening] = f"even({pt(at)},{pt(height)},{drawn}"
                source.lines[-1] = "}))"

    def _lowest(self, lines: Sequence[str], columns: Columns, width: float, area: TextArea, at: float) -> float:
        """The least height of columns that begin `at` a place on the page, through all pages they are on; or 0."""
        assert self.measure is not None
        across = width * columns.count + columns.gap * (columns.count - 1)
        above, count = at - area.top, columns.count
        paper = f"set page(width:{pt(across)},height:{pt(area.height)},margin:0pt,columns:1);v({pt(above)})"
        whole = self.measure([(f"{{{_TRIAL}\n" + "\n".join(lines[1:]) + "}", width)])[0]
        low = whole / count * _LOWEST

        def fits(height: float) -> bool:
            page, down = self._end([paper, f"block(width:100%,height:{pt(height)},", *lines], "}))")
            return (page - 1) * area.height + down <= above + height + _ROUNDED

        likely = (whole / count + spare for spare in (_LITTLE, area.height / 2))
        high = next((height for height in likely if at < area.foot and fits(height)), 0.0)
        if not high:
            return 0.0
        while high - low > _CLOSE:
            half = (low + high) / 2
            low, high = (low, half) if fits(half) else (half, high)
        return high

    def _end(self, lines: Sequence[str], closing: str = "") -> tuple[int, float]:
        assert self.end_of is not None
        return self.end_of("\n".join([f"#{{{_TRIAL}", *lines, _END, closing, "}"]))


def has_footnotes(blocks: tuple[Block, ...]) -> bool:
    """Whether notes at the foot of the page take room there, how much of which no trial tells."""
    inlines = (inline for paragraph in paragraphs_of(blocks) for inline in flat(paragraph.content))
    return any(isinstance(inline, NoteMark) and inline.kind == "footnote" for inline in inlines)


def _pages(blocks: tuple[Block, ...]) -> list[tuple[Block, ...]]:
    """`blocks` cut where they ask for a new page, which no column can give them."""
    pages: list[list[Block]] = [[]]
    for block in blocks:
        if isinstance(block, NewPage) and block.kind == "page":
            pages.append([])
        elif isinstance(block, Paragraph) and block.format.page_break_before:
            if pages[-1]:
                pages.append([])
            pages[-1].append(replace(block, format=replace(block.format, page_break_before=False)))
        else:
            pages[-1].append(block)
    return [tuple(page) for page in pages]
