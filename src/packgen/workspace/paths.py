"""Paths that an officer typed, made safe.

A path in a pack is written from the pack's folder, with forward slashes, and must stay inside it: symbolic links
are followed before the comparison, because a link beats a look at the path's beginning.
"""

from __future__ import annotations

import difflib
import os
from contextlib import suppress
from functools import lru_cache
from pathlib import Path, PurePosixPath, PureWindowsPath


class BadPath(Exception):  # noqa: N818  # a finding that the caller turns into a located problem
    """Why a path cannot be used, and what to do about it."""

    def __init__(self, code: str, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


def shown_path(path: Path, base: Path | None = None) -> str:
    """The path as an officer would type it: from `base` or the current folder where it lies below, else whole."""
    # `realpath` rather than `resolve`, here and below, which asks the system once more for each path.
    whole = Path(os.path.realpath(path))
    for folder in (base and base.resolve(), _here(str(Path.cwd()))):
        with suppress(ValueError):
            if folder is not None:
                return whole.relative_to(folder).as_posix()
    return path.as_posix()


@lru_cache(maxsize=1)  # asked for with every file
def _here(current: str) -> Path:
    return Path(current).resolve()


def locate_inside(folder: Path, written: str) -> Path:
    """The file that `written` names inside `folder`, resolved.

    Raises:
        BadPath: it is absolute, leads outside the folder, does not exist, is no file, or is empty.
    """
    if "\x00" in written or not written.strip():
        raise BadPath("file.bad-path", "this is not the path of a file")
    if PurePosixPath(written).is_absolute() or PureWindowsPath(written).drive or PureWindowsPath(written).root:
        raise BadPath(
            "file.absolute",
            f"{written} is the path of a place on one computer",
            "copy the file into the pack's folder and write its path from there, for example attachments/plan.pdf",
        )
    root = Path(os.path.realpath(folder))
    path = Path(os.path.realpath(root / written.replace("\\", "/")))
    if not path.is_relative_to(root):
        raise BadPath(
            "file.outside",
            f"{written} leads outside the pack's folder",
            "copy the file into the pack's folder, for example into attachments/",
        )
    inside = path.relative_to(root).parts
    if inside and (inside[0] == "published" or any(part.startswith((".", "~$")) for part in inside)):
        raise BadPath(
            "file.set-aside",
            f"{written} lies where programs keep things of their own, or where publications are",
            "copy the file to another place in the pack's folder, for example into attachments/",
        )
    if not path.exists():
        raise BadPath("file.missing", f"there is no file {written}", _nearest(root, written))
    if not path.is_file():
        raise BadPath("file.not-a-file", f"{written} is a folder, not a file")
    if path.stat().st_size == 0:
        raise BadPath("file.empty", f"{written} is empty", "ask its author to send it again")
    return path


def _nearest(root: Path, written: str) -> str | None:
    """A hint that names the existing file whose name is most like the one that was written."""
    here = [path.relative_to(root).as_posix() for path in sorted(root.rglob("*")) if path.is_file()]
    near = difflib.get_close_matches(written, here, n=1, cutoff=0.5)
    return f"did you mean {near[0]}?" if near else f"look for a misspelt name, or copy the file into {root.name}"
