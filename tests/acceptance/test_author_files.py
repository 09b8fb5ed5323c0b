"""Authors' files of every kind in one pack: built in order, drawn by the engine that can, refused where none can."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import page
import pytest
from PIL import Image

import pdf_facts
from conftest import REPORT, Packgen, Run, write_pack
from docx_parts import cell, docx, paragraph, row, table
from office_parts import add_chart, part, presentation, with_parts, workbook
from pdf_parts import scan

EQUATION = "<w:p><w:r><w:t>Rain </w:t></w:r><m:oMath><m:r><m:t>y=2x</m:t></m:r></m:oMath></w:p>"
LIBREOFFICE = pytest.mark.libreoffice


def jpeg() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (400, 300), (40, 110, 60)).save(written, "JPEG")
    return written.getvalue()


def sheets(word: str = "Parks") -> bytes:
    return workbook({"Budget": [["Service", "2026"], [word, 1250]], "Staff": [["Team"]], "Works": [["Road"]]})


def talk(word: str = "Town Plan") -> bytes:
    return presentation(
        {word: ["First point"], "Next": ["Second point"]}, lambda made: add_chart(made.slides[0], "Trees")
    )


def document(name: str, title: str, **more: Any) -> dict[str, Any]:
    return {"file": f"attachments/{name}", "title": title, **more}


def pack_of(folder: Path, files: Mapping[str, bytes], **entries: Mapping[str, Any]) -> Path:
    """A pack of one item for each file; `entries` are what is said of one beside its title, by its name's beginning."""
    items = [
        {"title": f"Item {name}", "documents": [document(name, name, **entries.get(name.partition(".")[0], {}))]}
        for name in files
    ]
    return write_pack(folder, items=items, files={f"attachments/{name}": data for name, data in files.items()})


@dataclass(frozen=True)
class Built:
    pack: bytes
    folder: Path
    run: Run

    @property
    def manifest(self) -> Any:
        return json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))


def build(packgen: Packgen, folder: Path, *options: str) -> Built:
    out = folder.parent / "dist"
    run = packgen("build", folder, "--out", out, "--jobs", "2", *options)
    assert run.code == 0, run.err
    made = out / folder.name
    return Built((made / "public" / "agenda-pack.pdf").read_bytes(), made, run)


def failed(packgen: Packgen, folder: Path, *options: str) -> tuple[int, list[dict[str, Any]]]:
    run = packgen("build", folder, "--out", folder.parent / "dist", "--jobs", "1", "--json", *options)
    assert not (folder.parent / "dist" / folder.name).exists()
    return run.code, [each for each in run.json["packs"][0]["problems"] if each["severity"] == "error"]


def no_libreoffice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PACKGEN_SOFFICE", str(tmp_path / "nowhere" / "soffice"))


@LIBREOFFICE
@pytest.mark.slow
def test_a_pack_of_every_kind_of_file(packgen: Packgen, tmp_path: Path) -> None:
    files = {
        "a.docx": docx(paragraph("Words from Word")),
        "b.xlsx": sheets(),
        "c.pptx": talk(),
        "d.jpg": jpeg(),
        "e.pdf": scan(1),
        "f.docx": docx(paragraph("Water", '<w:pStyle w:val="Heading1"/>') + EQUATION),
    }
    pack = pack_of(tmp_path / "every", files, d={"alt": "The green at Lyne"}, e={"alt": "A signed letter"})
    built = build(packgen, pack)
    texts = pdf_facts.page_texts(built.pack)
    places = [
        next(index for index, text in enumerate(texts) if words in text)
        for words in ("Words from Word", "Parks", "Team", "Road", "Town Plan", "Second point", "Water")
    ]
    assert places == sorted(places)
    engines = {each["title"]: each["engine"].partition(" ")[0] for each in built.manifest["documents"]}
    assert engines == {
        "a.docx": "built-in",
        "b.xlsx": "libreoffice",
        "c.pptx": "libreoffice",
        "d.jpg": "built-in",
        "e.pdf": "none",
        "f.docx": "libreoffice",
    }
    pages = {each["title"]: each["pages"] for each in built.manifest["documents"]}
    assert pages == {"a.docx": 1, "b.xlsx": 3, "c.pptx": 2, "d.jpg": 1, "e.pdf": 1, "f.docx": 1}
    spoken = pdf_facts.spoken(built.pack)
    for words in ("Words from Word", "Parks", "Town Plan", "Trees", "The green at Lyne", "A signed letter", "Water"):
        assert words in spoken
    report = json.loads((built.folder / "accessibility.json").read_text(encoding="utf-8"))
    assert [each["title"] for each in report["documents"] if each["shortcomings"]] == ["e.pdf"]
    assert any("e.pdf" in line and "it is a scan" in line for line in built.run.err.splitlines())


