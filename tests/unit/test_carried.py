"""Values that are handed on stay as they are in a process, and come through whole from one to another."""

from __future__ import annotations

import pickle
from pathlib import Path

from msgspec import Struct

from packgen.cache import Store
from packgen.stages.carried import Carried


class Found(Struct, frozen=True):
    """Something that a build hands on."""

    names: tuple[str, ...]
    data: bytes = b""


VALUE = Found(("a", "b"), b"\x00\xff")


def test_in_one_process_it_is_the_value_itself() -> None:
    assert Carried(Found, VALUE).value is VALUE


def test_between_processes_it_comes_through_whole() -> None:
    sent = pickle.loads(pickle.dumps(Carried(Found, VALUE)))
    again = pickle.loads(pickle.dumps(sent))
    assert sent.value == again.value == VALUE


def test_it_is_kept_the_same_whether_it_travelled_or_not(tmp_path: Path) -> None:
    for key, carried in (("here", Carried(Found, VALUE)), ("sent", pickle.loads(pickle.dumps(Carried(Found, VALUE))))):
        with Store(tmp_path) as store:
            store.save(key, carried.to_be_kept)
        assert Store(tmp_path).load(key, Found) == VALUE
