"""Elements of a structure tree as they are written in the file, read in one step each.

Takes an element of an open PDF; gives its plain form if there is nothing about it that must be looked at closely,
else None. Long packs have a hundred thousand elements, nearly all of them plain, and asking for one entry after the
other takes ten times as long. Never changes an element.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pikepdf import Array, Dictionary, Name, Object

ObjectId = tuple[int, int]
"""Number and generation of an object in one PDF."""

_STRING = rb"(?:\([^()\\]*\)|<[0-9a-f]*>)"
_ATTRIBUTES = rb"<< (?:[^<>()]|%s)*>>" % _STRING
_PLAIN = re.compile(
    rb"<< (?:/A (?P<attributes>%(a)s|\[ (?:%(a)s )+\]) )?(?:/ActualText %(s)s )?(?:/Alt %(s)s )?(?:/E %(s)s )?"
    rb"(?:/ID (?P<identifier>%(s)s) )?(?:/K (?P<kids>\d+(?: \d+ R)?|\[[ \dR]*\]) )?(?:/Lang %(s)s )?"
    rb"/P (?P<parent>\d+) (?P<parent_generation>\d+) R (?:/Pg (?P<page>\d+) (?P<page_generation>\d+) R )?"
    rb"/S /(?P<role>[!-~]+) (?:/T %(s)s )?/Type /StructElem >>" % {b"a": _ATTRIBUTES, b"s": _STRING}
)
"""An element with nothing but what elements are made of, its keys in the order in which qpdf writes them."""
_KIDS = re.compile(rb"(\d+)(?: (\d+) R)?")
_NOT_PLAIN = re.compile(rb"\d \d+ R\b|/UserProperties\b")
_HEADERS = re.compile(rb"(/Headers) \[( (?:%s ?)*)\]|%s" % (_STRING, _STRING))
"""The names of header cells, or another string, in which nothing is looked for."""
_TEXT = re.compile(_STRING)


class PlainElement(NamedTuple):
    """An element whose kids are elements of their own or numbers of marked content, and nothing else.

    `attributes` are as written, and hold no references; empty if there are none.
    """

    role: str
    parent: ObjectId
    page: ObjectId | None
    kids: tuple[ObjectId | int, ...]
    attributes: bytes
    identifier: bytes | None


def read_plain(element: Object) -> PlainElement | None:
    """The plain form of an element; None if it is not that plain, or no element at all."""
    found = _PLAIN.fullmatch(element.unparse(resolved=True))
    if found is None:
        return None
    attributes, identifier, kids, parent, parent_generation, page, page_generation, role = found.groups()
    if (attributes is not None and _NOT_PLAIN.search(attributes)) or b"#" in role:
        return None
    return PlainElement(
        "/" + role.decode("ascii"),
        (int(parent), int(parent_generation)),
        (int(page), int(page_generation)) if page is not None else None,
        tuple(
            (int(number), int(generation)) if generation else int(number)
            for number, generation in _KIDS.findall(kids or b"")
        ),
        attributes or b"",
        _string(identifier) if identifier is not None else None,
    )


def with_headers(attributes: bytes, prefix: bytes) -> Object | None:
    """Attributes in which the names of header cells begin with `prefix`; None if they name none."""
    found = next((each for each in _HEADERS.finditer(attributes) if each[1]), None)
    if found is None or not _TEXT.search(found[0]):
        return None
    named = _TEXT.sub(lambda text: b"<%s>" % (prefix + _string(text[0])).hex().encode("ascii"), found[0])
    return Object.parse(attributes[: found.start()] + named + attributes[found.end() :])


def kids_of(element: Object) -> list[Object | int]:
    """What stands below an element: elements, references, or numbers of marked content."""
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids.as_list()) if isinstance(kids, Array) else [kids]


def is_element(kid: Object | int) -> bool:
    """Whether what stands below an element is itself one (ISO 32000-1, 14.7.2)."""
    return isinstance(kid, Dictionary) and "/S" in kid and kid.get("/Type", Name.StructElem) == Name.StructElem


def _string(written: bytes) -> bytes:
    return bytes.fromhex(written[1:-1].decode("ascii")) if written.startswith(b"<") else written[1:-1]
