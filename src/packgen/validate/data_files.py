"""What findings on a JSON file of a pack depend on, as a key under which they are remembered.

Takes a pack and a memory; gives a `Recall` for checks that look at one such file with the prose it takes in. Lists the
names of the pack's files where they matter, with a hash of those that may be pictures.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from packgen.digests import bytes_digest
from packgen.load import JsonFile, RawPack
from packgen.load.raw_pack import items_with_public_pages
from packgen.prose.check import PICTURE_SUFFIXES
from packgen.schemas import SchemaSet
from packgen.schemas.findings import DataPath
from packgen.validate.left_over import said_by_pack
from packgen.validate.recall import Find, Memory, NoMemory, Problems, Recall, key_of, look_again
from packgen.workspace import TemplateSet


def recall_of(memory: Memory, raw: RawPack, schemas: SchemaSet, templates: TemplateSet) -> Recall:
    """How to recall findings on the JSON files of a pack."""
    if isinstance(memory, NoMemory):
        return look_again
    shared = (str(raw.folder.resolve()), schemas.digest, templates.for_documents, said_by_pack(raw.pack.value))
    keys: dict[str, tuple[str, list[Path]]] = {}

    def recall(check: str, file: JsonFile, find: Find) -> Problems:
        if file.shown not in keys:
            files = _files_that_matter(file, raw)
            around = list(_surroundings(file, raw, schemas))
            pictures = [Path(path) for path, _ in files if path.lower().endswith(PICTURE_SUFFIXES)]
            keys[file.shown] = key_of(shared, list(_contents(file)), around, files), pictures
        of_file, pictures = keys[file.shown]
        # Pictures are opened by checks, and may be saved meanwhile.
        return memory.recall(lambda: key_of(check, of_file, [memory.digest(each) for each in pictures]), find)

    return recall


def _contents(file: JsonFile) -> Iterator[Any]:
    """A file and the prose that it takes in, by hashes where they may be long."""
    yield file.shown
    yield _hash(file.text)
    for path, shown, text in _prose(file):
        yield path, shown, _hash(text)


def _prose(file: JsonFile) -> Iterator[tuple[DataPath, str, str]]:
    for path, origin in file.prose_files.items():
        value: Any = file.value
        for part in path:
            value = value[part]
        yield path, origin.shown, value


def _hash(text: str) -> str:
    return bytes_digest(text.encode("utf-8", "surrogatepass"))


def _surroundings(file: JsonFile, raw: RawPack, schemas: SchemaSet) -> Iterator[Any]:
    """What findings on a file depend on outside of it, if its texts may link to an item.

    Every spelling of such a link has the word "packgen" in it, unless it is spelled with entities.
    """
    if _may_have(file, "packgen", "&"):
        sound = not schemas.findings("pack", raw.pack.value)
        yield "items", items_with_public_pages(raw.pack.value) if sound else None


def _files_that_matter(file: JsonFile, raw: RawPack) -> Sequence[tuple[str, str]]:
    """The pack's files, if texts may show pictures, every spelling of which in Markdown has `![` in it."""
    return list(_files_in(str(raw.folder.resolve()))) if _may_have(file, "![") else ()


def _may_have(file: JsonFile, *signs: str) -> bool:
    """Whether a file or the prose that it takes in has one of some signs; a letter may be spelled by number in JSON."""
    texts = (file.text, *(text for _, _, text in _prose(file)))
    return "\\u" in file.text or any(sign in text for text in texts for sign in signs)


def _files_in(folder: str) -> Iterator[tuple[str, str]]:
    """Every file below a folder, and where each link leads."""
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.is_symlink() or getattr(entry, "is_junction", bool)():
                yield entry.path, os.path.realpath(entry.path)
            elif entry.is_dir():
                yield from _files_in(entry.path)
            else:
                yield entry.path, ""
