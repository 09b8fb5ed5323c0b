"""What checks look at: a pack as it was read, and the texts in it with their places."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from packgen.errors import Problem
from packgen.load import JsonFile, RawPack
from packgen.load.raw_pack import written_documents, written_items
from packgen.schemas import SchemaSet
from packgen.schemas.findings import DataPath
from packgen.workspace import Settings

_MAY = 5


def municipal_year(day: dt.date) -> int:
    """The year in which the municipal year of a day began: they begin in May, with the annual meeting."""
    return day.year - (day.month < _MAY)


class WrittenText(Struct, frozen=True):
    """A text of a file, with its path there and the line of its Markdown file, if it stands in one of its own."""

    file: JsonFile
    path: DataPath
    text: str

    def problem(self, code: str, message: str, hint: str, at: int = 0) -> Problem:
        """A warning about this text; `at` is the place in it that the warning is about, from 0."""
        origin = self.file.prose_files.get(self.path)
        if origin is None:
            return self.file.problem(code, self.path, message, hint, severity="warning")
        line = self.text.count("\n", 0, at) + 1
        return Problem(code=code, file=origin.shown, line=line, message=message, hint=hint, severity="warning")


class Subject(Struct, frozen=True):
    """A pack without mistakes: the schemas accept `pack.json` and the data of all documents."""

    raw: RawPack
    settings: Settings
    schemas: SchemaSet

    @property
    def pack(self) -> Mapping[str, Any]:
        return dict(self.raw.pack.value)

    @property
    def meeting_date(self) -> dt.date:
        return dt.date.fromisoformat(self.pack["meeting"]["date"])

    def data(self, *templates: str) -> Iterator[JsonFile]:
        """The data of documents made from one of some templates, or of all."""
        for file in self.raw.data.values():
            if not templates or file.value["template"] in templates:
                yield file

    def prose(self, file: JsonFile) -> Iterator[WrittenText]:
        """Every Markdown text of a document's data."""
        for path, text in self.schemas.prose(file.value["template"], file.value):
            yield WrittenText(file, path, text)

    def texts(self, file: JsonFile) -> Iterator[WrittenText]:
        """Every text of a document's data, Markdown or not."""
        yield from _texts(file, file.value, ())

    def items(self) -> Iterator[tuple[DataPath, Mapping[str, Any]]]:
        """Every item and sub-item with its path in `pack.json`."""
        return written_items(self.pack)

    def papers(self, item: Mapping[str, Any], path: DataPath) -> Iterator[tuple[DataPath, Mapping[str, Any]]]:
        """The documents of one item with their paths."""
        for index, document in enumerate(item.get("documents", ())):
            yield (*path, "documents", index), document

    def documents(self) -> Iterator[tuple[DataPath, Mapping[str, Any]]]:
        """All documents with their paths."""
        return written_documents(self.pack)


def _texts(file: JsonFile, value: Any, path: DataPath) -> Iterator[WrittenText]:
    if isinstance(value, str):
        if path and path[-1] not in ("$schema", "template"):
            yield WrittenText(file, path, value)
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _texts(file, part, (*path, key))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _texts(file, part, (*path, index))
