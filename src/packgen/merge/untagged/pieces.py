"""What a page's painting operators put where, as pdfium sees it.

Takes drawings whose operators are numbered; gives for each page the pieces they paint, in the page's visible frame:
where they stand, the words they say, how large. Words and widths come from the fonts themselves, so that nothing is
guessed. Reads copies; never changes the pack.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from packgen.merge import contents
from packgen.merge.frames import Box, Frame, Matrix, then, transformed
from packgen.merge.untagged.drawing import PATH, TEXT, Drawing, Unit, written

if TYPE_CHECKING:
    import pypdfium2

PICTURE, RULE, SHAPE, FORM = "picture", "rule", "shape", "form"

_BOLD = re.compile(r"bold|black|heavy|demi|cmbx|\bbd", re.IGNORECASE)
_INVISIBLE = 3
"""The text rendering mode of letters that are there to be found, not seen (ISO 32000-1, table 106)."""
_THIN = 3.0
"""Points: what is no thicker is a line."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What one operator paints.

    `number` is the operator's. `box` stands in the visible frame, points. `kind` is `TEXT`, `PICTURE` (an image, or a
    form without words), `RULE` (a line along the page), `SHAPE` (any other path), or `FORM` (a form that is drawn as a
    whole though there are words in it). Of text: `text` as the font says
    it, empty if it does not; `size` in points; `x`, `y` where its first letter stands; `turn` by how many degrees its
    lines are turned to the left. `strokes` is how much of a drawing a shape is: lines and curves that make no box.
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


def read_pieces(pages: Sequence[tuple[Object, Frame, Drawing]]) -> list[list[Piece]]:
    """The pieces of each page in the order of drawing; operators that paint nothing have none.

    Each page comes with its visible frame and its drawing.

    Raises:
        pikepdf.PdfError, pypdfium2.PdfiumError: something in them cannot be read.
    """
    import pypdfium2

    document = pypdfium2.PdfDocument(_copies(pages))
    try:
        return [list(_read_page(document[index], frame, drawing)) for index, (_, frame, drawing) in enumerate(pages)]
    finally:
        document.close()


def _copies(pages: Sequence[tuple[Object, Frame, Drawing]]) -> bytes:
    """A PDF of the pages, their operators marked with their numbers, pictures made small."""
    with pikepdf.new() as scratch:
        stub = scratch.make_stream(
            b"\x00", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8,
            ColorSpace=Name.DeviceGray,
        )  # fmt: skip
        for page, _, drawing in pages:
            copy = scratch.add_blank_page().obj
            copy.MediaBox = Array(page.MediaBox.as_list())
            copy.Resources = _resources(scratch, drawing.resources, stub)
            code = b"".join(written(drawing.top, lambda number: b"/P <</MCID %d>> BDC" % number))
            copy.Contents = scratch.make_stream(code)
        return contents.saved(scratch)


def _resources(scratch: Pdf, resources: Object, stub: Object) -> Object:
    """Resources copied into `scratch`, but with `stub` for every image."""
    copied = Dictionary()
    for kind, things in resources.items():
        if not isinstance(things, Dictionary):
            continue
        of_kind = Dictionary()
        for name, thing in things.items():
            if isinstance(thing, Stream) and thing.get("/Subtype") == "/Image":
                of_kind[name] = stub
            elif isinstance(thing, Object) and thing.is_indirect:
                of_kind[name] = scratch.copy_foreign(thing)
            else:
                of_kind[name] = _copied(scratch, thing)
        copied[kind] = of_kind
    return copied


def _copied(scratch: Pdf, thing: Object) -> Object:
    """A resource copied with all it leads to."""
    if isinstance(thing, Object) and thing.is_indirect:
        return scratch.copy_foreign(thing)
    if isinstance(thing, Dictionary):
        return Dictionary({key: _copied(scratch, value) for key, value in thing.items()})
    if isinstance(thing, Array):
        return Array([_copied(scratch, each) for each in thing.as_list()])
    return thing


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
        self._text_page = text_page
        self._to_frame = to_frame
        self._bold: dict[int | None, bool] = {}
        self._edges = [ctypes.c_float() for _ in range(4)]
        self._letters = ctypes.create_string_buffer(512)

    def piece(self, thing: object, number: int, unit: Unit) -> Piece | None:
        """What an operator paints; None if pdfium cannot tell where."""
        from pypdfium2 import raw

        if not raw.FPDFPageObj_GetBounds(thing, *self._edges):
            return None
        left, bottom, right, top = (edge.value for edge in self._edges)
        box = moved(self._to_frame, (left, bottom, right, top))
        if unit.kind == TEXT:
            return self._text(thing, number, box)
        if unit.kind == PATH:
            width, height = box[2] - box[0], box[3] - box[1]
            thin = min(width, height) <= _THIN
            strokes = unit.curves + max(unit.lines - 4, 0) + (unit.lines == 1 and not thin)
            return Piece(number, RULE if thin and not unit.curves else SHAPE, box, strokes=strokes)
        words = "".join(self._words_inside(thing))
        return Piece(number, FORM if words.strip() else PICTURE, box, words)

    def _text(self, thing: object, number: int, box: Box) -> Piece:
        from pypdfium2 import raw

        matrix = raw.FS_MATRIX()
        raw.FPDFPageObj_GetMatrix(thing, matrix)
        a, b, c, d, x, y = then((matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f), self._to_frame)
        raw.FPDFTextObj_GetFontSize(thing, self._edges[0])
        size = abs(self._edges[0].value) * math.hypot(c, d)
        turn = round(math.degrees(math.atan2(b, a)) / 90) * 90 % 360
        height = box[2] - box[0] if turn % 180 else box[3] - box[1]
        if not height / 2 <= size <= max(height, 1) * 12:
            size = height  # fonts of drawings may say any size
        hidden = raw.FPDFTextObj_GetTextRenderMode(thing) == _INVISIBLE
        return Piece(number, TEXT, box, self._words(thing), size, x, y, turn, self._is_bold(thing), hidden)

    def _words(self, thing: object) -> str:
        """What a text object says; pdfium adds a space where the next one stands apart."""
        from pypdfium2 import raw

        length = raw.FPDFTextObj_GetText(thing, self._text_page.raw, self._short(), len(self._letters))
        if length > len(self._letters):
            self._letters = ctypes.create_string_buffer(length)
            length = raw.FPDFTextObj_GetText(thing, self._text_page.raw, self._short(), length)
        return self._letters.raw[: max(length - 2, 0)].decode("utf-16-le", "replace")

    def _short(self) -> object:
        return ctypes.cast(self._letters, ctypes.POINTER(ctypes.c_ushort))

    def _is_bold(self, thing: object) -> bool:
        from pypdfium2 import raw

        font = raw.FPDFTextObj_GetFont(thing)
        key = ctypes.cast(font, ctypes.c_void_p).value
        if key not in self._bold:
            name = ctypes.create_string_buffer(256)
            raw.FPDFFont_GetBaseFontName(font, name, len(name))
            self._bold[key] = _BOLD.search(name.value.decode("utf-8", "replace")) is not None
        return self._bold[key]

    def _words_inside(self, thing: object) -> Iterator[str]:
        """The words of a form XObject that is drawn as a whole."""
        from pypdfium2 import raw

        kind = raw.FPDFPageObj_GetType(thing)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            yield self._words(thing)
        elif kind == raw.FPDF_PAGEOBJ_FORM:
            for index in range(raw.FPDFFormObj_CountObjects(thing)):
                yield from self._words_inside(raw.FPDFFormObj_GetObject(thing, index))


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
