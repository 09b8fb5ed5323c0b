"""Fonts: which files there are, which family draws a font that Word names, and how tall its lines are.

Takes font files; gives families, measures in points, and the font collection Typst uses.
Never looks at the machine's own fonts, so that every machine breaks lines alike.

Heights are whole twips (twentieths of a point), as in Word: they are reckoned as LibreOffice 7.4 does, with which they
agree for every shipped family.
"""

from __future__ import annotations

import math
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

from packgen.convert.stand_ins import SANS, FontFacts, StandIn, stand_in

_DATA = Path(__file__).parent.parent / "data" / "fonts"
_NO_FACTS = FontFacts()
_TWIPS = 20
_GRID = 6
_USE_TYPOGRAPHIC = 1 << 7


@dataclass(frozen=True)
class FontSet:
    """The font files a document may be drawn with; the same files give the same lines everywhere."""

    files: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class LineMetrics:
    """Height of a single line over and under the baseline, in points.

    `gap` is the part of the height above that the font asks for between lines.
    """

    above: float
    below: float
    gap: float

    @property
    def pitch(self) -> float:
        return self.above + self.below


def bundled_fonts(extra: Sequence[Path] = ()) -> FontSet:
    """The fonts shipped with packgen, then `extra` files such as a council's own."""
    return FontSet((*sorted(_DATA.glob("*.ttf")), *extra))


class FontBook:
    """What the fonts of one `FontSet` can do. Reads a file only when it is asked about."""

    def __init__(self, fonts: FontSet) -> None:
        self.collection = _collection(fonts)
        self._faces = {
            (font.family, font.weight >= 600, font.style != "normal"): Path(font.path)
            for font in self.collection.fonts()
        }
        self._families = {family.casefold(): family for family in self.collection.families()}

    def stand_in(self, word_name: str, facts: FontFacts = _NO_FACTS) -> StandIn:
        """What draws the font that Word calls `word_name`: the font itself if it is at hand, or what stands for it."""
        own = self._families.get(word_name.strip().casefold())
        return StandIn(own, "own") if own is not None else stand_in(word_name, facts)

    def metrics(self, family: str, size: float, *, bold: bool = False, italic: bool = False) -> LineMetrics:
        """The height of a single line of `size` points."""
        return _line_metrics(self._path(family, bold=bold, italic=italic), round(size * _TWIPS))

    def width(self, text: str, family: str, size: float, *, bold: bool = False, italic: bool = False) -> float:
        """How long `text` is on a line, in points, without kerning."""
        advances = _advances(self._path(family, bold=bold, italic=italic))
        return sum(advances.get(ord(character), 0.55) for character in text) * size

    def _path(self, family: str, *, bold: bool, italic: bool) -> Path:
        for key in ((family, bold, italic), (family, bold, False), (family, False, False)):
            if key in self._faces:
                return self._faces[key]
        return next(path for (name, _, _), path in sorted(self._faces.items()) if name in {family, SANS})

    def lacking(self, text: str) -> str:
        """The characters of `text` that no font can draw, each once, in order."""
        known = set().union(*(_advances(path) for path in self._faces.values()))
        return "".join(dict.fromkeys(c for c in text if ord(c) not in known and ord(c) > 0x20))


@lru_cache(maxsize=8)
def font_book(fonts: FontSet) -> FontBook:
    """The one book of `fonts` in this process: reading fonts for each document would cost more than drawing it."""
    return FontBook(fonts)


@lru_cache(maxsize=8)
def _collection(fonts: FontSet) -> Any:
    import typst

    folders = [str(_DATA)]
    extra = [file for file in fonts.files if file.parent != _DATA]
    if extra:
        folders.append(_copied(tuple(extra)).name)
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


@lru_cache(maxsize=8)
def _copied(files: tuple[Path, ...]) -> tempfile.TemporaryDirectory[str]:
    """A folder with nothing but `files`, kept as long as the process: Typst takes folders and reads them late."""
    folder = tempfile.TemporaryDirectory(prefix="packgen-fonts-", ignore_cleanup_errors=True)
    for index, file in enumerate(files):
        shutil.copyfile(file, Path(folder.name) / f"{index:03}{file.suffix}")
    return folder


@lru_cache(maxsize=64)
def _open(path: Path) -> Any:
    from fontTools.ttLib import TTFont

    return TTFont(path, lazy=True, fontNumber=0)


@lru_cache(maxsize=1024)
def _line_metrics(path: Path, twips: int) -> LineMetrics:
    """A line of `twips`: each height is rounded on a grid of six steps to a twip, and then to whole twips."""
    above, below, gap = (_rounded(part * twips * _GRID) for part in _heights(path))
    leading = _rounded(Fraction(gap, _GRID))
    ascent = _rounded(Fraction(above, _GRID))
    height = _rounded(Fraction(above + below, _GRID))
    return LineMetrics((ascent + leading) / _TWIPS, (height - ascent) / _TWIPS, leading / _TWIPS)


def _rounded(value: Fraction) -> int:
    """The nearest whole number; a half goes up."""
    return math.floor(value + Fraction(1, 2))


@lru_cache(maxsize=64)
def _heights(path: Path) -> tuple[Fraction, Fraction, Fraction]:
    """Ascent, descent and gap in parts of the size, from the table that LibreOffice takes them from.

    That is `hhea`, unless it is empty (then the Windows values) or the font asks for its typographic ones.
    """
    font = _open(path)
    unit = font["head"].unitsPerEm
    across = font["hhea"]
    above, below, gap = across.ascent, -across.descent, across.lineGap
    marks = font.get("OS/2")
    if above < 0 or below < 0 or above == below == 0:
        above, below, gap = (marks.usWinAscent, marks.usWinDescent, 0) if marks is not None else (unit, 0, 0)
    if marks is not None and marks.fsSelection & _USE_TYPOGRAPHIC and marks.sTypoAscender >= 0 >= marks.sTypoDescender:
        above, below, gap = marks.sTypoAscender, -marks.sTypoDescender, marks.sTypoLineGap
    return Fraction(above, unit), Fraction(below, unit), Fraction(gap, unit)


@lru_cache(maxsize=64)
def _advances(path: Path) -> dict[int, float]:
    font = _open(path)
    unit = font["head"].unitsPerEm
    widths = font["hmtx"].metrics
    return {code: widths[glyph][0] / unit for code, glyph in font.getBestCmap().items()}
