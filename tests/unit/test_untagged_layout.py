"""What of a page belongs together and comes first: lines, columns, tables, paragraphs and headers from boxes alone."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

import pytest

from packgen.merge.frames import Box
from packgen.merge.untagged.pieces import PICTURE, RULE, SHAPE, Piece
from packgen.merge.untagged.reading_order import elements_of, segments_on
from packgen.merge.untagged.running import repeated_pictures, running_of
from packgen.merge.untagged.segments import Lines, is_label, segments_of

WIDTH = 5.0
"""Points of every letter of these tests, in a type of 10 points."""


def piece(words: str, x: float, y: float, size: float = 10, **entries: object) -> Piece:
    right = x + len(words) * WIDTH * size / 10
    made = Piece(next(numbers), "text", (x, y - 1, right, y + 7), words, size, x, y)
    return dataclasses.replace(made, **entries)  # type: ignore[arg-type]  # entries of a piece


def _count() -> Iterator[int]:
    number = 0
    while True:
        yield number
        number += 1


numbers = _count()


def column(x: float, y: float, *lines: str, step: float = 12) -> list[Piece]:
    return [piece(words, x, y - index * step) for index, words in enumerate(lines)]


def line(left: float, bottom: float, right: float, top: float) -> Piece:
    return Piece(next(numbers), RULE, (left, bottom, right, top))


def read(pieces: Sequence[Piece]) -> list[str]:
    return [" ".join(each.text for each in element.pieces) for element in elements_of(pieces)]


def test_words_close_together_are_one_segment_and_cells_are_not() -> None:
    found = segments_of([piece("one", 0, 0), piece("two", 18, 0), piece("cell", 60, 0)], Lines(()))
    assert sorted(each.text for each in found) == ["cell", "one two"]


def test_nothing_is_joined_across_an_upright_line() -> None:
    wall: Box = (16, -20, 16.5, 20)
    found = segments_of([piece("one", 0, 0), piece("two", 18, 0)], Lines([wall]))
    assert sorted(each.text for each in found) == ["one", "two"]


def test_a_raised_number_stays_on_its_line() -> None:
    words = [piece("twelve", 0, 100), piece("3", 30, 104, 6), piece("years", 36, 100), piece("below", 0, 88)]
    assert read(words) == ["twelve 3 years below"]


def test_edges_of_boxes_that_meet_are_one_line() -> None:
    lines = Lines([(0, 0, 50, 20), (51, 0, 100, 20), (0, 40, 30, 40.5)])
    assert lines.level_across(40, 60) == [0, 20]
    assert lines.level_across(20, 60) == [0, 20]
    assert lines.upright_between(48, 53, 2, 18)
    assert not lines.upright_between(20, 30, 2, 18)


@pytest.mark.parametrize("text", ["1.", "12)", "(a)", "iv.", "2.3", "•", "–", "\uf0b7"])
def test_labels_of_lists(text: str) -> None:
    assert is_label(text)


@pytest.mark.parametrize("text", ["A", "2019", "Mr.", "one", "12", "£5"])
def test_words_are_no_labels(text: str) -> None:
    assert not is_label(text)


PROSE = (
    "the wall by the old mill had",
    "been mended with stone from",
    "the quarry and the cost was",
    "borne by the parish at last",
)


def test_a_column_that_begins_higher_is_still_read_second() -> None:
    left = column(0, 500, *PROSE)
    right = column(200, 506, *(words.upper() for words in PROSE))
    assert [words.isupper() for words in read([*right, *left])] == [False, True]


def test_the_longer_column_is_read_to_its_end_before_the_next() -> None:
    left = column(0, 500, *PROSE, *PROSE, *PROSE)
    right = column(200, 500, *(words.upper() for words in PROSE))
    assert [words.isupper() for words in read([*left, *right])] == [False, True]


def test_what_stands_apart_below_columns_is_read_after_them() -> None:
    found = read(
        [*column(0, 500, *PROSE), *column(200, 500, *(words.upper() for words in PROSE)), piece("After", 0, 420)]
    )
    assert found[-1] == "After"


def test_rows_of_wrapped_cells_without_lines_are_told_by_the_room_between_them() -> None:
    rows = []
    for index in range(3):
        y = 500 - index * 60
        rows += [*column(0, y, f"Park {index} by", "the lake"), *column(120, y, *PROSE[:3])]
    assert [words.split()[0] for words in read(rows)] == ["Park", "the", "Park", "the", "Park", "the"]


def test_the_cells_of_a_single_row_with_lines_around_it_are_read_one_by_one() -> None:
    cells = [*column(5, 490, "Mill Lane", "and the green"), *column(105, 490, "Closed for", "the winter", "months")]
    frame = [
        *(line(x, 440, x + 0.5, 500) for x in (0, 100, 200)),
        *(line(0, y, 200, y + 0.5) for y in (440, 500)),
    ]
    assert read([*cells, *frame]) == ["Mill Lane and the green", "Closed for the winter months"]


def test_loose_words_of_justified_lines_make_no_columns() -> None:
    lines = [
        piece(words, x, 500 - 12 * row)
        for row in range(4)
        for words, x in (("justified", 0), ("loosely", 54 + row * 3))
    ]
    assert len(read(lines)) == 1


def test_larger_and_bold_lines_are_paragraphs_of_their_own() -> None:
    heading = piece("Background", 0, 520, 14)
    bold = piece("Costs", 0, 500, bold=True)
    assert read([heading, bold, *column(0, 488, *PROSE)]) == ["Background", "Costs", " ".join(PROSE)]


def test_a_line_with_room_for_the_next_word_ends_its_paragraph() -> None:
    assert len(read(column(0, 500, *PROSE, "short.", *PROSE))) == 2


def test_a_divided_word_is_not_torn_apart() -> None:
    assert len(read(column(0, 500, *PROSE, "and recom-", "mendations of the wardens"))) == 1


def test_a_number_at_the_beginning_of_a_line_within_a_sentence_begins_nothing() -> None:
    lines = column(
        0, 500, "as the parish said in section", "12. of its letter to the county", "and again in the spring of it"
    )
    assert len(read(lines)) == 1


def test_a_page_drawn_sideways_is_read_along_its_lines() -> None:
    turned = [
        dataclasses.replace(
            each, box=(-each.box[3], each.box[0], -each.box[1], each.box[2]), x=-each.y, y=each.x, turn=90
        )
        for each in column(0, 500, *PROSE)
    ]
    assert read(turned) == [" ".join(PROSE)]


def test_the_same_words_in_another_place_are_no_shadow() -> None:
    assert read([piece("Park", 0, 500), piece("Park", 0.3, 500), piece("Park", 0, 400)]) == ["Park", "Park"]


def heads(words: Sequence[str], height: float = 800) -> list[dict[int, str]]:
    pages = [[piece(each, 50, height - 20), piece(f"body {index}", 50, 400)] for index, each in enumerate(words)]
    return running_of(pages, [height] * len(pages))


@pytest.mark.parametrize(
    ("words", "count"),
    [
        (["Parks"] * 5, 4),
        (["Page 7", "Page 8", "Page 9"], 3),
        (["Parks", "Council", "Parks", "Council", "Parks", "Council"], 4),
        (["Parks 3", "Parks 7", "Parks 4"], 0),
        (["Parks", "Parks", "Other"], 0),
        (["Parks", "One", "Two", "Parks", "Three", "Four", "Parks", "Five"], 0),
    ],
)
def test_running_headers_are_the_same_or_count_the_pages(words: list[str], count: int) -> None:
    assert sum(len(page) for page in heads(words)) == count


def test_the_label_of_a_field_is_no_header_though_it_is_on_all_pages() -> None:
    pages = [[piece("Site:", 50, 780), piece(f"Field {chr(65 + index)}", 200, 780)] for index in range(5)]
    assert running_of(pages, [800] * 5) == [{}] * 5


def test_what_stands_in_the_middle_of_pages_is_no_header() -> None:
    pages = [[piece("Parks", 50, 400)] for _ in range(5)]
    assert running_of(pages, [800] * 5) == [{}] * 5


def test_a_drawing_at_one_place_of_most_pages_is_an_ornament() -> None:
    logo = Piece(0, SHAPE, (10.2, 700, 60, 750), strokes=40, source=7)
    other = Piece(1, SHAPE, (10, 300, 60, 350), strokes=40, source=7)
    assert repeated_pictures([[logo], [logo], [logo, other]]) == {(7, 10, 700, 60, 750)}


def test_different_pictures_at_one_place_are_no_ornaments() -> None:
    assert repeated_pictures([[Piece(0, PICTURE, (10, 300, 60, 350), source=page)] for page in range(1, 5)]) == set()


def test_segments_to_compare_pages_by_leave_out_other_directions() -> None:
    assert [each.text for each in segments_on([piece("level", 0, 0), piece("upwards", 0, 50, turn=90)])] == ["level"]
