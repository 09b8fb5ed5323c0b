"""Formats as Typst functions.

Takes `RunFormat` and `ParagraphFormat` values; gives the names of Typst functions that draw them, defined once each in
the `Source`. Knows the heights of lines; never writes content.

How tall a line is (measured against LibreOffice, to 0.01 pt): single spacing is ascent, gap and descent of the font; a
multiple above one adds below, below one takes off above; an exact height stands for four fifths above the baseline. All
are whole twentieths of a point; a multiple is a whole percentage, and what it adds or takes off is cut to twentieths.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from packgen.convert.fonts import FontBook, LineMetrics
from packgen.convert.formats import ParagraphFormat, RunFormat
from packgen.convert.stand_ins import SYMBOLS, FontFacts, StandIn
from packgen.convert.write import text_lines
from packgen.convert.write.languages import Languages
from packgen.convert.write.source import Source
from packgen.convert.write.typst_text import colour, decimal, em, language, literal, pt

RAISED_SIZE = 0.58
_WEIGHTS = {400: '"regular"', 700: '"bold"'}
_ALIGNMENTS = {"centre": "center", "right": "right"}


class LineHeight(Struct, frozen=True):
    """How a paragraph's lines are spaced, as far as its text must know."""

    line: float = 1.0
    rule: str = "multiple"


SINGLE = LineHeight()


