"""Long packs are joined and read back in two rounds, by several processes, and become the same files as others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from packgen.cli.building import Command, run_build
from packgen.inspect import PageFact, readback
from packgen.stages import merging

PACK = Path(__file__).resolve().parents[2] / "examples" / "part-two"


def built(out: Path, jobs: int) -> dict[str, bytes]:
    """The finished PDFs of a pack by their names."""
    assert run_build([str(PACK)], Command(out=out, jobs=jobs)) == 0
    return {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*.pdf"))}


Rounds = list[list[list[merging.JoiningTask]]]


@pytest.fixture
def rounds(monkeypatch: pytest.MonkeyPatch) -> Rounds:
    """What is joined in each round of the next build."""
    rounds: Rounds = []
    join = merging._joined

    def joined(turns: Any, workers: Any) -> Any:
        rounds.append(turns)
        return join(turns, workers)

    monkeypatch.setattr(merging, "_joined", joined)
    return rounds


def wholes(of_round: list[list[merging.JoiningTask]]) -> set[bool]:
    """Whether what is joined in a round are whole packs."""
    return {task.expected.name.endswith(merging.WHOLE) for turn in of_round for task in turn}


@pytest.mark.parametrize("jobs", [1, 4])
def test_very_long_packs_become_the_same_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rounds: Rounds, jobs: int
) -> None:
    usual = built(tmp_path / "usual", 1)
    rounds.clear()
    for limit in ("LONG", "VERY_LONG"):
        monkeypatch.setattr(merging, limit, 1)
    assert built(tmp_path / "long", jobs) == usual
    first, then = rounds
    assert (wholes(first), wholes(then)) == ({True}, {False})
    assert [task.helpers for turn in first for task in turn] == [1 if jobs > 1 else 0] * 2
    assert all(len(task.facts) == len(task.made) == 1 for turn in then for task in turn)


@pytest.mark.parametrize("jobs", [1, 4])
def test_long_packs_become_the_same_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rounds: Rounds, jobs: int
) -> None:
    """Their items are joined side by side, and the packs take over from all of them."""
    usual = built(tmp_path / "usual", 1)
    rounds.clear()
    monkeypatch.setattr(merging, "LONG", 1)
    assert built(tmp_path / "long", jobs) == usual
    first, then = rounds
    assert (wholes(first), wholes(then)) == ({False}, {True})
    assert len(first) == jobs
    parts = [task for turn in first for task in turn]
    for task in (task for turn in then for task in turn):
        assert len(task.facts) == len(task.made) == sum(part.folder == task.folder for part in parts) > 1


def test_pages_that_items_have_are_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rounds: Rounds) -> None:
    read: list[int] = []
    read_page = readback._Pages.read

    def counted(pages: Any, index: int) -> PageFact:
        read.append(index)
        return read_page(pages, index)

    monkeypatch.setattr(readback._Pages, "read", counted)
    monkeypatch.setattr(merging, "LONG", 1)
    built(tmp_path, 1)
    _, then = rounds
    assert len(read) == sum(len(task.request.plan.pages) for turn in then for task in turn)
