"""Styles for landscape pages: prose whose lines would otherwise be too long to read, and names in tables' first cells.

Takes nothing; gives `WIDE_PAGE_STYLES`. Tables use the whole width; prose keeps to 80 characters a line.
"""

from __future__ import annotations

from tools.make_templates.styles import Characters, ParagraphStyle

PROSE = "Wide Page Text"
_RIGHT = 92  # millimetres left free at the right of a text that is 257 wide

# Names and questions in a row's first cell are not broken, so that a short row stays whole where rows may break.
TABLE_NAME_STYLES: tuple[ParagraphStyle, ...] = (
    ParagraphStyle(name="Table Name", based_on="Table Text", characters=Characters(bold=True), keep_lines=True),
    ParagraphStyle(name="Table Question", based_on="Table Text", keep_lines=True),
)

WIDE_PAGE_STYLES: tuple[ParagraphStyle, ...] = (
    ParagraphStyle(name=PROSE, right=_RIGHT),
    *(
        ParagraphStyle(name=f"{PROSE} {kind}{depth}", based_on=f"List {kind}{depth}", right=_RIGHT)
        for kind in ("Bullet", "Number", "Continue")
        for depth in ("", " 2")
    ),
    *TABLE_NAME_STYLES,
)
