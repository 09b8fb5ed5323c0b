"""That text without marks is read as markdown-it reads it, and that only such text is taken for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.rules_core.inline import inline

from packgen.prose import parse_prose
from packgen.prose.parse import _parser, read_markdown
from packgen.prose.plain import plain_paragraphs
from packgen.prose.tree import Paragraph, Text

PIECES = [
    "a", "i", "Z", "é", "Words", "w", "www.a.org", "http://a.org", "a.", "ii)", "1.", "12)", "(b)", "- ", "+", "*",
    "**", "_", "`", "[a]", "[^1]", "[^1]: x", "![a](b.png)", "^[x]", "|", "---", "===", "#", "# ", ">", "<b>",
    "<a@b.org>",
    "&amp;", "&", "\\", "@", "a@b.org", ":", "mailto:x@y.org", "Table: ", "Source: ", " ", "  ", "\t", "\n", "\n\n",
    "  \n", " \n ", "\u00a0", "\u2028", "\x0b", "\x00", "’", "“", "£5", "!", "~", "$", "%", ";", "=",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text(max_size=30)


@given(TEXTS, st.integers(1, 50))
def test_a_plain_text_is_read_as_markdown_reads_it(text: str, first_line: int) -> None:
    plain = plain_paragraphs(text, first_line)
    if plain is not None:
        assert (plain, ()) == read_markdown(text, first_line)


@given(TEXTS)
def test_lines_without_marks_give_the_tokens_that_markdown_it_gives(text: str) -> None:
    slow: MarkdownIt = _parser.__wrapped__()
    slow.disable("plain_lines")
    slow.core.ruler.at("inline", inline)
    text = text.replace("\r", "\n")
    assert [token.as_dict() for token in _parser().parse(text, {})] == [
        token.as_dict() for token in slow.parse(text, {})
    ]


def test_sentences_in_paragraphs_are_plain() -> None:
    text = "The council plants trees (30 in 2025).\nEach has a sign: “Oak”.\n\n\nThe Mayor’s plan; 10% more.\n"
    assert plain_paragraphs(text, 4) == (
        Paragraph((Text("The council plants trees (30 in 2025). Each has a sign: “Oak”."),), 4),
        Paragraph((Text("The Mayor’s plan; 10% more."),), 8),
    )


@pytest.mark.parametrize(
    "text", ["a. First", "iv) Fourth", "See www.example.org", "Smith & Sons", "**Bold**", " x", "x "]
)
def test_what_may_be_a_mark_is_left_to_markdown(text: str) -> None:
    assert plain_paragraphs(text, 1) is None
    assert parse_prose(text).blocks
