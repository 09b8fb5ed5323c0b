"""The minutes of an earlier meeting: who was there, what was said, what was resolved.

Takes nothing; gives the template. A minute's number is typed, because it runs on from the meeting before; the letters
of a resolution's limbs are Word's own and start again at a) with each minute.
"""

from __future__ import annotations

from typing import Any

from tools.make_templates.house import (
    add,
    bold,
    choose,
    loop,
    new_document,
    running_header,
    when,
)

_NAME = "{{ person.name }}{% if person.role %} ({{ person.role }}){% endif %}"
_IN_PRIVATE = "The Committee went on, in private, to the following business."


def make() -> Any:
    document = new_document("Minutes")
    running_header(document, "title or 'Minutes of ' ~ meeting_date|date ~ ' – ' ~ committee")
    usual_title = "Minutes of the {{ committee }} meeting held on {{ meeting_date|date }}"
    add(document, "heading 1", "{% if title %}{{ title }}{% else %}" + usual_title + "{% endif %}")
    _attendance(document)
    add(document, "heading 2", "{{ words.part_one }}")
    _minutes(document, "minutes", "first_number")
    with when(document, "part_two"):
        add(document, "heading 2", "{{ words.part_two }}")
        with when(document, "part_two_note"):
            add(document, "Private Business", "{{ part_two_note|prose }}")
            choose(document)
            add(document, "Private Business", _IN_PRIVATE)
        _minutes(document, "part_two", "first_number + minutes|length")
    add(document, "Signature Line", "{{ signature or words.chair }}")
    return document


def _attendance(document: Any) -> None:
    with when(document, "presiding"):
        name = _NAME.replace("person", "presiding")
        add(document, "Attendance", bold("Present:"), f"\t{name}")
    for key, label in (("attendance", "Attendance"), ("also_in_attendance", "Also in attendance")):
        with loop(document, f"person in {key}"), when(document, "loop.first"):
            add(document, "Attendance", bold(f"{label}:"), f"\t{_NAME}")
            choose(document)
            add(document, "Attendance Further", f"\t{_NAME}")
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
                add(document, "Resolution Limb", "{{ limb|point }}")
