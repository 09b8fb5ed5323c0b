"""Stages 3 and 4 for one document: a template is filled, and the DOCX becomes PDF.

Takes a task that holds all it needs, gives a DOCX and a PDF, or says that the document waits for another engine. A task
is done in one process from its beginning to its end, so that nothing but bytes and problems travels between processes.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from packgen.errors import ConversionError, Problem
from packgen.workspace import Engine, shown_path

if TYPE_CHECKING:
    from packgen import convert

OFFICE_FILES = {
    ".docx": "a Word document",
    ".xlsx": "a spreadsheet is always drawn by LibreOffice",
    ".pptx": "a presentation is always drawn by LibreOffice",
}
PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff")
BUILT_IN = "built-in"
REVIEW_MARKS = frozenset(("comments", "tracked-changes"))
"""What of an author's Word file is left out if the pack says that it does no harm."""
_FORCED = 'the setting "engine" asks for LibreOffice'
_FIRST = 1 << 40
"""Weight of what must be known early, because another program may have to be started for it."""
SMALL = 40_000
"""Weight of documents that are drawn one after the other sooner than processes are started for them: a dozen pages."""


class DrawingTask(Struct, frozen=True, kw_only=True):
    """One document to be drawn: a template with its context, or an author's file (`template_name` None).

    `name` is what problems call the document, `resources` the folder that pictures are taken from, `alt` what is said
    of a picture that is a document of its own. Of the marks of review in an author's Word file, those that are
    `accepted` (`comments`, `tracked-changes`) are taken out before it is drawn.
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
    engine: Engine = "auto"
    alt: str | None = None
    accepted: tuple[str, ...] = ()

    @property
    def suffix(self) -> str:
        """How the name of the file that is drawn ends, in small letters."""
        return ".docx" if self.template_name else self.file.suffix.lower()


class Drawing(Struct, frozen=True, kw_only=True):
    """A drawn document: the tagged PDF, the words on its pages, remarks, and seconds taken.

    `docx` is the Word file as filled, or the author's own file, whose name ends in `suffix`; pictures have none.
    `engine` drew it, and `why` says what for, if it is not the usual one.
    """

    document_id: str
    docx: bytes
    pdf: bytes
    page_texts: tuple[str, ...]
    warnings: tuple[Problem, ...]
    seconds: float
    suffix: str = ".docx"
    engine: str = BUILT_IN
    why: tuple[str, ...] = ()


class Untagged(Struct, frozen=True):
    """A document whose tags are not yet all there: its drawing as it will be but for those, and what they take."""

    drawing: Drawing
    document: convert.Untagged


class Waiting(Struct, frozen=True, kw_only=True):
    """A document that LibreOffice has to draw: its file, and what the built-in engine objected to, or the `need`."""

    task: DrawingTask
    file: bytes
    because: tuple[Problem, ...] = ()
    need: str = ""
    seconds: float = 0.0

    @property
    def suffix(self) -> str:
        return self.task.suffix


def waits_from_the_start(task: DrawingTask) -> bool:
    """Whether only LibreOffice draws files of this kind."""
    return task.template_name is None and task.suffix in (".xlsx", ".pptx") and task.engine != "built-in"


def waiting_for_office(task: DrawingTask) -> Waiting:
    """A file that only LibreOffice draws."""
    return Waiting(task=task, file=task.file.read_bytes(), need=OFFICE_FILES[task.suffix])


def draw_or_wait(task: DrawingTask) -> Drawing | Waiting:
    """Fills, then converts; or finds that LibreOffice has to do that.

    Raises:
        TemplateError, ConversionError: as `draw_untagged`.
    """
    return with_tags(draw_untagged(task))


def with_tags(drawn: Untagged | Drawing | Waiting) -> Drawing | Waiting:
    """The last step of drawing, of what has not seen it."""
    if not isinstance(drawn, Untagged):
        return drawn
    from packgen.convert import with_tags

    started = time.perf_counter()
    pdf = with_tags(drawn.document).pdf
    return replace(drawn.drawing, pdf=pdf, seconds=drawn.drawing.seconds + time.perf_counter() - started)


def draw_untagged(task: DrawingTask) -> Untagged | Drawing | Waiting:
    """All steps of `draw_or_wait` but the last, for which alone a process would have to load much.

    Raises:
        TemplateError: the template cannot be filled.
        ConversionError: the document cannot be drawn without losing something, by either engine.
    """
    if task.template_name is None and task.suffix in PICTURES:
        return _draw_picture(task)
    if task.template_name is None and task.suffix != ".docx":
        raise ConversionError(_built_in_forced(task, OFFICE_FILES[task.suffix]))
    started = time.perf_counter()
    if task.engine == "libreoffice":
        return Waiting(task=task, file=_word_file(task), need=_FORCED, seconds=time.perf_counter() - started)
    if task.template_name is not None:
        return _draw_word(task)
    try:
        return _draw_word(task)
    except ConversionError as error:
        from packgen.convert.reasons import needs_another_engine

        if not needs_another_engine(error):
            raise
        if task.engine == "built-in":
            why = "the built-in engine cannot draw it, for the reasons above"
            raise ConversionError([*error.problems, _built_in_forced(task, why)]) from error
        because = tuple(problem for problem in error.problems if problem.severity == "error")
        seconds = time.perf_counter() - started
        return Waiting(task=task, file=_word_file(task), because=because, seconds=seconds)


def _built_in_forced(task: DrawingTask, why: str) -> Problem:
    return Problem(
        code="convert.engine",
        file=task.name,
        message=f"LibreOffice may not be used for it, as --engine or packgen.toml says, but {why}",
        hint='leave --engine out, or set engine = "auto"; or ask for a PDF of the document',
    )


def _draw_picture(task: DrawingTask) -> Drawing:
    from packgen.convert.picture_pages import convert_picture

    started = time.perf_counter()
    drawn = convert_picture(
        task.file.read_bytes(),
        name=task.name,
        alt=task.alt or "",
        language=task.language,
        title=task.title,
        created=task.created,
    )
    return Drawing(
        document_id=task.document_id,
        docx=b"",
        pdf=drawn.pdf,
        page_texts=drawn.page_texts,
        warnings=drawn.warnings,
        seconds=time.perf_counter() - started,
        suffix=task.suffix,
    )


def draw(task: DrawingTask) -> Drawing:
    """Fills, then converts with the built-in engine.

    Raises:
        TemplateError: the template cannot be filled.
        ConversionError: the DOCX cannot be drawn without losing something.
    """
    drawing = with_tags(_draw_word(task))
    assert isinstance(drawing, Drawing), "nothing else comes of what has no tags"
    return drawing


def _draw_word(task: DrawingTask) -> Untagged:
    from packgen.convert import bundled_fonts, draw_docx

    started = time.perf_counter()
    docx = _word_file(task)
    drawn = draw_docx(
        docx,
        name=task.name,
        fonts=bundled_fonts(task.font_files),
        language=task.language,
        title=task.title,
        created=task.created,
    )
    drawing = Drawing(
        document_id=task.document_id,
        docx=docx,
        pdf=b"",
        page_texts=drawn.page_texts,
        warnings=drawn.warnings,
        seconds=time.perf_counter() - started,
    )
    return Untagged(drawing, drawn)


def _word_file(task: DrawingTask) -> bytes:
    """What is to be drawn: a filled template, or an author's file, without what was accepted of its marks of review."""
    data = task.file.read_bytes()
    if task.template_name is not None:
        return _fill(task, data)
    if not task.accepted:
        return data
    from packgen.convert.accepted import accepted

    return accepted(data, task.name, comments="comments" in task.accepted, changes="tracked-changes" in task.accepted)


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
    """A guess at how long a document takes, from the amount of its text; what may need another engine goes first."""
    return len(str(task.context)) if task.template_name else _FIRST + task.file.stat().st_size
