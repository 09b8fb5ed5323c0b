"""How much work a template may cause, so that none can hang or fill the memory.

Takes counts; gives nothing, or raises once a limit is passed. Never looks at a clock: the same template and data
always do, or always do not, pass.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

MOST_STEPS = 200_000
MOST_OUTPUT = 50_000_000
LONGEST_TEXT = 1_000_000
LARGEST_NUMBER = 10**12


class BudgetError(Exception):
    """A template asks for more than any document needs."""


class Budget:
    """Counts the turns of loops and the characters written while one document is filled."""

    def __init__(self) -> None:
        self._steps = 0
        self._output = 0

    def step(self) -> None:
        """Count one turn of a loop, or one call."""
        self._steps += 1
        if self._steps > MOST_STEPS:
            raise BudgetError(f"the template's loops go round more than {MOST_STEPS:,} times")

    def write(self, characters: int) -> None:
        """Count characters of the finished document."""
        self._output += characters
        if self._output > MOST_OUTPUT:
            raise BudgetError(f"the template writes more than {MOST_OUTPUT:,} characters")

    def counted(self, items: Iterable[Any]) -> Iterator[Any]:
        """The same items, each counted as it is taken."""
        for item in items:
            self.step()
            yield item

    def measured(self, value: Any) -> Any:
        """The same value, refused if it is a text or list that has grown beyond reason."""
        if isinstance(value, str | list | tuple) and len(value) > LONGEST_TEXT:
            raise BudgetError(f"the template builds a text or list longer than {LONGEST_TEXT:,}")
        return value
