"""The later front sheet: whom to ask stands at the top left, the agenda is a table of number, title and pages.

Takes nothing; gives the template. Councils that choose it usually count the front sheet's pages.
"""

from __future__ import annotations

from typing import Any

from tools.make_templates.front_sheet import (
    CONTACT_LINES,
    NUMBER_WIDTH,
    add_agenda,
    add_council,
    add_meeting,
    add_members,
    add_notes,
    add_summons,
    new_front_sheet,
)
from tools.make_templates.house import add, add_row, add_table, bold, choose, when

_HEAD_WIDTHS = (105, 58)
_WIDTHS = (NUMBER_WIDTH, 111, 36)


def make() -> Any:
    document = new_front_sheet("left", row_gap=0, inset=1.5)
    contact, council = add_row(add_table(document, _HEAD_WIDTHS, style="Packgen Layout")).cells
    _contact(contact)
    add_council(council)
    with when(council, "not council.logo and not council.name"):
        add(council, "Council Name")
    add_meeting(document)
    add_summons(document)
    add_agenda(document, style="Packgen Table", widths=_WIDTHS)
    add_members(document)
    add_notes(document)
    add(document, "Table End")
    return document


def _contact(cell: Any) -> None:
    """Whom to ask, small, before all else."""
    with when(cell, "contact"):
        for key, label, value in CONTACT_LINES:
            with when(cell, f"contact.{key}"):
                add(cell, "Contact At Head", bold(f"{label}:"), f" {value}")
        choose(cell)
        add(cell, "Contact At Head")
