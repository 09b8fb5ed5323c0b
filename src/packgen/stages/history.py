"""How a build stands to what was published before: which numbers it keeps, and what goes into a supplement.

Takes the pack as written and the records in its folder; gives the pack as it goes on, with problems.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from packgen.errors import Problem, UsageError
from packgen.load import RawPack
from packgen.model import Access, Pack, PagePlan
from packgen.publications.checks import check_against_register, check_dropped_papers, check_supplement
from packgen.publications.continuing import ContinuedPack, begin_pack, continue_pack
from packgen.publications.files import History, Publication, read_history
from packgen.publications.register import Register, Renumbering
from packgen.publications.registering import registered
from packgen.wording import long_date


class Standing(Struct, frozen=True):
    """A pack with its history. `renumbering` if its numbers are given afresh although it was published."""

    history: History
    continued: ContinuedPack
    renumbering: Renumbering | None = None
    problems: tuple[Problem, ...] = ()

    def registered(self, plans: Sequence[PagePlan]) -> tuple[Register, Mapping[str, str]]:
        """The register as it will be once this build is published, and every document's key.

        `plans` are those of all packs, the public one first and the fullest last.
        """
        return registered(self.continued, plans[-1], plans[0], self.renumbering)

    def facts(self, only: Access | None) -> dict[str, Any]:
        """What the manifest says of it; `only` one of two packs may have been built."""
        last, pending = self.history.last, self.continued.pending
        renumbering = self.renumbering
        return {
            "only": only,
            "after": last.number if last else None,
            "supplement": pending.number if pending else None,
            "renumbered": {"on": renumbering.on.isoformat(), "replaces": renumbering.replaces} if renumbering else None,
        }


def standing_of(raw: RawPack, pack: Pack, *, renumber_on: dt.date | None, strictly: bool) -> Standing:
    """How a pack goes on. With `renumber_on` it is numbered afresh, and says so with that date.

    With `strictly` there must be a supplement, and nothing may be missing that it has to say.

    Raises:
        UsageError: it was never published, so there is nothing to renumber.
        InvalidPackError: a record of what was published cannot be read.
    """
    history = read_history(pack.folder)
    last = history.last
    if last is None:
        if renumber_on is not None:
            raise UsageError(_nothing_to_renumber(raw))
        return Standing(history, begin_pack(pack), problems=_no_supplement(raw, None) if strictly else ())
    if renumber_on is not None:
        if renumber_on < last.date:
            raise UsageError(_renumbered_before(raw, renumber_on, last))
        renumbering = Renumbering(
            on=renumber_on,
            replaces=last.number,
            published=last.date,
            supplements=last.register.supplements_before + len(last.register.supplements),
        )
        return Standing(history, begin_pack(pack, renumbering), renumbering)
    continued = continue_pack(pack, last.register, last.number, last.date)
    nothing_new = strictly and continued.pending is None
    problems = [
        *(_no_supplement(raw, last.number) if nothing_new else ()),
        *check_against_register(raw, pack, last.register),
        *check_dropped_papers(raw, continued),
        *check_supplement(raw, continued, "error" if strictly else "warning"),
    ]
    return Standing(history, continued, problems=tuple(problems))


def _nothing_to_renumber(raw: RawPack) -> Problem:
    return Problem(
        code="usage.renumber",
        file=raw.pack.shown,
        message="the pack was never published, so its pages have no numbers that could be given afresh",
        hint="leave --renumber out",
    )


def _renumbered_before(raw: RawPack, day: dt.date, last: Publication) -> Problem:
    return Problem(
        code="usage.renumber",
        file=raw.pack.shown,
        message=f"--date {day.isoformat()} is before publication {last.number} of {long_date(last.date)}",
        hint="give the day on which pages are renumbered",
    )


def _no_supplement(raw: RawPack, publication: int | None) -> tuple[Problem, ...]:
    if publication is None:
        return (
            raw.pack.problem(
                "supplement.not-published",
                (),
                "the agenda has not been published yet, so there is nothing to supplement",
                "packgen build, then packgen publish; what comes after that goes into a supplement",
            ),
        )
    return (
        raw.pack.problem(
            "supplement.nothing-new",
            (),
            f"no document has come since publication {publication}",
            "add the late paper to its item, or to a new item at the end of the agenda",
        ),
    )
