"""Days that are given on the command line."""

from __future__ import annotations

import datetime as dt

from packgen.errors import Problem, UsageError


def day_of(written: str | None) -> dt.date:
    """The day that was written, or today.

    Raises:
        UsageError: it is no day.
    """
    if written is None:
        return dt.date.today()  # the officer's own calendar is meant
    try:
        return dt.date.fromisoformat(written)
    except ValueError as error:
        raise UsageError(
            Problem(code="usage.date", message=f"--date {written} is not a day", hint="write it as 2026-09-17")
        ) from error
