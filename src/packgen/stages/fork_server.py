"""The process that workers are forked from. It imports what they need while this one has other things to do.

Only where the system can fork. Imports next to nothing itself, so that it can be the first thing that a command does.
"""

from __future__ import annotations

import sys

EVERYTHING = "packgen.stages.preload"
"""What it takes to draw, join and read back."""
_ITS_END = "packgen.stages.fork_server_end"

_running = False


def start_fork_server() -> bool:
    """Start it, if it does not run already; each process that is forked from it has imported `EVERYTHING`.

    Gives whether it runs. It does not where the system cannot fork, or has no room for the name of its socket, which
    stands in the folder for temporary files.
    """
    global _running  # noqa: PLW0603  # there is one such process for each of ours
    if sys.platform == "win32":
        return False
    from multiprocessing import forkserver

    if not _running:
        forkserver.set_forkserver_preload([_ITS_END, EVERYTHING])
    try:
        forkserver.ensure_running()
    except OSError:
        return False
    _running = True
    return True


def fork_server_runs() -> bool:
    """Whether workers can be had at once."""
    return _running
