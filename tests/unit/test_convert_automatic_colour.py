"""The built-in engine: text in Word's automatic colour can be read on whatever it stands on."""

from __future__ import annotations

import ctypes

import pypdfium2
import pytest
from pypdfium2 import raw

from tests import pdf_facts
from tests.docx_parts import STYLES, cell, docx, draw, field, listed, note_mark, notes, numbering, paragraph, row, table

WHITE, BLACK, RED = (255, 255, 255), (0, 0, 0), (255, 0, 0)
AUTOMATIC = '<w:color w:val="auto"/>'


def shaded(fill: str, pattern: str = "clear", ink: str = "auto") -> str:
    return f'<w:shd w:val="{pattern}" w:color="{ink}" w:fill="{fill}"/>'


def inks(pdf: bytes) -> dict[str, tuple[int, int, int]]:
    """The colour in which each piece of text is drawn on the first page, by its words."""
    document = pypdfium2.PdfDocument(pdf)
    found = {}
    try:
        page = document[0]
        text = page.get_textpage()
        for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
            parts = [ctypes.c_uint() for _ in range(4)]
            assert raw.FPDFPageObj_GetFillColor(thing, *parts)
            size = raw.FPDFTextObj_GetText(thing, text, None, 0)
            letters = (ctypes.c_ushort * (size // 2 + 1))()
            raw.FPDFTextObj_GetText(thing, text, letters, size)
            words = bytes(letters)[: max(size - 2, 0)].decode("utf-16-le").strip()
            found[words] = (parts[0].value, parts[1].value, parts[2].value)
    finally:
        document.close()
    return found


def ink(body: str, words: str = "Words", **of_docx: str) -> tuple[int, int, int]:
    return inks(draw(docx(body, **of_docx)).pdf)[words]  # type: ignore[arg-type]  # styles alone are given


@pytest.mark.parametrize("colour", ["", AUTOMATIC])
@pytest.mark.parametrize(
    "body",
    [
        lambda colour: paragraph("Words", run=colour + shaded("000000")),
        lambda colour: paragraph("Words", run=colour + '<w:highlight w:val="darkBlue"/>'),
        lambda colour: paragraph("Words", shaded("1F3864"), colour),
        lambda colour: table(row(cell(paragraph("Words", run=colour), shaded("1F3864")), "x")),
        lambda colour: table(
            row(cell(table(row(cell(paragraph("Words", run=colour)), "y")) + paragraph(""), shaded("000000")), "x")
        ),
    ],
    ids=["run", "highlight", "paragraph", "cell", "inner table"],
)
def test_automatic_colour_is_white_on_dark_shading(body, colour: str) -> None:  # type: ignore[no-untyped-def]  # a lambda
    assert ink(body(colour)) == WHITE


@pytest.mark.parametrize(
    ("fill", "expected"),
    [
        ("3B3B3B", WHITE),  # 59 of 255
        ("3C3C3C", BLACK),  # 60
        ("0000FF", WHITE),  # blue counts for little
        ("FF0000", BLACK),
        ("006000", WHITE),
        ("FFFFFF", BLACK),
        ("auto", BLACK),
    ],
)
def test_dark_is_what_is_dark_to_word(fill: str, expected: tuple[int, int, int]) -> None:
    assert ink(paragraph("Words", shaded(fill))) == expected


def test_a_pattern_is_as_dark_as_it_is_drawn() -> None:
    assert ink(paragraph("Words", shaded("auto", "pct80"))) == WHITE
    assert ink(paragraph("Words", shaded("000000", "pct50", "FFFFFF"))) == BLACK
    assert ink(paragraph("Words", shaded("FFFFFF", "solid", "000000"))) == WHITE


def test_the_nearest_shading_decides() -> None:
    dark_cell = table(row(cell(paragraph("Words", shaded("FFFFFF")), shaded("000000")), "x"))
    assert ink(dark_cell) == BLACK
    assert ink(paragraph("Words", shaded("000000"), shaded("FFFF00"))) == BLACK
    assert ink(table(row(cell(paragraph("Words", shaded("000000")), shaded("FFFFFF")), "x"))) == WHITE


def test_a_colour_that_was_chosen_stays() -> None:
    assert ink(paragraph("Words", shaded("000000"), '<w:color w:val="FF0000"/>')) == RED
    assert ink(paragraph("Words", shaded("000000"), '<w:color w:val="000000"/>')) == BLACK


def test_a_table_style_shades_its_head_alone() -> None:
    style = (
        '<w:style w:type="table" w:styleId="Dark"><w:name w:val="Dark"/><w:tblStylePr w:type="firstRow"><w:tcPr>'
        f"{shaded('002060')}</w:tcPr></w:tblStylePr></w:style>"
    )
    look = '<w:tblStyle w:val="Dark"/><w:tblLook w:firstRow="1" w:noHBand="1" w:noVBand="1"/>'
    body = table(row("Head", "Top"), row("Below", "Foot"), properties=look)
    drawn = inks(draw(docx(body, styles=STYLES + style)).pdf)
    assert (drawn["Head"], drawn["Top"], drawn["Below"], drawn["Foot"]) == (WHITE, WHITE, BLACK, BLACK)


def test_a_paragraph_style_shades_too() -> None:
    style = (
        f'<w:style w:type="paragraph" w:styleId="Bar"><w:name w:val="Bar"/><w:pPr>{shaded("000000")}</w:pPr></w:style>'
    )
    assert ink(paragraph("Words", '<w:pStyle w:val="Bar"/>'), styles=STYLES + style) == WHITE


def test_numbers_fields_and_links_are_as_readable_as_the_text() -> None:
    item = listed("Words").replace("<w:pPr>", f"<w:pPr>{shaded('000000')}")
    linked = '<w:hyperlink w:anchor="a"><w:r><w:t>Linked</w:t></w:r></w:hyperlink>'
    page = f"<w:p><w:pPr>{shaded('000000')}</w:pPr>{field(' PAGE ', '9')}{linked}</w:p>"
    drawn = inks(draw(docx(item + page, parts={"numbering": numbering(("decimal", "%1)"))})).pdf)
    assert (drawn["Words"], drawn["1)"]) == (WHITE, WHITE)
    assert (drawn["1"], drawn["Linked"]) == (WHITE, WHITE)


def test_an_underline_has_the_colour_of_its_text() -> None:
    pdf = draw(docx(paragraph("nnnn", shaded("000000"), '<w:u w:val="single"/>'))).pdf
    left, bottom, right, _ = pdf_facts.words_at(pdf, 0, "nnnn")
    picture = pdf_facts.picture(pdf, 0, 4)
    foot = picture.height - round(bottom * 4)
    # Below the feet of the letters only the line can be light.
    assert picture.crop((round(left * 4), foot + 2, round(right * 4), foot + 20)).getextrema()[0][1] > 200


def test_a_note_can_be_read_on_the_paper_it_is_drawn_on() -> None:
    body = f"<w:p><w:pPr>{shaded('000000')}</w:pPr><w:r><w:t>Words</w:t></w:r>{note_mark(1)}</w:p>"
    written = notes("Under").replace("<w:p>", f"<w:p><w:pPr>{shaded('000000')}</w:pPr>")
    drawn = inks(draw(docx(body, parts={"footnotes": written})).pdf)
    assert (drawn["Words"], drawn["Under"]) == (WHITE, BLACK)


def test_a_header_is_shaded_as_the_text_is() -> None:
    section = '<w:headerReference w:type="default" r:id="rIdheader1"/><w:pgSz w:w="11906" w:h="16838"/>'
    drawn = draw(docx(paragraph("Text"), section=section, parts={"header1": paragraph("Words", shaded("000000"))}))
    assert inks(drawn.pdf)["Words"] == WHITE
