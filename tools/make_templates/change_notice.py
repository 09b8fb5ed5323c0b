"""The notice to members of what changed in a pack since it was published.

Takes nothing; gives the template. What to do with a printed pack comes first, in three lines; then each paper that
changed with its old and its new words, which stand under headings that say which they are.
"""

from __future__ import annotations

from typing import Any

from tools.make_templates.front_sheet import add_contact, add_council, new_front_sheet
from tools.make_templates.house import (
    ACCENT,
    GRID,
    add,
    add_row,
    add_table,
    bold,
    choose,
    header_row,
    loop,
    row_loop,
    when,
)
from tools.make_templates.styles import SIDES, Characters, Line, ParagraphStyle

_WIDTHS = (18, 71, 71)
_TO_DO = (
    ("to_replace", "Exchange:", "These sheets take the place of those with the same page numbers."),
    ("to_insert", "Put in:", "These sheets are new."),
    ("to_remove", "Take out:", "These sheets are no longer part of the pack."),
)
_WHAT = (
    ("added", "New paper"),
    ("removed", "No longer part of the pack"),
    ("withdrawn", "Withdrawn"),
    ("moved", "Moved to another place"),
    ("renamed", "Has another title"),
)
_STYLES = [
    ParagraphStyle(
        name="Members Only", characters=Characters(bold=True), after=6, borders={"bottom": Line(0.75, "000000", 3)}
    ),
    ParagraphStyle(name="Notice Heading", based_on="heading 1", before=8, after=12),
    ParagraphStyle(name="Notice Committee", characters=Characters(size=16, bold=True), keep_next=True, after=3),
    ParagraphStyle(
        name="To Do",
        left=37,
        hanging=34,
        right=3,
        after=6,
        borders=dict.fromkeys(SIDES, Line(0.75, ACCENT, 8)),
        tabs=(("left", 37),),
        keep_next=True,
        keep_lines=True,
    ),
    ParagraphStyle(name="To Do Next", before=8),
    ParagraphStyle(name="What Changed", characters=Characters(bold=True), after=4),
    ParagraphStyle(name="What Changed Below", based_on="What Changed", keep_next=True),
    ParagraphStyle(name="More Changes", before=6, borders={"left": Line(1.5, GRID, 8)}, left=5),
]


def make() -> Any:
    document = new_front_sheet(
        "left",
        row_gap=0,
        inset=1.5,
        title="Changes to the agenda pack: {{ committee }}, {{ meeting.date|date }}",
        styles=_STYLES,
    )
    add_council(document)
    with when(document, "members_only"):
        add(document, "Members Only", "NOT FOR PUBLICATION: this notice may hold words of exempt papers.")
    add(document, "Notice Heading", "Changes to the Agenda Pack")
    add(document, "Notice Committee", r"{{ committee|replace(' Committee', '\u00a0Committee') }}")
    add(document, "Normal", "{{ meeting.date|day_date }} at {{ meeting.time|time }}, {{ meeting.venue }}")
    add(
        document,
        "Normal",
        "This notice says what has changed since the pack was published on {{ since.published|date }} "
        "(publication\u00a0{{ since.publication }}).",
    )
    _sheets(document)
    _papers(document)
    add_contact(document)
    return document


def _sheets(document: Any) -> None:
    """What to do with a pack on paper."""
    add(document, "heading 2", "If You Have a Printed Pack")
    with when(document, "renumbered"):
        add(document, "Normal", "All pages have new numbers. Please print the whole pack anew and use only that.")
        choose(document, "elif to_replace or to_insert or to_remove")
        for key, label, words in _TO_DO:
            with when(document, key):
                pages = f"{{% if ' ' in {key} %}}Pages{{% else %}}Page{{% endif %}} "
                numbers = f"{{{{ {key}|replace(' - ', '\\u00a0-\\u00a0') }}}}"
                add(document, "To Do", bold(label), "\t", bold(f"{pages}{numbers}"), f". {words}")
        with when(document, "to_replace or to_insert"):
            add(document, "To Do Next", "The sheets to print are in the file replacement-sheets.pdf.")
        choose(document)
        add(document, "Normal", "No page has to be exchanged.")


def _papers(document: Any) -> None:
    with when(document, "documents"):
        add(document, "heading 2", "What Has Changed")
    with loop(document, "document in documents"):
        add(
            document,
            "heading 3",
            "{% if document.item %}Item {{ document.item }}: {% endif %}{{ document.title }}",
        )
        chain = "".join(
            f"{{% {'elif' if place else 'if'} document.what == '{what}' %}}{words}"
            for place, (what, words) in enumerate(_WHAT)
        )
        pages = (
            "{% if document.pages %}, {% if ' ' in document.pages %}pages{% else %}page{% endif %}\u00a0"
            "{{ document.pages|replace(' - ', '\\u00a0-\\u00a0') }}{% endif %}"
        )
        what = f"{chain}{{% else %}}Changed{{% endif %}}{pages}"
        with when(
            document, "document.what == 'changed' or document.reason or document.was_called or document.was_item"
        ):
            add(document, "What Changed Below", what)
            choose(document)
            add(document, "What Changed", what)
        with when(document, "document.reason"):
            add(document, "Normal", "Reason: {{ document.reason }}")
        with when(document, "document.was_called"):
            add(document, "Normal", "It was called: {{ document.was_called }}")
        with when(document, "document.was_item"):
            add(document, "Normal", "It belonged to item {{ document.was_item }}.")
        with when(document, "document.changes"):
            _changes(document)
        with when(document, "document.more"):
            add(
                document,
                "More Changes",
                "{{ document.more }} more {% if document.more == 1 %}change is{% else %}changes are{% endif %} not "
                "printed here.",
            )
        with when(document, "document.what == 'changed' and not document.changes and not document.more"):
            add(document, "Normal", "Its words are the same; its pages look different.")
    add(document, "Table End")


def _changes(document: Any) -> None:
    """Old and new words side by side, each with some of the words around them, which are the same."""
    table = add_table(document, _WIDTHS)
    header_row(table, "Page", "Old words", "New words")
    with row_loop(table, "change in document.changes"):
        page, old, new = add_row(table).cells
        add(page, "Table Text", "{{ change.page }}")
        for cell, words, absent in ((old, "removed", "(nothing)"), (new, "added", "(left out)")):
            add(
                cell,
                "Table Text",
                "{{ change.before }} ",
                bold(f"{{% if change.{words} %}}{{{{ change.{words} }}}}{{% else %}}{absent}{{% endif %}}"),
                " {{ change.after }}",
            )
