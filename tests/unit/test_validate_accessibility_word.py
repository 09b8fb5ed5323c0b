"""What is said of authors' Word files before anything is drawn."""

from __future__ import annotations

from pathlib import Path

import pytest

from docx_parts import docx, field, listed, notes, numbering, paragraph, picture, png, row, table, text_box
from packgen.errors import Problem
from packgen.validate.accessibility.word_files import check_word_file

ONE = '<w:pStyle w:val="Heading1"/>'
THREE = '<w:pStyle w:val="Heading3"/>'
LARGE = '<w:b/><w:sz w:val="30"/>'
SENTENCE = "The committee heard from the officers that the work is on course."
HEADER = "<w:tblHeader/>"
CHART = (
    '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="99" cy="99"/><wp:docPr id="1" name="Chart 4" {}/><a:graphic>'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"/></a:graphic></wp:inline></w:drawing>'
    "</w:r></w:p>"
)


def found(
    tmp_path: Path,
    body: str,
    *,
    title: str = "Appendix A",
    language: str = "en-GB",
    engine: str = "auto",
    **parts: object,
) -> list[Problem]:
    """The warnings on a Word file with this body and the `parts` that `docx` takes."""
    file = tmp_path / "a.docx"
    file.write_bytes(docx(body, **parts))  # type: ignore[arg-type]  # whatever the test gives
    problems = list(check_word_file(file, language=language, title=title, engine=engine))  # type: ignore[arg-type]
    assert all(problem.severity == "warning" and problem.hint for problem in problems)
    assert all((problem.file or "").endswith("a.docx") for problem in problems)
    return problems


def codes(problems: list[Problem]) -> list[str]:
    return [problem.code.removeprefix("access.") for problem in problems]


def coloured(text: str, colour: str, more: str = "", properties: str = "") -> str:
    return paragraph(text, properties, f'{more}<w:color w:val="{colour}"/>')


def shade(colour: str) -> str:
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{colour}"/>'


def link(words: str, relationship: str = "L1") -> str:
    return f'<w:p><w:hyperlink r:id="{relationship}"><w:r><w:t>{words}</w:t></w:r></w:hyperlink></w:p>'


LINKS = {"L1": "https://example.org/1", "L2": "https://example.org/2"}


def spoken(text: str, tag: str) -> str:
    return paragraph(text, run=f'<w:lang w:val="{tag}"/>')


# --- Pictures ---------------------------------------------------------------------------------------


def test_a_picture_without_alternative_text(tmp_path: Path) -> None:
    body = paragraph("The map of the park:") + f"<w:p>{picture(None)}</w:p>"
    (problem,) = found(tmp_path, body, media={"rIdPicture": png()})
    assert (problem.code, problem.pointer) == ("access.picture-alt", 'near "The map of the park:"')
    assert '"Picture 1"' in problem.message
    assert "cannot be built before that" in (problem.hint or "")


def test_libreoffice_alone_does_not_insist_on_alternative_texts(tmp_path: Path) -> None:
    (problem,) = found(tmp_path, f"<w:p>{picture(None)}</w:p>", engine="libreoffice", media={"rIdPicture": png()})
    assert "cannot be built" not in (problem.hint or "")


def test_described_and_decorative_pictures_are_left_in_peace(tmp_path: Path) -> None:
    mark = '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
    decorative = picture(None).replace(
        'name="Picture 1" />', f'name="Picture 1"><a:extLst>{mark}</a:extLst></wp:docPr>'
    )
    assert mark in decorative
    body = f"<w:p>{picture('The park from the north')}</w:p><w:p>{decorative}</w:p>"
    assert found(tmp_path, body, media={"rIdPicture": png()}) == []


@pytest.mark.parametrize("alt", ["IMG_2034.jpg", "A picture containing tree  Description automatically generated"])
def test_alternative_texts_that_nobody_wrote(tmp_path: Path, alt: str) -> None:
    assert codes(found(tmp_path, f"<w:p>{picture(alt)}</w:p>", media={"rIdPicture": png()})) == ["alt-words"]


def test_a_chart_that_only_libreoffice_draws(tmp_path: Path) -> None:
    (problem,) = found(tmp_path, paragraph("Spending") + CHART.format(""))
    assert problem.code == "access.picture-alt"
    assert 'the chart "Chart 4"' in problem.message
    assert found(tmp_path, CHART.format('descr="Spending rose from 2 to 3 million"')) == []


def test_a_text_box_is_heard_without_alternative_text(tmp_path: Path) -> None:
    assert found(tmp_path, f"<w:p>{text_box(paragraph('Words in a box'))}</w:p>") == []


# --- Headings and tables ----------------------------------------------------------------------------


