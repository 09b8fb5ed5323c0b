"""Which words of a page its links lie on.

Takes a page's link annotations and where words stand; gives the link over a piece, and for links whose words cannot be
told apart from others the element that they belong to. Never changes a link.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pikepdf import Array, Object

from packgen.merge.frames import Box, Frame, box_of
from packgen.merge.untagged.pieces import Piece, moved, to_frame

_INSIDE = 0.7
"""Of a piece's width: so much of it lies under a link whose words it is."""


class Links:
    """The links of one page by their index among its annotations."""

    def __init__(self, page: Object, frame: Frame) -> None:
        matrix = to_frame(frame)
        self._boxes: dict[int, Box] = {}
        self._elements: dict[int, int] = {}
        for index, annotation in enumerate(page.get("/Annots", Array()).as_list()):
            box = box_of(annotation.get("/Rect"))
            if annotation.get("/Subtype") == "/Link" and box is not None:
                self._boxes[index] = moved(matrix, box)

    def over(self, box: Box, element: int) -> int | None:
        """The link on words in `box`; the words of a link are all in the first `element` that has some."""
        for link, place in self._boxes.items():
            middle = (box[1] + box[3]) / 2
            width = max(box[2] - box[0], 0.1)
            if place[1] <= middle <= place[3] and _shared(place, box) >= _INSIDE * width:
                return link if self._elements.setdefault(link, element) == element else None
        return None

    def left_over(self, elements: Sequence[Sequence[Piece]]) -> Iterator[tuple[int, int]]:
        """For links that have no words of their own, the elements that they lie on; none for those that lie on none."""
        for link, place in self._boxes.items():
            if link in self._elements:
                continue
            shares = {
                index: sum(_shared(place, piece.box) for piece in pieces if _level(place, piece.box))
                for index, pieces in enumerate(elements)
            }
            best = max(shares, key=lambda index: shares[index], default=None)
            if best is not None and shares[best] > 0:
                yield best, link


def _shared(one: Box, other: Box) -> float:
    return max(0.0, min(one[2], other[2]) - max(one[0], other[0]))


def _level(place: Box, box: Box) -> bool:
    return place[1] <= (box[1] + box[3]) / 2 <= place[3]
