"""Whether published files are still what was published. Takes the records; gives problems; changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from packgen.digests import file_digest
from packgen.errors import Problem
from packgen.publications import PUBLISHED
from packgen.publications.files import RECORD, History, Publication
from packgen.publications.inputs import NOT_PAPERS
from packgen.workspace import shown_path

_HINT = "put it back from where it was published or from a copy; published files are never changed, only followed"


def differences(history: History, publication: Publication) -> Iterator[Problem]:
    """Files of a publication that are missing, changed, or were not part of it."""
    folder = history.folder_of(publication)
    there = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.name.lower() not in NOT_PAPERS
    }
    for name, digest in publication.files.items():
        if name not in there:
            yield _problem(folder / name, "publication.missing", "it was published and is no longer there", _HINT)
        elif file_digest(folder / name) != digest:
            yield _problem(folder / name, "publication.changed", "it is not what was published", _HINT)
    later = next((each for each in history.publications if each.number == publication.number + 1), None)
    record = f"{PUBLISHED}/{publication.number}/{RECORD}"
    if later is not None and later.inputs.get(record) != file_digest(folder / RECORD):
        yield _problem(
            folder / RECORD, "publication.changed", "it is not the record that later publications knew", _HINT
        )
    for name in sorted(there - publication.files.keys() - {RECORD}):
        hint = "move it elsewhere, so that nobody takes it for something published"
        yield _problem(folder / name, "publication.strange", "it was not part of the publication", hint)


def _problem(path: Path, code: str, message: str, hint: str) -> Problem:
    return Problem(code=code, file=shown_path(path), message=message, hint=hint)
