"""What cameras and programs noted in the pictures of a PDF: where, when and with what they were taken.

Takes a picture's stream, or content with pictures in it, and changes it in memory. Never touches a pixel.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from packgen.picture_stripping import NotPlain, blanked_notes, has_notes, stripped_jpeg, stripped_jpx

_STRIPPED = {"/DCTDecode": stripped_jpeg, "/DCT": stripped_jpeg, "/JPXDecode": stripped_jpx}
_INLINE = re.compile(rb"(\bBI\b[^()]{0,400}?/DCT(?:Decode)?\b[^()]{0,400}?\bID\s)", re.DOTALL)
"""What stands before the data of a picture within content (ISO 32000-1, 8.9.7)."""
_LETTERS_END = b"~>"


def take_out_notes(thing: Object) -> bool:
    """Leave of a picture what its pixels are made from; gives whether somebody or something had noted more in it."""
    if not isinstance(thing, Stream):
        return False
    if thing.get("/Subtype") != Name.Image:
        return thing.get("/Subtype") == Name.Form and take_out_inline_notes(thing)
    filters = list(_filters(thing))
    strip = _STRIPPED.get(str(filters[-1])) if filters else None
    if strip is None:
        return False
    *outer, last = filters
    coded = thing.read_raw_bytes() if not outer else _unpacked(thing.read_raw_bytes(), outer)
    if coded is None:
        return False
    try:
        plain = strip(coded)
    except NotPlain:
        plain = blanked_notes(coded)
    if plain != coded:
        parameters = thing.get("/DecodeParms")
        thing.write(
            plain,
            filter=last,
            decode_parms=parameters if isinstance(parameters, Dictionary) and not outer else None,
        )
    return has_notes(coded)


def take_out_inline_notes(content: Object) -> bool:
    """Take notes out of the pictures that stand within content, a stream; gives whether there were any."""
    try:
        before = content.read_bytes()
    except pikepdf.PdfError:
        return False
    if b"/DCT" not in before:
        return False
    after = bytearray(before)
    for found in reversed(list(_INLINE.finditer(before))):
        start = found.end()
        if re.search(rb"/A(?:SCII)?85", found[1]):
            end = before.find(_LETTERS_END, start)
            if end >= 0:
                after[start:end] = _lettered(before[start:end])
        else:
            end = before.find(b"\nEI", start)
            end = end if end >= 0 else len(before)
            after[start:end] = blanked_notes(before[start:end])
    if bytes(after) == before:
        return False
    content.write(bytes(after))
    return True


def _lettered(written: bytes) -> bytes:
    try:
        coded = base64.a85decode(written)
    except ValueError:
        return written
    plain = blanked_notes(coded)
    return base64.a85encode(plain, wrapcol=72) if plain != coded else written


def _filters(picture: Object) -> Iterator[Name]:
    named = picture.get("/Filter")
    for each in named.as_list() if isinstance(named, Array) else [named]:
        if isinstance(each, Name):
            yield each


def _unpacked(packed: bytes, filters: list[Name]) -> bytes | None:
    """The coded picture in a stream that was packed once more; None if it cannot be had."""
    with Pdf.new() as nothing:
        try:
            return Stream(nothing, packed, Filter=Array(filters)).read_bytes()
        except pikepdf.PdfError:
            return None
