"""Heading levels that a reader can follow: they start at 1 and go down one at a time.

Takes the levels an author used, in order; gives legal ones (ISO 14289-1, 7.4.2) and notes each that had to change.
"""

from __future__ import annotations

from collections.abc import Callable


class HeadingLevels:
    """The levels of one document. `changed` is told the place, the author's level and the one given instead."""

    def __init__(self, changed: Callable[[str, int, int], None]) -> None:
        self._changed = changed
        self._open: list[int] = []

    def legal(self, level: int, place: str) -> int:
        """The level for a heading that the author gave `level`."""
        while self._open and self._open[-1] >= level:
            self._open.pop()
        self._open.append(level)
        if len(self._open) != level:
            self._changed(place, level, len(self._open))
        return len(self._open)
