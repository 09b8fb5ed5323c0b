"""What one sheet of a spreadsheet shows: its cells with text, hidden rows and columns left out.

Takes the XML of a worksheet and the texts that a workbook keeps for all sheets; gives plain values. Rows and columns
count from 0, as in LibreOffice. Never works anything out.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from packgen.convert.read.ooxml import Element, local_name

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)")
_TRUE = {"1", "true"}
_DEFAULT_WIDTH = 9.14
_POINTS_PER_CHARACTER = 5.25
"""Seven pixels at 96 to the inch: a digit of the usual font (ECMA-376, part 1, 18.3.1.13)."""


@dataclass(frozen=True)
class Area:
    """A rectangle of cells: first and last row and column, from 0, both inclusive."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        return self.top <= row <= self.bottom and self.left <= column <= self.right


@dataclass(frozen=True)
class Sheet:
    """A sheet as far as it is shown: texts by row and column, whether it has anything else, and how wide it is."""

    name: str
    part: str
    texts: Mapping[tuple[int, int], str]
    filled: bool
    last_column: int
    widths: Mapping[int, float] = field(default_factory=dict)
    default_width: float = _DEFAULT_WIDTH * _POINTS_PER_CHARACTER

    def width(self, columns: range) -> float:
        """Points that columns take on paper at full size."""
        return sum(self.widths.get(column, self.default_width) for column in columns)


def cell_name(row: int, column: int) -> str:
    """`B7` for row 6, column 1."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def place_of(reference: str) -> tuple[int, int] | None:
    """Row and column of `$B$7`, from 0."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1


def areas_of(formula: str) -> list[Area]:
    """The areas that a name such as `Budget!$A$1:$D$20,Budget!$F$1:$G$9` stands for; none if it is no plain list."""
    areas = []
    for piece in re.split(r",(?=(?:[^']*'[^']*')*[^']*$)", formula):
        first, _, last = piece.rpartition("!")[2].partition(":")
        start, end = place_of(first), place_of(last or first)
        if start is None or end is None:
            return []
        areas.append(Area(*start, *end))
    return areas


def read_sheet(
    root: Element, sheet_name: str, part: str, shared: Sequence[str], areas: Sequence[Area], drawn_to: int
) -> Sheet:
    """What a worksheet shows.

    Args:
        root: of the worksheet.
        sheet_name: what the officer calls it.
        part: its name in the package.
        shared: the texts that the workbook keeps for all sheets.
        areas: those that are printed; all if there are none.
        drawn_to: the last column that a picture or chart covers, -1 without any.
    """
    widths, default = _widths(root)
    texts: dict[tuple[int, int], str] = {}
    filled, last = drawn_to >= 0, drawn_to
    for row, column, cell in _cells(root):
        if widths.get(column, 1.0) == 0 or (areas and not any(area.holds(row, column) for area in areas)):
            continue
        text = _text(cell, shared)
        if text is None and cell.find("{*}v") is None and cell.find("{*}f") is None:
            continue
        filled, last = True, max(last, column)
        if text and text.strip():
            texts[row, column] = text
    if areas and filled:
        last = max(area.right for area in areas)
    return Sheet(sheet_name, part, texts, filled, last, widths, default)


def rows_without_height(root: Element, wrapping: Container[str]) -> list[tuple[int, int]]:
    """Runs of rows, first and last, that hold wrapped text and of which the file does not say how high they are.

    `wrapping` are the formats of cells in which text is wrapped.
    """
    runs: list[tuple[int, int]] = []
    for row in root.iter("{*}row"):
        number = row.get("r", "")
        if row.get("ht") is not None or not number.isdigit():
            continue
        if any(cell.get("s", "0") in wrapping for cell in row):
            place = int(number) - 1
            if runs and runs[-1][1] == place - 1:
                runs[-1] = (runs[-1][0], place)
            else:
                runs.append((place, place))
    return runs


def wrapping_formats(styles: Element | None) -> frozenset[str]:
    """The formats of cells, by number, in which text is wrapped."""
    formats = styles.find("{*}cellXfs") if styles is not None else None
    return frozenset(
        str(number)
        for number, one in enumerate(formats.iterfind("{*}xf") if formats is not None else ())
        if any(alignment.get("wrapText") in _TRUE for alignment in one.iterfind("{*}alignment"))
    )


def _cells(root: Element) -> Iterator[tuple[int, int, Element]]:
    row = -1
    for element in root.iter("{*}row"):
        row = int(element.get("r")) - 1 if (element.get("r") or "").isdigit() else row + 1
        hidden = element.get("hidden") in _TRUE
        column = -1
        for cell in element:
            if local_name(cell) != "c":
                continue
            place = place_of(cell.get("r", ""))
            column = place[1] if place else column + 1
            if not hidden:
                yield row, column, cell


def _text(cell: Element, shared: Sequence[str]) -> str | None:
    """The text of a cell, or None if it is a number, a date, a truth value or nothing."""
    kind = cell.get("t", "n")
    value = cell.findtext("{*}v")
    if kind == "s":
        return shared[int(value)] if value and value.isdigit() and int(value) < len(shared) else ""
    if kind == "inlineStr":
        return string_of(cell)
    return value or "" if kind == "str" else None


def string_of(element: Element) -> str:
    """The text of a string item, without readings beside it (ECMA-376, part 1, 18.4.8)."""
    return "".join(
        text.text or ""
        for text in element.iter("{*}t")
        if not any(local_name(outer) == "rPh" for outer in text.iterancestors())
    )


def _widths(root: Element) -> tuple[dict[int, float], float]:
    """Width of each column that has its own, in points, 0 if it is hidden; and of all others."""
    general = root.find("{*}sheetFormatPr")
    default = _DEFAULT_WIDTH
    if general is not None:
        default = _number(general.get("defaultColWidth"), _DEFAULT_WIDTH)
    widths: dict[int, float] = {}
    for group in root.iter("{*}col"):
        first, last = int(_number(group.get("min"), 1)), int(_number(group.get("max"), 1))
        hidden = group.get("hidden") in _TRUE
        width = 0.0 if hidden else _number(group.get("width"), default) * _POINTS_PER_CHARACTER
        widths.update(dict.fromkeys(range(first - 1, min(last, 16384)), width))
    return widths, default * _POINTS_PER_CHARACTER


def _number(written: str | None, default: float) -> float:
    try:
        return float(written) if written is not None else default
    except ValueError:
        return default
