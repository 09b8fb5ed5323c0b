"""Drawings in the format that Word had before 2010 (VML).

Takes `w:pict` elements; gives `Picture` values, and boxes for Word's horizontal lines. Other shapes are
named as problems.
"""

from __future__ import annotations

from packgen.convert.document import Inline, Picture, TextBox
from packgen.convert.read.context import Reading
from packgen.convert.read.drawings import picture_file, take_texts
from packgen.convert.read.ooxml import Element, name, number, w


def read_vml(reading: Reading, element: Element) -> list[Inline]:
    """Old drawings (VML): pictures; anything else with text or shape is refused."""
    image = element.find(f".//{name('v:imagedata')}")
    shape = element.find(f".//{name('v:shape')}")
    if image is not None and shape is not None and element.find(f".//{name('v:textbox')}") is None:
        relationship = reading.package.relationships(reading.part).get(image.get(name("r:id"), ""))
        if relationship is None or relationship.external:
            reading.refuse(
                "A picture is only linked, not part of the document.",
                hint="Insert the picture again in Word.",
                code="convert.linked-picture",
            )
            return []
        file = picture_file(reading, relationship.target)
        width, height = (_css_length(shape.get("style", ""), side) for side in ("width", "height"))
        alt = " ".join((shape.get("alt") or image.get(name("o:title")) or "").split())
        if not alt and reading.in_body:
            reading.refuse(
                "A picture has no alternative text, so a screen reader says nothing of it.",
                hint="Right-click the picture in Word, choose View Alt Text and say what it shows.",
                code="convert.missing-alt",
            )
        return [Picture(file, width, height, alt)] if file and width > 0 and height > 0 else []
    if any(is_rule(rule) for rule in element.iter(name("v:rect"))):
        return [TextBox((), 0.0, 0.75, (0.0, 0.0, 0.0, 0.0), False, "#a0a0a0")]
    drawn = (name("v:shape"), name("v:textpath"), w("t"))
    if any(element.find(f".//{tag}") is not None for tag in drawn):
        reading.refuse(
            "A drawing in an old format cannot be drawn.",
            hint="Open the document in Word, choose File > Info > Convert, and save it.",
        )
        take_texts(reading, element)
    return []


def is_rule(element: Element) -> bool:
    """Whether a VML rectangle is Word's horizontal line."""
    return element.get(name("o:hr")) in {"t", "true", "1"}


def _css_length(style: str, side: str) -> float:
    units = {"pt": 1.0, "in": 72.0, "cm": 28.3465, "mm": 2.83465, "px": 0.75}
    for declaration in style.split(";"):
        key, _, value = declaration.partition(":")
        if key.strip() == side:
            return number(value.strip()[:-2]) * units.get(value.strip()[-2:], 1.0)
    return 0.0
