"""The built-in engine: what Word says of numbers, tables, pages, notes and links is what the PDF shows and tells."""

from __future__ import annotations

import pypdfium2
import pytest

from packgen.convert.read.number_formats import formatted
from tests import pdf_facts
from tests.docx_parts import (
    A4,
    STYLES,
    cell,
    docx,
    draw,
    field,
    listed,
    note_mark,
    notes,
    numbering,
    paragraph,
    picture,
    png,
    row,
    table,
)

HEADER = "<w:tblHeader/>"
LANDSCAPE = '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1134" w:right="1134" '
LANDSCAPE += 'w:bottom="1134" w:left="1134" w:header="708" w:footer="708" w:gutter="0"/>'


def text(pdf: bytes) -> str:
    return " ".join(pdf_facts.page_texts(pdf))


def roles(pdf: bytes) -> list[str]:
    return [tag.role.removeprefix("/") for tag in pdf_facts.tags(pdf)]


# --- Numbers ----------------------------------------------------------------------------------------


def test_numbers_run_on_restart_below_and_start_over_in_a_new_list() -> None:
    levels = numbering(("decimal", "%1."), ("lowerLetter", "%2)"), ("lowerRoman", "(%3)"), start=17)
    body = (
        listed("alpha")
        + listed("beta", 1)
        + listed("gamma", 1)
        + listed("delta", 2)
        + paragraph("A heading between", '<w:pStyle w:val="Heading1"/>')
        + listed("epsilon")
        + listed("zeta", 1)
        + listed("eta", 0, num_id=2)
    )
    drawn = text(draw(docx(body, parts={"numbering": levels})).pdf)
    for words in ("17. alpha", "a) beta", "b) gamma", "(i) delta", "18. epsilon", "a) zeta", "1. eta"):
        assert words in drawn


@pytest.mark.parametrize("label", ["", " ", "\u200b", "\u00ad"])
def test_a_level_whose_label_shows_nothing_goes_on_with_the_item_above(label: str) -> None:
    parts = {"numbering": numbering(("decimal", "%1."), ("none", label))}
    drawn = draw(docx(listed("Oak") + listed("Ash", 1) + listed("Elm"), parts=parts))
    assert "".join(drawn.page_texts).split() == ["1.", "Oak", "Ash", "2.", "Elm"]
    roles = [tag.role for tag in pdf_facts.tags(drawn.pdf)]
    assert (roles.count("L"), roles.count("LI")) == (1, 2)


def test_a_label_can_name_all_levels_above_it() -> None:
    levels = numbering(("decimal", "%1"), ("decimal", "%1.%2"), ("decimal", "%1.%2.%3"))
    body = listed("one") + listed("two", 1) + listed("three", 2) + listed("four", 2) + listed("five", 1)
    drawn = text(draw(docx(body, parts={"numbering": levels})).pdf)
    assert "1 one 1.1 two 1.1.1 three 1.1.2 four 1.2 five" in drawn


@pytest.mark.parametrize(
    ("value", "kind", "expected"),
    [
        (1, "decimal", "1"),
        (7, "decimalZero", "07"),
        (28, "lowerLetter", "bb"),
        (4, "upperLetter", "D"),
        (1994, "upperRoman", "MCMXCIV"),
        (9, "lowerRoman", "ix"),
        (3, "ordinal", "3rd"),
        (12, "ordinal", "12th"),
        (21, "ordinalText", "Twenty-first"),
        (42, "cardinalText", "Forty-two"),
        (3, "none", ""),
    ],
)
def test_numbers_are_written_as_word_writes_them(value: int, kind: str, expected: str) -> None:
    assert formatted(value, kind) == expected


def test_lists_are_tagged_as_lists_inside_the_items_they_belong_to() -> None:
    levels = numbering(("decimal", "%1."), ("lowerLetter", "%2)"))
    pdf = draw(docx(listed("one") + listed("two", 1) + listed("three"), parts={"numbering": levels})).pdf
    tags = [(tag.depth, tag.role.removeprefix("/"), tag.text) for tag in pdf_facts.tags(pdf)]
    depth = next(depth for depth, role, _ in tags if role == "L")
    assert [each for each in tags if each[1] in {"L", "LI", "Lbl"}] == [
        (depth, "L", ""),
        (depth + 1, "LI", ""),
        (depth + 2, "Lbl", "1."),
        (depth + 3, "L", ""),
        (depth + 4, "LI", ""),
        (depth + 5, "Lbl", "a)"),
        (depth + 1, "LI", ""),
        (depth + 2, "Lbl", "2."),
    ]


