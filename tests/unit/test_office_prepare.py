"""What is done to authors' files before LibreOffice sees them, and which words it will have to draw."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference

import office_parts
from docx_parts import cell, docx, field, paragraph, row, table
from office_parts import presentation, with_parts, workbook
from packgen.convert.office.prepared import Prepared
from packgen.convert.office.slides import prepare_slides
from packgen.convert.office.word_file import prepare_word
from packgen.convert.office.workbook import prepare_workbook
from packgen.errors import ConversionError

DAY = dt.datetime(2026, 9, 10, tzinfo=dt.UTC)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LINK = '<Relationship Id="rIdOut" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
LINK += 'Target="{target}" TargetMode="External"/></Relationships>'


def word(body: str, **more: Any) -> Prepared:
    return prepare_word(docx(body, **more), "report.docx")


def book(data: bytes) -> Prepared:
    return prepare_workbook(data, "attachments/budget.xlsx", DAY)


def said(prepared: Prepared) -> list[str]:
    return [each.text for each in prepared.expected]


def with_link(data: bytes, part: str, kind: str, target: str) -> bytes:
    """`data` with a tie to something outside it."""
    written = office_parts.part(data, part)
    return with_parts(data, {part: written.replace("</Relationships>", LINK.format(kind=kind, target=target))})


def refusals(prepare: Callable[[], Prepared]) -> set[str]:
    with pytest.raises(ConversionError) as refused:
        prepare()
    return {problem.code for problem in refused.value.problems}


# --- Word -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>", "convert.tracked"),
        (paragraph("x", "<w:rPr><w:ins/></w:rPr>"), "convert.tracked"),
        (table(row(cell("a", "<w:cellDel/>"), "b")), "convert.tracked"),
        ('<w:p><w:commentRangeStart w:id="1"/><w:r><w:t>x</w:t></w:r></w:p>', "convert.comment"),
        (f"<w:p>{field('EQ (a;b)', '').replace('<w:t></w:t>', '')}</w:p>".replace(
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>', ""), "convert.unsupported"),
    ],
)  # fmt: skip
def test_what_libreoffice_would_print_or_lose_never_reaches_it(body: str, code: str) -> None:
    assert refusals(lambda: word(body)) == {code}


def test_a_date_stays_as_word_last_showed_it() -> None:
    prepared = word(f"<w:p>{field('DATE', '3 May 2021')}</w:p>" + f"<w:p>{field('PAGE', '7')}</w:p>")
    written = office_parts.part(prepared.data, "word/document.xml")
    assert "DATE" not in written
    assert "3 May 2021" in written
    assert "PAGE" in written
    assert said(prepared) == ["3 May 2021"]


def test_the_code_of_a_field_does_not_become_text() -> None:
    inner = field("PAGE", "4")
    outer = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF </w:instrText></w:r>'
        f'{inner}<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>chosen</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    prepared = word(f"<w:p>{outer}</w:p>")
    written = office_parts.part(prepared.data, "word/document.xml")
    assert "<w:t>4</w:t>" not in written.replace(' xml:space="preserve"', "")
    assert said(prepared) == ["chosen"]


def test_hidden_words_are_not_looked_for() -> None:
    styles = (
        '<w:style w:type="character" w:styleId="Secret"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Deep"><w:name w:val="Deep"/><w:basedOn w:val="Secret"/></w:style>'
    )
    body = paragraph("direct", run="<w:vanish/>") + paragraph("by style", run='<w:rStyle w:val="Deep"/>')
    assert said(word(body + paragraph("shown"), styles=styles)) == ["shown"]


def test_notes_are_looked_for_with_their_place() -> None:
    parts = {"footnotes": f'<w:footnote w:id="1">{paragraph("the note")}</w:footnote>'}
    body = '<w:p><w:r><w:t>body</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
    assert [(each.text, each.place) for each in word(body, parts=parts).expected] == [
        ("body", "paragraph 1"),
        ("the note", "footnotes"),
    ]


def test_a_template_elsewhere_is_forgotten_and_a_picture_elsewhere_refused() -> None:
    document = docx(paragraph("x"))
    rels = "word/_rels/document.xml.rels"
    kept = prepare_word(with_link(document, rels, "attachedTemplate", "file://server/normal.dotm"), "a.docx")
    assert "server" not in office_parts.part(kept.data, rels)
    linked = with_link(document, rels, "image", "http://example.org/track.png")
    assert refusals(lambda: prepare_word(linked, "a.docx")) == {"convert.linked-picture"}
    other = with_link(document, rels, "oleObject", "file:///c:/prices.xlsx")
    assert refusals(lambda: prepare_word(other, "a.docx")) == {"convert.another-file"}


# --- Excel ------------------------------------------------------------------------------------------


def test_only_what_is_shown_is_looked_for() -> None:
    def change(made: Workbook) -> None:
        made["Budget"].row_dimensions[2].hidden = True
        made["Budget"].column_dimensions["B"].hidden = True
        made["Notes"].sheet_state = "hidden"
        made["Deep"].sheet_state = "veryHidden"

    rows = [["Service", "secret"], ["row", "x"], ["Parks", "y"]]
    prepared = book(workbook({"Budget": rows, "Notes": [["n"]], "Deep": [["d"]], "Empty": []}, change))
    assert [(each.text, each.place) for each in prepared.expected] == [
        ("Service", "sheet Budget, cell A1"),
        ("Parks", "sheet Budget, cell A3"),
    ]
    assert prepared.groups == ("sheet Budget",)


def test_only_the_print_area_is_looked_for() -> None:
    def change(made: Workbook) -> None:
        made["Budget"].print_area = "A1:B2"

    assert said(book(workbook({"Budget": [["a", "b", "c"], ["d", "e", "f"], ["g", "h", "i"]]}, change))) == [
        "a", "b", "d", "e",
    ]  # fmt: skip


def test_a_value_that_was_saved_is_not_worked_out_again() -> None:
    data = workbook({"Budget": [["Day"], [1]]})
    sheet = office_parts.part(data, "xl/worksheets/sheet1.xml")
    stored = sheet.replace("<v>1</v>", "<f>TODAY()</f><v>44000</v>")
    assert stored != sheet
    prepared = book(with_parts(data, {"xl/worksheets/sheet1.xml": stored}))
    assert "TODAY" not in office_parts.part(prepared.data, "xl/worksheets/sheet1.xml")
    assert "44000" in office_parts.part(prepared.data, "xl/worksheets/sheet1.xml")


def test_a_value_of_the_day_that_was_never_saved_is_refused() -> None:
    with pytest.raises(ConversionError) as refused:
        book(workbook({"Budget": [["Day"], ["=TODAY()"]]}))
    assert [(each.code, each.pointer) for each in refused.value.problems] == [
        ("convert.no-value", "sheet Budget, cell A2")
    ]


def test_a_header_prints_the_pack_s_date_and_not_today_s() -> None:
    def change(made: Workbook) -> None:
        made["Budget"].oddHeader.left.text = "Drawn &D && &T of &F, page &P"

    prepared = book(workbook({"Budget": [["a"]]}, change))
    written = office_parts.part(prepared.data, "xl/worksheets/sheet1.xml")
    assert "Drawn 10 September 2026 &amp;&amp;  of budget.xlsx, page &amp;P" in written
    assert [each.code for each in prepared.warnings] == ["convert.approximate"]


@pytest.mark.parametrize(
    ("columns", "fits", "orientation", "warned"),
    [
        (5, False, None, []),
        (11, True, None, []),
        (16, True, "landscape", []),
        (40, True, "landscape", ["convert.small"]),
    ],
)
def test_no_column_runs_off_the_page(columns: int, fits: bool, orientation: str | None, warned: list[str]) -> None:
    prepared = book(workbook({"Wide": [[f"c{column}" for column in range(columns)]]}))
    written = office_parts.part(prepared.data, "xl/worksheets/sheet1.xml")
    assert ('fitToPage="1"' in written) is fits
    assert ("landscape" in written) is (orientation == "landscape")
    assert [each.code for each in prepared.warnings] == warned


@pytest.mark.parametrize("setup", ["scale", "fit", "breaks"])
def test_a_page_setup_of_the_author_stays(setup: str) -> None:
    def change(made: Workbook) -> None:
        from openpyxl.worksheet.pagebreak import Break, ColBreak

        sheet = made["Wide"]
        if setup == "scale":
            sheet.page_setup.scale = 60
        elif setup == "fit":
            sheet.sheet_properties.pageSetUpPr.fitToPage = True
            sheet.page_setup.fitToWidth = 3
        else:
            sheet.col_breaks = ColBreak(brk=[Break(id=10)])

    prepared = book(workbook({"Wide": [[f"c{column}" for column in range(30)]]}, change))
    written = office_parts.part(prepared.data, "xl/worksheets/sheet1.xml")
    assert "landscape" not in written
    assert ("fitToPage" in written) is (setup == "fit")


def test_a_chart_makes_a_sheet_wide_and_wants_words() -> None:
    def change(made: Workbook) -> None:
        chart = BarChart()
        chart.add_data(Reference(made["Chart"], min_col=2, min_row=1, max_row=2), titles_from_data=True)
        made["Chart"].add_chart(chart, "H2")

    prepared = book(workbook({"Chart": [["Year", "Trees"], ["2025", 7]]}, change))
    assert prepared.undescribed == ("sheet Chart",)
    assert 'fitToPage="1"' in office_parts.part(prepared.data, "xl/worksheets/sheet1.xml")


def test_a_spreadsheet_that_shows_nothing_is_refused() -> None:
    assert refusals(lambda: book(workbook({"Empty": []}))) == {"convert.nothing-shown"}


# --- PowerPoint -------------------------------------------------------------------------------------


def test_hidden_slides_and_shapes_and_notes_are_not_looked_for() -> None:
    def change(made: Any) -> None:
        made.slides[1]._element.set("show", "0")
        made.slides[0].notes_slide.notes_text_frame.text = "for the speaker"
        made.slides[2].placeholders[1]._element.nvSpPr.cNvPr.set("hidden", "1")

    prepared = prepare_slides(presentation({"One": ["a", "b"], "Two": ["c"], "Three": ["d"]}, change), "talk.pptx")
    assert [(each.text, each.place, each.group) for each in prepared.expected] == [
        ("One", "slide 1", 0),
        ("a", "slide 1", 0),
        ("b", "slide 1", 0),
        ("Three", "slide 3", 1),
    ]
    assert prepared.groups == ("slide 1", "slide 3")


def test_a_date_on_a_slide_stays_as_it_was_shown() -> None:
    data = presentation({"One": ["a"]})
    slide = office_parts.part(data, "ppt/slides/slide1.xml")
    dated = slide.replace("<a:r><a:t>a</a:t></a:r>", '<a:fld id="{1}" type="datetime1"><a:t>3 May 2021</a:t></a:fld>')
    assert dated != slide
    prepared = prepare_slides(with_parts(data, {"ppt/slides/slide1.xml": dated}), "talk.pptx")
    assert "datetime" not in office_parts.part(prepared.data, "ppt/slides/slide1.xml")
    assert "3 May 2021" in said(prepared)


@pytest.mark.parametrize(("alt", "silent"), [(None, ("slide 1",)), ("Trees: 4 in the east, 9 in the west", ())])
def test_charts_want_words(alt: str | None, silent: tuple[str, ...]) -> None:
    data = presentation({"One": ["a"]}, lambda made: office_parts.add_chart(made.slides[0], alt))
    assert prepare_slides(data, "talk.pptx").undescribed == silent


def test_a_presentation_without_slides_to_show_is_refused() -> None:
    assert refusals(lambda: prepare_slides(presentation({}), "talk.pptx")) == {"convert.nothing-shown"}
