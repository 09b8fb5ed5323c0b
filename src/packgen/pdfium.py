"""pdfium, asked for what packgen wants to know of each page, again and again: its words, its links, what is on it.

pypdfium2 brings the library and is asked everywhere else; naming its 450 functions takes longer than reading a report
with the thirty that are used here. Where it takes the library from elsewhere, it is asked for it. Takes PDFs made
here, or opened before; gives plain values and numbers that stand for pdfium's own things. Never writes or draws.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import POINTER, byref, c_char_p, c_double, c_float, c_int, c_size_t, c_uint, c_ulong, c_ushort, c_void_p
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_FILES = ("libpdfium.so", "pdfium.dll", "libpdfium.dylib")
_MOST_ON_PAGE = 16 * 1024
"""Letters of a page that are read in one step; pdfium goes through the whole page in each."""
TEXT_OBJECT = 1
"""FPDF_PAGEOBJ_TEXT."""
GO_TO = 1
"""PDFACTION_GOTO."""
_LETTER = (0.0, 0.0, 612.0, 792.0)
"""What pdfium takes a page for that does not tell its size; it is that of American paper."""

Bounds = tuple[float, float, float, float]
"""The left, bottom, right and top of a box, in points."""


class Box(ctypes.Structure):
    """pdfium's FS_RECTF."""

    _fields_ = (("left", c_float), ("top", c_float), ("right", c_float), ("bottom", c_float))

    @property
    def bounds(self) -> Bounds:
        return self.left, self.bottom, self.right, self.top


class Matrix(ctypes.Structure):
    """pdfium's FS_MATRIX."""

    _fields_ = (("a", c_float), ("b", c_float), ("c", c_float), ("d", c_float), ("e", c_float), ("f", c_float))


class Size(ctypes.Structure):
    """pdfium's FS_SIZEF."""

    _fields_ = (("width", c_float), ("height", c_float))


_FLOATS = (POINTER(c_float),) * 4
_LETTERS = POINTER(c_ushort)
# What a function gives, and what it takes, as pdfium's headers have it: fpdfview.h, fpdf_text.h, fpdf_doc.h,
# fpdf_edit.h, fpdf_annot.h, fpdf_transformpage.h.
_FUNCTIONS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "FPDF_InitLibrary": (None, ()),
    "FPDF_LoadMemDocument64": (c_void_p, (c_char_p, c_size_t, c_char_p)),
    "FPDF_GetPageCount": (c_int, (c_void_p,)),
    "FPDF_CloseDocument": (None, (c_void_p,)),
    "FPDF_LoadPage": (c_void_p, (c_void_p, c_int)),
    "FPDF_ClosePage": (None, (c_void_p,)),
    "FPDF_GetPageBoundingBox": (c_int, (c_void_p, POINTER(Box))),
    "FPDF_GetPageWidthF": (c_float, (c_void_p,)),
    "FPDF_GetPageHeightF": (c_float, (c_void_p,)),
    "FPDF_GetPageSizeByIndexF": (c_int, (c_void_p, c_int, POINTER(Size))),
    "FPDF_GetPageLabel": (c_ulong, (c_void_p, c_int, c_void_p, c_ulong)),
    "FPDFPage_GetCropBox": (c_int, (c_void_p, *_FLOATS)),
    "FPDFPage_GetMediaBox": (c_int, (c_void_p, *_FLOATS)),
    "FPDFPage_GetRotation": (c_int, (c_void_p,)),
    "FPDFPage_CountObjects": (c_int, (c_void_p,)),
    "FPDFPage_GetObject": (c_void_p, (c_void_p, c_int)),
    "FPDFPage_CloseAnnot": (None, (c_void_p,)),
    "FPDFPageObj_GetType": (c_int, (c_void_p,)),
    "FPDFPageObj_GetBounds": (c_int, (c_void_p, *_FLOATS)),
    "FPDFPageObj_GetMatrix": (c_int, (c_void_p, POINTER(Matrix))),
    "FPDFPageObj_GetFillColor": (c_int, (c_void_p, *(POINTER(c_uint),) * 4)),
    "FPDFTextObj_GetText": (c_ulong, (c_void_p, c_void_p, _LETTERS, c_ulong)),
    "FPDFText_LoadPage": (c_void_p, (c_void_p,)),
    "FPDFText_ClosePage": (None, (c_void_p,)),
    "FPDFText_GetBoundedText": (c_int, (c_void_p, c_double, c_double, c_double, c_double, _LETTERS, c_int)),
    "FPDFLink_Enumerate": (c_int, (c_void_p, POINTER(c_int), POINTER(c_void_p))),
    "FPDFLink_GetDest": (c_void_p, (c_void_p, c_void_p)),
    "FPDFLink_GetAction": (c_void_p, (c_void_p,)),
    "FPDFLink_GetAnnot": (c_void_p, (c_void_p, c_void_p)),
    "FPDFLink_GetAnnotRect": (c_int, (c_void_p, POINTER(Box))),
    "FPDFAnnot_HasKey": (c_int, (c_void_p, c_char_p)),
    "FPDFAction_GetType": (c_ulong, (c_void_p,)),
    "FPDFDest_GetDestPageIndex": (c_int, (c_void_p, c_void_p)),
    "FPDFBookmark_GetFirstChild": (c_void_p, (c_void_p, c_void_p)),
    "FPDFBookmark_GetNextSibling": (c_void_p, (c_void_p, c_void_p)),
    "FPDFBookmark_GetTitle": (c_ulong, (c_void_p, c_void_p, c_ulong)),
    "FPDFBookmark_GetDest": (c_void_p, (c_void_p, c_void_p)),
}


