"""Runs commands and tells how long each took, and the most memory that one of its processes had."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

PACKGEN = [sys.executable, "-m", "packgen"]


@dataclass(frozen=True)
class Measured:
    """Seconds, megabytes where the system tells them, and what was printed."""

    seconds: float
    megabytes: float | None = None
    printed: str = ""


def run(command: Sequence[str | Path], folder: Path | None = None) -> Measured:
    """One run of a command.

    Raises:
        RuntimeError: it failed.
    """
    started = time.perf_counter()
    process = subprocess.Popen(
        [str(part) for part in command], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdout is not None
    printed = process.stdout.read()
    memory = None
    if hasattr(os, "wait4"):
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        memory = used.ru_maxrss / (1024 if sys.platform == "linux" else 1024 * 1024)
    else:
        process.wait()
    seconds = time.perf_counter() - started
    if process.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))} failed")
    return Measured(seconds, memory, printed)


def run_timed(command: Sequence[str | Path]) -> Measured:
    """One run of a command that prints the seconds it took, first."""
    done = run(command)
    return Measured(float(done.printed.split()[0]), done.megabytes, done.printed)


def median(times: int, once: Callable[[], Measured]) -> Measured:
    """The median of several runs, and the most memory of any."""
    runs = [once() for _ in range(times)]
    memory = [each.megabytes for each in runs if each.megabytes is not None]
    return Measured(statistics.median(each.seconds for each in runs), max(memory, default=None), runs[0].printed)
