"""What a page's painting operators put where, as pdfium sees it.

Takes drawings whose operators are numbered; gives for each page the pieces they paint, in the page's visible frame:
where they stand, the words they say, how large. Words and widths come from the fonts themselves, so that nothing is
guessed. Reads copies; never changes the pack.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from pikepdf import Object

from packgen.merge.frames import Box, Frame, Matrix, then, transformed
from packgen.merge.untagged.copies import numbered_copies
from packgen.merge.untagged.drawing import PATH, TEXT, Drawing, Unit

if TYPE_CHECKING:
    import pypdfium2

PICTURE, RULE, SHAPE, FORM = "picture", "rule", "shape", "form"

_BOLD = re.compile(r"bold|black|heavy|demi|cmbx|\bbd", re.IGNORECASE)
_INVISIBLE = 3
"""The text rendering mode of letters that are there to be found, not seen (ISO 32000-1, table 106)."""
_THIN = 3.0
"""Points: what is no thicker is a line."""
_FROM_LETTER = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_TO_NUMBER = ctypes.CFUNCTYPE(ctypes.c_uint, ctypes.c_void_p, ctypes.c_int)


@dataclass(frozen=True, slots=True)
class Piece:
    """What one operator paints.

    `number` is the operator's. `box` stands in the visible frame, points. `kind` is `TEXT`, `PICTURE` (an image, or a
    form without words), `RULE` (a line along the page), `SHAPE` (any other path), or `FORM` (a form that is drawn as a
    whole though there are words in it).

    Of text: `text` as the font says it, empty if it does not; `size` in points; `x`, `y` where its first letter stands;
    `turn` by how many degrees its lines are turned to the left; `hidden` if it can be found but not seen; `gaps` how
    many of its spaces are no letters but room between them; `key` names it among the pieces of its page, and `glued`
    is the key of the one whose words go on with its last letter.

    Of others: `strokes` is how many lines and curves a shape has that make no box; `source` tells what is drawn from
    what is drawn elsewhere.
    """

    number: int
    kind: str
    box: Box
    text: str = ""
    size: float = 0.0
    x: float = 0.0
    y: float = 0.0
    turn: int = 0
    bold: bool = False
    hidden: bool = False
    strokes: int = 0
    gaps: int = 0
    key: int = 0
    glued: int = 0
    source: int = 0


def read_pieces(pages: Sequence[tuple[Object, Frame, Drawing]]) -> list[list[Piece]]:
    """The pieces of each page in the order of drawing; operators that paint nothing have none.

    Each page comes with its visible frame and its drawing.

    Raises:
        pikepdf.PdfError, pypdfium2.PdfiumError: something in them cannot be read.
    """
    import pypdfium2

    document = pypdfium2.PdfDocument(numbered_copies([(page, drawing) for page, _, drawing in pages]))
    try:
        return [list(_read_page(document[index], frame, drawing)) for index, (_, frame, drawing) in enumerate(pages)]
    finally:
        document.close()


def _read_page(page: pypdfium2.PdfPage, frame: Frame, drawing: Drawing) -> Iterator[Piece]:
    """The pieces of one page; the parts of one operator's drawing come as one."""
    from pypdfium2 import raw

    reader = _Reader(page.get_textpage(), to_frame(frame))
    seen = -1
    for index in range(raw.FPDFPage_CountObjects(page.raw)):
        thing = raw.FPDFPage_GetObject(page.raw, index)
        number = raw.FPDFPageObj_GetMarkedContentID(thing)
        if number > seen and number < len(drawing.units):
            seen = number
            piece = reader.piece(thing, number, drawing.units[number])
            if piece is not None:
                yield piece


