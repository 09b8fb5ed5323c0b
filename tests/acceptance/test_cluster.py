"""Many packs on a Dask cluster of several processes: the same bytes as here, whether they travel or folders are shared,
and also if a worker dies."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from packgen.errors import ExitCode
from tests.conftest import REPORT, REPOSITORY, Packgen, write_pack

distributed = pytest.importorskip("distributed")
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    ) as made:
        yield made


def workspace(folder: Path, count: int) -> Path:
    """A council's folder with settings, a logo, a template of its own, and packs."""
    write_pack(folder / "elsewhere")
    for number in range(count):
        write_pack(
            folder / "packs" / f"pack-{number}",
            items=[
                {"title": f"Trees {number}", "documents": [{"data": "items/a.json"}]},
                {"title": "Exclusion of the Public", "kind": "exclusion"},
            ],
            part_two=[
                {
                    "title": f"Offer {number}",
                    "public_title": "An offer",
                    "documents": [{"data": "items/b.json", "exempt": {"paragraphs": [3]}}],
                }
            ],
            files={
                "items/a.json": REPORT | {"title": f"Trees {number}"},
                "items/b.json": REPORT | {"title": f"Offer {number}"},
            },
        )
    (folder / "templates").mkdir()
    shutil.copy(REPOSITORY / "templates" / "cover-report.docx", folder / "templates")
    shutil.copy(REPOSITORY / "packs" / "logo.png", folder)
    settings = '[council]\nname = "Lyne"\nlogo = "logo.png"\nlogo_alt = "An oak"\n'
    (folder / "packgen.toml").write_text(settings, encoding="utf-8")
    return folder


def hashes(folder: Path) -> dict[str, str]:
    """Everything that readers get."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and {"public", "restricted"} & set(path.parts)
    }


@pytest.mark.parametrize("shared", [False, True])
def test_the_same_bytes_as_here(
    packgen: Packgen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cluster: Any, shared: bool
) -> None:
    monkeypatch.chdir(workspace(tmp_path / "council", 3))
    here = packgen("build", "packs/*", "--out", "here", "--jobs", "1")
    options = ["--shared-folder"] if shared else []
    there = packgen("build", "packs/*", "--out", "there", "--scheduler", cluster.scheduler_address, *options)
    assert (here.code, there.code) == (0, 0), there.err
    assert hashes(Path("here")) == hashes(Path("there")) != {}
    assert "3 of 3 packs built in" in there.err
    assert (Path("there") / "pack-0" / "manifest.json").is_file()


def test_messages_name_the_files_as_here(
    packgen: Packgen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cluster: Any
) -> None:
    monkeypatch.chdir(workspace(tmp_path / "council", 3))
    Path("packs/pack-1/items/a.json").write_text("{", encoding="utf-8")
    run = packgen("build", "packs/*", "--out", "dist", "--scheduler", cluster.scheduler_address)
    assert run.code == ExitCode.INVALID_PACK
    assert "\npacks/pack-1/items/a.json:1:2" in f"\n{run.err}".replace(os.sep, "/")
    assert run.err.rstrip().endswith("not built: pack-1")
    assert sorted(path.name for path in Path("dist").glob("pack-*")) == ["pack-0", "pack-2"]


def test_output_elsewhere_is_told_where_it_is(
    packgen: Packgen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cluster: Any
) -> None:
    monkeypatch.chdir(workspace(tmp_path / "council", 1))
    out = tmp_path / "elsewhere"
    run = packgen("build", "packs/pack-0", "--out", out, "--scheduler", cluster.scheduler_address)
    assert run.code == 0
    assert (out / "pack-0" / "public" / "agenda-pack.pdf").is_file()
    assert f"{out.as_posix()}/pack-0/public/agenda-pack.pdf" in run.err
    again = packgen("build", "packs/pack-0", "--out", out, "--scheduler", cluster.scheduler_address, "--json")
    assert again.json["packs"][0]["folder"] == f"{out.as_posix()}/pack-0"


def test_a_file_that_cannot_be_read_stops_no_other_pack(
    packgen: Packgen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cluster: Any
) -> None:
    monkeypatch.chdir(workspace(tmp_path / "council", 2))
    Path("packs/pack-0/lost.pdf").symlink_to(tmp_path / "nowhere")
    run = packgen("build", "packs/*", "--out", "dist", "--scheduler", cluster.scheduler_address)
    assert run.code == ExitCode.INVALID_PACK
    assert "pack-0: not sent" in run.err and "lost.pdf cannot be read" in run.err
    assert (Path("dist") / "pack-1").is_dir()


def test_a_worker_that_is_killed_costs_nothing_but_time(
    packgen: Packgen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(workspace(tmp_path / "council", 12))
    assert packgen("build", "packs/*", "--out", "here", "--jobs", "2").code == 0
    with distributed.LocalCluster(
        n_workers=3, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    ) as made:
        killed: list[int] = []

        def kill_one() -> None:
            """As soon as something is built, and so everybody is at work."""
            until = time.monotonic() + 60
            while not any(Path("there").glob("pack-*")) and time.monotonic() < until:
                time.sleep(0.02)
            victim = next(iter(made.workers.values()))
            killed.append(victim.pid)
            os.kill(victim.pid, signal.SIGTERM if os.name == "nt" else signal.SIGKILL)

        killer = threading.Thread(target=kill_one)
        killer.start()
        run = packgen("build", "packs/*", "--out", "there", "--scheduler", made.scheduler_address)
        killer.join()
    assert killed
    assert run.code == 0, run.err
    assert hashes(Path("here")) == hashes(Path("there"))


def test_nobody_at_the_address(packgen: Packgen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("packgen.cli.several.cluster._CONNECT_SECONDS", 1)
    run = packgen("build", write_pack(tmp_path / "p"), "--out", tmp_path / "dist", "--scheduler", "tcp://127.0.0.1:9")
    assert run.code == ExitCode.USAGE
    assert "no Dask scheduler answers at tcp://127.0.0.1:9" in run.err


def test_another_version_of_packgen(
    packgen: Packgen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cluster: Any
) -> None:
    monkeypatch.setattr("packgen.__version__", "9.9")
    run = packgen(
        "build", write_pack(tmp_path / "p"), "--out", tmp_path / "d", "--scheduler", cluster.scheduler_address
    )
    assert run.code == ExitCode.USAGE
    assert "has packgen" in run.err and "this is 9.9" in run.err
