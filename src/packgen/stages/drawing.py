"""Fills and converts the documents of a pack, as many at once as there are processors.

Takes tasks that hold all they need, gives a DOCX and a PDF for each. Each task is done in one process from its
beginning to its end, so nothing but bytes and problems travels between them.
"""

from __future__ import annotations

import datetime as dt
import multiprocessing
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packgen.errors import PackgenError, Problem


@dataclass(frozen=True, kw_only=True)
class DrawingTask:
    """One document to be drawn: a template with its context, or an author's DOCX (`template_name` None).

    `name` is what problems call the document, `resources` the folder that pictures are taken from.
    """

    document_id: str
    name: str
    title: str
    file: Path
    template_name: str | None
    context: Mapping[str, Any]
    resources: Path
    language: str
    accent: str
    font_files: tuple[Path, ...]
    created: dt.datetime


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """A drawn document: the DOCX as filled, the tagged PDF, what is worth knowing, and seconds taken."""

    document_id: str
    docx: bytes
    pdf: bytes
    warnings: tuple[Problem, ...]
    seconds: float


def draw(task: DrawingTask) -> Drawing:
    """Fills, then converts.

    Raises:
        TemplateError: the template cannot be filled.
        ConversionError: the DOCX cannot be drawn without losing something.
    """
    from packgen.convert import bundled_fonts, convert_docx

    started = time.perf_counter()
    docx = task.file.read_bytes()
    if task.template_name is not None:
        docx = _fill(task, docx)
    drawn = convert_docx(
        docx,
        name=task.name,
        fonts=bundled_fonts(task.font_files),
        language=task.language,
        title=task.title,
        created=task.created,
    )
    return Drawing(
        document_id=task.document_id,
        docx=docx,
        pdf=drawn.pdf,
        warnings=drawn.warnings,
        seconds=time.perf_counter() - started,
    )


def draw_all(
    tasks: Sequence[DrawingTask], jobs: int, on_done: Callable[[DrawingTask, Drawing], None]
) -> dict[str, Drawing]:
    """Draws every document and gives the drawings by document id, in the order of the tasks.

    Longest first, so that no processor waits at the end for one long document. Problems of all documents are
    collected before any is raised.

    Raises:
        PackgenError: the kind of the first problem, with the problems of every document of that kind.
    """
    ordered = sorted(tasks, key=_weight, reverse=True)
    drawings: dict[str, Drawing] = {}
    errors: list[PackgenError] = []

    def record(task: DrawingTask, result: Callable[[], Drawing]) -> None:
        try:
            drawing = result()
        except PackgenError as error:
            errors.append(error)
            return
        drawings[task.document_id] = drawing
        on_done(task, drawing)

    if jobs > 1 and len(tasks) > 1:
        with ProcessPoolExecutor(min(jobs, len(tasks)), mp_context=process_context()) as pool:
            futures: dict[Future[Drawing], DrawingTask] = {pool.submit(draw, task): task for task in ordered}
            for future in as_completed(futures):
                record(futures[future], future.result)
    else:
        for task in ordered:
            record(task, lambda task=task: draw(task))  # type: ignore[misc]  # the default binds this round's task
    _raise_together(errors)
    return {task.document_id: drawings[task.document_id] for task in tasks}


def _fill(task: DrawingTask, template: bytes) -> bytes:
    from packgen.fill import fill_template

    return fill_template(
        template,
        task.context,
        template_name=f"{task.template_name}.docx",
        resources=task.resources,
        language=task.language,
    )


def _weight(task: DrawingTask) -> int:
    """A guess at how long a document is, from the amount of its text."""
    return len(str(task.context)) if task.template_name else task.file.stat().st_size


def process_context() -> multiprocessing.context.BaseContext:
    """Forked processes on Linux, where they start at once; fresh ones where forking is unsafe or unknown."""
    return multiprocessing.get_context("fork" if sys.platform.startswith("linux") else "spawn")


def _raise_together(errors: Iterable[PackgenError]) -> None:
    errors = sorted(errors, key=lambda error: error.exit_code)
    if errors:
        kind = type(errors[0])
        raise kind([problem for error in errors if type(error) is kind for problem in error.problems])
