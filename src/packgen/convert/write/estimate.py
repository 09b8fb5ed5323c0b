"""Rough heights, to choose between ways of writing before anything is drawn.

Takes blocks and a width; gives a height in points that errs on the tall side by a tenth or so. Never decides what is
lost: the proof does that on the finished pages.
"""

from __future__ import annotations

from collections.abc import Sequence

from packgen.convert.document import Block, Break, NewPage, Paragraph, Picture, Row, Table, Text, TextBox, flat

_LETTER = 0.53
_LINE = 1.16


def height_of(blocks: Sequence[Block], width: float) -> float:
    return sum(_block_height(block, max(width, 10.0)) for block in blocks)


def row_height(row: Row, columns: Sequence[float]) -> float:
    """Height of a row by its tallest cell that ends in it."""
    tallest = max(
        (
            height_of(cell.blocks, cell_width(cell.column, cell.span, columns) - cell.insets[1] - cell.insets[3])
            + cell.insets[0]
            + cell.insets[2]
            for cell in row.cells
            if cell.rows == 1 and not cell.rotation
        ),
        default=0.0,
    )
    return max(tallest, row.height)


def cell_width(column: int, span: int, columns: Sequence[float]) -> float:
    return sum(columns[column : column + span])


def _block_height(block: Block, width: float) -> float:
    match block:
        case NewPage():
            return 0.0
        case Table():
            return sum(row_height(row, block.columns) for row in block.rows)
        case Paragraph():
            return _paragraph_height(block, width)


def _paragraph_height(paragraph: Paragraph, width: float) -> float:
    look = paragraph.format
    room = max(width - look.left - look.right, 10.0)
    size = paragraph.mark.size
    length = tall = 0.0
    lines = 1
    for inline in flat(paragraph.content):
        if isinstance(inline, Picture | TextBox):
            if inline.anchor is None or inline.anchor.wrap != "none":
                tall += inline.height
        elif isinstance(inline, Break):
            lines += 1
        elif isinstance(inline, Text):
            size = max(size, inline.format.size)
            length += len(inline.text) * inline.format.size * _LETTER
    lines += int(length / room)
    pitch = size * _LINE * look.line if look.line_rule == "multiple" else max(look.line, size * _LINE)
    if look.line_rule == "exact":
        pitch = look.line
    return lines * pitch + tall + look.before + look.after
