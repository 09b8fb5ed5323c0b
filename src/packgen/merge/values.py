"""What the rooms of merging hand to each other, and what merging gives back.

Takes and gives plain values; the only PDF objects here are the pages of the finished pack. Never reads or
changes anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pikepdf
from msgspec import Struct, field

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


class Destination(Struct, frozen=True):
    """A place in one document: the index of the page in that document, from 0, and how to show it."""

    source_index: int
    view: View


class PartLink(Struct, frozen=True):
    """A link annotation that leads somewhere in the pack.

    `annotation_index` is its place among its page's annotations. Either `destination` is a place in the same
    document, or `target` is what a front sheet writes, such as `packgen:item/4`.
    """

    annotation_index: int
    destination: Destination | None = None
    target: str | None = None


class Bookmark(Struct, frozen=True):
    """A bookmark of an author's PDF."""

    title: str
    destination: Destination | None
    children: tuple[Bookmark, ...] = ()


class ReadPart(Struct, frozen=True):
    """What the PDF of a document that packgen drew or made ready says, apart from what its pages show.

    `links` has those of each page that lead into the pack; `language` is that of the catalog; `frame` is that of the
    first page.
    """

    tree: TreeText
    bookmarks: tuple[Bookmark, ...]
    links: tuple[tuple[PartLink, ...], ...]
    language: str | None
    frame: Frame


class Lettered(Struct, frozen=True):
    """What packgen draws on the pages of a document: operators for each page. `asked` is all that this depends on."""

    asked: bytes
    codes: tuple[bytes, ...]


class StampFonts(Struct, frozen=True):
    """The fonts that packgen draws with: their objects, each with its number; and the number of each font by name."""

    alphabet: str
    numbers: dict[str, int]
    data: bytes
    rows: bytes
    plain: tuple[tuple[int, int], ...]


class Block(Struct, frozen=True, kw_only=True):
    """All objects of one document in a pack but its `Part`, which is number `first`.

    `data` are the objects behind `first`, `rows` their entries for the table of cross-references, in which those at the
    indexes in `plain` still need the place of the block added to theirs. `pages` and `leaf` are numbers: of each page,
    and of what belongs to it in the tree of parents, which has keys up to `limits`. `kids` stand below the document;
    `identifiers` are IDs with elements. `layers` are numbers, `hidden` those of them that are off.
    """

    first: int
    data: bytes
    rows: bytes
    plain: tuple[tuple[int, int], ...]
    frames: tuple[Frame, ...]
    limits: tuple[int, int] | None
    kids: tuple[int, ...]
    identifiers: tuple[tuple[bytes, int], ...]
    roles: tuple[tuple[str, str | None], ...]
    language: str | None
    bookmarks: tuple[Bookmark, ...]
    layers: tuple[int, ...]
    hidden: tuple[int, ...]
    has_words: bool

    @property
    def count(self) -> int:
        """How many objects it has."""
        return len(self.rows) // 7

    @property
    def pages_node(self) -> int:
        return self.first + 1

    @property
    def leaf(self) -> int:
        return self.first + 2

    def page(self, index: int) -> int:
        """The number of a page, by its index among those of the document."""
        return self.first + 3 + index


class KeptBlock(Struct, frozen=True):
    """A block, with a digest of all it depends on."""

    key: bytes
    block: Block


class Span(Struct, frozen=True):
    """Where the block of a document stands in a file, from byte to byte, and what numbers it has."""

    document_id: str
    begin: int
    end: int
    first: int
    count: int


class Made(Struct, frozen=True):
    """What one merging can hand on to the next, which then gives the same bytes sooner.

    `parts` are documents as they were read, by the SHA-256 of their PDFs; the others go by document id.
    """

    parts: Mapping[str, ReadPart] = field(default_factory=dict)
    lettered: Mapping[str, Lettered] = field(default_factory=dict)
    fonts: StampFonts | None = None
    blocks: Mapping[str, KeptBlock] = field(default_factory=dict)


def all_made(made: Sequence[Made]) -> Made:
    """What several mergings hand on together."""
    if len(made) == 1:
        return made[0]
    return Made(
        parts={digest: part for each in made for digest, part in each.parts.items()},
        lettered={document_id: lettered for each in made for document_id, lettered in each.lettered.items()},
        fonts=next((each.fonts for each in made if each.fonts is not None), None),
        blocks={document_id: block for each in made for document_id, block in each.blocks.items()},
    )


class MergedPdf(Struct, frozen=True, kw_only=True):
    """The finished file, and what an officer should know of it.

    `standards` are those that it says it keeps: what all its documents keep. `untagged` names the documents that had
    pages without tags, in the order of the pack; `partly_tagged` those of them that have tags for other pages.
    `silent` are document and page index, in that document, of pages on which everything is marked as decoration.
    `removed` lists what was left out of authors' files. `made` is worth keeping for when the pack is merged again.
    `spans` are the blocks of documents, if it was written in such.
    """

    data: bytes
    standards: frozenset[Standard] = frozenset()
    untagged: tuple[str, ...] = ()
    partly_tagged: tuple[str, ...] = ()
    silent: tuple[tuple[str, int], ...] = ()
    removed: tuple[Removal, ...] = ()
    made: Made = field(default_factory=Made)
    spans: tuple[Span, ...] = ()


class JoinedPage(Struct, frozen=True):
    """A page in the finished pack. `links` are those to other places in the pack."""

    planned: PlannedPage
    page: pikepdf.Object
    frame: Frame
    links: tuple[PartLink, ...] = ()


class JoinedPart(Struct, frozen=True, kw_only=True):
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


class PageTags(Struct, frozen=True):
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
