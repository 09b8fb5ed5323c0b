"""Objects written behind a finished PDF: an incremental update (ISO 32000-1, 7.5.6).

Takes a PDF as qpdf wrote it and texts of objects; gives the PDF with them. Never changes a byte of what it was given.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Sequence
from itertools import accumulate, chain

from msgspec import Struct

_IN_ONE_STREAM = 100
_PLAIN, _IN_STREAM = 1, 2
_ENTRY = struct.Struct(">BQH")


class Trailer(Struct, frozen=True):
    """What the end of a PDF says: numbers of its catalog and information, its ID, and the first number not in use."""

    root: int
    information: int
    identifier: bytes
    size: int


def appended(data: bytes, trailer: Trailer, objects: Sequence[bytes], replaced: tuple[int, bytes]) -> bytes:
    """`data` with `objects`, numbered from `trailer.size` on, and with another text for one object that it has."""
    numbers = [replaced[0], *range(trailer.size, trailer.size + len(objects))]
    texts = [replaced[1], *objects]
    pieces = [data] if data.endswith(b"\n") else [data, b"\n"]
    at = sum(map(len, pieces))
    stream_number = trailer.size + len(objects)
    inside: list[bytes] = []
    plain: list[bytes] = []
    for start in range(0, len(texts), _IN_ONE_STREAM):
        some = slice(start, start + _IN_ONE_STREAM)
        stream = _object_stream(stream_number, numbers[some], texts[some])
        inside += [_ENTRY.pack(_IN_STREAM, stream_number, index) for index in range(len(texts[some]))]
        plain.append(_ENTRY.pack(_PLAIN, at, 0))
        pieces.append(stream)
        at += len(stream)
        stream_number += 1
    plain.append(_ENTRY.pack(_PLAIN, at, 0))
    entries = zlib.compress(b"".join([*inside, *plain]))
    changed = hashlib.md5(b"".join(pieces[1:]), usedforsecurity=False).digest()
    pieces.append(
        b"%d 0 obj\n<< /Type /XRef /Length %d /Filter /FlateDecode /W [ 1 8 2 ] /Index [ %d 1 %d %d ] /Size %d "
        b"/Root %d 0 R /Info %d 0 R /ID [ <%s> <%s> ] /Prev %d >>\nstream\n"
        % (
            stream_number,
            len(entries),
            replaced[0],
            trailer.size,
            stream_number + 1 - trailer.size,
            stream_number + 1,
            trailer.root,
            trailer.information,
            trailer.identifier.hex().encode("ascii"),
            changed.hex().encode("ascii"),
            _last_section(data),
        )
    )
    pieces += [entries, b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % at]
    return b"".join(pieces)


def _object_stream(number: int, numbers: Sequence[int], texts: Sequence[bytes]) -> bytes:
    offsets = accumulate((len(text) + 1 for text in texts), initial=0)
    pairs = chain.from_iterable(zip(numbers, offsets, strict=False))
    header = " ".join(map(str, pairs)).encode("ascii") + b"\n"
    content = zlib.compress(header + b"\n".join(texts), 3)
    entries = (number, len(content), len(texts), len(header))
    return (
        b"%d 0 obj\n<< /Type /ObjStm /Length %d /Filter /FlateDecode /N %d /First %d >>\nstream\n" % entries
        + content
        + b"\nendstream\nendobj\n"
    )


def _last_section(data: bytes) -> int:
    """Where the cross-reference section begins that `data` ends with."""
    return int(data[data.rindex(b"startxref") + len(b"startxref") :].split()[0])
