"""The built-in engine: no word of a Word file is ever missing from the pages, whatever the file asks for."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections import Counter
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from packgen.convert.proof import lost_paragraphs, page_texts
from packgen.convert.read.document import read_document
from packgen.errors import ConversionError
from tests import pdf_facts
from tests.docx_parts import (
    A4,
    cell,
    docx,
    draw,
    field,
    listed,
    note_mark,
    notes,
    numbering,
    paragraph,
    row,
    table,
    text_box,
)
from tests.pdf_parts import changed

LONG = " ".join(f"word{number}" for number in range(900))
WHOLE = "<w:cantSplit/>"
HEADER = "<w:tblHeader/>"
TWO_COLUMNS = '<w:type w:val="continuous"/>' + A4 + '<w:cols w:num="2" w:space="720"/>'


def section_break(section: str = A4) -> str:
    return f"<w:p><w:pPr><w:sectPr>{section}</w:sectPr></w:pPr></w:p>"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(table(row(LONG, "b", properties=WHOLE)), id="a row taller than a page that may not split"),
        pytest.param(
            table(
                row(cell(LONG, '<w:vMerge w:val="restart"/>'), "one", properties=WHOLE),
                row(cell("", "<w:vMerge/>"), "two", properties=WHOLE),
                row(cell("", "<w:vMerge/>"), "three", properties=WHOLE),
            ),
            id="a merged cell with more text than its rows",
        ),
        pytest.param(
            table(row(LONG, "Head", properties=HEADER), row("a", "b"), row("c", "d")),
            id="a header row taller than a page",
        ),
        pytest.param(
            table(row("Head", "Head", properties=HEADER), row("Second head", "x", properties=HEADER)),
            id="a table of header rows only",
        ),
        pytest.param(paragraph(LONG, "<w:keepLines/><w:keepNext/>"), id="a paragraph kept together over pages"),
        pytest.param(
            "".join(paragraph(f"kept{number}", "<w:keepNext/>") for number in range(120)), id="all kept with the next"
        ),
        pytest.param(
            paragraph(LONG, '<w:keepLines/><w:pBdr><w:top w:val="single" w:sz="8"/></w:pBdr><w:shd w:fill="EEEEEE"/>'),
            id="a frame taller than a page",
        ),
        pytest.param(
            table(row(cell(table(row(LONG, "in"), row("next", "in"), columns=(1500, 1400)) + "<w:p/>"), "b")),
            id="a table in a cell that is taller than a page",
        ),
        pytest.param(
            table(row(cell("", '<w:gridSpan w:val="2"/>'), ""), row("a", "b", "c"), columns=(2000, 2000, 2000)),
            id="empty merged cells",
        ),
        pytest.param(
            table(row("short"), row("a", "b"), row("c")),
            id="rows that do not reach the table's edge",
        ),
        pytest.param(
            table(row("a", "b", properties='<w:gridBefore w:val="1"/>'), row("c", "d"), columns=(2000, 2000, 2000)),
            id="a row that begins in the second column",
        ),
        pytest.param(table(row("a" * 60, "b"), columns=(300, 9000)), id="a column narrower than its words"),
        pytest.param(table(row("left", "right"), columns=(9000, 9000)), id="a table wider than the text"),
        pytest.param(paragraph("indented", '<w:ind w:left="-300" w:firstLine="-200"/>'), id="negative indents"),
        pytest.param(
            paragraph(" ".join(f"w{n}" for n in range(200)), '<w:spacing w:line="160" w:lineRule="exact"/>'),
            id="lines closer than their letters",
        ),
        pytest.param("<w:p>" + text_box(paragraph("boxed") + paragraph("text")) + "</w:p>", id="a text box"),
        pytest.param(
            "<w:sdt><w:sdtPr/><w:sdtContent><w:p><w:sdt><w:sdtContent><w:r><w:t>controlled</w:t></w:r></w:sdtContent>"
            "</w:sdt></w:p></w:sdtContent></w:sdt>",
            id="content controls round blocks and runs",
        ),
        pytest.param(
            '<w:p><w:smartTag w:element="place"><w:r><w:t>tagged</w:t></w:r></w:smartTag>'
            "<w:customXml><w:r><w:t>custom</w:t></w:r></w:customXml></w:p>",
            id="smart tags and custom XML",
        ),
        pytest.param(
            "<w:p>" + field("REF mark \\h", "shown result") + field('DATE \\@ "d MMMM yyyy"', "1 May 2026") + "</w:p>",
            id="fields with a stored result",
        ),
        pytest.param(
            '<w:p><w:fldSimple w:instr=" SEQ Figure "><w:r><w:t>seven</w:t></w:r></w:fldSimple></w:p>',
            id="a simple field",
        ),
        pytest.param(
            paragraph("first") + '<w:p><w:r><w:br w:type="page"/></w:r><w:r><w:t>second</w:t></w:r></w:p>',
            id="a page break inside a paragraph",
        ),
        pytest.param(
            "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>tabbed</w:t><w:br/><w:t>broken</w:t><w:noBreakHyphen/><w:t>x</w:t></w:r></w:p>",
            id="tabs, line breaks and hyphens",
        ),
        pytest.param(
            paragraph("tiny", run='<w:sz w:val="2"/>') + paragraph("HUGE", run='<w:sz w:val="300"/>'), id="sizes"
        ),
        pytest.param(paragraph("upright", '<w:textDirection w:val="btLr"/>'), id="a direction on a paragraph"),
        pytest.param(
            table(row(cell("turned text", '<w:textDirection w:val="btLr"/>'), "b")), id="a cell with turned text"
        ),
        pytest.param(
            table(row(cell(paragraph(LONG, "<w:keepNext/>"), '<w:gridSpan w:val="2"/>')), row("a", "b")),
            id="a row kept with the next that is taller than a page",
        ),
        pytest.param(table(row("a", "b", properties='<w:trHeight w:val="30000"/>'), row("c", "d")), id="a tall row"),
        pytest.param("<w:p><w:r><w:t>one\ttwo</w:t></w:r></w:p>", id="a tab typed into the text"),
        pytest.param(
            "<w:p><w:r>" + "".join(f"<w:t>t{number}</w:t><w:tab/>" for number in range(60)) + "</w:r></w:p>",
            id="more tabs than a line has room for",
        ),
        pytest.param(
            f'<w:p><w:pPr><w:tabs><w:tab w:val="right" w:pos="9000"/></w:tabs></w:pPr><w:r><w:t>{LONG}</w:t><w:tab/>'
            f"<w:t>tail {LONG}</w:t></w:r></w:p>",
            id="lines of text on both sides of a tab",
        ),
        pytest.param(section_break() + paragraph(LONG) + section_break(TWO_COLUMNS) + paragraph("end"), id="columns"),
        pytest.param(
            section_break()
            + "".join(paragraph(f"x{number} " * 30, "<w:keepLines/><w:keepNext/>") for number in range(60))
            + section_break(TWO_COLUMNS)
            + paragraph("end"),
            id="columns of paragraphs that are kept together",
        ),
        pytest.param(
            section_break() + table(row(LONG, "b"), columns=(2000, 2000)) + section_break(TWO_COLUMNS),
            id="a table in columns",
        ),
        pytest.param(paragraph(LONG, '<w:ind w:left="8900"/>'), id="an indent that leaves room for a word"),
        pytest.param(
            paragraph("one") + paragraph("two", '<w:spacing w:before="30000"/>'), id="space taller than a page"
        ),
    ],
)
def test_every_word_is_drawn_inside_a_page(body: str) -> None:
    source = docx(body)
    drawn = squeezed(" ".join(pdf_facts.visible_texts(draw(source).pdf)))
    words = words_of(source)
    assert words or "gridSpan" in body
    missing = [word for word, count in words.items() if drawn.count(word) < count]
    assert not missing


def test_headers_notes_and_lists_are_drawn_too() -> None:
    source = docx(
        listed("first")
        + listed("inner", 1)
        + f"<w:p><w:r><w:t>noted</w:t></w:r>{note_mark(1)}{note_mark(1, 'endnote')}</w:p>",
        section='<w:headerReference w:type="default" r:id="rIdheader1"/><w:footerReference w:type="default" '
        'r:id="rIdfooter1"/>' + A4,
        parts={
            "numbering": numbering(("decimal", "%1."), ("lowerRoman", "(%2)")),
            "header1": paragraph("running head"),
            "footer1": paragraph("running foot"),
            "footnotes": notes("below the line"),
            "endnotes": notes("at the end", kind="endnote"),
        },
    )
    [text] = pdf_facts.visible_texts(draw(source).pdf)
    for words in ("running head", "running foot", "1. first", "(i) inner", "below the line", "at the end"):
        assert words in " ".join(text.split())


def test_a_footnote_longer_than_a_page_goes_on_over_pages() -> None:
    source = docx(f"<w:p><w:r><w:t>noted</w:t></w:r>{note_mark(1)}</w:p>", parts={"footnotes": notes(f"{LONG} {LONG}")})
    drawn = " ".join(pdf_facts.visible_texts(draw(source).pdf)).split()
    assert all(drawn.count(word) >= 2 for word in LONG.split())


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(paragraph("gone", '<w:ind w:left="20000"/>'), id="an indent beyond the paper"),
        pytest.param(paragraph("gone", '<w:spacing w:line="30000" w:lineRule="exact"/>'), id="a line as tall as two"),
        pytest.param(
            paragraph("gone", '<w:spacing w:line="240" w:lineRule="exact"/>', run='<w:position w:val="2000"/>'),
            id="raised above the paper",
        ),
        pytest.param("<w:p>" + text_box(paragraph(LONG)) + "</w:p>", id="a box with too much text"),
        pytest.param(
            table(row(cell(LONG, '<w:textDirection w:val="btLr"/>'), "b")), id="turned text that is longer than a page"
        ),
    ],
)
def test_what_cannot_stand_inside_a_page_is_refused_with_its_place(body: str) -> None:
    with pytest.raises(ConversionError) as refused:
        draw(docx(paragraph("here") + body))
    [problem] = refused.value.problems
    assert problem.code == "convert.text-lost"
    assert problem.pointer is not None
    assert problem.pointer.startswith(("paragraph 2", "table 1, row 1"))


def test_a_header_taller_than_a_page_is_refused() -> None:
    source = docx(
        paragraph("the text"),
        section=f'<w:headerReference w:type="default" r:id="rIdheader1"/>{A4}',
        parts={"header1": "".join(paragraph(f"head line {number}") for number in range(90))},
    )
    with pytest.raises(ConversionError) as refused:
        draw(source)
    assert {problem.code for problem in refused.value.problems} == {"convert.text-lost"}


def test_a_header_taller_than_its_margin_pushes_the_text_down() -> None:
    head = "".join(paragraph(f"head line {number}") for number in range(12))
    source = docx(
        paragraph("the text"),
        section=f'<w:headerReference w:type="default" r:id="rIdheader1"/>{A4}',
        parts={"header1": head},
    )
    pdf = draw(source).pdf
    last_of_head = pdf_facts.words_at(pdf, 0, "head line 11")
    assert pdf_facts.words_at(pdf, 0, "the text")[3] < last_of_head[1]


def test_text_that_an_exact_row_height_cuts_off_is_refused_with_its_place() -> None:
    short = '<w:trHeight w:val="300" w:hRule="exact"/>'
    with pytest.raises(ConversionError) as refused:
        draw(docx(table(row("one line", "b"), row("Fire safety " * 40, "b", properties=short))))
    [problem] = refused.value.problems
    assert problem.code == "convert.text-cut-off"
    assert problem.pointer is not None
    assert "table 1, row 2" in problem.pointer


def test_a_character_that_no_font_has_is_refused_with_its_place() -> None:
    with pytest.raises(ConversionError) as refused:
        draw(docx(paragraph("fine") + paragraph("a cuneiform sign \U00012000")))
    [problem] = refused.value.problems
    assert problem.code == "convert.missing-character"
    assert "U+12000" in problem.message
    assert "paragraph 2" in (problem.pointer or "")


def test_a_font_that_is_not_at_hand_is_told_and_its_text_is_drawn() -> None:
    drawn = draw(docx(paragraph("in another hand", run='<w:rFonts w:ascii="Papyrus" w:hAnsi="Papyrus"/>')))
    assert [warning.code for warning in drawn.warnings] == ["convert.unknown-font"]
    assert "Papyrus" in drawn.warnings[0].message
    assert "in another hand" in pdf_facts.page_texts(drawn.pdf)[0]


def test_the_proof_finds_a_word_that_is_not_drawn_and_one_that_is_drawn_off_the_page() -> None:
    document, _ = read_document(docx(paragraph("Present words") + paragraph("Absent words")), "report.docx")
    shown = draw(docx(paragraph("Present words"))).pdf
    assert [lost.words for lost in lost_paragraphs(document, page_texts(shown))] == ["Absent words"]

    def push_off(opened: pikepdf.Pdf) -> None:
        page = opened.pages[0]
        page.contents_add(b"1 0 0 1 0 -2000 cm", prepend=True)

    whole = draw(docx(paragraph("Present words") + paragraph("Absent words"))).pdf
    assert lost_paragraphs(document, page_texts(whole)) == []
    assert len(lost_paragraphs(document, page_texts(changed(whole, push_off)))) == 2


def test_ligatures_and_marks_of_direction_are_no_loss() -> None:
    assert "ffi" in squeezed(unicodedata.normalize("NFKC", text_of(docx(paragraph("The o\ufb03ce abc\u200fdef")))))


def text_of(source: bytes) -> str:
    return " ".join(pdf_facts.visible_texts(draw(source).pdf))


def test_the_proof_counts_equal_paragraphs() -> None:
    document, _ = read_document(docx(paragraph("Agreed") * 3), "report.docx")
    assert lost_paragraphs(document, page_texts(draw(docx(paragraph("Agreed") * 3)).pdf)) == []
    assert lost_paragraphs(document, page_texts(draw(docx(paragraph("Agreed") * 2)).pdf))


TEXT = st.text(
    st.characters(min_codepoint=0x20, max_codepoint=0x17F, exclude_characters="\x7f\xad", exclude_categories=["Cc"])
)


@settings(max_examples=25, deadline=None)
@given(st.lists(TEXT.filter(str.strip), min_size=1, max_size=5))
def test_any_text_is_drawn_as_typed(texts: list[str]) -> None:
    drawn = squeezed(" ".join(pdf_facts.visible_texts(draw(docx("".join(map(paragraph, texts)))).pdf)))
    for text in texts:
        assert squeezed(text) in drawn


@pytest.mark.parametrize(
    "text",
    ["#panic()", "*bold* _it_ `raw` $x$", "= Heading", "- item", "// gone", "/* gone */", "@label <label>",
     "\\u{41} \\",
     '"quoted" #"', "https://lyne.example.org/#x", "~ --- ... --", "]{}[(", "<!-- -->", "{{ x }} {% y %}"],
)  # fmt: skip
def test_markup_of_the_compiler_is_only_text(text: str) -> None:
    source = docx(
        paragraph(text, '<w:pStyle w:val="Heading1"/>') + table(row(text, text)) + f"<w:p>{linked(text)}</w:p>"
    )
    drawn = squeezed(" ".join(pdf_facts.visible_texts(draw(source, title=text).pdf)))
    assert drawn.count(squeezed(text)) == 4


def linked(text: str) -> str:
    return f'<w:hyperlink w:anchor="nowhere"><w:r><w:t>{escape(text)}</w:t></w:r></w:hyperlink>'


def squeezed(text: str) -> str:
    """Without blanks and hyphens, at which lines may end."""
    return re.sub(r"[\s\-\u2010\u2011\u00ad\ufffe]", "", text)


def words_of(source: bytes) -> Counter[str]:
    """Every word in the body of a Word file, read with nothing but an XML parser."""
    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        root = ElementTree.fromstring(archive.read("word/document.xml"))
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag.endswith("}Fallback"):
                parent.remove(child)
    texts = [element.text or "" for element in root.iter() if element.tag.endswith("}t")]
    return Counter(squeezed(word) for text in texts for word in text.split())
