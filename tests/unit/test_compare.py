"""What the comparison of two drawings measures: the same as what is the same, and each kind of difference as one."""

from __future__ import annotations

import pytest
from tools.compare.comparing import Comparison
from tools.compare.measures import agreement
from tools.compare.reading import read_pdf
from tools.compare.report import markdown, percent, total
from tools.compare.sources import Source

from tests.pdf_parts import tagged

TEXT = "= Parks\n\nThe pond is closed until May.\n\n#table(columns: 2, table.header[Ward][Ponds], [Ashby], [2])\n"


def drawn(source: str) -> bytes:
    return tagged(source, "Parks")


def compared(ours: str, theirs: str) -> Comparison:
    one, other = drawn(ours), drawn(theirs)
    return Comparison(Source("parks", "a test", b""), one, other, agreement(read_pdf(one), read_pdf(other)), 1.0)


def test_a_drawing_agrees_with_itself_in_everything() -> None:
    figure = compared(TEXT, TEXT).agreement
    assert figure is not None
    assert (figure.order, figure.placed, figure.same_pages, figure.same_tables) == (1.0, 1.0, True, True)
    assert figure.headings_placed == figure.headings == 1


def test_words_that_moved_by_more_than_a_point_are_not_in_place() -> None:
    figure = compared(TEXT, TEXT.replace("The pond", "#v(1.2pt)The pond")).agreement
    assert figure is not None
    assert figure.order == 1.0
    assert figure.placed_words == 1  # the heading above
    near = compared(TEXT, TEXT.replace("The pond", "#v(0.8pt)The pond")).agreement
    assert near is not None
    assert near.placed == 1.0


def test_words_on_another_page_are_not_in_place() -> None:
    figure = compared(TEXT, TEXT.replace("The pond", "#pagebreak()\nThe pond")).agreement
    assert figure is not None
    assert figure.pages == (1, 2)
    assert figure.order == 1.0
    assert figure.placed_words == 1


def test_words_read_in_another_order_are_counted_once() -> None:
    figure = compared("= Parks\n\nred green blue\n", "= Parks\n\nblue red green\n").agreement
    assert figure is not None
    assert (figure.in_order, figure.words) == (3, 4)


def test_a_table_with_another_row_or_column_differs() -> None:
    more = TEXT.replace("[Ashby], [2]", "[Ashby], [2], [Gosling], [3]")
    figure = compared(TEXT, more).agreement
    assert figure is not None
    assert [(size.rows, size.columns) for size in figure.tables[0]] == [(2, 2)]
    assert [(size.rows, size.columns) for size in figure.tables[1]] == [(3, 2)]
    assert not figure.same_tables


def test_turned_text_is_read_in_whole_words() -> None:
    read = read_pdf(drawn("= Rota\n\n#rotate(-90deg, reflow: true)[Monday and Tuesday]\n"))
    assert [word.text for word in read.pages[0]] == ["Rota", "Monday", "and", "Tuesday"]
    assert read.words == ["Rota", "Monday", "and", "Tuesday"]


def test_letters_drawn_as_one_are_one_word() -> None:
    read = read_pdf(drawn("= Office\n\nOffice of the first affiliate\n"))
    assert read.words == ["Office", "Office", "of", "the", "first", "affiliate"]
    assert [word.text for word in read.pages[0]] == read.words


def test_a_note_is_read_by_itself_and_its_mark_parts_no_words() -> None:
    read = read_pdf(drawn("= Parks\n\nThe pond#footnote[In Ashby.], which is old, is closed.\n"))
    assert read.words == ["Parks", "The", "pond1,", "which", "is", "old,", "is", "closed."]
    assert "In Ashby." in " ".join(read.notes)


def test_dots_that_lead_to_a_number_are_no_words() -> None:
    with_dots = "= Parks\n\nPonds #box(width: 60pt, repeat[.]) 12\n"
    with_line = "= Parks\n\nPonds #box(width: 60pt) 12\n"
    assert read_pdf(drawn(with_dots)).words == read_pdf(drawn(with_line)).words == ["Parks", "Ponds", "12"]


def test_totals_say_which_promise_is_broken() -> None:
    same, moved = compared(TEXT, TEXT), compared(TEXT, "#pagebreak()\n" + TEXT)
    assert total([same]).holds
    assert not total([same, moved]).holds
    assert total([same, moved]).same_pages == 0.5
    refused = Comparison(Source("chart", "a test", b""), refused=("A chart.",))
    assert not total([same, refused]).holds
    report = markdown([same, moved, refused], "LibreOffice", [])
    assert "| parks | **1 / 2** |" in report
    assert "| chart | refused" in report


@pytest.mark.parametrize(("share", "shown"), [(1.0, "100.00%"), (0.99999, "99.99%"), (0.97, "97.00%"), (0.0, "0.00%")])
def test_shares_are_never_rounded_up(share: float, shown: str) -> None:
    assert percent(share) == shown
