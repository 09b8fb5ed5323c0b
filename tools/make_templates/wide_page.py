"""Styles for documents that are mostly tables, and for prose on wide pages, whose lines would be too long to read.

Takes nothing; gives `TABLE_STYLES`, and `WIDE_PAGE_STYLES` with them. Tables use the whole width of a page; prose keeps
to 80 characters a line.
"""

from __future__ import annotations

from tools.make_templates.style_list import QUIET
from tools.make_templates.styles import Characters, ParagraphStyle

PROSE = "Wide Page Text"
WIDE_PAGE_RIGHT = 92  # millimetres left free at the right of a text that is 257 wide

# In documents that are mostly tables a caption stands in a cell, and looks like the words there.
TABLE_STYLES: tuple[ParagraphStyle, ...] = (
    ParagraphStyle(
        name="caption",
        characters=Characters(size=10, bold=True),
        before=6,
        after=3,
        line=1.05,
        keep_next=True,
        keep_lines=True,
    ),
    ParagraphStyle(name="Source", characters=Characters(size=10, colour=QUIET), before=3, after=6, line=1.05),
    # Names in a row's first cell are not broken, so that a short row stays whole where rows may break.
    ParagraphStyle(name="Table Name", based_on="Table Text", characters=Characters(bold=True), keep_lines=True),
)

WIDE_PAGE_STYLES: tuple[ParagraphStyle, ...] = (
    ParagraphStyle(name=PROSE, right=WIDE_PAGE_RIGHT),
    *(
        ParagraphStyle(name=f"{PROSE} {kind}{depth}", based_on=f"List {kind}{depth}", right=WIDE_PAGE_RIGHT)
        for kind in ("Bullet", "Number", "Continue")
        for depth in ("", " 2")
    ),
    *TABLE_STYLES,
    # A wide page is low: rows are to be short enough that it holds several of them whole.
    ParagraphStyle(name="Table Text", characters=Characters(size=10), after=3, line=1.05),
)
