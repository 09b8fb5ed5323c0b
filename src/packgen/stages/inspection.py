"""Stage 8: every finished pack is read back before anybody sees it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
    """A finished PDF and all that must be true of it.

    `sources` has for each document its own PDF, or the words on its pages.
    """

    name: str
    pdf: bytes
    plan: PagePlan
    titles: Mapping[str, str]
    contents: Sequence[ContentsLine]
    outline: Sequence[OutlineItem]
    stamp: StampStyle
    sources: Mapping[str, bytes | Sequence[str]]


def inspect_packs(packs: Sequence[MergedPack], workers: Workers) -> tuple[Problem, ...]:
    """Inspects the PDF of every pack; gives warnings.

    Raises:
        InspectionError: with every disagreement between a file and what was planned.
    """
    tasks = [task for merged in packs for task in _tasks(merged)]
    found = workers.run(inspect, tasks, weight=lambda task: len(task.pdf))
    wholes = [warnings for task, warnings in zip(tasks, found, strict=True) if task.contents or task.sources]
    return tuple(warning for warnings in wholes for warning in warnings)


def _tasks(merged: MergedPack) -> Iterator[InspectionTask]:
    """The whole pack, whose pages are compared with their documents, then the PDF of each item."""
    folder, titles = f"{merged.pack.id}/{merged.access}", _titles(merged.pack)
    yield InspectionTask(
        name=f"{folder}/agenda-pack.pdf",
        pdf=merged.pdf,
        plan=merged.plan,
        titles=titles,
        contents=contents_lines(merged.pack, merged.plan),
        outline=merged.request.outline,
        stamp=merged.request.stamp,
        sources={key: merged.page_texts.get(key, part.pdf) for key, part in merged.request.parts.items()},
    )
    for file in merged.item_files.values():
        yield InspectionTask(
            name=f"{folder}/items/{file.name}",
            pdf=file.pdf,
            plan=file.request.plan,
            titles=titles,
            contents=(),
            outline=file.request.outline,
            stamp=file.request.stamp,
            sources={},
        )


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
        sources=task.sources,
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
