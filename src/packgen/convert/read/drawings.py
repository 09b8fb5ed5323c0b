"""Pictures and text boxes.

Takes `w:drawing` elements; gives `Picture` and `TextBox` values and puts the picture files into the
`Reading`. Charts, diagrams, ink and pictures kept outside the file are named as problems; nothing is fetched.
"""

from __future__ import annotations

import hashlib
import math
from typing import TYPE_CHECKING, Literal

from packgen.convert.document import ROUND, Anchor, Inline, Offset, Picture, TextBox
from packgen.convert.formats import Border
from packgen.convert.picture_opening import UnusablePicture
from packgen.convert.read.context import Reading
from packgen.convert.read.ooxml import Element, emu, local_name, name, number, w
from packgen.picture_stripping import JPEG_SIGNATURE, PNG_SIGNATURE

if TYPE_CHECKING:
    from packgen.convert.read.inlines import InlineReader

_UNDRAWN = {
    "chart": ("A chart cannot be drawn.", "Copy it and paste it as a picture with alternative text."),
    "chartex": ("A chart cannot be drawn.", "Copy it and paste it as a picture with alternative text."),
    "diagram": ("A SmartArt diagram cannot be drawn.", "Copy it and paste it as a picture with alternative text."),
    "wordprocessingInk": ("Ink drawing cannot be drawn.", "Put it in as a picture with alternative text."),
    "wordprocessingGroup": (
        "A group of drawn shapes cannot be drawn.",
        "Copy it and paste it as a picture with alternative text.",
    ),
    "wordprocessingCanvas": (
        "A drawing canvas cannot be drawn.",
        "Copy it and paste it as a picture with alternative text.",
    ),
    "model3d": ("A 3D model cannot be drawn.", "Copy it and paste it as a picture with alternative text."),
}
_SIGNATURES = (
    (PNG_SIGNATURE, "png"),
    (JPEG_SIGNATURE, "jpg"),
    (b"GIF8", "gif"),
    (b"BM", "bmp"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"\xd7\xcd\xc6\x9a", "wmf"),
    (b"\x01\x00\x09\x00", "wmf"),
)
_AS_PNG = "Save the picture as PNG or JPEG and insert it again, with alternative text."
_BOXES = {"rect", "roundRect", "flowChartProcess"}
_LINES = {"line", "straightConnector1"}
# How much of a round corner's radius text keeps clear of.
_CORNER = 0.29289
_VERTICAL: dict[str, Literal["top", "centre", "bottom"]] = {"ctr": "centre", "b": "bottom"}
_DEFAULT_INSETS = (3.6, 7.2, 3.6, 7.2)


def read_drawing(reader: InlineReader, element: Element) -> list[Inline]:
    found: list[Inline] = []
    for holder in element:
        if local_name(holder) not in {"inline", "anchor"}:
            continue
        if _is_hidden(holder):
            take_texts(reader.reading, holder)
            continue
        data = holder.find(f"{name('a:graphic')}/{name('a:graphicData')}")
        kind = (data.get("uri", "") if data is not None else "").rpartition("/")[2]
        anchor = _anchor(holder) if local_name(holder) == "anchor" else None
        if kind == "picture" and data is not None:
            picture = _picture(reader.reading, holder, data, anchor)
            if picture is not None:
                found.append(picture)
        elif kind == "wordprocessingShape" and data is not None:
            box = _shape(reader, holder, data, anchor)
            if box is not None:
                found.append(box)
        else:
            message, hint = _UNDRAWN.get(
                kind, ("A drawing of an unknown kind cannot be drawn.", "Put it in as a picture with alternative text.")
            )
            if _is_silent(reader.reading, holder):
                reader.reading.refuse(
                    message.replace(
                        "cannot be drawn", "has no alternative text, so a screen reader says nothing of it"
                    ),
                    hint="Right-click it in Word, choose View Alt Text and say what it shows, or mark it decorative.",
                    code="convert.missing-alt",
                )
            else:
                reader.reading.refuse(message, hint=hint)
            take_texts(reader.reading, holder)
    return found


def _is_silent(reading: Reading, holder: Element) -> bool:
    """Whether a drawing shows something that nobody has put into words; no engine can help with that."""
    alt, decorative = _alternative(holder)
    spoken = any((text.text or "").strip() for text in holder.iter(w("t")))
    return reading.in_body and not (alt or decorative or spoken)


def _is_hidden(holder: Element) -> bool:
    properties = holder.find(name("wp:docPr"))
    return properties is not None and properties.get("hidden") in {"1", "true"}


def take_texts(reading: Reading, element: Element) -> None:
    """Tell `reading` that the words in `element` were met, though they are not drawn."""
    for text in element.iter(w("t")):
        reading.took(text)


