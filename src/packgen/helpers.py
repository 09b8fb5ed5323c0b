"""Processes that do parts of some work while this one does the others, from the other end.

Takes a module that calls `serve` when it is run, and orders as bytes; gives what came of parts by their numbers, as far
as it has come in. Nobody waits for these processes: what they have not told, whoever asked for it does itself. So one
that dies, or cannot be started, costs time and nothing else. They are started as they are on every system, other than
forking, so that any process may have some.
"""

from __future__ import annotations

import gc
import signal
import struct
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from subprocess import DEVNULL, PIPE, Popen
from threading import Thread
from types import TracebackType
from typing import IO, Self

from packgen.leaving import leave_at_once

_HEAD = struct.Struct(">IQ")
"""What stands before each part: its number, and its length in bytes."""
_MARK = b"packgen helper\n"
"""What comes first; whatever else a process says, such as when Python starts, is no answer."""
_NEW_OBJECTS = 100_000
_TURN = 0.0005
"""Seconds until a thread that takes something in has its turn: who tells a lot would wait for Python's own 0.005."""


class Helpers:
    """Up to `count` processes that run a module. They load what they need at once, and end with the block."""

    def __init__(self, module: str, count: int) -> None:
        self._threads: list[Thread] = []
        self._told: dict[int, bytes] = {}
        self.processes: list[Popen[bytes]] = []
        # `-P`: what lies in the folder that an officer works in is not taken for a part of Python.
        command = [sys.executable, "-P", "-m", module]
        with suppress(OSError):  # the system does not let it; then everything is done here
            for _ in range(count if sys.executable else 0):
                self.processes.append(Popen(command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def begun(self) -> bool:
        """Whether they have something to do."""
        return bool(self._threads)

    def begin(self, orders: Sequence[Sequence[bytes]]) -> None:
        """Give each process its order, in pieces. It takes no other."""
        if self.processes:
            sys.setswitchinterval(_TURN)
        for process, order in zip(self.processes, orders, strict=True):
            self._threads.append(Thread(target=self._exchange, args=(process, order), daemon=True))
            self._threads[-1].start()

    def told(self, number: int) -> bytes | None:
        """What came of a part, which is given once; None if that has not come in."""
        return self._told.pop(number, None)

    def stop(self) -> None:
        """Nothing more is wanted."""
        processes, self.processes = self.processes, []
        for process in processes:
            process.kill()
            process.wait()
        for thread in self._threads:
            thread.join()
        for pipe in (pipe for process in processes for pipe in _pipes(process)):
            with suppress(OSError):  # the order was not sent to its end
                pipe.close()

    def _exchange(self, process: Popen[bytes], order: Sequence[bytes]) -> None:
        sent, received = _pipes(process)
        with suppress(OSError, ValueError, MemoryError, OverflowError):  # it has ended, or told something odd
            for piece in order:
                sent.write(piece)
            sent.close()
            if received.read(len(_MARK)) != _MARK:
                return
            while len(head := received.read(_HEAD.size)) == _HEAD.size:
                number, size = _HEAD.unpack(head)
                self._told[number] = received.read(size)


def serve(load: Callable[[], object], work: Callable[[bytes], Iterable[tuple[int, bytes]]]) -> None:
    """What the module does that is run: `load` what it takes, do the `work` that is asked for, and end.

    It ends as well, without a word, once nobody is there to be told, and on any error: whoever asked does the rest
    itself, and fails there if it has to.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches every process of a terminal
    gc.set_threshold(_NEW_OBJECTS)
    answers, sys.stdout = sys.stdout.buffer, sys.stderr
    try:
        load()
        answers.write(_MARK)
        for number, told in work(sys.stdin.buffer.read()):
            answers.write(_HEAD.pack(number, len(told)) + told)
            answers.flush()
    except Exception:  # see above
        leave_at_once(1)
    leave_at_once(0)


def _pipes(process: Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    if process.stdin is None or process.stdout is None:
        raise OSError
    return process.stdin, process.stdout
