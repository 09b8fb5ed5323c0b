"""Which of two borders is drawn where cells meet.

Takes the borders that each cell of a table asks for; gives each cell its four edges, equal on both sides of every
line. Pure; never looks at styles.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from packgen.convert.formats import Border, Edges

NONE = Border("none", 0.0, "#000000")
# Heavier kinds win over lighter ones of the same width (ECMA-376, 17.4.66).
_WEIGHT = {"double": 3, "triple": 4, "thick": 2, "dotted": 0, "dashed": 0}


class Claim(Struct, frozen=True):
    """A cell's place on the grid, ends exclusive, and the borders it asks for by side."""

    row: int
    column: int
    row_end: int
    column_end: int
    borders: Mapping[str, Border]


def stronger(one: Border | None, other: Border | None) -> Border:
    """The border drawn where two meet: none gives way, then the wider wins, then the heavier kind, then the darker."""
    if one is None or not one.drawn:
        return NONE if other is None or not other.drawn else other
    if other is None or other is one or not other.drawn:
        return one
    return other if _rank(other) > _rank(one) else one


@lru_cache(maxsize=256)
def _rank(border: Border) -> tuple[float, int, int]:
    brightness = sum(int(border.colour[index : index + 2], 16) for index in (1, 3, 5))
    return border.width, _WEIGHT.get(border.style, 1), -brightness


def settled(claims: Sequence[Claim]) -> list[Edges]:
    """The edges of each cell in the order given."""
    owner: dict[tuple[int, int], int] = {}
    for index, claim in enumerate(claims):
        for row in range(claim.row, claim.row_end):
            for column in range(claim.column, claim.column_end):
                owner[row, column] = index
    found: list[Edges] = []
    for claim in claims:
        sides: dict[str, Border] = {}
        for side, opposite, spots in (
            ("top", "bottom", [(claim.row - 1, column) for column in range(claim.column, claim.column_end)]),
            ("bottom", "top", [(claim.row_end, column) for column in range(claim.column, claim.column_end)]),
            ("left", "right", [(row, claim.column - 1) for row in range(claim.row, claim.row_end)]),
            ("right", "left", [(row, claim.column_end) for row in range(claim.row, claim.row_end)]),
        ):
            drawn = stronger(claim.borders.get(side), None)
            for spot in spots:
                if spot in owner:
                    drawn = stronger(drawn, claims[owner[spot]].borders.get(opposite))
            sides[side] = drawn
        found.append(Edges(sides["top"], sides["left"], sides["bottom"], sides["right"]))
    return found
