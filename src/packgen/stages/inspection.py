"""Stage 8: every finished pack is read back before anybody sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from packgen.errors import Problem
from packgen.front_sheet import item_ranges, ranges_in_words
from packgen.inspect import inspect_pack
from packgen.model import FRONT_SHEET_ID, ContentsLine, OutlineItem, Pack, PagePlan, StampStyle
from packgen.stages.merging import MergedPack
from packgen.stages.workers import Workers

FRONT_SHEET_TITLE = "Agenda"


@dataclass(frozen=True, kw_only=True)
class InspectionTask:
    """A finished PDF and all that must be true of it."""

    name: str
    pdf: bytes
    plan: PagePlan
    titles: Mapping[str, str]
    contents: Sequence[ContentsLine]
    outline: Sequence[OutlineItem]
    stamp: StampStyle


def inspect_packs(packs: Sequence[MergedPack], workers: Workers) -> tuple[Problem, ...]:
    """Inspects the PDF of every pack; gives warnings.

    Raises:
        InspectionError: with every disagreement between a file and what was planned.
    """
    tasks = [
        InspectionTask(
            name=f"{merged.pack.id}/{merged.access}/agenda-pack.pdf",
            pdf=merged.pdf,
            plan=merged.plan,
            titles=_titles(merged.pack),
            contents=contents_lines(merged.pack, merged.plan),
            outline=merged.request.outline,
            stamp=merged.request.stamp,
        )
        for merged in packs
    ]
    found = workers.run(inspect, tasks, weight=lambda task: len(task.pdf))
    return tuple(warning for warnings in found for warning in warnings)


def inspect(task: InspectionTask) -> tuple[Problem, ...]:
    """Inspects one finished PDF; gives warnings.

    Raises:
        InspectionError: with every disagreement.
    """
    return inspect_pack(
        task.pdf,
        task.plan,
        name=task.name,
        titles=task.titles,
        contents=task.contents,
        outline=task.outline,
        stamp=task.stamp,
    )


def _titles(pack: Pack) -> dict[str, str]:
    return {FRONT_SHEET_ID: FRONT_SHEET_TITLE} | {document.id: document.title for document in pack.all_documents()}


def contents_lines(pack: Pack, plan: PagePlan) -> list[ContentsLine]:
    """What the front sheet must say of pages: one line for each item that has any."""
    lines = []
    for item in pack.all_items():
        ranges = item_ranges(item, plan)
        words = ranges_in_words(ranges)
        if words:
            lines.append(ContentsLine(item=item.number, pages=words, first_index=ranges[0].first_index))
    return lines
