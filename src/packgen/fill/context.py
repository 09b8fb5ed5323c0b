"""Data completed from its schema, so that a template may name everything that the schema declares.

Takes data that the schema has accepted; gives a copy in which every property that is declared but absent has its
default, an empty list, or None. Never changes the data, never fetches a schema: the resolver has them all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from packgen.schemas.references import Resolver, resolver_within

Schema = Mapping[str, Any] | bool


def complete_context(data: Mapping[str, Any], schema: Mapping[str, Any], resolver: Resolver) -> dict[str, Any]:
    """Every name that the schema declares, with the data's value where it has one.

    Args:
        data: what stands in the JSON file; texts that it takes from other files are already in it.
        schema: JSON Schema 2020-12.
        resolver: follows the references of the schema.
    """
    completed = _completed(data, schema, resolver)
    assert isinstance(completed, dict)
    return completed


def _completed(data: Any, schema: Schema, resolver: Resolver) -> Any:
    if isinstance(data, Mapping):
        return _completed_object(data, list(_applying(data, schema, resolver)))
    if isinstance(data, list | tuple):
        for each, where in _applying(data, schema, resolver):
            if "items" in each:
                return [_completed(item, each["items"], where) for item in data]
        return list(data)
    return data


def _completed_object(data: Mapping[str, Any], applying: list[tuple[Mapping[str, Any], Resolver]]) -> dict[str, Any]:
    completed = dict(data)
    for schema, resolver in applying:
        for name, declared in schema.get("properties", {}).items():
            if name in data:
                completed[name] = _completed(completed[name], declared, resolver)
            elif completed.get(name) is None:
                completed[name] = _absent(declared, resolver)
        others = schema.get("additionalProperties")
        if isinstance(others, Mapping):
            named = schema.get("properties", {})
            completed |= {
                name: _completed(value, others, resolver) for name, value in data.items() if name not in named
            }
    return completed


def _absent(schema: Schema, resolver: Resolver) -> Any:
    """What a template sees for a property that the data lacks."""
    is_array = False
    for each, where in _applying(None, schema, resolver):
        if "default" in each:
            return _completed(each["default"], each, where)
        is_array = is_array or each.get("type") == "array"
    return [] if is_array else None


def _applying(data: Any, schema: Schema, resolver: Resolver) -> Iterator[tuple[Mapping[str, Any], Resolver]]:
    """The schema and those it refers to that say something of this data, each with its own resolver."""
    if not isinstance(schema, Mapping):
        return
    resolver = resolver_within(schema, resolver) if "$id" in schema else resolver
    yield schema, resolver
    if "$ref" in schema:
        found = resolver.lookup(schema["$ref"])
        yield from _applying(data, found.contents, found.resolver)
    for part in schema.get("allOf", ()):
        yield from _applying(data, part, resolver)
    for key in ("oneOf", "anyOf"):
        for choice in schema.get(key, ()):
            if _fits(data, choice, resolver):
                yield from _applying(data, choice, resolver)


def _fits(data: Any, choice: Schema, resolver: Resolver) -> bool:
    """Whether data is of a kind that a choice describes; nothing is of every kind."""
    if data is None:
        return True
    kinds = {"object": Mapping, "array": list | tuple, "string": str}
    for each, _ in _applying(None, choice, resolver):
        kind = each.get("type")
        if isinstance(kind, str) and kind in kinds and not isinstance(data, kinds[kind]):
            return False
        if isinstance(data, Mapping):
            constants = {
                name: declared.get("const")
                for name, declared in each.get("properties", {}).items()
                if "const" in declared
            }
            if any(data.get(name) != constant for name, constant in constants.items() if name in data):
                return False
            if any(name not in data for name in each.get("required", ())):
                return False
            if each.get("additionalProperties") is False and any(
                name not in each.get("properties", {}) for name in data
            ):
                return False
    return True
