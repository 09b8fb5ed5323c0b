"""The map of the first example, as a drawing program would make it: a picture in a PDF, without tags.

Takes nothing; gives one page. It is the example's untagged file on purpose, so that `alt` has something to do; all
that is on it is said in words in the example's `pack.json`.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from reportlab.lib.colors import HexColor, white
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from tools.make_attachments.draw import FONTS

Point = tuple[float, float]

_REGULAR, _BOLD = "LiberationSans", "LiberationSans-Bold"
_GREEN, _PALE_GREEN, _GROUND = HexColor("#2B5F3F"), HexColor("#CFE0C6"), HexColor("#F3F1E8")
_WATER, _BANK, _TOWN, _ROAD = HexColor("#9FC5DC"), HexColor("#4E8FB5"), HexColor("#E2DACB"), HexColor("#A9A7A0")
_GRID, _INK = HexColor("#8A949B"), HexColor("#1A1A1A")

# The map's frame on the page, in millimetres from the lower left corner; all points below are in it, from 0 to 160.
_LEFT, _BOTTOM, _SIDE = 25.0, 88.0, 160.0

# Number, name, where its mark stands, what is planted, when.
_SITES: Sequence[tuple[int, str, Point, str, str]] = (
    (1, "Mill Lane Recreation Ground", (21, 86), "24 standard trees", "December 2026"),
    (2, "Church Meadow", (53, 134), "450 whips", "November 2026"),
    (3, "Brook Bank", (119, 79.5), "600 whips", "January 2027"),
    (4, "Station Road verges", (57, 40), "18 standard trees", "December 2026"),
    (5, "Highfield Open Space", (113, 32), "12 standard trees, 330 whips", "February 2027"),
)
_GREENS: Sequence[tuple[Point, Point]] = (
    ((11, 73), (42, 98)),
    ((33, 119), (80, 148)),
    ((99, 71), (149, 88)),
    ((96, 17), (146, 47)),
)
_RIVER: Sequence[Point] = ((-4, 152), (30, 105), (60, 103), (92, 102), (118, 102), (134, 92), (164, 85))
_WEST_EAST: Sequence[Point] = ((-4, 61), (40, 70), (60, 76), (76, 75), (96, 73), (130, 57), (164, 54))
_NORTH_SOUTH: Sequence[Point] = ((92, 164), (90, 120), (76, 96), (74, 75), (72, 52), (69, 26), (65, -4))
_RAILWAY: Sequence[Point] = ((-4, 26), (50, 20), (110, 14), (164, 9))


def make() -> bytes:
    for name in (_REGULAR, _BOLD):
        file = name if "-" in name else f"{name}-Regular"
        pdfmetrics.registerFont(TTFont(name, str(FONTS / f"{file}.ttf")))
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=(210 * mm, 297 * mm), invariant=True)
    canvas.setTitle("Appendix A: Map of the planting sites")
    canvas.setAuthor("Lyne Valley District Council")
    _title(canvas)
    _map(canvas)
    _key(canvas)
    canvas.showPage()
    canvas.save()
    return written.getvalue()


def _title(canvas: Canvas) -> None:
    _words(canvas, "Appendix A", (25, 268), size=12, font=_BOLD)
    _words(canvas, "Tree planting 2026/27: the five sites", (25, 259), size=20, font=_BOLD)
    canvas.setStrokeColor(_GREEN)
    canvas.setLineWidth(1.5)
    canvas.line(25 * mm, 256.2 * mm, 185 * mm, 256.2 * mm)
    _words(canvas, "Lynebridge and its surroundings. A sketch, not to scale.", (25, 250.5), size=11)


def _map(canvas: Canvas) -> None:
    canvas.saveState()
    canvas.translate(_LEFT * mm, _BOTTOM * mm)
    frame = canvas.beginPath()
    frame.rect(0, 0, _SIDE * mm, _SIDE * mm)
    canvas.clipPath(frame, stroke=0)
    canvas.setFillColor(_GROUND)
    canvas.rect(0, 0, _SIDE * mm, _SIDE * mm, stroke=0, fill=1)
    _blot(canvas, (46, 54), (95, 94), _TOWN)
    for corner, opposite in _GREENS:
        _blot(canvas, corner, opposite, _PALE_GREEN)
    _band(canvas, _RIVER, _BANK, _WATER, 5.2)
    for road in (_WEST_EAST, _NORTH_SOUTH):
        _band(canvas, road, _ROAD, white, 2.2)
    _band(canvas, _RAILWAY, _INK, _INK, 0.6)
    canvas.setDash(6, 6)
    _curve(canvas, _RAILWAY, white, 0.8)
    canvas.setDash()
    _place_names(canvas)
    for number, _, at, planted, _ in _SITES:
        _mark(canvas, number, at)
        _plants(canvas, (at[0] + 8, at[1]), planted)
    _north(canvas, (148, 140))
    canvas.restoreState()
    canvas.setStrokeColor(_GRID)
    canvas.setLineWidth(0.5)
    canvas.rect(_LEFT * mm, _BOTTOM * mm, _SIDE * mm, _SIDE * mm, stroke=1, fill=0)


def _place_names(canvas: Canvas) -> None:
    _words(canvas, "River Lyne", (7, 128), size=10.5, turned=-38)
    _words(canvas, "Church Road", (95, 146), size=10.5)
    _words(canvas, "Mill Lane", (8, 55), size=10.5, turned=8)
    _words(canvas, "Weir Road", (131, 62.5), size=10.5, turned=-10)
    _words(canvas, "Station Road", (76, 47), size=10.5)
    _words(canvas, "Railway", (10, 16), size=10.5, turned=-5)
    _words(canvas, "Lynebridge", (49, 67), size=11, font=_BOLD)
    _words(canvas, "town centre", (49, 62), size=10.5)


def _key(canvas: Canvas) -> None:
    """The sites with their numbers, and what the two signs stand for."""
    _words(canvas, "Key", (25, 79), size=14, font=_BOLD)
    for row, (number, name, _, planted, month) in enumerate(_SITES):
        height = 71.5 - 8 * row
        _mark(canvas, number, (28.5, height))
        _words(canvas, name, (36, height - 1.3), size=11, font=_BOLD)
        _words(canvas, planted, (96, height - 1.3), size=11)
        _words(canvas, month, (185, height - 1.3), size=11, right=True)
    _plants(canvas, (28.5, 30), "standard trees")
    _words(canvas, "standard trees", (36, 28.7), size=11)
    _plants(canvas, (74, 30), "whips")
    _words(canvas, "whips", (80, 28.7), size=11)
    canvas.setFillColor(_PALE_GREEN)
    canvas.rect(106 * mm, 27.5 * mm, 7 * mm, 5 * mm, stroke=0, fill=1)
    _words(canvas, "Council land open to all", (116, 28.7), size=11)


def _mark(canvas: Canvas, number: int, at: Point) -> None:
    canvas.setFillColor(_GREEN)
    canvas.setStrokeColor(white)
    canvas.setLineWidth(1)
    canvas.circle(at[0] * mm, at[1] * mm, 3.6 * mm, stroke=1, fill=1)
    canvas.setFillColor(white)
    canvas.setFont(_BOLD, 12)
    canvas.drawCentredString(at[0] * mm, (at[1] - 1.5) * mm, str(number))


def _plants(canvas: Canvas, at: Point, planted: str) -> None:
    """A round tree, a forked shoot, or both beside each other."""
    x, y = at
    if "standard" in planted:
        canvas.setFillColor(_GREEN)
        canvas.circle(x * mm, (y + 0.8) * mm, 1.6 * mm, stroke=0, fill=1)
        canvas.rect((x - 0.3) * mm, (y - 2.4) * mm, 0.6 * mm, 2 * mm, stroke=0, fill=1)
        x += 5
    if "whips" in planted:
        canvas.setStrokeColor(_GREEN)
        canvas.setLineWidth(1.5)
        canvas.line(x * mm, (y - 2.4) * mm, x * mm, (y + 2.4) * mm)
        canvas.line(x * mm, (y - 1) * mm, (x - 1.3) * mm, (y + 0.8) * mm)
        canvas.line(x * mm, (y - 0.4) * mm, (x + 1.3) * mm, (y + 1.6) * mm)


def _north(canvas: Canvas, at: Point) -> None:
    x, y = at
    arrow = canvas.beginPath()
    arrow.moveTo(x * mm, (y + 10) * mm)
    for dx, dy in ((2.6, 0), (0, 2.2), (-2.6, 0)):
        arrow.lineTo((x + dx) * mm, (y + dy) * mm)
    arrow.close()
    canvas.setFillColor(_INK)
    canvas.drawPath(arrow, stroke=0, fill=1)
    canvas.setFont(_BOLD, 12)
    canvas.drawCentredString(x * mm, (y - 5) * mm, "N")


def _blot(canvas: Canvas, corner: Point, opposite: Point, colour: HexColor) -> None:
    canvas.setFillColor(colour)
    canvas.ellipse(*(each * mm for each in (*corner, *opposite)), stroke=0, fill=1)


def _band(canvas: Canvas, points: Sequence[Point], edge: HexColor, inside: HexColor, width: float) -> None:
    _curve(canvas, points, edge, width * mm + 1.2)
    _curve(canvas, points, inside, width * mm)


def _curve(canvas: Canvas, points: Sequence[Point], colour: HexColor, width: float) -> None:
    """One stroke through two curves that meet without a bend: seven points, the fourth on the line."""
    path = canvas.beginPath()
    scaled = [(x * mm, y * mm) for x, y in points]
    path.moveTo(*scaled[0])
    for start in range(1, len(scaled) - 2, 3):
        path.curveTo(*scaled[start], *scaled[start + 1], *scaled[start + 2])
    canvas.setStrokeColor(colour)
    canvas.setLineWidth(width)
    canvas.drawPath(path, stroke=1, fill=0)


def _words(
    canvas: Canvas,
    words: str,
    at: Point,
    *,
    size: float,
    font: str = _REGULAR,
    turned: float = 0,
    right: bool = False,
) -> None:
    canvas.saveState()
    canvas.setFillColor(_INK)
    canvas.setFont(font, size)
    canvas.translate(at[0] * mm, at[1] * mm)
    canvas.rotate(turned)
    (canvas.drawRightString if right else canvas.drawString)(0, 0, words)
    canvas.restoreState()
