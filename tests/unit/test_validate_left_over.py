"""What is left over from another meeting or from a skeleton is told, and stops nothing."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import REPORT, Packgen, write_pack


def problems(packgen: Packgen, pack: Path) -> list[tuple[str, str, str]]:
    run = packgen("validate", pack, "--json")
    assert run.code == 0
    return [(each["severity"], each["code"], each["pointer"]) for each in run.json["packs"][0]["problems"]]


def pack_with(tmp_path: Path, **data: object) -> Path:
    items = [{"title": "Trees", "documents": [{"data": "items/a.json"}]}]
    return write_pack(tmp_path / "p", items=items, files={"items/a.json": REPORT | data})


def test_a_date_and_committee_of_another_meeting(packgen: Packgen, tmp_path: Path) -> None:
    pack = pack_with(tmp_path, date="2025-09-17", committee="Planning Committee")
    assert sorted(problems(packgen, pack)) == [
        ("warning", "data.not-of-this-meeting", "$.committee"),
        ("warning", "data.not-of-this-meeting", "$.date"),
    ]


def test_the_meetings_own_date_is_no_problem(packgen: Packgen, tmp_path: Path) -> None:
    assert problems(packgen, pack_with(tmp_path, date="2026-09-17", committee="Climate Committee")) == []


def test_words_of_a_skeleton(packgen: Packgen, tmp_path: Path) -> None:
    contacts = [{"name": "[The person's name]", "email": "robin.archer@lyne.example.org"}]
    assert problems(packgen, pack_with(tmp_path, contacts=contacts)) == [
        ("warning", "data.skeleton-words", "$.contacts[0].name")
    ]


def test_words_in_brackets_within_a_sentence_are_no_skeleton(packgen: Packgen, tmp_path: Path) -> None:
    assert problems(packgen, pack_with(tmp_path, title="Trees [revised] and hedges")) == []


def test_a_skeleton_takes_date_and_committee_from_the_pack(packgen: Packgen, tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "p")
    assert packgen("new", "item", pack, "cover-report", "02-trees").code == 0
    written = (pack / "items" / "02-trees.json").read_text(encoding="utf-8")
    assert '"committee"' not in written
    assert '"date"' not in written
