"""What is left over in a document's data: another meeting's date or committee, and words of a skeleton."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from packgen.errors import Problem
from packgen.load import JsonFile, RawPack
from packgen.schemas import FROM_PACK, SchemaSet
from packgen.schemas.findings import DataPath
from packgen.validate.recall import Recall, look_again
from packgen.validate.shape import accepted

_SKELETON = re.compile(r"\[[A-Z][^\[\]]*\]")
"""A text that is nothing but words in square brackets, as `packgen new item` writes it."""


def check_left_over(raw: RawPack, schemas: SchemaSet, recall: Recall = look_again) -> Iterator[Problem]:
    """Warnings only: a pack may be looked at before it is finished. Skips data of the wrong shape."""
    meant = said_by_pack(raw.pack.value)
    for data in raw.data.values():
        yield from recall("left over", data, partial(_of_file, data, schemas, meant))


def _of_file(data: JsonFile, schemas: SchemaSet, meant: Mapping[str, Any]) -> Iterator[Problem]:
    if accepted(data, schemas):
        yield from _differences(data, schemas.schema(data.value["template"]), meant)
        yield from _placeholders(data)


def said_by_pack(pack: Any) -> Mapping[str, Any]:
    """What documents take from the pack, by the value of `x-from-pack`."""
    meeting = pack.get("meeting") if isinstance(pack, dict) else None
    date = meeting.get("date") if isinstance(meeting, dict) else None
    return {"meeting.date": date, "committee": pack.get("committee") if isinstance(pack, dict) else None}


def _differences(data: JsonFile, schema: Mapping[str, Any], meant: Mapping[str, Any]) -> Iterator[Problem]:
    for key, declared in schema.get("properties", {}).items():
        said = meant.get(declared.get(FROM_PACK, ""))
        if said is not None and key in data.value and data.value[key] != said:
            yield data.problem(
                "data.not-of-this-meeting",
                (key,),
                f'the document says "{data.value[key]}", pack.json says "{said}"',
                f'take "{key}" out of the document, and it is taken from pack.json',
                severity="warning",
            )


def _placeholders(data: JsonFile) -> Iterator[Problem]:
    """One warning for a file, however many of its texts nobody has written yet."""
    places = list(_skeleton_words(data.value, ()))
    if places:
        path, words = places[0]
        more = f" (and {len(places) - 1} more)" if len(places) > 1 else ""
        yield data.problem(
            "data.skeleton-words",
            path,
            f"this still holds the words that the skeleton brought: {words}{more}",
            "write your own words there, or take the keys out",
            severity="warning",
        )


def _skeleton_words(value: Any, path: DataPath) -> Iterator[tuple[DataPath, str]]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _skeleton_words(part, (*path, key))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _skeleton_words(part, (*path, index))
    elif isinstance(value, str) and _SKELETON.fullmatch(value.strip()):
        yield path, value.strip()
