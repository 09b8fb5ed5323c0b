"""Nodes as Typst statements.

Takes blocks and the room they stand in; adds lines to the `Source`, each with the place it came from. Tables are written
by their own module, through the `BlockWriter` given to it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from packgen.convert.document import (
    Block,
    Border,
    Edges,
    Inline,
    Label,
    NewPage,
    Paragraph,
    ParagraphFormat,
    Picture,
    RunFormat,
    Table,
    TextBox,
)
from packgen.convert.write import pictures
from packgen.convert.write.arrange import Frame, Item, Leaf, ListNode, Node, arranged, is_item
from packgen.convert.write.estimate import height_of
from packgen.convert.write.headings import HeadingLevels
from packgen.convert.write.inlines import InlineWriter, Surroundings, dominant
from packgen.convert.write.looks import Looks
from packgen.convert.write.room import Room
from packgen.convert.write.source import Source
from packgen.convert.write.typst_text import colour, literal, pt

_DASHES = {
    "dotted": "dotted",
    "dashed": "dashed",
    "dashSmallGap": "dashed",
    "dotDash": "dash-dotted",
    "dotDotDash": "dash-dotted",
}
# Text beside a floating picture cannot be drawn; where the picture leaves less than this there is none.
_NO_TEXT_BESIDE = 0.62


class TableWriter(Protocol):
    def __call__(self, table: Table, room: Room) -> None: ...


@dataclass(frozen=True, slots=True)
class _Origin:
    """Where the paragraphs now written have their left edge, from the margin."""

    left: float = 0.0
    right: float = 0.0


class BlockWriter:
    """Writes blocks into a source. `refuse` is told, with a place, of what cannot be drawn."""

    def __init__(
        self,
        source: Source,
        looks: Looks,
        inlines: InlineWriter,
        headings: HeadingLevels,
        refuse: Callable[[str, str, str], None],
    ) -> None:
        self.source = source
        self.looks = looks
        self.inlines = inlines
        self.headings = headings
        self.refuse = refuse
        self.write_table: TableWriter | None = None

    def write(self, blocks: Sequence[Block], room: Room, *, opens_page: bool = False) -> None:
        self._nodes(arranged(blocks, opens_page=opens_page), room, _Origin())

    def closing_space(self, blocks: Sequence[Block]) -> float:
        """The space after the last paragraph, which counts in cells, footers and boxes."""
        last = blocks[-1] if blocks else None
        return last.format.after if isinstance(last, Paragraph) else 0.0

    def _nodes(self, nodes: Sequence[Node], room: Room, origin: _Origin) -> None:
        for node in nodes:
            if isinstance(node, Leaf):
                self._leaf(node, room, origin)
            elif isinstance(node, ListNode):
                self._gap(node.gap, opens=node.opens_page)
                self._list(node, room, origin)
            else:
                self._frame(node, room, origin)

    def _gap(self, gap: float, *, opens: bool) -> None:
        if gap > 0.01:
            self.source.add(self.source.define("g", "", f"v({pt(gap)})" if opens else f"v({pt(gap)},weak:true)"))

    def _leaf(self, leaf: Leaf, room: Room, origin: _Origin) -> None:
        block = leaf.block
        if isinstance(block, NewPage):
            if room.breaks:
                columns = room.columns > 1 and block.kind == "column"
                self.source.add("colbreak()" if columns else "pagebreak()")
            return
        if isinstance(block, Table):
            self.source.place = block.place
            self._gap(leaf.gap, opens=leaf.opens_page)
            assert self.write_table is not None
            self.write_table(block, replace(room, left=origin.left))
            return
        self.source.place = block.pointer
        if block.format.page_break_before and room.breaks:
            self.source.add("pagebreak(weak:true)")
        content = self._floating(block, room)
        self._gap(leaf.gap, opens=leaf.opens_page)
        self.source.add(self.paragraph(replace(block, content=content), room, origin))

    # --- Paragraphs -----------------------------------------------------------------------------

    def paragraph(self, paragraph: Paragraph, room: Room, origin: _Origin) -> str:
        """One paragraph as an expression, headings as headings."""
        look = self._shifted(paragraph.format, origin, room)
        level = paragraph.format.outline_level
        run = dominant(paragraph)
        if not paragraph.content and not is_item(paragraph):
            return self.empty(paragraph)
        heading = level is not None and room.headings and bool(paragraph.text.strip())
        label, indent = self._inline_label(paragraph, run, look)
        around = Surroundings(
            look,
            run,
            self.looks.line_of(look),
            start=look.left + look.first + indent,
            left=look.left,
            links=room.links,
            number_format=room.number_format,
        )
        body = self.inlines.body(paragraph.content, around)
        if label:
            body = "{" + f"{label};{body}" + "}" if body else label
        if not body:
            return self.empty(paragraph)
        if heading:
            function = self.looks.paragraph(look, run, left=look.left, first=look.first, element="block")
            assert level is not None
            legal = self.headings.legal(level, paragraph.pointer)
            return f"heading(level:{legal},{function}({body}))"
        function = self.looks.paragraph(look, run, left=look.left, first=look.first, element="par")
        return self._kept(f"{function}({body})", paragraph, room)

    def empty(self, paragraph: Paragraph) -> str:
        """An empty paragraph: a line's height and nothing to read."""
        height = self.looks.line_height(paragraph.mark, self.looks.line_of(paragraph.format))
        return self.source.define("e", "", f"block(width:100%,height:{pt(height)})")

    def _shifted(self, look: ParagraphFormat, origin: _Origin, room: Room) -> ParagraphFormat:
        if not room.widows and look.widow_control:
            # The container has switched widow control off for all that is in it.
            look = replace(look, widow_control=True)
        if origin.left or origin.right:
            return replace(look, left=look.left - origin.left, right=look.right - origin.right)
        return look

    def _kept(self, code: str, paragraph: Paragraph, room: Room) -> str:
        sticky = paragraph.format.keep_next and room.breaks
        whole = paragraph.format.keep_lines and room.breaks and not room.cautious
        if whole and height_of((paragraph,), room.width) > room.height * 0.8:
            whole = False
        if sticky and whole:
            return f"block(width:100%,sticky:true,breakable:false,{code})"
        if sticky or whole:
            return f"block(width:100%,{'sticky:true' if sticky else 'breakable:false'},{code})"
        return code

    def _inline_label(self, paragraph: Paragraph, run: RunFormat, look: ParagraphFormat) -> tuple[str, float]:
        """The label of a numbered heading, set at the start of its text, and how wide it is."""
        label = paragraph.label
        if label is None or not label.text:
            return "", 0.0
        hang = -look.first if look.first < 0 else 0.0
        width = self.label_width(label)
        room = self._after_label(label, width, hang, look, look.left + look.first)
        code = self._label_text(label, run, look)
        return f"box(width:{pt(room)},{code})", room

    # --- Lists ----------------------------------------------------------------------------------

    def label_width(self, label: Label) -> float:
        family = self.looks.family(label.format.font)
        look = label.format
        return self.looks.fonts.width(label.text, family, look.size, bold=look.bold, italic=look.italic)

    def _after_label(self, label: Label, width: float, hang: float, look: ParagraphFormat, start: float) -> float:
        """How far from the label's start the text begins: at the hanging indent, or the next tab stop behind it."""
        if label.suffix == "nothing":
            return width
        if label.suffix == "space":
            return width + 0.278 * label.format.size
        if width <= hang + 0.01:
            return hang
        end = start + width
        stops = sorted(stop.position for stop in look.tabs if stop.position > end + 0.05)
        step = self.inlines.default_tab
        following = stops[0] if stops else (int((end + 0.05) / step) + 1) * step
        return following - start

    def _label_text(self, label: Label, run: RunFormat, look: ParagraphFormat) -> str:
        """A label drawn on the first line of text set in `run`: as high as that line, whatever its own font."""
        above, below = self.looks.reach(run, self.looks.line_of(look))
        changed = self.looks.arguments(label.format, self.looks.line_of(look))
        outer = self.looks.arguments(self.looks.base, self.looks.line_of(ParagraphFormat()))
        settings = [f"{name}:{value}" for name, value in changed.items() if outer.get(name) != value]
        settings = [setting for setting in settings if not setting.startswith(("top-edge", "bottom-edge"))]
        settings += [f"top-edge:{pt(above)}", f"bottom-edge:{pt(-below)}"]
        function = self.source.define("l", "(b)", f"text({','.join(settings)},b)")
        # A label never breaks at its blanks.
        return f"{function}({literal(label.text.replace(' ', chr(0xA0)))})"

    def _list(self, node: ListNode, room: Room, origin: _Origin) -> None:
        bullet = node.items[0].paragraph.label is not None and node.items[0].paragraph.label.bullet
        labels = [self._item_label(item.paragraph, node) for item in node.items]
        indent = pt(node.label_at - origin.left)
        if bullet:
            self.source.add(f"bullets({indent},{labels[0]},")
        else:
            self.source.add(f"lists({indent},({','.join(labels)},),")
        inner = _Origin(node.text_at, origin.right)
        for index, item in enumerate(node.items):
            after = node.items[index + 1].gap if index + 1 < len(node.items) else 0.0
            self._item(item, room, inner, after, bullet=bullet)
        self.source.add(")")

    def _item_label(self, paragraph: Paragraph, node: ListNode) -> str:
        label = paragraph.label
        assert label is not None
        run = dominant(paragraph)
        hang = node.text_at - node.label_at
        width = self.label_width(label)
        code = self._label_text(label, run, paragraph.format)
        shift = {"left": 0.0, "centre": -width / 2, "right": -width}[label.justify]
        if not hang:
            shift += paragraph.format.first
        if width + shift > hang - 0.5 or shift:
            code = f"move(dx:{pt(shift)},box(width:{pt(width * 1.05 + 2)},{code}))"
        return f"box(width:{pt(hang)},{code})"

    def _item(self, item: Item, room: Room, origin: _Origin, after: float, *, bullet: bool) -> None:
        paragraph = item.paragraph
        self.source.place = paragraph.pointer
        self.source.add(("list.item" if bullet else "enum.item") + "({")
        label = paragraph.label
        assert label is not None
        look = paragraph.format
        hang = max(-look.first, 0.0)
        shift = {"left": 0.0, "centre": 0.5, "right": 1.0}[label.justify] * self.label_width(label)
        start = look.left + look.first - shift
        # The label stands in a column of its own; what is left of its room indents the first line.
        first = start + self._after_label(label, self.label_width(label), hang + shift, look, start) - look.left
        inner = replace(look, first=max(first, 0.0) if abs(first) > 0.05 else 0.0)
        content = self._floating(paragraph, room)
        bare = replace(paragraph, content=content, label=None, format=inner)
        self.source.add(self.paragraph(bare, room, origin))
        self._nodes(item.children, room, origin)
        if after > 0.01:
            self._gap(after, opens=True)
        self.source.add("}),")

    # --- Frames ---------------------------------------------------------------------------------

    def _frame(self, frame: Frame, room: Room, origin: _Origin) -> None:
        first = frame.children[0]
        opening = first.block if isinstance(first, Leaf) else None
        if isinstance(opening, Paragraph) and opening.format.page_break_before and room.breaks:
            self.source.add("pagebreak(weak:true)")
        self._gap(frame.gap, opens=frame.opens_page)
        last = _last_paragraph(frame.children)
        sticky = last is not None and last.format.keep_next and room.breaks
        whole = room.breaks and not room.cautious and all(each.format.keep_lines for each in _paragraphs(frame.children))
        settings = frame_arguments(frame.borders, frame.fill) + ("sticky:true," if sticky else "")
        if whole and height_of(_paragraphs(frame.children), room.width) < room.height * 0.8:
            settings += "breakable:false,"
        left, right = frame.left - origin.left, frame.right - origin.right
        pad = f"pad(left:{pt(left)},right:{pt(right)}," if left or right else "{("
        self.source.add(f"{pad}block(width:100%,{settings}" + "{")
        # Page breaks, like sticky blocks, have no meaning inside a frame.
        inner = replace(room, breaks=False)
        for index, node in enumerate(frame.children):
            if index and frame.borders.between is not None and frame.borders.between.drawn:
                self.source.add(f"line(length:100%,stroke:{stroke(frame.borders.between)})")
            self._nodes([node], inner, _Origin(frame.left, frame.right))
        self.source.add("}))" + ("}" if pad[0] == "{" else ""))

    # --- Floating objects -----------------------------------------------------------------------

    def _floating(self, paragraph: Paragraph, room: Room) -> tuple[Inline, ...]:
        """Write what floats at `paragraph`, and give the content that is left."""
        kept: list[Inline] = []
        for inline in paragraph.content:
            if not isinstance(inline, Picture | TextBox) or inline.anchor is None:
                kept.append(inline)
                continue
            anchor = inline.anchor
            if anchor.wrap == "none":
                body = pictures.overlaid_picture(inline) if isinstance(inline, Picture) else self.box(inline, room)
                size = (inline.width, inline.height)
                self.source.add(pictures.placed(body, anchor, room.page, size, in_cell=not room.breaks))
                continue
            beside = anchor.wrap == "side" and inline.width < room.width * _NO_TEXT_BESIDE
            if beside and (room.breaks or paragraph.text.strip()):
                self.refuse(
                    "Text runs beside a floating picture or box, which cannot be drawn.",
                    "In Word, choose Layout Options > In Line with Text, or Top and Bottom.",
                    paragraph.pointer,
                )
            align = {"": "left", "start": "left", "centre": "center", "end": "right"}[anchor.horizontal.align]
            indent = pt(max(anchor.horizontal.distance, 0.0) if align == "left" else 0.0)
            body = (
                pictures.block_picture(inline, indent)
                if isinstance(inline, Picture)
                else f"block(breakable:false,inset:(left:{indent}),{self.box(inline, room)})"
            )
            self._gap(anchor.space_above, opens=False)
            self.source.add(f"align({align},{body})")
            self._gap(anchor.space_below, opens=False)
        return tuple(kept)

    def box(self, box: TextBox, room: Room) -> str:
        """A text box as an expression; one that grows is as tall as its text."""
        top, right, bottom, left = box.insets
        width = "100%" if not box.width else pt(box.width)
        edge = box.border
        borders = Edges(edge, edge, edge, edge) if edge is not None else Edges()
        settings = f"width:{width}," + ("" if box.grows else f"height:{pt(box.height)},")
        settings += frame_arguments(borders, box.fill)
        settings += f"inset:(top:{pt(top)},right:{pt(right)},bottom:{pt(bottom)},left:{pt(left)}),"
        inner = Source(definitions=self.source.definitions, place=self.source.place)
        outer = self.source
        self.source = inner
        try:
            self.write(box.blocks, replace(room, breaks=False, width=max(box.width - left - right, 10.0)))
        finally:
            self.source = outer
        return f"box({settings}{{\n" + "\n".join(inner.lines) + "\n})"


