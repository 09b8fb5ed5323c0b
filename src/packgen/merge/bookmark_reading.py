"""The bookmarks of a document, as values.

Takes its open PDF; gives its bookmarks with the pages they lead to. Never changes the PDF, and gives no action.
"""

from __future__ import annotations

from pikepdf import Dictionary, Object, Pdf, String

from packgen.merge.destinations import Destinations
from packgen.merge.values import Bookmark

_MAX_DEPTH = 12
_MAX_BOOKMARKS = 20_000


def read_bookmarks(pdf: Pdf, destinations: Destinations) -> tuple[Bookmark, ...]:
    """The bookmarks of a document; those that lead nowhere and have none below are left out."""
    outlines = pdf.Root.get("/Outlines")
    if not isinstance(outlines, Dictionary):
        return ()
    return _read_level(outlines, destinations, set(), 0)


def _read_level(
    parent: Object, destinations: Destinations, seen: set[tuple[int, int]], depth: int
) -> tuple[Bookmark, ...]:
    """The bookmarks below `parent`; `seen` ends lists that run in a circle."""
    found = []
    entry = parent.get("/First")
    while isinstance(entry, Dictionary) and entry.objgen not in seen and len(seen) < _MAX_BOOKMARKS:
        seen.add(entry.objgen)
        title = entry.get("/Title")
        text = " ".join(str(title).split()) if isinstance(title, String) else ""
        destination = destinations.of_holder(entry)
        children = _read_level(entry, destinations, seen, depth + 1) if depth < _MAX_DEPTH else ()
        if text and (destination or children):
            found.append(Bookmark(text, destination, children))
        entry = entry.get("/Next")
    return tuple(found)
