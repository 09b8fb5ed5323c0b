"""Where work is done: in this process as long as it is little, in others when there is enough of it."""

from __future__ import annotations

import os

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
