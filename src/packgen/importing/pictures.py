"""Pictures of an author's document as files of a pack.

Takes the bytes that the reader found and how Word shows them; gives PNG or JPEG bytes that hold no more than Word
shows: what was cropped away is cut off, because a file in a pack is published whole. Never writes a file.
"""

from __future__ import annotations

import math
from io import BytesIO

from packgen.convert.document import Picture

_AS_THEY_ARE = {"png": "png", "jpg": "jpg"}


class PictureStore:
    """The pictures met so far. `folder` is where they will stand, from the pack's folder."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._paths: dict[tuple[object, ...], str] = {}
        self.files: dict[str, bytes] = {}

    def path_of(self, picture: Picture, data: bytes) -> str | None:
        """Where a picture will stand; None if it is of a kind that cannot be made a PNG or JPEG."""
        key = (picture.data, picture.crop, picture.rotation)
        if key not in self._paths:
            made = _prepared(picture, data)
            if made is None:
                return None
            content, suffix = made
            path = f"{self._folder}/picture-{len(self.files) + 1}.{suffix}"
            self._paths[key] = path
            self.files[path] = content
        return self._paths[key]


def _prepared(picture: Picture, data: bytes) -> tuple[bytes, str] | None:
    kind = picture.data.rpartition(".")[2]
    cropped = any(abs(side) > 0.001 for side in picture.crop)
    turned = abs(picture.rotation % 360) > 0.01
    if kind in _AS_THEY_ARE and not cropped and not turned:
        return data, _AS_THEY_ARE[kind]
    if kind == "svg":
        return None
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(data)) as opened:
            image: Image.Image = opened.convert("RGBA" if "A" in opened.getbands() or turned else "RGB")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return None
    if cropped:
        image = image.crop(_frame(picture, image.width, image.height))
    if turned:
        image = image.rotate(-picture.rotation, expand=True, resample=Image.Resampling.BICUBIC)
    target = BytesIO()
    image.save(target, "PNG")
    return target.getvalue(), "png"


def _frame(picture: Picture, width: int, height: int) -> tuple[int, int, int, int]:
    """What Word shows, in pixels: rounded inwards, so that nothing hidden comes back."""
    left, top, right, bottom = (min(max(side, 0.0), 1.0) for side in picture.crop)
    x, y = math.ceil(left * width), math.ceil(top * height)
    end_x, end_y = math.floor((1 - right) * width), math.floor((1 - bottom) * height)
    return x, y, max(end_x, x + 1), max(end_y, y + 1)
