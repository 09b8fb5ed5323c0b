"""Words, sheets and order: what is compared without any file."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packgen.differences.compare import moved, withdrawn_items
from packgen.differences.sheets import plan_sheets, ranges
from packgen.differences.sides import MappedPage, PageMap, Side, merged_order
from packgen.differences.words import Edit, Word, changes_between, edits_between, without_moves

TEXT = "The council plants trees along its roads and looks after them for ten years. It asks for money every spring."
WORDS = st.lists(st.sampled_from(["oak", "ash", "elm", "end.", "the", "of", "3", "a:"]), max_size=60)


def words(text: str, page: str = "1") -> list[Word]:
    return [Word(word, page) for word in text.split()]


def applied(old: Sequence[str], new: Sequence[str], edits: Sequence[Edit]) -> list[str]:
    """The old words with the edits made."""
    result, place = list[str](), 0
    for edit in edits:
        result += [*old[place : edit.old_start], *new[edit.new_start : edit.new_end]]
        place = edit.old_end
    return result + list(old[place:])


# --- Words ------------------------------------------------------------------------------------------


@given(WORDS, WORDS)
def test_edits_make_the_new_words_of_the_old(old: list[str], new: list[str]) -> None:
    assert applied(old, new, edits_between(old, new)) == new


@given(st.lists(st.text("abc.", min_size=1, max_size=3), max_size=300), st.data())
def test_edits_of_a_long_text_make_the_new_words_too(old: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(old)))
    end = data.draw(st.integers(start, len(old)))
    new = [*old[:start], *data.draw(WORDS), *old[end:]]
    edits = edits_between(old, new)
    assert applied(old, new, edits) == new
    # Of words that are the same, it may be the first or the last that went; it may not be more of them.
    assert sum(edit.old_end - edit.old_start for edit in edits) <= end - start, "what is the same is left alone"


@given(WORDS)
def test_the_same_words_have_no_edits(same: list[str]) -> None:
    assert edits_between(same, same) == ()


@given(WORDS, WORDS)
def test_two_edits_have_words_between_them(old: list[str], new: list[str]) -> None:
    edits = edits_between(old, new)
    for first, second in pairwise(edits):
        assert second.old_start - first.old_end > 2
        assert second.new_start - first.new_end > 2


def test_a_change_shows_old_and_new_words_with_some_around_them() -> None:
    (change,) = changes_between(words(TEXT), words(TEXT.replace("ten", "eleven or twelve")))
    assert change.before == "… roads and looks after them for"
    assert (change.removed, change.added) == ("ten", "eleven or twelve")
    assert change.after == "years. It asks for money every …"


def test_near_changes_are_one_and_far_ones_are_not() -> None:
    near = changes_between(words(TEXT), words(TEXT.replace("council plants", "city grows")))
    assert [(change.removed, change.added) for change in near] == [("council plants", "city grows")]
    with_one_between = changes_between(words(TEXT), words(TEXT.replace("council plants trees", "city plants flowers")))
    assert [change.added for change in with_one_between] == ["city plants flowers"]
    far = changes_between(words(TEXT), words(TEXT.replace("trees", "hedges").replace("spring", "autumn")))
    assert [change.added for change in far] == ["hedges", "autumn."]


def test_a_change_names_the_pages_of_both_sides() -> None:
    old = [*words(TEXT, "3"), *words("Costs are low.", "4")]
    (change,) = changes_between(old, [*words(TEXT, "3"), *words("Costs are high.", "3")])
    assert (change.old_page, change.page, change.removed) == ("4", "3", "low.")


def test_words_that_were_only_left_out_are_placed_on_the_page_where_they_would_stand() -> None:
    (change,) = changes_between(
        [*words("One two three.", "7"), *words("Four five.", "8")], words("One two three.", "7")
    )
    assert (change.removed, change.added, change.page, change.old_page) == ("Four five.", "", "7", "8")


def test_a_footnote_that_moved_to_another_page_is_no_change() -> None:
    note = "1 Under section nine of the Act of 1972."
    old = words(f"{TEXT} {note} Then comes more of it.")
    new = words(f"{TEXT} Then comes more of it. {note}")
    assert changes_between(old, new) == ()


def test_words_that_are_gone_are_told_of_though_others_are_new() -> None:
    edits = [Edit(0, 5, 0, 0), Edit(9, 9, 4, 9)]
    old, new = list("abcdeuvwx"), list("uvwxabcdf")
    assert without_moves(old, new, edits) == edits
    assert without_moves(old, list("uvwxabcde"), edits) == []


def test_a_rewritten_text_is_one_change() -> None:
    old, new = [f"a{number}" for number in range(3000)], [f"b{number}" for number in range(3000)]
    assert edits_between(old, new) == (Edit(0, 3000, 0, 3000),)


def test_nothing_is_compared_with_nothing() -> None:
    assert changes_between([], []) == ()
    (change,) = changes_between([], words("New words."))
    assert (change.old_page, change.page, change.removed) == ("", "1", "")


# --- Sheets -----------------------------------------------------------------------------------------


OLD = ["i", "ii", "1", "2", "3", "4", "5", "6"]


def test_both_pages_of_a_sheet_are_exchanged_together() -> None:
    plan = plan_sheets(OLD, OLD, {"4"}, duplex=True)
    assert (plan.to_replace, plan.to_insert, plan.to_remove, plan.to_print) == ("3 - 4", None, None, (4, 5))


def test_printed_on_one_side_only_the_page_is_exchanged() -> None:
    plan = plan_sheets(OLD, OLD, {"4"}, duplex=False)
    assert (plan.to_replace, plan.to_print) == ("4", (5,))


def test_new_pages_are_put_in_and_gone_ones_taken_out() -> None:
    new = ["i", "ii", "1", "2", "2A", "2B", "5", "6", "7", "8"]
    plan = plan_sheets(OLD, new, {"2"}, duplex=True)
    assert (plan.to_replace, plan.to_insert, plan.to_remove) == ("1 - 2", "2A - 2B, 7 - 8", "3 - 4")
    assert plan.to_print == (2, 3, 4, 5, 8, 9)


def test_a_last_sheet_that_got_a_second_page_is_exchanged() -> None:
    plan = plan_sheets(OLD[:-1], OLD, set(), duplex=True)
    assert (plan.to_replace, plan.to_insert, plan.to_remove) == ("5 - 6", None, None)


@given(st.data(), st.booleans())
def test_whoever_follows_the_plan_holds_the_new_pack(data: st.DataObject, duplex: bool) -> None:
    sheets = [str(number) for number in range(20)]
    side = 2 if duplex else 1

    def pack(name: str) -> list[str]:
        kept = data.draw(st.lists(st.sampled_from(sheets), unique=True), label=name)
        return [f"{sheet}{page}" for sheet in sorted(kept, key=int) for page in "AB"[:side]]

    old, new = pack("old"), pack("new")
    other = set(data.draw(st.lists(st.sampled_from(new)))) & set(old) if new else set[str]()
    plan = plan_sheets(old, new, other, duplex=duplex)
    printed = {new[index] for index in plan.to_print}
    kept = [number for number in old if number in new and number not in printed]
    assert other <= printed
    assert sorted([*kept, *printed]) == sorted(new)
    assert plan.to_remove is not None or set(old) <= set(new)


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([], None),
        (["3"], "3"),
        (["4", "3"], "3 - 4"),
        (["i", "ii", "1", "2"], "i - ii, 1 - 2"),
        (["1", "3", "4", "6"], "1, 3 - 4, 6"),
    ],
)
def test_ranges_follow_the_pack(numbers: list[str], expected: str | None) -> None:
    assert ranges(numbers, OLD) == expected


# --- Order ------------------------------------------------------------------------------------------


def test_what_is_gone_stands_where_it_stood() -> None:
    assert merged_order(["a", "b", "c", "d"], ["a", "d", "e"]) == ["a", "b", "c", "d", "e"]
    assert merged_order(["x", "a"], ["a"]) == ["x", "a"]


@given(st.permutations(list("abcdefgh")), st.permutations(list("abcdefgh")))
def test_without_what_moved_the_order_is_the_same(old: list[str], new: list[str]) -> None:
    found = moved(old, new)
    assert [name for name in old if name not in found] == [name for name in new if name not in found]


def test_few_moved_not_many() -> None:
    assert moved(list("abcdef"), list("bcdefa")) == {"a"}
    assert moved(list("abc"), list("axc")) == frozenset()


def test_an_item_is_withdrawn_if_nothing_but_the_notice_is_left_of_it() -> None:
    def page(index: int, item: str, title: str, notice: str | None) -> MappedPage:
        key = f"d{index}"
        return MappedPage(
            index=index, number=str(index), item=item, document=title, key=key, blank=False, notice=notice
        )

    pages = (
        page(0, "1", "Withdrawn: Roads", "withdrawn"), page(1, "2", "Withdrawn: Map", "withdrawn"),
        page(2, "2", "Report", None), page(3, "3", "Withdrawn: benefits in Lyne", None),
    )  # fmt: skip
    assert withdrawn_items(Side(b"", PageMap(pages=pages, items=()))) == {"1"}


def told(old: str, new: str) -> list[tuple[str, str]]:
    words = [[Word(text, "1") for text in written.split()] for written in (old, new)]
    return [(change.removed, change.added) for change in changes_between(*words)]


def test_numbers_of_paragraphs_that_only_moved_on_are_not_told() -> None:
    roads = ["Ash", "Birch", "Cedar", "Elm", "Fern", "Gorse", "Hazel"]
    texts = [f"Along {road} Road the council plants trees and looks after them." for road in roads]
    old = " ".join(f"{number}. {text}" for number, text in enumerate(texts, 1))
    new = " ".join(["1. A new one.", *(f"{number}. {text}" for number, text in enumerate(texts, 2))])
    changes = told(old, new)
    assert " ".join(added for _, added in changes).count("A new one.") == 1
    assert len(changes) == 1


def test_figures_at_the_end_of_sentences_are_told() -> None:
    assert told(
        "It rose to 12. That is all of it for now, members.", "It rose to 52. That is all of it for now, members."
    ) == [("12.", "52.")]
