"""The pages of a finished pack, and whether two of them look alike.

Takes PDFs as bytes; gives words and verdicts. A page is compared by what it is made of, which is quick; where that
differs, by its text; and where that is the same, by its picture.
"""

from __future__ import annotations

import ctypes
import io
import unicodedata
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfPage, PdfTextPage

_SCALE = 1.0
"""Pixels per point: at 72 a inch a thin line is still seen."""
_SEEN = 8
"""A pixel that is so much lighter or darker (of 255) is another one."""
_NOT_LETTERS = frozenset("\x02\ufffe\u00ad")
"""What pdfium gives for a hyphen at which a line ends, and hyphens that are not drawn."""
_ARTIFACT = "Artifact"
_LONGEST_NAME = 64


class PackPages:
    """The pages of one pack. Use as a context: it holds the PDF open."""

    def __init__(self, pdf: bytes) -> None:
        import pypdfium2

        self._pdf = pdf
        self._document = pypdfium2.PdfDocument(pdf)
        self._texts: dict[int, str] = {}

    def __enter__(self) -> PackPages:
        return self

    def __exit__(self, *_: object) -> None:
        self._document.close()

    @cached_property
    def fingerprints(self) -> list[str | None]:
        """What each page is made of, as a digest; None where that cannot be told."""
        import pikepdf

        from packgen.inspect.fingerprints import page_fingerprints

        with pikepdf.open(io.BytesIO(self._pdf)) as pdf:
            return page_fingerprints(pdf, "")

    def text(self, index: int) -> str:
        """All that is seen on a page, the stamp included, with single blanks."""
        if index not in self._texts:
            page = self._document[index]
            reader = page.get_textpage()
            self._texts[index] = " ".join(reader.get_text_bounded().split())
            reader.close()
            page.close()
        return self._texts[index]

    def words(self, index: int) -> list[str]:
        """The words of a page without its artifacts: stamps, running heads and feet, repeated markings."""
        page = self._document[index]
        reader = page.get_textpage()
        try:
            return [word for word in _words(reader) if word]
        finally:
            reader.close()
            page.close()

    def picture(self, index: int) -> Image:
        """A page in grey."""
        page: PdfPage = self._document[index]
        try:
            picture: Image = page.render(scale=_SCALE).to_pil()
            return picture.convert("L")
        finally:
            page.close()


def look_alike(old: PackPages, old_index: int, new: PackPages, new_index: int) -> bool:
    """Whether two pages, as they are printed, are the same."""
    from PIL import ImageChops

    fingerprint = new.fingerprints[new_index]
    if fingerprint is not None and fingerprint == old.fingerprints[old_index]:
        return True
    if old.text(old_index) != new.text(new_index):
        return False
    first, second = old.picture(old_index), new.picture(new_index)
    if first.size != second.size:
        return False
    _, most = ImageChops.difference(first, second).getextrema()
    return isinstance(most, int | float) and most <= _SEEN


def _words(reader: PdfTextPage) -> Iterator[str]:
    """The words that are not artifacts. Which they are is asked once for each word."""
    from pypdfium2 import raw

    artifacts: dict[int, bool] = {}
    word: list[str] = []
    skipped = False
    for index in range(reader.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(reader.raw, index))
        if letter in _NOT_LETTERS or letter == "\x00":
            continue
        if letter.isspace():
            if not skipped:
                yield _plain(word)
            word, skipped = [], False
            continue
        if not word and not skipped:
            skipped = _is_artifact(raw.FPDFText_GetTextObject(reader.raw, index), artifacts)
        if not skipped:
            word.append(letter)
    if not skipped:
        yield _plain(word)


def _plain(letters: list[str]) -> str:
    """A word with ligatures as single letters."""
    text = "".join(letters)
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def _is_artifact(thing: Any, known: dict[int, bool]) -> bool:
    """Whether a text object of a page stands in marks that call it an artifact (ISO 32000-1, 14.8.2.2)."""
    from pypdfium2 import raw

    address = ctypes.addressof(thing.contents) if thing else 0
    if address not in known:
        known[address] = bool(thing) and any(
            _name_of(raw.FPDFPageObj_GetMark(thing, place)) == _ARTIFACT
            for place in range(raw.FPDFPageObj_CountMarks(thing))
        )
    return known[address]


def _name_of(mark: Any) -> str:
    from pypdfium2 import raw

    length = ctypes.c_ulong()
    buffer = ctypes.create_string_buffer(_LONGEST_NAME)
    written = ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR))
    if not raw.FPDFPageObjMark_GetName(mark, written, _LONGEST_NAME, length):
        return ""
    return buffer.raw[: max(length.value - 2, 0)].decode("utf-16-le", "replace")
