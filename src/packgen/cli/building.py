"""`packgen build`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from packgen.cli.dates import day_of
from packgen.cli.folders import pack_folders
from packgen.cli.silence import telling_progress
from packgen.errors import ExitCode, PackgenError, Problem, UsageError
from packgen.messages import problem_as_json, write_json, write_problems
from packgen.model import PDF_UA, Access, Standard
from packgen.pipeline import BuildResult, Recent, Wishes, build
from packgen.progress import Progress
from packgen.stages.workers import Workers
from packgen.wording import long_date
from packgen.workspace import Engine, shown_path

ACCESSES = ("public", "restricted")
ENGINES = ("auto", "built-in", "libreoffice")


@dataclass(frozen=True, kw_only=True)
class Command:
    """What stands on the command line, as it was written."""

    out: Path
    only: str | None = None
    engine: str | None = None
    renumber: bool = False
    date: str | None = None
    supplement: bool = False
    force: bool = False
    strict: bool = False
    jobs: int = 0
    json: bool = False
    scheduler: str | None = None
    shared_folder: bool = False

    def wishes(self) -> Wishes:
        """What it asks of each build.

        Raises:
            UsageError: it asks for something that there is not.
        """
        if self.only is not None and self.only not in ACCESSES:
            raise UsageError(Problem(code="usage.only", message=f"--only takes public or restricted, not {self.only}"))
        if self.engine is not None and self.engine not in ENGINES:
            raise UsageError(
                Problem(code="usage.engine", message=f"--engine takes auto, built-in or libreoffice, not {self.engine}")
            )
        if self.date is not None and not self.renumber:
            raise UsageError(
                Problem(code="usage.date", message="--date says when pages were renumbered, and goes with --renumber")
            )
        return Wishes(
            only=cast("Access | None", self.only),
            engine=cast("Engine | None", self.engine),
            renumber_on=day_of(self.date) if self.renumber else None,
            strictly=self.supplement,
            force=self.force,
            strict=self.strict,
        )


def run_build(packs: Sequence[str], command: Command) -> int:
    """Builds each pack; one that fails does not stop the others. Gives the worst exit code."""
    wishes, json, jobs = command.wishes(), command.json, command.jobs or usable_processors()
    folders = pack_folders(packs)
    if command.scheduler is not None or (len(folders) > 1 and jobs > 1):
        told = _several(folders, command, wishes, jobs)
    else:
        with Workers(jobs) as workers:
            told = [build_one(folder, command.out, wishes, workers, json=json) for folder in folders]
    if json:
        write_json({"packs": [report for _, report in told]}, sys.stdout)
    return max((code for code, _ in told), default=ExitCode.DONE)


def _several(folders: Sequence[Path], command: Command, wishes: Wishes, jobs: int) -> list[tuple[int, dict[str, Any]]]:
    from packgen.cli.several import Order, tell_several
    from packgen.cli.several.telling import tell_waiting

    orders = [Order(folder, command.out, wishes, command.json) for folder in folders]
    if command.scheduler is not None:
        from packgen.cli.several.cluster import on_cluster

        coming = on_cluster(command.scheduler, orders, tell_waiting, shared=command.shared_folder)
    else:
        from packgen.cli.several.processes import in_processes

        coming = in_processes(orders, jobs, tell_waiting)
    return [(outcome.code, outcome.report) for outcome in tell_several(coming, len(orders), json=command.json)]


def build_one(
    folder: Path,
    out: Path,
    wishes: Wishes,
    workers: Workers,
    *,
    json: bool,
    recent: Recent | None = None,
    progress: Progress | None = None,
) -> tuple[int, dict[str, Any]]:
    """Builds one pack and tells how it went, as it goes; gives its exit code and its report."""
    silent = nullcontext(progress or Progress()) if json or progress is not None else telling_progress()
    try:
        with silent as told:
            result = build(folder, out, wishes, workers=workers, progress=told, recent=recent)
    except PackgenError as error:
        if not json:
            write_problems(error.problems, sys.stderr)
            print(f"{folder.resolve().name}: not built; the old output, if any, stands", file=sys.stderr)
        return error.exit_code, _report(folder, error.problems, built=False)
    if not json:
        write_problems(result.warnings, sys.stderr)
        _tell(result)
    return ExitCode.DONE, _report(folder, result.warnings, built=True) | _facts(result)


def usable_processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _report(folder: Path, problems: Sequence[Problem], *, built: bool) -> dict[str, Any]:
    return {
        "pack": folder.resolve().name,
        "built": built,
        "problems": [problem_as_json(problem) for problem in problems],
    }


def _facts(result: BuildResult) -> dict[str, Any]:
    return {
        "folder": shown_path(result.folder),
        "packs": [
            {
                "access": merged.access,
                "pages": len(merged.plan.pages),
                "bytes": len(merged.pdf),
                "claims": sorted(merged.standards),
            }
            for merged in result.packs
        ],
        "redrawn": result.drawn - result.unchanged,
        "seconds": round(result.seconds, 3),
    }


def _tell(result: BuildResult) -> None:
    for merged in result.packs:
        file = shown_path(result.folder / merged.access / "agenda-pack.pdf")
        print(f"{file}  ({len(merged.plan.pages)} pages{_claims(merged.standards)})", file=sys.stderr)
    if any(PDF_UA not in merged.standards for merged in result.packs):
        report = shown_path(result.folder / "accessibility.txt")
        print(f"Not everybody can read all of it; {report} says why, and what to do.", file=sys.stderr)
    for line in _standing_in_words(result):
        print(line, file=sys.stderr)
    print(f"{result.pack.id}: built in {result.seconds:.1f} s{_redone(result)}", file=sys.stderr)


def _redone(result: BuildResult) -> str:
    """`; 1 of 9 documents was drawn again`, if others were taken over from an earlier build."""
    drawn = result.drawn - result.unchanged
    if not result.unchanged:
        return ""
    if not drawn:
        return "; no document had to be drawn again"
    return f"; {drawn} of {result.drawn} documents {'was' if drawn == 1 else 'were'} drawn again"


def _standing_in_words(result: BuildResult) -> Iterator[str]:
    """How the build stands to what was published."""
    standing = result.standing
    last, pending = standing.history.last, standing.continued.pending
    if standing.renumbering:
        yield f"Every page has a new number; publish it, and it replaces publication {standing.renumbering.replaces}."
    elif last is not None:
        yield f"Pages keep the numbers of publication {last.number} of {long_date(last.date)}."
    if pending is not None:
        file = shown_path(result.folder / "public" / f"{pending.id}.pdf")
        papers = "paper has" if len(pending.documents) == 1 else "papers have"
        yield f"{file}  (supplement {pending.number}: {len(pending.documents)} {papers} come since)"


def _claims(standards: frozenset[Standard]) -> str:
    """`, PDF/UA-1, PDF/A-2a`, with what it keeps."""
    return "".join(f", {standard}" for standard in sorted(standards, reverse=True))
