"""LibreOffice as the second engine: one start draws every file that a build needs.

Takes files and the program; gives a PDF with the words of its pages for each. The steps are prepare (cut off from the
outside, values and dates as last saved), draw (a fresh profile, a macro, a time limit), check (pages, every word) and
finish (the same bytes each time, honest tags). Never gives a document of which something is missing.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from packgen.convert import Drawn
from packgen.convert.office.check import checked
from packgen.convert.office.find import OfficeProgram
from packgen.convert.office.kinds import OFFICE_KINDS
from packgen.convert.office.macro import ENTRY, MacroFile, module_xml
from packgen.convert.office.prepared import Prepared
from packgen.convert.office.profile import write_profile
from packgen.convert.office.run import Command, Ending, Runner, offline_environment, run, without_network
from packgen.convert.office.slides import prepare_slides
from packgen.convert.office.word_file import prepare_word
from packgen.convert.office.workbook import prepare_workbook
from packgen.convert.write.languages import meant
from packgen.errors import ConversionError, Problem

_OPTIONS = ("--headless", "--norestore", "--nologo", "--nodefault", "--nofirststartwizard", "--nolockcheck")
_REMEDY = "open it in {program} to see whether it is sound, and try again; or ask its author for a PDF of it"


@dataclass(frozen=True, kw_only=True)
class OfficeFile:
    """A file for LibreOffice. `name` is what problems call it, `kind` one of `.docx`, `.xlsx` and `.pptx`.

    `language` is that of the pack.
    """

    name: str
    data: bytes
    kind: str
    title: str
    language: str
    created: datetime


@dataclass(frozen=True)
class _Result:
    """What LibreOffice left of one file: its PDF, the list of its numbers, and what went wrong."""

    pdf: bytes
    numbers: str
    trouble: str = ""


@dataclass(frozen=True)
class Limits:
    """When to give up: after so many seconds on one file, or when `stop` is set."""

    seconds: float = 120.0
    stop: threading.Event = field(default_factory=threading.Event)


def draw_with_office(
    files: Sequence[OfficeFile], program: OfficeProgram, limits: Limits, runner: Runner = run
) -> list[Drawn]:
    """Draws files in one start of LibreOffice.

    Raises:
        ConversionError: with the problems of every file that could not be drawn without loss.
    """
    problems: list[Problem] = []
    prepared: list[Prepared] = []
    for file in files:
        try:
            prepared.append(_prepare(file))
        except ConversionError as error:
            problems += error.problems
    if problems:
        raise ConversionError(problems)
    drawn: list[Drawn] = []
    for file, ready, result in zip(files, prepared, _drawn(files, prepared, program, limits, runner), strict=True):
        try:
            if result.trouble:
                raise ConversionError(_trouble(file, result.trouble))
            drawn.append(
                checked(
                    result.pdf,
                    ready,
                    result.numbers,
                    name=file.name,
                    kind=file.kind,
                    title=file.title,
                    # LibreOffice marks only what is in another language than the file's own.
                    language=meant(ready.language, file.language, " ".join(each.text for each in ready.expected)),
                )
            )
        except ConversionError as error:
            problems += error.problems
    if problems:
        raise ConversionError(problems)
    return drawn


def _prepare(file: OfficeFile) -> Prepared:
    if file.kind == ".docx":
        return prepare_word(file.data, file.name)
    if file.kind == ".pptx":
        return prepare_slides(file.data, file.name)
    return prepare_workbook(file.data, file.name, file.created)


def _drawn(
    files: Sequence[OfficeFile],
    prepared: Sequence[Prepared],
    program: OfficeProgram,
    limits: Limits,
    runner: Runner,
) -> list[_Result]:
    """What one start of LibreOffice makes of all files."""
    with TemporaryDirectory(prefix="packgen-office-", ignore_cleanup_errors=True) as folder:
        # LibreOffice follows no links on the way to its files, and macOS has one in that of temporary folders.
        room = Path(folder).resolve()
        jobs = []
        for index, (file, ready) in enumerate(zip(files, prepared, strict=True)):
            source = room / f"{index}{file.kind}"
            source.write_bytes(ready.data)
            cells = (room / f"{index}.cells").as_uri() if file.kind == ".xlsx" else ""
            kind = OFFICE_KINDS[file.kind]
            target = (room / f"{index}.pdf").as_uri()
            jobs.append(MacroFile(source.as_uri(), target, cells, ready.rows, kind.import_filter, kind.export_filter))
        log = room / "log.txt"
        log.touch()
        write_profile(room / "profile", module_xml(jobs, log.as_uri()))
        profile = f"-env:UserInstallation={(room / 'profile').as_uri()}"
        command = Command(
            (*without_network(), str(program.path), profile, *_OPTIONS, ENTRY),
            offline_environment(os.environ),
            log,
            limits.seconds,
            limits.stop,
        )
        ending = _ending(runner, command)
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
        troubles = list(_troubles(lines, len(files), ending, limits.seconds))
        return [
            _Result(_bytes(room / f"{index}.pdf"), _bytes(room / f"{index}.cells").decode("utf-8", "replace"), trouble)
            for index, trouble in enumerate(troubles)
        ]


def _ending(runner: Runner, command: Command) -> Ending | OSError:
    try:
        return runner(command)
    except OSError as error:
        return error


def _troubles(lines: Sequence[str], count: int, ending: Ending | OSError, seconds: float) -> Iterator[str]:
    """What went wrong with each file, in an officer's words; empty if it was drawn."""
    started = {line for line in lines if line.startswith("begin ")}
    done = {line for line in lines if line.startswith("done ")}
    failed = {line.split(" ")[1]: line.split(" ", 2)[2:] for line in lines if line.startswith("failed ")}
    for index in range(count):
        if f"done {index}" in done:
            yield ""
        elif str(index) in failed:
            words = " ".join(failed[str(index)]).strip()
            yield f"LibreOffice could not draw it{f' ({words})' if words else ''}"
        elif isinstance(ending, OSError):
            yield f"LibreOffice could not be started ({ending.strerror or ending})"
        elif ending == "stopped":
            yield "LibreOffice was stopped, because the build ended"
        elif ending == "silent" and (f"begin {index}" in started or not started):
            yield f"LibreOffice had not finished with it after {seconds:g} seconds, and was stopped"
        elif f"begin {index}" in started:
            yield "LibreOffice broke off while it drew it"
        elif started:
            yield "LibreOffice did not come to it, because it broke off or was stopped at another document"
        else:
            yield "LibreOffice ended without drawing it"


def _trouble(file: OfficeFile, words: str) -> Problem:
    return Problem(
        code="convert.office-failed",
        file=file.name,
        message=f"{words}.",
        hint=_REMEDY.format(program=OFFICE_KINDS[file.kind].words.program),
    )


def _bytes(file: Path) -> bytes:
    return file.read_bytes() if file.is_file() else b""