def test_a_heading_level_left_out(tmp_path: Path) -> None:
    (problem,) = found(tmp_path, paragraph("One", ONE) + paragraph("Three", THREE) + paragraph("Again", THREE))
    assert (problem.code, problem.pointer) == ("access.heading-level", 'paragraph 2: "Three"')
    assert "make it a Heading 2" in (problem.hint or "")


def test_a_first_heading_that_is_not_the_highest(tmp_path: Path) -> None:
    (problem,) = found(tmp_path, paragraph("Deep", THREE) + paragraph(SENTENCE) + paragraph("One", ONE))
    assert "the first heading is a Heading 3" in problem.message


def test_lines_that_only_look_like_headings_give_one_warning(tmp_path: Path) -> None:
    body = "".join(paragraph(words, run=LARGE) + paragraph(SENTENCE) for words in ("Background", "Costs"))
    (problem,) = found(tmp_path, body)
    assert (problem.code, problem.pointer) == ("access.bold-heading", "paragraph 1")
    assert problem.message.startswith("2 lines look like headings")
    assert '"Background"' in problem.message


@pytest.mark.parametrize(
    "body",
    [
        paragraph("Background", ONE, LARGE) + paragraph(SENTENCE),
        paragraph("Background", run="<w:b/>") + paragraph(SENTENCE),
        paragraph("This is important.", run=LARGE) + paragraph(SENTENCE),
        paragraph("Lyne Council", run=LARGE) + paragraph("Agenda", run=LARGE),
        paragraph("Large throughout", run=LARGE) + paragraph(SENTENCE, run='<w:sz w:val="30"/>') * 3,
    ],
)
def test_other_bold_lines_are_no_headings(tmp_path: Path, body: str) -> None:
    assert found(tmp_path, body) == []


def test_a_table_without_a_header_row(tmp_path: Path) -> None:
    (problem,) = found(tmp_path, table(row("Ward", "Trees"), row("Lyne", "12")))
    assert (problem.code, problem.pointer) == ("access.table-header", "table 1")
    assert '"Ward, Trees"' in problem.message


BOLD_NAME = paragraph("Clerk", run="<w:b/>"), paragraph("Chair", run="<w:b/>")


@pytest.mark.parametrize(
    "body",
    [
        table(row("Ward", "Trees", properties=HEADER), row("Lyne", "12")),
        table(row("Only one", "row")),
        table(row("One column"), row("of text"), columns=(6000,)),
        table(*(row(name, "Words") for name in BOLD_NAME)),
        table(row("Left", "Right"), row("Lyne", "12")).replace('w:val="single"', 'w:val="nil"'),
    ],
    ids=["header", "one row", "one column", "names at the left", "no lines"],
)
def test_tables_that_need_no_header_row(tmp_path: Path, body: str) -> None:
    assert found(tmp_path, body) == []


def test_a_form_of_merged_cells_is_not_taken_for_columns(tmp_path: Path) -> None:
    wide = '<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + paragraph("Name of the applicant") + "</w:tc>"
    assert found(tmp_path, table(row(wide), row(wide), row("Date", "Time"))) == []


# --- Links ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (link("click here"), "link-words"),
        (link("https://example.org/1/a-long-way"), "link-address"),
        (link("Plan") + link("plan", "L2"), "link-same-words"),
        ("<w:p>" + field('HYPERLINK "https://example.org/x"', "here") + "</w:p>", "link-words"),
        (table(row(link("here"), "Words")), "link-words"),
    ],
)
def test_links_that_say_nothing(tmp_path: Path, body: str, code: str) -> None:
    assert codes(found(tmp_path, body, links=LINKS)) == [code]


def test_links_in_notes_are_heard_too(tmp_path: Path) -> None:
    note = notes("Words").replace("<w:p>", "<w:p>" + field('HYPERLINK "https://example.org/x"', "here"), 1)
    problems = found(tmp_path, paragraph("Words"), parts={"footnotes": note})
    assert codes(problems) == ["link-words"]


def test_good_links_are_left_in_peace(tmp_path: Path) -> None:
    body = link("Council Plan 2026") + link("Council Plan 2026") + link("www.example.org", "L2")
    assert found(tmp_path, body, links=LINKS) == []


# --- Colours ----------------------------------------------------------------------------------------


def test_pale_text_is_told_once_for_each_pair_of_colours(tmp_path: Path) -> None:
    body = coloured("Pale", "5B9BD5") + coloured("Pale again", "5B9BD5") + coloured("Grey", "AAAAAA")
    first, second = found(tmp_path, body)
    assert (first.code, first.pointer) == ("access.contrast", "paragraph 1")
    assert "2.9 to 1" in first.message and '"Pale" (and 1 more piece of text)' in first.message
    assert "grey (#AAAAAA) on white" in second.message


