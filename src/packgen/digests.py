"""SHA-256 of bytes and of files, in hexadecimal."""

from __future__ import annotations

import hashlib
from pathlib import Path

MISSING = "missing"
"""Stands for a file that is not there or cannot be read."""


def bytes_digest(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes in hexadecimal, however large it is; `MISSING` if it cannot be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return MISSING
