"""The built-in engine: sections, their columns, page headers and numbers, read back from the pages."""

from __future__ import annotations

import pytest

from tests import pdf_facts
from tests.docx_parts import A4, cell, docx, draw, field, note_mark, notes, paragraph, row, table

CONTINUOUS = '<w:type w:val="continuous"/>'
TWO = '<w:cols w:num="2" w:space="600"/>'
HEADER = '<w:headerReference w:type="default" r:id="rIdheader1"/>'
FIRST_HEADER = '<w:headerReference w:type="first" r:id="rIdheader1"/><w:titlePg/>'
FOOTER = '<w:footerReference w:type="default" r:id="rIdfooter1"/>'
NUMBERED = f"<w:p>{field('PAGE', '9')}</w:p>"
WIDE = '<w:spacing w:before="0" w:after="400"/>'
CLOSE = '<w:spacing w:before="0" w:after="0"/>'


def section(*properties: str) -> str:
    return f"<w:p><w:pPr><w:sectPr>{''.join(properties)}</w:sectPr></w:pPr></w:p>"


def top_of(pdf: bytes, page: int, words: str) -> float:
    """How far `words` are above the foot of the page, in points."""
    return pdf_facts.words_at(pdf, page, words)[1]


def left_of(pdf: bytes, page: int, words: str) -> float:
    return pdf_facts.words_at(pdf, page, words)[0]


def lines(count: int, name: str = "line") -> str:
    return "".join(paragraph(f"{name}{number:02}.", CLOSE) for number in range(count))


def columns_of(pdf: bytes, page: int, names: list[str]) -> list[list[str]]:
    """`names` by the column they stand in, from the left, those on other pages left out."""
    there = [name for name in names if name in pdf_facts.page_texts(pdf)[page]]
    lefts = sorted({round(left_of(pdf, page, name)) for name in there})
    return [[name for name in there if round(left_of(pdf, page, name)) == left] for left in lefts]


def test_the_page_number_in_a_header_starts_again_with_its_section() -> None:
    again = HEADER + FOOTER + '<w:pgNumType w:start="1"/>'
    body = (
        paragraph("one") + paragraph("two", "<w:pageBreakBefore/>") + section(HEADER, FOOTER, A4) + paragraph("three")
    )
    pdf = draw(docx(body, section=again + A4, parts={"header1": NUMBERED, "footer1": NUMBERED})).pdf
    assert [text.split() for text in pdf_facts.page_texts(pdf)] == [
        ["1", "one", "1"],
        ["2", "two", "2"],
        ["1", "three", "1"],
    ]


def test_the_first_section_may_start_with_any_number() -> None:
    pdf = draw(docx(paragraph("one"), section=HEADER + A4 + '<w:pgNumType w:start="7"/>', parts={"header1": NUMBERED}))
    assert [text.split() for text in pdf_facts.page_texts(pdf.pdf)] == [["7", "one"]]


def test_a_page_left_out_before_an_odd_one_is_blank_and_counted() -> None:
    body = paragraph("one") + section(HEADER, FOOTER, A4) + paragraph("two")
    odd = HEADER + FOOTER + '<w:type w:val="oddPage"/>' + A4
    pdf = draw(docx(body, section=odd, parts={"header1": NUMBERED, "footer1": NUMBERED})).pdf
    assert [text.split() for text in pdf_facts.page_texts(pdf)] == [["1", "one", "1"], [], ["3", "two", "3"]]


def test_odd_pages_are_odd_by_their_number() -> None:
    again = FOOTER + '<w:pgNumType w:start="1"/>'
    body = paragraph("cover") + section(FOOTER, A4) + paragraph("one") + section(again, A4) + paragraph("three")
    pdf = draw(docx(body, section=FOOTER + '<w:type w:val="oddPage"/>' + A4, parts={"footer1": NUMBERED})).pdf
    assert [text.split() for text in pdf_facts.page_texts(pdf)] == [["cover", "1"], ["one", "1"], [], ["three", "3"]]


def test_no_page_is_left_out_where_the_next_is_even_by_itself() -> None:
    body = paragraph("one") + section(FOOTER, A4) + paragraph("two")
    pdf = draw(docx(body, section=FOOTER + '<w:type w:val="evenPage"/>' + A4, parts={"footer1": NUMBERED})).pdf
    assert [text.split() for text in pdf_facts.page_texts(pdf)] == [["one", "1"], ["two", "2"]]


