"""Where work is done: in this process as long as it is little, in others when there is enough of it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from packgen.stages.workers import Workers


def process(_: int) -> int:
    return os.getpid()


def weight(argument: int) -> int:
    return argument


@pytest.fixture
def nothing_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("packgen.stages.workers.fork_server_runs", lambda: False)


@pytest.mark.usefixtures("nothing_started")
@pytest.mark.parametrize("arguments", [[], [50], [4, 6]])
def test_little_is_done_in_this_process(arguments: list[int]) -> None:
    with Workers(2) as workers:
        assert set(workers.run(process, arguments, weight=weight, small=10)) <= {os.getpid()}


def test_much_is_done_in_others_and_then_little_too() -> None:
    with Workers(2) as workers:
        assert os.getpid() not in workers.run(process, [5, 6], weight=weight, small=10)
        assert os.getpid() not in workers.run(process, [1], weight=weight, small=10)


def test_little_is_done_in_others_when_what_starts_them_runs_already(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("packgen.stages.workers.fork_server_runs", lambda: True)
    with Workers(2) as workers:
        assert os.getpid() not in workers.run(process, [4, 6], weight=weight, small=10)


@pytest.mark.usefixtures("nothing_started")
def test_little_is_done_here_while_others_run_once_this_process_has_loaded_as_much() -> None:
    with Workers(2) as workers:
        assert os.getpid() not in workers.run(process, [50, 60], weight=weight, small=10, meanwhile=lambda: None)
        assert set(workers.run(process, [4, 6], weight=weight, small=10)) == {os.getpid()}


def test_one_job_means_no_other_process() -> None:
    with Workers(1) as workers:
        assert set(workers.run(process, [5, 6], weight=weight)) == {os.getpid()}


def hold(seconds: float) -> str:
    """What a process does that nobody waits for in the end; it has something on the disk meanwhile."""
    with TemporaryDirectory(prefix="held-") as folder:
        time.sleep(seconds)
        return folder


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files stand in this test."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_several_things_are_begun_and_taken_whatever_their_order() -> None:
    with Workers(2) as workers:
        workers.begin_all(process, [5, 6], weight=weight)
        assert os.getpid() not in workers.run(process, [6, 5], weight=weight, small=100)
        assert not workers._begun


@pytest.mark.usefixtures("nothing_started")
def test_little_is_not_begun() -> None:
    with Workers(2) as workers:
        workers.begin_all(process, [4, 6], weight=weight, small=10)
        assert workers.run(process, [4, 6], weight=weight, small=10) == [os.getpid()] * 2


def test_what_nobody_asks_for_is_stopped_and_leaves_nothing_behind(temporary: Path) -> None:
    with Workers(2) as workers:
        workers.begin_all(hold, [60.0, 61.0, 62.0], weight=int)
        until = time.monotonic() + 30
        while len(list(temporary.glob("packgen-*/held-*"))) < 2 and time.monotonic() < until:
            time.sleep(0.05)
        assert len(list(temporary.glob("packgen-*/held-*"))) == 2
        workers.forget()
        started = time.monotonic()
    assert time.monotonic() - started < 10
    assert not list(temporary.glob("packgen-*"))


_KILLED = """
import sys, tempfile, time
from packgen.stages.workers import Workers
if __name__ == "__main__":
    tempfile.tempdir = sys.argv[1]
    with Workers(2) as workers:
        workers.run(tempfile.mkdtemp, ["-one", "-other"], weight=len)
        print("there", flush=True)
        time.sleep(60)
"""


def test_nothing_is_left_behind_by_a_command_that_was_killed(tmp_path: Path) -> None:
    script, folder = tmp_path / "killed.py", tmp_path / "temporary"
    script.write_text(_KILLED)
    folder.mkdir()
    with subprocess.Popen(
        [sys.executable, script, folder], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as command:
        assert command.stdout is not None
        assert command.stdout.readline() == b"there\n"
        assert len(list(folder.glob("packgen-*/*"))) == 2
        command.kill()
    until = time.monotonic() + 20
    while list(folder.glob("packgen-*")) and time.monotonic() < until:
        time.sleep(0.05)
    assert not list(folder.glob("packgen-*"))


def test_what_is_called_off_while_processes_start_is_not_waited_for(temporary: Path) -> None:
    with Workers(2) as workers:
        workers.begin_all(hold, [60.0, 61.0], weight=int)
        workers.forget()
        started = time.monotonic()
        assert workers.run(process, [5, 6], weight=weight) != [os.getpid()] * 2
    assert time.monotonic() - started < 20
    until = time.monotonic() + 20
    while list(temporary.glob("packgen-*")) and time.monotonic() < until:
        time.sleep(0.05)
    assert not list(temporary.glob("packgen-*"))
