"""What elements of a structure tree hold, read from their text, all in one step.

Takes texts of objects; gives for each that is an element its ID, its kids and its page as they are written. Leaves out
what is not as qpdf writes it, which must be looked at in another way: asking a library for the entries of a hundred
thousand elements takes ten times as long. Never follows a reference.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from pikepdf import Object

_LINE_END, _OPENING, _REFERRING = b"\n<R"
"""Characters looked for as numbers, which is quicker."""

Holding = tuple[bytes, bytes, bytes]
"""What an element is called and holds, as it is written: its ID, its kids, the number of its page; or nothing."""

_STRING = rb"(?:\([^()\\]*+\)|<[0-9a-f]*+>)"
_WORDS = rb"(?:\([^()\\]*+(?:\\.[^()\\]*+)*+\)|<[0-9a-f]*+>)"
"""A string that may have any character in it."""
_ATTRIBUTES = rb"<< [^<>()]*+(?:%s[^<>()]*+)*+>>" % _WORDS
_TO_CONTENT = rb"<< (?:/MCID \d+ )?(?:/Obj \d+ 0 R )?(?:/Pg \d+ 0 R )?(?:/Stm \d+ 0 R )?/Type /(?:MCR|OBJR) >>"
"""A reference to marked content, or to an annotation or XObject (ISO 32000-1, 14.7.4)."""
_ELEMENTS = re.compile(
    rb"^(\d++) << (?:/A (?:%(a)s|\[ (?:%(a)s )++\]) )?+(?:/ActualText %(w)s )?+(?:/Alt %(w)s )?+(?:/E %(w)s )?+"
    rb"(?:/ID (%(s)s) )?+(?:/K (\d++(?: 0 R)?+|%(c)s|\[[ \dR]*+(?:%(c)s[ \dR]*+)*+\]) )?+(?:/Lang %(w)s )?+"
    rb"/P \d++ 0 R (?:/Pg (\d++) 0 R )?+/S /[!-~]++ (?:/T %(w)s )?+/Type /StructElem >>$"
    % {b"a": _ATTRIBUTES, b"s": _STRING, b"w": _WORDS, b"c": _TO_CONTENT},
    re.MULTILINE,
)
"""Elements with the keys in the order in which qpdf writes them, each on a line behind its number."""
_TITLE = re.compile(rb" /T (%s) /Type /StructElem >>\Z" % _WORDS)
_OTHER_GENERATION = re.compile(rb"\d [1-9]\d* R ")
_REFERENCE = re.compile(rb"(\d+) 0 R")
_PARTS = re.compile(
    rb"<< (?:/MCID (\d+) )?(?:/Obj (\d+) 0 R )?(?:/Pg (\d+) 0 R )?(?:/Stm (\d+) 0 R )?/Type /(?:MCR|OBJR) >>"
)


class Kids(NamedTuple):
    """What stands below an element: numbers of objects, identifiers of marked content, and references.

    These have the identifier of marked content, and the numbers of an annotation or XObject, a page and a form; empty
    where they have none.
    """

    objects: list[bytes]
    content: list[int]
    references: list[tuple[bytes, bytes, bytes, bytes]]


def read_holdings(texts: Mapping[bytes, bytes]) -> dict[bytes, Holding]:
    """What elements hold, from texts of objects by their numbers in digits; by such numbers."""
    listed = [b" ".join(item) for item in texts.items() if _LINE_END not in item[1]]
    lines = b"\n".join(listed)
    if lines.count(b" R ") != lines.count(b" 0 R "):
        lines = b"\n".join([line for line in listed if not _OTHER_GENERATION.search(line)])
    return {number: (identifier, kids, page) for number, identifier, kids, page in _ELEMENTS.findall(lines)}


def kids_of_holding(written: bytes) -> Kids:
    """The kids of a `Holding`."""
    references = []
    inside = written.strip(b"[] ")
    if _OPENING in inside:
        references = _PARTS.findall(inside)
        inside = _PARTS.sub(b"", inside)
    if _REFERRING not in inside:
        return Kids([], list(map(int, inside.split())), references)
    objects = inside.replace(b" 0 R", b"").split()
    if len(objects) == inside.count(b"R"):
        return Kids(objects, [], references)
    content = _REFERENCE.sub(b"", inside).split()
    return Kids(_REFERENCE.findall(inside), list(map(int, content)), references)


def title_of(text: bytes) -> str:
    """The title of an element that has a `Holding`, from its text; empty if it has none."""
    found = _TITLE.search(text)
    return str(Object.parse(found[1])) if found else ""


def identifier_of(written: bytes) -> bytes:
    """The ID of a `Holding`."""
    return bytes.fromhex(written[1:-1].decode("ascii")) if written.startswith(b"<") else written[1:-1]
