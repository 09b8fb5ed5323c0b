from __future__ import annotations

import errno
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from packgen.errors import OutputError
from packgen.publish import OutputFolder, hold_output
from packgen.publish import swap as swap_module
from packgen.publish.swap import FileCopy


def build(final: Path, content: bytes) -> None:
    with hold_output(final) as output:
        output.write("public/pack.pdf", content)
        output.swap_in()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.endswith(".lock"))


@pytest.mark.parametrize("one_step", [True, False])
def test_the_new_output_takes_the_place_of_the_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, one_step: bool
) -> None:
    if not one_step:
        monkeypatch.setattr(swap_module, "_exchange", lambda first, second: False)
    final = tmp_path / "dist" / "p"
    build(final, b"one")
    (final / "left-over.txt").write_text("of the first build")
    build(final, b"two")
    assert (final / "public" / "pack.pdf").read_bytes() == b"two"
    assert not (final / "left-over.txt").exists()
    assert names(final.parent) == ["p"]


def test_a_build_that_fails_leaves_the_old_output(tmp_path: Path) -> None:
    final = tmp_path / "p"
    build(final, b"one")
    with pytest.raises(RuntimeError), hold_output(final) as output:
        output.write("public/pack.pdf", b"half")
        raise RuntimeError
    assert (final / "public" / "pack.pdf").read_bytes() == b"one"
    assert names(tmp_path) == ["p"]


def test_a_kill_between_two_renames_is_mended_by_the_next_build(tmp_path: Path) -> None:
    final = tmp_path / "p"
    build(final, b"one")
    output = OutputFolder(final)
    output.write("public/pack.pdf", b"two")
    final.rename(output.aside)
    with hold_output(final):
        assert (final / "public" / "pack.pdf").read_bytes() == b"one"
    assert names(tmp_path) == ["p"]


def test_a_second_rename_that_fails_gives_the_old_output_its_name_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    final = tmp_path / "p"
    build(final, b"one")
    rename = Path.rename

    def refuse_the_new(path: Path, target: Path) -> Path:
        if path.name.endswith(".new"):
            raise PermissionError(13, "a virus scanner looks at it")
        return rename(path, target)

    monkeypatch.setattr(swap_module, "_exchange", lambda first, second: False)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", refuse_the_new)
        with pytest.raises(OutputError):
            build(final, b"two")
    assert (final / "public" / "pack.pdf").read_bytes() == b"one"
    assert names(tmp_path) == ["p"]
    build(final, b"two")


def test_two_builds_of_one_pack_do_not_meet(tmp_path: Path) -> None:
    final = tmp_path / "p"
    holder = (
        "import sys, time; from pathlib import Path; from packgen.publish import hold_output\n"
        "with hold_output(Path(sys.argv[1])):\n    print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(final)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None and other.stdin is not None
        other.stdout.readline()
        with pytest.raises(OutputError) as caught, hold_output(final):
            pass
        other.stdin.close()
        other.wait()
    assert caught.value.problems[0].code == "output.in-use"
    build(final, b"after")


def test_an_output_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "dist").write_text("a file where a folder should be")
    with pytest.raises(OutputError) as caught, hold_output(tmp_path / "dist" / "p"):
        pass
    assert caught.value.problems[0].code == "output.cannot-write"


def large_file(folder: Path) -> Path:
    file = folder / "large"
    file.write_bytes(b"".join(index.to_bytes(4) for index in range(500_000)))
    return file


def test_a_large_file_that_goes_to_the_disk_while_it_is_written_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(swap_module, "_SYNCED_EARLY", 1 << 19)
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", synced.append)
    file = large_file(tmp_path)
    with hold_output(tmp_path / "p") as output:
        digest = output.begin("public/pack.pdf", FileCopy(file)).result()
        assert len(synced) >= 2  # at least once on the way, and at its end
        output.swap_in()
    assert (tmp_path / "p" / "public" / "pack.pdf").read_bytes() == file.read_bytes()
    assert digest == hashlib.sha256(file.read_bytes()).hexdigest()


def test_a_disk_that_is_full_halfway_through_a_large_file_leaves_the_old_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path / "p", b"old")
    monkeypatch.setattr(swap_module, "_SYNCED_EARLY", 1 << 19)

    synced: list[int] = []

    def full_at_first(number: int) -> None:
        synced.append(number)
        if len(synced) == 1:  # systems tell of what they could not write only once
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_at_first)
    with pytest.raises(OutputError, match="the disk is full"), hold_output(tmp_path / "p") as output:
        output.begin("public/pack.pdf", FileCopy(large_file(tmp_path))).result()
    assert (tmp_path / "p" / "public" / "pack.pdf").read_bytes() == b"old"
    assert names(tmp_path) == ["large", "p"]


def test_a_large_file_that_has_not_changed_shares_its_place_with_the_old_one(tmp_path: Path) -> None:
    file, final = large_file(tmp_path), tmp_path / "p" / "public" / "pack.pdf"
    digests, places = [], []
    for _ in range(2):
        with hold_output(tmp_path / "p") as output:
            digests.append(output.begin("public/pack.pdf", FileCopy(file)).result())
            output.swap_in()
        places.append(final.stat().st_ino)
    assert digests[0] == digests[1]
    assert places[0] == places[1]
    with file.open("r+b") as stream:
        stream.write(b"changed")
    with hold_output(tmp_path / "p") as output:
        output.begin("public/pack.pdf", FileCopy(file)).result()
        output.swap_in()
    assert final.read_bytes() == file.read_bytes()
