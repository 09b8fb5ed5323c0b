"""What importing writes: JSON with its keys in the schema's order, Markdown for long prose, pictures.

Takes data with passages of prose; gives files by their paths from the pack's folder. Never writes them and never
overwrites anything.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from packgen.importing.markdown import NotTheSameError, write_markdown
from packgen.importing.pieces import LeftOver, Passage, Record
from packgen.schemas import SchemaSet
from packgen.slugs import slug

LONGEST_IN_JSON = 500
LONGEST_LINES_IN_JSON = 250
"""Characters of prose of one line, and of several, that stay in the JSON; longer prose, and tables, have a file."""


@dataclass(frozen=True)
class Written:
    """Files by their paths from the pack's folder. `json` and `left_over` are two of them; the second may be none."""

    files: Mapping[str, bytes]
    json: str
    left_over: str | None


def write_item(
    data: Mapping[str, Any],
    name: str,
    pictures: Mapping[str, bytes],
    record: Record,
    schemas: SchemaSet,
    schema: str | None,
) -> Written:
    """The files of one item.

    Args:
        data: as a template's mapping gave it, with its `template`.
        name: of the JSON file, without its ending.
        pictures: by their paths.
        record: what is left over goes into a file of its own.
        schemas: give the order of the keys.
        schema: the address of the schema, for editors.
    """
    writer = _Writer(name, record)
    ordered = _ordered(data, schemas.schema(data["template"]), schemas)
    value = writer.value(ordered, ())
    if schema is not None:
        value = {"$schema": schema, **value}
    path = f"items/{name}.json"
    files: dict[str, bytes] = {path: (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()}
    files |= {each: text.encode() for each, text in writer.files.items()}
    left_over = f"items/{name}-left-over.md" if record.left_over else None
    text = _left_over_text(record) if left_over else ""
    used = "\n".join([json.dumps(value, ensure_ascii=False), *writer.files.values(), text])
    files |= {each: content for each, content in pictures.items() if each in used or _is_told(each, record)}
    if left_over:
        files[left_over] = text.encode()
    return Written(files, path, left_over)


def _is_told(path: str, record: Record) -> bool:
    return any(path in remark.message for remark in record.remarks)


class _Writer:
    def __init__(self, name: str, record: Record) -> None:
        self._name = name
        self._record = record
        self.files: dict[str, str] = {}

    def value(self, value: Any, path: tuple[str | int, ...], heading: str = "") -> Any:
        if isinstance(value, Passage):
            return self._prose(value, path, heading)
        if isinstance(value, Mapping):
            # What stands in a list is named by what it is called.
            in_list = bool(path) and isinstance(path[-1], int)
            named = str(value.get("heading") or value.get("title") or value.get("name") or "") if in_list else ""
            return {key: self.value(part, (*path, key), named or heading) for key, part in value.items()}
        if isinstance(value, list):
            return [self.value(part, (*path, index), heading) for index, part in enumerate(value)]
        return value

    def _prose(self, passage: Passage, path: tuple[str | int, ...], heading: str) -> Any:
        text = markdown_of(passage, self._record)
        if len(text) <= (LONGEST_LINES_IN_JSON if "\n" in text else LONGEST_IN_JSON) and "\n|" not in text:
            return text
        base = slug(heading if heading and path[-1] == "text" else " ".join([heading, *_key_words(path)]))
        file = f"items/{self._name}/{base}.md"
        number = 1
        while file in self.files:
            number += 1
            file = f"items/{self._name}/{base}-{number}.md"
        self.files[file] = text + "\n"
        return {"file": file}


def _key_words(path: Sequence[str | int]) -> list[str]:
    words = [
        part.replace("_", " ") for part in path if isinstance(part, str) and part not in {"text", "sections", "items"}
    ]
    numbers = [str(part + 1) for part in path[-1:] if isinstance(part, int)]
    return words[-1:] + numbers


def markdown_of(passage: Passage, record: Record) -> str:
    """The Markdown of a passage; what it cannot say is left over with its words."""

    def told(words: str) -> None:
        record.remark(
            "document",
            f'bold and italic in "{words}" cannot be said in Markdown; the words come in plain',
            code="import.emphasis",
        )

    try:
        return write_markdown(passage.blocks, told)
    except NotTheSameError as error:
        record.remark(
            "document",
            f'Markdown may show "{error}" otherwise than Word does',
            "look at it in the built pack",
            code="import.prose",
        )
        return write_markdown(passage.blocks, told, check=False)


def _ordered(value: Any, schema: Mapping[str, Any], schemas: SchemaSet) -> Any:
    """`value` with the keys of each object in the order of its schema."""
    resolver = schemas.registry.resolver(str(schema.get("$id", "")))
    return _in_order(value, schema, resolver)


def _in_order(value: Any, schema: Any, resolver: Any) -> Any:
    while isinstance(schema, Mapping) and "$ref" in schema and "properties" not in schema:
        resolved = resolver.lookup(schema["$ref"])
        schema, resolver = resolved.contents, resolved.resolver
    if isinstance(value, Mapping):
        declared = schema.get("properties", {}) if isinstance(schema, Mapping) else {}
        keys = [key for key in declared if key in value] + [key for key in value if key not in declared]
        return {key: _in_order(value[key], declared.get(key, {}), resolver) for key in keys}
    if isinstance(value, list):
        return [
            _in_order(each, schema.get("items", {}) if isinstance(schema, Mapping) else {}, resolver) for each in value
        ]
    return value


def _left_over_text(record: Record) -> str:
    parts = [
        f"Left over from {record.file}: what found no place in the item. "
        "Put it where it belongs, then delete this file."
    ]
    for each in record.left_over:
        parts.append(f"**{_shown(each)}**")
        parts.append(markdown_of(Passage(each.blocks), record))
    return "\n\n".join(parts) + "\n"


def _shown(each: LeftOver) -> str:
    return (
        f"{each.place[:1].upper()}{each.place[1:]}: {each.reason}".replace("*", "").replace("[", "(").replace("]", ")")
    )