def test_a_table_in_a_header_stands_where_one_in_the_text_does() -> None:
    body = table(row(cell(paragraph("below")), cell(paragraph("right"))))
    above = table(row(cell(paragraph("above")), cell(paragraph("right")))) + paragraph("")
    pdf = draw(docx(body, section=HEADER + A4, parts={"header1": above})).pdf
    assert left_of(pdf, 0, "above") == pytest.approx(left_of(pdf, 0, "below"), abs=1)


def test_a_tall_header_of_the_first_page_is_drawn_as_it_is_in_the_text() -> None:
    stack = cell("".join(paragraph(f"row{number}") for number in range(6)))
    letterhead = table(row(stack, cell(paragraph("middle"), '<w:vAlign w:val="center"/>')))
    pdf = draw(docx(paragraph("text"), section=FIRST_HEADER + A4, parts={"header1": letterhead + paragraph("end")})).pdf
    ends = top_of(pdf, 0, "row0"), top_of(pdf, 0, "row5")
    assert ends[1] < top_of(pdf, 0, "middle") < ends[0]
    assert top_of(pdf, 0, "middle") == pytest.approx(sum(ends) / 2, abs=4)
    assert top_of(pdf, 0, "end") > top_of(pdf, 0, "text")


def test_space_below_a_paragraph_holds_over_a_continuous_section_break() -> None:
    def ended(text: str, *properties: str) -> str:
        return paragraph(text, f"{WIDE}<w:sectPr>{''.join(properties)}</w:sectPr>")

    one = draw(docx(paragraph("one", WIDE) + paragraph("two", CLOSE))).pdf
    apart = draw(docx(ended("one", A4) + paragraph("two", CLOSE), section=CONTINUOUS + A4)).pdf
    assert top_of(apart, 0, "two") == pytest.approx(top_of(one, 0, "two"), abs=0.1)


def test_an_empty_paragraph_that_ends_a_section_takes_a_line() -> None:
    empty = draw(docx(paragraph("one") + paragraph("") + paragraph("two"))).pdf
    pdf = draw(docx(paragraph("one") + section(A4) + paragraph("two"), section=CONTINUOUS + A4)).pdf
    assert top_of(pdf, 0, "two") == pytest.approx(top_of(empty, 0, "two"), abs=0.1)


# --- Columns ------------------------------------------------------------------------------------------


def test_columns_before_a_continuous_section_are_of_one_height() -> None:
    names = [f"line{number:02}." for number in range(12)]
    body = paragraph("above") + section(A4) + lines(12) + section(CONTINUOUS, TWO, A4) + paragraph("below")
    pdf = draw(docx(body, section=CONTINUOUS + A4)).pdf
    assert [len(column) for column in columns_of(pdf, 0, names)] in ([6, 6], [7, 5])
    assert top_of(pdf, 0, "line00.") == pytest.approx(top_of(pdf, 0, columns_of(pdf, 0, names)[1][0]), abs=0.1)
    assert top_of(pdf, 0, "below") < top_of(pdf, 0, columns_of(pdf, 0, names)[0][-1]) - 10


def test_paragraphs_are_divided_to_make_columns_even() -> None:
    names = [f"word{number:03}" for number in range(200)]
    body = paragraph("above") + section(A4) + paragraph(" ".join(names), CLOSE) + section(CONTINUOUS, TWO, A4)
    pdf = draw(docx(body + paragraph("below"), section=CONTINUOUS + A4)).pdf
    left = [name for name in names if left_of(pdf, 0, name) < 300]
    assert left == names[: len(left)]
    # Four words make a line.
    assert len(left) == pytest.approx(100, abs=4)


def test_what_is_left_of_columns_stands_evenly_on_the_last_page() -> None:
    names = [f"line{number:03}." for number in range(130)]
    text = "".join(paragraph(name, CLOSE) for name in names)
    body = paragraph("above") + section(A4) + text + section(CONTINUOUS, TWO, A4) + paragraph("below")
    pdf = draw(docx(body, section=CONTINUOUS + A4)).pdf
    first, second = (columns_of(pdf, page, names) for page in (0, 1))
    assert len(first[0]) == len(first[1]) > 40
    assert len(second) == 2
    assert 0 <= len(second[0]) - len(second[1]) <= 2
    assert top_of(pdf, 1, "below") < top_of(pdf, 1, second[0][-1]) - 10


def test_columns_at_the_end_of_a_document_are_filled_one_by_one() -> None:
    names = [f"line{number:02}." for number in range(12)]
    pdf = draw(docx(paragraph("above") + section(A4) + lines(12), section=CONTINUOUS + TWO + A4)).pdf
    assert columns_of(pdf, 0, names) == [names]


