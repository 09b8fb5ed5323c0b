"""Whether it is said of late papers why they are late (Local Government Act 1972, s. 100B(4))."""

from __future__ import annotations

from collections.abc import Iterator

from packgen.checks.subject import Subject
from packgen.errors import Problem

EXPLANATION = "a late paper, and nothing says why it is late"


def check_pack(subject: Subject) -> Iterator[Problem]:
    """A warning for each document that is called late and lacks the reason, unless its supplement gives one for all."""
    supplements = subject.pack.get("supplements") or ()
    if any(str(each.get("reason", "")).strip() for each in supplements if isinstance(each, dict)):
        return
    for path, document in subject.documents():
        late = document.get("late")
        if isinstance(late, dict) and not str(late.get("reason", "")).strip():
            yield subject.raw.pack.problem(
                "check.lateness",
                (*path, "late"),
                "nothing says why this paper is late",
                'write it under "reason"; the chair has to give it at the meeting',
                severity="warning",
            )
