"""What the notice of changes says: the data of the `change-notice` template, from a comparison. Pure."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from packgen.differences.as_json import sheets_as_json
from packgen.differences.as_text import shortened
from packgen.differences.result import DocumentDifference, PackDifferences, WordChange
from packgen.front_sheet import front_sheet_data
from packgen.model import Pack, PagePlan

_MOST_CHANGES = 12
"""Changes of one document that a notice prints."""


def notice_data(differences: PackDifferences, pack: Pack) -> dict[str, Any]:
    """Data that fits `schemas/change-notice.schema.json`."""
    whole = front_sheet_data(pack, PagePlan(()))
    return {
        "template": "change-notice",
        **{key: whole[key] for key in ("committee", "meeting", "contact") if key in whole},
        "since": {"publication": differences.publication, "published": differences.published.isoformat()},
        "members_only": differences.access == "restricted",
        "renumbered": differences.renumbered,
        **{key: pages for key, pages in sheets_as_json(differences).items() if pages},
        "documents": [_document(document) for document in differences.documents],
    }


def _document(document: DocumentDifference) -> dict[str, Any]:
    told = {key: value for key, value in asdict(document).items() if value is not None}
    del told["unshown"]
    return {
        **told,
        "changes": [_change(change) for change in document.changes[:_MOST_CHANGES]],
        "more": max(0, len(document.changes) - _MOST_CHANGES) + document.unshown,
    }


def _change(change: WordChange) -> dict[str, str]:
    return {
        "page": change.page,
        "before": change.before,
        "removed": shortened(change.removed),
        "added": shortened(change.added),
        "after": change.after,
    }
