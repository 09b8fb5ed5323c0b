"""The built-in engine: paper, columns, notes and letters that reports seldom ask for, read back from the pages."""

from __future__ import annotations

import pytest

from packgen.errors import ConversionError
from tests import pdf_facts
from tests.docx_parts import A4, docx, draw, notes, paragraph

LONG = " ".join(f"word{number}" for number in range(900))
UNEQUAL = '<w:cols w:num="2" w:equalWidth="0"><w:col w:w="3000" w:space="500"/><w:col w:w="5500"/></w:cols>'
PAPER = '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1000" w:bottom="1440" w:left="2000" '
PAPER += 'w:header="708" w:footer="708" w:gutter="200"/>'


def left_of(pdf: bytes, page: int, words: str) -> float:
    return pdf_facts.words_at(pdf, page, words)[0]


def noted(text: str, mark: int, own: str = "") -> str:
    """A paragraph with a footnote; `own` is a mark that its author typed."""
    follows = f' w:customMarkFollows="1"/><w:t>{own}</w:t>' if own else "/>"
    return f'<w:p><w:r><w:t>{text}</w:t></w:r><w:r><w:footnoteReference w:id="{mark}"{follows}</w:r></w:p>'


def test_mirrored_paper_has_its_wide_margin_on_the_inside() -> None:
    pdf = draw(docx(paragraph(LONG), section=PAPER, parts={"settings": "<w:mirrorMargins/>"})).pdf
    second = next(word for word in pdf_facts.page_texts(pdf)[1].split())
    assert left_of(pdf, 0, "word0 ") == pytest.approx(110, abs=0.5)
    assert left_of(pdf, 1, second) == pytest.approx(50, abs=0.5)


def test_without_mirrored_paper_the_gutter_is_on_the_left() -> None:
    pdf = draw(docx(paragraph(LONG), section=PAPER)).pdf
    second = next(word for word in pdf_facts.page_texts(pdf)[1].split())
    assert left_of(pdf, 1, second) == pytest.approx(110, abs=0.5)


def test_a_gutter_at_the_top_moves_the_text_down() -> None:
    pdf = draw(docx(paragraph("text"), section=PAPER, parts={"settings": "<w:gutterAtTop/>"})).pdf
    plain = draw(docx(paragraph("text"), section=PAPER.replace('w:gutter="200"', 'w:gutter="0"'))).pdf
    assert left_of(pdf, 0, "text") == pytest.approx(100, abs=0.5)
    assert pdf_facts.words_at(plain, 0, "text")[1] - pdf_facts.words_at(pdf, 0, "text")[1] == pytest.approx(10, abs=0.2)


@pytest.mark.parametrize(
    ("display", "drawn"), [("allPages", [True, True]), ("firstPage", [True, False]), ("notFirstPage", [False, True])]
)
def test_borders_stand_round_the_pages_that_are_to_have_them(display: str, drawn: list[bool]) -> None:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="16" w:space="24" w:color="FF0000"/>'
        for side in ("top", "left", "bottom", "right")
    )
    section = A4 + f'<w:pgBorders w:offsetFrom="page" w:display="{display}">{sides}</w:pgBorders>'
    pdf = draw(docx(paragraph("one") + paragraph("two", "<w:pageBreakBefore/>"), section=section)).pdf
    assert [red_at(pdf, page, (24, 400)) for page in (0, 1)] == drawn


def red_at(pdf: bytes, page: int, place: tuple[float, float]) -> bool:
    """Whether the page is red within a point of `place`, from its top left corner in points."""
    image = pdf_facts.picture(pdf, page)
    x, y = place
    around = [image.getpixel((round((x + step / 4) * 2), round(y * 2))) for step in range(-6, 7)]
    return any(red > 200 and green < 80 and blue < 80 for red, green, blue in around)


def test_numbers_beside_lines_are_drawn_and_not_read_aloud() -> None:
    section = A4 + '<w:lnNumType w:countBy="5"/>'
    pdf = draw(docx("".join(paragraph(f"line {'abcdefghijkl'[number]}") for number in range(12)), section=section)).pdf
    assert {"5", "10"} <= set(pdf_facts.page_texts(pdf)[0].split())
    assert "15" not in pdf_facts.page_texts(pdf)[0].split()
    assert "5" not in pdf_facts.spoken(pdf).split()


def test_letters_drawn_narrower_take_less_of_the_line() -> None:
    narrow = '<w:p><w:r><w:rPr><w:w w:val="50"/></w:rPr><w:t>Half as wide</w:t></w:r></w:p>'
    pdf = draw(docx(paragraph("Half as wide") + narrow)).pdf
    texts = pdf_facts.page_texts(pdf)[0].split()
    assert texts == ["Half", "as", "wide"] * 2
    (first, *_), (second, *_) = pdf_facts.places_of(pdf, 0, "wide")
    assert second - 72 == pytest.approx((first - 72) / 2, abs=0.5)


