"""The look of the house, style by style: the one place that says how large, how far apart and in what colour.

Takes and gives only values. Type in points, indents in millimetres. The accent is written as `1D4F6E` wherever it
stands, because packgen puts a council's own colour in its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from tools.make_templates.numberings import linked_level
from tools.make_templates.styles import SIDES, Characters, CharacterStyle, Line, ParagraphStyle, Side, TableStyle

ACCENT = "1D4F6E"
GRID = "8A949B"
HEADER_FILL = "E6EBEE"
LAYOUT_INSET = 3  # millimetres between the columns of a table without lines
CATEGORY_FILL = "F2F5F7"  # lighter, so that a category below a header row is not taken for a part of it
QUIET = "4A545B"  # for sources and running headers: 7.7 to 1 on white

_BOLD = Characters(bold=True)
_RULE = Line(1.5, ACCENT, 5)
_LEFT_RULE: Mapping[Side, Line] = {"left": Line(3, ACCENT, 11)}
_BOX: Mapping[Side, Line] = dict.fromkeys(SIDES, Line(0.75, ACCENT, 6))


def _listed(name: str, **look: Any) -> ParagraphStyle:
    """A style that a list carries: its indents are those of the list's level."""
    found = linked_level(name)
    assert found, f"no list carries {name}"
    list_name, index, level = found
    return ParagraphStyle(name=name, numbering=(list_name, index), left=level.left, hanging=level.hanging, **look)


def _continued(name: str, left: float, **look: Any) -> ParagraphStyle:
    """A style for the further paragraphs of an entry in a list."""
    return ParagraphStyle(name=name, left=left, in_gallery=False, **look)


def _headings() -> Iterator[ParagraphStyle]:
    sizes = {1: (20.0, 0.0, 12.0), 2: (16.0, 20.0, 6.0), 3: (14.0, 16.0, 4.0), 4: (12.0, 12.0, 3.0)}
    for level, (size, before, after) in sizes.items():
        yield ParagraphStyle(
            name=f"heading {level}",
            next="Normal",
            characters=Characters(size=size, bold=True),
            before=before,
            after=after,
            line=1.05,
            keep_next=True,
            keep_lines=True,
            outline_level=level - 1,
            borders={"bottom": _RULE} if level == 1 else {},
        )
    for level in (2, 3, 4):
        yield _listed(f"Numbered Heading {level}", based_on=f"heading {level}", next="Normal", outline_level=level - 1)


def _text() -> Iterator[ParagraphStyle]:
    yield ParagraphStyle(name="Normal", based_on=None, before=0, after=6, line=1.15, align="left")
    for depth, suffix in enumerate(("", " 2", " 3")):
        yield _listed(f"List Bullet{suffix}")
        yield _listed(f"List Number{suffix}")
        yield _continued(f"List Continue{suffix}", 8 + 8 * depth)
    yield ParagraphStyle(name="Quote", left=10, right=10, before=3, after=9, borders={"left": Line(1.5, GRID, 8)})
    yield ParagraphStyle(
        name="caption", characters=Characters(size=11, bold=True), before=12, after=4, keep_next=True, keep_lines=True
    )
    yield ParagraphStyle(name="Figure", before=0, after=4, line=1, keep_next=True)
    yield ParagraphStyle(name="Source", characters=Characters(size=10, colour=QUIET), before=4, after=12, line=1.05)
    yield ParagraphStyle(name="footnote text", characters=Characters(size=10), after=3, line=1)
    for edge in ("header", "footer"):
        yield ParagraphStyle(name=edge, characters=Characters(size=10, colour=QUIET), after=0, line=1, in_gallery=False)
    # The small print that tells a reader of the template what is repeated or left out there; filling removes it.
    yield ParagraphStyle(name="Template Tag", characters=Characters(size=8, colour="7A4A00"), before=0, after=0, line=1)


def _tables() -> Iterator[ParagraphStyle]:
    yield ParagraphStyle(name="Table Text", characters=Characters(size=10.5), before=0, after=3, line=1.08)
    yield ParagraphStyle(name="Table Heading", based_on="Table Text", characters=_BOLD, keep_next=True)
    yield ParagraphStyle(name="Table Category", based_on="Table Text", characters=_BOLD, keep_next=True)
    yield ParagraphStyle(name="Table Text Small", based_on="Table Text", characters=Characters(size=10), line=1.05)
    for depth, suffix in enumerate(("", " 2")):
        yield _listed(f"Table Text Bullet{suffix}", based_on="Table Text")
        yield _listed(f"Table Text Number{suffix}", based_on="Table Text")
        yield _continued(f"Table Text Continue{suffix}", 4 + 4 * depth, based_on="Table Text")
    # The empty paragraph that Word demands where a document ends with a table; it must not need a page of its own.
    yield ParagraphStyle(name="Table End", characters=Characters(size=1), before=0, after=0, line=1, in_gallery=False)


