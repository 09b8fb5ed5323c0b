"""The full Community Impact Assessment: what is assessed, guidance, and five sections, each a table of categories.

Takes nothing; gives the template. Categories and questions stand in the document itself, so that a council rewords
them in Word; only those of its own come from the data.
"""

from __future__ import annotations

from typing import Any

from tools.make_templates import cia_words as words
from tools.make_templates.cia_front import FRONT_STYLES, add_front
from tools.make_templates.house import (
    add,
    add_row,
    add_table,
    bold,
    category_row,
    header_row,
    new_document,
    row_loop,
    when,
)
from tools.make_templates.styles import Characters, ParagraphStyle
from tools.make_templates.wide_page import PROSE, WIDE_PAGE_STYLES

# What each category is assessed by: key, column, and the column's width, the wider the more is usually said there.
_COLUMNS = (
    ("groups", "Which groups will be affected", 62),
    ("benefits", "Benefits", 63),
    ("risks", "Risks", 52),
    ("mitigations", "Mitigations / recommendations", 80),
)
_WIDTHS = tuple(width for _, _, width in _COLUMNS)
_EVIDENCE = (
    ("evidence", "Evidence base", 121),
    ("likelihood", "Likelihood of the benefits", 68),
    ("size", "Size of the impact", 68),
)
_QUESTION_AT = 76  # millimetres: behind the longest name of a category
_STYLES = (
    *WIDE_PAGE_STYLES,
    *FRONT_STYLES,
    ParagraphStyle(name="Prose After Table", based_on=PROSE, before=8),
    ParagraphStyle(name="Section Introduction", based_on=PROSE, keep_next=True),
    # The name in bold, and its question beside it, where those of all other categories stand as well.
    ParagraphStyle(
        name="Category and Question",
        based_on="Table Category",
        characters=Characters(bold=False),
        left=_QUESTION_AT,
        hanging=_QUESTION_AT,
        tabs=(("left", _QUESTION_AT),),
        keep_lines=True,
    ),
)


def make() -> Any:
    document = new_document("Community Impact Assessment: {{ proposal }}", orientation="landscape", styles=_STYLES)
    add_front(document, "Community Impact Assessment")
    with when(document, "guidance"):
        _guidance(document)
    for section in words.SECTIONS:
        _section(document, section)
    add(document, "Table End")
    return document


def _guidance(document: Any) -> None:
    add(document, "heading 2", "Completing the assessment")
    add(document, PROSE, words.PURPOSE)
    for lead, text in words.STEPS:
        add(document, f"{PROSE} Number", bold(lead), f" {text}")
    add(document, "heading 3", "What belongs in each column")
    table = add_table(document, _WIDTHS)
    header_row(table, *(heading for heading, _ in words.COLUMN_GUIDANCE))
    row = add_row(table)
    for cell, (_, text) in zip(row.cells, words.COLUMN_GUIDANCE, strict=True):
        add(cell, "Table Text", text)
    add(document, "Prose After Table", f"{words.EVIDENCE_GUIDANCE} {words.TRANSFER}")


def _section(document: Any, section: words.Section) -> None:
    add(document, "heading 2", section.heading)
    add(document, "Section Introduction", section.introduction)
    if section.consider:
        with when(document, "guidance"):
            add(document, "Section Introduction", "Please consider:")
            for question in section.consider:
                add(document, f"{PROSE} Bullet", question)
    _categories(document, section)
    _evidence(document, section.key)


def _categories(document: Any, section: words.Section) -> None:
    table = add_table(document, _WIDTHS)
    header_row(table, *(heading for _, heading, _ in _COLUMNS))
    for category in section.categories:
        _category(table, f"{section.key}.{category.key}", category.name, f"\t{category.question}")
    with row_loop(table, f"other in {section.key}.other"):
        _category(table, "other", "{{ other.name }}", "{% if other.question %}\t{{ other.question }}{% endif %}")


def _category(table: Any, expression: str, name: str, question: str) -> None:
    """A category's name and question across the page, and below them what was found."""
    add(category_row(table), "Category and Question", bold(name), question)
    row = add_row(table)
    for cell, (key, _, _) in zip(row.cells, _COLUMNS, strict=True):
        add(cell, "Table Text", f"{{{{ {expression}.{key}|prose }}}}")


def _evidence(document: Any, key: str) -> None:
    """What the section's findings rest on; left out if nothing was given."""
    with when(document, " or ".join(f"{key}.{part}" for part, _, _ in _EVIDENCE)):
        add(document, "heading 3", "Evidence, likelihood and size of impact")
        table = add_table(document, tuple(width for _, _, width in _EVIDENCE))
        header_row(table, *(heading for _, heading, _ in _EVIDENCE))
        # Lists of sources may go on to the next page, so that they follow what they belong to.
        row = add_row(table, whole=False)
        for cell, (part, _, _) in zip(row.cells, _EVIDENCE, strict=True):
            add(cell, "Table Text", f"{{{{ {key}.{part}|prose }}}}")
