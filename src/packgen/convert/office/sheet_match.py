"""Which cell of a sheet each piece of text on a page belongs to. Pure.

Takes the pieces in the order in which they are drawn, and the cells with what each displays; gives the cell of each
piece, or None if a single one is in doubt. The places of the pieces must agree with it: rows below each other, cells of
a row side by side. So a table that is made of it says nothing that the page does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise

from packgen.convert.proof import squeezed


@dataclass(frozen=True)
class ShownCell:
    """A cell and what it displays; row and column from 0."""

    row: int
    column: int
    text: str
    number: bool = False

    @cached_property
    def plain(self) -> str:
        return squeezed(self.text).casefold()


@dataclass(frozen=True)
class SheetTable:
    """A sheet: its cells row by row, and its pages."""

    name: str
    pages: range
    cells: Sequence[ShownCell]


@dataclass(frozen=True)
class Block:
    """A piece of text on a page, and where it begins, in points from the lower left."""

    text: str
    x: float
    y: float


def match(blocks: Sequence[Block], cells: Sequence[ShownCell], start: int) -> Mapping[int, int] | None:
    """The cell of each block of a page, both by their index; None if one is in doubt.

    Args:
        blocks: in the order in which they are drawn.
        cells: of the sheet, row by row.
        start: the cell with which the page begins, as far as the pages before it tell.
    """
    # A piece may be the whole of one cell and the beginning of another; which of them, the places tell afterwards.
    tried = (_matched(blocks, cells, start, whole_first=whole_first) for whole_first in (True, False))
    return next((owners for owners in tried if owners is not None), None)


def _matched(
    blocks: Sequence[Block], cells: Sequence[ShownCell], start: int, *, whole_first: bool
) -> Mapping[int, int] | None:
    named: dict[str, list[int]] = {}
    for index, cell in enumerate(cells):
        named.setdefault(cell.plain, []).append(index)
    owners: dict[int, int] = {}
    said: dict[int, str] = {}
    heights: dict[int, tuple[float, float]] = {}
    current: int | None = None
    following = start
    for index, block in enumerate(blocks):
        text = squeezed(block.text).casefold()
        if not text:
            if current is not None:
                owners[index] = current
            continue
        if current is None or not cells[current].plain.startswith(said[current] + text):
            found = _whole(text, following, named) if whole_first else iter(())
            ahead = (each for each in _from(following, len(cells)) if _begins(cells[each], text))
            likely = (each for each in chain(found, ahead) if each not in said)
            current = next((each for each in likely if _fits(cells[each].row, block.y, heights)), None)
            if current is None:
                return None
            following = current + 1
        owners[index] = current
        said[current] = said.get(current, "") + text
        low, high = heights.get(cells[current].row, (block.y, block.y))
        heights[cells[current].row] = min(low, block.y), max(high, block.y)
    numbers = ((cells[each], text) for each, text in said.items() if cells[each].number)
    complete = all(text in (cell.plain, "#" * len(text)) for cell, text in numbers)
    return owners if complete and _agrees(blocks, owners, cells, heights) else None


def _from(start: int, count: int) -> Iterator[int]:
    """Every index once, beginning at `start`."""
    yield from range(start, count)
    yield from range(min(start, count))


def _whole(text: str, start: int, named: Mapping[str, Sequence[int]]) -> Iterator[int]:
    """The cells that display just this, those from `start` on before the others."""
    yield from sorted(named.get(text, ()), key=lambda index: (index < start, index))


def _begins(cell: ShownCell, text: str) -> bool:
    hashes = cell.number and not text.strip("#")
    return hashes or (bool(cell.plain) and cell.plain.startswith(text))


def _fits(row: int, y: float, heights: Mapping[int, tuple[float, float]]) -> bool:
    """Whether text at a height can be of a row, with what is known of the rows above and below."""
    return all((y < low if known < row else y > high) for known, (low, high) in heights.items() if known != row)


def _agrees(
    blocks: Sequence[Block],
    owners: Mapping[int, int],
    cells: Sequence[ShownCell],
    heights: Mapping[int, tuple[float, float]],
) -> bool:
    """Whether each row lies below the one before it, and the cells of each row stand from left to right."""
    lefts: dict[int, dict[int, float]] = {}
    for index, owner in owners.items():
        lefts.setdefault(cells[owner].row, {}).setdefault(cells[owner].column, blocks[index].x)
    below = all(heights[upper][0] > heights[lower][1] for upper, lower in pairwise(sorted(heights)))
    return below and all(
        [x for _, x in sorted(columns.items())] == sorted(set(columns.values())) for columns in lefts.values()
    )
