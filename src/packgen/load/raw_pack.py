"""A pack as it was written: `pack.json` and the JSON files it names, with every problem of reading them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from packgen.errors import InvalidPackError, Problem
from packgen.item_numbers import place
from packgen.load.json_file import JsonFile, read_json
from packgen.load.read_before import ReadBefore
from packgen.schemas.findings import DataPath
from packgen.workspace.paths import BadPath, locate_inside, shown_path

PACK_FILE = "pack.json"


class RawPack(Struct, frozen=True):
    """`data` holds each readable JSON file under its path as written in `pack.json`; `problems` the rest."""

    folder: Path
    pack: JsonFile
    data: Mapping[str, JsonFile]
    problems: tuple[Problem, ...]


def read_pack(folder: Path, before: ReadBefore | None = None) -> RawPack:
    """Reads `pack.json` and every JSON file it names; with `before`, those only that were not read before.

    Raises:
        InvalidPackError: there is no folder or no `pack.json`, or it cannot be read at all. Problems of the other
            files are collected in the result, so that they are shown together with everything else.
    """
    check_folder(folder)
    read = read_json if before is None else before.read
    pack = read(folder / PACK_FILE, folder)
    data: dict[str, JsonFile] = {}
    problems: list[Problem] = []
    for path, document in written_documents(pack.value):
        name = document.get("data")
        if not isinstance(name, str) or name in data:
            continue
        try:
            data[name] = read(locate_inside(folder, name), folder)
        except BadPath as bad:
            problems.append(pack.problem(bad.code, (*path, "data"), bad.message, bad.hint))
        except InvalidPackError as error:
            problems.extend(error.problems)
    return RawPack(folder, pack, data, tuple(problems))


def check_folder(folder: Path) -> None:
    """Whether there may be a pack in a folder.

    Raises:
        InvalidPackError: there is no such folder, or no `pack.json` in it.
    """
    if not folder.is_dir():
        raise InvalidPackError(
            Problem(
                code="pack.missing",
                file=shown_path(folder),
                message="there is no such folder" if not folder.exists() else "this is a file; name the pack's folder",
                hint="a pack is a folder with a file pack.json in it",
            )
        )
    if not (folder / PACK_FILE).is_file():
        raise InvalidPackError(
            Problem(
                code="pack.no-pack-json",
                file=shown_path(folder),
                message="there is no pack.json in this folder",
                hint="packgen new pack makes a folder with one",
            )
        )


def written_items(value: Any) -> Iterator[tuple[DataPath, Mapping[str, Any]]]:
    """Every item and sub-item of a `pack.json`, however malformed the rest is, with its path."""
    if not isinstance(value, dict):
        return
    for part in ("items", "part_two"):
        for path, item in _objects(value.get(part), (part,)):
            yield path, item
            yield from _objects(item.get("sub_items"), (*path, "sub_items"))


def written_documents(value: Any) -> Iterator[tuple[DataPath, Mapping[str, Any]]]:
    """Every document of a `pack.json`, however malformed the rest is, with its path."""
    for path, item in written_items(value):
        yield from _objects(item.get("documents"), (*path, "documents"))


def numbers_of_items(value: Mapping[str, Any]) -> list[str]:
    """The numbers of all items and sub-items, those of Part Two too, of a `pack.json` that the schema accepts."""
    numbers: list[str] = []
    number = 0
    for part in ("items", "part_two"):
        for item in value.get(part, ()):
            own = item.get("number", number + 1)
            number = place(own)[0]
            numbers += [
                str(own),
                *(f"{own}{sub_item_letter(index)}" for index, _ in enumerate(item.get("sub_items", ()))),
            ]
    return numbers


def items_with_public_pages(value: Mapping[str, Any]) -> list[str]:
    """The numbers of the items that have pages in the public pack, of a `pack.json` that the schema accepts.

    An item counts if a sub-item of it does. Those of Part Two have none: all of its papers are exempt.
    """
    numbers: list[str] = []
    number = 0
    for item in value["items"]:
        own = item.get("number", number + 1)
        number = place(own)[0]
        sub_items = enumerate(item.get("sub_items", ()))
        subs = [f"{own}{sub_item_letter(index)}" for index, sub in sub_items if _has_pages(sub)]
        numbers += [str(own), *subs] if subs or _has_pages(item) else []
    return numbers


def sub_item_letter(index: int) -> str:
    """`a` for 0, `z` for 25, `aa` for 26."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def _has_pages(item: Mapping[str, Any]) -> bool:
    documents = item.get("documents", ())
    if item.get("withdrawn"):
        return False
    return any("exempt" not in document for document in documents) or bool(item.get("to_follow") and not documents)


def _objects(value: Any, path: DataPath) -> Iterator[tuple[DataPath, Mapping[str, Any]]]:
    if isinstance(value, list):
        for index, part in enumerate(value):
            if isinstance(part, dict):
                yield (*path, index), part
