"""Paper as arguments of Typst's `page` and `par.line`: margins, borders round the page, numbers beside its lines.

Takes a `PageSetup`; gives code. Never writes what stands on the page.
"""

from __future__ import annotations

from packgen.convert.formats import Edges
from packgen.convert.paper import LineNumbers, PageBorders, PageSetup
from packgen.convert.write.room import ROUNDING
from packgen.convert.write.strokes import strokes
from packgen.convert.write.typst_text import pt


def margins(page: PageSetup, top: float, bottom: float) -> str:
    """Margins of which top and bottom have made room for headers; the inner one of mirrored paper is its left."""
    near, far = ("inside", "outside") if page.mirrored else ("left", "right")
    return f"(top:{pt(top)},bottom:{pt(bottom)},{near}:{pt(page.left)},{far}:{pt(page.right + ROUNDING)})"


def background(page: PageSetup, first_page: str) -> str:
    """The borders of the page; `first_page` is code that tells whether the page at hand opens the section."""
    borders = page.borders
    if borders is None:
        return "none"
    code = _frame(page, borders)
    if borders.pages == "all":
        return code
    condition = first_page if borders.pages == "first" else f"not({first_page})"
    return f"context{{if {condition}{{{code}}}}}"


def _frame(page: PageSetup, borders: PageBorders) -> str:
    left, top, right, bottom = (
        _distance(borders.edges, side, margin if borders.from_text else 0.0)
        for side, margin in (("left", page.left), ("top", page.top), ("right", page.right), ("bottom", page.bottom))
    )
    width, height = page.width - left - right, page.height - top - bottom
    frame = f"rect(width:{pt(width)},height:{pt(height)},stroke:{strokes(borders.edges)})"
    return f"place(top+left,dx:{pt(left)},dy:{pt(top)},{frame})"


def _distance(edges: Edges, side: str, margin: float) -> float:
    """How far a border is from the paper's edge: its space outside the text, or inside the edge."""
    line = getattr(edges, side)
    space = line.space if line is not None else 0.0
    return max(margin - space, 0.0) if margin else space


def line_numbers(numbers: LineNumbers | None) -> str:
    """A rule for the numbers beside lines; none are drawn without one."""
    if numbers is None:
        return "set par.line(numbering:none)"
    shown = "n" if numbers.step == 1 else f"if calc.rem(n,{numbers.step})==0{{n}}"
    clearance = f",number-clearance:{pt(numbers.distance)}" if numbers.distance else ""
    return f'set par.line(numbering:n=>[#{{{shown}}}],numbering-scope:"{numbers.restart}"{clearance})'
