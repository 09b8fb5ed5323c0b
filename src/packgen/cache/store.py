"""A folder of results, one file each.

A file holds a hash of its key and content before the content, so that one that was cut off or altered is noticed and
counts as not there. Files are written under another name first, so that a reader never meets half of one; and by a
thread of their own, since nobody waits for them.
"""

from __future__ import annotations

import hashlib
import os
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar, get_origin

T = TypeVar("T")

_ENDING = ".result"
_LEAST_KEPT = 50_000_000


class Store:
    """Results by key, all of them on the disk at the end of a `with` block or once `settle` was called.

    A `fresh` store, for builds that redo everything, gives nothing back but what it was given, and keeps that.

    `recent` holds the results of the last build at hand too, for a program that builds again and again.
    """

    def __init__(self, folder: Path, *, fresh: bool = False, recent: dict[str, Any] | None = None) -> None:
        self.folder = folder
        self._fresh = fresh
        self._recent = recent
        self._used: set[str] = set()
        self._writer = ThreadPoolExecutor(1)
        self._writing: dict[str, Future[None]] = {}
        """What the thread has to do, by key; under no key, throwing away."""
        self.failed: OSError | None = None
        """Why results could not be kept, if so. That costs time in the next build and nothing else."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._writer.shutdown(wait=True)

    def settle(self) -> None:
        """Wait until everything that was to be kept or thrown away is."""
        for writing in self._writing.values():
            writing.result()
        self._writing.clear()

    def load(self, key: str, kind: type[T]) -> T | None:
        """The value kept under a key; None if there is none, or it is not what was kept."""
        import msgspec

        if self._fresh and key not in self._used:
            return None
        if self._recent is not None and isinstance(known := self._recent.get(key), get_origin(kind) or kind):
            self._used.add(key)
            return known
        if key in self._writing:
            self._writing[key].result()
        try:
            data = self._path(key).read_bytes()
        except OSError:
            return None
        told, content = data[: hashlib.sha256().digest_size], data[hashlib.sha256().digest_size :]
        if _seal(key, content) != told:
            return None
        try:
            value = msgspec.msgpack.decode(content, type=kind)
        except msgspec.MsgspecError:
            return None
        self._note(key, value)
        return value

    def save(self, key: str, value: Any) -> None:
        """Keeps a value: structs of plain values, which nobody changes. What cannot be written is not kept."""
        self._note(key, value)
        self._writing[key] = self._writer.submit(self._write, key, value)

    def prune(self) -> None:
        """Throws away what was not used in this build, but for as much again of what was used last before it."""
        recent = self._recent or {}
        for key in recent.keys() - self._used:
            del recent[key]
        mine = {self._path(key).name for key in self._used}
        self._writing[""] = self._writer.submit(self._remove_others, mine)

    def _write(self, key: str, value: Any) -> None:
        import msgspec

        content = msgspec.msgpack.encode(value)
        path = self._path(key)
        unfinished = path.with_suffix(f".{os.getpid()}")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(_seal(key, content) + content)
            unfinished.replace(path)
        except OSError as error:
            self.failed = error
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)

    def _remove_others(self, mine: set[str]) -> None:
        try:
            with os.scandir(self.folder) as files:
                found = [(file.name, file.stat()) for file in files if file.is_file()]
        except OSError:
            return
        room = max(_LEAST_KEPT, sum(stat.st_size for name, stat in found if name in mine))
        others = [(name, stat) for name, stat in found if name not in mine]
        for name, stat in sorted(others, key=lambda each: each[1].st_mtime, reverse=True):
            room -= stat.st_size
            if room < 0 or not name.endswith(_ENDING):
                with suppress(OSError):
                    (self.folder / name).unlink(missing_ok=True)

    def _note(self, key: str, value: Any) -> None:
        self._used.add(key)
        if self._recent is not None:
            self._recent[key] = value

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}{_ENDING}"


def _seal(key: str, content: bytes) -> bytes:
    """A hash of a result and of what it is kept under: a file that was given another's name is not taken for it."""
    return hashlib.sha256(b"%s:%s" % (key.encode(), content)).digest()
