"""Stages 3 and 4 for one document: a template is filled, and the DOCX becomes PDF.

Takes a task that holds all it needs, gives a DOCX and a PDF. A task is done in one process from its beginning to its
end, so that nothing but bytes and problems travels between processes.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packgen.errors import Problem
from packgen.workspace import shown_path


@dataclass(frozen=True, kw_only=True)
class DrawingTask:
    """One document to be drawn: a template with its context, or an author's DOCX (`template_name` None).

    `name` is what problems call the document, `resources` the folder that pictures are taken from.
    """

    document_id: str
    name: str
    title: str
    author: str
    subject: str
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
    """A drawn document: the DOCX as filled, the tagged PDF, the words on its pages, remarks, and seconds taken."""

    document_id: str
    docx: bytes
    pdf: bytes
    page_texts: tuple[str, ...]
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
        page_texts=drawn.page_texts,
        warnings=drawn.warnings,
        seconds=time.perf_counter() - started,
    )


def _fill(task: DrawingTask, template: bytes) -> bytes:
    from packgen.fill import DocumentProperties, fill_template

    return fill_template(
        template,
        task.context,
        template_name=shown_path(task.file),
        resources=task.resources,
        language=task.language,
        accent=task.accent,
        properties=DocumentProperties(
            title=task.title, author=task.author, subject=task.subject, created=task.created.replace(tzinfo=None)
        ),
    )


def weight(task: DrawingTask) -> int:
    """A guess at how long a document is, from the amount of its text."""
    return len(str(task.context)) if task.template_name else task.file.stat().st_size
