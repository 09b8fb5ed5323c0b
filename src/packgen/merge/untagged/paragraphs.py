"""Lines joined to paragraphs.

Takes blocks of lines; gives paragraphs in the same order. A paragraph ends where more room than usual follows, where
the type changes, where the next line is set in or begins with a bullet or number, and where the next word would
still have fitted on the line. It goes on in the next block if a sentence does. Pure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from packgen.merge.untagged.segments import Segment, is_label
from packgen.merge.untagged.zones import Block

_APART = 0.3
"""Ems more than usual between lines: another paragraph."""
_FARTHEST = 2.2
"""Ems between the lines of one paragraph at most."""
_SET_IN = 0.8
"""Ems by which a first line is set in at least."""
_OTHER_SIZE = 1.12
"""Times as large: another kind of text."""
_HYPHENS = ("-", "\u2010", "\u00ad", "\u0002", "\ufffe")
_ENDS_SENTENCE = re.compile(r"[.!?:;][\"'\u2019\u201d)\]]*$")


@dataclass
class Line:
    """One line of a block, segments from left to right."""

    segments: list[Segment]

    def __post_init__(self) -> None:
        self.left = self.segments[0].left
        self.right = max(each.right for each in self.segments)
        words = [each for each in self.segments if not each.solid]
        main = max(words, key=lambda each: each.right - each.left, default=self.segments[0])
        self.size = main.size
        self.baseline = main.baseline
        self.bold = bool(words) and all(each.bold for each in words)
        self.text = " ".join(each.text for each in words)
        self.solid = not words

    @property
    def hyphenated(self) -> bool:
        return len(self.text) > 1 and self.text.endswith(_HYPHENS) and self.text[-2].isalpha()

    @property
    def labelled(self) -> bool:
        """Whether it begins with a bullet or number that stands apart."""
        return self.label > 0

    @property
    def label(self) -> int:
        """How many pieces its bullet or number has."""
        first = self.segments[0]
        return first.label or (len(first.pieces) if len(self.segments) > 1 and is_label(first.text) else 0)

    @property
    def begins_like_a_label(self) -> bool:
        return is_label(self.text.split(" ", 1)[0]) and " " in self.text

    @property
    def first_word(self) -> float:
        """The width of its first word, about."""
        length = len(self.text.split(" ", 1)[0])
        return (self.right - self.left) * length / max(len(self.text), 1)


Paragraph = list[Line]


def paragraphs_of(blocks: Sequence[Block]) -> list[Paragraph]:
    """Paragraphs in reading order."""
    found: list[Paragraph] = []
    in_cell = True
    for block in blocks:
        parts = _divided([Line(segments) for segments in block.lines])
        if not in_cell and not block.cell and goes_on(found[-1], parts[0]):
            found[-1] += parts.pop(0)
        found += parts
        in_cell = block.cell
    return found


def _divided(lines: Sequence[Line]) -> list[Paragraph]:
    """The paragraphs of one block."""
    measure = _Measure(lines)
    parts: list[Paragraph] = []
    for line in lines:
        if parts and not measure.ends(parts[-1], line):
            parts[-1].append(line)
        else:
            parts.append([line])
    return parts


class _Measure:
    """What is usual in a block: how far its lines are apart, and where they end."""

    def __init__(self, lines: Sequence[Line]) -> None:
        distances = Counter(
            round((one.baseline - two.baseline) / max(two.size, 1), 1)
            for one, two in pairwise(lines)
            if not one.solid and not two.solid and two.size / _OTHER_SIZE <= one.size <= two.size * _OTHER_SIZE
        )
        close = {distance: count for distance, count in distances.items() if 0.8 <= distance <= _FARTHEST}
        most = max(close.values(), default=0)
        self.usual = min((distance for distance, count in close.items() if count * 2 >= most), default=1.2)
        rights = sorted((line.right for line in lines if not line.solid), reverse=True)
        self.right = rights[1] if len(rights) > 4 else max(rights, default=0.0)

    def ends(self, before: Paragraph, line: Line) -> bool:
        """Whether a paragraph ends before `line`."""
        last = before[-1]
        distance = (last.baseline - line.baseline) / max(line.size, last.size, 1)
        if last.solid or line.solid or line.labelled or distance > min(self.usual + _APART, _FARTHEST):
            return True
        if last.hyphenated and line.text[:1].islower():
            return False
        if not line.size / _OTHER_SIZE <= last.size <= line.size * _OTHER_SIZE or line.bold != last.bold:
            return True
        return self._set_apart(before, line) or self._could_fit(last, line)

    def _set_apart(self, before: Paragraph, line: Line) -> bool:
        """Whether a line begins elsewhere than the lines of the paragraph before."""
        last = before[-1]
        if line.begins_like_a_label and _ENDS_SENTENCE.search(last.text):
            return True
        ems = (line.left - last.left) / max(line.size, 1)
        if ems > _SET_IN:
            return len(before) > 1 or not (last.labelled or last.begins_like_a_label)
        # The second line of a paragraph may begin to the left of its first, all others where the second does.
        return ems < -_SET_IN and (len(before) > 1 or bool(_ENDS_SENTENCE.search(last.text)))

    def _could_fit(self, last: Line, line: Line) -> bool:
        """Whether the first word of a line would have had room on the line before."""
        room = self.right - last.right
        return room > line.first_word + 0.6 * line.size


def goes_on(before: Sequence[Line], after: Sequence[Line]) -> bool:
    """Whether a sentence goes on from the foot of one column or page at the head of the next."""
    last, first = before[-1], after[0]
    if last.solid or first.solid or first.labelled or last.bold != first.bold:
        return False
    if not first.size / _OTHER_SIZE <= last.size <= first.size * _OTHER_SIZE or not first.text[:1].islower():
        return False
    return last.hyphenated or (len(before) > 1 and not _ENDS_SENTENCE.search(last.text))
