"""A comparison as data for scripts. Takes differences, gives values that JSON knows, with every word."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from packgen.differences.result import PackDifferences, SheetPlan


def as_json(differences: PackDifferences) -> dict[str, Any]:
    """All of it."""
    return {
        "since": {"publication": differences.publication, "published": differences.published.isoformat()},
        "renumbered": differences.renumbered,
        **sheets_as_json(differences),
        "documents": [asdict(document) for document in differences.documents],
    }


def sheets_as_json(differences: PackDifferences) -> dict[str, str | None]:
    """What to do with a printed pack; nothing of it if the whole pack must be printed anew."""
    sheets = differences.sheets or SheetPlan()
    return {"to_replace": sheets.to_replace, "to_insert": sheets.to_insert, "to_remove": sheets.to_remove}
