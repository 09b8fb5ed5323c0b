"""Table styles: what a cell gets from its table's style by where it stands.

Takes style ids and a cell's position; gives borders, shading, margins and a `TableContext` for its text. Remembers
what it read. Never looks at direct formatting, which the table reader lays over.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct, field

from packgen.convert.formats import Border
from packgen.convert.read.ooxml import Element, child_val, first, local_name, number, points, val, w
from packgen.convert.read.properties import edges, laid_over, paragraph_properties, run_properties, shading
from packgen.convert.read.styles import OUTSIDE, StyleSheet, TableContext

# Later conditions are laid over earlier ones (ECMA-376, 17.7.6).
_ORDER = (
    "wholeTable", "band1Vert", "band2Vert", "band1Horz", "band2Horz", "firstRow", "lastRow", "firstCol", "lastCol",
    "neCell", "nwCell", "seCell", "swCell",
)  # fmt: skip
Margins = Mapping[str, float]


class Look(Struct, frozen=True):
    """Which parts of its style a table uses (`w:tblLook`); without it only bands (ECMA-376, 17.4.55)."""

    first_row: bool = False
    last_row: bool = False
    first_column: bool = False
    last_column: bool = False
    row_bands: bool = True
    column_bands: bool = True


class Position(Struct, frozen=True):
    """A cell's place: its first row and column with the ones after its last, and the size of its table."""

    row: int
    column: int
    row_end: int
    column_end: int
    rows: int
    columns: int


class Part(Struct, frozen=True):
    """What one condition of a style says."""

    borders: Mapping[str, Border] = field(default_factory=dict)
    fill: str = ""
    margins: Margins = field(default_factory=dict)
    vertical: str = ""
    context: TableContext = OUTSIDE


class TableStyle(Struct, frozen=True):
    parts: Mapping[str, Part]
    row_band: int
    column_band: int
    indent: float | None
    alignment: str

    @property
    def whole(self) -> Part:
        return self.parts.get("wholeTable", Part())


def read_look(element: Element | None) -> Look:
    if element is None:
        return Look()
    mask = int(val(element, "0000") or "0", 16)

    def flag(name: str, bit: int) -> bool:
        given = element.get(w(name))
        return bool(mask & bit) if given is None else given in {"1", "true", "on"}

    return Look(
        flag("firstRow", 0x20),
        flag("lastRow", 0x40),
        flag("firstColumn", 0x80),
        flag("lastColumn", 0x100),
        not flag("noHBand", 0x200),
        not flag("noVBand", 0x400),
    )


class TableStyles:
    """The table styles of one document."""

    def __init__(self, styles: StyleSheet) -> None:
        self._styles = styles
        self._read: dict[str, TableStyle] = {}
        self._contexts: dict[tuple[str, tuple[str, ...]], TableContext] = {}

    def style(self, style_id: str) -> TableStyle:
        style_id = style_id or self._styles.default_id("table")
        if style_id not in self._read:
            self._read[style_id] = self._resolve(style_id)
        return self._read[style_id]

    def _resolve(self, style_id: str) -> TableStyle:
        parts: dict[str, Part] = {}
        row_band = column_band = 1
        indent: float | None = None
        alignment = ""
        for element in self._styles.lineage(style_id, "table"):
            _overlay(parts, "wholeTable", self._part(element))
            for condition in element.findall(w("tblStylePr")):
                _overlay(parts, condition.get(w("type"), ""), self._part(condition))
            properties = first(element, "tblPr")
            if properties is not None:
                row_band = int(number(child_val(properties, "tblStyleRowBandSize"), row_band)) or 1
                column_band = int(number(child_val(properties, "tblStyleColBandSize"), column_band)) or 1
                alignment = child_val(properties, "jc", alignment)
                if first(properties, "tblInd") is not None:
                    indent = points(first(properties, "tblInd").get(w("w")))
        return TableStyle(parts, row_band, column_band, indent, alignment)

    def _part(self, element: Element) -> Part:
        theme = self._styles.theme
        borders: dict[str, Border] = {}
        margins: dict[str, float] = {}
        fill = vertical = ""
        for holder, border_name, margin_name in (("tblPr", "tblBorders", "tblCellMar"), ("tcPr", "tcBorders", "tcMar")):
            properties = first(element, holder)
            for child in properties if properties is not None else ():
                match local_name(child):
                    case local if local == border_name:
                        borders.update(edges(child, theme))
                    case local if local == margin_name:
                        margins.update(read_margins(child))
                    case "shd":
                        fill = shading(child, theme) or fill
                    case "vAlign":
                        vertical = val(child)
        context = TableContext(
            paragraph_properties(first(element, "pPr"), theme), run_properties(first(element, "rPr"), theme)
        )
        return Part(borders, fill, margins, vertical, context)

    def context(self, style_id: str, conditions: tuple[str, ...]) -> TableContext:
        """What the text of a cell to which `conditions` apply gets from the style; one object for one question."""
        key = (style_id, conditions)
        if key not in self._contexts:
            paragraph: Mapping[str, object] = {}
            run: Mapping[str, object] = {}
            parts = self.style(style_id).parts
            for condition in ("wholeTable", *conditions):
                if condition in parts:
                    paragraph = laid_over(paragraph, parts[condition].context.paragraph)
                    run = {**run, **parts[condition].context.run}
            self._contexts[key] = TableContext(paragraph, run) if paragraph or run else OUTSIDE
        return self._contexts[key]


