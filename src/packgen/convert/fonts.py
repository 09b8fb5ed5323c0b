"""Fonts: which files there are, which family draws a font that Word names, and how tall its lines are.

Takes font files; gives families, measures in points, and the font collection Typst uses. A family here is what Word
lists as a font: up to four faces, such as "Civic Light" with its bold and italic. Typst counts that to "Civic", with
all its weights and widths, so a face carries what Typst must be told to draw it and no other.
Never looks at the machine's own fonts, so that every machine breaks lines alike.

Heights are whole twips (twentieths of a point), as in Word: they are reckoned as LibreOffice 7.4 does, with which they
agree for every shipped family.
"""

from __future__ import annotations

import math
import shutil
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from packgen.convert.font_measures import SHIPPED, measures_of, open_font
from packgen.convert.stand_ins import SANS, FontFacts, StandIn, stand_in
from packgen.convert.temporary import folder_of_process

_NO_FACTS = FontFacts()
_TWIPS = 20
_GRID = 6
_REGULAR, _BOLD = 400, 600


class FontSet(Struct, frozen=True):
    """The font files a document may be drawn with; the same files give the same lines everywhere."""

    files: tuple[Path, ...]


class LineMetrics(Struct, frozen=True):
    """Height of a single line over and under the baseline, in points.

    `gap` is the part of the height above that the font asks for between lines.
    """

    above: float
    below: float
    gap: float

    @property
    def pitch(self) -> float:
        return self.above + self.below


class Face(Struct, frozen=True):
    """One face of a font: where it is, and by what family, weight (100 to 900), style and width (1) Typst knows it."""

    path: Path
    index: int
    family: str
    weight: int
    style: str
    stretch: float


def bundled_fonts(extra: Sequence[Path] = ()) -> FontSet:
    """The fonts shipped with packgen, then `extra` files such as a council's own."""
    return FontSet((*sorted(SHIPPED.glob("*.ttf")), *extra))


class FontBook:
    """What the fonts of one `FontSet` can do. Reads a file only when it is asked about."""

    def __init__(self, fonts: FontSet) -> None:
        self.collection = _collection(fonts)
        self._faces: dict[tuple[str, bool, bool], Face] = {}
        self._families: dict[str, str] = {}
        for face in sorted(_faces_of(self.collection), key=_precedence):
            family, bold, italic = _as_word_lists(face)
            self._faces[family, bold, italic] = face
            self._families[family.casefold()] = family
        for (family, _, _), face in sorted(self._faces.items(), key=lambda item: _plainness(item[1])):
            # Other programs name a font by all of its weights, as Typst does.
            self._families.setdefault(face.family.casefold(), family)

    def stand_in(self, word_name: str, facts: FontFacts = _NO_FACTS) -> StandIn:
        """What draws the font that Word calls `word_name`: the font itself if it is at hand, or what stands for it."""
        own = self._families.get(word_name.strip().casefold())
        return StandIn(own, "own") if own is not None else stand_in(word_name, facts)

    def face(self, family: str, *, bold: bool = False, italic: bool = False) -> Face:
        """The face of `family` that comes nearest to what is asked for."""
        exact = self._faces.get((family, bold, italic))
        if exact is not None:
            return exact
        if bold:
            heavier = self._heavier(family, italic=italic)
            if heavier is not None:
                return heavier
        for key in ((family, bold, False), (family, False, italic), (family, False, False)):
            if key in self._faces:
                return self._faces[key]
        others = [face for (name, _, _), face in sorted(self._faces.items()) if name == family]
        return others[0] if others else self._faces[SANS, bold, italic]

    def _heavier(self, family: str, *, italic: bool) -> Face | None:
        """A bold face that Word lists under another name, for a light font that comes without one of its own."""
        plain = self._faces.get((family, False, italic)) or self._faces.get((family, False, False))
        heavier = [
            face
            for face in self._faces.values()
            if plain is not None
            and (face.family, face.style, face.stretch) == (plain.family, plain.style, plain.stretch)
            and face.weight >= _BOLD
        ]
        return min(heavier, key=lambda face: (face.weight, face.path.name), default=None)

    def metrics(self, family: str, size: float, *, bold: bool = False, italic: bool = False) -> LineMetrics:
        """The height of a single line of `size` points."""
        return _line_metrics(self.face(family, bold=bold, italic=italic), round(size * _TWIPS))

    def width(self, text: str, family: str, size: float, *, bold: bool = False, italic: bool = False) -> float:
        """How long `text` is on a line, in points, without kerning."""
        advances = _advances(self.face(family, bold=bold, italic=italic))
        return sum(advances.get(ord(character), 0.55) for character in text) * size

    def lacking(self, text: str) -> str:
        """The characters of `text` that no font can draw, each once, in order."""
        known = set().union(*(_advances(face) for face in self._faces.values()))
        return "".join(dict.fromkeys(c for c in text if ord(c) not in known and ord(c) > 0x20))


