"""One document on its way into the pack: opened, read, cleaned and copied.

Takes a `PdfPart` and the pages of it that are planned; gives a `JoinedPart` whose pages stand in the pack, with
everything that must be joined later. The document's own PDF is closed again. Never changes the bytes it was given.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from functools import lru_cache

import pikepdf
from pikepdf import Array, Dictionary, Object, Pdf

from packgen.elements import is_element, kids_of
from packgen.errors import ConversionError, Problem
from packgen.merge.entries import keep_only, take_out
from packgen.merge.frames import Box, Frame, box_of, visible_frame
from packgen.merge.opening import open_pdf, reason_of
from packgen.merge.tree_text import NotGraftable
from packgen.merge.values import JoinedPage, JoinedPart, PartLink, ReadPart
from packgen.model import PdfPart, PlannedPage

_A4 = (0.0, 0.0, 595.28, 841.89)
_DEEPEST = 500
"""Elements in each other; documents have some twenty."""
_LEAST_SIDE, _MOST_SIDE = 240.0, 14_400.0
"""Points: what a blank page needs for its notice, and what PDF allows (ISO 32000-1, annex C.2)."""


def join_part(pack: Pdf, part: PdfPart, planned: Sequence[PlannedPage]) -> JoinedPart:
    """Copy the planned pages of one document behind those that `pack` has, blank pages included, with its tree.

    Raises:
        ConversionError: the PDF cannot be read, or has fewer pages than were planned.
    """
    with _opened(part, planned) as source:
        return _joined_with_tree(pack, source, part, planned)


def join_read_part(
    pack: Pdf, part: PdfPart, planned: Sequence[PlannedPage], known: ReadPart | None
) -> tuple[JoinedPart, ReadPart]:
    """As `join_part`, for a document that packgen drew or made ready; its tree is read as text, and not copied.

    `known` is how its PDF was read before, if it was. Gives how it was read, too.

    Raises:
        NotGraftable: it is an author's, not all of it is planned, or its tree cannot be read as text.
        ConversionError: the PDF cannot be read, or has fewer pages than were planned.
    """
    with _opened(part, planned) as source:
        if part.authored or [page.source_index for page in planned if not page.blank] != [*range(len(source.pages))]:
            raise NotGraftable
        read = known if known is not None else _read(source, part)
        joined = JoinedPart(
            part=part,
            pages=tuple(_copied_pages(pack, source, part, planned, read.links)),
            structure=None,
            tree=read.tree,
            language=read.language,
            bookmarks=read.bookmarks,
            removed=(),
            layers=_copied_layers(pack, source),
        )
    return joined, read


def read_only(part: PdfPart, planned: Sequence[PlannedPage], known: ReadPart | None) -> ReadPart:
    """How the PDF of a document reads that packgen drew or made ready; `known` is how it was read before.

    Raises:
        NotGraftable, ConversionError: as `join_read_part`.
    """
    sources = [page.source_index for page in planned if not page.blank]
    if known is not None and not part.authored and sources == [*range(len(known.tree.pages))]:
        return known
    with _opened(part, planned) as source:
        if part.authored or sources != [*range(len(source.pages))]:
            raise NotGraftable
        return _read(source, part)


def _read(source: Pdf, part: PdfPart) -> ReadPart:
    from packgen.merge.reading import read_part  # what was read before needs none of this

    return read_part(source, part.pdf)


@contextmanager
def _opened(part: PdfPart, planned: Sequence[PlannedPage]) -> Iterator[Pdf]:
    """The open PDF of a document, which has all pages that are planned.

    Raises:
        ConversionError: it cannot be read, then or later, or has fewer pages.
    """
    try:
        with open_pdf(part.pdf) as source:
            _check_page_count(part, planned, len(source.pages))
            yield source
    except pikepdf.PdfError as error:
        problem = Problem(
            code="merge.unreadable",
            file=part.document_id,
            message=f'"{part.title}" cannot be read: {reason_of(error)}',
            hint="open it in a PDF reader, print it to a new PDF, and use that file",
        )
        raise ConversionError(problem) from error


def _check_page_count(part: PdfPart, planned: Sequence[PlannedPage], page_count: int) -> None:
    missing = [page for page in planned if page.source_index is not None and page.source_index >= page_count]
    if missing:
        raise ConversionError(
            Problem(
                code="merge.page-count",
                file=part.document_id,
                message=f'"{part.title}" has {page_count} pages, but page {missing[0].page_number} of the pack '
                f"was planned for its page {(missing[0].source_index or 0) + 1}",
                hint="the file was changed while the pack was built: build again",
            )
        )


def _joined_with_tree(pack: Pdf, source: Pdf, part: PdfPart, planned: Sequence[PlannedPage]) -> JoinedPart:
    from packgen.merge.bookmark_reading import read_bookmarks
    from packgen.merge.cleaning import clean
    from packgen.merge.destinations import Destinations
    from packgen.merge.reading import language_of

    destinations = Destinations(source)
    bookmarks = read_bookmarks(source, destinations)
    language = language_of(source)
    tree = _structure(source, part)
    cleaned = clean(source, destinations, authored=part.authored)
    pages = _copied_pages(pack, source, part, planned, cleaned.links)
    for index in set(range(len(source.pages))).difference(page.source_index for page in planned):
        _empty(source.pages[index].obj)
    return JoinedPart(
        part=part,
        pages=tuple(pages),
        structure=pack.copy_foreign(tree) if tree is not None else None,
        tree=None,
        language=language,
        bookmarks=bookmarks,
        removed=tuple(cleaned.removed),
        layers=_copied_layers(pack, source),
    )


def _copied_pages(
    pack: Pdf, source: Pdf, part: PdfPart, planned: Sequence[PlannedPage], links: Sequence[tuple[PartLink, ...]]
) -> list[JoinedPage]:
    """The planned pages in the pack; a blank one is as large as the one before it."""
    first = len(pack.pages)
    for each in planned:
        if each.source_index is None:
            pack.add_blank_page()
        else:
            pack.pages.append(source.pages[each.source_index])
    pages: list[JoinedPage] = []
    for each, page in zip(planned, [page.obj for page in pack.pages[first:]], strict=True):
        if each.source_index is None:
            page.MediaBox = _blank_box(pages[-1].frame if pages else None)
        elif part.authored:
            _mend_boxes(page)
        own_links = links[each.source_index] if each.source_index is not None else ()
        pages.append(JoinedPage(each, page, frame_of(page), own_links))
    return pages


def _mend_boxes(page: Object) -> None:
    """Write boxes as all programs understand them: corners in order, and no crop that leaves nothing."""
    media, crop = box_of(page.get("/MediaBox")), box_of(page.get("/CropBox"))
    if media is not None:
        page.MediaBox = Array(media)
    if "/CropBox" in page:
        if media is None or crop is None or visible_frame(media, crop) == visible_frame(media):
            del page.CropBox
        else:
            page.CropBox = Array(crop)
    if "/UserUnit" in page and _unit(page) == 1.0:
        del page.UserUnit


def _empty(page: Object) -> None:
    """Make a page that does not come along a dictionary without content.

    A structure element that refers to it can then be told from one that refers to no page.
    """
    keep_only(page, frozenset())


def frame_of(page: Object) -> Frame:
    """What is seen of a page; boxes that make no sense are read as A4, as viewers do with the nearest they have."""
    boxes = [box.unparse() if isinstance(box := page.get(key), Array) else b"" for key in ("/MediaBox", "/CropBox")]
    return _frame(boxes[0], boxes[1], rotation_of(page), _unit(page))


@lru_cache(maxsize=256)
def _frame(media: bytes, crop: bytes, rotation: int, unit: float) -> Frame:
    """The frame for boxes as they are written: nearly all pages of a pack have the same."""
    return visible_frame(_box(media) or _A4, _box(crop), rotation, unit)


def _box(written: bytes) -> Box | None:
    return box_of(Object.parse(written)) if written else None


def rotation_of(page: Object) -> int:
    """Degrees clockwise by which a page is turned when it is shown."""
    rotate = page.get("/Rotate", 0)
    return int(rotate) if isinstance(rotate, int | Decimal) else 0


def _unit(page: Object) -> float:
    """Points per unit of the page's boxes."""
    unit = page.get("/UserUnit", 1)
    return float(unit) if isinstance(unit, int | float | Decimal) and unit > 0 else 1.0


