"""The command line: parses, calls, prints, and chooses the exit code. Nothing else prints or exits."""

import gc
import sys

_NEW_OBJECTS = 100_000
"""How many objects may come before Python looks for rings of dead ones. It looks at every 700, and finds next to none
here, where values point one way; most commands are over before there are that many."""


def main() -> None:
    """Runs the command that this process was called with, and exits with its code."""
    gc.set_threshold(_NEW_OBJECTS)
    from packgen.cli.head_start import start_early

    start_early(sys.argv[1:])
    from packgen.cli.app import main as run

    run()


def command() -> None:
    """As `main`, for a process that does nothing else: it leaves at once."""
    from packgen.leaving import leave_at_once
    from packgen.quiet import be_quiet

    be_quiet()
    try:
        main()
    except SystemExit as leaving:
        if leaving.code is not None and not isinstance(leaving.code, int):
            raise
        try:
            leave_at_once(leaving.code or 0)
        except OSError:  # Python has its own way to say that nobody reads any more
            raise leaving from None


__all__ = ["command", "main"]
