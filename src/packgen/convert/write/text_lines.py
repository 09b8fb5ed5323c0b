"""Lines under and through letters, and frames round them, as Typst code.

Takes code that draws text and the format it has; gives code that draws it with its lines. Lines follow the words over
the ends of lines of text. Never changes how much room text takes.

A PDF that is read aloud may mark words as underlined or as struck out, not as both (the compiler refuses that), so
words that are both get their underlines as the lower edges of frames.
"""

from __future__ import annotations

from packgen.convert.formats import RunFormat
from packgen.convert.write.strokes import stroke
from packgen.convert.write.typst_text import colour, pt

_THICKNESS = 0.05
_HEAVY = 0.1
_OFFSET = 0.11
_SECOND = 0.11  # how far the second of two lines is under the first
_WAVE = 0.25  # length of a wave; it is half as high
_DASHES = {
    "dotted": "(1,1)", "dash": "(3,2)", "dashLong": "(6,2)", "dotDash": "(3,1.5,1,1.5)",
    "dotDotDash": "(3,1.5,1,1.5,1,1.5)",
}  # fmt: skip
_HEAVIES = {"thick": "single", "dottedHeavy": "dotted", "dashedHeavy": "dash", "dashLongHeavy": "dashLong",
            "dashDotHeavy": "dotDash", "dashDotDotHeavy": "dotDotDash", "wavyHeavy": "wave"}  # fmt: skip
_DOUBLES = {"double": "single", "wavyDouble": "wave"}


def lined(body: str, run: RunFormat) -> str:
    """`body` with the lines under and through it that `run` asks for."""
    struck = run.strike or run.double_strike
    if run.double_strike:
        body = f"strike(offset:-.2em,strike(offset:-.32em,{body}))"
    elif run.strike:
        body = f"strike({body})"
    if not run.underline:
        return body
    heavy = run.underline in _HEAVIES
    kind = _HEAVIES.get(run.underline, _DOUBLES.get(run.underline, run.underline))
    line = _stroke(kind, run, _HEAVY if heavy else _THICKNESS)
    for index in range(2 if run.underline in _DOUBLES else 1):
        below = run.size * (_OFFSET + _SECOND * index * (2 if kind == "wave" else 1))
        if struck:
            edges = f'extent:0pt,top-edge:"baseline",bottom-edge:{pt(-below)}'
            body = f"highlight(fill:none,{edges},stroke:(bottom:{line}),{body})"
        else:
            body = f"underline(offset:{pt(below)},stroke:{line},{body})"
    return body


def framed(body: str, run: RunFormat, above: float, below: float) -> str:
    """`body` in the frame of `run`, which stands round `above` and `below` its baseline, in points."""
    if run.border is None:
        return body
    out = run.border.space + run.border.width / 2
    edges = f"top-edge:{pt(above + out)},bottom-edge:{pt(-below - out)}"
    return f"highlight(fill:none,stroke:{stroke(run.border)},extent:{pt(out)},{edges},{body})"


def _stroke(kind: str, run: RunFormat, share: float) -> str:
    ink, thickness = colour(run.underline_colour or run.colour), run.size * share
    if kind == "wave":
        return f"(thickness:{pt(run.size * _WAVE / 2)},paint:{_wave(ink, run.size * _WAVE, thickness)})"
    if kind in _DASHES:
        lengths = [float(part) * max(thickness, 0.5) * 1.2 for part in _DASHES[kind].strip("()").split(",")]
        return f"(thickness:{pt(thickness)},paint:{ink},dash:({','.join(map(pt, lengths))}))"
    return f"{pt(thickness)}+{ink}"


def _wave(ink: str, length: float, thickness: float) -> str:
    middle, quarter = length / 4, length / 4
    points = ((0, middle), (quarter, 0), (2 * quarter, middle), (3 * quarter, 2 * middle), (length, middle))
    start, first, half, second, end = (f"({pt(x)},{pt(y)})" for x, y in points)
    curve = f"curve.move({start}),curve.quad({first},{half}),curve.quad({second},{end})"
    drawing = f"curve(stroke:{pt(thickness)}+{ink},{curve})"
    return f'tiling(size:({pt(length)},{pt(length / 2)}),relative:"parent",{drawing})'
