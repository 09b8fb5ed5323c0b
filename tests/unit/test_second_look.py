"""Before publication: each test spoils one thing in a good file, and the last look must find it."""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from packgen.merge import merge
from packgen.publish.second_look import disagreements
from tests.pdf_parts import changed, front_sheet, report, request

NUMBERS = ["i", "ii", "1", "2", "3", "4"]


@pytest.fixture(scope="module")
def pack() -> bytes:
    made = request([("alpha", report("Alpha", 3))], front_sheet({"1": "1 - 4"}), links={"packgen:item/1": "alpha"})
    return merge(made).data


def found(pdf: bytes, name: str = "public/agenda-pack.pdf") -> list[str]:
    page_map = json.dumps({"pages": [{"number": number} for number in NUMBERS]}).encode()
    files = {"public/page-map.json": page_map, name: pdf}
    with tempfile.TemporaryDirectory() as folder:
        for path, data in files.items():
            (Path(folder) / path).parent.mkdir(parents=True, exist_ok=True)
            (Path(folder) / path).write_bytes(data)
        return [problem.message for problem in disagreements(Path(folder), files)]


def test_a_good_pack_has_nothing_wrong(pack: bytes) -> None:
    assert found(pack) == []


def lead_astray(opened: Pdf) -> None:
    opened.pages[0].obj.Annots[0].Dest = Array([opened.make_indirect(Dictionary()), Name.Fit])


def relabel(opened: Pdf) -> None:
    opened.Root.PageLabels.Nums[3] = Dictionary(S=Name.D, St=7)


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lead_astray, "1 of its bookmarks and links lead to no page of it"),
        (relabel, "its pages are not called by the numbers of the page map"),
        (lambda opened: opened.pages.__delitem__(-1), "its pages are not called by the numbers of the page map"),
    ],
)
def test_what_is_spoilt_is_found(pack: bytes, spoil: Callable[[Pdf], None], told: str) -> None:
    assert told in found(changed(pack, spoil))


def test_a_part_may_have_some_of_the_pages_and_no_others(pack: bytes) -> None:
    assert found(pack, "public/items/01.pdf") == []
    assert found(changed(pack, relabel), "public/items/01.pdf") == ["it has pages that are not in the pack"]


def test_a_file_that_is_encrypted_or_none_is_found(pack: bytes) -> None:
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(pack)) as opened:
        opened.save(file, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert found(file.getvalue()) == ["it is encrypted"]
    assert found(b"not a PDF")[0].startswith("a second program cannot read it")
