"""Why a Word file goes to another engine, or to none.

Takes what the built-in engine objected to; tells whether another engine may draw the document instead. Text that was
struck out, comments, other files, and pictures that nobody has described are never handed over: LibreOffice would
print them, fetch them, or stay as silent.
"""

from __future__ import annotations

from packgen.errors import ConversionError

HELPED = frozenset({
    "convert.unsupported", "convert.not-drawn", "convert.text-lost", "convert.missing-character",
    "convert.picture-format",
})  # fmt: skip
"""Codes of what the built-in engine cannot draw, but LibreOffice can."""


def needs_another_engine(error: ConversionError) -> bool:
    """Whether everything the built-in engine objected to is something that LibreOffice can draw."""
    errors = [problem for problem in error.problems if problem.severity == "error"]
    return bool(errors) and all(problem.code in HELPED for problem in errors)
