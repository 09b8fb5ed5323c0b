"""Where each document's objects are numbered in a pack, known before any of them is written.

Takes a whole request; gives a `Layout`, under which a document has the same numbers in the pack and in the PDF of its
item. Never opens a PDF.
"""

from __future__ import annotations

import re
from itertools import groupby

from packgen.model import Layout, MergeRequest, Reserved

FIRST_OF_DOCUMENTS = 256
"""Numbers below are those of the pack itself and of the fonts that it draws with."""
_SIZE = re.compile(rb"/Size (\d{1,9})\b")
_STEP = 256
_PER_PAGE, _ANYWAY = 4, 32


def layout_of(request: MergeRequest) -> Layout:
    """The layout of a request: numbers in reserve for each document, and the letters beyond ASCII that are drawn."""
    documents: dict[str, Reserved] = {}
    first = FIRST_OF_DOCUMENTS
    for document_id, planned in groupby(request.plan.pages, key=lambda page: page.document_id):
        part = request.parts.get(document_id)
        if part is None or document_id in documents:
            continue
        count = _reserve(part.pdf, sum(1 for _ in planned))
        documents[document_id] = Reserved(first, count)
        first += count
    words = [request.stamp.text if request.stamp else ""]
    words += [part.marking or "" for part in request.parts.values()]
    words += [text for page in request.plan.pages for text in (page.note or "", page.page_number)]
    letters = {letter for text in words for letter in text if not letter.isascii()}
    return Layout(documents=documents, alphabet="".join(sorted(letters)))


def _reserve(pdf: bytes, page_count: int) -> int:
    sizes = _SIZE.findall(pdf, _last_section(pdf))
    size = int(sizes[0]) if sizes else 0
    wanted = size + _PER_PAGE * page_count + _ANYWAY + size // 100
    return -(-wanted // _STEP) * _STEP


def _last_section(pdf: bytes) -> int:
    """Where a file says that its cross-references are."""
    found = re.search(rb"startxref\s+(\d{1,12})", pdf[-64:])
    return min(int(found[1]), len(pdf)) if found else max(len(pdf) - 1024, 0)
