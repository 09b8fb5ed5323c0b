"""Tables as Typst statements.

Takes `Table` values whose grid and borders are settled; adds lines to the source. Chooses what may be split over pages:
a row that must stay whole, but is taller than most of a page, is let go rather than lost.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from packgen.convert.document import Cell, Link, NoteMark, Paragraph, Row, Table, flat, paragraphs_of
from packgen.convert.write.blocks import BlockWriter
from packgen.convert.write.estimate import cell_width, height_of, row_height
from packgen.convert.write.inlines import dominant
from packgen.convert.write.room import CLOSING_LINE, ROUNDING, Room
from packgen.convert.write.source import MeasureCode, Source
from packgen.convert.write.strokes import strokes
from packgen.convert.write.typst_text import colour, literal, pt

# A row that asks to stay whole is believed up to this part of a page.
_WHOLE_ROW = 0.8
# Between these parts of a page the rough count of a row's height decides nothing, and the row is measured.
_SURELY_FITS = 0.6
_SURELY_TOO_TALL = 1.6
_REPEATED_HEADER = 0.45
_SHORT_ROW = 0.15
# Where the lines of turned text stand across their cell.
_TURNED = {
    (270, "top"): "left", (270, "centre"): "center", (270, "bottom"): "right",
    (90, "top"): "right", (90, "centre"): "center", (90, "bottom"): "left",
}  # fmt: skip


class TableWriter:
    """Writes tables; `warn` is told, with a place, of what is drawn otherwise than asked."""

    def __init__(self, source: Source, blocks: BlockWriter, warn: Callable[[str, str, str], None]) -> None:
        self.source = source
        self.blocks = blocks
        self._warn = warn
        self.measure: MeasureCode | None = None

    def __call__(self, table: Table, room: Room) -> None:
        # Text boxes write into a source of their own for a while.
        self.source = self.blocks.source
        head = self._header_rows(table, room)
        left = table.left - room.left
        spare = room.width - sum(table.columns)
        if table.alignment != "left" and spare > 0:
            left = spare / 2 if table.alignment == "centre" else spare
        whole = self._stays_whole(table, room)
        opening = f"pad(left:{pt(left)}," if abs(left) > 0.01 else ""
        if whole:
            opening += "block(breakable:false," + ("sticky:true," if table.rows[-1].keep_next else "")
        columns = ",".join(pt(width) for width in table.columns)
        self.source.add(f"{opening}grids(({columns},),")
        inner = replace(room, breaks=False, nested=True, widows=False, left=0.0, columns=1)
        divided = self._divided(table, head, room, inner)
        if head:
            self._head(table, head, inner, repeats=not room.nested)
        for index, row in enumerate(table.rows[head:], head):
            if index + 1 < len(table.rows) and self._is_category(table, row, room):
                self.source.add(f"table.header(repeat:false,level:{2 if head else 1},")
                self._row(table, row, index, inner, splits=index in divided)
                self.source.add("),")
            else:
                self._row(table, row, index, inner, splits=index in divided)
        self.source.place = table.place
        self.source.add(")" * (1 + opening.count("(")))

    def _header_rows(self, table: Table, room: Room) -> int:
        """How many rows at the top are headers; none if a cell reaches out of them, or if they may fill a page."""
        count = 0
        while count < len(table.rows) and table.rows[count].header:
            count += 1
        for index, row in enumerate(table.rows[:count]):
            if any(index + cell.rows > count for cell in row.cells):
                self._warn(
                    "A merged cell reaches out of the header rows; the header is not repeated on further pages.",
                    "In Table Tools > Layout, repeat all rows that the merged cell covers.",
                    row.place,
                )
                return 0
        height = sum(row_height(row, table.columns) for row in table.rows[:count])
        if count and height > room.height * (_REPEATED_HEADER if room.cautious else _WHOLE_ROW):
            # The compiler would not split them, and lose what is below the foot of the page.
            self._warn(
                "The header rows are so tall that they would fill a page; they are drawn once, as other rows are.",
                "Let only the rows with the names of the columns repeat.",
                table.rows[0].place,
            )
            return 0
        return count

    def _head(self, table: Table, count: int, room: Room, *, repeats: bool) -> None:
        """The header rows; they are repeated on further pages unless the table stands in a cell, as in Word."""
        rows = table.rows[:count]
        paragraphs = [p for row in rows for cell in row.cells for p in paragraphs_of(cell.blocks)]
        notes = any(isinstance(inline, NoteMark) for p in paragraphs for inline in flat(p.content))
        height = sum(row_height(row, table.columns) for row in rows)
        repeats = repeats and not notes and height < room.height * _REPEATED_HEADER and not room.cautious
        if repeats and any(isinstance(inline, Link) for p in paragraphs for inline in p.content):
            self._warn(
                "A link stands in a header row that is repeated; its text is drawn without the link.",
                "Put the link below the table.",
                rows[0].place,
            )
        if notes:
            self._warn(
                "A footnote stands in a header row; the row is not repeated on further pages.",
                "Put the footnote in the text above the table.",
                rows[0].place,
            )
        self.source.add("table.header(" + ("" if repeats else "repeat:false,"))
        inner = replace(room, headings=False, links=room.links and not repeats)
        for index, row in enumerate(rows):
            self._row(table, row, index, inner, splits=False)
        self.source.add("),")

    def _stays_whole(self, table: Table, room: Room) -> bool:
        """Whether rows ask to stay with the next, which is how Word keeps a table on a page; a long last row may go on.

        In a cell that counts for nothing: a row that goes over a page takes the tables in it along.
        """
        if room.nested or not room.splits or room.cautious or len(table.rows) < 2:
            return False
        if not all(row.keep_next for row in table.rows[:-1]):
            return False
        last = table.rows[-1]
        if not last.whole and row_height(last, table.columns) > room.height * _SHORT_ROW:
            return False
        return sum(row_height(row, table.columns) for row in table.rows) < room.height * _WHOLE_ROW

    def _is_category(self, table: Table, row: Row, room: Room) -> bool:
        """A row of one cell that stays with the next row, the heading of those below it; none if it may fill a page."""
        across = len(row.cells) == 1 and row.cells[0].span == len(table.columns)
        return row.keep_next and across and row_height(row, table.columns) < room.height * _REPEATED_HEADER

    # --- Rows -----------------------------------------------------------------------------------

    def _row(self, table: Table, row: Row, index: int, room: Room, *, splits: bool) -> None:
        holder = self._height_holder(row)
        last = index + 1 == len(table.rows)
        at = 0
        taken = _taken_from_above(table, index)
        for cell in row.cells:
            self._holes(at, cell.column, taken)
            self._cell(table, row, cell, room, splits=splits, holds_height=cell is holder, last=last)
            at = cell.column + cell.span
        self._holes(at, len(table.columns), taken)

    def _holes(self, start: int, end: int, taken: frozenset[int]) -> None:
        """Cells with nothing in them and no lines where a row does not reach the table's edge."""
        for column in range(start, end):
            if column not in taken:
                self.source.add("table.cell(stroke:none,[]),")

    def _divided(self, table: Table, head: int, room: Room, inner: Room) -> frozenset[int]:
        """The rows that may go over a page: those that do not ask to stay whole, and those that no page can hold.

        A row that a rough count leaves in doubt is measured.
        """
        limit = room.height - sum(row_height(row, table.columns) for row in table.rows[:head])
        divided = {index for index, row in enumerate(table.rows) if not row.whole}
        doubtful: list[int] = []
        for index, row in enumerate(table.rows[head:], head):
            guess = row_height(row, table.columns)
            tall = guess > limit * (0.3 if room.cautious else _SURELY_TOO_TALL)
            if tall or self._overhung(table, index, limit * (0.3 if room.cautious else _WHOLE_ROW)):
                divided.add(index)
            elif index not in divided and guess > limit * _SURELY_FITS:
                doubtful.append(index)
        if doubtful and room.breaks and self.measure is not None:
            divided.update(self._too_tall(table, doubtful, inner, limit))
        elif doubtful:
            divided.update(index for index in doubtful if row_height(table.rows[index], table.columns) > limit)
        return frozenset(divided)

    def _overhung(self, table: Table, index: int, limit: float) -> bool:
        """Whether a cell over several rows, of which `index` is one, has more text than they may have room for."""
        return any(
            height_of(cell.blocks, cell_width(cell.column, cell.span, table.columns)) > limit / 2
            for cell in _spanning(table, index)
        )

    def _too_tall(self, table: Table, rows: Sequence[int], room: Room, limit: float) -> set[int]:
        """Those of `rows` that come out taller than `limit`, measured in one go."""
        assert self.measure is not None
        cells = [(index, cell) for index in rows for cell in table.rows[index].cells if cell.rows == 1]
        insets = {cell.place: _insets(cell, last=True) for _, cell in cells}
        pieces = [
            self._measurable(cell, replace(room, links=False, tagged=False, headings=False), _inner_width(table, cell))
            for _, cell in cells
        ]
        heights = self.measure(pieces)
        return {
            index
            for (index, cell), height in zip(cells, heights, strict=True)
            if height + insets[cell.place][0] + insets[cell.place][2] > limit - 1
        }

    def _measurable(self, cell: Cell, room: Room, width: float) -> tuple[str, float]:
        """A cell's content as an expression, written aside, with the width it is to be measured at."""
        outer = self.blocks.source
        aside = Source(definitions=outer.definitions, place=cell.place)
        self.blocks.source = self.source = aside
        try:
            self._write_content(cell, replace(room, width=width))
        finally:
            self.blocks.source = self.source = outer
        return "{\n" + "\n".join(aside.lines) + "\n}", width

    def _height_holder(self, row: Row) -> Cell | None:
        """The cell that makes a row as tall as it must be: the one with the least in it."""
        if not row.height or row.height_rule == "exact":
            return None
        candidates = [cell for cell in row.cells if cell.rows == 1]
        return min(candidates, key=_weight, default=None)

    def _cell(
        self, table: Table, row: Row, cell: Cell, room: Room, *, splits: bool, holds_height: bool, last: bool
    ) -> None:
        self.source.place = cell.place
        insets = _insets(cell, last=last)
        if splits:
            cell, insets = _with_space_on_top(cell, insets)
            hanging = CLOSING_LINE + self._spread(cell)
            insets = (*insets[:2], insets[2] - hanging, insets[3])
        function = self._cell_function(cell, insets, splits=splits)
        spans = (f"colspan:{cell.span}," if cell.span > 1 else "") + (f"rowspan:{cell.rows}," if cell.rows > 1 else "")
        inner = _inner_width(table, cell)
        height = max(row.height - insets[0] - insets[2], 0.0)
        wrap, close = "", ""
        if row.height and row.height_rule == "exact" and cell.rows == 1:
            wrap, close = f"exact({pt(inner)},{pt(height)},{literal(cell.place)},", ")"
        elif holds_height:
            wrap, close = f"least({pt(inner)},{pt(height)},", ")"
        if wrap and cell.vertical != "top" and not cell.rotation:
            wrap, close = wrap + f"align({_vertical(cell)},", close + ")"
        if cell.rotation:
            length = self._rotated_length(row, cell, insets)
            wrap += f"align({_TURNED[cell.rotation, cell.vertical]},"
            wrap += f"rotate({cell.rotation}deg,reflow:true,block(width:{pt(length)},align(left,"
            close = "))))" + close
            inner = length
        self.source.add(f"{function}({spans}{wrap}{{")
        # Space below the last line may be cut off by an exact height; text may not.
        self._write_content(
            cell,
            replace(room, width=inner, splits=splits and not wrap, tails=splits and not wrap),
            closing=not wrap.startswith("exact"),
        )
        if splits:
            # What closes a row, and the space that a multiple of the line's height puts below a line, have their room
            # below the last of its lines; below one that ends a page they may hang out of it.
            self.source.add(self.source.define("g", "", f"v({pt(hanging)})"))
        self.source.add("}" + close + "),")

    def _spread(self, cell: Cell) -> float:
        """How much space stands below the lines of a cell because they are set wider than single, in points."""
        first = next((block for block in cell.blocks if isinstance(block, Paragraph)), None)
        if first is None or first.format.line_rule != "multiple":
            return 0.0
        return max(self.blocks.looks.spread(dominant(first), self.blocks.looks.line_of(first.format)), 0.0)

    def _write_content(self, cell: Cell, room: Room, *, closing: bool = True) -> None:
        self.blocks.write(cell.blocks, room)
        self.source.place = cell.place
        after = self.blocks.closing_space(cell.blocks, tails=room.tails) if closing else 0.0
        if after > 0.01:
            self.source.add(self.source.define("g", "", f"v({pt(after)})"))

    def _rotated_length(self, row: Row, cell: Cell, insets: Sequence[float]) -> float:
        """How long the lines of turned text are: the row's height, or what its longest paragraph needs."""
        if row.height:
            return max(row.height - insets[0] - insets[2], 10.0)
        longest = 10.0
        for paragraph in paragraphs_of(cell.blocks):
            family = self.blocks.looks.family(paragraph.mark.font)
            width = self.blocks.looks.fonts.width(paragraph.text, family, paragraph.mark.size, bold=True)
            longest = max(longest, width + 2)
        return longest

    def _cell_function(self, cell: Cell, insets: tuple[float, float, float, float], *, splits: bool) -> str:
        top, right, bottom, left = insets
        settings = [f"inset:(top:{pt(top)},right:{pt(right + ROUNDING)},bottom:{pt(bottom)},left:{pt(left)})"]
        if cell.borders.drawn:
            settings.append(f"stroke:{strokes(cell.borders)}")
        if cell.fill:
            settings.append(f"fill:{colour(cell.fill)}")
        if cell.vertical != "top" and not cell.rotation:
            settings.append(f"align:{_vertical(cell)}")
        if not splits and cell.rows == 1:
            # A cell over several rows would otherwise hold all of them together.
            settings.append("breakable:false")
        return self.source.define("c", "", f"table.cell.with({','.join(settings)})")


