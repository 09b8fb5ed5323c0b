"""Any titled paper: an appendix, a briefing note, terms of reference.

Takes nothing; gives the template. Its later pages carry the title, small and grey, at their head.
"""

from __future__ import annotations

from typing import Any

from tools.make_templates.house import add, choose, loop, new_document, when


def make() -> Any:
    document = new_document("Document")
    _running_header(document.sections[0])
    with when(document, "label"):
        add(document, "Document Label", "{{ label }}")
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


def _running_header(section: Any) -> None:
    section.different_first_page_header_footer = True
    header = section.header
    header.is_linked_to_previous = False
    paragraph = header.paragraphs[0]
    paragraph._p.getparent().remove(paragraph._p)
    add(header, "header", "{% if label %}{{ label }} – {% endif %}{{ title }}")


def _heading(document: Any, level: int, section: str) -> None:
    with when(document, "numbered_headings"):
        add(document, f"Numbered Heading {level}", f"{{{{ {section}.heading }}}}")
        choose(document)
        add(document, f"heading {level}", f"{{{{ {section}.heading }}}}")
