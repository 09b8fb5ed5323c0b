"""Processes that wait for work.

They are started fresh, never forked from this process: the compiler that draws documents keeps threads, and a fork
would lose them and wait for ever. Ctrl+C does not reach them; they end with the process that started them.
"""

from __future__ import annotations

import gc
import os
import shutil
import signal
import tempfile
from collections.abc import Callable
from threading import Thread
from typing import TYPE_CHECKING, Any

from packgen.memory_use import keep_memory
from packgen.quiet import be_quiet
from packgen.stages.fork_server import start_fork_server

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor


class Pool:
    """Up to `jobs` processes. What they write for a moment stands in a folder that goes with them, however they end."""

    def __init__(self, jobs: int) -> None:
        """Starts none yet.

        Raises:
            OSError: the system does not let it.
        """
        self._folder = tempfile.TemporaryDirectory(prefix="packgen-", ignore_cleanup_errors=True)
        self._executor = pool_of(jobs, self._folder.name)

    def submit(self, function: Callable[..., Any], argument: object) -> Future[Any]:
        """Have a process call a function, if need be one that is started for it.

        Raises:
            concurrent.futures.process.BrokenProcessPool: one of the processes was stopped by the system.
        """
        return self._executor.submit(function, argument)

    def close(self) -> None:
        """Wait until everything is done, and end the processes."""
        self._executor.shutdown(wait=True, cancel_futures=True)
        self._folder.cleanup()

    def stop(self) -> None:
        """End the processes at once, whatever they do."""
        # Nothing but this tells which they are before Python 3.14.
        for process in list((getattr(self._executor, "_processes", None) or {}).values()):
            process.kill()
        self.close()


def pool_of(jobs: int, folder: str | None = None) -> ProcessPoolExecutor:
    """Processes that wait for work, and have a `folder` for temporary files, or that of the system."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    context = multiprocessing.get_context("forkserver" if start_fork_server() else "spawn")
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=(folder, *gc.get_threshold()))


def _begin(folder: str | None, *thresholds: int) -> None:
    """Ctrl+C reaches every process of a terminal, and the one that started the others stops them. Garbage is collected
    as often as in that.
    """
    gc.set_threshold(*thresholds)
    keep_memory()
    be_quiet()
    if folder is not None:
        tempfile.tempdir = folder
    Thread(target=_end_with_parent, args=(folder,), daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _end_with_parent(folder: str | None) -> None:
    """A process whose parent was killed has nobody to work for, and is left to tidy up."""
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        parent.join()
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
        os._exit(1)
