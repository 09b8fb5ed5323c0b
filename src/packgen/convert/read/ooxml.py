"""Names and small values of WordprocessingML.

Takes elements and attribute strings; gives Python values, lengths in points. Never follows a relationship.
"""

from __future__ import annotations

from functools import cache
from math import isfinite
from typing import Any

# lxml ships no types that mypy accepts here; elements are `Any` throughout the reader.
Element = Any

_NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "dc": "http://purl.org/dc/elements/1.1/",
}
# Documents saved as "Strict Open XML" use other addresses for the same names.
STRICT = {
    "http://purl.oclc.org/ooxml/wordprocessingml/main": _NAMESPACES["w"],
    "http://purl.oclc.org/ooxml/officeDocument/relationships": _NAMESPACES["r"],
    "http://purl.oclc.org/ooxml/drawingml/main": _NAMESPACES["a"],
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": _NAMESPACES["wp"],
    "http://purl.oclc.org/ooxml/drawingml/picture": _NAMESPACES["pic"],
    "http://purl.oclc.org/ooxml/officeDocument/math": _NAMESPACES["m"],
}
EMU_PER_POINT = 12700
_W = "{" + _NAMESPACES["w"] + "}"
VAL = _W + "val"


def name(prefixed: str) -> str:
    """`w:p` as lxml spells it."""
    prefix, local = prefixed.split(":")
    return "{" + _NAMESPACES[prefix] + "}" + local


def local_name(element: Element) -> str:
    return _local(element.tag)


@cache
def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]


def w(local: str) -> str:
    return _W + local


def first(parent: Element | None, local: str) -> Any:
    """The first child of `parent` that Word calls `local`; None of None.

    Asked thousands of times for a document, and twice as fast as lxml's own `find`, which takes paths.
    """
    return None if parent is None else next(parent.iterchildren(_W + local), None)


def has_any(parent: Element | None, *locals_: str) -> bool:
    """Whether `parent` has a child that Word calls by one of these names."""
    return parent is not None and any(local_name(child) in locals_ for child in parent)


def val(element: Element | None, default: str = "") -> str:
    """The `w:val` of `element`, or `default` without either."""
    return default if element is None else str(element.get(VAL, default))


def child_val(parent: Element | None, local: str, default: str = "") -> str:
    return default if parent is None else val(next(parent.iterchildren(_W + local), None), default)


def is_on(element: Element | None) -> bool:
    """Whether a switch such as `<w:b/>` is on; an absent one is off."""
    return element is not None and element.get(VAL, "1") not in {"0", "false", "off", "none"}


def number(text: str | None, default: float = 0.0) -> float:
    """A number as Word writes it, with or without a unit it should not have."""
    if not text:
        return default
    try:
        value = float(text)
    except ValueError:
        return default
    return value if isfinite(value) else default


def points(text: str | None, default: float = 0.0) -> float:
    """Twentieths of a point, or a measure with its own unit (`12pt`, `1.5cm`), as points."""
    if not text:
        return default
    unit = _UNITS.get(text[-2:])
    if unit is not None:
        return number(text[:-2]) * unit
    return number(text, default * 20) / 20


def half_points(text: str | None, default: float = 0.0) -> float:
    if text and text[-2:] in _UNITS:
        return points(text)
    return number(text, default * 2) / 2


def emu(text: str | None) -> float:
    return number(text) / EMU_PER_POINT


_UNITS = {"pt": 1.0, "cm": 28.3464567, "mm": 2.83464567, "in": 72.0, "pc": 12.0, "pi": 12.0}
