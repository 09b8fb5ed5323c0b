"""A finished PDF with pixels in the place of tokens, written piece by piece.

Takes a light PDF as packgen writes it, and what was set aside of its documents; gives the whole file as pieces, of
which only one is in memory at a time. Everything else in the file stays as it is, byte for byte, but the lengths of the
pictures' streams and the table that says where objects stand. Never takes bytes of a file that were not set aside.
"""

from __future__ import annotations

import re
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path

from msgspec import Struct

from packgen.cross_references import PLAIN, Stream, read_sections, stream_at
from packgen.deferred.tokens import TOKEN, Deferred
from packgen.digests import MISSING, file_digest
from packgen.errors import InspectionError, InvalidPackError, Problem
from packgen.workspace import shown_path

_CHUNK = 2**18
_LENGTH = re.compile(rb"/Length (\d+)")
_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_OF_TABLE = re.compile(
    rb"/(?:Length\s+\d+|Filter\s*/FlateDecode|DecodeParms\s*<<[^<>]*>>|W\s*\[[^\[\]]*\]|Index\s*\[[^\[\]]*\])\s*"
)


class _Change(Struct, frozen=True):
    """Bytes of the light PDF, from one up to another, with what comes in their place: bytes, or those of a file."""

    begin: int
    end: int
    written: bytes = b""
    file: Path | None = None
    first: int = 0
    count: int = 0

    @property
    def longer(self) -> int:
        return self.count + len(self.written) - (self.end - self.begin)


class WholeFile:
    """A finished PDF: its length in bytes, and its pieces, as often as they are asked for."""

    def __init__(self, light: bytes, deferred: Iterable[Deferred]) -> None:
        """`light` is the PDF, `deferred` what was set aside of the documents in it."""
        self._light = light
        self._sources = {each.digest: each for each in deferred}
        self._used: dict[str, Deferred] = {}
        self._changes = self._all_changes()
        self.size = len(light) + sum(change.longer for change in self._changes)

    @property
    def is_light(self) -> bool:
        """Whether nothing of it was set aside."""
        return not self._changes

    def pieces(self) -> Iterator[bytes | memoryview]:
        """The file, piece by piece, each to be done with before the next is asked for.

        Raises:
            InvalidPackError: an author's file is not what it was when the build began.
        """
        self._check_files()
        light, at = memoryview(self._light), 0
        for change in self._changes:
            yield light[at : change.begin]
            if change.file is None:
                yield change.written
            else:
                yield from _bytes_of(change.file, change.first, change.count)
            at = change.end
        yield light[at:]
        self._check_files()

    def _check_files(self) -> None:
        for source in self._used.values():
            check_unchanged(source)

    def _all_changes(self) -> Sequence[_Change]:
        found_tokens = TOKEN.finditer(self._light) if self._sources else ()
        tokens = [found for found in found_tokens if self._is_set_aside(found)]
        if not tokens:
            return ()
        [(entries, places)] = read_sections(self._light)
        start = int(_found(_START.search(self._light, len(self._light) - 64))[1])
        starts = sorted(where for kind, where, _ in places.values() if kind == PLAIN)
        streams: dict[int, list[re.Match[bytes]]] = {}
        for found in tokens:
            streams.setdefault(starts[bisect_right(starts, found.start()) - 1], []).append(found)
        changes = [
            change
            for begin, within in streams.items()
            for change in self._of_stream(begin, self._stream(begin, starts), within)
        ]
        return [*changes, _table(self._light, start, entries, places, changes)]

    def _is_set_aside(self, found: re.Match[bytes]) -> bool:
        source = self._sources.get(found[1].decode("ascii"))
        return source is not None and (int(found[2]), int(found[3])) in source.ranges

    def _stream(self, begin: int, starts: Sequence[int]) -> Stream:
        place = bisect_right(starts, begin)
        following = starts[place] if place < len(starts) else len(self._light)
        stream = stream_at(self._light, begin, following)
        if stream is None:
            raise RuntimeError(f"no stream at byte {begin}, where pixels were set aside")
        return stream

    def _of_stream(self, begin: int, stream: Stream, tokens: Sequence[re.Match[bytes]]) -> Iterator[_Change]:
        pixels = [self._pixels(found) for found in tokens if stream.begin <= found.start() < stream.end]
        length = _found(_LENGTH.search(self._light, begin, stream.begin))
        longer = sum(change.longer for change in pixels)
        yield _Change(*length.span(1), written=b"%d" % (int(length[1]) + longer))
        yield from pixels

    def _pixels(self, found: re.Match[bytes]) -> _Change:
        source = self._sources[found[1].decode("ascii")]
        self._used[source.digest] = source
        first, last = int(found[2]), int(found[3])
        return _Change(*found.span(), file=source.file, first=first, count=last - first)


