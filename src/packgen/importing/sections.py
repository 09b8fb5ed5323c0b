"""Sections under headings: what cover reports and plain documents share.

Takes pieces with the levels of headings found; gives the `sections` of the data. A heading deeper than two levels
becomes a paragraph in bold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from packgen.importing.passages import blocks_of
from packgen.importing.pieces import Grid, Line, Passage, Piece, Record
from packgen.prose.figures import SOURCE
from packgen.prose.tree import Block, InlinePicture


@dataclass
class Part:
    """A heading with what stands below it, before it is data."""

    heading: str
    place: str
    pieces: list[Piece] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)


class SectionReader:
    """Collects sections. `level` is that of a section's heading; anything deeper is below it."""

    def __init__(self, record: Record, level: int) -> None:
        self._record = record
        self._level = level
        self.parts: list[Part] = []

    def heading(self, line: Line) -> None:
        level = line.level if line.level is not None else self._level
        words = self._record.text_of(line, "a heading")
        if any(isinstance(each, InlinePicture) for each in line.inlines) or not words:
            self.piece(line)
        elif level <= self._level or not self.parts:
            self.parts.append(Part(words, line.place))
        elif level == self._level + 1:
            self.parts[-1].parts.append(Part(words, line.place))
        else:
            self._record.remark(line.place, f'the heading "{words}" is too deep for the template; it is a line in bold')
            self.piece(line)

    def open_without_heading(self, heading: str, place: str) -> None:
        self.parts.append(Part(heading, place))

    def piece(self, piece: Piece) -> None:
        """Put a line or table below the latest heading."""
        part = self.parts[-1].parts[-1] if self.parts[-1].parts else self.parts[-1]
        part.pieces.append(piece)


def sections_data(parts: Sequence[Part], record: Record, *, numbers: bool, nested: bool = True) -> list[dict[str, Any]]:
    """The `sections` of the data. With `numbers`, a section whose paragraphs carry none says so."""
    made = []
    for part in parts:
        section: dict[str, Any] = {"heading": part.heading}
        blocks = blocks_of(part.pieces, record)
        if numbers and blocks and not is_numbered(part.pieces):
            section["numbered"] = False
        if numbers and blocks:
            mixed_numbers(part.pieces, record)
        if blocks:
            section["text"] = Passage(blocks)
        if nested and part.parts:
            section["sections"] = sections_data(part.parts, record, numbers=numbers, nested=False)
        made.append(section)
    return made


def is_numbered(pieces: Sequence[Piece]) -> bool:
    """Whether paragraphs carry the document's running numbers; true where there is no paragraph at all."""
    plain = [piece for piece in pieces if _is_paragraph(piece)]
    return not plain or any(isinstance(piece, Line) and piece.numbered for piece in pieces)


def mixed_numbers(pieces: Sequence[Piece], record: Record) -> None:
    """Note paragraphs without a number among those that have one."""
    if any(isinstance(piece, Line) and piece.numbered for piece in pieces):
        record.unnumbered += [
            piece.place for piece in pieces if _is_paragraph(piece) and isinstance(piece, Line) and not piece.numbered
        ]


def _is_paragraph(piece: Piece) -> bool:
    """Whether a piece is a plain paragraph of the text: no list, no caption, no picture alone."""
    if isinstance(piece, Grid) or not piece.words:
        return False
    if piece.words.startswith(SOURCE):
        return False
    beside = {"caption", "source", "quote", "intense quote", "figure"}
    is_item = piece.number is not None and not piece.numbered
    return not is_item and piece.style not in beside and piece.level is None and "continue" not in piece.style


def has_running_numbers(pieces: Sequence[Piece]) -> bool:
    return any(isinstance(piece, Line) and piece.numbered for piece in pieces)


def passage(pieces: Sequence[Piece], record: Record) -> Passage | None:
    """The prose of `pieces`; None for none."""
    blocks: tuple[Block, ...] = blocks_of(pieces, record)
    return Passage(blocks) if blocks else None
