"""Numbers that were printed once: what each rule gives, and what must hold whatever becomes of a pack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packgen.model import FRONT_SHEET_ID, DocumentLength, Numbering, PagePlan
from packgen.paginate import paginate
from packgen.publications.numbering import SHORTER, continue_plan, numbers_after
from packgen.publications.register import Register, continued_pages

POLICY = Numbering()


def published(plan: PagePlan, policy: Numbering = POLICY, before: Register | None = None) -> Register:
    """The register after a plan was published in which documents are known by their ids."""
    keys = {page.document_id: page.document_id for page in plan.pages}
    numbers = frozenset(page.page_number for page in plan.pages)
    return Register(
        numbering=policy,
        pages=continued_pages(before.pages if before else (), plan, keys, numbers),
        documents=(),
    )


def lengths(counts: Mapping[str, int], *, notices: Sequence[str] = ()) -> list[DocumentLength]:
    return [DocumentLength(key, count, "notice" if key in notices else "document") for key, count in counts.items()]


def after(
    before: Mapping[str, int], now: Mapping[str, int], *, notices: Sequence[str] = (), policy: Numbering = POLICY
) -> PagePlan:
    """The plan of a pack that was published with some page counts and has others now; the front sheet has 2 pages."""
    register = published(paginate(2, lengths(before), policy), policy)
    return continue_plan(register, 2, lengths(now, notices=notices), {key: key for key in now})


def numbers(plan: PagePlan, key: str) -> list[str]:
    """The numbers of a document's pages; those of blank ones in brackets."""
    return [
        f"({each.page_number})" if each.blank else each.page_number for each in plan.pages if each.document_id == key
    ]


def test_a_document_that_still_fits_keeps_its_pages() -> None:
    plan = after({"a": 3, "b": 2}, {"a": 4, "b": 2})
    assert numbers(plan, "a") == ["1", "2", "3", "4"]
    assert numbers(plan, "b") == ["5", "6"]


def test_one_that_grew_goes_on_with_letters_and_whole_sheets() -> None:
    plan = after({"a": 2, "b": 2}, {"a": 5, "b": 2})
    assert numbers(plan, "a") == ["1", "2", "2A", "2B", "2C", "(2D)"]
    assert numbers(plan, "b") == ["3", "4"]


def test_printed_on_one_side_no_page_is_put_in_for_nothing() -> None:
    plan = after({"a": 2, "b": 1}, {"a": 5, "b": 1}, policy=Numbering(duplex=False))
    assert numbers(plan, "a") == ["1", "2", "2A", "2B", "2C"]
    assert numbers(plan, "b") == ["3"]


def test_one_that_shrank_leaves_blank_pages_that_say_so() -> None:
    plan = after({"a": 3, "b": 2}, {"a": 1, "b": 2})
    assert numbers(plan, "a") == ["1", "(2)", "(3)", "(4)"]
    assert [page.note for page in plan.pages if page.document_id == "a"] == [None, SHORTER, SHORTER, None]


def test_a_notice_takes_one_sheet_and_the_rest_is_not_used_again() -> None:
    plan = after({"a": 6, "b": 2}, {"a": 1, "b": 2, "c": 2}, notices=["a"])
    assert numbers(plan, "a") == ["1", "(2)"]
    assert numbers(plan, "b") == ["7", "8"]
    assert numbers(plan, "c") == ["9", "10"]


def test_what_is_new_comes_last_whatever_its_place_on_the_agenda() -> None:
    register = published(paginate(2, lengths({"a": 2, "b": 1}), POLICY))
    plan = continue_plan(register, 2, lengths({"new": 3, "a": 2, "b": 1}), {"a": "a", "b": "b"})
    assert numbers(plan, "new") == ["5", "6", "7", "(8)"]
    assert [page.document_id for page in plan.pages][-1] == "new"


