"""The bookmarks of the finished pack: items and documents as the pack names them, authors' own below.

Takes the pack's outline and the bookmarks of its documents; writes them into the pack. Never keeps an action: a
bookmark leads to a page or is a mere heading.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct
from pikepdf import Dictionary, Name, Object, Pdf, String

from packgen.merge.values import Bookmark, Destination, JoinedPage, JoinedPart
from packgen.merge.views import top_of, view_array
from packgen.model import OutlineItem

_MOST_WORDS = 0.8
_NUMBER = re.compile(r"^\d*[a-z]*[.)] ")


class _Entry(Struct, frozen=True):
    """A bookmark as it is written; `is_open` shows those below it when the pack is opened."""

    title: str
    destination: Object | None
    below: Sequence[_Entry]
    is_open: bool = False


def write_bookmarks(pdf: Pdf, outline: Sequence[OutlineItem], parts: Mapping[str, JoinedPart]) -> None:
    """Give the pack its bookmarks and have viewers show them.

    An item whose target is not among `parts`, as in the PDF of a single item, is left out with all below it that is
    not there either.
    """
    entries = _pack_entries(outline, parts)
    if not entries:
        return
    root = pdf.make_indirect(Dictionary(Type=Name.Outlines))
    _write_level(pdf, root, entries)
    pdf.Root.Outlines = root
    pdf.Root.PageMode = Name.UseOutlines


def _pack_entries(outline: Sequence[OutlineItem], parts: Mapping[str, JoinedPart]) -> list[_Entry]:
    entries: list[_Entry] = []
    for outline_item in outline:
        below = _pack_entries(outline_item.children, parts)
        part = parts.get(outline_item.target)
        source = parts.get(outline_item.headings_of or "")
        headings = _headings(source, outline_item.title) if source else []
        if part is None and not below:
            continue
        destination = top_of(_page_of(part, outline_item.source_index)) if part else below[0].destination
        entries.append(_Entry(outline_item.title, destination, headings + below, is_open=bool(below)))
    return entries


def _headings(part: JoinedPart, title: str) -> list[_Entry]:
    """A document's own bookmarks, to go below `title`; one that only says the title again is passed over."""
    bookmarks: Sequence[Bookmark] = part.bookmarks
    if len(bookmarks) == 1 and _only_repeats(bookmarks[0], title, part.part.title):
        bookmarks = bookmarks[0].children
    return _document_entries(bookmarks, _pages_by_source(part))


def _only_repeats(bookmark: Bookmark, *titles: str) -> bool:
    """Whether a bookmark leads to a document's first page and says what one of its `titles` says."""
    begins = bookmark.destination is None or bookmark.destination.source_index == 0
    return begins and any(_says_the_same(bookmark.title, title) for title in titles)


def _says_the_same(heading: str, title: str) -> bool:
    """Whether nearly all words of the shorter are in the longer, the number of the item left aside."""
    one, other = (set(re.findall(r"\w+", _NUMBER.sub("", text).casefold())) for text in (heading, title))
    shorter = min(len(one), len(other))
    return shorter > 0 and len(one & other) / shorter >= _MOST_WORDS


def _page_of(part: JoinedPart, source_index: int) -> JoinedPage:
    return _pages_by_source(part).get(source_index, part.pages[0])


def _document_entries(bookmarks: Sequence[Bookmark], pages: Mapping[int, JoinedPage]) -> list[_Entry]:
    entries: list[_Entry] = []
    for bookmark in bookmarks:
        below = _document_entries(bookmark.children, pages)
        destination = _place(bookmark.destination, pages)
        if destination is not None or below:
            entries.append(_Entry(bookmark.title, destination, below))
    return entries


def _place(destination: Destination | None, pages: Mapping[int, JoinedPage]) -> Object | None:
    page = pages.get(destination.source_index) if destination else None
    return view_array(page.page, destination.view) if page and destination else None


def _pages_by_source(part: JoinedPart) -> Mapping[int, JoinedPage]:
    return {page.planned.source_index: page for page in part.pages if page.planned.source_index is not None}


def _write_level(pdf: Pdf, parent: Object, entries: Sequence[_Entry]) -> int:
    """Write `entries` below `parent`; gives how many bookmarks stand below it when all that are open are open."""
    written: list[Object] = []
    shown = 0
    for entry in entries:
        bookmark = pdf.make_indirect(Dictionary(Title=String(entry.title), Parent=parent))
        if entry.destination is not None:
            bookmark.Dest = entry.destination
        if written:
            bookmark.Prev = written[-1]
            written[-1].Next = bookmark
        written.append(bookmark)
        shown += 1
        if entry.below:
            count = _write_level(pdf, bookmark, entry.below)
            bookmark.Count = count if entry.is_open else -count
            shown += count if entry.is_open else 0
    parent.First, parent.Last = written[0], written[-1]
    parent.Count = shown
    return shown
