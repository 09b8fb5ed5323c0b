"""A picture as a document: PNG, JPEG or TIFF becomes a tagged PDF, each picture on a page of its own.

Takes the file's bytes and what is to be said of it to people who cannot see it; gives PDF/UA-1 and PDF/A-2a. Nothing
that a camera or a program noted beside the picture (place, time, owner, smaller copies) reaches the PDF.

- The paper is A4, upright or sideways as the picture is once it stands as it was meant to be seen.
- The picture stands in the middle, as large as the margins allow, but with no fewer than 100 pixels an inch; if that
  is smaller than 8 cm, 8 cm, but with no fewer than 40 pixels an inch.
- What has more pixels than 300 an inch there, the finest an office printer shows, is made smaller.
- A JPEG that stands upright and needs no making smaller goes in as it is, bit for bit; any other is coded once more,
  at a quality at which no difference is seen. Drawings, scans and screenshots are kept without loss.
"""

from __future__ import annotations

import math
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from packgen.convert import Drawn
from packgen.convert.picture_files import NotAPicture, jpeg_frame, without_metadata
from packgen.errors import ConversionError, Problem

if TYPE_CHECKING:
    from PIL import Image

_SHORT_SIDE, _LONG_SIDE = 595.28, 841.89
_MARGIN = 20 * 72 / 25.4
"""All round, in points: page numbers and markings stand within it."""

_FINEST = 300.0
_COARSEST = 100.0
_COARSEST_OF_ALL = 40.0
_LEAST = 80 * 72 / 25.4
_TOLERANCE = 1.1
"""So much finer than need be is not worth coding a picture anew."""

_MOST_PIXELS = 150_000_000
_MOST_PAGES = 500
_QUALITY = 92
_HEAVY = 2_000_000
_LIGHTER = 4

_FORMATS = ("PNG", "JPEG", "TIFF")
_ORIENTATION = 0x0112
_PLAIN_MODES = frozenset({"1", "L", "RGB"})
_SAVE_AGAIN = "Open it, save it as PNG or JPEG, and use the new file."
_UNREADABLE = (OSError, ValueError, SyntaxError, EOFError, struct.error, zlib.error, KeyError, IndexError, TypeError)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A picture ready to be drawn: its file, and its size on paper in points."""

    data: bytes
    kind: str
    width: float
    height: float
    sideways: bool


def convert_picture(data: bytes, *, name: str, alt: str, language: str, title: str, created: datetime) -> Drawn:
    """Draw a picture as a tagged PDF.

    Args:
        data: the file's bytes: PNG, JPEG or TIFF. Each picture of a TIFF becomes a page.
        name: what problems call the document.
        alt: what the picture shows, in words; of several, "(page 2 of 3)" and so on is added from the second.
        language: of `alt` and `title`, such as `en-GB`.
        title: of the PDF.
        created: the date that goes into the PDF. The same arguments give the same bytes.

    Raises:
        ConversionError: if nothing is said of the picture, or it cannot be read whole.
    """
    from packgen.convert.compile import compiled
    from packgen.convert.fonts import bundled_fonts, font_book
    from packgen.convert.proof import page_texts
    from packgen.convert.write.document import Draft

    if not alt.strip():
        raise _error(
            name,
            "convert.missing-alt",
            "Nothing says what this picture shows to people who cannot see it.",
            'Say it in "alt", beside "file".',
        )
    pages, remarks = _read(data, name)
    files = {f"{number}.{page.kind}": page.data for number, page in enumerate(pages, 1)}
    draft = Draft(_source(pages, list(files), alt, title, language), (), 0, (), ())
    pdf = compiled(draft, files, font_book(bundled_fonts()), created, name)
    texts = tuple(page_texts(pdf))
    if len(texts) != len(pages):
        raise _error(name, "convert.not-drawn", "The picture could not be drawn one to a page.", _SAVE_AGAIN)
    return Drawn(pdf, texts, tuple(remarks))


def _source(pages: list[_Placed], files: list[str], alt: str, title: str, language: str) -> str:
    from packgen.convert.write.typst_text import language as spoken
    from packgen.convert.write.typst_text import literal, pt

    tongue = ",".join(f"{key}:{value}" for key, value in (spoken(language) or {"lang": '"en"'}).items())
    lines = [
        f"#set document(title:{literal(title)})",
        f"#set text({tongue})",
        "#set align(center+horizon)",
    ]
    words = " ".join(alt.split())
    for number, (page, file) in enumerate(zip(pages, files, strict=True), 1):
        width, height = (_LONG_SIDE, _SHORT_SIDE) if page.sideways else (_SHORT_SIDE, _LONG_SIDE)
        said = words if number == 1 else f"{words} (page {number} of {len(pages)})"
        lines.append(
            f"#page(width:{pt(width)},height:{pt(height)},margin:{pt(_MARGIN)},"
            f'image("{file}",width:{pt(page.width)},height:{pt(page.height)},fit:"stretch",alt:{literal(said)}))'
        )
    return "\n".join([*lines, ""])


def _read(data: bytes, name: str) -> tuple[list[_Placed], list[Problem]]:
    """The pictures of a file, each ready to be drawn, and what an officer should know of them."""
    from PIL import Image, UnidentifiedImageError

    pages: list[_Placed] = []
    place = None
    with _quiet():
        try:
            with Image.open(BytesIO(data), formats=_FORMATS) as opened:
                frames = _frames(opened, name)
                for index in frames:
                    place = f"page {len(pages) + 1}" if len(frames) > 1 else None
                    if index:
                        opened.seek(index)
                    _check_size(opened, name, place)
                    pages.append(_placed(opened, data, name, place))
                return pages, _remarks(opened, name)
        except UnidentifiedImageError as error:
            raise _error(
                name,
                "convert.picture-format",
                "This is not a PNG, JPEG or TIFF picture, whatever the file is called, or it is damaged.",
                _SAVE_AGAIN,
            ) from error
        except Image.DecompressionBombError as error:
            raise _too_large(name, place) from error
        except MemoryError as error:
            raise _too_large(name, place) from error
        except _UNREADABLE as error:
            raise _error(
                name,
                "convert.picture-damaged",
                "This picture is damaged: not all of it can be read.",
                "Ask its author for the file again; it may have been cut short on its way.",
                place,
            ) from error


@contextmanager
def _quiet() -> Iterator[None]:
    """Pillow warns of notes beside a picture that it cannot read, and those are left out in any case."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _frames(opened: Image.Image, name: str) -> list[int]:
    """The indexes of the pictures that are pages: a TIFF may hold smaller copies of them besides."""
    count = int(getattr(opened, "n_frames", 1))
    if opened.format != "TIFF" or count == 1:
        # A telephone's JPEG may hold copies for other screens, and a PNG may move: the first is what people see.
        return [0]
    if count > _MOST_PAGES:
        raise _error(
            name,
            "convert.picture-too-large",
            f"This file holds {count} pictures; {_MOST_PAGES} is the most.",
            "Ask its author for a PDF, or for a file for each part.",
        )
    pages = []
    for index in range(count):
        opened.seek(index)
        if not _is_copy(opened):
            pages.append(index)
    opened.seek(0)
    return pages or [0]


