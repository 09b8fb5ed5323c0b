"""The Markdown in a pack's files: what would not reach the page as its author meant it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import partial

from msgspec.structs import replace

from packgen.errors import Problem
from packgen.load import JsonFile, RawPack
from packgen.load.raw_pack import items_with_public_pages
from packgen.schemas import SchemaSet, json_path
from packgen.schemas.findings import DataPath
from packgen.validate.pictures import fault_of_picture
from packgen.validate.recall import Recall, look_again
from packgen.validate.shape import accepted


def check_prose_in_data(raw: RawPack, schemas: SchemaSet, recall: Recall = look_again) -> Iterator[Problem]:
    """Problems of all prose, located in its Markdown file or in the JSON text. Skips data of the wrong shape."""
    items = None
    if not schemas.findings("pack", raw.pack.value):
        items = items_with_public_pages(raw.pack.value)
        yield from recall("prose", raw.pack, partial(_of_file, raw, raw.pack, "pack", schemas, items))
    for data in raw.data.values():
        yield from recall("prose", data, partial(_of_data, raw, data, schemas, items))


def _of_data(raw: RawPack, data: JsonFile, schemas: SchemaSet, items: Collection[str] | None) -> Iterator[Problem]:
    if accepted(data, schemas):
        yield from _of_file(raw, data, data.value["template"], schemas, items)


def _of_file(
    raw: RawPack, file: JsonFile, schema: str, schemas: SchemaSet, items: Collection[str] | None
) -> Iterator[Problem]:
    for path, text in schemas.prose(schema, file.value):
        yield from _check_text(raw, file, path, text, items)


def _check_text(
    raw: RawPack, file: JsonFile, path: DataPath, text: str, items: Collection[str] | None
) -> Iterator[Problem]:
    from packgen.prose import check_prose, parse_prose

    check = partial(check_prose, folder=raw.folder, look_at=fault_of_picture, headings=False, items=items)
    origin = file.prose_files.get(path)
    if origin is not None:
        prose = parse_prose(text, file=origin.shown)
        yield from check(prose)
        return
    prose = parse_prose(text, file=file.shown)
    for problem in check(prose, pointer=json_path(path)):
        position = file.position(path) or (None, None)
        yield replace(problem, line=position[0], column=position[1])
