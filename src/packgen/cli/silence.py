"""Nobody is left to wonder whether a build still runs: after some silence it is told what is waited for."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from packgen.messages import write_step
from packgen.progress import Progress, Step

_PATIENCE = 15.0
"""Seconds without a line after which one is written, and written again."""
_SHOWN = 3


@contextmanager
def telling_progress(write: Callable[[Step], None] = write_step, patience: float = _PATIENCE) -> Iterator[Progress]:
    """Progress that is written as it goes, and after a silence what it waits for and for how long."""
    heard = [time.monotonic()]

    def show(step: Step) -> None:
        heard[0] = time.monotonic()
        write(step)

    progress, ended = Progress(show=show), threading.Event()

    def watch() -> None:
        told = 0.0
        while not ended.wait(min(patience / 4, 1.0)):
            silent = time.monotonic() - heard[0]
            told = min(told, silent)
            if silent - told >= patience:
                told = silent
                print(f"        {_waited_for(progress.expected)} ({silent:.0f} s)", file=sys.stderr)

    watching = threading.Thread(target=watch, daemon=True)
    watching.start()
    try:
        yield progress
    finally:
        ended.set()
        watching.join()


def _waited_for(names: list[str]) -> str:
    if not names:
        return "still at it"
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"still waiting for {', '.join(names[:_SHOWN])}{more}"
