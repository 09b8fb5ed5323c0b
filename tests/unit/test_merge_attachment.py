"""Whether a file is a PDF that can go into a pack: told before anything is built."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String

from packgen.errors import ExitCode, InvalidPackError
from packgen.merge import PdfFacts, read_attachment
from pdf_parts import (
    changed,
    form_field,
    marked,
    on_first_page,
    report,
    saved,
    scan,
    untagged,
    with_content,
)

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
    assert (facts.page_count, facts.text_pages, facts.tagged) == (3, 3, True)
    assert (facts.title, facts.language, facts.repaired) == ("Alpha report", "en-GB", False)


def test_facts_of_an_untagged_file_and_of_a_scan(tmp_path: Path) -> None:
    facts = read(tmp_path, untagged("One", "Two"))
    assert (facts.page_count, facts.text_pages, facts.tagged) == (2, 2, False)
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


SHOWN = b"BT /F1 10 Tf 2 4 Td (Value) Tj ET"


@pytest.mark.parametrize(
    "pdf",
    [
        form_field(FT=Name.Tx, V=String("Value")),
        form_field(b"/Tx BMC EMC", FT=Name.Tx, V=String("Value")),
        form_field(FT=Name.Btn, V=Name.Yes, AS=Name.Yes),
        form_field(FT=Name.Btn, V=Name.Yes, AP=Dictionary(N=Dictionary(Yes=Name.x))),
        form_field(FT=Name.Ch, V=Array([String("A"), String("B")])),
        form_field(SHOWN, FT=Name.Tx, V=String("Value"), needs_appearances=True),
    ],
)
def test_a_form_whose_values_are_not_drawn(tmp_path: Path, pdf: bytes) -> None:
    assert refusal(tmp_path, pdf) == "attachment.form-values"


@pytest.mark.parametrize(
    "pdf",
    [
        form_field(SHOWN, FT=Name.Tx, V=String("Value")),
        form_field(FT=Name.Tx, V=String("")),
        form_field(FT=Name.Tx, V=String("Value"), F=2),
        form_field(FT=Name.Btn, V=Name.Off),
        form_field(FT=Name.Btn, V=Name.Yes, AS=Name.Off, AP=Dictionary(N=Dictionary())),
        form_field(FT=Name.Sig, V=Dictionary(Type=Name.Sig)),
    ],
)
def test_a_form_that_loses_nothing(tmp_path: Path, pdf: bytes) -> None:
    assert read(tmp_path, pdf).page_count == 1


@pytest.mark.parametrize("kind", ["FreeText", "Square", "Highlight", "StrikeOut", "Ink", "Stamp", "Caret"])
def test_marks_that_only_some_programs_show(tmp_path: Path, kind: str) -> None:
    assert refusal(tmp_path, marked(kind)) == "attachment.mark-not-drawn"
    assert read(tmp_path, marked(kind, SHOWN)).page_count == 1
    assert read(tmp_path, marked(kind, F=2)).page_count == 1


@pytest.mark.parametrize("drawing", [None, b"0 g 0 0 100 20 re f"])
def test_a_redaction_that_was_not_carried_out(tmp_path: Path, drawing: bytes | None) -> None:
    assert refusal(tmp_path, marked("Redact", drawing)) == "attachment.redaction"


@pytest.mark.parametrize(
    ("box", "code"),
    [([0, 0, 0, 0], "damaged"), ([0, 0, 3, 3], "page-too-small"), ([0, 0, 150, 20], "page-too-small")],
)
def test_pages_without_room_for_a_number(tmp_path: Path, box: list[int], code: str) -> None:
    pdf = changed(untagged("Words"), on_first_page(MediaBox=Array(box)))
    assert refusal(tmp_path, pdf) == f"attachment.{code}"


@pytest.mark.parametrize(
    "content", [b"BT /F1 9 Tf (never closed Tj ET", b"BT /F1 9 Tf [(a) 3 Tj ET", b"/P << /MCID 0 BDC"]
)
def test_a_page_whose_drawing_breaks_off(tmp_path: Path, content: bytes) -> None:
    assert refusal(tmp_path, with_content(content)) == "attachment.damaged"


@pytest.mark.parametrize("content", [b"BT /F1 9 Tf (a \\( b (c) [<) Tj ET", b"q BI /W 1 /H 1 /BPC 8 /CS /G ID ( EI Q"])
def test_a_page_that_only_looks_as_if_it_broke_off(tmp_path: Path, content: bytes) -> None:
    assert read(tmp_path, with_content(content)).page_count == 1


def test_programs_that_count_other_pages(tmp_path: Path) -> None:
    pdf = changed(untagged("One", "Two", "Three"), lambda opened: setattr(opened.Root.Pages, "Count", 3))
    assert refusal(tmp_path, pdf.replace(b"/Count 3", b"/Count 7")) == "attachment.damaged"


def test_a_page_that_one_program_cannot_show(tmp_path: Path) -> None:
    def change(opened: pikepdf.Pdf) -> None:
        pages = opened.Root.Pages
        pages.Kids = Array([Name.x, pages.Kids[0], Dictionary(A=1)])

    assert refusal(tmp_path, changed(untagged("One"), change)) == "attachment.damaged"


def test_messages_have_no_addresses_in_memory(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 nothing")
    with pytest.raises(InvalidPackError) as caught:
        read_attachment(tmp_path / "a.pdf", NAME)
    assert "0x" not in str(caught.value)


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
