"""What a build depends on: the SHA-256 of every file, so that it can be told whether the build is still current.

Takes a pack's folder, settings and templates; gives digests by path. Every file in the pack's folder counts, whether
the pack names it or not: building once too often costs seconds, publishing something stale costs trust.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import packgen
from packgen.digests import file_digest
from packgen.publications import PUBLISHED
from packgen.publications.files import RECORD
from packgen.workspace import Settings, TemplateSet

NOT_PAPERS = ("thumbs.db", "desktop.ini")
"""Files that Windows leaves in folders."""
_SET_ASIDE = (".", "~$")
"""What the names of files and folders begin with that programs keep for themselves."""


def inputs_of(folder: Path, settings: Settings, templates: TemplateSet, out: Path) -> dict[str, str]:
    """SHA-256 in hexadecimal of all that a build of the pack depends on, by path from the pack's folder or by name.

    What is built goes to `out`, which counts for nothing wherever it is.
    """
    root = folder.resolve()
    found = {shown: file_digest(path) for shown, path in sorted(_papers(root, out.resolve()))}
    if settings.file:
        found["packgen.toml"] = file_digest(settings.file)
    for place, path in enumerate(filter(None, (settings.logo, *settings.font_files))):
        found[f"packgen.toml: {path.name} ({place})"] = file_digest(path)
    for name, path in sorted(templates.files.items()):
        found[f"templates/{name}.docx"] = file_digest(path)
    for name, path in sorted(templates.schemas.items()):
        found[f"schemas/{name}.schema.json"] = file_digest(path)
    found["packgen"] = packgen.__version__
    return found


def changed_inputs(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """Names of what has been changed, added or removed, in order."""
    return sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))


def is_input(path: Path, root: Path, out: Path) -> bool:
    """Whether a file in a pack's folder is one that somebody wrote, or the record of a publication."""
    if path.is_relative_to(out) and not root.is_relative_to(out):
        return False
    parts = path.relative_to(root).parts
    if any(part.startswith(_SET_ASIDE) for part in parts) or path.name.lower() in NOT_PAPERS:
        return False
    return parts[0] != PUBLISHED or path.name == RECORD


def _papers(root: Path, out: Path) -> Iterator[tuple[str, Path]]:
    """Every input in a pack's folder, by its path from there."""
    for folder, below, names in os.walk(root):
        here = Path(folder)
        below[:] = [name for name in below if not name.startswith(_SET_ASIDE)]
        for name in names:
            path = here / name
            if is_input(path, root, out) and path.is_file():
                yield path.relative_to(root).as_posix(), path
