"""What floats at a paragraph, and text boxes, as Typst code.

Takes the pictures and boxes that a paragraph holds; writes them over, above or below the text, with the place each came
from. Text beside a floating object is never drawn: where Word would set some, the document is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from packgen.convert.document import ROUND, Anchor, Block, Inline, Paragraph, Picture, TextBox
from packgen.convert.write import pictures
from packgen.convert.write.estimate import height_of
from packgen.convert.write.inlines import dominant
from packgen.convert.write.looks import SINGLE
from packgen.convert.write.room import Room
from packgen.convert.write.strokes import stroke
from packgen.convert.write.typst_text import colour, pt
from packgen.convert.write.word_places import placed_words

if TYPE_CHECKING:
    from packgen.convert.write.blocks import BlockWriter

# Text beside a floating picture cannot be drawn; where the picture leaves less than this there is none.
_NO_TEXT_BESIDE = 0.62
# Points; what is so near the edge of the text stands at it.
_EDGE = 3.0
# Points that a line may reach into what stands below it.
_TOUCH = 0.05
_THIN = 0.01
# Points; a paragraph of up to some four lines is taken not to go over a page.
_SHORT = 75.0
# Points; what is no further from the head of its paragraph is drawn above it.
_NEAR = 20.0
_VERTICAL = {"centre": "horizon", "bottom": "bottom"}


class Kept(Struct, frozen=True):
    """What is left of a paragraph's content, with code for what is read after it.

    Of that, `beside` stands in one block with it, and `later` anywhere.
    """

    content: tuple[Inline, ...]
    beside: str = ""
    later: str = ""

    def around(self, code: str, *, sticky: bool) -> str:
        """The paragraph's own `code` with what floats at it."""
        if self.beside:
            stays = "sticky:true," if sticky else ""
            code = f"block(width:100%,breakable:false,{stays}{{{code};{self.beside}}})"
        return f"{code}\n{self.later}" if self.later else code


def kept(writer: BlockWriter, paragraph: Paragraph, room: Room) -> Kept:
    """Write what floats at `paragraph`, and give what is left."""
    if not any(isinstance(each, Picture | TextBox) for each in paragraph.content):
        return Kept(paragraph.content)
    return _kept(writer, paragraph, room)


def _kept(writer: BlockWriter, paragraph: Paragraph, room: Room) -> Kept:
    left = tuple(each for each in paragraph.content if not isinstance(each, Picture | TextBox) or each.anchor is None)
    blocking: list[tuple[Picture | TextBox, Anchor]] = []
    beside: list[str] = []
    later: list[str] = []
    for each in paragraph.content:
        if not isinstance(each, Picture | TextBox) or each.anchor is None:
            continue
        if each.anchor.wrap == "none":
            where = "cell" if room.nested else "page" if room.breaks else "band"
            across, body = _across(each, each.anchor, room), _bare(writer, each, room)
            code = pictures.placed(body, each.anchor, room.page, across, each.height, where=where)
            if where == "band" and each.anchor.vertical.relative_to == "text":
                beside.append(code)
            else:
                writer.source.add(code)
            continue
        flanked = each.anchor.wrap == "side" and each.width < room.width * _NO_TEXT_BESIDE
        if flanked and (room.breaks or paragraph.text.strip()):
            writer.refuse(
                "Text runs beside a floating picture or box, which cannot be drawn.",
                "In Word, choose Layout Options > In Line with Text, or Top and Bottom.",
                paragraph.pointer,
            )
        code = _at_page_edge(writer, each, each.anchor, room)
        if not code:
            blocking.append((each, each.anchor))
        elif code.startswith("place(bottom") and height_of((paragraph,), room.width) - each.height < _SHORT:
            later.append(code)
        else:
            writer.source.add(code)
    if blocking:
        found = _among_lines(writer, replace(paragraph, content=left), blocking, room)
        if found is not None:
            return replace(found, beside=";".join((found.beside, *beside)), later="\n".join(later))
    for each, anchor in blocking:
        if anchor.vertical.relative_to != "text" or anchor.vertical.distance > _NEAR:
            _warn(writer, each, paragraph)
        _above(writer, each, anchor, room)
    return Kept(left, ";".join(beside), "\n".join(later))