def _anchor(holder: Element) -> Anchor:
    wrap: Literal["none", "block", "side"] = "none"
    for child in holder:
        local = local_name(child)
        if local == "wrapTopAndBottom":
            wrap = "block"
        elif local in {"wrapSquare", "wrapTight", "wrapThrough"}:
            wrap = "side"
    return Anchor(
        _offset(holder.find(name("wp:positionH"))),
        _offset(holder.find(name("wp:positionV"))),
        wrap,
        holder.get("behindDoc") in {"1", "true"},
        emu(holder.get("distT")),
        emu(holder.get("distB")),
    )


def _offset(element: Element | None) -> Offset:
    if element is None:
        return Offset()
    relative: dict[str, Literal["page", "margin"]] = {
        "page": "page",
        "margin": "margin",
        "leftMargin": "page",
        "rightMargin": "margin",
        "topMargin": "page",
        "insideMargin": "page",
        "outsideMargin": "page",
    }
    align: dict[str, Literal["start", "centre", "end"]] = {
        "left": "start",
        "top": "start",
        "inside": "start",
        "center": "centre",
        "right": "end",
        "bottom": "end",
        "outside": "end",
    }
    distance = element.find(name("wp:posOffset"))
    word = element.find(name("wp:align"))
    return Offset(
        relative.get(element.get("relativeFrom", ""), "text"),
        emu(distance.text) if distance is not None else 0.0,
        align.get((word.text or "").strip(), "") if word is not None else "",
    )


def _size(holder: Element) -> tuple[float, float]:
    extent = holder.find(name("wp:extent"))
    return (emu(extent.get("cx")), emu(extent.get("cy"))) if extent is not None else (0.0, 0.0)


def _overhang(holder: Element, across: float = 0.0, down: float = 0.0) -> tuple[float, float, float, float]:
    """How far what is drawn reaches out of its frame, which Word leaves room for; at least `across` and `down`."""
    effect = holder.find(name("wp:effectExtent"))
    top, right, bottom, left = (emu(effect.get(side)) if effect is not None else 0.0 for side in "trbl")
    return max(top, down), max(right, across), max(bottom, down), max(left, across)


def _turned(width: float, height: float, degrees: float) -> tuple[float, float]:
    """How far a picture turned about its middle reaches out of its frame, across and down."""
    sine, cosine = abs(math.sin(math.radians(degrees))), abs(math.cos(math.radians(degrees)))
    wide, high = width * cosine + height * sine, width * sine + height * cosine
    return max((wide - width) / 2, 0.0), max((high - height) / 2, 0.0)


def _alternative(holder: Element) -> tuple[str, bool]:
    """The alternative text, and whether the author marked the picture as decorative."""
    properties = holder.find(name("wp:docPr"))
    if properties is None:
        return "", False
    mark = properties.find(f".//{name('adec:decorative')}")
    decorative = mark is not None and mark.get("val") in {"1", "true"}
    return " ".join((properties.get("descr") or properties.get("title") or "").split()), decorative


def _picture(reading: Reading, holder: Element, data: Element, anchor: Anchor | None) -> Picture | None:
    blip = data.find(f".//{name('a:blip')}")
    relationships = reading.package.relationships(reading.part)
    relationship = relationships.get(blip.get(name("r:embed"), "")) if blip is not None else None
    if relationship is None or relationship.external:
        reading.refuse(
            "A picture is only linked, not part of the document.",
            hint="In Word choose File > Info > Edit Links to Files > Break Link, or insert the picture again.",
            code="convert.linked-picture",
        )
        return None
    file = picture_file(reading, relationship.target)
    width, height = _size(holder)
    if file is None or width <= 0 or height <= 0:
        return None
    alt, decorative = _alternative(holder)
    if not alt and not decorative and reading.in_body:
        reading.refuse(
            "A picture has no alternative text, so a screen reader says nothing of it.",
            hint="Right-click the picture in Word, choose View Alt Text and say what it shows, or mark it decorative.",
            code="convert.missing-alt",
        )
    crop = data.find(f".//{name('a:srcRect')}")
    shape = data.find(f".//{name('pic:spPr')}")
    transform = shape.find(name("a:xfrm")) if shape is not None else None
    rotation = number(transform.get("rot")) / 60000 if transform is not None else 0.0
    outline = _outline(reading, shape)
    across, down = _turned(width, height, rotation)
    if anchor is not None and outline is not None:
        across, down = across + outline.width, down + outline.width
    return Picture(
        file,
        width,
        height,
        alt,
        decorative,
        (0.0, 0.0, 0.0, 0.0)
        if crop is None
        else (_share(crop, "l"), _share(crop, "t"), _share(crop, "r"), _share(crop, "b")),
        rotation,
        outline,
        anchor,
        _overhang(holder, across, down),
    )


