"""An author's PDF without the pixels of its large pictures.

Takes a file; gives a PDF that has a token in their place, and where they are in the file. What there is to say of a
picture besides its pixels stays, so that whatever looks for notes of cameras finds them. A picture of which it is not
certain where it stands in the file, or whose coding is not understood, stays as it is.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from io import FileIO
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

from packgen.deferred.tokens import SMALL_FILE, Light, Range, token
from packgen.picture_stripping import NotPlain, coded_pixels

_LEAST = 2**16
"""Bytes of pixels that are worth it."""
_COMPARED, _PIECE = 64, 2**16
"""Bytes by which a stream is looked for, and bytes that are read at once for that."""
_PLAIN_CODINGS = {"/FlateDecode", "/Fl", "/CCITTFaxDecode", "/CCF", "/JBIG2Decode"}
"""Codings of nothing but pixels, which no step unpacks."""
_JPEG = {"/DCTDecode", "/DCT"}


def set_aside(file: Path, digest: str) -> Light:
    """The light PDF of a file with a SHA-256, which has been read before; empty if it has no large pictures.

    Raises:
        OSError: it cannot be read.
    """
    if file.stat().st_size < SMALL_FILE:
        return Light()
    ranges: list[Range] = []
    with file.open("rb", buffering=0) as data:
        try:
            with pikepdf.open(file, suppress_warnings=True) as pdf:
                if not pdf.is_encrypted:
                    ranges.extend(_all_set_aside(pdf, _Search(data), digest))
                return Light(_saved(pdf), tuple(ranges)) if ranges else Light()
        except pikepdf.PikepdfError:
            return Light()  # whoever reads it next says what is wrong with it


def _all_set_aside(pdf: pikepdf.Pdf, search: _Search, digest: str) -> Iterator[Range]:
    for thing in pdf.objects:
        if not isinstance(thing, Stream) or thing.get("/Subtype") != Name.Image:
            continue
        coded = thing.read_raw_bytes() if _is_large(thing) else b""
        pixels = [place for place in _pixels(thing, coded) if place[1] - place[0] >= _LEAST]
        begin = search.place_of(coded) if pixels else None
        if begin is None:
            continue
        ranges = [(begin + first, begin + last) for first, last in pixels]
        _put(thing, _with_tokens(coded, pixels, [token(digest, place) for place in ranges]))
        yield from ranges


def _is_large(picture: Object) -> bool:
    length = picture.get("/Length")
    return isinstance(length, int) and length >= _LEAST


def _pixels(picture: Object, coded: bytes) -> list[Range]:
    """Where the pixels of a picture are within its stream; nowhere if that is not certain."""
    coding = picture.get("/Filter")
    if isinstance(coding, Array) and len(coding) == 1:
        coding = coding[0]
    name = str(coding) if isinstance(coding, Name) else ""
    # A string could hold what looks like the end of the dictionary that it stands in.
    if not coded or _has_strings(picture):
        return []
    if name in _JPEG:
        try:
            return coded_pixels(coded)
        except NotPlain:
            return []
    return [(0, len(coded))] if name in _PLAIN_CODINGS else []


def _has_strings(picture: Object) -> bool:
    entries = Dictionary(dict(picture.stream_dict.items())).unparse()
    return b"(" in entries or b"%" in entries or entries.count(b"/Length") > 1


class _Search:
    """Finds streams in their file, byte for byte; most follow each other in the order of their numbers."""

    def __init__(self, file: FileIO) -> None:
        self._file = file
        self._at = 0
        self._held = bytearray()

    def place_of(self, coded: bytes) -> int | None:
        """The byte at which a stream begins; None if it is not in the file as it is."""
        for start in (self._at, 0):
            for begin in self._places(coded[:_COMPARED], start):
                if self._is_at(begin, coded):
                    self._at = begin + len(coded)
                    return begin
        return None

    def _places(self, wanted: bytes, start: int) -> Iterator[int]:
        """Where some bytes stand in the file, from `start` on."""
        piece = b""
        while True:
            self._file.seek(start + len(piece))
            more = self._file.read(_PIECE)
            if not more:
                return
            piece += more
            found = piece.find(wanted)
            while found >= 0:
                yield start + found
                found = piece.find(wanted, found + 1)
            kept = min(len(piece), len(wanted) - 1)
            start, piece = start + len(piece) - kept, piece[len(piece) - kept :]

    def _is_at(self, begin: int, coded: bytes) -> bool:
        if len(self._held) < len(coded):
            self._held = bytearray(len(coded))
        self._file.seek(begin)
        with memoryview(self._held) as held, held[: len(coded)] as room:
            count = 0
            while count < len(coded) and (read := self._file.readinto(room[count:])):
                count += read
        return count == len(coded) and self._held.startswith(coded)


def _with_tokens(coded: bytes, pixels: list[Range], tokens: list[bytes]) -> bytes:
    pieces, at = [], 0
    for (begin, end), each in zip(pixels, tokens, strict=True):
        pieces += [coded[at:begin], each]
        at = end
    return b"".join([*pieces, coded[at:]])


def _put(picture: Object, coded: bytes) -> None:
    coding, parameters = picture.get("/Filter"), picture.get("/DecodeParms")
    picture.write(
        coded,
        filter=coding if isinstance(coding, Name | Array) else None,
        decode_parms=parameters if isinstance(parameters, Dictionary | Array) else None,
    )


def _saved(pdf: pikepdf.Pdf) -> bytes:
    file = io.BytesIO()
    pdf.save(
        file,
        compress_streams=False,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        deterministic_id=True,
        fix_metadata_version=False,
    )
    return file.getvalue()
