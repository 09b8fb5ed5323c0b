"""One pack of several: what is asked, and what came of it, as values that travel between processes."""

from __future__ import annotations

import io
import sys
import time
from contextlib import redirect_stderr
from pathlib import Path
from typing import Any

from msgspec import Struct

from packgen.cli.confessing import confession
from packgen.errors import ExitCode
from packgen.pipeline import Wishes
from packgen.progress import Progress
from packgen.stages.workers import Workers

FAULT = "command.fault"


class Order(Struct, frozen=True):
    """A pack that is to be built into `out`. With `json`, only its report is wanted."""

    folder: Path
    out: Path
    wishes: Wishes
    json: bool

    @property
    def name(self) -> str:
        return self.folder.resolve().name

    @property
    def weight(self) -> int:
        """A guess at how long it takes: the size of its papers in bytes."""
        return sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())


class Outcome(Struct, frozen=True):
    """What came of an order: exit code, report for `--json`, and what there is to tell."""

    name: str
    code: int
    report: dict[str, Any]
    told: str
    seconds: float


def carry_out(order: Order) -> Outcome:
    """Builds a pack in this process alone. Whatever happens is told, nothing raised."""
    from packgen.cli.building import build_one

    started = time.perf_counter()
    told = io.StringIO()
    with redirect_stderr(told), Workers(1) as workers:
        try:
            code, report = build_one(
                order.folder, order.out, order.wishes, workers, json=order.json, progress=Progress()
            )
        except Exception as error:  # a fault of packgen in one pack is no reason to leave the others unbuilt
            print(f"{order.name}: {confession(error)}", file=sys.stderr)
            return failed(order, ExitCode.BUG, FAULT, told.getvalue().rstrip(), time.perf_counter() - started)
    return Outcome(order.name, code, report, told.getvalue().rstrip(), time.perf_counter() - started)


def failed(order: Order, code: ExitCode, problem: str, told: str, seconds: float = 0.0) -> Outcome:
    """The outcome of an order that no build came of."""
    problems = [{"code": problem, "severity": "error", "message": told}]
    return Outcome(order.name, code, {"pack": order.name, "built": False, "problems": problems}, told, seconds)
