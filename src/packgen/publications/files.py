"""The publications of a pack on disk: `published/<n>/` in its folder.

Each holds the files that went out, and `publication.json`, which says when and why, what the files' bytes were, and the
register as it was then. That file is for officers; what the public may have lies under `public`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from packgen.digests import bytes_digest
from packgen.errors import InvalidPackError, Problem
from packgen.publications import PUBLISHED
from packgen.publications.register import Register, Renumbering
from packgen.workspace import shown_path

RECORD = "publication.json"
_NUMBER = re.compile(r"[1-9][0-9]*")


class Publication(Struct, frozen=True, kw_only=True):
    """What was published, when and why.

    `pages` are page counts by pack (`public`, `restricted`), `supplement` is the number of the supplement that came
    with it. `inputs` and `files` are SHA-256 in hexadecimal by path, those of files from the publication's folder.
    `seal` is that of the record itself without it, so that a slip of the hand in it is noticed.
    """

    number: int
    date: dt.date
    packgen: str
    pages: Mapping[str, int]
    files: Mapping[str, str]
    inputs: Mapping[str, str]
    register: Register
    reason: str | None = None
    supplement: int | None = None
    renumbered: Renumbering | None = None
    seal: str = ""


class History(Struct, frozen=True):
    """Every publication of a pack, the first one first."""

    folder: Path
    publications: tuple[Publication, ...] = ()

    @property
    def last(self) -> Publication | None:
        return self.publications[-1] if self.publications else None

    def folder_of(self, publication: Publication) -> Path:
        return self.folder / PUBLISHED / str(publication.number)


def read_history(folder: Path) -> History:
    """What was published of the pack in `folder`.

    Raises:
        InvalidPackError: a record is missing or cannot be read.
    """
    published = folder / PUBLISHED
    folders = published.iterdir() if published.is_dir() else ()
    numbers = sorted(int(each.name) for each in folders if _NUMBER.fullmatch(each.name))
    problems = [
        _problem(published / str(number), "it is missing")
        for number in range(1, max(numbers, default=0))
        if number not in numbers
    ]
    if problems:
        raise InvalidPackError(problems)
    return History(folder, tuple(_read_record(published / str(number) / RECORD, number) for number in numbers))


def _read_record(file: Path, number: int) -> Publication:
    try:
        publication = msgspec.json.decode(file.read_bytes(), type=Publication)
    except FileNotFoundError as error:
        raise InvalidPackError(_problem(file, "it is missing")) from error
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise InvalidPackError(_problem(file, f"it cannot be read: {error}")) from error
    if sealed(publication).seal != publication.seal:
        raise InvalidPackError(_problem(file, "somebody changed it"))
    if publication.number != number:
        raise InvalidPackError(_problem(file, f"it is the record of publication {publication.number}"))
    return publication


def sealed(publication: Publication) -> Publication:
    """A record with the seal that belongs to it."""
    bare = msgspec.structs.replace(publication, seal="")
    return msgspec.structs.replace(publication, seal=bytes_digest(msgspec.json.encode(bare, order="deterministic")))


def record_bytes(publication: Publication) -> bytes:
    """A record as it is written."""
    return msgspec.json.format(msgspec.json.encode(publication), indent=1) + b"\n"


def register_bytes(register: Register) -> bytes:
    """A register as a build writes it."""
    return msgspec.json.format(msgspec.json.encode(register), indent=1) + b"\n"


def read_register(data: bytes) -> Register:
    """A register that a build has written.

    Raises:
        ValueError: it is not one.
    """
    return msgspec.json.decode(data, type=Register)


def _problem(file: Path, what: str) -> Problem:
    return Problem(
        code="publication.record",
        file=shown_path(file),
        message=f"this belongs to what was published, but {what}",
        hint="packgen writes these folders and nobody changes them; put them back from a copy of the pack's folder",
    )
