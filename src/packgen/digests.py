"""SHA-256 of bytes and of files, in hexadecimal."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

MISSING = "missing"
"""Stands for a file that is not there or cannot be read."""
_SMALL = 1 << 16
"""Bytes. A smaller file is read at once, for which the way of large ones is long."""
_LARGE, _AT_ONCE = 1 << 22, 2
"""Bytes of a file that is worth a thread of its own, and how many of those there are."""
_SETTLED = 2_000_000_000
"""Nanoseconds after which a file that is saved again certainly has another time: FAT counts in steps of two seconds."""
_stamped: dict[str, tuple[tuple[int, ...], str]] | None = None
"""Digests with size, times and number of the file that they are of; None if files are read every time."""


def bytes_digest(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes in hexadecimal, however large it is; `MISSING` if it cannot be read."""
    if _stamped is None:
        return _read_digest(path)
    try:
        stat = path.stat()
    except OSError:
        return MISSING
    name, stamp = str(path), (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)
    known = _stamped.get(name)
    if known is not None and known[0] == stamp:
        return known[1]
    digest = _read_digest(path)
    if time.time_ns() - stat.st_mtime_ns > _SETTLED:
        _stamped[name] = stamp, digest
    return digest


def file_digests(paths: Sequence[Path]) -> list[str]:
    """`file_digest` of each; several large ones are read at once."""
    if sum(_size(path) >= _LARGE for path in paths) < 2:
        return list(map(file_digest, paths))
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(_AT_ONCE) as readers:
        return list(readers.map(file_digest, paths))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


@contextmanager
def stamps_trusted() -> Iterator[None]:
    """Within this, a file with the size and time that it had is taken for what it was when it was hashed within this.

    For a single build, which asks for large files several times within seconds, and for a program that looks for
    changes by size and time anyway. Nothing is trusted from one program to the next.
    """
    global _stamped  # noqa: PLW0603  # of this process, as what runs within is
    if _stamped is not None:
        yield
        return
    _stamped = {}
    try:
        yield
    finally:
        _stamped = None


def _read_digest(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            beginning = stream.read(_SMALL)
            if len(beginning) < _SMALL:
                return bytes_digest(beginning)
            stream.seek(0)
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return MISSING
