"""Many packs in one command: each by itself, the same bytes as one after the other, and no failure stops another."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from packgen.cli.several import Order, Outcome
from packgen.cli.several.processes import in_processes
from packgen.errors import ExitCode
from packgen.pipeline import Wishes
from tests.conftest import REPORT, Packgen, write_pack


def packs(folder: Path, count: int) -> list[Path]:
    return [
        write_pack(
            folder / f"pack-{number}",
            items=[{"title": f"Trees {number}", "documents": [{"data": "items/a.json"}]}],
            files={"items/a.json": REPORT | {"title": f"Trees {number}"}},
        )
        for number in range(count)
    ]


def hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*.pdf"))
    }


def test_several_at_once_give_what_one_after_the_other_gives(packgen: Packgen, tmp_path: Path) -> None:
    packs(tmp_path / "packs", 4)
    together = packgen("build", tmp_path / "packs" / "*", "--out", tmp_path / "a", "--jobs", "2")
    apart = packgen("build", tmp_path / "packs" / "*", "--out", tmp_path / "b", "--jobs", "1")
    assert (together.code, apart.code) == (0, 0), together.err
    assert hashes(tmp_path / "a") == hashes(tmp_path / "b") != {}
    assert "4 of 4 done" in together.err
    assert "4 of 4 packs built in" in together.err


def test_one_that_is_wrong_stops_no_other_and_is_named_at_the_end(packgen: Packgen, tmp_path: Path) -> None:
    folders = packs(tmp_path / "packs", 3)
    (folders[1] / "pack.json").write_text("{", encoding="utf-8")
    run = packgen("build", tmp_path / "packs" / "*", "--out", tmp_path / "dist", "--jobs", "2")
    assert run.code == ExitCode.INVALID_PACK
    assert "pack-1/pack.json" in run.err.replace(os.sep, "/")
    assert run.err.rstrip().endswith("not built: pack-1")
    assert "2 of 3 packs built in" in run.err
    assert [path.name for path in sorted((tmp_path / "dist").glob("pack-*"))] == ["pack-0", "pack-2"]


def test_reports_are_in_the_order_of_names(packgen: Packgen, tmp_path: Path) -> None:
    packs(tmp_path / "packs", 3)
    run = packgen("build", tmp_path / "packs" / "*", "--out", tmp_path / "dist", "--jobs", "2", "--json")
    assert [(each["pack"], each["built"]) for each in run.json["packs"]] == [(f"pack-{n}", True) for n in range(3)]
    assert run.err == ""


def _die(marker: str, path: str) -> Path:
    """What a process does that is given a deadly folder: it dies, the first time or each time."""
    if not marker or not Path(marker).exists():
        if marker:
            Path(marker).touch()
        os._exit(9)
    return Path(path)


class Deadly(type(Path())):  # type: ignore[misc]  # the class of paths of this system
    """A folder that kills the process it is sent to."""

    marker = ""

    def __reduce__(self) -> tuple[Any, ...]:
        return _die, (self.marker, str(self))


def outcomes(folders: list[Path], out: Path) -> dict[str, Outcome]:
    orders = [Order(folder, out, Wishes(), json=False) for folder in folders]
    return {outcome.name: outcome for outcome in in_processes(orders, 2, lambda _: None)}


@pytest.mark.slow
def test_a_pack_that_kills_its_process_stops_no_other(tmp_path: Path) -> None:
    folders = packs(tmp_path / "packs", 5)
    deadly = Deadly(folders[2])
    deadly.resolve = lambda: folders[2]
    found = outcomes([*folders[:2], deadly, *folders[3:]], tmp_path / "dist")
    assert {name: outcome.code for name, outcome in found.items()} == {
        "pack-0": 0, "pack-1": 0, "pack-2": ExitCode.BUG, "pack-3": 0, "pack-4": 0,
    }  # fmt: skip
    assert "most likely for want of memory" in found["pack-2"].told
    json.dumps(found["pack-2"].report)


@pytest.mark.parametrize("twice", [False, True])
def test_two_packs_of_one_name_are_refused_and_one_named_twice_is_built_once(
    packgen: Packgen, tmp_path: Path, twice: bool
) -> None:
    one = write_pack(tmp_path / "a" / "same")
    other = tmp_path / "a" / ".." / "a" / "same" if twice else write_pack(tmp_path / "b" / "same")
    run = packgen("build", one, other, "--out", tmp_path / "dist", "--jobs", "2")
    assert run.code == (0 if twice else ExitCode.USAGE)
    assert ("have the same name, and would have the same output" in run.err) is not twice
    assert (tmp_path / "dist" / "same").exists() is twice


def _below(process: int) -> set[int]:
    """The processes that a process of Linux has started, and those that they have."""
    found: set[int] = set()
    try:
        started = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    except OSError:
        return found
    for each in map(int, started):
        found |= {each, *_below(each)}
    return found


def _runs(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").split()[2] != "Z"
    except OSError:
        return False


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for processes where Linux lists them")
def test_nothing_goes_on_after_the_command_was_killed(tmp_path: Path) -> None:
    packs(tmp_path / "packs", 60)
    command = [sys.executable, "-m", "packgen", "build", str(tmp_path / "packs" / "*"), "--out", str(tmp_path / "dist")]
    with subprocess.Popen([*command, "--jobs", "2"], stderr=subprocess.DEVNULL) as process:
        until = time.monotonic() + 30
        while not any((tmp_path / "dist").glob("pack-*")) and time.monotonic() < until:
            time.sleep(0.02)
        below = _below(process.pid)
        process.kill()
    assert len(below) >= 2
    while any(map(_runs, below)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not [each for each in below if _runs(each)]


@pytest.mark.slow
def test_a_process_that_is_killed_once_costs_nothing_but_time(tmp_path: Path) -> None:
    folders = packs(tmp_path / "packs", 4)
    deadly = Deadly(folders[1])
    deadly.resolve = lambda: folders[1]
    deadly.marker = str(tmp_path / "died")
    found = outcomes([folders[0], deadly, *folders[2:]], tmp_path / "dist")
    assert {outcome.code for outcome in found.values()} == {0}
    assert len(found) == 4
    assert (tmp_path / "died").exists()
