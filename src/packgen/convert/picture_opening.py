"""A picture file opened with care: its format, its size, and what it is if it is none.

Takes bytes; gives a picture of Pillow's that is not yet decoded. Whatever a damaged or hostile file makes the decoders
do ends as one exception with words for an officer. Never goes by a file's name.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

MOST_PIXELS = 89_478_485
"""More pixels than Pillow takes for a picture rather than an attack: about A2 at 400 dpi."""
_AS_PICTURE = "Open it in a picture program, save it as PNG or JPEG, and name the new file in the pack."
_BROKEN = "The picture is damaged, or of an unusual kind that cannot be drawn."
DAMAGED = "Ask for it again, or open it in a picture program and save it anew."


class UnusablePicture(Exception):  # noqa: N818  # says what is the matter; turned into a problem by the caller
    """A picture that cannot be drawn: what is the matter, in a sentence about "the picture", and what to do."""

    def __init__(self, message: str, hint: str = _AS_PICTURE) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


@contextmanager
def guarded() -> Iterator[None]:
    """Whatever Pillow makes of a damaged file becomes one kind of exception; a warning of a bomb counts as one."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield
    except (UnusablePicture, GeneratorExit):
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise _too_large() from error
    except Exception as error:  # decoders raise nearly everything there is on bytes that somebody else has broken
        raise UnusablePicture("The picture is damaged or incomplete.", DAMAGED) from error


def _too_large() -> UnusablePicture:
    return UnusablePicture(
        f"The picture has more than {MOST_PIXELS // 1_000_000} million pixels, too many to be opened safely.",
        "Save it smaller: A4 needs 2,500 by 3,500 pixels for print.",
    )


def opened(data: bytes, *, any_format: bool = False) -> Any:
    """The opened file, not yet decoded; only decoders of the formats asked for come near it."""
    from PIL import Image, UnidentifiedImageError

    formats = ["PNG", "JPEG", "TIFF", *(["BMP", "WEBP", "GIF"] if any_format else [])]
    if not data:
        raise UnusablePicture("The file is empty.", "Ask for it again.")
    try:
        image = Image.open(BytesIO(data), formats=formats)
    except UnidentifiedImageError as error:
        raise (UnusablePicture(_BROKEN, DAMAGED) if any_format else _unidentified(data)) from error
    check_size(image.size)
    return image


def _unidentified(data: bytes) -> UnusablePicture:
    kind = other_format(data)
    if kind is not None:
        return UnusablePicture(f"The file is {kind}, whatever its name says; only PNG, JPEG and TIFF are drawn.")
    if data.startswith((b"\x89PNG", b"\xff\xd8", b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")):
        return UnusablePicture(_BROKEN, DAMAGED)
    return UnusablePicture("The file is no picture that can be drawn; only PNG, JPEG and TIFF are.")


def other_format(data: bytes) -> str | None:
    """What a file is that people take for a picture, or name like one."""
    opening = (
        (b"GIF8", "a GIF"),
        (b"BM", "a Windows bitmap"),
        (b"%PDF", "a PDF"),
        (b"PK\x03\x04", "a Word, Excel or zip file"),
        (b"\xd7\xcd\xc6\x9a", "a Windows metafile"),
        (b"\x00\x00\x00\x0cjP", "a JPEG 2000 picture"),
        (b"\x00\x00\x00\x0cJXL", "a JPEG XL picture"),
        (b"8BPS", "a Photoshop file"),
    )
    if data[4:8] == b"ftyp":
        return {b"heic": "a HEIC photograph", b"heix": "a HEIC photograph", b"mif1": "a HEIC photograph"}.get(
            data[8:12], "an AVIF picture" if data[8:12] == b"avif" else "a film or a photograph of a phone's own kind"
        )
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "a WebP picture"
    if b"<svg" in data[:2000].lower():
        return "an SVG drawing"
    return next((kind for start, kind in opening if data.startswith(start)), None)


def check_size(size: tuple[int, int]) -> None:
    if size[0] < 1 or size[1] < 1:
        raise UnusablePicture("The picture is damaged: it has no height or no width.", DAMAGED)
    if size[0] * size[1] > MOST_PIXELS:
        raise _too_large()
