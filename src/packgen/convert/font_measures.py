"""What font files say of the height of lines and the width of letters.

Takes a font file; gives its measures in the font's own units. Those of the shipped fonts are kept beside them, written
by `tools.make_font_measures`, because reading them out of the fonts takes longer than drawing a report; the files of a
council are read with fontTools. Never draws.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

SHIPPED = Path(__file__).parent.parent / "data" / "fonts"
_USE_TYPOGRAPHIC = 1 << 7


class Measures(NamedTuple):
    """`unit` units are the font's size. `above`, `below` and `gap` make a line; `advances` are widths by code point."""

    unit: int
    above: int
    below: int
    gap: int
    advances: Mapping[int, int]


@lru_cache(maxsize=64)
def measures_of(path: Path, index: int) -> Measures:
    """The measures of one font of a file."""
    kept = kept_file(path)
    return _kept(kept) if path.parent == SHIPPED and kept.exists() else read_measures(path, index)


def kept_file(path: Path) -> Path:
    """Where the measures of a shipped font are kept."""
    return path.parent / "measures" / f"{path.stem}.json"


def read_measures(path: Path, index: int) -> Measures:
    """The measures as the font itself has them.

    Heights are from the table that LibreOffice takes them from. That is `hhea`, unless it is empty (then the Windows
    values) or the font asks for its typographic ones.
    """
    font = open_font(path, index)
    unit = font["head"].unitsPerEm
    across = font["hhea"]
    above, below, gap = across.ascent, -across.descent, across.lineGap
    marks = font.get("OS/2")
    if above < 0 or below < 0 or above == below == 0:
        above, below, gap = (marks.usWinAscent, marks.usWinDescent, 0) if marks is not None else (unit, 0, 0)
    if marks is not None and marks.fsSelection & _USE_TYPOGRAPHIC and marks.sTypoAscender >= 0 >= marks.sTypoDescender:
        above, below, gap = marks.sTypoAscender, -marks.sTypoDescender, marks.sTypoLineGap
    widths = font["hmtx"].metrics
    advances = {code: widths[glyph][0] for code, glyph in sorted(font.getBestCmap().items())}
    return Measures(unit, above, below, gap, advances)


@lru_cache(maxsize=64)
def open_font(path: Path, index: int) -> Any:
    """FontTools' view of a font; what is asked of it is read when it is asked for."""
    from fontTools.ttLib import TTFont

    return TTFont(path, lazy=True, fontNumber=index)


def as_text(measures: Measures) -> str:
    """Measures as they are kept: advances in runs of code points that follow each other, each run with its first."""
    runs: list[tuple[int, list[int]]] = []
    for code, advance in measures.advances.items():
        if not runs or code != runs[-1][0] + len(runs[-1][1]):
            runs.append((code, []))
        runs[-1][1].append(advance)
    fields = {**measures._asdict(), "advances": runs}
    return json.dumps(fields, separators=(",", ":")) + "\n"


def _kept(file: Path) -> Measures:
    fields = json.loads(file.read_bytes())
    advances = {first + place: advance for first, run in fields["advances"] for place, advance in enumerate(run)}
    return Measures(fields["unit"], fields["above"], fields["below"], fields["gap"], advances)
