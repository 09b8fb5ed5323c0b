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


def stroke(border: Border) -> str:
    """A border as a Typst stroke."""
    dash = _DASHES.get(border.style)
    if dash is None:
        return f"{pt(border.width)}+{colour(border.colour)}"
    return f'(thickness:{pt(border.width)},paint:{colour(border.colour)},dash:"{dash}")'


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
    strokes = ",".join(f"{side}:{stroke(border)}" for side, border in drawn.items())
    inset = ",".join(
        f"{side}:{pt(border.space + border.width)}" for side, border in drawn.items() if side in {"top", "bottom"}
    )
    outset = ",".join(
        f"{side}:{pt(border.space + border.width / 2)}" for side, border in drawn.items() if side in {"left", "right"}
    )
    settings += f"stroke:({strokes}),"
    if inset:
        settings += f"inset:({inset}),"
    return settings + (f"outset:({outset})," if outset else "")
