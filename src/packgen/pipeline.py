"""The stages of a build, in order. This module does nothing else; each stage is a function of its own room.

1 load        JSON and Markdown, with their places
2 validate    every problem of the pack, at once
3 fill        data into Word templates                      } together, document by document,
4 convert     Word to tagged PDF; then authors' files judged  } on as many processors as there are
5 paginate    which page prints which number
6 front sheet drawn until its page ranges are those of the pack it heads
7 merge       one PDF for each pack and item: tags, links, bookmarks, stamps    } together,
8 inspect     each finished PDF, read back; public ones for what is not public  } file by file
9 swap in     the new output takes the place of the old one in one step
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from packgen.access import has_exempt
from packgen.checks import Subject, check_pack
from packgen.digests import stamps_trusted
from packgen.errors import InvalidPackError, Problem, UsageError
from packgen.load import build_pack
from packgen.load.read_before import ReadBefore
from packgen.load.sources import Sources, read_sources
from packgen.model import Access, Pack
from packgen.progress import Progress, Stage
from packgen.publications.inputs import inputs_of
from packgen.publish import hold_output
from packgen.stages.ahead import look_ahead
from packgen.stages.documents import DrawingPlan, begin_drawing, draw_documents, plan_drawings
from packgen.stages.front_sheets import plan_and_front_sheets
from packgen.stages.history import Standing, standing_of
from packgen.stages.memory import Findings, Memory, remembering
from packgen.stages.merging import MergedPack, merge_packs
from packgen.stages.output import BuildRecord, write_output
from packgen.stages.readiness import begin_readiness, make_documents_ready, ready_for_packs, remarks
from packgen.stages.secrecy import check_public_packs, private_words
from packgen.stages.workers import Workers
from packgen.validate import has_errors, recall_of, validate
from packgen.workspace import Engine

CACHE = ".cache"
"""Where in the output folder results are kept for the next build."""


class Wishes(Struct, frozen=True, kw_only=True):
    """What the command line asks of a build.

    `only` one of the two packs; `engine` before what the settings say; new page numbers for a published pack, which
    say that they were given on `renumber_on`; with `strictly`, a supplement from which nothing may be missing; with
    `force`, nothing taken over from earlier builds; with `strict`, nothing built of a pack that has to be warned of.
    """

    only: Access | None = None
    engine: Engine | None = None
    renumber_on: dt.date | None = None
    strictly: bool = False
    force: bool = False
    strict: bool = False


class Recent(Struct, frozen=True):
    """What a program that goes on running has at hand of its last build: results by key, files as they were read."""

    results: dict[str, Any] = field(default_factory=dict)
    read: ReadBefore = field(default_factory=ReadBefore)


class BuildResult(Struct, frozen=True):
    """What a build gave: the folder it stands in, its packs, and what is worth knowing.

    Of the `drawn` documents, as many as are `unchanged` were taken over from an earlier build.
    """

    folder: Path
    pack: Pack
    packs: tuple[MergedPack, ...]
    warnings: tuple[Problem, ...]
    standing: Standing
    drawn: int
    unchanged: int
    seconds: float


def find_problems(sources: Sources, memory: Memory) -> list[Problem]:
    """Stage 2: every problem of the pack, warnings included; slips too, if it can be built."""
    raw, settings, schemas, templates = sources.raw, sources.settings, sources.schemas, sources.templates
    findings = Findings(memory)
    recall = recall_of(findings, raw, schemas, templates)
    found = validate(raw, settings, schemas, templates, findings, recall)
    if not has_errors(found):
        found += check_pack(Subject(raw, settings, schemas), findings, recall)
    return found


def build(
    folder: Path,
    out: Path,
    wishes: Wishes,
    *,
    workers: Workers,
    progress: Progress,
    recent: Recent | None = None,
) -> BuildResult:
    """Builds one pack into `out/<pack id>`; what it does not have to do again comes from `out/.cache` or `recent`.

    Raises:
        PackgenError: any stage failed; the old output stands as it was.
    """
    cache, results, read = out / CACHE / folder.resolve().name, None, None
    if recent is not None:
        results, read = recent.results, recent.read
    with stamps_trusted(), remembering(cache, afresh=wishes.force, recent=results) as memory:
        try:
            return _build(folder, out, wishes, workers, memory, progress, read)
        finally:
            workers.forget()


def _build(
    folder: Path,
    out: Path,
    wishes: Wishes,
    workers: Workers,
    memory: Memory,
    progress: Progress,
    read: ReadBefore | None,
) -> BuildResult:
    started = time.perf_counter()
    checked = _read_and_check(folder, out, wishes, workers, memory, progress, read)
    settings, templates, schemas = checked.sources.settings, checked.sources.templates, checked.sources.schemas
    standing, problems = checked.standing, checked.problems
    pack = standing.continued.pack
    accesses = accesses_of(pack)
    if wishes.only is not None and wishes.only not in accesses:
        raise UsageError(_nothing_exempt(checked.sources))
    with hold_output(out / pack.id) as output:
        with progress.stage(Stage.DRAW):
            begin_ready = partial(begin_readiness, pack, workers)
            drawn = draw_documents(checked.drawing, settings, workers, memory, progress, begin_ready)
            alone = make_documents_ready(pack, drawn, workers, memory)
        with progress.stage(Stage.PAGINATE):
            fronts = plan_and_front_sheets(
                standing.continued, accesses, drawn, settings, templates, schemas, workers, memory
            )
            ready = ready_for_packs(alone, drawn, workers, memory)
        with progress.stage(Stage.MERGE):
            # Page numbers come from all packs together, whichever of them are built.
            built = [front for front in fronts if wishes.only in (None, front.access)]
            packs = merge_packs(built, drawn, ready, settings, workers, memory)
            secrets = private_words(pack, drawn, ready)
            check_public_packs(pack, packs, secrets, memory)
        with progress.stage(Stage.SWAP):
            register, keys = standing.registered([front.plan for front in fronts])
            facts = standing.facts(wishes.only)
            record = BuildRecord(
                checked.inputs, settings, drawn, ready, problems, progress.timings, register, keys, facts
            )
            write_output(output, pack, packs, record, secrets)
            memory.forget_unused()
            output.swap_in()
            about_memory = tuple(memory.remarks())
    of_packs = (warning for merged in packs for warning in merged.warnings)
    warnings = (*problems, *drawn.warnings_after(problems), *remarks(pack, ready), *of_packs, *about_memory)
    return BuildResult(
        output.final,
        pack,
        tuple(packs),
        warnings,
        standing,
        len(drawn.drawings),
        progress.unchanged,
        time.perf_counter() - started,
    )


class _Checked(Struct, frozen=True):
    """A pack that can be built: what was read, the hashes of all that was, what is worth knowing, how it goes on, and
    what is to be drawn of it.
    """

    sources: Sources
    inputs: Mapping[str, str]
    problems: list[Problem]
    standing: Standing
    drawing: DrawingPlan


def _read_and_check(
    folder: Path,
    out: Path,
    wishes: Wishes,
    workers: Workers,
    memory: Memory,
    progress: Progress,
    read: ReadBefore | None,
) -> _Checked:
    """Stages 1 and 2."""
    inputs: dict[str, str] = {}
    with progress.stage(Stage.LOAD):
        # Hashed before they are read: what is saved in between makes the build out of date, and is not taken for read.
        sources = read_sources(
            folder, lambda settings, templates: inputs.update(inputs_of(folder, settings, templates, out)), read
        )
        if wishes.engine is not None:
            sources = replace(sources, settings=replace(sources.settings, engine=wishes.engine))
    with progress.stage(Stage.VALIDATE):
        early = _planned_early(sources, wishes, workers, memory) if workers.jobs > 1 else None
        look_ahead(sources.raw, sources.settings, workers, memory)
        problems = find_problems(sources, memory)
        _stop_on_errors(problems)
        standing, drawing = early or _planned(sources, wishes, memory)
        problems += standing.problems
        _stop_on_errors(problems)
        if wishes.strict and problems:
            raise InvalidPackError(problems)
    return _Checked(sources, inputs, problems, standing, drawing)


def _planned(sources: Sources, wishes: Wishes, memory: Memory) -> tuple[Standing, DrawingPlan]:
    written = build_pack(sources.raw, sources.settings.numbering)
    standing = standing_of(sources.raw, written, renumber_on=wishes.renumber_on, strictly=wishes.strictly)
    pack = standing.continued.pack
    return standing, plan_drawings(pack, sources.settings, sources.templates, sources.schemas, memory)


def _planned_early(
    sources: Sources, wishes: Wishes, workers: Workers, memory: Memory
) -> tuple[Standing, DrawingPlan] | None:
    """The plan for a pack that has not been checked, of which drawing is begun; None if it cannot be had so early."""
    try:
        standing, drawing = _planned(sources, wishes, memory)
    except Exception:  # whatever it is, checking tells what is wrong with the pack, or it comes again after that
        return None
    begin_drawing(drawing, workers)
    return standing, drawing


def _stop_on_errors(problems: list[Problem]) -> None:
    if has_errors(problems):
        raise InvalidPackError(problems)


def accesses_of(pack: Pack) -> Sequence[Access]:
    """Which packs there are: the public one, and the restricted one if some document is exempt."""
    return ("public", "restricted") if has_exempt(pack) else ("public",)


def _nothing_exempt(sources: Sources) -> Problem:
    return Problem(
        code="usage.only",
        file=sources.raw.pack.shown,
        message="there is no restricted pack, because no document is exempt",
        hint='leave --only out, or say "exempt" of a document',
    )
