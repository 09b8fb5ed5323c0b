"""Pictures, charts and drawn shapes of a Word document: whether something says what they show.

Takes the package of a DOCX; gives warnings (WCAG 2.2, 1.1.1; PDF/UA-1, 7.3). Reads the XML of the body and the notes
itself, because what only LibreOffice draws, such as a chart, is no part of a document as the reader gives it.
"""

from __future__ import annotations

from collections.abc import Iterator

from packgen.convert.read.old_drawings import is_rule
from packgen.convert.read.ooxml import Element, local_name, name, w
from packgen.convert.read.package import DocxPackage
from packgen.errors import Problem
from packgen.validate.accessibility import alt_words
from packgen.validate.accessibility.word_walk import shown, warning

_KINDS = {
    "picture": "picture", "chart": "chart", "chartex": "chart", "diagram": "SmartArt diagram",
    "wordprocessingShape": "drawn shape", "wordprocessingGroup": "group of drawn shapes",
    "wordprocessingCanvas": "drawing", "wordprocessingInk": "ink drawing", "model3d": "3D model",
}  # fmt: skip
_QUIET_SHAPES = frozenset(["rect", "roundRect", "line", "straightConnector1"])
"""Frames and rules, which say nothing to anybody."""
_ALT = "right-click it in Word, choose View Alt Text, and "
_WRITE = f"{_ALT}say what it shows, or mark it as decorative if it only adorns the page"


def check_pictures(package: DocxPackage, *, stops: bool) -> Iterator[Problem]:
    """Pictures without alternative text that are not marked as decorative, and texts that say nothing.

    `stops` tells that the document cannot be drawn until every picture has its text.
    """
    parts = [package.main_part, package.related("footnotes"), package.related("endnotes")]
    for part in parts:
        if part is not None:
            yield from _in_part(package.xml(part), package.name, stops=stops)


def _in_part(root: Element, file: str, *, stops: bool) -> Iterator[Problem]:
    paragraphs: list[Element] = []
    for element in root.iter(w("p"), w("drawing"), w("pict"), w("object")):
        local = local_name(element)
        if local == "p":
            paragraphs.append(element)
        elif next(element.iterancestors(name("mc:Fallback")), None) is None:
            found = _drawing(element) if local == "drawing" else _old_drawing(element)
            if found is not None:
                yield from _judged(*found, _place(paragraphs), file, stops=stops)


def _judged(kind: str, called: str, alt: str, place: str, file: str, *, stops: bool) -> Iterator[Problem]:
    what = f"the {kind} {shown(called)}" if called else f"a {kind}"
    if not alt:
        hint = _WRITE + ("; the pack cannot be built before that" if stops else "")
        message = f"{what} has no alternative text, so that a screen reader says nothing of it"
        yield warning(file, "access.picture-alt", place, message, hint)
    elif alt_words.by_a_program(alt):
        message = (
            f"the alternative text of {what} was written by Word itself, and nobody has looked at it: {shown(alt)}"
        )
        hint = f"{_ALT}{alt_words.SAY_WHAT}"
        yield warning(file, "access.alt-words", place, message, hint)
    elif fault := alt_words.fault_of(alt):
        message = f"the alternative text {shown(alt)} of {what} {fault}"
        yield warning(file, "access.alt-words", place, message, f"{_ALT}{alt_words.SAY_WHAT}")


def _drawing(element: Element) -> tuple[str, str, str] | None:
    """The kind, name and alternative text of a drawing; None of one that needs no text."""
    properties = next(element.iter(name("wp:docPr")), None)
    if properties is None or properties.get("hidden") in {"1", "true"}:
        return None
    mark = properties.find(f".//{name('adec:decorative')}")
    if mark is not None and mark.get("val") in {"1", "true"}:
        return None
    alt = " ".join((properties.get("descr") or properties.get("title") or "").split())
    data = next(element.iter(name("a:graphicData")), None)
    kind = (data.get("uri", "") if data is not None else "").rpartition("/")[2]
    if not alt and (_speaks(element) or _is_quiet(element, kind)):
        return None
    return _KINDS.get(kind, "drawing"), properties.get("name", ""), alt


def _old_drawing(element: Element) -> tuple[str, str, str] | None:
    """As `_drawing`, for the format of drawings that Word had before 2010 (VML)."""
    image = next(element.iter(name("v:imagedata")), None)
    if image is None or _speaks(element) or any(is_rule(each) for each in element.iter(name("v:rect"))):
        return None
    shape = image.getparent()
    alt = " ".join((shape.get("alt") or image.get(name("o:title")) or "").split())
    return "picture of an embedded object" if local_name(element) == "object" else "picture", "", alt


def _speaks(element: Element) -> bool:
    """Whether words stand in a shape, which are read aloud."""
    return any((text.text or "").strip() for text in element.iter(w("t")))


def _is_quiet(element: Element, kind: str) -> bool:
    if kind != "wordprocessingShape":
        return False
    geometry = next(element.iter(name("a:prstGeom")), None)
    return (geometry.get("prst") if geometry is not None else "rect") in _QUIET_SHAPES


def _place(paragraphs: list[Element]) -> str:
    """Where a drawing stands, by the nearest words at or before it: an officer finds those in Word."""
    for paragraph in reversed(paragraphs):
        words = "".join(text.text or "" for text in paragraph.iter(w("t")))
        if words.strip():
            return f"near {shown(words)}"
    return "at the beginning"
