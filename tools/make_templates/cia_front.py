"""The head that the assessment and its summary share: what is assessed, by whom and when.

Takes a document that has `FRONT_STYLES`; adds to it. The full assessment has it as a page of its own.
"""

from __future__ import annotations

from typing import Any

from tools.make_templates.house import add, bold, when
from tools.make_templates.styles import Characters, ParagraphStyle

_LINES = (("sponsor", "Project sponsor"), ("lead", "Project manager or lead"), ("date", "Date"))

FRONT_STYLES: tuple[ParagraphStyle, ...] = (
    ParagraphStyle(name="Proposal", characters=Characters(size=16, bold=True), before=6, after=14, keep_next=True),
    ParagraphStyle(name="Assessment Line", left=58, hanging=58, after=4, tabs=(("left", 58),), keep_lines=True),
)


def add_front(document: Any, title: str, *, title_style: str = "heading 1") -> None:
    """The document's title, the proposal's name and the people who answer for the assessment."""
    add(document, title_style, title)
    add(document, "Proposal", "{{ proposal }}")
    for key, label in _LINES:
        with when(document, key):
            add(document, "Assessment Line", bold(f"{label}:"), f"\t{{{{ {key} }}}}")
