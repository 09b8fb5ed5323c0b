"""Nodes as Typst statements.

Takes blocks and the room they stand in; adds lines to the `Source`, each with the place it came from. Tables are
written by their own module, through the `BlockWriter` given to it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from packgen.convert.document import (
    Block,
    Inline,
    NewPage,
    NoteMark,
    Paragraph,
    Tab,
    Table,
    Text,
    flat,
)
from packgen.convert.formats import Label, ParagraphFormat, RunFormat
from packgen.convert.read.symbols import is_symbol_font
from packgen.convert.write import floating
from packgen.convert.write.arrange import Frame, Leaf, ListNode, Node, arranged, is_framed, is_item
from packgen.convert.write.estimate import height_of
from packgen.convert.write.headings import HeadingLevels
from packgen.convert.write.inlines import InlineWriter, dominant
from packgen.convert.write.line_ends import placed
from packgen.convert.write.long_words import broken
from packgen.convert.write.looks import SINGLE, Looks
from packgen.convert.write.room import Room, Surroundings
from packgen.convert.write.source import ListMark, Source
from packgen.convert.write.strokes import frame_arguments, stroke
from packgen.convert.write.typst_text import literal, pt

# A paragraph of up to some four lines, in points.
_SHORT = 75.0
_TWO_LINES = 150
# Points; less space than this is none.
_SEEN = 0.01
# Points; a line that has less room for its text is not looked at for words that are too long.
_LEAST_WIDTH = 12.0


class TableWriter(Protocol):
    def __call__(self, table: Table, room: Room) -> None: ...


class _Origin(Struct, frozen=True):
    """Where the paragraphs now written have their left edge, from the margin."""

    left: float = 0.0
    right: float = 0.0


class BlockWriter:
    """Writes blocks into a source.

    `refuse` is told, with a place, of what cannot be drawn, `warn` of what is drawn elsewhere than in Word.
    """

    def __init__(
        self,
        source: Source,
        looks: Looks,
        inlines: InlineWriter,
        headings: HeadingLevels,
        refuse: Callable[[str, str, str], None],
        warn: Callable[[str, str, str], None],
    ) -> None:
        self.source = source
        self.looks = looks
        self.inlines = inlines
        self.headings = headings
        self.refuse = refuse
        self.warn = warn
        self.write_table: TableWriter | None = None
        self._after_sticky = False

    def write(self, blocks: Sequence[Block], room: Room, *, opens_page: bool = False) -> None:
        self._nodes(arranged(blocks, opens_page=opens_page, tails=room.tails), room, _Origin())

    def closing_space(self, blocks: Sequence[Block], *, tails: bool = False) -> float:
        """The space after the last paragraph, which counts in cells, footers and boxes; 0 where its line has it."""
        last = blocks[-1] if blocks else None
        if tails and isinstance(last, Paragraph) and not is_framed(last):
            return 0.0
        return last.format.after if isinstance(last, Paragraph) else 0.0

    def _nodes(self, nodes: Sequence[Node], room: Room, origin: _Origin, depth: int = 0) -> None:
        """Write `nodes`, which are inside `depth` lists."""
        for node in nodes:
            if isinstance(node, ListNode):
                self._list(node, room, origin, depth)
            elif isinstance(node, Frame):
                self._frame(node, room, origin)
            elif isinstance(node.block, Paragraph):
                mark = ListMark(depth - 1, item=False) if depth else None
                self._paragraph_leaf(node, node.block, room, origin, mark)
            else:
                self._leaf(node, node.block, room, origin)

    def gap(self, gap: float, *, opens: bool) -> None:
        """Space above what is written next; a page's head swallows it unless what follows `opens` the page."""
        if gap > _SEEN:
            self.source.add(self.source.define("g", "", f"v({pt(gap)})" if opens else f"v({pt(gap)},weak:true)"))

    def _leaf(self, leaf: Leaf, block: NewPage | Table, room: Room, origin: _Origin) -> None:
        if isinstance(block, Table):
            self.source.place = block.place
            self.gap(leaf.gap, opens=leaf.opens_page)
            assert self.write_table is not None
            self.write_table(block, replace(room, left=origin.left))
        elif room.breaks:
            columns = room.columns > 1 and block.kind == "column"
            self.source.add("colbreak()" if columns else "pagebreak()")

    def _paragraph_leaf(
        self, leaf: Leaf, paragraph: Paragraph, room: Room, origin: _Origin, mark: ListMark | None
    ) -> None:
        self.source.place = paragraph.pointer
        if paragraph.format.page_break_before and room.breaks:
            self.source.add("pagebreak(weak:true)")
        self.gap(leaf.gap, opens=leaf.opens_page)
        kept = floating.kept(self, paragraph, room)
        goes_on = mark is not None and not mark.item
        if mark is not None and room.tagged and (mark.item or paragraph.text.strip()):
            self.source.marks.append(mark)
        written = paragraph if kept.content is paragraph.content else replace(paragraph, content=kept.content)
        code = self.paragraph(written, room, origin, goes_on=goes_on, tail=leaf.tail)
        self.source.add(kept.around(code, sticky=paragraph.format.keep_next and room.splits))
        self._after_sticky = paragraph.format.keep_next or paragraph.format.outline_level is not None

    # --- Paragraphs -----------------------------------------------------------------------------

    def paragraph(
        self, paragraph: Paragraph, room: Room, origin: _Origin, *, goes_on: bool = False, tail: float = 0.0
    ) -> str:
        """One paragraph as an expression, headings as headings. If it `goes_on`, it belongs to the list item before.

        `tail` is the space below it that its last line keeps.
        """
        look = self._shifted(paragraph.format, origin, room)
        level = paragraph.format.outline_level
        run = dominant(paragraph)
        if not paragraph.content and not is_item(paragraph):
            return self.empty(paragraph, tail)
        heading = level is not None and room.headings and bool(paragraph.text.strip())
        label, indent = self._label(paragraph, run, look, marked=not heading)
        around = Surroundings(
            look,
            run,
            self.looks.line_of(look),
            start=look.left + look.first + indent,
            left=look.left,
            links=room.links,
            width=room.width - look.left - max(look.right, 0.0),
            number_format=room.number_format,
            heading=heading,
        )
        content = _with_figures_in_line(paragraph, room)
        body = self.inlines.body(broken(content, max(around.width, _LEAST_WIDTH), self.looks), around)
        if goes_on and paragraph.text.strip():
            body = f"emph({body})"
        if label:
            body = "{" + f"{label};{body}" + "}" if body else label
        if not body:
            return self.empty(paragraph, tail)
        tail += self._more_below(paragraph, run, look, around)
        if tail > _SEEN:
            reach = self.looks.reach(run, self.looks.line_of(look))[1] + tail
            body = f"{{{body};box(width:0pt,height:{pt(reach)},baseline:{pt(reach)})}}"
        if not paragraph.text and not label:
            # The space that a multiple of the line's height puts below stands under a line of pictures as well.
            below = (
                self.looks.reach(paragraph.mark, self.looks.line_of(look))[1]
                - self.looks.reach(paragraph.mark, SINGLE)[1]
            )
            body = "{" + f"{body};box(width:0pt,height:{pt(below)},baseline:{pt(below)})" + "}"
        if heading:
            function = self.looks.paragraph(look, run, left=look.left, first=look.first, element="block")
            assert level is not None
            legal = self.headings.legal(level, paragraph.pointer)
            return f"heading(level:{legal},{function}({body}))"
        element = "aligned" if look.alignment in {"centre", "right"} else "par"
        function = self.looks.paragraph(look, run, left=look.left, first=look.first, element=element)
        return self._kept(f"{function}({body})", paragraph, room)

    def _more_below(self, paragraph: Paragraph, run: RunFormat, look: ParagraphFormat, around: Surroundings) -> float:
        """What larger letters on the last line of a paragraph put below it where lines are wider than single."""
        line = self.looks.line_of(look)
        larger = {
            inline.format
            for inline in flat(paragraph.content)
            if isinstance(inline, Text) and inline.format.size > run.size and not inline.format.position
        }
        if not larger or line.rule != "multiple" or line.line <= 1:
            return 0.0
        end = around.left + around.width
        words = list(placed(paragraph.content, self.looks, start=around.start, left=around.left, end=end))
        last = [word.inline for word in words if word.line == words[-1].line]
        reach = max(
            (
                self.looks.reach(each.format, line)[1]
                for each in last
                if isinstance(each, Text) and each.format in larger
            ),
            default=0.0,
        )
        return max(reach - self.looks.reach(run, line)[1], 0.0)

    def empty(self, paragraph: Paragraph, tail: float = 0.0) -> str:
        """An empty paragraph: a line's height and nothing to read."""
        height = self.looks.line_height(paragraph.mark, self.looks.line_of(paragraph.format)) + tail
        return self.source.define("e", "", f"block(width:100%,height:{pt(height)})")

    def _shifted(self, look: ParagraphFormat, origin: _Origin, room: Room) -> ParagraphFormat:
        if not room.widows and look.widow_control:
            # The container has switched widow control off for all that is in it.
            look = replace(look, widow_control=True)
        if origin.left or origin.right:
            return replace(look, left=look.left - origin.left, right=look.right - origin.right)
        return look

    def _kept(self, code: str, paragraph: Paragraph, room: Room) -> str:
        """`code` held together with what follows, or in itself, as the paragraph asks."""
        if not room.splits:
            return code
        height = height_of((paragraph,), room.width)
        # In a cell, what is taller than a page and sticks to the next is lost.
        sticky = paragraph.format.keep_next and (room.breaks or height < room.height * 0.8)
        whole = paragraph.format.keep_lines and not room.cautious
        if (sticky or self._after_sticky) and height < _SHORT and has_early_note(paragraph):
            # A note takes its line to the next page only from a block that stays whole, and what sticks to
            # that line follows only if the line sticks as well.
            sticky = whole = True
        whole = whole and height < room.height * 0.8
        settings = ("sticky:true," if sticky else "") + ("breakable:false," if whole else "")
        return f"block(width:100%,{settings}{code})" if settings else code

    def _label(self, paragraph: Paragraph, run: RunFormat, look: ParagraphFormat, *, marked: bool) -> tuple[str, float]:
        """The label that opens a paragraph's first line, and how much of that line it takes with the tab behind it.

        A `marked` label can be told from the text in the finished PDF.
        """
        label = paragraph.label
        if label is None or (not label.text and (label.suffix != "tab" or look.first >= 0)):
            return "", 0.0
        if not label.text:
            return f"box(width:{pt(-look.first)})", -look.first
        width = self.label_width(label)
        back = {"left": 0.0, "centre": width / 2, "right": width}[label.justify]
        start = look.left + look.first - back
        room = self._after_label(label, width, max(-look.first, 0.0) + back, look, start)
        code = self._label_text(label, run, look)
        # In a heading a blank parts the number from the words in the outline, which takes no notice of distances.
        code = f"strong({code})" if marked else f'{{{code};" "}}'
        if look.alignment in {"centre", "right"}:
            code = f"align(left,{code})"  # the label stands at the head of its room, wherever the line stands
        box = f"box(width:{pt(room)},{code})"
        if width > room - 0.5:
            # A label is not broken where it is as long as its room or longer.
            box = f"box(width:{pt(room)},box(width:{pt(width * 1.05 + 2)},{code}))"
        return (f"h({pt(-back)});{box}" if back else box), room - back

    # --- Lists ----------------------------------------------------------------------------------

    def label_width(self, label: Label) -> float:
        return self.looks.width(label.text, label.format)

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
        """A label drawn on the first line of text set in `run`.

        Its own letters may make the line taller; symbols, which are not drawn in the font that is named, do not.
        """
        line = self.looks.line_of(look)
        changed = dict(self.looks.arguments(label.format, line))
        outer = self.looks.arguments(run, line)
        if is_symbol_font(label.format.font):
            above, below = self.looks.reach(run, line)
            changed |= {"top-edge": pt(above), "bottom-edge": pt(-below)}
        settings = [f"{name}:{value}" for name, value in changed.items() if outer.get(name) != value]
        function = self.source.define("l", "(b)", f"text({','.join(settings)},b)" if settings else "b")
        # A label never breaks at its blanks.
        return f"{function}({literal(label.text.replace(' ', chr(0xA0)))})"

    # --- Lists ----------------------------------------------------------------------------------

    def _list(self, node: ListNode, room: Room, origin: _Origin, depth: int) -> None:
        """The items of a list one after the other: what makes them a list is put into the tags of the finished PDF."""
        label = node.items[0].paragraph.label
        for index, item in enumerate(node.items):
            leaf = Leaf(item.paragraph, item.gap, node.opens_page and not index, item.tail)
            mark = ListMark(depth, opens=not index, bullet=label is not None and label.bullet)
            self._paragraph_leaf(leaf, item.paragraph, room, origin, mark)
            self._nodes(item.children, room, origin, depth + 1)

    # --- Frames ---------------------------------------------------------------------------------

    def _frame(self, frame: Frame, room: Room, origin: _Origin) -> None:
        first = frame.children[0]
        opening = first.block if isinstance(first, Leaf) else None
        if isinstance(opening, Paragraph) and opening.format.page_break_before and room.breaks:
            self.source.add("pagebreak(weak:true)")
        self.gap(frame.gap, opens=frame.opens_page)
        last = _last_paragraph(frame.children)
        sticky = last is not None and last.format.keep_next and room.breaks
        whole = (
            room.breaks and not room.cautious and all(each.format.keep_lines for each in _paragraphs(frame.children))
        )
        settings = frame_arguments(frame.borders, frame.fill) + ("sticky:true," if sticky else "")
        if whole and height_of(_paragraphs(frame.children), room.width) < room.height * 0.8:
            settings += "breakable:false,"
        left, right = frame.left - origin.left, frame.right - origin.right
        pad = f"pad(left:{pt(left)},right:{pt(right)}," if left or right else "{("
        self.source.add(f"{pad}block(width:100%,{settings}" + "{")
        # Page breaks, like sticky blocks, have no meaning inside a frame.
        inner = replace(room, breaks=False, splits=False)
        for index, node in enumerate(frame.children):
            if index and frame.borders.between is not None and frame.borders.between.drawn:
                line = frame.borders.between
                self.gap(line.space, opens=True)
                self.source.add(f"line(length:100%,stroke:{stroke(line, 'between')})")
                self.gap(line.space + line.width, opens=True)
            self._nodes([node], inner, _Origin(frame.left, frame.right))
        self.source.add("}))" + ("}" if pad[0] == "{" else ""))


def _with_figures_in_line(paragraph: Paragraph, room: Room) -> tuple[Inline, ...]:
    """The content of a paragraph; in a cell figures stand at a decimal stop without a tab before them, as in Word."""
    stops, content = paragraph.format.tabs, paragraph.content
    if not room.nested or not stops or stops[0].kind != "decimal" or paragraph.label is not None:
        return content
    shown = [inline for inline in flat(content) if isinstance(inline, Text | Tab)]
    if not shown or any(isinstance(inline, Tab) for inline in shown):
        return content
    return (Tab(shown[0].format), *content)


def has_early_note(paragraph: Paragraph) -> bool:
    """Whether a footnote belongs to the first line or two of `paragraph`."""
    before = 0
    for inline in flat(paragraph.content):
        if isinstance(inline, Text):
            before += len(inline.text)
        elif isinstance(inline, NoteMark) and inline.kind == "footnote":
            return before < _TWO_LINES
    return False


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
