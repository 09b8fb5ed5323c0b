"""Each JSON file against the schema of its template."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from functools import partial

from packgen.errors import Problem
from packgen.load import JsonFile, RawPack
from packgen.schemas import SchemaSet
from packgen.validate.recall import Recall, look_again
from packgen.workspace import TemplateSet


def check_shape(
    raw: RawPack, schemas: SchemaSet, templates: TemplateSet, recall: Recall = look_again
) -> Iterator[Problem]:
    """Problems of `pack.json` and of every filled document's data."""
    yield from _against(raw.pack, "pack", schemas)
    for data in raw.data.values():
        yield from recall("shape", data, partial(_check_data, data, schemas, templates))


def accepted(data: JsonFile, schemas: SchemaSet) -> bool:
    """Whether one data file has the shape of its template, so that its contents can be looked into."""
    value = data.value
    template = value.get("template") if isinstance(value, dict) else None
    return isinstance(template, str) and template in schemas.names and not schemas.findings(template, value)


def _check_data(data: JsonFile, schemas: SchemaSet, templates: TemplateSet) -> Iterator[Problem]:
    known = templates.for_documents
    if not isinstance(data.value, dict):
        yield data.problem("data.not-an-object", (), "the file must hold keys and values in { }")
        return
    template = data.value.get("template")
    if template is None:
        yield data.problem(
            "data.no-template", (), 'the key "template" is missing', f"templates are: {', '.join(known)}"
        )
    elif not isinstance(template, str) or template not in known:
        near = difflib.get_close_matches(str(template), known, n=1)
        hint = f'did you mean "{near[0]}"?' if near else f"templates are: {', '.join(known)}"
        yield data.problem("data.unknown-template", ("template",), f'there is no template "{template}"', hint)
    elif template not in schemas.names:
        yield data.problem(
            "data.no-schema",
            ("template",),
            f'the template "{template}" has no schema, so its data cannot be checked',
            f"put schemas/{template}.schema.json beside packgen.toml",
        )
    else:
        yield from _against(data, template, schemas)


def _against(file: JsonFile, schema: str, schemas: SchemaSet) -> Iterator[Problem]:
    for finding in schemas.findings(schema, file.value):
        yield file.problem(finding.code, finding.path, finding.message, finding.hint)
