"""A second thread, for the time in which a library written in another language does not need Python."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from threading import Thread
from typing import TypeVar

Result = TypeVar("Result")

_TURN = 0.0002
"""Seconds after which one thread lets another one go on; Python's own 0.005 are longer than most calls of a library."""


@contextmanager
def loaded_meanwhile(*modules: str) -> Iterator[None]:
    """Load modules beside what is done within this."""
    wanted = [name for name in modules if name not in sys.modules]
    thread = Thread(target=lambda: [import_module(name) for name in wanted])
    if wanted:
        thread.start()
    try:
        yield
    finally:
        if wanted:
            thread.join()


@contextmanager
def taken_turns(work: Callable[[], Result]) -> Iterator[Future[Result]]:
    """Do `work` beside what is done within this, which waits for it at its end. Its errors come with its result."""
    usual = sys.getswitchinterval()
    with ThreadPoolExecutor(1) as threads:
        sys.setswitchinterval(_TURN)
        try:
            yield threads.submit(work)
        finally:
            sys.setswitchinterval(usual)
