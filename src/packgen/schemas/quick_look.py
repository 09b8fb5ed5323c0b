"""A quick look at whether data fits a schema, so that jsonschema is only asked about data that may not.

Takes a value, a schema and a resolver; says that the value fits, or nothing. It judges the keywords that schemas of
templates use as jsonschema judges them, and leaves every other to it: what is wrong, and whether anything is, is for
jsonschema alone to say. That costs a tenth of a second to import, and most data is in order.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any

from packgen.schemas.references import Resolver

_PLAIN_ADDRESS = re.compile(
    r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~!$'()*+,;=:@/-]*)?(\?[A-Za-z0-9=&_-]*)?"
)
"""Addresses of which every reader of RFC 3986 says that they are some."""
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class _NotSure(Exception):  # noqa: N818  # no error: the end of a quick look
    """Something that only jsonschema can judge."""


def certainly_fits(value: object, schema: Any, resolver: Resolver) -> bool:
    """Whether jsonschema would find nothing wrong. False says nothing: the value may fit all the same."""
    try:
        return _fits(value, schema, resolver, root=True)
    except _NotSure:
        return False
    except Exception:  # a schema that is none: jsonschema says what is wrong with it
        return False


def _fits(value: object, schema: Any, resolver: Resolver, *, root: bool = False) -> bool:
    if isinstance(schema, bool):
        return schema
    if not isinstance(schema, dict) or ("$id" in schema and not root):
        raise _NotSure
    for keyword, wanted in schema.items():
        judge = _JUDGES.get(keyword)
        if judge is not None:
            if not judge(value, wanted, schema, resolver):
                return False
        elif keyword in LEFT_TO_JSONSCHEMA:
            raise _NotSure
    return True


def _reference(value: object, wanted: Any, _: Mapping[str, Any], resolver: Resolver) -> bool:
    found = resolver.lookup(wanted)
    return _fits(value, found.contents, found.resolver)


def _type(value: object, wanted: Any, _: Mapping[str, Any], __: Resolver) -> bool:
    return any(_is_type(value, each) for each in ([wanted] if isinstance(wanted, str) else wanted))


def _is_type(value: object, name: str) -> bool:
    if name == "number":
        return type(value) in {int, float}
    if name == "integer" and isinstance(value, float):
        raise _NotSure
    return type(value) is _TYPES[name]


_TYPES = {"string": str, "integer": int, "boolean": bool, "array": list, "object": dict, "null": type(None)}


def _properties(value: object, wanted: Any, _: Mapping[str, Any], resolver: Resolver) -> bool:
    if not isinstance(value, dict):
        return True
    return all(_fits(value[key], schema, resolver) for key, schema in wanted.items() if key in value)


def _additional_properties(value: object, wanted: Any, schema: Mapping[str, Any], _: Resolver) -> bool:
    if wanted is not False or "patternProperties" in schema:
        raise _NotSure
    return not isinstance(value, dict) or value.keys() <= schema.get("properties", {}).keys()


def _required(value: object, wanted: Any, _: Mapping[str, Any], __: Resolver) -> bool:
    if not isinstance(wanted, list):
        raise _NotSure
    return not isinstance(value, dict) or all(key in value for key in wanted)


def _items(value: object, wanted: Any, schema: Mapping[str, Any], resolver: Resolver) -> bool:
    if "prefixItems" in schema:
        raise _NotSure
    return not isinstance(value, list) or all(_fits(each, wanted, resolver) for each in value)


def _one_of(value: object, wanted: Any, _: Mapping[str, Any], resolver: Resolver) -> bool:
    return sum([_fits(value, each, resolver) for each in wanted]) == 1


def _any_of(value: object, wanted: Any, _: Mapping[str, Any], resolver: Resolver) -> bool:
    return any([_fits(value, each, resolver) for each in wanted])  # noqa: C419  # each must be judged to be sure


def _all_of(value: object, wanted: Any, _: Mapping[str, Any], resolver: Resolver) -> bool:
    return all(_fits(value, each, resolver) for each in wanted)


def _enum(value: object, wanted: Any, _: Mapping[str, Any], __: Resolver) -> bool:
    return any([_same(value, each) for each in wanted])  # noqa: C419  # as above


def _const(value: object, wanted: Any, _: Mapping[str, Any], __: Resolver) -> bool:
    return _same(value, wanted)


def _same(value: object, wanted: object) -> bool:
    if type(wanted) not in {str, int, bool} or isinstance(value, float):
        raise _NotSure  # 1 and 1.0 are one number
    return type(value) is type(wanted) and value == wanted


def _unique_items(value: object, wanted: Any, _: Mapping[str, Any], __: Resolver) -> bool:
    if not isinstance(value, list) or wanted is False:
        return True
    if {type(each) for each in value} not in [set(), {str}, {int}]:
        raise _NotSure
    return len(set(value)) == len(value)


def _pattern(value: object, wanted: Any, _: Mapping[str, Any], __: Resolver) -> bool:
    return not isinstance(value, str) or re.search(wanted, value) is not None


def _format(value: object, wanted: Any, _: Mapping[str, Any], __: Resolver) -> bool:
    if not isinstance(value, str):
        return True
    if wanted == "date" and _DATE.fullmatch(value):
        return bool(dt.date.fromisoformat(value))
    if (wanted == "email" and "@" in value) or (wanted == "uri" and _PLAIN_ADDRESS.fullmatch(value)):
        return True
    raise _NotSure


def _bound(kind: type | tuple[type, ...], within: Callable[[Any, Any], bool]) -> Callable[..., bool]:
    """The judge of a keyword that bounds values of one kind, and says nothing of others."""

    def judge(value: object, wanted: Any, _: Mapping[str, Any], __: Resolver) -> bool:
        if isinstance(wanted, bool) or not isinstance(wanted, int | float):
            raise _NotSure
        return isinstance(value, bool) or not isinstance(value, kind) or within(value, wanted)

    return judge


_JUDGES: Mapping[str, Callable[[object, Any, Mapping[str, Any], Resolver], bool]] = {
    "$ref": _reference,
    "type": _type,
    "properties": _properties,
    "additionalProperties": _additional_properties,
    "required": _required,
    "items": _items,
    "oneOf": _one_of,
    "anyOf": _any_of,
    "allOf": _all_of,
    "enum": _enum,
    "const": _const,
    "uniqueItems": _unique_items,
    "pattern": _pattern,
    "format": _format,
    "minimum": _bound((int, float), lambda value, least: value >= least),
    "maximum": _bound((int, float), lambda value, most: value <= most),
    "minItems": _bound(list, lambda value, least: len(value) >= least),
    "maxItems": _bound(list, lambda value, most: len(value) <= most),
    "minLength": _bound(str, lambda value, least: len(value) >= least),
    "maxLength": _bound(str, lambda value, most: len(value) <= most),
}
LEFT_TO_JSONSCHEMA = frozenset(
    [
        "$dynamicRef", "contains", "dependentRequired", "dependentSchemas", "exclusiveMaximum", "exclusiveMinimum",
        "if", "maxProperties", "minProperties", "multipleOf", "not", "patternProperties", "prefixItems",
        "propertyNames", "unevaluatedItems", "unevaluatedProperties",
    ]
)  # fmt: skip
"""All other keywords by which jsonschema 4.23 to 4.26 refuses data; a test compares them with those installed."""
