"""A work programme as the keys of `work-programme`.

Takes pieces with headings found, and the council's own words; gives the data. Tables are told apart by their headings
of columns and by the heading above them; a table that is none of the programme's is left over.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from packgen.importing.dates import TIME, clock, date_in
from packgen.importing.outline import heading_key
from packgen.importing.passages import blocks_of
from packgen.importing.people import person_of
from packgen.importing.pieces import FIXED, Box, Grid, GridRow, Line, Passage, Piece, Record, split_lines
from packgen.importing.sections import passage
from packgen.workspace.settings import Words

CANONICAL: frozenset[str] = frozenset()
_YEAR = re.compile(r"(?:19|20)\d\d\s*[/–-]\s*(?:20)?\d\d|(?:19|20)\d\d")
_COLUMNS: Sequence[tuple[str, re.Pattern[str]]] = (
    ("proposed", re.compile(r"proposed|suggested date|target")),
    ("date", re.compile(r"date|timescale|when|meeting")),
    ("title", re.compile(r"item|topic|subject|title|issue|theme|work")),
    ("outcome", re.compile(r"outcome|action|result|progress")),
    ("details", re.compile(r"detail|background|purpose|description|scope|reason|key lines")),
)
_BY_HEADING: Sequence[tuple[str, re.Pattern[str]]] = (
    ("for_consideration", re.compile(r"consideration|suggested|unscheduled")),
    ("standing_items", re.compile(r"standing")),
    ("briefings", re.compile(r"briefing|visit|update")),
    ("working_groups", re.compile(r"working group|inquiry|task (?:and finish )?group")),
    ("related_work", re.compile(r"related|other committees")),
    ("meetings", re.compile(r"meeting|programme|items|work")),
)
_KEYS_OF: Mapping[str, Sequence[str]] = {
    "for_consideration": ("details", "proposed"),
    **dict.fromkeys(("briefings", "working_groups", "related_work"), ("date", "details", "outcome")),
}
_PERSON = re.compile(r"(?P<label>[A-Z][^:]{2,40}):\s*(?P<name>\S.*)")


def work_programme(pieces: Sequence[Piece], record: Record, words: Words) -> dict[str, Any]:
    """The data of a work programme, as far as the document holds it."""
    return _Programme(record, words).data(pieces)


class _Programme:
    def __init__(self, record: Record, words: Words) -> None:
        self._record = record
        self._words = words
        self._data: dict[str, Any] = {}

    def data(self, pieces: Sequence[Piece]) -> dict[str, Any]:
        heading = ""
        text: list[Piece] = []
        before_tables = True
        for index, piece in enumerate(pieces):
            if isinstance(piece, Line) and self._title(piece, index):
                continue
            if isinstance(piece, Line) and piece.level is not None:
                heading = piece.words
                self._record.omit(piece.place, FIXED, piece.words)
                before_tables = False
            elif isinstance(piece, Grid):
                self._grid(piece, heading)
                before_tables = False
            elif before_tables:
                text.append(piece)
            else:
                self._leave(piece, "it stands below the introduction, where the template has no place for it")
        self._introduction(text)
        return self._data

    def _title(self, line: Line, index: int) -> bool:
        year = _YEAR.search(line.words)
        if "year" not in self._data and year and re.search("work programme", line.words, re.IGNORECASE):
            self._record.text_of(line, "the title")
            self._data["year"] = year[0]
            committee = re.sub(
                r"(?i)work programme|\s*[–—-]\s*$|^\s*[–—-]\s*", "", line.words.replace(year[0], "")
            ).strip(" –—-:,")
            if committee and "committee" not in self._data:
                self._data["committee"] = committee
            self._record.omit(line.place, FIXED, "Work Programme")
            return True
        if (
            index < 4
            and (line.style == "document subtitle" or re.search(r"\bcommittee$", line.words, re.IGNORECASE))
            and "committee" not in self._data
        ):
            self._data["committee"] = self._record.text_of(line, "the committee's name")
            return True
        return False

    def _introduction(self, pieces: Sequence[Piece]) -> None:
        at = next(
            (index for index, each in enumerate(pieces) if isinstance(each, Line) and each.style == "programme chair"),
            None,
        )
        if at is None:
            if found := passage(pieces, self._record):
                self._data["introduction"] = found
            return
        if found := passage(pieces[:at], self._record):
            self._data["introduction"] = found
        chair = pieces[at]
        assert isinstance(chair, Line)
        self._data["chair"] = {"name": self._record.text_of(chair, "the name of the chair")}
        rest = list(pieces[at + 1 :])
        if rest and isinstance(rest[0], Line) and rest[0].style == "programme chair role":
            role = self._record.text_of(rest.pop(0), "the role of the chair")  # type: ignore[arg-type]  # seen to be a line
            of = f" of the {self._data['committee']}" if "committee" in self._data else ""
            if role == self._words.chair + of:
                self._record.omit(chair.place, FIXED, role)
            else:
                self._data["chair"]["role"] = role
        if found := passage(rest, self._record):
            self._data["enquiries"] = found

    # --- Tables -------------------------------------------------------------------------------------

    def _grid(self, grid: Grid, heading: str) -> None:
        heads = {box.column: heading_key(box.words) for box in grid.rows[0].boxes}
        if any("membership" in head for head in heads.values()) and any("calendar" in head for head in heads.values()):
            self._record.omit(grid.place, FIXED, " ".join(box.words for box in grid.rows[0].boxes))
            self._members_and_calendar(grid)
            return
        columns = _columns(heads)
        key = self._key(heading, columns)
        if key is None or "title" not in columns:
            self._leave(grid, "it is none of the tables of a work programme")
            return
        self._record.omit(grid.place, FIXED, " ".join(box.words for box in grid.rows[0].boxes))
        if key == "meetings":
            self._data.setdefault(key, []).extend(self._meetings(grid, columns))
        else:
            found = [self._work(row, columns, key) for row in grid.rows[1:] if any(box.words for box in row.boxes)]
            self._data.setdefault(key, []).extend(found)

    def _key(self, heading: str, columns: Mapping[str, int]) -> str | None:
        if "proposed" in columns:
            return "for_consideration"
        found = next((key for key, words in _BY_HEADING if words.search(heading.casefold())), None)
        if found in {"for_consideration", "standing_items"} and "date" not in columns:
            return found
        if "date" in columns:
            if found in {"briefings", "working_groups", "related_work"}:
                return found
            return "meetings"
        return "standing_items" if "title" in columns else None

    def _members_and_calendar(self, grid: Grid) -> None:
        for row in grid.rows[1:]:
            for box in row.boxes:
                for line in (each for whole in box.lines for each in split_lines(whole)):
                    self._member_or_date(line, first=box.column == 0)

    def _member_or_date(self, line: Line, *, first: bool) -> None:
        words = self._record.text_of(line, "the membership or the calendar")
        if first:
            self._data.setdefault("membership", []).append(person_of(words))
            return
        found = date_in(words)
        if found is None or found[1].start() != 0:
            if "calendar_note" in self._data:
                self._leave(line, "the calendar has one note")
            else:
                self._data["calendar_note"] = words
            return
        rest = words[found[1].end() :]
        entry = {"date": found[0].isoformat()}
        when, _, note = rest.partition(" – ")
        match = TIME.search(when)
        if match and (time := clock(match[0])):
            entry["time"] = time
            when = when.replace(match[0], "")
        leftover = when.strip(" ,.").removeprefix("at").strip()
        if leftover:
            note = f"{leftover} – {note}" if note else leftover
        if note.strip():
            entry["note"] = note.strip()
        self._record.omit(line.place, "date and time are written as in 2026-03-12 and 14:30", words)
        self._data.setdefault("calendar", []).append(entry)

    def _meetings(self, grid: Grid, columns: Mapping[str, int]) -> list[dict[str, Any]]:
        meetings: list[dict[str, Any]] = []
        until = 0
        for index, row in enumerate(grid.rows[1:], 1):
            date = _box(row, columns.get("date"))
            if date is not None and date.words:
                meetings.append(self._meeting(date))
                until = index + date.rows
            elif not meetings or (index >= until and not any(box.words for box in row.boxes)):
                for box in row.boxes:
                    for piece in box.pieces:
                        self._leave(piece, "its row has no date")
                continue
            work = self._work(row, columns, "meetings")
            if work:
                meetings[-1].setdefault("items", []).append(work)
        return meetings

    def _meeting(self, box: Box) -> dict[str, Any]:
        lines = [self._record.text_of(line, "a date") for whole in box.lines for line in split_lines(whole)]
        meeting: dict[str, Any] = {"date": lines[0]}
        for words in lines[1:]:
            if "time" not in meeting and "note" not in meeting and clock(words):
                meeting["time"] = words
            elif "note" not in meeting:
                meeting["note"] = words
            else:
                meeting["note"] += f" {words}"
        return meeting

    def _work(self, row: GridRow, columns: Mapping[str, int], key: str) -> dict[str, Any]:
        """One item of work; nothing for a row that names none."""
        work: dict[str, Any] = {}
        wanted = _KEYS_OF.get(key, ("details", "outcome"))
        if "date" in wanted and (date := _box(row, columns.get("date"))):
            work["date"] = date.words
        extra = self._named(_box(row, columns["title"]), work)
        for name in ("details", "outcome"):
            box = _box(row, columns.get(name)) if name in wanted else None
            pieces = [*(extra if name == "details" else []), *(box.pieces if box else ())]
            if found := passage(pieces, self._record):
                work[name] = found
        proposed = _box(row, columns.get("proposed"))
        if proposed is not None and proposed.words and "proposed" in wanted:
            work["proposed_date"] = proposed.words
        taken = {column for name, column in columns.items() if name in {*wanted, "title", "date"}}
        for box in row.boxes:
            if box.column not in taken and box.words:
                self._record.keep(box.place, "the table has no such column", *blocks_of(box.pieces, self._record))
        if work and "title" not in work:
            for value in work.values():
                if isinstance(value, Passage):
                    self._record.keep(row.place, "its row names no item", *value.blocks)
            return {}
        return work

    def _named(self, box: Box | None, work: dict[str, Any]) -> list[Piece]:
        """Take the title and the people from a cell; give what else stands in it."""
        extra: list[Piece] = []
        for piece in box.pieces if box else ():
            for line in split_lines(piece) if isinstance(piece, Line) else ():
                words = self._record.text_of(line, "an item of work")
                match = _PERSON.fullmatch(words)
                if "title" not in work:
                    work["title"] = words
                elif match:
                    work.setdefault("people", []).append({"label": match["label"], "name": match["name"]})
                else:
                    extra.append(line)
            if isinstance(piece, Grid):
                extra.append(piece)
        return extra

    def _leave(self, piece: Piece, reason: str) -> None:
        self._record.keep(piece.place, reason, *blocks_of([piece], self._record))


def _columns(heads: Mapping[int, str]) -> dict[str, int]:
    """Which column holds what; each kind is taken once, from the left."""
    found: dict[str, int] = {}
    for column, head in sorted(heads.items()):
        kind = next((kind for kind, words in _COLUMNS if kind not in found and words.search(head)), None)
        if kind is not None:
            found[kind] = column
    return found


def _box(row: GridRow, column: int | None) -> Box | None:
    return next((box for box in row.boxes if box.column == column), None)
