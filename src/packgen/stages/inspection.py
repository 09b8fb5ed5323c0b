"""Stage 8: every finished pack is read back before anybody sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from packgen.front_sheet import item_ranges, ranges_in_words
from packgen.inspect import Expected, Inspection, PageFacts, inspect_pack
from packgen.model import ContentsLine, MergeRequest, OutlineItem, Pack, PagePlan, StampStyle


@dataclass(frozen=True, kw_only=True)
class InspectionTask:
    """A finished PDF and all that must be true of it.

    `titles` has for each document the title of its item, if it stands below one, and its own; `sources` its own PDF, or
    the words on its pages.
    """

    name: str
    plan: PagePlan
    titles: Mapping[str, Sequence[str]]
    outline: Sequence[OutlineItem]
    stamp: StampStyle | None
    contents: Sequence[ContentsLine] = ()
    sources: Mapping[str, bytes | Sequence[str]] = field(default_factory=dict)


def pack_inspection(
    folder: str, pack: Pack, request: MergeRequest, sources: Mapping[str, bytes | Sequence[str]]
) -> InspectionTask:
    """What must be true of a whole pack, whose pages are compared with their documents as they came (`sources`).

    Its PDF is put in later.
    """
    return InspectionTask(
        name=f"{folder}/agenda-pack.pdf",
        plan=request.plan,
        titles=_titles(request),
        contents=contents_lines(pack, request.plan),
        outline=request.outline,
        stamp=request.stamp,
        sources={key: sources[key] for key in request.parts},
    )


def part_inspection(name: str, request: MergeRequest) -> InspectionTask:
    """What must be true of a PDF cut from a pack, such as that of one item; the PDF itself is put in later."""
    return InspectionTask(
        name=name,
        plan=request.plan,
        titles=_titles(request),
        outline=request.outline,
        stamp=request.stamp,
    )


def inspect(pdf: bytes, task: InspectionTask, known: PageFacts | None = None) -> Inspection:
    """Inspects one finished PDF; `known` is what was seen on pages before.

    Raises:
        InspectionError: with every disagreement.
    """
    expected = Expected(
        task.plan,
        name=task.name,
        titles=task.titles,
        contents=task.contents,
        outline=task.outline,
        stamp=task.stamp,
        sources=task.sources,
    )
    return inspect_pack(pdf, expected, known)


def _titles(request: MergeRequest) -> dict[str, tuple[str, ...]]:
    return {key: (part.title,) if part.item is None else (part.item, part.title) for key, part in request.parts.items()}


def contents_lines(pack: Pack, plan: PagePlan) -> list[ContentsLine]:
    """What the front sheet must say of pages: one line for each item that has any."""
    lines = []
    for item in pack.all_items():
        ranges = item_ranges(item, plan)
        words = ranges_in_words(ranges)
        if words:
            lines.append(ContentsLine(item=item.number, pages=words, first_index=ranges[0].first_index))
    return lines
