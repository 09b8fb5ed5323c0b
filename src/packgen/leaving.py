"""How a process leaves that has done all it was for."""

from __future__ import annotations

import atexit
import os
import sys


def leave_at_once(code: int) -> None:
    """End this process: what was asked to be done at its end is done, what was printed is written out.

    Python would take apart all that was loaded, which takes it as long as packgen to check a pack.

    Raises:
        OSError: nobody reads any more what was printed.
    """
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