class _Reader:
    """Reads the objects of one page."""

    def __init__(self, text_page: pypdfium2.PdfTextPage, to_frame: Matrix) -> None:
        from pypdfium2 import raw

        self._raw = raw
        self._words = _words_of(text_page)
        self._to_frame = to_frame
        self._bold: dict[int, bool] = {}
        self._edges = [ctypes.c_float() for _ in range(4)]
        self._matrix = raw.FS_MATRIX()

    def piece(self, thing: object, number: int, unit: Unit) -> Piece | None:
        """What an operator paints; None if pdfium cannot tell where."""
        if not self._raw.FPDFPageObj_GetBounds(thing, *self._edges):
            return None
        left, bottom, right, top = (edge.value for edge in self._edges)
        box = moved(self._to_frame, (left, bottom, right, top))
        if unit.kind == TEXT:
            return self._text(thing, number, box)
        if unit.kind == PATH:
            width, height = box[2] - box[0], box[3] - box[1]
            thin = min(width, height) <= _THIN
            strokes = unit.curves + max(unit.lines - 4, 0) + (unit.lines == 1 and not thin)
            return Piece(number, RULE if thin and not unit.curves else SHAPE, box, strokes=strokes, source=unit.source)
        words = " ".join(self._words_inside(thing))
        return Piece(number, FORM if words.strip() else PICTURE, box, words, source=unit.source)

    def _text(self, thing: object, number: int, box: Box) -> Piece:
        matrix = self._matrix
        self._raw.FPDFPageObj_GetMatrix(thing, matrix)
        a, b, c, d, x, y = then((matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f), self._to_frame)
        self._raw.FPDFTextObj_GetFontSize(thing, self._edges[0])
        size = abs(self._edges[0].value) * math.hypot(c, d)
        turn = round(math.degrees(math.atan2(b, a)) / 90) * 90 % 360
        height = box[2] - box[0] if turn % 180 else box[3] - box[1]
        if not height / 2 <= size <= max(height, 1) * 12:
            size = height  # fonts of drawings may say any size
        hidden = self._raw.FPDFTextObj_GetTextRenderMode(thing) == _INVISIBLE
        said = self._words.get(_address(thing), _NOTHING)
        turned = (turn, self._is_bold(thing), hidden)
        return Piece(number, TEXT, box, said.text, size, x, y, *turned, 0, said.gaps, said.key, said.glued)

    def _is_bold(self, thing: object) -> bool:
        font = self._raw.FPDFTextObj_GetFont(thing)
        key = _address(font)
        if key not in self._bold:
            name = ctypes.create_string_buffer(256)
            self._raw.FPDFFont_GetBaseFontName(font, name, len(name))
            self._bold[key] = _BOLD.search(name.value.decode("utf-8", "replace")) is not None
        return self._bold[key]

    def _words_inside(self, thing: object) -> Iterator[str]:
        """The words of a form XObject that is drawn as a whole."""
        kind = self._raw.FPDFPageObj_GetType(thing)
        if kind == self._raw.FPDF_PAGEOBJ_TEXT:
            yield self._words.get(_address(thing), _NOTHING).text
        elif kind == self._raw.FPDF_PAGEOBJ_FORM:
            for index in range(self._raw.FPDFFormObj_CountObjects(thing)):
                yield from self._words_inside(self._raw.FPDFFormObj_GetObject(thing, index))


@dataclass(slots=True)
class _Said:
    """What a text object says; see `Piece`."""

    key: int = 0
    text: str = ""
    gaps: int = 0
    glued: int = 0
    source: int = 0


_NOTHING = _Said()


def _words_of(text_page: pypdfium2.PdfTextPage) -> dict[int, _Said]:
    """What each text object says, by its address."""
    from pypdfium2 import raw

    page = ctypes.cast(text_page.raw, ctypes.c_void_p)
    # The same functions, but for an address instead of an object of its own for each letter.
    object_of = partial(ctypes.cast(raw.FPDFText_GetTextObject, _FROM_LETTER), page)
    is_room = partial(ctypes.cast(raw.FPDFText_IsGenerated, _TO_NUMBER), page)
    letters = _letters_of(text_page)
    words: dict[int, _Said] = {}
    before = _NOTHING
    index = 0
    while index < len(letters):
        thing = object_of(index)
        if not thing:
            before = _NOTHING
            index += 1
            continue
        end = _end_of(object_of, thing, index, len(letters))
        if before.key:
            before.glued = thing
        before = words.setdefault(thing, _Said(thing))
        before.text += letters[index:end]
        before.gaps += sum(is_room(place) == 1 for place in range(index, end) if letters[place] == " ")
        index = end
    return words


def _letters_of(text_page: pypdfium2.PdfTextPage) -> str:
    """All letters of a page, one for each that pdfium counts."""
    from pypdfium2 import raw

    count = raw.FPDFText_CountChars(text_page.raw)
    letters = (ctypes.c_ushort * (count + 1))()
    raw.FPDFText_GetText(text_page.raw, 0, count, letters)
    text = bytes(letters)[: 2 * count].decode("utf-16-le", "replace")
    if len(text) == count and "\x00" not in text:
        return text
    return "".join(chr(raw.FPDFText_GetUnicode(text_page.raw, index)) for index in range(count))


def _end_of(object_of: Callable[[int], int | None], thing: int, start: int, count: int) -> int:
    """The index behind the last letter in a row that is of the same object as the one at `start`."""
    step = 1
    end = start + 1
    while end < count and object_of(min(end + step, count) - 1) == thing:
        end = min(end + step, count)
        step *= 2
    while step > 1:
        step //= 2
        if end + step <= count and object_of(end + step - 1) == thing:
            end += step
    return end


def _address(thing: object) -> int:
    return ctypes.cast(thing, ctypes.c_void_p).value or 0  # type: ignore[arg-type]  # a pointer of pdfium's


def moved(matrix: Matrix, box: Box) -> Box:
    """A box after a matrix that turns it by quarters only."""
    x1, y1 = transformed(matrix, box[0], box[1])
    x2, y2 = transformed(matrix, box[2], box[3])
    return (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))


def to_frame(frame: Frame) -> Matrix:
    """The matrix from a page's own coordinates to its visible frame."""
    a, b, c, d, e, f = frame.to_page
    whole = a * d - b * c
    return (d / whole, -b / whole, -c / whole, a / whole, (c * f - d * e) / whole, (b * e - a * f) / whole)
