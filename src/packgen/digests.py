"""SHA-256 of bytes and of files, in hexadecimal."""

from __future__ import annotations

import hashlib
from pathlib import Path

MISSING = "missing"
"""Stands for a file that is not there or cannot be read."""
_SMALL = 1 << 16
"""Bytes. A smaller file is read at once, for which the way of large ones is long."""


def bytes_digest(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes in hexadecimal, however large it is; `MISSING` if it cannot be read."""
    try:
        with path.open("rb") as stream:
            beginning = stream.read(_SMALL)
            if len(beginning) < _SMALL:
                return bytes_digest(beginning)
            stream.seek(0)
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return MISSING
