"""That a quick look never accepts what jsonschema refuses, and that plain references lead where they should."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from rfc3986_validator import validate_rfc3986

from packgen.errors import InvalidPackError
from packgen.load.json_file import read_json
from packgen.schemas import SchemaSet, quick_look, schema_files
from packgen.schemas.quick_look import LEFT_TO_JSONSCHEMA, certainly_fits
from packgen.schemas.references import resolver_of
from tests.conftest import REPOSITORY

SCHEMAS = SchemaSet(schema_files(REPOSITORY / "schemas"))
PACKS = [*(REPOSITORY / "packs").glob("*/pack.json"), *(REPOSITORY / "examples").rglob("pack.json")]
DATA = [
    (str(value.get("template", "pack")), value)
    for pack in sorted(PACKS)
    for file in [pack, *sorted((pack.parent / "items").glob("*.json"))]
    for value in [read_json(file, prose_root=pack.parent).value]
]
STRANGE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["", " ", "x\ny", "2026-02-30", "2026-09-17", "a@b", "https://example.org/a b", "data", "a.md"]),
    st.text(max_size=5),
    st.lists(st.sampled_from(["x", 1, 1.0, True]), max_size=3),
    st.dictionaries(st.sampled_from(["file", "title", "name", "other"]), st.sampled_from(["x", "a.md", 1]), max_size=2),
)


def judge(schemas: SchemaSet, name: str, value: object) -> list[str]:
    """What jsonschema says, asked without a quick look."""
    checker = Draft202012Validator.FORMAT_CHECKER
    validator = Draft202012Validator(schemas.schema(name), registry=schemas.registry, format_checker=checker)
    return [error.message for error in validator.iter_errors(value)]


def fits(schemas: SchemaSet, name: str, value: object) -> bool:
    every = {each: schemas.schema(each) for each in schemas.names}
    return certainly_fits(value, schemas.schema(name), resolver_of(every, name, schemas.registry.resolver))


def own(tmp_path: Path, **files: object) -> SchemaSet:
    for name, schema in files.items():
        (tmp_path / f"{name}.schema.json").write_text(json.dumps(schema), encoding="utf-8")
    return SchemaSet(schema_files(tmp_path))


def test_every_keyword_of_jsonschema_is_judged_or_left_to_it() -> None:
    judged = set(quick_look._JUDGES)
    assert not judged & LEFT_TO_JSONSCHEMA
    assert judged | LEFT_TO_JSONSCHEMA >= set(Draft202012Validator.VALIDATORS)


@pytest.mark.parametrize(("name", "value"), DATA, ids=lambda each: each if isinstance(each, str) else "")
def test_data_in_order_needs_no_second_look(name: str, value: object) -> None:
    assert fits(SCHEMAS, name, value)
    assert judge(SCHEMAS, name, value) == []


@given(st.data())
def test_what_a_quick_look_accepts_jsonschema_accepts(data: st.DataObject) -> None:
    name, value = data.draw(st.sampled_from(DATA))
    value = copy.deepcopy(value)
    holder: Any = value
    while True:
        key = data.draw(st.sampled_from(sorted(holder) if isinstance(holder, dict) else range(len(holder))))
        if not (isinstance(holder[key], dict | list) and holder[key] and data.draw(st.booleans())):
            break
        holder = holder[key]
    match data.draw(st.sampled_from(["other", "gone", "more"])):
        case "other":
            holder[key] = data.draw(STRANGE)
        case "gone":
            del holder[key]
        case "more" if isinstance(holder, dict):
            holder["unheard_of"] = data.draw(STRANGE)
        case _:
            holder.append(data.draw(STRANGE))
    if fits(SCHEMAS, name, value):
        assert judge(SCHEMAS, name, value) == []
    else:
        assert bool(SCHEMAS.findings(name, value)) == bool(judge(SCHEMAS, name, value))


LEAVES = st.one_of(
    st.sampled_from([True, False, {}]),
    st.builds(dict, type=st.sampled_from(["string", "integer", "number", "boolean", "array", "object", "null"])),
    st.builds(dict, type=st.lists(st.sampled_from(["string", "null", "integer"]), min_size=1, unique=True)),
    st.builds(dict, const=STRANGE),
    st.builds(dict, enum=st.lists(STRANGE, min_size=1, max_size=3)),
    st.builds(dict, pattern=st.sampled_from(["^x", r"\d$", "(", "a|b"])),
    st.builds(dict, format=st.sampled_from(["date", "email", "uri", "ipv4", "unheard-of"])),
    st.builds(dict, minimum=st.integers(-2, 2), maximum=st.integers(-2, 2)),
    st.builds(dict, minLength=st.integers(0, 3), maxLength=st.integers(0, 3)),
    st.builds(dict, minItems=st.integers(0, 3), maxItems=st.integers(0, 3), uniqueItems=st.booleans()),
    st.builds(dict, multipleOf=st.integers(1, 3)),
    st.builds(dict, required=st.lists(st.sampled_from(["file", "title"]), max_size=2)),
)
SCHEMA = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(dict, oneOf=st.lists(inner, min_size=1, max_size=3)),
        st.builds(dict, anyOf=st.lists(inner, min_size=1, max_size=3)),
        st.builds(dict, allOf=st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda schema: {"not": schema}, inner),
        st.builds(dict, items=inner),
        st.builds(dict, items=inner, prefixItems=st.lists(inner, min_size=1, max_size=2)),
        st.builds(
            dict,
            properties=st.dictionaries(st.sampled_from(["file", "title", "name"]), inner, max_size=2),
            additionalProperties=st.sampled_from([True, False, {"type": "string"}]),
        ),
    ),
    max_leaves=6,
)


@given(SCHEMA, STRANGE)
def test_no_schema_makes_a_quick_look_accept_what_jsonschema_refuses(schema: Any, value: object) -> None:
    resolver = resolver_of({"own": {}}, "own", SCHEMAS.registry.resolver)
    if certainly_fits(value, schema, resolver):
        checker = Draft202012Validator.FORMAT_CHECKER
        assert list(Draft202012Validator(schema, format_checker=checker).iter_errors(value)) == []


@given(st.from_regex(quick_look._PLAIN_ADDRESS, fullmatch=True))
def test_a_plain_address_is_one_for_jsonschema(address: str) -> None:
    assert validate_rfc3986(address, rule="URI")


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "strnig"},
        {"properties": []},
        {"required": "title"},
        {"properties": {"title": {"pattern": "("}}},
        {"$ref": "#/$defs/missing"},
        {"$ref": "elsewhere.schema.json"},
        {"$ref": 5},
        5,
        {"additionalProperties": False, "patternProperties": {"^x": True}},
        {"properties": {"title": {"$id": "https://example.org/inner"}}},
    ],
)
def test_a_schema_that_is_none_is_left_to_jsonschema(schema: Any) -> None:
    resolver = resolver_of({"own": {}}, "own", SCHEMAS.registry.resolver)
    assert not certainly_fits({"title": "x"}, schema, resolver)


def test_a_broken_schema_is_still_told_of(tmp_path: Path) -> None:
    schemas = own(tmp_path, own={"properties": {"title": {"type": "strnig"}}})
    with pytest.raises(InvalidPackError, match="not a JSON Schema"):
        schemas.findings("own", {"title": "x"})


@pytest.mark.parametrize(
    "ref",
    [
        "#", "#/$defs/here", "#here", "#/$defs/a~1b", "#/$defs/a%20b", "#/$defs/list/anyOf/1", "other.schema.json",
        "other.schema.json#/$defs/there", "https://council.example.org/other.schema.json#/$defs/there",
        "inner.schema.json", "#/$defs/inner", "#/$defs/inner/properties/deep",
    ],
)  # fmt: skip
@pytest.mark.parametrize("address", [None, "https://council.example.org/own.schema.json"])
def test_references_lead_where_referencing_says(tmp_path: Path, ref: str, address: str | None) -> None:
    inner = {"$id": "https://council.example.org/inner.schema.json", "properties": {"deep": {"const": "deep"}}}
    schema: dict[str, Any] = {
        "$ref": ref,
        "$defs": {
            "here": {"$anchor": "here", "const": "here"},
            "a/b": {"const": "slash"},
            "a b": {"const": "space"},
            "list": {"anyOf": [True, {"const": "second"}]},
            "inner": inner,
        },
    }
    other = {"$id": "https://council.example.org/other.schema.json", "$defs": {"there": {"const": "there"}}}
    schemas = own(tmp_path, own=schema | ({"$id": address} if address else {}), other=other)
    every = {name: schemas.schema(name) for name in schemas.names}
    theirs = schemas.registry.resolver(address or "own.schema.json")
    ours = resolver_of(every, "own", schemas.registry.resolver)
    try:
        expected = theirs.lookup(ref).contents
    except Exception as refused:
        with pytest.raises(type(refused)):
            ours.lookup(ref)
    else:
        assert ours.lookup(ref).contents == expected


def test_two_files_with_one_address_are_left_to_referencing(tmp_path: Path) -> None:
    address = "https://council.example.org/same.schema.json"
    schemas = own(tmp_path, own={"$id": address, "const": 1}, copy={"$id": address, "const": 2})
    every = {name: schemas.schema(name) for name in schemas.names}
    assert type(resolver_of(every, "own", schemas.registry.resolver)).__module__.startswith("referencing")
