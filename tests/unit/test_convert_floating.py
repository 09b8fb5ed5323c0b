"""The built-in engine: pictures and text boxes, in the line and anchored, stand where Word has them."""

from __future__ import annotations

import pypdfium2
import pypdfium2.raw
import pytest

from tests import pdf_facts
from tests.docx_parts import A4, cell, docx, draw, paragraph, picture, png, row, table, text_box

MEDIA = {"rIdPicture": png()}
EMU = 12700
LINE = 12.65
LONG = "Residents asked for better lighting on the footpath behind the library and for a second crossing. " * 3


def anchored(down: str, *, across: str = "<wp:posOffset>0</wp:posOffset>", gap: int = 0, effect: str = "") -> str:
    """A run with the picture of 60 by 30 points with text above and below it; `down` is its vertical position."""
    return (
        f'<w:r><w:drawing><wp:anchor behindDoc="0" distT="{gap * EMU}" distB="{gap * EMU}">'
        f'<wp:positionH relativeFrom="column">{across}</wp:positionH>{down}{effect}'
        f"<wp:wrapTopAndBottom/>{picture('A map', inline=False)}</wp:anchor></w:drawing></w:r>"
    )


def from_paragraph(points: float) -> str:
    offset = f"<wp:posOffset>{round(points * EMU)}</wp:posOffset>"
    return f'<wp:positionV relativeFrom="paragraph">{offset}</wp:positionV>'


