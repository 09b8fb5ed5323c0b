"""Which lines are headings, and which numbers belong to the text: found by styles, by look, by what was typed.

Takes pieces; gives them with the levels of headings, with typed numbers and letters taken off the words, and with
those paragraphs marked whose numbers run through the whole document. Never sorts anything.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from packgen.importing.pieces import FIXED, Line, Number, Piece, Record, without_start
from packgen.prose.tree import ListKind

_LONGEST_HEADING = 120
_HEADING_NUMBER = re.compile(
    r"\s*(?:(?P<number>\d{1,3}(?:\.\d{1,3})*)(?:[.)][\t ]+|\t[\t ]*)|(?P<deep>\d{1,3}(?:\.\d{1,3})+)[\t ]+)(?=\S)"
)
_TYPED = re.compile(
    r"\s*(?:(?P<deep>\d{1,3}(?:\.\d{1,3})+)\.?[\t ]+|(?P<digits>\d{1,3})(?:[.)][\t ]+|\t+)"
    r"|\((?P<enclosed>\d{1,2})\)[\t ]+"
    r"|\(?(?P<letters>[a-z]|[ivx]{1,6})[.)][\t ]+|(?P<bullet>[•·▪●◦‣]|[-–o](?=\t))[\t ]*)(?=\S)"
)
_ROMAN = {"i": 1, "v": 5, "x": 10}
NUMBERED = "numbered paragraph"


def with_outline(pieces: Sequence[Piece], canonical: frozenset[str], record: Record) -> tuple[Piece, ...]:
    """The pieces with headings and numbers found.

    Args:
        pieces: as read.
        canonical: headings that corporate documents have, in lower case; such a line is a heading however it looks.
        record: learns which typed numbers were taken off.
    """
    levelled = _with_levels(pieces, canonical, record)
    without_contents = [piece for piece in levelled if not _is_contents(piece, record)]
    return _with_running_numbers(_with_typed_numbers(without_contents, record))


def heading_key(words: str) -> str:
    """A heading for comparison: without number, colon and capitals."""
    return _HEADING_NUMBER.sub("", words).strip().rstrip(":").strip().casefold().replace("’", "'")


# --- Headings ---------------------------------------------------------------------------------------


def _with_levels(pieces: Sequence[Piece], canonical: frozenset[str], record: Record) -> list[Piece]:
    headings = [piece for piece in pieces if isinstance(piece, Line) and piece.level]
    styled = len(headings)
    looks = [_looks_like_heading(piece) if styled < 2 else False for piece in pieces]
    capitals = {_is_capitals(piece) for piece, look in zip(pieces, looks, strict=True) if look}
    made: list[Piece] = []
    for piece, look in zip(pieces, looks, strict=True):
        if not isinstance(piece, Line) or piece.level is not None:
            made.append(_numbered_heading(piece, record) if isinstance(piece, Line) else piece)
            continue
        short = len(piece.words) <= _LONGEST_HEADING and (piece.number is None or piece.bold)
        named = short and heading_key(piece.words) in canonical
        if look or named:
            level = 1 if len(capitals) < 2 or _is_capitals(piece) else 2
            made.append(_numbered_heading(replace(piece, level=level), record, by_look=True))
        else:
            made.append(piece)
    return made


def _looks_like_heading(piece: Piece) -> bool:
    if not isinstance(piece, Line) or piece.level is not None or not piece.bold:
        return False
    words = piece.words
    if words.upper().startswith("RESOLVED"):
        return False
    if not words or len(words) > _LONGEST_HEADING or words.endswith((".", ";", ",")) or "\t" in piece.raw.strip():
        return bool(words) and _HEADING_NUMBER.match(piece.raw) is not None and len(words) <= _LONGEST_HEADING
    return piece.number is None or piece.number.kind == "decimal"


def _is_capitals(piece: Piece) -> bool:
    return isinstance(piece, Line) and piece.words.isupper()


def _numbered_heading(line: Line, record: Record, *, by_look: bool = False) -> Line:
    """A heading with the number that was typed before it as its number."""
    if line.level is None or line.number is not None:
        return line
    match = _HEADING_NUMBER.match(line.raw)
    if match is None:
        return line
    parts = (match["number"] or match["deep"]).split(".")
    record.omit(line.place, "a number typed before a heading", match[0])
    number = Number("decimal", int(parts[-1]), len(parts) - 1, "typed heading", match[0].strip(), typed=True)
    level = len(parts) if by_look else line.level
    return replace(line, inlines=without_start(line.inlines, match.end()), number=number, level=level)


def _is_contents(piece: Piece, record: Record) -> bool:
    """Whether a line belongs to a table of contents, which is left out: the pack has bookmarks in its place."""
    if isinstance(piece, Line) and any(
        re.fullmatch(r"toc (\d|heading)|contents heading", name) for name in piece.styles[:2]
    ):
        record.omit(piece.place, "a line of the table of contents, for which the pack has bookmarks", piece.words)
        return True
    return False


# --- Numbers that were typed ------------------------------------------------------------------------


@dataclass(frozen=True)
class _Typed:
    """A number at the beginning of a line: its shape, what it can stand for, how many characters it takes."""

    shape: str
    readings: tuple[tuple[ListKind, int], ...]
    length: int
    text: str


def _with_typed_numbers(pieces: Sequence[Piece], record: Record) -> list[Piece]:
    found = [_typed(piece) for piece in pieces]
    deep = sum(typed is not None and typed.shape == "deep" for typed in found)
    made = list(pieces)
    latest: dict[tuple[str, str], tuple[int, int]] = {}
    for index, (piece, typed) in enumerate(zip(pieces, found, strict=True)):
        if typed is None or not isinstance(piece, Line):
            continue
        if typed.shape == "deep" and deep < 2:
            continue
        alone = "\t" in piece.raw[: typed.length] or (index > 0 and _is_heading(pieces[index - 1]))
        reading = _reading(typed, index, found, latest, alone=alone)
        if reading is None:
            continue
        kind, value = reading
        latest[typed.shape, kind] = (value, index)
        depth = typed.text.count(".") if typed.shape == "deep" else 0
        number = Number(kind, value, depth, f"typed {typed.shape} {kind}", typed.text, typed=True)
        if kind != "bullet":
            record.omit(piece.place, "a number typed before a paragraph, which is counted now", typed.text)
        made[index] = replace(piece, inlines=without_start(piece.inlines, typed.length), number=number)
    return made


def _typed(piece: Piece) -> _Typed | None:
    if not isinstance(piece, Line) or piece.number is not None or piece.level is not None:
        return None
    match = _TYPED.match(piece.raw)
    if match is None:
        return None
    text = match[0].strip()
    end = next((text[-1:] for mark in ".)" if text.endswith(mark)), "")
    start = "(" if text.startswith("(") else ""
    if match["deep"]:
        return _Typed("deep", (("decimal", int(match["deep"].rpartition(".")[2])),), match.end(), text)
    if match["bullet"]:
        return _Typed("bullet", (("bullet", 1),), match.end(), text)
    if match["digits"] or match["enclosed"]:
        return _Typed(f"{start}1{end}", (("decimal", int(match["digits"] or match["enclosed"])),), match.end(), text)
    letters = match["letters"]
    readings: list[tuple[ListKind, int]] = []
    if len(letters) == 1:
        readings.append(("lower-alpha", ord(letters) - 96))
    if re.fullmatch(r"x{0,3}(?:ix|iv|v?i{0,3})", letters):
        values = [_ROMAN[each] for each in letters]
        readings.append(("lower-roman", sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))))
    return _Typed(f"{start}a{end}", tuple(readings), match.end(), text) if readings else None


def _is_heading(piece: Piece) -> bool:
    return isinstance(piece, Line) and piece.level is not None


def _reading(
    typed: _Typed,
    index: int,
    found: Sequence[_Typed | None],
    latest: dict[tuple[str, str], tuple[int, int]],
    *,
    alone: bool,
) -> tuple[ListKind, int] | None:
    """What a typed number stands for, if it follows one before it or is the first of several, or of one `alone`."""
    if typed.shape in {"deep", "bullet"}:
        return typed.readings[0]
    for kind, value in typed.readings:
        if (typed.shape, kind) in latest and latest[typed.shape, kind][0] == value - 1:
            return kind, value
    # The next number of the same shape tells the first of several from a sentence that begins with a number.
    following = next((each for each in found[index + 1 :] if each is not None and each.shape == typed.shape), None)
    for kind, value in typed.readings[::-1]:
        if value == 1 and (alone or (following is not None and (kind, 2) in following.readings)):
            return kind, value
    return None


# --- Numbers that run through the document ----------------------------------------------------------


def _with_running_numbers(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Mark the paragraphs whose numbers run on across headings, or are counted below those of headings."""
    named = any(isinstance(piece, Line) and piece.style == NUMBERED for piece in pieces)
    running = set() if named else _running_families(pieces)
    made: list[Piece] = []
    for piece in pieces:
        numbered = (
            isinstance(piece, Line)
            and piece.level is None
            and (piece.style == NUMBERED or (piece.number is not None and _key(piece.number) in running))
        )
        made.append(replace(piece, numbered=True) if numbered and isinstance(piece, Line) else piece)
    return tuple(made)


def _key(number: Number) -> tuple[str, int]:
    return number.family, number.depth


def _running_families(pieces: Sequence[Piece]) -> set[tuple[str, int]]:
    running: set[tuple[str, int]] = set()
    latest: dict[tuple[str, int], tuple[int, int]] = {}
    section = 0
    for piece in pieces:
        if not isinstance(piece, Line):
            continue
        if piece.level is not None:
            section += 1
        elif piece.number is not None and piece.number.kind == "decimal":
            key = _key(piece.number)
            if re.match(r"\d+\.\d+", piece.number.text):
                running.add(key)
            before = latest.get(key)
            if before is not None and before[1] != section and piece.number.value == before[0] + 1:
                running.add(key)
            latest[key] = (piece.number.value, section)
    return running


__all__ = ["FIXED", "NUMBERED", "heading_key", "with_outline"]
