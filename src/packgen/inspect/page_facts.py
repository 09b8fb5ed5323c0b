"""What is seen on one page of a finished PDF: its words, and how its number is drawn. Read with pdfium.

Takes an open page; gives plain values that can be written to disk and read again. Never compares.
"""

from __future__ import annotations

import ctypes
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

_MOST_LETTERS = 256
_MOST_ON_PAGE = 16 * 1024
"""Letters of a page that are read in one step; pdfium goes through the whole page in each."""
_DARK, _OPAQUE = 64, 255
_ANGLE = 0.01


class Stamp(Struct, frozen=True):
    """The words drawn last on a page, and how.

    `visible` if all of them lie in what is seen of it, `on_words` if they stand on other words. `dark` is their colour.
    `upright` if they are read as the page is held: on a landscape page, turned to the right.
    """

    text: str
    visible: bool
    on_words: bool
    dark: bool
    upright: bool


class Link(Struct, frozen=True):
    """A link from one page of the pack to another, both as page indexes, and the words that a reader clicks.

    `target_index` is None if it leads to no page, or if it says twice where it leads: viewers follow one or the other.
    """

    page_index: int
    target_index: int | None
    words: str


class BookmarkFact(Struct, frozen=True):
    """A bookmark as a reader sees it, in the order of the list; `target_index` is None for a mere heading."""

    title: str
    depth: int
    target_index: int | None


class PageFact(Struct, frozen=True):
    """All words that are seen on a page, and the last thing drawn on it, if that is words.

    `links` are those of a page of which they were asked for, else None.
    """

    text: str
    stamp: Stamp | None
    links: tuple[Link, ...] | None = None


PageFacts = Mapping[str, PageFact]
"""What is seen on pages, by their fingerprints (`fingerprints`)."""


def facts_version() -> str:
    """What facts depend on besides the page: who reads them."""
    import pypdfium2

    return f"pdfium {pypdfium2.version.PDFIUM_INFO}"


def page_texts(data: bytes) -> list[str]:
    """The words that are seen on each page of a PDF."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        return [_text_within(page.get_textpage(), page.get_bbox()) for page in document]
    finally:
        document.close()


def read_page(page: Any, words: Any) -> PageFact:
    """What is seen on a page of pypdfium2, given with its text page."""
    return PageFact(_text_within(words, page.get_bbox()), _stamp(page, words))


def _text_within(words: Any, box: Sequence[float]) -> str:
    """The words in a box: its left, bottom, right and top."""
    from pypdfium2 import raw

    left, bottom, right, top = box
    letters = (ctypes.c_ushort * _MOST_ON_PAGE)()
    count = raw.FPDFText_GetBoundedText(words, left, top, right, bottom, letters, _MOST_ON_PAGE)
    if count >= _MOST_ON_PAGE:
        return str(words.get_text_bounded(*box))
    # Behind them stands a null.
    return ctypes.string_at(letters, 2 * max(count - 1, 0)).decode("utf-16-le", "ignore")


def _stamp(page: Any, words: Any) -> Stamp | None:
    from pypdfium2 import raw

    thing = raw.FPDFPage_GetObject(page, raw.FPDFPage_CountObjects(page) - 1)
    if not thing or raw.FPDFPageObj_GetType(thing) != raw.FPDF_PAGEOBJ_TEXT:
        return None
    letters = (ctypes.c_ushort * _MOST_LETTERS)()
    size = raw.FPDFTextObj_GetText(thing, words, letters, ctypes.sizeof(letters))
    text = bytes(letters)[: max(size - 2, 0)].decode("utf-16-le", "replace").strip()
    bounds = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(thing, *(ctypes.byref(bound) for bound in bounds))
    box = [bound.value for bound in bounds]
    there = "".join(_text_within(words, box).split())
    return Stamp(
        text,
        visible=_inside(box, page.get_cropbox()),
        on_words=len(there) > len("".join(text.split())),
        dark=_is_dark(thing),
        upright=_is_upright(page, thing),
    )


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