# --- Tables -----------------------------------------------------------------------------------------


def test_header_rows_are_repeated_on_each_page_and_tagged_once() -> None:
    rows = [row(f"left {number}", "right") for number in range(80)]
    pdf = draw(docx(table(row("Date", "Title", properties=HEADER), *rows))).pdf
    pages = pdf_facts.page_texts(pdf)
    assert len(pages) > 1
    assert all(page.startswith("Date Title") for page in pages)
    headers = [tag for tag in pdf_facts.tags(pdf) if tag.role == "TH"]
    assert len(headers) == 2
    assert pdf_facts.spoken(pdf).count("Date Title") == 1


def test_merged_cells_keep_their_place_on_the_grid() -> None:
    body = table(
        row(cell("wide", '<w:gridSpan w:val="2"/>', 4000), cell("far", width=2000)),
        row(cell("tall", '<w:vMerge w:val="restart"/>', 2000), cell("b", width=2000), cell("c", width=2000)),
        row(cell("", "<w:vMerge/>", 2000), cell("d", width=2000), cell("e", width=2000)),
        columns=(2000, 2000, 2000),
    )
    pdf = draw(docx(body)).pdf
    left = {words: pdf_facts.words_at(pdf, 0, words)[0] for words in ("wide", "tall", "b", "d", "far", "c", "e")}
    assert left["wide"] == pytest.approx(left["tall"], abs=0.5)
    assert left["b"] == pytest.approx(left["d"], abs=0.5)
    assert left["b"] - left["tall"] == pytest.approx(100, abs=1)
    assert left["far"] == pytest.approx(left["c"], abs=1) == pytest.approx(left["e"], abs=1)
    assert roles(pdf).count("TD") == 7


def test_a_row_that_may_not_split_goes_to_the_next_page_whole() -> None:
    filler = "".join(paragraph("filler") for _ in range(34))
    tall = "".join(paragraph(f"line {number}") for number in range(12))
    split = draw(docx(filler + table(row(cell(tall), "b")))).pdf
    whole = draw(docx(filler + table(row(cell(tall), "b", properties="<w:cantSplit/>")))).pdf
    assert "line 0" in pdf_facts.page_texts(split)[0]
    assert "line 0" not in pdf_facts.page_texts(whole)[0]
    assert "line 0" in pdf_facts.page_texts(whole)[1]


def test_a_header_row_with_a_note_or_link_is_drawn_and_told() -> None:
    linked = '<w:p><w:hyperlink r:id="rIdA"><w:r><w:t>guide</w:t></w:r></w:hyperlink></w:p>'
    drawn = draw(
        docx(table(row(cell(linked), "b", properties=HEADER), row("c", "d")), links={"rIdA": "https://x.example.org"})
    )
    assert "guide" in text(drawn.pdf)
    assert any("header row" in warning.message for warning in drawn.warnings)
    noted = f"<w:p><w:r><w:t>Rate</w:t></w:r>{note_mark(1)}</w:p>"
    drawn = draw(
        docx(table(row(cell(noted), "b", properties=HEADER), row("c", "d")), parts={"footnotes": notes("Per head.")})
    )
    assert "Per head." in text(drawn.pdf)
    assert any("header row" in warning.message for warning in drawn.warnings)


def test_lines_and_shading_of_a_cell_are_drawn() -> None:
    shaded = cell(
        "a", '<w:tcBorders><w:bottom w:val="single" w:sz="24" w:color="FF0000"/></w:tcBorders><w:shd w:fill="00FF00"/>'
    )
    pdf = draw(docx(table(row(shaded, "b")))).pdf
    picture_of_page = pypdfium2.PdfDocument(pdf)[0].render(scale=2).to_pil().convert("RGB")
    colours = {colour for _, colour in picture_of_page.getcolors(1 << 20)}
    assert (255, 0, 0) in colours
    assert (0, 255, 0) in colours


