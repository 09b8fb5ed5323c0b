"""How far two drawings of one document agree.

Takes two PDFs as `reading` gives them; gives figures from 0 to 1 and lists of differences. Pure.

Words are compared in the order in which they are read aloud, that of the structure trees: the order of the content
streams differs between writers where cells are merged or text stands in columns, though a reader sees no difference.
Notes, which the two writers put at different places of the tree, are compared by themselves, whether or not a writer
tags them as notes. For places each word of a
page is matched with the nearest equal word of the same page, so that no order is needed.
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from tools.compare.reading import Heading, PlacedWord, ReadPdf, TableSize

WITHIN = 1.0  # points


@dataclass(frozen=True)
class PageAgreement:
    """Of one page: how many words the fuller of the two has, and how many stand at the same place in both."""

    words: int
    placed: int

    @property
    def share(self) -> float:
        return self.placed / self.words if self.words else 1.0


@dataclass(frozen=True)
class Agreement:
    """Of one document. Counts of words, so that documents can be added up."""

    pages: tuple[int, int]
    words: int
    in_order: int
    by_page: tuple[PageAgreement, ...]
    headings: int
    headings_placed: int
    heading_differences: tuple[str, ...]
    tables: tuple[tuple[TableSize, ...], tuple[TableSize, ...]]

    @property
    def order(self) -> float:
        return self.in_order / self.words if self.words else 1.0

    @property
    def placed_words(self) -> int:
        return sum(page.placed for page in self.by_page)

    @property
    def page_words(self) -> int:
        return sum(page.words for page in self.by_page)

    @property
    def placed(self) -> float:
        return self.placed_words / self.page_words if self.page_words else 1.0

    @property
    def same_pages(self) -> bool:
        return self.pages[0] == self.pages[1]

    @property
    def same_tables(self) -> bool:
        return self.tables[0] == self.tables[1]


def agreement(ours: ReadPdf, theirs: ReadPdf) -> Agreement:
    in_order = _in_order(ours, theirs)
    words = max(len(ours.words) + len(ours.notes), len(theirs.words) + len(theirs.notes))
    count = max(len(ours.pages), len(theirs.pages))
    pages = [_page(_at(ours.pages, index), _at(theirs.pages, index)) for index in range(count)]
    placed, differences = _headings(ours.headings, theirs.headings)
    return Agreement(
        pages=(len(ours.pages), len(theirs.pages)),
        words=words,
        in_order=in_order,
        by_page=tuple(pages),
        headings=max(len(ours.headings), len(theirs.headings)),
        headings_placed=placed,
        heading_differences=tuple(differences),
        tables=(tuple(ours.tables), tuple(theirs.tables)),
    )


def _in_order(ours: ReadPdf, theirs: ReadPdf) -> int:
    """How many words both have in the same order: the text, the notes, and what is a note for one of the two alone."""
    text, text_ours, text_theirs = _matched(ours.words, theirs.words)
    notes, notes_ours, notes_theirs = _matched(ours.notes, theirs.notes)
    return text + notes + _matched(text_ours, notes_theirs)[0] + _matched(notes_ours, text_theirs)[0]


def _matched(ours: Sequence[str], theirs: Sequence[str]) -> tuple[int, list[str], list[str]]:
    """How many words are in both in the same order (difflib's matching blocks), and what is left of each."""
    matcher = difflib.SequenceMatcher(None, ours, theirs, autojunk=False)
    matched, left, right = 0, list[str](), list[str]()
    at, other_at = 0, 0
    for block in matcher.get_matching_blocks():
        left += ours[at : block.a]
        right += theirs[other_at : block.b]
        at, other_at = block.a + block.size, block.b + block.size
        matched += block.size
    return matched, left, right


def _at(pages: Sequence[list[PlacedWord]], index: int) -> list[PlacedWord]:
    return pages[index] if index < len(pages) else []


def _page(ours: Sequence[PlacedWord], theirs: Sequence[PlacedWord]) -> PageAgreement:
    """Each word of one page is matched with the nearest equal one that is still free."""
    free: dict[str, list[PlacedWord]] = defaultdict(list)
    for word in theirs:
        free[word.text].append(word)
    placed = 0
    for word in ours:
        near = [other for other in free[word.text] if _close(word, other)]
        if near:
            nearest = min(near, key=lambda other: abs(other.x - word.x) + abs(other.y - word.y))
            free[word.text].remove(nearest)
            placed += 1
    return PageAgreement(max(len(ours), len(theirs)), placed)


def _close(one: PlacedWord, other: PlacedWord) -> bool:
    return abs(one.x - other.x) <= WITHIN and abs(one.y - other.y) <= WITHIN


def _headings(ours: Sequence[Heading], theirs: Sequence[Heading]) -> tuple[int, list[str]]:
    """How many headings stand at the same place, and in words where the others do."""
    placed, differences = 0, list[str]()
    matcher = difflib.SequenceMatcher(None, [h.text for h in ours], [h.text for h in theirs], autojunk=False)
    for block in matcher.get_matching_blocks():
        pairs = zip(ours[block.a : block.a + block.size], theirs[block.b : block.b + block.size], strict=True)
        for one, other in pairs:
            if one.page_index == other.page_index and abs((one.y or 0.0) - (other.y or 0.0)) <= WITHIN:
                placed += 1
            else:
                differences.append(f"{one.text[:50]}: {_place(one)} here, {_place(other)} there")
    return placed, differences


def _place(heading: Heading) -> str:
    page = "?" if heading.page_index is None else str(heading.page_index + 1)
    return f"page {page}" + (f" at {heading.y:.1f}" if heading.y is not None else "")