@LIBREOFFICE
@pytest.mark.slow
def test_two_builds_give_the_same_bytes(packgen: Packgen, tmp_path: Path) -> None:
    files = {"a.docx": docx(EQUATION), "b.xlsx": sheets(), "c.pptx": talk()}
    first = build(packgen, pack_of(tmp_path / "one" / "same", files))
    second = build(packgen, pack_of(tmp_path / "two" / "same", files))
    names = sorted(path.relative_to(first.folder) for path in (first.folder / "public").rglob("*.pdf"))
    assert len(names) == 4
    for name in names:
        assert (first.folder / name).read_bytes() == (second.folder / name).read_bytes(), name


@LIBREOFFICE
@pytest.mark.slow
def test_accessible_authors_files_make_an_accessible_pack(packgen: Packgen, tmp_path: Path) -> None:
    body = paragraph("Water", '<w:pStyle w:val="Heading1"/>') + EQUATION
    built = build(packgen, pack_of(tmp_path / "tagged", {"a.docx": docx(body), "b.xlsx": sheets(), "c.pptx": talk()}))
    result = page.validate_pdf_bytes(built.pack, profile="ua1", limits=page.SafetyLimits.unlimited())
    assert [failure.message for failure in result.failures] == []
    assert "<pdfuaid:part>1</pdfuaid:part>" in pdf_facts.xmp(built.pack)
    assert built.manifest["packs"][0]["claims"] == ["PDF/A-2a", "PDF/UA-1"]
    roles = [tag.standard_role for tag in pdf_facts.tags(built.pack)]
    assert {"Formula", "Figure", "L", "H1", "Table", "TR", "TH", "TD"} <= set(roles)


@LIBREOFFICE
@pytest.mark.slow
def test_the_officer_is_told_what_went_to_libreoffice_and_why(packgen: Packgen, tmp_path: Path) -> None:
    built = build(packgen, pack_of(tmp_path / "why", {"a.docx": docx(paragraph("One") + EQUATION)}))
    assert "a.docx paragraph 2: The built-in engine cannot draw the document, so LibreOffice does" in built.run.err
    assert built.manifest["documents"][0]["why"] == ["An equation cannot be drawn (paragraph 2)"]
    assert (built.folder / "editable" / "01-1-a-docx.docx").read_bytes() == (
        tmp_path / "why" / "attachments" / "a.docx"
    ).read_bytes()


@LIBREOFFICE
@pytest.mark.slow
def test_links_of_authors_into_the_pack_are_not_believed(packgen: Packgen, tmp_path: Path) -> None:
    link = '<w:p><w:hyperlink r:id="rIdIn"><w:r><w:t>jump</w:t></w:r></w:hyperlink></w:p>'
    data = docx(EQUATION + link, links={"rIdIn": "packgen:item/1"})
    built = build(packgen, pack_of(tmp_path / "links", {"a.docx": data}))
    assert [each for each in pdf_facts.links(built.pack) if "jump" in each.words] == []


