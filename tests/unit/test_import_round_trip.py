"""What packgen filled comes back as the data it was filled from."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from msgspec.structs import replace

from import_support import (
    Filled,
    comparable,
    documents_of_packs,
    filled_again,
    imported,
    read_back,
)
from packgen.context import document_context

_DOCUMENTS = list(documents_of_packs())
_IDS = [f"{each.folder.name}/{each.name}" for each in _DOCUMENTS]


def test_all_templates_are_among_the_documents() -> None:
    templates = {each.template for each in _DOCUMENTS}
    assert templates == {"cover-report", "minutes", "work-programme", "cia", "cia-summary", "document"}
    assert len(_DOCUMENTS) > 20


@pytest.mark.parametrize("filled", _DOCUMENTS, ids=_IDS)
def test_a_filled_document_comes_back_as_its_data(filled: Filled, tmp_path: Path) -> None:
    """Equal but for the kind of a numbered list, which its place may settle: in a report `1.` prints `a.`"""
    pack = filled.sources.raw.pack.value
    done = imported(filled.docx, tmp_path, pack=pack, settings=filled.sources.settings)
    assert done.template == filled.template
    assert done.left_over == ()
    assert [remark for remark in done.remarks if remark.code not in {"import.cell-on-one-line"}] == []
    assert comparable(read_back(done, tmp_path), tmp_path, pack) == comparable(filled.data, filled.folder, pack)


@pytest.mark.slow
@pytest.mark.parametrize("filled", _DOCUMENTS, ids=_IDS)
def test_filling_what_was_imported_gives_the_same_word_file(filled: Filled, tmp_path: Path) -> None:
    """The same text, styles and numbers, byte for byte; pictures as large as they were, within a hundredth."""
    pack = filled.sources.raw.pack.value
    done = imported(filled.docx, tmp_path, pack=pack, settings=filled.sources.settings)
    data = {key: value for key, value in read_back(done, tmp_path).items() if key != "$schema"}
    again = replace(filled.document, data=data)
    context = document_context(again, filled.item, filled.pack, filled.sources.settings, filled.sources.schemas)
    body, notes, sizes = _body(filled_again(filled.template, context, tmp_path))
    body_before, notes_before, sizes_before = _body(filled.docx)
    assert (body, notes) == (body_before, notes_before)
    assert sizes == pytest.approx(sizes_before, rel=0.01)


def _body(docx: bytes) -> tuple[bytes, bytes, list[int]]:
    """The document without names and sizes of pictures, its notes, and these sizes."""
    with zipfile.ZipFile(BytesIO(docx)) as archive:
        document = re.sub(rb'name="[^"]*\.(?:png|jpe?g)"', b"", archive.read("word/document.xml"))
        sizes = [int(each) for each in re.findall(rb' c[xy]="(\d+)"', document)]
        notes = "word/footnotes.xml"
        words = archive.read(notes) if notes in archive.namelist() else b""
        return re.sub(rb' c[xy]="\d+"', b"", document), words, sizes


@pytest.mark.slow
@pytest.mark.libreoffice
@pytest.mark.parametrize(
    "filled", [each for each in _DOCUMENTS if each.folder.name in {"part-two", "2022-10-24-safeguarding"}],
    ids=[name for name in _IDS if name.startswith(("part-two", "2022"))],
)  # fmt: skip
def test_a_document_saved_by_libreoffice_comes_back_whole(filled: Filled, tmp_path: Path) -> None:
    source = tmp_path / "report.docx"
    source.write_bytes(filled.docx)
    saved = _saved_by_libreoffice(source, tmp_path / "saved")
    pack = filled.sources.raw.pack.value
    done = imported(saved.read_bytes(), tmp_path, pack=pack, settings=filled.sources.settings)
    assert done.template == filled.template
    assert done.left_over == ()
    before = {key for key, value in filled.data.items() if value not in ("", [])} - {"$schema", "committee", "date"}
    assert before <= set(read_back(done, tmp_path))


def _saved_by_libreoffice(source: Path, target: Path) -> Path:
    program = shutil.which("soffice")
    assert program, "LibreOffice is not installed"
    profile = (target / "profile").resolve().as_uri()
    subprocess.run(
        [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "docx:MS Word 2007 XML",
         "--outdir", str(target), str(source)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return target / source.name
