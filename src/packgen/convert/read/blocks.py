"""Paragraphs and tables in the order they stand.

Takes the content of a body, cell, note, header or text box; gives blocks with formats and labels resolved. Counts
numbered paragraphs as it goes, so it must read a document once, from front to back.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from packgen.convert.document import Block, Break, Inline, Link, NewPage, Paragraph, Table
from packgen.convert.formats import Label, ParagraphFormat, TabStop
from packgen.convert.read import tables
from packgen.convert.read.context import ANOTHER_FILE, TRACKED, UNSUPPORTED, Reading
from packgen.convert.read.inlines import InlineReader
from packgen.convert.read.ooxml import Element, first, has_any, is_on, local_name, name, w
from packgen.convert.read.properties import paragraph_edges
from packgen.convert.read.styles import OUTSIDE, ParagraphStyle, TableContext, heading_level
from packgen.convert.read.symbols import without_symbols

_CONTAINERS = {"sdt", "sdtContent", "customXml", "smartTag"}
_FORMAT_FIELDS = {
    "alignment", "left", "right", "first", "before", "after", "line", "line_rule", "contextual", "keep_next",
    "keep_lines", "widow_control", "page_break_before", "fill",
}  # fmt: skip
_TRACKED = "Accept or reject all changes in Word, and save."
_TRACKING = {"ins", "del", "moveFrom", "moveTo"}
_ANOTHER_FILE = ("The document takes in another file.", "Copy the text of that file into this document.", ANOTHER_FILE)
_EQUATION = ("An equation cannot be drawn.", "Put it in as a picture with alternative text.", UNSUPPORTED)
_REFUSED = {
    **dict.fromkeys(_TRACKING, ("A change is still tracked.", _TRACKED, TRACKED)),
    **dict.fromkeys(("altChunk", "subDoc"), _ANOTHER_FILE),
    **dict.fromkeys(("oMath", "oMathPara"), _EQUATION),
}


class BlockReader:
    """Reads blocks into values. `available` is the width of the text, for tables measured in parts of it."""

    def __init__(self, reading: Reading, available: float) -> None:
        self.reading = reading
        self.available = available
        self._pending: list[Element] = []
        self._formats: dict[tuple[int, bool], ParagraphFormat] = {}
        self._styles: list[ParagraphStyle] = []

    def blocks(self, parent: Element, context: TableContext = OUTSIDE, place: str = "") -> tuple[Block, ...]:
        """The blocks in `parent`. Without `place` its paragraphs and tables are counted as those of the document."""
        return tuple(block for element in self.elements(parent) for block in self.read(element, context, place))

    def elements(self, parent: Element) -> Iterator[Element]:
        """The paragraphs and tables of `parent`, through content controls."""
        for child in parent:
            local = local_name(child)
            if local in {"p", "tbl"}:
                yield child
            elif local in _CONTAINERS:
                yield from self.elements(child)
            elif local == "AlternateContent":
                choice = child.find(name("mc:Choice"))
                chosen = choice if choice is not None else child.find(name("mc:Fallback"))
                yield from self.elements(chosen) if chosen is not None else ()
            elif local == "bookmarkStart":
                self._pending.append(child)
            elif local in _REFUSED:
                with self.reading.at(self.reading.place or _near(child)):
                    message, hint, code = _REFUSED[local]
                    self.reading.refuse(message, hint, code=code)
                if local in _TRACKING:
                    yield from self.elements(child)

    def read(self, element: Element, context: TableContext = OUTSIDE, place: str = "") -> tuple[Block, ...]:
        """One paragraph or table. A paragraph with a page break in it gives more than one block, a hidden one none."""
        if local_name(element) == "tbl":
            return (self._table(element, place),)
        if not place:
            self.reading.paragraph_count += 1
        where = place or f"paragraph {self.reading.paragraph_count}"
        with self.reading.at(where):
            return self._paragraph(element, context, where)

    def _table(self, element: Element, place: str) -> Table:
        reading = self.reading
        if not place:
            reading.table_count += 1
        where = f"table {reading.table_count}"
        if place:
            where = f"{place}, inner table" if tables.stands_in_cell(element) else f"{place}, table"
        with reading.at(where):
            floating = element.find(f"{w('tblPr')}/{w('tblpPr')}")
            if floating is not None:
                reading.warn(
                    "The table floats in the text; it is drawn in its place in the text instead.",
                    hint="In Word, Table Properties > Text wrapping > None makes it look the same everywhere.",
                )
            outer = self.available
            table = tables.read_table(reading, element, self._cell, where, outer)
            self.available = outer
        return table

    def _cell(self, element: Element, context: TableContext, place: str) -> tuple[Block, ...]:
        return self.blocks(element, context, place)

    def _box(self, element: Element) -> tuple[Block, ...]:
        return self.blocks(element, OUTSIDE, f"{self.reading.place}, text box")

    def _paragraph(self, element: Element, context: TableContext, place: str) -> tuple[Block, ...]:
        reading = self.reading
        own = first(element, "pPr")
        style = reading.styles.paragraph(own, context)
        self._refuse_tracked(own)
        inlines = InlineReader(reading, self._box, style.style_id, context)
        for bookmark in self._pending:
            inlines.bookmark(bookmark)
        self._pending.clear()
        content = inlines.read(element)
        if own is not None and first(own, "framePr") is not None and content:
            reading.warn(
                "The paragraph stands in a frame; it is drawn in its place in the text instead.",
                hint="Use a table, or borders round the paragraph, in place of the frame.",
            )
        if not content and is_on(own.find(f"{w('rPr')}/{w('vanish')}") if own is not None else None):
            return ()
        label = self._label(style)
        paragraph = Paragraph(content, self._format(style), style.mark, style.style_id, place, label)
        return _split(paragraph)

    def _refuse_tracked(self, own: Element | None) -> None:
        if has_any(first(own, "rPr"), "ins", "del", "moveFrom", "moveTo"):
            self.reading.refuse("A paragraph is still tracked as a change.", hint=_TRACKED, code=TRACKED)

    def _format(self, style: ParagraphStyle) -> ParagraphFormat:
        key = (id(style), self.reading.in_body)
        if key not in self._formats:
            # Holding the style keeps its identity from being given to another.
            self._styles.append(style)
            self._formats[key] = self._resolved(style)
        return self._formats[key]

    def _resolved(self, style: ParagraphStyle) -> ParagraphFormat:
        properties = style.paragraph
        if properties.get("right_to_left"):
            self.reading.warn("Text that runs from right to left is drawn from left to right.")
        values: dict[str, Any] = {key: value for key, value in properties.items() if key in _FORMAT_FIELDS}
        stops = [stop for stop in properties.get("tabs", {}).values() if stop is not None]
        return ParagraphFormat(
            **values,
            borders=paragraph_edges(properties),
            tabs=tuple(sorted(stops, key=_position)),
            outline_level=heading_level(style) if self.reading.in_body else None,
        )

    def _label(self, style: ParagraphStyle) -> Label | None:
        properties = style.paragraph
        num_id = properties.get("num_id", "0")
        if num_id == "0":
            return None
        index = self.reading.numbering.level_index(properties, style.style_id)
        counted = self.reading.counters.next(num_id, index)
        if counted is None:
            return None
        if counted.unknown_format:
            self.reading.warn(f"Numbers of the kind {counted.unknown_format} are drawn as figures.")
        if counted.level.picture:
            self.reading.warn("A bullet that is a picture is drawn as a round bullet.")
        look = self.reading.styles.labelled(style.mark, counted.level.run)
        text, lost = without_symbols("•" if counted.level.picture else counted.text, look.font)
        if lost:
            self.reading.warn("A bullet of a symbol font is drawn as a round bullet.")
            text = text or "•"
        if look.hidden or not text.strip():
            text = ""
        bullet = counted.level.number_format == "bullet"
        return Label(
            text.upper() if look.caps else text,
            look,
            index,
            bullet,
            counted.level.justify,
            counted.level.suffix,
            num_id,
            counted.level.number_format,
        )


def _near(element: Element) -> str:
    """A place for what stands between paragraphs: its own words, or those before it."""
    for near in (element, *element.itersiblings(preceding=True)):
        words = " ".join("".join(text.text or "" for text in near.iter(w("t"))).split())
        if words:
            return f'near "{words[:50]}"'
    return "at the beginning"


def _position(stop: TabStop) -> float:
    return stop.position


def _split(paragraph: Paragraph) -> tuple[Block, ...]:
    """`paragraph` cut at its page and column breaks."""
    if not any(isinstance(inline, Break) and inline.kind != "line" for inline in _top_and_linked(paragraph.content)):
        return (paragraph,)
    blocks: list[Block] = []
    piece: list[Inline] = []
    label = paragraph.label
    first = True
    for inline in _breaks_on_top(paragraph.content):
        if not isinstance(inline, Break) or inline.kind == "line":
            piece.append(inline)
            continue
        if piece or (label is not None and first):
            blocks.append(_piece(paragraph, piece, label, first=first))
            first, label = False, None
        blocks.append(NewPage("column" if inline.kind == "column" else "page"))
        piece = []
    # The end of a paragraph follows a break between columns, as a line of its own if need be; one of pages it does not.
    if piece or blocks[-1] == NewPage("column"):
        blocks.append(_piece(paragraph, piece, label, first=first))
    return tuple(blocks)


def _piece(paragraph: Paragraph, piece: list[Inline], label: Label | None, *, first: bool) -> Paragraph:
    look = paragraph.format
    if not first:
        look = replace(look, before=0.0, first=0.0, page_break_before=False)
    return replace(paragraph, content=tuple(piece), label=label, format=look)


def _top_and_linked(content: tuple[Inline, ...]) -> Iterator[Inline]:
    for inline in content:
        yield inline
        if isinstance(inline, Link):
            yield from inline.content


def _breaks_on_top(content: tuple[Inline, ...]) -> Iterator[Inline]:
    """`content` with links cut at the page breaks inside them."""
    for inline in content:
        if not isinstance(inline, Link) or not any(isinstance(each, Break) for each in inline.content):
            yield inline
            continue
        for each in inline.content:
            yield each if isinstance(each, Break) else replace(inline, content=(each,))
