"""What people and scripts read: problems and results as text or as one JSON document, and the progress of a build.

Takes values, gives text; writing it to a stream is done by the functions that are given one. Reads well without
colour.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import IO, Any

from msgspec.structs import asdict

from packgen.errors import Problem
from packgen.progress import LAST_STAGE, Step


def write_problems(problems: Iterable[Problem], stream: IO[str]) -> None:
    """Each problem with its place, reason and remedy, then a line that counts them."""
    problems = list(problems)
    for problem in problems:
        print(problem, file=stream)
    if problems:
        print(count_of(problems), file=stream)


def count_of(problems: Sequence[Problem]) -> str:
    """`2 errors, 1 warning`."""
    errors = sum(problem.severity == "error" for problem in problems)
    parts = [(errors, "error"), (len(problems) - errors, "warning")]
    return ", ".join(f"{number} {word}{'' if number == 1 else 's'}" for number, word in parts if number)


def problem_as_json(problem: Problem) -> dict[str, Any]:
    """The keys that scripts rely on, in the order of the contract."""
    values = asdict(problem)
    keys = ("severity", "code", "file", "line", "column", "pointer", "message", "hint")
    return {key: values[key] for key in keys}


def write_json(value: Mapping[str, Any], stream: IO[str]) -> None:
    """One JSON document and nothing else."""
    print(json.dumps(value, ensure_ascii=False, indent=2), file=stream)


def write_step(step: Step) -> None:
    """One line of progress on the standard error stream: a stage that begins, or a document that is finished."""
    if step.done is None:
        print(f"{step.stage.numbers} of {LAST_STAGE}  {step.stage.words}", file=sys.stderr)
    else:
        print(f"        {step.done} of {step.total}  {step.name}  ({step.seconds:.2f} s)", file=sys.stderr)


def use_utf8() -> None:
    """Makes a Windows console or pipe show dashes and curly quotes instead of stopping at them."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
