"""Lines and tables as prose: lists found again by their numbers and indents, captions, figures, quotations.

Takes pieces of one stretch of text in order; gives blocks of prose. Never decides which key they belong to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from packgen.importing.pieces import Grid, Line, Piece, Record
from packgen.importing.tables import prose_table, unbolded
from packgen.prose.check import DEEPEST_LIST
from packgen.prose.figures import SOURCE, TABLE
from packgen.prose.tree import (
    Block,
    Figure,
    Inline,
    InlinePicture,
    ListBlock,
    ListItem,
    ListKind,
    Paragraph,
    Quotation,
    Strong,
    Table,
    Text,
)
from packgen.prose.words import inline_text

_CAPTION = re.compile(r"(?:table|figure|chart|diagram|map|box)\s+[0-9A-Z]", re.IGNORECASE)
_QUOTES = {"quote", "intense quote", "block text", "quotations"}
_NEAR = 3.0  # points


@dataclass
class _Open:
    """A list that is being read."""

    kind: ListKind
    start: int
    family: str
    depth: int
    left: float
    latest: int
    items: list[list[Block]] = field(default_factory=list)


def blocks_of(pieces: Sequence[Piece], record: Record) -> tuple[Block, ...]:
    """The prose of `pieces`."""
    return _Builder(record).build(pieces)


class _Builder:
    def __init__(self, record: Record) -> None:
        self._record = record
        self._made: list[Block] = []
        self._open: list[_Open] = []
        self._quoted: list[Block] = []

    def build(self, pieces: Sequence[Piece]) -> tuple[Block, ...]:
        for index, piece in enumerate(pieces):
            following = pieces[index + 1] if index + 1 < len(pieces) else None
            if isinstance(piece, Grid):
                self._grid(piece)
            else:
                self._line(piece, following)
        self._close_lists()
        self._close_quotation()
        return tuple(self._made)

    # --- Where a block goes -------------------------------------------------------------------------

    def _put(self, block: Block) -> None:
        """Add a block to the item that is open, or to the text."""
        self._close_quotation()
        (self._open[-1].items[-1] if self._open else self._made).append(block)

    def _before(self) -> list[Block]:
        return self._open[-1].items[-1] if self._open else self._made

    def _close_quotation(self) -> None:
        if self._quoted:
            quotation = Quotation(tuple(self._quoted), 0)
            self._quoted = []
            self._made.append(quotation)

    def _close_lists(self, keep: int = 0) -> None:
        while len(self._open) > keep:
            done = self._open.pop()
            items = tuple(ListItem(tuple(item), 0) for item in done.items)
            (self._open[-1].items[-1] if self._open else self._made).append(ListBlock(done.kind, done.start, items, 0))

    def _settle(self, left: float, style: str) -> None:
        """Close the lists in whose items something at `left` does not stand."""
        if "continue" in style.split():
            last = style.rpartition(" ")[2]
            deep = int(last) if last.isdigit() else 1
            if not any(abs(each.left - left) < _NEAR for each in self._open):
                self._close_lists(deep)
                return
        for index in range(len(self._open), 0, -1):
            opened = self._open[index - 1]
            if abs(opened.left - left) < _NEAR and opened.left > _NEAR:
                self._close_lists(index)
                return
        self._close_lists()

    # --- Lines --------------------------------------------------------------------------------------

    def _line(self, line: Line, following: Piece | None) -> None:
        if line.number is not None and not line.number.silent and not line.numbered and line.level is None:
            self._close_quotation()
            self._item(line)
            return
        if line.style in _QUOTES:
            self._close_lists()
            self._quoted.append(Paragraph(line.inlines, 0))
            return
        if line.numbered:
            self._close_lists()
        else:
            self._settle(line.left, line.style)
        if not (self._caption(line, following) or self._figure(line) or self._source(line)):
            inlines = (Strong(unbolded(line.inlines)),) if line.level is not None and line.words else line.inlines
            self._put(Paragraph(tuple(inlines), 0))

    def _caption(self, line: Line, following: Piece | None) -> bool:
        """Take a caption to the table or picture it stands above, or below."""
        if line.style != "caption" and not _CAPTION.match(line.words):
            return False
        if isinstance(following, Grid) and not _is_frame(following):
            self._put(Paragraph((Text(f"{TABLE} "), *line.inlines), 0))
            return True
        plain = not any(not isinstance(each, Text) for each in line.inlines)
        if isinstance(following, Line) and _picture_of(following) and plain and line.style == "caption":
            self._put(Paragraph((Text(_FIGURE_CAPTION), *line.inlines), 0))
            return True
        before = self._before()[-1] if self._before() else None
        if isinstance(before, Figure) and not before.caption and plain and not isinstance(following, Grid):
            self._before()[-1] = replace(before, caption=(Text(line.words),))
            return True
        return False

    def _figure(self, line: Line) -> bool:
        picture = _picture_of(line)
        if picture is None:
            return False
        before = self._before()[-1] if self._before() else None
        caption: tuple[Inline, ...] = ()
        if isinstance(before, Paragraph) and (words := inline_text(before.inlines)).startswith(_FIGURE_CAPTION):
            self._before().pop()
            caption = (Text(" ".join(words.removeprefix(_FIGURE_CAPTION).split())),)
        self._put(Figure(picture.path, picture.alt, 0, caption))
        return True

    def _source(self, line: Line) -> bool:
        before = self._before()[-1] if self._before() else None
        if not line.words.startswith(SOURCE) or not isinstance(before, Table | Figure) or before.source:
            return False
        starts_plain = isinstance(line.inlines[0], Text) and line.inlines[0].text.startswith(SOURCE)
        inlines = line.inlines if starts_plain else (Text(line.words),)
        self._before()[-1] = replace(before, source=inlines)
        return True

    # --- Lists --------------------------------------------------------------------------------------

    def _item(self, line: Line) -> None:
        number = line.number
        assert number is not None
        level = self._level_for(line)
        self._close_lists(level + 1)
        current = self._open[level] if level < len(self._open) else None
        if current is not None and not self._goes_on(current, line):
            self._close_lists(level)
            current = None
        if current is None:
            if level >= DEEPEST_LIST:
                self._record.remark(
                    line.place,
                    f"lists stand in lists {DEEPEST_LIST} deep at most; this one is deeper",
                    "make it a list of its own, or a paragraph",
                    code="import.deep-list",
                )
                level = DEEPEST_LIST - 1
                current = self._open[level]
            else:
                current = _Open(number.kind, number.value, number.family, number.depth, line.left, number.value)
                self._open.append(current)
        current.latest = number.value
        current.items.append([Paragraph(line.inlines, 0)])

    def _level_for(self, line: Line) -> int:
        """How deep in the open lists an item stands: by its own list's levels, or else by its indent."""
        number = line.number
        assert number is not None
        for index in range(len(self._open) - 1, -1, -1):
            opened = self._open[index]
            if opened.family == number.family:
                if number.depth > opened.depth:
                    return index + 1
                if number.depth == opened.depth and abs(opened.left - line.left) < 2 * _NEAR:
                    return index
        for index, opened in enumerate(self._open):
            if line.left < opened.left + _NEAR:
                return index
        return len(self._open)

    def _goes_on(self, current: _Open, line: Line) -> bool:
        number = line.number
        assert number is not None
        if number.kind != current.kind or abs(current.left - line.left) >= 2 * _NEAR:
            return False
        if number.kind == "bullet":
            return True
        return number.value == current.latest + 1

    # --- Tables -------------------------------------------------------------------------------------

    def _grid(self, grid: Grid) -> None:
        if _is_frame(grid):
            self._close_lists()
            self._close_quotation()
            self._record.remark(grid.place, "a frame round some text is left out; its words come in as ordinary text")
            for box in grid.rows[0].boxes:
                self._made += blocks_of(box.pieces, self._record)
            return
        if not grid.words:
            self._record.remark(grid.place, "an empty table is left out")
            return
        self._settle(grid.left, "")
        before = self._before()[-1] if self._before() else None
        caption: tuple[Inline, ...] = ()
        if isinstance(before, Paragraph) and (words := inline_text(before.inlines)).startswith(f"{TABLE} "):
            self._before().pop()
            first = before.inlines[0]
            assert isinstance(first, Text) or not words
            rest = first.text.removeprefix(TABLE).lstrip() if isinstance(first, Text) else ""
            caption = (*((Text(rest),) if rest else ()), *before.inlines[1:])
        self._put(replace(prose_table(grid, self._record), caption=caption))


_FIGURE_CAPTION = "\x00figure "


def _is_frame(grid: Grid) -> bool:
    """Whether a table is nothing but a frame round text."""
    return len(grid.rows) == 1 and len(grid.rows[0].boxes) == 1


def _picture_of(line: Line) -> InlinePicture | None:
    """The picture of a line that is nothing else."""
    solid = [each for each in line.inlines if not (isinstance(each, Text) and not each.text.strip())]
    match solid:
        case [InlinePicture() as picture]:
            return picture
    return None
