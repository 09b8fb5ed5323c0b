"""How wide the columns of a table are.

Takes the table's grid, the widths its cells prefer and the room there is; gives a width in points for each column.
Follows what Word stored; only a table that says nothing is measured by its words. Never draws.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from packgen.convert.read.ooxml import Element, child_val, first, number, points, w

if TYPE_CHECKING:
    from packgen.convert.read.tables import GridCell

_CHARACTER = 5.6
_PADDING = 12.0
_LEAST = 6.0


def column_widths(
    table: Element, grid: Sequence[Sequence[GridCell]], columns: int, available: float
) -> tuple[float, ...]:
    """The widths of `columns` columns in a text `available` points wide."""
    properties = first(table, "tblPr")
    preferred = first(properties, "tblW") if properties is not None else None
    target = _measure(preferred, available)
    fixed = child_val(first(properties, "tblLayout") if properties is not None else None, "type") == "fixed"
    if properties is not None and first(properties, "tblLayout") is not None:
        fixed = first(properties, "tblLayout").get(w("type")) == "fixed"
    widths = _stored(table, grid, columns, target or available)
    if not any(widths):
        widths = _by_content(grid, columns, target or available, stretch=bool(target))
    known = [width for width in widths if width > 0]
    spare = (sum(known) / len(known)) if known else available / max(columns, 1)
    widths = [width if width > 0 else spare for width in widths]
    total = sum(widths)
    if preferred is not None and preferred.get(w("type")) == "pct" and target:
        widths = [width * target / total for width in widths]
    elif not fixed and total > available * 1.02 + 12 and total > 0:
        # Word shrinks a table that adjusts itself until it fits between the margins.
        widths = [width * available / total for width in widths]
    return tuple(round(max(width, _LEAST), 3) for width in widths)


def _measure(element: Element | None, available: float) -> float:
    """A `w:tblW` or `w:tcW` in points; 0 for automatic."""
    if element is None:
        return 0.0
    text = element.get(w("w"), "0")
    if text.endswith("%"):
        return number(text[:-1]) / 100 * available
    match element.get(w("type"), "dxa"):
        case "pct":
            return number(text) / 5000 * available
        case "dxa":
            return points(text)
        case _:
            return 0.0


def _stored(table: Element, grid: Sequence[Sequence[GridCell]], columns: int, available: float) -> list[float]:
    """The grid's widths, with those that cells of one column ask for in their place."""
    element = first(table, "tblGrid")
    widths = [points(column.get(w("w"))) for column in element.findall(w("gridCol"))] if element is not None else []
    widths = (widths + [0.0] * columns)[:columns]
    asked: dict[int, float] = {}
    for row in grid:
        for cell in row:
            if cell.span == 1 and cell.properties is not None:
                width = _measure(first(cell.properties, "tcW"), available)
                if width > 0:
                    asked.setdefault(cell.column, width)
    if len(asked) == columns or not any(widths):
        for column, width in asked.items():
            widths[column] = width
    return widths


def _by_content(grid: Sequence[Sequence[GridCell]], columns: int, available: float, *, stretch: bool) -> list[float]:
    """Widths for a table that stores none: what each column's words need, shared out in proportion."""
    least = [_LEAST] * columns
    most = [_LEAST] * columns
    for row in grid:
        for cell in row:
            paragraphs = ["".join(p.itertext(w("t"))) for p in cell.element.iter(w("p"))]
            longest = max((len(text) for text in paragraphs), default=0) * _CHARACTER + _PADDING
            word = max((len(each) for text in paragraphs for each in text.split()), default=0) * _CHARACTER + _PADDING
            for column in range(cell.column, cell.column + cell.span):
                least[column] = max(least[column], word / cell.span)
                most[column] = max(most[column], longest / cell.span)
    if sum(most) <= available:
        return [width * available / sum(most) for width in most] if stretch else most
    room = max(available - sum(least), 0.0)
    wishes = [high - low for high, low in zip(most, least, strict=True)]
    total = sum(wishes) or 1.0
    return [low + room * wish / total for low, wish in zip(least, wishes, strict=True)]
