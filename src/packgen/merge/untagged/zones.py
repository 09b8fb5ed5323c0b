"""Columns and tables: what of a page is read before what.

Takes the segments of a page and the lines drawn on it; gives blocks, each to be read from top to bottom, in reading
order. Columns of prose are read one after the other, tables row by row and cell by cell. Pure.

A page is seen as strips (what stands at one height) from top to bottom. Strips that leave the same room free between
their segments form a zone; whether that is columns or a table is told from lines drawn across the room, from how the
rows stand, and from how full the columns are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from packgen.merge.untagged.segments import Lines, Segment


@dataclass(frozen=True)
class Block:
    """Lines from top to bottom, each of segments from left to right; `cell` if they are a cell of a table."""

    lines: list[list[Segment]]
    cell: bool = False


_NARROW, _WIDE, _WIDEST = 0.5, 1.5, 2.5
"""Ems of free room between columns: what it needs at least, what is enough without further signs, and for two lines."""
_SAME_EDGE = 1.5
"""Points by which the left edges of a column's lines may differ."""
_PROSE_FILL, _PROSE_EMS, _PROSE_LINES = 0.6, 9.0, 3
"""How much of a column its lines fill, how wide it is, and how many lines it has, if it is one of prose."""
_ALIKE = 0.8
"""Of the lines of a column: as many begin below each other."""
_PART = 3.0
"""Ems of height without anything, which parts zones."""
_TALL = 2.5
"""Ems: a strip as high as this holds several lines, or a picture."""
_FAR = 2.0
"""Times the usual distance of lines: what is farther below is no longer part of a column."""
_RULED_ROWS = 2
"""Level lines between the strips of a table: with so many, there is one below each row; one may be below the head."""
_MOST_DEPTH = 6


@dataclass
class Strip:
    """Segments that stand at one height, from left to right."""

    segments: list[Segment]
    top: float
    bottom: float

    @property
    def size(self) -> float:
        return max((each.size for each in self.segments if not each.solid), default=10.0)


@dataclass
class Gutter:
    """Room that strips leave free; `support` is how many have something on both sides of it."""

    left: float
    right: float
    support: int

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def blocks_of(segments: Sequence[Segment], lines: Lines, depth: int = 0) -> Iterator[Block]:
    """Blocks in reading order. `lines` are those drawn on the page."""
    strips = strips_of(segments)
    plain: list[Strip] = []
    index = 0
    while index < len(strips):
        gutters, end = _zone_at(strips, index, lines) if depth < _MOST_DEPTH else ([], index)
        if not gutters:
            plain.append(strips[index])
            index += 1
            continue
        higher = _begins_higher(plain, strips[index], gutters)
        yield from _plain_block(plain[: len(plain) - higher])
        plain = []
        yield from _divided(strips[index - higher : end], gutters, lines, depth)
        index = end
    yield from _plain_block(plain)


def strips_of(segments: Sequence[Segment]) -> list[Strip]:
    """Strips from top to bottom; what overlaps by more than a little is one strip."""
    strips: list[Strip] = []
    for each in sorted(segments, key=lambda segment: (-segment.top, segment.left)):
        last = strips[-1] if strips else None
        if last is not None and each.top - last.bottom > 0.2 * min(each.size, last.size):
            last.segments.append(each)
            last.bottom = min(last.bottom, each.bottom)
        else:
            strips.append(Strip([each], each.top, each.bottom))
    for strip in strips:
        strip.segments.sort(key=lambda segment: segment.left)
    return strips


def _plain_block(strips: Sequence[Strip], *, cell: bool = False) -> Iterator[Block]:
    lines = [line for strip in strips for line in _lines(strip)]
    if lines:
        yield Block(lines, cell)


def _lines(strip: Strip) -> list[list[Segment]]:
    """The lines of a strip in which nothing divides columns."""
    lines: list[list[Segment]] = []
    for each in sorted(strip.segments, key=lambda segment: (-segment.baseline, segment.left)):
        if lines and lines[-1][0].baseline - each.baseline < 0.6 * min(each.size, lines[-1][0].size):
            lines[-1].append(each)
        else:
            lines.append([each])
    return [sorted(line, key=lambda segment: segment.left) for line in lines]


def _zone_at(strips: Sequence[Strip], start: int, lines: Lines) -> tuple[list[Gutter], int]:
    """The gutters of the zone that begins with a strip, and the index behind its last strip; none if there is none."""
    gutters = _inner_gaps(strips[start])
    end = last = start + 1
    while gutters and end < len(strips) and strips[end - 1].bottom - strips[end].top < _PART * strips[end].size:
        narrowed = [_narrowed(gutter, strips[end]) for gutter in gutters]
        if any(after is None and before.support > 1 for before, after in zip(gutters, narrowed, strict=True)):
            break
        left = [each for each in narrowed if each is not None]
        if not left:
            break
        if any(after.support > before.support for before, after in zip(gutters, narrowed, strict=True) if after):
            last = end + 1
        gutters = left
        end += 1
    gutters = [each for each in gutters if each.support > 1 and _is_real(each, strips[start:last], lines)]
    return gutters, _tail(strips, last, end) if gutters else start


