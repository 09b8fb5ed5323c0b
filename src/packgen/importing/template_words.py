"""What a template prints by itself, and which cell of its tables each key stands in.

Takes a template's Word file; gives its fixed words, and for each row of its tables the keys in its cells. A council
that has reworded a template is so read by its own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from packgen.convert.read.document import collect_document
from packgen.convert.read.package import open_package
from packgen.importing.outline import heading_key
from packgen.importing.pictures import PictureStore
from packgen.importing.pieces import Box, Grid, GridRow, Line, Piece, Record
from packgen.importing.reading import pieces_of

_VALUE = re.compile(r"\{\{\s*(?P<path>[\w.]+)(?P<prose>\s*\|\s*(?:prose|point))?\s*\}\}")
_LOOP = re.compile(r"\{%\w*\s*for\s+(\w+)\s+in\b")
_TAG = re.compile(r"\{[{%].*?[%}]\}")


@dataclass(frozen=True)
class Slot:
    """A cell that a template fills: the keys that lead to its value, and whether that is prose."""

    path: tuple[str, ...]
    prose: bool


@dataclass(frozen=True)
class TemplateWords:
    """`fixed` are lines without tags, in lower case; `rows` the slots by heading and label, then by column."""

    fixed: frozenset[str]
    rows: Mapping[tuple[str, str], Mapping[int, Slot]]


@dataclass(frozen=True)
class LabelledRow:
    """A row of a table with what names it: the heading above the table, and its category or first cell."""

    heading: str
    label: str
    row: GridRow
    question: str = ""
    named_by: GridRow | None = None


def template_words(template: bytes, name: str) -> TemplateWords:
    """The fixed words and the slots of a template."""
    collected = collect_document(open_package(template, name))
    pieces = pieces_of(collected, PictureStore("template"), Record(name))
    # A row that stands once for each entry of a list is not called by words of the template.
    entries = {name for line in _lines(pieces) for name in _LOOP.findall(line.words)}
    rows: dict[tuple[str, str], dict[int, Slot]] = {}
    for each in labelled_rows(pieces):
        slots = {box.column: slot for box in each.row.boxes if (slot := _slot(box.words)) is not None}
        slots = {column: slot for column, slot in slots.items() if slot.path[0] not in entries}
        if slots and not _TAG.search(each.label):
            rows.setdefault((each.heading, each.label), slots)
    fixed = frozenset(heading_key(line.words) for line in _lines(pieces) if line.words and not _TAG.search(line.words))
    return TemplateWords(fixed, rows)


def labelled_rows(pieces: Sequence[Piece]) -> Iterator[LabelledRow]:
    """Every row that holds values, with what it is called by."""
    heading = ""
    for piece in pieces:
        if isinstance(piece, Line):
            if piece.level == 2:
                heading = heading_key(piece.words)
            continue
        category: tuple[str, str, GridRow] | None = None
        for row in piece.rows:
            if row.header or row.words.startswith("{%"):
                continue
            if len(row.boxes) == 1 and row.boxes[0].span == piece.columns > 1:
                name, _, question = row.boxes[0].lines[0].raw.partition("\t") if row.boxes[0].lines else ("", "", "")
                category = (name.strip(), " ".join(question.split()), row)
                continue
            if category is not None:
                yield LabelledRow(heading, heading_key(category[0]), row, category[1], category[2])
                category = None
                continue
            first = row.boxes[0].words if row.boxes else ""
            yield LabelledRow(heading, "" if _TAG.search(first) else heading_key(first), row)


def _slot(words: str) -> Slot | None:
    match = _VALUE.fullmatch(words.strip())
    return Slot(tuple(match["path"].split(".")), match["prose"] is not None) if match else None


def _lines(pieces: Sequence[Piece]) -> Iterator[Line]:
    for piece in pieces:
        if isinstance(piece, Line):
            yield piece
        elif isinstance(piece, Grid):
            for row in piece.rows:
                for box in row.boxes:
                    yield from _lines(box.pieces)


def boxes_of(row: GridRow) -> Mapping[int, Box]:
    return {box.column: box for box in row.boxes}
