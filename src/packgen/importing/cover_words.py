"""The headings that cover reports have, and which of a report's lines is its title.

Takes lines with the levels of headings found; gives keys, levels and lines. Never changes anything.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from packgen.importing.dates import date_in
from packgen.importing.outline import heading_key
from packgen.importing.pieces import Line, Piece

SLOTS: Mapping[str, str] = {
    "recommendation": "recommendations", "recommendations": "recommendations", "recommendation(s)": "recommendations",
    "summary": "summary", "executive summary": "summary",
    "report": "report",
    "link to strategic plan": "link_to_strategic_plan",
    "link to other overview and scrutiny activity": "link_to_other_scrutiny",
    "community impact": "community_impact",
    "list of background documents": "background_documents", "background documents": "background_documents",
    "background papers": "background_documents", "list of background papers": "background_documents",
    "list of background documents/papers": "background_documents",
    "list of background documents/appendices": "background_documents",
    "list of appendices/background papers": "background_documents",
    "list of appendices/background documents": "background_documents",
    "background documents/appendices": "background_documents",
    "list of appendices": "appendices", "appendices": "appendices",
    "contact details": "contacts", "contact": "contacts", "contacts": "contacts", "contact officer": "contacts",
    "contact officers": "contacts", "report author": "contacts", "report authors": "contacts",
    "author": "contacts", "contact officer(s)": "contacts",
    "local members' interest": "local_members_interest", "local member interest": "local_members_interest",
    "local members interest": "local_members_interest",
}  # fmt: skip
PRINTED = {
    "recommendation", "recommendations", "summary", "report", "link to strategic plan", "community impact",
    "link to other overview and scrutiny activity", "list of background documents", "list of appendices",
    "contact details", "local members' interest",
}  # fmt: skip
CANONICAL = frozenset(SLOTS)
REPORT_OF = re.compile(r"\s*(?:joint )?report of(?: the following)?\s*:?\s*(?=\S)", re.IGNORECASE)
_NO_TITLE = re.compile(r"\b(?:committee|council|cabinet|board|panel)$", re.IGNORECASE)


def container_level(pieces: Sequence[Piece]) -> int | None:
    """The level of the heading Report, below which the author's own headings stand."""
    levels = [
        piece.level
        for piece in pieces
        if isinstance(piece, Line) and piece.level and heading_key(piece.words) == "report"
    ]
    return min(levels) if levels else None


def title_of(pieces: Sequence[Piece]) -> Line | None:
    """The line with the title: in the style Title, or the first heading if no key has its name and others follow."""
    lines = [piece for piece in pieces if isinstance(piece, Line)]
    headings = [line for line in lines if line.level is not None]
    titles = [line for line in headings if line.level == 0]
    if titles:
        return titles[0]
    first = next(
        (
            index
            for index, line in enumerate(headings)
            if heading_key(line.words) in SLOTS and SLOTS[heading_key(line.words)] != "local_members_interest"
        ),
        len(headings),
    )
    before = [
        line for line in headings[:first] if heading_key(line.words) not in SLOTS and not REPORT_OF.match(line.words)
    ]
    named = [line for line in before if not _NO_TITLE.search(line.words) and date_in(line.words) is None]
    top = [line for line in named if line.level == 1]
    return next(iter(top or named or before), None)


def section_level(pieces: Sequence[Piece], title: Line | None, container: int | None) -> int:
    """The level of the headings of sections: the highest below the title that stand for no key."""
    below = list(pieces)
    if title is not None:
        below = below[[each is title for each in below].index(True) + 1 :]
    levels = [
        piece.level
        for piece in below
        if isinstance(piece, Line)
        and piece.level
        and not REPORT_OF.match(piece.words)
        and (heading_key(piece.words) not in SLOTS or (container and piece.level > container))
    ]
    if container is not None:
        levels = [level for level in levels if level > container] or levels
    return min(levels, default=1)
