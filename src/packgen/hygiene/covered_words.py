"""Words in a PDF that nobody sees and everybody can copy: under a box, or in the colour of the page.

Takes an author's PDF; gives the pages that have such words. Draws each page that may have some, and looks whether
anything is to be seen where the file says that words are. What a scanner's text recognition put under its picture is
meant to be there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_SCALE = 1.0
"""Pixels for each point."""
_FLAT = 6
"""Steps of 255 by which the colours of a place may differ that shows nothing."""
_LEAST_LETTERS = 3
_LEAST_SIDE = 3
"""Points; smaller places are seen too coarsely."""
_MOST_PIXELS = 30_000_000
_INVISIBLE = 3
"""Text that is not drawn (ISO 32000-1, table 106)."""


_Box = tuple[float, float, float, float]
"""Left, bottom, right and top in points."""


def pages_with_covered_words(data: bytes) -> list[int]:
    """The indexes of such pages, from 0.

    Raises:
        pypdfium2.PdfiumError: the file cannot be read.
    """
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        return [index for index in range(len(document)) if _has_covered_words(document[index])]
    finally:
        document.close()


def _has_covered_words(page: Any) -> bool:
    from pypdfium2 import raw

    objects = list(page.get_objects(filter=(raw.FPDF_PAGEOBJ_TEXT,), max_depth=4))
    if not objects:
        return False
    invisible = sum(raw.FPDFTextObj_GetTextRenderMode(each) == _INVISIBLE for each in objects)
    if invisible * 2 > len(objects) or not _may_cover(page, objects):
        return False
    places = list(_places(page))
    if not places:
        return False
    width, height = page.get_size()
    scale = min(_SCALE, (_MOST_PIXELS / max(width * height, 1)) ** 0.5)
    shown = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    return any(_is_flat(shown, place, page, scale) for place in places)


def _may_cover(page: Any, texts: list[Any]) -> bool:
    """Whether there is anything that words may lie under, or words as light as paper."""
    from ctypes import byref, c_int, c_uint

    from pypdfium2 import raw

    for each in page.get_objects(filter=(raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE), max_depth=4):
        if each.type == raw.FPDF_PAGEOBJ_IMAGE:
            return True
        fill, stroke = c_int(), c_int()
        raw.FPDFPath_GetDrawMode(each, byref(fill), byref(stroke))
        if fill.value:
            return True
    parts = [c_uint() for _ in range(4)]
    for text in texts:
        if raw.FPDFPageObj_GetFillColor(text, *map(byref, parts)) and min(part.value for part in parts[:3]) > 255 - 16:
            return True
    return False


def _places(page: Any) -> Iterator[_Box]:
    """Where the page says that words are, one by one: a name may be covered amid a line."""
    from ctypes import byref, c_double

    from pypdfium2 import raw

    words = page.get_textpage()
    left, bottom, right, top = page.get_bbox()
    sides = [c_double() for _ in range(4)]
    letters: list[_Box] = []
    for index in range(words.count_chars() + 1):
        letter = chr(raw.FPDFText_GetUnicode(words, index)) if index < words.count_chars() else " "
        if letter.isalnum():
            raw.FPDFText_GetCharBox(words, index, *map(byref, sides))
            x1, x2, y1, y2 = (side.value for side in sides)
            letters.append((x1, y1, x2, y2))
            continue
        if len(letters) >= _LEAST_LETTERS:
            xs1, ys1, xs2, ys2 = zip(*letters, strict=True)
            box = (min(xs1), min(ys1), max(xs2), max(ys2))
            inside = box[0] >= left and box[1] >= bottom and box[2] <= right and box[3] <= top
            if inside and box[2] - box[0] >= _LEAST_SIDE and box[3] - box[1] >= _LEAST_SIDE:
                yield box
        letters = []


def _is_flat(shown: Any, place: _Box, page: Any, scale: float) -> bool:
    """Whether nothing is seen at a place."""
    left, bottom, right, top = page.get_bbox()
    turns = page.get_rotation() // 90
    corners = [(place[0] - left, top - place[3]), (place[2] - left, top - place[1])]
    width, height = right - left, top - bottom
    for _ in range(turns):
        corners = [(height - y, x) for x, y in corners]
        width, height = height, width
    xs, ys = sorted(x * scale for x, _ in corners), sorted(y * scale for _, y in corners)
    box = (int(xs[0]), int(ys[0]), max(round(xs[1]), int(xs[0]) + 1), max(round(ys[1]), int(ys[0]) + 1))
    return all(most - least <= _FLAT for least, most in shown.crop(box).getextrema())
