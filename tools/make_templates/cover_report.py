"""The cover report: what the committee is asked to do stands first, framed; then why, and what it should know.

Takes nothing; gives the template. Paragraph numbers are Word's own and run on through the whole report.
"""

from __future__ import annotations

from typing import Any

from tools.make_templates.house import add, bold, choose, link, loop, new_document, running_header, when

_LINKS = (
    ("link_to_strategic_plan", "Link to Strategic Plan"),
    ("link_to_other_scrutiny", "Link to Other Overview and Scrutiny Activity"),
    ("community_impact", "Community Impact"),
)

# What a contact's lines say, with where each leads; lines without a value are left out.
_CONTACT_LINES = (
    "[(contact.role or 'Name', contact.name, none), ('Job title', contact.title, none), "
    "('Telephone', contact.telephone, none), ('E-mail', contact.email, contact.email), "
    "('Address', contact.address, none)]"
)


def make() -> Any:
    document = new_document("Cover report")
    running_header(document, "title")
    _head(document)
    _recommendations(document)
    _summary(document)
    _report(document)
    for key, heading in _LINKS:
        with when(document, key):
            add(document, "heading 2", heading)
            add(document, "Numbered Paragraph", f"{{{{ {key}|prose }}}}")
    _lists(document)
    _contacts(document)
    return document


def _head(document: Any) -> None:
    add(document, "Interest Box Heading", "Local Members’ Interest")
    with loop(document, "line in local_members_interest"):
        add(document, "Interest Box", "{{ line }}")
    add(document, "Committee Line", "{{ committee }} – {{ date|day_date }}")
    add(document, "heading 1", "{{ title }}")


def _recommendations(document: Any) -> None:
    add(document, "heading 2", "Recommendation{% if recommendations['items']|length > 1 %}s{% endif %}")
    with when(document, "recommendations.lead_in"):
        add(document, "Recommendation Lead", "{{ recommendations.lead_in }}")
    with loop(document, "recommendation in recommendations['items']"):
        add(document, "Recommendation", "{{ recommendation|point }}")
    add(document, "Report Of", "Report of {{ report_of }}")


def _summary(document: Any) -> None:
    with when(document, "summary"):
        add(document, "heading 2", "Summary")
        add(document, "heading 3", "{{ summary.question }}")
        _text(document, "summary")


def _report(document: Any) -> None:
    add(document, "heading 2", "Report")
    with loop(document, "section in sections"):
        add(document, "heading 3", "{{ section.heading }}")
        _text(document, "section")
        with loop(document, "part in section.sections"):
            add(document, "heading 4", "{{ part.heading }}")
            _text(document, "part")


def _text(document: Any, section: str) -> None:
    """The words of a section, with numbers unless it says otherwise."""
    with when(document, f"{section}.numbered"):
        add(document, "Numbered Paragraph", f"{{{{ {section}.text|prose }}}}")
        choose(document)
        add(document, "Normal", f"{{{{ {section}.text|prose }}}}")


def _lists(document: Any) -> None:
    add(document, "heading 2", "List of Background Documents")
    with loop(document, "paper in background_documents"):
        with when(document, "paper.url"):
            add(document, "List Bullet", link("paper.title", "paper.url"))
            choose(document)
            add(document, "List Bullet", "{{ paper.title }}")
        choose(document)
        add(document, "Normal", "None")
    with when(document, "appendices"):
        add(document, "heading 2", "List of Appendices")
        with loop(document, "appendix in appendices"):
            add(
                document,
                "Appendix Line",
                "{% if appendix.label %}{{ appendix.label }}\t{% endif %}{{ appendix.title }}",
            )


def _contacts(document: Any) -> None:
    add(document, "heading 2", "Contact Details")
    value = "{% if target %}" + link("value", "target") + "{% else %}{{ value }}{% endif %}"
    with (
        loop(document, "contact in contacts"),
        loop(document, f"label, value, target in {_CONTACT_LINES} if value"),
        when(document, "loop.last"),
    ):
        add(document, "Contact Last Line", bold("{{ label }}:"), f"\t{value}")
        choose(document)
        add(document, "Contact Line", bold("{{ label }}:"), f"\t{value}")
