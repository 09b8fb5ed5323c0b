"""Running headers and footers: what stands at the same place of most pages.

Takes the pieces of a document's pages; gives those that are repeated in its margins, so that a screen reader need not
say them on every page. Only what is certain counts: the same words at the same place with nothing else beside them,
for that could be the value of a form's field, or numbers that count the pages. Except for page numbers, the first time
is not among them: it is read once. Pure.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from packgen.merge.untagged.pictures import Place, place_of
from packgen.merge.untagged.pieces import PICTURE, SHAPE, Piece
from packgen.merge.untagged.reading_order import segments_on
from packgen.merge.untagged.segments import Segment

_MARGIN = 0.15
"""Of a page's height: where headers and footers stand."""
_LEAST_PAGES = 3
_MOST_OF = 0.6
_NUMBER = re.compile(r"[0-9]+")
_PAGE_NUMBER = re.compile(r"(?:page|p\.|[-–—])?\s*#(?:\s*(?:of|/)\s*#)?\s*[-–—]?", re.IGNORECASE)


@dataclass(frozen=True)
class _Found:
    """A line in a margin: on which page, the numbers in it, and its pieces."""

    page: int
    numbers: tuple[int, ...]
    segment: Segment


def running_of(pages: Sequence[Sequence[Piece]], heights: Sequence[float]) -> list[dict[int, str]]:
    """For each page the pieces that need not be read, by number: `Header` or `Footer`.

    `heights` are those of the pages' visible frames, points.
    """
    places: dict[tuple[str, str, int], list[_Found]] = defaultdict(list)
    for index, (pieces, height) in enumerate(zip(pages, heights, strict=True)):
        for segment, kind in _in_margins(pieces, height):
            text = _NUMBER.sub("#", segment.text)
            numbers = tuple(int(number) for number in _NUMBER.findall(segment.text)[:8] if len(number) < 9)
            from_edge = segment.bottom if kind == "Footer" else height - segment.bottom
            places[kind, text, round(from_edge / 3)].append(_Found(index, numbers, segment))
    repeated = {place: found for place, found in places.items() if _repeats(found, len(pages))}
    others = [each for place, found in places.items() if place not in repeated for each in found]
    running: list[dict[int, str]] = [{} for _ in pages]
    for (kind, text, _), found in repeated.items():
        counts = _PAGE_NUMBER.fullmatch(text) is not None
        for each in found if counts else found[1:]:
            if counts or not any(_beside(each, other) for other in others):
                running[each.page].update(dict.fromkeys((piece.number for piece in each.segment.pieces), kind))
    return running


def repeated_pictures(pages: Sequence[Sequence[Piece]]) -> set[Place]:
    """The places at which most pages draw something: a letterhead's, not a picture to tell of."""
    places = Counter(
        place for pieces in pages for place in {place_of(each) for each in pieces if each.kind in {PICTURE, SHAPE}}
    )
    return {place for place, count in places.items() if count >= max(_LEAST_PAGES, _MOST_OF * len(pages))}


def _beside(one: _Found, other: _Found) -> bool:
    """Whether two lines stand at one height of a page."""
    return one.page == other.page and one.segment.bottom < other.segment.top and other.segment.bottom < one.segment.top


def _in_margins(pieces: Sequence[Piece], height: float) -> Iterator[tuple[Segment, str]]:
    outer = [
        each for each in pieces if each.y > height * (1 - _MARGIN) - each.size or each.y < height * _MARGIN + each.size
    ]
    for segment in segments_on(outer):
        if segment.bottom > height * (1 - _MARGIN):
            yield segment, "Header"
        elif segment.top < height * _MARGIN:
            yield segment, "Footer"


def _repeats(found: Sequence[_Found], count: int) -> bool:
    """Whether lines with the same words stand on most pages, or on most left or right ones, counting them if at all."""
    pages = {each.page for each in found}
    if len(pages) < _LEAST_PAGES or len(pages) < len(found):
        return False
    one_side = {page % 2 for page in pages}
    of = count / 2 if len(one_side) == 1 else count
    return len(pages) >= _MOST_OF * of and _counts_or_stays(found)


def _counts_or_stays(found: Sequence[_Found]) -> bool:
    """Whether each number is the same on all pages, or goes up with them, and at least one does if there are any."""
    columns = list(zip(*(each.numbers for each in found), strict=False))
    counting = [
        len({number - each.page for number, each in zip(column, found, strict=True)}) == 1 for column in columns
    ]
    staying = [len(set(column)) == 1 for column in columns]
    return all(one or other for one, other in zip(counting, staying, strict=True))
