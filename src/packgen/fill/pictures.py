"""Pictures of a pack, put into a document.

Takes paths inside the resources folder; gives `w:drawing` elements with alternative text. Raises `InvalidPackError`
for a picture that is missing, outside the folder, or not PNG or JPEG. Never fetches anything.

python-docx could make the element; importing it takes longer than filling all templates of a pack.
"""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from warnings import catch_warnings

from lxml import etree

from packgen.errors import InvalidPackError, Problem
from packgen.fill.package import IMAGE, Package, Part
from packgen.fill.xml import RELATIONSHIPS, element
from packgen.picture_stripping import JPEG_SIGNATURE, PNG_SIGNATURE

EMU_PER_TWIP = 635
EMU_PER_MILLIMETRE = 36_000
_EMU_PER_INCH = 914_400
_QUALITY = 92
"""That of photographs that had to be turned."""
_USUAL_DENSITY = 72
"""Pixels an inch of a picture that does not tell, as Word takes it."""
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_INLINE = f"""\
<wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing" xmlns:a="{_DRAWING}/main" xmlns:pic="{_DRAWING}/picture"
    xmlns:r="{RELATIONSHIPS}" distT="0" distB="0" distL="0" distR="0">
  <wp:extent cx="0" cy="0"/>
  <wp:docPr id="0" name=""/>
  <wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>
  <a:graphic>
    <a:graphicData uri="{_DRAWING}/picture">
      <pic:pic>
        <pic:nvPicPr><pic:cNvPr id="0" name=""/><pic:cNvPicPr/></pic:nvPicPr>
        <pic:blipFill><a:blip r:embed=""/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>
        <pic:spPr>
          <a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></a:xfrm>
          <a:prstGeom prst="rect"/>
        </pic:spPr>
      </pic:pic>
    </a:graphicData>
  </a:graphic>
</wp:inline>"""
"""A picture in a line of text, as ECMA-376 part 1, section 20.4.2.8, has it, to be told which and how large."""


class Pictures:
    """`resources` is the folder that paths start from, and may not leave; `package` takes the pictures in."""

    def __init__(self, resources: Path, package: Package) -> None:
        self._resources = resources
        self._package = package
        self._drawn = 0

    def draw(
        self, part: Part, path: str | Path, alt: str, *, width: int, height: int, wanted: float | None = None
    ) -> Any:
        """A picture for a part of the document.

        Args:
            part: the part that will show it.
            path: relative to the resources, or a `Path` that a setting of the council names.
            alt: what the picture shows.
            width: the most it may take, in twentieths of a point.
            height: likewise.
            wanted: its width in millimetres; without it, the picture's own.
        """
        blob = self._read(path)
        try:
            blob = _upright(blob)
            ending, own_width, own_height = _kind_and_size(blob)
        except Exception as error:  # decoders raise nearly everything there is on bytes that somebody else has broken
            raise _problem("prose.picture-damaged", f"the picture {path} is damaged, or far too large") from error
        scale = wanted * EMU_PER_MILLIMETRE / own_width if wanted else 1.0
        scale = min(scale, width * EMU_PER_TWIP / own_width, height * EMU_PER_TWIP / own_height)
        relationship = part.refer(IMAGE, self._package.picture(blob, ending))
        self._drawn += 1
        size = round(own_width * scale), round(own_height * scale)
        return element("w:drawing", _inline(self._drawn, relationship, Path(path).name, alt, size))

    def _read(self, path: str | Path) -> bytes:
        root = self._resources.resolve()
        try:
            picture = (root / path).resolve()
            if isinstance(path, str) and not picture.is_relative_to(root):
                raise _problem("prose.picture-outside", f"the picture {path} is outside the pack's folder")
            blob = picture.read_bytes()
        except (OSError, ValueError) as error:
            raise _problem("prose.picture-missing", f"there is no picture {path}") from error
        if not blob.startswith((PNG_SIGNATURE, JPEG_SIGNATURE)):
            raise _problem("prose.picture-type", f"the picture {path} is neither PNG nor JPEG")
        return blob


def _upright(blob: bytes) -> bytes:
    """A photograph as it was seen: cameras note how they were held, and Word goes by no such notes."""
    if not blob.startswith(JPEG_SIGNATURE):
        return blob
    from PIL import ExifTags, Image, ImageOps

    with catch_warnings(action="ignore"), Image.open(BytesIO(blob), formats=["JPEG"]) as image:
        if image.getexif().get(ExifTags.Base.Orientation, 1) not in range(2, 9):
            return blob
        turned, target = ImageOps.exif_transpose(image), BytesIO()
        turned.save(target, "JPEG", quality=_QUALITY, dpi=image.info.get("dpi", (_USUAL_DENSITY, _USUAL_DENSITY)))
    return target.getvalue()


def _kind_and_size(blob: bytes) -> tuple[str, int, int]:
    """The usual ending of a picture's file, and how wide and high it is by itself, in English Metric Units.

    Raises:
        OSError and others: it is damaged, says that it has no size, or would take gigabytes.
    """
    from PIL import Image

    with catch_warnings(action="ignore"), Image.open(BytesIO(blob), formats=["PNG", "JPEG"]) as image:
        densities = image.info.get("dpi", (_USUAL_DENSITY, _USUAL_DENSITY))
        across, down = (round(density) if density >= 1 else _USUAL_DENSITY for density in densities)
        width, height = int(image.width / across * _EMU_PER_INCH), int(image.height / down * _EMU_PER_INCH)
    if not width or not height:
        raise ValueError("the picture says that it has no size")
    # Pillow calls a JPEG with a second picture behind it, as phones make them, something else.
    return "png" if blob.startswith(PNG_SIGNATURE) else "jpg", width, height


def _inline(number: int, relationship: str, name: str, alt: str, size: tuple[int, int]) -> Any:
    """What stands in a `w:drawing`, for the picture with that number; `size` is in English Metric Units."""
    drawn = deepcopy(_empty_inline())
    properties = drawn.find(f"{{{_DRAWING}/wordprocessingDrawing}}docPr")
    for key, value in (("id", str(number)), ("name", f"Picture {number}"), ("descr", alt)):
        properties.set(key, value)
    for extent in (drawn[0], next(drawn.iter(f"{{{_DRAWING}/main}}ext"))):
        extent.set("cx", str(size[0]))
        extent.set("cy", str(size[1]))
    next(drawn.iter(f"{{{_DRAWING}/picture}}cNvPr")).set("name", name)
    next(drawn.iter(f"{{{_DRAWING}/main}}blip")).set(f"{{{RELATIONSHIPS}}}embed", relationship)
    return drawn


@cache
def _empty_inline() -> Any:
    return etree.fromstring(_INLINE, etree.XMLParser(remove_blank_text=True))


def _problem(code: str, message: str) -> InvalidPackError:
    return InvalidPackError(Problem(code=code, message=message))
