"""How much room there is where a mark stands: between margins, inside a column, inside a cell.

Takes elements of a document; gives lengths in twentieths of a point. Never changes anything.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from packgen.fill.numbering import Numbering
from packgen.fill.styles import Styles
from packgen.fill.xml import attribute, child, qualified, value, whole

_A4 = (11906, 16838)
_MARGIN = 1440
_CELL_MARGINS = 216
_PARAGRAPH, _CELL, _ROW, _TABLE = (qualified(name) for name in ("w:p", "w:tc", "w:tr", "w:tbl"))
_PROPERTIES, _SECTION = qualified("w:pPr"), qualified("w:sectPr")


class Room(Struct, frozen=True):
    """Width and height for text, and whether that is a table's cell."""

    width: int
    height: int
    in_cell: bool


def room_at(paragraph: Any, document: Any, styles: Styles) -> Room:
    """The room that a paragraph has, its own indents not yet taken off.

    Args:
        paragraph: a `w:p` anywhere in the document, its headers or its footers.
        document: the root of the document part, which holds the sections.
        styles: the template's.
    """
    width, height = page_area(paragraph, document)
    cell = next(paragraph.iterancestors(_CELL), None)
    if cell is None:
        return Room(width, height, in_cell=False)
    return Room(cell_width(cell, width, styles), height, in_cell=True)


def page_area(place: Any, document: Any) -> tuple[int, int]:
    """Width and height between the margins of the pages on which an element stands."""
    return _section_area(_section_of(place, document))


def indents_of(style: str | None, properties: Any, styles: Styles, numbering: Numbering) -> tuple[int, int]:
    """Left and right indent of a paragraph: its own, its style's, or that of the style's numbers."""
    left: int | None = None
    right: int | None = None
    candidates = [child(properties, "w:ind")]
    for each in styles.chain(style):
        candidates.append(styles.own_indent(each))
        if child(child(each, "w:pPr"), "w:numPr") is not None:
            level = numbering.level_of(attribute(each, "styleId"))
            candidates.append(None if level is None else numbering.indent_of(level))
    for indent in candidates:
        left = _side(indent, "left", "start") if left is None else left
        right = _side(indent, "right", "end") if right is None else right
    return left or 0, right or 0


def _side(indent: Any, *names: str) -> int | None:
    return next((whole(attribute(indent, name)) for name in names if attribute(indent, name) is not None), None)


def _section_of(paragraph: Any, document: Any) -> Any:
    """The `w:sectPr` that governs a paragraph: the next one in the document's order."""
    body = child(document, "w:body")
    top = paragraph
    while top is not None and top.getparent() is not body:
        top = top.getparent()
    if top is None:
        return next(document.iter(qualified("w:sectPr")), None)
    if top.tag == _PARAGRAPH and (section := child(child(top, "w:pPr"), "w:sectPr")) is not None:
        return section
    for block in top.itersiblings(_PARAGRAPH):
        properties = next(block.iterchildren(_PROPERTIES), None)
        section = None if properties is None else next(properties.iterchildren(_SECTION), None)
        if section is not None:
            return section
    return child(body, "w:sectPr")


def _section_area(section: Any) -> tuple[int, int]:
    size, margins, columns = (child(section, name) for name in ("w:pgSz", "w:pgMar", "w:cols"))
    page_width = whole(attribute(size, "w")) or _A4[0]
    page_height = whole(attribute(size, "h")) or _A4[1]
    sides = {name: whole(attribute(margins, name)) for name in ("left", "right", "top", "bottom", "gutter")}
    margin = {name: _MARGIN if size is None and name != "gutter" else size or 0 for name, size in sides.items()}
    width = page_width - margin["left"] - margin["right"] - margin["gutter"]
    count = whole(attribute(columns, "num")) or 1
    if count > 1:
        first = whole(attribute(child(columns, "w:col"), "w"))
        gap = whole(attribute(columns, "space"))
        width = first or (width - (720 if gap is None else gap) * (count - 1)) // count
    return max(width, _MARGIN), max(page_height - abs(margin["top"]) - abs(margin["bottom"]), _MARGIN)


def cell_width(cell: Any, section_width: int, styles: Styles) -> int:
    """The width for text in a cell on a page with `section_width` between its margins."""
    properties = child(cell, "w:tcPr")
    given = child(properties, "w:tcW")
    width = whole(attribute(given, "w")) if attribute(given, "type") in {None, "dxa"} else None
    table = next(cell.iterancestors(_TABLE))
    if not width:
        width = _grid_width(cell, table)
    margins = styles.cell_margins(value(child(table, "w:tblPr"), "w:tblStyle"))
    return max((width or section_width) - margins, 360)


def _grid_width(cell: Any, table: Any) -> int | None:
    """The widths of the grid columns that a cell covers."""
    columns = [whole(attribute(column, "w")) or 0 for column in child(table, "w:tblGrid")]
    row = next(cell.iterancestors(_ROW))
    start = whole(value(child(row, "w:trPr"), "w:gridBefore")) or 0
    for each in row.iterchildren(_CELL):
        span = whole(value(child(each, "w:tcPr"), "w:gridSpan")) or 1
        if each is cell:
            return sum(columns[start : start + span]) or None
        start += span
    return None
