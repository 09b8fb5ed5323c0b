"""Spreadsheets as tables in the tags: only if every piece of text is of one cell beyond doubt."""

from __future__ import annotations

import pytest

from packgen.convert.office.sheet_match import Block, ShownCell, match

CELLS = [
    ShownCell(0, 0, "Service"),
    ShownCell(0, 1, "2026", number=True),
    ShownCell(1, 0, "Parks and trees"),
    ShownCell(1, 1, "1,250", number=True),
    ShownCell(2, 0, "Roads"),
    ShownCell(2, 1, "0", number=True),
    ShownCell(3, 0, "Waste"),
    ShownCell(3, 1, "0", number=True),
]


def blocks(*rows: tuple[str, ...]) -> list[Block]:
    """Rows below each other, with cells at the same places; the words of a cell are cut at a bar."""
    return [
        Block(piece, 100.0 * column + 10 * part, 700.0 - 20 * row)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
        for part, piece in enumerate(text.split("|"))
    ]


def owners(found: object) -> object:
    return list(found.values()) if isinstance(found, dict) else found


def test_each_piece_finds_its_cell() -> None:
    drawn = blocks(("Service", "2026"), ("Parks| |and |trees", "1,250"), ("Roads", "0"), ("Waste", "0"))
    assert owners(match(drawn, CELLS, 0)) == [0, 1, 2, 2, 2, 2, 3, 4, 5, 6, 7]


def test_what_is_cut_off_or_too_narrow_is_still_of_its_cell() -> None:
    drawn = blocks(("Service", "2026"), ("Parks and t", "###"), ("Roads", "0"), ("Waste", "0"))
    assert owners(match(drawn, CELLS, 0)) == [0, 1, 2, 3, 4, 5, 6, 7]


def test_cells_that_are_drawn_after_the_others() -> None:
    drawn = blocks(("Service", "2026"), ("Parks and trees", "1,250"), ("Roads", "0"))
    assert owners(match([*drawn[:2], *drawn[3:], drawn[2]], CELLS, 0)) == [0, 1, 3, 4, 5, 2]


def test_a_page_that_goes_on_where_the_one_before_it_ended() -> None:
    assert owners(match(blocks(("Service", "2026"), ("Waste", "0")), CELLS, 5)) == [0, 1, 6, 7]


@pytest.mark.parametrize(
    "drawn",
    [
        blocks(("Service", "2026"), ("Unknown", "1,250")),
        blocks(("2026", "Service")),
        blocks(("Roads", "0"), ("Parks and trees", "1,250")),
        blocks(("Parks and trees", "1,2")),
        blocks(("Service", "Service")),
    ],
    ids=["a word of no cell", "columns the other way", "rows the other way", "half a number", "more than there is"],
)
def test_a_single_doubt_is_enough(drawn: list[Block]) -> None:
    assert match(drawn, CELLS, 0) is None
