"""What people are told while several packs are built, and at the end."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Sequence

from packgen.cli.several.orders import Outcome
from packgen.errors import ExitCode

_SHOWN = 20


def tell_several(outcomes: Iterable[Outcome], count: int, *, json: bool) -> list[Outcome]:
    """Tells of each outcome as it comes, and which packs were not built at the end; gives them by name."""
    started, found = time.monotonic(), list[Outcome]()
    for outcome in outcomes:
        found.append(outcome)
        if not json:
            for line in outcome.told.splitlines():
                print(line, file=sys.stderr)
            left = count - len(found)
            print(f"        {len(found)} of {count} done" + (f", {left} left" if left else ""), file=sys.stderr)
    if not json:
        _sum_up(found, time.monotonic() - started)
    return sorted(found, key=lambda outcome: outcome.name)


def tell_waiting(running: Sequence[tuple[str, float]]) -> None:
    """Tells what is being built and for how long."""
    listed = ", ".join(f"{name} ({seconds:.0f} s)" for name, seconds in running)
    print(f"        still being built: {listed}", file=sys.stderr)


def _sum_up(found: Sequence[Outcome], seconds: float) -> None:
    missing = sorted(outcome.name for outcome in found if outcome.code != ExitCode.DONE)
    print(f"{len(found) - len(missing)} of {len(found)} packs built in {seconds:.1f} s", file=sys.stderr)
    if missing:
        more = f" and {len(missing) - _SHOWN} more" if len(missing) > _SHOWN else ""
        print(f"not built: {', '.join(missing[:_SHOWN])}{more}", file=sys.stderr)
