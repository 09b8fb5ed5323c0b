"""The files that `pack.json` names: there, inside the pack, and what their names say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from packgen.errors import PackgenError, Problem
from packgen.load import RawPack
from packgen.load.raw_pack import PACK_FILE, written_documents
from packgen.schemas.findings import DataPath
from packgen.validate.accessibility import language_of
from packgen.workspace import Settings, locate_inside, shown_path
from packgen.workspace.paths import BadPath

ACCEPTED = {
    ".pdf": "a PDF",
    ".docx": "a Word document",
    ".xlsx": "a spreadsheet",
    ".pptx": "a presentation",
    ".png": "a PNG picture",
    ".jpg": "a JPEG picture",
    ".jpeg": "a JPEG picture",
    ".tif": "a TIFF picture",
    ".tiff": "a TIFF picture",
}
"""Endings of files that can go into a pack, and what such a file is."""
_WITH_MACROS = "it may hold macros; open it in {0} and save it as {1}"
_OLD = "open it in {0} and save it as {1}"
REFUSED = {
    ".doc": ("a Word document of an old format", _OLD.format("Word", ".docx")),
    ".xls": ("a spreadsheet of an old format", _OLD.format("Excel", ".xlsx")),
    ".ppt": ("a presentation of an old format", _OLD.format("PowerPoint", ".pptx")),
    ".docm": ("a Word document with macros", _WITH_MACROS.format("Word", ".docx")),
    ".xlsm": ("a spreadsheet with macros", _WITH_MACROS.format("Excel", ".xlsx")),
    ".pptm": ("a presentation with macros", _WITH_MACROS.format("PowerPoint", ".pptx")),
    ".xlsb": ("a binary spreadsheet", _OLD.format("Excel", ".xlsx")),
    ".odt": ("an OpenDocument text", _OLD.format("LibreOffice", ".docx")),
    ".ods": ("an OpenDocument spreadsheet", _OLD.format("LibreOffice", ".xlsx")),
    ".odp": ("an OpenDocument presentation", _OLD.format("LibreOffice", ".pptx")),
    ".rtf": ("a text of an old format", _OLD.format("Word", ".docx")),
    ".csv": ("a list of values", _OLD.format("Excel", ".xlsx")),
    ".gif": ("a GIF picture", "save it as PNG"),
    ".heic": ("a picture of a telephone", "save it as JPEG"),
}
"""What cannot go into a pack, and what its author can do."""
_SAME = {".jpeg": ".jpg", ".tiff": ".tif"}
_OFFICE = {".xlsx", ".pptx"}
_PICTURES = {".png", ".jpg", ".tif"}
OFFICERS_FOLDERS = ("items", "attachments")


def check_files(raw: RawPack, settings: Settings) -> Iterator[Problem]:
    """Problems of attachments, and warnings for files that nothing uses."""
    used = {origin.path for data in (raw.pack, *raw.data.values()) for origin in data.prose_files.values()}
    used |= _named(raw)
    for path, document in written_documents(raw.pack.value):
        name = document.get("file")
        if not isinstance(name, str):
            continue
        try:
            file = locate_inside(raw.folder, name)
        except BadPath as bad:
            yield raw.pack.problem(bad.code, (*path, "file"), bad.message, bad.hint)
            continue
        yield from _check_attachment(raw, (*path, "file"), file, name, settings)
    if not raw.problems:
        yield from _unused(raw, used)


def _check_attachment(raw: RawPack, path: DataPath, file: Path, name: str, settings: Settings) -> Iterator[Problem]:
    suffix = file.suffix.lower()
    if suffix not in ACCEPTED:
        _, hint = REFUSED.get(suffix, ("", "save it as PDF"))
        yield raw.pack.problem("file.kind", path, f"packgen cannot put a {suffix or 'nameless'} file into a pack", hint)
        return
    if file.stat().st_size > settings.attachment_bytes:
        limit = f"{settings.attachment_bytes / 1e6:.0f} MB"
        yield raw.pack.problem(
            "file.too-large",
            path,
            f"{name} is larger than {limit}",
            "ask for a smaller file, or raise the limit in packgen.toml",
        )
        return
    from packgen.convert.office.kinds import kind_of

    found = kind_of(file)
    if found != _SAME.get(suffix, suffix):
        yield _not_what_it_says(raw, path, name, suffix, found)
    elif found == ".pdf":
        yield from _check_pdf(raw, path, file, name, settings)
    elif found == ".docx":
        from packgen.validate.accessibility.word_files import check_word_file

        title = str(_document_at(raw, path).get("title", ""))
        yield from check_word_file(file, language=language_of(raw), title=title, engine=settings.engine)
    elif found in _OFFICE:
        yield from _check_office(raw, path, name, found, settings)
    elif found in _PICTURES and "alt" not in _document_at(raw, path):
        yield raw.pack.problem(
            "file.picture-alt",
            path,
            f"{name} is a picture, and nothing says what it shows to people who cannot see it",
            'say it in "alt", beside "file"',
        )


def _not_what_it_says(raw: RawPack, path: DataPath, name: str, suffix: str, found: str | None) -> Problem:
    """A file whose name promises something else than what is in it, or that is locked."""
    if found == "encrypted":
        return raw.pack.problem(
            "file.encrypted",
            path,
            f"{name} is protected by a password",
            "open it, take off the password (File > Info > Protect), and save it again",
        )
    refused, hint = REFUSED.get(found or "", ("neither a PDF nor an Office file nor a picture", ""))
    return raw.pack.problem(
        "file.not-what-its-name-says",
        path,
        f"{name} is called {suffix}, but what is in it is {ACCEPTED.get(found or '', refused)}",
        hint or "ask its author to save it again in the right form",
    )


def _check_office(raw: RawPack, path: DataPath, name: str, kind: str, settings: Settings) -> Iterator[Problem]:
    """Whether what has to draw a spreadsheet or presentation is there, so that nobody finds out on the last day."""
    from packgen.convert.office.find import INSTALL_HINT, find_office

    if settings.engine == "built-in":
        yield raw.pack.problem(
            "file.needs-libreoffice",
            path,
            f"{name} is {ACCEPTED[kind]}, which only LibreOffice draws, but packgen.toml or --engine forbids it",
            'set engine = "auto" in packgen.toml, or ask for a PDF',
            severity="warning",
        )
    elif find_office() is None:
        yield raw.pack.problem(
            "file.needs-libreoffice",
            path,
            f"{name} is {ACCEPTED[kind]}, which only LibreOffice draws, but LibreOffice is not installed here",
            INSTALL_HINT,
            severity="warning",
        )


def _check_pdf(raw: RawPack, path: DataPath, file: Path, name: str, settings: Settings) -> Iterator[Problem]:
    from packgen.merge import read_attachment
    from packgen.validate.accessibility.pdf_files import check_pdf

    try:
        facts = read_attachment(file, name)
    except PackgenError as error:
        for problem in error.problems:
            yield raw.pack.problem(problem.code, path, problem.message, problem.hint)
        return
    if facts.page_count > settings.attachment_pages:
        yield raw.pack.problem(
            "file.too-long", path, f"{name} has {facts.page_count} pages; the limit is {settings.attachment_pages}"
        )
    document = _document_at(raw, path)
    if facts.repaired:
        yield raw.pack.problem(
            "file.repaired",
            path,
            f"{name} is broken in places; packgen mended it as well as it could",
            "look at its pages in the pack, or ask for a new PDF",
            severity="warning",
        )
    if not facts.text_pages and ("alt" not in document or facts.page_count > 1):
        yield raw.pack.problem(
            "file.scan",
            path,
            f"{name} is a scan: none of its pages has words that can be searched, copied or read aloud",
            "ask for the file that was printed before it was scanned, or have its words recognised (OCR)"
            + ("" if "alt" in document else ', or say in "alt" what it shows'),
            severity="warning",
        )
    elif not facts.tagged and "alt" not in document:
        yield raw.pack.problem(
            "file.untagged",
            path,
            f"{name} has no tags, so a screen reader cannot tell its structure",
            "ask for a tagged PDF (in Word: Save as PDF, Options, Document structure tags), "
            'or say in "alt" what it shows',
            severity="warning",
        )
    for code, message, hint in check_pdf(file, facts, document, language_of(raw), name):
        yield raw.pack.problem(code, path, message, hint, severity="warning")


def _document_at(raw: RawPack, path: DataPath) -> Mapping[str, Any]:
    """The document whose "file" stands at `path`."""
    return next((each for where, each in written_documents(raw.pack.value) if (*where, "file") == path), {})


def _named(raw: RawPack) -> set[Path]:
    """Where the files of all documents would be, whether or not they can be used."""
    root = raw.folder.resolve()
    names = (document.get(key) for _, document in written_documents(raw.pack.value) for key in ("data", "file"))
    return {
        (root / name.replace("\\", "/")).resolve() for name in names if isinstance(name, str) and "\x00" not in name
    }


def _unused(raw: RawPack, used: set[Path]) -> Iterator[Problem]:
    pictures = {".png", ".jpg", ".jpeg", ".tif", ".tiff"}
    for folder in OFFICERS_FOLDERS:
        for file in sorted((raw.folder / folder).rglob("*")):
            hidden = file.name.startswith((".", "~$")) or file.name in {"Thumbs.db", "desktop.ini", "README.md"}
            if file.is_file() and not hidden and file.suffix.lower() not in pictures and file.resolve() not in used:
                yield Problem(
                    code="file.unused",
                    severity="warning",
                    file=shown_path(file),
                    message="no item of the agenda uses this file",
                    hint=f"add it to an item in {PACK_FILE}, or delete it",
                )
