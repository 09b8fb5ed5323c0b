"""Minutes of a meeting as the keys of `minutes`.

Takes pieces with headings found, and the council's own words; gives the data. A resolution begins with RESOLVED; what
stands before it is a minute's text. Never counts minutes: the number of the first is read, or is missing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from packgen.importing.dates import date_in
from packgen.importing.outline import heading_key
from packgen.importing.passages import blocks_of
from packgen.importing.people import people_of, person_of
from packgen.importing.pieces import (
    FIXED,
    Grid,
    Line,
    Passage,
    Piece,
    Record,
    split_lines,
    strip_start,
    without_start,
)
from packgen.importing.sections import passage
from packgen.prose.tree import Block, ListBlock, Paragraph
from packgen.prose.words import inline_text
from packgen.workspace.settings import Words

CANONICAL = frozenset(
    {
        "present",
        "attendance",
        "in attendance",
        "also in attendance",
        "apologies",
        "apologies for absence",
        "also present",
        "members present",
        "officers present",
        "officers in attendance",
        "part one",
        "part two",
    }
)
_USUAL = re.compile(r"Minutes of (?:the )?(?P<committee>.+?)(?: meeting)?,? held (?:on|at)\b", re.IGNORECASE)
_PEOPLE: Mapping[str, str] = {
    "present": "presiding", "in the chair": "presiding", "presiding": "presiding", "chair": "presiding",
    "attendance": "attendance", "members present": "attendance", "members": "attendance",
    "also in attendance": "also_in_attendance", "in attendance": "also_in_attendance",
    "also present": "also_in_attendance",
    "officers present": "also_in_attendance", "officers in attendance": "also_in_attendance",
    "officers": "also_in_attendance",
    "apologies": "apologies", "apologies for absence": "apologies",
}  # fmt: skip
_RESOLVED = re.compile(r"\s*(?:RESOLVED|Resolved|IT WAS RESOLVED|AGREED)(?:\s+(?:that|to)\b)?\s*(?:[–—:-]\s*)*")
_EXEMPT = re.compile(r"\s*\(exemption paragraphs? (?P<numbers>[\d, and]+)\)$", re.IGNORECASE)
_TYPED_HEADING = re.compile(r"\s*(\d{1,4})[.)]?[\t ]+(?=[A-Z])")
_LONGEST_TITLE = 150
_IN_PRIVATE = "The Committee went on, in private, to the following business."
_HEADING_STYLE = "minute heading"


def minutes(pieces: Sequence[Piece], record: Record, words: Words) -> dict[str, Any]:
    """The data of minutes, as far as the document holds it."""
    return _Minutes(record, words).data(pieces)


class _Minutes:
    def __init__(self, record: Record, words: Words) -> None:
        self._record = record
        self._words = words
        self._data: dict[str, Any] = {}

    def data(self, pieces: Sequence[Piece]) -> dict[str, Any]:
        lines = list(pieces)
        lines = self._title(lines)
        lines = self._signature(lines)
        lines = _with_typed_headings(lines)
        head, rest = _parted(lines, self._starts_minutes)
        self._attendance(head)
        one, two = _parted(rest, lambda piece: self._is_part(piece, self._words.part_two, "part two"))
        found, number = self._minutes(one)
        if number is not None:
            self._data["first_number"] = number
        if found:
            self._data["minutes"] = found
        if two:
            self._record.omit(two[0].place, FIXED, two[0].words)
            self._part_two(two[1:])
        return self._data

    # --- Head ---------------------------------------------------------------------------------------

    def _title(self, pieces: list[Piece]) -> list[Piece]:
        index = next(
            (
                at
                for at, each in enumerate(pieces[:8])
                if isinstance(each, Line) and re.match("minutes of", each.words, re.IGNORECASE)
            ),
            None,
        )
        if index is None:
            index = next(
                (at for at, each in enumerate(pieces[:8]) if isinstance(each, Line) and each.level in {0, 1}), None
            )
        if index is None:
            return pieces
        line = pieces[index]
        assert isinstance(line, Line)
        words = self._record.text_of(line, "the title")
        found, usual = date_in(words), _USUAL.match(words)
        if found:
            self._data["meeting_date"] = found[0].isoformat()
        if usual:
            self._data["committee"] = usual["committee"]
        if usual and found and words == f"Minutes of the {usual['committee']} meeting held on {found[1].group()}":
            self._record.omit(line.place, f"{FIXED}, from the committee and the date", words)
        else:
            self._data["title"] = words
        return [*pieces[:index], *pieces[index + 1 :]]

    def _signature(self, pieces: list[Piece]) -> list[Piece]:
        last = pieces[-1] if pieces else None
        if not isinstance(last, Line):
            return pieces
        words = last.words.strip(" ._…")
        named = words.casefold() in {"chair", "chairman", "chairperson", "chairwoman", self._words.chair.casefold()}
        if last.style != "signature line" and not named:
            return pieces
        if words == self._words.chair:
            self._record.omit(last.place, FIXED, words)
        elif words:
            self._data["signature"] = words
        return pieces[:-1]

    def _starts_minutes(self, piece: Piece) -> bool:
        if not isinstance(piece, Line):
            return False
        if piece.style == _HEADING_STYLE or self._is_part(piece, self._words.part_one, "part one"):
            return True
        return piece.level is not None and heading_key(piece.words) not in CANONICAL

    def _is_part(self, piece: Piece, word: str, usual: str) -> bool:
        return (
            isinstance(piece, Line)
            and piece.style != _HEADING_STYLE
            and heading_key(piece.words) in {heading_key(word), usual}
        )

    def _attendance(self, pieces: Sequence[Piece]) -> None:
        key = ""
        for piece in pieces:
            if isinstance(piece, Grid):
                for row in piece.rows:
                    for box in row.boxes:
                        for line in (each for whole in box.lines for each in split_lines(whole)):
                            key = self._attendance_line(line, key)
                continue
            for line in split_lines(piece):
                key = self._attendance_line(line, key)

    def _attendance_line(self, line: Line, key: str) -> str:
        raw = line.raw.strip()
        label, _, rest = raw.partition("\t") if "\t" in raw else raw.partition(":")
        known = _PEOPLE.get(heading_key(label)) if label else None
        if line.raw.startswith("\t") or (not known and key and not line.raw.strip().endswith(".")):
            self._people(key, raw, line) if key else self._leave(line, "it stands above the first minute")
            return key
        if known is None:
            found = date_in(line.words)
            if found is not None and "meeting_date" not in self._data:
                self._data["meeting_date"] = found[0].isoformat()
                if found[1].group() == line.words:
                    self._record.omit(line.place, "the date is written as year-month-day", line.words)
                    return key
            self._leave(line, "it stands above the first minute, where the template has no place for it")
            return key
        self._record.omit(line.place, FIXED, label)
        if known == "presiding" and not rest.strip():
            return "attendance"
        if rest.strip():
            self._people(known, rest, line)
        return "attendance" if known == "presiding" else known

    def _people(self, key: str, words: str, line: Line) -> None:
        self._record.text_of(line, "a list of people")
        if "\t" in words.strip():
            for part in words.split("\t"):
                if part.strip():
                    self._people(key, part, line)
            return
        several = key == "apologies" or "," in re.sub(r"\(.*?\)", "", words)
        several = several or re.search(r"\band\b", re.sub(r"\(.*?\)", "", words)) is not None
        found = people_of(words) if several else [person_of(words)]
        if key == "presiding" and "presiding" not in self._data and len(found) == 1:
            self._data["presiding"] = found[0]
            return
        if any(" and " in words for _ in found) and len(found) > 1:
            self._record.omit(line.place, FIXED, "and " * words.count(" and "))
        self._data.setdefault("attendance" if key == "presiding" else key, []).extend(found)

    # --- Minutes ------------------------------------------------------------------------------------

    def _minutes(self, pieces: Sequence[Piece]) -> tuple[list[dict[str, Any]], int | None]:
        found: list[dict[str, Any]] = []
        first: int | None = None
        level = self._minute_level(pieces)
        for line, body in self._under_headings(pieces, level):
            if line is None:
                for piece in body:
                    self._leave(piece, "it stands above the first minute, where the template has no place for it")
                continue
            number, title = self._heading(line)
            if number is not None and first is None and not found:
                first = number
            found.append(self._minute(title, line, body))
        return found, first

    def _minute_level(self, pieces: Sequence[Piece]) -> int:
        lines = [piece for piece in pieces if isinstance(piece, Line)]
        if any(line.style == _HEADING_STYLE for line in lines):
            return 99
        return min((line.level for line in lines if line.level), default=1)

    def _under_headings(self, pieces: Sequence[Piece], level: int) -> list[tuple[Line | None, list[Piece]]]:
        found: list[tuple[Line | None, list[Piece]]] = [(None, [])]
        for piece in pieces:
            if self._is_part(piece, self._words.part_one, "part one"):
                self._record.omit(piece.place, FIXED, piece.words)
            elif isinstance(piece, Line) and (
                piece.style == _HEADING_STYLE if level == 99 else piece.level is not None and piece.level <= level
            ):
                found.append((piece, []))
            else:
                found[-1][1].append(piece)
        return found if found[0][1] else found[1:]

    def _heading(self, line: Line) -> tuple[int | None, Line]:
        match = re.match(r"\s*(?P<number>\d{1,4})[.)]?[\t ]+", line.raw)
        if match is not None:
            self._record.omit(line.place, "the template counts minutes by itself", match[0])
            return int(match["number"]), replace(line, inlines=without_start(line.inlines, match.end()))
        number = line.number
        return (number.value if number is not None and number.kind == "decimal" and not number.silent else None), line

    def _minute(self, title: Line, heading: Line, body: Sequence[Piece]) -> dict[str, Any]:
        words = self._record.text_of(title, "a minute's heading")
        minute: dict[str, Any] = {}
        exempt = _EXEMPT.search(words)
        if exempt:
            self._record.omit(heading.place, FIXED, exempt[0])
            words = words[: exempt.start()]
            minute["exempt_paragraphs"] = [int(each) for each in re.findall(r"\d", exempt["numbers"])]
        minute = {"title": words, **minute}
        rest = list(body)
        if rest and (note := self._note(rest[0])):
            minute["attendance_note"] = note
            rest.pop(0)
        text, resolution = _parted(rest, _is_resolution)
        if found := passage(text, self._record):
            minute["text"] = found
        if resolution:
            minute["resolved"] = self._resolved(resolution)
        return minute

    def _note(self, piece: Piece) -> str | None:
        if not isinstance(piece, Line):
            return None
        bracketed = re.fullmatch(r"\[(.*\S.*)\]", piece.words)
        return bracketed[1].strip() if bracketed and self._record.text_of(piece, "a note of attendance") else None

    def _resolved(self, pieces: Sequence[Piece]) -> list[Passage]:
        first = pieces[0]
        assert isinstance(first, Line)
        match = _RESOLVED.match(first.raw)
        assert match is not None
        start = re.match(r"\s*(?:RESOLVED|Resolved)\s*(?:[–—:-]\s*)*", first.raw) or re.match(r"(?!)", "")
        length = start.end() if start else 0
        self._record.omit(first.place, FIXED, first.raw[:length])
        inlines = strip_start(without_start(first.inlines, length))
        if inline_text(inlines).strip(" –—:-"):
            whole = blocks_of([replace(first, inlines=inlines, number=None), *pieces[1:]], self._record)
            return [Passage(whole)]
        limbs: list[list[Block]] = []
        for block in blocks_of(pieces[1:], self._record):
            if isinstance(block, ListBlock) and block.kind != "bullet":
                limbs += [list(item.blocks) for item in block.items]
            elif limbs:
                limbs[-1].append(block)
            else:
                limbs.append([block])
        return [Passage(tuple(limb)) for limb in limbs]

    def _part_two(self, pieces: Sequence[Piece]) -> None:
        note, rest = _parted(
            pieces, lambda piece: isinstance(piece, Line) and (piece.style == _HEADING_STYLE or piece.level is not None)
        )
        blocks = blocks_of(note, self._record)
        plain = " ".join(inline_text(each.inlines) for each in blocks if isinstance(each, Paragraph))
        if plain == _IN_PRIVATE:
            self._record.omit(note[0].place, FIXED, plain)
        elif blocks:
            self._data["part_two_note"] = Passage(blocks)
        found, _ = self._minutes(rest)
        if found:
            self._data["part_two"] = found

    def _leave(self, piece: Piece, reason: str) -> None:
        self._record.keep(piece.place, reason, *blocks_of([piece], self._record))


def _with_typed_headings(pieces: Sequence[Piece]) -> list[Piece]:
    """Where no line is a heading by its looks: short lines whose typed numbers go up by one are those of minutes."""
    lines = [piece for piece in pieces if isinstance(piece, Line)]
    if any(line.style == _HEADING_STYLE or (line.level and heading_key(line.words) not in CANONICAL) for line in lines):
        return list(pieces)
    latest: int | None = None
    made: list[Piece] = []
    for piece in pieces:
        match = _TYPED_HEADING.match(piece.raw) if isinstance(piece, Line) and piece.number is None else None
        short = len(piece.words) <= _LONGEST_TITLE and not piece.words.endswith((".", ";"))
        if match and short and isinstance(piece, Line) and (latest is None or int(match[1]) == latest + 1):
            latest = int(match[1])
            made.append(replace(piece, level=1))
        else:
            made.append(piece)
    return made


def _is_resolution(piece: Piece) -> bool:
    return isinstance(piece, Line) and re.match(r"\s*(?:RESOLVED\b|Resolved\s*[–—:-])", piece.raw) is not None


def _parted(pieces: Sequence[Piece], starts: Any) -> tuple[list[Piece], list[Piece]]:
    """The pieces before the first for which `starts` is true, and that one with all after it."""
    index = next((at for at, piece in enumerate(pieces) if starts(piece)), len(pieces))
    return list(pieces[:index]), list(pieces[index:])