def _vertical(cell: Cell) -> str:
    return {"top": "top", "centre": "horizon", "bottom": "bottom"}[cell.vertical]


def _inner_width(table: Table, cell: Cell) -> float:
    """The width for a cell's text."""
    width = cell_width(cell.column, cell.span, table.columns)
    return max(width - cell.insets[1] - cell.insets[3], 4.0)


def _insets(cell: Cell, *, last: bool) -> tuple[float, float, float, float]:
    """Cell margins; the line above the text, and below the last row, stand inside the cell."""
    top, right, bottom, left = cell.insets
    if cell.borders.top is not None and cell.borders.top.drawn:
        top += cell.borders.top.width
    if last and cell.borders.bottom is not None and cell.borders.bottom.drawn:
        bottom += cell.borders.bottom.width
    return top, right, bottom, left


def _with_space_on_top(
    cell: Cell, insets: tuple[float, float, float, float]
) -> tuple[Cell, tuple[float, float, float, float]]:
    """A cell that may go over pages, with the space before its first paragraph on each of them."""
    first = cell.blocks[0] if cell.blocks else None
    if not isinstance(first, Paragraph) or first.format.before <= 0 or first.format.borders.drawn:
        return cell, insets
    opening = replace(first, format=replace(first.format, before=0.0))
    return replace(cell, blocks=(opening, *cell.blocks[1:])), (insets[0] + first.format.before, *insets[1:])


def _weight(cell: Cell) -> int:
    return sum(1 + len(paragraph.text) for paragraph in paragraphs_of(cell.blocks))


def _spanning(table: Table, index: int) -> list[Cell]:
    """The cells that cover row `index` and more than one row."""
    return [
        cell
        for start, row in enumerate(table.rows[: index + 1])
        for cell in row.cells
        if cell.rows > 1 and start + cell.rows > index
    ]


def _taken_from_above(table: Table, index: int) -> frozenset[int]:
    """The columns of row `index` that cells of earlier rows cover."""
    return frozenset(
        column
        for start, row in enumerate(table.rows[:index])
        for cell in row.cells
        if start + cell.rows > index
        for column in range(cell.column, cell.column + cell.span)
    )