def _warn(writer: BlockWriter, shown: Picture | TextBox, paragraph: Paragraph) -> None:
    what = "picture" if isinstance(shown, Picture) else "text box"
    writer.warn(
        f"A {what} that Word sets at a place of its own on the page is drawn next to the paragraph it belongs to.",
        "Look at the page. To have it the same everywhere, choose Layout Options > In Line with Text in Word.",
        paragraph.pointer,
    )


def _above(writer: BlockWriter, shown: Picture | TextBox, anchor: Anchor, room: Room) -> None:
    """Write what is set before its paragraph, with no text beside it."""
    align = {"": "left", "start": "left", "centre": "center", "end": "right"}[anchor.horizontal.align]
    indent = pt(max(_across(shown, anchor, room), 0.0) if align == "left" else 0.0)
    body = (
        pictures.block_picture(shown, indent)
        if isinstance(shown, Picture)
        else f"block(breakable:false,inset:(left:{indent}),{box(writer, shown, room)})"
    )
    if anchor.vertical.relative_to == "text":
        writer.gap(anchor.vertical.distance if anchor.vertical.distance <= _NEAR else 0.0, opens=True)
    else:
        writer.gap(anchor.space_above, opens=False)
    writer.source.add(f"align({align},{body})")
    writer.gap(anchor.space_below, opens=True)


def _at_page_edge(writer: BlockWriter, shown: Picture | TextBox, anchor: Anchor, room: Room) -> str:
    """What stands at the top or the bottom of the page that its paragraph is on; nothing if it does not.

    Text makes room for it there, wherever the paragraph is.
    """
    vertical, page = anchor.vertical, room.page
    if not room.breaks or room.columns > 1 or vertical.relative_to == "text":
        return ""
    height = page.height - page.top - page.bottom
    if vertical.relative_to == "page":
        top = pictures.position(vertical.align, vertical.distance, page.height, shown.height) - page.top
    else:
        top = pictures.position(vertical.align, vertical.distance, height, shown.height)
    above, below = shown.overhang[0] + anchor.space_above, shown.overhang[2] + anchor.space_below
    if top - above <= _EDGE:
        edge, needed, inner = "top", top + shown.height + below, top
    elif top + shown.height + below >= height - _EDGE:
        edge, needed, inner = "bottom", height - top + above, above
    else:
        return ""
    if not 0 < needed <= height * 0.8:
        return ""
    body = f"place(top+left,dx:{pt(_across(shown, anchor, room))},dy:{pt(inner)},{_bare(writer, shown, room)})"
    foot = room.hanging if edge == "bottom" else 0.0
    held = f"block(width:100%,height:{pt(needed + foot)},{body})"
    return f"place({edge},float:true,clearance:0pt,{held})"


def _among_lines(
    writer: BlockWriter, paragraph: Paragraph, floating: Sequence[tuple[Picture | TextBox, Anchor]], room: Room
) -> Kept | None:
    """What floats so far below the head of its paragraph that lines stand above it, or side by side.

    A line that would touch it moves below it. None if it is above all lines by itself, or at several heights.
    """
    if any(anchor.vertical.relative_to != "text" or anchor.vertical.align for _, anchor in floating):
        return None
    tops = [anchor.vertical.distance - each.overhang[0] - anchor.space_above for each, anchor in floating]
    bottoms = [
        anchor.vertical.distance + each.height + each.overhang[2] + anchor.space_below for each, anchor in floating
    ]
    top, bottom = min(tops), max(bottoms)
    look = paragraph.format
    pitch = writer.looks.line_height(dominant(paragraph), writer.looks.line_of(look))
    fitting = max(int((top + _TOUCH) / pitch), 0)
    if max(tops) >= min(bottoms) or (len(floating) == 1 and fitting < 1) or bottom > room.height * 0.8:
        return None
    width = room.width - look.left - max(look.right, 0.0)
    words = placed_words(paragraph.content, writer.looks, width, look.first)
    lines = words[-1].line + 1 if words else 1
    if (lines + 1) * pitch + bottom - top > room.height * 0.8:
        return None
    at = ";".join(
        f"place(top+left,dx:{pt(_across(each, anchor, room))},dy:{pt(anchor.vertical.distance)},"
        f"{_bare(writer, each, room)})"
        for each, anchor in floating
    )
    if fitting >= lines:
        # The space below the paragraph lies behind what floats there.
        if top > (lines + 1) * pitch + look.after:
            _warn(writer, floating[0][0], paragraph)
        rest = max(bottom - lines * pitch - look.after, 0.0)
        return Kept(paragraph.content, f"v({pt(rest)});{at}")
    inside = [word for word in words if word.line == fitting and word.splits]
    if not inside:
        return None
    # Somewhere within the line, so that a line that breaks a word sooner or later is no matter.
    chosen = min(inside[1:], key=lambda word: abs(word.start - inside[-1].start / 2), default=inside[0].after_letter())
    run_above = writer.looks.reach(dominant(paragraph), writer.looks.line_of(look))[0]
    strut = TextBox((), _THIN, bottom - fitting * pitch + run_above, (0.0, 0.0, 0.0, 0.0), False)
    return Kept(chosen.with_before(paragraph.content, strut), at)


