"""What is said when packgen itself is at fault."""

from __future__ import annotations

import os
import traceback
from pathlib import Path

import packgen


def confession(error: Exception) -> str:
    """Says that packgen is at fault and where, in one paragraph; all that is known of it if `PACKGEN_DEBUG` is set."""
    if os.environ.get("PACKGEN_DEBUG"):
        return "".join(traceback.format_exception(error)).rstrip()
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "unknown place"
    return (
        f"This is a fault in packgen {packgen.__version__}, not in your pack. The old output is untouched.\n"
        f"Please report it with this line: {type(error).__name__} at {place}: {error}\n"
        "hint: set PACKGEN_DEBUG=1 and run the command again to see the details"
    )
