"""What Office files of every kind hold that is not seen: comments, cut pictures, links, embedded files.

What is linked, and never looked at by packgen, may yet be fetched by others who open the file, and tells where its
author keeps things.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from packgen.convert.read.ooxml import name, number
from packgen.convert.read.package import DocxPackage, Relationship
from packgen.hygiene.found import Found
from packgen.hygiene.places import places_of

_COMMENTS = frozenset(("comments", "threadedComment", "comment"))
_EMBEDDED = frozenset(("oleObject", "package"))
_FOLLOWED_BY_HAND = frozenset(("hyperlink", "externalLinkPath", "externalLinkLongPath"))
"""The first waits for a click; the others say where the file of an external link is, which is told by itself."""
_ON_A_DISK = re.compile(r"[a-z](?::|%3a)/")
_SIDES = ("l", "t", "r", "b")
_LEAST_CUT = 1000
"""Thousandths of a percent of a side; less is rounding."""


def find_in_any(package: DocxPackage) -> Iterator[Found]:
    """Each kind of such things at its first place."""
    told: set[str] = set()
    places = places_of(package)
    for part in sorted(package.parts, key=lambda part: (places.get(part, ""), part)):
        place = places.get(part, "")
        for found in (*_by_relations(package, part, place), *_cut_pictures(package, part, place)):
            if found.kind not in told:
                told.add(found.kind)
                yield found


def _by_relations(package: DocxPackage, part: str, place: str) -> Iterator[Found]:
    if part.endswith(".rels"):
        return
    for each in package.relationships(part).values():
        if each.kind in _COMMENTS and each.target in package.parts:
            if any((text.text or "").strip() for text in package.xml(each.target).iter("{*}t", "{*}text")):
                yield Found("comments", _commented_cell(package, each.target, place))
        elif each.kind == "externalLink" or _reaches_out(each):
            yield Found("external-links", place)
        elif each.kind in _EMBEDDED and "/charts/" not in f"/{part}":
            yield Found("embedded-objects", place)


def _reaches_out(told: Relationship) -> bool:
    """Whether something is taken from outside that is no mere link to follow; templates count if from a server.

    Word notes with every document which template it was made with; one on its author's own disk is never fetched.
    """
    if not told.external or told.kind in _FOLLOWED_BY_HAND:
        return False
    address = told.target.strip().lower().replace("\\", "/")
    if told.kind == "attachedTemplate":
        local = address.removeprefix("file:").lstrip("/")
        return address.startswith(("http:", "https:", "ftp:", "//", "file://")) and not _ON_A_DISK.match(local)
    return True


def _commented_cell(package: DocxPackage, comments: str, place: str) -> str:
    """`sheet "Costs", cell B2` for a comment of a spreadsheet; of other files, the place as it is."""
    cell = next((each.get("ref") for each in package.xml(comments).iter("{*}comment", "{*}threadedComment")), None)
    return f"{place}, cell {cell}" if place and cell else place


def _cut_pictures(package: DocxPackage, part: str, place: str) -> Iterator[Found]:
    if not part.endswith(".xml") or b"srcRect" not in package.parts[part]:
        return
    for cut in package.xml(part).iter(name("a:srcRect")):
        if any(_part(cut.get(side)) >= _LEAST_CUT for side in _SIDES):
            yield Found("cropped-pictures", place)
            return


def _part(written: str | None) -> float:
    """How much of a side is cut off, in thousandths of a percent; the strict form has percent signs."""
    return number((written or "").removesuffix("%")) * (1000 if (written or "").endswith("%") else 1)
