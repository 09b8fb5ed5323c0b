"""A committee's work programme: why it does what it does, the year meeting by meeting, and everything beside it.

Takes nothing; gives the template. A meeting's date spans its items by a vertical merge, which `{% vm %}` makes.
"""

from __future__ import annotations

from typing import Any

from tools.make_templates.house import (
    add,
    add_row,
    add_table,
    bold,
    choose,
    header_row,
    loop,
    new_document,
    row_choose,
    row_loop,
    row_when,
    running_header,
    when,
)
from tools.make_templates.styles import ParagraphStyle
from tools.make_templates.wide_page import PROSE, WIDE_PAGE_STYLES

_YEAR_WIDTHS = (38, 62, 71, 86)
_DATED = (
    ("briefings", "Briefing Notes, Updates and Visits", "Date"),
    ("working_groups", "Working Groups and Inquiry Days", "Date"),
    ("related_work", "Related Work of Other Committees", "Timescale"),
)
_OUTCOME = "Action / outcome"
_STYLES = (
    *WIDE_PAGE_STYLES,
    ParagraphStyle(name="Table Person", based_on="Table Text", after=1),
    ParagraphStyle(name="Calendar Line", based_on="Table Text", after=1),
    ParagraphStyle(name="Calendar Note", based_on="Table Text", before=4),
    ParagraphStyle(name="Programme Chair", based_on=PROSE, before=12, after=0, keep_next=True, keep_lines=True),
    ParagraphStyle(name="Programme Chair Role", based_on=PROSE, after=12, keep_lines=True),
)


def make() -> Any:
    title = "Work Programme {{ year }}"
    document = new_document(title, orientation="landscape", styles=_STYLES)
    running_header(document, "'Work Programme ' ~ year ~ (' – ' ~ committee if committee else '')")
    add(document, "heading 1", title)
    with when(document, "committee"):
        add(document, "Document Subtitle", "{{ committee }}")
    _introduction(document)
    _members_and_calendar(document)
    _year(document)
    _for_consideration(document)
    _standing_items(document)
    for key, heading, date_heading in _DATED:
        _dated_work(document, key, heading, date_heading)
    add(document, "Table End")
    return document


def _introduction(document: Any) -> None:
    add(document, PROSE, "{{ introduction|prose }}")
    with when(document, "chair"):
        add(document, "Programme Chair", bold("{{ chair.name }}"))
        usual = "{{ words.chair }}{% if committee %} of the {{ committee }}{% endif %}"
        role = "{% if chair.role %}{{ chair.role }}{% else %}" + usual + "{% endif %}"
        add(document, "Programme Chair Role", role)
    add(document, PROSE, "{{ enquiries|prose }}")


def _members_and_calendar(document: Any) -> None:
    with when(document, "membership or calendar"):
        add(document, "heading 2", "Membership and Calendar of Meetings {{ year }}")
        table = add_table(document, (64, 193))
        header_row(table, "Membership", "Calendar of meetings")
        members, calendar = add_row(table).cells
        with loop(members, "person in membership"):
            add(members, "Calendar Line", "{{ person.name }}{% if person.role %} ({{ person.role }}){% endif %}")
            choose(members)
            add(members, "Calendar Line")
        with loop(calendar, "each in calendar"):
            when_it_is = "{{ each.date|day_date }}{% if each.time %} at {{ each.time|time }}{% endif %}"
            add(calendar, "Calendar Line", when_it_is + "{% if each.note %} – {{ each.note }}{% endif %}")
            choose(calendar)
            add(calendar, "Calendar Line")
        with when(calendar, "calendar_note"):
            add(calendar, "Calendar Note", "{{ calendar_note }}")


def _work(cell: Any, work: str) -> None:
    """An item's title with those who answer for it."""
    add(cell, "Table Name", f"{{{{ {work}.title }}}}")
    with loop(cell, f"person in {work}.people"):
        add(cell, "Table Person", "{{ person.label }}: {{ person.name }}")


def _prose(cell: Any, expression: str) -> None:
    add(cell, "Table Text", f"{{{{ {expression}|prose }}}}")


def _year(document: Any) -> None:
    add(document, "heading 2", "Meetings and Items {{ year }}")
    table = add_table(document, _YEAR_WIDTHS)
    header_row(table, "Date of meeting", "Item", "Details", _OUTCOME)
    with row_loop(table, "meeting in meetings"), row_when(table, "meeting.items"):
        with row_loop(table, "work in meeting.items"):
            date, title, details, outcome = add_row(table).cells
            # All of the cell belongs to the first of the meeting's rows; `vm` joins the others to it.
            add(date, "Table Name", "{% vm %}{{ meeting.date }}")
            _below_date(date, "loop.first and ")
            _work(title, "work")
            _prose(details, "work.details")
            _prose(outcome, "work.outcome")
        row_choose(table)
        date, *rest = add_row(table).cells
        add(date, "Table Name", "{{ meeting.date }}")
        _below_date(date, "")
        for cell in rest:
            add(cell, "Table Text")


def _below_date(cell: Any, condition: str) -> None:
    for key in ("time", "note"):
        with when(cell, f"{condition}meeting.{key}"):
            add(cell, "Table Text", f"{{{{ meeting.{key} }}}}")


def _for_consideration(document: Any) -> None:
    with when(document, "for_consideration"):
        add(document, "heading 2", "Items for Consideration")
        table = add_table(document, (85, 118, 54))
        header_row(table, "Suggested item", "Details", "Proposed date")
        with row_loop(table, "work in for_consideration"):
            title, details, date = add_row(table).cells
            _work(title, "work")
            _prose(details, "work.details")
            add(date, "Table Text", "{{ work.proposed_date }}")


def _standing_items(document: Any) -> None:
    with when(document, "standing_items"):
        add(document, "heading 2", "Standing Items")
        table = add_table(document, (80, 98, 79))
        header_row(table, "Item", "Details", _OUTCOME)
        with row_loop(table, "work in standing_items"):
            title, details, outcome = add_row(table).cells
            _work(title, "work")
            _prose(details, "work.details")
            _prose(outcome, "work.outcome")


def _dated_work(document: Any, key: str, heading: str, date_heading: str) -> None:
    with when(document, key):
        add(document, "heading 2", heading)
        table = add_table(document, _YEAR_WIDTHS)
        header_row(table, date_heading, "Item", "Details", _OUTCOME)
        with row_loop(table, f"work in {key}"):
            date, title, details, outcome = add_row(table).cells
            add(date, "Table Name", "{{ work.date }}")
            _work(title, "work")
            _prose(details, "work.details")
            _prose(outcome, "work.outcome")
