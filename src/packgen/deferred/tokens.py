"""What stands in a light PDF for pixels: of which file they are, by its digest, and from which byte to which."""

from __future__ import annotations

import re
from pathlib import Path

from msgspec import Struct

Range = tuple[int, int]
SMALL_FILE = 2**20
"""Bytes; of a smaller file nothing is set aside."""

TOKEN = re.compile(rb"<packgen pixels ([0-9a-f]{64}) (\d{1,15}) (\d{1,15})>")


class Light(Struct, frozen=True):
    """A PDF with tokens, and the bytes of its file that they stand for; without any, `pdf` is empty."""

    pdf: bytes = b""
    ranges: tuple[Range, ...] = ()


class Deferred(Struct, frozen=True):
    """Where pixels are that were set aside: an author's file, its SHA-256, and the bytes of it that may be taken."""

    file: Path
    digest: str
    ranges: tuple[Range, ...]


def token(digest: str, place: Range) -> bytes:
    """What stands for bytes of the file with a digest. It holds no byte that JPEG files give a meaning to."""
    return b"<packgen pixels %s %d %d>" % (digest.encode("ascii"), *place)