# --- Pages ------------------------------------------------------------------------------------------


def test_a_section_has_paper_margins_and_page_numbers_of_its_own() -> None:
    footer = {"footer1": "<w:p><w:r><w:t>leaf </w:t></w:r>" + field("PAGE \\* roman", "1") + "</w:p>"}
    reference = '<w:footerReference w:type="default" r:id="rIdfooter1"/>'
    first = paragraph("upright", f"<w:sectPr>{reference}{A4}</w:sectPr>")
    pdf = draw(
        docx(first + paragraph("across"), section=f'{reference}{LANDSCAPE}<w:pgNumType w:start="4"/>', parts=footer)
    ).pdf
    assert pdf_facts.page_sizes(pdf) == [(595, 842), (842, 595)]
    assert pdf_facts.page_texts(pdf) == ["upright leaf i", "across leaf iv"]
    assert pdf_facts.words_at(pdf, 1, "across")[0] == pytest.approx(56.7, abs=1.5)


def test_first_and_even_pages_have_their_own_headers() -> None:
    references = "".join(
        f'<w:headerReference w:type="{kind}" r:id="rIdheader{number}"/>'
        for number, kind in enumerate(("default", "first", "even"), 1)
    )
    pages = '<w:r><w:br w:type="page"/></w:r>'.join(f"<w:r><w:t>page {name}</w:t></w:r>" for name in "ABC")
    source = docx(
        f"<w:p>{pages}</w:p>",
        section=f"{references}{A4}<w:titlePg/>",
        parts={
            "header1": paragraph("odd head"),
            "header2": paragraph("first head"),
            "header3": paragraph("even head"),
            "settings": "<w:evenAndOddHeaders/>",
        },
    )
    assert pdf_facts.page_texts(draw(source).pdf) == ["first head page A", "even head page B", "odd head page C"]


def test_page_headers_are_not_part_of_what_is_read_out() -> None:
    source = docx(
        paragraph("the text"),
        section=f'<w:headerReference w:type="default" r:id="rIdheader1"/>{A4}',
        parts={"header1": paragraph("running head")},
    )
    pdf = draw(source).pdf
    assert "running head" in text(pdf)
    assert pdf_facts.spoken(pdf) == "the text"


def test_a_heading_is_never_alone_at_the_foot_of_a_page() -> None:
    for lines in range(30, 48):
        body = "".join(paragraph("filler") for _ in range(lines))
        pdf = draw(
            docx(body + paragraph("The heading", '<w:pStyle w:val="Heading1"/>') + paragraph("What follows it"))
        ).pdf
        pages = pdf_facts.page_texts(pdf)
        assert any("The heading What follows it" in page for page in pages), lines


def test_page_break_before_starts_a_page() -> None:
    pages = pdf_facts.page_texts(draw(docx(paragraph("one") + paragraph("two", "<w:pageBreakBefore/>"))).pdf)
    assert pages == ["one", "two"]


def test_lines_stand_as_far_apart_as_word_puts_them() -> None:
    body = "".join(
        paragraph(f"line {number}", '<w:spacing w:after="0" w:line="360" w:lineRule="auto"/>') for number in range(3)
    )
    pdf = draw(docx(body)).pdf
    tops = [pdf_facts.words_at(pdf, 0, f"line {number}")[3] for number in range(3)]
    # Arial's lines are 1.149 times its size; here 11 pt, one and a half lines.
    assert tops[0] - tops[1] == pytest.approx(11 * 1.149 * 1.5, abs=0.1)
    assert tops[1] - tops[2] == pytest.approx(11 * 1.149 * 1.5, abs=0.1)


def test_tabs_go_to_their_stops_with_leaders() -> None:
    stops = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="8000"/></w:tabs>'
    body = f"<w:p><w:pPr>{stops}</w:pPr><w:r><w:t>Chapter</w:t><w:tab/><w:t>42</w:t></w:r></w:p>"
    pdf = draw(docx(body)).pdf
    assert pdf_facts.words_at(pdf, 0, "42")[2] == pytest.approx(72 + 400, abs=1)
    assert "....." in text(pdf)
    assert "....." not in pdf_facts.spoken(pdf)


