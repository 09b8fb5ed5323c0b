"""The objects of a PDF as their text stands in the file, without a library that reads them one by one.

Takes the PDF's bytes; gives the text of every object that stands in a stream of objects, and all of the file that is
no content of a stream. Goes by the cross-reference streams from the last to the first (ISO 32000-1, 7.5.8), so an
object that was replaced has its newest text. Gives nothing at all (None) for a file that is written in another way:
encrypted, or with a table instead of such streams. Never guesses where an object might be.
"""

from __future__ import annotations

import re
import zlib
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, count, repeat
from operator import add

from msgspec import Struct

from packgen.cross_references import (
    IN_STREAM,
    PLAIN,
    OtherwiseWritten,
    Place,
    Stream,
    content_of,
    read_sections,
    stream_at,
)
from packgen.inspect.settled import NO_DOCUMENTS, DocumentFacts, Documents, Span, documents_of

_ROOT = re.compile(rb"/Root\s+(\d{1,9})\s+0\s+R\b")
_FIRST = re.compile(rb"/First\s+(\d{1,9})")


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
    _placed: Mapping[int, Stream]

    def stream(self, number: bytes) -> tuple[bytes, bytes] | None:
        """The dictionary and the content of a stream, as both stand in the file; None if there is none."""
        found = self._placed.get(int(number)) if number.isdigit() else None
        return (b"<<%s>>" % found.entries, self._data[found.begin : found.end]) if found is not None else None


def read_written(
    data: bytes, spans: Sequence[Span] = (), known: DocumentFacts | None = None, salt: str = ""
) -> Written | None:
    """What stands in a file; None if it is written in a way that is not read here.

    Of documents, which stand in `spans`, those are left out of which enough is `known`; `salt` is whatever else that
    depends on.
    """
    try:
        return _read(data, spans, known or {}, salt)
    except (OtherwiseWritten, zlib.error, ValueError, IndexError):
        return None


def _read(data: bytes, spans: Sequence[Span], known: DocumentFacts, salt: str) -> Written:
    newest: dict[int, Place] = {}
    sections = list(read_sections(data))
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
    plain = [[(number, place) for number, place in section.items() if place[0] == PLAIN] for _, section in sections]
    starts = sorted({where for some in plain for _, (_, where, _) in some})
    streams = dict(_streams(data, starts))
    contents = {start: content_of(data, stream) for start, stream in streams.items() if b"/ObjStm" in stream.entries}
    holders = {place[1]: number for some in plain for number, place in some if newest[number] == place}
    texts: dict[bytes, bytes] = {}
    for start, content in contents.items():
        texts.update(_newest_of(holders.get(start, -1), streams[start].entries, content, newest))
    if len(texts) != [place[0] for place in newest.values()].count(IN_STREAM):
        raise OtherwiseWritten
    root = _ROOT.search(sections[0][0])
    return Written(
        texts,
        tuple(contents.values()),
        _outside(data, [*streams.values(), *(Stream(b"", span.begin, span.end) for span, _ in left_out)]),
        root[1] if root else b"",
        documents,
        data,
        {holders[start]: stream for start, stream in streams.items() if start in holders},
    )


def _newest_of(
    holder: int, entries: bytes, content: bytes, newest: Mapping[int, Place]
) -> Iterable[tuple[bytes, bytes]]:
    """Number and text of those objects in a stream of objects that are not replaced elsewhere."""
    names, texts = _held(entries, content)
    here = list(zip(repeat(IN_STREAM), repeat(holder), range(len(names)), strict=False))
    told = list(map(newest.get, map(int, names)))
    if told == here:
        return zip(names, texts, strict=True)
    return [each for each, one, other in zip(zip(names, texts, strict=True), told, here, strict=True) if one == other]


def _streams(data: bytes, places: list[int]) -> Iterator[tuple[int, Stream]]:
    """Every stream that begins at one of `places`, which are in order."""
    for place, following in zip(places, [*places[1:], len(data)], strict=True):
        stream = stream_at(data, place, following)
        if stream is not None:
            yield place, stream


def _held(entries: bytes, content: bytes) -> tuple[list[bytes], list[bytes]]:
    """Numbers and texts of all objects in a stream of objects (ISO 32000-1, 7.5.7)."""
    found = _FIRST.search(entries)
    first = int(found[1]) if found else 0
    told = content[:first].split()
    offsets = list(map(int, told[1::2]))
    if len(told) != 2 * len(offsets) or offsets != sorted(offsets):
        raise OtherwiseWritten
    lines = content[first:].split(b"\n")[: len(offsets)]
    if offsets == list(map(add, accumulate(map(len, lines[:-1]), initial=0), count())):
        return told[::2], lines  # as qpdf writes them, each on a line of its own
    ends = [*offsets[1:], len(content) - first]
    texts = [content[first + begin : first + end].strip() for begin, end in zip(offsets, ends, strict=True)]
    return told[::2], texts


def _outside(data: bytes, streams: Iterable[Stream]) -> bytes:
    """All of a file but contents of streams."""
    pieces, at = [], 0
    for stream in sorted(streams, key=lambda each: each.begin):
        pieces.append(data[at : stream.begin])
        at = max(at, stream.end)
    return b"".join([*pieces, data[at:]])
