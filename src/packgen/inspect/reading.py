"""What the processes run that `readers` starts: each reads parts of one PDF, says what it saw, and ends.

It ends as well, without a word, once nobody is there to be told, and on any error: whoever asked reads the rest itself,
and fails there if it has to.
"""

from __future__ import annotations

import gc
import signal
import sys

from msgspec import msgpack

from packgen.inspect.readback import read_parts
from packgen.inspect.readers import Order, answer
from packgen.leaving import leave_at_once

_NEW_OBJECTS = 100_000


def serve() -> None:
    """Reads what the standard input asks for, and answers through the standard output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches every process of a terminal
    gc.set_threshold(_NEW_OBJECTS)
    answers, sys.stdout = sys.stdout.buffer, sys.stderr
    import pypdfium2  # noqa: F401  # while whoever will ask is busy

    try:
        order = msgpack.decode(sys.stdin.buffer.read(), type=Order)
        for number, facts in read_parts(order):
            answer(answers, number, facts)
    except Exception:  # see above
        leave_at_once(1)
    leave_at_once(0)


if __name__ == "__main__":
    serve()
