"""Prose written as Markdown reads as the same prose, whatever its words are."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from packgen.importing.alike import canonical
from packgen.importing.markdown import write_markdown
from packgen.prose import Prose, parse_prose, plain_text
from packgen.prose.tree import (
    Block,
    Emphasis,
    Figure,
    FootnoteReference,
    Inline,
    LineBreak,
    Link,
    ListBlock,
    ListItem,
    Paragraph,
    Quotation,
    Strong,
    Table,
    TableCell,
    Text,
)


def _paragraph(*inlines: Inline | str) -> Paragraph:
    return Paragraph(tuple(Text(each) if isinstance(each, str) else each for each in inlines), 0)


def _cell(text: str) -> TableCell:
    return TableCell((Text(text),))


@pytest.mark.parametrize(
    "text",
    [
        "# not a heading", "## neither", "- no list", "+ nor this", "* nor this", "1. no list", "12) no list",
        "1986. A year",
        "a. no list", "(b) no list", "iv) no list", "> no quotation", "--- no rule", "===", "---", "***",
        "| no | table |", "[a]: no address", "[^ 1]: no note", "[^a b] and ![x](y)",
        "**stars** and _lines_", "a_b_c and __d__",
        "`ticks`", "<b>tags</b> & <https://x.example>", "&amp; &copy; AT&T", "back\\slash \\* end\\", "a ^[note] b",
        "£48* a tonne*", "5 * 3 * 2", "~~struck~~", "www.example.org/a_b_c", "see http://x.example.org/?a=*1*_2_",
        "una.fern@example.org", "Table: is a word", "Source: is a word", "ends with :", "“quoted” – dashed",
        "é ü 漢字 ﬁ",
        "!", "\\", "[", "100% (of [all])", "i.", "a)", "1.", "-", "+", "#", "x\u00a0y", "colon : : dash | -",
    ],
)  # fmt: skip
def test_words_come_back_as_typed(text: str) -> None:
    written = write_markdown([_paragraph(text)])
    assert plain_text(parse_prose(written)) == text
    assert not [remark for remark in parse_prose(written).remarks if remark.severity == "error"]


@pytest.mark.parametrize(
    "text", ["A plain sentence, with a comma; nothing else (or so).",
             "Paragraph 3.2 - 5% of £1,000", "it's a_b", "C# & Co"]
)  # fmt: skip
def test_nothing_is_escaped_that_need_not_be(text: str) -> None:
    assert write_markdown([_paragraph(text)]) == text


def test_lists_of_every_kind_inside_each_other() -> None:
    inner = ListBlock("lower-roman", 1, (ListItem((_paragraph("deep"),), 0), ListItem((_paragraph("deeper"),), 0)), 0)
    letters = ListBlock("lower-alpha", 3, (ListItem((_paragraph("c"), inner), 0), ListItem((_paragraph("d"),), 0)), 0)
    block = ListBlock("decimal", 4, (ListItem((_paragraph("four"), letters), 0), ListItem((_paragraph("five"),), 0)), 0)
    assert canonical(parse_prose(write_markdown([block])).blocks) == canonical([block])


def test_two_lists_of_one_kind_stay_two() -> None:
    lists = [ListBlock("bullet", 1, (ListItem((_paragraph(word),), 0),), 0) for word in ("one", "two", "three")]
    assert canonical(parse_prose(write_markdown(lists)).blocks) == canonical(lists)
    numbers = [ListBlock("decimal", 1, (ListItem((_paragraph(word),), 0),), 0) for word in ("one", "two")]
    assert canonical(parse_prose(write_markdown(numbers)).blocks) == canonical(numbers)


def test_a_label_in_bold_that_touches_the_next_word_keeps_its_letters_bold() -> None:
    written = write_markdown([_paragraph(Strong((Text("Legal:"),)), "powers exist")])
    assert written == "**Legal**:powers exist"


def test_emphasis_that_markdown_cannot_say_is_told() -> None:
    told: list[str] = []
    block = _paragraph(Strong((Link((Text("ab"),), "https://www.example.org"),)), "c")
    written = write_markdown([block], told.append)
    assert plain_text(parse_prose(written)) == "abc"
    assert told == ["abc"]


def test_figures_tables_and_notes() -> None:
    note = FootnoteReference(None, (_paragraph("The note"), _paragraph("goes on")))
    blocks: list[Block] = [
        _paragraph("Words", note),
        Table((_cell("A | B"), _cell("C")), ((_cell("1"), _cell("x*y")),), (None, "right"), 0, (Text("What | it is"),),
              (Text("Source: us"),)),
        Figure("items/x/picture 1.png", "A [map] of *it*", 0, (Text('He said "so"'),), (Text("Source: us"),)),
        Quotation((_paragraph("quoted"), _paragraph("twice")), 0),
    ]  # fmt: skip
    assert canonical(parse_prose(write_markdown(blocks)).blocks) == canonical(blocks)


# --- Any prose at all -------------------------------------------------------------------------------

_WORDS = st.text(st.sampled_from("ab1 .:)(*_[]`<>#-+|!\\&;x^\"'/w~=é–"), min_size=1, max_size=12).filter(
    lambda text: bool(text.strip())
)


def _inlines(words: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[Inline, ...]]:
    text = words.map(Text)
    marked = st.one_of(
        st.builds(lambda inner: Strong((inner,)), text),
        st.builds(lambda inner: Emphasis((inner,)), text),
        st.builds(lambda inner: Link((inner,), "https://www.example.org/a_(b)"), text),
        st.just(LineBreak()),
    )
    return st.lists(st.one_of(text, marked), min_size=1, max_size=4).map(_settled)


def _settled(inlines: Sequence[Inline]) -> tuple[Inline, ...]:
    """As the reader gives them: no two texts beside each other, no break at the ends."""
    made: list[Inline] = [Text("w")]
    for inline in [*inlines, Text("w")]:
        before = made[-1]
        if isinstance(inline, Text) and isinstance(before, Text):
            made[-1] = Text(before.text + inline.text)
        else:
            made.append(inline)
    return tuple(made)


_LINES = _inlines(_WORDS)
_PARAGRAPHS: st.SearchStrategy[Block] = _LINES.map(lambda inlines: Paragraph(inlines, 0))
_ITEMS = st.lists(_PARAGRAPHS, min_size=1, max_size=2).map(lambda blocks: ListItem(tuple(blocks), 0))
_LISTS = st.builds(
    lambda kind, items: ListBlock(kind, 1, tuple(items), 0),
    st.sampled_from(["bullet", "decimal", "lower-alpha", "lower-roman"]),
    st.lists(_ITEMS, min_size=2, max_size=3),
)
_QUOTES = st.lists(_PARAGRAPHS, min_size=1, max_size=2).map(lambda blocks: Quotation(tuple(blocks), 0))
_TABLES = st.builds(
    lambda cells: Table(cells[0], tuple(cells[1:]), (None, "right"), 0),
    st.lists(st.tuples(_LINES.map(TableCell), _LINES.map(TableCell)), min_size=2, max_size=3),
)
_BLOCKS = st.lists(st.one_of(_PARAGRAPHS, _LISTS, _QUOTES, _TABLES), min_size=1, max_size=4)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(_BLOCKS)
def test_any_prose_comes_back_with_all_its_words(blocks: list[Block]) -> None:
    """Bold may go where Markdown cannot say it, never a word, a list, a cell or a quotation."""
    told: list[str] = []
    written = write_markdown(blocks, told.append)
    back = parse_prose(written)
    assert _squeezed(plain_text(back)) == _squeezed(plain_text(Prose(tuple(blocks))))
    if not told:
        assert len(canonical(back.blocks)) == len(canonical(blocks))


def _squeezed(text: str) -> list[str]:
    return text.split()
