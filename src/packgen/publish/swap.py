"""The output folder of a pack: built beside the old one, then swapped in whole.

Where the system can exchange two names (Linux, macOS) the swap is one step. Elsewhere the old folder is renamed
aside first; a build that is killed between the two renames is mended by the next one, which puts the old folder
back. A lock keeps two builds of one pack apart on every system.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from packgen.errors import OutputError, Problem
from packgen.workspace import shown_path

_PIECE = 2**18
_SYNCED_TOGETHER = 8
_WRITTEN_TOGETHER = 2
"""Large files, which keep a processor and the disk busy."""
_SYNCED_EARLY = 2**25
"""Bytes of a large file that go to the disk while others are written, so that nobody waits for all at its end."""


class Pieces(Protocol):
    """A large file as pieces that follow each other, and how many bytes they are together.

    A piece is to be done with before the next is asked for, which may lie in the same place.
    """

    size: int

    def pieces(self) -> Iterable[bytes | memoryview]: ...


class FileCopy:
    """A file as it lies on the disk."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.size = file.stat().st_size

    def pieces(self) -> Iterator[memoryview]:
        place = memoryview(bytearray(_PIECE))
        with self._file.open("rb", buffering=0) as stream:
            while count := stream.readinto(place):
                yield place[:count]


@dataclass(frozen=True)
class OutputFolder:
    """Where one pack's output goes. All three stand in the same folder, so that renaming never copies."""

    final: Path
    _disk: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(_SYNCED_TOGETHER), repr=False, compare=False
    )
    _writer: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(_WRITTEN_TOGETHER), repr=False, compare=False
    )
    _syncing: list[Future[None]] = field(default_factory=list, repr=False, compare=False)

    @property
    def fresh(self) -> Path:
        """The folder that a build writes; it becomes `final`."""
        return self.final.with_name(f".{self.final.name}.new")

    @property
    def aside(self) -> Path:
        """Where the old output waits while the new one takes its name."""
        return self.final.with_name(f".{self.final.name}.old")

    def write(self, relative: str, data: bytes) -> Path:
        """Writes one file of the fresh output; what has not changed shares its place on the disk with the old one."""
        path, old = self.fresh / relative, self.final / relative
        with _writing(self.final):
            path.parent.mkdir(parents=True, exist_ok=True)
            if not _linked(old, path, data):
                path.write_bytes(data)
                # A disk that is asked for one file at a time works for each; and there is more to do meanwhile.
                self._syncing.append(self._disk.submit(_sync_file, path))
        return path

    def begin(self, relative: str, whole: Pieces) -> Future[str]:
        """Begins to write a large file of the fresh output; gives its SHA-256, once it is on the disk."""
        return self._writer.submit(self._write_whole, relative, whole)

    def _write_whole(self, relative: str, whole: Pieces) -> str:
        path, old = self.fresh / relative, self.final / relative
        with _writing(self.final):
            path.parent.mkdir(parents=True, exist_ok=True)
            digest = _linked_digest(old, path, whole)
            if digest is None:
                digest = _written_digest(path, whole, self._disk)
        return digest

    def in_use(self) -> AbstractContextManager[None]:
        """Within this, what the system says against a file of the fresh output becomes a located problem."""
        return _writing(self.final)

    def swap_in(self) -> None:
        """Makes the fresh output the pack's output, in one step where the system has one, once it is on the disk."""
        with _writing(self.final):
            for syncing in self._syncing:
                syncing.result()
            if not self.final.exists():
                self.fresh.rename(self.final)
            elif not _exchange(self.fresh, self.final):
                self.final.rename(self.aside)
                try:
                    self.fresh.rename(self.final)
                except OSError:
                    self.aside.rename(self.final)
                    raise
        # The new output is there; whether its name outlives a power cut is not worth failing for.
        with suppress(OSError):
            _sync_folder(self.final.parent)
        # The old output has the name of one of these now. What cannot be removed, the next build removes.
        for old in (self.fresh, self.aside):
            shutil.rmtree(old, ignore_errors=True)

    def discard(self) -> None:
        """Ends what was begun; nothing of the fresh output stays."""
        self._writer.shutdown(wait=True, cancel_futures=True)
        self._disk.shutdown(wait=True)  # a folder cannot be removed everywhere while a file in it is open
        shutil.rmtree(self.fresh, ignore_errors=True)

    def recover(self) -> None:
        """Mends what a killed build may have left: the old output gets its name back, half-built ones go."""
        with _writing(self.final):
            if self.aside.exists() and not self.final.exists():
                self.aside.rename(self.final)
            for leftover in (self.aside, self.fresh):
                if leftover.exists():
                    shutil.rmtree(leftover)


