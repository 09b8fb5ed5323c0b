"""Paths that an officer typed, made safe.

A path in a pack is written from the pack's folder, with forward slashes, and must stay inside it: symbolic links
are followed before the comparison, because a link beats a look at the path's beginning.
"""

from __future__ import annotations

import difflib
import os
import stat
from functools import lru_cache
from pathlib import Path, PureWindowsPath


class BadPath(Exception):  # noqa: N818  # a finding that the caller turns into a located problem
    """Why a path cannot be used, and what to do about it."""

    def __init__(self, code: str, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


def shown_path(path: Path, base: Path | None = None) -> str:
    """The path as an officer would type it: from `base` or the current folder where it lies below, else whole."""
    # `realpath` rather than `resolve`, here and below, which asks the system once more for each path.
    return _shown(os.path.realpath(path), path, base)


def shown_as_found(path: Path) -> str:
    """The same of a path that `locate_inside` gave."""
    return _shown(str(path), path, None)


def _shown(whole: str, path: Path, base: Path | None) -> str:
    for folder in (os.path.realpath(base) if base else None, _here(os.getcwd())):
        inside = _below(whole, folder) if folder is not None else None
        if inside is not None:
            return inside.replace(os.sep, "/") or "."
    return path.as_posix()


@lru_cache(maxsize=1)  # asked for with every file
def _here(current: str) -> str:
    return os.path.realpath(current)


def _below(path: str, folder: str) -> str | None:
    """A path from a folder, empty if it is that; None if it does not lie below. Both are resolved."""
    beginning = folder.removesuffix(os.sep) + os.sep
    if os.path.normcase(path) == os.path.normcase(folder):
        return ""
    return path[len(beginning) :] if os.path.normcase(path).startswith(os.path.normcase(beginning)) else None


def locate_inside(folder: Path, written: str) -> Path:
    """The file that `written` names inside `folder`, resolved.

    Raises:
        BadPath: it is absolute, leads outside the folder, does not exist, is no file, or is empty.
    """
    if "\x00" in written or not written.strip():
        raise BadPath("file.bad-path", "this is not the path of a file")
    if written.startswith(("/", "\\")) or PureWindowsPath(written).drive:
        raise BadPath(
            "file.absolute",
            f"{written} is the path of a place on one computer",
            "copy the file into the pack's folder and write its path from there, for example attachments/plan.pdf",
        )
    root = os.path.realpath(folder)
    whole = _real(root, written.replace("\\", "/"))
    below = _below(whole, root)
    if below is None:
        raise BadPath(
            "file.outside",
            f"{written} leads outside the pack's folder",
            "copy the file into the pack's folder, for example into attachments/",
        )
    inside = below.split(os.sep)
    if inside[0] == "published" or any(part.startswith((".", "~$")) for part in inside):
        raise BadPath(
            "file.set-aside",
            f"{written} lies where programs keep things of their own, or where publications are",
            "copy the file to another place in the pack's folder, for example into attachments/",
        )
    try:
        found = os.stat(whole)
    except OSError:
        raise BadPath("file.missing", f"there is no file {written}", _nearest(Path(root), written)) from None
    if not stat.S_ISREG(found.st_mode):
        raise BadPath("file.not-a-file", f"{written} is a folder, not a file")
    if found.st_size == 0:
        raise BadPath("file.empty", f"{written} is empty", "ask its author to send it again")
    return Path(whole)


def _real(root: str, written: str) -> str:
    """The path of what is written from the resolved folder `root`, with every symbolic link followed.

    Most paths have none and name no folder above. That is seen at once where names have a single spelling.
    """
    path = root
    for name in written.split("/") if os.sep == "/" else [""]:
        path = f"{path}/{name}"
        if name in ("", ".", "..") or os.path.islink(path):
            return os.path.realpath(f"{root}/{written}")
    return path


def _nearest(root: Path, written: str) -> str | None:
    """A hint that names the existing file whose name is most like the one that was written."""
    here = [path.relative_to(root).as_posix() for path in sorted(root.rglob("*")) if path.is_file()]
    near = difflib.get_close_matches(written, here, n=1, cutoff=0.5)
    return f"did you mean {near[0]}?" if near else f"look for a misspelt name, or copy the file into {root.name}"
