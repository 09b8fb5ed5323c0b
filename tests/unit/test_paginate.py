"""The plan of pages: ranges known from real packs, and what must hold for any pack."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packgen.model import FRONT_SHEET_ID, DocumentLength, Numbering, PagePlan
from packgen.paginate import paginate
from packgen.wording import lower_roman

policies = st.builds(Numbering, first=st.integers(1, 500), front_sheet_counted=st.booleans(), duplex=st.booleans())
page_counts = st.lists(st.integers(1, 60), max_size=12)


def documents(*page_counts: int) -> list[DocumentLength]:
    return [DocumentLength(f"d{place}", count) for place, count in enumerate(page_counts)]


def ranges(plan: PagePlan, count: int) -> list[str]:
    return [str(plan.range_of(f"d{place}")) for place in range(count)]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((7, 14, 3, 39, 20, 11), ["1 - 8", "9 - 22", "23 - 26", "27 - 66", "67 - 86", "87 - 98"]),
        ((8, 7, 6, 9), ["1 - 8", "9 - 16", "17 - 22", "23 - 32"]),
    ],
)
@pytest.mark.parametrize("front_sheet_pages", [0, 1, 2, 3])
def test_right_hand_starts_give_the_ranges_of_real_packs(
    counts: tuple[int, ...], expected: list[str], front_sheet_pages: int
) -> None:
    plan = paginate(front_sheet_pages, documents(*counts), Numbering())
    assert ranges(plan, len(counts)) == expected


def test_a_counted_front_sheet_of_four_pages_puts_the_first_document_on_page_5() -> None:
    plan = paginate(4, documents(8, 3), Numbering(front_sheet_counted=True))
    assert str(plan.range_of(FRONT_SHEET_ID)) == "1 - 4"
    assert ranges(plan, 2) == ["5 - 12", "13 - 16"]


def test_a_counted_front_sheet_is_filled_up_like_a_document() -> None:
    plan = paginate(3, documents(2), Numbering(front_sheet_counted=True))
    assert [page.blank for page in plan.pages] == [False, False, False, True, False, False]
    assert plan.pages[3].document_id == FRONT_SHEET_ID
    assert ranges(plan, 1) == ["5 - 6"]


def test_an_uncounted_front_sheet_prints_roman_numbers_with_its_blank_page() -> None:
    plan = paginate(3, documents(1), Numbering(first=33))
    assert [page.page_number for page in plan.pages] == ["i", "ii", "iii", "iv", "33", "34"]


def test_without_duplex_there_are_no_blank_pages() -> None:
    plan = paginate(1, documents(7, 3, 1), Numbering(duplex=False))
    assert not any(page.blank for page in plan.pages)
    assert ranges(plan, 3) == ["1 - 7", "8 - 10", "11"]


def test_a_range_of_a_document_outside_the_plan_is_none() -> None:
    assert paginate(1, [], Numbering()).range_of("d0") is None


@pytest.mark.parametrize(
    ("front_sheet_pages", "lengths", "policy"),
    [
        (-1, [], Numbering()),
        (1, [DocumentLength("d0", 0)], Numbering()),
        (1, [DocumentLength("d0", 1), DocumentLength("d0", 1)], Numbering()),
        (1, [DocumentLength(FRONT_SHEET_ID, 1)], Numbering()),
        (1, [], Numbering(first=0)),
    ],
)
def test_impossible_lengths_are_refused(
    front_sheet_pages: int, lengths: list[DocumentLength], policy: Numbering
) -> None:
    with pytest.raises(ValueError, match=r"page|document"):
        paginate(front_sheet_pages, lengths, policy)


@pytest.mark.parametrize(
    ("value", "text"), [(1, "i"), (4, "iv"), (9, "ix"), (14, "xiv"), (40, "xl"), (99, "xcix"), (1994, "mcmxciv")]
)
def test_lower_roman(value: int, text: str) -> None:
    assert lower_roman(value) == text


@given(st.integers(0, 9), page_counts, policies)
def test_counted_numbers_are_consecutive(front_sheet_pages: int, counts: list[int], policy: Numbering) -> None:
    plan = paginate(front_sheet_pages, documents(*counts), policy)
    counted = [page for page in plan.pages if policy.front_sheet_counted or page.document_id != FRONT_SHEET_ID]
    assert [page.page_number for page in counted] == [str(policy.first + place) for place in range(len(counted))]
    assert [page.page_index for page in plan.pages] == list(range(len(plan.pages)))
    assert len({page.page_number for page in plan.pages}) == len(plan.pages)


@given(st.integers(0, 9), page_counts, policies)
def test_every_page_of_every_document_stands_once_and_in_order(
    front_sheet_pages: int, counts: list[int], policy: Numbering
) -> None:
    lengths = [DocumentLength(FRONT_SHEET_ID, front_sheet_pages), *documents(*counts)]
    plan = paginate(front_sheet_pages, lengths[1:], policy)
    drawn = [(page.document_id, page.source_index) for page in plan.pages if not page.blank]
    assert drawn == [(length.document_id, index) for length in lengths for index in range(length.page_count)]


@given(st.integers(0, 9), page_counts, policies)
def test_right_hand_starts_and_no_more_blank_pages_than_needed(
    front_sheet_pages: int, counts: list[int], policy: Numbering
) -> None:
    plan = paginate(front_sheet_pages, documents(*counts), policy)
    for place, count in enumerate(counts):
        pages = [page for page in plan.pages if page.document_id == f"d{place}"]
        blanks = [page for page in pages if page.blank]
        assert len(blanks) == (count % 2 if policy.duplex else 0)
        assert blanks == pages[count:]
        if policy.duplex:
            assert pages[0].page_index % 2 == 0
            assert len(pages) % 2 == 0


@given(st.integers(0, 9), page_counts, page_counts, policies)
def test_a_public_pack_is_the_beginning_of_the_restricted_one(
    front_sheet_pages: int, public: list[int], exempt: list[int], policy: Numbering
) -> None:
    lengths = documents(*public, *exempt)
    shorter = paginate(front_sheet_pages, lengths[: len(public)], policy)
    longer = paginate(front_sheet_pages, lengths, policy)
    assert longer.pages[: len(shorter.pages)] == shorter.pages
