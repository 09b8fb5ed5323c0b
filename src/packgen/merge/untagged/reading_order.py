"""The pieces of a page as paragraphs and pictures in the order in which they are read.

Takes what a page paints and where; gives its elements in reading order. Everything that says words is in exactly one
of them, but for a second drawing of the same words at the same place. Pure.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from packgen.merge.frames import Box
from packgen.merge.untagged.drawing import TEXT
from packgen.merge.untagged.paragraphs import Line, Paragraph, paragraphs_of
from packgen.merge.untagged.pictures import Picture, Place, around, covers, pictures_of
from packgen.merge.untagged.pieces import FORM, PICTURE, RULE, SHAPE, Piece
from packgen.merge.untagged.segments import Lines, Segment, segments_of, solid, with_labels
from packgen.merge.untagged.zones import blocks_of

PARAGRAPH, FIGURE = "P", "Figure"

_SHADOW = 0.1
"""Ems: words drawn again so near are a shadow, or make letters bold."""


@dataclass(frozen=True)
class Element:
    """A paragraph or a picture: its pieces in reading order, and where it stands in the visible frame.

    `spaces` are the numbers of pieces behind which words are apart; `lines` those of a paragraph; `label` how many of
    its first pieces are the bullet or number that it begins with.
    """

    role: str
    pieces: tuple[Piece, ...]
    box: Box
    spaces: frozenset[int] = frozenset()
    lines: tuple[Line, ...] = ()
    label: int = 0


def elements_of(pieces: Sequence[Piece], repeated: Collection[Place] = ()) -> list[Element]:
    """The elements of a page in reading order.

    Args:
        pieces: what is painted, without words that belong to no element, such as running headers.
        repeated: places (see `pictures.place_of`) at which most pages draw the same picture.
    """
    upright = main_turn(pieces)
    turned = {each.number: each for each in pieces}
    lying = [turned_piece(each, upright) for each in pieces]
    words = [each for each in without_shadows(lying) if says_something(each)]
    pictures = pictures_of(lying, repeated)
    lines = Lines(each.box for each in lying if each.kind == RULE or (each.kind == SHAPE and not each.strokes))
    behind = [picture for picture in pictures if any(covers(picture.box, each.box) for each in words)]
    beside = [picture for picture in pictures if picture not in behind]
    solids = [solid(picture.pieces, picture.box) for picture in beside]
    solids += [solid([each], each.box) for each in lying if each.kind == FORM]
    solids += [each for turn in (90, 180, 270) for each in _other_way([w for w in words if w.turn == turn], turn)]
    segments = with_labels(segments_of([each for each in words if each.turn == 0], lines), lines)
    solids, margin = _without_margin(solids, segments)
    paragraphs = paragraphs_of(list(blocks_of([*segments, *solids], lines)))
    paragraphs += [[Line([each])] for each in margin]
    found = [element for paragraph in paragraphs for element in _elements(paragraph)]
    for picture in behind:
        if not _is_scan(picture, words):
            place = next((i for i, each in enumerate(found) if covers(picture.box, each.box)), len(found))
            found.insert(place, Element(FIGURE, tuple(picture.pieces), picture.box))
    return [_back(element, turned) for element in found]


def segments_on(pieces: Sequence[Piece]) -> list[Segment]:
    """The words of a page as segments, for pages to be compared."""
    words = [each for each in without_shadows(pieces) if says_something(each) and each.turn == 0]
    return segments_of(words, Lines(()))


def says_something(piece: Piece) -> bool:
    """Whether a piece has letters; one that only sets a space has no width."""
    return piece.kind == TEXT and (bool(piece.text.strip()) or piece.box[2] - piece.box[0] > 0.01)


def without_shadows(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces without words that are drawn a second time at the same place."""
    near: dict[tuple[int, int], list[Piece]] = defaultdict(list)
    for piece in pieces:
        if not says_something(piece):
            yield piece
            continue
        x, y = round(piece.x / 4), round(piece.y / 4)
        around = (each for i in (x - 1, x, x + 1) for j in (y - 1, y, y + 1) for each in near.get((i, j), ()))
        if any(_is_shadow(piece, each) for each in around):
            continue
        near[x, y].append(piece)
        yield piece


