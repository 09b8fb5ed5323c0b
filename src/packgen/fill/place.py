"""Puts Word content where marks stand.

Takes the parts of a filled document and the contents behind its marks; changes the document's elements, which are
this filling's own. A paragraph that an empty content leaves without anything is taken away; a cell keeps one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from packgen.errors import Problem, TemplateError
from packgen.fill.blocks import BlockWriter, MarkPlace, space_after_table
from packgen.fill.contents import MARK, Contents, LinkContent, PictureContent, ProseContent
from packgen.fill.inlines import RunStyle, Story, link_runs, picture_run
from packgen.fill.layout import room_at
from packgen.fill.numbering import Numbering
from packgen.fill.xml import child, copy_of, element, qualified, text_element, value, whole
from packgen.prose.tree import Block, Paragraph, Text

_PARAGRAPH, _RUN, _TEXT, _TABLE, _CELL, _BODY = (
    qualified(name) for name in ("w:p", "w:r", "w:t", "w:tbl", "w:tc", "w:body")
)
_SHOWS = frozenset(
    qualified(f"w:{name}")
    for name in "drawing pict object br tab sym footnoteReference endnoteReference fldChar instrText ptab cr".split()
)
_HEADING = "heading "


class Placer:
    """Replaces the marks of one part. `document` is the root of the document part, which knows the sections."""

    def __init__(self, story: Story, numbering: Numbering, contents: Contents, document: Any) -> None:
        self._story = story
        self._numbering = numbering
        self._contents = contents
        self._document = document

    def replace_marks(self, root: Any) -> None:
        """Replace every mark below `root`."""
        marked = {
            paragraph: None
            for text in root.iter(_TEXT)
            if text.text and MARK.search(text.text)
            for paragraph in [next(text.iterancestors(_PARAGRAPH))]
        }
        if not marked:
            return
        levels = dict(self._heading_levels(root, marked))
        for paragraph in marked:
            self._paragraph(paragraph, levels[paragraph])

    def _heading_levels(self, root: Any, marked: dict[Any, None]) -> Iterator[tuple[Any, int]]:
        """For each marked paragraph, one level below the template's heading before it."""
        level = 0
        for paragraph in root.iter(_PARAGRAPH):
            if paragraph in marked:
                yield paragraph, level + 1
            name = self._story.styles.name_of(value(child(paragraph, "w:pPr"), "w:pStyle")).casefold()
            if name.startswith(_HEADING):
                level = whole(name.removeprefix(_HEADING)) or level

    def _paragraph(self, paragraph: Any, heading_level: int) -> None:
        marks = [mark for run in list(paragraph.iter(_RUN)) for mark in _split(run, paragraph)]
        for run, _ in marks:
            run.clear_marks = None
        alone = len(marks) == 1 and marks[0][0].getparent() is paragraph and not _shows_anything(paragraph, marks)
        last = paragraph
        for run, index in marks:
            content = self._contents[index]
            match content:
                case ProseContent():
                    last = self._prose(paragraph, run, content, last, heading_level, alone=alone)
                case LinkContent():
                    run_style = RunStyle(child(run, "w:rPr"))
                    linked = link_runs((Text(content.text),), content.target, run_style, self._story)
                    run.getparent().replace(run, linked)
                case PictureContent():
                    room = room_at(paragraph, self._document, self._story.styles)
                    run_style = RunStyle(child(run, "w:rPr"), room.width, room.height * 2 // 3)
                    drawn = picture_run(content.path, content.alt, run_style, self._story, wanted=content.width)
                    run.getparent().replace(run, drawn)
                case None:
                    run.getparent().remove(run)
        if paragraph.getparent() is not None and not _shows_anything(paragraph, []):
            _take_away(paragraph)
