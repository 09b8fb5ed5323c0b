"""Where the pages of a pack stand that was published before: what has a number keeps it.

Takes the register and how many pages each document has now; gives a `PagePlan`. Pure, like `paginate`.

A document that still fits keeps its pages. One that grew goes on behind its last number as 12A, 12B. One that is
shorter now leaves blank pages, which say so. What is new comes last, with the numbers that follow the highest ever
printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, count

from packgen.model import FRONT_SHEET_ID, DocumentLength, PagePlan, PlannedPage
from packgen.publications.register import NumberedPage, Register
from packgen.wording import lower_roman

SHORTER = "This page is left blank: the paper is shorter than when it was first published"

_Slot = tuple[str, str, int | None, str | None]
"""Printed number, document id, index in the document or None for a blank page, and what that says."""
_ARABIC = re.compile(r"([0-9]+)[A-Z]*")
_INSERTED = re.compile(r"(.*[^A-Z])([A-Z]*)")


def continue_plan(
    register: Register, front_sheet_pages: int, lengths: Sequence[DocumentLength], keys: Mapping[str, str]
) -> PagePlan:
    """Lay out a pack that was published before.

    Args:
        register: every number that was ever published.
        front_sheet_pages: pages of the front sheet now.
        lengths: the documents of the pack; what is new stands in the order of this sequence, behind all that is known.
        keys: the key in the register of each document that has one, by its id.

    Raises:
        ValueError: a document is empty, or two have one key.
    """
    known = {FRONT_SHEET_ID: DocumentLength(FRONT_SHEET_ID, front_sheet_pages)}
    new: list[DocumentLength] = []
    slots: dict[str, list[NumberedPage]] = {}
    for page in register.pages:
        slots.setdefault(page.key, []).append(page)
    for length in lengths:
        key = keys.get(length.document_id)
        if length.page_count < 1 or key in known:
            raise ValueError(f"document {length.document_id} has no pages, or the key of another")
        if key in slots:
            known[key] = length
        else:
            new.append(length)
    duplex = register.numbering.duplex
    laid = chain(
        *(_kept(pages, known[key], duplex=duplex) for key, pages in slots.items() if key in known),
        _behind(register, new),
    )
    return PagePlan(
        tuple(
            PlannedPage(index, number, document_id, source_index, right_hand=index % 2 == 0, note=note)
            for index, (number, document_id, source_index, note) in enumerate(laid)
        )
    )


def _kept(pages: Sequence[NumberedPage], length: DocumentLength, *, duplex: bool) -> Iterator[_Slot]:
    """The pages of a document that has numbers already."""
    numbers = [page.number for page in pages]
    if length.kind == "notice":
        # It says what became of the document; what numbers it does not need itself are not printed again.
        numbers = numbers[: length.page_count + (length.page_count % 2 if duplex else 0)]
    more = max(0, length.page_count - len(numbers))
    numbers += numbers_after(numbers[-1], more + more % 2 if duplex else more)
    for index, number in enumerate(numbers):
        if index < length.page_count:
            yield number, length.document_id, index, None
        else:
            had_words = length.kind == "document" and index < len(pages) and pages[index].content
            yield number, length.document_id, None, SHORTER if had_words else None


def _behind(register: Register, new: Sequence[DocumentLength]) -> Iterator[_Slot]:
    """The pages of documents that have no numbers yet. Front sheets of supplements are counted as the first one is."""
    printed = [page.number for page in register.pages]
    policy = register.numbering
    arabic = count(max((value for number in printed if (value := _arabic(number))), default=policy.first - 1) + 1)
    roman = count(_last_roman(printed) + 1)
    for length in new:
        sheet = length.kind == "sheet" and not policy.front_sheet_counted
        for index in range(length.page_count + (length.page_count % 2 if policy.duplex else 0)):
            number = lower_roman(next(roman)) if sheet else str(next(arabic))
            yield number, length.document_id, index if index < length.page_count else None, None


def numbers_after(number: str, how_many: int) -> list[str]:
    """`12A`, `12B` behind `12`; `12E` behind `12D`; `12AA` behind `12Z`."""
    parts = _INSERTED.fullmatch(number)
    assert parts is not None
    start = 0
    for letter in parts[2]:
        start = start * 26 + ord(letter) - ord("A") + 1
    return [parts[1] + _letters(start + place) for place in range(1, how_many + 1)]


def _letters(value: int) -> str:
    letters = ""
    while value:
        value, rest = divmod(value - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _arabic(number: str) -> int:
    match = _ARABIC.fullmatch(number)
    return int(match[1]) if match else 0


def _last_roman(printed: Sequence[str]) -> int:
    """The highest of the roman numbers in use; 0 if there are none."""
    bare = {re.sub(r"[A-Z]+$", "", number) for number in printed}
    return max((value for value in range(1, len(printed) + 1) if lower_roman(value) in bare), default=0)
