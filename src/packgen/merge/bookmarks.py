"""The bookmarks of the finished pack: items and documents as the pack names them, authors' own below.

Takes the outline of the pack and the bookmarks of its documents; writes them into an open pack, or as texts. Never
keeps an action: a bookmark leads to a page or is a mere heading.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct
from pikepdf import Dictionary, Name, Pdf, String

from packgen.merge.values import Bookmark, Destination, JoinedPage, JoinedPart, View
from packgen.merge.views import top_view, view_array, view_text
from packgen.model import OutlineItem

_MOST_WORDS = 0.8
_NUMBER = re.compile(r"^\d*[a-z]*[.)] ")


class _Place(NamedTuple):
    """Where a bookmark leads."""

    page: JoinedPage
    view: View


class _Entry(Struct, frozen=True):
    """A bookmark; `is_open` shows those below it when the pack is opened."""

    title: str
    place: _Place | None
    below: Sequence[_Entry]
    is_open: bool = False


class Row(Struct):
    """A bookmark by its relations to others, which are indexes of a list; 0 is what all of them stand below.

    `count` is how many bookmarks stand below it when all that are open are open, less than 0 if it is closed itself.
    """

    title: str
    place: _Place | None
    parent: int
    previous: int = 0
    next: int = 0
    first: int = 0
    last: int = 0
    count: int = 0

    def relations(self) -> dict[str, int]:
        """The relations that there are, as PDF calls them (ISO 32000-1, 12.3.3)."""
        told = {"First": self.first, "Last": self.last, "Next": self.next, "Prev": self.previous}
        return {key: index for key, index in told.items() if index}


def outline_rows(outline: Sequence[OutlineItem], parts: Mapping[str, JoinedPart]) -> list[Row]:
    """The bookmarks of a pack, the first of them what all others stand below; nothing if there are none.

    An item whose target is not among `parts`, as in the PDF of a single item, is left out with all below it that is
    not there either.
    """
    entries = _pack_entries(outline, parts)
    rows = [Row("", None, 0)]
    if entries:
        rows[0].count = _add_level(rows, 0, entries)
    return rows if entries else []


def write_bookmarks(pdf: Pdf, rows: Sequence[Row]) -> None:
    """Give an open pack its bookmarks and have viewers show them."""
    if not rows:
        return
    made = [pdf.make_indirect(Dictionary()) for _ in rows]
    for bookmark, row in zip(made, rows, strict=True):
        if bookmark is made[0]:
            bookmark.Type = Name.Outlines
        else:
            bookmark.Title, bookmark.Parent = String(row.title), made[row.parent]
        if row.place is not None:
            bookmark.Dest = view_array(row.place.page.page, row.place.view)
        for key, index in row.relations().items():
            bookmark[f"/{key}"] = made[index]
        if row.count:
            bookmark.Count = row.count
    pdf.Root.Outlines = made[0]
    pdf.Root.PageMode = Name.UseOutlines


def bookmark_texts(rows: Sequence[Row], first: int, number_of: Callable[[JoinedPage], int]) -> list[bytes]:
    """The texts of bookmarks, of which the object of the first has the number `first`."""
    texts: list[bytes] = []
    for index, row in enumerate(rows):
        entries = [b"/Count %d" % row.count] if row.count else []
        if row.place is not None:
            entries.append(b"/Dest " + view_text(number_of(row.place.page), row.place.view))
        relations = row.relations() | ({"Parent": row.parent} if index else {})
        entries += [b"/%s %d 0 R" % (key.encode("ascii"), first + other) for key, other in relations.items()]
        entries.append(b"/Title " + String(row.title).unparse() if index else b"/Type /Outlines")
        texts.append(b"<< %s >>" % b" ".join(entries))
    return texts


def _add_level(rows: list[Row], parent: int, entries: Sequence[_Entry]) -> int:
    """Add `entries` below `parent`; gives how many bookmarks stand there when all that are open are open."""
    shown = before = 0
    for entry in entries:
        index = len(rows)
        rows.append(Row(entry.title, entry.place, parent, before))
        if before:
            rows[before].next = index
        else:
            rows[parent].first = index
        before = rows[parent].last = index
        shown += 1
        if entry.below:
            count = _add_level(rows, index, entry.below)
            rows[index].count = count if entry.is_open else -count
            shown += count if entry.is_open else 0
    return shown


def _pack_entries(outline: Sequence[OutlineItem], parts: Mapping[str, JoinedPart]) -> list[_Entry]:
    entries: list[_Entry] = []
    for outline_item in outline:
        below = _pack_entries(outline_item.children, parts)
        part = parts.get(outline_item.target)
        source = parts.get(outline_item.headings_of or "")
        headings = _headings(source, outline_item.title) if source else []
        if part is None and not below:
            continue
        place = below[0].place if part is None else _top_of(_page_of(part, outline_item.source_index))
        entries.append(_Entry(outline_item.title, place, headings + below, is_open=bool(below)))
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
        place = _place(bookmark.destination, pages)
        if place is not None or below:
            entries.append(_Entry(bookmark.title, place, below))
    return entries


def _place(destination: Destination | None, pages: Mapping[int, JoinedPage]) -> _Place | None:
    page = pages.get(destination.source_index) if destination else None
    return _Place(page, destination.view) if page and destination else None


def _top_of(page: JoinedPage) -> _Place:
    return _Place(page, top_view(page))


def _pages_by_source(part: JoinedPart) -> Mapping[int, JoinedPage]:
    return {page.planned.source_index: page for page in part.pages if page.planned.source_index is not None}
