"""What floats at a paragraph, and text boxes, as Typst code.

Takes the pictures and boxes that a paragraph holds; writes them over, above or below the text, with the place each came
from. Text beside a floating object is never drawn: where Word would set some, the document is refused.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from packgen.convert.document import Inline, Paragraph, Picture, TextBox
from packgen.convert.write import pictures
from packgen.convert.write.room import Room
from packgen.convert.write.strokes import stroke
from packgen.convert.write.typst_text import colour, pt

if TYPE_CHECKING:
    from packgen.convert.write.blocks import BlockWriter

# Text beside a floating picture cannot be drawn; where the picture leaves less than this there is none.
_NO_TEXT_BESIDE = 0.62


def kept(writer: BlockWriter, paragraph: Paragraph, room: Room) -> tuple[Inline, ...]:
    """Write what floats at `paragraph`, and give the content that is left."""
    left: list[Inline] = []
    for inline in paragraph.content:
        if not isinstance(inline, Picture | TextBox) or inline.anchor is None:
            left.append(inline)
            continue
        anchor = inline.anchor
        if anchor.wrap == "none":
            body = pictures.overlaid_picture(inline) if isinstance(inline, Picture) else box(writer, inline, room)
            size = (inline.width, inline.height)
            writer.source.add(pictures.placed(body, anchor, room.page, size, in_cell=not room.breaks))
            continue
        beside = anchor.wrap == "side" and inline.width < room.width * _NO_TEXT_BESIDE
        if beside and (room.breaks or paragraph.text.strip()):
            writer.refuse(
                "Text runs beside a floating picture or box, which cannot be drawn.",
                "In Word, choose Layout Options > In Line with Text, or Top and Bottom.",
                paragraph.pointer,
            )
        align = {"": "left", "start": "left", "centre": "center", "end": "right"}[anchor.horizontal.align]
        indent = pt(max(anchor.horizontal.distance, 0.0) if align == "left" else 0.0)
        body = (
            pictures.block_picture(inline, indent)
            if isinstance(inline, Picture)
            else f"block(breakable:false,inset:(left:{indent}),{box(writer, inline, room)})"
        )
        writer.gap(anchor.space_above, opens=False)
        writer.source.add(f"align({align},{body})")
        writer.gap(anchor.space_below, opens=False)
    return tuple(left)


def box(writer: BlockWriter, box: TextBox, room: Room) -> str:
    """A text box as an expression; one that grows is as tall as its text."""
    top, right, bottom, left = box.insets
    width = "100%" if not box.width else pt(box.width)
    settings = f"width:{width}," + ("" if box.grows else f"height:{pt(box.height)},")
    settings += f"fill:{colour(box.fill)}," if box.fill else ""
    settings += f"stroke:{stroke(box.border)}," if box.border is not None and box.border.drawn else ""
    settings += f"inset:(top:{pt(top)},right:{pt(right)},bottom:{pt(bottom)},left:{pt(left)}),"
    inner = writer.source.inner()
    outer = writer.source
    writer.source = inner
    try:
        writer.write(box.blocks, replace(room, breaks=False, splits=False, width=max(box.width - left - right, 10.0)))
    finally:
        writer.source = outer
    return f"box({settings}{{\n" + "\n".join(inner.lines) + "\n})"