class Looks:
    """Formats of one document, whose text is in `languages`.

    `strange` is told once of each font whose lines may break otherwise than in Word.
    """

    def __init__(
        self,
        source: Source,
        fonts: FontBook,
        base: RunFormat,
        facts: Mapping[str, FontFacts],
        languages: Languages,
        strange: Callable[[str, StandIn], None],
    ) -> None:
        self.source = source
        self.fonts = fonts
        self.base = replace(base, fill="", border=None, underline="", strike=False, double_strike=False)
        self.base = replace(self.base, position="", raised=0.0, tracking=0.0, language=languages.document)
        self._facts = facts
        self._languages = languages
        self._strange = strange
        self._families: dict[str, str] = {}
        self._arguments: dict[tuple[RunFormat, LineHeight], dict[str, str]] = {}
        self._runs: dict[tuple[RunFormat, RunFormat, LineHeight], str] = {}
        self._paragraphs: dict[object, str] = {}

    def family(self, word_name: str) -> str:
        """The family that draws `word_name`."""
        name = word_name.strip().casefold()
        if name not in self._families:
            found = self.fonts.stand_in(word_name, self._facts.get(name, FontFacts()))
            self._families[name] = found.family
            if not found.breaks_alike:
                self._strange(word_name.strip(), found)
        return self._families[name]

    def line_of(self, look: ParagraphFormat) -> LineHeight:
        return LineHeight(look.line, look.line_rule) if (look.line, look.line_rule) != (1.0, "multiple") else SINGLE

    def reach(self, run: RunFormat, line: LineHeight) -> tuple[float, float]:
        """How far a line of `run` reaches over and under its baseline, in points."""
        if line.rule == "exact":
            return line.line * 0.8, line.line * 0.2
        metrics = self._metrics(run)
        above, below = metrics.above + max(run.raised, 0.0), metrics.below - min(run.raised, 0.0)
        if run.border is not None:
            above, below = above + run.border.width + run.border.space, below + run.border.width + run.border.space
        if line.rule == "at-least":
            return max(above, line.line - below), below
        extra = _extra(metrics.pitch, line.line)
        return above + min(extra, 0.0), below + max(extra, 0.0)

    def edges(self, run: RunFormat, line: LineHeight) -> tuple[str, str]:
        """The same as Typst's `top-edge` and `bottom-edge`: what the text's size decides shrinks with it."""
        above, below = self.reach(run, line)
        if line.rule == "exact":
            return pt(above), pt(-below)
        fixed = line.rule == "at-least" and above > self._metrics(run).above
        return pt(above) if fixed else em(above / run.size), em(-below / run.size)

    def _metrics(self, run: RunFormat) -> LineMetrics:
        return self.fonts.metrics(self.family(run.font), run.size, bold=run.bold, italic=run.italic)

    def superscript(self, run: RunFormat) -> str:
        """Arguments of `super` for raised letters of `run`: they reach as high as its other letters."""
        rise = (1 - RAISED_SIZE) * self._metrics(run).above / run.size
        return f"baseline:{em(-rise)},size:{em(RAISED_SIZE)}"

    def subscript(self, run: RunFormat) -> str:
        """Arguments of `sub` for lowered letters of `run`: they reach as low as its other letters."""
        drop = (1 - RAISED_SIZE) * self._metrics(run).below / run.size
        return f"baseline:{em(drop)},size:{em(RAISED_SIZE)}"

    def width(self, text: str, run: RunFormat) -> float:
        """How long `text` drawn as `run` is on a line, in points."""
        family = self.family(run.font)
        natural = self.fonts.width(text, family, run.size, bold=run.bold, italic=run.italic)
        return (natural + run.tracking * len(text)) * run.scale

    def line_height(self, run: RunFormat, line: LineHeight) -> float:
        """Height of a line of `run` alone, in points."""
        return sum(self.reach(run, line))

    def arguments(self, run: RunFormat, line: LineHeight) -> dict[str, str]:
        """Everything Typst's `text` must be told to draw `run`, by name."""
        key = (run, line)
        if key not in self._arguments:
            face = self.fonts.face(self.family(run.font), bold=run.bold, italic=run.italic)
            top, bottom = self.edges(run, line)
            self._arguments[key] = {
                "font": f'({literal(face.family)},"{SYMBOLS}")',
                "size": pt(run.size),
                "weight": _WEIGHTS.get(face.weight, str(face.weight)),
                "style": f'"{face.style}"',
                "stretch": f"{decimal(face.stretch * 100)}%",
                "fill": colour(run.colour),
                "tracking": pt(run.tracking),
                "kerning": "true" if run.kerned else "false",
                "ligatures": "true" if run.ligatures else "false",
                "baseline": pt(-run.raised),
                "top-edge": top,
                "bottom-edge": bottom,
            }
            # Said of every run: one in the document's own language may stand in a paragraph of another.
            self._arguments[key] |= {"region": "none"} | language(self._languages.of(run.language))
        return self._arguments[key]

    def difference(self, run: RunFormat, line: LineHeight, around: RunFormat, around_line: LineHeight) -> str:
        """Arguments of `text` for `run` where the text around it is drawn as `around`."""
        outer = self.arguments(around, around_line)
        inner = self.arguments(run, line)
        more = self.spread(run, line) - self.spread(around, around_line)
        if line.rule == "at-least" and line == around_line and sum(self.reach(run, SINGLE)) <= line.line:
            # Larger letters have room in the line as it is.
            inner = {**inner, "top-edge": outer["top-edge"], "bottom-edge": pt(-self.reach(around, line)[1])}
        if line.rule == "multiple" and line == around_line and more > 0 and run.size > around.size:
            # Below its line stands only as much space as the paragraph's usual letters ask for; the rest goes above.
            above, below = self.reach(run, line)
            inner = {**inner, "top-edge": em((above + more) / run.size), "bottom-edge": em((more - below) / run.size)}
        return ",".join(f"{name}:{value}" for name, value in inner.items() if outer.get(name) != value)

    def spread(self, run: RunFormat, line: LineHeight) -> float:
        """How much a multiple of the line's height puts below a line of `run`, in points."""
        return self.reach(run, line)[1] - self.reach(run, SINGLE)[1]

    def run(self, run: RunFormat, around: RunFormat, line: LineHeight) -> str:
        """The function that draws `run` within a paragraph drawn as `around`; "" if none is needed."""
        key = (run, around, line)
        if key not in self._runs:
            self._runs[key] = self._run_function(run, around, line)
        return self._runs[key]

    def _run_function(self, run: RunFormat, around: RunFormat, line: LineHeight) -> str:
        body = "b"
        changed = self.difference(run, line, around, line)
        if changed:
            body = f"text({changed},{body})"
        if run.position == "superscript":
            body = f"super({self.superscript(run)},{body})"
        elif run.position == "subscript":
            body = f"sub({self.subscript(run)},{body})"
        body = text_lines.lined(body, run)
        if run.fill:
            top, bottom = self.edges(run, SINGLE)
            body = f"highlight(fill:{colour(run.fill)},extent:0pt,top-edge:{top},bottom-edge:{bottom},{body})"
        metrics = self._metrics(run)
        body = text_lines.framed(body, run, metrics.above + run.raised, metrics.below - run.raised)
        return "" if body == "b" else self.source.define("t", "(b)", body)

    def paragraph(self, look: ParagraphFormat, run: RunFormat, *, left: float, first: float, element: str) -> str:
        """The function that draws a paragraph whose text is mostly `run`.

        `left` and `first` are its indents from where it stands; `element` is `par`, `aligned` for one that is
        centred or stands at the right, or `block` for a heading's text.
        """
        line = self.line_of(look)
        key = (line, run, left, first, look.alignment, look.widow_control, look.right, element)
        if key not in self._paragraphs:
            self._paragraphs[key] = self._paragraph_function(look, run, left, first, element)
        return self._paragraphs[key]

    def _paragraph_function(
        self, look: ParagraphFormat, run: RunFormat, left: float, first: float, element: str
    ) -> str:
        rules: list[str] = []
        changed = self.difference(plain(run), self.line_of(look), self.base, SINGLE)
        if not look.widow_control:
            changed = ",".join(filter(None, (changed, "costs:(widow:0%,orphan:0%)")))
        if changed:
            rules.append(f"set text({changed})")
        if look.alignment in _ALIGNMENTS:
            rules.append(f"set align({_ALIGNMENTS[look.alignment]})")
        if look.alignment == "justify":
            rules.append("set par(justify:true)")
        body = self._body(left, first, look.right, element)
        return self.source.define("p", "(b)", "{" + ";".join([*rules, body]) + "}" if rules else body)

    def _body(self, left: float, first: float, right: float, element: str) -> str:
        if element == "block":
            inner = f"block(width:100%,{{h({pt(first)});b}})" if first else "block(width:100%,b)"
            return _padded(inner, left, right)
        if element == "aligned":
            # The compiler knows of indents only where lines begin at the left.
            return _padded(f"par({{h({pt(first)});b}})" if first else "par(b)", left, right)
        shift = min(0.0, left, left + first)
        hanging, opening = left - shift, left + first - shift
        settings = ""
        if hanging > 0:
            settings += f"hanging-indent:{pt(hanging)},"
        if opening > 0:
            settings += f"first-line-indent:(amount:{pt(opening)},all:true),"
        return _padded(f"par({settings}b)", shift, right)


def _padded(inner: str, left: float, right: float) -> str:
    sides = [f"{side}:{pt(value)}" for side, value in (("left", left), ("right", right)) if abs(value) > 0.01]
    return f"pad({','.join(sides)},{inner})" if sides else inner


def _extra(pitch: float, multiple: float) -> float:
    """What a multiple adds to lines `pitch` points apart, in points; negative below one."""
    percent = int(multiple * 100 + 0.5) - 100
    twips = round(pitch * 20) * abs(percent) // 100
    return math.copysign(twips / 20, percent)


def plain(run: RunFormat) -> RunFormat:
    """`run` without what is drawn round letters, for a whole paragraph to be set in."""
    if run.underline or run.strike or run.double_strike or run.position or run.fill or run.border or run.scale != 1:
        unlined = replace(run, underline="", underline_colour="", strike=False, double_strike=False)
        return replace(unlined, position="", fill="", border=None, scale=1.0)
    return run
