"""Tables of prose as Word tables.

Takes a table and the room for it; gives a `w:tbl` in the template's own table style, its columns as wide as their
words ask, its heading row marked as one and repeated. Captions and sources are the paragraphs around it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from packgen.fill.inlines import RunStyle, Story, runs
from packgen.fill.widths import column_widths
from packgen.fill.xml import copy_of, element
from packgen.prose.tree import Alignment, Table
from packgen.prose.words import inline_text

TABLE_TEXT = "Table Text"
SHORT_TABLE = 1200  # characters: about a third of a page
SHORT_INNER_TABLE = 500
FIGURE_GAP = 200  # twentieths of a point
_JUSTIFICATION: dict[Alignment, str] = {"left": "left", "centre": "center", "right": "right"}


def table_element(table: Table, story: Story, *, width: int, height: int, indent: int, base: str | None) -> Any:
    """A `w:tbl`.

    Args:
        table: what the author wrote.
        story: the part of the document it stands in.
        width: its width, in twentieths of a point.
        height: the most that a picture in it may take.
        indent: how far from the left it begins.
        base: the style of the text around it if that is a table's; its table is then the small one.
    """
    styles = story.styles
    names = ("Packgen Table Small", "Packgen Table") if base else ("Packgen Table",)
    table_style = styles.need("table", *names, used_for="a table")
    text_style = styles.need("paragraph", *filter(None, (base, TABLE_TEXT)), used_for="a table")
    heading_style = styles.need("paragraph", "Table Heading", used_for="a table")
    margins = styles.cell_margins(table_style)
    words = [[inline_text(cell.inlines) for cell in row] for row in (table.header, *table.rows)]
    gaps = _gaps(table.alignment)
    sides = [margins + gap for gap in gaps]
    widths = column_widths(words, width, size=styles.size(text_style), cell_margins=sides)

    caption = inline_text(table.caption)
    properties = element(
        "w:tblPr",
        element("w:tblStyle", val=table_style),
        element("w:tblW", w=width, type="dxa"),
        element("w:tblInd", w=indent, type="dxa"),
        element("w:tblLayout", type="fixed"),
        element("w:tblLook", val="0420", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=0, noVBand=1),
        element("w:tblCaption", val=caption) if caption else None,
    )
    made = element("w:tbl", properties, element("w:tblGrid", *(element("w:gridCol", w=each) for each in widths)))
    # A long table in a cell is not kept together: the row around it has to be able to go over a page.
    loose = bool(base) and _length(words) > SHORT_INNER_TABLE
    kept = set() if loose else _kept_with_next(words, has_source=bool(table.source))
    for index, row in enumerate((table.header, *table.rows)):
        style = text_style if index else heading_style
        start = element("w:pPr", element("w:pStyle", val=style), element("w:keepNext") if index in kept else None)
        cells = (
            _cell(start, alignment, runs(cell.inlines, RunStyle(None, each - margins, height), story), each, gap)
            for cell, alignment, each, gap in zip(row, table.alignment, widths, gaps, strict=True)
        )
        made.append(element("w:tr", _row_properties(heading=index == 0), *cells))
    return made


def _kept_with_next(words: Sequence[Sequence[str]], *, has_source: bool) -> set[int]:
    """Rows that a page may not end with: all of a short table, otherwise those beside its ends, and its source."""
    last = len(words) - 1
    short = _length(words) <= SHORT_TABLE
    kept = set(range(last)) if short else {0, 1, last - 1}
    return kept - {last} | ({last} if has_source else set())


def _length(words: Sequence[Sequence[str]]) -> int:
    return sum(len(cell) for row in words for cell in row)


def _gaps(alignment: Sequence[Alignment]) -> list[int]:
    """What each column keeps free at its right: figures that end where the next column's words begin read as one."""
    following = [*alignment[1:], "right"]
    return [FIGURE_GAP * (own == "right" and after != "right") for own, after in zip(alignment, following, strict=True)]


def _row_properties(*, heading: bool) -> Any:
    properties = element("w:trPr", element("w:cantSplit"))
    if heading:
        properties.insert(0, element("w:cnfStyle", val="100000000000"))
        properties.append(element("w:tblHeader"))
    return properties


def _cell(start: Any, alignment: Alignment, content: Sequence[Any], width: int, gap: int) -> Any:
    properties = copy_of(start)
    if gap:
        properties.append(element("w:ind", right=gap))
    if alignment:
        properties.append(element("w:jc", val=_JUSTIFICATION[alignment]))
    return element(
        "w:tc",
        element("w:tcPr", element("w:tcW", w=width, type="dxa")),
        element("w:p", properties, *content),
    )