# --- Notes, links, pictures, headings ---------------------------------------------------------------


def test_a_tab_behind_the_end_of_its_line_goes_to_the_first_stop_of_the_next() -> None:
    """As in Word; what stands behind a stop that is full goes on to further lines."""
    many = "".join(f"<w:t>t{number}</w:t><w:tab/>" for number in range(14))
    stop = '<w:pPr><w:tabs><w:tab w:val="left" w:pos="8000"/></w:tabs></w:pPr>'
    pdf = draw(
        docx(
            f"<w:p><w:r>{many}</w:r></w:p><w:p>{stop}<w:r><w:t>{'words ' * 20}</w:t><w:tab/><w:t>tail</w:t></w:r></w:p>"
        )
    ).pdf
    first, second = pdf_facts.words_at(pdf, 0, "t1 "), pdf_facts.words_at(pdf, 0, "t13")
    assert second[0] == pytest.approx(first[0], abs=0.1)
    assert second[1] < first[1] - 10
    assert pdf_facts.words_at(pdf, 0, "tail")[0] == pytest.approx(72 + 400, abs=0.5)


def test_footnotes_stand_on_the_page_of_their_mark_with_its_number() -> None:
    body = f"<w:p><w:r><w:t>First</w:t></w:r>{note_mark(1)}</w:p>" + paragraph("Other page", "<w:pageBreakBefore/>")
    body += f"<w:p><w:r><w:t>Second</w:t></w:r>{note_mark(2)}</w:p>"
    pdf = draw(docx(body, parts={"footnotes": notes("About the first.", "About the second.")})).pdf
    pages = pdf_facts.page_texts(pdf)
    assert "1 About the first." in pages[0]
    assert "2 About the second." in pages[1]
    assert roles(pdf).count("Note") == 2


def test_links_lead_where_the_word_file_says() -> None:
    body = (
        '<w:p><w:hyperlink r:id="rIdA"><w:r><w:t>the web</w:t></w:r></w:hyperlink></w:p>'
        '<w:p><w:hyperlink w:anchor="place"><w:r><w:t>the place</w:t></w:r></w:hyperlink></w:p>'
        '<w:p><w:pPr><w:pageBreakBefore/></w:pPr><w:bookmarkStart w:id="1" w:name="place"/><w:bookmarkEnd w:id="1"/>'
        "<w:r><w:t>Here it is</w:t></w:r></w:p>"
    )
    links = pdf_facts.links(draw(docx(body, links={"rIdA": "https://www.lyne.example.org/a?b=c#d"})).pdf)
    assert [(link.address, link.target_index) for link in links] == [
        ("https://www.lyne.example.org/a?b=c#d", None),
        (None, 1),
    ]


def test_a_link_to_a_missing_place_is_told_and_its_text_drawn() -> None:
    drawn = draw(docx('<w:p><w:hyperlink w:anchor="gone"><w:r><w:t>see there</w:t></w:r></w:hyperlink></w:p>'))
    assert "see there" in text(drawn.pdf)
    assert '"gone"' in drawn.warnings[0].message


def test_pictures_speak_their_alternative_text() -> None:
    pdf = draw(docx(f"<w:p>{picture('A bar chart of fires by year')}</w:p>", media={"rIdPicture": png()})).pdf
    [figure] = [tag for tag in pdf_facts.tags(pdf) if tag.role == "Figure"]
    assert figure.alt == "A bar chart of fires by year"


def test_a_heading_of_the_size_of_the_text_is_no_larger_than_the_text() -> None:
    pdf = draw(docx(paragraph("Above", '<w:pStyle w:val="Heading1"/>', '<w:b w:val="0"/>') + paragraph("Above"))).pdf
    heading, text = pdf_facts.places_of(pdf, 0, "Above")
    assert heading[2] - heading[0] == pytest.approx(text[2] - text[0], abs=0.2)