def _begins_higher(above: Sequence[Strip], first: Strip, gutters: Sequence[Gutter]) -> int:
    """How many strips above a zone belong to it, since they stand close above its right columns only."""
    right = min(gutter.right for gutter in gutters)
    count = 0
    for strip in reversed(above):
        if strip.segments[0].left < right - 1 or strip.bottom - first.top > strip.size / 2:
            break
        first = strip
        count += 1
    return count


def _inner_gaps(strip: Strip) -> list[Gutter]:
    """Room inside a strip; a strip of many lines supports it as often as two."""
    gaps: list[Gutter] = []
    support = 2 if strip.top - strip.bottom > _TALL * strip.size else 1
    edge: float | None = None
    for each in strip.segments:
        if edge is not None and each.left - edge >= _NARROW * strip.size:
            gaps.append(Gutter(edge, each.left, support))
        edge = each.right if edge is None else max(edge, each.right)
    return gaps


def _narrowed(gutter: Gutter, strip: Strip) -> Gutter | None:
    """The widest part of a gutter that a further strip leaves free; None if there is none."""
    free: list[tuple[float, float]] = []
    edge = gutter.left
    for each in strip.segments:
        if each.left > edge:
            free.append((edge, min(each.left, gutter.right)))
        edge = max(edge, each.right)
        if edge >= gutter.right:
            break
    else:
        free.append((edge, gutter.right))
    left, right = max(free, key=lambda part: part[1] - part[0], default=(0.0, 0.0))
    if right - left < _NARROW * strip.size:
        return None
    both = strip.segments[0].right <= left and any(each.left >= right for each in strip.segments)
    return Gutter(left, right, gutter.support + both)


