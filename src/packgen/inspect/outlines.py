"""The bookmarks of a file, as a digest that stays the same while they are written as before and pages stand as before.

Takes the finished file; gives a digest, or None if it does not tell everything. Never says what the bookmarks are:
another library finds that out.
"""

from __future__ import annotations

import re
from hashlib import blake2b

from packgen.inspect.finished_file import FinishedFile, ObjectName, entries_of, references_in

_SIZE = 16
_OTHERS = re.compile(rb"/(?:First|Next) (\d+) 0 R\b")
_TO_PAGE = re.compile(rb"/Dest \[ \d+ 0 R ")
_PLAIN = {_OTHERS: (b"/First", b"/Next"), _TO_PAGE: (b"/Dest",)}
"""How bookmarks that are plainly written name others and pages, with what each of these begins with."""


def outline_digest(file: FinishedFile, salt: str) -> str | None:
    """A digest of all bookmarks, with the pages in their order; `salt` is whatever else depends on who reads them."""
    catalog = entries_of(file.texts.get(file.root, b"")) or {}
    waiting = references_in(catalog.get(b"/Outlines", b""))
    told: dict[ObjectName, bytes] = {}
    while waiting:
        name = waiting.pop()
        text = file.texts.get(name)
        if text is None or name in told:
            return None
        told[name] = text
        waiting += _OTHERS.findall(text)
    texts = b"\n".join([b"%s %s" % each for each in told.items()])
    plain = all(
        len(pattern.findall(texts)) == sum(map(texts.count, beginnings)) for pattern, beginnings in _PLAIN.items()
    )
    if not told or not plain or b"/A " in texts or b"/A<" in texts:
        return None
    digest = blake2b(salt.encode(), digest_size=_SIZE)
    digest.update(b"%d %s %s" % (len(texts), texts, b" ".join(file.pages)))
    return digest.hexdigest()
