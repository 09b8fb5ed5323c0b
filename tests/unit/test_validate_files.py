"""What is said of authors' PDFs before anything is built, at the place in `pack.json` that names them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pikepdf import Name, String

from packgen.load import read_pack
from packgen.validate.files import check_files
from packgen.workspace import Settings
from pdf_parts import form_field, report, scan, untagged


def found(tmp_path: Path, pdf: bytes, **entries: str) -> list[tuple[str, str]]:
    """Code and severity of each problem of a pack with one attachment; `entries` are what is said of it."""
    (tmp_path / "attachments").mkdir()
    (tmp_path / "attachments" / "a.pdf").write_bytes(pdf)
    document = {"file": "attachments/a.pdf", "title": "A", **entries}
    pack = {
        "committee": "Committee",
        "meeting": {"date": "2026-09-17", "time": "18:30", "venue": "Hall"},
        "items": [{"title": "One", "documents": [document]}],
    }
    (tmp_path / "pack.json").write_text(json.dumps(pack), encoding="utf-8")
    problems = list(check_files(read_pack(tmp_path), Settings()))
    assert all(problem.pointer == "$.items[0].documents[0].file" for problem in problems)
    return [(problem.code, problem.severity) for problem in problems]


@pytest.mark.parametrize(
    ("pages", "entries", "codes"),
    [
        (1, {}, [("file.scan", "warning")]),
        (2, {"alt": "A map"}, [("file.scan", "warning")]),
        (1, {"alt": "A map"}, []),
    ],
)
def test_scans_are_told(tmp_path: Path, pages: int, entries: dict[str, str], codes: list[tuple[str, str]]) -> None:
    assert found(tmp_path, scan(pages), **entries) == codes


def test_files_that_were_mended_are_told(tmp_path: Path) -> None:
    pdf = b"%PDF-1.4 junk\n" + untagged("One")
    assert found(tmp_path, pdf, alt="A") == [("file.repaired", "warning")]


def test_untagged_files_are_told(tmp_path: Path) -> None:
    assert found(tmp_path, untagged("One")) == [("file.untagged", "warning")]


def test_tagged_files_are_not(tmp_path: Path) -> None:
    assert found(tmp_path, report("A")) == []


def test_what_would_be_lost_is_refused_at_its_place(tmp_path: Path) -> None:
    pdf = form_field(FT=Name.Tx, V=String("Value"))
    assert found(tmp_path, pdf, acknowledged={"form-values": "It is tried."}) == [("attachment.form-values", "error")]
