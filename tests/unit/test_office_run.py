"""LibreOffice that hangs, breaks off, gives nothing or rubbish: each is told of its document, and nothing is left."""

from __future__ import annotations

import datetime as dt
import os
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from docx_parts import docx, paragraph
from office_parts import presentation, workbook
from packgen.convert.office import find
from packgen.convert.office.engine import Limits, OfficeFile, draw_with_office
from packgen.convert.office.find import OfficeProgram, find_office
from packgen.convert.office.prepared import Expected
from packgen.convert.office.run import Command, Ending, offline_environment, run
from packgen.convert.office.words import Pages, missing
from packgen.errors import ConversionError
from pdf_parts import tagged, untagged

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for LibreOffice is a script with a first line")


def office_file(name: str = "report.docx") -> OfficeFile:
    made = {
        ".docx": docx(paragraph("Words of the report")),
        ".xlsx": workbook({"Budget": [["Parks"]]}),
        ".pptx": presentation({"Plan": ["Point"]}),
    }
    kind = Path(name).suffix
    created = dt.datetime(2026, 9, 10, tzinfo=dt.UTC)
    return OfficeFile(name=name, data=made[kind], kind=kind, title="Title", language="en-GB", created=created)


def stand_in(folder: Path, code: str) -> OfficeProgram:
    """A program in place of LibreOffice; `room` is the folder in which it finds the files."""
    script = folder / "soffice"
    script.write_text(
        f"#!{sys.executable}\nimport os, pathlib, subprocess, sys, time, urllib.parse\n"
        "place = next(a for a in sys.argv if a.startswith('-env:UserInstallation='))\n"
        "room = pathlib.Path(urllib.parse.unquote(place.partition('file://')[2])).parent\n"
        "def tell(line):\n    with open(room / 'log.txt', 'a') as log: log.write(line + chr(10))\n"
        f"{code}\n",
        encoding="utf-8",
    )
    script.chmod(0o755)
    return OfficeProgram(script, "0.0.0")


def troubles(program: OfficeProgram, *names: str, seconds: float = 20.0) -> list[tuple[str | None, str, str]]:
    with pytest.raises(ConversionError) as failed:
        draw_with_office([office_file(name) for name in names], program, Limits(seconds))
    assert all(problem.hint for problem in failed.value.problems)
    return [(problem.file, problem.code, problem.message) for problem in failed.value.problems]


def is_alive(process: int) -> bool:
    """Whether a process still runs; one that has ended but that nobody has asked about does not."""
    try:
        status = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return status != "Z"


@POSIX
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="asks /proc which processes run")
def test_a_hung_program_is_ended_with_its_children(tmp_path: Path) -> None:
    code = (
        "tell('begin 0')\n"
        f"child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        f"pathlib.Path({str(tmp_path / 'pids')!r}).write_text(str(os.getpid()) + ' ' + str(child.pid))\n"
        "time.sleep(60)"
    )
    started = time.monotonic()
    assert troubles(stand_in(tmp_path, code), "report.docx", seconds=1.5) == [
        (
            "report.docx",
            "convert.office-failed",
            "LibreOffice had not finished with it after 1.5 seconds, and was stopped.",
        )
    ]
    assert time.monotonic() - started < 20
    processes = [int(number) for number in (tmp_path / "pids").read_text().split()]
    assert len(processes) == 2
    deadline = time.monotonic() + 5
    while any(is_alive(each) for each in processes) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not [each for each in processes if is_alive(each)]


@POSIX
def test_a_child_that_outlives_its_launcher_is_ended_too(tmp_path: Path) -> None:
    code = (
        f"child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        f"pathlib.Path({str(tmp_path / 'pid')!r}).write_text(str(child.pid))"
    )
    troubles(stand_in(tmp_path, code), "report.docx")
    child = int((tmp_path / "pid").read_text())
    deadline = time.monotonic() + 5
    while is_alive(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_alive(child)


@POSIX
def test_the_limit_is_for_each_document_and_names_the_one_that_hangs(tmp_path: Path) -> None:
    good = tmp_path / "good.pdf"
    good.write_bytes(tagged("= Report\nWords of the report"))
    code = (
        f"import shutil\ntell('begin 0')\ntime.sleep(0.8)\nshutil.copy({str(good)!r}, room / '0.pdf')\ntell('done 0')\n"
        "tell('begin 1')\ntime.sleep(0.8)\ntell('failed 1 General Error.')\ntell('begin 2')\ntime.sleep(60)"
    )
    told = troubles(stand_in(tmp_path, code), "a.docx", "b.docx", "c.docx", "d.docx", seconds=1.4)
    assert [(file, message) for file, _, message in told] == [
        ("b.docx", "LibreOffice could not draw it (General Error.)."),
        ("c.docx", "LibreOffice had not finished with it after 1.4 seconds, and was stopped."),
        ("d.docx", "LibreOffice did not come to it, because it broke off or was stopped at another document."),
    ]


@POSIX
@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("pass", "LibreOffice ended without drawing it."),
        ("tell('begin 0')\nos.abort()", "LibreOffice broke off while it drew it."),
        ("tell('begin 0')\ntell('done 0')", "What LibreOffice made of it is broken."),
        ("(room / '0.pdf').write_bytes(b'%PDF-1.6 rubbish')\ntell('done 0')", "What LibreOffice made of it is broken."),
    ],
)
def test_nothing_and_rubbish_are_told_of_the_document(tmp_path: Path, code: str, words: str) -> None:
    assert [message for _, _, message in troubles(stand_in(tmp_path, code), "report.docx")] == [words]