def test_skipped_heading_levels_are_mended_and_told() -> None:
    body = paragraph("One", '<w:pStyle w:val="Heading1"/>') + paragraph("Three", '<w:pStyle w:val="Heading3"/>')
    drawn = draw(docx(body))
    assert [role for role in roles(drawn.pdf) if role in {"H1", "H2", "H3"}] == ["H1", "H2"]
    assert [warning.code for warning in drawn.warnings] == ["convert.heading-level"]


def test_styles_inherit_and_direct_formatting_wins() -> None:
    styles = STYLES + (
        '<w:style w:type="paragraph" w:styleId="Big"><w:name w:val="Big"/><w:basedOn w:val="Normal"/>'
        '<w:rPr><w:b/><w:sz w:val="40"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Bigger"><w:name w:val="Bigger"/><w:basedOn w:val="Big"/></w:style>'
    )
    body = paragraph("Inherited", '<w:pStyle w:val="Bigger"/>')
    body += paragraph("Own", '<w:pStyle w:val="Bigger"/>', '<w:b w:val="0"/><w:sz w:val="20"/>')
    pdf = draw(docx(body, styles=styles)).pdf
    _, bottom, _, top = pdf_facts.words_at(pdf, 0, "Inherited")
    own = pdf_facts.words_at(pdf, 0, "Own")
    assert (top - bottom) / (own[3] - own[1]) == pytest.approx(2, abs=0.3)


def test_the_same_file_gives_the_same_bytes() -> None:
    source = docx(listed("one") + table(row("a", "b")), parts={"numbering": numbering(("decimal", "%1."))})
    assert draw(source).pdf == draw(source).pdf


def test_a_title_and_language_are_in_the_file() -> None:
    pdf = draw(docx(paragraph("x")), title="Tree & Shrub <Report>").pdf
    assert pdf_facts.information(pdf)["/Title"] == "Tree & Shrub <Report>"
    assert pdf_facts.catalog(pdf)["/Lang"] == "en-GB"


# --- Words and lines that are too long ---------------------------------------------------------------


def test_a_word_longer_than_its_cell_is_broken_and_stays_in_it() -> None:
    address = "regulatory.services.and.community.safety@westmarch.example.org"
    body = table(row(cell(address, width=1600), cell("01632 960123", width=1600)), columns=(1600, 1600))
    pdf = draw(docx(body)).pdf
    assert pdf_facts.words_at(pdf, 0, "regulatory")[2] < pdf_facts.words_at(pdf, 0, "01632")[0]
    assert address in text(pdf).replace(" ", "").replace("\u200b", "")
    drawn = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    boxes = [drawn.get_charbox(index) for index in range(drawn.count_chars())]
    letters = drawn.get_text_range()
    assert max(box[2] for box, letter in zip(boxes, letters, strict=False) if letter == "e") < 72 + 160


def test_a_word_longer_than_the_line_does_not_run_off_the_page() -> None:
    pdf = draw(docx(paragraph("x" * 300) + paragraph("https://www.westmarch.example.org/" + "a/" * 120))).pdf
    drawn = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    assert max(drawn.get_charbox(index)[2] for index in range(drawn.count_chars())) < 595 - 70
    assert text(pdf).count("x") >= 300


def test_a_word_that_fits_is_left_alone() -> None:
    assert "\u200b" not in pdf_facts.spoken(draw(docx(paragraph("ordinary words, antidisestablishmentarianism"))).pdf)


def test_a_line_whose_tab_stops_lie_behind_the_margin_is_not_broken() -> None:
    stops = '<w:tabs><w:tab w:val="center" w:pos="4600"/><w:tab w:val="right" w:pos="9700"/></w:tabs>'
    runs = "<w:r><w:t>Left</w:t><w:tab/><w:t>Centre</w:t><w:tab/><w:t>Right</w:t></w:r>"
    pdf = draw(docx(f"<w:p><w:pPr>{stops}</w:pPr>{runs}</w:p>")).pdf
    left, centre, right = (pdf_facts.words_at(pdf, 0, words) for words in ("Left", "Centre", "Right"))
    assert left[1] == pytest.approx(centre[1], abs=3) == pytest.approx(right[1], abs=3)
    assert right[2] == pytest.approx(72 + 485, abs=1.5)


