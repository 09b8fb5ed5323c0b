"""The later front sheet: whom to ask stands at the top left, the agenda is a table of number, title and pages.

Takes nothing; gives the template. Councils that choose it usually count the front sheet's pages.
"""

from __future__ import annotations

from typing import Any

from tools.make_templates.front_sheet import (
    CONTACT_LINES,
    add_agenda,
    add_council,
    add_meeting,
    add_members,
    add_notes,
    add_summons,
    new_front_sheet,
)
from tools.make_templates.house import add, bold, when

_WIDTHS = (14, 106, 40)


def make() -> Any:
    document = new_front_sheet("left", row_gap=0)
    _contact(document)
    add_council(document)
    add_meeting(document)
    add_summons(document)
    add_agenda(document, style="Packgen Table", widths=_WIDTHS, headings=("No.", "Title", "Pages"))
    add_members(document)
    add_notes(document)
    return document


def _contact(document: Any) -> None:
    """Whom to ask, small, before all else."""
    with when(document, "contact"):
        for key, label, value in CONTACT_LINES:
            with when(document, f"contact.{key}"):
                add(document, "Contact At Head", bold(f"{label}:"), f" {value}")
