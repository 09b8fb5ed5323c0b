"""What is said of authors' PDFs that were partly scanned, or that speak another language than the pack."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from docx_parts import png
from packgen.errors import Problem
from packgen.load import read_pack
from packgen.validate.files import check_files
from packgen.workspace import Settings
from pdf_parts import A4, changed, report


def found(tmp_path: Path, pdf: bytes, language: str = "en-GB", **entries: str) -> list[Problem]:
    """The warnings of `access.*` on one attachment; `entries` are what `pack.json` says of it."""
    (tmp_path / "attachments").mkdir(exist_ok=True)
    (tmp_path / "attachments" / "a.pdf").write_bytes(pdf)
    pack = {
        "committee": "Committee",
        "meeting": {"date": "2026-09-17", "time": "18:30", "venue": "Hall"},
        "language": language,
        "items": [{"title": "One", "documents": [{"file": "attachments/a.pdf", "title": "A", **entries}]}],
    }
    (tmp_path / "pack.json").write_text(json.dumps(pack), encoding="utf-8")
    problems = [each for each in check_files(read_pack(tmp_path), Settings()) if each.code.startswith("access.")]
    assert all((each.severity, each.pointer) == ("warning", "$.items[0].documents[0].file") for each in problems)
    return problems


def pages(*kinds: str) -> bytes:
    """A PDF with a page of each kind: `words`, `scan` or `blank`."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1)
    for kind in kinds:
        if kind == "words":
            canvas.drawString(72, 700, "Words on a page")
        elif kind == "scan":
            canvas.drawImage(ImageReader(io.BytesIO(png(600, 800))), 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def with_figure(pdf: Pdf) -> None:
    """Describes the second page of a PDF by a figure with alternative text."""
    figure = pdf.make_indirect(Dictionary(S=Name.Figure, Alt=String("A map"), Pg=pdf.pages[1].obj))
    pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array([figure])))
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.Lang = String("en")


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        (("words", "scan"), "page 2 of attachments/a.pdf has no words"),
        (("scan", "words", "scan", "blank"), "pages 1 and 3 of attachments/a.pdf have no words"),
        (("words", *["scan"] * 10), "pages 2, 3, 4, 5, 6, 7, 8, 9 and 2 more of"),
    ],
)
def test_scanned_pages_among_others_are_named(tmp_path: Path, kinds: tuple[str, ...], words: str) -> None:
    (problem,) = found(tmp_path, pages(*kinds))
    assert problem.code == "access.scanned-pages"
    assert words in problem.message


@pytest.mark.parametrize("kinds", [("words", "blank"), ("scan", "scan"), ("words",)])
def test_blank_pages_are_no_scans_and_whole_scans_are_told_elsewhere(tmp_path: Path, kinds: tuple[str, ...]) -> None:
    assert found(tmp_path, pages(*kinds)) == []


def test_pages_that_are_described_are_left_in_peace(tmp_path: Path) -> None:
    assert found(tmp_path, pages("words", "scan"), alt="A letter with its signatures") == []
    assert found(tmp_path, changed(pages("words", "scan"), with_figure)) == []


def without_language(pdf: Pdf) -> None:
    del pdf.Root.Lang


def in_welsh(pdf: Pdf) -> None:
    pdf.Root.Lang = String("cy-GB")


def test_a_tagged_pdf_without_a_language(tmp_path: Path) -> None:
    (problem,) = found(tmp_path, changed(report("A"), without_language))
    assert problem.code == "access.language"
    assert "does not say in which language it is" in problem.message


def test_a_tagged_pdf_in_another_language_is_told_until_its_title_says_so(tmp_path: Path) -> None:
    (problem,) = found(tmp_path, changed(report("A"), in_welsh))
    assert "says that it is in Welsh, and the pack is in English" in problem.message
    assert found(tmp_path, changed(report("A"), in_welsh), title="Crynodeb (Cymraeg)") == []
    assert found(tmp_path, changed(report("A"), in_welsh), language="cy") == []


def test_english_of_another_country_and_a_missing_title_are_no_findings(tmp_path: Path) -> None:
    def american(pdf: Pdf) -> None:
        pdf.Root.Lang = String("en-US")
        with pdf.open_metadata() as metadata:
            metadata.pop("dc:title", None)
        if "/Title" in pdf.docinfo:
            del pdf.docinfo["/Title"]

    assert found(tmp_path, changed(report("A"), american)) == []


def test_the_language_of_an_untagged_pdf_is_not_the_first_concern(tmp_path: Path) -> None:
    assert found(tmp_path, changed(pages("words"), in_welsh)) == []
    with pikepdf.open(tmp_path / "attachments" / "a.pdf") as written:
        assert written.Root.Lang == "cy-GB"
