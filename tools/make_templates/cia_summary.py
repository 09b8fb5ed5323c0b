"""The short form of a Community Impact Assessment that goes to members: checklist, summary, findings, sign-off.

Takes nothing; gives the template.
"""

from __future__ import annotations

from typing import Any

from tools.make_templates.cia_front import FRONT_STYLES, add_front
from tools.make_templates.house import add, add_row, add_table, header_row, new_document, row_loop, when
from tools.make_templates.wide_page import TABLE_STYLES

_QUESTIONS = (
    ("aims", "Is it clear what the proposal is to achieve?"),
    ("groups", "Do we know which people and places it would affect?"),
    ("evidence", "Does the assessment rest on evidence that is up to date?"),
    ("engagement", "Have those affected, or people who speak for them, been asked?"),
    ("equality_duty", "Was due regard paid to the Public Sector Equality Duty?"),
    ("mitigations", "Is each mitigation agreed, with somebody who answers for it?"),
    ("monitoring", "Is it settled how, when and by whom the impact will be monitored?"),
    ("legal_advice", "Has legal advice been taken?"),
)
_AREAS = (
    ("equality", "Public Sector Equality Duty"),
    ("health", "Health and Care"),
    ("economy", "Economy"),
    ("environment", "Environment"),
    ("communities", "Localities and Communities"),
)
_CHECKLIST_WIDTHS = (72, 20, 68)
_FINDING_WIDTHS = (31, 20, 58, 51)
_SIGN_OFF_WIDTHS = (60, 60, 40)


def make() -> Any:
    document = new_document(
        "Community Impact Assessment summary: {{ proposal }}", styles=(*FRONT_STYLES, *TABLE_STYLES)
    )
    add_front(document, "Community Impact Assessment: Checklist and Executive Summary")
    _checklist(document)
    add(document, "heading 2", "Executive summary")
    add(document, "Normal", "{{ summary|prose }}")
    _findings(document)
    with when(document, "next_steps"):
        add(document, "heading 2", "Next steps")
        add(document, "Normal", "{{ next_steps|prose }}")
    _sign_off(document)
    add(document, "Table End")
    return document


def _checklist(document: Any) -> None:
    add(document, "heading 2", "Checklist")
    table = add_table(document, _CHECKLIST_WIDTHS)
    header_row(table, "Question", "Answer", "Comment")
    for key, question in _QUESTIONS:
        first, answer, comment = add_row(table).cells
        add(first, "Table Text", question)
        add(answer, "Table Name", f"{{{{ checklist.{key}.answer }}}}")
        add(comment, "Table Text", f"{{{{ checklist.{key}.comment|prose }}}}")


def _findings(document: Any) -> None:
    add(document, "heading 2", "What the assessment found")
    table = add_table(document, _FINDING_WIDTHS)
    header_row(table, "Section", "Impact", "Main findings", "Mitigations")
    for key, area in _AREAS:
        row = add_row(table)
        add(row.cells[0], "Table Name", area)
        add(row.cells[1], "Table Text", f"{{{{ {key}.impact }}}}")
        add(row.cells[2], "Table Text", f"{{{{ {key}.findings|prose }}}}")
        add(row.cells[3], "Table Text", f"{{{{ {key}.mitigations|prose }}}}")


def _sign_off(document: Any) -> None:
    with when(document, "sign_off"):
        add(document, "heading 2", "Sign-off")
        table = add_table(document, _SIGN_OFF_WIDTHS)
        header_row(table, "Capacity", "Name", "Date")
        with row_loop(table, "approval in sign_off"):
            role, name, date = add_row(table).cells
            add(role, "Table Text", "{{ approval.role }}")
            add(name, "Table Text", "{{ approval.name }}")
            add(date, "Table Text", "{{ approval.date }}")