def test_a_program_that_cannot_be_started_is_told() -> None:
    def runner(command: Command) -> Ending:
        raise PermissionError(13, "Permission denied")

    with pytest.raises(ConversionError, match=r"could not be started \(Permission denied"):
        draw_with_office([office_file()], OfficeProgram(Path("soffice")), Limits(5), runner)


def made(pdf: bytes) -> Callable[[Command], Ending]:
    """Does what LibreOffice does that makes `pdf` of one file."""

    def runner(command: Command) -> Ending:
        (command.log.parent / "0.pdf").write_bytes(pdf)
        command.log.write_text("begin 0\ndone 0\n")
        return "ended"

    return runner


def drawn_by(pdf: bytes, name: str) -> list[str]:
    """Codes of what is said of a file of which LibreOffice made `pdf`."""
    try:
        drawn = draw_with_office([office_file(name)], OfficeProgram(Path("soffice")), Limits(5), made(pdf))
    except ConversionError as error:
        return [f"{problem.code} {problem.pointer}" for problem in error.problems]
    return [problem.code for problem in drawn[0].warnings]


@pytest.mark.parametrize(
    ("equations", "said"),
    [
        (1, "It has an equation, but LibreOffice did not draw it."),
        (2, "It has 2 equations, but LibreOffice drew none of them."),
    ],
)
def test_a_libreoffice_without_its_part_for_equations_is_told(equations: int, said: str) -> None:
    math = "<w:p><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath></w:p>"
    file = replace(office_file(), data=docx(paragraph("Words of the report") + math * equations))
    with pytest.raises(ConversionError) as refused:
        draw_with_office([file], OfficeProgram(Path("soffice")), Limits(5), made(tagged("Words of the report")))
    (problem,) = refused.value.problems
    assert problem.message == said
    assert "libreoffice-math-nogui" in str(problem.hint)


def test_every_word_is_looked_for() -> None:
    assert drawn_by(tagged("= Words of the report"), "a.docx") == []
    assert drawn_by(tagged("= Words of the repo"), "a.docx") == ["convert.text-lost paragraph 1"]
    assert drawn_by(tagged("= Plan"), "a.pptx") == ["convert.text-lost slide 1"]
    assert drawn_by(tagged("= Plan\nPoint\n#pagebreak()\nmore"), "a.pptx") == ["convert.office-pages None"]
    assert drawn_by(tagged("= Budget"), "a.xlsx") == ["convert.cell-cut-off"]


def missing_of(expected: list[str], *pages: str) -> list[str]:
    return [each.text for each in missing([Expected(text, "here") for text in expected], Pages(pages))]


def test_what_is_missing_is_found_in_any_order() -> None:
    assert missing_of(["one", "two", "one"], "one two", "one") == []
    assert missing_of(["two", "one"], "one two") == []
    assert missing_of(["one", "two", "one"], "one two") == ["one"]
    assert missing_of(["one", "two"], "one") == ["two"]
    assert missing_of(["CAPITALS", "well-known words"], "capitals wellknown", "words") == []


def test_words_of_a_long_spreadsheet_are_found_fast() -> None:
    texts = [f"Service number {number} of the council" for number in range(60_000)]
    started = time.monotonic()
    assert missing_of([*texts, "not drawn"], *texts) == ["not drawn"]
    assert time.monotonic() - started < 10


def test_text_outside_tags_makes_a_document_untagged() -> None:
    assert drawn_by(untagged("Words of the report"), "a.docx") == ["convert.untagged"]


@POSIX
def test_a_build_that_ends_early_does_not_wait(tmp_path: Path) -> None:
    program = stand_in(tmp_path, "tell('begin 0')\ntime.sleep(60)")
    stop = threading.Event()
    threading.Timer(0.5, stop.set).start()
    started = time.monotonic()
    with pytest.raises(ConversionError, match="because the build ended"):
        draw_with_office([office_file()], program, Limits(60, stop))
    assert time.monotonic() - started < 15


@POSIX
def test_a_command_of_another_program_ends_by_itself(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.touch()
    assert run(Command(["true"], dict(os.environ), log, 5)) == "ended"


def test_no_proxy_leads_anywhere() -> None:
    environment = offline_environment({"https_proxy": "http://proxy.example.org", "DISPLAY": ":0", "PATH": "/bin"})
    assert environment["https_proxy"] == environment["http_proxy"] == "http://127.0.0.1:9"
    assert "DISPLAY" not in environment
    assert environment["PATH"] == "/bin"


def test_the_named_program_is_taken_before_any_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "Office" / "program" / "soffice"
    registry = tmp_path / "Office" / "share" / "registry" / "main.xcd"
    for file in (program, registry):
        file.parent.mkdir(parents=True)
    program.touch()
    registry.write_text('<prop oor:name="ooSetupVersionAboutBox"><value>24.8.3.2</value></prop>', encoding="utf-8")
    monkeypatch.setenv(find.VARIABLE, str(program))
    assert find_office() == OfficeProgram(program, "24.8.3")
    monkeypatch.setenv(find.VARIABLE, str(tmp_path / "gone"))
    assert find_office() is None
