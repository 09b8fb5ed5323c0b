"""Words in a PDF that nobody sees and everybody can copy: under a box, in the colour of the page, or cut off.

Takes an author's PDF; gives the pages that have such words, there or outside of what was left of a cropped page. Draws
each page that may have some, and looks whether anything is to be seen where the file says that words are. What a
scanner's text recognition put under its picture is meant to be there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from packgen.hygiene.covers import Box, Layout, address_of, area, common, layout_of

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
_MOST_OF_IT = 0.6
"""The part of a word's place that hides it."""
_DEEPEST = 15
_MOST_PIXELS = 30_000_000
_INVISIBLE = 3
"""Text that is not drawn (ISO 32000-1, table 106)."""


class LookedAt(Struct):
    """The indexes of pages, from 0: with words that are `covered`, with words `outside` of what is seen of the page,
    and those that cannot be looked at.
    """

    covered: list[int] = field(default_factory=list)
    outside: list[int] = field(default_factory=list)
    unreadable: list[int] = field(default_factory=list)


def look_at_pages(data: bytes | Path, without_words: Collection[int] = ()) -> LookedAt:
    """Look at every page of a PDF, but for those by index of which it is certain that they have no words.

    Raises:
        pypdfium2.PdfiumError: the file cannot be read.
    """
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    found = LookedAt()
    try:
        for index in range(len(document)):
            if index in without_words:
                continue
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

    objects = list(page.get_objects(filter=(raw.FPDF_PAGEOBJ_TEXT,), max_depth=_DEEPEST))
    if not objects:
        return False
    invisible = sum(raw.FPDFTextObj_GetTextRenderMode(each) == _INVISIBLE for each in objects)
    recognised = invisible * 2 > len(objects)
    if not invisible and not _may_cover(page, objects):
        return False
    words = page.get_textpage()
    places = list(_places(page, words))
    if not places:
        return False
    view = _View(page)
    layout = layout_of(page)
    # Where words were recognised in a picture, paper beside the ink is no cover; dark boxes are, and what comes later.
    return any(
        _is_hidden(view, place, first, words, dark=recognised)
        or _lies_under(view, place, layout.last_picture if recognised else _order(words, first, layout), layout)
        for place, first in places
    )


def _order(words: Any, letter: int, layout: Layout) -> int | None:
    """When the text is drawn that a letter is of; None if it is not drawn by the page itself."""
    from pypdfium2 import raw

    return layout.texts.get(address_of(raw.FPDFText_GetTextObject(words, letter)))


def _lies_under(view: _View, place: Box, order: int | None, layout: Layout) -> bool:
    """Whether most of a word lies under something that is drawn later, and is seen there."""
    if order is None:
        return False
    for cover in layout.covers:
        over = common(place, cover.box) if cover.order > order else None
        if over is not None and area(over) >= _MOST_OF_IT * area(place) and view.shows(cover.colour, over):
            return True
    return False


def _is_hidden(view: _View, place: Box, letter: int, words: Any, *, dark: bool) -> bool:
    """Whether nothing is seen where a word is; small ones are hidden that are as light as the paper around them."""
    if min(place[2] - place[0], place[3] - place[1]) >= _LEAST_SIDE:
        return view.is_flat(place, dark=dark)
    return not dark and _is_light(words, letter) and view.is_light(place)


def _is_light(words: Any, letter: int) -> bool:
    from ctypes import byref, c_uint

    from pypdfium2 import raw

    parts = [c_uint() for _ in range(4)]
    told = raw.FPDFText_GetFillColor(words, letter, *map(byref, parts))
    return bool(told) and (min(part.value for part in parts[:3]) >= _LIGHT or not parts[3].value)


def _may_cover(page: Any, texts: list[Any]) -> bool:
    """Whether there is anything that words may lie under, or words as light as paper or not drawn at all."""
    from ctypes import byref, c_float, c_int, c_uint

    from pypdfium2 import raw

    if raw.FPDFPage_GetAnnotCount(page) or any(map(_is_clipped, texts)):
        return True
    for each in page.get_objects(filter=(raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE), max_depth=_DEEPEST):
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


