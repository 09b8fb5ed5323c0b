"""A cover report's lines as the keys of `cover-report`.

Takes pieces with headings found; gives the data. Headings that the template prints become keys; every other heading
is a section of the report, with the author's own words. What stands where the template has no place is left over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from packgen.importing.contacts import contacts_of
from packgen.importing.cover_head import HeadReader
from packgen.importing.cover_words import PRINTED, REPORT_OF, SLOTS, container_level, section_level, title_of
from packgen.importing.dates import date_in
from packgen.importing.outline import NUMBERED, heading_key
from packgen.importing.passages import blocks_of
from packgen.importing.pieces import FIXED, Grid, Line, Passage, Piece, Record, split_lines
from packgen.importing.sections import (
    SectionReader,
    has_running_numbers,
    is_numbered,
    mixed_numbers,
    passage,
    sections_data,
)
from packgen.prose.tree import Block, Link, ListBlock, Paragraph
from packgen.prose.words import inline_text

_ORDER = tuple(dict.fromkeys(SLOTS.values()))
_APPENDIX = re.compile(
    r"(?P<label>(?:Appendix|Annex|Appendices|Enclosure)\s+[\w.]{1,6})\s*(?:[:–—\t-]\s*)+(?P<title>\S.*)"
)
_ADDRESS = re.compile(r"https?://\S+")
_REFERENCE = re.compile(r"\bparagraphs? \d+(?:\.\d+)*(?! of (?:the |Part |Schedule ))", re.IGNORECASE)
_LONGEST_ENTRY = 400
_NONE = {"none", "n/a", "nil", "not applicable", "none.", "there are none", "there are none."}


def cover_report(pieces: Sequence[Piece], record: Record) -> dict[str, Any]:
    """The data of a cover report, as far as the document holds it."""
    _remark_on_references(pieces, record)
    return _CoverReport(record, pieces).data()


def _remark_on_references(pieces: Sequence[Piece], record: Record) -> None:
    """Remark on references to paragraphs whose numbers the template counts anew."""
    lines = [piece for piece in pieces if isinstance(piece, Line)]
    if any(line.style == NUMBERED for line in lines) or not has_running_numbers(pieces):
        return
    for line in lines:
        if match := _REFERENCE.search(line.words):
            message = f'"{match[0]}" may be another paragraph now: the report counts its paragraphs anew'
            hint = "look at the built report, and mend the number"
            record.remark(line.place, message, hint, code="import.reference")


class _CoverReport:
    def __init__(self, record: Record, pieces: Sequence[Piece]) -> None:
        self._record = record
        self._numbers = has_running_numbers(pieces)
        self._data: dict[str, Any] = {}
        self._slots: dict[str, list[Piece]] = {slot: [] for slot in _ORDER}
        self._head: list[Piece] = []
        self._container = container_level(pieces)
        self._title = title_of(pieces)
        self._sections = SectionReader(record, section_level(pieces, self._title, self._container))
        self._walk(pieces)

    # --- Sorting the lines into slots ---------------------------------------------------------------

    def _walk(self, pieces: Sequence[Piece]) -> None:
        slot, slot_level, under_report = "", 0, False
        for piece, following in zip(pieces, [*pieces[1:], None], strict=True):
            if piece is self._title:
                self._data["title"] = self._record.text_of(self._title, "the title")
            elif isinstance(piece, Line) and self._report_of(piece):
                pass
            elif isinstance(piece, Line) and piece.level is not None:
                if found := self._slot_of(piece, under_report=under_report):
                    printed = heading_key(piece.words) in PRINTED
                    reason = FIXED if printed else "the template has a heading of its own"
                    self._record.omit(piece.place, reason, piece.words)
                    slot, slot_level, under_report = found, piece.level, found == "report"
                elif not slot and self._is_head(piece, following):
                    self._head.append(piece)
                elif slot == "summary" and piece.level > slot_level and not self._slots[slot]:
                    self._slots[slot].append(piece)
                else:
                    slot = "sections"
                    self._sections.heading(piece)
            elif isinstance(piece, Line) and self._interest(piece):
                slot = "local_members_interest"
            else:
                if slot == "local_members_interest" and not _in_interest(piece):
                    slot = ""
                self._put(slot, piece)

    def _is_head(self, heading: Line, following: Piece | None) -> bool:
        """Whether a heading above all others is one of the lines of the head, such as the council's name."""
        if self._title is not None and "title" not in self._data:
            return True
        bare = following is None or (isinstance(following, Line) and following.level is not None)
        return not self._sections.parts and (bare or date_in(heading.words) is not None)

    def _slot_of(self, line: Line, *, under_report: bool) -> str:
        """The key that a heading stands for; below Report, deeper headings are the author's own."""
        deep = self._container is not None and line.level is not None and line.level > self._container
        slot = SLOTS.get(heading_key(line.words), "")
        taken = slot in {"summary", "recommendations"} and bool(self._slots[slot])
        return "" if (under_report and deep) or taken else slot

    def _put(self, slot: str, piece: Piece) -> None:
        if slot == "sections":
            self._sections.piece(piece)
        elif slot:
            self._slots[slot].append(piece)
        elif self._sections.parts:
            self._sections.piece(piece)
        else:
            self._head.append(piece)

    def _report_of(self, line: Line) -> bool:
        match = REPORT_OF.match(line.raw)
        if (
            match is None
            or line.numbered
            or (line.style != "report of" and (len(line.words) > 150 or "report_of" in self._data))
        ):
            return False
        self._data["report_of"] = " ".join(
            self._record.text_of(line, "the line Report of")[len(match[0].strip()) :].split()
        )
        self._record.omit(line.place, FIXED, match[0])
        return True

    def _interest(self, line: Line) -> bool:
        if line.style == "interest box heading" or heading_key(line.words) in {
            "local members' interest",
            "local member interest",
        }:
            self._record.omit(line.place, FIXED, line.words)
            return True
        return False

    # --- Slots into keys ----------------------------------------------------------------------------

    def data(self) -> dict[str, Any]:
        head = HeadReader(self._record, self._data)
        head.read(self._head)
        self._slots["local_members_interest"] += head.interest
        self._read_interest()
        self._read_recommendations()
        self._read_summary()
        self._read_report()
        for key in ("link_to_strategic_plan", "link_to_other_scrutiny", "community_impact"):
            if found := passage(self._slots[key], self._record):
                self._data[key] = found
        if self._slots["background_documents"] or self._was_there("background_documents"):
            self._data["background_documents"] = self._papers(self._slots["background_documents"])
        if found_appendices := self._appendices(self._slots["appendices"]):
            self._data["appendices"] = found_appendices
        if contacts := contacts_of(self._slots["contacts"], self._record):
            self._data["contacts"] = contacts
        return self._data

    def _was_there(self, slot: str) -> bool:
        words = {key for key, value in SLOTS.items() if value == slot}
        return any(heading_key(each.words) in words for each in self._record.left_out)

    def _leave(self, piece: Piece, reason: str) -> None:
        self._record.keep(piece.place, reason, *blocks_of([piece], self._record))

    def _read_interest(self) -> None:
        lines = [
            each
            for piece in self._slots["local_members_interest"]
            if isinstance(piece, Line)
            for each in split_lines(piece)
        ]
        for piece in self._slots["local_members_interest"]:
            if isinstance(piece, Grid):
                self._leave(piece, "a table of the members' interest")
        if lines:
            found = [self._record.text_of(line, "the members' interest") for line in lines]
            self._data["local_members_interest"] = [*self._data.get("local_members_interest", []), *found]

    def _read_recommendations(self) -> None:
        pieces = [_plain(piece) for piece in self._slots["recommendations"]]
        blocks = list(blocks_of(pieces, self._record))
        if not blocks:
            return
        lead: list[Block] = []
        while blocks and not isinstance(blocks[0], ListBlock) and any(isinstance(each, ListBlock) for each in blocks):
            lead.append(blocks.pop(0))
        if (
            not lead
            and len(blocks) > 1
            and isinstance(blocks[0], Paragraph)
            and inline_text(blocks[0].inlines).strip().endswith(":")
        ):
            lead.append(blocks.pop(0))
        items: list[list[Block]] = []
        in_list = any(isinstance(block, ListBlock) for block in blocks)
        for block in blocks:
            if isinstance(block, ListBlock) and (
                block.kind != "bullet" or not items or (items[-1] and not _ends_open(items[-1]))
            ):
                items += [list(item.blocks) for item in block.items]
            elif items and in_list:
                items[-1].append(block)
            else:
                items.append([block])
        found: dict[str, Any] = {}
        words = [inline_text(block.inlines) for block in lead if isinstance(block, Paragraph)]
        if len(words) == len(lead) and words:
            found["lead_in"] = " ".join(" ".join(words).split())
        elif lead:
            self._record.keep(
                self._slots["recommendations"][0].place, "only words may stand before the recommendations", *lead
            )
        self._data["recommendations"] = {**found, "items": [Passage(tuple(item)) for item in items]}

    def _read_summary(self) -> None:
        pieces = list(self._slots["summary"])
        if not pieces:
            return
        summary: dict[str, Any] = {}
        first = pieces[0]
        if isinstance(first, Line) and first.level is not None:
            summary["question"] = self._record.text_of(first, "the question of the summary")
            pieces = pieces[1:]
        found = passage(pieces, self._record)
        if self._numbers and found:
            summary["numbered"] = is_numbered(pieces)
            mixed_numbers(pieces, self._record)
        summary["text"] = found or Passage(())
        self._data["summary"] = summary

    def _read_report(self) -> None:
        parts = self._sections.parts
        loose = self._slots["report"]
        if loose:
            self._sections.open_without_heading("Report", loose[0].place)
            parts.insert(0, parts.pop())
            parts[0].pieces += loose
            self._record.remark(
                loose[0].place,
                "words right below the heading Report have no heading of their own; "
                'they are in a section called "Report"',
                "give the section a better heading",
                code="import.no-heading",
            )
        if parts:
            self._data["sections"] = sections_data(parts, self._record, numbers=self._numbers)

    def _papers(self, pieces: Sequence[Piece]) -> list[dict[str, Any]]:
        papers: list[dict[str, Any]] = []
        for line in self._list_lines(pieces, "a background paper"):
            if line.words.casefold() in _NONE:
                self._record.omit(line.place, FIXED, line.words)
                continue
            if _APPENDIX.fullmatch(line.words):
                self._slots["appendices"].append(line)
                continue
            if papers and "url" not in papers[-1] and _ADDRESS.fullmatch(line.words):
                papers[-1]["url"] = line.words
                continue
            links = [each for each in _links(line.inlines) if each.target.startswith(("https://", "http://"))]
            paper = {"title": self._record.text_of(line, "a background paper")}
            if len(links) == 1 or (links and inline_text(links[0].inlines) == line.words):
                paper["url"] = links[0].target
            elif links:
                self._record.remark(
                    line.place, f"a background paper has one address; {links[0].target} is taken", code="import.link"
                )
                paper["url"] = links[0].target
            papers.append(paper)
        return papers

    def _appendices(self, pieces: Sequence[Piece]) -> list[dict[str, Any]]:
        found = []
        for line in self._list_lines(pieces, "an appendix"):
            words = self._record.text_of(line, "an appendix")
            if words.casefold() in _NONE:
                self._record.omit(line.place, FIXED, words)
                continue
            label, tab, title = line.raw.strip().partition("\t")
            match = _APPENDIX.fullmatch(words)
            if tab and label.strip() and title.strip():
                found.append({"label": " ".join(label.split()), "title": " ".join(title.split())})
            elif match:
                found.append({"label": match["label"], "title": match["title"]})
            else:
                found.append({"title": words})
        return found

    def _list_lines(self, pieces: Sequence[Piece], what: str) -> list[Line]:
        """The lines of a list, those of a table's rows included."""
        lines: list[Line] = []
        for piece in pieces:
            if isinstance(piece, Grid):
                self._leave(piece, f"a table cannot stand for {what}")
            elif len(piece.words) > _LONGEST_ENTRY:
                self._leave(piece, f"it is too long for the name of {what}")
            else:
                lines += split_lines(piece)
        return lines


def _plain(piece: Piece) -> Piece:
    """A recommendation's number is that of a list, even if it runs on from the text."""
    return replace(piece, numbered=False) if isinstance(piece, Line) else piece


def _ends_open(blocks: Sequence[Block]) -> bool:
    """Whether an item ends in a way that asks for what follows."""
    last = blocks[-1]
    return isinstance(last, Paragraph) and inline_text(last.inlines).rstrip().endswith((":", "–", "—"))


def _links(inlines: Sequence[Any]) -> list[Link]:
    found: list[Link] = []
    for inline in inlines:
        if isinstance(inline, Link):
            found.append(inline)
        elif hasattr(inline, "inlines"):
            found += _links(inline.inlines)
    return found


def _in_interest(piece: Piece) -> bool:
    """Whether a line stands in the box of the members' interest."""
    return (
        isinstance(piece, Line)
        and piece.level is None
        and (
            piece.style == "interest box"
            or (date_in(piece.words) is None and len(piece.words) < 80 and piece.style != "committee line")
        )
    )
