"""Folders that last as long as the process that asked for them."""

from __future__ import annotations

import atexit
import sys
from pathlib import Path
from tempfile import TemporaryDirectory


def folder_of_process(prefix: str) -> Path:
    """A new folder, which is deleted when this process ends."""
    folder = TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True)
    if "multiprocessing.process" in sys.modules:
        from multiprocessing.util import Finalize

        # A worker that was forked leaves without what `atexit` and Python's own tidying do, but not without this.
        Finalize(None, folder.cleanup, exitpriority=0)
    else:
        atexit.register(folder.cleanup)
    return Path(folder.name)
