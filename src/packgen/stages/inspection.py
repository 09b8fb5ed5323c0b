"""Stage 8: every finished pack is read back before anybody sees it. Here stands what must be true of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from packgen.front_sheet import item_ranges, ranges_in_words
from packgen.inspect import Expected
from packgen.model import ContentsLine, MergeRequest, Pack, PagePlan, Supplement


def pack_expected(
    name: str,
    pack: Pack,
    supplements: Sequence[Supplement],
    request: MergeRequest,
    sources: Mapping[str, Sequence[str]],
) -> Expected:
    """What must be true of a whole pack, on whose pages every word of its documents (`sources`) must be."""
    return Expected(
        request.plan,
        name=name,
        titles=_titles(request),
        contents=[
            *contents_lines(pack, request.plan),
            *(line for supplement in supplements for line in supplement_lines(pack, supplement, request.plan)),
        ],
        outline=request.outline,
        stamp=request.stamp,
        sources={key: sources[key] for key in request.parts},
    )


def part_expected(name: str, request: MergeRequest, contents: Sequence[ContentsLine] = ()) -> Expected:
    """What must be true of a PDF cut from a pack: that of an item, or of a supplement with its `contents`."""
    return Expected(
        request.plan,
        name=name,
        titles=_titles(request),
        contents=contents,
        outline=request.outline,
        stamp=request.stamp,
    )


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


def supplement_lines(pack: Pack, supplement: Supplement, plan: PagePlan) -> Iterator[ContentsLine]:
    """What the front sheet of a supplement must say of pages: one line for each document of it."""
    for item in pack.all_items():
        for document in item.documents:
            pages = plan.range_of(document.id) if document.id in supplement.documents else None
            if pages:
                yield ContentsLine(
                    item=item.number, pages=str(pages), first_index=pages.first_index, sheet=supplement.id
                )
