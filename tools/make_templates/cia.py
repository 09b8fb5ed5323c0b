"""The full Community Impact Assessment: a front page, guidance, and five sections with a row for each category.

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
    header_row,
    new_document,
    row_loop,
    when,
)
from tools.make_templates.styles import Characters, ParagraphStyle
from tools.make_templates.wide_page import PROSE, WIDE_PAGE_STYLES

_ROW_KEYS = ("groups", "benefits", "risks", "mitigations")
_COLUMNS = ("Which groups will be affected", "Benefits", "Risks", "Mitigations / recommendations")
_CATEGORY_WIDTHS = (48, 56, 49, 43, 61)
_GUIDANCE_WIDTHS = (64, 64, 64, 65)
_EVIDENCE_WIDTHS = (121, 68, 68)
_EVIDENCE = (
    ("evidence", "Evidence base"),
    ("likelihood", "Likelihood of the benefits"),
    ("size", "Size of the impact"),
)
_STYLES = (
    *WIDE_PAGE_STYLES,
    *FRONT_STYLES,
    ParagraphStyle(name="Cover Title", based_on="heading 1", characters=Characters(size=28), before=110, after=18),
    ParagraphStyle(name="Section Introduction", based_on=PROSE, keep_next=True),
    ParagraphStyle(name="Closing Note", based_on=PROSE, before=18, keep_lines=True),
)


def make() -> Any:
    document = new_document("Community Impact Assessment: {{ proposal }}", orientation="landscape", styles=_STYLES)
    add_front(document, "Community Impact Assessment", title_style="Cover Title")
    with when(document, "guidance"):
        _guidance(document)
    for number, section in enumerate(words.SECTIONS):
        _section(document, section, new_page=number == 0)
    with when(document, "guidance"):
        add(document, "Closing Note", words.TRANSFER)
    return document


def _guidance(document: Any) -> None:
    add(document, "heading 2", "Completing the assessment").paragraph_format.page_break_before = True
    add(document, PROSE, words.PURPOSE)
    for lead, text in words.STEPS:
        add(document, f"{PROSE} Number", bold(lead), f" {text}")
    add(document, "heading 3", "What belongs in each column")
    table = add_table(document, _GUIDANCE_WIDTHS)
    header_row(table, *(heading for heading, _ in words.COLUMN_GUIDANCE))
    row = add_row(table)
    for cell, (_, text) in zip(row.cells, words.COLUMN_GUIDANCE, strict=True):
        add(cell, "Table Text", text)
    add(document, "Table Gap")
    add(document, PROSE, words.EVIDENCE_GUIDANCE)


def _section(document: Any, section: words.Section, *, new_page: bool) -> None:
    heading = add(document, "heading 2", section.heading)
    heading.paragraph_format.page_break_before = new_page
    add(document, "Section Introduction", section.introduction)
    if section.consider:
        with when(document, "guidance"):
            add(document, "Section Introduction", "Please consider:")
            for question in section.consider:
                add(document, f"{PROSE} Bullet", question)
            add(document, "Table Gap")
    _categories(document, section)
    _evidence(document, section.key)


def _categories(document: Any, section: words.Section) -> None:
    table = add_table(document, _CATEGORY_WIDTHS)
    first = "Protected characteristic" if section is words.EQUALITY else "Category"
    header_row(table, first, *_COLUMNS)
    for category in section.categories:
        row = add_row(table)
        add(row.cells[0], "Table Question", bold(category.name), f"\n{category.question}")
        _findings(row, f"{section.key}.{category.key}")
    with row_loop(table, f"other in {section.key}.other"):
        row = add_row(table, whole=False)
        question = "{% if other.question %}\n{{ other.question }}{% endif %}"
        add(row.cells[0], "Table Question", bold("{{ other.name }}"), question)
        _findings(row, "other")


def _findings(row: Any, category: str) -> None:
    for cell, key in zip(row.cells[1:], _ROW_KEYS, strict=True):
        add(cell, "Table Text", f"{{{{ {category}.{key}|prose }}}}")


def _evidence(document: Any, key: str) -> None:
    """What the section's findings rest on; left out if nothing was given."""
    with when(document, " or ".join(f"{key}.{part}" for part, _ in _EVIDENCE)):
        add(document, "heading 3", "Evidence, likelihood and size of impact")
        table = add_table(document, _EVIDENCE_WIDTHS)
        header_row(table, *(heading for _, heading in _EVIDENCE))
        row = add_row(table, whole=False)
        for cell, (part, _) in zip(row.cells, _EVIDENCE, strict=True):
            add(cell, "Table Text", f"{{{{ {key}.{part}|prose }}}}")
        add(document, "Table Gap")
