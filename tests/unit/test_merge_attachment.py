"""Whether a file is a PDF that can go into a pack: told before anything is built."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, String

from packgen.errors import ExitCode, InvalidPackError
from packgen.merge import PdfFacts, read_attachment
from pdf_parts import changed, report, saved, scan, untagged

NAME = "packs/x/attachments/a.pdf"


def read(tmp_path: Path, data: bytes) -> PdfFacts:
    file = tmp_path / "a.pdf"
    file.write_bytes(data)
    return read_attachment(file, NAME)


def refusal(tmp_path: Path, data: bytes) -> str:
    with pytest.raises(InvalidPackError) as caught:
        read(tmp_path, data)
    assert caught.value.exit_code is ExitCode.INVALID_PACK
    (problem,) = caught.value.problems
    assert problem.file == NAME
    assert problem.hint
    return problem.code


def encrypted(**passwords: str) -> bytes:
    with pikepdf.open(io.BytesIO(untagged("Words"))) as opened:
        file = io.BytesIO()
        opened.save(file, encryption=pikepdf.Encryption(**passwords))
        return file.getvalue()


def test_facts_of_a_tagged_report(tmp_path: Path) -> None:
    facts = read(tmp_path, report("Alpha", 3))
    assert (facts.page_count, facts.text_pages, facts.tagged, facts.claims_pdfua) == (3, 3, True, True)
    assert (facts.title, facts.language, facts.repaired) == ("Alpha report", "en-GB", False)


def test_facts_of_an_untagged_file_and_of_a_scan(tmp_path: Path) -> None:
    facts = read(tmp_path, untagged("One", "Two"))
    assert (facts.page_count, facts.text_pages, facts.tagged, facts.claims_pdfua) == (2, 2, False, False)
    assert read(tmp_path, scan(4)).text_pages == 0


def test_a_file_that_only_its_owner_may_change_can_be_used(tmp_path: Path) -> None:
    assert read(tmp_path, encrypted(owner="x")).page_count == 1


def test_a_file_with_a_password(tmp_path: Path) -> None:
    assert refusal(tmp_path, encrypted(owner="x", user="y")) == "attachment.password"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 a spreadsheet", b"<html>"])
def test_files_that_are_no_pdf(tmp_path: Path, data: bytes) -> None:
    assert refusal(tmp_path, data) == "attachment.not-pdf"


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", report("A")[:400], b"%PDF-1.7\n" + bytes(3000)])
def test_files_that_are_beyond_repair(tmp_path: Path, data: bytes) -> None:
    assert refusal(tmp_path, data) == "attachment.damaged"


def test_a_file_with_a_wrong_table_of_contents_is_repaired(tmp_path: Path) -> None:
    facts = read(tmp_path, b"%PDF-1.4 junk\n" + untagged("One", "Two"))
    assert (facts.page_count, facts.repaired) == (2, True)


def test_a_page_that_cannot_be_read(tmp_path: Path) -> None:
    def spoil(opened: pikepdf.Pdf) -> None:
        opened.pages[1].obj.Contents = pikepdf.Stream(opened, b"not compressed at all", Filter=pikepdf.Name.FlateDecode)

    assert refusal(tmp_path, changed(untagged("One", "Two"), spoil)) == "attachment.damaged"


def test_a_file_without_pages(tmp_path: Path) -> None:
    assert refusal(tmp_path, saved(pikepdf.new())) == "attachment.damaged"


def test_a_portfolio(tmp_path: Path) -> None:
    pdf = changed(untagged("Open this in Acrobat"), lambda opened: setattr(opened.Root, "Collection", Dictionary()))
    assert refusal(tmp_path, pdf) == "attachment.portfolio"


def test_a_form_that_only_adobe_shows(tmp_path: Path) -> None:
    def change(opened: pikepdf.Pdf) -> None:
        opened.Root.AcroForm = Dictionary(Fields=Array([]), XFA=String("x"))
        opened.Root.NeedsRendering = True

    assert refusal(tmp_path, changed(untagged("Please wait"), change)) == "attachment.dynamic-form"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(st.integers(0, 2000), st.integers(1, 400), st.binary(max_size=20))
def test_whatever_is_wrong_is_told_as_such(tmp_path: Path, start: int, length: int, replacement: bytes) -> None:
    whole = untagged("One", "Two", "Three")
    damaged = whole[:start] + replacement + whole[start + length :]
    try:
        facts = read(tmp_path, damaged)
    except InvalidPackError:
        return
    assert facts.page_count == 3
