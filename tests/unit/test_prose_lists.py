import pytest

from packgen.prose import parse_prose, plain_text
from packgen.prose.lettered_lists import read_marker
from packgen.prose.tree import ListBlock, Paragraph


def lists(text: str) -> list[tuple[str, int, int]]:
    return [
        (block.kind, block.start, len(block.items))
        for block in parse_prose(text).blocks
        if isinstance(block, ListBlock)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- x\n- y", [("bullet", 1, 2)]),
        ("1. x\n2. y", [("decimal", 1, 2)]),
        ("3) x\n4) y", [("decimal", 3, 2)]),
        ("(1) x\n(2) y", [("decimal", 1, 2)]),
        ("a. x\nb. y", [("lower-alpha", 1, 2)]),
        ("a) x\nb) y", [("lower-alpha", 1, 2)]),
        ("(a) x\n(b) y", [("lower-alpha", 1, 2)]),
        ("i. x\nii. y\niii. z\niv. z", [("lower-roman", 1, 4)]),
        ("(i) x\n(ii) y", [("lower-roman", 1, 2)]),
        ("c. x\nd. y", [("lower-alpha", 3, 2)]),
        ("v. x\nvi. y", [("lower-roman", 5, 2)]),
        ("i. alone", [("lower-roman", 1, 1)]),
        ("h. x\ni. y\nj. z", [("lower-alpha", 8, 3)]),
        ("i. x\nj. y", [("lower-alpha", 9, 2)]),
        ("a. x\n\nb. y", [("lower-alpha", 1, 2)]),
        ("a. x\na. y", [("lower-alpha", 1, 2)]),
        ("a. x\nb. y\ni. z\nii. z", [("lower-alpha", 1, 2), ("lower-roman", 1, 2)]),
        ("a. x\na) y", [("lower-alpha", 1, 1), ("lower-alpha", 1, 1)]),
        ("1. x\na. y\n- z", [("decimal", 1, 1), ("lower-alpha", 1, 1), ("bullet", 1, 1)]),
        ("a. x\n1. y\n", [("lower-alpha", 1, 1), ("decimal", 1, 1)]),
    ],
)
def test_kinds_and_starts(text, expected):
    assert lists(text) == expected


@pytest.mark.parametrize(
    "text", ["A. Smith was there", "aa. x", "a.b", "e.g. this", "mix. up", "(a)b", "x", "i.e. x", "(ab) y"]
)
def test_words_that_are_no_list(text):
    assert lists(text) == []


def test_a_list_may_follow_its_lead_in_at_once_but_only_from_its_start():
    assert [type(block) for block in parse_prose("asked to:\na. note\nb. agree").blocks] == [Paragraph, ListBlock]
    assert [type(block) for block in parse_prose("as in paragraph\nc. above").blocks] == [Paragraph]
    assert [type(block) for block in parse_prose("as in\na.").blocks] == [Paragraph]


@pytest.mark.parametrize("indent", [3, 4])
def test_lists_nest_in_lists(indent):
    deep = " " * indent
    text = f"1. one\n{deep}a. two\n{deep}{deep}i. three\n{deep}{deep}ii. three\n{deep}b. two\n2. one\n"
    (outer,) = parse_prose(text).blocks
    middle = outer.items[0].blocks[1]
    inner = middle.items[0].blocks[1]
    assert (outer.kind, len(outer.items)) == ("decimal", 2)
    assert (middle.kind, len(middle.items)) == ("lower-alpha", 2)
    assert (inner.kind, len(inner.items)) == ("lower-roman", 2)
    assert [outer.items[1].line, middle.items[1].line, inner.items[1].line] == [6, 5, 4]


def test_items_hold_whole_blocks():
    text = "a. one\n\n   more of one\n\n   | A |\n   |---|\n   | 1 |\n\n   > quoted\n\nb. two\n\nafter\n"
    block, after = parse_prose(text).blocks
    assert [type(each).__name__ for each in block.items[0].blocks] == ["Paragraph", "Paragraph", "Table", "Quotation"]
    assert isinstance(after, Paragraph)


def test_items_in_quotations_and_bullets():
    text = "> a. one\n> b. two\n\n- x\n  (i) y\n  (ii) z\n"
    quotation, bullets = parse_prose(text).blocks
    assert len(quotation.blocks[0].items) == 2
    assert bullets.items[0].blocks[1].kind == "lower-roman"


def test_empty_items_and_tabs():
    assert lists("a.\nb. x\nc.\tyes") == [("lower-alpha", 1, 3)]
    assert plain_text(parse_prose("a.\tone\n\n\ttwo\n")) == "one\ntwo"


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("i. x", {"lower-alpha": 9, "lower-roman": 1}),
        ("xiv) x", {"lower-roman": 14}),
        ("xxxix. x", {"lower-roman": 39}),
        ("(12) x", {"decimal": 12}),
        ("b.", {"lower-alpha": 2}),
    ],
)
def test_markers(text, readings):
    assert read_marker(text).readings == readings


@pytest.mark.parametrize("text", ["iiii. x", "vx. x", "1. x", "B. x", "a x", "(a. x", "a: x", ""])
def test_what_is_no_marker(text):
    assert read_marker(text) is None
