"""Whatever stops a build, the old output or the complete new one stands, and the next build needs no help."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from packgen.errors import ExitCode
from tests.conftest import REPORT, Packgen, write_pack

KILLS = 50
WORDS = ("Trees are planted.", "Trees are felled.")


class Place:
    """A pack that is written in one of two versions, and what a complete build of each gives."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pack = folder / "packs" / "autumn"
        self.output = folder / "dist" / "autumn"
        self.complete: dict[str, str] = {}
        """The hash of the whole output by what the report says."""

    def write(self, words: str) -> None:
        write_pack(
            self.pack,
            items=[
                {"title": "Trees", "documents": [{"data": "items/01.json"}]},
                {"title": "Roads", "documents": [{"data": "items/02.json"}]},
            ],
            files={
                "items/01.json": REPORT | {"sections": [{"heading": "Background", "text": words}]},
                "items/02.json": {"template": "document", "title": "Roads"},
            },
        )

    def start(self, *options: str, command: str = "build") -> subprocess.Popen[bytes]:
        """A build in a process group of its own, so that all of its processes can be killed."""
        arguments = [sys.executable, "-m", "packgen", command, str(self.pack), "--out", str(self.folder / "dist")]
        return subprocess.Popen(
            [*arguments, *options], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
        )

    def build(self, *options: str) -> None:
        """A build that must succeed, after which nothing half-made lies about."""
        with self.start(*options) as process:
            assert process.stdout is not None
            told = process.stdout.read().decode()
        assert process.returncode == 0, told
        left = {path.name for path in (self.folder / "dist").iterdir()}
        assert left <= {"autumn", ".autumn.lock", ".cache"}

    def state(self) -> str:
        """A hash of all files of the output but the manifest, whose times differ."""
        hashed = hashlib.sha256()
        for path in sorted(self.output.rglob("*")):
            if path.is_file() and path.name != "manifest.json":
                hashed.update(path.relative_to(self.output).as_posix().encode() + b"\0" + path.read_bytes())
        return hashed.hexdigest()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    made = Place(tmp_path_factory.mktemp("interrupted"))
    for words in WORDS:
        made.write(words)
        made.build("--jobs", "1")
        made.complete[words] = made.state()
    assert len(set(made.complete.values())) == len(WORDS)
    return made


def kill(process: subprocess.Popen[bytes]) -> None:
    """Ends a build and all that it started, without a chance to tidy up."""
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], check=False, capture_output=True)
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


@pytest.mark.slow
def test_killed_at_any_moment_the_old_output_or_the_new_one_stands(place: Place) -> None:
    """Builds from nothing, builds that take most over from the last, on one processor and on two."""
    chance = random.Random(20260917)  # the same moments on every run
    kinds = [("--jobs", "1"), ("--jobs", "1", "--force"), ("--jobs", "2", "--force")]
    lasted = {}
    for kind in kinds:
        started = time.perf_counter()
        place.build(*kind)
        lasted[kind] = time.perf_counter() - started
    stood = place.state()
    seen = set()
    for number in range(KILLS):
        words, kind = WORDS[number % 2], kinds[number % len(kinds)]
        place.write(words)
        process = place.start(*kind)
        time.sleep(chance.uniform(0, lasted[kind] * 1.05))
        kill(process)
        now = place.state()
        assert now in (stood, place.complete[words]), f"after kill {number} the output is a mixture"
        seen.add(now == place.complete[words])
        stood = now
    assert seen == {True, False}
    for words in WORDS:
        place.write(words)
        place.build("--jobs", "1")
        assert place.state() == place.complete[words]


