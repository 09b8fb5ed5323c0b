"""Lines with tabs, as Typst code.

Takes one line of a paragraph with tabs in it; gives an expression. Where the text fits on the line the gaps are
measured as it is drawn; where it goes on to further lines, or is read again for the outline, they are reckoned here
from the widths of the letters. Never decides how a piece of text looks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from packgen.convert.document import Inline, Link, Tab, Text
from packgen.convert.formats import TabStop
from packgen.convert.write.line_ends import placed, width
from packgen.convert.write.looks import Looks
from packgen.convert.write.room import Surroundings
from packgen.convert.write.typst_text import array, joined, literal, pt

_NO_BREAK_SPACE = "\u00a0"
# Points. A stop this close is where the line already is; a line may go this far over its end.
_HERE, _OVER = 0.05, 0.5
# Points by which text before a right stop keeps away from it, so that rounding never turns the line.
_SLACK = 0.1
_SHARE_BEFORE = {"right": 1.0, "centre": 0.5}

WritePieces = Callable[[Sequence[Inline], Surroundings], str]
Piece = list[Inline]


class TabWriter:
    """Writes lines with tabs; `default_tab` is the distance of stops where a paragraph has none, in points."""

    def __init__(self, looks: Looks, default_tab: float, write: WritePieces) -> None:
        self._looks = looks
        self._default_tab = default_tab
        self._write = write

    def line(self, line: Sequence[Inline], around: Surroundings) -> str:
        pieces, forms = _parted(line)
        if not forms:
            return self._write(line, around)
        stops = _stops(around)
        if around.heading or self._goes_on(pieces, stops, around):
            return self._reckoned(pieces, stops, forms, around)
        return self._measured(pieces, stops, forms, around)

    def _measured(
        self, pieces: Sequence[Piece], stops: Sequence[TabStop], forms: Sequence[str], around: Surroundings
    ) -> str:
        last = len(pieces) - 1
        written = [self._write(_held(piece, last=index == last), around) or "[]" for index, piece in enumerate(pieces)]
        heads = "none"
        if any(stop.kind == "decimal" for stop in stops):
            heads = array([self._write(_before_point(piece), around) or "none" for piece in pieces])
        shown = array([f'({pt(stop.position)},"{stop.kind}",{literal(stop.leader)})' for stop in stops])
        name = self._looks.source.define("s", "", shown)
        return (
            f"tabbed({name},{pt(self._default_tab)},{pt(around.start)},{pt(around.left + around.width)},"
            f"{array([literal(form) for form in forms])},{heads},{','.join(written)})"
        )

    def _goes_on(self, pieces: Sequence[Piece], stops: Sequence[TabStop], around: Surroundings) -> bool:
        """Whether a tab stands behind the line's end, so that its place depends on where the lines before it break.

        What follows the last tab may go on to further lines without any harm.
        """
        at, end = around.start, around.left + around.width
        for index, piece in enumerate(pieces):
            if index:
                stop = self._stop(stops, at)
                if stop.position > end + _OVER:
                    return stop not in stops
                at = max(at, stop.position - self._before(stop, piece))
            if index == len(pieces) - 1:
                return False
            at += self._width(piece)
            if at > end + _OVER:
                return True
        return False

    def _reckoned(
        self, pieces: Sequence[Piece], stops: Sequence[TabStop], forms: Sequence[str], around: Surroundings
    ) -> str:
        """Pieces with tabs between them; a tab that its line has no room for stands at the head of the next."""
        at, end = around.start, around.left + around.width
        parts: list[str] = []
        for index, piece in enumerate(pieces):
            if index:
                stop = self._stop(stops, at)
                if stop.position > end + _OVER and at > around.left + _HERE and stop not in stops:
                    parts.append("linebreak()")
                    at = around.left
                    stop = self._stop(stops, at)
                gap = stop.position - at - self._before(stop, piece)
                if stop.kind == "right":
                    gap -= _SLACK
                if stop.position > end + _OVER:
                    parts.append(self._beyond(piece, gap, forms[index - 1] or stop.leader, around))
                    at = stop.position
                    continue
                if gap > 0:
                    parts.append(_gap(gap, forms[index - 1] or stop.leader, around))
                    at += gap
            parts.append(self._write(piece, around))
            at = self._end_of(piece, at, around.left, end)
        return joined(parts)

    def _beyond(self, piece: Piece, gap: float, leader: str, around: Surroundings) -> str:
        """What stands at a stop behind the end of the line: it takes none of its room, so that it never turns it."""
        drawn = joined([_gap(max(gap, 0.0), leader, around), self._write(piece, around)])
        return f"box(width:0pt,box(width:{pt(max(gap, 0.0) + self._width(piece) + 1)},{drawn}))"

    def _stop(self, stops: Sequence[TabStop], at: float) -> TabStop:
        """The first stop behind `at`."""
        following = next((stop for stop in stops if stop.position > at + _HERE), None)
        return following or TabStop((int((at + _HERE) / self._default_tab) + 1) * self._default_tab)

    def _before(self, stop: TabStop, piece: Piece) -> float:
        """How much of `piece` stands before the stop."""
        if stop.kind == "decimal":
            return self._width(_before_point(piece))
        return self._width(piece) * _SHARE_BEFORE.get(stop.kind, 0.0)

    def _end_of(self, piece: Piece, at: float, left: float, end: float) -> float:
        """Where `piece` ends that begins at `at`, by breaking its lines as they will be broken."""
        ends = [each.end for each in placed(piece, self._looks, start=at, left=left, end=end)]
        return ends[-1] if ends else at

    def _width(self, content: Sequence[Inline]) -> float:
        return width(content, self._looks)


def _parted(line: Sequence[Inline]) -> tuple[list[Piece], list[str]]:
    """The pieces between tabs, and for each tab `_` where it is underlined."""
    pieces: list[Piece] = [[]]
    forms: list[str] = []
    for inline in _unlinked_tabs(line):
        if isinstance(inline, Tab):
            forms.append("_" if inline.format.underline else "")
            pieces.append([])
        else:
            pieces[-1].append(inline)
    return pieces, forms


def _stops(around: Surroundings) -> list[TabStop]:
    """The stops of the paragraph; a hanging indent is one as well."""
    stops = [stop for stop in around.look.tabs if stop.kind != "bar"]
    hanging = around.left
    if around.look.first < 0 and hanging > _HERE and not any(abs(s.position - hanging) < _HERE for s in stops):
        stops.append(TabStop(hanging))
    return sorted(stops, key=lambda stop: stop.position)


def _gap(gap: float, leader: str, around: Surroundings) -> str:
    if around.heading:
        # The blank parts the words in the outline, which takes no notice of distances.
        return f'box(width:{pt(gap)}," ")'
    if leader == "_":
        return f"box(width:{pt(gap)},stroke:(bottom:.5pt),outset:(bottom:1.2pt))"
    return f"box(width:{pt(gap)},repeat(justify:false,{literal(leader)}))" if leader else f"box(width:{pt(gap)})"


def _unlinked_tabs(line: Sequence[Inline]) -> list[Inline]:
    """`line` with links cut at the tabs inside them (as in a table of contents)."""
    found: list[Inline] = []
    for inline in line:
        if not isinstance(inline, Link) or not any(isinstance(each, Tab) for each in inline.content):
            found.append(inline)
            continue
        piece: list[Inline] = []
        for each in (*inline.content, None):
            if each is None or isinstance(each, Tab):
                found += [replace(inline, content=tuple(piece))] if piece else []
                found += [each] if each is not None else []
                piece = []
            else:
                piece.append(each)
    return found


def _held(piece: Piece, *, last: bool) -> Piece:
    """`piece` with blanks at its ends that no line end swallows: they count for the tab beside them."""
    held = list(piece)
    if held and isinstance(held[0], Text):
        text = held[0].text
        blanks = len(text) - len(text.lstrip(" "))
        held[0] = replace(held[0], text=_NO_BREAK_SPACE * blanks + text[blanks:])
    if held and not last and isinstance(held[-1], Text):
        text = held[-1].text
        kept = text.rstrip(" ")
        held[-1] = replace(held[-1], text=kept + _NO_BREAK_SPACE * (len(text) - len(kept)))
    return held


def _before_point(piece: Piece) -> Piece:
    """What of `piece` stands before its first decimal point."""
    found: Piece = []
    for inline in piece:
        if isinstance(inline, Text) and "." in inline.text:
            head = inline.text.partition(".")[0]
            return [*found, replace(inline, text=head)] if head else found
        found.append(inline)
    return found