def _across(shown: Picture | TextBox, anchor: Anchor, room: Room) -> float:
    """How far right of the column's edge it stands."""
    horizontal = anchor.horizontal
    if horizontal.relative_to == "page" and not room.nested:
        return pictures.position(horizontal.align, horizontal.distance, room.page.width, shown.width) - room.page.left
    return pictures.position(horizontal.align, horizontal.distance, room.width, shown.width)


def _bare(writer: BlockWriter, shown: Picture | TextBox, room: Room) -> str:
    """`shown` without room for what reaches out of its frame."""
    if isinstance(shown, Picture):
        return pictures.overlaid_picture(shown)
    return box(writer, replace(shown, overhang=(0.0, 0.0, 0.0, 0.0)), room)


def _hung(writer: BlockWriter, blocks: Sequence[Block]) -> str:
    """Code that lets the space that a multiple of the line's height puts below the last line hang out of a box."""
    last = blocks[-1] if blocks else None
    if not isinstance(last, Paragraph):
        return ""
    reach = [writer.looks.reach(dominant(last), line)[1] for line in (writer.looks.line_of(last.format), SINGLE)]
    return f"v({pt(min(reach[1] - reach[0], 0.0))})"


def box(writer: BlockWriter, box: TextBox, room: Room) -> str:
    """A text box as an expression, with room for its outline; one that grows is as tall as its text."""
    top, right, bottom, left = box.insets
    width = "100%" if not box.width else pt(box.width)
    settings = f"width:{width}," + ("" if box.grows else f"height:{pt(box.height)},")
    settings += f"fill:{colour(box.fill)}," if box.fill else ""
    settings += f"stroke:{stroke(box.border)}," if box.border is not None and box.border.drawn else ""
    settings += f"radius:{pt(min(box.width, box.height) * ROUND)}," if box.rounded else ""
    settings += f"inset:(top:{pt(top)},right:{pt(right)},bottom:{pt(bottom)},left:{pt(left)}),"
    inner = writer.source.inner()
    outer = writer.source
    writer.source = inner
    try:
        writer.write(box.blocks, replace(room, breaks=False, splits=False, width=max(box.width - left - right, 10.0)))
    finally:
        writer.source = outer
    if box.grows:
        inner.add(_hung(writer, box.blocks))
    # A box has nothing of the paragraph that holds it.
    plain = ",".join(f"{name}:{value}" for name, value in writer.looks.arguments(writer.looks.base, SINGLE).items())
    fresh = writer.source.define("x", "(b)", f"{{set text({plain});set par(justify:false);set align(top+left);b}}")
    body = f"{fresh}({{\n" + "\n".join(inner.lines) + "\n})"
    if box.vertical != "top" and not box.grows:
        body = f"align({_VERTICAL[box.vertical]},block(width:100%,{body}))"
    # Stacked, it stands on the line with its foot, not with the first line of its text.
    return f"box(stack({pictures.padded(f'box({settings}{body})', box.overhang)}))"
