"""Finds streams in the file that they were read from, byte for byte.

Takes what is in a stream; gives where that stands. Whatever their order, it takes no more time than reading the file
twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from os import SEEK_END
from typing import BinaryIO

from packgen.cross_references import stream_keywords

_PIECE = 2**18
_BEGINNING = 64
_INSIDE = 4096
"""Bytes behind the beginning of a stream where two pictures of one scanner are no longer alike."""
_MOST_TIMES = 16
"""How many times as much as the file holds may be read of it, however alike its streams are."""


class StreamSearch:
    """Streams of one file. Those that follow each other in it are found at once; for others it is read once more."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._at = 0
        self._index: dict[bytes, list[int]] | None = None
        self._may_read = _MOST_TIMES * file.seek(0, SEEK_END)

    def place_of(self, content: memoryview) -> int | None:
        """The byte at which a stream begins, which is longer than `_INSIDE`; None if it is not found as it is."""
        begin = next(self._likely(content), None)
        if begin is not None:
            self._at = begin + len(content)
        return begin

    def _likely(self, content: memoryview) -> Iterator[int]:
        following = self._read(self._at, _PIECE).find(content[:_BEGINNING])
        if following >= 0 and self._is_at(self._at + following, content):
            yield self._at + following
        if self._index is None:
            self._index = self._indexed()
        for begin in self._index.get(bytes(content[_INSIDE : _INSIDE + _BEGINNING]), []):
            if self._is_at(begin, content):
                yield begin

    def _indexed(self) -> dict[bytes, list[int]]:
        """Where streams begin, by some bytes of them."""
        index: dict[bytes, list[int]] = {}
        for _, begin in stream_keywords(self._file):
            index.setdefault(self._read(begin + _INSIDE, _BEGINNING), []).append(begin)
        return index

    def _is_at(self, begin: int, content: memoryview) -> bool:
        if self._read(begin + len(content) - _BEGINNING, _BEGINNING) != content[-_BEGINNING:]:
            return False
        at = 0
        while at < len(content):
            piece = self._read(begin + at, min(_PIECE, len(content) - at))
            if not piece or not piece.startswith(content[at : at + len(piece)]):
                return False
            at += len(piece)
        return True

    def _read(self, begin: int, count: int) -> bytes:
        self._may_read -= count
        if self._may_read < 0:
            return b""
        self._file.seek(begin)
        return self._file.read(count)
