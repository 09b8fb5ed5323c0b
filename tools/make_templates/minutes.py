"""The minutes of an earlier meeting: who was there, what was said, what was resolved.

Takes nothing; gives the template. A minute's number is typed, because it runs on from the meeting before; the letters
of a resolution's limbs are Word's own and start again at a) with each minute.
"""

from __future__ import annotations

from typing import Any

from tools.make_templates.house import (
    add,
    add_row,
    add_table,
    body_width,
    bold,
    choose,
    loop,
    new_document,
    when,
)

_NAME = "{{ person.name }}{% if person.role %} ({{ person.role }}){% endif %}"


def make() -> Any:
    document = new_document("Minutes")
    usual_title = "Minutes of the {{ committee }} meeting held on {{ meeting_date|date }}"
    add(document, "heading 1", "{% if title %}{{ title }}{% else %}" + usual_title + "{% endif %}")
    _attendance(document)
    add(document, "heading 2", "{{ words.part_one }}")
    _minutes(document, "minutes", "first_number")
    with when(document, "part_two"):
        add(document, "heading 2", "{{ words.part_two }}")
        _minutes(document, "part_two", "first_number + minutes|length")
    add(document, "Signature Line", "{{ signature }}")
    return document


def _attendance(document: Any) -> None:
    with when(document, "presiding"):
        name = _NAME.replace("person", "presiding")
        add(document, "Attendance", bold("Present:"), f"\t{name}")
    with when(document, "attendance"):
        add(document, "Attendance", bold("Attendance:"))
        half = body_width("portrait") / 2
        row = add_row(add_table(document, [half, half], style="Packgen Layout"))
        middle = "(attendance|length + 1) // 2"
        for cell, column in zip(row.cells, (f":{middle}", f"{middle}:"), strict=True):
            with loop(cell, f"person in attendance[{column}]"):
                add(cell, "Attendance Name", _NAME)
                choose(cell)
                add(cell, "Attendance Name")
        add(document, "Table Gap")
    with loop(document, "person in also_in_attendance"):
        add(document, "Attendance", bold("{% if loop.first %}Also in attendance:{% endif %}"), f"\t{_NAME}")
    with when(document, "apologies"):
        separator = "{% if loop.revindex == 2 %} and {% elif not loop.last %}, {% endif %}"
        names = "{% for person in apologies %}" + _NAME + separator + "{% endfor %}"
        add(document, "Attendance", bold("Apologies:"), f"\t{names}")


def _minutes(document: Any, key: str, first_number: str) -> None:
    with loop(document, f"minute in {key}"):
        exemption = (
            "{% if minute.exempt_paragraphs %} (exemption paragraph{% if minute.exempt_paragraphs|length > 1 %}s"
            "{% endif %} {{ minute.exempt_paragraphs|names }}){% endif %}"
        )
        number = f"{{{{ {first_number} + loop.index0 }}}}\t"
        add(document, "Minute Heading", number + "{{ minute.title }}" + exemption)
        with when(document, "minute.attendance_note"):
            add(document, "Attendance Note", "[{{ minute.attendance_note }}]")
        add(document, "Minute Text", "{{ minute.text|prose }}")
        with when(document, "minute.resolved and minute.resolved|length == 1"):
            add(document, "Resolution", bold("RESOLVED"), " – {{ minute.resolved[0]|prose }}")
        with when(document, "minute.resolved and minute.resolved|length > 1"):
            add(document, "Resolution Lead", bold("RESOLVED"), " –")
            with loop(document, "limb in minute.resolved"):
                add(document, "Resolution Limb", "{{ limb|prose }}")
