"""Words that packgen itself puts on pages, in fonts of its own.

Takes words, a size and a place; gives content stream operators, and at the end the fonts those need, each embedded
once with the letters used, which `fonts_of` brings into a pack. reportlab encodes the words and makes the fonts. Never
touches a page.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from pathlib import Path

import pikepdf

_FONTS = Path(__file__).parent.parent / "data" / "fonts"
_FACES = {"PackgenSans": "LiberationSans-Regular.ttf", "PackgenSansBold": "LiberationSans-Bold.ttf"}
REGULAR, BOLD = _FACES

_FONT_NAME = re.compile(rb"/(F\d+\+\d+)(?= )")
_CODE = re.compile(rb"<([0-9A-F]{2})> <([0-9A-F]+)>\n")
_CHARACTER_MAP = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<00> <FF>
endcodespacerange
%sendcmap
CMapName currentdict /CMap defineresource pop
end
end
"""
"""A map from codes to characters (ISO 32000-1, 9.10.3)."""


class Lettering:
    """Typesets lines for one PDF.

    Every line is encoded for fonts that are made by `fonts`, called once when all lines are set. With an `alphabet`,
    which must have all letters beyond ASCII that come, codes and fonts depend on nothing else.
    """

    def __init__(self, alphabet: str | None = None) -> None:
        from reportlab.pdfgen.canvas import Canvas

        self._file = io.BytesIO()
        self._canvas = Canvas(self._file, invariant=1, pageCompression=1)
        self._used = False
        for face in _FACES if alphabet is not None else ():
            self.line(f"A{alphabet}", face, 10.0, 0.0, 0.0)

    def line(self, text: str, face: str, size: float, x: float, y: float) -> bytes:
        """A text object that draws `text` from the point x, y on, `size` points high, in the current colour."""
        _register(face)
        drawing = self._canvas.beginText(x, y)
        drawing.setFont(face, size)
        drawing.textOut(text)
        self._used = True
        code: str = drawing.getCode()
        return _FONT_NAME.sub(rb"/Packgen\1", code.encode("latin-1"))

    def width(self, text: str, face: str, size: float) -> float:
        """How far `text` runs, in points."""
        from reportlab.pdfbase import pdfmetrics

        _register(face)
        return float(pdfmetrics.stringWidth(text, face, size))

    def wrap(self, text: str, face: str, size: float, width: float) -> list[str]:
        """The lines that `text` takes in a measure of `width` points."""
        from reportlab.lib.utils import simpleSplit

        _register(face)
        return list(simpleSplit(text, face, size, width))

    def fonts(self) -> bytes:
        """A PDF with the fonts of every line set so far; empty if there are none."""
        if not self._used:
            return b""
        self._canvas.showPage()
        self._canvas.save()
        return self._file.getvalue()


def fonts_of(drawn: bytes, pdf: pikepdf.Pdf) -> Mapping[str, pikepdf.Object]:
    """The fonts that `Lettering.fonts` gave, as objects of `pdf`, by the resource names that lines use."""
    if not drawn:
        return {}
    with pikepdf.open(io.BytesIO(drawn)) as opened:
        fonts = opened.pages[0].obj.Resources.Font
        return {
            f"/Packgen{name[1:]}": _tidy(pdf.copy_foreign(font)) for name, font in sorted(fonts.items()) if "+" in name
        }


def _register(face: str) -> None:
    """Make a face known to reportlab; reading it takes longer than drawing a hundred lines in it."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    if face not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(face, str(_FONTS / _FACES[face])))


def _tidy(font: pikepdf.Object) -> pikepdf.Object:
    """Leave out what PDF/UA and PDF/A forbid: reportlab maps codes that are not used to U+0000, and names fonts."""
    codes = [pair for pair in _CODE.findall(font.ToUnicode.read_bytes()) if int(pair[1], 16)]
    blocks = b"".join(
        b"%d beginbfchar\n%s\nendbfchar\n"
        % (len(block), b"\n".join(b"<%s> <%s>" % (code, letter.zfill(4)) for code, letter in block))
        for block in (codes[start : start + 100] for start in range(0, len(codes), 100))
    )
    font.ToUnicode.write(_CHARACTER_MAP % blocks)
    del font.Name
    return font