def test_a_label_has_its_own_look_whatever_the_words_behind_it_have() -> None:
    levels = numbering(("decimal", "%1."))
    numbered = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    red = f'<w:p>{numbered}<w:r><w:rPr><w:b/><w:color w:val="FF0000"/></w:rPr><w:t>warning</w:t></w:r></w:p>'
    page = pypdfium2.PdfDocument(draw(docx(red, parts={"numbering": levels})).pdf)[0]
    left = page.render(scale=3, crop=(72, 0, 497, 0)).to_pil().convert("RGB")
    right = page.render(scale=3, crop=(100, 0, 300, 0)).to_pil().convert("RGB")
    assert not any(colour[0] > 200 and colour[1] < 100 for _, colour in left.getcolors(1 << 20))
    assert any(colour[0] > 200 and colour[1] < 100 for _, colour in right.getcolors(1 << 20))


def test_a_range_of_pages_is_not_broken_behind_its_hyphen() -> None:
    for filler in range(50, 80):
        line = "x" * 8 + " " + "i" * filler + " 26, 91\u00a0-\u00a094) end"
        pdf = draw(docx(paragraph(line, '<w:ind w:right="5000"/>'))).pdf
        assert pdf_facts.words_at(pdf, 0, "91")[1] == pytest.approx(pdf_facts.words_at(pdf, 0, "94)")[1], abs=4)


def test_the_empty_line_that_must_follow_a_table_in_a_cell_takes_no_room() -> None:
    """As in Word and LibreOffice; a line with words in it, or a second one, does."""
    inner = table(row("inner"), columns=(1500,))

    def below(closing: str) -> float:
        return pdf_facts.words_at(draw(docx(table(row(cell(inner + closing))) + paragraph("below"))).pdf, 0, "below")[3]

    line = below(paragraph("")) - below(paragraph("") * 2)
    assert line == pytest.approx(2 * (11 * 1.149 + 6), abs=0.3)
    spaced = below(paragraph("", '<w:spacing w:before="600" w:after="600"/>'))
    assert spaced == pytest.approx(below(paragraph("")), abs=0.1)


@pytest.mark.parametrize("side", ["center", "right"])
def test_indents_count_where_lines_are_centred_or_stand_at_the_right(side: str) -> None:
    words = " ".join(f"w{number}" for number in range(60))
    pdf = draw(
        docx(paragraph(words, f'<w:ind w:left="2000" w:right="1000" w:firstLine="600"/><w:jc w:val="{side}"/>'))
    ).pdf
    lefts = [pdf_facts.words_at(pdf, 0, f"w{number} ")[0] for number in range(59)]
    rights = [pdf_facts.words_at(pdf, 0, f"w{number} ")[2] for number in range(59)]
    assert min(lefts) >= 72 + 100
    assert max(rights) <= 595.3 - 72 - 50 + 3.5  # the blank at the end of a line hangs out of it
    assert lefts[0] >= 72 + 100 + (30 if side == "center" else 0) / 2


def test_figures_stand_at_a_decimal_stop_of_their_cell_without_a_tab() -> None:
    stop = '<w:tabs><w:tab w:val="decimal" w:pos="1500"/></w:tabs>'
    rows = [row(paragraph(figure, stop)) for figure in ("1.25", "128.5", "7")]
    pdf = draw(docx(table(*rows, columns=(3000,)))).pdf
    points = [pdf_facts.words_at(pdf, 0, figure)[0] for figure in (".25", ".5")]
    assert points[0] == pytest.approx(points[1], abs=0.3)
    assert pdf_facts.words_at(pdf, 0, "7")[2] == pytest.approx(points[0], abs=2)


def test_letters_of_a_label_can_make_its_line_taller() -> None:
    def second_line(font: str) -> float:
        level = numbering(("bullet", "o")).replace(
            "</w:lvl>", f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr></w:lvl>', 1
        )
        return pdf_facts.words_at(
            draw(docx(listed("first") + paragraph("below"), parts={"numbering": level})).pdf, 0, "below"
        )[3]

    assert second_line("Arial") - second_line("Courier New") == pytest.approx(11 * (0.3 - 0.212), abs=0.15)