@contextmanager
def hold_output(final: Path) -> Iterator[OutputFolder]:
    """The output folder of a pack, held against other builds until the block ends; leftovers are cleared.

    Raises:
        OutputError: another build holds it, or it cannot be written.
    """
    from filelock import FileLock, Timeout

    output = OutputFolder(final)
    with _writing(final):
        final.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(final.with_name(f".{final.name}.lock"), timeout=0)
        try:
            lock.acquire()
        except Timeout as error:
            raise OutputError(
                Problem(
                    code="output.in-use",
                    file=shown_path(final),
                    message="another build of this pack is running",
                    hint="wait until it has finished, then build again",
                )
            ) from error
    try:
        output.recover()
        yield output
    finally:
        output.discard()
        lock.release()


@contextmanager
def _writing(final: Path) -> Iterator[None]:
    """Turns what the system says of a file it cannot write into a located problem."""
    try:
        yield
    except OSError as error:
        raise OutputError(_cannot_write(final, error)) from error


def _cannot_write(final: Path, error: OSError) -> Problem:
    hint = "close every program that shows a file of this folder, and look whether you may write there"
    if getattr(error, "errno", None) == 28:  # ENOSPC, the same number on every system Python runs on
        hint = "the disk is full; free some space"
    return Problem(
        code="output.cannot-write",
        file=shown_path(final),
        message=f"the output cannot be written: {error.strerror or error}",
        hint=f"{hint}; the old output is untouched",
    )


def _exchange(first: Path, second: Path) -> bool:
    """Exchanges the names of two folders in one step; False where the system or the file system cannot."""
    current_folder, exchange = -100, 2  # AT_FDCWD and RENAME_EXCHANGE (linux/fcntl.h); RENAME_SWAP on macOS is 2 too
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            return bool(library.renamex_np(os.fsencode(first), os.fsencode(second), exchange) == 0)
        if sys.platform.startswith("linux"):
            arguments = (current_folder, os.fsencode(first), current_folder, os.fsencode(second), exchange)
            return bool(library.renameat2(*arguments) == 0)
    except (OSError, AttributeError, TypeError):
        return False
    return False


def _linked(old: Path, new: Path, data: bytes) -> bool:
    """Gives a file of the old output a second name, if it holds the same bytes and the file system has such names."""
    try:
        if old.stat().st_size != len(data) or old.read_bytes() != data:
            return False
        new.hardlink_to(old)
    except OSError:
        return False
    return True


def _linked_digest(old: Path, new: Path, whole: Pieces) -> str | None:
    """As `_linked`, of a large file; gives its SHA-256, or None if it has to be written."""
    hashed = hashlib.sha256()
    try:
        if old.stat().st_size != whole.size:
            return None
        with old.open("rb") as stream:
            for piece in whole.pieces():
                if not stream.read(len(piece)).startswith(piece):  # as long as this; compares in one go
                    return None
                hashed.update(piece)
        new.hardlink_to(old)
    except OSError:
        return None
    return hashed.hexdigest()


def _written_digest(path: Path, whole: Pieces, disk: ThreadPoolExecutor) -> str:
    """Writes a large file and has `disk` bring it there; gives its SHA-256."""
    hashed = hashlib.sha256()
    unsynced, syncing = 0, Future[None]()
    syncing.set_result(None)
    with path.open("wb", buffering=0) as stream:
        try:
            for piece in whole.pieces():
                hashed.update(piece)
                rest = memoryview(piece)
                while rest:
                    rest = rest[stream.write(rest) :]
                unsynced += len(piece)
                if unsynced >= _SYNCED_EARLY and syncing.done():
                    syncing.result()
                    unsynced, syncing = 0, disk.submit(os.fsync, stream.fileno())
        finally:
            wait([syncing])  # it has the number of an open file
        syncing.result()
        os.fsync(stream.fileno())
    return hashed.hexdigest()


def _sync_file(path: Path) -> None:
    with path.open("r+b") as stream:  # Windows syncs only what may be written
        os.fsync(stream.fileno())


def _sync_folder(folder: Path) -> None:
    """Makes a rename durable; Windows does so by itself and cannot open folders."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