def _is_copy(opened: Image.Image) -> bool:
    """Whether a picture of a TIFF is a smaller copy of another or a mask (TIFF 6.0, NewSubfileType, SubfileType)."""
    tags = getattr(opened, "tag_v2", {})
    return bool(int(tags.get(254, 0)) & 0b101) or int(tags.get(255, 1)) == 2


def _check_size(opened: Image.Image, name: str, place: str | None) -> None:
    if opened.width * opened.height > _MOST_PIXELS:
        raise _too_large(name, place)
    if not opened.width or not opened.height:
        raise _error(name, "convert.picture-damaged", "This picture is empty.", _SAVE_AGAIN, place)


def _remarks(opened: Image.Image, name: str) -> list[Problem]:
    if opened.format != "PNG" or not getattr(opened, "is_animated", False):
        return []
    return [
        Problem(
            code="convert.approximate",
            file=name,
            message="This is a moving picture; on paper only the first of its pictures is shown.",
            hint="Show the others as pictures of their own, if people need them.",
            severity="warning",
        )
    ]


def _placed(opened: Image.Image, data: bytes, name: str, place: str | None) -> _Placed:
    if opened.format == "TIFF":
        opened.load()  # which turns it upright
    elif opened.format == "PNG":
        without_metadata(data)  # Pillow draws the rest of a damaged PNG black
    turn = _orientation(opened)
    stored = opened.size
    seen_width, seen_height = stored if turn < 5 else (stored[1], stored[0])
    width, height, sideways = _size_on_paper(seen_width, seen_height)
    most = (math.ceil(width / 72 * _FINEST), math.ceil(height / 72 * _FINEST))
    fine = seen_width > most[0] * _TOLERANCE or seen_height > most[1] * _TOLERANCE
    jpeg = opened.format in {"JPEG", "MPO"}
    if jpeg and fine:
        # Decoded at a half or a quarter where that is still enough: many times as fast.
        least = (round(most[0] / _TOLERANCE), round(most[1] / _TOLERANCE))
        opened.draft(opened.mode, least if turn < 5 else (least[1], least[0]))
    opened.load()
    if jpeg and turn == 1 and not fine:
        kept = _kept_jpeg(data, opened)
        if kept is not None:
            return _Placed(kept, "jpg", width, height, sideways)
    image = _upright(_plain(opened, name, place), turn)
    if image.width > most[0] * _TOLERANCE or image.height > most[1] * _TOLERANCE:
        from PIL import Image

        if image.mode == "1":
            image = image.convert("L")
        image = image.resize(most, Image.Resampling.LANCZOS, reducing_gap=3.0)
    content, kind = _encoded(image, jpeg=jpeg)
    return _Placed(content, kind, width, height, sideways)


