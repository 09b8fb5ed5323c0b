"""What is seen on one page of a finished PDF: its words, and how its number is drawn. Read with `pdfium`.

Takes an open page; gives plain values that can be written to disk and read again. Never compares.
"""

from __future__ import annotations

import ctypes
from collections.abc import Mapping, Sequence
from ctypes import byref

from msgspec import Struct

from packgen.pdfium import TEXT_OBJECT, Matrix, Page, library, pdfium_version

_MOST_LETTERS = 256
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
    return f"pdfium {pdfium_version()}"


def read_page(page: Page) -> PageFact:
    """What is seen on a page."""
    return PageFact(page.text_within(page.visible_box), _stamp(page))


def _stamp(page: Page) -> Stamp | None:
    pdfium = library()
    thing = pdfium.FPDFPage_GetObject(page.handle, pdfium.FPDFPage_CountObjects(page.handle) - 1)
    if not thing or pdfium.FPDFPageObj_GetType(thing) != TEXT_OBJECT:
        return None
    letters = (ctypes.c_ushort * _MOST_LETTERS)()
    size = pdfium.FPDFTextObj_GetText(thing, page.words, letters, ctypes.sizeof(letters))
    text = bytes(letters)[: max(size - 2, 0)].decode("utf-16-le", "replace").strip()
    bounds = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(thing, *map(byref, bounds))
    left, bottom, right, top = (bound.value for bound in bounds)
    box = left, bottom, right, top
    there = "".join(page.text_within(box).split())
    return Stamp(
        text,
        visible=_inside(box, page.crop_box),
        on_words=len(there) > len("".join(text.split())),
        dark=_is_dark(thing),
        upright=_is_upright(page, thing),
    )


def _is_dark(thing: int) -> bool:
    colour = [ctypes.c_uint() for _ in range(4)]
    library().FPDFPageObj_GetFillColor(thing, *map(byref, colour))
    *light, opacity = (part.value for part in colour)
    return max(light) <= _DARK and opacity == _OPAQUE


def _is_upright(page: Page, thing: int) -> bool:
    """Whether words run to the reader's right, or down a landscape page; and are not mirrored."""
    matrix = Matrix()
    library().FPDFPageObj_GetMatrix(thing, byref(matrix))
    along, up = complex(matrix.a, matrix.b), complex(matrix.c, matrix.d)
    if not along or not up:
        return False
    turned = {0: 1, 90: -1j, 180: -1, 270: 1j}[page.rotation]
    width, height = page.size
    landscape = width > height + 1
    wanted = -1j if landscape else 1
    return abs(along / abs(along) * turned - wanted) < _ANGLE and abs(up / abs(up) * turned - wanted * 1j) < _ANGLE


def _inside(bounds: Sequence[float], box: Sequence[float]) -> bool:
    left, bottom, right, top = bounds
    return box[0] <= left and box[1] <= bottom and right <= box[2] and top <= box[3]
