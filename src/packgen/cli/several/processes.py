"""Several packs in processes of this machine."""

from __future__ import annotations

import multiprocessing
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

from packgen.cli.several.orders import Order, Outcome, carry_out, failed
from packgen.errors import ExitCode
from packgen.stages.pool import pool_of

_PATIENCE = 15.0
"""Seconds without news after which people are told what is waited for."""
_KILLED = (
    "{0}: not built; its process was stopped, most likely for want of memory\n"
    "hint: close other programs, or build this pack by itself with --jobs 1"
)

Waiting = Callable[[Sequence[tuple[str, float]]], None]
"""Takes the names of packs that are being built, and for how many seconds."""


def in_processes(orders: Sequence[Order], jobs: int, on_waiting: Waiting) -> Iterator[Outcome]:
    """Outcomes as they come, of `jobs` packs at once, the largest first.

    When a process dies, nobody knows which of those that ran has killed it: each is tried once more, and by itself.
    """
    again = yield from _together(deque(sorted(orders, key=lambda order: -order.weight)), jobs, on_waiting)
    for order in again:
        for lost in (yield from _together(deque([order]), 1, on_waiting)):
            yield failed(lost, ExitCode.BUG, "workers.killed", _KILLED.format(lost.name))


def _together(waiting: deque[Order], jobs: int, on_waiting: Waiting) -> Generator[Outcome, None, list[Order]]:
    """Outcomes; returns the orders whose processes died with them."""
    lost: list[Order] = []
    while waiting:
        running: dict[Future[Outcome], tuple[Order, float]] = {}
        with pool_of(jobs) as pool, _stopped_at_once():
            broken = False
            while running or (waiting and not broken):
                while waiting and len(running) < jobs and not broken:
                    order = waiting.popleft()
                    running[pool.submit(carry_out, order)] = (order, time.monotonic())
                done, _ = wait(running, _PATIENCE, FIRST_COMPLETED)
                if not done:
                    on_waiting([(order.name, time.monotonic() - since) for order, since in running.values()])
                for future in done:
                    order, _since = running.pop(future)
                    if isinstance(future.exception(), BrokenProcessPool):
                        broken = True
                        lost.append(order)
                    else:
                        yield future.result()
    return lost


@contextmanager
def _stopped_at_once() -> Iterator[None]:
    """Whoever stops packgen does not wait for packs that are being built; their old output stands."""
    try:
        yield
    except (KeyboardInterrupt, GeneratorExit, SystemExit):
        for child in multiprocessing.active_children():
            child.kill()
        raise
