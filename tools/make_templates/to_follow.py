"""The page that stands for a paper which is not yet available: it names the item and says when to expect it.

Takes nothing; gives the template. The notice stands in the middle of a page that holds nothing else.
"""

from __future__ import annotations

from typing import Any

from tools.make_templates.house import add, bold, new_document, when


def make() -> Any:
    document = new_document("To follow")
    add(document, "Notice First Line", "Item {{ item.number }} – ", bold("{{ words.to_follow }}"))
    add(document, "Notice Title", "{{ title }}")
    with when(document, "report_of"):
        add(document, "Notice", "Report of {{ report_of }}")
    with when(document, "reason"):
        add(document, "Notice", "{{ reason }}")
    add(
        document,
        "Notice",
        "{% if expected %}The paper is expected on {{ expected|day_date }} and will be published as a supplement to "
        "this agenda.{% else %}The paper will be published as a supplement to this agenda as soon as it is available."
        "{% endif %}",
    )
    return document
