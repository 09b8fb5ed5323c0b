"""Whether readers can reach those whom a paper names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from packgen.checks.subject import Subject
from packgen.errors import Problem
from packgen.load import JsonFile
from packgen.schemas.findings import DataPath

EXPLANATION = "nobody who is named as a contact can be reached, or a telephone number is none"
_NUMBER = re.compile(r"\+?[\d\s()/.-]+(?:(?:ext|extension|x)\.?\s*\d+)?", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*[/,;]\s*|\s+or\s+")
_FEWEST, _MOST = 5, 15
"""Digits of a telephone number; the fewest are those of an extension with its exchange (ITU-T E.164 has the most)."""


def check_pack(subject: Subject) -> Iterator[Problem]:
    """Warnings for the contact of the agenda."""
    contact = subject.pack.get("contact")
    if isinstance(contact, dict):
        told = _of_contacts([contact], ("contact",))
        yield from (subject.raw.pack.problem(*each, severity="warning") for each in told)


def check_file(_: Subject, file: JsonFile) -> Iterator[Problem]:
    """Warnings for the contacts of a cover report."""
    told = _of_contacts(file.value["contacts"], ("contacts",))
    yield from (file.problem(*each, severity="warning") for each in told)


def _of_contacts(contacts: Sequence[Mapping[str, Any]], path: DataPath) -> Iterator[tuple[str, DataPath, str, str]]:
    if not any(each.get("telephone") or each.get("email") for each in contacts):
        names = " or ".join(str(each["name"]) for each in contacts)
        message = f"nobody can reach {names}: there is neither a telephone number nor an e-mail address"
        yield "check.contact", path, message, 'add "telephone" or "email"'
    for index, each in enumerate(contacts):
        telephone = each.get("telephone")
        if telephone and not _is_number(telephone):
            where = (*path, index, "telephone") if path == ("contacts",) else (*path, "telephone")
            hint = "write the number as it is dialled, for example 01632 960123"
            yield "check.telephone", where, f'"{telephone}" is no telephone number', hint


def _is_number(written: str) -> bool:
    numbers = [each for each in _BETWEEN.split(written) if each.strip()]
    return bool(numbers) and all(
        _NUMBER.fullmatch(each.strip()) is not None and _FEWEST <= sum(map(str.isdigit, each)) <= _MOST
        for each in numbers
    )
