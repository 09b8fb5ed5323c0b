"""Tables: grid, merged cells, widths, and each cell's look.

Takes a `w:tbl` element and the shared `Reading`; gives a `Table` whose rows cover the grid and whose borders are
settled. Never reads text itself: the block reader it is given does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Literal

from msgspec import Struct, field
from msgspec.structs import replace

from packgen.convert.document import Block, Cell, Paragraph, Row, Table
from packgen.convert.formats import Border, Edges
from packgen.convert.read import table_widths
from packgen.convert.read.borders import Claim, settled
from packgen.convert.read.context import TRACKED, Reading
from packgen.convert.read.ooxml import Element, child_val, first, has_any, is_on, local_name, number, points, val, w
from packgen.convert.read.properties import edges, shading
from packgen.convert.read.styles import TableContext
from packgen.convert.read.table_styles import (
    Look,
    Position,
    TableStyle,
    borders_at,
    conditions_at,
    read_look,
    read_margins,
    region_borders,
)

CellReader = Callable[[Element, TableContext, str], tuple[Block, ...]]
_DEFAULT_MARGINS = {"top": 0.0, "left": 5.4, "bottom": 0.0, "right": 5.4}
_CONTAINERS = {"sdt", "sdtContent", "customXml", "smartTag"}


class GridCell(Struct):
    """A `w:tc` on the grid while the table is read."""

    element: Element
    row: int
    column: int
    span: int
    merge: str
    properties: Element | None
    rows: int = 1


class _Table(Struct):
    """What all cells of one table share."""

    style_id: str
    style: TableStyle
    look: Look
    borders: dict[str, Border]
    margins: dict[str, float]
    rows: int
    columns: int
    place: str
    nested: bool
    exceptions: list[dict[str, Border]] = field(default_factory=list)


def children(parent: Element, local: str) -> Iterator[Element]:
    """The rows of a table or cells of a row, through content controls."""
    for child in parent:
        found = local_name(child)
        if found == local:
            yield child
        elif found in _CONTAINERS:
            yield from children(child, local)


def read_table(reading: Reading, element: Element, read_cell: CellReader, place: str, available: float) -> Table:
    """Read one table. `available` is the width it may have, `place` what problems call it."""
    properties = first(element, "tblPr")
    row_elements = [row for row in children(element, "tr") if not _is_hidden(reading, row)]
    grid = [_row_cells(row, index) for index, row in enumerate(row_elements)]
    columns = max([cell.column + cell.span for row in grid for cell in row], default=0)
    _merge_rows(grid)
    style_id = child_val(properties, "tblStyle")
    style = reading.table_styles.style(style_id)
    shared = _Table(
        style_id,
        style,
        read_look(first(properties, "tblLook") if properties is not None else None),
        {**style.whole.borders, **_borders(reading, properties, "tblBorders")},
        {**_DEFAULT_MARGINS, **style.whole.margins, **_margins(properties, "tblCellMar")},
        len(grid),
        columns,
        place,
        stands_in_cell(element),
        [_borders(reading, first(row, "tblPrEx"), "tblBorders") for row in row_elements],
    )
    widths = table_widths.column_widths(element, grid, columns, available)
    cells = [cell for row in grid for cell in row if cell.merge != "continue"]
    claims = [_claim(reading, shared, cell) for cell in cells]
    settled_edges = dict(zip(((cell.row, cell.column) for cell in cells), settled(claims), strict=True))
    rows = tuple(
        _row(reading, shared, row_elements[index], [cell for cell in row if cell.merge != "continue"], read_cell,
             settled_edges, index)
        for index, row in enumerate(grid)
    )  # fmt: skip
    return Table(
        rows, widths, _left(reading, properties, shared), _alignment(properties, shared), place, _caption(properties)
    )


def _is_hidden(reading: Reading, row: Element) -> bool:
    """Whether Word does not show a row; rows and cells that are tracked as changes are refused."""
    properties = first(row, "trPr")
    if has_any(properties, "del", "ins") or any(
        has_any(first(cell, "tcPr"), "cellDel", "cellIns", "cellMerge") for cell in children(row, "tc")
    ):
        reading.refuse(
            "A table row or cell is still tracked as a change.",
            hint="Accept or reject all changes in Word, and save.",
            code=TRACKED,
        )
    hidden = properties is not None and is_on(first(properties, "hidden"))
    if hidden:
        for text in row.iter(w("t")):
            reading.took(text)
    return hidden


def _row_cells(row: Element, index: int) -> list[GridCell]:
    properties = first(row, "trPr")
    column = int(number(child_val(properties, "gridBefore")))
    found: list[GridCell] = []
    for element in children(row, "tc"):
        own = first(element, "tcPr")
        span = max(int(number(child_val(own, "gridSpan"), 1)), 1)
        merge = ""
        if own is not None and first(own, "vMerge") is not None:
            merge = "restart" if val(first(own, "vMerge"), "continue") == "restart" else "continue"
        found.append(GridCell(element, index, column, span, merge, own))
        column += span
    return found


def _merge_rows(grid: list[list[GridCell]]) -> None:
    """Count the rows of vertically merged cells; a continuation without a start is a cell of its own."""
    for index, row in enumerate(grid):
        for cell in row:
            if cell.merge == "continue":
                # Not claimed by a row above: Word shows it as a cell.
                cell.merge = "" if cell.rows == 1 else cell.merge
            if cell.merge == "continue":
                continue
            for below in grid[index + 1 :]:
                match = next(
                    (other for other in below if other.column == cell.column and other.span == cell.span), None
                )
                if cell.merge != "restart" or match is None or match.merge != "continue":
                    break
                match.rows = 0
                cell.rows += 1


def _borders(reading: Reading, properties: Element | None, local: str) -> dict[str, Border]:
    element = first(properties, local) if properties is not None else None
    return edges(element, reading.styles.theme) if element is not None else {}


def _margins(properties: Element | None, local: str) -> dict[str, float]:
    element = first(properties, local) if properties is not None else None
    return read_margins(element) if element is not None else {}


def _claim(reading: Reading, shared: _Table, cell: GridCell) -> Claim:
    at = _position(shared, cell)
    whole = Position(0, 0, shared.rows, shared.columns, shared.rows, shared.columns)
    borders = region_borders({**shared.borders, **shared.exceptions[cell.row]}, whole, at)
    conditions = conditions_at(shared.style, shared.look, at)
    borders.update(borders_at(shared.style, shared.look, conditions, at))
    direct = _borders(reading, cell.properties, "tcBorders")
    borders.update({side: line for side, line in direct.items() if side in {"top", "left", "bottom", "right"}})
    return Claim(at.row, at.column, at.row_end, at.column_end, borders)


def _position(shared: _Table, cell: GridCell) -> Position:
    return Position(cell.row, cell.column, cell.row + cell.rows, cell.column + cell.span, shared.rows, shared.columns)


def _row(
    reading: Reading,
    shared: _Table,
    element: Element,
    cells: list[GridCell],
    read_cell: CellReader,
    settled_edges: Mapping[tuple[int, int], Edges],
    index: int,
) -> Row:
    properties = first(element, "trPr")
    height = first(properties, "trHeight") if properties is not None else None
    rule: Literal["at-least", "exact"] = "at-least"
    if height is not None and height.get(w("hRule")) == "exact":
        rule = "exact"
    place = f"{shared.place}, row {index + 1}"
    drawn = _with_one_top_margin(
        [_cell(reading, shared, cell, read_cell, settled_edges[cell.row, cell.column], place) for cell in cells]
    )
    return Row(
        drawn,
        points(height.get(w("val"))) if height is not None else 0.0,
        rule,
        properties is not None and is_on(first(properties, "cantSplit")),
        properties is not None and is_on(first(properties, "tblHeader")),
        _keeps_with_next(drawn),
        place,
    )


def _with_one_top_margin(cells: list[Cell]) -> tuple[Cell, ...]:
    """The cells of a row with the widest of their margins at the top, which Word gives to all of them."""
    top = max((cell.insets[0] for cell in cells), default=0.0)
    return tuple(cell if cell.insets[0] == top else replace(cell, insets=(top, *cell.insets[1:])) for cell in cells)


def _keeps_with_next(cells: tuple[Cell, ...]) -> bool:
    """Word keeps a row with the next if the first paragraph of its first cell says so."""
    first = cells[0].blocks[0] if cells and cells[0].blocks else None
    return isinstance(first, Paragraph) and first.format.keep_next


def _cell(
    reading: Reading, shared: _Table, cell: GridCell, read_cell: CellReader, borders: Edges, row_place: str
) -> Cell:
    at = _position(shared, cell)
    conditions = conditions_at(shared.style, shared.look, at)
    parts = [shared.style.whole, *(shared.style.parts[condition] for condition in conditions)]
    fill = vertical = ""
    margins = dict(shared.margins)
    for part in parts[1:]:
        margins.update(part.margins)
    for part in parts:
        fill = part.fill or fill
        vertical = part.vertical or vertical
    margins.update(_margins(cell.properties, "tcMar"))
    if cell.properties is not None:
        shade = first(cell.properties, "shd")
        if shade is not None:
            fill = shading(shade, reading.styles.theme)
        vertical = child_val(cell.properties, "vAlign", vertical)
    place = f"{row_place}, column {cell.column + 1}"
    context = reading.table_styles.context(shared.style_id, conditions)
    with reading.at(place):
        blocks = _without_closing_line(read_cell(cell.element, context, place))
    direction = child_val(cell.properties, "textDirection")
    rotations: dict[str, Literal[0, 90, 270]] = {"btLr": 270, "tbRl": 90, "tbRlV": 90, "tbLrV": 90}
    verticals: dict[str, Literal["centre", "bottom"]] = {"center": "centre", "bottom": "bottom"}
    return Cell(
        blocks,
        cell.column,
        cell.span,
        cell.rows,
        borders,
        (margins["top"], margins["right"], margins["bottom"], margins["left"]),
        fill,
        verticals.get(vertical, "top"),
        rotations.get(direction, 0),
        place,
    )


def stands_in_cell(element: Element) -> bool:
    """Whether a table is inside another, or in a box; one in a page header or note is not."""
    return next(element.iterancestors(w("tc"), w("txbxContent")), None) is not None


def _without_closing_line(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """`blocks` without the empty paragraph that must stand behind a table in a cell; Word gives it no room."""
    match blocks:
        case (*_, Table(), Paragraph(content=(), label=None)):
            return blocks[:-1]
        case _:
            return blocks


def _left(reading: Reading, properties: Element | None, shared: _Table) -> float:
    """Where the table's left border stands, from the margin.

    Up to Word 2010 the text of the first column, not the border, was put at the indent, but in a cell.
    """
    indent = first(properties, "tblInd") if properties is not None else None
    left = points(indent.get(w("w"))) if indent is not None else shared.style.indent or 0.0
    holder = next(properties.iterancestors(w("tc"), w("txbxContent")), None) if properties is not None else None
    boxed = holder is not None and local_name(holder) != "tc"
    if reading.compatibility < 15 and (boxed or not shared.nested):
        left -= shared.margins["left"]
    return left


def _alignment(properties: Element | None, shared: _Table) -> Literal["left", "centre", "right"]:
    words: dict[str, Literal["centre", "right"]] = {"center": "centre", "right": "right", "end": "right"}
    return words.get(child_val(properties, "jc", shared.style.alignment), "left")


def _caption(properties: Element | None) -> str:
    return child_val(properties, "tblDescription") or child_val(properties, "tblCaption")
