"""Puts Word content where marks stand.

Takes the parts of a filled document and the contents behind its marks; changes the document's elements, which are
this filling's own. A paragraph that an empty content leaves without anything is taken away; a cell keeps one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from packgen.errors import TemplateError
from packgen.fill.blocks import SPACE_AFTER_TABLE, BlockWriter, MarkPlace, space_after_table
from packgen.fill.contents import MARK, Contents, LinkContent, PictureContent, ProseContent
from packgen.fill.inlines import RunStyle, Story, link_runs, picture_run
from packgen.fill.layout import room_at
from packgen.fill.numbering import Numbering
from packgen.fill.xml import PARAGRAPH_PROPERTIES, child, copy_of, element, put, qualified, text_element, value, whole
from packgen.prose.tree import Block, Paragraph, Text

_PARAGRAPH, _RUN, _TEXT, _TABLE, _CELL, _BODY = (
    qualified(name) for name in ("w:p", "w:r", "w:t", "w:tbl", "w:tc", "w:body")
)
_SHOWS = frozenset(
    qualified(f"w:{name}")
    for name in (
        *("drawing", "pict", "object", "br", "cr", "tab", "ptab", "sym", "fldChar", "instrText"),
        *("footnoteReference", "endnoteReference"),
    )
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
            next(text.iterancestors(_PARAGRAPH)): None
            for text in root.iter(_TEXT)
            if text.text and MARK.search(text.text)
        }
        if marked:
            for paragraph, heading_level in list(self._with_heading_levels(root, marked)):
                self._paragraph(paragraph, heading_level)

    def _with_heading_levels(self, root: Any, marked: dict[Any, None]) -> Iterator[tuple[Any, int]]:
        """Each marked paragraph, with one level below that of the template's heading before it."""
        level = 0
        for paragraph in root.iter(_PARAGRAPH):
            if paragraph in marked:
                yield paragraph, level + 1
            name = self._story.styles.name_of(value(child(paragraph, "w:pPr"), "w:pStyle")).casefold()
            if name.startswith(_HEADING):
                level = whole(name.removeprefix(_HEADING)) or level

    def _paragraph(self, paragraph: Any, heading_level: int) -> None:
        marks = _split_at_marks(paragraph)
        alone = len(marks) == 1 and marks[0][0].getparent() is paragraph and not _shows_anything(paragraph)
        last = paragraph
        for run, index in marks:
            content = self._contents[index]
            match content:
                case ProseContent():
                    level = content.level or heading_level
                    place = self._place(paragraph, run, level, point=content.point)
                    last = self._prose(content.prose.blocks, place, paragraph, run, last, alone=alone)
                case LinkContent():
                    style = RunStyle(child(run, "w:rPr"))
                    run.getparent().replace(run, link_runs((Text(content.text),), content.target, style, self._story))
                case PictureContent():
                    room = room_at(paragraph, self._document, self._story.styles)
                    style = RunStyle(child(run, "w:rPr"), room.width, room.height * 2 // 3)
                    drawn = picture_run(content.path, content.alt, style, self._story, wanted=content.width)
                    run.getparent().replace(run, drawn)
                case None:
                    run.getparent().remove(run)
        if not _shows_anything(paragraph):
            _take_away(paragraph)

    def _place(self, paragraph: Any, run: Any, heading_level: int, *, point: bool) -> MarkPlace:
        properties = copy_of(child(paragraph, "w:pPr"))
        section = child(properties, "w:sectPr")
        if section is not None:
            properties.remove(section)
        room = room_at(paragraph, self._document, self._story.styles)
        return MarkPlace(
            style=value(properties, "w:pStyle"),
            properties=properties,
            run=copy_of(child(run, "w:rPr")),
            width=room.width,
            height=room.height,
            in_cell=room.in_cell,
            heading_level=heading_level,
            point=point,
        )

    def _prose(
        self, blocks: Sequence[Block], place: MarkPlace, paragraph: Any, run: Any, last: Any, *, alone: bool
    ) -> Any:
        """Write blocks in place of a mark's run; give the last element that now belongs to the paragraph."""
        writer = BlockWriter(self._story, self._numbering, place)
        first, *rest = blocks
        if alone or not isinstance(first, Paragraph):
            rest = list(blocks)
        else:
            for made in writer.line(first.inlines):
                run.addprevious(made)
        nested = run.getparent() is not paragraph
        run.getparent().remove(run)
        if nested and rest:
            message = "prose of more than one paragraph cannot stand inside a link or a content control"
            hint = "give its tag a paragraph of its own in the template"
            raise TemplateError(self._story.styles.problem("template.place", message, hint=hint))
        elements = writer.write(rest)
        for made in elements:
            last.addnext(made)
            last = made
        _settle(elements, self._story)
        section = child(child(paragraph, "w:pPr"), "w:sectPr")
        if elements and section is not None:
            last = _end_section(last, section)
        return last


def _split_at_marks(paragraph: Any) -> list[tuple[Any, int]]:
    """Give every mark of a paragraph an empty run of its own; these runs, and the numbers of their marks."""
    return [
        mark
        for run in list(paragraph.iter(_RUN))
        if next(run.iterancestors(_PARAGRAPH)) is paragraph
        for mark in _split_run(run)
    ]


def _split_run(run: Any) -> list[tuple[Any, int]]:
    if not any(MARK.search(text.text or "") for text in run.iterchildren(_TEXT)):
        return []
    properties = child(run, "w:rPr")
    pieces, marks = [element("w:r", copy_of(properties))], []
    for node in list(run):
        if node.tag != _TEXT:
            if node is not properties:
                pieces[-1].append(node)
            continue
        words = MARK.split(node.text or "")  # words, number of a mark, words, number, ..., words
        for position, piece in enumerate(words):
            if position % 2:
                marks.append((element("w:r", copy_of(properties)), int(piece)))
                pieces += [marks[-1][0], element("w:r", copy_of(properties))]
            elif piece:
                pieces[-1].append(text_element(piece))
    empty = 0 if properties is None else 1
    placeholders = {mark for mark, _ in marks}
    for piece in pieces:
        if piece in placeholders or len(piece) > empty:
            run.addprevious(piece)
    run.getparent().remove(run)
    return marks


def _shows_anything(paragraph: Any) -> bool:
    """Whether words, a picture, a break or a field are left in a paragraph."""
    return any(node.tag in _SHOWS or (node.tag == _TEXT and (node.text or "").strip()) for node in paragraph.iter())


def _take_away(paragraph: Any) -> None:
    """Remove a paragraph that shows nothing, unless something has to stand there."""
    parent, before = paragraph.getparent(), paragraph.getprevious()
    if child(child(paragraph, "w:pPr"), "w:sectPr") is not None:
        return
    if parent.tag == _CELL and paragraph.getnext() is None and (before is None or before.tag != _PARAGRAPH):
        return
    if parent.tag != _BODY and not any(each.tag in {_PARAGRAPH, _TABLE} for each in parent if each is not paragraph):
        return
    parent.remove(paragraph)


def _settle(elements: Sequence[Any], story: Story) -> None:
    """Keep tables apart from each other and from what follows, and let every cell end in a paragraph."""
    for table in elements:
        if table.tag != _TABLE:
            continue
        before, after = table.getprevious(), table.getnext()
        if before is not None and before.tag == _TABLE:
            table.addprevious(_gap(SPACE_AFTER_TABLE))
        if after is None:
            table.addnext(_gap(20))
        elif after.tag == _TABLE:
            table.addnext(_gap(SPACE_AFTER_TABLE))
        elif after.tag == _PARAGRAPH:
            space_after_table(after, story)


def _gap(height: int) -> Any:
    """An empty paragraph of a height in twentieths of a point."""
    spacing = element("w:spacing", before=0, after=0, line=height, lineRule="exact")
    return element("w:p", element("w:pPr", spacing, element("w:rPr", element("w:sz", val=2))))


def _end_section(last: Any, section: Any) -> Any:
    """Move the end of a section to the last element of what replaced its paragraph."""
    if last.tag != _PARAGRAPH:
        last.addnext(_gap(20))
        last = last.getnext()
    properties = child(last, "w:pPr")
    if properties is None:
        properties = element("w:pPr")
        last.insert(0, properties)
    put(properties, section, PARAGRAPH_PROPERTIES)
    return last
