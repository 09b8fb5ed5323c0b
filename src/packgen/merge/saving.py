"""How every PDF of merging is written: in one way, so that the same request gives the same bytes."""

from __future__ import annotations

import io

import pikepdf


def save(pack: pikepdf.Pdf) -> bytes:
    """The bytes of a PDF."""
    file = io.BytesIO()
    pack.save(
        file,
        min_version="1.7",
        fix_metadata_version=False,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
        deterministic_id=True,
    )
    return file.getvalue()
