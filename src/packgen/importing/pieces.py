"""What importing sorts: the lines and tables of an author's document, and what became of each.

Takes and gives nothing but values. `Record` alone grows while one document is sorted: nothing is taken from it again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from msgspec import structs

from packgen.errors import Problem
from packgen.prose.tree import Block, Emphasis, Inline, LineBreak, Link, ListKind, Strong, Text
from packgen.prose.words import footnotes_in, inline_text


@dataclass(frozen=True)
class Number:
    """A number, letter or bullet before a paragraph. `depth` counts from 0; `typed` if it stood in the text itself.

    `family` is the list it belongs to. `text` is the number as printed.
    """

    kind: ListKind
    value: int
    depth: int
    family: str
    text: str
    typed: bool = False
    silent: bool = False


@dataclass(frozen=True)
class Line:
    """A paragraph. `styles` are the names of its style and of those that is based on; `left` is in points.

    `level` is that of a heading, 0 for a document's title; None for other text. A `numbered` paragraph is one of
    those whose numbers run through the document; it is no item of a list.
    """

    inlines: tuple[Inline, ...]
    place: str
    styles: tuple[str, ...] = ("normal",)
    left: float = 0.0
    number: Number | None = None
    level: int | None = None
    bold: bool = False
    align: str = "left"
    numbered: bool = False

    @property
    def style(self) -> str:
        return self.styles[0] if self.styles else "normal"

    @property
    def words(self) -> str:
        """Its text on one line, tabs and breaks as single blanks, without notes."""
        return " ".join(inline_text(self.inlines).split())

    @property
    def raw(self) -> str:
        """Its text with tabs as they are."""
        return inline_text(self.inlines)


@dataclass(frozen=True)
class Box:
    """A cell of a table: where it begins, how many columns and rows it spans, what stands in it."""

    pieces: tuple[Piece, ...]
    column: int
    span: int
    rows: int
    place: str

    @property
    def words(self) -> str:
        return " ".join(filter(None, (piece.words for piece in self.pieces)))

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(piece for piece in self.pieces if isinstance(piece, Line))


@dataclass(frozen=True)
class GridRow:
    boxes: tuple[Box, ...]
    header: bool
    place: str

    @property
    def words(self) -> str:
        return " ".join(filter(None, (box.words for box in self.boxes)))


@dataclass(frozen=True)
class Grid:
    """A table. `left` is where it begins, in points from the margin."""

    rows: tuple[GridRow, ...]
    columns: int
    place: str
    left: float = 0.0

    @property
    def words(self) -> str:
        return " ".join(filter(None, (box.words for row in self.rows for box in row.boxes)))


Piece = Line | Grid


@dataclass(frozen=True)
class Passage:
    """Prose in the data before it is written as Markdown."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class LeftOver:
    """Something that fits no key: where it stands, why, and the blocks that keep it."""

    place: str
    reason: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class LeftOut:
    """Words that the data does not hold because the template makes them, or says them otherwise."""

    place: str
    reason: str
    words: str


@dataclass
class Record:
    """What became of a document's pieces beside the data itself. `file` is what problems call the document.

    `unnumbered` are the places of paragraphs without a number among those that have one.
    """

    file: str
    left_over: list[LeftOver] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    unnumbered: list[str] = field(default_factory=list)

    def keep(self, place: str, reason: str, *blocks: Block) -> None:
        """Keep what has no place in the data among what is left over."""
        if blocks:
            self.left_over.append(LeftOver(place, reason, blocks))

    def omit(self, place: str, reason: str, words: str) -> None:
        """Note words that the template prints by itself."""
        if words.strip():
            self.left_out.append(LeftOut(place, reason, words))

    def remark(self, place: str, message: str, hint: str | None = None, *, code: str = "import.changed") -> None:
        """Something the officer should know."""
        problem = Problem(code=code, file=self.file, pointer=place, message=message, hint=hint, severity="warning")
        if problem not in self.remarks:
            self.remarks.append(problem)

    def text_of(self, line: Line, what: str) -> str:
        """The words of a line for a key that takes plain text; its notes are left over."""
        for note in footnotes_in(line.inlines):
            self.keep(line.place, f"a footnote cannot stand in {what}", *note.blocks)
        return line.words


FIXED = "the template prints it by itself"


def without_start(inlines: Sequence[Inline], count: int) -> tuple[Inline, ...]:
    """`inlines` without their first `count` characters, and without the blanks that then begin them."""
    rest, _ = _cut(inlines, count)
    return strip_start(rest)


def strip_start(inlines: Sequence[Inline]) -> tuple[Inline, ...]:
    """`inlines` without blanks at their beginning."""
    raw = inline_text(inlines)
    blanks = len(raw) - len(raw.lstrip())
    return _cut(inlines, blanks)[0] if blanks else tuple(inlines)


def _cut(inlines: Sequence[Inline], count: int) -> tuple[tuple[Inline, ...], int]:
    kept: list[Inline] = []
    for inline in inlines:
        if count <= 0:
            kept.append(inline)
        elif isinstance(inline, Text):
            if len(inline.text) > count:
                kept.append(Text(inline.text[count:]))
            count -= len(inline.text)
        elif isinstance(inline, LineBreak):
            count -= 1
        elif isinstance(inline, Strong | Emphasis | Link):
            inner, count = _cut(inline.inlines, count)
            if inner:
                kept.append(structs.replace(inline, inlines=inner))
        else:
            kept.append(inline)
    return tuple(kept), count


def split_lines(line: Line) -> list[Line]:
    """A line cut at the breaks its author put in; only breaks outside links and emphasis cut it."""
    pieces: list[list[Inline]] = [[]]
    for inline in line.inlines:
        if isinstance(inline, LineBreak):
            pieces.append([])
        elif isinstance(inline, Strong) and any(isinstance(each, LineBreak) for each in inline.inlines):
            for index, part in enumerate(_parts(inline.inlines)):
                if index:
                    pieces.append([])
                pieces[-1].append(Strong(part))
        else:
            pieces[-1].append(inline)
    made = [replace(line, inlines=strip_start(piece)) for piece in pieces]
    return [each for each in made if each.words or any(True for _ in footnotes_in(each.inlines))] or [line]


def _parts(inlines: Sequence[Inline]) -> list[tuple[Inline, ...]]:
    parts: list[list[Inline]] = [[]]
    for inline in inlines:
        if isinstance(inline, LineBreak):
            parts.append([])
        else:
            parts[-1].append(inline)
    return [tuple(part) for part in parts]
