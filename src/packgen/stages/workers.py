"""Processes that work side by side, or this process alone.

Takes a function and its arguments one by one, gives results in their order.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from packgen.errors import ConversionError, PackgenError, Problem
from packgen.stages.beside import Pending, begin_beside, is_waiting, stop_waiting
from packgen.stages.fork_server import EVERYTHING, fork_server_runs
from packgen.stages.pool import Pool
from packgen.stages.starting import Starting

if TYPE_CHECKING:
    from concurrent.futures import Future

Argument = TypeVar("Argument")
Result = TypeVar("Result")

_TURN = 0.0005
"""Seconds; Python's own 0.005, once or twice for each task, are felt where a whole build takes a quarter of one."""


class Workers:
    """Up to `jobs` processes, started when there is enough to do and stopped at the block's end. One job means none.

    With `warm`, this process is as ready as they are, and does what is small itself even if they run.
    """

    def __init__(self, jobs: int, *, warm: bool = False) -> None:
        self._jobs = jobs
        self.warm = warm
        self._pool: Pool | None = None
        self._begun: list[tuple[object, object, Pending | Future[Any]]] = []
        self._starting: Starting | None = None
        self._unwanted: list[Future[Any]] = []

    @property
    def jobs(self) -> int:
        """How many processes there may be."""
        return self._jobs

    def get_ready(self) -> None:
        """Start processes that wait for work, and load in one of them what work takes. Does not wait for it."""
        # The threads that hand work over have their turn as soon as they want it.
        sys.setswitchinterval(_TURN)
        self._settle_starting()
        if self._jobs > 1 and self._pool is None:
            self._pool = Pool(self._jobs)
            self._pool.submit(import_module, EVERYTHING)

    def begin(self, function: Callable[[Argument], Result], argument: Argument) -> None:
        """Have another process do what `run` will most likely be asked for, if one is there that has nothing to do.

        `run` takes the result if it gets the same function and an equal argument. Nobody hears of errors before that.
        """
        self._settle_starting()
        if is_waiting() and self._jobs > 1:
            self._begun.append((function, argument, begin_beside(function, argument)))
        elif self._pool is not None:
            with suppress(RuntimeError):  # its processes have ended, which is told when something is asked for
                self._begun.append((function, argument, self._pool.submit(function, argument)))

    def begin_all(
        self,
        function: Callable[[Argument], Result],
        arguments: Sequence[Argument],
        *,
        weight: Callable[[Argument], int],
        small: int = 0,
    ) -> None:
        """As `begin`, for several arguments, the heaviest first, if `run` would not do them in this process.

        Does not wait for processes to be there.
        """
        self._settle_starting()
        if self._jobs > 1 and arguments and not self._done_here(arguments, weight, small):
            ordered = sorted(arguments, key=lambda argument: -weight(argument))
            self._starting = Starting(self._pool, self._jobs, function, ordered)

    def forget(self) -> None:
        """Nobody will ask for what was begun. Does not wait for processes that are just being started."""
        if self._starting is not None and self._starting.called_off():
            self._starting = None
        self._settle_starting()
        for _, _, begun in self._begun:
            if isinstance(begun, Pending):
                begun.stop()
            elif not begun.cancel():
                self._unwanted.append(begun)
        self._begun.clear()
        self._unwanted = [each for each in self._unwanted if not each.done()]

    def _settle_starting(self) -> None:
        if self._starting is not None:
            self._pool, begun = self._starting.settled()
            self._begun += begun
            self._starting = None

    def _done_here(self, arguments: Sequence[Any], weight: Callable[[Any], int], small: int) -> bool:
        """Whether so little is to do that nothing is started for it."""
        little = len(arguments) < 2 or sum(map(weight, arguments)) <= small
        return little and (self.warm or (self._pool is None and not fork_server_runs()))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        stop_waiting()
        self.forget()
        if self._pool is None:
            return
        if any(not each.done() for each in self._unwanted):
            self._pool.stop()
        else:
            self._pool.close()

    def run(
        self,
        function: Callable[[Argument], Result],
        arguments: Sequence[Argument],
        *,
        weight: Callable[[Argument], int],
        on_done: Callable[[Argument, Result], None] | None = None,
        small: int = 0,
        meanwhile: Callable[[], object] | None = None,
    ) -> list[Result]:
        """Results in the order of the arguments. The heaviest begin first, so that none is waited for at the end.

        As long as no processes are there or about to be, a single argument is dealt with in this one, and so are
        several that weigh no more than `small` together: others would have to be started and to load their libraries.
        `meanwhile` loads here what comes next while others work, so that this process is as ready as they are; where
        they are forked, they have it loaded, and do what comes next as well.

        Raises:
            PackgenError: the kind with the lowest exit code among the errors, with the problems of all of that kind.
        """
        self._settle_starting()
        order = sorted(range(len(arguments)), key=lambda place: -weight(arguments[place]))
        results: dict[int, Result] = {}
        errors: dict[int, PackgenError] = {}

        def settle(place: int, result: Callable[[], Result]) -> None:
            try:
                results[place] = result()
            except PackgenError as error:
                errors[place] = error
            else:
                if on_done is not None:
                    on_done(arguments[place], results[place])

        begun = {place: taken for place in order if (taken := self._taken(function, arguments[place])) is not None}
        rest = [place for place in order if place not in begun]
        here = rest if self._jobs == 1 or self._done_here([arguments[place] for place in rest], weight, small) else []
        futures = {taken: place for place, taken in begun.items() if not isinstance(taken, Pending)}
        if rest and not here:
            self._pool = self._pool or Pool(self._jobs)
            futures |= _submitted(self._pool, function, {place: arguments[place] for place in rest})
        if meanwhile is not None and (begun or futures) and not fork_server_runs():
            meanwhile()
            self.warm = True
        for place in here:
            settle(place, lambda place=place: function(arguments[place]))  # type: ignore[misc]  # binds this round's place
        for place, result in _as_completed(futures):
            settle(place, result)
        for place, taken in begun.items():
            if isinstance(taken, Pending):
                settle(place, taken.result)
        _raise_together([errors[place] for place in sorted(errors)])
        return [results[place] for place in range(len(arguments))]

    def _taken(self, function: object, argument: object) -> Pending | Future[Any] | None:
        """What was begun of a function with this argument; it is given once."""
        for place, (begun, of, future) in enumerate(self._begun):
            if begun is function and (of is argument or of == argument):
                del self._begun[place]
                return future
        return None