@LIBREOFFICE
@pytest.mark.slow
def test_exempt_spreadsheets_and_presentations_stay_exempt(packgen: Packgen, tmp_path: Path) -> None:
    exempt = {"exempt": {"paragraphs": [3], "reason": "prices"}}
    files = {"a.docx": docx(paragraph("Open words")), "b.xlsx": sheets("Quillfeather"), "c.pptx": talk("Quillfeather"),
             "d.docx": docx(paragraph("Quillfeather") + EQUATION)}  # fmt: skip
    pack = pack_of(tmp_path / "exempt", files, b=exempt, c=exempt, d=exempt)
    built = build(packgen, pack)
    restricted = (built.folder / "restricted" / "agenda-pack.pdf").read_bytes()
    assert sum("Quillfeather" in text for text in pdf_facts.page_texts(restricted)) == 3
    for file in (built.folder / "public").rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            content = pdf_facts.plain_bytes(data) if file.suffix == ".pdf" else data
            texts = " ".join(pdf_facts.page_texts(data)) if file.suffix == ".pdf" else ""
            assert b"quillfeather" not in content.lower(), file
            assert "quillfeather" not in texts.lower(), file


@LIBREOFFICE
@pytest.mark.slow
def test_libreoffice_can_be_asked_to_draw_everything(packgen: Packgen, tmp_path: Path) -> None:
    items = [{"title": "Trees", "documents": [{"data": "items/02-report.json"}]}]
    pack = write_pack(tmp_path / "forced", items=items, files={"items/02-report.json": REPORT})
    built = build(packgen, pack, "--engine", "libreoffice")
    assert built.manifest["documents"][0]["engine"].startswith("libreoffice")
    assert "The council plants trees" in " ".join(pdf_facts.page_texts(built.pack))


def test_the_built_in_engine_can_be_asked_for(packgen: Packgen, tmp_path: Path) -> None:
    pack = pack_of(tmp_path / "alone", {"a.docx": docx(EQUATION), "b.xlsx": sheets(), "c.pptx": talk()})
    for options in (("--engine", "built-in"), ()):
        code, problems = failed(packgen, pack, *options)
        assert code == 6
        assert {Path(each["file"]).name for each in problems} == {"a.docx", "b.xlsx", "c.pptx"}
        (tmp_path / "packgen.toml").write_text('engine = "built-in"\n', encoding="utf-8")


def test_an_engine_that_does_not_exist(packgen: Packgen, small_pack: Path) -> None:
    assert packgen("build", small_pack, "--engine", "word").code == 2
    (small_pack / "packgen.toml").write_text('engine = "word"\n', encoding="utf-8")
    run = packgen("validate", small_pack)
    assert run.code == 3
    assert "packgen.toml:1 $.engine" in run.err