def test_a_line_round_some_words_is_drawn() -> None:
    framed = '<w:r><w:rPr><w:bdr w:val="single" w:sz="24" w:space="1" w:color="FF0000"/></w:rPr><w:t>framed</w:t></w:r>'
    pdf = draw(docx(f"<w:p>{framed}</w:p>")).pdf
    _, bottom, _, top = pdf_facts.words_at(pdf, 0, "framed")
    assert red_at(pdf, 0, (72 - 1, 841.9 - (bottom + top) / 2))


# --- Columns ----------------------------------------------------------------------------------------


def columns(section: str, *parts: str) -> str:
    """A page's opening, columns of a section on the same page, and an end below them."""
    broken = '<w:p><w:r><w:br w:type="column"/></w:r></w:p>'.join(parts)
    opening = paragraph("opening") + f"<w:p><w:pPr><w:sectPr>{A4}</w:sectPr></w:pPr></w:p>"
    end = f'<w:p><w:pPr><w:sectPr><w:type w:val="continuous"/>{A4}{section}</w:sectPr></w:pPr></w:p>'
    return opening + broken + end + paragraph("end")


def test_columns_are_as_wide_as_the_author_made_them() -> None:
    body = columns(UNEQUAL, paragraph("narrow " * 30), paragraph("wide " * 30))
    pdf = draw(docx(body, section='<w:type w:val="continuous"/>' + A4)).pdf
    assert pdf_facts.page_count(pdf) == 1
    assert pdf_facts.places_of(pdf, 0, "wide ")[0][0] == pytest.approx(72 + 150 + 25, abs=0.5)
    assert pdf_facts.words_at(pdf, 0, "end")[3] < pdf_facts.words_at(pdf, 0, "wide ")[1]


def test_text_that_flows_through_columns_of_different_widths_is_refused() -> None:
    with pytest.raises(ConversionError) as refused:
        draw(docx(columns(UNEQUAL, paragraph(LONG)), section='<w:type w:val="continuous"/>' + A4))
    [problem] = refused.value.problems
    assert problem.code == "convert.unsupported"
    assert "different widths" in problem.message


# --- Notes ------------------------------------------------------------------------------------------

EACH_PAGE = '<w:footnotePr><w:numRestart w:val="eachPage"/></w:footnotePr>'


def test_footnotes_are_counted_anew_on_each_page_where_the_author_says_so() -> None:
    body = noted("one", 1) + noted("two", 2) + paragraph("next", "<w:pageBreakBefore/>") + noted("three", 3)
    pdf = draw(docx(body, section=EACH_PAGE + A4, parts={"footnotes": notes("first", "second", "third")})).pdf
    pages = pdf_facts.page_texts(pdf)
    assert "2 second" in pages[0]
    assert "1 third" in pages[1]


def test_footnotes_are_counted_anew_in_each_section_where_the_author_says_so() -> None:
    restart = '<w:footnotePr><w:numRestart w:val="eachSect"/></w:footnotePr>'
    body = noted("one", 1) + f"<w:p><w:pPr><w:sectPr>{restart}{A4}</w:sectPr></w:pPr></w:p>" + noted("two", 2)
    pdf = draw(docx(body, section=restart + A4, parts={"footnotes": notes("first", "second")})).pdf
    assert "1 second" in pdf_facts.page_texts(pdf)[1]


def test_a_mark_that_the_author_typed_stands_once_and_takes_no_number() -> None:
    body = noted("one", 1) + noted("two", 2, "*") + noted("three", 3)
    pdf = draw(docx(body, parts={"footnotes": notes("first", "* starred", "third")})).pdf
    [page] = pdf_facts.page_texts(pdf)
    assert "* starred" in page
    assert "* *" not in page
    assert "2 third" in page
    assert "two*" in page


# --- Lines ------------------------------------------------------------------------------------------


def test_a_double_line_is_two_lines_and_as_wide_as_both_with_their_gap() -> None:
    """Each line and the gap are as wide as the size given, here 2 pt."""
    double = '<w:top w:val="double" w:sz="16" w:space="0" w:color="FF0000"/>'
    bordered = paragraph("under two lines", f"<w:pBdr>{double}</w:pBdr>")
    pdf = draw(docx(paragraph("above") + bordered)).pdf
    image = pdf_facts.picture(pdf, 0, scale=4)
    column = [image.getpixel(((200 * 4), y)) for y in range(72 * 4, 140 * 4)]
    runs: list[list[int]] = []
    for y, (red, green, _) in enumerate(column):
        if red > 200 and green < 100:
            if runs and runs[-1][1] == y - 1:
                runs[-1][1] = y
            else:
                runs.append([y, y])
    (first_start, first_end), (second_start, second_end) = runs
    assert (first_end - first_start + 1) / 4 == pytest.approx(2, abs=0.3)
    assert (second_end - second_start + 1) / 4 == pytest.approx(2, abs=0.3)
    assert (second_start - first_end - 1) / 4 == pytest.approx(2, abs=0.3)
