"""The Markdown in a pack's files: what would not reach the page as its author meant it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from packgen.errors import Problem
from packgen.load import JsonFile, RawPack
from packgen.prose import check_prose, parse_prose
from packgen.schemas import SchemaSet, json_path
from packgen.schemas.findings import DataPath
from packgen.validate.shape import accepted


def check_prose_in_data(raw: RawPack, schemas: SchemaSet) -> Iterator[Problem]:
    """Problems of all prose, located in its Markdown file or in the JSON text. Skips data of the wrong shape."""
    if not schemas.findings("pack", raw.pack.value):
        yield from _check_file(raw, raw.pack, "pack", schemas)
    for name, data in raw.data.items():
        if accepted(raw, name, schemas):
            yield from _check_file(raw, data, data.value["template"], schemas)


def _check_file(raw: RawPack, file: JsonFile, schema: str, schemas: SchemaSet) -> Iterator[Problem]:
    for path, text in schemas.prose(schema, file.value):
        origin = file.prose_files.get(path)
        if origin is not None:
            yield from check_prose(parse_prose(text, file=origin.shown), folder=raw.folder, headings=False)
        else:
            yield from _check_text(raw, file, path, text)


def _check_text(raw: RawPack, file: JsonFile, path: DataPath, text: str) -> Iterator[Problem]:
    prose = parse_prose(text, file=file.shown)
    for problem in check_prose(prose, folder=raw.folder, headings=False, pointer=json_path(path)):
        position = file.position(path) or (None, None)
        yield replace(problem, line=position[0], column=position[1])
