"""Members of the committee, who are the same on the agenda and in its work programme; and when they meet."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from packgen.checks.subject import Subject
from packgen.errors import Problem
from packgen.wording import long_date

EXPLANATION = "members or meetings of a work programme that are not those of the agenda"
_TITLES = re.compile(
    r"^(?:(?:county |borough |district )?(?:councillor|cllr\.?)|mrs?\.?|ms\.?|miss|mx\.?|dr\.?"
    r"|prof(?:essor|\.)?|rev(?:erend|d|\.)?|sir|dame|lord|lady|baroness)\s+",
    re.IGNORECASE,
)
_HONOURS = re.compile(r"[,\s]+(?:[OMCDK]BE|JP|DL|BEM|QC|KC|MP|MS)$")
_BRACKETS = re.compile(r"\([^)]*\)")
_SHOWN = 3


def check_pack(subject: Subject) -> Iterator[Problem]:
    """Warnings for each work programme of the committee that meets."""
    on_agenda = subject.pack.get("membership", [])
    for file in subject.data("work-programme"):
        if file.value.get("committee", subject.pack["committee"]) != subject.pack["committee"]:
            continue
        listed = file.value.get("membership", [])
        if listed and on_agenda:
            for here, there, words in (
                (listed, on_agenda, "in the work programme and not on the agenda"),
                (on_agenda, listed, "on the agenda and not in the work programme"),
            ):
                missing = _less(here, there)
                if missing:
                    yield file.problem(
                        "check.membership",
                        ("membership",),
                        f"{_listed(missing)} {'is' if len(missing) == 1 else 'are'} {words}",
                        "look who is a member now, and correct the other",
                        severity="warning",
                    )
        days = [dt.date.fromisoformat(each["date"]) for each in file.value.get("calendar", ())]
        if days and min(days) <= subject.meeting_date <= max(days) and subject.meeting_date not in days:
            yield file.problem(
                "check.calendar",
                ("calendar",),
                f"the meeting of {long_date(subject.meeting_date)} is not among the year's meetings",
                "add it, or look whether the date on the agenda is right",
                severity="warning",
            )


def _less(here: Sequence[Mapping[str, Any]], there: Sequence[Mapping[str, Any]]) -> list[str]:
    known = {_plain(each["name"]) for each in there}
    return [each["name"] for each in here if _plain(each["name"]) not in known]


def _plain(name: str) -> str:
    """A name without titles, honours and what stands in brackets, whatever signs it is written with."""
    plain = unicodedata.normalize("NFC", name).replace("\u2019", "'")
    plain = " ".join(_BRACKETS.sub(" ", plain).split())
    while plain != (shorter := _HONOURS.sub("", _TITLES.sub("", plain)).strip(" ,")):
        plain = shorter
    return plain.casefold()


def _listed(names: Sequence[str]) -> str:
    if len(names) > _SHOWN:
        return f"{', '.join(names[:_SHOWN])} and {len(names) - _SHOWN} more"
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
