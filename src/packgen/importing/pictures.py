"""Pictures of an author's document as files of a pack.

Takes the bytes that the reader found and how Word shows them; gives PNG or JPEG bytes that hold no more than Word
shows: what was cropped away is cut off, because a file in a pack is published whole. The file says how many pixels
make an inch, so that it is drawn as large as it was in Word. Never writes a file.
"""

from __future__ import annotations

import math
import struct
import zlib
from io import BytesIO

from packgen.convert.document import Picture
from packgen.picture_stripping import PNG_SIGNATURE

_METRES_AN_INCH = 0.0254
_AS_THEY_ARE = {"png": "png", "jpg": "jpg"}


class PictureStore:
    """The pictures met so far. `folder` is where they will stand, from the pack's folder."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._paths: dict[tuple[object, ...], str] = {}
        self.files: dict[str, bytes] = {}

    def path_of(self, picture: Picture, data: bytes) -> str | None:
        """Where a picture will stand; None if it is of a kind that cannot be made a PNG or JPEG."""
        key = (picture.data, picture.crop, picture.rotation, round(picture.width), round(picture.height))
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
        return with_density(data, picture.width, picture.height), _AS_THEY_ARE[kind]
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
    content = target.getvalue()
    return (content if turned else with_density(content, picture.width, picture.height)), "png"


def with_density(data: bytes, width: float, height: float) -> bytes:
    """A PNG or JPEG that says it is `width` by `height` points large; its pixels are not touched."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(data)) as image:
            across, down = image.width / width * 72, image.height / height * 72
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return data
    if data.startswith(PNG_SIGNATURE):
        return _png_with_density(data, round(across / _METRES_AN_INCH), round(down / _METRES_AN_INCH))
    if data.startswith(b"\xff\xd8"):
        density = struct.pack(">BHH", 1, *(min(max(round(each), 1), 0xFFFF) for each in (across, down)))
        rest = data[2:]
        if rest[:2] == b"\xff\xe0" and rest[4:9] == b"JFIF\0":
            rest = rest[2 + int.from_bytes(rest[2:4], "big") :]
        return b"\xff\xd8\xff\xe0\x00\x10JFIF\0\x01\x01" + density + b"\0\0" + rest
    return data


def _png_with_density(data: bytes, across: int, down: int) -> bytes:
    """A PNG with its one chunk on pixels a metre behind its header."""
    said = b"pHYs" + struct.pack(">IIB", across, down, 1)
    chunk = struct.pack(">I", 9) + said + struct.pack(">I", zlib.crc32(said))
    made, place = data[: len(PNG_SIGNATURE)], len(PNG_SIGNATURE)
    while place + 8 <= len(data):
        length, kind = struct.unpack(">I4s", data[place : place + 8])
        if kind != b"pHYs":
            made += data[place : place + 12 + length]
        if kind == b"IHDR":
            made += chunk
        place += 12 + length
    return made


def _frame(picture: Picture, width: int, height: int) -> tuple[int, int, int, int]:
    """What Word shows, in pixels: rounded inwards, so that nothing hidden comes back."""
    left, top, right, bottom = (min(max(side, 0.0), 1.0) for side in picture.crop)
    x, y = math.ceil(left * width), math.ceil(top * height)
    end_x, end_y = math.floor((1 - right) * width), math.floor((1 - bottom) * height)
    return x, y, max(end_x, x + 1), max(end_y, y + 1)
