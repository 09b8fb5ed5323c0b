"""Pieces of text joined to segments: words that stand side by side and belong together.

Takes pieces whose lines run from left to right; gives segments, of which a line has one for each column or cell.
Pure: knows only boxes, sizes and words.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from packgen.merge.frames import Box
from packgen.merge.untagged.pieces import Piece

_JOINED = 0.6
"""Ems between words of one segment at most; justified lines may have more, and are put together again later."""
_OVERLAP = 0.4
"""Of the lower one's height: how much two pieces must overlap to stand on one line; raised numbers do."""
_LINE = 3.0
"""Points: what is no thicker is a line, and lines no farther apart meet."""
_WORD_GAP, _LABEL_GAP = 0.1, 0.3
"""Ems between words, and between the number of a list and its words, at least."""
_LABEL_ROOM = 5.0
"""Ems from the beginning of a list's number to its words at most."""

_LABEL = re.compile(
    r"[•●○■□▪▫◦‣⁃∙·►▶➢➤✓✔❖◆\-–—*\uf000-\uf0ff]"  # bullets, and what symbol fonts call theirs
    r"|o"
    r"|\(?(?:[0-9]{1,3}|[A-Za-z]|[ivxlIVXL]{1,6})[.)]"
    r"|[0-9]{1,3}(?:\.[0-9]{1,3})+\.?"
)
_BARE = re.compile(r"[0-9]{1,2}")
_BARE_ROOM = 3.0
"""A number alone belongs to a list if a sentence follows, so many ems from its beginning at most."""

_Stretch = tuple[float, float, float]
"""A line: where it stands, from where to where it goes."""


@dataclass
class Segment:
    """Words side by side, or something else that stands on the page as a whole (`solid`).

    `top` and `bottom` are those of ordinary lines of its sizes, whatever letters it has; `size` and `baseline` are
    those of its longest piece. `spaces` are the numbers of pieces behind which there is room for a space. `label` is
    how many pieces the bullet or number has that it begins with, apart from its words.
    """

    pieces: list[Piece]
    left: float
    right: float
    top: float
    bottom: float
    size: float
    baseline: float
    solid: bool = False
    label: int = 0
    words: list[str] = field(default_factory=list)
    spaces: set[int] = field(default_factory=set)
    longest: float = 0.0

    def __post_init__(self) -> None:
        self.longest = self.right - self.left

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())

    @property
    def bold(self) -> bool:
        return bool(self.pieces) and all(piece.bold for piece in self.pieces)


_ABOVE, _BELOW = 0.72, 0.2
"""Ems above and below the baseline that a line takes."""


def solid(pieces: Sequence[Piece], box: Box) -> Segment:
    """Something that stands at its place as a whole: a picture, or words that run in another direction."""
    left, bottom, right, top = box
    return Segment(list(pieces), left, right, top, bottom, top - bottom, bottom, solid=True)


def segments_of(pieces: Iterable[Piece], lines: Lines) -> list[Segment]:
    """Segments of text, each with its pieces from left to right; nothing is joined across an upright line."""
    found: list[Segment] = []
    near: dict[int, list[Segment]] = defaultdict(list)
    for piece in sorted(pieces, key=lambda each: (each.x, each.number)):
        line = Segment([piece], piece.box[0], piece.box[2], piece.y + _ABOVE * piece.size,
                       piece.y - _BELOW * piece.size, piece.size, piece.y, words=[piece.text])  # fmt: skip
        row = round(piece.y / 8)
        before = _before(line, (each for key in (row - 1, row, row + 1) for each in near[key]), lines)
        if before is None:
            found.append(line)
            near[row].append(line)
        else:
            _append(before, line)
    return found


def with_labels(segments: list[Segment], lines: Lines) -> list[Segment]:
    """Put bullets and numbers together with the words that they stand before."""
    short = [each for each in segments if not each.solid and each.right - each.left <= _LABEL_ROOM * each.size]
    labels = [each for each in short if is_label(each.text) or _BARE.fullmatch(each.text)]
    gone: set[int] = set()
    for label in labels:
        follows = [
            each for each in segments
            if each is not label and not each.solid and id(each) not in gone
            and each.left >= label.right
            and each.left - label.left <= _LABEL_ROOM * each.size and _on_one_line(label, each)
        ]  # fmt: skip
        if not follows:
            continue
        words = min(follows, key=lambda each: each.left)
        if lines.upright_between(label.right, words.left, label.bottom, label.top):
            continue
        if not is_label(label.text) and (
            words.left - label.left > _BARE_ROOM * words.size or words.text.count(" ") < 3
        ):
            continue
        words.pieces = [*label.pieces, *words.pieces]
        words.words = [*label.words, " ", *words.words]
        words.spaces |= label.spaces | {label.pieces[-1].number}
        words.left = label.left
        words.label = len(label.pieces)
        gone.add(id(label))
    return [each for each in segments if id(each) not in gone]


