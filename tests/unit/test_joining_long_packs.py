"""A long pack is joined before its items and read by several processes, and becomes the same files as any other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from packgen.cli.building import Command, run_build
from packgen.stages import merging

PACK = Path(__file__).resolve().parents[2] / "examples" / "part-two"


def built(out: Path, jobs: int) -> dict[str, bytes]:
    """The finished PDFs of a pack by their names."""
    assert run_build([str(PACK)], Command(out=out, jobs=jobs)) == 0
    return {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*.pdf"))}


@pytest.mark.parametrize("jobs", [1, 4])
def test_long_packs_become_the_same_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int) -> None:
    usual = built(tmp_path / "usual", 1)
    rounds: list[list[list[merging.JoiningTask]]] = []
    join = merging._joined

    def joined(places: Any, turns: Any, workers: Any) -> Any:
        rounds.append(turns)
        return join(places, turns, workers)

    for limit in ("LONG", "VERY_LONG"):
        monkeypatch.setattr(merging, limit, 1)
    monkeypatch.setattr(merging, "_joined", joined)
    assert built(tmp_path / "long", jobs) == usual
    first, then = rounds
    assert [task.expected.name.endswith(merging.WHOLE) for turn in first for task in turn] == [True, True]
    assert {task.helpers for turn in first for task in turn} == {1 if jobs > 1 else 0}
    assert then and all(task.facts is not None and task.made is not None for turn in then for task in turn)
