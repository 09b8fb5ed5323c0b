"""Opens PDFs for every room of merging, and says what their library says of them in words that are fit for a message.

Takes bytes, or a file, of which only what is asked for comes into memory; gives an open PDF, or what went wrong. Never
lets a library write to the screen.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

import pikepdf
from pikepdf import Pdf

_NAME = re.compile(r"stream <[^>]*>:? ?|^.*\.pdf(?:: | (?=\())", re.IGNORECASE)
"""What pikepdf calls a file: the path that it was given, or of bytes an address in memory, different on every run."""


def open_pdf(source: bytes | Path, *, repair: bool = True) -> Pdf:
    """The open PDF; with `repair` also one that is broken, if that can be mended.

    Raises:
        pikepdf.PdfError: it cannot be read; `pikepdf.PasswordError` if it needs a password.
    """
    try:
        return pikepdf.open(
            io.BytesIO(source) if isinstance(source, bytes) else source, attempt_recovery=repair, suppress_warnings=True
        )
    except pikepdf.QpdfRuntimeError as error:  # of trees of pages that contradict themselves
        raise pikepdf.PdfError(str(error)) from error


def reason_of(error: Exception) -> str:
    """What the library says, without the name of the file or its address in memory."""
    return _NAME.sub("", str(error)).strip()
