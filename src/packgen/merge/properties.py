"""What an author's PDF tells of itself, and no pack takes over: properties, metadata, small pictures of its pages.

Takes a PDF's bytes; gives words for the officer. Changes nothing: joining copies none of it.
"""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf
from pikepdf import Dictionary, Pdf, Stream, String

from packgen.merge.opening import open_pdf

_NAMES = {
    "/Author": "author", "/Title": "title", "/Subject": "subject", "/Keywords": "keywords",
    "/Creator": "the program it was written with", "/Producer": "the program that made the PDF",
    "/CreationDate": "dates", "/ModDate": "dates",
}  # fmt: skip
"""ISO 32000-1, table 317."""


def left_behind(data: bytes) -> tuple[str, ...]:
    """What of a PDF stays behind without anybody having to look at it; nothing of one that cannot be read."""
    try:
        with open_pdf(data) as pdf:
            return tuple(_left_behind(pdf))
    except pikepdf.PikepdfError:
        return ()


def _left_behind(pdf: Pdf) -> Iterator[str]:
    told = pdf.trailer.get("/Info")
    said = dict[str, object](told.as_dict() if isinstance(told, Dictionary) else {})
    named = dict.fromkeys(
        _NAMES.get(key, "others") for key, value in said.items() if isinstance(value, String) and str(value).strip()
    )
    if named:
        yield f"its properties ({', '.join(named)})"
    if isinstance(pdf.Root.get("/Metadata"), Stream):
        yield "its metadata (XMP)"
    if any("/Thumb" in page.obj for page in pdf.pages):
        yield "small pictures of its pages"
