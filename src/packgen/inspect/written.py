"""The objects of a PDF as their text stands in the file, without a library that reads them one by one.

Takes the PDF's bytes; gives the text of every object that stands in a stream of objects, and all of the file that is
no content of a stream. Goes by the cross-reference streams from the last to the first (ISO 32000-1, 7.5.8), so an
object that was replaced has its newest text. Gives nothing at all (None) for a file that is written in another way:
encrypted, or with a table instead of such streams. Never guesses where an object might be.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, count, repeat
from operator import add

from msgspec import Struct

from packgen.inspect.settled import NO_DOCUMENTS, DocumentFacts, Documents, Span, documents_of

_PLAIN, _IN_STREAM = 1, 2
_TAIL = 1024
"""Bytes at the end of a file in which its last section is named."""
_WIDEST = 8
"""Bytes of a number in a row of cross-references."""
_UP = 2
"""The one way in which rows of cross-references are usually foretold (ISO 32000-1, 7.4.4.4)."""
_MOST_BYTES = 256 * 1024 * 1024
_STREAM = re.compile(rb"\s*(\d+)\s+\d+\s+obj\s*<<([^()%]*?)>>\s*stream\r?\n")
"""A stream whose dictionary has no texts, so that what looks like its end is one."""
_LENGTH = re.compile(rb"/Length\s+(\d{1,12})(?!\d|\s+\d+\s+R\b)")
_END = re.compile(rb"\r?\n?endstream\b")
_START = re.compile(rb"startxref\s+(\d{1,15})\s+%%EOF\s*\Z")
_PREDICTOR = re.compile(rb"/DecodeParms\s*<<\s*/Columns\s+(\d+)\s*/Predictor\s+1[0-5]\s*>>")
_FILTER = re.compile(rb"/Filter\s*(?:/FlateDecode|\[\s*/FlateDecode\s*\])")
_IS_SECTION = re.compile(rb"/Type\s*/XRef\b")
_EARLIER = re.compile(rb"/Prev\s+(\d{1,15})")
_ROOT = re.compile(rb"/Root\s+(\d{1,9})\s+0\s+R\b")
_SIZE = re.compile(rb"/Size\s+(\d{1,9})")
_FIRST = re.compile(rb"/First\s+(\d{1,9})")
_Place = tuple[int, int, int]
"""Kind of a cross-reference; place in the file, or number of the stream that holds the object; index in that."""


class _Stream(Struct, frozen=True):
    """A stream at a place in the file: its dictionary, and where its content begins and ends."""

    entries: bytes
    begin: int
    end: int


class Written(Struct, frozen=True):
    """What stands in a file.

    `texts` has the newest text of each object that stands in a stream of objects, by its number in digits. `streams`
    are all streams of objects, unpacked, with what was replaced since; `loose` is all of the file but contents of
    streams. `documents` tells them apart; those that are settled are left out of all else. `root` is the number of the
    catalog, empty if that is not told plainly.
    """

    texts: Mapping[bytes, bytes]
    streams: tuple[bytes, ...]
    loose: bytes
    root: bytes
    documents: Documents
    _data: bytes
    _placed: Mapping[int, _Stream]

    def stream(self, number: bytes) -> tuple[bytes, bytes] | None:
        """The dictionary and the content of a stream, as both stand in the file; None if there is none."""
        found = self._placed.get(int(number)) if number.isdigit() else None
        return (b"<<%s>>" % found.entries, self._data[found.begin : found.end]) if found is not None else None


class _OtherwiseWritten(Exception):  # noqa: N818  # no error: such a file is read in another way
    pass


def read_written(
    data: bytes, spans: Sequence[Span] = (), known: DocumentFacts | None = None, salt: str = ""
) -> Written | None:
    """What stands in a file; None if it is written in a way that is not read here.

    Of documents, which stand in `spans`, those are left out of which enough is `known`; `salt` is whatever else that
    depends on.
    """
    try:
        return _read(data, spans, known or {}, salt)
    except (_OtherwiseWritten, zlib.error, ValueError, IndexError):
        return None


def _read(data: bytes, spans: Sequence[Span], known: DocumentFacts, salt: str) -> Written:
    newest: dict[int, _Place] = {}
    sections = list(_sections(data))
    for _, section in reversed(sections):
        newest.update(section)
    documents = NO_DOCUMENTS
    if spans and len(sections) == 1:
        documents = documents_of(data, spans, newest, known, salt)
    left_out = documents.settled()
    for span, _ in left_out:
        # All at once: there are thousands.
        deque(map(newest.pop, range(span.first + 1, span.first + span.count + 1), repeat(None)), maxlen=0)
    if left_out:
        sections = [(sections[0][0], newest)]
    plain = [[(number, place) for number, place in section.items() if place[0] == _PLAIN] for _, section in sections]
    starts = sorted({where for some in plain for _, (_, where, _) in some})
    streams = dict(_streams(data, starts))
    contents = {start: _content(data, stream) for start, stream in streams.items() if b"/ObjStm" in stream.entries}
    holders = {place[1]: number for some in plain for number, place in some if newest[number] == place}
    texts: dict[bytes, bytes] = {}
    for start, content in contents.items():
        texts.update(_newest_of(holders.get(start, -1), streams[start].entries, content, newest))
    if len(texts) != [place[0] for place in newest.values()].count(_IN_STREAM):
        raise _OtherwiseWritten
    root = _ROOT.search(sections[0][0])
    return Written(
        texts,
        tuple(contents.values()),
        _outside(data, [*streams.values(), *(_Stream(b"", span.begin, span.end) for span, _ in left_out)]),
        root[1] if root else b"",
        documents,
        data,
        {holders[start]: stream for start, stream in streams.items() if start in holders},
    )


def _newest_of(
    holder: int, entries: bytes, content: bytes, newest: Mapping[int, _Place]
) -> Iterable[tuple[bytes, bytes]]:
    """Number and text of those objects in a stream of objects that are not replaced elsewhere."""
    names, texts = _held(entries, content)
    here = list(zip(repeat(_IN_STREAM), repeat(holder), range(len(names)), strict=False))
    told = list(map(newest.get, map(int, names)))
    if told == here:
        return zip(names, texts, strict=True)
    return [each for each, one, other in zip(zip(names, texts, strict=True), told, here, strict=True) if one == other]


def _sections(data: bytes) -> Iterator[tuple[bytes, dict[int, _Place]]]:
    """Each section of cross-references, the newest first: its dictionary, and where it says that objects are."""
    last = _START.search(data, max(len(data) - _TAIL, 0))
    at = int(last[1]) if last else -1
    seen: set[int] = set()
    while last is None or at >= 0:
        stream = _stream_at(data, at, len(data)) if at >= 0 else None
        if stream is None or at in seen or b"/Encrypt" in stream.entries or not _IS_SECTION.search(stream.entries):
            raise _OtherwiseWritten
        seen.add(at)
        yield stream.entries, _section(data, stream)
        earlier = _EARLIER.search(stream.entries)
        at = int(earlier[1]) if earlier else -1


def _section(data: bytes, stream: _Stream) -> dict[int, _Place]:
    widths = _listed(stream.entries, b"/W")
    size = _SIZE.search(stream.entries)
    if len(widths) != 3 or not any(widths) or max(widths) > _WIDEST or size is None:
        raise _OtherwiseWritten
    rows, width = _content(data, stream), sum(widths)
    index = _listed(stream.entries, b"/Index") or [0, int(size[1])]
    numbers = [
        number for first, some in zip(index[::2], index[1::2], strict=True) for number in range(first, first + some)
    ]
    if len(numbers) * width != len(rows):
        raise _OtherwiseWritten
    ends = list(accumulate(widths))
    columns = [_column(rows, width, end - each, end) for each, end in zip(widths, ends, strict=True)]
    if not widths[0]:
        columns[0] = (_PLAIN,) * len(numbers)
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


def _streams(data: bytes, places: list[int]) -> Iterator[tuple[int, _Stream]]:
    """Every stream that begins at one of `places`, which are in order."""
    for place, following in zip(places, [*places[1:], len(data)], strict=True):
        stream = _stream_at(data, place, following)
        if stream is not None:
            yield place, stream


def _stream_at(data: bytes, place: int, following: int) -> _Stream | None:
    """The stream at a place, which ends before `following`; None if none is there, or where it ends is uncertain."""
    begin = _STREAM.match(data, place, following)
    if begin is None:
        return None
    for length in _LENGTH.finditer(begin[2]):
        end = begin.end() + int(length[1])
        if end <= following and _END.match(data, end):
            return _Stream(begin[2], begin.end(), end)
    return None


def _content(data: bytes, stream: _Stream) -> bytes:
    """The content of a stream, unpacked."""
    content = data[stream.begin : stream.end]
    if b"/Filter" not in stream.entries:
        return content
    inflater = zlib.decompressobj()
    plain = inflater.decompress(content, _MOST_BYTES) if _FILTER.search(stream.entries) else b""
    if not inflater.eof:
        raise _OtherwiseWritten
    if b"/DecodeParms" not in stream.entries:
        return plain
    foretold = _PREDICTOR.search(stream.entries)
    if foretold is None:
        raise _OtherwiseWritten
    return _with_rows_above(plain, int(foretold[1]))


def _with_rows_above(rows: bytes, columns: int) -> bytes:
    """Rows of which each was written as the difference to the one above it."""
    width = columns + 1
    count = len(rows) // width
    if not columns or count * width != len(rows) or rows[::width] != bytes([_UP]) * count:
        raise _OtherwiseWritten
    plain = bytearray(columns * count)
    for column in range(columns):
        plain[column::columns] = bytes(each & 0xFF for each in accumulate(rows[column + 1 :: width]))
    return bytes(plain)


def _held(entries: bytes, content: bytes) -> tuple[list[bytes], list[bytes]]:
    """Numbers and texts of all objects in a stream of objects (ISO 32000-1, 7.5.7)."""
    found = _FIRST.search(entries)
    first = int(found[1]) if found else 0
    told = content[:first].split()
    offsets = list(map(int, told[1::2]))
    if len(told) != 2 * len(offsets) or offsets != sorted(offsets):
        raise _OtherwiseWritten
    lines = content[first:].split(b"\n")[: len(offsets)]
    if offsets == list(map(add, accumulate(map(len, lines[:-1]), initial=0), count())):
        return told[::2], lines  # as qpdf writes them, each on a line of its own
    ends = [*offsets[1:], len(content) - first]
    texts = [content[first + begin : first + end].strip() for begin, end in zip(offsets, ends, strict=True)]
    return told[::2], texts


def _outside(data: bytes, streams: Iterable[_Stream]) -> bytes:
    """All of a file but contents of streams."""
    pieces, at = [], 0
    for stream in sorted(streams, key=lambda each: each.begin):
        pieces.append(data[at : stream.begin])
        at = max(at, stream.end)
    return b"".join([*pieces, data[at:]])