def _report() -> Iterator[ParagraphStyle]:
    yield ParagraphStyle(name="Committee Line", next="heading 1", before=18, after=8, keep_next=True)
    yield ParagraphStyle(
        name="Interest Box Heading",
        characters=Characters(size=10.5, bold=True),
        left=103,
        hanging=3,
        right=2.4,
        after=0,
        line=1.1,
        borders=_BOX,
        keep_next=True,
        keep_lines=True,
    )
    yield ParagraphStyle(
        name="Interest Box", based_on="Interest Box Heading", characters=Characters(bold=False), keep_next=True
    )
    # It begins where the letters of the recommendations hang, so that one unbroken rule runs down beside all of them.
    yield ParagraphStyle(
        name="Recommendation Lead", left=5, after=6, borders=_LEFT_RULE, keep_next=True, keep_lines=True
    )
    yield _listed("Recommendation", borders=_LEFT_RULE, keep_lines=True)
    # Their labels stand 7 mm further in, and so far must their rule stand from them to run on below the other.
    for nested in ("Recommendation Number", "Recommendation Bullet"):
        yield _listed(nested, borders={"left": Line(3, ACCENT, 31)}, keep_lines=True)
    # Word draws no rule further than 31 points from the text.
    yield _continued("Recommendation Continue", 12, borders={"left": Line(3, ACCENT, 31)}, keep_lines=True)
    yield _listed("Recommendation Number 2", keep_lines=True)
    yield _listed("Recommendation Bullet 2", keep_lines=True)
    yield ParagraphStyle(name="Report Of", characters=_BOLD, before=18, after=6, keep_next=True, keep_lines=True)
    yield _listed("Numbered Paragraph")
    yield _listed("Numbered Paragraph Number")
    yield _listed("Numbered Paragraph Number 2")
    yield _listed("Numbered Paragraph Bullet")
    yield _listed("Numbered Paragraph Bullet 2")
    yield _continued("Numbered Paragraph Continue", 18)
    yield _continued("Numbered Paragraph Continue 2", 26)
    yield ParagraphStyle(name="Appendix Line", left=32, hanging=32, after=4, tabs=(("left", 32),))
    # A line of a contact is held to the next one; the last line lets the next contact go.
    yield ParagraphStyle(
        name="Contact Line", left=45, hanging=45, after=2, tabs=(("left", 45),), keep_next=True, keep_lines=True
    )
    yield ParagraphStyle(name="Contact Last Line", based_on="Contact Line", after=12, keep_next=False)


def _minutes() -> Iterator[ParagraphStyle]:
    yield ParagraphStyle(
        name="Attendance", left=45, hanging=45, before=8, after=0, tabs=(("left", 45),), keep_lines=True
    )
    yield ParagraphStyle(name="Attendance Further", based_on="Attendance", before=2)
    yield _listed("Minute Heading", based_on="heading 3", next="Minute Text", outline_level=2, tabs=(("left", 12),))
    yield ParagraphStyle(name="Minute Text")
    yield ParagraphStyle(name="Private Business", keep_next=True)
    yield ParagraphStyle(name="Attendance Note", characters=Characters(colour=QUIET), keep_next=True)
    yield ParagraphStyle(name="Resolution", left=12, before=6)
    yield ParagraphStyle(name="Resolution Lead", based_on="Resolution", keep_next=True)
    yield _listed("Resolution Limb")
    yield _listed("Resolution Limb Number")
    yield _continued("Resolution Limb Continue", 20)
    yield _listed("Resolution Number")
    yield _listed("Resolution Number 2")
    yield _listed("Resolution Bullet")
    yield _listed("Resolution Limb Bullet")
    # The Chair signs on the rule above the word.
    yield ParagraphStyle(
        name="Signature Line", before=60, after=0, right=90, borders={"top": Line(0.5, "000000", 4)}, keep_lines=True
    )


def _documents() -> Iterator[ParagraphStyle]:
    yield ParagraphStyle(name="Document Label", characters=_BOLD, next="heading 1", after=8, keep_next=True)
    yield ParagraphStyle(name="Document Subtitle", characters=Characters(size=14), after=8, keep_next=True)
    yield ParagraphStyle(name="Document Date", after=12, keep_next=True)
    # All lines of a notice have the same indents, so that one rule runs down beside them.
    borders = {**_LEFT_RULE, "bottom": Line(0, ACCENT)}
    notice = ParagraphStyle(name="Notice", left=5, after=8, borders=borders, keep_next=True, keep_lines=True)
    yield notice
    yield ParagraphStyle(name="Notice First Line", based_on="Notice", before=240)
    yield replace(notice, name="Notice Title", based_on="heading 1", next="Notice", outline_level=0)


PARAGRAPH_STYLES: tuple[ParagraphStyle, ...] = (
    *_text(),
    *_headings(),
    *_tables(),
    *_report(),
    *_minutes(),
    *_documents(),
)

CHARACTER_STYLES: tuple[CharacterStyle, ...] = (
    CharacterStyle(name="Label", characters=_BOLD),
    CharacterStyle(name="Hyperlink", characters=Characters(colour=ACCENT, underline=True)),
    CharacterStyle(name="footnote reference", characters=Characters(superscript=True)),
)

# A paragraph in a cell has 3 points after it; with 0.45 mm of inset they make the same 1.5 mm as at the other sides.
TABLE_STYLES: tuple[TableStyle, ...] = (
    TableStyle(
        name="Packgen Table",
        line=Line(0.5, GRID),
        insets={"top": 1.5, "left": 1.5, "bottom": 0.45, "right": 1.5},
        header_shading=HEADER_FILL,
    ),
    TableStyle(
        name="Packgen Table Small",
        line=Line(0.5, GRID),
        insets={"top": 1.0, "left": 1.2, "bottom": 0.0, "right": 1.2},
        header_shading=HEADER_FILL,
    ),
    TableStyle(name="Packgen Layout", line=None, insets={"top": 0, "left": 0, "bottom": 0, "right": LAYOUT_INSET}),
)
