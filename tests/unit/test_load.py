from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packgen.errors import InvalidPackError
from packgen.load import build_pack, read_pack
from packgen.load.json_file import read_json
from packgen.load.raw_pack import sub_item_letter
from packgen.model import Numbering
from tests.conftest import REPORT, write_pack


def write(folder: Path, text: str | bytes, name: str = "a.json") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_a_byte_order_mark_is_accepted(tmp_path: Path) -> None:
    assert read_json(write(tmp_path, b'\xef\xbb\xbf{"a": 1}')).value == {"a": 1}


def test_windows_line_ends_do_not_move_positions(tmp_path: Path) -> None:
    file = read_json(write(tmp_path, '{\r\n  "a": 1,\r\n  "b": {"c": []}\r\n}'))
    assert file.position(("b", "c")) == (3, 9)


def test_a_position_that_does_not_exist_falls_back_to_what_holds_it(tmp_path: Path) -> None:
    file = read_json(write(tmp_path, '{\n "a": {\n  "b": 1}}'))
    assert file.position(("a", "missing", 3)) == file.position(("a",)) == (2, 2)


@given(
    st.dictionaries(
        st.text(st.characters(codec="utf-8"), min_size=1, max_size=8), st.lists(st.integers(), max_size=3), max_size=4
    )
)
def test_every_value_of_any_json_can_be_located(value: dict[str, list[int]]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        file = read_json(write(Path(folder), json.dumps(value, indent=1)))
        lines = file.text.splitlines()
        for key, parts in value.items():
            for index, part in enumerate(parts):
                position = file.position((key, index))
                assert position is not None
                line, column = position
                assert lines[line - 1][column - 1 :].rstrip(",") == str(part)


@pytest.mark.parametrize(
    "text", ["NaN", "9" * 5000, '{"a": Infinity}', '{"a": 1, "a": 2}', "[" * 200 + "]" * 200, "", "\x00"]
)
def test_json_that_readers_disagree_on_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InvalidPackError) as caught:
        read_json(write(tmp_path, text))
    assert caught.value.problems[0].file


def test_a_key_given_twice_is_located_where_it_stands_again(tmp_path: Path) -> None:
    with pytest.raises(InvalidPackError) as caught:
        read_json(write(tmp_path, '{\n "title": 1,\n "other": 2,\n "title": 3\n}'))
    assert (caught.value.problems[0].line, caught.value.problems[0].column) == (4, 2)


def test_prose_of_a_file_takes_its_place_and_is_remembered(tmp_path: Path) -> None:
    (tmp_path / "long.md").write_text("Many words – and a dash.", encoding="utf-8")
    file = read_json(write(tmp_path, '{"text": {"file": "long.md"}}'), prose_root=tmp_path)
    assert file.value == {"text": "Many words – and a dash."}
    assert file.prose_files["text",].path == tmp_path / "long.md"


def test_items_are_numbered_through_both_parts_unless_they_say_otherwise(tmp_path: Path) -> None:
    folder = write_pack(
        tmp_path / "p",
        items=[
            {"title": "A"},
            {"title": "B", "number": 5, "sub_items": [{"title": "x"}, {"title": "y"}]},
            {"title": "C"},
        ],
        part_two=[{"title": "D"}],
    )
    pack = build_pack(read_pack(folder), Numbering())
    assert [item.number for item in pack.all_items()] == ["1", "5", "5a", "5b", "6", "7"]


def test_document_ids_are_unique_and_safe_as_file_names(tmp_path: Path) -> None:
    documents = [{"data": "items/a.json"}, {"data": "items/b.json"}, {"to_follow": True, "title": "Späte Anlage: 1/2"}]
    folder = write_pack(
        tmp_path / "p",
        items=[{"title": "A", "documents": documents}, {"title": "Late", "to_follow": {"expected": "2026-09-10"}}],
        files={"items/a.json": REPORT, "items/b.json": REPORT},
    )
    pack = build_pack(read_pack(folder), Numbering())
    ids = [document.id for document in pack.all_documents()]
    assert ids == ["01-1-tree-planting", "01-2-tree-planting", "01-3-spate-anlage-1-2", "02-to-follow"]
    assert pack.items[1].documents[0].template == "to-follow"


def test_a_packs_numbering_overrides_only_what_it_names(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "p", numbering={"first": 12})
    pack = build_pack(read_pack(folder), Numbering(front_sheet_counted=True, duplex=False))
    assert pack.numbering == Numbering(first=12, front_sheet_counted=True, duplex=False)


@pytest.mark.parametrize(("index", "letters"), [(0, "a"), (25, "z"), (26, "aa"), (51, "az"), (52, "ba")])
def test_sub_items_are_lettered(index: int, letters: str) -> None:
    assert sub_item_letter(index) == letters


@pytest.mark.parametrize("written", ["\\u000b", "\\ud800", "\\u0001", "\\ufdd0", "\\uffff"])
def test_a_character_that_no_document_can_hold_is_refused_with_its_place(tmp_path: Path, written: str) -> None:
    file = tmp_path / "a.json"
    file.write_text('{\n  "title": "Tree ' + written + 'planting"\n}', encoding="utf-8")
    with pytest.raises(InvalidPackError) as refused:
        read_json(file)
    [problem] = refused.value.problems
    assert (problem.line, problem.pointer) == (2, "$.title")
    assert 'after "Tree "' in problem.message