def check_unchanged(deferred: Deferred) -> None:
    """Make sure that a file is what it was when its pixels were set aside.

    Raises:
        InvalidPackError: it is not, or cannot be read.
    """
    if file_digest(deferred.file) != deferred.digest or deferred.digest == MISSING:
        raise _changed(deferred.file)


def check_filled_in(file: Path, name: str) -> None:
    """Read a written file back: every object must stand where its table says, and be as long as it says.

    Raises:
        InspectionError: it is not so; `name` is how messages call the file.
    """
    import pikepdf

    from packgen.merge.opening import reason_of

    try:
        with pikepdf.open(file, attempt_recovery=False, suppress_warnings=True) as pdf:
            # Objects are read when they are asked for; of a stream it is then looked at where it ends.
            wrong = "" if all(each is not None for each in pdf.objects) else "something is missing in it"
            wrong = wrong or "; ".join(map(str, pdf.get_warnings()[:1]))
    except pikepdf.PikepdfError as error:
        wrong = reason_of(error)
    if wrong:
        hint = "the old output stands; this is a fault of packgen, not of the pack: please report it"
        message = f"pictures could not be filled in: {wrong}"
        raise InspectionError(Problem(code="inspection.filled-in", file=name, message=message, hint=hint))


def _table(
    light: bytes, start: int, entries: bytes, places: Mapping[int, tuple[int, int, int]], changes: Sequence[_Change]
) -> _Change:
    """The table of cross-references for a file with changes, up to its end (ISO 32000-1, 7.5.8)."""
    ends = [change.begin for change in changes]
    longer = list(accumulate((change.longer for change in changes), initial=0))
    moved = {
        number: (kind, where + longer[bisect_right(ends, where)] if kind == PLAIN else where, index)
        for number, (kind, where, index) in sorted(places.items())
    }
    at = start + longer[-1]
    width = max(4, (at.bit_length() + 7) // 8)
    rows = b"".join(
        kind.to_bytes(1) + where.to_bytes(width) + index.to_bytes(2) for kind, where, index in moved.values()
    )
    packed = zlib.compress(rows, 3)
    head = light[start : light.index(b"<<", start)]
    kept = _OF_TABLE.sub(b"", entries).strip()
    dictionary = b"%s /Length %d /Filter /FlateDecode /W [ 1 %d 2 ] /Index [ %s ]" % (
        kept, len(packed), width, " ".join(_runs(list(moved))).encode("ascii"),
    )  # fmt: skip
    written = b"%s<< %s >>\nstream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % (head, dictionary, packed, at)
    return _Change(start, len(light), written=written)


def _runs(numbers: Sequence[int]) -> Iterator[str]:
    """Numbers in order, as where each run of them begins and how long it is."""
    begin = 0
    for place in range(1, len(numbers) + 1):
        if place == len(numbers) or numbers[place] != numbers[place - 1] + 1:
            yield f"{numbers[begin]} {place - begin}"
            begin = place


def _found(match: re.Match[bytes] | None) -> re.Match[bytes]:
    if match is None:
        raise RuntimeError("a finished file is not as packgen writes it")
    return match


def _bytes_of(file: Path, first: int, count: int) -> Iterator[memoryview]:
    """Bytes of a file, each piece in the place of the one before; of a file that has become shorter, fewer."""
    place = memoryview(bytearray(min(count, _CHUNK)))
    try:
        with file.open("rb", buffering=0) as stream:
            stream.seek(first)
            while count and (read := stream.readinto(place[:count])):
                count -= read
                yield place[:read]
    except OSError as error:
        raise _changed(file) from error


def _changed(file: Path) -> InvalidPackError:
    return InvalidPackError(
        Problem(
            code="file.changed-meanwhile",
            file=shown_path(file),
            message="this file was changed, moved or locked while the pack was built",
            hint="wait until it is as it should be, then build again",
        )
    )
