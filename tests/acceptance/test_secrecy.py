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


COPIED = (
    "The council has agreed with Harrow Estates that the freehold will be sold for eight hundred thousand pounds, and "
    "that completion will follow within thirty days of planning permission being granted."
)


def pack_with_a_copied_paragraph(folder: Path, **exempt: Any) -> Path:
    section = {"heading": "Background", "text": f"The council plants trees. {COPIED}"}
    return write_pack(
        folder,
        items=[
            {
                "title": "Trees",
                "documents": [
                    {"data": "items/a.json"},
                    {"data": "items/b.json", "exempt": {"paragraphs": [3], **exempt}},
                ],
            },
            {"title": "Exclusion of the Public", "kind": "exclusion"},
        ],
        files={
            "items/a.json": {**REPORT, "sections": [section]},
            "items/b.json": {"template": "document", "title": "Appendix A", "introduction": COPIED},
        },
    )


def test_a_paragraph_that_a_public_report_took_from_an_exempt_one_stops_the_build(
    packgen: Packgen, tmp_path: Path
) -> None:
    pack = pack_with_a_copied_paragraph(tmp_path / "p")
    run = packgen("build", pack, "--out", tmp_path / "dist", "--json")
    assert run.code == 7
    [problem] = run.json["packs"][0]["problems"]
    assert problem["file"].endswith("items/a.json")
    assert "page 1" in problem["message"]
    assert "public_words" in problem["hint"]
    assert "harrow" not in str(problem).lower()
    assert not (tmp_path / "dist" / "p").exists()


def test_an_officer_can_say_that_everybody_may_read_it(packgen: Packgen, tmp_path: Path) -> None:
    pack = pack_with_a_copied_paragraph(tmp_path / "p", public_words=[COPIED])
    assert packgen("build", pack, "--out", tmp_path / "dist").code == 0


def words_in(data: bytes) -> str:
    """Everything that a file says, in small letters: its bytes, unpacked, the words on its pages and in its objects."""
    import io
    import zipfile

    if data.startswith(b"%PDF"):
        pages = pdf_facts.page_texts(data)
        packed = [data, pdf_facts.plain_bytes(data)]
        return " ".join([*pages, *(each.decode("latin-1").replace("\0", "") for each in packed)]).lower()
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return " ".join(archive.read(name).decode("latin-1") for name in archive.namelist()).lower()
    return data.decode("latin-1").lower()


def word_file(word: str) -> bytes:
    """A Word file that says a word in each of its properties, in its text, and of a picture."""
    import io

    import docx
    from PIL import Image

    document = docx.Document()
    for name in ("author", "title", "subject", "keywords", "comments", "category"):
        setattr(document.core_properties, name, f"{word} {name}")
    document.core_properties.language = "en-GB"
    document.add_heading(f"{word} heading", 1)
    document.add_paragraph(f"{word} text")
    picture = io.BytesIO()
    Image.new("RGB", (60, 30), "white").save(picture, "PNG")
    picture.seek(0)
    shape = document.add_picture(picture)
    shape._inline.docPr.set("descr", f"{word} picture")
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def unique_pack(folder: Path, *, exempt: bool = True) -> Path:
    """A pack with an exempt appendix amid a public item, and Part Two; each private thing has words of its own."""
    hidden: dict[str, Any] = {"exempt": {"paragraphs": [3], "reason": "Quokkareason."}} if exempt else {}
    return write_pack(
        folder,
        items=[
            {
                "title": "Trees",
                "documents": [
                    {"data": "items/a.json"},
                    {"file": "attachments/quokkafile.docx", "title": "Quokkatitle", **hidden},
                    {"data": "items/c.json"},
                ],
            },
            {"title": "Exclusion of the Public", "kind": "exclusion"},
        ],
        part_two=[
            {
                "title": "Quokkaitem",
                "public_title": "Land",
                "report_of": "Quokkaofficer",
                "presenter": "Quokkapresenter",
                "text": "Quokkawords",
                "documents": [{"data": "items/quokkadata.json", "exempt": {"paragraphs": [2]}}],
            }
        ],
        files={
            "items/a.json": REPORT,
            "items/c.json": {"template": "document", "title": "Appendix B", "introduction": "Public words."},
            "items/quokkadata.json": {
                **REPORT,
                "title": "Quokkareport",
                "report_of": "Quokkamember",
                "contacts": [{"name": "Quokkacontact", "email": "quokkamail@lyne.example.org"}],
                "sections": [{"heading": "Quokkaheading", "text": "Quokkasection"}],
            },
            "attachments/quokkafile.docx": word_file("Quokkaword"),
        },
    )


SEEN = (
    "quokkaitem", "quokkaofficer", "quokkapresenter", "quokkawords", "quokkareport", "quokkamember",
    "quokkacontact", "quokkamail", "quokkaheading", "quokkasection", "quokkaword heading", "quokkaword text",
    "quokkareason",
)  # fmt: skip


def assert_kept_back(folder: Path) -> None:
    for file in (folder / "public").rglob("*"):
        assert "quokka" not in file.name.lower()
        assert file.is_dir() or "quokka" not in words_in(file.read_bytes()), file
    restricted = (folder / "restricted" / "agenda-pack.pdf").read_bytes()
    read = " ".join(" ".join(pdf_facts.page_texts(restricted)).lower().split())
    assert [words for words in SEEN if words not in read] == []
    assert "quokkaword picture" in pdf_facts.spoken(restricted).lower()
    assert "quokkatitle" in words_in(restricted)  # its bookmark


def test_nothing_private_is_anywhere_in_public_and_all_of_it_in_the_restricted_pack(
    packgen: Packgen, tmp_path: Path
) -> None:
    pack = unique_pack(tmp_path / "p")
    run = packgen("build", pack, "--out", tmp_path / "dist")
    assert run.code == 0, run.err
    assert_kept_back(tmp_path / "dist" / "p")


def test_the_same_after_a_public_paper_becomes_exempt(packgen: Packgen, tmp_path: Path) -> None:
    """What earlier builds kept of the paper while it was public comes into nothing public any more."""
    out = tmp_path / "dist"
    assert packgen("build", unique_pack(tmp_path / "p", exempt=False), "--out", out).code == 0
    before = (out / "p" / "public" / "agenda-pack.pdf").read_bytes()
    assert "quokkaword text" in " ".join(" ".join(pdf_facts.page_texts(before)).lower().split())
    run = packgen("build", unique_pack(tmp_path / "p"), "--out", out)
    assert run.code == 0, run.err
    assert_kept_back(out / "p")
