"""Processes that a thread starts, while whoever wants them does something else.

The first of them may not be there until what it is forked from has loaded its libraries, and nothing should wait for
that but work.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any

from packgen.stages.pool import Pool

if TYPE_CHECKING:
    from concurrent.futures import Future

Begun = tuple[object, object, "Future[Any]"]
"""A function, its argument, and what comes of it."""


class Starting:
    """Has processes call a function with each of some arguments. Without a `pool` there will be one of `jobs`."""

    def __init__(
        self, pool: Pool | None, jobs: int, function: Callable[..., object], arguments: Sequence[object]
    ) -> None:
        self._given, self._pool, self._jobs = pool, pool, jobs
        self._begun: list[Begun] = []
        self._lock, self._wanted, self._done = Lock(), True, False
        self._thread = Thread(target=self._start, args=(function, arguments), daemon=True)
        self._thread.start()

    def settled(self) -> tuple[Pool | None, list[Begun]]:
        """The processes, and what they have begun, once they are there; fewer or none where the system does not let it,
        which it says again when it is asked again.
        """
        self._thread.join()
        return self._pool, self._begun

    def called_off(self) -> bool:
        """Nothing of it is wanted. Gives whether it is not done yet; then it ends by itself what it has started."""
        with self._lock:
            self._wanted = False
            return not self._done

    def _start(self, function: Callable[..., object], arguments: Sequence[object]) -> None:
        with suppress(OSError, RuntimeError):
            self._pool = self._pool or Pool(self._jobs)
            for argument in arguments:
                if self._wanted:
                    self._begun.append((function, argument, self._pool.submit(function, argument)))
        with self._lock:
            self._done = True
            wanted = self._wanted
        if wanted:
            return
        for _, _, future in self._begun:
            future.cancel()
        if self._pool is not None and self._given is None:
            self._pool.stop()
