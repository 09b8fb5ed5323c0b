"""Pictures as Typst code.

Takes `Picture` values; gives expressions for pictures in the line, in a block of their own, or set over the page.
Every picture carries its alternative text, or is marked as an artifact where the author says that it is decoration.
"""

from __future__ import annotations

from packgen.convert.document import Anchor, Picture
from packgen.convert.paper import PageSetup
from packgen.convert.write.typst_text import colour, decimal, literal, pt


def inline_picture(picture: Picture) -> str:
    """A picture that stands in the line like a letter."""
    return _artifact(picture, f"box({_framed(picture)})")


def block_picture(picture: Picture, indent: str) -> str:
    """A picture with the text above and below it; `indent` is code for how far it stands in."""
    return _artifact(picture, f"block(breakable:false,inset:(left:{indent}),{_framed(picture)})")


def placed(body: str, anchor: Anchor, page: PageSetup, across: float, height: float, *, where: str) -> str:
    """`body` set over the page without moving the text, `across` points from the left edge of the text.

    `where` it is anchored is the `page`, a `band` at its head or foot, or a `cell`, which it does not leave. In a band
    what goes by its paragraph must stand in one block with that: the whole text may be at the band's foot.
    """
    vertical = anchor.vertical
    if vertical.relative_to == "text" or where == "cell":
        return (
            f"place(top+left,dx:{pt(across)},dy:{pt(vertical.distance)},{body})"
            if where == "band"
            else (f"place(dx:{pt(across)},dy:{pt(vertical.distance)},{body})")
        )
    down = position(vertical.align, vertical.distance, page.height - page.top - page.bottom, height)
    if vertical.relative_to == "page":
        down = position(vertical.align, vertical.distance, page.height, height) - page.top
    if where == "band":
        code = f"place(dx:{pt(page.left + across)}-at.x,dy:{pt(page.top + down)}-at.y,{body})"
        return f"context{{let at=here().position();set align(top+left);{code}}}"
    return f"place(top+left,dx:{pt(across)},dy:{pt(down)},{body})"


def overlaid_picture(picture: Picture) -> str:
    return _artifact(picture, _image(picture))


def position(align: str, distance: float, room: float, size: float) -> float:
    """Where something `size` points long stands in `room`: at `distance`, or as it is aligned."""
    return {"": distance, "start": 0.0, "centre": (room - size) / 2, "end": room - size}[align]


def padded(code: str, overhang: tuple[float, float, float, float]) -> str:
    """`code` with room on all sides for what reaches out of it."""
    if not any(overhang):
        return code
    top, right, bottom, left = overhang
    return f"pad(top:{pt(top)},right:{pt(right)},bottom:{pt(bottom)},left:{pt(left)},{code})"


def _framed(picture: Picture) -> str:
    return padded(_image(picture), picture.overhang)


def _image(picture: Picture) -> str:
    left, top, right, bottom = picture.crop
    shown_width, shown_height = max(1 - left - right, 0.01), max(1 - top - bottom, 0.01)
    full_width, full_height = picture.width / shown_width, picture.height / shown_height
    alt = "" if picture.decorative else f",alt:{literal(picture.alt)}"
    code = f'image("{picture.data}",width:{pt(full_width)},height:{pt(full_height)},fit:"stretch"{alt})'
    if any(picture.crop):
        code = (
            f"box(clip:true,width:{pt(picture.width)},height:{pt(picture.height)},"
            f"move(dx:{pt(-left * full_width)},dy:{pt(-top * full_height)},{code}))"
        )
    if picture.border is not None:
        # The line lies outside the picture and turns with it.
        line = picture.border
        code = f"box(stroke:{pt(line.width)}+{colour(line.colour)},outset:{pt(line.width / 2)},{code})"
    if picture.rotation % 360:
        code = f"rotate({decimal(picture.rotation)}deg,reflow:false,{code})"
    return code


def _artifact(picture: Picture, code: str) -> str:
    return f"pdf.artifact({code})" if picture.decorative else code
