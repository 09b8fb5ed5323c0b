"""`packgen publish`, `log`, `verify` and `supplement`."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from packgen.cli.dates import day_of
from packgen.errors import ExitCode, InvalidPackError, Problem
from packgen.load import build_pack
from packgen.load.raw_pack import check_folder
from packgen.load.sources import Sources, read_sources
from packgen.messages import problem_as_json, write_json, write_problems
from packgen.model import Pack
from packgen.publications.files import History, Publication, read_history
from packgen.publications.inputs import inputs_of
from packgen.publications.verify import differences
from packgen.publish import hold_output
from packgen.publish.freeze import LastBuild, freeze, last_build
from packgen.stages.history import standing_of
from packgen.wording import long_date
from packgen.workspace import shown_path


def run_publish(folder: Path, *, out: Path, date: str | None, reason: str | None, json: bool) -> int:
    """Freezes the last build of a pack as its next publication."""
    given = day_of(date) if date is not None else None
    sources = read_sources(folder)
    history = read_history(sources.raw.folder.resolve())
    pack = build_pack(sources.raw, sources.settings.numbering)
    with hold_output(out / history.folder.name) as output:
        inputs = partial(inputs_of, folder, sources.settings, sources.templates, out)
        build = last_build(output.final, folder, inputs)
        says = _said_day(sources, pack, history, build)
        publication = freeze(build, history, date=given or says or day_of(None), reason=reason)
    doubts = list(_doubts(sources, pack, publication, says))
    where = shown_path(history.folder_of(publication))
    if json:
        problems = [problem_as_json(problem) for problem in doubts]
        report = {"pack": history.folder.name, "folder": where, **_facts(publication), "problems": problems}
        write_json(report, sys.stdout)
        return ExitCode.DONE
    write_problems(doubts, sys.stderr)
    for line in _published_in_words(publication, where):
        print(line, file=sys.stderr)
    return ExitCode.DONE


def _said_day(sources: Sources, pack: Pack, history: History, build: LastBuild) -> dt.date | None:
    """The day on which the papers themselves say that they are published: a first agenda, a new supplement.

    Raises:
        InvalidPackError: the supplement lacks something that it has to say before it goes out.
    """
    if history.last is None:
        return pack.published
    if build.manifest["publication"]["supplement"] is None:
        return None
    standing = standing_of(sources.raw, pack, renumber_on=None, strictly=True)
    problems = [each for each in standing.problems if each.severity == "error"]
    if problems:
        raise InvalidPackError(problems)
    return standing.continued.pending.words.published if standing.continued.pending else None


def _doubts(sources: Sources, pack: Pack, publication: Publication, says: dt.date | None) -> Iterator[Problem]:
    """What is worth a look once it is published."""
    day = long_date(publication.date)
    if says is not None and says != publication.date:
        yield sources.raw.pack.problem(
            "publish.other-day",
            ("published",),
            f"the papers say that they are published on {long_date(says)}, but it was recorded that they were on {day}",
            "correct the day in pack.json, build and publish again, if readers would be misled",
            severity="warning",
        )
    if publication.date > pack.meeting.date:
        yield sources.raw.pack.problem(
            "publish.after-meeting",
            ("meeting", "date"),
            f"it was published on {day}, after the meeting of {long_date(pack.meeting.date)}",
            "give the day with --date if it was published earlier",
            severity="warning",
        )


def _published_in_words(publication: Publication, where: str) -> list[str]:
    pages = ", ".join(f"{access} {count} pages" for access, count in publication.pages.items())
    lines = [f"{where}: publication {publication.number} of {long_date(publication.date)} ({pages})"]
    if publication.supplement:
        file = f"{where}/public/supplement-{publication.supplement}.pdf"
        lines.append(f"It brings supplement {publication.supplement}: {file}")
    lines.append(f"What may go on the council's website is in {where}/public.")
    lines.append("From now on every page keeps the number it has.")
    return lines


def run_log(folder: Path, *, json: bool) -> int:
    """Lists the publications of a pack."""
    history = _history(folder)
    if json:
        facts = [_facts(publication) for publication in history.publications]
        write_json({"pack": history.folder.name, "publications": facts}, sys.stdout)
        return ExitCode.DONE
    if not history.publications:
        print(f"{shown_path(folder)}: nothing has been published yet")
    for publication in history.publications:
        print(_line(publication))
    return ExitCode.DONE


def _line(publication: Publication) -> str:
    parts = [f"publication {publication.number}", long_date(publication.date)]
    parts.append(", ".join(f"{access} {count} pages" for access, count in publication.pages.items()))
    if publication.supplement:
        parts.append(f"with supplement {publication.supplement}")
    if publication.renumbered:
        parts.append(f"pages renumbered, replaces publication {publication.renumbered.replaces}")
    if publication.reason:
        parts.append(publication.reason)
    digests = [
        f"  SHA-256 {digest}  {name}" for name, digest in publication.files.items() if name.endswith("agenda-pack.pdf")
    ]
    return "\n".join(["  ".join(parts), *digests])


def run_verify(folder: Path, *, json: bool) -> int:
    """Says whether published files are still what was published."""
    history = _history(folder)
    problems = [problem for publication in history.publications for problem in differences(history, publication)]
    count = sum(len(publication.files) for publication in history.publications)
    if json:
        report = {"pack": history.folder.name, "files": count, "problems": [problem_as_json(each) for each in problems]}
        write_json(report, sys.stdout)
    elif problems:
        write_problems(problems, sys.stderr)
    elif not history.publications:
        print(f"{shown_path(folder)}: nothing has been published yet")
    else:
        print(f"{shown_path(folder)}: all {count} published files are what was published")
    return ExitCode.INSPECTION if problems else ExitCode.DONE


def _history(folder: Path) -> History:
    check_folder(folder)
    return read_history(folder.resolve())


def _facts(publication: Publication) -> dict[str, Any]:
    renumbered = publication.renumbered
    return {
        "publication": publication.number,
        "date": publication.date.isoformat(),
        "reason": publication.reason,
        "packgen": publication.packgen,
        "supplement": publication.supplement,
        "renumbered": {"on": renumbered.on.isoformat(), "replaces": renumbered.replaces} if renumbered else None,
        "pages": dict(publication.pages),
        "files": dict(publication.files),
    }
