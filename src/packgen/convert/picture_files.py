"""Picture files without what should not be published with them.

Takes the bytes of a JPEG or PNG; gives the same picture, bit for bit, without what a camera or a program noted beside
it: the place and time it was taken, the name of its owner, a smaller copy, a film behind it. Colour profiles stay,
because they say how the colours are meant. Never decodes a picture.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

_PNG = b"\x89PNG\r\n\x1a\n"
# What a PNG is drawn from (PNG, third edition, 11.2 and 11.3): its picture, palette, transparency and colours.
_PNG_DRAWN = frozenset({
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"cICP", b"pHYs",
})  # fmt: skip

# Markers of ITU-T T.81, table B.1.
_START, _END, _SCAN, _COMMENT = 0xD8, 0xD9, 0xDA, 0xFE
_APPLICATION = range(0xE0, 0xF0)
_JFIF, _PROFILE, _ADOBE = 0xE0, 0xE2, 0xEE
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD8)})
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_USUAL_FRAMES = frozenset({0xC0, 0xC1, 0xC2})
# JFIF 1.02 without a smaller copy of the picture, and with no say in its size.
_PLAIN_JFIF = b"\xff\xe0\x00\x10JFIF\x00\x01\x02\x00\x00\x01\x00\x01\x00\x00"
_ADOBE_LENGTH = 12


class NotAPicture(ValueError):  # noqa: N818  # says what was found; turned into a problem by the caller
    """The bytes are not built like a picture of the kind they begin as."""


@dataclass(frozen=True, slots=True)
class JpegFrame:
    """What a JPEG says of itself: `usual` if every reader knows its kind of coding, and its number of colours."""

    usual: bool
    components: int


def without_metadata(data: bytes) -> bytes:
    """`data` with nothing but what the picture is drawn from; other files than JPEG and PNG are given back.

    Raises:
        NotAPicture: if it breaks off, is not built like one, or is a PNG in which a byte has been changed.
    """
    if data.startswith(b"\xff\xd8"):
        return _plain_jpeg(data)
    return _plain_png(data) if data.startswith(_PNG) else data


def jpeg_frame(data: bytes) -> JpegFrame:
    """What is known of a JPEG without decoding it.

    Raises:
        NotAPicture: if it has no frame.
    """
    for marker, segment in _segments(data):
        if marker in _FRAMES and len(segment) > 9:
            return JpegFrame(marker in _USUAL_FRAMES and segment[4] == 8, segment[9])
    raise NotAPicture


def _plain_png(data: bytes) -> bytes:
    kept = [_PNG]
    at = len(_PNG)
    while at < len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        kind, end = data[at + 4 : at + 8], at + 12 + length
        if end > len(data) or len(kind) < 4:
            raise NotAPicture
        if kind in _PNG_DRAWN:
            if zlib.crc32(data[at + 4 : end - 4]) != int.from_bytes(data[end - 4 : end], "big"):
                raise NotAPicture
            kept.append(data[at:end])
        if kind == b"IEND":
            return b"".join(kept)
        at = end
    raise NotAPicture


def _plain_jpeg(data: bytes) -> bytes:
    kept = [b"\xff\xd8"]
    for marker, segment in _segments(data):
        if marker == _JFIF:
            if segment[4:9] == b"JFIF\0" and len(kept) == 1:
                kept.append(_PLAIN_JFIF)
        elif marker == _ADOBE and segment[4:9] == b"Adobe" and len(segment) >= 4 + _ADOBE_LENGTH:
            # Says whether the colours are RGB, YCbCr or CMYK.
            kept.append(b"\xff\xee\x00\x0e" + segment[4 : 4 + _ADOBE_LENGTH])
        elif _is_drawn(marker, segment):
            kept.append(segment)
        if marker == _END:
            # Some telephones put films and further pictures behind the end.
            return b"".join(kept)
    raise NotAPicture


def _is_drawn(marker: int, segment: bytes) -> bool:
    if marker == _PROFILE:
        return segment[4:16] == b"ICC_PROFILE\0"
    return marker not in _APPLICATION and marker != _COMMENT


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Each marker after the first with its segment, which holds the marker; a scan's holds its picture data too."""
    at = 2
    while at + 1 < len(data):
        if data[at] != 0xFF:
            raise NotAPicture
        marker = data[at + 1]
        if marker == 0xFF:  # any number of these may stand before a marker
            at += 1
            continue
        if marker == _END:
            yield marker, data[at : at + 2]
            return
        if marker in _WITHOUT_LENGTH:
            end = at + 2
        else:
            end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
            if end > len(data) or end < at + 4:
                raise NotAPicture
            if marker == _SCAN:
                end = _end_of_scan(data, end)
        yield marker, data[at:end]
        at = end


def _end_of_scan(data: bytes, at: int) -> int:
    """Where the next marker stands that is no part of the picture data: neither a restart nor a byte 255 itself."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise NotAPicture
        following = data[at + 1]
        if following == 0xFF:
            at += 1
        elif following == 0 or following in _WITHOUT_LENGTH:
            at += 2
        else:
            return at