@pytest.mark.slow
def test_killed_while_publishing_there_is_a_whole_publication_or_none(place: Place, tmp_path: Path) -> None:
    chance = random.Random(20260918)
    mine = Place(tmp_path)
    mine.write(WORDS[0])
    mine.build("--jobs", "1")
    published = mine.pack / "published"
    for _ in range(10):
        process = mine.start(command="publish")
        time.sleep(chance.uniform(0.2, 0.9))
        kill(process)
        whole = [each for each in published.iterdir() if each.name.isdigit()] if published.is_dir() else []
        if whole:
            break
    if not whole:
        with mine.start(command="publish") as process:
            assert process.wait() == 0
    with subprocess.Popen([sys.executable, "-m", "packgen", "verify", str(mine.pack)]) as process:
        assert process.wait() == 0


@pytest.mark.slow
def test_two_builds_at_once_do_not_mix(place: Place) -> None:
    for words in WORDS:
        place.write(words)
        first, second = place.start("--jobs", "1", "--force"), place.start("--jobs", "1", "--force")
        first.communicate()
        second.communicate()
        codes = {first.returncode, second.returncode}
        assert ExitCode.DONE in codes
        assert codes <= {ExitCode.DONE, ExitCode.OUTPUT}
        assert place.state() == place.complete[words]


def failing(error: int, at: int) -> Callable[..., Any]:
    """A stand-in for a function of the system that fails from its call number `at` on."""
    calls: Iterator[int] = iter(range(10**6))

    def fail(*_: object, **__: object) -> None:
        if next(calls) >= at:
            raise OSError(error, os.strerror(error))

    return fail


@pytest.mark.slow
@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EROFS])
@pytest.mark.parametrize(("function", "at"), [("fsync", 0), ("fsync", 1), ("fsync", 2), ("mkdir", 0)])
def test_a_disk_that_is_full_or_read_only_harms_nothing(  # what is tried, and what tries it
    place: Place, packgen: Packgen, monkeypatch: pytest.MonkeyPatch, error: int, function: str, at: int
) -> None:
    place.write(WORDS[0])
    place.build("--jobs", "1")
    place.write(WORDS[1])
    with monkeypatch.context() as patch:
        patch.setattr(os, function, failing(error, at))
        run = packgen("build", place.pack, "--out", place.folder / "dist", "--jobs", "1")
    assert run.code == ExitCode.OUTPUT
    assert "the old output is untouched" in run.err
    assert "the disk is full" in run.err or error != errno.ENOSPC
    assert place.state() == place.complete[WORDS[0]]
    place.build("--jobs", "1")
    assert place.state() == place.complete[WORDS[1]]


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Windows keeps folders from being written in another way")
@pytest.mark.slow
def test_a_file_system_without_room_harms_nothing(place: Place) -> None:
    """No file may be longer than some: what a full disk, or a user's quota, looks like to a program."""
    import resource

    place.write(WORDS[0])
    place.build("--jobs", "1")
    size = (place.output / "public" / "agenda-pack.pdf").stat().st_size
    place.write(WORDS[1])
    arguments = [sys.executable, "-m", "packgen", "build", str(place.pack), "--out", str(place.folder / "dist")]
    run = subprocess.run(
        [*arguments, "--jobs", "1"],
        capture_output=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size // 2, size // 2)),
    )
    assert run.returncode == ExitCode.OUTPUT, run.stderr.decode()
    assert place.state() == place.complete[WORDS[0]]
    place.build("--jobs", "1")
    assert place.state() == place.complete[WORDS[1]]


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="needs a system on which this user may be kept out"
)
def test_a_folder_that_is_read_only_harms_nothing(place: Place, packgen: Packgen) -> None:
    place.write(WORDS[0])
    place.build("--jobs", "1")
    place.write(WORDS[1])
    folder = place.folder / "dist"
    folder.chmod(0o500)
    try:
        run = packgen("build", place.pack, "--out", folder, "--jobs", "1")
    finally:
        folder.chmod(0o700)
    assert run.code == ExitCode.OUTPUT
    assert place.state() == place.complete[WORDS[0]]
    place.build("--jobs", "1")
    assert place.state() == place.complete[WORDS[1]]
