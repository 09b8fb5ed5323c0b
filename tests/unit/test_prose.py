from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packgen.prose import check_prose, parse_prose, plain_text
from packgen.prose.tree import (
    Emphasis,
    Figure,
    FootnoteReference,
    Heading,
    InlinePicture,
    LineBreak,
    Link,
    ListBlock,
    Paragraph,
    Quotation,
    Strong,
    Table,
    Text,
    ThematicBreak,
)


def only_block(text: str):
    (block,) = parse_prose(text).blocks
    return block


def codes(text: str, **options) -> list[str]:
    return [problem.code for problem in check_prose(parse_prose(text), **options)]


# --- Reading ----------------------------------------------------------------------------------------


def test_words_and_marks_of_a_paragraph():
    block = only_block("Up by **12%** in the\nyear, *see* [the plan](https://a.example.org 'Plan').\\\nNext")
    assert block == Paragraph(
        (
            Text("Up by "),
            Strong((Text("12%"),)),
            Text(" in the year, "),
            Emphasis((Text("see"),)),
            Text(" "),
            Link((Text("the plan"),), "https://a.example.org", "Plan"),
            Text("."),
            LineBreak(),
            Text("Next"),
        ),
        1,
    )


@pytest.mark.parametrize("typed", ["<name withheld>", "Smith & Sons <br>", "a < b > c", "<!-- x -->", "    indented"])
def test_html_and_code_stay_as_typed(typed):
    assert plain_text(parse_prose(typed)) == typed.strip()


def test_fences_lose_no_words():
    assert "some words" in plain_text(parse_prose("```\nsome words\n```"))


def test_bare_addresses_become_links():
    block = only_block("See https://a.example.org/x?y=1, or write to jo@example.org.")
    links = [inline.target for inline in block.inlines if isinstance(inline, Link)]
    assert links == ["https://a.example.org/x?y=1", "mailto:jo@example.org"]


def test_blocks_know_their_lines():
    prose = parse_prose("# One\n\nText\n\n- a\n\n  b\n\n> q\n\n---\n", first_line=10)
    assert [block.line for block in prose.blocks] == [10, 12, 14, 18, 20]
    assert [type(block) for block in prose.blocks] == [Heading, Paragraph, ListBlock, Quotation, ThematicBreak]
    assert [block.line for block in prose.blocks[2].items[0].blocks] == [14, 16]


def test_carriage_returns_do_not_matter():
    assert parse_prose("a\r\n\r\nb\r\rc") == parse_prose("a\n\nb\n\nc")


@pytest.mark.parametrize("text", ["", "  \n\n \t\n"])
def test_nothing_is_nothing(text):
    assert not parse_prose(text)
    assert plain_text(parse_prose(text)) == ""


def test_footnotes_stand_where_they_are_referred_to():
    prose = parse_prose("First[^b] and second[^1] and ^[in place].\n\n[^1]: One.\n\n[^b]: Two\n\n    paragraphs.\n")
    notes = [inline for inline in prose.blocks[0].inlines if isinstance(inline, FootnoteReference)]
    assert [note.label for note in notes] == ["b", "1", None]
    assert [len(note.blocks) for note in notes] == [2, 1, 1]
    assert len(prose.blocks) == 1
    assert plain_text(prose) == "First and second and .\nTwo\nparagraphs.\nOne.\nin place"


def test_table_with_caption_source_and_alignment():
    text = (
        "Table: Referrals **by** month\n\n| Month | Number | % |\n|:--|--:|:-:|\n| May | 1 | 2 |\n\nSource: returns\n"
    )
    table = only_block(text)
    assert isinstance(table, Table)
    assert table.caption == (Text("Referrals "), Strong((Text("by"),)), Text(" month"))
    assert table.source == (Text("Source: returns"),)
    assert table.alignment == ("left", "right", "centre")
    assert [[cell.inlines[0].text for cell in row] for row in (table.header, *table.rows)] == [
        ["Month", "Number", "%"],
        ["May", "1", "2"],
    ]


def test_source_that_touches_its_table_is_no_row():
    table = only_block("| A | B |\n|--|--|\n| 1 | 2 |\nSource: returns")
    assert len(table.rows) == 1
    assert table.source == (Text("Source: returns"),)


def test_words_before_a_table_that_are_no_caption_stay():
    blocks = parse_prose("The table: see below\n\n| A |\n|---|\n| 1 |\n").blocks
    assert [type(block) for block in blocks] == [Paragraph, Table]
    assert blocks[1].caption == ()


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_figure_with_caption_and_source(gap):
    figure = only_block(f'![Bars: *12* in May](pics/chart.png "Referrals by month"){gap}Source: returns')
    assert figure == Figure(
        "pics/chart.png", "Bars: 12 in May", 1, (Text("Referrals by month"),), (Text("Source: returns"),)
    )


