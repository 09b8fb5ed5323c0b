"""Prose as Word paragraphs, lists, tables and figures of the template's own styles.

Takes the blocks of one prose and the place of its mark; gives `w:p` and `w:tbl` elements in order. Adds lists to the
numbering and footnotes to their part as it goes. Never looks at the document around the mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from packgen.fill.inlines import RunStyle, Story, picture_run, runs
from packgen.fill.layout import indents_of
from packgen.fill.numbering import NumberedLevel, Numbering
from packgen.fill.tables import TABLE_TEXT, table_element
from packgen.fill.xml import PARAGRAPH_PROPERTIES, attribute, child, copy_of, element, put, qualified, value, whole
from packgen.prose.tree import (
    Block,
    Figure,
    Heading,
    Inline,
    ListBlock,
    Paragraph,
    Quotation,
    Table,
    ThematicBreak,
)

SPACE_AFTER_TABLE = 120  # twentieths of a point
_TALLEST_PICTURE = 2 / 3
_LEVELS = range(9)


class MarkPlace(Struct, frozen=True):
    """Where a mark stands: its paragraph's style and properties, its run's properties, the room there is.

    Lengths are in twentieths of a point. `heading_level` is the level of the first heading in the prose. In a `point`
    only the first paragraph has the place's number.
    """

    style: str | None
    properties: Any
    run: Any
    width: int
    height: int
    in_cell: bool
    heading_level: int
    point: bool = False


class _Base(Struct, frozen=True):
    """What blocks of one level are written as: the style of their paragraphs, and how far they are indented.

    `names` are those of the place's style and of the styles it is based on; lists are named after the first that has
    any. They stay the same inside lists.
    """

    style: str | None
    names: tuple[str, ...]
    properties: Any
    left: int
    right: int
    depth: int = 0


class BlockWriter:
    """Writes one prose."""

    def __init__(self, story: Story, numbering: Numbering, place: MarkPlace) -> None:
        self._story = story
        self._styles = story.styles
        self._numbering = numbering
        self._place = place
        self._own_level = numbering.level_of(place.style)
        # Levels of the place's own numbers that would go on counting; all of them until a paragraph is written.
        self._running = set(_LEVELS)
        self._begun = False
        self._heading_shift: int | None = None
        self._latest_heading = place.heading_level

    def write(self, blocks: Sequence[Block]) -> list[Any]:
        """Paragraphs and tables for all blocks."""
        self._heading_shift = self._shift(blocks)
        place = self._place
        left, right = indents_of(place.style, place.properties, self._styles, self._numbering)
        base = _Base(place.style, self._styles.names_of(place.style), place.properties, left, right)
        return self._spaced(self._blocks(blocks, base))

    def line(self, inlines: Sequence[Inline]) -> list[Any]:
        """The runs of a paragraph that goes on with the words before the mark."""
        self._count(self._own_level)
        self._begun = True
        return runs(inlines, self._run_style(self._place.width), self._story)

    # --- Blocks -------------------------------------------------------------------------------------

    def _blocks(self, blocks: Sequence[Block], base: _Base) -> list[Any]:
        made: list[Any] = []
        for block in blocks:
            match block:
                case Paragraph():
                    outermost = not base.depth and base.style == self._place.style
                    if outermost and self._begun and self._place.point:
                        style = self._family_style("Continue", base, "a further paragraph of one point")
                        made.append(self._paragraph(style, block.inlines, base))
                        continue
                    if outermost:
                        self._count(self._own_level)
                        self._begun = True
                    properties = _without_page_break(base.properties) if made else copy_of(base.properties)
                    made.append(self._paragraph(base.style, block.inlines, base, properties))
                case Heading():
                    made.append(self._heading(block))
                case ListBlock():
                    made.extend(self._list(block, base))
                case Table():
                    made.extend(self._table(block, base))
                case Figure():
                    made.extend(self._figure(block, base))
                case Quotation():
                    style = self._styles.need("paragraph", "Quote", used_for="a quotation")
                    made.extend(
                        self._blocks(block.blocks, replace(base, style=style, names=("Quote",), properties=None))
                    )
                case ThematicBreak():
                    rule = element("w:pBdr", element("w:bottom", val="single", sz=4, space=1, color="auto"))
                    made.append(element("w:p", element("w:pPr", rule)))
        return made

    def _paragraph(self, style: str | None, inlines: Sequence[Inline], base: _Base, properties: Any = None) -> Any:
        properties = element("w:pPr") if properties is None else properties
        if style:
            put(properties, element("w:pStyle", val=style), PARAGRAPH_PROPERTIES)
        width = self._place.width - base.left - base.right
        content = runs(inlines, self._run_style(width), self._story)
        return element("w:p", properties if len(properties) else None, *content)

    def _heading(self, heading: Heading) -> Any:
        level = min(heading.level + (self._heading_shift or 0), self._latest_heading + 1, 9)
        self._latest_heading = level
        style = self._styles.need("paragraph", f"Heading {level}", used_for="a heading in prose")
        properties = element("w:pPr", element("w:pStyle", val=style))
        return element(
            "w:p", properties, *runs(heading.inlines, self._run_style(self._place.width, plain=True), self._story)
        )

    def _shift(self, blocks: Sequence[Block]) -> int | None:
        levels = [block.level for block in blocks if isinstance(block, Heading)]
        return self._place.heading_level - min(levels) if levels else None

    # --- Lists --------------------------------------------------------------------------------------

    def _list(self, block: ListBlock, base: _Base) -> list[Any]:
        depth = base.depth + 1
        suffix = f" {depth}" if depth > 1 else ""
        kind = "Bullet" if block.kind == "bullet" else "Number"
        used_for = "a bulleted list" if block.kind == "bullet" else "a numbered list"
        style = self._family_style(kind + suffix, base, used_for)
        number, level = (None, None) if block.kind == "bullet" else self._begin(block, style)
        left, right = indents_of(style, None, self._styles, self._numbering)
        inner = replace(base, depth=depth, left=left, right=right, properties=None)
        made: list[Any] = []
        for item in block.items:
            first, *rest = item.blocks or (Paragraph((), item.line),)
            if not isinstance(first, Paragraph):
                first, rest = Paragraph((), item.line), list(item.blocks)
            properties = element("w:pPr")
            if number is not None and level is not None:
                numbers = element("w:numPr", element("w:ilvl", val=level.level), element("w:numId", val=number))
                put(properties, numbers, PARAGRAPH_PROPERTIES)
            self._count(level)
            made.append(self._paragraph(style, first.inlines, inner, properties))
            if any(isinstance(each, Paragraph) for each in rest):
                inner = replace(inner, style=self._family_style(f"Continue{suffix}", base, "a paragraph in a list"))
            made.extend(self._blocks(rest, inner))
        return made

    def _family_style(self, member: str, base: _Base, used_for: str) -> str:
        """The style of a list's paragraphs: `<style> Bullet`, of the style or one it is based on, or `List Bullet`."""
        found = self._styles.find("paragraph", *(f"{name} {member}" for name in base.names))
        names = (f"{base.names[0]} {member}", f"List {member}")
        return found or self._styles.need("paragraph", *names, used_for=used_for)

    def _begin(self, block: ListBlock, style: str) -> tuple[int | None, NumberedLevel | None]:
        """The list that a numbered list's paragraphs belong to: None where the style's own begins by itself."""
        level = self._numbering.level_of(style)
        if level is None:
            if style:
                self._styles.lack_numbers(style)
            return None, None
        own = self._own_level
        if own is not None and own.abstract == level.abstract and own.level < level.level:
            if level.level not in self._running and block.start == 1:
                return None, level
            return self._numbering.begin_list(level, block.start), level
        return self._numbering.begin_list(level, block.start, block.kind), level

    def _count(self, level: NumberedLevel | None) -> None:
        """Note a numbered paragraph: deeper levels of the same numbers begin again after it."""
        if level is not None and self._own_level is not None and level.abstract == self._own_level.abstract:
            self._running = {each for each in self._running if each < level.level} | {level.level}

    # --- Tables and figures -------------------------------------------------------------------------

    def _table(self, table: Table, base: _Base) -> list[Any]:
        made = [self._beside("Caption", table.caption, base, keep=True)] if table.caption else []
        is_table_text = base.names[0].casefold().startswith(TABLE_TEXT.casefold())
        in_table = self._place.in_cell or is_table_text
        made.append(
            table_element(
                table,
                self._story,
                width=max(self._place.width - base.left - base.right, 360),
                height=self._tallest,
                indent=base.left,
                base=(base.names[0] if is_table_text else TABLE_TEXT) if in_table else None,
            )
        )
        if table.source:
            made.append(self._beside("Source", table.source, base))
        return made

    def _figure(self, figure: Figure, base: _Base) -> list[Any]:
        made = [self._beside("Caption", figure.caption, base, keep=True)] if figure.caption else []
        picture = self._beside("Figure", (), base, keep=bool(figure.source))
        run_style = RunStyle(None, self._place.width - base.left - base.right, self._tallest)
        picture.append(picture_run(figure.path, figure.alt, run_style, self._story))
        made.append(picture)
        if figure.source:
            made.append(self._beside("Source", figure.source, base))
        return made

    def _beside(self, name: str, inlines: Sequence[Inline], base: _Base, *, keep: bool = False) -> Any:
        """A paragraph that belongs to a table or figure, and begins where that does."""
        used_for = {"Caption": "a caption", "Source": "a source line", "Figure": "a picture"}[name]
        style = self._styles.need("paragraph", name, used_for=used_for)
        properties = element("w:pPr", element("w:pStyle", val=style))
        if keep:
            properties.append(element("w:keepNext"))
        if base.left and not indents_of(style, None, self._styles, self._numbering)[0]:
            properties.append(element("w:ind", left=base.left))
        content = runs(inlines, RunStyle(None, self._place.width - base.left, self._tallest), self._story)
        return element("w:p", properties, *content)

    @property
    def _tallest(self) -> int:
        return int(self._place.height * _TALLEST_PICTURE)

    def _run_style(self, width: int, *, plain: bool = False) -> RunStyle:
        return RunStyle(None if plain else self._place.run, width, self._tallest)

    def _spaced(self, made: list[Any]) -> list[Any]:
        """Keep what follows a table off its last line."""
        for before, after in pairwise(made):
            if before.tag == qualified("w:tbl") and after.tag == qualified("w:p"):
                space_after_table(after, self._story)
        return made


def space_after_table(paragraph: Any, story: Story) -> None:
    """Give the paragraph below a table some space above, unless it has as much or is the table's source."""
    properties = child(paragraph, "w:pPr")
    style = value(properties, "w:pStyle")
    own = child(properties, "w:spacing")
    before = whole(attribute(own, "before"))
    before = story.styles.space_before(style) if before is None else before
    if before >= SPACE_AFTER_TABLE or style == story.styles.find("paragraph", "Source"):
        return
    if properties is None:
        properties = element("w:pPr")
        paragraph.insert(0, properties)
    spacing = element("w:spacing") if own is None else own
    spacing.set(qualified("w:before"), str(SPACE_AFTER_TABLE))
    put(properties, spacing, PARAGRAPH_PROPERTIES)


def _without_page_break(properties: Any) -> Any:
    copied = copy_of(properties)
    page_break = child(copied, "w:pageBreakBefore")
    if page_break is not None:
        copied.remove(page_break)
    return copied
