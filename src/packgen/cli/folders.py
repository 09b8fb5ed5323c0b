"""The folders that `PACK...` names, patterns expanded: Windows leaves that to the program."""

from __future__ import annotations

import glob
import sys
from collections.abc import Iterable
from pathlib import Path

from packgen.errors import Problem, UsageError
from packgen.workspace import shown_path

PACK_FILE = "pack.json"


def pack_folders(written: Iterable[str]) -> list[Path]:
    """Each folder once, in order. A pattern gives the folders that hold a `pack.json`.

    Where a shell has expanded the pattern, files that lie beside the packs are named and passed over.

    Raises:
        UsageError: a pattern matches no pack, or two packs have the same name.
    """
    folders: dict[Path, None] = {}
    names = list(written)
    among_folders = any(Path(name).is_dir() for name in names)
    for name in names:
        if glob.has_magic(name) and not Path(name).exists():
            matches = glob.glob(name)  # noqa: PTH207  # Path.glob takes no pattern that begins at a drive or root
            found = [path for path in map(Path, sorted(matches)) if (path / PACK_FILE).is_file()]
            if not found:
                raise UsageError(
                    Problem(
                        code="usage.no-match",
                        message=f"no pack matches {name}",
                        hint="a pack is a folder with a pack.json",
                    )
                )
            folders.update(dict.fromkeys(found))
        elif among_folders and Path(name).is_file() and Path(name).name != PACK_FILE:
            print(f"{name}: not a pack, passed over", file=sys.stderr)
        else:
            path = Path(name)
            folders[path.parent if path.name == PACK_FILE else path] = None
    return _each_once(folders)


def _each_once(folders: Iterable[Path]) -> list[Path]:
    """Folders without those that are one of the others, however they were written.

    Raises:
        UsageError: two have the same name, under which both would have their output.
    """
    found: dict[Path, Path] = {}
    names: dict[str, Path] = {}
    for folder in folders:
        place = folder.resolve()
        if place in found:
            continue
        other = names.setdefault(place.name, folder)
        if other is not folder:
            raise UsageError(
                Problem(
                    code="usage.same-name",
                    message=f"{shown_path(other)} and {shown_path(folder)} have the same name, and would have the same "
                    "output",
                    hint="name one of them otherwise, or build them one by one with another --out each",
                )
            )
        found[place] = folder
    return list(found.values())
