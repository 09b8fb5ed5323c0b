"""The colours of a drawn PDF as those of the device that its output intent describes.

Takes a PDF that Typst made; gives it with plain RGB and grey where Typst refers to the profile of the output intent, or
to its own of greys, which says the same of them. That is as binding (ISO 19005-2, 6.2.4.3), and who opens the file need
not get ready for profiles: pdfium takes longer for each than for a page of words. Pictures keep profiles of their own.
"""

from __future__ import annotations

import re
from hashlib import sha256

_SPACE = re.compile(rb"(?<= 0 obj\n)\[/ICCBased (\d{1,9}) 0 R\](?=\nendobj)")
_INTENT = re.compile(rb"/DestOutputProfile (\d{1,9}) 0 R")
_GREYS = "8d8cdf7b66f7994f8792cecd63156a3e1d171420e9286b190d2b871b894caf94"
"""SHA-256 of the profile of greys, as it stands in the file."""


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
    """The content of a stream as it stands in the file."""
    found = re.search(rb"\n%s 0 obj\n<</Length (\d+)[^>]*>>\s*stream\n" % number, pdf)
    return pdf[found.end() : found.end() + int(found[1])] if found is not None else b""