def _overlay(parts: dict[str, Part], condition: str, over: Part) -> None:
    base = parts.get(condition, Part())
    parts[condition] = Part(
        {**base.borders, **over.borders},
        over.fill or base.fill,
        {**base.margins, **over.margins},
        over.vertical or base.vertical,
        TableContext(
            laid_over(base.context.paragraph, over.context.paragraph), {**base.context.run, **over.context.run}
        ),
    )


def read_margins(element: Element) -> dict[str, float]:
    """Cell margins by side, in points."""
    sides = {"start": "left", "end": "right"}
    return {sides.get(local_name(side), local_name(side)): points(side.get(w("w"))) for side in element}


def conditions_at(style: TableStyle, look: Look, at: Position) -> tuple[str, ...]:
    """The conditions of `style` that hold for a cell, weakest first."""
    found = set(_band_conditions(style, look, at))
    first_row = look.first_row and at.row == 0
    last_row = look.last_row and at.row_end == at.rows and not (first_row and at.rows == 1)
    first_column = look.first_column and at.column == 0
    last_column = look.last_column and at.column_end == at.columns
    for condition, holds in (
        ("firstRow", first_row),
        ("lastRow", last_row),
        ("firstCol", first_column),
        ("lastCol", last_column),
        ("nwCell", first_row and first_column),
        ("neCell", first_row and last_column),
        ("swCell", last_row and first_column),
        ("seCell", last_row and last_column),
    ):
        if holds:
            found.add(condition)
    return tuple(condition for condition in _ORDER if condition in found and condition in style.parts)


def _band_conditions(style: TableStyle, look: Look, at: Position) -> Iterable[str]:
    in_head = (look.first_row and at.row == 0) or (look.last_row and at.row == at.rows - 1)
    if look.row_bands and not in_head:
        band = (at.row - look.first_row) // style.row_band
        yield "band2Horz" if band % 2 else "band1Horz"
    in_side = (look.first_column and at.column == 0) or (look.last_column and at.column == at.columns - 1)
    if look.column_bands and not in_side:
        band = (at.column - look.first_column) // style.column_band
        yield "band2Vert" if band % 2 else "band1Vert"


def borders_at(style: TableStyle, look: Look, conditions: tuple[str, ...], at: Position) -> dict[str, Border]:
    """The borders that the conditions of `style` give a cell: outer ones at the rim of each condition's region."""
    found: dict[str, Border] = {}
    for condition in conditions:
        borders = style.parts[condition].borders
        if borders:
            found.update(region_borders(borders, _region(style, look, condition, at), at))
    return found


def region_borders(borders: Mapping[str, Border], region: Position, at: Position) -> dict[str, Border]:
    """The borders of a cell inside a region: the region's own at its rim, `insideH` and `insideV` within."""
    wanted = {
        "top": "top" if at.row <= region.row else "insideH",
        "bottom": "bottom" if at.row_end >= region.row_end else "insideH",
        "left": "left" if at.column <= region.column else "insideV",
        "right": "right" if at.column_end >= region.column_end else "insideV",
    }
    return {side: borders[name] for side, name in wanted.items() if name in borders}


def _region(style: TableStyle, look: Look, condition: str, at: Position) -> Position:
    rows, columns = (0, at.rows), (0, at.columns)
    if condition in {"firstRow", "nwCell", "neCell"}:
        rows = (0, 1)
    elif condition in {"lastRow", "swCell", "seCell"}:
        rows = (at.rows - 1, at.rows)
    elif condition.endswith("Horz"):
        start = at.row - (at.row - look.first_row) % style.row_band
        rows = (start, start + style.row_band)
    if condition in {"firstCol", "nwCell", "swCell"}:
        columns = (0, 1)
    elif condition in {"lastCol", "neCell", "seCell"}:
        columns = (at.columns - 1, at.columns)
    elif condition.endswith("Vert"):
        start = at.column - (at.column - look.first_column) % style.column_band
        columns = (start, start + style.column_band)
    return Position(rows[0], columns[0], rows[1], columns[1], at.rows, at.columns)
