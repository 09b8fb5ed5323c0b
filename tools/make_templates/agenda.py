"""The plain front sheet: everything about the meeting in the middle, the agenda in aligned columns without lines.

Takes nothing; gives the template.
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
from tools.make_templates.house import add, bold, choose, when

# The columns' inset at the right lies outside the text, so that page numbers end where lines of text may end. The last
# column holds `(Pages 189 - 202)` on one line.
_WIDTHS = (NUMBER_WIDTH, 115, 35)


def make() -> Any:
    document = new_front_sheet("center", row_gap=6, inset=0)
    add_council(document)
    add_meeting(document)
    add_summons(document)
    add_agenda(document, style="Packgen Layout", widths=_WIDTHS)
    add_members(document)
    add_notes(document)
    _contact(document)
    return document


def _contact(document: Any) -> None:
    """The officer whom readers may ask, in one block at the end."""
    with when(document, "contact"):
        for key, label, value in CONTACT_LINES:
            with when(document, f"contact.{key}"):
                look = "Contact Officer" if key == "name" else "Contact Detail"
                add(document, look, bold(f"{label}:"), f" {value}")
        choose(document)
        add(document, "Table End")
