"""What program made a result: packgen's own files, and every library that is installed beside it."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path

import packgen
from packgen.cache.digest import digest


@cache
def program_version() -> str:
    """A hash that changes with packgen, with Python, and with any installed library.

    Of packgen's own files only sizes and times are looked at, so that a change while it is developed is seen too.
    """
    return digest(packgen.__version__, sys.version, _own_files(), _libraries())


def _own_files() -> list[str]:
    found: list[str] = []
    folders = [Path(packgen.__file__).parent.as_posix()]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_file():
                    stat = entry.stat()
                    found.append(f"{entry.path} {stat.st_size} {stat.st_mtime_ns}")
                elif entry.name != "__pycache__":
                    folders.append(entry.path)
    return sorted(found)


def _libraries() -> list[str]:
    """The names of the folders that say which version of what is installed."""
    names: list[str] = []
    for entry in sys.path:
        folder = Path(entry or ".")
        if folder.is_dir():
            names += [each.name for each in os.scandir(folder) if each.name.endswith((".dist-info", ".egg-info"))]
    return sorted(names)
