"""Where the objects of a PDF stand in its file, by its cross-reference streams (ISO 32000-1, 7.5.8).

Takes the PDF's bytes; gives its sections, and single streams at their places. Never guesses where an object might be,
and reads no file that is encrypted or has tables instead of such streams.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import BinaryIO

from msgspec import Struct

PLAIN, IN_STREAM = 1, 2
_TAIL = 1024
"""Bytes at the end of a file in which its last section is named."""
_WIDEST = 8
"""Bytes of a number in a row of cross-references."""
_UP = 2
"""The one way in which rows of cross-references are usually foretold (ISO 32000-1, 7.4.4.4)."""
_MOST_BYTES = 256 * 1024 * 1024
_STREAM = re.compile(rb"\s*(\d+)\s+\d+\s+obj\s*<<([^()%]*?)>>\s*stream\r?\n")
"""A stream whose dictionary has no texts, so that what looks like its end is one."""
_KEYWORD = re.compile(rb"stream\r?\n")
_OVERLAP, _PIECE = len(b"stream\r\n"), 2**18
_LENGTH = re.compile(rb"/Length\s+(\d{1,12})(?!\d|\s+\d+\s+R\b)")
_END = re.compile(rb"\r?\n?endstream\b")
_START = re.compile(rb"startxref\s+(\d{1,15})\s+%%EOF\s*\Z")
_PREDICTOR = re.compile(rb"/DecodeParms\s*<<\s*/Columns\s+(\d+)\s*/Predictor\s+1[0-5]\s*>>")
_FILTER = re.compile(rb"/Filter\s*(?:/FlateDecode|\[\s*/FlateDecode\s*\])")
_IS_SECTION = re.compile(rb"/Type\s*/XRef\b")
_EARLIER = re.compile(rb"/Prev\s+(\d{1,15})")
_SIZE = re.compile(rb"/Size\s+(\d{1,9})")
Place = tuple[int, int, int]
"""Kind of a cross-reference; place in the file, or number of the stream that holds the object; index in that."""


class Stream(Struct, frozen=True):
    """A stream at a place in the file: its dictionary, and where its content begins and ends."""

    entries: bytes
    begin: int
    end: int


class OtherwiseWritten(Exception):  # noqa: N818  # no error: such a file is read in another way
    pass


def stream_keywords(file: BinaryIO) -> Iterator[tuple[int, int]]:
    """Every place that may be the beginning of a stream: where its keyword stands, and its content behind that.

    The file may be somewhere else whenever this goes on.
    """
    begin, piece = 0, b""
    while True:
        file.seek(begin + len(piece))
        more = file.read(_PIECE)
        begin, piece = begin + max(len(piece) - _OVERLAP, 0), piece[-_OVERLAP:] + more
        for found in _KEYWORD.finditer(piece):
            # What begins at the end is found in the next piece, where it is seen whole.
            if found.start() < len(piece) - _OVERLAP or not more:
                yield begin + found.start(), begin + found.end()
        if not more:
            return


def read_sections(data: bytes) -> Iterator[tuple[bytes, dict[int, Place]]]:
    """Each section of cross-references, the newest first: its dictionary, and where it says that objects are."""
    last = _START.search(data, max(len(data) - _TAIL, 0))
    at = int(last[1]) if last else -1
    seen: set[int] = set()
    while last is None or at >= 0:
        stream = stream_at(data, at, len(data)) if at >= 0 else None
        if stream is None or at in seen or b"/Encrypt" in stream.entries or not _IS_SECTION.search(stream.entries):
            raise OtherwiseWritten
        seen.add(at)
        yield stream.entries, _section(data, stream)
        earlier = _EARLIER.search(stream.entries)
        at = int(earlier[1]) if earlier else -1


def _section(data: bytes, stream: Stream) -> dict[int, Place]:
    widths = _listed(stream.entries, b"/W")
    size = _SIZE.search(stream.entries)
    if len(widths) != 3 or not any(widths) or max(widths) > _WIDEST or size is None:
        raise OtherwiseWritten
    rows, width = content_of(data, stream), sum(widths)
    index = _listed(stream.entries, b"/Index") or [0, int(size[1])]
    numbers = [
        number for first, some in zip(index[::2], index[1::2], strict=True) for number in range(first, first + some)
    ]
    if len(numbers) * width != len(rows):
        raise OtherwiseWritten
    ends = list(accumulate(widths))
    columns = [_column(rows, width, end - each, end) for each, end in zip(widths, ends, strict=True)]
    if not widths[0]:
        columns[0] = (PLAIN,) * len(numbers)
    return dict(zip(numbers, zip(*columns, strict=True), strict=True))


def _column(rows: bytes, width: int, begin: int, end: int) -> Sequence[int]:
    """The numbers that stand in each row from one byte up to another."""
    count = len(rows) // width
    padded = bytearray(_WIDEST * count)
    for place, at in enumerate(range(end - 1, begin - 1, -1)):
        padded[place::_WIDEST] = rows[at::width]
    return struct.unpack(f"<{count}Q", padded)


def _listed(entries: bytes, key: bytes) -> list[int]:
    found = re.search(re.escape(key) + rb"\s*\[([\d\s]*)\]", entries)
    return [int(number) for number in found[1].split()] if found else []


def stream_at(data: bytes, place: int, following: int) -> Stream | None:
    """The stream at a place, which ends before `following`; None if none is there, or where it ends is uncertain."""
    begin = _STREAM.match(data, place, following)
    if begin is None:
        return None
    for length in _LENGTH.finditer(begin[2]):
        end = begin.end() + int(length[1])
        if end <= following and _END.match(data, end):
            return Stream(begin[2], begin.end(), end)
    return None


def content_of(data: bytes, stream: Stream) -> bytes:
    """The content of a stream, unpacked."""
    content = data[stream.begin : stream.end]
    if b"/Filter" not in stream.entries:
        return content
    inflater = zlib.decompressobj()
    plain = inflater.decompress(content, _MOST_BYTES) if _FILTER.search(stream.entries) else b""
    if not inflater.eof:
        raise OtherwiseWritten
    if b"/DecodeParms" not in stream.entries:
        return plain
    foretold = _PREDICTOR.search(stream.entries)
    if foretold is None:
        raise OtherwiseWritten
    return _with_rows_above(plain, int(foretold[1]))


def _with_rows_above(rows: bytes, columns: int) -> bytes:
    """Rows of which each was written as the difference to the one above it."""
    width = columns + 1
    count = len(rows) // width
    if not columns or count * width != len(rows) or rows[::width] != bytes([_UP]) * count:
        raise OtherwiseWritten
    plain = bytearray(columns * count)
    for column in range(columns):
        plain[column::columns] = bytes(each & 0xFF for each in accumulate(rows[column + 1 :: width]))
    return bytes(plain)
