"""Opens PDFs for every room of merging, and says what their library says of them in words that are fit for a message.

Takes bytes; gives an open PDF, or what went wrong. Never lets a library write to the screen.
"""

from __future__ import annotations

import io
import re

import pikepdf
from pikepdf import Pdf

_STREAM_NAME = re.compile(r"stream <[^>]*>:? ?")
"""What pikepdf calls a file that it was given as bytes: an address in memory, different on every run."""


def open_pdf(data: bytes, *, repair: bool = True) -> Pdf:
    """The open PDF; with `repair` also one that is broken, if that can be mended.

    Raises:
        pikepdf.PdfError: it cannot be read; `pikepdf.PasswordError` if it needs a password.
    """
    try:
        return pikepdf.open(io.BytesIO(data), attempt_recovery=repair, suppress_warnings=True)
    except pikepdf.QpdfRuntimeError as error:  # of trees of pages that contradict themselves
        raise pikepdf.PdfError(str(error)) from error


def reason_of(error: Exception) -> str:
    """What the library says, without addresses in memory."""
    return _STREAM_NAME.sub("", str(error)).strip()
