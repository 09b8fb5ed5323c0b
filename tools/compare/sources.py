"""The Word documents that are compared: those of the packs, as filled and as authors sent them, and the corpus.

Takes the repository; gives names and bytes. Builds the packs into a temporary folder.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.corpus.collection import documents

REPOSITORY = Path(__file__).resolve().parents[2]
_PACKS = ("packs/*", "examples/*")


@dataclass(frozen=True)
class Source:
    """A document to be drawn; `covers` says what it is there for."""

    name: str
    covers: str
    docx: bytes


def sources(only: Collection[str] = ()) -> list[Source]:
    """All documents, or those whose names hold one of the words `only`."""
    found = [Source(each.name, each.covers, b"") for each in documents()]
    makers = {each.name: each.make for each in documents()}
    wanted = [Source(each.name, each.covers, makers[each.name]()) for each in found if _is_wanted(each.name, only)]
    if not only or any(word in name for name in _pack_names() for word in only):
        wanted += [each for each in of_packs() if _is_wanted(each.name, only)]
    return wanted


def _is_wanted(name: str, only: Collection[str]) -> bool:
    return not only or any(word in name for word in only)


def _pack_names() -> list[str]:
    return [folder.name for pattern in _PACKS for folder in sorted(REPOSITORY.glob(pattern))] + ["pack", "/"]


def of_packs() -> Iterator[Source]:
    """The filled documents of every pack, its agenda, and its authors' Word files."""
    folders = [folder for pattern in _PACKS for folder in sorted(REPOSITORY.glob(pattern)) if folder.is_dir()]
    with tempfile.TemporaryDirectory(prefix="packgen-compare-") as out:
        command = [sys.executable, "-m", "packgen", "build", *map(str, folders), "--out", out, "--json"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        for folder in folders:
            for file in sorted((Path(out) / folder.name / "editable").glob("*.docx")):
                yield Source(f"{folder.name}/{file.stem}", "a document of a pack", file.read_bytes())
    for folder in folders:
        for file in sorted((folder / "attachments").glob("*.docx")):
            yield Source(f"{folder.name}/attachments/{file.stem}", "an author's file in a pack", file.read_bytes())
