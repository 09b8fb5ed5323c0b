"""LibreOffice at work beside the workers that draw everything else.

Takes the documents that wait for it, all at once; gives a drawing for each. It runs in a thread, which does nothing but
wait for another program, and is stopped when the build ends before it has finished.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import TYPE_CHECKING, Self

from msgspec.structs import replace

from packgen.errors import ConversionError, MissingProgramError, Problem
from packgen.stages.drawing import Drawing, Waiting
from packgen.workspace import Settings

if TYPE_CHECKING:
    from packgen.convert.office.engine import Limits
    from packgen.convert.office.find import OfficeProgram

_REASONS_SHOWN = 3


class SecondEngine:
    """Draws what waits for LibreOffice. Leaving the block ends LibreOffice, whatever it is doing.

    Nothing is imported, looked for or started before there is a document for it.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._begun: Future[list[Drawing]] | None = None
        self._limits: Limits | None = None
        self._pool: ThreadPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._limits is not None:
            self._limits.stop.set()
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def begin(self, waiting: Sequence[Waiting]) -> None:
        """Starts LibreOffice on these documents, if there are any and it is installed. Called once."""
        if not waiting:
            return
        from packgen.convert.office.engine import Limits
        from packgen.convert.office.find import find_office

        self._limits = Limits(self._settings.libreoffice_seconds)
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="libreoffice")
        self._begun = self._pool.submit(_drawings, tuple(waiting), find_office(), self._limits, self._settings)

    def drawings(self) -> list[Drawing]:
        """What it has drawn, once it has finished.

        Raises:
            MissingProgramError: LibreOffice is not installed.
            ConversionError: with the problems of every document.
        """
        return self._begun.result() if self._begun is not None else []


def _drawings(
    waiting: Sequence[Waiting], program: OfficeProgram | None, limits: Limits, settings: Settings
) -> list[Drawing]:
    from packgen.convert.office.engine import OfficeFile, draw_with_office

    if program is None:
        raise MissingProgramError([_missing(each) for each in waiting])
    started = time.perf_counter()
    files = [
        OfficeFile(
            name=each.task.name,
            data=each.file,
            kind=each.suffix,
            title=each.task.title,
            language=each.task.language,
            created=each.task.created,
        )
        for each in waiting
    ]
    drawn = draw_with_office(files, program, limits)
    seconds = (time.perf_counter() - started) / len(waiting)
    too_long = [
        _too_long(each, len(one.page_texts), settings.attachment_pages)
        for each, one in zip(waiting, drawn, strict=True)
        if len(one.page_texts) > settings.attachment_pages
    ]
    if too_long:
        raise ConversionError(too_long)
    return [
        Drawing(
            document_id=each.task.document_id,
            docx=each.file,
            suffix=each.suffix,
            pdf=one.pdf,
            page_texts=one.page_texts,
            warnings=(*_told(each), *one.warnings),
            seconds=each.seconds + seconds,
            engine=program.name,
            why=tuple(_reason(problem) for problem in each.because) or (each.need,),
        )
        for each, one in zip(waiting, drawn, strict=True)
    ]


def _told(waiting: Waiting) -> tuple[Problem, ...]:
    """Which document went to LibreOffice, and because of what."""
    if not waiting.because:
        return ()
    return (
        replace(
            waiting.because[0],
            code="convert.second-engine",
            severity="warning",
            message=f"The built-in engine cannot draw the document, so LibreOffice does: {_reasons(waiting)}.",
            hint="Look at its pages in the pack.",
        ),
    )


def _missing(waiting: Waiting) -> Problem:
    from packgen.convert.office.find import INSTALL_HINT

    return Problem(
        code="program.libreoffice",
        file=waiting.task.name,
        pointer=waiting.because[0].pointer if waiting.because else None,
        message=f"This needs LibreOffice, which is not installed: {_reasons(waiting)}.",
        hint=INSTALL_HINT,
    )


def _too_long(waiting: Waiting, pages: int, limit: int) -> Problem:
    return Problem(
        code="file.too-long",
        file=waiting.task.name,
        message=f"It has {pages} pages when it is drawn; the limit is {limit}.",
        hint="ask for a shorter one (in Excel: set a print area), or raise attachment_pages in packgen.toml",
    )


def _reasons(waiting: Waiting) -> str:
    reasons = list(dict.fromkeys(_reason(problem) for problem in waiting.because)) or [waiting.need]
    more = f"; and {len(reasons) - _REASONS_SHOWN} more" if len(reasons) > _REASONS_SHOWN else ""
    return "; ".join(reasons[:_REASONS_SHOWN]) + more


def _reason(problem: Problem) -> str:
    words = problem.message.rstrip(".")
    return f"{words} ({problem.pointer})" if problem.pointer else words
