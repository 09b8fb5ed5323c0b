"""Proof that LibreOffice has drawn every word.

Takes what must be on the pages, and the words of the pages; gives what is missing. Letters are compared without blanks,
hyphens and case, since capitals may be a matter of format.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from packgen.convert.office.prepared import Expected
from packgen.convert.proof import in_parts, squeezed

_LONG = 60
"""Letters of a text that may turn the page in one place and stand unbroken in another."""


@dataclass(frozen=True)
class Pages:
    """Words of the pages: which pages belong to which slide or sheet, if that is known."""

    texts: Sequence[str]
    groups: Sequence[range] = ()

    def of(self, group: int | None) -> Sequence[str]:
        if group is None or group >= len(self.groups):
            return self.texts
        return [self.texts[index] for index in self.groups[group]]


def missing(expected: Sequence[Expected], pages: Pages) -> Iterator[Expected]:
    """What is not on its pages, or on fewer places than it should be."""
    drawn: dict[int | None, str] = {}
    reached: dict[int | None, int] = {}
    wanted = Counter((each.group, _plain(each.text)) for each in expected)
    left: dict[tuple[int | None, str], int] = {}
    for each in expected:
        text = _plain(each.text)
        if each.group not in drawn:
            drawn[each.group] = _plain("".join(pages.of(each.group)))
        where, at = drawn[each.group], reached.get(each.group, 0)
        found = where.find(text, at)
        if found >= 0:
            # Most texts follow each other on the pages as in the file; only the others are counted.
            reached[each.group] = found + len(text)
            continue
        key = (each.group, text)
        if key not in left:
            left[key] = where.count(text)
        if left[key] < wanted[key] and not (len(text) > _LONG if text in where else in_parts(text, where)):
            left[key] += 1
            yield each


def _plain(text: str) -> str:
    return squeezed(text).casefold()