def _is_shadow(piece: Piece, before: Piece) -> bool:
    if piece.text.strip() not in {"", before.text.strip()} or piece.turn != before.turn:
        return False
    return all(abs(one - other) <= _SHADOW * before.size for one, other in zip(piece.box, before.box, strict=True))


def main_turn(pieces: Iterable[Piece]) -> int:
    """The direction in which most letters of a page run, in degrees."""
    letters: Counter[int] = Counter()
    for each in pieces:
        if each.kind == TEXT:
            letters[each.turn] += len(each.text.strip())
    return max(letters, key=lambda turn: (letters[turn], -turn), default=0)


def turned_piece(piece: Piece, turn: int) -> Piece:
    """A piece as it stands when the page is turned so that lines turned by `turn` degrees lie level."""
    if turn == 0:
        return piece
    corners = [_turned(piece.box[0], piece.box[1], turn), _turned(piece.box[2], piece.box[3], turn)]
    xs, ys = sorted(x for x, _ in corners), sorted(y for _, y in corners)
    x, y = _turned(piece.x, piece.y, turn)
    return replace(piece, box=(xs[0], ys[0], xs[1], ys[1]), x=x, y=y, turn=(piece.turn - turn) % 360)


def _turned(x: float, y: float, turn: int) -> tuple[float, float]:
    return {90: (y, -x), 180: (-x, -y), 270: (-y, x)}[turn]


def _other_way(words: Sequence[Piece], turn: int) -> Iterator[Segment]:
    """Words that run in another direction than most, each paragraph of them as one thing."""
    if not words:
        return
    before = {each.number: each for each in words}
    segments = segments_of([turned_piece(each, turn) for each in words], Lines(()))
    for paragraph in paragraphs_of(list(blocks_of(segments, Lines(())))):
        pieces = [before[piece.number] for line in paragraph for segment in line.segments for piece in segment.pieces]
        thing = solid(pieces, _around(pieces))
        thing.spaces |= _spaces(paragraph)
        yield thing


def _without_margin(solids: Sequence[Segment], segments: Sequence[Segment]) -> tuple[list[Segment], list[Segment]]:
    """Things among the words, and words that run along the edge of the page beside all others: they are read last."""
    left = min((each.left for each in segments), default=0.0)
    right = max((each.right for each in segments), default=0.0)
    margin = [
        each for each in solids
        if segments and each.pieces[0].kind == TEXT and (each.right <= left or each.left >= right)
    ]  # fmt: skip
    return [each for each in solids if each not in margin], margin


def _elements(paragraph: Paragraph) -> Iterator[Element]:
    """A paragraph, and the pictures that stand in its lines."""
    segments = [segment for line in paragraph for segment in line.segments]
    words = tuple(piece for segment in segments if not segment.solid for piece in segment.pieces)
    if words:
        yield Element(PARAGRAPH, words, _around(words), _spaces(paragraph), tuple(paragraph), paragraph[0].label)
    for segment in segments:
        if segment.solid:
            role = FIGURE if segment.pieces[0].kind in {PICTURE, SHAPE} else PARAGRAPH
            yield Element(role, tuple(segment.pieces), _around(segment.pieces), frozenset(segment.spaces))


def _spaces(paragraph: Paragraph) -> frozenset[int]:
    """The pieces of a paragraph behind which words are apart: in a line, and at its end but for a divided word."""
    found: set[int] = set()
    for line, after in zip_longest(paragraph, paragraph[1:]):
        words = [segment for segment in line.segments if not segment.solid]
        for segment in words:
            found |= segment.spaces | {segment.pieces[-1].number}
        if words and (after is None or (line.hyphenated and after.text[:1].islower())):
            found.discard(words[-1].pieces[-1].number)
    return frozenset(found)


def _is_scan(picture: Picture, words: Iterable[Piece]) -> bool:
    """Whether the words on a picture are those seen in it, put there invisibly so that they can be found."""
    over = [each.hidden for each in words if covers(picture.box, each.box)]
    return sum(over) * 2 > len(over)


def _back(element: Element, turned: dict[int, Piece]) -> Element:
    """An element as it stands on the page."""
    pieces = tuple(turned[piece.number] for piece in element.pieces)
    return replace(element, pieces=pieces, box=_around(pieces))


def _around(pieces: Sequence[Piece]) -> Box:
    return around([piece.box for piece in pieces])