@pytest.mark.parametrize(
    ("body", "ground"),
    [
        (coloured("White", "FFFFFF", shade("F79646")), "orange"),
        (coloured("White", "FFFFFF", properties=shade("F79646")), "orange"),
        (table(row("a", '<w:tc><w:tcPr>' + shade("F79646") + "</w:tcPr>" + coloured("White", "FFFFFF") + "</w:tc>")),
         "orange"),
        (coloured("Red", "FF0000", '<w:highlight w:val="green"/>', shade("FFFFFF")), "green"),
    ],
    ids=["run", "paragraph", "cell", "highlight over paragraph"],
)  # fmt: skip
def test_shading_is_what_text_stands_on(tmp_path: Path, body: str, ground: str) -> None:
    (problem,) = found(tmp_path, body)
    assert f"on {ground} (" in problem.message


def test_the_remedy_fits_the_side_that_is_lighter(tmp_path: Path) -> None:
    light, dark = found(tmp_path, coloured("a", "FFFFFF", shade("F79646")) + coloured("b", "7F7F7F"))
    assert light.hint == "choose a lighter font colour or a darker shading in Word"
    assert dark.hint == "choose a darker font colour in Word"


@pytest.mark.parametrize(
    "body",
    [
        coloured("Dark enough", "767676"),
        coloured("Large", "909090", '<w:sz w:val="36"/>'),
        coloured("Large and bold", "909090", '<w:b/><w:sz w:val="28"/>'),
        coloured("White on blue", "FFFFFF", properties=shade("1D4F6E")),
        paragraph("Automatic on black", shade("000000")),
        coloured("   ", "FEFEFE"),
        coloured("Hidden", "FEFEFE", "<w:vanish/>"),
    ],
)
def test_text_that_stands_out(tmp_path: Path, body: str) -> None:
    assert found(tmp_path, body) == []


def test_heads_of_pages_are_seen_too(tmp_path: Path) -> None:
    section = '<w:headerReference w:type="default" r:id="rIdheader1"/>'
    problems = found(tmp_path, paragraph("Words"), parts={"header1": coloured("Pale", "CCCCCC")}, section=section)
    assert codes(problems) == ["contrast"]


# --- Languages --------------------------------------------------------------------------------------

WELSH = "Mae'r cyngor wedi cytuno ar y cynllun ac yn ei gyhoeddi heddiw."


def test_english_marked_as_another_language_throughout(tmp_path: Path) -> None:
    (problem,) = found(tmp_path, spoken("The council has agreed the plan.", "de-DE"))
    assert problem.code == "access.language"
    assert problem.message == "the text is marked as German, but reads like English"


def test_a_document_in_another_language_is_told_until_its_title_says_so(tmp_path: Path) -> None:
    (problem,) = found(tmp_path, spoken(WELSH, "cy-GB"))
    assert problem.message == "the text is marked as Welsh, and the pack is in English"
    assert found(tmp_path, spoken(WELSH, "cy-GB"), title="Summary (Welsh)") == []
    assert found(tmp_path, spoken(WELSH, "cy-GB"), language="cy") == []


def test_words_that_word_took_for_another_language_are_told_once(tmp_path: Path) -> None:
    body = paragraph(SENTENCE) + spoken("Councillor Smith", "fr-FR") + spoken("asked about the pool", "fr-FR")
    (problem,) = found(tmp_path, body)
    assert problem.pointer == 'paragraph 2: "Councillor Smith"'
    assert "marked as French" in problem.message and '"Councillor Smith asked about the pool"' in problem.message


@pytest.mark.parametrize(
    "piece",
    [spoken("Color and labor", "en-US"), spoken("12 / 34", "fr-FR"), spoken(WELSH, "cy-GB"), spoken("x", "zxx")],
)
def test_other_marks_of_language_are_no_finding(tmp_path: Path, piece: str) -> None:
    assert found(tmp_path, paragraph(SENTENCE) * 3 + piece) == []


# --- Files ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 locked"])
def test_files_that_cannot_be_read_are_passed_over(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(data)
    assert list(check_word_file(file, language="en-GB", title="", engine="auto")) == []


def test_lists_and_words_that_the_engine_does_not_draw_do_not_disturb(tmp_path: Path) -> None:
    equation = "<w:p><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath></w:p>"
    body = equation + listed("One") + coloured("Pale", "CCCCCC")
    assert codes(found(tmp_path, body, parts={"numbering": numbering(("decimal", "%1."))})) == ["contrast"]


def test_a_file_full_of_faults_gives_a_handful_of_each(tmp_path: Path) -> None:
    problems = found(tmp_path, "".join(table(row("Ward", "Trees"), row("Lyne", "1")) + paragraph("") for _ in range(9)))
    assert len(problems) == 5
    assert problems[-1].message.endswith("(and 4 more like this in the file)")