def _is_real(gutter: Gutter, strips: Sequence[Strip], lines: Lines) -> bool:
    """Whether free room divides columns, and is not where words of a few lines happen to end alike."""
    size = median(strip.size for strip in strips)
    top, bottom = strips[0].top, strips[-1].bottom
    wide = _WIDE if gutter.support > 2 else _WIDEST
    if gutter.right - gutter.left >= wide * size or lines.upright_between(gutter.left, gutter.right, bottom, top):
        return True
    behind = [Strip([each for each in strip.segments if each.left >= gutter.middle], 0, 0) for strip in strips]
    edges = sorted(line[0].left for strip in behind for line in _lines(strip))
    usual = edges[len(edges) // 2] if edges else 0.0
    return len(edges) > 2 and sum(abs(edge - usual) <= _SAME_EDGE for edge in edges) >= _ALIKE * len(edges)


def _tail(strips: Sequence[Strip], last: int, end: int) -> int:
    """The index behind a zone whose strips up to `last` have something on both sides, and up to `end` would fit.

    What follows in one column only goes on with it, up to the widest space before the next strip that does not fit.
    """
    if last == end:
        return end
    usual = _usual_distance(strips[:last])
    spaces = [strips[index - 1].bottom - strips[index].top for index in range(last, min(end + 1, len(strips)))]
    for offset, space in enumerate(spaces):
        if space > (_FAR - 1) * usual:
            return last + offset
    if end < len(strips):
        return last + max(range(len(spaces)), key=lambda offset: spaces[offset])
    return end


def _usual_distance(strips: Sequence[Strip]) -> float:
    """From line to line within strips, or what is usual for their size."""
    distances = [one.bottom - two.bottom for one, two in pairwise(strips) if one.bottom > two.bottom]
    size = strips[-1].size
    return min(max(median(distances), size), 2 * size) if distances else 1.2 * size


def _divided(strips: Sequence[Strip], gutters: Sequence[Gutter], lines: Lines, depth: int) -> Iterator[Block]:
    """The blocks of a zone: columns one after the other, or the cells of row after row."""
    segments = [each for strip in strips for each in strip.segments]
    columns = _columns(segments, gutters)
    rules = _rules(strips, gutters, lines)
    if not rules and not _is_grid(strips, gutters, lines) and _is_prose(strips, columns):
        for column in columns:
            yield from blocks_of(column, lines, depth + 1)
        return
    for row in _rows(strips, gutters, rules, drawn=_is_grid(strips, gutters, lines)):
        for cell in _columns([each for strip in row for each in strip.segments], gutters):
            yield from _plain_block(strips_of(cell), cell=True)


def _columns(segments: Sequence[Segment], gutters: Sequence[Gutter]) -> list[list[Segment]]:
    """Segments by the column that they stand in."""
    middles = sorted(gutter.middle for gutter in gutters)
    columns: list[list[Segment]] = [[] for _ in range(len(middles) + 1)]
    for each in segments:
        centre = (each.left + each.right) / 2
        columns[sum(middle < centre for middle in middles)].append(each)
    return columns


def _rules(strips: Sequence[Strip], gutters: Sequence[Gutter], lines: Lines) -> list[float]:
    """The heights of level lines that run across a gutter between the first and the last strip."""
    top, bottom = strips[0].top, strips[-1].bottom
    found = {
        height for gutter in gutters for height in lines.level_across(gutter.left, gutter.right)
        if bottom < height < top
    }  # fmt: skip
    return sorted(found, reverse=True)


def _is_prose(strips: Sequence[Strip], columns: Sequence[Sequence[Segment]]) -> bool:
    """Whether columns without lines between their rows are to be read one after the other."""
    solid = any(each.solid and each.top - each.bottom > 3 * strip.size for strip in strips for each in strip.segments)
    if solid:
        return True
    return sum(_is_full(column) for column in columns) > 1 and not _has_rows(strips)


def _has_rows(strips: Sequence[Strip]) -> bool:
    """Whether full columns are those of a table: some rows, set apart, in which all cells begin level and anew."""
    shared = [strip.segments for strip in strips if len(strip.segments) > 1]
    level = [each for each in shared if max(one.top for one in each) - min(one.top for one in each) <= _SAME_EDGE]
    if len(level) < _ALIKE * len(shared):
        return False
    spaces = [one.bottom - two.top for one, two in pairwise(strips)]
    usual = median(spaces) if spaces else 0.0
    rows = [
        strip.segments for space, strip in zip(spaces, strips[1:], strict=True)
        if space > usual + 0.3 * strip.size
    ]  # fmt: skip
    if len(rows) < 2 or any(len(cells) < 2 for cells in rows):
        return False
    goes_on = [cell.text[:1].islower() for cells in rows for cell in cells]
    return sum(goes_on) <= (1 - _ALIKE) * len(goes_on)


def _is_full(column: Sequence[Segment]) -> bool:
    """Whether a column looks like prose: wide enough for some words, and its lines fill it."""
    words = [each for each in column if not each.solid]
    if not words:
        return False
    rows = [line for strip in strips_of(words) for line in _lines(strip)]
    left, right = min(each.left for each in words), max(each.right for each in words)
    size = median(each.size for each in words)
    filled = sum(line[-1].right - line[0].left for line in rows)
    wide = right - left >= _PROSE_EMS * size
    return wide and len(rows) >= _PROSE_LINES and filled >= _PROSE_FILL * (right - left) * len(rows)


def _rows(
    strips: Sequence[Strip], gutters: Sequence[Gutter], rules: Sequence[float], *, drawn: bool
) -> Iterator[list[Strip]]:
    """The rows of a table, each of one strip or more; `drawn` if lines stand between all its cells."""
    bands = _bands(strips, rules)
    if drawn or len(rules) >= _RULED_ROWS:
        yield from bands
        return
    for band in bands:
        yield from _rows_by_space(band, gutters)


def _is_grid(strips: Sequence[Strip], gutters: Sequence[Gutter], lines: Lines) -> bool:
    """Whether lines are drawn between all columns of a zone, and above and below it."""
    top, bottom, size = strips[0].top, strips[-1].bottom, strips[0].size
    if not all(lines.upright_between(gutter.left, gutter.right, bottom, top) for gutter in gutters):
        return False
    heights = [height for gutter in gutters for height in lines.level_across(gutter.left, gutter.right)]
    above = any(top - 1 <= height <= top + _PART * size for height in heights)
    return above and any(bottom - _PART * size <= height <= bottom + 1 for height in heights)


def _bands(strips: Sequence[Strip], rules: Sequence[float]) -> list[list[Strip]]:
    """Strips that no rule divides."""
    bands: list[list[Strip]] = []
    above: int | None = None
    for strip in strips:
        middle = (strip.top + strip.bottom) / 2
        band = sum(rule > middle for rule in rules)
        if band != above:
            bands.append([])
            above = band
        bands[-1].append(strip)
    return bands


def _rows_by_space(strips: Sequence[Strip], gutters: Sequence[Gutter]) -> Iterator[list[Strip]]:
    """Rows told by the room between them or, where that is the same everywhere, by their first cells."""
    spaces = [one.bottom - two.top for one, two in pairwise(strips)]
    least = min(spaces, default=0.0)
    uneven = any(space > least + 0.25 * strips[0].size for space in spaces) and least < 0.6 * strips[0].size
    first = min(gutter.middle for gutter in gutters)
    row = [strips[0]]
    for space, strip in zip(spaces, strips[1:], strict=True):
        if space > least + 0.25 * strip.size if uneven else _begins_row(strip, first):
            yield row
            row = []
        row.append(strip)
    yield row


def _begins_row(strip: Strip, first: float) -> bool:
    """Whether a line is a row of its own: something stands in its first cell, and does not go on a sentence there."""
    cell = [each for each in strip.segments if (each.left + each.right) / 2 < first]
    if not cell:
        return False
    return len(cell) < len(strip.segments) or not cell[0].text[:1].islower()
