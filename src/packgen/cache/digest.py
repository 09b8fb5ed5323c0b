"""One hash for any plain values: what results are kept under.

Takes numbers, texts, bytes, dates, mappings, sequences and structs of such; equal values give the same hash in
every process and on every machine. A path stands for the bytes of its file, not for where it lies.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from packgen.digests import file_digest


def digest(*values: Any) -> str:
    """SHA-256 of the values, in hexadecimal."""
    import msgspec

    hashed = hashlib.sha256()
    for value in values:
        part = value if isinstance(value, bytes) else msgspec.json.encode(value, order="deterministic", enc_hook=_plain)
        # The length before each part, so that no two lists of parts run together to the same bytes.
        hashed.update(b"%d:" % len(part))
        hashed.update(part)
    return hashed.hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, Path):
        return [value.name, file_digest(value)]
    raise TypeError(f"{type(value).__name__} cannot be hashed")