def _size_on_paper(pixels_wide: int, pixels_high: int) -> tuple[float, float, bool]:
    """Width and height in points, and whether the paper lies sideways."""
    sideways = pixels_wide > pixels_high
    paper = (_LONG_SIDE, _SHORT_SIDE) if sideways else (_SHORT_SIDE, _LONG_SIDE)
    fitting = min((paper[0] - 2 * _MARGIN) / pixels_wide, (paper[1] - 2 * _MARGIN) / pixels_high)
    sensible = 72 / _COARSEST
    long_side = max(pixels_wide, pixels_high)
    if long_side * sensible < _LEAST:
        sensible = min(_LEAST / long_side, 72 / _COARSEST_OF_ALL)
    scale = min(fitting, sensible)
    return pixels_wide * scale, pixels_high * scale, sideways


def _orientation(opened: Image.Image) -> int:
    """How the stored picture has to be turned, from 1 (not at all) to 8 (Exif 2.32, 4.6.4 A, Orientation)."""
    if opened.format == "TIFF":
        return 1
    try:
        value = opened.getexif().get(_ORIENTATION, 1)
    except _UNREADABLE:
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _upright(image: Image.Image, turn: int) -> Image.Image:
    from PIL.Image import Transpose

    method = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }.get(turn)
    return image if method is None else image.transpose(method)


def _kept_jpeg(data: bytes, opened: Image.Image) -> bytes | None:
    """A JPEG as it is but for its notes; None if it has to be coded anew for a PDF."""
    profile = opened.info.get("icc_profile")
    if profile and not _fits(profile, opened.mode):
        return None
    try:
        frame = jpeg_frame(data)
        return without_metadata(data) if frame.usual and frame.components in {1, 3} else None
    except NotAPicture:
        return None


def _plain(image: Image.Image, name: str, place: str | None) -> Image.Image:
    """`image` as black and white, grey or RGB, white where it is see-through, with nothing beside it but a profile."""
    from PIL import Image

    profile = image.info.get("icc_profile")
    if image.mode.startswith("I;16"):
        image = _from_sixteen_bits(image)
    elif image.mode in {"CMYK", "LAB"}:
        image, profile = _to_rgb(image, profile), None
    elif image.mode in {"I", "F"}:
        raise _error(
            name,
            "convert.picture-format",
            "This picture holds measurements, as of a microscope or a map, and no colours.",
            _SAVE_AGAIN,
            place,
        )
    if image.mode in {"LA", "PA", "La", "RGBA", "RGBa"} or "transparency" in image.info:
        over = image.convert("RGBA")
        white = Image.new("RGBA", over.size, "white")
        image = Image.alpha_composite(white, over).convert("RGB")
    elif image.mode not in _PLAIN_MODES:
        image = image.convert("RGB")
    made = image.copy()
    made.info = {"icc_profile": profile} if isinstance(profile, bytes) and _fits(profile, made.mode) else {}
    return made


def _fits(profile: bytes, mode: str) -> bool:
    """Whether a colour profile is one for pictures of `mode` (ICC.1, 7.2.6)."""
    return profile[36:40] == b"acsp" and profile[16:20] == {"L": b"GRAY", "RGB": b"RGB "}.get(mode)


def _from_sixteen_bits(image: Image.Image) -> Image.Image:
    from PIL import Image

    raw = image.tobytes()
    highest = 0 if image.mode == "I;16B" else 1
    return Image.frombytes("L", image.size, raw[highest::2])


def _to_rgb(image: Image.Image, profile: object) -> Image.Image:
    """Colours for printing presses, or of another kind, as those of screens, by their own profile if they have one."""
    from PIL import ImageCms

    try:
        if image.mode == "LAB":
            source = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
        elif isinstance(profile, bytes):
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
        else:
            return image.convert("RGB")
        converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except ImageCms.PyCMSError:
        converted = None
    return converted if converted is not None else image.convert("RGB")


def _encoded(image: Image.Image, *, jpeg: bool) -> tuple[bytes, str]:
    """The file of a picture and its kind: photographs as JPEG, others without loss unless that is very heavy."""
    profile = image.info.get("icc_profile")
    if not jpeg:
        target = BytesIO()
        image.save(target, "PNG", icc_profile=profile)
        lossless = target.getvalue()
        if image.mode == "1" or len(lossless) < _HEAVY:
            return lossless, "png"
    target = BytesIO()
    image.save(target, "JPEG", quality=_QUALITY, subsampling=0, optimize=True, icc_profile=profile)
    if jpeg or target.tell() * _LIGHTER < len(lossless):
        return target.getvalue(), "jpg"
    return lossless, "png"


def _too_large(name: str, place: str | None) -> ConversionError:
    return _error(
        name,
        "convert.picture-too-large",
        f"This picture has more than {_MOST_PIXELS // 1_000_000} million pixels, more than can be drawn.",
        "Save it with fewer pixels: 300 an inch on A4 paper are 9 million.",
        place,
    )


def _error(name: str, code: str, message: str, hint: str, place: str | None = None) -> ConversionError:
    return ConversionError(Problem(code=code, file=name, pointer=place, message=message, hint=hint))
