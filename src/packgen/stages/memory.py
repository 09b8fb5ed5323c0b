"""What earlier builds found out, as far as it still holds.

Takes the tasks of a stage and what each depends on; runs only those whose result is not kept. A result is kept only if
what it depends on is still the same once it is there: a file may be saved while it is drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from packgen.cache import Store, digest, program_version
from packgen.stages.workers import Workers

Task = TypeVar("Task")
Result = TypeVar("Result")


class Memory:
    """Results of one pack's builds; without a store nothing is remembered."""

    def __init__(self, store: Store | None = None) -> None:
        self._store = store

    def key(self, *values: object) -> str:
        """What a result is kept under that depends on these values, and on the program."""
        return digest(program_version(), *values) if self._store is not None else ""

    def recall(self, key: str, kind: type[Result]) -> Result | None:
        """The result that is kept under a key, if there is one."""
        return self._store.load(key, kind) if self._store is not None else None

    def keep(self, key: str, result: object) -> None:
        """Keeps a result for later builds."""
        if self._store is not None:
            self._store.save(key, result)

    def run(
        self,
        workers: Workers,
        function: Callable[[Task], Result],
        tasks: Sequence[Task],
        *,
        kind: type[Result],
        key: Callable[[Task], str],
        weight: Callable[[Task], int],
    ) -> list[Result]:
        """Results in the order of the tasks, as `Workers.run` gives them; what is kept is not done again."""
        keys = [key(task) for task in tasks]
        found = {place: known for place, each in enumerate(keys) if (known := self.recall(each, kind)) is not None}
        missing = [place for place in range(len(tasks)) if place not in found]
        made = workers.run(function, [tasks[place] for place in missing], weight=weight)
        for place, result in zip(missing, made, strict=True):
            found[place] = result
            if self._store is not None and key(tasks[place]) == keys[place]:
                self.keep(keys[place], result)
        return [found[place] for place in range(len(tasks))]

    def forget_unused(self) -> None:
        """Throws away what no recent build has used."""
        if self._store is not None:
            self._store.prune()


def remembering(folder: Path, *, afresh: bool, recent: dict[str, Any] | None = None) -> Memory:
    """The memory in a folder; with `afresh` everything is done again, and remembered.

    `recent` is where a program that goes on running keeps what it needs for its next build.
    """
    return Memory(Store(folder, fresh=afresh, recent=recent))