def _blank_box(before: Frame | None) -> Object:
    """The size of a blank page: that of the page before it, as far as its notice and PDF allow."""
    size = (before.width, before.height) if before else _A4[2:]
    return Array([0, 0, *(round(min(max(length, _LEAST_SIDE), _MOST_SIDE), 3) for length in size)])


def _structure(source: Pdf, part: PdfPart) -> Object | None:
    """The structure tree of a document that says it is tagged, without what only repeats it."""
    root = source.Root.get("/StructTreeRoot")
    marked = source.Root.get("/MarkInfo", Dictionary())
    if not isinstance(root, Dictionary) or "/K" not in root:
        return None
    if not isinstance(marked, Dictionary) or not marked.get("/Marked", False):
        return None
    take_out(root, ("/ParentTree", "/IDTree", "/ParentTreeNextKey"))
    if _is_too_deep(root):
        raise ConversionError(
            Problem(
                code="merge.tags-too-deep",
                file=part.document_id,
                message=f'the tags of "{part.title}" stand more than {_DEEPEST} deep in each other',
                hint="open it in a PDF reader, print it to a new PDF, and use that file",
            )
        )
    return root if root.is_indirect else source.make_indirect(root)


def _is_too_deep(root: Object) -> bool:
    """Whether elements stand deeper in each other than libraries can follow."""
    level, seen = [root], {root.objgen}
    for _ in range(_DEEPEST):
        below: list[Object] = []
        for element in level:
            for kid in kids_of(element):
                if isinstance(kid, Object) and is_element(kid) and (not kid.is_indirect or kid.objgen not in seen):
                    seen.add(kid.objgen)
                    below.append(kid)
        if not below:
            return False
        level = below
    return True


def _copied_layers(pack: Pdf, source: Pdf) -> Object | None:
    layers = source.Root.get("/OCProperties")
    if not isinstance(layers, Dictionary):
        return None
    return pack.copy_foreign(layers if layers.is_indirect else source.make_indirect(layers))
