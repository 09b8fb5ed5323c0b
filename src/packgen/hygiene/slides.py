"""What presentations hold that is not seen."""

from __future__ import annotations

from collections.abc import Iterator

from packgen.convert.read.ooxml import Element, name
from packgen.convert.read.package import DocxPackage
from packgen.hygiene.found import Found

_OFF = frozenset(("0", "false"))
_FURNITURE = frozenset(("sldNum", "dt", "hdr", "ftr", "sldImg"))
"""Placeholders of a page of notes that PowerPoint fills itself."""


def find_in_slides(package: DocxPackage) -> Iterator[Found]:
    """Hidden slides, and what speakers wrote for themselves."""
    relationships = package.relationships(package.main_part)
    for number, listed in enumerate(package.xml(package.main_part).iter("{*}sldId"), 1):
        told = relationships.get(listed.get(name("r:id"), ""))
        if told is None or told.target not in package.parts:
            continue
        if package.xml(told.target).get("show", "1") in _OFF:
            yield Found("hidden-slides", f"slide {number}")
        for each in package.relationships(told.target).values():
            if each.kind == "notesSlide" and each.target in package.parts and _says(package.xml(each.target)):
                yield Found("speaker-notes", f"slide {number}")


def _says(notes: Element) -> bool:
    """Whether a page of notes says more than the number of its slide."""
    for shape in notes.iter("{*}sp"):
        place = next(shape.iter("{*}ph"), None)
        if place is not None and place.get("type", "body") in _FURNITURE:
            continue
        if any((text.text or "").strip() for text in shape.iter(name("a:t"))):
            return True
    return False
