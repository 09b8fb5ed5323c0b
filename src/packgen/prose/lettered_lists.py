"""A markdown-it rule for lists that begin `a.`, `a)`, `(a)`, `i.`, `(i)` or `(1)`.

Takes markdown-it's block state and gives the tokens of an ordered list, with `kind` in the `meta` of the opening
token. CommonMark knows only `1.` and `1)`, and those stay with its own rule. Never looks inside an item: that is
the block parser's work.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from packgen.prose.tree import ListKind

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock

RULE = "lettered_list"

_MARKER = re.compile(
    r"(?:\((?P<enclosed>[a-z]|[ivx]{1,6}|[0-9]{1,3})\)|(?P<plain>[a-z]|[ivx]{1,6})(?P<close>[.)]))(?=[ \t]|$)"
)
_ROMAN = re.compile(r"x{0,3}(?:ix|iv|v?i{0,3})")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10}


class Marker(Struct, frozen=True):
    """What begins an item. `readings` are the numbers it can stand for: `i` is roman 1 and the ninth letter."""

    readings: dict[ListKind, int]
    delimiter: str
    length: int


def lettered_list_plugin(md: MarkdownIt) -> None:
    """Teach a markdown-it parser the lists described above."""
    ended_by_it = ["paragraph", "reference", "blockquote", "list"]
    md.block.ruler.before("list", RULE, _lettered_list, {"alt": ended_by_it})


def read_marker(text: str) -> Marker | None:
    """The marker that a line without its indentation begins with, if any."""
    match = _MARKER.match(text)
    if match is None:
        return None
    number = match["enclosed"] or match["plain"]
    readings: dict[ListKind, int] = {}
    if number.isdigit():
        readings["decimal"] = int(number)
    else:
        if len(number) == 1:
            readings["lower-alpha"] = ord(number) - ord("a") + 1
        if _ROMAN.fullmatch(number):
            readings["lower-roman"] = _roman_value(number)
    return Marker(readings, match["close"] or "()", match.end()) if readings else None


def _roman_value(number: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in number]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))


class _Sequence:
    """The markers of one list so far, and which kinds of list they can still be."""

    def __init__(self, first: Marker) -> None:
        self.delimiter = first.delimiter
        self.starts = dict(first.readings)
        self.latest = dict(first.readings)

    def accepts(self, marker: Marker) -> bool:
        """Take the next marker, unless it begins a list of another kind."""
        if marker.delimiter != self.delimiter:
            return False
        possible = {kind: value for kind, value in marker.readings.items() if kind in self.latest}
        next_in_turn = {kind: value for kind, value in possible.items() if value == self.latest[kind] + 1}
        begins_another = any(value == 1 and kind not in self.latest for kind, value in marker.readings.items())
        if not possible or (begins_another and not next_in_turn):
            return False
        self.latest = next_in_turn or possible
        return True

    @property
    def kind(self) -> ListKind:
        return min(self.latest, key=lambda kind: self.starts[kind])

    @property
    def start(self) -> int:
        return self.starts[self.kind]


def _marker_at(state: StateBlock, line: int) -> Marker | None:
    return read_marker(state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]])


def _lettered_list(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    marker = _marker_at(state, start_line)
    if marker is None or state.is_code_block(start_line) or _continues_an_item(state, start_line):
        return False
    ends_paragraph = silent and state.parentType == "paragraph" and state.sCount[start_line] >= state.blkIndent
    if ends_paragraph and not _may_end_paragraph(state, start_line, marker):
        return False
    if silent:
        return True

    opening = state.push("ordered_list_open", "ol", 1)
    opening.markup = marker.delimiter
    sequence = _Sequence(marker)
    outer_parent, state.parentType = state.parentType, "list"
    line = start_line
    while True:
        line = _parse_item(state, line, end_line, marker)
        following = _next_item(state, line, end_line, sequence)
        if following is None:
            break
        marker = following
    state.parentType = outer_parent

    opening.map = [start_line, line]
    opening.meta = {"kind": sequence.kind}
    opening.attrs = {"start": sequence.start}
    state.push("ordered_list_close", "ol", -1).markup = opening.markup
    state.line = line
    return True


def _continues_an_item(state: StateBlock, line: int) -> bool:
    """Whether the line is too deep to begin an item and too shallow to be inside the one before."""
    indent = state.sCount[line]
    return state.listIndent >= 0 and indent - state.listIndent >= 4 and indent < state.blkIndent


def _may_end_paragraph(state: StateBlock, line: int, marker: Marker) -> bool:
    """As in CommonMark: only a list that begins at its first number, with words after it, ends a paragraph."""
    words_start = state.bMarks[line] + state.tShift[line] + marker.length
    return 1 in marker.readings.values() and bool(state.src[words_start : state.eMarks[line]].strip())


def _parse_item(state: StateBlock, line: int, end_line: int, marker: Marker) -> int:
    """Parse what belongs to the item that begins on `line`; return the line after it."""
    marker_end = state.bMarks[line] + state.tShift[line] + marker.length
    after_marker = column = state.sCount[line] + marker.length
    position = marker_end
    while position < state.eMarks[line] and state.src[position] in " \t":
        column += 4 - (column + state.bsCount[line]) % 4 if state.src[position] == "\t" else 1
        position += 1
    is_blank = position >= state.eMarks[line]
    gap = column - after_marker

    opening = state.push("list_item_open", "li", 1)
    saved = (state.tight, state.bMarks[line], state.tShift[line], state.sCount[line])
    outer_list_indent, outer_block_indent = state.listIndent, state.blkIndent
    state.listIndent, state.blkIndent = outer_block_indent, after_marker + (1 if is_blank or gap > 4 else gap)
    state.tight = True
    state.tShift[line] = position - state.bMarks[line]
    state.sCount[line] = column

    if is_blank and state.isEmpty(line + 1):
        state.line = min(state.line + 2, end_line)
    else:
        state.md.block.tokenize(state, line, end_line)

    state.listIndent, state.blkIndent = outer_list_indent, outer_block_indent
    state.tight, state.bMarks[line], state.tShift[line], state.sCount[line] = saved
    opening.map = [line, state.line]
    state.push("list_item_close", "li", -1)
    return state.line


def _next_item(state: StateBlock, line: int, end_line: int, sequence: _Sequence) -> Marker | None:
    """The marker on `line` if it goes on with the list."""
    if line >= end_line or state.sCount[line] < state.blkIndent or state.is_code_block(line):
        return None
    marker = _marker_at(state, line)
    if marker is None:
        return None
    ending_rules = (rule for rule in state.md.block.ruler.getRules("list") if rule is not _lettered_list)
    if any(rule(state, line, end_line, True) for rule in ending_rules):
        return None
    return marker if sequence.accepts(marker) else None
