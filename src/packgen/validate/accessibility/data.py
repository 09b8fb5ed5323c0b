"""Each JSON file of a pack, looked through for what people would miss who listen to it or cannot see it.

Takes what `load` read; gives warnings, remembered where nothing has changed. What it looks with is imported when the
first file has to be looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from packgen.errors import Problem
from packgen.load import JsonFile, RawPack
from packgen.load.raw_pack import written_documents
from packgen.schemas import SchemaSet
from packgen.validate.recall import Recall, look_again
from packgen.validate.shape import accepted


def check_data(raw: RawPack, schemas: SchemaSet, recall: Recall = look_again) -> Iterator[Problem]:
    """Warnings on each JSON file with the Markdown it takes in. Skips data of the wrong shape."""
    if not schemas.findings("pack", raw.pack.value):
        yield from recall("access of documents", raw.pack, partial(_alts_of_documents, raw))
        yield from recall("access", raw.pack, partial(_of_file, raw.pack, "pack", schemas))
    for data in raw.data.values():
        yield from recall("access", data, partial(_of_data, data, schemas))


def _of_data(data: JsonFile, schemas: SchemaSet) -> Iterator[Problem]:
    if accepted(data, schemas):
        yield from _of_file(data, data.value["template"], schemas)


def _of_file(file: JsonFile, schema: str, schemas: SchemaSet) -> Iterator[Problem]:
    from packgen.validate.accessibility.prose import check_file

    yield from check_file(file, schema, schemas)


def _alts_of_documents(raw: RawPack) -> Iterator[Problem]:
    """The alternative texts that `pack.json` gives to pictures and PDFs."""
    from packgen.validate.accessibility import alt_words

    for path, document in written_documents(raw.pack.value):
        fault = alt_words.fault_of(document.get("alt", ""))
        if fault:
            message = f'the alternative text "{document["alt"]}" {fault}'
            yield raw.pack.problem("access.alt-words", (*path, "alt"), message, alt_words.SAY_WHAT, severity="warning")
