"""Large PDFs of authors, looked at side by side before a pack is checked, which goes from one file to the next.

Takes what was read of a pack; remembers what the check of each such file finds, and the file without the pixels of its
pictures. Whatever is found out here would be found out later, one file after the other.
"""

from __future__ import annotations

from msgspec import Struct

from packgen.deferred.tokens import Light
from packgen.digests import file_digest
from packgen.errors import Problem
from packgen.load import RawPack
from packgen.stages.memory import Findings, Memory
from packgen.stages.workers import Workers
from packgen.validate import has_errors
from packgen.validate.files import AuthorsFile, authors_files, check_authors_file, findings_key
from packgen.workspace import Settings

_LARGE = 2**23
"""Bytes of a PDF for which other processes are worth their starting, if there are several."""


class LookedAt(Struct, frozen=True):
    """What the check of a file found, and its light PDF if that went well."""

    problems: list[Problem]
    light: Light | None


def look_ahead(raw: RawPack, settings: Settings, workers: Workers, memory: Memory) -> None:
    """Looks at all large PDFs of which nothing is remembered, if there are several."""
    findings = Findings(memory)
    large = [each for each in authors_files(raw, settings) if _is_large_pdf(each)]
    tasks = [(each, file_digest(each.file)) for each in large]
    missing = [task for task in tasks if findings.known(findings_key(*task)) is None]
    if len(missing) < 2:
        return
    made = workers.run(look_at_file, missing, weight=lambda task: task[0].file.stat().st_size)
    for (each, digest), looked_at in zip(missing, made, strict=True):
        if file_digest(each.file) == digest:
            findings.keep(findings_key(each, digest), looked_at.problems)
            if looked_at.light is not None:
                memory.keep(light_key(memory, digest), looked_at.light)


def look_at_file(task: tuple[AuthorsFile, str]) -> LookedAt:
    """Checks one file, given with its SHA-256, and sets its pixels aside."""
    from packgen.deferred.setting_aside import set_aside

    each, digest = task
    problems = list(check_authors_file(each))
    return LookedAt(problems, None if has_errors(problems) else set_aside(each.file, digest))


def light_key(memory: Memory, digest: str) -> str:
    """What the light PDF of a file with a digest is kept under."""
    return memory.key("light", digest)


def _is_large_pdf(each: AuthorsFile) -> bool:
    return each.file.suffix.lower() == ".pdf" and each.file.stat().st_size >= _LARGE
