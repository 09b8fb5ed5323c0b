"""What stands above the first heading of a cover report: committee, date, title, and tables that say so.

Takes the lines and tables of a report's head; adds to its data. What is none of these is left over.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from packgen.importing.dates import date_in
from packgen.importing.outline import heading_key
from packgen.importing.passages import blocks_of
from packgen.importing.pieces import FIXED, Grid, Line, Piece, Record, split_lines
from packgen.prose.tree import Paragraph, Text

_TITLE_BLOCK: Mapping[str, str] = {
    "committee": "committee", "report to": "committee", "meeting": "committee", "name of committee": "committee",
    "date": "date", "date of meeting": "date", "meeting date": "date", "title": "title", "subject": "title",
    "report title": "title", "title of report": "title", "report of": "report_of", "report by": "report_of",
    "from": "report_of", "cabinet member": "report_of", "portfolio holder": "report_of",
    "local members' interest": "local_members_interest", "local member": "local_members_interest",
    "local members": "local_members_interest", "wards affected": "local_members_interest",
    "divisions affected": "local_members_interest",
}  # fmt: skip
_COMMITTEE_LINE = re.compile(r"(?P<committee>.*\S)\s*[–—,-]\s*$")


class HeadReader:
    """Reads a head into `data`, which may hold the title already; `interest` are lines for the members' interest."""

    def __init__(self, record: Record, data: dict[str, Any]) -> None:
        self._record = record
        self.data = data
        self.interest: list[Line] = []

    def read(self, pieces: Sequence[Piece]) -> None:
        """Take what the head says; the rest is left over."""
        for piece in pieces:
            if isinstance(piece, Grid):
                self._title_block(piece)
                continue
            for line in split_lines(piece):
                self._head_line(line)

    def _head_line(self, line: Line) -> None:
        label, colon, value = line.words.partition(":")
        if colon and self._fact(heading_key(label), " ".join(value.split()), line.place):
            self._record.omit(line.place, FIXED, label)
            return
        found = date_in(line.words)
        if found is not None and "date" not in self.data:
            date, match = found
            before = line.words[: match.start()].strip()
            after = line.words[match.end() :].strip(" .,")
            committee = _COMMITTEE_LINE.fullmatch(before)
            if not after and (not before or committee):
                self.data["date"] = date.isoformat()
                self._record.omit(line.place, "the date is written as year-month-day", match[0])
                if committee and "committee" not in self.data:
                    self.data["committee"] = committee["committee"].strip()
                elif committee:
                    self._leave(line, "it stands above the first heading")
                return
        is_committee = re.search(r"\b(?:committee|cabinet|board|panel)$|^(?:full )?council$", line.words, re.IGNORECASE)
        if is_committee and "committee" not in self.data and len(line.words) < 100:
            self.data["committee"] = self._record.text_of(line, "the committee's name")
            return
        self._leave(line, "it stands above the first heading, where the template has no place for it")

    def _title_block(self, grid: Grid) -> None:
        for row in grid.rows:
            boxes = [box for box in row.boxes if box.words]
            pairs = list(zip(boxes[::2], boxes[1::2], strict=False))
            if not pairs or len(boxes) % 2:
                for box in boxes:
                    lines = [each for line in box.lines for each in split_lines(line)]
                    if lines and heading_key(lines[0].words).startswith("local member"):
                        self._record.omit(lines[0].place, FIXED, lines[0].words)
                        self.interest += lines[1:]
                        continue
                    for piece in box.pieces:
                        self._head_line(piece) if isinstance(piece, Line) else self._leave(piece, "a table in the head")
                continue
            for label, value in pairs:
                if self._fact(heading_key(label.words), value.words, label.place):
                    self._record.omit(label.place, FIXED, label.words)
                else:
                    self._record.keep(
                        label.place,
                        "the template has no place for this line of the title block",
                        *blocks_of([*label.pieces, *value.pieces], self._record),
                    )

    def _fact(self, label: str, value: str, place: str) -> bool:
        """Take a labelled value of the title block; False if it is no key, or the key has another value."""
        key = _TITLE_BLOCK.get(label)
        if key is None or not value:
            return False
        if key == "local_members_interest":
            self.data.setdefault(key, []).append(value)
            return True
        if key == "date":
            found = date_in(value)
            if found is None or found[1].group() != value.strip():
                return False
            self._record.omit(place, "the date is written as year-month-day", value)
            value = found[0].isoformat()
        if key == "title" and "title" in self.data and self.data["title"] != value:
            self._record.remark(
                place, f'the document calls itself "{self.data["title"]}" and "{value}"; the second is its title'
            )
            self._record.keep(place, "a second title", Paragraph((Text(self.data["title"]),), 0))
        elif key in self.data and self.data[key] != value:
            return False
        self.data[key] = value
        return True

    def _leave(self, piece: Piece, reason: str) -> None:
        self._record.keep(piece.place, reason, *blocks_of([piece], self._record))
