"""Processes that make blocks beside the one that merges change no byte of a pack."""

from __future__ import annotations

import time

import pytest
from msgspec.structs import replace

from packgen.merge import merge
from packgen.merge.layout import layout_of
from packgen.merge.makers import Makers, Order, made_of_each
from packgen.model import MergeRequest
from pdf_parts import report, request, several, untagged

_WAIT = 20.0
_NAMES = ("Alpha", "Beta", "Gamma", "Delta")
_DOCUMENTS = ("0", "1", "2", "3")


def pack() -> MergeRequest:
    return several(*_NAMES)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_pack_has_the_same_bytes_whoever_makes_its_blocks(count: int) -> None:
    made = pack()
    with Makers(count) as makers:
        assert merge(made, makers.make(made)).data == merge(made).data


@pytest.mark.parametrize("count", [1, 2])
def test_what_others_made_is_taken_over(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    made = pack()
    begin = Makers.begin

    def and_wait(makers: Makers, orders: list[list[bytes]]) -> None:
        begin(makers, orders)
        until = time.monotonic() + _WAIT
        while len(makers._told) < len(_DOCUMENTS) and time.monotonic() < until:
            time.sleep(0.01)
        monkeypatch.setattr("packgen.merge.makers.made_alone", None)

    monkeypatch.setattr(Makers, "begin", and_wait)
    with Makers(count) as makers:
        told = makers.make(made)
    monkeypatch.undo()
    merged = merge(made, told)
    assert [merged.made.blocks[name] is told.blocks[name] for name in _DOCUMENTS] == [True] * len(_DOCUMENTS)
    assert merged == merge(made)


def test_documents_made_by_themselves_are_those_of_the_pack() -> None:
    made = pack()
    laid_out = replace(made, parts={}, layout=layout_of(made))
    pages = [page for page in made.plan.pages if page.document_id == "1"]
    [(number, alone)] = made_of_each(Order(laid_out, [(7, (made.parts["1"], pages))]))
    assert (number, alone.blocks) == (7, {"1": merge(made).made.blocks["1"]})


def test_makers_that_die_are_not_waited_for() -> None:
    made = pack()
    with Makers(2) as makers:
        for process in makers.processes:
            process.kill()
            process.wait()
        assert merge(made, makers.make(made)).data == merge(made).data


def test_a_pack_with_a_document_that_has_no_tags_is_merged_as_ever() -> None:
    made = request([("alpha", report("Alpha", 3)), ("beta", untagged("Beta"))])
    with Makers(1) as makers:
        assert merge(made, makers.make(made)).data == merge(made).data
