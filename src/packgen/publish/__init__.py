"""Puts finished folders in place: whole or not at all.

Takes a folder that a build has written beside the old output; swaps it in. Never touches what is inside.
"""

from packgen.publish.swap import OutputFolder, hold_output

__all__ = ["OutputFolder", "hold_output"]