def pictures_on(pdf: bytes, page_index: int = 0) -> list[tuple[float, float, float, float]]:
    """Left, top, right and bottom of the pictures of a page, from its upper left corner."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[page_index]
        height = page.get_height()
        found = [each.get_bounds() for each in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])]
        return [(left, height - top, right, height - bottom) for left, bottom, right, top in found]
    finally:
        document.close()


def baseline(pdf: bytes, word: str, page_index: int = 0) -> float:
    """How far from the top of the page the foot of a word without descenders is."""
    return pdf_facts.page_sizes(pdf)[page_index][1] - pdf_facts.words_at(pdf, page_index, word)[1]


def holding(run: str, text: str) -> str:
    return paragraph(text).replace("<w:r>", f"{run}<w:r>", 1)


def test_lines_that_fit_stand_above_an_anchored_picture_and_the_rest_below_it() -> None:
    text = "One " + LONG.rstrip() + " end"
    pdf = draw(docx(holding(anchored(from_paragraph(30), gap=4), text) + paragraph("after"), media=MEDIA)).pdf
    [(left, top, _, bottom)] = pictures_on(pdf)
    assert (left, top) == (pytest.approx(72, abs=0.3), pytest.approx(72 + 30, abs=0.5))
    first = baseline(pdf, "One")
    lines = sorted({round(baseline(pdf, word), 1) for word in ("One", "second", "end")})
    assert first < top - 4
    below = [line for line in lines if line > top]
    # The first line below has its head 4 points under the picture.
    assert min(below) >= bottom + 4 + 9
    document = pypdfium2.PdfDocument(pdf)
    text_page = document[0].get_textpage()
    rows = sorted({round(842 - text_page.get_charbox(index)[1]) for index in range(text_page.count_chars())})
    assert not [row for row in rows if top - 4 < row < bottom + 4 + 7]
    document.close()


def test_a_picture_past_the_end_of_its_paragraph_stands_between_it_and_the_next() -> None:
    pdf = draw(docx(holding(anchored(from_paragraph(20)), "One.") + paragraph("Two"), media=MEDIA)).pdf
    [(_, top, _, bottom)] = pictures_on(pdf)
    assert top == pytest.approx(72 + 20, abs=0.5)
    assert baseline(pdf, "One") < top
    assert bottom + 9 < baseline(pdf, "Two") < bottom + 12


def test_a_picture_at_the_head_of_its_paragraph_stands_below_the_space_before_it() -> None:
    pdf = draw(docx(paragraph("One") + holding(anchored(from_paragraph(0)), "Two"), media=MEDIA)).pdf
    [(_, top, _, bottom)] = pictures_on(pdf)
    assert top == pytest.approx(72 + LINE + 6, abs=0.5)
    assert bottom + 9 < baseline(pdf, "Two") < bottom + 12


def test_a_picture_at_the_foot_of_the_margins_stands_there() -> None:
    down = '<wp:positionV relativeFrom="margin"><wp:align>bottom</wp:align></wp:positionV>'
    pdf = draw(docx(holding(anchored(down), "One") + paragraph("Two"), media=MEDIA)).pdf
    [(_, _, _, bottom)] = pictures_on(pdf)
    assert bottom == pytest.approx(842 - 72, abs=0.6)
    assert baseline(pdf, "Two") == pytest.approx(baseline(pdf, "One") + LINE + 6, abs=0.5)


def test_a_picture_at_the_head_of_the_margins_pushes_the_text_down_wherever_it_is_anchored() -> None:
    down = '<wp:positionV relativeFrom="margin"><wp:align>top</wp:align></wp:positionV>'
    pdf = draw(docx(paragraph("One") + holding(anchored(down, gap=5), "Two"), media=MEDIA)).pdf
    [(_, top, _, bottom)] = pictures_on(pdf)
    assert top == pytest.approx(72, abs=0.3)
    assert bottom + 5 + 9 < baseline(pdf, "One") < bottom + 5 + 12


def test_what_floats_is_read_after_the_paragraph_it_is_set_among() -> None:
    pdf = draw(docx(holding(anchored(from_paragraph(20)), "One.") + paragraph("Two"), media=MEDIA)).pdf
    roles = [tag.role for tag in pdf_facts.tags(pdf) if tag.role in {"P", "Figure"}]
    assert roles == ["P", "Figure", "P"]


@pytest.mark.parametrize("turned", [90, 270])
def test_a_picture_turned_on_its_side_takes_the_height_of_its_longer_side(turned: int) -> None:
    shown = picture("A map").replace("<a:xfrm>", f'<a:xfrm rot="{turned * 60000}">')
    pdf = draw(docx(paragraph("above") + f"<w:p>{shown}</w:p>" + paragraph("below"), media=MEDIA)).pdf
    [(left, top, right, bottom)] = pictures_on(pdf)
    assert (right - left, bottom - top) == (pytest.approx(30, abs=0.1), pytest.approx(60, abs=0.1))
    assert top == pytest.approx(72 + LINE + 6, abs=0.5)
    assert baseline(pdf, "below") > bottom + 6 + 9


def test_a_line_round_a_picture_shows_on_all_four_sides() -> None:
    line = '</a:prstGeom><a:ln w="25400"><a:solidFill><a:srgbClr val="FF0000"/></a:solidFill></a:ln>'
    shown = picture("A map").replace("</a:prstGeom>", line)
    pdf = draw(docx(paragraph("above") + f"<w:p>{shown}</w:p>", media=MEDIA)).pdf
    [(left, top, right, bottom)] = pictures_on(pdf)
    page = pdf_facts.picture(pdf, 0, scale=4)
    across, down = (left + right) / 2, (top + bottom) / 2
    for x, y in ((left - 1, down), (right + 1, down), (across, top - 1), (across, bottom + 1)):
        assert page.getpixel((round(x * 4), round(y * 4))) == (255, 0, 0)
    assert page.getpixel((round((left + 1) * 4), round(down * 4))) == (128, 128, 128)


def test_a_text_box_takes_nothing_from_the_paragraph_that_holds_it() -> None:
    boxed = text_box(paragraph("boxed") + paragraph("Words"))
    plain = draw(docx(f"<w:p>{boxed}</w:p>")).pdf
    look = '<w:pPr><w:jc w:val="center"/><w:rPr><w:sz w:val="60"/><w:b/></w:rPr></w:pPr>'
    big = draw(docx(f'<w:p>{look}<w:r><w:rPr><w:sz w:val="60"/></w:rPr><w:t>Big</w:t></w:r>{boxed}</w:p>')).pdf
    small, held = (pdf_facts.words_at(pdf, 0, "Words") for pdf in (plain, big))
    assert held[2] - held[0] == pytest.approx(small[2] - small[0], abs=0.3)
    assert held[3] - held[1] == pytest.approx(small[3] - small[1], abs=0.3)
    ends = [pdf_facts.words_at(pdf, 0, word)[0] for pdf in (plain, big) for word in ("boxed", "Words")]
    assert ends[0] == pytest.approx(ends[1], abs=1)
    assert ends[2] == pytest.approx(ends[3], abs=1)


def test_text_stands_at_the_foot_or_in_the_middle_of_its_box_where_that_is_asked_for() -> None:
    feet = {}
    for place in ("t", "ctr", "b"):
        boxed = text_box(paragraph("Boxed", '<w:spacing w:after="0"/>')).replace(
            "<wps:bodyPr/>", f'<wps:bodyPr anchor="{place}"/>'
        )
        feet[place] = baseline(draw(docx(f"<w:p>{boxed}</w:p>")).pdf, "Boxed")
    room = 60 - 7.2 - LINE
    assert feet["ctr"] - feet["t"] == pytest.approx(room / 2, abs=0.3)
    assert feet["b"] - feet["t"] == pytest.approx(room, abs=0.3)


def test_a_box_stands_on_its_line_with_its_foot() -> None:
    pdf = draw(docx(f"<w:p><w:r><w:t>line</w:t></w:r>{text_box(paragraph('Boxed'))}</w:p>")).pdf
    # 60 points of box, of which 3.6 and a line's ascent are above the baseline of the text in it.
    assert baseline(pdf, "line") - baseline(pdf, "Boxed") == pytest.approx(60 - 3.6 - 10.3, abs=0.4)


def test_what_stands_elsewhere_than_in_word_is_told() -> None:
    down = '<wp:positionV relativeFrom="page"><wp:posOffset>3810000</wp:posOffset></wp:positionV>'
    drawn = draw(docx(holding(anchored(down), "One") + paragraph("Two"), media=MEDIA))
    [warning] = drawn.warnings
    assert warning.code == "convert.approximate"
    assert "place of its own" in warning.message
    assert "One" in (warning.pointer or "")
    [(_, _, _, bottom)] = pictures_on(drawn.pdf)
    assert baseline(drawn.pdf, "One") > bottom


def test_a_box_that_grows_is_as_tall_as_its_text() -> None:
    grown = text_box(paragraph(LONG, '<w:spacing w:after="0"/>')).replace(
        "<wps:bodyPr/>", "<wps:bodyPr><a:spAutoFit/></wps:bodyPr>"
    )
    pdf = draw(docx(f"<w:p>{grown}</w:p>" + paragraph("after"))).pdf
    lines = [place for word in ("Residents", "crossing. ") for place in pdf_facts.places_of(pdf, 0, word)]
    last = 842 - min(bottom for _, bottom, _, _ in lines)
    assert last > 72 + 60
    assert baseline(pdf, "after") == pytest.approx(last + 3.6 + 6 + LINE, abs=3)


def test_a_table_in_a_box_stands_as_one_on_the_page_does() -> None:
    inside = table(row("cell", "other"))
    plain = draw(docx(inside)).pdf
    boxed = draw(docx(f"<w:p>{text_box(inside + paragraph(''))}</w:p>")).pdf
    edge = pdf_facts.words_at(plain, 0, "cell")[0]
    assert pdf_facts.words_at(boxed, 0, "cell")[0] == pytest.approx(edge + 7.2, abs=0.2)


@pytest.mark.parametrize("down", [0, 20])
def test_pictures_at_one_height_stand_side_by_side(down: int) -> None:
    right = anchored(from_paragraph(down), across="<wp:align>right</wp:align>")
    pdf = draw(docx(holding(anchored(from_paragraph(down)) + right, LONG.rstrip()), media=MEDIA)).pdf
    one, other = sorted(pictures_on(pdf))
    assert one[1] == pytest.approx(other[1], abs=0.1)
    assert one[1] == pytest.approx(72 + down, abs=0.5)
    assert (one[0], other[2]) == (pytest.approx(72, abs=0.2), pytest.approx(595 - 72, abs=0.5))
    rows = sorted({round(842 - bottom) for _, bottom, _, _ in pdf_facts.places_of(pdf, 0, "e")})
    assert not [row for row in rows if one[1] < row < one[3] + 8]
    assert (rows[0] < one[1]) == bool(down)


@pytest.mark.parametrize("band", ["header", "footer"])
def test_what_is_anchored_in_a_band_stands_where_the_page_has_it(band: str) -> None:
    across = f'<wp:positionH relativeFrom="page"><wp:posOffset>{400 * EMU}</wp:posOffset></wp:positionH>'
    down = f'<wp:positionV relativeFrom="page"><wp:posOffset>{300 * EMU}</wp:posOffset></wp:positionV>'
    boxed = text_box(paragraph("Boxed")).replace(
        "<wp:inline>", f'<wp:anchor behindDoc="0">{across}{down}<wp:wrapNone/>'
    )
    boxed = boxed.replace("</wp:inline>", "</wp:anchor>")
    reference = f'<w:{band}Reference w:type="default" r:id="rId{band}1"/>{A4}'
    pdf = draw(docx(paragraph("text"), section=reference, parts={f"{band}1": holding(boxed, "Band")})).pdf
    left, bottom, _, _ = pdf_facts.words_at(pdf, 0, "Boxed")
    assert left == pytest.approx(400 + 7.2, abs=1.2)
    assert 842 - bottom == pytest.approx(300 + 3.6 + 10.3, abs=0.6)


def test_what_goes_by_a_paragraph_at_the_foot_of_the_page_stands_by_it() -> None:
    across = f'<wp:positionH relativeFrom="column"><wp:posOffset>{100 * EMU}</wp:posOffset></wp:positionH>'
    boxed = text_box(paragraph("Boxed")).replace(
        "<wp:inline>", f'<wp:anchor behindDoc="0">{across}{from_paragraph(-10)}<wp:wrapNone/>'
    )
    boxed = boxed.replace("</wp:inline>", "</wp:anchor>")
    reference = f'<w:footerReference w:type="default" r:id="rIdfooter1"/>{A4}'
    pdf = draw(docx(paragraph("text"), section=reference, parts={"footer1": holding(boxed, "Band")})).pdf
    assert baseline(pdf, "Boxed") - baseline(pdf, "Band") == pytest.approx(3.6 - 10, abs=0.3)
    left = pdf_facts.words_at(pdf, 0, "Boxed")[0] - pdf_facts.words_at(pdf, 0, "Band")[0]
    assert left == pytest.approx(100 + 7.2, abs=0.2)


def test_what_is_anchored_in_a_cell_is_aligned_to_the_cell() -> None:
    shown = anchored(from_paragraph(2), across="<wp:align>right</wp:align>").replace("wrapTopAndBottom", "wrapNone")
    pdf = draw(docx(table(row(cell(holding(shown, "Cell")), "other")), media=MEDIA)).pdf
    [(_, _, right, _)] = pictures_on(pdf)
    assert right == pytest.approx(72 - 5.4 + 150 - 5.4, abs=0.5)
