"""A Word table as a table of prose, as far as Markdown can say it.

Takes a grid; gives a `Table` of one line a cell. Cells that were merged are taken apart, and lists and paragraphs in a
cell are put on one line; each such change is remarked on. Never loses a word.
"""

from __future__ import annotations

from collections.abc import Sequence

from packgen.importing.pieces import Box, Grid, GridRow, Line, Record
from packgen.prose.tree import Alignment, Inline, Strong, Table, TableCell, Text
from packgen.prose.words import inline_text

REPEATED = 60
"""Words of a cell that spanned rows are repeated in each of them if they are no longer than this."""


def prose_table(grid: Grid, record: Record) -> Table:
    """The table; its first row becomes the row of headings."""
    cells: list[list[tuple[Inline, ...]]] = [[() for _ in range(grid.columns)] for _ in grid.rows]
    for index, row in enumerate(grid.rows):
        for box in row.boxes:
            content = _cell(box, record, heading=index == 0)
            for below in range(index, min(index + max(box.rows, 1), len(cells))):
                first = below == index
                if box.column < grid.columns and (first or len(inline_text(content)) <= REPEATED):
                    cells[below][box.column] = content
    _remark_on(grid, record)
    header, *rows = cells
    return Table(
        tuple(TableCell(each) for each in header),
        tuple(tuple(TableCell(each) for each in row) for row in rows),
        tuple(_alignment(grid, column) for column in range(grid.columns)),
        0,
    )


def _remark_on(grid: Grid, record: Record) -> None:
    boxes = [box for row in grid.rows for box in row.boxes]
    spans = [box for box in boxes if box.span > 1 or box.rows > 1]
    if spans:
        record.remark(
            grid.place,
            f"{len(spans)} merged {'cell is' if len(spans) == 1 else 'cells are'} taken apart: Markdown has none",
            "look at the rows in the Markdown file, and word them so that each can be read by itself",
            code="import.merged-cells",
        )
    several = [box for box in boxes if len(box.pieces) > 1 or any(isinstance(each, Grid) for each in box.pieces)]
    if several:
        record.remark(
            several[0].place,
            f"{len(several)} {'cell holds' if len(several) == 1 else 'cells hold'} several paragraphs or a list; "
            "in a cell of Markdown they stand on one line",
            code="import.cell-on-one-line",
        )
    headers = [row for row in grid.rows if row.header]
    if len(headers) > 1:
        record.remark(grid.place, "only the first heading row is one; the others come in as ordinary rows")


def _cell(box: Box, record: Record, *, heading: bool) -> tuple[Inline, ...]:
    made: list[Inline] = []
    for piece in box.pieces:
        inlines = piece.inlines if isinstance(piece, Line) else _flat(piece, record)
        if isinstance(piece, Line) and piece.number is not None and piece.number.text:
            inlines = (Text(f"{piece.number.text} "), *inlines)
        if heading:
            inlines = unbolded(inlines)
        if made and inlines:
            made.append(Text(" " if inline_text(made).rstrip().endswith((".", ";", ":", ",", "?", "!")) else "; "))
        made += inlines
    return tuple(made)


def _flat(grid: Grid, record: Record) -> tuple[Inline, ...]:
    made: list[Inline] = []
    for row in grid.rows:
        for box in row.boxes:
            content = _cell(box, record, heading=False)
            made += [*([Text("; ")] if made and content else []), *content]
    return tuple(made)


def unbolded(inlines: Sequence[Inline]) -> tuple[Inline, ...]:
    """`inlines` without bold if all of them are: the template makes headings bold by itself."""
    if any(isinstance(each, Strong) for each in inlines) and all(
        isinstance(each, Strong) or not inline_text([each]).strip() for each in inlines
    ):
        return tuple(inner for each in inlines for inner in (each.inlines if isinstance(each, Strong) else (each,)))
    return tuple(inlines)


def _alignment(grid: Grid, column: int) -> Alignment:
    rows: Sequence[GridRow] = grid.rows[1:] or grid.rows
    lines = [
        line for row in rows for box in row.boxes if box.column == column and box.span == 1 for line in box.lines
        if line.words
    ]  # fmt: skip
    for name in ("right", "centre"):
        if lines and all(line.align == name for line in lines):
            return "right" if name == "right" else "centre"
    return None
