"""A skeleton of data from a schema, and a page that explains every key. Pure.

Texts that an officer must replace stand in square brackets and say what belongs there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from packgen.schemas import FROM_PACK, SchemaSet

LEFT_OUT = frozenset({"$schema"})
# Where a description has said what belongs there and goes on to explain or to give an example.
_EXPLAINED = re.compile(r"[:.;] |,? for example|, if ")


class Skeleton:
    """Data that a template's schema accepts, with every key. `date` stands wherever a date is wanted."""

    def __init__(self, name: str, schemas: SchemaSet, date: str) -> None:
        self._root = schemas.schema(name)
        self._resolver = schemas.registry.resolver(str(self._root["$id"]))
        self._date = date

    def data(self) -> dict[str, Any]:
        return {
            key: self._value(part, self._resolver)
            for key, part in self._root["properties"].items()
            # What the pack says already would be left over when the pack changes.
            if key not in LEFT_OUT and FROM_PACK not in part
        }

    def keys(self) -> Iterator[tuple[str, str, str]]:
        """Each key with its path, whether it is required, and its description, in the order of the schema."""
        yield from self._keys(self._root, self._resolver, "")

    def _resolve(self, schema: Mapping[str, Any], resolver: Any) -> tuple[dict[str, Any], Any]:
        """The schema with what it refers to merged in, its own description first."""
        merged = dict(schema)
        while "$ref" in merged:
            found = resolver.lookup(merged.pop("$ref"))
            resolver = found.resolver
            merged = {**found.contents, **merged}
        return merged, resolver

    def _value(self, schema: Mapping[str, Any], resolver: Any) -> Any:
        merged, resolver = self._resolve(schema, resolver)
        if "const" in merged:
            return merged["const"]
        if "default" in merged and merged.get("type") != "object":
            return merged["default"]
        if "enum" in merged:
            return merged["enum"][0]
        if "oneOf" in merged:
            first = merged["oneOf"][0]
            return self._value({**first, "description": merged.get("description", "")}, resolver)
        match merged.get("type"):
            case "object":
                return {key: self._value(part, resolver) for key, part in merged.get("properties", {}).items()}
            case "array":
                return [self._value(merged.get("items", {}), resolver)]
            case "boolean":
                return True
            case "integer":
                return merged.get("minimum", 1)
        return self._text(merged)

    def _text(self, schema: Mapping[str, Any]) -> str:
        known = {"date": self._date, "email": "name@council.example.org", "uri": "https://www.example.org/"}
        if schema.get("format") in known:
            return known[schema["format"]]
        if "[01][0-9]" in schema.get("pattern", ""):
            return "10:00"
        return f"[{_EXPLAINED.split(str(schema.get('description', 'Text')))[0].rstrip('.')}]"

    def _keys(self, schema: Mapping[str, Any], resolver: Any, prefix: str) -> Iterator[tuple[str, str, str]]:
        merged, resolver = self._resolve(schema, resolver)
        if merged.get("type") == "array":
            yield from self._keys(merged.get("items", {}), resolver, f"{prefix}[]")
            return
        for key, part in merged.get("properties", {}).items():
            if key in LEFT_OUT:
                continue
            path = f"{prefix}.{key}" if prefix else key
            described, inner = self._resolve(part, resolver)
            needed = "required" if key in merged.get("required", ()) else "optional"
            yield path, needed, str(described.get("description", ""))
            yield from self._keys(described, inner, path)


def keys_page(title: str, keys: Iterator[tuple[str, str, str]]) -> str:
    """A Markdown page that explains each key on a line of its own."""
    lines = [f"# {title}: the keys", "", "A name after a dot stands inside the one before; [] means a list.", ""]
    lines += [f"- `{path}` ({needed}): {description}" for path, needed, description in keys]
    return "\n".join(lines) + "\n"