def _submitted(
    pool: Pool, function: Callable[[Argument], Result], arguments: Mapping[int, Argument]
) -> dict[Future[Any], int]:
    """The places of arguments by what comes of them.

    Raises:
        ConversionError: the system stopped a process.
    """
    from concurrent.futures.process import BrokenProcessPool

    try:
        return {pool.submit(function, argument): place for place, argument in arguments.items()}
    except BrokenProcessPool as error:
        raise ConversionError(_killed()) from error


def _as_completed(futures: Mapping[Future[Any], int]) -> Iterator[tuple[int, Callable[[], Any]]]:
    """The places of futures, in the order in which they are done, with what gives each result or raises its error.

    Raises:
        ConversionError: the system stopped a process.
    """
    if not futures:
        return
    from concurrent.futures import as_completed
    from concurrent.futures.process import BrokenProcessPool

    for future in as_completed(futures):
        if isinstance(future.exception(), BrokenProcessPool):
            raise ConversionError(_killed()) from future.exception()
        yield futures[future], future.result


def _raise_together(errors: Sequence[PackgenError]) -> None:
    if errors:
        kind = type(min(errors, key=lambda error: error.exit_code))
        raise kind([problem for error in errors if type(error) is kind for problem in error.problems])


def _killed() -> Problem:
    return Problem(
        code="workers.killed",
        message="the system stopped one of packgen's processes, most likely for want of memory",
        hint="close other programs, or build with --jobs 1",
    )
