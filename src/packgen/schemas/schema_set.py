"""Loads schemas and asks jsonschema; walks data and schema together to find prose.

jsonschema judges all data that a quick look does not find in order; `referencing` follows what is no plain reference.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from packgen.errors import InvalidPackError, Problem
from packgen.schemas.findings import DataPath, Finding, finding_of
from packgen.schemas.quick_look import certainly_fits
from packgen.schemas.references import SUFFIX, Resolver, resolver_of

if TYPE_CHECKING:
    from referencing import Registry

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
    def digest(self) -> str:
        """A hash of all schemas, which changes with any of them."""
        hashed = hashlib.sha256()
        for name in self.names:
            data = self._files[name].read_bytes()
            hashed.update(f"{name} {self._files[name].as_posix()} {len(data)} ".encode())
            hashed.update(data)
        return hashed.hexdigest()

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
    def _resolvers(self) -> dict[str, Resolver]:
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

    def resolver(self, name: str) -> Resolver:
        """What follows the references of one schema, among these schemas only."""
        if name not in self._resolvers:
            every = {each: self.schema(each) for each in self.names}
            self._resolvers[name] = resolver_of(every, name, self._any_resolver)
        return self._resolvers[name]

    def _any_resolver(self, address: str) -> Resolver:
        return self.registry.resolver(address)

    def _judge(self, name: str, value: object) -> list[Finding]:
        if certainly_fits(value, self.schema(name), self.resolver(name)):
            return []
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
        yield from _prose(self.resolver(name), self.schema(name), value, ())


def _prose(
    resolver: Resolver, schema: Mapping[str, Any], value: object, path: DataPath
) -> Iterator[tuple[DataPath, str]]:
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
