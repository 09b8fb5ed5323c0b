"""A process beside this one that does one thing, started before it is known what.

After a late change a single document is drawn. The other process loads for that what it takes while this one reads the
command line and the pack. Imports next to nothing itself, so that it can be the first thing that a command does. Works
on every system, other than forking; and where it fails, the work is done here.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from subprocess import Popen
    from threading import Event

_SERVED = "packgen.stages.serving"
_waiting: list[Popen[bytes]] = []
"""The process that was started and has nothing to do yet."""


class Pending:
    """Something that another process does."""

    def __init__(self, process: Popen[bytes], function: Callable[[Any], Any], argument: object) -> None:
        self._process = process
        self._function, self._argument = function, argument
        self._reply: tuple[bool, Any] | None = None
        self._settled = self._started()

    def result(self) -> Any:
        """What the function gives; its own errors are raised here."""
        self._settled.wait()
        if self._reply is None:
            return self._function(self._argument)
        fine, value = self._reply
        if fine:
            return value
        raise value

    def stop(self) -> None:
        """Whatever comes of it is not wanted."""
        self._process.kill()

    def _started(self) -> Event:
        from threading import Event, Thread

        settled = Event()
        # Sending may take until the other process has loaded everything, and receiving until it is done.
        Thread(target=self._exchange, args=(settled,), daemon=True).start()
        return settled

    def _exchange(self, settled: Event) -> None:
        import pickle

        sent, received = _pipes(self._process)
        try:
            with received:
                with sent:
                    pickle.dump((self._function, self._argument), sent)
                self._reply = pickle.load(received)  # noqa: S301  # from packgen's own process
        except Exception:  # whatever it is: then it is done in this process, and fails there if it has to
            self._reply = None
        finally:
            settled.set()
            self._process.wait()


def start_beside() -> None:
    """Start the process. Does nothing where this one does not know the program that runs it."""
    if not sys.executable or _waiting:
        return
    from subprocess import PIPE, Popen

    # `-P`: what lies in the folder that an officer works in is not taken for a part of Python.
    try:
        _waiting.append(Popen([sys.executable, "-P", "-m", _SERVED], stdin=PIPE, stdout=PIPE))
    except OSError:  # the system does not let it; then everything is done here
        return


def is_waiting() -> bool:
    """Whether there is a process that could do something."""
    return bool(_waiting)


def begin_beside(function: Callable[[Any], Any], argument: object) -> Pending:
    """Have it call a function that can be imported, with a value that can be pickled. It does that once."""
    return Pending(_waiting.pop(), function, argument)


def stop_waiting() -> None:
    """Nothing is left that it could do."""
    while _waiting:
        process = _waiting.pop()
        process.kill()
        process.wait()
        for pipe in _pipes(process):
            pipe.close()


def _pipes(process: Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    if process.stdin is None or process.stdout is None:
        raise OSError
    return process.stdin, process.stdout
