"""Which of the things painted on a page are pictures that a reader should know of.

Takes the pieces of a page that are not words; gives pictures, each with the pieces it is made of. Images and drawings
are pictures, what touches being one; lines, boxes and small ornaments are not. Pure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from packgen.merge.frames import Box
from packgen.merge.untagged.pieces import PICTURE, SHAPE, Piece

_LEAST = 12.0
"""Points: what is narrower or lower is an ornament."""
_LEAST_DRAWING, _STROKES = 24.0, 16
"""Points, and lines and curves that make no boxes: how large and how rich a drawing is that shows something."""
_TOUCH = 2.0
"""Points between parts of one picture at most."""
_MOST_PARTS = 800
"""Of a drawing with more, all parts are one picture."""

Place = tuple[int, int, int, int, int]
"""A thing that is drawn, and the box it stands in."""


@dataclass
class Picture:
    """A picture: where it stands in the visible frame, and its pieces in the order of drawing."""

    box: Box
    pieces: list[Piece]


def pictures_of(pieces: Iterable[Piece], repeated: Collection[Place]) -> list[Picture]:
    """The pictures of a page; `repeated` are places (see `place_of`) at which most pages draw the same."""
    parts = [
        each for each in pieces
        if (each.kind == PICTURE or (each.kind == SHAPE and each.strokes)) and place_of(each) not in repeated
    ]  # fmt: skip
    if len(parts) > _MOST_PARTS:
        return [Picture(around([part.box for part in parts]), parts)]
    return [picture for group in _touching(parts) if _shows_something(picture := Picture(*group))]


def place_of(piece: Piece) -> Place:
    """What is drawn where, in whole points."""
    left, bottom, right, top = piece.box
    return (piece.source, round(left), round(bottom), round(right), round(top))


def covers(box: Box, other: Box) -> bool:
    """Whether the middle of `other` is inside `box`."""
    x, y = (other[0] + other[2]) / 2, (other[1] + other[3]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def around(boxes: Sequence[Box]) -> Box:
    """The box around some boxes; there is at least one."""
    return (
        min(box[0] for box in boxes), min(box[1] for box in boxes),
        max(box[2] for box in boxes), max(box[3] for box in boxes),
    )  # fmt: skip


def _shows_something(picture: Picture) -> bool:
    width, height = picture.box[2] - picture.box[0], picture.box[3] - picture.box[1]
    if any(piece.kind == PICTURE for piece in picture.pieces):
        return min(width, height) >= _LEAST
    strokes = sum(piece.strokes for piece in picture.pieces)
    return min(width, height) >= _LEAST_DRAWING and strokes >= _STROKES


def _touching(parts: Sequence[Piece]) -> list[tuple[Box, list[Piece]]]:
    """Pieces that overlap or all but touch, as groups in the order in which they begin."""
    groups: list[tuple[Box, list[Piece]]] = []
    for part in parts:
        box, pieces = part.box, [part]
        apart = []
        for group in groups:
            if _near(group[0], box):
                pieces = [*group[1], *pieces]
                box = around([group[0], box])
            else:
                apart.append(group)
        groups = [*apart, (box, pieces)]
    for _, pieces in groups:
        pieces.sort(key=lambda piece: piece.number)
    return sorted(groups, key=lambda group: group[1][0].number)


def _near(one: Box, other: Box) -> bool:
    return (
        one[0] - _TOUCH <= other[2] and other[0] - _TOUCH <= one[2]
        and one[1] - _TOUCH <= other[3] and other[1] - _TOUCH <= one[3]
    )  # fmt: skip
