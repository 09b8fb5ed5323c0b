"""The front sheet of a supplement: to which agenda it belongs, which papers it brings, and why they come late.

Takes nothing; gives the template. It goes with either layout of the front sheet: its head is that of the first,
its papers are a table with lines, as in the second.

Local Government Act 1972, section 100B(4): a meeting may take an item that was not open to the public in time only if
its chairman is of the opinion that it should be considered as a matter of urgency, by reason of special circumstances,
which shall be specified in the minutes.
"""

from __future__ import annotations

from typing import Any

from tools.make_templates.front_sheet import (
    NUMBER_WIDTH,
    add_contact,
    add_council,
    add_summons,
    linked,
    new_front_sheet,
    pages_in_brackets,
)
from tools.make_templates.house import add, add_row, add_table, bold, choose, loop, row_loop, row_when, when
from tools.make_templates.styles import Characters, ParagraphStyle

_WIDTHS = (NUMBER_WIDTH, 112, 35)
_HEADINGS = ("Item", "Paper", "Pages")
_EXEMPT = "Exempt under {{ document.exempt_paragraphs }} of Part 1 of Schedule 12A."
_EXEMPT_ITEM = (
    "{% if item.documents %}Further papers of this item are{% else %}Its papers are{% endif %} not published: exempt "
    "under {{ item.exempt_paragraphs }} of Part 1 of Schedule 12A."
)
_LAW = (
    "Not on the agenda when it was published: {% if new_items|length > 1 %}items{% else %}item{% endif %} "
    "{{ new_items|map(attribute='number')|list|names }}. The meeting may consider such an item only if the "
    "{{ words.chair }} is of the opinion, by reason of special circumstances, which shall be specified in the minutes, "
    "that it should be considered as a matter of urgency (Local Government Act 1972, section 100B(4)(b))."
)


def make() -> Any:
    document = new_front_sheet(
        "center",
        row_gap=0,
        inset=1.5,
        title="Supplement {{ number }}: {{ committee }}, {{ meeting.date|date }}",
        styles=_STYLES,
    )
    add_council(document)
    add(document, "Supplement Heading", "Supplement {{ number }} to the Agenda")
    add(document, "Supplement Committee", r"{{ committee|replace(' Committee', '\u00a0Committee') }}")
    add(document, "Supplement Date", "{{ meeting.date|day_date }} at {{ meeting.time|time }}")
    add(document, "Meeting Venue", "{{ meeting.venue }}")
    add_summons(document)
    _belonging(document)
    _papers(document)
    _reasons(document)
    add_contact(document)
    return document


_STYLES = [
    ParagraphStyle(name="Supplement Heading", based_on="heading 1", align="center", before=8, after=12),
    ParagraphStyle(
        name="Supplement Committee", characters=Characters(size=16, bold=True), keep_next=True, align="center", after=3
    ),
    ParagraphStyle(name="Supplement Date", characters=Characters(size=14), keep_next=True, align="center", after=3),
    ParagraphStyle(name="Supplement Belongs", before=6),
    ParagraphStyle(name="Supplement Number", based_on="Agenda Number", keep_next=True),
    ParagraphStyle(name="Supplement Item", based_on="Supplement Number"),
    ParagraphStyle(name="Supplement Item Line", based_on="Agenda Line", keep_next=True),
    ParagraphStyle(name="Supplement Paper", before=0, after=2, line=1.08),
]


def _belonging(document: Any) -> None:
    add(
        document,
        "Supplement Belongs",
        "This supplement belongs to the agenda published on {{ belongs_to.published|date }} "
        "(publication\u00a0{{ belongs_to.publication }}). Please read the two together: the page numbers go on from "
        "those of the agenda.",
    )


def _papers(document: Any) -> None:
    """The items with their papers: a row for an item with one paper, or none to be seen; else a row for each paper."""
    add(document, "heading 2", "Papers in this Supplement")
    table = add_table(document, _WIDTHS)
    header = add_row(table, header=True)
    for cell, words, look in zip(
        header.cells, _HEADINGS, ("Table Heading", "Table Heading", "Papers Heading"), strict=True
    ):
        add(cell, look, words)
    with row_loop(table, "item in items"):
        with row_when(table, "item.documents|length < 2"):
            number, title, pages = add_row(table).cells
            add(number, "Agenda Number", "{{ item.number }}.")
            _item(title, "(item.documents and item.documents[0].link)", look="Agenda Title", line="Agenda Line")
            with loop(title, "document in item.documents"):
                with when(title, "document.title != item.title"):
                    add(title, "Supplement Paper", linked("document.title", "document.link"))
                _paper_details(title)
            add(pages, "Agenda Pages", f"{{% if item.documents %}}{_pages('item.documents[0]')}{{% endif %}}")
        with row_when(table, "item.documents|length > 1"):
            number, title, rest = add_row(table).cells
            add(number, "Supplement Number", "{{ item.number }}.")
            _item(title.merge(rest), None, look="Supplement Item", line="Supplement Item Line")
            with row_loop(table, "document in item.documents"):
                _, title, pages = add_row(table).cells
                add(title, "Supplement Paper", linked("document.title", "document.link"))
                _paper_details(title)
                add(pages, "Agenda Pages", _pages("document"))
    add(document, "Table End")


def _item(cell: Any, target: str | None, *, look: str, line: str) -> None:
    words = linked("item.title", target) if target else "{{ item.title }}"
    add(cell, look, words)
    with when(cell, "item.report_of"):
        add(cell, line, "Report of {{ item.report_of }}")
    with when(cell, "item.new"):
        add(cell, line, "New item: it was not on the agenda.")
        choose(cell, "elif item.settles")
        add(cell, line, "The agenda says of this item: {{ words.to_follow }}.")
    # Where exempt papers are in the pack themselves, they say it.
    with when(cell, "item.exempt_paragraphs and not item.documents|selectattr('exempt_paragraphs')|list"):
        add(cell, line, _EXEMPT_ITEM)


def _paper_details(cell: Any) -> None:
    with when(cell, "document.exempt_paragraphs"):
        add(cell, "Agenda Line", _EXEMPT)
    with when(cell, "document.reason"):
        add(cell, "Agenda Line", bold("Why it is late:"), " {{ document.reason }}")
    with when(cell, "document.urgency"):
        add(cell, "Agenda Line", bold("Why it is urgent:"), " {{ document.urgency }}")


def _pages(document: str) -> str:
    return f"{{% if {document}.pages %}}{pages_in_brackets(f'{document}.pages', f'{document}.link')}{{% endif %}}"


def _reasons(document: Any) -> None:
    """Why all of it is late, and why what is new should be taken."""
    with when(document, "reason"):
        add(document, "heading 2", "Why these Papers are Late")
        add(document, "Normal", "{{ reason }}")
    add(document, "Template Tag", "{%p set new_items = items|selectattr('new')|list %}")
    with when(document, "new_items or urgency"):
        add(document, "heading 2", "Matters of Urgency")
        with when(document, "new_items"):
            add(document, "Normal", _LAW)
        with when(document, "urgency"):
            add(document, "Normal", bold("Special circumstances:"), " {{ urgency }}")
