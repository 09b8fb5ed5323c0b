"""Stage 8: every finished PDF is read back before anybody sees it."""

from __future__ import annotations

from collections.abc import Sequence

from packgen.errors import InspectionError, Problem
from packgen.front_sheet import item_ranges
from packgen.inspect import inspect_pack
from packgen.model import FRONT_SHEET_ID, Access, ContentsLine, Pack, PagePlan
from packgen.stages.merging import MergedPack

FRONT_SHEET_TITLE = "Agenda"


def inspect_packs(pack: Pack, packs: Sequence[MergedPack]) -> None:
    """Inspects the PDF of every pack.

    Raises:
        InspectionError: with every disagreement between a file and what was planned.
    """
    problems: list[Problem] = []
    titles = {FRONT_SHEET_ID: FRONT_SHEET_TITLE} | {document.id: document.title for document in pack.all_documents()}
    for merged in packs:
        try:
            inspect_pack(
                merged.pdf,
                merged.plan,
                name=f"{pack.id}/{merged.access}/agenda-pack.pdf",
                titles=titles,
                contents=contents_lines(pack, merged.plan, merged.access),
                outline=merged.request.outline,
                stamp=merged.request.stamp,
            )
        except InspectionError as error:
            problems.extend(error.problems)
    if problems:
        raise InspectionError(problems)


def contents_lines(pack: Pack, plan: PagePlan, access: Access) -> list[ContentsLine]:
    """What the front sheet must say of pages: one line for each item that has any."""
    lines = []
    for item in pack.all_items():
        ranges = item_ranges(item, plan, access)
        if ranges:
            words = ", ".join(str(pages) for pages in ranges)
            lines.append(ContentsLine(item=item.number, pages=words, first_index=ranges[0].first_index))
    return lines
