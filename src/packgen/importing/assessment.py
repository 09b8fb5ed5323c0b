"""A Community Impact Assessment, or its summary, as the keys of `cia` or `cia-summary`.

Takes pieces with headings found, and the words of the template; gives the data. Rows are found by the words that the
template has for them; a category that it does not have is one of the council's own. What a schema gives by default is
not written out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from packgen.importing.outline import heading_key
from packgen.importing.passages import blocks_of
from packgen.importing.pieces import FIXED, Grid, Line, Passage, Piece, Record
from packgen.importing.sections import passage
from packgen.importing.template_words import LabelledRow, Slot, TemplateWords, boxes_of, labelled_rows
from packgen.prose.tree import Paragraph
from packgen.prose.words import inline_text

_FRONT: Mapping[str, str] = {
    "project sponsor": "sponsor", "sponsor": "sponsor", "project manager or lead": "lead", "project manager": "lead",
    "project lead": "lead", "lead": "lead", "date": "date",
}  # fmt: skip
_GUIDANCE = "completing the assessment"
_PROSE_HEADINGS: Mapping[str, str] = {"executive summary": "summary", "next steps": "next_steps"}
_DEFAULTS: Mapping[str, str] = {
    "groups": "No issues identified",
    "benefits": "N/A",
    "risks": "N/A",
    "mitigations": "N/A",
}
_COLUMNS = ("groups", "benefits", "risks", "mitigations")
_SIGN_OFF = ("role", "name", "date")


def assessment(pieces: Sequence[Piece], record: Record, words: TemplateWords, *, summary: bool) -> dict[str, Any]:
    """The data of an assessment, as far as the document holds it."""
    return _Assessment(record, words, summary=summary).data(pieces)


class _Assessment:
    def __init__(self, record: Record, words: TemplateWords, *, summary: bool) -> None:
        self._record = record
        self._words = words
        self._summary = summary
        self._data: dict[str, Any] = {}

    def data(self, pieces: Sequence[Piece]) -> dict[str, Any]:
        first = next(
            (
                at
                for at, each in enumerate(pieces)
                if isinstance(each, Grid) or (isinstance(each, Line) and (each.level or 0) > 1)
            ),
            len(pieces),
        )
        self._front(pieces[:first])
        body = pieces[first:]
        if not self._summary:
            there = any(isinstance(each, Line) and heading_key(each.words) == _GUIDANCE for each in body)
            self._data["guidance"] = there
        self._text(body)
        for row in labelled_rows(body):
            self._row(row)
        return self._data

    def _front(self, pieces: Sequence[Piece]) -> None:
        title_seen = False
        for piece in pieces:
            if not isinstance(piece, Line):
                continue
            words = self._record.text_of(piece, "the head of an assessment")
            label, colon, value = words.partition(":")
            key = _FRONT.get(heading_key(label)) if colon else None
            if key and value.strip() and key not in self._data:
                self._record.omit(piece.place, FIXED, label)
                self._data[key] = value.strip()
            elif not title_seen and (piece.level in {0, 1} or heading_key(words) in self._words.fixed):
                title_seen = True
                self._record.omit(piece.place, FIXED, words)
                if heading_key(words) not in self._words.fixed:
                    self._record.keep(
                        piece.place, "the template has a title of its own", *blocks_of([piece], self._record)
                    )
            elif not title_seen and piece.style == "document label":
                self._data["label"] = words
            elif "proposal" not in self._data:
                self._data["proposal"] = words
            else:
                self._leave(piece, "it stands in the head, where the template has no place for it")

    def _text(self, pieces: Sequence[Piece]) -> None:
        heading, text = "", dict[str, list[Piece]]()
        for piece in pieces:
            if isinstance(piece, Grid):
                self._column_headings(piece)
                continue
            key = heading_key(piece.words)
            if piece.level is not None and (key in self._words.fixed or key in _PROSE_HEADINGS):
                heading = key
                self._record.omit(piece.place, FIXED, piece.words)
            elif heading in _PROSE_HEADINGS and self._summary:
                text.setdefault(_PROSE_HEADINGS[heading], []).append(piece)
            elif key in self._words.fixed:
                self._record.omit(piece.place, FIXED, piece.words)
            else:
                self._leave(piece, "the template has no place for text here")
        for name, found in text.items():
            if prose := passage(found, self._record):
                self._data[name] = prose

    def _column_headings(self, grid: Grid) -> None:
        for row in grid.rows:
            for box in row.boxes if row.header else ():
                if heading_key(box.words) in self._words.fixed:
                    self._record.omit(box.place, FIXED, box.words)
                else:
                    self._record.keep(
                        box.place, "the template has no such column", *blocks_of(box.pieces, self._record)
                    )

    def _row(self, each: LabelledRow) -> None:
        slots = self._words.rows.get((each.heading, each.label))
        if slots is None and each.named_by is None:
            slots = self._words.rows.get((each.heading, ""))
        if slots is not None:
            self._filled(each, slots)
        elif each.heading == "sign-off" and self._summary:
            found = {key: box.words for key, box in zip(_SIGN_OFF, each.row.boxes, strict=False) if box.words}
            if found:
                self._data.setdefault("sign_off", []).append(found)
        elif each.named_by is not None and (section := self._section(each.heading)):
            self._other(each, section)
        elif all(heading_key(line.words) in self._words.fixed for box in each.row.boxes for line in box.lines):
            self._record.omit(each.row.place, FIXED, each.row.words)
        else:
            self._leave_row(each)

    def _filled(self, each: LabelledRow, slots: Mapping[int, Slot]) -> None:
        named = each.named_by or each.row
        self._record.omit(
            named.place, FIXED, named.words if each.named_by else each.row.boxes[0].words if each.label else ""
        )
        for column, box in boxes_of(each.row).items():
            slot = slots.get(column)
            if slot is None:
                if column and box.words:
                    self._record.keep(
                        box.place, "the template has no such column", *blocks_of(box.pieces, self._record)
                    )
                continue
            value: Any = Passage(blocks_of(box.pieces, self._record)) if slot.prose else box.words
            if value == "" or value == Passage(()):
                continue
            if slot.path[-1] in _DEFAULTS and not self._summary and _plain(value) == _DEFAULTS[slot.path[-1]]:
                self._record.omit(box.place, "what the schema gives by itself", box.words)
                continue
            _put(self._data, slot.path, value)

    def _other(self, each: LabelledRow, section: str) -> None:
        other: dict[str, Any] = {
            "name": each.named_by.boxes[0].lines[0].raw.partition("\t")[0].strip() if each.named_by else each.label
        }
        if each.question:
            other["question"] = each.question
        for key, box in zip(_COLUMNS, each.row.boxes, strict=False):
            value = Passage(blocks_of(box.pieces, self._record))
            if _plain(value) == _DEFAULTS[key]:
                self._record.omit(box.place, "what the schema gives by itself", box.words)
            elif value.blocks:
                other[key] = value
        self._data.setdefault(section, {}).setdefault("other", []).append(other)

    def _section(self, heading: str) -> str | None:
        """The key of a section, by the slots that the template has below its heading."""
        for (where, _), slots in self._words.rows.items():
            if where == heading:
                return next(iter(slots.values())).path[0]
        return None

    def _leave(self, piece: Piece, reason: str) -> None:
        self._record.keep(piece.place, reason, *blocks_of([piece], self._record))

    def _leave_row(self, each: LabelledRow) -> None:
        for row in filter(None, (each.named_by, each.row)):
            for box in row.boxes:
                self._record.keep(box.place, "the template has no such row", *blocks_of(box.pieces, self._record))


def _plain(value: Any) -> str:
    match value:
        case Passage((Paragraph(inlines),)):
            return inline_text(inlines).strip()
    return value if isinstance(value, str) else ""


def _put(data: dict[str, Any], path: Sequence[str], value: Any) -> None:
    for key in path[:-1]:
        data = data.setdefault(key, {})
    data[path[-1]] = value
