"""Pictures, and the markup that puts pictures and text boxes on a page.

Takes words and sizes in points; gives small PNG and JPEG files drawn by script, and runs of markup in the line or
anchored. Text never flows beside what is anchored: it stops above and below, or runs on over or under it.
"""

from __future__ import annotations

import io
import math
from typing import Any, Literal
from xml.sax.saxutils import escape, quoteattr

from docx.opc.constants import RELATIONSHIP_TYPE
from PIL import Image, ImageDraw

_EMU = 12700
_COLOURS = ("#1f4e79", "#c55a11", "#548235", "#7f6000", "#833c0b")
_DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)


def bars(*heights: int, size: tuple[int, int] = (360, 200), kind: Literal["PNG", "JPEG"] = "PNG") -> bytes:
    """A bar for each of `heights` (percent) on a pale ground."""
    image = Image.new("RGB", size, "#eef3f7")
    draw = ImageDraw.Draw(image)
    step = size[0] / len(heights)
    for at, height in enumerate(heights):
        top = size[1] - size[1] * height / 100
        draw.rectangle((at * step + step / 6, top, (at + 1) * step - step / 6, size[1] - 1), _COLOURS[at % 5])
    return _file(image, kind)


def crest(size: int = 120) -> bytes:
    """A shield on a clear ground."""
    image = Image.new("RGBA", (size, size), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.polygon(
        ((size * 0.1, 0), (size * 0.9, 0), (size * 0.9, size * 0.6), (size / 2, size - 1), (size * 0.1, size * 0.6)),
        "#1f4e79",
    )
    draw.ellipse((size * 0.3, size * 0.2, size * 0.7, size * 0.6), "#ffd966")
    return _file(image, "PNG")


def map_of_wards(kind: Literal["PNG", "JPEG"] = "JPEG") -> bytes:
    """Six fields in six greens with a river across them."""
    image = Image.new("RGB", (480, 320), "#dfe8d8")
    draw = ImageDraw.Draw(image)
    for at in range(6):
        left, top = at % 3 * 160, at // 3 * 160
        draw.rectangle((left + 4, top + 4, left + 155, top + 155), (120 + 20 * at, 170 - 12 * at, 110), "#404040")
    draw.line(((0, 60), (130, 150), (300, 140), (479, 290)), "#2e75b6", 14)
    return _file(image, kind)


def _file(image: Image.Image, kind: str) -> bytes:
    target = io.BytesIO()
    image.save(target, kind, **({"quality": 80} if kind == "JPEG" else {}))
    return target.getvalue()


def related(part: Any, data: bytes) -> str:
    """Put a picture's file into the package; the identifier by which `part` speaks of it."""
    picture = part.package.get_or_add_image_part(io.BytesIO(data))
    return str(part.relate_to(picture, RELATIONSHIP_TYPE.IMAGE))


def picture(
    relationship: str,
    alt: str,
    size: tuple[float, float],
    *,
    crop: tuple[float, float, float, float] = (0, 0, 0, 0),
    turned: float = 0,
    line: tuple[float, str] | None = None,
    place: str = "",
) -> str:
    """A run with a picture.

    Args:
        relationship: identifier of its file.
        alt: alternative text; without one the picture is marked as decorative.
        size: width and height in points, before turning.
        crop: shares of the file cut off at the left, top, right and bottom.
        turned: degrees clockwise.
        line: width in points and colour of a line around it.
        place: what `anchor` gives; without one the picture stands in the line.
    """
    cut = "".join(f' {side}="{round(share * 100000)}"' for side, share in zip("ltrb", crop, strict=True) if share)
    extent = f'cx="{round(size[0] * _EMU)}" cy="{round(size[1] * _EMU)}"'
    turn = f' rot="{round(turned * 60000)}"' if turned else ""
    content = (
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        '<pic:nvPicPr><pic:cNvPr id="1" name="Picture"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip r:embed="{relationship}"/>{f"<a:srcRect{cut}/>" if cut else ""}'
        f"<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>"
        f'<a:xfrm{turn}><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f"{_line(line)}</pic:spPr></pic:pic></a:graphicData></a:graphic>"
    )
    held = _held(extent, _described("Picture", alt), content, place, _overhang(size, turned))
    return f"<w:r><w:drawing>{held}</w:drawing></w:r>"


def _overhang(size: tuple[float, float], turned: float) -> tuple[float, float]:
    """By how many points a turned picture reaches beyond its unturned frame at the side and at the top."""
    sine, cosine = abs(math.sin(math.radians(turned))), abs(math.cos(math.radians(turned)))
    wide, high = size[0] * cosine + size[1] * sine, size[0] * sine + size[1] * cosine
    return max((wide - size[0]) / 2, 0.0), max((high - size[1]) / 2, 0.0)


def _line(line: tuple[float, str] | None) -> str:
    if line is None:
        return ""
    return f'<a:ln w="{round(line[0] * _EMU)}"><a:solidFill><a:srgbClr val="{line[1]}"/></a:solidFill></a:ln>'


def _described(name: str, alt: str) -> str:
    if alt:
        return f'<wp:docPr id="1" name="{name} 1" descr={quoteattr(alt)}/>'
    return f'<wp:docPr id="1" name="{name} 1" descr="">{_DECORATIVE}</wp:docPr>'


def _held(extent: str, described: str, content: str, place: str, overhang: tuple[float, float] = (0.0, 0.0)) -> str:
    side, top = (round(each * _EMU) for each in overhang)
    effect = f'<wp:effectExtent l="{side}" t="{top}" r="{side}" b="{top}"/>'
    frame = "<wp:cNvGraphicFramePr/>"
    if not place:
        return (
            f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/>{effect}{described}{frame}'
            f"{content}</wp:inline>"
        )
    opening, wrap = place.split("|")
    return f"{opening}<wp:extent {extent}/>{effect}{wrap}{described}{frame}{content}</wp:anchor>"


def anchor(
    across: tuple[str, float | str],
    down: tuple[str, float | str],
    wrap: Literal["TopAndBottom", "None"] = "TopAndBottom",
    behind: bool = False,
    gap: float = 0,
) -> str:
    """Where something anchored stands: for each way what it is measured from, and points or an alignment."""

    def position(axis: str, place: tuple[str, float | str]) -> str:
        at = (
            f"<wp:align>{place[1]}</wp:align>"
            if isinstance(place[1], str)
            else f"<wp:posOffset>{round(place[1] * _EMU)}</wp:posOffset>"
        )
        return f'<wp:position{axis} relativeFrom="{place[0]}">{at}</wp:position{axis}>'

    distance = round(gap * _EMU)
    return (
        f'<wp:anchor distT="{distance}" distB="{distance}" distL="0" distR="0" simplePos="0" relativeHeight="251658240"'
        f' behindDoc="{int(behind)}" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f"{position('H', across)}{position('V', down)}|<wp:wrap{wrap}/>"
    )


def text_box(
    blocks: str,
    size: tuple[float, float],
    *,
    fill: str = "",
    line: tuple[float, str] | None = (0.75, "000000"),
    place: str = "",
    grows: bool = False,
    shape: str = "rect",
) -> str:
    """A run with a text box as Word writes it for itself, and as VML for programs that are older than 2010."""
    extent = f'cx="{round(size[0] * _EMU)}" cy="{round(size[1] * _EMU)}"'
    filled = f'<a:solidFill><a:srgbClr val="{fill}"/></a:solidFill>' if fill else "<a:noFill/>"
    fitted = "<a:spAutoFit/>" if grows else "<a:noAutofit/>"
    content = (
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
        f'<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
        f'<a:prstGeom prst="{shape}"><a:avLst/></a:prstGeom>{filled}{_line(line) or "<a:ln><a:noFill/></a:ln>"}'
        f"</wps:spPr><wps:txbx><w:txbxContent>{blocks}</w:txbxContent></wps:txbx>"
        '<wps:bodyPr rot="0" vert="horz" wrap="square" lIns="91440" tIns="45720" rIns="91440" bIns="45720" anchor="t">'
        f"{fitted}</wps:bodyPr></wps:wsp></a:graphicData></a:graphic>"
    )
    described = '<wp:docPr id="2" name="Text Box 2"/>'
    style = escape(f"width:{size[0]:g}pt;height:{size[1]:g}pt;mso-position-horizontal-relative:char")
    old = (
        f'<w:pict><v:shape id="box" type="#_x0000_t202" style="{style}"><v:textbox><w:txbxContent>{blocks}'
        "</w:txbxContent></v:textbox></v:shape></w:pict>"
    )
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{_held(extent, described, content, place)}'
        f"</w:drawing></mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
    )