def test_picture_among_words_is_no_figure():
    block = only_block("See ![a logo](<my logo.png>) here")
    assert block.inlines[1] == InlinePicture("my logo.png", "a logo", 1)


# --- Checking ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("![](a.png)", "prose.picture-alt"),
        ("words ![ ](a.png)", "prose.picture-alt"),
        ("![x](https://a.example.org/a.png)", "prose.picture-remote"),
        ("![x](//a.example.org/a.png)", "prose.picture-remote"),
        ("![x](a.svg)", "prose.picture-type"),
        ("![x](a b.png)", "prose.picture-form"),
        ("[x](items/a.pdf)", "prose.link-target"),
        ("[x](javascript:alert(1))", "prose.link-target"),
        ("[](https://a.example.org)", "prose.link-words"),
        ("Text\n\n[^1]: never referred to", "prose.footnote-unused"),
        ("Text[^1]\n\n[^1]: one\n\n[^1]: two", "prose.footnote-twice"),
        ("Text[^2]", "prose.footnote-missing"),
        ("Text[^1]\n\n[^1]: - a list", "prose.footnote-content"),
        ("[Note]: https://a.example.org", "prose.link-unused"),
        ("| A | B |\n|--|--|\n| 1 | 2 | 3 |", "prose.table-row"),
        ("| A | B |\n|--|--|\n| 1 | 2 |\nand words", "prose.table-end"),
        ("|  |  |\n|--|--|\n| 1 | 2 |", "prose.table-heading"),
        ("- a\n  - b\n    - c\n      - d", "prose.list-depth"),
        ("1. a\n  a. b", "prose.list-indent"),
        ("Words\n2. more", "prose.not-a-list"),
        ("one<br>two", "prose.html"),
        ("#", "prose.heading"),
        ("- # heading", "prose.heading"),
    ],
)
def test_each_slip_is_found_once(text, code):
    assert codes(text) == [code]


@pytest.mark.parametrize(
    "text",
    [
        "<name withheld>",
        "Plain [words](https://a.example.org), [mail](mailto:jo@example.org), 5 < 6 and a[1].",
        "Text[^1]\n\n[^1]: one",
        "[plan][p] and [p]\n\n[p]: https://a.example.org",
        "| A | B |\n|--|--|\n| a\\|b | |\nSource: x",
        "1. a\n\n   a. b\n\n      i. c",
        "Wow! [x](https://a.example.org) and \\![x](https://a.example.org)",
        "## Heading\n\nText",
    ],
)
def test_what_is_right_is_left_alone(text):
    assert codes(text) == []


def test_headings_only_where_they_are_allowed():
    assert codes("## One", headings=False) == ["prose.heading"]


def test_pictures_are_looked_for_in_the_folder(tmp_path: Path):
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "here.png").write_bytes(b"")
    (tmp_path / "outside.png").write_bytes(b"")
    text = "![a](here.png)\n\n![a](gone.png)\n\n![a](../outside.png)"
    problems = check_prose(parse_prose(text, file="x.md"), folder=tmp_path / "pack")
    assert [(problem.code, problem.line) for problem in problems] == [
        ("prose.picture-missing", 3),
        ("prose.picture-outside", 5),
    ]


def test_problems_point_into_the_file_or_the_json_value():
    prose = parse_prose("a\n\n![](x.png)", file="items/4.md", first_line=3)
    (problem,) = check_prose(prose)
    assert problem.place == "items/4.md:5"
    (problem,) = check_prose(prose, pointer="$.summary")
    assert problem.place == "items/4.md:3 $.summary"
    assert problem.message.endswith("(line 3 of the text)")


words = st.text(st.characters(categories=["Lu", "Ll", "Nd"]), min_size=1, max_size=12)


@given(st.lists(st.lists(words, min_size=1, max_size=8), min_size=1, max_size=8), st.data())
def test_no_word_is_ever_lost(paragraphs, data):
    """Whatever block the words stand in, and however blocks are mixed, every word comes out."""
    starts = st.sampled_from(
        ["", "- ", "1. ", "a. ", "(i) ", "> ", "# ", "    ", "  - ", "    b. ", "**", "`", "<", "|"]
    )
    text = "\n\n".join(data.draw(starts) + " ".join(each) for each in paragraphs)
    printed = plain_text(parse_prose(text)).split()
    for word in (word for each in paragraphs for word in each):
        assert any(word in piece for piece in printed), text


@given(st.text(alphabet="ab1.-*_[]()!|`<>#^: \n\t\\i)", max_size=80))
def test_anything_typed_can_be_read_and_checked(text):
    prose = parse_prose(text)
    plain_text(prose)
    for problem in check_prose(prose):
        assert problem.line is not None and 1 <= problem.line <= text.count("\n") + 1
        assert problem.hint


def test_a_footnote_that_holds_itself_is_refused():
    prose = parse_prose("Said[^1].\n\n[^1]: See[^1].")
    assert [remark.code for remark in prose.remarks] == ["prose.endless"]
