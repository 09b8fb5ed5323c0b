"""Rows of tables that are too long to be kept whole.

A template asks each of its rows to stay on one page, which reads best, until a row is so long that it would leave most
of a page empty. Takes a filled document; lets rows that take more than half a page go over it. Judges by a rough count
of lines. Never touches heading rows, or rows that the template itself lets break.
"""

from __future__ import annotations

import math
from typing import Any

from packgen.fill.layout import room_at
from packgen.fill.styles import Styles
from packgen.fill.widths import words_width
from packgen.fill.xml import attribute, child, qualified, value, whole

_MOST = 0.5
_LINE = 1.2
_SPACE_BETWEEN = 4.0
_PARAGRAPH, _CELL, _ROW, _TABLE, _TEXT = (qualified(name) for name in ("w:p", "w:tc", "w:tr", "w:tbl", "w:t"))


def let_long_rows_break(root: Any, styles: Styles) -> None:
    """Take `w:cantSplit` from the rows below `root`, the document part, that are longer than half a page."""
    for row in root.iter(_ROW):
        properties = child(row, "w:trPr")
        whole_row = child(properties, "w:cantSplit")
        if whole_row is None or child(properties, "w:tblHeader") is not None:
            continue
        first = next(row.iter(_PARAGRAPH), None)
        if first is not None and _height(row, root, styles) > room_at(first, root, styles).height / 20 * _MOST:
            properties.remove(whole_row)


def _height(row: Any, root: Any, styles: Styles) -> float:
    """Points that a row takes: those of its longest cell."""
    cells = [cell for cell in row.iterchildren(_CELL) if value(child(cell, "w:tcPr"), "w:vMerge") is None]
    return max((_content_height(cell, root, styles) for cell in cells), default=0.0)


def _content_height(cell: Any, root: Any, styles: Styles) -> float:
    height = 0.0
    for block in cell:
        if block.tag == _PARAGRAPH:
            height += _paragraph_height(block, root, styles)
        elif block.tag == _TABLE:
            height += sum(_height(row, root, styles) for row in block.iterchildren(_ROW))
    return height


def _paragraph_height(paragraph: Any, root: Any, styles: Styles) -> float:
    size = styles.size(value(child(paragraph, "w:pPr"), "w:pStyle"))
    words = "".join(text.text or "" for text in paragraph.iter(_TEXT))
    if not words:
        return _picture_height(paragraph) or size * _LINE
    indent = child(child(paragraph, "w:pPr"), "w:ind")
    width = room_at(paragraph, root, styles).width - (whole(attribute(indent, "left")) or 0)
    lines = math.ceil(words_width(words) * size / max(width / 20, size))
    return lines * size * _LINE + _SPACE_BETWEEN


def _picture_height(paragraph: Any) -> float:
    """Points that the pictures of a paragraph without words take; 12,700 English Metric Units are a point."""
    extents = [each for each in paragraph.iter() if each.tag.endswith("}extent")]
    return sum(int(each.get("cy", 0)) / 12_700 for each in extents)
