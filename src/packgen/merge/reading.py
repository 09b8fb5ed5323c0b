"""What a document that packgen drew or made ready says, read once and kept as plain values.

Takes the open PDF and its bytes; gives a `ReadPart`, which is the same for every pack that the document goes into.
Never changes the PDF.
"""

from __future__ import annotations

from pikepdf import Pdf, String

from packgen.merge.bookmark_reading import read_bookmarks
from packgen.merge.cleaning import own_links
from packgen.merge.destinations import Destinations
from packgen.merge.source import frame_of
from packgen.merge.tree_text import read_tree_text
from packgen.merge.values import ReadPart


def read_part(pdf: Pdf, data: bytes) -> ReadPart:
    """Read `pdf`, which was opened from `data`.

    Raises:
        NotGraftable: its structure tree cannot be taken over as text.
    """
    destinations = Destinations(pdf)
    return ReadPart(
        tree=read_tree_text(pdf, data),
        bookmarks=read_bookmarks(pdf, destinations),
        links=tuple(own_links(pdf, destinations)),
        language=language_of(pdf),
        frame=frame_of(pdf.pages[0].obj),
    )


def language_of(pdf: Pdf) -> str | None:
    """The language that a document says it is in; None if it does not say."""
    language = pdf.Root.get("/Lang")
    return str(language) or None if isinstance(language, String) else None
