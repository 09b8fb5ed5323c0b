"""What the rooms of merging hand to each other, and what merging gives back.

Takes and gives plain values; the only PDF objects here are the pages of the finished pack. Never reads or
changes anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import pikepdf

from packgen.merge.contents import Shape
from packgen.merge.frames import Frame
from packgen.merge.tree_text import TreeText
from packgen.model import PdfPart, PlannedPage, Standard

View = tuple[str | float | None, ...]
"""How a destination is shown, as in ISO 32000-1 table 151: `("/XYZ", 70.9, 781.0, None)`; lengths in points."""


class Removal(NamedTuple):
    """Something of an author's PDF that does not go into a pack, in words for the officer."""

    document_id: str
    what: str


@dataclass(frozen=True, kw_only=True)
class MergedPdf:
    """The finished file, and what an officer should know of it.

    `standards` are those that it says it keeps: what all its documents keep. `untagged` names the documents that had
    pages without tags, in the order of the pack; `partly_tagged` those of them that have tags for other pages.
    `silent` are document and page index, in that document, of pages on which everything is marked as decoration.
    `removed` lists what was left out of authors' files.
    """

    data: bytes
    standards: frozenset[Standard] = frozenset()
    untagged: tuple[str, ...] = ()
    partly_tagged: tuple[str, ...] = ()
    silent: tuple[tuple[str, int], ...] = ()
    removed: tuple[Removal, ...] = ()


@dataclass(frozen=True)
class Destination:
    """A place in one document: the index of the page in that document, from 0, and how to show it."""

    source_index: int
    view: View


@dataclass(frozen=True)
class PartLink:
    """A link annotation that leads somewhere in the pack.

    `annotation_index` is its place among its page's annotations. Either `destination` is a place in the same
    document, or `target` is what a front sheet writes, such as `packgen:item/4`.
    """

    annotation_index: int
    destination: Destination | None = None
    target: str | None = None


@dataclass(frozen=True)
class Bookmark:
    """A bookmark of an author's PDF."""

    title: str
    destination: Destination | None
    children: tuple[Bookmark, ...] = ()


@dataclass(frozen=True)
class JoinedPage:
    """A page in the finished pack. `links` are those to other places in the pack."""

    planned: PlannedPage
    page: pikepdf.Object
    frame: Frame
    links: tuple[PartLink, ...] = ()


@dataclass(frozen=True, kw_only=True)
class JoinedPart:
    """One document after its pages were copied into the pack.

    `structure` is the document's own structure tree, `layers` its optional content, both copied but not yet joined, or
    None; `tree` is the same structure tree as text, if that was read instead.
    """

    part: PdfPart
    pages: tuple[JoinedPage, ...]
    structure: pikepdf.Object | None
    language: str | None
    bookmarks: tuple[Bookmark, ...]
    removed: tuple[str, ...]
    layers: pikepdf.Object | None
    tree: TreeText | None

    @property
    def document_id(self) -> str:
        return self.part.document_id


@dataclass(frozen=True)
class PageTags:
    """How a page is to be drawn so that its tags hold.

    `own` draws the page's own content if that was marked or enclosed, and is None if the content stays as it is.
    `over` draws what lay on the page as annotations. `notice` and `marking` are the identifiers under which the words
    of a blank page and a marking are tagged; a marking without one is an artifact.
    """

    shape: Shape | None = None
    own: bytes | None = None
    over: bytes = b""
    notice: int | None = None
    marking: int | None = None