@lru_cache(maxsize=8)
def font_book(fonts: FontSet) -> FontBook:
    """The one book of `fonts` in this process: reading fonts for each document would cost more than drawing it."""
    return FontBook(fonts)


@lru_cache(maxsize=8)
def _collection(fonts: FontSet) -> Any:
    import typst

    folders = [str(SHIPPED)]
    extra = [file for file in fonts.files if file.parent != SHIPPED]
    if extra:
        folders.append(str(_copied(tuple(extra))))
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


@lru_cache(maxsize=8)
def _copied(files: tuple[Path, ...]) -> Path:
    """A folder with nothing but `files`, kept as long as the process: Typst takes folders and reads them late."""
    folder = folder_of_process("packgen-fonts-")
    for index, file in enumerate(files):
        shutil.copyfile(file, folder / f"{index:03}{file.suffix}")
    return folder


def _faces_of(collection: Any) -> list[Face]:
    return [
        Face(Path(font.path), font.index, font.family, font.weight, font.style, font.stretch)
        for font in collection.fonts()
    ]


def _precedence(face: Face) -> tuple[bool, str, int]:
    """What comes later takes the place of what bears the same name: a council's own font after those shipped."""
    return face.path.parent != SHIPPED, face.path.name, face.index


def _plainness(face: Face) -> tuple[float, int, bool, str]:
    return abs(face.stretch - 1), abs(face.weight - _REGULAR), face.style != "normal", face.path.name


def _as_word_lists(face: Face) -> tuple[str, bool, bool]:
    """The name under which Word lists a face, and whether it is its bold or italic (OpenType, name ID 1 and `head`)."""
    if face.path.parent == SHIPPED:
        return face.family, face.weight >= _BOLD, face.style != "normal"
    font = open_font(face.path, face.index)
    name = (font["name"].getDebugName(1) or face.family).strip()
    style = font["head"].macStyle
    return name, bool(style & 1), bool(style & 2)


@lru_cache(maxsize=1024)
def _line_metrics(face: Face, twips: int) -> LineMetrics:
    """A line of `twips`: each height is rounded on a grid of six steps to a twip, and then to whole twips."""
    above, below, gap = (_rounded(part * twips * _GRID) for part in _heights(face))
    leading = _rounded(Fraction(gap, _GRID))
    ascent = _rounded(Fraction(above, _GRID))
    height = _rounded(Fraction(above + below, _GRID))
    return LineMetrics((ascent + leading) / _TWIPS, (height - ascent) / _TWIPS, leading / _TWIPS)


def _rounded(value: Fraction) -> int:
    """The nearest whole number; a half goes up."""
    return math.floor(value + Fraction(1, 2))


def _heights(face: Face) -> tuple[Fraction, Fraction, Fraction]:
    """Ascent, descent and gap in parts of the size."""
    measures = measures_of(face.path, face.index)
    unit = measures.unit
    return Fraction(measures.above, unit), Fraction(measures.below, unit), Fraction(measures.gap, unit)


@lru_cache(maxsize=64)
def _advances(face: Face) -> dict[int, float]:
    measures = measures_of(face.path, face.index)
    return {code: advance / measures.unit for code, advance in measures.advances.items()}
