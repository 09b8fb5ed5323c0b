import copy

import pytest
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from packgen.fill import complete_context
from packgen.schemas.references import resolver_of

COMMON = {
    "$id": "common.schema.json",
    "$defs": {
        "prose": {
            "oneOf": [
                {"type": "string"},
                {"type": "object", "properties": {"file": {"type": "string"}}, "required": ["file"]},
            ]
        },
        "person": {
            "type": "object",
            "required": ["name"],
            "properties": {"name": {"type": "string"}, "role": {"type": "string"}, "lead": {"$ref": "#/$defs/person"}},
        },
        "people": {"type": "array", "items": {"$ref": "#/$defs/person"}},
    },
}
REGISTRY = Registry().with_resource("common.schema.json", DRAFT202012.create_resource(COMMON))
SCHEMA = {
    "$id": "report.schema.json",
    "type": "object",
    "properties": {
        "title": {"type": "string"},
        "summary": {"$ref": "common.schema.json#/$defs/prose"},
        "label": {"type": "string", "default": "None"},
        "contact": {"$ref": "common.schema.json#/$defs/person"},
        "people": {"$ref": "common.schema.json#/$defs/people"},
        "options": {"type": "object", "default": {}, "properties": {"size": {"type": "integer", "default": 3}}},
        "sections": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"heading": {"type": "string"}, "tables": {"type": "array"}},
            },
        },
    },
}


def complete(data, schema=SCHEMA):
    registry = REGISTRY.with_resource("report.schema.json", DRAFT202012.create_resource(schema))
    ours = resolver_of({"common": COMMON, "report": schema}, "report", registry.resolver)
    completed = complete_context(data, schema, ours)
    assert completed == complete_context(data, schema, registry.resolver("report.schema.json"))
    return completed


def test_every_declared_name_is_there():
    assert complete({}) == {
        "title": None,
        "summary": None,
        "label": "None",
        "contact": None,
        "people": [],
        "options": {"size": 3},
        "sections": [],
    }


def test_what_the_data_says_stays_and_is_completed_inside():
    data = {
        "title": "T",
        "contact": {"name": "A", "lead": {"name": "B"}},
        "people": [{"name": "C", "role": "Chair"}],
        "sections": [{"heading": "H"}, {"tables": [1]}],
        "extra": {"kept": True},
    }
    before = copy.deepcopy(data)
    completed = complete(data)
    assert data == before
    assert completed["contact"] == {"name": "A", "role": None, "lead": {"name": "B", "role": None, "lead": None}}
    assert completed["people"] == [{"name": "C", "role": "Chair", "lead": None}]
    assert completed["sections"] == [{"heading": "H", "tables": []}, {"heading": None, "tables": [1]}]
    assert completed["extra"] == {"kept": True}


def test_the_copy_shares_nothing_that_could_be_changed():
    data = {"sections": [{"heading": "H"}]}
    completed = complete(data)
    completed["sections"][0]["heading"] = "changed"
    assert data["sections"][0]["heading"] == "H"


def test_a_choice_is_completed_as_the_data_chose():
    schema = {
        "properties": {
            "block": {
                "oneOf": [
                    {"type": "string"},
                    {
                        "type": "object",
                        "properties": {"kind": {"const": "a"}, "one": {"type": "string"}},
                        "required": ["kind"],
                    },
                    {
                        "type": "object",
                        "properties": {"kind": {"const": "b"}, "two": {"type": "array"}},
                        "required": ["kind"],
                    },
                ]
            }
        }
    }
    assert complete({"block": "text"}, schema) == {"block": "text"}
    assert complete({"block": {"kind": "a"}}, schema) == {"block": {"kind": "a", "one": None}}
    assert complete({"block": {"kind": "b"}}, schema) == {"block": {"kind": "b", "two": []}}


@pytest.mark.parametrize("keyword", ["allOf", "anyOf"])
def test_joined_schemas(keyword):
    schema = {"properties": {"a": {}}, keyword: [{"properties": {"b": {"type": "array"}}}]}
    assert complete({}, schema) == {"a": None, "b": []}


def test_maps_are_completed_value_by_value():
    schema = {
        "properties": {
            "impacts": {
                "type": "object",
                "additionalProperties": {"properties": {"size": {}, "notes": {"type": "array"}}},
            }
        }
    }
    assert complete({"impacts": {"age": {"size": "large"}}}, schema) == {
        "impacts": {"age": {"size": "large", "notes": []}}
    }


def test_references_of_a_schema_with_an_address_of_its_own_begin_there():
    inner = {
        "$id": "other/inner.schema.json",
        "$defs": {"size": {"properties": {"wide": {"default": 1}}}},
        "properties": {"size": {"$ref": "#/$defs/size"}},
    }
    schema = {
        "$id": "report.schema.json",
        "$defs": {"size": {"properties": {"deep": {"default": 2}}}},
        "properties": {"inner": inner, "size": {"$ref": "#/$defs/size"}},
    }
    assert complete({"inner": {"size": {}}, "size": {}}, schema) == {
        "inner": {"size": {"wide": 1}},
        "size": {"deep": 2},
    }
