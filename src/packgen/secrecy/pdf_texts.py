"""Every text that a finished PDF holds, seen or not.

Takes the PDF's bytes; gives texts with the place where each stands: the words on pages, all strings of all objects, and
what streams say when they are unpacked, in each encoding that a PDF can hold. Leaves out what is no text: pixels,
letter shapes and colour profiles.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import Any

from msgspec import Struct

_STRING = re.compile(rb"\([^()\\]*+(?:\\.[^()\\]*+)*+\)|<[0-9A-Fa-f][0-9A-Fa-f\s]*+>", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f\s]{4,}+)>")
_WIDER = ("utf-8", "utf-16-be", "utf-16-le")
BETWEEN = " \u01c1 "
"""What keeps texts apart that do not belong together: a letter that no paper has."""


class PlacedText(Struct, frozen=True):
    """A text, and where it stands; `page_index` is that of a page on which it is seen."""

    text: str
    place: str
    page_index: int | None = None


def texts_of(pdf: bytes, pages: Sequence[str] | None = None) -> Iterator[PlacedText]:
    """All texts of a PDF. `pages` are the words on its pages, if they are known."""
    import pikepdf

    from packgen.inspect.written import read_written
    from packgen.pdfium import page_texts

    for index, text in enumerate(page_texts(pdf) if pages is None else pages):
        yield PlacedText(text, "on a page", index)
    written = read_written(pdf)
    strings = written_strings([*written.streams, written.loose]) if written is not None else None
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        told = strings if strings is not None else list(_strings(opened))
        yield PlacedText(BETWEEN.join(told), "in one of its titles, bookmarks or descriptions")
        for thing in opened.objects:
            if isinstance(thing, pikepdf.Stream) and not _is_no_text(thing):
                place = "in its metadata" if thing.get("/Type") == pikepdf.Name.Metadata else "in hidden data"
                for text in _decoded(thing):
                    yield PlacedText(text, place)
    outside = b"\n".join([*written.streams, written.loose]) if written is not None else pdf
    yield PlacedText(outside.decode("latin-1").replace("\0", ""), "in hidden data")


def written_strings(texts: Sequence[bytes]) -> list[str] | None:
    """All strings in texts of objects, each once; None if they are not all written as qpdf writes them."""
    from pikepdf import Object

    found: dict[bytes, None] = {}
    for text in texts:
        strings = _STRING.findall(text)
        within = b"".join(strings)
        if any(text.count(bracket) != within.count(bracket) for bracket in (b"(", b")")):
            return None  # a string with brackets within its brackets
        found.update(dict.fromkeys(strings))
    return [_said(Object.parse(string)) for string in found]


def _said(string: Any) -> str:
    """A string as text; in each way that there is, if it is not written as it says that it is."""
    try:
        return str(string)
    except UnicodeDecodeError:
        written = bytes(string)
        return BETWEEN.join([written.decode("utf-8", "replace"), written.decode("latin-1")])


def _strings(pdf: Any) -> Iterator[str]:
    """All strings in the objects of an open PDF, asked for one by one."""
    from pikepdf import Array, Dictionary, Stream, String

    things = [*pdf.objects, pdf.trailer]
    while things:
        each = things.pop()
        if isinstance(each, String):
            yield _said(each)
        elif isinstance(each, Array):
            things += [value for value in each.as_list() if not getattr(value, "is_indirect", False)]
        elif isinstance(each, Dictionary | Stream):
            things += [value for _, value in each.items() if not getattr(value, "is_indirect", False)]


def _is_no_text(stream: Any) -> bool:
    """Whether a stream holds pixels, letter shapes, a colour profile, or objects that were looked at by themselves."""
    kind, what = str(stream.get("/Type", "")), str(stream.get("/Subtype", ""))
    shapes = "/Length1" in stream or what in {"/Type1C", "/CIDFontType0C", "/OpenType"}
    return kind in {"/ObjStm", "/XRef"} or what == "/Image" or shapes or "/N" in stream


def _decoded(stream: Any) -> Iterator[str]:
    """What a stream may say."""
    from pikepdf import PdfError

    try:
        data = stream.read_bytes()
    except PdfError:
        data = stream.read_raw_bytes()
    yield unescape(data.decode("latin-1")).replace("\0", "")
    if not data.isascii() or b"\0" in data:
        for encoding in _WIDER:
            yield unescape(data.decode(encoding, "ignore"))
    packed = b" ".join(_unpacked(digits) for digits in _HEX.findall(data))
    if packed:
        yield packed.decode("latin-1").replace("\0", "")


def _unpacked(digits: bytes) -> bytes:
    """A string that is written in digits, the last of which may be left out (ISO 32000-1, 7.3.4.3)."""
    plain = b"".join(digits.split()).decode("ascii")
    return bytes.fromhex(plain + "0" * (len(plain) % 2))
