"""The built-in engine: Word files that try to lose, hide or smuggle something. Each was once a way to do it."""

from __future__ import annotations

import pytest

from packgen.convert.proof import lost_paragraphs, page_texts
from packgen.convert.read.document import read_document
from packgen.errors import ConversionError
from tests import pdf_facts
from tests.docx_parts import (
    A4,
    cell,
    docx,
    draw,
    listed,
    note_mark,
    notes,
    numbering,
    paragraph,
    picture,
    png,
    row,
    table,
    text_box,
)

HEADER = f'<w:headerReference w:type="default" r:id="rIdheader1"/>{A4}'
RUN = "<w:r><w:t>LOST</w:t></w:r>"


def text(source: bytes) -> str:
    return " ".join(pdf_facts.page_texts(draw(source).pdf))


@pytest.mark.parametrize(
    "code",
    ['en"; panic("owned")', 'en",x:panic("owned"))', "en-\\", '"', "x" * 200],
    ids=["a call", "an argument", "a backslash", "a quote", "a long word"],
)
def test_a_language_is_never_read_as_code(code: str) -> None:
    language = code.replace('"', "&quot;")
    assert "plain words" in text(docx(paragraph("plain words", run=f'<w:lang w:val="{language}"/>')))


def test_a_colour_is_never_read_as_code() -> None:
    shading = '<w:shd w:val="clear" w:fill="&quot;)+x("/>'
    red = '<w:color w:val="zz&quot;)]["/>'
    assert "words" in text(docx(paragraph("words", run=red) + paragraph("x", shading)))


def test_a_notes_identifier_is_never_read_as_code() -> None:
    mark = '<w:r><w:endnoteReference w:id="1&gt;]#panic()"/></w:r>'
    note = f'<w:endnote w:id="1&gt;]#panic()">{paragraph("noted")}</w:endnote>'
    assert "noted" in text(docx(f"<w:p><w:r><w:t>a</w:t></w:r>{mark}</w:p>", parts={"endnotes": note}))


@pytest.mark.parametrize("where", ["header1", "footnotes"])
def test_text_in_an_unknown_element_is_refused_in_every_part(where: str) -> None:
    strange = f"<w:strange><w:p>{RUN}</w:p></w:strange>"
    parts = {
        "header1": strange if where == "header1" else paragraph("head"),
        "footnotes": notes("a note") if where == "header1" else f'<w:footnote w:id="1">{strange}</w:footnote>',
    }
    source = docx(f"<w:p><w:r><w:t>a</w:t></w:r>{note_mark(1)}</w:p>", section=HEADER, parts=parts)
    with pytest.raises(ConversionError, match="LOST"):
        draw(source)


def test_what_only_older_programs_are_told_is_read_where_newer_ones_are_told_nothing() -> None:
    only = f"<mc:AlternateContent><mc:Fallback><w:p>{RUN}</w:p></mc:Fallback></mc:AlternateContent>"
    assert "LOST" in text(docx(only))
    both = f'<mc:AlternateContent><mc:Choice Requires="wps"/><mc:Fallback>{RUN}</mc:Fallback></mc:AlternateContent>'
    with pytest.raises(ConversionError, match="LOST"):
        draw(docx(f"<w:p>{both}</w:p>"))


def test_a_field_that_never_ends_hides_nothing() -> None:
    broken = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r>' + RUN + "</w:p>"
    )
    with pytest.raises(ConversionError, match="never ends"):
        draw(docx(broken))


def test_an_endnote_that_begins_with_a_table_is_drawn_whole_and_proved() -> None:
    note = f'<w:endnote w:id="1">{table(row("first", "second"))}{paragraph("then")}</w:endnote>'
    source = docx(f"<w:p><w:r><w:t>a</w:t></w:r>{note_mark(1, 'endnote')}</w:p>", parts={"endnotes": note})
    drawn = text(source)
    assert all(word in drawn for word in ("first", "second", "then"))
    document, _ = read_document(source, "report.docx")
    without = page_texts(draw(docx(paragraph("a"))).pdf)
    assert lost_paragraphs(document, without)


def test_hidden_rows_and_drawings_stay_hidden() -> None:
    hidden = row("SECRET", "b", properties="<w:hidden/>")
    assert "SECRET" not in text(docx(table(row("seen", "b"), hidden)))
    shown = picture("A map").replace('name="Picture 1"', 'name="Picture 1" hidden="1"')
    pdf = draw(docx(f"<w:p>{shown}</w:p>" + paragraph("x"), media={"rIdPicture": png()})).pdf
    assert not [tag for tag in pdf_facts.tags(pdf) if tag.role == "Figure"]


def test_a_cell_tracked_as_deleted_is_refused() -> None:
    with pytest.raises(ConversionError, match="tracked"):
        draw(docx(table(row(cell("GONE", "<w:cellDel/>"), "b"))))


def test_words_from_right_to_left_are_refused_with_their_place() -> None:
    with pytest.raises(ConversionError) as refused:
        draw(docx(paragraph("before") + paragraph("\u05e9\u05dc\u05d5\u05dd a")))
    assert "paragraph 2" in (refused.value.problems[0].pointer or "")


@pytest.mark.parametrize("code", ["ZZ", "FFFFFFFFFF", "D800", ""])
def test_a_symbol_that_is_none_is_refused(code: str) -> None:
    with pytest.raises(ConversionError):
        draw(docx(f'<w:p><w:r><w:sym w:font="Arial" w:char="{code}"/></w:r></w:p>'))


def test_a_text_box_with_a_border_is_drawn() -> None:
    line = '</a:xfrm><a:ln w="12700"><a:solidFill><a:srgbClr val="FF0000"/></a:solidFill></a:ln>'
    boxed = text_box(paragraph("boxed words")).replace("</a:xfrm>", line)
    assert "boxed words" in text(docx(f"<w:p>{boxed}</w:p>"))


def test_two_pictures_of_one_name_stay_two() -> None:
    body = f"<w:p>{picture('One', 'rIdA')}</w:p><w:p>{picture('Two', 'rIdB')}</w:p>"
    document, _ = read_document(docx(body, media={"rIdA": png(), "rIdB": png(20, 40)}), "report.docx")
    assert len(document.files) == 2


def test_a_long_word_in_small_capitals_or_held_by_blanks_is_broken() -> None:
    small = paragraph("christopherfeatherstonehaughlancashire" * 2, run="<w:smallCaps/>")
    held = paragraph("one\u00a0two\u00a0three\u00a0four\u00a0five\u00a0six\u00a0seven")
    pdf = draw(docx(table(row(cell(small, width=2000), cell(held, width=2000)), columns=(2000, 2000)))).pdf
    assert "one" in " ".join(pdf_facts.page_texts(pdf))


def test_what_the_proof_misses_on_the_page_is_refused() -> None:
    label = "A label that is far longer than the whole line, and then goes on until it runs off the paper " * 2
    lists = numbering(("decimal", f"{label}%1"))
    with pytest.raises(ConversionError) as refused:
        draw(docx(listed("the words"), parts={"numbering": lists}))
    assert {problem.code for problem in refused.value.problems} == {"convert.text-lost"}


@pytest.mark.parametrize("inner", ["<m:t>x</m:t>", "<a:t>x</a:t>", '<w:sym w:font="Arial" w:char="0041"/>'])
def test_an_unknown_element_that_says_something_is_refused(inner: str) -> None:
    with pytest.raises(ConversionError, match="does not know"):
        draw(docx(f"<w:p><w:r><w:strange>{inner}</w:strange></w:r></w:p>"))
