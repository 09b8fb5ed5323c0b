"""Kept results: what comes back, what counts as not there, what is thrown away."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import pytest

from packgen.cache import Store, digest, program_version, version_of
from packgen.digests import file_digest


@dataclass(frozen=True)
class Result:
    """Something worth keeping."""

    name: str
    data: bytes
    kinds: frozenset[str] = frozenset()


RESULT = Result("report", b"\x00\xff" * 1000, frozenset({"a", "b"}))


def kept(folder: Path) -> Path:
    """A folder with one result in it; gives its file."""
    with Store(folder) as store:
        store.save("key", RESULT)
    (file,) = folder.iterdir()
    return file


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    kept(tmp_path)
    assert Store(tmp_path).load("key", Result) == RESULT
    assert Store(tmp_path).load("another", Result) is None


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[:-1],
        lambda data: data[:40],
        lambda _: b"",
        lambda data: data + b"x",
        lambda data: data[:60] + bytes([data[60] ^ 1]) + data[61:],
        lambda data: bytes([data[0] ^ 1]) + data[1:],
    ],
)
def test_a_truncated_or_altered_result_is_not_there(tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
    file = kept(tmp_path)
    file.write_bytes(spoil(file.read_bytes()))
    assert Store(tmp_path).load("key", Result) is None


def test_a_result_of_another_shape_is_not_there(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.save("key", ["no", "result"])
    assert Store(tmp_path).load("key", Result) is None


def test_a_fresh_store_gives_back_and_keeps_nothing_but_what_it_is_given(tmp_path: Path) -> None:
    kept(tmp_path)
    newer = Result("newer", b"")
    with Store(tmp_path, fresh=True) as fresh:
        assert fresh.load("key", Result) is None
        fresh.save("key", newer)
        assert fresh.load("key", Result) == newer
    assert Store(tmp_path).load("key", Result) == newer


def test_recent_results_need_no_disk(tmp_path: Path) -> None:
    recent: dict[str, object] = {}
    with Store(tmp_path, recent=recent) as store:
        store.save("key", RESULT)
    for file in tmp_path.iterdir():
        file.unlink()
    with Store(tmp_path, recent=recent) as store:
        assert store.load("key", Result) == RESULT
        store.prune()
    with Store(tmp_path, recent=recent) as store:
        store.prune()
    assert not recent


def test_what_is_still_being_written_comes_back_too(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        for number in range(20):
            store.save(f"key{number}", RESULT)
            assert store.load(f"key{number}", Result) == RESULT


def test_results_that_were_not_used_make_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("packgen.cache.store._LEAST_KEPT", 2500)
    for number in range(4):
        store = Store(tmp_path)
        store.save(f"key{number}", RESULT)
        store.settle()
        os.utime(tmp_path / f"key{number}.result", (number, number))
    (tmp_path / "key9.4711").write_bytes(b"half of a result")
    store.prune()
    store.settle()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["key2.result", "key3.result"]


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    store = Store(tmp_path / "file" / "results")
    store.save("key", RESULT)
    store.prune()
    store.settle()
    assert store.failed is not None
    assert store.load("key", Result) is None


def test_equal_values_have_one_hash() -> None:
    first = {"b": 1, "a": [dt.date(2026, 9, 17), frozenset({"x", "y"})], "c": RESULT}
    second = {"c": Result("report", b"\x00\xff" * 1000, frozenset({"b", "a"})), "a": first["a"], "b": 1}
    assert digest(first) == digest(second)


def test_values_do_not_run_together() -> None:
    assert digest("ab", "c") != digest("a", "bc")
    assert digest(b"ab", b"c") != digest(b"a", b"bc")
    assert digest(["a"], []) != digest([], ["a"])


def test_a_path_stands_for_the_bytes_of_its_file(tmp_path: Path) -> None:
    file = tmp_path / "logo.png"
    missing = digest(file)
    file.write_bytes(b"one")
    one = digest(file)
    file.write_bytes(b"two")
    assert len({missing, one, digest(file)}) == 3
    (tmp_path / "below").mkdir()
    moved = file.rename(tmp_path / "below" / "logo.png")
    moved.write_bytes(b"one")
    assert digest(moved) == one
    assert file_digest(file) == "missing"


def test_what_cannot_be_hashed_is_not_taken_for_something_else() -> None:
    with pytest.raises(TypeError, match="cannot be hashed"):
        digest(object())


def test_the_version_is_the_same_throughout_a_program() -> None:
    assert program_version() == program_version()
    assert len(program_version()) == 64


def test_versions_are_those_that_libraries_give_of_themselves() -> None:
    installed = [each.name for each in metadata.distributions()]
    assert "pikepdf" in installed
    assert {name: version_of(name) for name in installed} == {name: metadata.version(name) for name in installed}


def test_a_library_that_is_not_installed_has_no_version() -> None:
    with pytest.raises(metadata.PackageNotFoundError):
        version_of("no-such-library")
