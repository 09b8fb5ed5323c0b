"""One document on its way into the pack: opened, read, cleaned and copied.

Takes a `PdfPart` and the pages of it that are planned; gives a `JoinedPart` whose pages stand in the pack, with
everything that must be joined later. The document's own PDF is closed again. Never changes the bytes it was given.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pikepdf
from pikepdf import Array, Dictionary, Object, Pdf, String

from packgen.errors import ConversionError, Problem
from packgen.merge.bookmarks import read_bookmarks
from packgen.merge.cleaning import clean
from packgen.merge.destinations import Destinations
from packgen.merge.frames import Frame, box_of, visible_frame
from packgen.merge.opening import open_pdf, reason_of
from packgen.merge.values import JoinedPage, JoinedPart
from packgen.model import PdfPart, PlannedPage

_A4 = (0.0, 0.0, 595.28, 841.89)
_LEAST_SIDE, _MOST_SIDE = 240.0, 14_400.0
"""Points: what a blank page needs for its notice, and what PDF allows (ISO 32000-1, annex C.2)."""


def join_part(pack: Pdf, part: PdfPart, planned: Sequence[PlannedPage]) -> JoinedPart:
    """Copy the planned pages of one document behind those that `pack` has, blank pages included.

    Raises:
        ConversionError: the PDF cannot be read, or has fewer pages than were planned.
    """
    try:
        with open_pdf(part.pdf) as source:
            return _join(pack, source, part, planned)
    except pikepdf.PdfError as error:
        problem = Problem(
            code="merge.unreadable",
            file=part.document_id,
            message=f'"{part.title}" cannot be read: {reason_of(error)}',
            hint="open it in a PDF reader, print it to a new PDF, and use that file",
        )
        raise ConversionError(problem) from error


def _join(pack: Pdf, source: Pdf, part: PdfPart, planned: Sequence[PlannedPage]) -> JoinedPart:
    page_count = len(source.pages)
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
    destinations = Destinations(source)
    bookmarks = read_bookmarks(source, destinations)
    language = source.Root.get("/Lang")
    tree = _structure(source, authored=part.authored)
    cleaned = clean(source, destinations, authored=part.authored)
    pages: list[JoinedPage] = []
    for planned_page in planned:
        index = planned_page.source_index
        if index is None:
            pages.append(_blank(pack, planned_page, pages[-1].frame if pages else None))
            continue
        pack.pages.append(source.pages[index])
        page = pack.pages[-1].obj
        _mend_boxes(page)
        pages.append(JoinedPage(planned_page, page, frame_of(page), cleaned.links[index]))
    wanted = [page.source_index for page in planned if page.source_index is not None]
    whole = sorted(wanted) == list(range(page_count)) and not cleaned.removed
    for index in set(range(page_count)).difference(wanted):
        _empty(source.pages[index].obj)
    return JoinedPart(
        part=part,
        pages=tuple(pages),
        structure=pack.copy_foreign(tree) if tree is not None else None,
        language=str(language) if isinstance(language, String) and str(language) else None,
        bookmarks=bookmarks,
        removed=tuple(cleaned.removed),
        layers=_copied_layers(pack, source),
        whole=whole,
    )


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
    for key in list(page.keys()):
        del page[key]


def frame_of(page: Object) -> Frame:
    """What is seen of a page; boxes that make no sense are read as A4, as viewers do with the nearest they have."""
    return visible_frame(
        box_of(page.get("/MediaBox")) or _A4,
        box_of(page.get("/CropBox")),
        rotation_of(page),
        _unit(page),
    )


def rotation_of(page: Object) -> int:
    """Degrees clockwise by which a page is turned when it is shown."""
    rotate = page.get("/Rotate", 0)
    return int(rotate) if isinstance(rotate, int | Decimal) else 0


def _unit(page: Object) -> float:
    """Points per unit of the page's boxes."""
    unit = page.get("/UserUnit", 1)
    return float(unit) if isinstance(unit, int | float | Decimal) and unit > 0 else 1.0


def _blank(pack: Pdf, planned: PlannedPage, before: Frame | None) -> JoinedPage:
    """An empty page as large as the one before it, as far as its notice and PDF allow."""
    size = (before.width, before.height) if before else _A4[2:]
    width, height = (round(min(max(length, _LEAST_SIDE), _MOST_SIDE), 3) for length in size)
    page = pack.add_blank_page(page_size=(width, height)).obj
    return JoinedPage(planned, page, frame_of(page))


def _structure(source: Pdf, *, authored: bool) -> Object | None:
    """The structure tree of a document that says it is tagged; what only repeats it is believed of our own alone."""
    root = source.Root.get("/StructTreeRoot")
    marked = source.Root.get("/MarkInfo", Dictionary())
    if not isinstance(root, Dictionary) or "/K" not in root:
        return None
    if not isinstance(marked, Dictionary) or not marked.get("/Marked", False):
        return None
    for key in ("/ParentTree", "/IDTree", "/ParentTreeNextKey") if authored else ():
        if key in root:
            del root[key]
    return root if root.is_indirect else source.make_indirect(root)


def _copied_layers(pack: Pdf, source: Pdf) -> Object | None:
    layers = source.Root.get("/OCProperties")
    if not isinstance(layers, Dictionary):
        return None
    return pack.copy_foreign(layers if layers.is_indirect else source.make_indirect(layers))
