"""Keeps warnings bearable: of one kind in one file a handful, the last of which says how many more there are.

Takes problems in their order; gives them in that order. Errors all stay.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from packgen.errors import Problem

MOST = 5
"""How many problems of one kind are shown of one file."""


def few(problems: Iterable[Problem]) -> Iterator[Problem]:
    """At most `MOST` warnings of each code in each file."""
    every = list(dict.fromkeys(problems))
    counts = Counter(_kind(problem) for problem in every)
    shown: Counter[tuple[str, str | None]] = Counter()
    for problem in every:
        kind = _kind(problem)
        shown[kind] += 1
        left = counts[kind] - MOST
        if problem.severity == "error" or shown[kind] < MOST or (shown[kind] == MOST and left <= 0):
            yield problem
        elif shown[kind] == MOST:
            yield replace(problem, message=f"{problem.message} (and {left} more like this in the file)")


def _kind(problem: Problem) -> tuple[str, str | None]:
    return problem.code, problem.file