def stroke(border: Border) -> str:
    """A border as a Typst stroke."""
    dash = _DASHES.get(border.style)
    if dash is None:
        return f"{pt(border.width)}+{colour(border.colour)}"
    return f'(thickness:{pt(border.width)},paint:{colour(border.colour)},dash:"{dash}")'


def frame_arguments(borders: Edges, fill: str) -> str:
    """What Typst's `block` must be told to draw a frame whose text stays at the indents: lines stand outside it."""
    drawn = {
        side: border
        for side in ("top", "left", "bottom", "right")
        if (border := getattr(borders, side)) is not None and border.drawn
    }
    settings = f"fill:{colour(fill)}," if fill else ""
    if not drawn:
        return settings
    strokes = ",".join(f"{side}:{stroke(border)}" for side, border in drawn.items())
    inset = ",".join(
        f"{side}:{pt(border.space + border.width)}" for side, border in drawn.items() if side in {"top", "bottom"}
    )
    outset = ",".join(
        f"{side}:{pt(border.space + border.width / 2)}" for side, border in drawn.items() if side in {"left", "right"}
    )
    settings += f"stroke:({strokes}),"
    if inset:
        settings += f"inset:({inset}),"
    return settings + (f"outset:({outset})," if outset else "")


def _paragraphs(nodes: Sequence[Node]) -> tuple[Paragraph, ...]:
    found: list[Paragraph] = []
    for node in nodes:
        if isinstance(node, Leaf):
            if isinstance(node.block, Paragraph):
                found.append(node.block)
        elif isinstance(node, ListNode):
            for item in node.items:
                found.extend((item.paragraph, *_paragraphs(item.children)))
        else:
            found.extend(_paragraphs(node.children))
    return tuple(found)


def _last_paragraph(nodes: Sequence[Node]) -> Paragraph | None:
    found = _paragraphs(nodes)
    return found[-1] if found else None
