"""Where a `$ref` leads, for the plain ones that schemas of templates use; `referencing` answers the rest.

Takes schemas by name; gives a resolver with the `lookup` of those of `referencing`, which is much slower and takes
longer to import than a pack takes to check. Reads no file and asks no network.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol
from urllib.parse import urljoin

from msgspec import Struct

SUFFIX = ".schema.json"
_SPECIAL = frozenset("~%")
"""What makes a JSON pointer in an address mean something else than it says."""

Schema = Mapping[str, Any]


class Resolved(Protocol):
    """What a reference leads to, and the resolver for references in there."""

    @property
    def contents(self) -> Any: ...
    @property
    def resolver(self) -> Any: ...


class Resolver(Protocol):
    """Follows references of one document."""

    def lookup(self, ref: str) -> Resolved: ...


class _Found(Struct, frozen=True):
    """What a plain reference leads to."""

    contents: Any
    resolver: Resolver


class _Document(Struct, frozen=True):
    """The resolver of one schema file. `every` holds all files by each address they can be named with."""

    address: str
    schema: Schema
    every: Mapping[str, Schema]
    otherwise: Callable[[str], Resolver]
    known: dict[tuple[str, str], Resolved]

    def lookup(self, ref: str) -> Resolved:
        key = (self.address, ref)
        if key not in self.known:
            self.known[key] = self._plain(ref) or self.otherwise(self.address).lookup(ref)
        return self.known[key]

    def _plain(self, ref: str) -> Resolved | None:
        file, _, fragment = ref.partition("#")
        address = urljoin(self.address, file) if file else self.address
        schema = self.every.get(address) if file else self.schema
        if schema is None or _SPECIAL.intersection(fragment) or fragment[:1] not in {"", "/"}:
            return None
        contents: Any = schema
        for part in fragment.split("/")[1:]:
            if not isinstance(contents, dict) or part not in contents:
                return None
            contents = contents[part]
            if isinstance(contents, dict) and "$id" in contents:
                return None  # references in there begin at another address
        return _Found(contents, _Document(address, schema, self.every, self.otherwise, self.known) if file else self)


def resolver_of(schemas: Mapping[str, Schema], name: str, otherwise: Callable[[str], Resolver]) -> Resolver:
    """The resolver of the schema `name`.

    Args:
        schemas: all schemas by name.
        name: which one.
        otherwise: gives the resolver of `referencing` for an address, for references that are not plain.
    """
    addresses = {each: address_of(schema, each) for each, schema in schemas.items()}
    if len(set(addresses.values())) < len(addresses) or any("#" in address for address in addresses.values()):
        # Two files claim one address, as a copy does that somebody changed; which counts is not for us to say.
        return otherwise(addresses[name])
    every = {addresses[each]: schema for each, schema in schemas.items()}
    every |= {f"{each}{SUFFIX}": schema for each, schema in schemas.items()}
    return _Document(addresses[name], schemas[name], every, otherwise, {})


def resolver_within(schema: Schema, resolver: Resolver) -> Resolver:
    """The resolver for references in a schema with an `$id`, of the document that `resolver` follows them in."""
    if isinstance(resolver, _Document):
        if schema is resolver.schema:
            return resolver
        resolver = resolver.otherwise(resolver.address)
    from referencing.jsonschema import DRAFT202012

    within: Any = resolver
    found: Resolver = within.in_subresource(DRAFT202012.create_resource(schema))
    return found


def address_of(schema: Schema, name: str) -> str:
    """The address under which a schema is known: its `$id`, or the name of its file."""
    return str(schema.get("$id", f"{name}{SUFFIX}"))
