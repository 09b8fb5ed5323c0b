"""Typst as a drawing tool: a source beside this file and its data become a tagged PDF or a PNG.

Takes the name of a `.typ` file here, values that JSON can hold, and the date that goes into the file. Uses the fonts
that packgen brings and no others, and never reads a clock, so that every machine draws alike.
"""

from __future__ import annotations

import io
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import typst
from PIL import Image

_HERE = Path(__file__).parent
FONTS = _HERE.parents[1] / "src" / "packgen" / "data" / "fonts"
_DOTS_PER_INCH = 254
_COLOURS = 64


def pdf(source: str, data: Any, *, created: datetime) -> bytes:
    """A PDF that conforms to PDF/UA-1, so that screen readers can tell its structure."""
    return bytes(_compiler(source, data).compile(format="pdf", pdf_standards=["ua-1"], timestamp=created))


def png(source: str, data: Any) -> bytes:
    """A picture that says how large it wants to be: ten dots to the millimetre of the page that the source sets."""
    drawn = _compiler(source, data).compile(format="png", ppi=_DOTS_PER_INCH)
    picture = Image.open(io.BytesIO(drawn)).convert("RGB").quantize(_COLOURS)
    saved = io.BytesIO()
    picture.save(saved, "PNG", optimize=True, dpi=(_DOTS_PER_INCH, _DOTS_PER_INCH))
    return saved.getvalue()


def _compiler(source: str, data: Any) -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
    inputs = {"data": json.dumps(data)}
    return typst.Compiler(str(_HERE / source), root=str(_HERE), font_paths=fonts, sys_inputs=inputs)
