"""One thing that another process does, which loaded for it while this one had other things to do."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from packgen.errors import ConversionError, Problem
from packgen.stages import beside
from packgen.stages.workers import Workers


def process(_: object) -> int:
    return os.getpid()


def fail(code: str) -> None:
    raise ConversionError(Problem(code=code, message="it cannot be drawn"))


def die(here: int) -> str:
    if os.getpid() != here:
        os._exit(9)
    return "done here"


def weight(_: object) -> int:
    return 1


@pytest.fixture(autouse=True)
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("packgen.stages.workers.fork_server_runs", lambda: False)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    beside.start_beside()
    yield
    beside.stop_waiting()


def test_what_was_begun_is_done_elsewhere_and_taken_once() -> None:
    argument = ["anything"]
    with Workers(2) as workers:
        workers.begin(process, argument)
        assert workers.run(process, [argument], weight=weight) != [os.getpid()]
        assert workers.run(process, [argument], weight=weight) == [os.getpid()]


def test_another_argument_is_another_thing() -> None:
    with Workers(2) as workers:
        workers.begin(process, ["anything"])
        assert workers.run(process, [["something"]], weight=weight) == [os.getpid()]
        assert workers.run(process, [["anything"]], weight=weight) != [os.getpid()]


def test_its_errors_are_told_where_it_is_asked_for() -> None:
    code = "convert.some-reason"
    with Workers(2) as workers:
        workers.begin(fail, code)
        with pytest.raises(ConversionError) as error:
            workers.run(fail, [code], weight=weight)
    assert [problem.code for problem in error.value.problems] == [code]


def test_what_the_other_process_cannot_do_is_done_here() -> None:
    here = os.getpid()
    with Workers(2) as workers:
        workers.begin(die, here)
        assert workers.run(die, [here], weight=weight) == ["done here"]


def test_one_job_means_no_other_process() -> None:
    argument = ["anything"]
    with Workers(1) as workers:
        workers.begin(process, argument)
        assert workers.run(process, [argument], weight=weight) == [os.getpid()]


def test_nothing_is_left_running_that_nobody_asked_for() -> None:
    (waiting,) = beside._waiting
    with Workers(2):
        pass
    assert waiting.poll() is not None


def test_files_of_the_current_folder_are_not_taken_for_parts_of_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside.stop_waiting()
    (tmp_path / "pickle.py").write_text("raise SystemExit('taken for a part of Python')")
    monkeypatch.chdir(tmp_path)
    beside.start_beside()
    argument = ["anything"]
    with Workers(2) as workers:
        workers.begin(process, argument)
        assert workers.run(process, [argument], weight=weight) != [os.getpid()]


def test_the_other_process_ends_when_nobody_asks_any_more() -> None:
    (waiting,) = beside._waiting
    assert waiting.stdin is not None
    waiting.stdin.close()
    assert waiting.wait(timeout=30) == 0


def test_what_cannot_be_sent_is_done_here() -> None:
    argument = [lambda: None]
    with Workers(2) as workers:
        workers.begin(process, argument)
        assert workers.run(process, [argument], weight=weight) == [os.getpid()]


def test_it_needs_nothing_but_what_it_says() -> None:
    """It is started before anything else is loaded, so it must load next to nothing itself."""
    heavy = ["multiprocessing", "concurrent.futures", "typer", "pikepdf", "pathlib", "subprocess"]
    code = f"import sys, packgen.stages.beside; print([each for each in {heavy} if each in sys.modules])"
    done = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "[]"
