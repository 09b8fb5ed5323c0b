"""Any titled paper as the keys of `document`.

Takes pieces with headings found; gives the data. This is what a document becomes that is none of the others, so
that any text has a place in it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from packgen.importing.dates import date_in
from packgen.importing.pieces import FIXED, Line, Piece, Record
from packgen.importing.sections import SectionReader, passage, sections_data

_LABEL = re.compile(r"(?:Appendix|Annex|Enclosure)\s+[\w.]{1,6}", re.IGNORECASE)
_WHEN = re.compile(r"(?:\d{1,2} )?(?:[A-Z][a-z]+ )?(?:19|20)\d\d(?:[/-]\d{2,4})?")
CANONICAL: frozenset[str] = frozenset()


def paper(pieces: Sequence[Piece], record: Record) -> dict[str, Any]:
    """The data of a document."""
    data: dict[str, Any] = {}
    rest = list(pieces)
    title = _title_of(rest)
    if title is not None:
        at = rest.index(title)
        before, rest = rest[:at], rest[at + 1 :]
        data["title"] = record.text_of(title, "the title")
        rest = [*_label(before, data, record), *rest]
    rest = _below_title(rest, data, record)
    introduction, body = _parted(rest)
    if found := passage(introduction, record):
        data["introduction"] = found
    headings = [piece for piece in body if isinstance(piece, Line) and piece.level is not None]
    if headings and _are_numbered(headings):
        data["numbered_headings"] = True
        for heading in headings:
            if heading.number is not None:
                record.omit(heading.place, FIXED, heading.number.text)
    else:
        body = [_with_own_number(piece) for piece in body]
    if body:
        level = min((heading.level for heading in headings if heading.level), default=1)
        reader = SectionReader(record, level)
        for piece in body:
            if isinstance(piece, Line) and piece.level is not None:
                reader.heading(piece)
            else:
                reader.piece(piece)
        data["sections"] = sections_data(reader.parts, record, numbers=False)
    return data


def _title_of(pieces: Sequence[Piece]) -> Line | None:
    lines = [piece for piece in pieces if isinstance(piece, Line)]
    headings = [line for line in lines if line.level is not None and line.words]
    named = next((line for line in headings if line.level == 0), None) or next(iter(headings), None)
    early = [line for line in lines[:4] if line.words]
    if named is not None and (named.level == 0 or named in early or named.level == 1):
        return named
    short = next((line for line in early if len(line.words) <= 150), None)
    return short or named


def _label(before: Sequence[Piece], data: dict[str, Any], record: Record) -> list[Piece]:
    """Take `Appendix A` above the title; give what else stands there."""
    rest: list[Piece] = []
    for piece in before:
        if (
            isinstance(piece, Line)
            and "label" not in data
            and (piece.style == "document label" or _LABEL.fullmatch(piece.words))
        ):
            data["label"] = record.text_of(piece, "the label")
        else:
            rest.append(piece)
    return rest


def _below_title(pieces: list[Piece], data: dict[str, Any], record: Record) -> list[Piece]:
    rest = list(pieces)
    if rest and isinstance(rest[0], Line) and rest[0].style in {"document subtitle", "subtitle"}:
        data["subtitle"] = record.text_of(rest.pop(0), "the subtitle")  # type: ignore[arg-type]  # seen to be a line
    if rest and isinstance(rest[0], Line):
        line = rest[0]
        if line.style == "document date" or _is_date(line.words):
            rest.pop(0)
            author, comma, when = record.text_of(line, "the date").rpartition(", ")
            if comma and _WHEN.search(when):
                data |= {"author": author, "date": when}
            elif _WHEN.search(line.words):
                data["date"] = line.words
            else:
                data["author"] = line.words
    return rest


def _is_date(words: str) -> bool:
    found = date_in(words)
    return found is not None and found[1].group() == words


def _parted(pieces: Sequence[Piece]) -> tuple[list[Piece], list[Piece]]:
    index = next(
        (at for at, each in enumerate(pieces) if isinstance(each, Line) and each.level is not None), len(pieces)
    )
    return list(pieces[:index]), list(pieces[index:])


def _are_numbered(headings: Sequence[Line]) -> bool:
    return all(
        line.style.startswith("numbered heading") or (line.number is not None and line.number.kind == "decimal")
        for line in headings
    )


def _with_own_number(piece: Piece) -> Piece:
    """A heading that keeps a typed number in its words, because not all headings have one."""
    from packgen.prose.tree import Text

    if isinstance(piece, Line) and piece.level is not None and piece.number is not None and piece.number.text:
        return replace(piece, inlines=(Text(f"{piece.number.text} "), *piece.inlines), number=None)
    return piece
