"""What both layouts of the front sheet share: the agenda's lines, the motion to exclude, members, notes, the contact.

Takes a document that has the styles of `front_sheet_styles`; adds to it. It decides no order: the two layouts do.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from tools.make_templates.house import (
    ACCENT,
    GRID,
    add,
    add_row,
    add_table,
    body_width,
    bold,
    choose,
    link,
    loop,
    new_document,
    row_choose,
    row_loop,
    row_when,
    when,
)
from tools.make_templates.style_list import QUIET
from tools.make_templates.styles import Characters, Line, ParagraphStyle

Align = Literal["left", "center"]

# The column heads say nothing twice: the page ranges below them begin with the word Pages themselves.
_HEADINGS = ("Item", "Title", "Papers")
NUMBER_WIDTH = 13  # millimetres: the first column

NAME = "{{ person.name }}{% if person.role %} ({{ person.role }}){% endif %}"

# What the contact's lines are called and say; a line without a value is left out.
CONTACT_LINES = (
    ("name", "Contact", "{{ contact.name }}{% if contact.title %}, {{ contact.title }}{% endif %}"),
    ("telephone", "Telephone", "{{ contact.telephone }}"),
    ("email", "E-mail", link("contact.email", "contact.email")),
    ("address", "Address", "{{ contact.address }}"),
)

# Local Government Act 1972, section 100A(4) and (5): the resolution identifies the items and says which descriptions
# of Schedule 12A apply; Part 2 of the Schedule, paragraph 10, adds the test of the public interest.
_MOTION = (
    "“That under section 100A(4) of the Local Government Act 1972 the public be excluded from the meeting for the "
    "items of business below, because they involve the likely disclosure of exempt information as defined in the "
    "paragraphs of Part 1 of Schedule 12A to that Act (as amended) shown against each of them, and the public interest "
    "in maintaining the exemption outweighs the public interest in disclosing the information.”"
)
_ENDS_WITH_MOTION = "items and items[-1].exclusion and not items[-1].pages and not items[-1].sub_items"
_PART_TWO_NOTE = "(Reports under this heading are exempt and are not published.)"
_EXEMPT = {
    1: "Some papers of this item are exempt under {{ item.exempt_paragraphs }} of Part 1 of Schedule 12A.",
    2: "Exempt under {{ item.exempt_paragraphs }} of Part 1 of Schedule 12A.",
}


def new_front_sheet(
    align: Align,
    *,
    row_gap: float,
    inset: float,
    title: str = "{{ committee }}, {{ meeting.date|date }}",
    styles: Sequence[ParagraphStyle] = (),
) -> Any:
    """A document with the styles of a front sheet, and further `styles`.

    `row_gap` is the space above each line of the agenda in points, `inset` that at the left of a cell in millimetres.
    """
    return new_document(title, styles=[*_styles(align, row_gap, inset), *styles])


def _styles(align: Align, row_gap: float, inset: float) -> list[ParagraphStyle]:
    rule = Line(1.5, ACCENT, 8)
    title_at = inset + NUMBER_WIDTH
    return [
        ParagraphStyle(
            name="Council Name",
            characters=Characters(size=14, bold=True, colour=ACCENT),
            align="right" if align == "left" else align,
            after=8,
        ),
        ParagraphStyle(name="Meeting Committee", based_on="heading 1", align=align, before=8, after=12),
        ParagraphStyle(
            name="Meeting Date", characters=Characters(size=16, bold=True), keep_next=True, align=align, after=3
        ),
        ParagraphStyle(
            name="Meeting Venue",
            characters=Characters(size=14),
            align=align,
            after=14,
            borders={"bottom": rule},
        ),
        ParagraphStyle(name="Meeting Notice", align=align, after=3),
        ParagraphStyle(name="Proper Officer", keep_next=True, keep_lines=True, align=align, before=8, after=0),
        ParagraphStyle(name="Proper Officer Title", based_on="Proper Officer", before=0),
        ParagraphStyle(name="Published", align=align, after=6),
        ParagraphStyle(name="Agenda Heading", based_on="heading 2", align=align),
        ParagraphStyle(
            name="Part Two Heading", based_on="Agenda Heading", before=18, borders={"top": Line(1.5, ACCENT, 12)}
        ),
        ParagraphStyle(name="Part Two Note", align=align, keep_next=True),
        ParagraphStyle(name="Agenda Number", characters=Characters(bold=True), before=row_gap, after=2, line=1.08),
        ParagraphStyle(name="Agenda Title", based_on="Agenda Number"),
        ParagraphStyle(name="Agenda Line", characters=Characters(size=11), after=2, line=1.08),
        ParagraphStyle(name="Agenda Motion", based_on="Agenda Line", left=5, borders={"left": Line(1.5, GRID, 8)}),
        ParagraphStyle(
            name="Agenda Pages", characters=Characters(size=10.5), align="right", before=row_gap, after=2, line=1.23
        ),
        ParagraphStyle(name="Papers Heading", based_on="Table Heading", align="right"),
        ParagraphStyle(
            name="Quiet Heading", based_on="Table Heading", characters=Characters(size=10, bold=False, colour=QUIET)
        ),
        ParagraphStyle(name="Quiet Papers Heading", based_on="Quiet Heading", align="right"),
        ParagraphStyle(name="Agenda Sub Number", based_on="Agenda Number", left=5, before=row_gap / 2),
        ParagraphStyle(name="Agenda Sub Title", based_on="Agenda Title", before=row_gap / 2),
        ParagraphStyle(name="Agenda Sub Pages", based_on="Agenda Pages", before=row_gap / 2),
        # The motion to exclude the public stands below the table, in line with its columns.
        ParagraphStyle(
            name="Motion Title",
            based_on="Agenda Number",
            left=title_at,
            hanging=NUMBER_WIDTH,
            before=max(row_gap, 10),
            tabs=(("left", title_at),),
            keep_next=True,
            keep_lines=True,
        ),
        ParagraphStyle(name="Motion Line", based_on="Agenda Line", left=title_at, keep_next=True, keep_lines=True),
        ParagraphStyle(
            name="Motion",
            based_on="Motion Line",
            left=title_at + 5,
            keep_next=False,
            borders={"left": Line(1.5, GRID, 8)},
        ),
        ParagraphStyle(name="Member", after=2),
        ParagraphStyle(name="Contact Detail", after=2, keep_next=True, keep_lines=True),
        ParagraphStyle(name="Contact Officer", based_on="Contact Detail", before=16),
        ParagraphStyle(name="Contact At Head", characters=Characters(size=10.5), after=1, line=1.0),
    ]


def add_council(container: Any) -> None:
    """The logo if the council has one, otherwise its name."""
    with when(container, "council.logo"):
        add(container, "Council Name", "{{ council.logo|picture(width_mm=55, alt=council.logo_alt) }}")
        choose(container, "elif council.name")
        add(container, "Council Name", "{{ council.name }}")


def add_meeting(document: Any) -> None:
    """Whose meeting it is, when and where, with the notices below."""
    # The word Committee does not stand alone on a last line.
    add(document, "Meeting Committee", r"{{ committee|replace(' Committee', '\u00a0Committee') }}")
    add(document, "Meeting Date", "{{ meeting.date|day_date }} at {{ meeting.time|time }}")
    add(document, "Meeting Venue", "{{ meeting.venue }}")
    with loop(document, "notice in notices"):
        add(document, "Meeting Notice", "{{ notice }}")
    with when(document, "meeting.webcast"):
        # The whole sentence is the link: an address alone does not say where it leads.
        sentence = "('Watch the meeting, live or later: ' ~ meeting.webcast)"
        add(document, "Meeting Notice", link(sentence, "meeting.webcast"))


def add_summons(document: Any) -> None:
    """Who calls the meeting, and the day of publication."""
    with when(document, "proper_officer"):
        add(document, "Proper Officer", bold("{{ proper_officer.name }}"))
        with when(document, "proper_officer.title"):
            add(document, "Proper Officer Title", "{{ proper_officer.title }}")
    with when(document, "published"):
        add(document, "Published", "Published on {{ published|date }}")


def add_agenda(document: Any, *, style: str, widths: tuple[float, float, float]) -> None:
    """Part One and Part Two, each as a table of number, title and pages.

    The motion to exclude the public stands below the table of Part One if it is the last item there: it says what Part
    Two is, and is not left alone on a page below the columns' headings.
    """
    add(document, "Agenda Heading", "Agenda")
    add(document, "Template Tag", f"{{%p set motion = items[-1] if {_ENDS_WITH_MOTION} else none %}}")
    _items(document, "item in items if not motion or item.number != motion.number", 1, style, widths)
    with when(document, "motion"):
        add(document, "Motion Title", "{{ motion.number }}.\t{{ motion.title }}")
        _details(document, "motion", 1, line="Motion Line", motion="Motion")
    add(document, "Part Two Heading", "{{ words.part_two }}")
    add(document, "Part Two Note", _PART_TWO_NOTE)
    with when(document, "part_two"):
        _items(document, "item in part_two", 2, style, widths)
        choose(document)
        add(document, "Part Two Note", "{{ words.nil }}")


def _items(document: Any, loop_of: str, part: int, style: str, widths: tuple[float, float, float]) -> None:
    table = add_table(document, widths, style=style)
    quiet = "Quiet " if style == "Packgen Layout" else ""
    first, last = (f"{quiet}Heading", f"{quiet}Papers Heading") if quiet else ("Table Heading", "Papers Heading")
    header = add_row(table, header=True)
    for cell, words, look in zip(header.cells, _HEADINGS, (first, first, last), strict=True):
        add(cell, look, words)
    with row_loop(table, loop_of):
        with row_when(table, "item.exclusion and not item.pages"):
            _row(table, "item", part, wide=True)
            row_choose(table)
            _row(table, "item", part)
        with row_loop(table, "sub_item in item.sub_items"):
            _row(table, "sub_item", part)


def _row(table: Any, item: str, part: int, *, wide: bool = False) -> None:
    """A line of the agenda; a `wide` one uses the column of pages for its words as well."""
    look, mark = ("Agenda", ".") if item == "item" else ("Agenda Sub", "")
    number, title, pages = add_row(table).cells
    add(number, f"{look} Number", f"{{{{ {item}.number }}}}{mark}")
    if wide:
        title = title.merge(pages)
    else:
        _pages(pages, item, f"{look} Pages")
    add(title, f"{look} Title", linked(f"{item}.title", f"{item}.link"))
    _details(title, item, part)


def _details(container: Any, item: str, part: int, *, line: str = "Agenda Line", motion: str = "Agenda Motion") -> None:
    """What stands below an item's title."""
    for key, words in (("report_of", "Report of "), ("presenter", "")):
        with when(container, f"{item}.{key}"):
            add(container, line, f"{words}{{{{ {item}.{key} }}}}")
    add(container, line, f"{{{{ {item}.text|prose }}}}")
    with when(container, f"{item}.expected"):
        add(container, line, f"The paper is expected on {{{{ {item}.expected|day_date }}}}.")
    with when(container, f"{item}.exempt_paragraphs"):
        add(container, line, _EXEMPT[part].replace("item.", f"{item}."))
    with when(container, f"{item}.exempt_reason"):
        add(container, line, f"Why: {{{{ {item}.exempt_reason }}}}")
    if item != "sub_item":
        with when(container, f"{item}.exclusion"):
            add(container, line, "The {{ words.chair }} to move:")
            add(container, motion, _MOTION)


