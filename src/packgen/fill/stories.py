"""The parts of a document that hold text, and what each can take in.

Takes a rendered document and the contents behind its marks; has them placed in its body, headers, footers and notes,
and sees that every picture has a number of its own. Never decides how anything looks.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from packgen.fill.contents import Contents
from packgen.fill.footnotes import Footnotes
from packgen.fill.inlines import RunStyle, Story, runs
from packgen.fill.numbering import Numbering
from packgen.fill.package import ENDNOTES, FOOTER, HEADER, HYPERLINK, NUMBERING, Package, Part
from packgen.fill.pictures import Pictures
from packgen.fill.placer import Placer
from packgen.fill.styles import Styles
from packgen.prose.tree import FootnoteReference

_DOCUMENT_PROPERTIES = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_EDGES = {HEADER: "page header", FOOTER: "page footer"}


def place_contents(package: Package, styles: Styles, contents: Contents, resources: Path) -> None:
    """Put prose, links and pictures where their marks stand.

    Args:
        package: the document's.
        styles: the same document's; what it lacks is noted there.
        contents: what the template's filters left.
        resources: the folder of the pictures.
    """
    body = package.document
    numbering = Numbering(_numbering_root(body), styles)
    written = []
    for part, story in _stories(package, styles, resources):
        Placer(story, numbering, contents, body.element).replace_marks(part.element)
        written.append(part)
    drawings = (drawing for part in written for drawing in part.element.iter(_DOCUMENT_PROPERTIES))
    for number, drawing in enumerate(drawings, 1):
        drawing.set("id", str(number))


def _stories(package: Package, styles: Styles, resources: Path) -> Iterator[tuple[Part, Story]]:
    body = package.document
    pictures, footnotes = Pictures(resources, package), Footnotes(package, styles)
    in_footnotes = Story(styles, lambda target: _link(footnotes.part, target), name="footnotes")

    def add_footnote(note: FootnoteReference) -> int:
        return footnotes.add(note, lambda paragraph: runs(paragraph.inlines, RunStyle(), in_footnotes))

    yield body, Story(styles, partial(_link, body), add_footnote, partial(pictures.draw, body))
    for link in list(body.links.values()):
        name, part = _EDGES.get(link.kind), link.target
        if name and isinstance(part, Part):
            yield part, Story(styles, partial(_link, part), None, partial(pictures.draw, part), name)
    if footnotes.part is not None:
        yield footnotes.part, in_footnotes
    endnotes = body.readable(ENDNOTES)
    if endnotes is not None:
        yield endnotes, Story(styles, partial(_link, endnotes), name="endnotes")


def _numbering_root(body: Part) -> Any:
    return next((part.element for part in body.parts(NUMBERING)), None)


def _link(part: Part | None, target: str) -> str:
    assert part is not None, "a footnote is written when there is a part for it"
    return part.refer(HYPERLINK, target)
