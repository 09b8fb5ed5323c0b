"""What is drawn over words: rectangles and pictures that come later in the content of a page, and let nothing through.

Takes a page of pypdfium2; gives such covers in the order in which they are drawn. Whether words lie under them, others
find out.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

Box = tuple[float, float, float, float]
"""Left, bottom, right and top in points."""
_LEAST_SIDE = 3.0
_CORNERS = (4, 5)
_NEAR = 0.6
"""Points by which corners of a rectangle may be beside its bounds."""


class Cover(Struct, frozen=True):
    """A rectangle or picture, when it is drawn, and the colour of the first; of a picture, None."""

    order: int
    box: Box
    colour: tuple[int, int, int] | None


class Layout(Struct, frozen=True):
    """Of the things that a page draws itself: covers, when each text is drawn, by its address, and the last picture."""

    covers: list[Cover]
    texts: dict[int, int]
    last_picture: int


def layout_of(page: Any) -> Layout:
    """What a page draws, in order; things within forms are drawn when those are, and left to others."""
    from pypdfium2 import raw

    covers: list[Cover] = []
    texts: dict[int, int] = {}
    last_picture = -1
    for order, each in enumerate(page.get_objects(max_depth=1)):
        if each.type == raw.FPDF_PAGEOBJ_TEXT:
            texts[address_of(each.raw)] = order
        elif each.type == raw.FPDF_PAGEOBJ_IMAGE:
            last_picture = order
            if not raw.FPDFPageObj_HasTransparency(each):
                covers += _large_enough(Cover(order, _bounds(each), None))
        elif each.type == raw.FPDF_PAGEOBJ_PATH:
            colour = _opaque_fill(each)
            if colour is not None and _is_rectangle(each):
                covers += _large_enough(Cover(order, _bounds(each), colour))
    return Layout(covers, texts, last_picture)


def address_of(thing: Any) -> int:
    """What tells one object of pdfium from another."""
    return ctypes.cast(thing, ctypes.c_void_p).value or 0


def common(one: Box, other: Box) -> Box | None:
    """Where two boxes lie over each other."""
    left, bottom, right, top = (
        max(one[0], other[0]),
        max(one[1], other[1]),
        min(one[2], other[2]),
        min(one[3], other[3]),
    )
    return (left, bottom, right, top) if right > left and top > bottom else None


def area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _large_enough(cover: Cover) -> Iterator[Cover]:
    left, bottom, right, top = cover.box
    if right - left >= _LEAST_SIDE and top - bottom >= _LEAST_SIDE:
        yield cover


def _bounds(thing: Any) -> Box:
    from pypdfium2 import raw

    sides = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(thing, *map(ctypes.byref, sides))
    left, bottom, right, top = (side.value for side in sides)
    return left, bottom, right, top


def _opaque_fill(path: Any) -> tuple[int, int, int] | None:
    """The colour that a path is filled with; None if it is not, or lets something through."""
    from pypdfium2 import raw

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
    parts = [ctypes.c_uint() for _ in range(4)]
    told = raw.FPDFPageObj_GetFillColor(path, *map(ctypes.byref, parts))
    if not fill.value or not told or parts[3].value < 255 or raw.FPDFPageObj_HasTransparency(path):
        return None
    red, green, blue = (part.value for part in parts[:3])
    return red, green, blue


def _is_rectangle(path: Any) -> bool:
    """Whether it has four corners, at those of its bounds as it is drawn."""
    from pypdfium2 import raw

    count = raw.FPDFPath_CountSegments(path)
    if count not in _CORNERS:
        return False
    x, y = ctypes.c_float(), ctypes.c_float()
    points = []
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_BEZIERTO:
            return False
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        points.append((x.value, y.value))
    xs, ys = [each for each, _ in points], [each for _, each in points]
    return all(
        min(abs(px - min(xs)), abs(px - max(xs))) <= _NEAR and min(abs(py - min(ys)), abs(py - max(ys))) <= _NEAR
        for px, py in points
    )
