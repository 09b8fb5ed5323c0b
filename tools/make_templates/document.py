"""Any titled paper: an appendix, a briefing note, terms of reference.

Takes nothing; gives the template.
"""

from __future__ import annotations

from typing import Any

from tools.make_templates.house import add, add_label, choose, labelled, loop, new_document, running_header, when


def make() -> Any:
    document = new_document("Document")
    running_header(document, labelled("title"))
    add_label(document)
    add(document, "heading 1", "{{ title }}")
    with when(document, "subtitle"):
        add(document, "Document Subtitle", "{{ subtitle }}")
    with when(document, "author or date"):
        add(document, "Document Date", "{{ [author, date]|select|join(', ') }}")
    add(document, "Normal", "{{ introduction|prose }}")
    with loop(document, "section in sections"):
        _heading(document, 2, "section")
        add(document, "Normal", "{{ section.text|prose }}")
        with loop(document, "part in section.sections"):
            _heading(document, 3, "part")
            add(document, "Normal", "{{ part.text|prose }}")
    return document


def _heading(document: Any, level: int, section: str) -> None:
    with when(document, "numbered_headings"):
        add(document, f"Numbered Heading {level}", f"{{{{ {section}.heading }}}}")
        choose(document)
        add(document, f"heading {level}", f"{{{{ {section}.heading }}}}")
