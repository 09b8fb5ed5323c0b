"""Runs commands and tells how long each took, and the most memory that all of its processes had together."""

from __future__ import annotations

import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import psutil

_BETWEEN_LOOKS = 0.02
PACKGEN = [sys.executable, "-m", "packgen"]


@dataclass(frozen=True)
class Measured:
    """Seconds, megabytes where the system tells them, what was printed, and seconds that processors worked, if told."""

    seconds: float
    megabytes: float | None = None
    printed: str = ""
    worked: float | None = None


def run(command: Sequence[str | Path], folder: Path | None = None, *, memory: bool = False) -> Measured:
    """One run of a command; looking at its `memory` takes time that is counted too.

    Raises:
        RuntimeError: it failed.
    """
    started = time.perf_counter()
    process = subprocess.Popen(
        [str(part) for part in command], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    most: list[float] = []
    if memory:
        watch = threading.Thread(target=lambda: most.append(_most_memory(process)))
        watch.start()
    printed, _ = process.communicate()
    seconds = time.perf_counter() - started
    if memory:
        watch.join()
    if process.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))} failed")
    return Measured(seconds, max(most, default=None), printed)


def _most_memory(process: subprocess.Popen[str]) -> float:
    """Megabytes that a process and all that it started had at once, at most. What they share counts once, on Linux."""
    most = 0
    watched = psutil.Process(process.pid)
    while process.poll() is None:
        with suppress(psutil.Error):
            most = max(most, sum(map(_memory_of, [watched, *watched.children(recursive=True)])))
        time.sleep(_BETWEEN_LOOKS)
    return most / 1e6


def _memory_of(process: psutil.Process) -> int:
    try:
        told = process.memory_full_info()
    except psutil.Error:  # it has ended meanwhile
        return 0
    return int(getattr(told, "pss", told.rss))


def run_timed(command: Sequence[str | Path], *, memory: bool = False) -> Measured:
    """One run of a command that prints the seconds it took first, and those that processors worked last of three."""
    done = run(command, memory=memory)
    told = done.printed.split()
    return Measured(float(told[0]), done.megabytes, done.printed, float(told[2]) if len(told) > 2 else None)


class Once(Protocol):
    """Does once what is measured, and looks at its memory if that is asked for."""

    def __call__(self, *, memory: bool = False) -> Measured: ...


def median(times: int, once: Once) -> Measured:
    """The median of several runs, and the most memory in one more."""
    return _summed_up([once() for _ in range(times)], once)


def medians(times: int, one: Once, other: Once) -> tuple[Measured, Measured]:
    """The medians of two things done by turns: machines are faster at one time than at another."""
    runs: tuple[list[Measured], list[Measured]] = ([], [])
    for turn in range(times):
        for which in (0, 1) if turn % 2 else (1, 0):
            runs[which].append((one, other)[which]())
    return _summed_up(runs[0], one), _summed_up(runs[1], other)


def _summed_up(runs: Sequence[Measured], once: Once) -> Measured:
    seconds = statistics.median(each.seconds for each in runs)
    worked = [each.worked for each in runs if each.worked is not None]
    return Measured(
        seconds, once(memory=True).megabytes, runs[0].printed, statistics.median(worked) if worked else None
    )
