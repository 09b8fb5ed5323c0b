"""Whether a stream that says it is a picture is used as one, and as nothing else.

Takes an open PDF and streams of it; gives those to which every reference leads from a place where nothing but pictures
are drawn or mask them. What a stream says of itself proves nothing: it could be the content of a page, or tell what the
letters of a font mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from typing import NamedTuple

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from packgen.elements import ObjectId

_REFERENCE = re.compile(rb"(\d+) \d+ R")
_MASKS = {"/SMask", "/Mask"}
_READ = {
    "/ToUnicode", "/Encoding", "/UseCMap", "/FontFile", "/FontFile2", "/FontFile3", "/CIDToGIDMap", "/CIDSet",
    "/CharProcs", "/Contents", "/Metadata", "/Function", "/TR", "/TR2", "/HT", "/BG", "/BG2", "/UCR", "/UCR2", "/G",
    "/N", "/R", "/D", "/JS", "/Data", "/F", "/AP", "/JBIG2Globals", "/DestOutputProfile", "/XFA",
}  # fmt: skip
"""Keys under which streams are read as something else. A font may be called XObject, so these count everywhere."""
_TAGGED = "/Obj"
"""The key under which an element of the structure tree names what is drawn (ISO 32000-1, table 325)."""


class _Reference(NamedTuple):
    """Where a reference stands: the key of the dictionary that it stands in, if that is within another; its own key."""

    within: str | None
    key: str
    target: ObjectId


def used_as_pictures(pdf: Pdf, streams: Set[ObjectId]) -> Set[ObjectId]:
    """Those of some streams that are drawn as pictures or mask them, wherever anything refers to them."""
    if not streams:
        return streams
    other: set[ObjectId] = set()
    lists: dict[ObjectId, set[ObjectId]] = {}
    for thing, reference in _references_to(pdf, streams):
        picture = isinstance(thing, Stream) and thing.get("/Subtype") == Name.Image
        at_top = reference.within is None
        if reference.key in _READ:
            other.add(reference.target)
        elif reference.within == "/XObject" or reference.key == _TAGGED or (
            picture and at_top and reference.key in _MASKS
        ):  # fmt: skip
            continue
        elif at_top and isinstance(thing, Dictionary) and not isinstance(thing, Stream):
            lists.setdefault(thing.objgen, set()).add(reference.target)
        else:
            other.add(reference.target)
    for _, reference in _references_to(pdf, lists.keys()):
        if reference.key != "/XObject":
            other |= lists[reference.target]
    return streams - other


def _references_to(pdf: Pdf, targets: Set[ObjectId]) -> Iterator[tuple[Object, _Reference]]:
    """Every reference to some objects, with the object that it stands in."""
    numbers = {number for number, _ in targets}
    things = [*pdf.objects, pdf.trailer] if targets else []
    for thing in things:
        if isinstance(thing, Dictionary | Stream | Array):
            entries = thing.stream_dict if isinstance(thing, Stream) else thing
            # The text of an object is had at once, its entries one by one.
            if numbers.isdisjoint(map(int, _REFERENCE.findall(entries.unparse(resolved=True)))):
                continue
            for reference in _references(entries, None):
                if reference.target in targets:
                    yield thing, reference


def _references(value: Object, within: str | None) -> Iterator[_Reference]:
    listed = isinstance(value, Array)
    for key, each in (("[]", each) for each in value.as_list()) if listed else value.items():
        if not isinstance(each, Object):
            continue
        if each.is_indirect:
            yield _Reference(within, key, each.objgen)
        elif isinstance(each, Dictionary | Array):
            yield from _references(each, key if isinstance(value, Dictionary) else within)
