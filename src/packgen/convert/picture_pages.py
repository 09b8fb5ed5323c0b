"""Pictures that are documents of their own: photographs, plans and scans, a page for each.

Takes a PNG, JPEG or TIFF; gives PDF/UA-1 and PDF/A-2a in which each picture is a figure with its alternative text. A
picture is drawn as large as A4, upright or lying as the picture is, has room for, but not so large that its pixels
show. Never lets metadata of the file into the PDF (`picture_files`), nor leaves out a page of a TIFF.
"""

from __future__ import annotations

import math
import re
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from packgen.convert import Drawn
from packgen.errors import ConversionError, Problem

if TYPE_CHECKING:
    from packgen.convert.picture_files import Frame

_SHORT_SIDE, _LONG_SIDE = 595.276, 841.89
_MARGIN = 20 * 72 / 25.4
"""Two centimetres on every side: page numbers and markings stand within one and a half, and on a page that lies the
page number may stand at any side."""
_LEAST_DENSITY = 100
"""Pixels to the inch below which a picture is not enlarged: fewer can be seen at reading distance."""
_PRINT_DENSITY = 300
_FINEST_DENSITY = 360
"""Above this a picture is resampled to what print needs. An A4 page scanned at 300 dpi has 350 in its smaller place,
and is better left as it is than blurred."""
_LINE_ART = 2
"""Black and white without greys is printed finer."""
_NOT_ASCII = re.compile(r"[^\x20-\x7e]")


class Placed(Struct, frozen=True):
    """A page and the size of the picture in its middle, in points."""

    page_width: float
    page_height: float
    width: float
    height: float


def convert_picture(data: bytes, *, name: str, alt: str, language: str, title: str, created: datetime) -> Drawn:
    """Draw a picture file as a tagged PDF, each of its pictures on a page.

    Args:
        data: the file's bytes; what they are decides, not the file's name.
        name: what problems call the file.
        alt: what the picture shows. Of several pages each says which it is.
        language: of `alt` and `title`, such as `en-GB`.
        title: of the PDF.
        created: the date that goes into the PDF. The same arguments give the same bytes.

    Raises:
        ConversionError: if it is no PNG, JPEG or TIFF, is damaged, moves, or is too large; or if `alt` is empty.
    """
    from packgen.convert.compile import compiled
    from packgen.convert.fonts import bundled_fonts, font_book
    from packgen.convert.picture_files import frame_count, frames
    from packgen.convert.picture_opening import UnusablePicture
    from packgen.convert.proof import page_texts
    from packgen.convert.write.document import Draft

    if not alt.strip():
        raise ConversionError(
            Problem(
                code="convert.missing-alt",
                file=name,
                message="The picture has no alternative text, so a screen reader says nothing of it.",
                hint='Give it "alt" in the pack: what it shows, in words.',
            )
        )
    files: dict[str, bytes] = {}
    lines = [_opening(title, language)]
    count = 1
    try:
        count = frame_count(data)
        for number, frame in enumerate(frames(data), 1):
            words = alt if count == 1 else f"{alt} (page {number} of {count})"
            lines.append(_page(frame, words, files))
    except UnusablePicture as error:
        place = f"page {len(files) + 1}" if count > 1 else None
        raise ConversionError(
            Problem(code="convert.picture-format", file=name, pointer=place, message=error.message, hint=error.hint)
        ) from error
    draft = Draft("\n".join([*lines, ""]), (), 0, (), ())
    pdf = compiled(draft, files, font_book(bundled_fonts()), created, name)
    texts = tuple(page_texts(pdf))
    assert len(texts) == len(files) == count, "a picture is as large as its page has room for"
    return Drawn(pdf, texts)


def placed(width: float, height: float) -> Placed:
    """Where a picture stands that has `width` and `height` in pixels as close as its closest ones."""
    lying = width > height
    page_width, page_height = (_LONG_SIDE, _SHORT_SIDE) if lying else (_SHORT_SIDE, _LONG_SIDE)
    scale = min((page_width - 2 * _MARGIN) / width, (page_height - 2 * _MARGIN) / height, 72 / _LEAST_DENSITY)
    return Placed(page_width, page_height, width * scale, height * scale)


def _opening(title: str, language: str) -> str:
    from packgen.convert.write.typst_text import language as spoken

    tongue = ",".join(f"{key}:{value}" for key, value in (spoken(language) or {"lang": '"en"'}).items())
    return f"#set document(title:{_literal(title)});#set text({tongue})"


def _page(frame: Frame, alt: str, files: dict[str, bytes]) -> str:
    """Code for the page of one picture, whose file is put into `files`."""
    from packgen.convert.picture_files import encoded
    from packgen.convert.write.typst_text import pt

    across, down = frame.density
    place = placed(frame.image.width / across, frame.image.height / down)
    finer = _LINE_ART if frame.image.mode == "1" else 1
    width = _pixels(frame.image.width, place.width, finer)
    height = _pixels(frame.image.height, place.height, finer)
    picture = encoded(frame, width, height)
    file = f"{len(files) + 1}.{picture.kind}"
    files[file] = picture.data
    return (
        f"#page(width:{pt(place.page_width)},height:{pt(place.page_height)},margin:{pt(_MARGIN)},align(center+horizon,"
        f'image("{file}",width:{pt(place.width)},height:{pt(place.height)},fit:"stretch",alt:{_literal(alt)})))'
    )


def _pixels(given: int, length: float, finer: int) -> int:
    """How many of `given` pixels are kept over `length` points."""
    if given <= length / 72 * _FINEST_DENSITY * finer:
        return given
    return math.ceil(length / 72 * _PRINT_DENSITY * finer)


def _literal(text: str) -> str:
    """Text that is never drawn: spelled so that no letter of it is looked for in a font."""
    from packgen.convert.write.typst_text import literal

    return _NOT_ASCII.sub(lambda match: f"\\u{{{ord(match[0]):x}}}", literal(text))
