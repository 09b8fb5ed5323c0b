"""What a finished PDF shows, read with pdfium: another library than those that wrote it.

Takes the PDF's bytes; gives plain values: labels, what is seen on each page, links, bookmarks. Never compares.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from packgen.inspect.page_facts import BookmarkFact, Link, PageFact, Stamp, read_page
from packgen.inspect.readers import Order, Readers, part_count, part_of
from packgen.memory_use import keep_memory

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
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        page_count, pages = len(document), _Pages(document, linked)
        facts = {index: fact for index, fact in (known or {}).items() if index not in linked or fact.links is not None}
        for number in reversed(range(part_count(page_count))):
            missing = [index for index in part_of(number, page_count) if index not in facts]
            told = readers.seen(number, page_count) if missing and readers is not None else None
            if told is not None:
                facts.update(zip(part_of(number, page_count), told, strict=True))
            else:
                facts.update((index, pages.read(index)) for index in missing)
        if bookmarks is None:
            bookmarks = tuple(_bookmarks(document))
        seen = [facts[index] for index in range(page_count)]
        return FinishedPack(labels=tuple(_labels(document)), facts=seen, bookmarks=bookmarks)
    finally:
        document.close()


def read_parts(order: Order) -> Iterator[tuple[int, list[PageFact]]]:
    """What is seen on the pages of each part that was asked for, with its number."""
    import pypdfium2

    document = pypdfium2.PdfDocument(order.data)
    try:
        page_count, pages = len(document), _Pages(document, order.linked)
        for number in range(order.first, part_count(page_count), order.step):
            yield number, [pages.read(index) for index in part_of(number, page_count)]
    finally:
        document.close()


class _Pages:
    """The pages of an open document."""

    def __init__(self, document: Any, linked: Collection[int]) -> None:
        keep_memory()
        self._document = document
        self._linked = linked
        self._held: deque[Any] = deque(maxlen=_HELD_PAGES)

    def read(self, index: int) -> PageFact:
        """What is seen on a page."""
        page = self._document[index]
        self._held.append(page)
        words = page.get_textpage()
        fact = read_page(page, words)
        if index in self._linked:
            fact = replace(fact, links=tuple(_links(self._document, index, page, words)))
        words.close()
        return fact


def _labels(document: Any) -> Iterator[str]:
    """What a viewer calls each page: its place, counted from 1, if nothing is said."""
    from pypdfium2 import raw

    letters = ctypes.create_string_buffer(_MOST_BYTES)
    for index in range(len(document)):
        size = raw.FPDF_GetPageLabel(document, index, letters, len(letters))
        if size > len(letters):
            yield document.get_page_label(index)
        else:
            yield letters.raw[: size - 2].decode("utf-16-le", "replace") if size else str(index + 1)


def _links(document: Any, page_index: int, page: Any, words: Any) -> Iterator[Link]:
    from pypdfium2 import raw

    position, link, box = ctypes.c_int(0), raw.FPDF_LINK(), raw.FS_RECTF()
    while raw.FPDFLink_Enumerate(page, ctypes.byref(position), ctypes.byref(link)):
        ways = _ways(page, link)
        if not ways or (ways == ["A"] and not _leads_within(link)):
            continue
        destination = raw.FPDFLink_GetDest(document, link) if len(ways) == 1 else None
        target = raw.FPDFDest_GetDestPageIndex(document, destination) if destination else -1
        raw.FPDFLink_GetAnnotRect(link, ctypes.byref(box))
        clicked = words.get_text_bounded(box.left, box.bottom, box.right, box.top)
        yield Link(page_index, target if target >= 0 else None, " ".join(clicked.split()))


def _ways(page: Any, link: Any) -> list[str]:
    """The entries of a link that say where it leads; it may have one of them (ISO 32000-1, table 173)."""
    from pypdfium2 import raw

    annotation = raw.FPDFLink_GetAnnot(page, link)
    try:
        return [key for key in ("A", "Dest") if raw.FPDFAnnot_HasKey(annotation, key.encode("ascii"))]
    finally:
        raw.FPDFPage_CloseAnnot(annotation)


def _leads_within(link: Any) -> bool:
    """Whether the action of a link leads to a place in its own file."""
    from pypdfium2 import raw

    return bool(raw.FPDFAction_GetType(raw.FPDFLink_GetAction(link)) == raw.PDFACTION_GOTO)


def _bookmarks(document: Any) -> Iterator[BookmarkFact]:
    from pypdfium2 import raw

    if len(document):
        # pdfium goes through all pages to the last one here, and for each bookmark otherwise.
        document.get_page_size(len(document) - 1)
    letters = ctypes.create_string_buffer(_MOST_BYTES)
    for bookmark in document.get_toc(max_depth=_DEEPEST):
        size = raw.FPDFBookmark_GetTitle(bookmark, letters, len(letters))
        title = letters.raw[: size - 2].decode("utf-16-le", "replace") if size <= len(letters) else bookmark.get_title()
        destination = raw.FPDFBookmark_GetDest(document, bookmark)
        target = raw.FPDFDest_GetDestPageIndex(document, destination) if destination else -1
        yield BookmarkFact(title, bookmark.level, target if target >= 0 else None)
