"""What is wrong with the file of a picture, found before anything is drawn.

Takes a file; gives words for an officer, or None. A file's name proves nothing: pictures saved from web pages and
telephones are often of another kind than their names say. Most pictures are only looked through, not decoded: what
shows itself no earlier, drawing tells, and so it does of a file that cannot be read at the moment.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from packgen.prose.check import PICTURE_HINT, Fault

_IN_TEXTS = (".png", ".jpg")
_NO_PICTURES = {"a PDF", "a Word, Excel or zip file"}
_ASK = "ask its author for the picture itself, as PNG (charts, drawings) or JPEG (photographs)"
_BEGINNING = 4096
"""Bytes that tell the kind of any picture."""


def fault_of_picture(file: Path) -> Fault | None:
    """Why a file cannot be shown as a picture in a text, as the rest of a sentence about it, and what to do."""
    return _fault_found(file, _in_a_text)


def fault_of_attachment(file: Path) -> Fault | None:
    """The same of a PNG, JPEG or TIFF that is a document by itself; of a TIFF, for its first page."""
    return _fault_found(file, _by_itself)


def other_kind(file: Path) -> Fault | None:
    """What a file is that is named like a picture and is of none of the kinds that are drawn, if that is known."""
    with file.open("rb") as stream:
        return _other_kind(stream.read(_BEGINNING))


def _fault_found(file: Path, look_at: Callable[[bytes, str | None], Fault | None]) -> Fault | None:
    from packgen.convert.office.kinds import kind_of
    from packgen.convert.picture_opening import UnusablePicture

    try:
        return look_at(file.read_bytes(), kind_of(file))
    except OSError:
        return None  # findings are remembered by what is in a file, and this says nothing of that
    except UnusablePicture as unusable:
        hint = unusable.hint[:1].lower() + unusable.hint[1:]
        return Fault(unusable.message.removeprefix("The picture ").rstrip("."), hint.rstrip("."))


def _in_a_text(data: bytes, kind: str | None) -> Fault | None:
    from packgen.convert.picture_files import without_metadata

    if not data:
        return Fault("is an empty file", "ask for it again, or save it once more from the program that made it")
    if kind not in _IN_TEXTS:
        known = Fault("a TIFF", PICTURE_HINT) if kind == ".tif" else _other_kind(data)
        other = known or Fault("neither PNG nor JPEG", _ASK)
        return Fault(f"is {other.what}, whatever its name says", other.hint)
    without_metadata(data, kind.removeprefix("."))
    return None


def _by_itself(data: bytes, kind: str | None) -> None:
    from packgen.convert.picture_files import frame_count, frames, without_metadata
    from packgen.convert.picture_opening import guarded
    from packgen.picture_stripping import stripped_png

    if kind == ".tif":
        next(frames(data))
    elif kind == ".jpg":
        without_metadata(data, "jpg")
    else:
        frame_count(data)
        with guarded():
            stripped_png(data)


def _other_kind(data: bytes) -> Fault | None:
    from packgen.convert.picture_opening import other_format

    known = other_format(data)
    return Fault(known, _ASK if known in _NO_PICTURES else PICTURE_HINT) if known else None
