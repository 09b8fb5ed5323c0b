"""Where every page of a pack stands and what number it prints.

Takes how many pages the front sheet and each document have, and the policy of numbering; gives a `PagePlan`.
Never opens a file: the same lengths give the same plan.

The plan is laid from the front, so the plan of a pack is the beginning of the plan of any longer pack with the
same documents before. With exempt documents last, one printed number means one page in both packs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from packgen.model import FRONT_SHEET_ID, DocumentLength, Numbering, PagePlan, PlannedPage
from packgen.wording import lower_roman

_Slot = tuple[str, int | None]
"""A page that has no number yet: document id, and index in the document or None for a blank page."""


def paginate(front_sheet_pages: int, lengths: Sequence[DocumentLength], policy: Numbering) -> PagePlan:
    """Lay out a pack: the front sheet, then the documents in the order given.

    With `policy.duplex` each document starts on a right-hand page, that is on an even page index; the blank page
    which that needs belongs to the document before it and is numbered like any other. The last document is filled
    up too, so that its range does not change when something is added behind it.

    Args:
        front_sheet_pages: pages of the front sheet; 0 for a pack without one.
        lengths: documents in the order of the pack, each with one page at least.
        policy: the first number, whether the front sheet counts, and whether documents start on the right.

    Raises:
        ValueError: a document is empty or named twice, or a number below 1 is asked for.
    """
    _check(front_sheet_pages, lengths, policy)
    front = list(_slots(DocumentLength(FRONT_SHEET_ID, front_sheet_pages), duplex=policy.duplex))
    documents = [slot for length in lengths for slot in _slots(length, duplex=policy.duplex)]
    if policy.front_sheet_counted:
        numbers = [str(policy.first + place) for place in range(len(front) + len(documents))]
    else:
        numbers = [lower_roman(place + 1) for place in range(len(front))]
        numbers += [str(policy.first + place) for place in range(len(documents))]
    return PagePlan(
        tuple(
            PlannedPage(page_index, page_number, document_id, source_index, right_hand=page_index % 2 == 0)
            for page_index, (page_number, (document_id, source_index)) in enumerate(
                zip(numbers, front + documents, strict=True)
            )
        )
    )


def _slots(length: DocumentLength, *, duplex: bool) -> Iterator[_Slot]:
    """The pages of one document, and the blank page that lets the next one start on the right."""
    for source_index in range(length.page_count):
        yield length.document_id, source_index
    if duplex and length.page_count % 2:
        yield length.document_id, None


def _check(front_sheet_pages: int, lengths: Sequence[DocumentLength], policy: Numbering) -> None:
    if front_sheet_pages < 0:
        raise ValueError(f"a front sheet cannot have {front_sheet_pages} pages")
    if policy.first < 1:
        raise ValueError(f"pages are numbered from 1 or higher, not from {policy.first}")
    seen = {FRONT_SHEET_ID}
    for length in lengths:
        if length.page_count < 1:
            raise ValueError(f"document {length.document_id} has no pages")
        if length.document_id in seen:
            raise ValueError(f"document {length.document_id} is planned twice")
        seen.add(length.document_id)
