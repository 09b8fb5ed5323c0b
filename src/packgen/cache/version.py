"""What program made a result: packgen's own files, and every library that is installed beside it.

Takes nothing but names of libraries; looks at names, sizes and times of files, and opens none.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path, PurePath

import packgen
from packgen.cache.digest import digest


@cache
def program_version() -> str:
    """A hash that changes with packgen, with Python, and with any installed library.

    Of packgen's own files only sizes and times are looked at, so that a change while it is developed is seen too.
    """
    return digest(packgen.__version__, sys.version, _own_files(), _libraries())


@cache
def version_of(library: str) -> str:
    """The version of an installed library, from the name of the folder that says what is installed.

    `importlib.metadata`, which reads the file in that folder, takes longer to import than a page to draw; it is asked
    where libraries are installed in another way.
    """
    wanted = library.replace("-", "_").lower()
    for folder in _libraries():
        name, _, version = PurePath(folder).stem.partition("-")
        if name.replace("-", "_").replace(".", "_").lower() == wanted and folder.endswith(".dist-info"):
            return version
    from importlib import metadata

    return metadata.version(library)


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


@cache
def _libraries() -> list[str]:
    """The names of the folders that say which version of what is installed, in the order in which Python looks."""
    names: list[str] = []
    for entry in sys.path:
        folder = Path(entry or ".")
        if folder.is_dir():
            found = (each.name for each in os.scandir(folder))
            names += sorted(name for name in found if name.endswith((".dist-info", ".egg-info")))
    return names
