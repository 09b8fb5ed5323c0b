"""What LibreOffice draws: the pages, their words, their tags, and the same bytes each time."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import page
import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment
from pptx.util import Inches

import office_parts
import pdf_facts
from docx_parts import cell, docx, field, paragraph, picture, png, row, table
from office_parts import presentation, with_parts, workbook
from packgen.convert import Drawn
from packgen.convert.office.engine import Limits, OfficeFile, draw_with_office
from packgen.convert.office.find import find_office
from packgen.errors import ConversionError

pytestmark = [pytest.mark.libreoffice, pytest.mark.slow]

EQUATION = (
    "<w:p><w:r><w:t>Let </w:t></w:r><m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath><w:r><w:t> hold</w:t></w:r></w:p>"
)


def conforms(pdf: bytes) -> list[str]:
    """What a validator finds against PDF/UA-1."""
    result = page.validate_pdf_bytes(pdf, profile="ua1", limits=page.SafetyLimits.unlimited())
    return [f"{failure.rule_id} {failure.message}" for failure in result.failures]


def drawn(files: Mapping[str, bytes]) -> dict[str, Drawn]:
    """Files by name as LibreOffice draws them, in one start."""
    program = find_office()
    assert program is not None
    made = [
        OfficeFile(
            name=name,
            data=data,
            kind=Path(name).suffix,
            title=f"Title of {name}",
            language="en-GB",
            created=dt.datetime(2026, 9, 10, tzinfo=dt.UTC),
        )
        for name, data in files.items()
    ]
    return dict(zip(files, draw_with_office(made, program, Limits(100)), strict=True))


def only(name: str, data: bytes) -> Drawn:
    return drawn({name: data})[name]


def lost(name: str, data: bytes) -> list[tuple[str, str | None]]:
    with pytest.raises(ConversionError) as failed:
        only(name, data)
    return [(problem.code, problem.pointer) for problem in failed.value.problems]


def report() -> bytes:
    """A Word file with headings, an equation, words from right to left, a list of figures, a picture and a link."""
    body = (
        paragraph("Water in the valley", '<w:pStyle w:val="Heading1"/>')
        + EQUATION
        + paragraph("مرحبا بالعالم", "<w:bidi/>", "<w:rtl/>")
        + f"<w:p>{field('DATE', '3 May 2021')}</w:p>"
        + paragraph("not for anybody", run="<w:vanish/>")
        + table(row("Stream", "Metres", properties="<w:tblHeader/>"), row(cell("Lyne"), cell("12")))
        + f"<w:p>{picture('A grey box')}</w:p>"
        + '<w:p><w:hyperlink r:id="rIdWeb"><w:r><w:t>The council</w:t></w:r></w:hyperlink></w:p>'
    )
    return docx(body, media={"rIdPicture": png()}, links={"rIdWeb": "https://lyne.example.org/"})


def budget() -> bytes:
    def change(made: Workbook) -> None:
        made["Hidden"].sheet_state = "hidden"
        made["Budget"].row_dimensions[3].hidden = True
        made["Budget"]["A1"].comment = Comment("acommentword", "R Archer")
        made["Budget"].oddFooter.center.text = "&D at &T"

    rows = [["Service", "2026"], ["Parks", 1250], ["hiddenrow", 3], ["Total", "=SUM(B2:B3)"]]
    sheets = {"Budget": rows, "Empty": [], "Hidden": [["hiddensheet"]], "Wide": [[f"w{n}" for n in range(20)]]}
    return workbook(sheets, change)


def talk() -> bytes:
    def change(made: Any) -> None:
        made.slides[1]._element.set("show", "0")
        made.slides[0].notes_slide.notes_text_frame.text = "speakernote"
        frame = made.slides[2].shapes.add_table(2, 2, Inches(1), Inches(4), Inches(6), Inches(1))
        for index, words in enumerate(("Year", "Trees", "2025", "40")):
            frame.table.cell(index // 2, index % 2).text = words
        office_parts.add_chart(made.slides[0], "Trees: 4 in the east, 9 in the west")

    return presentation({"Town Plan": ["First point"], "Hiddenslide": ["x"], "Figures": ["Second point"]}, change)


@pytest.fixture(scope="module")
def made() -> Mapping[str, Drawn]:
    return drawn({"report.docx": report(), "budget.xlsx": budget(), "talk.pptx": talk()})


def test_two_runs_give_the_same_bytes(made: Mapping[str, Drawn]) -> None:
    again = drawn({"report.docx": report(), "budget.xlsx": budget(), "talk.pptx": talk()})
    assert {name: each.pdf for name, each in again.items()} == {name: each.pdf for name, each in made.items()}


def test_a_word_file_keeps_its_words_its_dates_and_its_secrets(made: Mapping[str, Drawn]) -> None:
    words = " ".join(made["report.docx"].page_texts)
    for expected in ("Water in the valley", "3 May 2021", "Stream", "مرحبا", "The council"):
        assert expected in words
    assert "not for anybody" not in words
    assert b"not for anybody" not in pdf_facts.plain_bytes(made["report.docx"].pdf)


def test_a_word_file_is_accessible(made: Mapping[str, Drawn]) -> None:
    pdf = made["report.docx"].pdf
    assert conforms(pdf) == []
    assert made["report.docx"].warnings == ()
    tags = pdf_facts.tags(pdf)
    assert [tag.text for tag in tags if tag.standard_role == "H1"] == ["Water in the valley"]
    assert [tag.alt for tag in tags if tag.standard_role in {"Figure", "Formula"}] == ["x=1", "A grey box"]
    assert {"Table", "TR", "TH", "TD"} <= {tag.standard_role for tag in tags}
    assert pdf_facts.catalog(pdf)["/Lang"] == "en-GB"


def test_a_spreadsheet_has_a_page_for_each_sheet_that_shows_something(made: Mapping[str, Drawn]) -> None:
    pages = made["budget.xlsx"].page_texts
    assert len(pages) == 2
    assert "Parks" in pages[0]
    assert "1253" in pages[0]
    assert "w19" in pages[1]
    everything = " ".join(pages) + pdf_facts.plain_bytes(made["budget.xlsx"].pdf).decode("latin-1")
    for hidden in ("hiddenrow", "hiddensheet", "acommentword"):
        assert hidden not in everything


def test_a_spreadsheet_prints_the_day_of_the_pack(made: Mapping[str, Drawn]) -> None:
    assert "10 September 2026 at" in " ".join(made["budget.xlsx"].page_texts[0].split())


def test_a_wide_sheet_lies_on_its_side_and_upright_ones_stand(made: Mapping[str, Drawn]) -> None:
    assert pdf_facts.page_sizes(made["budget.xlsx"].pdf) == [(595, 842), (842, 595)]


def test_a_spreadsheet_is_accessible(made: Mapping[str, Drawn]) -> None:
    pdf = made["budget.xlsx"].pdf
    assert conforms(pdf) == []
    assert "<pdfuaid:part>1</pdfuaid:part>" in pdf_facts.xmp(pdf)
    cells = [(tag.standard_role, tag.text) for tag in pdf_facts.tags(pdf) if tag.standard_role in {"TR", "TH", "TD"}]
    assert cells[:9] == [
        ("TR", ""), ("TH", "Service"), ("TH", "2026"),
        ("TR", ""), ("TD", "Parks"), ("TD", "1250"),
        ("TR", ""), ("TD", "Total"), ("TD", "1253"),
    ]  # fmt: skip
    assert [tag.standard_role for tag in pdf_facts.tags(pdf)].count("Table") == 2
    assert "10 September 2026" not in pdf_facts.spoken(pdf)


def test_a_table_over_pages_with_wrapped_and_linked_cells_and_a_repeated_row() -> None:
    def change(made: Workbook) -> None:
        sheet = made["Works"]
        sheet.print_title_rows = "1:1"
        sheet["A4"].alignment = Alignment(wrap_text=True)
        sheet["A5"].hyperlink = "https://lyne.example.org/works"
        sheet.oddHeader.left.text = "Programme, page &P"
        sheet.column_dimensions["B"].width = 12

    rows: list[list[Any]] = [["Road", "Metres"], *([f"Road {number}", number * 3] for number in range(1, 120))]
    rows[3][0] = "A road with so long a name that it has to be wrapped over some lines of its cell"
    result = only("works.xlsx", workbook({"Works": rows}, change))
    assert result.warnings == ()
    assert len(result.page_texts) == 3
    assert all("Road" in text and "Programme" in text for text in result.page_texts)
    tags = [tag for tag in pdf_facts.tags(result.pdf) if tag.standard_role in {"TH", "TD"}]
    assert [tag.text for tag in tags] == [str(value) for row in rows for value in row]
    assert [tag.text for tag in tags if tag.standard_role == "TH"] == ["Road", "Metres"]


def test_a_spreadsheet_in_doubt_is_given_as_untagged() -> None:
    def change(made: Workbook) -> None:
        made["Plan"]["A1"].alignment = Alignment(text_rotation=90)

    rows = [["Turned", "Service", "Sum"], ["x", "Parks", 3], ["y", "Roads", 4]]
    result = only("plan.xlsx", workbook({"Plan": rows}, change))
    tagged = any(tag.standard_role == "Table" for tag in pdf_facts.tags(result.pdf))
    assert tagged is not any(each.code == "convert.untagged" for each in result.warnings)
    assert ("pdfuaid" in pdf_facts.xmp(result.pdf)) is tagged


def test_a_presentation_has_a_page_for_each_slide_that_is_shown(made: Mapping[str, Drawn]) -> None:
    pages = made["talk.pptx"].page_texts
    assert len(pages) == 2
    assert "First point" in pages[0]
    assert "Second point" in pages[1]
    everything = " ".join(pages) + pdf_facts.plain_bytes(made["talk.pptx"].pdf).decode("latin-1")
    assert "Hiddenslide" not in everything
    assert "speakernote" not in everything


def test_a_presentation_is_accessible(made: Mapping[str, Drawn]) -> None:
    pdf = made["talk.pptx"].pdf
    assert conforms(pdf) == []
    assert "<pdfuaid:part>1</pdfuaid:part>" in pdf_facts.xmp(pdf)
    assert made["talk.pptx"].warnings == ()
    tags = pdf_facts.tags(pdf)
    spoken = pdf_facts.spoken(pdf)
    assert [tag.standard_role for tag in tags].count("H1") == 2
    assert spoken.index("Town Plan") < spoken.index("First point") < spoken.index("Figures")
    assert [tag.alt for tag in tags if tag.standard_role == "Figure"] == ["Trees: 4 in the east, 9 in the west"]


def test_pictures_without_words_are_told_and_nothing_is_claimed() -> None:
    data = presentation({"One": ["a"]}, lambda made: office_parts.add_chart(made.slides[0]))
    result = only("talk.pptx", data)
    assert [(each.code, each.pointer) for each in result.warnings] == [("convert.missing-alt", "slide 1")]
    assert "pdfuaid" not in pdf_facts.xmp(result.pdf)


def test_shapes_shadows_lines_and_columns_keep_a_slide_accessible() -> None:
    def change(made: Any) -> None:
        slide = made.slides.add_slide(made.slide_layouts[3])
        slide.shapes.title.text = "Columns"
        slide.placeholders[1].text = "Left\nLeft again"
        slide.placeholders[2].text = "Right\nRight again"
        oval = slide.shapes.add_shape(9, Inches(6), Inches(5), Inches(2), Inches(1))
        oval.text_frame.text = "In an oval"
        slide.shapes.add_connector(1, Inches(1), Inches(7), Inches(5), Inches(7))

    result = only("talk.pptx", presentation({"One": ["a"]}, change))
    assert result.warnings == ()
    assert conforms(result.pdf) == []
    spoken = pdf_facts.spoken(result.pdf)
    assert all(words in spoken for words in ("Columns", "Left again", "Right again", "In an oval"))


def test_text_that_runs_off_a_slide_stops_the_build() -> None:
    def change(made: Any) -> None:
        box = made.slides[0].shapes.add_textbox(Inches(12), Inches(1), Inches(3), Inches(1))
        box.text_frame.text = "beyond the edge"

    assert lost("talk.pptx", presentation({"One": ["a"]}, change)) == [("convert.text-lost", "slide 1")]


def test_cells_that_are_covered_or_too_narrow_are_named() -> None:
    def change(made: Workbook) -> None:
        sheet = made["Budget"]
        sheet.column_dimensions["A"].width = 8
        sheet.column_dimensions["B"].width = 4
        sheet["B4"].number_format = "#,##0.00"
        sheet["A5"].alignment = Alignment(wrap_text=True)

    rows = [
        ["Service", "a"],
        ["A long name of a service", "b"],
        ["free to spill over"],
        ["Sum", 1234567],
        ["wrapped text", 5],
    ]
    result = only("budget.xlsx", workbook({"Budget": rows}, change))
    told = [(each.code, each.pointer) for each in result.warnings if each.code != "convert.untagged"]
    assert told == [
        ("convert.cell-cut-off", "sheet Budget, cell A2"),
        ("convert.number-not-shown", "sheet Budget, cell B4"),
    ]


def test_a_damaged_file_is_told_of_itself() -> None:
    whole = docx(paragraph("x"))
    assert lost("a.docx", whole[: len(whole) // 2]) == [("convert.damaged", None)]
    broken = with_parts(whole, {"word/document.xml": "<w:document"})
    assert lost("b.docx", broken) == [("convert.damaged", None)]


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """The address of a server, and what it was asked for."""
    paths: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_error(404)

        def log_message(self, *arguments: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", paths
    server.shutdown()
    server.server_close()
    thread.join()


def test_nothing_is_fetched(asked: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    address, paths = asked
    # Without this the test would show only that a program without network cannot fetch.
    monkeypatch.setattr("packgen.convert.office.engine.without_network", tuple)
    body = paragraph("Words") + f"<w:p>{field(f'INCLUDEPICTURE {address}/field.png', 'shown')}</w:p>"
    document = docx(body, parts={"settings": '<w:attachedTemplate r:id="rIdOut"/>'})
    relationships = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rIdOut" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
        f'Target="{address}/template.dotx" TargetMode="External"/></Relationships>'
    )
    sheet = workbook({"Budget": [["Parks", f'=WEBSERVICE("{address}/cell")']]})
    result = drawn({
        "report.docx": with_parts(document, {"word/_rels/settings.xml.rels": relationships}),
        "budget.xlsx": sheet,
    })  # fmt: skip
    assert "Words" in result["report.docx"].page_texts[0]
    assert paths == []


CHART = """<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"
xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><c:chart><c:title><c:tx><c:rich><a:bodyPr/><a:p><a:r>
<a:t>Trees planted</a:t></a:r></a:p></c:rich></c:tx></c:title><c:plotArea><c:layout/><c:barChart>
<c:barDir val="col"/><c:grouping val="clustered"/><c:ser><c:idx val="0"/><c:order val="0"/>
<c:cat><c:strLit><c:ptCount val="2"/><c:pt idx="0"><c:v>East</c:v></c:pt><c:pt idx="1"><c:v>West</c:v></c:pt></c:strLit>
</c:cat>
<c:val><c:numLit><c:ptCount val="2"/><c:pt idx="0"><c:v>4</c:v></c:pt><c:pt idx="1"><c:v>9</c:v></c:pt></c:numLit>
</c:val></c:ser><c:axId val="1"/><c:axId val="2"/></c:barChart><c:catAx><c:axId val="1"/><c:scaling/><c:delete val="0"/>
<c:axPos val="b"/><c:crossAx val="2"/></c:catAx><c:valAx><c:axId val="2"/><c:scaling/><c:delete val="0"/>
<c:axPos val="l"/><c:crossAx val="1"/></c:valAx></c:plotArea></c:chart></c:chartSpace>"""


def with_chart_and_object(alt: str) -> bytes:
    """A Word file with a chart, and an embedded spreadsheet of which Word shows a grey picture."""
    chart = (
        '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="4000000" cy="2400000"/>'
        f'<wp:docPr id="9" name="x" descr="{alt}"/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart '
        'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="rIdChart"/></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r></w:p>"
    )
    embedded = (
        '<w:p><w:r><w:object><v:shape id="o1" style="width:100pt;height:50pt" alt="The prices"><v:imagedata '
        'r:id="rIdPicture"/></v:shape><o:OLEObject Type="Embed" ProgID="Excel.Sheet.12" ShapeID="o1" '
        'DrawAspect="Content" ObjectID="_1" r:id="rIdObject"/></w:object></w:r></w:p>'
    )
    data = docx(paragraph("Before") + chart + embedded + paragraph("After"), media={"rIdPicture": png()})
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    added = (
        f'<Relationship Id="rIdChart" Type="{kinds}/chart" Target="charts/chart1.xml"/>'
        f'<Relationship Id="rIdObject" Type="{kinds}/package" Target="embeddings/prices.xlsx"/></Relationships>'
    )
    types = (
        '<Override PartName="/word/charts/chart1.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'drawingml.chart+xml"/><Default Extension="xlsx" ContentType="application/vnd.openxmlformats-officedocument.'
        'spreadsheetml.sheet"/></Types>'
    )
    rels = "word/_rels/document.xml.rels"
    return with_parts(
        data,
        {
            rels: office_parts.part(data, rels).replace("</Relationships>", added),
            "[Content_Types].xml": office_parts.part(data, "[Content_Types].xml").replace("</Types>", types),
            "word/charts/chart1.xml": CHART,
            "word/embeddings/prices.xlsx": workbook({"Prices": [["Confidentialprice"]]}),
        },
    )


def test_charts_are_drawn_with_their_words_and_objects_as_word_shows_them() -> None:
    result = only("chart.docx", with_chart_and_object("Trees: 4 in the east, 9 in the west"))
    words = " ".join(result.page_texts)
    for expected in ("Before", "Trees planted", "East", "West", "After"):
        assert expected in words
    assert "Confidentialprice" not in words
    assert b"Confidentialprice" not in pdf_facts.plain_bytes(result.pdf)
    assert conforms(result.pdf) == []
    alts = [tag.alt for tag in pdf_facts.tags(result.pdf) if tag.standard_role == "Figure"]
    assert alts == ["Trees: 4 in the east, 9 in the west", "The prices"]


def test_words_are_never_put_on_the_wrong_picture() -> None:
    shape = (
        '<wps:wsp><wps:cNvSpPr/><wps:spPr><a:xfrm><a:off x="{x}" y="0"/><a:ext cx="900000" cy="800000"/></a:xfrm>'
        '<a:prstGeom prst="ellipse"><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="DDEEFF"/></a:solidFill>'
        "</wps:spPr><wps:bodyPr/></wps:wsp>"
    )
    namespace = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"
    group = (
        '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="4000000" cy="900000"/><wp:docPr id="3" name="g" '
        f'descr="Two circles"/><a:graphic><a:graphicData uri="{namespace}"><wpg:wgp xmlns:wpg="{namespace}">'
        '<wpg:cNvGrpSpPr/><wpg:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="4000000" cy="900000"/><a:chOff x="0" '
        'y="0"/><a:chExt cx="4000000" cy="900000"/></a:xfrm></wpg:grpSpPr>'
        f"{shape.format(x=0)}{shape.format(x=2000000)}</wpg:wgp></a:graphicData></a:graphic></wp:inline></w:drawing>"
        "</w:r></w:p>"
    )
    whole = with_chart_and_object("Trees")
    document = office_parts.part(whole, "word/document.xml")
    body = document.index("<w:body>") + len("<w:body>")
    result = only("group.docx", with_parts(whole, {"word/document.xml": document[:body] + group + document[body:]}))
    # The circles come out behind everything else, so that their place in the text tells nothing.
    alts = [tag.alt for tag in pdf_facts.tags(result.pdf) if tag.standard_role == "Figure"]
    assert alts == [None, None, None, None]
    assert [each.code for each in result.warnings] == ["convert.missing-alt"]
