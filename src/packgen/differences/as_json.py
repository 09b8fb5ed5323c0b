"""A comparison as data for scripts, and as the data of the `change-notice` template.

Takes differences, gives values that JSON knows.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from packgen.differences.as_text import shortened
from packgen.differences.result import DocumentDifference, PackDifferences, WordChange
from packgen.model import Pack

_MOST_CHANGES = 12
"""Changes of one document that a notice prints."""


def as_json(differences: PackDifferences) -> dict[str, Any]:
    """All of it, with every word."""
    sheets = differences.sheets
    return {
        "since": {"publication": differences.publication, "published": differences.published.isoformat()},
        "renumbered": differences.renumbered,
        "to_replace": sheets.to_replace if sheets else None,
        "to_insert": sheets.to_insert if sheets else None,
        "to_remove": sheets.to_remove if sheets else None,
        "documents": [
            {**asdict(document), "changes": [*map(asdict, document.changes)]} for document in differences.documents
        ],
    }


def notice_data(differences: PackDifferences, pack: Pack) -> dict[str, Any]:
    """Data that fits `schemas/change-notice.schema.json`."""
    sheets = differences.sheets
    person = pack.contact
    return _without_none(
        {
            "template": "change-notice",
            "committee": pack.committee,
            "meeting": {
                "date": pack.meeting.date.isoformat(),
                "time": pack.meeting.time.strftime("%H:%M"),
                "venue": pack.meeting.venue,
            },
            "since": {"publication": differences.publication, "published": differences.published.isoformat()},
            "members_only": differences.access == "restricted",
            "renumbered": differences.renumbered,
            "to_replace": sheets.to_replace if sheets else None,
            "to_insert": sheets.to_insert if sheets else None,
            "to_remove": sheets.to_remove if sheets else None,
            "documents": [_document(document) for document in differences.documents],
            "contact": _without_none(asdict(person)) if person else None,
        }
    )


def _document(document: DocumentDifference) -> dict[str, Any]:
    more = max(0, len(document.changes) - _MOST_CHANGES) + document.unshown
    return _without_none(
        {
            "item": document.item,
            "title": document.title,
            "what": document.what,
            "pages": document.pages,
            "was_called": document.was_called,
            "was_item": document.was_item,
            "changes": [_change(change) for change in document.changes[:_MOST_CHANGES]],
            "more": more,
        }
    )


def _change(change: WordChange) -> dict[str, str]:
    return {
        "page": change.page,
        "before": change.before,
        "removed": shortened(change.removed),
        "added": shortened(change.added),
        "after": change.after,
    }


def _without_none(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}
