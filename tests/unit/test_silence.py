"""A build that is silent for long tells what it waits for."""

from __future__ import annotations

import time

import pytest

from packgen.cli.silence import telling_progress
from packgen.progress import Stage


def test_after_a_silence_it_is_told_what_is_waited_for(capsys: pytest.CaptureFixture[str]) -> None:
    with telling_progress(lambda _: None, patience=0.1) as progress, progress.stage(Stage.DRAW):
        progress.expected[:] = ["Plan", "Budget", "Map", "Minutes"]
        progress.document("Plan", 1, 4, 0.1)
        time.sleep(0.35)
    lines = capsys.readouterr().err.splitlines()
    assert 2 <= len(lines) <= 3
    assert lines[0].strip().startswith("still waiting for Budget, Map, Minutes (0")
    progress.expected.clear()


def test_other_stages_say_that_they_are_at_it(capsys: pytest.CaptureFixture[str]) -> None:
    with telling_progress(lambda _: None, patience=0.1) as progress, progress.stage(Stage.MERGE):
        time.sleep(0.2)
    assert capsys.readouterr().err.strip().startswith("still at it (")


def test_nothing_is_told_while_there_is_news(capsys: pytest.CaptureFixture[str]) -> None:
    with telling_progress(lambda _: None, patience=0.4) as progress:
        for number in range(6):
            time.sleep(0.1)
            progress.document("Plan", number, 6, 0.1)
    assert capsys.readouterr().err == ""
