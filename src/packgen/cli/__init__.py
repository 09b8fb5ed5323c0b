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


__all__ = ["main"]
