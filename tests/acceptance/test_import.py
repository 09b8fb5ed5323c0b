"""`packgen import`, from an author's Word file to an item that builds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from docx_parts import docx, paragraph
from packgen.errors import ExitCode
from pdf_facts import page_texts
from tests.conftest import Packgen
from tests.unit.test_import_authors import bold_report, styled_report, typed_minutes


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "inbox" / "Winter Gritting (final).docx"
    path.parent.mkdir()
    styled_report().save(str(path))
    return path


def _add_to_pack(pack: Path, data: str) -> None:
    written = json.loads((pack / "pack.json").read_text(encoding="utf-8"))
    written["items"].append({"title": "Winter Gritting", "documents": [{"data": data}]})
    (pack / "pack.json").write_text(json.dumps(written), encoding="utf-8")


def test_an_author_s_report_becomes_an_item_that_builds(
    packgen: Packgen, small_pack: Path, report: Path, tmp_path: Path
) -> None:
    run = packgen("import", report, "--into", small_pack, "--name", "04-gritting")
    assert run.code == ExitCode.DONE, run.err
    assert run.out == ""
    assert "Read as a cover report with 2 recommendations, 2 sections, 1 contact, 1 appendix" in run.err
    assert "1 table, 2 lists and 1 picture." in run.err
    assert '{"data": "items/04-gritting.json"}' in run.err
    assert 'the document says "Environment Committee", pack.json says "Climate Committee"' in run.err
    _add_to_pack(small_pack, "items/04-gritting.json")
    assert packgen("validate", small_pack).code == ExitCode.DONE
    run = packgen("build", small_pack, "--out", tmp_path / "dist", "--jobs", "1")
    assert run.code == ExitCode.DONE, run.err
    pdf = (tmp_path / "dist" / small_pack.name / "public" / "agenda-pack.pdf").read_bytes()
    text = "\n".join(page_texts(pdf))
    for words in ("Winter Gritting Review", "brown", "gritting more.", "Una Fern", "Salt survey 2025"):
        assert words in " ".join(text.split())


def test_without_a_pack_the_item_stands_beside_the_file(packgen: Packgen, report: Path) -> None:
    run = packgen("import", report)
    assert run.code == ExitCode.DONE, run.err
    items = report.parent / "items"
    assert sorted(path.name for path in items.iterdir()) == ["winter-gritting-final", "winter-gritting-final.json"]
    assert "move the folder items into a pack" in run.err


def test_a_file_in_a_pack_is_imported_into_it(packgen: Packgen, small_pack: Path, report: Path) -> None:
    inside = small_pack / "attachments" / "gritting.docx"
    inside.parent.mkdir(exist_ok=True)
    inside.write_bytes(report.read_bytes())
    assert packgen("import", inside).code == ExitCode.DONE
    assert (small_pack / "items" / "gritting.json").is_file()


def test_nothing_is_overwritten_unless_that_is_asked_for(packgen: Packgen, report: Path) -> None:
    assert packgen("import", report).code == ExitCode.DONE
    item = report.parent / "items" / "winter-gritting-final.json"
    item.write_text("my own words", encoding="utf-8")
    run = packgen("import", report)
    assert run.code == ExitCode.USAGE
    assert "this file is there already; nothing was written" in run.err
    assert "--name" in run.err
    assert item.read_text(encoding="utf-8") == "my own words"
    assert packgen("import", report, "--force").code == ExitCode.DONE
    assert json.loads(item.read_text(encoding="utf-8"))["title"] == "Winter Gritting Review"


def test_what_an_earlier_import_wrote_and_this_one_does_not_is_named_and_left_there(
    packgen: Packgen, tmp_path: Path
) -> None:
    path = tmp_path / "shelters.docx"
    bold_report().save(str(path))
    assert packgen("import", path).code == ExitCode.DONE
    text = tmp_path / "items" / "shelters" / "old-words.md"
    text.parent.mkdir(exist_ok=True)
    text.write_text("From a section that the author has taken out.", encoding="utf-8")
    again = packgen("import", path, "--force")
    assert again.code == ExitCode.DONE
    assert "shelters/old-words.md: this file was there before, and the item as it is now does not use it" in again.err
    assert "left-over.md: this file was there before" not in again.err
    path.write_bytes(docx(paragraph("Notes", '<w:pStyle w:val="Heading1"/>') + paragraph("All is well.")))
    told = packgen("import", path, "--force", "--as", "document", "--json").json["problems"]
    stays = [each["file"].rpartition("items/")[2] for each in told if each["code"] == "import.stays"]
    assert stays == ["shelters-left-over.md", "shelters/old-words.md"]
    assert text.is_file()


def test_what_is_missing_is_listed_with_its_place_and_never_invented(packgen: Packgen, tmp_path: Path) -> None:
    path = tmp_path / "notes.docx"
    path.write_bytes(
        docx(paragraph("Recommendations", '<w:pStyle w:val="Heading1"/>') + paragraph("That it be noted."))
    )
    run = packgen("import", path, "--as", "cover-report", "--json")
    assert run.code == ExitCode.INVALID_PACK
    assert run.json["valid"] is False
    missing = " ".join(problem["message"] for problem in run.json["problems"])
    for key in ("title", "report_of", "sections", "background_documents", "contacts"):
        assert key in missing
    assert all(problem["line"] for problem in run.json["problems"])
    written = json.loads((tmp_path / "items" / "notes.json").read_text(encoding="utf-8"))
    assert written == {"template": "cover-report", "recommendations": {"items": ["That it be noted."]}}


def test_what_is_left_over_is_told_with_its_place(packgen: Packgen, tmp_path: Path) -> None:
    path = tmp_path / "shelters.docx"
    bold_report().save(str(path))
    run = packgen("import", path)
    assert run.code == ExitCode.DONE, run.err
    assert "1 piece of the document found no place; " in run.err
    assert "  paragraph 1: it stands above the first heading" in run.err
    left_over = (tmp_path / "items" / "shelters-left-over.md").read_text(encoding="utf-8")
    assert "**WESTMARCH COUNTY COUNCIL**" in left_over
    assert "Paragraph 1" in left_over


def test_json_says_the_same_for_scripts(packgen: Packgen, tmp_path: Path) -> None:
    path = tmp_path / "minutes.docx"
    typed_minutes().save(str(path))
    run = packgen("import", path, "--json")
    assert run.code == ExitCode.DONE, run.err
    assert run.err == ""
    assert run.json["template"] == "minutes"
    assert run.json["counts"]["minute"] == 3
    assert run.json["item"] == "items/minutes.json"
    assert {"place", "reason", "words"} == set(run.json["left_out"][0])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere.docx"], ["there is no such file"]),
        (["{report}", "--into", "{folder}"], ["there is no pack.json in this folder"]),
        (["{report}", "--as", "letter"], ['does not know the template "letter"', "cover-report"]),
    ],
)
def test_2_for_an_import_that_cannot_be_asked_for(
    packgen: Packgen, report: Path, arguments: list[str], words: list[str]
) -> None:
    run = packgen("import", *(each.format(report=report, folder=report.parent) for each in arguments))
    assert run.code == ExitCode.USAGE
    for each in words:
        assert each in run.err
    assert "hint:" in run.err


def test_6_for_a_file_that_cannot_be_read_whole(packgen: Packgen, tmp_path: Path) -> None:
    path = tmp_path / "draft.docx"
    path.write_bytes(docx("<w:p><w:ins w:id='1' w:author='A'><w:r><w:t>new</w:t></w:r></w:ins></w:p>"))
    run = packgen("import", path)
    assert run.code == ExitCode.CONVERSION
    assert "draft.docx paragraph 1: Inserted text is still tracked as a change." in run.err
    assert not (tmp_path / "items").exists()
    path.write_bytes(b"no Word document")
    assert packgen("import", path).code == ExitCode.CONVERSION


def test_the_same_file_gives_the_same_bytes(packgen: Packgen, report: Path) -> None:
    def contents() -> dict[str, Any]:
        items = report.parent / "items"
        return {str(path): path.read_bytes() for path in sorted(items.rglob("*")) if path.is_file()}

    assert packgen("import", report).code == ExitCode.DONE
    first = contents()
    assert packgen("import", report, "--force").code == ExitCode.DONE
    assert contents() == first
