"""Lines and frames as arguments of Typst's functions.

Takes borders; gives code. Never decides where a frame stands.
"""

from __future__ import annotations

from packgen.convert.formats import Border, Edges
from packgen.convert.write.typst_text import colour, pt

_DASHES = {
    "dotted": "dotted",
    "dashed": "dashed",
    "dashSmallGap": "dashed",
    "dotDash": "dash-dotted",
    "dotDotDash": "dash-dotted",
}
_TWICE = {"double", "triple", "thinThickMediumGap", "thickThinMediumGap", "thinThickThinMediumGap"}
_ACROSS = {"top", "bottom", "between"}


def stroke(border: Border, side: str = "") -> str:
    """A border as a Typst stroke. Lines that are more than one need to know the `side` they are drawn on."""
    dash = _DASHES.get(border.style)
    if dash is not None:
        return f'(thickness:{pt(border.width)},paint:{colour(border.colour)},dash:"{dash}")'
    if side and border.style in _TWICE:
        across = "true" if side in _ACROSS else "false"
        return f"(thickness:{pt(border.width)},paint:twice({pt(border.width)},{colour(border.colour)},{across}))"
    return f"{pt(border.width)}+{colour(border.colour)}"


def strokes(edges: Edges) -> str:
    """The sides that are drawn, as Typst's dictionary of strokes; "" if none is."""
    sides = [
        f"{side}:{stroke(border, side)}"
        for side in ("top", "left", "bottom", "right")
        if (border := getattr(edges, side)) is not None and border.drawn
    ]
    return f"({','.join(sides)})" if sides else ""


def frame_arguments(borders: Edges, fill: str) -> str:
    """What Typst's `block` must be told to draw a frame whose text stays at the indents: lines stand outside it."""
    drawn = {
        side: border
        for side in ("top", "left", "bottom", "right")
        if (border := getattr(borders, side)) is not None and border.drawn
    }
    settings = f"fill:{colour(fill)}," if fill else ""
    if not drawn:
        return settings
    inset = ",".join(
        f"{side}:{pt(border.space + border.width)}" for side, border in drawn.items() if side in {"top", "bottom"}
    )
    outset = ",".join(
        f"{side}:{pt(border.space + border.width / 2)}" for side, border in drawn.items() if side in {"left", "right"}
    )
    settings += f"stroke:{strokes(borders)},"
    if inset:
        settings += f"inset:({inset}),"
    return settings + (f"outset:({outset})," if outset else "")
