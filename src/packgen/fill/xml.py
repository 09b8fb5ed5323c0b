"""Making and reading WordprocessingML elements.

Takes names, attributes and children; gives lxml elements. Never keeps a document.
"""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from typing import Any

from lxml import etree

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NAMESPACES = {"w": WORD, "r": RELATIONSHIPS}
_RELATED = {"w:hyperlink"}

# What may follow a child of w:pPr or w:tblPr is fixed by the schema; Word refuses another order.
PARAGRAPH_PROPERTIES = (
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs"
    " suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd"
    " snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment"
    " textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
)
RUN_PROPERTIES = (
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish"
    " webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang"
    " eastAsianLayout specVanish oMath"
)


@cache
def qualified(name: str) -> str:
    """`w:p` as lxml writes it."""
    prefix, _, local = name.partition(":")
    return f"{{{_NAMESPACES[prefix]}}}{local}"


def element(name: str, *children: Any, **attributes: str | int) -> Any:
    """An element; attributes are Word's own (`val="1"` is `w:val="1"`)."""
    made = _empty(name).__copy__()
    for key, value in attributes.items():
        made.set(f"{{{WORD}}}{key}", str(value))
    made.extend(child for child in children if child is not None)
    return made


@cache
def _empty(name: str) -> Any:
    """An element to be copied, which takes a fifth of the time of making one."""
    # What names relationships says so with a prefix of its own: others may come from whatever else is loaded.
    return etree.Element(qualified(name), nsmap=_NAMESPACES if name in _RELATED else {"w": WORD})


def text_element(text: str) -> Any:
    """A `w:t` that keeps its spaces."""
    made = element("w:t")
    made.text = text
    made.set(SPACE, "preserve")
    return made


def child(parent: Any, name: str) -> Any:
    """The first child of that name, or None; None of None."""
    return None if parent is None else next(parent.iterchildren(qualified(name)), None)


def attribute(node: Any, name: str) -> str | None:
    """One of Word's own attributes of a node, or None; None of None."""
    return None if node is None else node.get(f"{{{WORD}}}{name}")


def value(parent: Any, name: str) -> str | None:
    """The `w:val` of a child."""
    return attribute(child(parent, name), "val")


def whole(text: str | None) -> int | None:
    """A whole number, also where a program has written it with a fraction."""
    try:
        return None if text is None else round(float(text))
    except ValueError:
        return None


def put(parent: Any, new: Any, order: str) -> None:
    """Set a child at its place in the schema's order, names between spaces, instead of one of the same name."""
    local = etree.QName(new).localname
    old = next(parent.iterchildren(new.tag), None)
    if old is not None:
        parent.replace(old, new)
        return
    later = _later(local, order)
    for index, sibling in enumerate(parent):
        if sibling.tag in later:
            parent.insert(index, new)
            return
    parent.append(new)


@cache
def _later(local: str, order: str) -> frozenset[str]:
    """What comes behind a name in an order."""
    names = order.split()
    return frozenset(f"{{{WORD}}}{name}" for name in names[names.index(local) + 1 :])


def copy_of(node: Any) -> Any:
    """A copy with everything in it; None of None."""
    return None if node is None else deepcopy(node)
