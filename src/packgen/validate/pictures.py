"""What is wrong with the file of a picture that prose shows, found before anything is drawn.

Takes a file; gives words for an officer, or None. A file's name proves nothing: pictures saved from web pages and
telephones are often of another kind than their names say. Drawing asks for the same again, so nothing that passes here
stops a build later.
"""

from __future__ import annotations

from pathlib import Path

from packgen.prose.check import PICTURE_HINT, Fault

_SIGNATURES = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg"}
_TIFF = (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")


def fault_of_picture(file: Path) -> Fault | None:
    """Why a file cannot be shown as a picture, as the rest of a sentence about it, and what to do."""
    from packgen.convert.picture_files import without_metadata
    from packgen.convert.picture_opening import UnusablePicture

    try:
        data = file.read_bytes()
    except OSError as error:
        return Fault(f"cannot be read: {error.strerror or error}", "close every program that has it open")
    kind = next((kind for signature, kind in _SIGNATURES.items() if data.startswith(signature)), None)
    if not data:
        return Fault("is an empty file", "ask for it again, or save it once more from the program that made it")
    if kind is None:
        return Fault(_other(data), PICTURE_HINT)
    try:
        without_metadata(data, kind)
    except UnusablePicture as unusable:
        hint = unusable.hint[:1].lower() + unusable.hint[1:]
        return Fault(unusable.message.removeprefix("The picture ").rstrip("."), hint.rstrip("."))
    return None


def _other(data: bytes) -> str:
    from packgen.convert.picture_opening import other_format

    known = "a TIFF" if data.startswith(_TIFF) else other_format(data)
    return f"is {known}, whatever its name says" if known else "is neither PNG nor JPEG, whatever its name says"
