"""Turns what jsonschema reports into words that an officer can act on."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

DataPath = tuple[str | int, ...]
_KINDS = {
    "string": "text in quotes",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list in [ ]",
    "object": "keys and values in { }",
    "null": "null",
}
_FORMATS = {
    "date": ("a date", "write year-month-day, for example 2022-10-24"),
    "email": ("an e-mail address", "for example name@council.example.org"),
    "uri": ("a web address", "begin with https://"),
    "time": ("a time", "for example 10:00"),
}


class Finding(Struct, frozen=True):
    """One thing that a schema forbids. `path` leads to it from the root of the data."""

    code: str
    path: DataPath
    message: str
    hint: str | None = None

    @property
    def pointer(self) -> str:
        return json_path(self.path)


def json_path(path: DataPath) -> str:
    """A path in JSONPath notation (RFC 9535): `$.contacts[0].email`."""
    text = "$"
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        elif re.fullmatch(r"[A-Za-z_$][\w$]*", part):
            text += f".{part}"
        else:
            text += f"[{json.dumps(part, ensure_ascii=False)}]"
    return text


def finding_of(error: ValidationError) -> Iterator[Finding]:
    """The findings behind one error: several where one error names several keys."""
    path = tuple(error.absolute_path)
    keyword = str(error.validator)
    schema: Mapping[str, Any] = error.schema if isinstance(error.schema, dict) else {}
    if keyword == "additionalProperties":
        instance: Mapping[str, Any] = error.instance if isinstance(error.instance, dict) else {}
        yield from _unknown_keys(path, schema, instance)
    elif keyword == "required":
        yield from _missing_key(path, schema, error)
    elif keyword in {"oneOf", "anyOf"}:
        yield from _no_alternative(error, schema)
    else:
        message, hint = _wording(keyword, error, schema)
        yield Finding(f"schema.{_code(keyword)}", path, message, hint or schema.get("description"))


def _unknown_keys(path: DataPath, schema: Mapping[str, Any], instance: Mapping[str, Any]) -> Iterator[Finding]:
    known = list(schema.get("properties", {}))
    for key in instance:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1, cutoff=0.6)
            names = ", ".join(name for name in known if name != "$schema")
            hint = f'did you mean "{near[0]}"?' if near else f"the keys that may stand here are: {names}"
            yield Finding("schema.unknown-key", (*path, key), f'"{key}" is not a key that packgen knows here', hint)


def _missing_key(path: DataPath, schema: Mapping[str, Any], error: ValidationError) -> Iterator[Finding]:
    required = error.validator_value if isinstance(error.validator_value, list) else []
    key = next((name for name in required if error.message.startswith(repr(name))), None)
    if key is not None:
        description = schema.get("properties", {}).get(key, {}).get("description")
        yield Finding("schema.missing-key", path, f'the key "{key}" is missing', description)


def _no_alternative(error: ValidationError, schema: Mapping[str, Any]) -> Iterator[Finding]:
    """Explains the alternative that was meant, judged by how deep it agreed; else names the alternatives."""
    path = tuple(error.absolute_path)
    branches = [branch for branch in schema.get(str(error.validator), []) if isinstance(branch, dict)]
    if branches and all("required" in branch for branch in branches):
        choice = ", or ".join(" with ".join(f'"{key}"' for key in branch["required"]) for branch in branches)
        yield Finding(
            "schema.one-of", path, f"exactly one of these must be given here: {choice}", schema.get("description")
        )
        return
    inside = [each for each in error.context or [] if each.absolute_path and len(each.absolute_path) > len(path)]
    unknown = [each for each in error.context or [] if each.validator == "additionalProperties"]
    if isinstance(error.instance, dict) and (inside or unknown):
        for each in inside or unknown:
            yield from finding_of(each)
        return
    kinds = [_KINDS.get(str(each.validator_value), "") for each in error.context or [] if each.validator == "type"]
    meant = " or ".join(dict.fromkeys(kind for kind in kinds if kind)) or "one of the forms this key takes"
    yield Finding(
        "schema.type", path, f"{_shown(error.instance)} stands where {meant} belongs", schema.get("description")
    )


def _wording(keyword: str, error: ValidationError, schema: Mapping[str, Any]) -> tuple[str, str | None]:
    shown, value = _shown(error.instance), error.validator_value
    if keyword == "type":
        kinds = value if isinstance(value, list) else [value]
        return f"{shown} stands where {' or '.join(_KINDS.get(str(kind), str(kind)) for kind in kinds)} belongs", None
    if keyword == "format":
        name, hint = _FORMATS.get(str(value), (str(value), None))
        return f"{shown} is not {name}", hint
    if keyword == "enum":
        choices = [str(choice) for choice in value] if isinstance(value, list) else []
        near = difflib.get_close_matches(str(error.instance), choices, n=1)
        hint = f'did you mean "{near[0]}"?' if near else schema.get("description")
        return f"{shown} is not one of: {', '.join(choices)}", hint
    texts = {
        "const": f"{shown} must be {_shown(value)}",
        "pattern": "the text is empty or runs over more than one line"
        if r"\r\n" in str(value)
        else f"{shown} is not written as it should be",
        "minItems": f"the list needs at least {value} entr{'y' if value == 1 else 'ies'}",
        "minLength": "the text is empty",
        "minimum": f"{shown} is smaller than {value}",
        "maximum": f"{shown} is larger than {value}",
        "uniqueItems": "the list names something twice",
    }
    return texts.get(keyword, error.message), None


def _code(keyword: str) -> str:
    return re.sub(r"([A-Z])", lambda letter: "-" + letter[1].lower(), keyword)


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:57]}..."
