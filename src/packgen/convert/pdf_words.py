"""The words on the pages of a PDF, asked of pdfium itself.

Takes a PDF made here, or one that has been opened before; gives the text inside each page. pypdfium2 brings the library
and could be asked instead: naming its 450 functions takes longer than reading a report with the nine that are used
here. Where it takes the library from elsewhere, it is asked for it. Never writes, and never draws a page.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import POINTER, byref, c_char_p, c_double, c_float, c_int, c_size_t, c_ushort, c_void_p
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_FILES = ("libpdfium.so", "pdfium.dll", "libpdfium.dylib")


class _Box(ctypes.Structure):
    """pdfium's FS_RECTF."""

    _fields_ = (("left", c_float), ("top", c_float), ("right", c_float), ("bottom", c_float))


# What a function gives, and what it takes, as pdfium's fpdfview.h and fpdf_text.h have it.
_FUNCTIONS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "FPDF_InitLibrary": (None, ()),
    "FPDF_LoadMemDocument64": (c_void_p, (c_char_p, c_size_t, c_char_p)),
    "FPDF_GetPageCount": (c_int, (c_void_p,)),
    "FPDF_CloseDocument": (None, (c_void_p,)),
    "FPDF_LoadPage": (c_void_p, (c_void_p, c_int)),
    "FPDF_ClosePage": (None, (c_void_p,)),
    "FPDF_GetPageBoundingBox": (c_int, (c_void_p, POINTER(_Box))),
    "FPDFText_LoadPage": (c_void_p, (c_void_p,)),
    "FPDFText_ClosePage": (None, (c_void_p,)),
    "FPDFText_GetBoundedText": (
        c_int,
        (c_void_p, c_double, c_double, c_double, c_double, POINTER(c_ushort), c_int),
    ),
}


def page_texts(pdf: bytes) -> list[str]:
    """The text inside each page, as far as it is visible there.

    Raises:
        ValueError: pdfium cannot read it.
    """
    library = _pdfium()
    document = library.FPDF_LoadMemDocument64(pdf, len(pdf), None)
    if not document:
        raise ValueError("pdfium cannot read this PDF")
    try:
        return [_text(library, document, index) for index in range(library.FPDF_GetPageCount(document))]
    finally:
        library.FPDF_CloseDocument(document)


def _text(library: Any, document: int, index: int) -> str:
    with (
        _opened(library.FPDF_LoadPage(document, index), library.FPDF_ClosePage) as page,
        _opened(library.FPDFText_LoadPage(page), library.FPDFText_ClosePage) as words,
    ):
        box = _Box()
        library.FPDF_GetPageBoundingBox(page, byref(box))
        asked = (words, box.left, box.top, box.right, box.bottom)
        length = max(library.FPDFText_GetBoundedText(*asked, None, 0), 0)
        letters = (c_ushort * length)()
        library.FPDFText_GetBoundedText(*asked, letters, length)
        return bytes(letters).decode("utf-16-le", errors="ignore")


@contextmanager
def _opened(page: int | None, close: Any) -> Iterator[int]:
    if not page:
        raise ValueError("pdfium cannot read this page")
    try:
        yield page
    finally:
        close(page)


@cache
def _pdfium() -> Any:
    """The library, ready for use. It is the one that pypdfium2 uses, and does not mind to be made ready by both."""
    library = _loaded()
    for name, (gives, takes) in _FUNCTIONS.items():
        function = library[name]
        function.restype, function.argtypes = gives, takes
        setattr(library, name, function)
    library.FPDF_InitLibrary()
    return library


def _loaded() -> ctypes.CDLL:
    found = find_spec("pypdfium2_raw")
    folders = [] if found is None else map(Path, found.submodule_search_locations or ())
    for file in (folder / name for folder in folders for name in _FILES):
        if file.exists():
            return ctypes.CDLL(str(file))
    return ctypes.CDLL(import_module("pypdfium2_raw.bindings")._libs["pdfium"]._name)