def test_a_heading_does_not_stand_at_the_foot_of_a_column() -> None:
    for before in range(4, 9):
        text = lines(before) + paragraph("Heading", "<w:keepNext/>" + CLOSE) + lines(12 - before, "after")
        body = paragraph("above") + section(A4) + text + section(CONTINUOUS, TWO, A4) + paragraph("below")
        pdf = draw(docx(body, section=CONTINUOUS + A4)).pdf
        assert left_of(pdf, 0, "Heading") == pytest.approx(left_of(pdf, 0, "after00."), abs=1)


def test_a_new_page_among_columns_leaves_the_page() -> None:
    new_page = paragraph("three", "<w:pageBreakBefore/>")
    broken = '<w:p><w:r><w:t>one</w:t><w:br w:type="page"/><w:t>two</w:t></w:r></w:p>'
    body = paragraph("above") + section(A4) + broken + new_page + section(CONTINUOUS, TWO, A4) + paragraph("below")
    pdf = draw(docx(body, section=CONTINUOUS + A4)).pdf
    assert [text.split() for text in pdf_facts.page_texts(pdf)] == [["above", "one"], ["two"], ["three", "below"]]


def test_links_in_and_before_columns_lead_to_what_follows_them() -> None:
    link = '<w:p><w:hyperlink w:anchor="later"><w:r><w:t>{}</w:t></w:r></w:hyperlink></w:p>'
    target = (
        '<w:p><w:bookmarkStart w:id="1" w:name="later"/><w:r><w:t>target</w:t></w:r><w:bookmarkEnd w:id="1"/></w:p>'
    )
    body = link.format("first") + section(A4) + link.format("second") + lines(6) + section(CONTINUOUS, TWO, A4)
    pdf = draw(docx(body + paragraph("new", "<w:pageBreakBefore/>") + target, section=CONTINUOUS + A4)).pdf
    assert [each.target_index for each in pdf_facts.links(pdf)] == [1, 1]


def test_columns_with_footnotes_are_drawn_without_loss() -> None:
    noted = f"<w:p><w:r><w:t>noted</w:t></w:r>{note_mark(1)}</w:p>"
    body = paragraph("above") + section(A4) + lines(8) + noted + section(CONTINUOUS, TWO, A4) + paragraph("below")
    pdf = draw(docx(body, section=CONTINUOUS + A4, parts={"footnotes": notes("What the note says.")})).pdf
    assert "What the note says." in " ".join(pdf_facts.page_texts(pdf)[0].split())
    assert "below" in pdf_facts.page_texts(pdf)[0]


def test_notes_of_the_text_above_columns_take_nothing_from_them() -> None:
    above = "".join(paragraph(f"above{number:02}", CLOSE) for number in range(46))
    noted = f"<w:p><w:pPr>{CLOSE}</w:pPr><w:r><w:t>noted</w:t></w:r>{note_mark(1)}</w:p>"
    body = noted + above + section(A4) + lines(8) + section(CONTINUOUS, TWO, A4) + paragraph("below")
    parts = {"footnotes": notes(" ".join(f"note{number:02}" for number in range(60)))}
    pdf = draw(docx(body, section=CONTINUOUS + A4, parts=parts)).pdf
    there = [(page, name) for page in (0, 1) for name in ("line00.", "line07.", "below", "note59")
             if name in pdf_facts.page_texts(pdf)[page]]  # fmt: skip
    assert sorted(name for _, name in there) == ["below", "line00.", "line07.", "note59"]
    page = next(page for page, name in there if name == "below")
    rest = [name for at, name in there if at == page and name.startswith("line")]
    assert all(top_of(pdf, page, "below") < top_of(pdf, page, name) - 10 for name in rest)


def test_the_end_of_a_paragraph_follows_a_break_between_columns() -> None:
    column = '<w:br w:type="column"/>'
    alone = f"<w:p><w:pPr>{CLOSE}</w:pPr><w:r>{column}</w:r></w:p>"
    pdf = draw(docx(paragraph("left", CLOSE) + alone + paragraph("felt", CLOSE), section=TWO + A4)).pdf
    assert left_of(pdf, 0, "felt") > left_of(pdf, 0, "left") + 200
    assert top_of(pdf, 0, "left") - top_of(pdf, 0, "felt") == pytest.approx(12.65, abs=0.1)
