"""Rows of tables that are too long to be kept whole.

A template asks each of its rows to stay on one page, which reads best, until a row is so long that it would leave most
of a page empty. Takes a filled document; lets rows that take more than half a page go over it, or rather more where
there is a table in them. Judges by a rough count of lines. Never touches heading rows, or rows that the template itself
lets break.
"""

from __future__ import annotations

import math
from typing import Any

from packgen.fill.layout import cell_width, page_area
from packgen.fill.styles import Styles
from packgen.fill.widths import words_width
from packgen.fill.xml import attribute, child, qualified, value, whole

_MOST = 0.5
# A table inside a row is read with what stands around it, so that such a row is kept whole for longer.
_MOST_WITH_TABLE = 0.7
_LINE = 1.2
_SPACE_BETWEEN = 4.0
_PARAGRAPH, _CELL, _ROW, _TABLE, _TEXT = (qualified(name) for name in ("w:p", "w:tc", "w:tr", "w:tbl", "w:t"))


def let_long_rows_break(root: Any, styles: Styles) -> None:
    """Take `w:cantSplit` from the rows below `root`, the document part, that are too long to be kept whole."""
    for table in root.iter(_TABLE):
        whole_rows = [row for row in table.iterchildren(_ROW) if _asks_to_stay_whole(row)]
        if whole_rows:
            width, height = page_area(table, root)
            for row in whole_rows:
                most = _MOST_WITH_TABLE if next(row.iter(_TABLE), None) is not None else _MOST
                if _height(row, width, styles) > height / 20 * most:
                    properties = child(row, "w:trPr")
                    properties.remove(child(properties, "w:cantSplit"))


def _asks_to_stay_whole(row: Any) -> bool:
    properties = child(row, "w:trPr")
    return child(properties, "w:cantSplit") is not None and child(properties, "w:tblHeader") is None


def _height(row: Any, page_width: int, styles: Styles) -> float:
    """Points that a row takes: those of its longest cell."""
    cells = [cell for cell in row.iterchildren(_CELL) if child(child(cell, "w:tcPr"), "w:vMerge") is None]
    return max((_content_height(cell, page_width, styles) for cell in cells), default=0.0)


def _content_height(cell: Any, page_width: int, styles: Styles) -> float:
    width = cell_width(cell, page_width, styles)
    height = 0.0
    for block in cell:
        if block.tag == _PARAGRAPH:
            height += _paragraph_height(block, width, styles)
        elif block.tag == _TABLE:
            height += sum(_height(row, page_width, styles) for row in block.iterchildren(_ROW))
    return height


def _paragraph_height(paragraph: Any, width: int, styles: Styles) -> float:
    properties = child(paragraph, "w:pPr")
    size = styles.size(value(properties, "w:pStyle"))
    words = "".join(text.text or "" for text in paragraph.iter(_TEXT))
    if not words:
        return _picture_height(paragraph) or size * _LINE
    left = whole(attribute(child(properties, "w:ind"), "left")) or 0
    lines = math.ceil(words_width(words) * size / max((width - left) / 20, size))
    return lines * size * _LINE + _SPACE_BETWEEN


def _picture_height(paragraph: Any) -> float:
    """Points that the pictures of a paragraph without words take; 12,700 English Metric Units are a point."""
    extents = [each for each in paragraph.iter() if each.tag.endswith("}extent")]
    return sum(int(each.get("cy", 0)) / 12_700 for each in extents)
