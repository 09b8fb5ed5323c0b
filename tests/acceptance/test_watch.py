"""`packgen watch` as an officer has it: one program that runs on, and files that are saved."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Queue
from typing import Any

import pytest

from tests.conftest import REPORT, REPOSITORY, write_pack

PATIENCE = 60
"""Seconds; a busy machine is no reason to fail."""


class Watch:
    """A running `packgen watch`, with what it told of each build."""

    def __init__(self, pack: Path, out: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "packgen", "watch", str(pack), "--out", str(out), "--jobs", "1", "--json"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )  # fmt: skip
        self._reports: Queue[dict[str, Any]] = Queue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._reports.put(json.loads(line))

    def next(self, wanted: Callable[[dict[str, Any]], bool] = lambda _: True) -> dict[str, Any]:
        """The next report that is as wanted: a file may be seen half saved before."""
        while True:
            report = self._reports.get(timeout=PATIENCE)
            if wanted(report):
                return report

    def stop(self) -> int:
        """Ctrl+C."""
        interrupt = signal.CTRL_BREAK_EVENT if sys.platform == "win32" else signal.SIGINT
        self.process.send_signal(interrupt)
        self.process.wait(timeout=PATIENCE)
        return self.process.returncode


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "packgen.toml").write_text('[council]\nname = "Lyne"\n', encoding="utf-8")
    write_pack(
        tmp_path / "packs" / "autumn",
        items=[
            {"title": "Trees", "documents": [{"data": "items/01.json"}]},
            {"title": "Roads", "documents": [{"data": "items/02.json"}]},
        ],
        files={"items/01.json": REPORT, "items/02.json": {"template": "document", "title": "Roads"}},
    )
    return tmp_path


@pytest.fixture
def watch(place: Path) -> Iterator[Watch]:
    running = Watch(place / "packs" / "autumn", place / "dist")
    yield running
    running.process.kill()
    running.process.communicate()


def save(place: Path, **changes: Any) -> None:
    """Saves the report as editors do: a new file takes the place of the old one."""
    file = place / "packs" / "autumn" / "items" / "01.json"
    fresh = file.with_name("~$01.json")
    fresh.write_text(json.dumps(REPORT | changes), encoding="utf-8")
    os.replace(fresh, file)  # noqa: PTH105  # what is tested is what editors do


@pytest.mark.slow
def test_it_builds_again_whenever_something_is_saved(place: Path, watch: Watch) -> None:
    pack = place / "packs" / "autumn"
    assert watch.next()["redrawn"] == 2

    save(place, report_of="the Leader")
    report = watch.next()
    assert (report["built"], report["redrawn"]) == (True, 1)

    # A mistake stops nothing, and the old output stands.
    (pack / "items" / "01.json").write_text("{", encoding="utf-8")
    report = watch.next(lambda each: not each["built"])
    assert report["problems"][0]["code"] == "json.syntax"
    assert (place / "dist" / "autumn" / "public" / "agenda-pack.pdf").is_file()
    save(place, report_of="the Mayor")
    assert watch.next(lambda each: each["built"])["redrawn"] == 1

    # Settings lie outside of the pack's folder.
    (place / "packgen.toml").write_text('[look]\naccent = "#7A1F1F"\n', encoding="utf-8")
    assert watch.next(lambda each: each["built"])["redrawn"] == 2

    # So do templates, of which the first may come with its folder; what is no input is passed over.
    (pack / "~$02.json").write_text("Word's", encoding="utf-8")
    write_pack(pack, items=[{"title": "Trees", "documents": [{"data": "items/01.json"}]}])
    report = watch.next(lambda each: each["built"])
    assert report["packs"][0]["pages"] == 4
    (place / "templates").mkdir()
    shutil.copy(REPOSITORY / "templates" / "cover-report.docx", place / "templates" / "cover-report.docx")
    assert watch.next(lambda each: each.get("redrawn") == 1)["built"]


@pytest.mark.slow
def test_ctrl_c_ends_it_without_a_word_for_programmers(watch: Watch) -> None:
    watch.next()
    code = watch.stop()
    assert watch.process.stderr is not None
    assert "Traceback" not in watch.process.stderr.read()
    assert code in (0, 130) or sys.platform == "win32"
