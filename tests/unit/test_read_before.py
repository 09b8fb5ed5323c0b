"""JSON files that a running program has read are read again as soon as anything in them is not as it was."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from packgen import digests
from packgen.digests import file_digest, stamps_trusted
from packgen.errors import InvalidPackError
from packgen.load import read_before
from packgen.load.json_file import read_json
from packgen.load.read_before import ReadBefore


def pack(folder: Path) -> Path:
    (folder / "prose.md").write_text("As it was.", encoding="utf-8")
    file = folder / "report.json"
    file.write_text(json.dumps({"text": {"file": "prose.md"}, "title": "One"}), encoding="utf-8")
    return file


def test_what_has_not_changed_is_the_same_object(tmp_path: Path) -> None:
    file, before = pack(tmp_path), ReadBefore()
    first = before.read(file, tmp_path)
    assert first == read_json(file, tmp_path)
    assert before.read(file, tmp_path) is first


def test_a_changed_file_and_changed_prose_are_read_again(tmp_path: Path) -> None:
    file, before = pack(tmp_path), ReadBefore()
    before.read(file, tmp_path)
    (tmp_path / "prose.md").write_text("As it is.", encoding="utf-8")
    assert before.read(file, tmp_path).value["text"] == "As it is."
    file.write_text(json.dumps({"text": "Two"}), encoding="utf-8")
    assert before.read(file, tmp_path).value == {"text": "Two"}


def test_prose_that_is_gone_is_missed(tmp_path: Path) -> None:
    file, before = pack(tmp_path), ReadBefore()
    before.read(file, tmp_path)
    (tmp_path / "prose.md").unlink()
    with pytest.raises(InvalidPackError):
        before.read(file, tmp_path)


def test_a_file_that_is_saved_while_it_is_read_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, before = pack(tmp_path), ReadBefore()

    def saved_behind(path: Path) -> str:
        (tmp_path / "prose.md").write_text("Saved meanwhile.", encoding="utf-8")
        return file_digest(path)

    with monkeypatch.context() as patch:
        patch.setattr(read_before, "file_digest", saved_behind)
        assert before.read(file, tmp_path).value["text"] == "As it was."
    assert before.read(file, tmp_path).value["text"] == "Saved meanwhile."


def age(file: Path, seconds: float) -> None:
    then = file.stat().st_mtime_ns - int(seconds * 1e9)
    os.utime(file, ns=(then, then))


def test_a_digest_holds_while_size_and_time_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.json"
    file.write_text("one", encoding="utf-8")
    age(file, 60)
    with stamps_trusted():
        told = file_digest(file)
        with monkeypatch.context() as patch:
            patch.setattr(digests, "_read_digest", lambda path: pytest.fail(f"{path} is read again"))
            assert file_digest(file) == told
        file.write_text("two", encoding="utf-8")
        assert file_digest(file) != told
    file.unlink()
    assert file_digest(file) == digests.MISSING


def test_a_file_that_was_saved_just_now_is_read_each_time(tmp_path: Path) -> None:
    """Its time may stay the same if it is saved once more."""
    file = tmp_path / "a.json"
    file.write_text("one", encoding="utf-8")
    stamp = file.stat().st_mtime_ns
    with stamps_trusted():
        told = file_digest(file)
        file.write_text("two", encoding="utf-8")
        os.utime(file, ns=(stamp, stamp))
        assert file_digest(file) != told


def test_a_large_file_has_the_digest_of_all_its_bytes(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    for size in (0, 1, (1 << 16) - 1, 1 << 16, (1 << 16) + 1, 300_000):
        data = os.urandom(size)
        file.write_bytes(data)
        assert file_digest(file) == digests.bytes_digest(data)
