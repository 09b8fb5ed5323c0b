"""How far a build has come, told as it goes. Takes events, keeps timings; how they are shown is another's business."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum

from msgspec import Struct, field


class Stage(Enum):
    """The stages that people see, numbered as in `pipeline`; two that are done together share a line."""

    LOAD = ("1", "Reading the pack")
    VALIDATE = ("2", "Checking it")
    DRAW = ("3 and 4", "Filling and drawing documents")
    PAGINATE = ("5 and 6", "Numbering pages, drawing the front sheet")
    MERGE = ("7 and 8", "Joining the pack and reading it back")
    SWAP = ("9", "Putting it in place")

    @property
    def numbers(self) -> str:
        return self.value[0]

    @property
    def words(self) -> str:
        return self.value[1]


LAST_STAGE = Stage.SWAP.numbers


class Step(Struct, frozen=True):
    """One thing that happened: a stage began (`done` None), or one of its documents was finished."""

    stage: Stage
    done: int | None = None
    total: int | None = None
    name: str | None = None
    seconds: float | None = None


class Progress(Struct):
    """Collects the seconds of each stage and hands every step to `show`.

    `unchanged` is how many documents did not have to be drawn again, `expected` are the titles of those that are still
    being drawn.
    """

    show: Callable[[Step], None] = lambda _: None
    timings: dict[str, float] = field(default_factory=dict)
    unchanged: int = 0
    expected: list[str] = field(default_factory=list)
    _stage: Stage = Stage.LOAD

    @contextmanager
    def stage(self, stage: Stage) -> Iterator[None]:
        """Marks the time that a stage takes."""
        self._stage = stage
        self.show(Step(stage))
        started = time.perf_counter()
        yield
        self.timings[stage.name.lower()] = time.perf_counter() - started

    def document(self, name: str, done: int, total: int, seconds: float) -> None:
        """Tells that one document of the present stage is finished."""
        if name in self.expected:
            self.expected.remove(name)
        self.show(Step(self._stage, done, total, name, seconds))
