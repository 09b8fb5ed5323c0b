"""What a finished PDF shows, read with pdfium: another library than those that wrote it.

Takes the PDF's bytes; gives plain values: labels, what is seen on each page, links, bookmarks. Never compares.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing
from ctypes import byref, c_int, c_void_p

from msgspec import Struct
from msgspec.structs import replace

from packgen.inspect.page_facts import BookmarkFact, Link, PageFact, Stamp, read_page
from packgen.inspect.readers import Order, Readers, part_count, part_of
from packgen.memory_use import keep_memory
from packgen.pdfium import GO_TO, Box, Page, Size, library, opened, page_count

_HELD_PAGES = 16
"""Pages that stay open behind the one that is read: pdfium forgets a font once no open page has it."""
_MOST_BYTES = 1024
"""Bytes of a label or a bookmark that are read in one step."""
_DEEPEST = 100
"""Levels of bookmarks."""


class FinishedPack(Struct, frozen=True, kw_only=True):
    """What was read back. Lists have an entry for each page, by page index."""

    labels: Sequence[str]
    facts: Sequence[PageFact]
    bookmarks: tuple[BookmarkFact, ...]

    @property
    def page_count(self) -> int:
        return len(self.facts)

    @property
    def stamps(self) -> Sequence[Stamp | None]:
        return [fact.stamp for fact in self.facts]

    @property
    def links(self) -> Sequence[Link]:
        """Those of the pages of which they were asked for."""
        return [link for fact in self.facts for link in fact.links or ()]

    @property
    def texts(self) -> Sequence[str]:
        return [fact.text for fact in self.facts]


def read_back(
    data: bytes,
    linked: Collection[int] = (),
    known: Mapping[int, PageFact] | None = None,
    bookmarks: tuple[BookmarkFact, ...] | None = None,
    readers: Readers | None = None,
) -> FinishedPack:
    """Read a finished PDF, with the links of the pages that have the indexes `linked`.

    Pages that are `known`, and `bookmarks` if they are given, are not read; nor is what `readers` have read when it
    comes to that. They begin at the first page, so this begins with the last.
    """
    with opened(data) as document, closing(_Pages(document, linked)) as pages:
        count = page_count(document)
        facts = {index: fact for index, fact in (known or {}).items() if index not in linked or fact.links is not None}
        for number in reversed(range(part_count(count))):
            missing = [index for index in part_of(number, count) if index not in facts]
            told = readers.seen(number, count) if missing and readers is not None else None
            if told is not None:
                facts.update(zip(part_of(number, count), told, strict=True))
            else:
                facts.update((index, pages.read(index)) for index in missing)
        if bookmarks is None:
            bookmarks = tuple(_bookmarks(document))
        seen = [facts[index] for index in range(count)]
        return FinishedPack(labels=tuple(_labels(document)), facts=seen, bookmarks=bookmarks)


def read_parts(order: Order) -> Iterator[tuple[int, list[PageFact]]]:
    """What is seen on the pages of each part that was asked for, with its number."""
    with opened(order.data) as document, closing(_Pages(document, order.linked)) as pages:
        count = page_count(document)
        for number in range(order.first, part_count(count), order.step):
            yield number, [pages.read(index) for index in part_of(number, count)]


class _Pages:
    """The pages of an open document."""

    def __init__(self, document: int, linked: Collection[int]) -> None:
        keep_memory()
        self._document = document
        self._linked = linked
        self._held: deque[Page] = deque()

    def read(self, index: int) -> PageFact:
        """What is seen on a page."""
        if len(self._held) == _HELD_PAGES:
            self._held.popleft().close()
        page = Page(self._document, index)
        self._held.append(page)
        fact = read_page(page)
        if index in self._linked:
            fact = replace(fact, links=tuple(_links(self._document, index, page)))
        page.close_words()
        return fact

    def close(self) -> None:
        """Close all pages."""
        while self._held:
            self._held.pop().close()


def _labels(document: int) -> Iterator[str]:
    """What a viewer calls each page: its place, counted from 1, if nothing is said."""
    for index in range(page_count(document)):
        label = _text(library().FPDF_GetPageLabel, document, index)
        yield str(index + 1) if label is None else label


def _text(ask: Callable[..., int], *of: int | None) -> str | None:
    """A text that pdfium writes as UTF-16 with a null behind it; None if there is none."""
    letters = ctypes.create_string_buffer(_MOST_BYTES)
    size = ask(*of, letters, len(letters))
    if size > len(letters):
        letters = ctypes.create_string_buffer(size)
        size = ask(*of, letters, len(letters))
    return letters.raw[: size - 2].decode("utf-16-le", "replace") if size else None


def _links(document: int, page_index: int, page: Page) -> Iterator[Link]:
    pdfium = library()
    position, link, box = c_int(0), c_void_p(), Box()
    while pdfium.FPDFLink_Enumerate(page.handle, byref(position), byref(link)):
        ways = _ways(page, link)
        if not ways or (ways == ["A"] and not _leads_within(link)):
            continue
        destination = pdfium.FPDFLink_GetDest(document, link) if len(ways) == 1 else None
        pdfium.FPDFLink_GetAnnotRect(link, byref(box))
        clicked = page.text_within(box.bounds)
        yield Link(page_index, _target(document, destination), " ".join(clicked.split()))


def _ways(page: Page, link: c_void_p) -> list[str]:
    """The entries of a link that say where it leads; it may have one of them (ISO 32000-1, table 173)."""
    annotation = library().FPDFLink_GetAnnot(page.handle, link)
    try:
        return [key for key in ("A", "Dest") if library().FPDFAnnot_HasKey(annotation, key.encode("ascii"))]
    finally:
        library().FPDFPage_CloseAnnot(annotation)


def _leads_within(link: c_void_p) -> bool:
    """Whether the action of a link leads to a place in its own file."""
    return bool(library().FPDFAction_GetType(library().FPDFLink_GetAction(link)) == GO_TO)


def _target(document: int, destination: int | None) -> int | None:
    """The index of the page that a destination is on, from 0."""
    target = int(library().FPDFDest_GetDestPageIndex(document, destination)) if destination else -1
    return target if target >= 0 else None


def _bookmarks(document: int) -> Iterator[BookmarkFact]:
    pages = page_count(document)
    if pages:
        # pdfium goes through all pages to the last one here, and for each bookmark otherwise.
        library().FPDF_GetPageSizeByIndexF(document, pages - 1, byref(Size()))
    yield from _bookmarks_below(document, None, 0, set())


def _bookmarks_below(document: int, above: int | None, depth: int, seen: set[int]) -> Iterator[BookmarkFact]:
    """Those below a bookmark, or below none; what stands below itself is gone through once."""
    pdfium = library()
    bookmark = pdfium.FPDFBookmark_GetFirstChild(document, above)
    while bookmark and bookmark not in seen:
        seen.add(bookmark)
        destination = pdfium.FPDFBookmark_GetDest(document, bookmark)
        yield BookmarkFact(_text(pdfium.FPDFBookmark_GetTitle, bookmark) or "", depth, _target(document, destination))
        if depth + 1 < _DEEPEST:
            yield from _bookmarks_below(document, bookmark, depth + 1, seen)
        bookmark = pdfium.FPDFBookmark_GetNextSibling(document, bookmark)
