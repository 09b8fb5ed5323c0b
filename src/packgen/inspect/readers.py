"""Processes that read pages of a long pack while this one looks at everything else, and then at pages from the end.

Takes a PDF; gives what was seen on some of its pages, as far as it has come in. Nobody waits for these processes: what
they have not told, whoever asked for it reads by itself. So one that dies, or cannot be started, costs time and nothing
else. They are started as they are on every system, other than forking, so that any process may have some.
"""

from __future__ import annotations

import struct
import sys
from collections.abc import Collection, Sequence
from contextlib import suppress
from subprocess import DEVNULL, PIPE, Popen
from threading import Thread
from types import TracebackType
from typing import IO, Self

from msgspec import MsgspecError, Struct, msgpack

from packgen.inspect.page_facts import PageFact

IN_ONE_PART = 50
"""Pages that are told of together; as long a process works on for nobody after the one that asked has gone."""
_HEAD = struct.Struct(">II")
"""What stands before each part: its number, and its length in bytes."""
_READING = "packgen.inspect.reading"


class Order(Struct, frozen=True):
    """A PDF to be read, with the links of the pages `linked`: each `step`th part of it, from part `first` on."""

    data: bytes
    linked: tuple[int, ...]
    first: int
    step: int


def part_of(number: int, page_count: int) -> range:
    """The page indexes of a part, by its number from 0."""
    return range(number * IN_ONE_PART, min((number + 1) * IN_ONE_PART, page_count))


def part_count(page_count: int) -> int:
    """How many parts so many pages have."""
    return -(-page_count // IN_ONE_PART)


class Readers:
    """Up to `count` such processes, which load what they need as soon as they are made, and end with the block."""

    def __init__(self, count: int) -> None:
        self._processes: list[Popen[bytes]] = []
        self._threads: list[Thread] = []
        self._told: dict[int, bytes] = {}
        # `-P`: what lies in the folder that an officer works in is not taken for a part of Python.
        command = [sys.executable, "-P", "-m", _READING]
        with suppress(OSError):  # the system does not let it; then everything is read here
            for _ in range(count if sys.executable else 0):
                self._processes.append(Popen(command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in self._processes:
            process.kill()
            process.wait()
        for thread in self._threads:
            thread.join()
        for process in self._processes:
            for pipe in _pipes(process):
                with suppress(OSError):  # the order was not sent to its end
                    pipe.close()

    def begin(self, data: bytes, linked: Collection[int]) -> None:
        """Have a PDF read from its first page on. It is the only one that they read."""
        if self._threads:
            return
        for number, process in enumerate(self._processes):
            order = Order(data, tuple(sorted(linked)), number, len(self._processes))
            self._threads.append(Thread(target=self._exchange, args=(process, order), daemon=True))
            self._threads[-1].start()

    def told(self, number: int, page_count: int) -> Sequence[PageFact] | None:
        """What was seen on the pages of a part; None if that has not come in."""
        told = self._told.pop(number, None)
        try:
            facts = msgpack.decode(told, type=list[PageFact]) if told is not None else []
        except MsgspecError:
            return None
        return facts if len(facts) == len(part_of(number, page_count)) else None

    def _exchange(self, process: Popen[bytes], order: Order) -> None:
        sent, received = _pipes(process)
        with suppress(OSError, ValueError):  # it has ended
            sent.write(msgpack.encode(order))
            sent.close()
            while len(head := received.read(_HEAD.size)) == _HEAD.size:
                number, size = _HEAD.unpack(head)
                self._told[number] = received.read(size)


def answer(answers: IO[bytes], number: int, facts: Sequence[PageFact]) -> None:
    """What such a process says of a part."""
    told = msgpack.encode(facts)
    answers.write(_HEAD.pack(number, len(told)) + told)
    answers.flush()


def _pipes(process: Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    if process.stdin is None or process.stdout is None:
        raise OSError
    return process.stdin, process.stdout