def linked(text: str, target: str) -> str:
    """Words that lead to a place in the pack, if there is one."""
    return f"{{% if {target} %}}{link(text, target)}{{% else %}}{{{{ {text} }}}}{{% endif %}}"


def pages_in_brackets(pages: str, target: str) -> str:
    """`(Pages 9 - 22)` or `(Page 9)`, in which no line ends inside a range, leading to its first page."""
    word = f"('Pages\\u00a0' if ' ' in {pages} else 'Page\\u00a0')"
    return linked(f"('(' ~ {word} ~ {pages}|replace(' - ', '\\u00a0-\\u00a0') ~ ')')", target)


def _pages(cell: Any, item: str, style: str) -> None:
    """`(Pages 9 - 22)` or `(Page 9)`, in which no line ends inside a range.

    `To follow` where there is no paper yet, `Withdrawn` where there will be none.
    """
    pages = pages_in_brackets(f"{item}.pages", f"{item}.link")
    to_follow = "{{ words.to_follow }}"
    add(cell, style, f"{{% if {item}.pages %}}{pages}{{% elif {item}.to_follow %}}{to_follow}{{% endif %}}")
    with when(cell, f"{item}.pages and {item}.to_follow"):
        add(cell, style, to_follow)
    with when(cell, f"{item}.withdrawn"):
        add(cell, style, "Withdrawn")


def add_members(document: Any) -> None:
    """The members in two even columns."""
    with when(document, "membership_left"):
        add(document, "heading 2", "Membership")
        half = body_width("portrait") / 2
        row = add_row(add_table(document, [half, half], style="Packgen Layout"))
        for cell, side in zip(row.cells, ("left", "right"), strict=True):
            with loop(cell, f"person in membership_{side}"):
                add(cell, "Member", NAME)
                choose(cell)
                add(cell, "Member")


def add_notes(document: Any) -> None:
    """Notes for the press and public."""
    with when(document, "public_notes"):
        add(document, "heading 2", "Notes for the Press and Public")
        with loop(document, "note in public_notes"):
            add(document, "heading 3", "{{ note.heading }}")
            add(document, "Normal", "{{ note.text|prose }}")


def add_contact(document: Any) -> None:
    """The officer whom readers may ask, in one block at the end."""
    with when(document, "contact"):
        for key, label, value in CONTACT_LINES:
            with when(document, f"contact.{key}"):
                look = "Contact Officer" if key == "name" else "Contact Detail"
                add(document, look, bold(f"{label}:"), f" {value}")
        choose(document)
        add(document, "Table End")
