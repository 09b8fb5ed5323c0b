"""The page that stands where a paper was once published: it says what became of it, and keeps its page number.

Takes nothing; gives the template. It looks like the page of a paper to follow: words in the middle of an empty page.
"""

from __future__ import annotations

from typing import Any

from tools.make_templates.house import add, bold, loop, new_document


def make() -> Any:
    document = new_document("Notice")
    add(document, "Notice First Line", "Item {{ item.number }} – ", bold("{{ heading }}"))
    add(document, "Notice Title", "{{ title }}")
    with loop(document, "line in lines"):
        add(document, "Notice", "{{ line }}")
    return document
