"""The head that the assessment and its summary share: what is assessed, by whom and when.

Takes a document that has `FRONT_STYLES`; adds to it.
"""

from __future__ import annotations

from typing import Any

from tools.make_templates.house import add, add_label, bold, labelled, running_header, when
from tools.make_templates.styles import ParagraphStyle

_LINES = (("sponsor", "Project sponsor"), ("lead", "Project manager or lead"), ("date", "Date"))

FRONT_STYLES: tuple[ParagraphStyle, ...] = (
    ParagraphStyle(
        name="Assessment Line", left=58, hanging=58, after=4, tabs=(("left", 58),), keep_next=True, keep_lines=True
    ),
)


def add_front(document: Any, title: str) -> None:
    """The document's title, the proposal's name and the people who answer for the assessment."""
    running_header(document, labelled("'Community Impact Assessment – ' ~ proposal"))
    add_label(document)
    add(document, "heading 1", title)
    add(document, "Document Subtitle", "{{ proposal }}")
    for key, label in _LINES:
        with when(document, key):
            add(document, "Assessment Line", bold(f"{label}:"), f"\t{{{{ {key} }}}}")