def test_without_libreoffice_every_document_is_named(
    packgen: Packgen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_libreoffice(monkeypatch, tmp_path)
    files = {
        "a.docx": docx(paragraph("x") + EQUATION),
        "b.xlsx": sheets(),
        "c.pptx": talk(),
        "d.docx": docx(paragraph("y")),
    }
    pack = pack_of(tmp_path / "without", files)
    code, problems = failed(packgen, pack)
    assert code == 5
    assert [(Path(each["file"]).name, each["pointer"]) for each in problems] == [
        ("a.docx", "paragraph 2"),
        ("b.xlsx", None),
        ("c.pptx", None),
    ]
    for system in ("Windows", "macOS", "Debian"):
        assert all(system in each["hint"] for each in problems)
    run = packgen("validate", pack)
    assert run.code == 0
    assert [name for name in ("a.docx", "b.xlsx", "c.pptx") if f"{name} is" in run.err] == ["b.xlsx", "c.pptx"]


def test_what_no_engine_may_draw_is_refused_without_libreoffice(
    packgen: Packgen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_libreoffice(monkeypatch, tmp_path)
    deleted = EQUATION + table(row(cell("Oak", "<w:cellDel/>"), "12"))
    chart = (
        '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="99" cy="99"/><wp:docPr id="1" name="Chart 1"/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"/></a:graphic></wp:inline>'
        "</w:drawing></w:r></w:p>"
    )
    pack = pack_of(tmp_path / "refused", {"a.docx": docx(deleted), "b.docx": docx(chart)})
    code, problems = failed(packgen, pack)
    assert code == 3
    assert {each["code"] for each in problems} == {"hygiene.tracked-changes"}
    written = json.loads((pack / "pack.json").read_text(encoding="utf-8"))
    written["items"][0]["documents"][0]["acknowledged"] = {"tracked-changes": "The cell was empty."}
    (pack / "pack.json").write_text(json.dumps(written), encoding="utf-8")
    code, problems = failed(packgen, pack)
    assert code == 6
    assert {each["code"] for each in problems} >= {"convert.tracked", "convert.missing-alt"}


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for LibreOffice is a script with a first line")
def test_a_libreoffice_that_hangs_leaves_the_old_output(
    packgen: Packgen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = pack_of(tmp_path / "hangs", {"a.pdf": scan(1)}, a={"alt": "A letter"})
    before = build(packgen, pack).pack
    pack_of(tmp_path / "hangs", {"b.xlsx": sheets()})
    soffice = tmp_path / "soffice"
    soffice.write_text("#!/bin/sh\nsleep 60\n", encoding="utf-8")
    soffice.chmod(0o755)
    monkeypatch.setenv("PACKGEN_SOFFICE", str(soffice))
    (tmp_path / "packgen.toml").write_text("[limits]\nlibreoffice_seconds = 1\n", encoding="utf-8")
    run = packgen("build", pack, "--out", tmp_path / "dist")
    assert run.code == 6
    assert "b.xlsx: LibreOffice had not finished with it after 1 seconds, and was stopped." in run.err
    assert (tmp_path / "dist" / "hangs" / "public" / "agenda-pack.pdf").read_bytes() == before


@pytest.mark.parametrize(
    ("name", "data", "code", "hint"),
    [
        ("a.xlsm", sheets(), "file.kind", "macros"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "file.kind", "save it as .docx"),
        ("a.xlsx", with_parts(sheets(), {"xl/vbaProject.bin": b"x"}), "file.not-what-its-name-says", "macros"),
        ("a.xlsx", talk(), "file.not-what-its-name-says", "its author"),
        ("a.jpg", b"\x89PNG\r\n\x1a\n", "file.not-what-its-name-says", "its author"),
        (
            "a.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "file.encrypted",
            "password",
        ),
        (
            "a.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
            "file.not-what-its-name-says",
            "save it as .docx",
        ),
        ("a.jpg", jpeg(), "file.picture-alt", '"alt"'),
    ],
)
def test_files_that_cannot_go_into_a_pack(
    packgen: Packgen, tmp_path: Path, name: str, data: bytes, code: str, hint: str
) -> None:
    run = packgen("validate", pack_of(tmp_path / "wrong", {name: data}), "--json")
    assert run.code == 3
    errors = [each for each in run.json["packs"][0]["problems"] if each["severity"] == "error"]
    assert [(each["code"], each["pointer"]) for each in errors] == [(code, "$.items[0].documents[0].file")]
    assert hint in errors[0]["hint"]


def test_a_spreadsheet_that_unpacks_without_end_is_refused(packgen: Packgen, tmp_path: Path) -> None:
    sheet = part(sheets(), "xl/worksheets/sheet1.xml")
    bomb = with_parts(sheets(), {"xl/worksheets/sheet1.xml": sheet.replace("</worksheet>", " " * 110 * 2**20)})
    assert len(bomb) < 2**20
    code, problems = failed(packgen, pack_of(tmp_path / "bomb", {"a.xlsx": bomb}))
    assert code == 3
    assert [each["code"] for each in problems] == ["hygiene.unreadable-parts"]
    assert "save it again" in problems[0]["hint"]
