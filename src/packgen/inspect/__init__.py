"""Reads a finished pack back and compares it with what was planned, before anybody else sees it.

Takes the PDF's bytes and the values it was made from; raises `InspectionError` with everything that disagrees. Uses
other libraries than merging wherever they are fast enough, so that what one wrote is checked by another. Never
changes or writes anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from packgen.errors import InspectionError, Problem
from packgen.inspect.active import find_active
from packgen.inspect.navigation import check_bookmarks, check_contents
from packgen.inspect.pages import check_pages, overprinted_pages
from packgen.inspect.readback import read_back
from packgen.inspect.tags import check_tags
from packgen.inspect.words import check_words
from packgen.model import ContentsLine, OutlineItem, PagePlan, StampStyle

_SHOWN_PAGES = 8
_HINT = "nothing was written; this is a fault of packgen, not of the pack: please report it with the pack's folder"


def inspect_pack(
    data: bytes,
    plan: PagePlan,
    *,
    name: str,
    titles: Mapping[str, Sequence[str]],
    contents: Sequence[ContentsLine] = (),
    outline: Sequence[OutlineItem] = (),
    stamp: StampStyle | None = None,
    sources: Mapping[str, bytes | Sequence[str]] | None = None,
) -> tuple[Problem, ...]:
    """Inspect one finished PDF; what is worth a look, but no fault, comes back as warnings.

    Args:
        data: the PDF.
        plan: the pages it must have; of a single item, its part of the plan.
        name: how messages call the file.
        titles: under which titles a screen reader meets each document of the plan, by document id: that of its item,
            if it stands below one, and its own.
        contents: what the front sheet must say of pages, and where its links must lead; nothing for a single item.
        outline: the bookmarks that were asked for, in their order.
        stamp: how page numbers were drawn; by default as packgen draws them.
        sources: the PDF of each document by its id, or the words on each of its pages; all of them must be in the pack.

    Raises:
        InspectionError: with every disagreement.
    """
    pack = read_back(data)
    disagreements = [
        *check_pages(pack, plan, stamp or StampStyle()),
        *check_words(pack, plan, sources or {}),
        *check_contents(pack, plan, contents),
        *check_bookmarks(pack, plan, outline),
        *check_tags(data, plan, titles),
        *find_active(data),
    ]
    if disagreements:
        raise InspectionError(
            Problem(code=f"inspection.{found.code}", file=name, pointer=found.place, message=found.message, hint=_HINT)
            for found in disagreements
        )
    numbers = list(overprinted_pages(pack, plan))
    return (_overprinted(name, numbers),) if numbers else ()


def _overprinted(name: str, numbers: Sequence[str]) -> Problem:
    pages = ", ".join(numbers[:_SHOWN_PAGES]) + (" and others" if len(numbers) > _SHOWN_PAGES else "")
    return Problem(
        code="inspection.number-on-words",
        file=name,
        message=f"the page number stands on words of the paper itself (page {pages})",
        hint="ask the author for a page with 12 mm free at its foot",
        severity="warning",
    )
