"""What a finished PDF shows, read with pypdf and pdfium.

Takes the PDF's bytes; gives plain values: labels, the number read off each page, links, bookmarks. Never compares.
"""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Self

_MOST_LETTERS = 256
_DARK, _OPAQUE = 64, 255
_ANGLE = 0.01


@dataclass(frozen=True)
class Disagreement:
    """One thing that is not as planned: a short stable code, where, and what."""

    code: str
    message: str
    place: str | None = None


@dataclass(frozen=True)
class Stamp:
    """The words drawn last on a page, and how.

    `visible` if all of them lie in what is seen of it, `on_words` if they stand on other words. `dark` is their colour.
    `upright` if they are read as the page is held: on a landscape page, turned to the right.
    """

    text: str
    visible: bool
    on_words: bool
    dark: bool
    upright: bool


@dataclass(frozen=True)
class Link:
    """A link from one page of the pack to another: where it stands, where it leads, both as page indexes."""

    page_index: int
    target_index: int | None
    rect: tuple[float, float, float, float]


@dataclass(frozen=True)
class BookmarkFact:
    """A bookmark as a reader sees it, in the order of the list; `target_index` is None for a mere heading."""

    title: str
    depth: int
    target_index: int | None


@dataclass(frozen=True, kw_only=True)
class FinishedPack:
    """What was read back. Lists have an entry for each page, by page index."""

    labels: Sequence[str]
    stamps: Sequence[Stamp | None]
    texts: Sequence[str]
    links: Sequence[Link]
    bookmarks: Sequence[BookmarkFact]
    data: bytes

    @property
    def page_count(self) -> int:
        return len(self.stamps)


class Words:
    """Reads words off the pages of a PDF, with single spaces between them. Used with `with`."""

    def __init__(self, data: bytes) -> None:
        import pypdfium2

        self._document = pypdfium2.PdfDocument(data)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._document.close()

    def on_page(self, page_index: int) -> str:
        return " ".join(self._document[page_index].get_textpage().get_text_bounded().split())

    def under(self, link: Link) -> str:
        """The words that a reader clicks."""
        text = self._document[link.page_index].get_textpage().get_text_bounded(*link.rect)
        return " ".join(text.split())


def read_back(data: bytes) -> FinishedPack:
    """Read a finished PDF."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data), strict=False)
    indexes = {
        page.indirect_reference.idnum: index for index, page in enumerate(reader.pages) if page.indirect_reference
    }
    pages = list(_read_pages(data))
    return FinishedPack(
        labels=tuple(reader.page_labels),
        stamps=tuple(stamp for stamp, _ in pages),
        texts=tuple(text for _, text in pages),
        links=tuple(_read_links(reader, indexes)),
        bookmarks=tuple(_read_bookmarks(reader.outline, indexes, 0)),
        data=data,
    )


def _read_pages(data: bytes) -> Iterator[tuple[Stamp | None, str]]:
    """The last thing drawn on each page, if it is words, and all words of the page."""
    import pypdfium2
    from pypdfium2 import raw

    document = pypdfium2.PdfDocument(data)
    letters = (ctypes.c_ushort * _MOST_LETTERS)()
    bounds = [ctypes.c_float() for _ in range(4)]
    try:
        for page in document:
            words = page.get_textpage()
            thing = raw.FPDFPage_GetObject(page, raw.FPDFPage_CountObjects(page) - 1)
            if not thing or raw.FPDFPageObj_GetType(thing) != raw.FPDF_PAGEOBJ_TEXT:
                yield None, words.get_text_bounded()
                continue
            size = raw.FPDFTextObj_GetText(thing, words, letters, ctypes.sizeof(letters))
            text = bytes(letters)[: max(size - 2, 0)].decode("utf-16-le", "replace").strip()
            raw.FPDFPageObj_GetBounds(thing, *(ctypes.byref(bound) for bound in bounds))
            box = [bound.value for bound in bounds]
            there = "".join(words.get_text_bounded(*box).split())
            stamp = Stamp(
                text,
                visible=_inside(box, page.get_cropbox()),
                on_words=len(there) > len("".join(text.split())),
                dark=_is_dark(thing),
                upright=_is_upright(page, thing),
            )
            yield stamp, words.get_text_bounded()
    finally:
        document.close()


def _is_dark(thing: Any) -> bool:
    from pypdfium2 import raw

    colour = [ctypes.c_uint() for _ in range(4)]
    raw.FPDFPageObj_GetFillColor(thing, *(ctypes.byref(part) for part in colour))
    *light, opacity = (part.value for part in colour)
    return max(light) <= _DARK and opacity == _OPAQUE


def _is_upright(page: Any, thing: Any) -> bool:
    """Whether words run to the reader's right, or down a landscape page; and are not mirrored."""
    from pypdfium2 import raw

    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(thing, ctypes.byref(matrix))
    along, up = complex(matrix.a, matrix.b), complex(matrix.c, matrix.d)
    if not along or not up:
        return False
    turned = {0: 1, 90: -1j, 180: -1, 270: 1j}[page.get_rotation()]
    landscape = page.get_width() > page.get_height() + 1
    wanted = -1j if landscape else 1
    return abs(along / abs(along) * turned - wanted) < _ANGLE and abs(up / abs(up) * turned - wanted * 1j) < _ANGLE


def _inside(bounds: Sequence[float], box: Sequence[float]) -> bool:
    left, bottom, right, top = bounds
    return box[0] <= left and box[1] <= bottom and right <= box[2] and top <= box[3]


def _read_links(reader: Any, indexes: dict[int, int]) -> Iterator[Link]:
    for page_index, page in enumerate(reader.pages):
        annotations = page.get("/Annots")
        for reference in annotations.get_object() if annotations is not None else ():
            annotation = reference.get_object()
            if annotation.get("/Subtype") == "/Link" and "/Dest" in annotation:
                left, bottom, right, top = (float(length) for length in annotation["/Rect"])
                yield Link(page_index, _target(annotation["/Dest"], indexes), (left, bottom, right, top))


def _read_bookmarks(outline: Any, indexes: dict[int, int], depth: int) -> Iterator[BookmarkFact]:
    """In what pypdf gives, the bookmarks below another are a list behind it."""
    for entry in outline:
        if isinstance(entry, list):
            yield from _read_bookmarks(entry, indexes, depth + 1)
        else:
            yield BookmarkFact(str(entry.title), depth, indexes.get(getattr(entry.page, "idnum", -1)))


def _target(destination: Any, indexes: dict[int, int]) -> int | None:
    array = destination.get_object()
    page = array[0] if isinstance(array, list) and array else None
    return indexes.get(getattr(page, "idnum", -1))
