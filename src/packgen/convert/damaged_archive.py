"""What Python's zipfile raises of a damaged archive: each of these has been seen with files broken on purpose."""

from __future__ import annotations

import zipfile
import zlib

DAMAGED_ARCHIVE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
