"""Words in a PDF that nobody sees and everybody can copy: under a box, in the colour of the page, or cut off.

Takes an author's PDF; gives the pages that have such words, there or outside of what was left of a cropped page. Draws
each page that may have some, and looks whether anything is to be seen where the file says that words are. What a
scanner's text recognition put under its picture is meant to be there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct, field

_SCALE = 1.0
"""Pixels for each point."""
_FLAT = 6
"""Steps of 255 by which the colours of a place may differ that shows nothing."""
_LEAST_LETTERS = 3
_WITHIN = frozenset("/.-:\u00a3\u20ac@_")
"""What stands within dates, sums and addresses."""
_LEAST_SIDE = 3
"""Points; smaller places are seen too coarsely."""
_WIDE = 4
"""Points; a line as wide as that may be drawn over words."""
_LIGHT, _DARK = 240, 100
"""Of 255: what has the colour of paper, and what is no paper."""
_MOST_PIXELS = 30_000_000
_INVISIBLE = 3
"""Text that is not drawn (ISO 32000-1, table 106)."""


_Box = tuple[float, float, float, float]
"""Left, bottom, right and top in points."""


class LookedAt(Struct):
    """The indexes of pages, from 0: with words that are `covered`, with words `outside` of what is seen of the page,
    and those that cannot be looked at.
    """

    covered: list[int] = field(default_factory=list)
    outside: list[int] = field(default_factory=list)
    unreadable: list[int] = field(default_factory=list)


def look_at_pages(data: bytes) -> LookedAt:
    """Look at every page of a PDF.

    Raises:
        pypdfium2.PdfiumError: the file cannot be read.
    """
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    found = LookedAt()
    try:
        for index in range(len(document)):
            try:
                page = document[index]
                if _has_words_outside(page):
                    found.outside.append(index)
                if _has_covered_words(page):
                    found.covered.append(index)
            except Exception:  # whatever it is: nobody can tell what a page has that cannot be looked at
                found.unreadable.append(index)
    finally:
        document.close()
    return found


def _has_words_outside(page: Any) -> bool:
    """Whether some line has words of which nothing is within the visible part of the page."""
    words = page.get_textpage()
    left, bottom, right, top = page.get_bbox()
    for index in range(words.count_rects()):
        x1, y1, x2, y2 = words.get_rect(index)
        if x2 <= left or x1 >= right or y2 <= bottom or y1 >= top:
            written = words.get_text_bounded(x1, y1, x2, y2)
            if sum(map(str.isalnum, written)) >= _LEAST_LETTERS:
                return True
    return False


def _has_covered_words(page: Any) -> bool:
    from pypdfium2 import raw

    objects = list(page.get_objects(filter=(raw.FPDF_PAGEOBJ_TEXT,), max_depth=4))
    if not objects:
        return False
    invisible = sum(raw.FPDFTextObj_GetTextRenderMode(each) == _INVISIBLE for each in objects)
    recognised = invisible * 2 > len(objects)
    if not invisible and not _may_cover(page, objects):
        return False
    places = list(_places(page))
    if not places:
        return False
    width, height = page.get_size()
    scale = min(_SCALE, (_MOST_PIXELS / max(width * height, 1)) ** 0.5)
    shown = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    # Where words were recognised in a picture, paper beside the ink is no cover; a dark box is.
    return any(_is_flat(shown, place, page, scale, dark=recognised) for place in places)


def _may_cover(page: Any, texts: list[Any]) -> bool:
    """Whether there is anything that words may lie under, or words as light as paper or not drawn at all."""
    from ctypes import byref, c_float, c_int, c_uint

    from pypdfium2 import raw

    if raw.FPDFPage_GetAnnotCount(page):
        return True
    for each in page.get_objects(filter=(raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE), max_depth=4):
        if each.type == raw.FPDF_PAGEOBJ_IMAGE:
            return True
        fill, stroke = c_int(), c_int()
        raw.FPDFPath_GetDrawMode(each, byref(fill), byref(stroke))
        wide = c_float()
        raw.FPDFPageObj_GetStrokeWidth(each, byref(wide))
        if fill.value or (stroke.value and wide.value >= _WIDE):
            return True
    parts = [c_uint() for _ in range(4)]
    for text in texts:
        told = raw.FPDFPageObj_GetFillColor(text, *map(byref, parts))
        if told and (min(part.value for part in parts[:3]) >= _LIGHT or not parts[3].value):
            return True
    return False


def _places(page: Any) -> Iterator[_Box]:
    """Where the page says that words are, one by one: a name may be covered amid a line."""
    left, bottom, right, top = page.get_bbox()
    for box in _words(page.get_textpage()):
        inside = box[0] >= left and box[1] >= bottom and box[2] <= right and box[3] <= top
        if inside and box[2] - box[0] >= _LEAST_SIDE and box[3] - box[1] >= _LEAST_SIDE:
            yield box


def _words(words: Any) -> Iterator[_Box]:
    """The box of each word; short parts of a number, as `AB 12 34 56 C`, are one."""
    from ctypes import byref, c_double

    from pypdfium2 import raw

    sides = [c_double() for _ in range(4)]
    parts: list[_Box] = []
    of_parts = 0
    letters: list[_Box] = []
    written = ""
    for index in range(words.count_chars() + 1):
        letter = chr(raw.FPDFText_GetUnicode(words, index)) if index < words.count_chars() else "\n"
        if letter.isalnum() or letter in _WITHIN:
            raw.FPDFText_GetCharBox(words, index, *map(byref, sides))
            x1, x2, y1, y2 = (side.value for side in sides)
            letters.append((x1, y1, x2, y2))
            written += letter
            continue
        count = sum(map(str.isalnum, written))
        if 0 < count < _LEAST_LETTERS and (written.isupper() or any(map(str.isdigit, written))):
            parts += letters
            of_parts += count
        elif count >= _LEAST_LETTERS:
            yield _around(letters)
        if written and (letter != " " or count >= _LEAST_LETTERS or parts[-1:] != letters[-1:]):
            if of_parts >= _LEAST_LETTERS:
                yield _around(parts)
            parts, of_parts = [], 0
        letters, written = [], ""


def _around(boxes: Sequence[_Box]) -> _Box:
    left, bottom, right, top = zip(*boxes, strict=True)
    return min(left), min(bottom), max(right), max(top)


def _is_flat(shown: Any, place: _Box, page: Any, scale: float, *, dark: bool) -> bool:
    """Whether nothing is seen at a place; with `dark`, only if that is dark."""
    left, bottom, right, top = page.get_bbox()
    turns = page.get_rotation() // 90
    corners = [(place[0] - left, top - place[3]), (place[2] - left, top - place[1])]
    width, height = right - left, top - bottom
    for _ in range(turns):
        corners = [(height - y, x) for x, y in corners]
        width, height = height, width
    xs, ys = sorted(x * scale for x, _ in corners), sorted(y * scale for _, y in corners)
    box = (int(xs[0]), int(ys[0]), max(round(xs[1]), int(xs[0]) + 1), max(round(ys[1]), int(ys[0]) + 1))
    colours = shown.crop(box).getextrema()
    flat = all(most - least <= _FLAT for least, most in colours)
    return flat and (not dark or max(most for _, most in colours) <= _DARK)
