"""`packgen check`."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from packgen.checks import CHECKS, Subject, check_pack
from packgen.cli.validating import all_problems, look_through
from packgen.errors import ExitCode, Problem
from packgen.load.sources import Sources
from packgen.messages import write_json
from packgen.validate import has_errors


def run_check(packs: Sequence[str], *, strict: bool, json: bool) -> int:
    """Validates each pack and looks for slips; gives the exit code, which warnings change if it is `strict`."""

    def verdict(name: str, problems: Sequence[Problem]) -> str | None:
        return None if problems else f"{name}: nothing found"

    return look_through(packs, _problems_and_slips, ("passed", verdict), json=json, strict=strict)


def _problems_and_slips(read: Sources) -> Sequence[Problem]:
    found = all_problems(read)
    return found if has_errors(found) else [*found, *check_pack(Subject(read.raw, read.settings, read.schemas))]


def run_list(*, json: bool) -> int:
    """Tells what each check looks for."""
    if json:
        write_json({"checks": {check.name: check.explanation for check in CHECKS}}, sys.stdout)
    else:
        width = max(len(check.name) for check in CHECKS)
        for check in CHECKS:
            print(f"{check.name:{width}}  {check.explanation}{'' if check.usual else ' (only if asked for)'}")
    return ExitCode.DONE
