"""Where the links of a page lead, as a digest that stays the same while they lead to the same pages.

Takes the finished file and the index of a page; gives a digest, or None if it cannot be told from the page alone. Never
says where a link leads: another library finds that out.
"""

from __future__ import annotations

import re
from hashlib import blake2b

from packgen.inspect.finished_file import FinishedFile, ObjectName, entries_of, items_of, references_in

_SIZE = 12
_REFERENCE = re.compile(rb"(\d+) (\d+) R\b")
_ONE_REFERENCE = re.compile(rb"\d+ \d+ R")
_TO_PAGE = re.compile(rb"\[ \d+ \d+ R [^()<>]*\]")
"""A destination that names its page; another may be looked up in the file."""


def link_digest(file: FinishedFile, page_index: int) -> str | None:
    """A digest of where a page stands and where its links lead, in their order."""
    indexes = {page: index for index, page in enumerate(file.pages)}
    annotations = (entries_of(file.text(file.pages[page_index])) or {}).get(b"/Annots", b"[ ]")
    if _ONE_REFERENCE.fullmatch(annotations):
        annotations = file.text(references_in(annotations)[0])
    parts = [b"%d" % page_index]
    for annotation in items_of(annotations):
        text = file.text(references_in(annotation)[0]) if _ONE_REFERENCE.fullmatch(annotation) else annotation
        entries = entries_of(text) or {}
        destination = entries.get(b"/Dest")
        if b"/A" in entries or (destination is not None and not _TO_PAGE.fullmatch(destination)):
            return None
        parts.append(_leading(destination or b"", indexes))
    return blake2b(b"\n".join(parts), digest_size=_SIZE).hexdigest()


def _leading(destination: bytes, indexes: dict[ObjectName, int]) -> bytes:
    """A destination with page indexes in the place of references."""
    return _REFERENCE.sub(lambda found: b"page %d" % indexes.get(references_in(found[0])[0], -1), destination)
