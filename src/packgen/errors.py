"""What can go wrong, as values.

Takes and gives nothing but plain values; imports nothing of packgen. A `Problem` is one thing that an
officer can mend; a `PackgenError` carries every problem of one stage and the exit code of its cause.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import Literal

from msgspec import Struct

Severity = Literal["error", "warning"]


class ExitCode(IntEnum):
    """Exit codes of the command line; scripts rely on them, so none is ever reused."""

    DONE = 0
    BUG = 1
    USAGE = 2
    INVALID_PACK = 3
    TEMPLATE = 4
    MISSING_PROGRAM = 5
    CONVERSION = 6
    INSPECTION = 7
    OUTPUT = 8


class Problem(Struct, frozen=True, kw_only=True):
    """One thing that is wrong, where it is, and what to do about it.

    `code` is a short stable name such as `schema.missing-key`. `file` is the path an officer would open,
    with forward slashes. `line` and `column` count from 1. `pointer` is a JSONPath such as
    `$.contacts[0].email`, or a place in a Word document such as `paragraph 12`.
    """

    code: str
    message: str
    file: str | None = None
    line: int | None = None
    column: int | None = None
    pointer: str | None = None
    hint: str | None = None
    severity: Severity = "error"

    @property
    def place(self) -> str:
        """`file:line:column pointer`, as far as each is known."""
        place = self.file or ""
        if place and self.line is not None:
            place += f":{self.line}"
            if self.column is not None:
                place += f":{self.column}"
        return f"{place} {self.pointer}".strip() if self.pointer else place

    def __str__(self) -> str:
        text = f"{self.place}: {self.message}" if self.place else self.message
        if self.severity == "warning":
            text = f"warning: {text}"
        return f"{text}\n  hint: {self.hint}" if self.hint else text


class PackgenError(Exception):
    """The root of every error packgen raises on purpose: problems and an exit code."""

    exit_code = ExitCode.BUG

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems: Sequence[Problem] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[PackgenError], tuple[Sequence[Problem]]]:
        return type(self), (self.problems,)


class UsageError(PackgenError):
    """The command was called with arguments that cannot be used."""

    exit_code = ExitCode.USAGE


class InvalidPackError(PackgenError):
    """The pack's own data or files are wrong."""

    exit_code = ExitCode.INVALID_PACK


class TemplateError(PackgenError):
    """A template cannot be filled."""

    exit_code = ExitCode.TEMPLATE


class MissingProgramError(PackgenError):
    """A document needs a program that is not installed."""

    exit_code = ExitCode.MISSING_PROGRAM


class ConversionError(PackgenError):
    """A document could not be turned into PDF without losing something."""

    exit_code = ExitCode.CONVERSION


class InspectionError(PackgenError):
    """The finished pack, read back, is not what it should be."""

    exit_code = ExitCode.INSPECTION


class OutputError(PackgenError):
    """The output folder is in use or cannot be written."""

    exit_code = ExitCode.OUTPUT