class Page:
    """A page of an open document, with the words on it. It is to be closed before the document is."""

    def __init__(self, document: int, index: int) -> None:
        """Opens the page with an index, from 0.

        Raises:
            ValueError: pdfium cannot read it.
        """
        self._library = library()
        self.handle: int | None = self._library.FPDF_LoadPage(document, index)
        self.words: int | None = self._library.FPDFText_LoadPage(self.handle) if self.handle else None
        if not self.words:
            self.close()
            raise ValueError("pdfium cannot read this page")

    def close_words(self) -> None:
        """Close the words; the page stays open."""
        if self.words:
            self._library.FPDFText_ClosePage(self.words)
            self.words = None

    def close(self) -> None:
        """Close the page, if it is open."""
        self.close_words()
        if self.handle:
            self._library.FPDF_ClosePage(self.handle)
            self.handle = None

    @property
    def visible_box(self) -> Bounds:
        """What is seen of it."""
        box = Box()
        self._library.FPDF_GetPageBoundingBox(self.handle, byref(box))
        return box.bounds

    @property
    def crop_box(self) -> Bounds:
        """Its own crop box, or else its own media box."""
        sides = [c_float() for _ in range(4)]
        for ask in (self._library.FPDFPage_GetCropBox, self._library.FPDFPage_GetMediaBox):
            if ask(self.handle, *map(byref, sides)):
                left, bottom, right, top = (side.value for side in sides)
                return left, bottom, right, top
        return _LETTER

    @property
    def rotation(self) -> int:
        """By how many degrees it is turned to the right."""
        return 90 * int(self._library.FPDFPage_GetRotation(self.handle))

    @property
    def size(self) -> tuple[float, float]:
        """Its width and height as it is seen, turned, in points."""
        return self._library.FPDF_GetPageWidthF(self.handle), self._library.FPDF_GetPageHeightF(self.handle)

    def text_within(self, bounds: Bounds) -> str:
        """The words in a box."""
        left, bottom, right, top = bounds
        asked = (self.words, left, top, right, bottom)
        letters = (c_ushort * _MOST_ON_PAGE)()
        count = self._library.FPDFText_GetBoundedText(*asked, letters, _MOST_ON_PAGE)
        if count >= _MOST_ON_PAGE:
            count = self._library.FPDFText_GetBoundedText(*asked, None, 0)
            letters = (c_ushort * count)()
            count = self._library.FPDFText_GetBoundedText(*asked, letters, count)
        # Behind them stands a null.
        return ctypes.string_at(letters, 2 * max(count - 1, 0)).decode("utf-16-le", "ignore")


@contextmanager
def opened(pdf: bytes) -> Iterator[int]:
    """The open document. What has been opened of it must be closed within the block.

    Raises:
        ValueError: pdfium cannot read it.
    """
    document = library().FPDF_LoadMemDocument64(pdf, len(pdf), None)
    if not document:
        raise ValueError("pdfium cannot read this PDF")
    try:
        yield document
    finally:
        library().FPDF_CloseDocument(document)


@contextmanager
def opened_page(document: int, index: int) -> Iterator[Page]:
    """A page of an open document by its index, from 0.

    Raises:
        ValueError: pdfium cannot read it.
    """
    page = Page(document, index)
    try:
        yield page
    finally:
        page.close()


def page_count(document: int) -> int:
    """How many pages an open document has."""
    return int(library().FPDF_GetPageCount(document))


def page_texts(pdf: bytes) -> list[str]:
    """The text inside each page, as far as it is visible there.

    Raises:
        ValueError: pdfium cannot read it.
    """
    texts = []
    with opened(pdf) as document:
        for index in range(page_count(document)):
            with opened_page(document, index) as page:
                texts.append(page.text_within(page.visible_box))
    return texts


def pdfium_version() -> str:
    """Which pdfium it is, as its wheel says; without one, the version of pypdfium2."""
    for folder in _folders():
        if (folder / "version.json").exists():
            return (folder / "version.json").read_text(encoding="utf-8")
    return str(import_module("pypdfium2").version.PDFIUM_INFO)


@cache
def library() -> Any:
    """The library, ready for use. It is the one that pypdfium2 uses, and does not mind to be made ready by both."""
    found = _loaded()
    for name, (gives, takes) in _FUNCTIONS.items():
        function = found[name]
        function.restype, function.argtypes = gives, takes
        setattr(found, name, function)
    found.FPDF_InitLibrary()
    return found


def _folders() -> list[Path]:
    found = find_spec("pypdfium2_raw")
    return [] if found is None else [Path(folder) for folder in found.submodule_search_locations or ()]


def _loaded() -> ctypes.CDLL:
    for file in (folder / name for folder in _folders() for name in _FILES):
        if file.exists():
            return ctypes.CDLL(str(file))
    return ctypes.CDLL(import_module("pypdfium2_raw.bindings")._libs["pdfium"]._name)
