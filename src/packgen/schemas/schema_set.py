"""Loads schemas and asks jsonschema; walks data and schema together to find prose."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from packgen.errors import InvalidPackError, Problem
from packgen.schemas.findings import DataPath, Finding, finding_of

if TYPE_CHECKING:
    from referencing import Registry

SUFFIX = ".schema.json"
MARKDOWN = ("x-format", "markdown")
FROM_PACK = "x-from-pack"
"""Says of a key that it may be left out, and from where in `pack.json` its value is then taken."""


def schema_files(folder: Path) -> dict[str, Path]:
    """The schema files of a folder by name."""
    return {path.name.removesuffix(SUFFIX): path for path in sorted(folder.glob(f"*{SUFFIX}"))}


class SchemaSet:
    """Schemas by name, each read when it is first asked for."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        self._files = dict(files)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(sorted(self._files))

    @cached_property
    def registry(self) -> Registry[Any]:
        """Every schema under its `$id`; anything else is not found, rather than fetched."""
        from referencing import Registry
        from referencing.jsonschema import DRAFT202012

        resources = [DRAFT202012.create_resource(self.schema(name)) for name in self.names]
        by_id = [(resource.id() or "", resource) for resource in resources]
        by_name = [(f"{name}{SUFFIX}", resource) for name, resource in zip(self.names, resources, strict=True)]
        return Registry().with_resources([*by_id, *by_name])

    @cached_property
    def _judged(self) -> dict[tuple[str, int], tuple[object, list[Finding]]]:
        return {}

    @cached_property
    def _loaded(self) -> dict[str, Mapping[str, Any]]:
        return {}

    def schema(self, name: str) -> Mapping[str, Any]:
        """The schema of one name.

        Raises:
            InvalidPackError: the file is not a JSON object.
            KeyError: there is none of that name.
        """
        if name not in self._loaded:
            path = self._files[name]
            try:
                schema = json.loads(path.read_text(encoding="utf-8-sig"))
                if not isinstance(schema, dict):
                    raise ValueError("not an object")
            except ValueError as error:
                raise InvalidPackError(
                    Problem(code="schema.broken", file=path.as_posix(), message=f"this schema cannot be read: {error}")
                ) from error
            self._loaded[name] = schema
        return self._loaded[name]

    def findings(self, name: str, value: object) -> list[Finding]:
        """Everything in `value` that the schema forbids, in the order of the data.

        The same value is judged once: it is asked for by each check that needs data of the right shape.
        """
        known = self._judged.get((name, id(value)))
        if known is None:
            # Holding the value keeps its identity from being given to another.
            known = self._judged[name, id(value)] = (value, self._judge(name, value))
        return known[1]

    def _judge(self, name: str, value: object) -> list[Finding]:
        from jsonschema import Draft202012Validator

        validator = Draft202012Validator(
            self.schema(name), registry=self.registry, format_checker=Draft202012Validator.FORMAT_CHECKER
        )
        try:
            errors = sorted(validator.iter_errors(value), key=lambda error: [str(part) for part in error.absolute_path])
        except Exception as error:  # whatever jsonschema raises here, the schema is at fault
            raise InvalidPackError(self._broken(name, error)) from error
        return [finding for error in errors for finding in finding_of(error)]

    def _broken(self, name: str, error: Exception) -> Problem:
        """What is wrong with a schema that cannot be used."""
        from jsonschema import Draft202012Validator
        from jsonschema.exceptions import SchemaError

        reason, pointer = str(error).split("\n")[0], None
        try:
            Draft202012Validator.check_schema(self.schema(name))
        except SchemaError as found:
            reason, pointer = found.message, found.json_path
        return Problem(
            code="schema.broken",
            file=self._files[name].as_posix(),
            pointer=pointer,
            message=f"this is not a JSON Schema that can be used: {reason}",
            hint="compare it with one of the schemas that packgen brings",
        )

    def prose(self, name: str, value: object) -> Iterator[tuple[DataPath, str]]:
        """Every Markdown text in `value`, with its path. Expects data that the schema accepts."""
        schema = self.schema(name)
        resolver = self.registry.resolver(str(schema.get("$id", f"{name}{SUFFIX}")))
        yield from _prose(resolver, schema, value, ())


def _prose(resolver: Any, schema: Mapping[str, Any], value: object, path: DataPath) -> Iterator[tuple[DataPath, str]]:
    if isinstance(value, str) and MARKDOWN in schema.items():
        yield path, value
        return
    if "$ref" in schema:
        resolved = resolver.lookup(schema["$ref"])
        yield from _prose(resolved.resolver, resolved.contents, value, path)
    if isinstance(value, dict):
        for key, part in value.items():
            if key in schema.get("properties", {}):
                yield from _prose(resolver, schema["properties"][key], part, (*path, key))
    elif isinstance(value, list) and isinstance(schema.get("items"), dict):
        for index, part in enumerate(value):
            yield from _prose(resolver, schema["items"], part, (*path, index))
