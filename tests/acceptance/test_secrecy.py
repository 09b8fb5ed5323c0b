"""What is kept from the public is in no public file, and a fault that let it through would stop the build."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from packgen import access
from packgen.model import Pack
from tests import pdf_facts
from tests.conftest import REPORT, Packgen, write_pack


def private_pack(tmp_path: Path) -> Path:
    exempt: dict[str, Any] = {"paragraphs": [2], "reason": "Names the Marmoset family."}
    part_two = [
        {
            "title": "Complaint of the Marmoset family",
            "public_title": "A complaint",
            "report_of": "the lawyer of the Marmoset family",
            "documents": [{"data": "items/secret.json", "exempt": exempt}],
            "sub_items": [{"title": "Marmoset evidence"}, {"title": "Marmoset costs", "public_title": "Costs"}],
        },
        {
            "title": "Marmoset appeal",
            "public_title": "An appeal",
            "to_follow": {"expected": "2026-09-14", "reason": "Marmoset is ill."},
        },
    ]
    return write_pack(
        tmp_path / "p",
        items=[
            {"title": "Trees", "documents": [{"data": "items/a.json"}]},
            {"title": "Exclusion of the Public", "kind": "exclusion"},
        ],
        part_two=part_two,
        files={
            "items/a.json": REPORT,
            "items/secret.json": {"template": "document", "title": "Marmoset file", "introduction": "Marmoset is 9."},
        },
    )


def test_no_private_word_is_in_any_public_file(packgen: Packgen, tmp_path: Path) -> None:
    assert packgen("build", private_pack(tmp_path), "--out", tmp_path / "dist").code == 0
    for file in (tmp_path / "dist" / "p" / "public").rglob("*"):
        assert "marmoset" not in file.name.lower()
        if file.is_file():
            data = file.read_bytes()
            texts = [data, pdf_facts.plain_bytes(data)] if file.suffix == ".pdf" else [data]
            assert not any(b"marmoset" in text.lower() for text in texts), file
            if file.suffix == ".pdf":
                assert "marmoset" not in " ".join(pdf_facts.page_texts(data)).lower()
                assert "marmoset" not in pdf_facts.spoken(data).lower()


def test_the_restricted_pack_has_all_of_it(packgen: Packgen, tmp_path: Path) -> None:
    assert packgen("build", private_pack(tmp_path), "--out", tmp_path / "dist").code == 0
    pdf = (tmp_path / "dist" / "p" / "restricted" / "agenda-pack.pdf").read_bytes()
    text = " ".join(pdf_facts.page_texts(pdf))
    for words in ("Complaint of the Marmoset family", "Marmoset evidence", "Marmoset appeal", "Marmoset is 9."):
        assert words in text


def test_words_that_are_also_said_in_public_are_no_secret(packgen: Packgen, tmp_path: Path) -> None:
    officer = {"report_of": "the Director of Place"}
    pack = write_pack(
        tmp_path / "p",
        items=[
            {"title": "Trees", "documents": [{"data": "items/a.json"}], **officer},
            {"title": "Exclusion of the Public", "kind": "exclusion"},
        ],
        part_two=[
            {
                "title": "Marmoset tender",
                "public_title": "A tender",
                "documents": [{"data": "items/secret.json", "exempt": {"paragraphs": [3]}}],
                **officer,
            }
        ],
        files={"items/a.json": REPORT, "items/secret.json": {"template": "document", "title": "Marmoset file"}},
    )
    assert packgen("build", pack, "--out", tmp_path / "dist").code == 0


def let_through(pack: Pack, _: access.Access) -> Pack:
    return pack


def let_titles_through(pack: Pack, readers: access.Access) -> Pack:
    public = readable_pack(pack, readers)
    return replace(public, part_two=tuple(replace(item, title=full.title) for item, full in
                                          zip(public.part_two, pack.part_two, strict=True)))  # fmt: skip


readable_pack = access.readable_pack


@pytest.mark.parametrize("fault", [let_through, let_titles_through])
def test_a_fault_that_lets_private_words_through_stops_the_build(
    packgen: Packgen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Any
) -> None:
    pack = private_pack(tmp_path)
    assert packgen("build", pack, "--out", tmp_path / "dist", "--jobs", "1").code == 0
    before = (tmp_path / "dist" / "p" / "public" / "agenda-pack.pdf").read_bytes()
    monkeypatch.setattr("packgen.stages.front_sheets.readable_pack", fault)
    run = packgen("build", pack, "--out", tmp_path / "dist", "--jobs", "1", "--json")
    assert run.code == 7
    problems = run.json["packs"][0]["problems"]
    assert {problem["code"] for problem in problems} == {"inspection.secret"}
    assert "marmoset" not in str(problems).lower()
    assert (tmp_path / "dist" / "p" / "public" / "agenda-pack.pdf").read_bytes() == before
