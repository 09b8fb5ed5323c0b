"""Pictures of a pack, put into a document.

Takes paths inside the resources folder; gives `w:drawing` elements with alternative text. Raises `InvalidPackError`
for a picture that is missing, outside the folder, or not PNG or JPEG. Never fetches anything.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from packgen.errors import InvalidPackError, Problem
from packgen.fill.package import IMAGE, Package, Part
from packgen.fill.xml import element

_SIGNATURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
EMU_PER_TWIP = 635
EMU_PER_MILLIMETRE = 36_000


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
        from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
        from docx.image.image import Image
        from docx.oxml.shape import CT_Inline
        from docx.shared import Emu

        name, blob = Path(path).name, self._read(path)
        try:
            image = Image.from_blob(blob)
            own_width, own_height = int(image.width), int(image.height)
        except (UnrecognizedImageError, InvalidImageStreamError, UnexpectedEndOfFileError, ZeroDivisionError) as error:
            raise _problem("prose.picture-damaged", f"the picture {path} is damaged") from error
        if own_width <= 0 or own_height <= 0:
            raise _problem("prose.picture-damaged", f"the picture {path} is damaged: it has no size")
        scale = wanted * EMU_PER_MILLIMETRE / own_width if wanted else 1.0
        scale = min(scale, width * EMU_PER_TWIP / own_width, height * EMU_PER_TWIP / own_height)
        relationship = part.refer(IMAGE, self._package.picture(blob, image.ext))
        self._drawn += 1
        drawn = CT_Inline.new_pic_inline(
            self._drawn, relationship, name, Emu(round(own_width * scale)), Emu(round(own_height * scale))
        )
        for side in ("distT", "distB", "distL", "distR"):
            drawn.set(side, "0")
        drawn.docPr.set("descr", alt)
        drawn.docPr.set("name", f"Picture {self._drawn}")
        return element("w:drawing", drawn)

    def _read(self, path: str | Path) -> bytes:
        root = self._resources.resolve()
        try:
            picture = (root / path).resolve()
            if isinstance(path, str) and not picture.is_relative_to(root):
                raise _problem("prose.picture-outside", f"the picture {path} is outside the pack's folder")
            blob = picture.read_bytes()
        except (OSError, ValueError) as error:
            raise _problem("prose.picture-missing", f"there is no picture {path}") from error
        if not blob.startswith(_SIGNATURES):
            raise _problem("prose.picture-type", f"the picture {path} is neither PNG nor JPEG")
        return blob


def _problem(code: str, message: str) -> InvalidPackError:
    return InvalidPackError(Problem(code=code, message=message))
