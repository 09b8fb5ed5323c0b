"""Processes that read pages of a pack beside the one that inspects it change nothing but how long it takes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from packgen.errors import InspectionError
from packgen.inspect import Inspection, inspect_pack
from packgen.inspect.page_facts import PageFact
from packgen.inspect.readback import read_back, read_parts
from packgen.inspect.readers import Order, Readers, part_count, part_of
from packgen.merge import merge
from packgen.model import MergeRequest
from pdf_parts import expected, report, request

_WAIT = 20.0


def long_pack(pages: int = 120) -> MergeRequest:
    return request([("alpha", report("Alpha", pages // 2)), ("beta", report("Beta", pages - pages // 2))])


def when_told(readers: Readers, parts: int) -> None:
    """Wait until so many parts have come in."""
    until = time.monotonic() + _WAIT
    while len(readers._told) < parts and time.monotonic() < until:
        time.sleep(0.01)
    assert len(readers._told) >= parts


def inspected(made: MergeRequest, readers: Readers | None = None) -> Inspection:
    return inspect_pack(merge(made).data, expected(made), readers=readers)


@pytest.mark.parametrize("count", [1, 2])
def test_several_processes_give_what_one_gives(count: int) -> None:
    made = long_pack()
    with Readers(count) as readers:
        assert inspected(made, readers) == inspected(made)


@pytest.mark.parametrize("count", [1, 2])
def test_they_read_everything_if_there_is_time(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    data = merge(long_pack()).data
    alone = read_back(data, {0, 70})
    with Readers(count) as readers:
        readers.read(data, {0, 70})
        when_told(readers, part_count(alone.page_count))
        monkeypatch.setattr("packgen.inspect.readback.read_page", None)
        assert read_back(data, {0, 70}, readers=readers) == alone


def test_what_they_say_is_compared_with_the_plan() -> None:
    made, other = long_pack(), long_pack(90)
    with Readers(1) as readers, pytest.raises(InspectionError):
        inspect_pack(merge(made).data, expected(other), readers=readers)


def test_one_that_dies_is_not_waited_for() -> None:
    made = long_pack()
    with Readers(2) as readers:
        for process in readers.processes:
            process.kill()
            process.wait()
        assert inspected(made, readers) == inspected(made)


def test_one_that_stops_in_the_middle_is_not_waited_for() -> None:
    made = long_pack()
    data = merge(made).data
    with Readers(1) as readers:
        readers.read(data, ())
        when_told(readers, 1)
        readers.processes[0].kill()
        assert read_back(data, readers=readers) == read_back(data)


def test_what_makes_no_sense_is_read_here() -> None:
    data = merge(long_pack()).data
    with Readers(0) as readers:
        readers._told.update({0: b"\xc1", 1: b"\x90"})
        assert read_back(data, readers=readers) == read_back(data)


def test_where_none_can_be_started_all_is_read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    made = long_pack()
    monkeypatch.setattr(sys, "executable", str(Path("no", "such", "python").absolute()))
    with Readers(1) as readers:
        assert not readers.processes
        assert inspected(made, readers) == inspected(made)


def test_they_end_with_the_block() -> None:
    with Readers(2) as readers:
        readers.read(merge(long_pack()).data, ())
        processes = list(readers.processes)
    assert all(process.returncode is not None for process in processes)


@pytest.mark.skipif(sys.platform == "win32", reason="asks for a process in the way of other systems")
def test_one_ends_once_nobody_is_there_to_be_told() -> None:
    asked = "import sys\nfrom packgen.inspect.readers import Readers\nreaders = Readers(1)\n"
    asked += "print(readers.processes[0].pid, flush=True)\nsys.stdin.read()\nimport os\nos._exit(1)\n"
    with subprocess.Popen([sys.executable, "-c", asked], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        number = int(parent.stdout.readline())
        parent.kill()
    until = time.monotonic() + _WAIT
    while _runs(number) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _runs(number)


def _runs(number: int) -> bool:
    state = Path(f"/proc/{number}/stat")
    try:
        os.kill(number, 0)
        return not state.exists() or state.read_text("ascii").rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


def test_parts_have_every_page_once() -> None:
    for pages in (0, 1, 49, 50, 51, 149):
        listed = [index for number in range(part_count(pages)) for index in part_of(number, pages)]
        assert listed == list(range(pages))


def test_an_order_is_carried_out_in_parts() -> None:
    data = merge(long_pack()).data
    told: dict[int, list[PageFact]] = {}
    for first in (0, 1):
        told |= dict(read_parts(Order(data, (), first, 2)))
    assert [fact for number in sorted(told) for fact in told[number]] == read_back(data).facts
