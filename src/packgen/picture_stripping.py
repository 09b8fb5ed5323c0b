"""JPEG, JPEG 2000 and PNG files cut down to what their pixels are made from, without decoding them.

Takes a file's bytes; gives the same picture, bit for bit, in a file that holds no metadata, comment, profile, preview
or anything behind its end. Only the parts that are known to make the picture are kept, so that no kind of metadata has
to be known to be left out. Never changes a pixel.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import NamedTuple

PNG_SIGNATURE, JPEG_SIGNATURE = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
"""How such files begin, whatever they are called."""
# ITU-T T.81, table B.1: tables, frames that every PDF reader decodes (baseline, extended, progressive), scans.
_TABLES = {0xC4, 0xDB, 0xDD}
_FRAMES = {0xC0, 0xC1, 0xC2}
_APP0, _APP14, _SCAN, _END = 0xE0, 0xEE, 0xDA, 0xD9
_AFTER_PIXELS = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
"""A marker that is neither a restart nor a coded FF."""
_DROPPED = {*range(0xE0, 0xF0), 0xFE}
_JFIF = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
_ADOBE_LENGTH = 12

NOTES = (b"Exif\x00\x00", b"http://ns.adobe.com/x", b"Photoshop 3.0\x00", b"<?xpacket", b"<x:xmpmeta")
"""How data of a camera, of a person or of a program begin, wherever they stand in a picture."""
_JPX_SIGNATURE = b"\x00\x00\x00\x0cjP  \r\n\x87\n"
_JPX_KEPT = {b"jP  ", b"ftyp", b"rreq", b"jp2h", b"jp2c", b"jpch", b"jplh"}
_CODESTREAM, _COMMENT, _TILE = b"\xff\x4f", 0x64, 0x90
_COLOUR_PROFILE = b"ICC_PROFILE\x00"

_PNG_KEPT = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}


class _Segment(NamedTuple):
    """A segment of a JPEG: its marker, what it says, and its bytes from the marker on up to where pixels begin or end.

    Only a scan has pixels behind what it says.
    """

    marker: int
    body: bytes
    begin: int
    pixels: int
    end: int


class NotPlain(Exception):  # noqa: N818  # not a fault: such a file is decoded and written anew
    """The file is not laid out as expected."""


def stripped_jpeg(data: bytes) -> bytes:
    """A JPEG without its metadata.

    Of the application segments only two tell how colours are coded: JFIF is written anew without resolution and
    preview, Adobe's kept at its defined length.

    Raises:
        NotPlain: if it is no JPEG that PDF readers decode, or is cut short: then it would be drawn grey where it ends.
    """
    kept = [b"\xff\xd8"]
    scanned = False
    for marker, body, begin, _, end in _segments(data):
        scanned = scanned or marker == _SCAN
        if marker == _APP0 and body.startswith(b"JFIF\x00") and len(kept) == 1:
            kept.append(_JFIF)
        elif marker == _APP14 and body.startswith(b"Adobe") and len(body) >= _ADOBE_LENGTH:
            kept.append(b"\xff\xee\x00\x0e" + body[:_ADOBE_LENGTH])
        elif marker in _TABLES | _FRAMES | {_SCAN}:
            kept.append(data[begin:end])
        elif marker not in _DROPPED:
            raise NotPlain
    if not scanned:
        raise NotPlain
    return b"".join([*kept, b"\xff\xd9"])


def coded_pixels(data: bytes | memoryview) -> list[tuple[int, int]]:
    """Where the pixels of each scan of a JPEG begin and end, which say nothing but colours.

    Raises:
        NotPlain: as `stripped_jpeg`.
    """
    return [(each.pixels, each.end) for each in _segments(data) if each.marker == _SCAN]


def _segments(data: bytes | memoryview) -> Iterator[_Segment]:
    if data[:2] != b"\xff\xd8":
        raise NotPlain
    at = 2
    while True:
        marker, at = _marker(data, at)
        if marker == _END:
            return
        pixels = at + int.from_bytes(data[at : at + 2])
        if not at + 2 <= pixels <= len(data):
            raise NotPlain
        end = _scan_end(data, pixels) if marker == _SCAN else pixels
        yield _Segment(marker, bytes(data[at + 2 : pixels]), at - 2, pixels, end)
        at = end


def _marker(data: bytes | memoryview, at: int) -> tuple[int, int]:
    """The marker at `at`, which may have fill bytes before it, and where its segment goes on."""
    start = at
    while at < len(data) and data[at] == 0xFF:
        at += 1
    if at == start or at >= len(data):
        raise NotPlain
    return data[at], at + 1


def _scan_end(data: bytes | memoryview, at: int) -> int:
    """Where the coded pixels that begin at `at` end: at the next marker that is neither a restart nor a coded FF."""
    found = _AFTER_PIXELS.search(data, at)
    if found is None:
        raise NotPlain
    return found.start()


def stripped_png(data: bytes) -> bytes:
    """A PNG of nothing but its header, palette, transparency and pixels.

    Raises:
        NotPlain: if it is no PNG, is cut short, or a byte of it has been changed.
    """
    if not data.startswith(PNG_SIGNATURE):
        raise NotPlain
    kept = [PNG_SIGNATURE]
    at = len(PNG_SIGNATURE)
    while at + 12 <= len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4])
        kind = data[at + 4 : at + 8]
        if end > len(data):
            raise NotPlain
        if kind in _PNG_KEPT:
            if zlib.crc32(data[at + 4 : end - 4]) != int.from_bytes(data[end - 4 : end]):
                raise NotPlain
            kept.append(data[at:end])
        if kind == b"IEND":
            return b"".join(kept)
        at = end
    raise NotPlain


def has_notes(data: bytes) -> bool:
    """Whether a JPEG or JPEG 2000 picture holds more than its pixels are made from, and how their colours are meant."""
    if not data.startswith(b"\xff\xd8"):
        return any(note in data for note in NOTES)
    at = 2
    try:
        while True:
            marker, at = _marker(data, at)
            length = int.from_bytes(data[at : at + 2])
            if marker in {_SCAN, _END}:
                # Behind where pixels begin, hardly anybody writes notes; it takes long to look for all kinds there.
                return any(data.find(note, at) >= 0 for note in NOTES[:2])
            of_colours = marker in {_APP0, _APP14} or data.startswith(_COLOUR_PROFILE, at + 2)
            if marker in _DROPPED and not of_colours:
                return True
            if length < 2:
                raise NotPlain
            at += length
    except NotPlain:
        return any(note in data for note in NOTES)


def stripped_jpx(data: bytes) -> bytes:
    """A JPEG 2000 file of nothing but the boxes that make the picture, without comments (ISO/IEC 15444-1, A and I).

    Raises:
        NotPlain: if it is no such file, or is cut short.
    """
    if data.startswith(_CODESTREAM):
        return _without_comments(data)
    if not data.startswith(_JPX_SIGNATURE):
        raise NotPlain
    kept = []
    at = 0
    while at < len(data):
        length, kind = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        head = 8
        if length == 1:
            length, head = int.from_bytes(data[at + 8 : at + 16]), 16
        end = at + length if length else len(data)
        if end > len(data) or end < at + head:
            raise NotPlain
        if kind == b"jp2c":
            pixels = _without_comments(data[at + head : end])
            kept.append(_box(kind, pixels))
        elif kind in _JPX_KEPT:
            kept.append(data[at:end])
        at = end
    return b"".join(kept)


def _box(kind: bytes, content: bytes) -> bytes:
    length = len(content) + 8
    if length < 1 << 32:
        return length.to_bytes(4) + kind + content
    return (1).to_bytes(4) + kind + (length + 8).to_bytes(8) + content


def _without_comments(codestream: bytes) -> bytes:
    """A codestream whose head has no comments; what comes behind the first tile's beginning are pixels."""
    if not codestream.startswith(_CODESTREAM):
        raise NotPlain
    kept = [codestream[:2]]
    at = 2
    while at + 4 <= len(codestream) and codestream[at] == 0xFF:
        marker = codestream[at + 1]
        if marker == _TILE:
            return b"".join([*kept, codestream[at:]])
        end = at + 2 + int.from_bytes(codestream[at + 2 : at + 4])
        if marker != _COMMENT:
            kept.append(codestream[at:end])
        at = end
    raise NotPlain


def blanked_notes(data: bytes) -> bytes:
    """A picture whose layout is not understood, with noughts for what looks like notes and all of their segment."""
    blanked = bytearray(data)
    for note in NOTES:
        at = data.find(note)
        while at >= 0:
            length = int.from_bytes(data[at - 2 : at]) - 2 if at >= 4 and data[at - 4] == 0xFF else len(note)
            end = min(at + max(length, len(note)), len(data))
            blanked[at:end] = bytes(end - at)
            at = data.find(note, end)
    return bytes(blanked)
