"""What is wrong with the file of a picture, found before anything is drawn.

Takes a file; gives words for an officer, or None. A file's name proves nothing: pictures saved from web pages and
telephones are often of another kind than their names say. Drawing asks for the same again, and for nothing that is not
asked for here but of the later pages of a TIFF.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from packgen.prose.check import PICTURE_HINT, Fault

if TYPE_CHECKING:
    from packgen.convert.picture_opening import UnusablePicture

_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_TIFF = (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")
_BEGINNING = 4096
"""Bytes that tell the kind of any picture."""


def fault_of_picture(file: Path) -> Fault | None:
    """Why a file cannot be shown as a picture in a text, as the rest of a sentence about it, and what to do."""
    from packgen.convert.picture_files import without_metadata
    from packgen.convert.picture_opening import UnusablePicture

    try:
        data = file.read_bytes()
        if not data:
            return Fault("is an empty file", "ask for it again, or save it once more from the program that made it")
        if not data.startswith((_PNG, _JPEG)):
            return Fault(_other(data), PICTURE_HINT)
        without_metadata(data, "png" if data.startswith(_PNG) else "jpg")
    except OSError as error:
        return _unreadable(error)
    except UnusablePicture as unusable:
        return _fault(unusable)
    return None


def fault_of_attachment(file: Path) -> Fault | None:
    """The same of a PNG, JPEG or TIFF that is a document by itself."""
    from packgen.convert.picture_files import frame_count, without_metadata
    from packgen.convert.picture_opening import UnusablePicture, guarded
    from packgen.picture_stripping import stripped_png

    try:
        data = file.read_bytes()
        frame_count(data)
        if data.startswith(_PNG):
            with guarded():
                stripped_png(data)
        elif data.startswith(_JPEG):
            without_metadata(data, "jpg")
    except OSError as error:
        return _unreadable(error)
    except UnusablePicture as unusable:
        return _fault(unusable)
    return None


def kind_of_picture(file: Path) -> str | None:
    """What a file is that is named like a picture, and is of none of the kinds that are drawn, if that is known."""
    from packgen.convert.picture_opening import other_format

    with file.open("rb") as stream:
        return other_format(stream.read(_BEGINNING))


def _unreadable(error: OSError) -> Fault:
    return Fault(f"cannot be read: {error.strerror or error}", "close every program that has it open")


def _fault(unusable: UnusablePicture) -> Fault:
    hint = unusable.hint[:1].lower() + unusable.hint[1:]
    return Fault(unusable.message.removeprefix("The picture ").rstrip("."), hint.rstrip("."))


def _other(data: bytes) -> str:
    from packgen.convert.picture_opening import other_format

    known = "a TIFF" if data.startswith(_TIFF) else other_format(data)
    return f"is {known}, whatever its name says" if known else "is neither PNG nor JPEG, whatever its name says"
