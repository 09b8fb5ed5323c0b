"""Which template a document follows.

Takes its pieces; gives the template's name. Styles that only packgen's templates have tell most, because they survive
an officer's changes in Word; headings and titles tell the rest. What is none of the others is a plain document.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from packgen.importing.outline import heading_key
from packgen.importing.pieces import Grid, Line, Piece

_STYLES: Mapping[str, str] = {
    "minute heading": "minutes",
    "minute text": "minutes",
    "numbered paragraph": "cover-report",
    "interest box heading": "cover-report",
    "report of": "cover-report",
    "committee line": "cover-report",
    "programme chair": "work-programme",
    "calendar line": "work-programme",
    "table person": "work-programme",
}
_COVER_WORDS: Mapping[str, int] = {
    "recommendation": 3, "recommendations": 3, "local members' interest": 3, "report of": 2, "contact details": 2,
    "contact officer": 2, "contact officers": 2, "contact": 2, "contacts": 2, "report author": 2,
    "list of background documents": 2, "background documents": 2, "background papers": 2,
    "list of background papers": 2, "list of appendices": 2, "appendices": 1, "summary": 1, "executive summary": 1,
    "background": 1, "purpose of the report": 1, "purpose of report": 1, "financial implications": 1,
    "legal implications": 1, "equality implications": 1, "equalities implications": 1, "risk implications": 1,
    "risks": 1, "options": 1, "alternative options": 1, "options considered": 1, "reasons for recommendations": 1,
    "link to strategic plan": 2, "community impact": 1, "consultation": 1, "implications": 1,
}  # fmt: skip
_ENOUGH = 5


def recognise(pieces: Sequence[Piece]) -> str:
    """`cover-report`, `minutes`, `work-programme`, `cia`, `cia-summary`, or `document` for anything else."""
    styles = {line.style for line in _all_lines(pieces)}
    opening = " ".join(piece.words for piece in pieces[:6]).casefold()
    if "assessment line" in styles or "community impact assessment" in _title(pieces).casefold():
        return "cia-summary" if _has_checklist(pieces) else "cia"
    for style, template in _STYLES.items():
        if style in styles:
            return template
    if "document date" in styles or "document label" in styles:
        return "document"
    headings = [heading_key(line.words) for line in _all_lines(pieces) if line.level is not None]
    resolved = sum(line.words.upper().startswith("RESOLVED") for line in _all_lines(pieces))
    if "minutes of" in opening and (resolved or "present" in opening or "attendance" in opening):
        return "minutes"
    if "work programme" in opening and any(isinstance(piece, Grid) for piece in pieces):
        return "work-programme"
    lines = [heading_key(line.words) for line in _all_lines(pieces) if len(line.words) < 60]
    score = sum(weight for words, weight in _COVER_WORDS.items() if words in headings)
    score += 2 * any(words.startswith("report of ") for words in lines)
    score += 3 * ("local members' interest" in lines)
    return "cover-report" if score >= _ENOUGH and {"recommendation", "recommendations"} & set(headings) else "document"


def _title(pieces: Sequence[Piece]) -> str:
    lines = [piece for piece in pieces if isinstance(piece, Line)]
    return next((line.words for line in lines if line.level in {0, 1}), lines[0].words if lines else "")


def _has_checklist(pieces: Sequence[Piece]) -> bool:
    return any(isinstance(piece, Line) and heading_key(piece.words) == "checklist" for piece in pieces)


def _all_lines(pieces: Sequence[Piece]) -> Iterator[Line]:
    for piece in pieces:
        if isinstance(piece, Line):
            yield piece
        else:
            for row in piece.rows:
                for box in row.boxes:
                    yield from _all_lines(box.pieces)