def test_the_sheet_of_a_supplement_is_numbered_as_the_agenda_is() -> None:
    sheet = DocumentLength("supplement-1", 1, "sheet")
    uncounted = published(paginate(2, lengths({"a": 2}), POLICY))
    plan = continue_plan(uncounted, 2, [sheet, *lengths({"a": 2, "c": 1})], {"a": "a"})
    assert numbers(plan, "supplement-1") == ["iii", "(iv)"]
    assert numbers(plan, "c") == ["3", "(4)"]
    counting = Numbering(front_sheet_counted=True)
    counted = published(paginate(2, lengths({"a": 2}), counting), counting)
    plan = continue_plan(counted, 2, [sheet, *lengths({"a": 2, "c": 1})], {"a": "a"})
    assert numbers(plan, "supplement-1") == ["5", "(6)"]
    assert numbers(plan, "c") == ["7", "(8)"]


def test_a_front_sheet_that_grew_keeps_its_numbers_too() -> None:
    register = published(paginate(2, lengths({"a": 2}), POLICY))
    plan = continue_plan(register, 3, lengths({"a": 2}), {"a": "a"})
    assert numbers(plan, FRONT_SHEET_ID) == ["i", "ii", "iiA", "(iiB)"]
    assert numbers(plan, "a") == ["1", "2"]


def test_what_comes_back_has_its_old_numbers() -> None:
    first = published(paginate(2, lengths({"a": 4, "b": 2}), POLICY))
    gone = continue_plan(first, 2, lengths({"a": 1, "b": 2}, notices=["a"]), {"a": "a", "b": "b"})
    again = continue_plan(published(gone, before=first), 2, lengths({"a": 4, "b": 2}), {"a": "a", "b": "b"})
    assert numbers(again, "a") == ["1", "2", "3", "4"]


@pytest.mark.parametrize(
    ("number", "following"),
    [("12", ["12A", "12B"]), ("12D", ["12E", "12F"]), ("12Z", ["12AA", "12AB"]), ("ii", ["iiA", "iiB"])],
)
def test_letters_follow_each_other(number: str, following: list[str]) -> None:
    assert numbers_after(number, 2) == following


def test_a_document_without_pages_is_refused() -> None:
    register = published(paginate(2, lengths({"a": 2}), POLICY))
    with pytest.raises(ValueError, match="no pages"):
        continue_plan(register, 2, lengths({"a": 0}), {"a": "a"})


counts = st.integers(1, 9)
stories = st.lists(
    st.dictionaries(st.sampled_from("abcdefgh"), st.tuples(counts, st.booleans()), min_size=1), min_size=2, max_size=6
)


@given(stories, st.builds(Numbering, first=st.integers(1, 90), front_sheet_counted=st.booleans(), duplex=st.booleans()))
def test_no_number_ever_means_two_pages(story: list[dict[str, tuple[int, bool]]], policy: Numbering) -> None:
    """Documents come, go, grow and shrink from publication to publication, and leave notices."""
    plan = paginate(2, lengths({key: count for key, (count, _) in story[0].items()}), policy)
    register = published(plan, policy)
    meant = {page.page_number: page.document_id for page in plan.pages}
    for chapter in story[1:]:
        known = {page.key for page in register.pages}
        now = {key: count for key, (count, gone) in chapter.items() if not gone or key not in known}
        now |= dict.fromkeys(known - now.keys() - {FRONT_SHEET_ID}, 1)
        notices = [key for key in now if key in known and (key not in chapter or chapter[key][1])]
        plan = continue_plan(register, 2, lengths(now, notices=notices), {key: key for key in now if key in known})
        printed = [page.page_number for page in plan.pages]
        assert len(set(printed)) == len(printed)
        for page in plan.pages:
            assert meant.setdefault(page.page_number, page.document_id) == page.document_id
        for key, count in now.items():
            shown = [page.source_index for page in plan.pages if page.document_id == key]
            assert shown[:count] == list(range(count))
            if policy.duplex:
                assert len(shown) % 2 == 0
        register = published(plan, policy, register)
