"""The colours of a drawn PDF as those of the device that its output intent describes.

Takes a PDF that Typst made; gives it with plain RGB and grey where Typst refers to the profile of the output intent, or
to its own of greys, which says the same of them. That is as binding (ISO 19005-2, 6.2.4.3), and who opens the file need
not get ready for profiles: pdfium takes longer for each than for a page of words. Any other profile stays where it is.
"""

from __future__ import annotations

import re
import zlib
from hashlib import sha256

_SPACE = re.compile(rb"(?<= 0 obj\n)\[/ICCBased (\d{1,9}) 0 R\](?=\nendobj)")
_INTENT = re.compile(rb"/DestOutputProfile (\d{1,9}) 0 R")
_GREYS = "00c0f94e09127520a17dc0e1d9264b5702081d96dbdb1549ee88e3631ce42a9d"
"""SHA-256 of the profile of greys."""


def in_device_colours(pdf: bytes) -> bytes:
    """`pdf`, of the same length, with colours of the device."""
    intent = _INTENT.search(pdf)

    def plain(space: re.Match[bytes]) -> bytes:
        if intent is not None and space[1] == intent[1]:
            return b"/DeviceRGB".ljust(len(space[0]))
        if sha256(_content_of(pdf, space[1])).hexdigest() == _GREYS:
            return b"/DeviceGray".ljust(len(space[0]))
        return space[0]

    return _SPACE.sub(plain, pdf)


def _content_of(pdf: bytes, number: bytes) -> bytes:
    """The content of a stream; nothing if it is not there, or written in another way."""
    found = re.search(rb"\n%s 0 obj\n<</Length (\d+)[^>]*/Filter/FlateDecode>>\s*stream\n" % number, pdf)
    try:
        return zlib.decompress(pdf[found.end() : found.end() + int(found[1])]) if found is not None else b""
    except zlib.error:
        return b""
