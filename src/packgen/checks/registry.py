"""All checks, in the order in which their warnings are told, and how they are run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from msgspec import Struct

from packgen.checks import (
    acronyms,
    appendices,
    background_papers,
    clear_days,
    contacts,
    dates,
    guidance,
    lateness,
    membership,
    mentions,
    minutes,
    personal_data,
    recommendations,
    repeated_words,
    titles,
    years,
)
from packgen.checks.subject import Subject
from packgen.errors import Problem
from packgen.load import JsonFile
from packgen.validate.recall import NO_MEMORY, Memory, Recall, key_of, look_again
from packgen.workspace import Settings

_REPORT, _IMPACT = ("cover-report",), ("cia", "cia-summary")


class Check(Struct, frozen=True, kw_only=True):
    """One check: its name in settings, what it looks for, and what does it.

    `of_pack` looks at the pack as a whole, `of_file` at the data of one document made from one of the `templates`, or
    of any. What `of_pack` finds is remembered for as long as all that it `depends_on` stays the same.
    """

    name: str
    explanation: str
    of_pack: Callable[[Subject], Iterable[Problem]] | None = None
    of_file: Callable[[Subject, JsonFile], Iterable[Problem]] | None = None
    templates: tuple[str, ...] = ()
    depends_on: Callable[[Subject], object] | None = None
    usual: bool = True


CHECKS: tuple[Check, ...] = (
    Check(
        name="clear-days",
        explanation=clear_days.EXPLANATION,
        of_pack=clear_days.check_pack,
        depends_on=clear_days.depends_on,
    ),
    Check(name="lateness", explanation=lateness.EXPLANATION, of_pack=lateness.check_pack),
    Check(name="titles", explanation=titles.EXPLANATION, of_pack=titles.check_pack),
    Check(name="dates", explanation=dates.EXPLANATION, of_file=dates.check_file),
    Check(name="guidance", explanation=guidance.EXPLANATION, of_file=guidance.check_file),
    Check(
        name="contacts",
        explanation=contacts.EXPLANATION,
        of_pack=contacts.check_pack,
        of_file=contacts.check_file,
        templates=_REPORT,
    ),
    Check(name="appendices", explanation=appendices.EXPLANATION, of_pack=appendices.check_pack),
    Check(
        name="recommendations",
        explanation=recommendations.EXPLANATION,
        of_file=recommendations.check_file,
        templates=_REPORT,
    ),
    Check(name="years", explanation=years.EXPLANATION, of_file=years.check_file),
    Check(
        name="personal-data", explanation=personal_data.EXPLANATION, of_file=personal_data.check_file, templates=_IMPACT
    ),
    Check(name="repeated-words", explanation=repeated_words.EXPLANATION, of_file=repeated_words.check_file),
    Check(
        name="background-papers",
        explanation=background_papers.EXPLANATION,
        of_file=background_papers.check_file,
        templates=_REPORT,
    ),
    Check(
        name="minutes",
        explanation=minutes.EXPLANATION,
        of_pack=minutes.check_pack,
        of_file=minutes.check_file,
        templates=("minutes",),
    ),
    Check(name="membership", explanation=membership.EXPLANATION, of_pack=membership.check_pack),
    Check(name="mentions", explanation=mentions.EXPLANATION, of_file=mentions.check_file),
    Check(name="acronyms", explanation=acronyms.EXPLANATION, of_file=acronyms.check_file, usual=False),
)


def checks_of(settings: Settings) -> list[Check]:
    """The checks that a council wants made."""
    return [
        check
        for check in CHECKS
        if (check.usual or check.name in settings.checks_on) and check.name not in settings.checks_off
    ]


def check_pack(subject: Subject, memory: Memory = NO_MEMORY, recall: Recall = look_again) -> Iterator[Problem]:
    """What all checks find that the council wants made; what is remembered is not looked for again."""
    checks = checks_of(subject.settings)
    for check in checks:
        if check.of_pack is not None and check.depends_on is not None:
            told = [check.name, check.depends_on(subject)]
            yield from memory.recall(partial(key_of, *told), partial(check.of_pack, subject))
        elif check.of_pack is not None:
            yield from check.of_pack(subject)
    # What checks find in one file is remembered together: there are many files, and many checks.
    name = " ".join(["checks", *(check.name for check in checks)])
    for file in subject.data():
        yield from recall(name, file, partial(_of_file, subject, file, checks))


def _of_file(subject: Subject, file: JsonFile, checks: Sequence[Check]) -> Iterator[Problem]:
    for check in checks:
        if check.of_file is not None and (not check.templates or file.value["template"] in check.templates):
            yield from check.of_file(subject, file)
