"""`packgen check`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from packgen.checks import CHECKS, Subject, check_pack
from packgen.cli.folders import pack_folders
from packgen.cli.validating import against_publications
from packgen.errors import ExitCode, PackgenError, Problem
from packgen.load.sources import read_sources
from packgen.messages import problem_as_json, write_json, write_problems
from packgen.validate import has_errors, validate


def run_check(packs: Sequence[str], *, strict: bool, json: bool) -> int:
    """Validates each pack and looks for slips; gives the exit code, which warnings change if it is `strict`."""
    code, reports = ExitCode.DONE, list[dict[str, Any]]()
    for folder in pack_folders(packs):
        problems: Sequence[Problem]
        try:
            read = read_sources(folder)
            found = validate(read.raw, read.settings, read.schemas, read.templates)
            found += against_publications(read, found)
            if not has_errors(found):
                found += check_pack(Subject(read.raw, read.settings, read.schemas))
            problems = found
        except PackgenError as error:
            problems = error.problems
        bad = any(problem.severity == "error" or strict for problem in problems)
        code = ExitCode.INVALID_PACK if bad else code
        name = folder.resolve().name
        reports.append({"pack": name, "passed": not bad, "problems": [problem_as_json(each) for each in problems]})
        if not json:
            write_problems(problems, sys.stderr)
            if not problems:
                print(f"{name}: nothing found", file=sys.stderr)
    if json:
        write_json({"packs": reports}, sys.stdout)
    return code


def run_list(*, json: bool) -> int:
    """Tells what each check looks for."""
    if json:
        write_json({"checks": {check.name: check.explanation for check in CHECKS}}, sys.stdout)
    else:
        width = max(len(check.name) for check in CHECKS)
        for check in CHECKS:
            print(f"{check.name:{width}}  {check.explanation}")
    return ExitCode.DONE
