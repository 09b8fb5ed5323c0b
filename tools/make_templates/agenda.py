"""The plain front sheet: everything about the meeting in the middle, the agenda in aligned columns without lines.

Takes nothing; gives the template.
"""

from __future__ import annotations

from typing import Any

from tools.make_templates.front_sheet import (
    NUMBER_WIDTH,
    add_agenda,
    add_contact,
    add_council,
    add_meeting,
    add_members,
    add_notes,
    add_summons,
    new_front_sheet,
)

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
    add_contact(document)
    return document
