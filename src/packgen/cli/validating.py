"""`packgen validate`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Any

from packgen.cli.folders import pack_folders
from packgen.errors import ExitCode, PackgenError, Problem
from packgen.load.sources import Sources, read_sources
from packgen.messages import problem_as_json, write_json, write_problems
from packgen.publications import PUBLISHED
from packgen.validate import has_errors, validate


def run_validate(packs: Sequence[str], *, json: bool) -> int:
    """Validates each pack and prints what it finds; gives the exit code."""

    def verdict(name: str, problems: Sequence[Problem]) -> str | None:
        return None if _any_error(problems) else f"{name}: valid"

    return look_through(packs, all_problems, ("valid", verdict), json=json)


def all_problems(read: Sources) -> list[Problem]:
    """What is wrong with a pack, and what does not fit what was published of it."""
    problems = validate(read.raw, read.settings, read.schemas, read.templates)
    return [*problems, *_against_publications(read, problems)]


def look_through(
    packs: Sequence[str],
    find: Callable[[Sources], Sequence[Problem]],
    told: tuple[str, Callable[[str, Sequence[Problem]], str | None]],
    *,
    json: bool,
    strict: bool = False,
) -> int:
    """Prints what is found in each pack; gives the exit code, which warnings change too if it is `strict`.

    `told` is the key of a report that says whether a pack is fine, and what is said of a pack beside its problems.
    """
    code, reports = ExitCode.DONE, list[dict[str, Any]]()
    key, verdict = told
    for folder in pack_folders(packs):
        problems: Sequence[Problem]
        try:
            problems = find(read_sources(folder))
        except PackgenError as error:
            problems = error.problems
        bad = _any_error(problems) or (strict and bool(problems))
        code = ExitCode.INVALID_PACK if bad else code
        name = folder.resolve().name
        reports.append({"pack": name, key: not bad, "problems": [problem_as_json(each) for each in problems]})
        if not json:
            write_problems(problems, sys.stderr)
            words = verdict(name, problems)
            if words is not None:
                print(words, file=sys.stderr)
    if json:
        write_json({"packs": reports}, sys.stdout)
    return code


def _any_error(problems: Sequence[Problem]) -> bool:
    return any(problem.severity == "error" for problem in problems)


def _against_publications(read: Sources, problems: list[Problem]) -> Sequence[Problem]:
    """What does not fit what was published of the pack, as far as its data can be believed."""
    if has_errors(problems) or not (read.raw.folder / PUBLISHED).is_dir():
        return ()
    from packgen.load import build_pack
    from packgen.stages.history import standing_of

    pack = build_pack(read.raw, read.settings.numbering)
    return standing_of(read.raw, pack, renumber_on=None, strictly=False).problems