def _is_clipped(text: Any) -> bool:
    """Whether only part of a page shows it; most programs say so of every text, and mean all of the page."""
    from pypdfium2 import raw

    clip = raw.FPDFPageObj_GetClipPath(text)
    return bool(clip) and raw.FPDFClipPath_CountPaths(clip) > 0


def _places(page: Any, words: Any) -> Iterator[tuple[Box, int]]:
    """Where the page says that words are, each with its first letter: a name may be covered amid a line."""
    left, bottom, right, top = page.get_bbox()
    for box, first in _words(words):
        if box[0] >= left and box[1] >= bottom and box[2] <= right and box[3] <= top:
            yield box, first


def _words(words: Any) -> Iterator[tuple[Box, int]]:
    """The box of each word; short parts of a number, as `AB 12 34 56 C`, are one."""
    from ctypes import byref, c_double

    from pypdfium2 import raw

    sides = [c_double() for _ in range(4)]
    parts: list[Box] = []
    of_parts = 0
    letters: list[Box] = []
    written = ""
    first = first_of_parts = 0
    for index in range(words.count_chars() + 1):
        letter = chr(raw.FPDFText_GetUnicode(words, index)) if index < words.count_chars() else "\n"
        if letter.isalnum() or letter in _WITHIN:
            first = first if written else index
            raw.FPDFText_GetCharBox(words, index, *map(byref, sides))
            x1, x2, y1, y2 = (side.value for side in sides)
            letters.append((x1, y1, x2, y2))
            written += letter
            continue
        count = sum(map(str.isalnum, written))
        if 0 < count < _LEAST_LETTERS and (written.isupper() or any(map(str.isdigit, written))):
            first_of_parts = first_of_parts if parts else first
            parts += letters
            of_parts += count
        elif count >= _LEAST_LETTERS:
            yield _around(letters), first
        if written and (letter != " " or count >= _LEAST_LETTERS or parts[-1:] != letters[-1:]):
            if of_parts >= _LEAST_LETTERS:
                yield _around(parts), first_of_parts
            parts, of_parts = [], 0
        letters, written = [], ""


def _around(boxes: Sequence[Box]) -> Box:
    left, bottom, right, top = zip(*boxes, strict=True)
    return min(left), min(bottom), max(right), max(top)


class _View:
    """A page as it is seen, and what is seen at places of it."""

    def __init__(self, page: Any) -> None:
        width, height = page.get_size()
        self._scale = min(_SCALE, (_MOST_PIXELS / max(width * height, 1)) ** 0.5)
        self._shown = page.render(scale=self._scale, may_draw_forms=False).to_pil().convert("RGB")
        self._box = page.get_bbox()
        self._turns = page.get_rotation() // 90

    def is_flat(self, place: Box, *, dark: bool) -> bool:
        """Whether nothing is seen at a place; with `dark`, only if that is dark."""
        colours = self._at(place).getextrema()
        flat = all(most - least <= _FLAT for least, most in colours)
        return flat and (not dark or max(most for _, most in colours) <= _DARK)

    def is_light(self, place: Box) -> bool:
        return all(least >= _LIGHT for least, _ in self._at(place).getextrema())

    def shows(self, colour: tuple[int, int, int] | None, place: Box) -> bool:
        """Whether most of a place has a colour; with None, whatever is there."""
        if colour is None:
            return True
        seen = self._at(place).tobytes()
        pixels = list(zip(seen[::3], seen[1::3], seen[2::3], strict=True))
        like = sum(all(abs(a - b) <= _FLAT for a, b in zip(each, colour, strict=True)) for each in pixels)
        return like * 2 >= len(pixels)

    def _at(self, place: Box) -> Any:
        left, bottom, right, top = self._box
        corners = [(place[0] - left, top - place[3]), (place[2] - left, top - place[1])]
        width, height = right - left, top - bottom
        for _ in range(self._turns):
            corners = [(height - y, x) for x, y in corners]
            width, height = height, width
        xs, ys = sorted(x * self._scale for x, _ in corners), sorted(y * self._scale for _, y in corners)
        sides = (int(xs[0]), int(ys[0]), max(round(xs[1]), int(xs[0]) + 1), max(round(ys[1]), int(ys[0]) + 1))
        return self._shown.crop(sides)