def _share(element: Element, side: str) -> float:
    return number(element.get(side)) / 100000


def _outline(reading: Reading, shape: Element | None) -> Border | None:
    line = shape.find(name("a:ln")) if shape is not None else None
    if line is None or line.find(name("a:solidFill")) is None:
        return None
    return Border("single", emu(line.get("w", "9525")), _colour(reading, line.find(name("a:solidFill"))) or "#000000")


def _colour(reading: Reading, fill: Element | None) -> str:
    for colour in fill if fill is not None else ():
        if local_name(colour) == "srgbClr":
            return "#" + str(colour.get("val", "000000")).lower()
        if local_name(colour) == "schemeClr":
            return reading.styles.theme.colour(colour.get("val", "")) or ""
    return ""


def picture_file(reading: Reading, part: str) -> str | None:
    """Put a picture's file among those the drawing uses, in a format that can be drawn; its name there."""
    data = reading.package.parts.get(part)
    kind = next((kind for signature, kind in _SIGNATURES if data is not None and data.startswith(signature)), "")
    if data is not None and not kind:
        kind = (
            "webp"
            if data[8:12] == b"WEBP"
            else "svg"
            if b"<svg" in data[:2000]
            else "emf"
            if data[40:44] == b" EMF"
            else ""
        )
    if data is None or not kind or kind in {"wmf", "emf"}:
        what = f"is in a format that cannot be drawn ({kind.upper()})" if kind else "is damaged or missing in the file"
        reading.refuse(f"A picture {what}.", hint=_AS_PNG, code="convert.picture-format")
        return None
    try:
        data, kind = _clean(data, kind)
    except UnusablePicture as error:
        reading.refuse(error.message, hint=_AS_PNG, code="convert.picture-format")
        return None
    # Named by what is in it: names in a Word file may be alike, or not fit for a file at all.
    file = f"{hashlib.sha256(data).hexdigest()[:20]}.{kind}"
    reading.files[file] = data
    return file


def _clean(data: bytes, kind: str) -> tuple[bytes, str]:
    """A picture without what a camera or a program noted beside it, and its kind.

    It stands as it is stored: Word turns a photograph when it is put in (`a:xfrm`), and goes by its notes no more.
    """
    if kind == "gif":  # drawn from its pixels; has no place for a camera's notes
        return data, kind
    if kind == "svg":
        from packgen.convert.picture_svg import svg_without_metadata

        return svg_without_metadata(data), kind
    from packgen.convert.picture_files import without_metadata

    clean = without_metadata(data, kind)
    return clean.data, clean.kind


def _shape(reader: InlineReader, holder: Element, data: Element, anchor: Anchor | None) -> TextBox | None:
    """A drawn shape as a box with its text; only rectangles and lines are drawn as they are."""
    reading = reader.reading
    shape = data.find(name("wps:wsp"))
    if shape is None:
        return None
    properties = shape.find(name("wps:spPr"))
    geometry = properties.find(name("a:prstGeom")) if properties is not None else None
    kind = geometry.get("prst", "rect") if geometry is not None else "rect"
    width, height = _size(holder)
    content = shape.find(f"{name('wps:txbx')}/{w('txbxContent')}")
    if kind not in _BOXES | _LINES and not (content is not None and properties is None):
        reading.refuse(
            f"A drawn shape ({kind}) cannot be drawn.",
            hint="Copy it and paste it as a picture with alternative text; put its words in the text.",
        )
        take_texts(reading, shape)
        return None
    blocks = reader.box_content(content) if content is not None else ()
    body = shape.find(name("wps:bodyPr"))
    insets = _DEFAULT_INSETS
    if body is not None:
        insets = (
            *(
                emu(body.get(side)) if body.get(side) is not None else default
                for side, default in zip(("tIns", "rIns", "bIns", "lIns"), _DEFAULT_INSETS, strict=True)
            ),
        )  # type: ignore[assignment]  # four sides give four insets
    grows = body is not None and body.find(name("a:spAutoFit")) is not None
    fill = _colour(reading, properties.find(name("a:solidFill"))) if properties is not None else ""
    outline = _outline(reading, properties)
    if kind == "roundRect":
        corner = min(width, height) * ROUND * _CORNER
        insets = (insets[0] + corner, insets[1] + corner, insets[2] + corner, insets[3] + corner)
    return TextBox(
        blocks,
        width,
        height,
        insets,
        grows,
        fill,
        outline,
        anchor,
        _VERTICAL.get(body.get("anchor", "t") if body is not None else "t", "top"),
        kind == "roundRect",
        _overhang(holder),
    )
