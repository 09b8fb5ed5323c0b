"""What a build depends on: the SHA-256 of every file, so that it can be told whether the build is still current.

Takes a pack's folder, settings and templates; gives digests by path. Every file in the pack's folder counts, whether
the pack names it or not: building once too often costs seconds, publishing something stale costs trust.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import packgen
from packgen.digests import file_digest, file_digests
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
    papers = sorted(papers_of(root, out.resolve()))
    digests = file_digests([path for _, path in papers])
    found = {shown: digest for (shown, _), digest in zip(papers, digests, strict=True)}
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


def papers_of(root: Path, out: Path) -> Iterator[tuple[str, Path]]:
    """Every file in a pack's folder that somebody wrote, and the records of its publications, by path from there.

    Both folders are resolved. What is built goes to `out`, which does not count.
    """
    output = None if root.is_relative_to(out) else str(out)
    for folder, below, names in os.walk(root):
        here = Path(folder).relative_to(root).as_posix()
        beginning = "" if here == "." else f"{here}/"
        below[:] = [name for name in below if not name.startswith(_SET_ASIDE) and f"{folder}{os.sep}{name}" != output]
        of_publications = beginning.startswith(f"{PUBLISHED}/")
        for name in names:
            path = Path(folder, name)
            if _somebody_wrote(name) and (not of_publications or name == RECORD) and path.is_file():
                yield f"{beginning}{name}", path


def _somebody_wrote(name: str) -> bool:
    return not name.startswith(_SET_ASIDE) and name.lower() not in NOT_PAPERS
