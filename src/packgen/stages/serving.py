"""What the process runs that `beside` starts: it loads what drawing needs, does one thing, and ends."""

from __future__ import annotations

import gc
import pickle
import signal
import sys
from importlib import import_module

from packgen.errors import PackgenError
from packgen.leaving import leave_at_once

_NEW_OBJECTS = 100_000


def serve() -> None:
    """Does what comes in through the standard input, and gives its result, or its error, through the output.

    Any error that is no message to an officer ends it without a word: the work is then done, and fails, where it was
    asked for. So does the end of the input: whoever might have asked has gone.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches every process of a terminal
    gc.set_threshold(_NEW_OBJECTS)
    answers, sys.stdout = sys.stdout.buffer, sys.stderr
    import_module("packgen.stages.preload_drawing")
    try:
        function, argument = pickle.load(sys.stdin.buffer)  # noqa: S301  # from packgen's own process
        try:
            reply = (True, function(argument))
        except PackgenError as error:
            reply = (False, error)
        pickle.dump(reply, answers)
        answers.flush()
        leave_at_once(0)
    except Exception:  # see above
        leave_at_once(0)


if __name__ == "__main__":
    serve()
