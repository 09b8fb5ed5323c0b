"""Small pieces of WordprocessingML.

Takes names, attributes and lengths; gives lxml elements and the units that Word writes. It never touches a document.
"""

from __future__ import annotations

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import etree

Element = etree._Element  # lxml offers no public name for the type of its elements


def element(tag: str, *children: Element, **attributes: str | int) -> Element:
    """A `w:` element with `w:` attributes, for example `element("sz", val=24)`."""
    made: Element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(children)
    return made


def twips(millimetres: float) -> int:
    """Millimetres as twentieths of a point, which Word uses for indents, margins and widths."""
    return round(millimetres * 1440 / 25.4)


def twentieths(points: float) -> int:
    """Points as twentieths of a point, which Word uses for spacing."""
    return round(points * 20)


def half_points(points: float) -> int:
    """Points as half points, which Word uses for type."""
    return round(points * 2)


def eighths(points: float) -> int:
    """Points as eighths of a point, which Word uses for the thickness of lines."""
    return round(points * 8)
