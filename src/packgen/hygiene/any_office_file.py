"""What Office files of every kind hold that is not seen: comments, cut pictures, links, embedded files."""

from __future__ import annotations

from collections.abc import Iterator

from packgen.convert.read.ooxml import name, number
from packgen.convert.read.package import DocxPackage
from packgen.hygiene.found import Found

_COMMENTS = frozenset(("comments", "threadedComment", "comment"))
_EMBEDDED = frozenset(("oleObject", "package"))
_SIDES = ("l", "t", "r", "b")
_LEAST_CUT = 1000
"""Thousandths of a percent of a side; less is rounding."""


def find_in_any(package: DocxPackage) -> Iterator[Found]:
    """Each kind of such things at its first place."""
    told: set[str] = set()
    for part in sorted(package.parts):
        for found in (*_by_relations(package, part), *_cut_pictures(package, part)):
            if found.kind not in told:
                told.add(found.kind)
                yield found


def _by_relations(package: DocxPackage, part: str) -> Iterator[Found]:
    if part.endswith(".rels"):
        return
    for each in package.relationships(part).values():
        if each.kind in _COMMENTS and each.target in package.parts:
            if any((text.text or "").strip() for text in package.xml(each.target).iter("{*}t", "{*}text")):
                yield Found("comments", "")
        elif each.kind == "externalLink":
            yield Found("external-links", "")
        elif each.kind in _EMBEDDED and "/charts/" not in f"/{part}":
            yield Found("embedded-objects", "")


def _cut_pictures(package: DocxPackage, part: str) -> Iterator[Found]:
    if not part.endswith(".xml") or b"srcRect" not in package.parts[part]:
        return
    for cut in package.xml(part).iter(name("a:srcRect")):
        if any(_part(cut.get(side)) >= _LEAST_CUT for side in _SIDES):
            yield Found("cropped-pictures", "")
            return


def _part(written: str | None) -> float:
    """How much of a side is cut off, in thousandths of a percent; the strict form has percent signs."""
    return number((written or "").removesuffix("%")) * (1000 if (written or "").endswith("%") else 1)
