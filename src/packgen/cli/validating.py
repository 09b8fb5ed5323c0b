"""`packgen validate`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from packgen.cli.folders import pack_folders
from packgen.errors import ExitCode, PackgenError, Problem
from packgen.load.sources import Sources, read_sources
from packgen.messages import problem_as_json, write_json, write_problems
from packgen.publications import PUBLISHED
from packgen.validate import has_errors, validate


def run_validate(packs: Sequence[str], *, json: bool) -> int:
    """Validates each pack and prints what it finds; gives the exit code."""
    code, reports = ExitCode.DONE, list[dict[str, Any]]()
    for folder in pack_folders(packs):
        problems: Sequence[Problem]
        try:
            read = read_sources(folder)
            problems = validate(read.raw, read.settings, read.schemas, read.templates)
            problems += against_publications(read, problems)
        except PackgenError as error:
            problems = error.problems
        bad = any(problem.severity == "error" for problem in problems)
        code = ExitCode.INVALID_PACK if bad else code
        reports.append(
            {"pack": folder.resolve().name, "valid": not bad, "problems": [problem_as_json(each) for each in problems]}
        )
        if not json:
            write_problems(problems, sys.stderr)
            if not bad:
                print(f"{folder.resolve().name}: valid", file=sys.stderr)
    if json:
        write_json({"packs": reports}, sys.stdout)
    return code


def against_publications(read: Sources, problems: list[Problem]) -> Sequence[Problem]:
    """What does not fit what was published of the pack, as far as its data can be believed."""
    if has_errors(problems) or not (read.raw.folder / PUBLISHED).is_dir():
        return ()
    from packgen.load import build_pack
    from packgen.stages.history import standing_of

    pack = build_pack(read.raw, read.settings.numbering)
    return standing_of(read.raw, pack, renumber_on=None, strictly=False).problems
