"""What earlier builds found out, as far as it still holds.

Takes the tasks of a stage and what each depends on; runs only those whose result is not kept. A result is kept only if
what it depends on is still the same once it is there: a file may be saved while it is drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from packgen.cache import Store, digest, program_version
from packgen.digests import file_digest
from packgen.errors import Problem
from packgen.stages.workers import Workers
from packgen.workspace import shown_path

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
        small: int = 0,
    ) -> list[Result]:
        """Results in the order of the tasks, as `Workers.run` gives them; what is kept is not done again."""
        keys = [key(task) for task in tasks]
        found = {place: known for place, each in enumerate(keys) if (known := self.recall(each, kind)) is not None}
        missing = [place for place in range(len(tasks)) if place not in found]
        made = workers.run(function, [tasks[place] for place in missing], weight=weight, small=small)
        for place, result in zip(missing, made, strict=True):
            found[place] = result
            if self._store is not None and key(tasks[place]) == keys[place]:
                self.keep(keys[place], result)
        return [found[place] for place in range(len(tasks))]

    def forget_unused(self) -> None:
        """Begins to throw away what no recent build has used."""
        if self._store is not None:
            self._store.prune()

    def remarks(self) -> Iterator[Problem]:
        """Once everything is kept: tells if that could not be done."""
        if self._store is None:
            return
        self._store.settle()
        if self._store.failed is not None:
            yield Problem(
                code="cache.cannot-write",
                severity="warning",
                file=shown_path(self._store.folder),
                message=f"nothing can be kept for the next build: {self._store.failed.strerror or self._store.failed}",
                hint="the pack is as it should be; building takes as long as the first time, until it can be written",
            )


class Findings:
    """What checks of single files found, as `validate` asks for it."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def digest(self, file: Path) -> str:
        return file_digest(file)

    def known(self, key: str) -> Sequence[Problem] | None:
        """What was found before."""
        return self._memory.recall(self._memory.key("findings", key), list[Problem])

    def keep(self, key: str, found: Sequence[Problem]) -> None:
        """Keeps what was found."""
        self._memory.keep(self._memory.key("findings", key), found)

    def recall(self, key: Callable[[], str], find: Callable[[], Iterable[Problem]]) -> Sequence[Problem]:
        """What was found before, or is found now; kept if nothing that matters to it changed meanwhile."""
        asked = self._memory.key("findings", key())
        known = self._memory.recall(asked, list[Problem])
        if known is not None:
            return known
        found = list(find())
        if self._memory.key("findings", key()) == asked:
            self._memory.keep(asked, found)
        return found


@contextmanager
def remembering(folder: Path, *, afresh: bool, recent: dict[str, Any] | None = None) -> Iterator[Memory]:
    """The memory in a folder, on the disk when the block ends; with `afresh` everything is done again, and remembered.

    `recent` is where a program that goes on running keeps what it needs for its next build.
    """
    with Store(folder, fresh=afresh, recent=recent) as store:
        yield Memory(store)