def is_label(text: str) -> bool:
    """Whether it is a bullet, or a number as lists and numbered paragraphs have them."""
    return _LABEL.fullmatch(text) is not None


class Lines:
    """The straight lines drawn on a page, and the edges of boxes."""

    def __init__(self, boxes: Iterable[Box]) -> None:
        """`boxes` are lines, no thicker than a few points, and rectangles, which have four of them."""
        upright: list[_Stretch] = []
        level: list[_Stretch] = []
        for left, bottom, right, top in boxes:
            if right - left > _LINE:
                heights = (bottom, top) if top - bottom > _LINE else ((bottom + top) / 2,)
                level += [(height, left, right) for height in heights]
            if top - bottom > _LINE:
                places = (left, right) if right - left > _LINE else ((left + right) / 2,)
                upright += [(place, bottom, top) for place in places]
        self._upright = _joined(upright)
        self._level = _joined(level)
        self._places = [place for place, _, _ in self._upright]

    def upright_between(self, left: float, right: float, bottom: float, top: float) -> bool:
        """Whether an upright line stands between two places along at least half of the height between two others."""
        first, last = bisect_left(self._places, left - 1), bisect_right(self._places, right + 1)
        along = (min(top, high) - max(bottom, low) for _, low, high in self._upright[first:last])
        return any(length > (top - bottom) / 2 for length in along)

    def level_across(self, left: float, right: float) -> list[float]:
        """The heights of level lines that run across all that is between two places, from the lowest up."""
        return [height for height, start, end in self._level if start <= left + 1 and end >= right - 1]


def _joined(stretches: list[_Stretch]) -> list[_Stretch]:
    """Lines joined where they go on; sorted by their place."""
    stretches.sort()
    joined: list[_Stretch] = []
    beside: list[_Stretch] = []
    for each in stretches:
        if beside and each[0] - beside[0][0] > _LINE / 2:
            joined += _in_a_row(beside)
            beside = []
        beside.append(each)
    joined += _in_a_row(beside)
    return joined


def _in_a_row(stretches: list[_Stretch]) -> Iterator[_Stretch]:
    """Lines at one place joined where they meet."""
    current: _Stretch | None = None
    for place, start, end in sorted(stretches, key=lambda each: each[1]):
        if current is None or start > current[2] + _LINE:
            if current is not None:
                yield current
            current = (place, start, end)
        else:
            current = (current[0], current[1], max(current[2], end))
    if current is not None:
        yield current


def _before(line: Segment, candidates: Iterator[Segment], lines: Lines) -> Segment | None:
    """The segment that `line` goes on, if any: the one that ends nearest before it."""
    best: Segment | None = None
    for each in candidates:
        size = max(each.size, line.size)
        gap = line.left - each.right
        if -size <= gap <= _JOINED * size and _on_one_line(each, line) and (best is None or each.right > best.right):
            best = each
    if best is None:
        return None
    bottom, top = max(best.bottom, line.bottom), min(best.top, line.top)
    return None if lines.upright_between(min(best.right, line.left), max(best.right, line.left), bottom, top) else best


def _on_one_line(one: Segment, other: Segment) -> bool:
    overlap = min(one.top, other.top) - max(one.bottom, other.bottom)
    return overlap >= _OVERLAP * min(one.top - one.bottom, other.top - other.bottom)


def _append(before: Segment, line: Segment) -> None:
    gap = line.left - before.right
    if len(before.pieces) == 1 and gap > _LABEL_GAP * line.size and is_label(before.text):
        before.label = 1
    glued = before.pieces[-1].glued
    if gap > _WORD_GAP * line.size and not (glued and glued == line.pieces[0].key):
        before.spaces.add(before.pieces[-1].number)
        before.words.append(" ")
    before.pieces += line.pieces
    before.words += line.words
    if line.right - line.left > before.longest:
        before.longest, before.size, before.baseline = line.right - line.left, line.size, line.baseline
    before.right = max(before.right, line.right)
    before.top, before.bottom = max(before.top, line.top), min(before.bottom, line.bottom)
