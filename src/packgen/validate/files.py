"""The files that `pack.json` names: there, inside the pack, and what their names say."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from msgspec import Struct

from packgen.errors import PackgenError, Problem
from packgen.load import RawPack
from packgen.load.raw_pack import PACK_FILE, written_documents
from packgen.schemas.findings import DataPath
from packgen.validate.accessibility import language_of
from packgen.validate.pictures import fault_of_attachment, other_kind
from packgen.validate.recall import NO_MEMORY, Memory, key_of
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
_MAY_HIDE = {".docx", ".pdf", *_OFFICE}
_PICTURES = {".png", ".jpg", ".tif"}
OFFICERS_FOLDERS = ("items", "attachments")


class AuthorsFile(Struct, frozen=True):
    """A file that an author supplied, what `pack.json` says of it, the council's settings and the pack's language.

    Of the settings, the limit of pages and the engine matter.
    """

    file: Path
    document: Mapping[str, Any]
    settings: Settings
    language: str


def check_files(raw: RawPack, settings: Settings, memory: Memory = NO_MEMORY) -> Iterator[Problem]:
    """Problems of attachments, and warnings for files that nothing uses."""
    used = {origin.path for data in (raw.pack, *raw.data.values()) for origin in data.prose_files.values()}
    used |= _named(raw)
    for path, document in written_documents(raw.pack.value):
        name = document.get("file")
        if not isinstance(name, str):
            continue
        place: DataPath = (*path, "file")
        try:
            file = locate_inside(raw.folder, name)
        except BadPath as bad:
            yield raw.pack.problem(bad.code, place, bad.message, bad.hint)
            continue
        for problem in _check_attachment(AuthorsFile(file, document, settings, language_of(raw)), memory):
            # What is not told of a place in the file itself is told of the line that names it.
            yield problem if problem.file else raw.pack.located(problem, place)
    if not raw.problems:
        yield from _unused(raw, used)


def authors_files(raw: RawPack, settings: Settings) -> Iterator[AuthorsFile]:
    """The files of a pack that `check_files` would look into."""
    for _, document in written_documents(raw.pack.value):
        if not isinstance(document.get("file"), str):
            continue
        with suppress(BadPath):
            file = locate_inside(raw.folder, document["file"])
            if file.suffix.lower() in ACCEPTED and file.stat().st_size <= settings.attachment_bytes:
                yield AuthorsFile(file, document, settings, language_of(raw))


def findings_key(authors: AuthorsFile, digest: str) -> str:
    """What the findings about a file with a digest depend on."""
    of_settings = (authors.settings.attachment_pages, authors.settings.engine)
    return key_of("attachment", digest, shown_path(authors.file), dict(authors.document), authors.language, of_settings)


def _check_attachment(authors: AuthorsFile, memory: Memory) -> Iterator[Problem]:
    file, settings = authors.file, authors.settings
    name, suffix = authors.document["file"], file.suffix.lower()
    if suffix not in ACCEPTED:
        _, hint = REFUSED.get(suffix, ("", "save it as PDF"))
        message = f"packgen cannot put a {suffix or 'nameless'} file into a pack"
        yield Problem(code="file.kind", message=message, hint=hint)
        return
    if file.stat().st_size > settings.attachment_bytes:
        message = f"{name} is larger than {settings.attachment_bytes / 1e6:.0f} MB"
        hint = "ask for a smaller file, or raise the limit in packgen.toml"
        yield Problem(code="file.too-large", message=message, hint=hint)
        return
    found = memory.recall(lambda: findings_key(authors, memory.digest(file)), lambda: check_authors_file(authors))
    yield from found
    if not found and suffix in _OFFICE:
        yield from _check_office(name, suffix, settings)


def check_authors_file(authors: AuthorsFile) -> Iterator[Problem]:
    """What is wrong in one file; depends on nothing but the file and these values.

    Yields:
        Problems without a file where they are about the file as a whole, else with their place in it.
    """
    from packgen.convert.office.kinds import kind_of

    file, document, settings, language = authors.file, authors.document, authors.settings, authors.language
    name, suffix, found = document["file"], file.suffix.lower(), kind_of(file)
    if found != _SAME.get(suffix, suffix):
        yield _not_what_it_says(file, name, suffix, found)
        return
    if found == ".pdf":
        too_much = _too_much(file, name, settings)
        if too_much is not None:
            yield too_much
            return
    if found in _MAY_HIDE:
        from packgen.hygiene import check_hygiene

        acknowledged = document.get("acknowledged")
        yield from check_hygiene(file, acknowledged if isinstance(acknowledged, dict) else ())
    if found == ".pdf":
        yield from _check_pdf(file, document, language)
    elif found == ".docx":
        from packgen.validate.accessibility.word_files import check_word_file

        title = str(document.get("title", ""))
        yield from check_word_file(file, language=language, title=title, engine=settings.engine)
    elif found in _PICTURES:
        yield from _check_picture(file, document)


def _too_much(file: Path, name: str, settings: Settings) -> Problem | None:
    """What of a PDF is more than can be read, or than the council's settings allow."""
    from packgen.merge import count_pages

    try:
        pages = count_pages(file, name, settings.attachment_pages)
    except PackgenError as error:
        [problem] = error.problems
        return Problem(code=problem.code, message=problem.message, hint=problem.hint)
    if pages <= settings.attachment_pages:
        return None
    message = f"{name} has {pages} pages; the limit is {settings.attachment_pages}"
    return Problem(code="file.too-long", message=message, hint="ask for less, or raise the limit in packgen.toml")


def _not_what_it_says(file: Path, name: str, suffix: str, found: str | None) -> Problem:
    """A file whose name promises something else than what is in it, or that is locked."""
    if found == "encrypted":
        return Problem(
            code="file.encrypted",
            message=f"{name} is protected by a password",
            hint="open it, take off the password (File > Info > Protect), and save it again",
        )
    refused, hint = REFUSED.get(found or "", ("neither a PDF nor an Office file nor a picture", ""))
    other = other_kind(file) if found is None and _SAME.get(suffix, suffix) in _PICTURES else None
    if other is not None:
        refused, hint = other.what, other.hint
    return Problem(
        code="file.not-what-its-name-says",
        message=f"{name} is called {suffix}, but what is in it is {ACCEPTED.get(found or '', refused)}",
        hint=hint or "ask its author to save it again in the right form",
    )


def _check_picture(file: Path, document: Mapping[str, Any]) -> Iterator[Problem]:
    name, fault = document["file"], fault_of_attachment(file)
    if fault is not None:
        yield Problem(code="file.picture-unusable", message=f"{name} {fault.what}", hint=fault.hint)
    if "alt" not in document:
        message = f"{name} is a picture, and nothing says what it shows to people who cannot see it"
        yield Problem(code="file.picture-alt", message=message, hint='say it in "alt", beside "file"')


def _check_office(name: str, kind: str, settings: Settings) -> Iterator[Problem]:
    """Whether what has to draw a spreadsheet or presentation is there, so that nobody finds out on the last day."""
    from packgen.convert.office.find import INSTALL_HINT, find_office

    if settings.engine == "built-in":
        why, hint = "packgen.toml or --engine forbids it", 'set engine = "auto" in packgen.toml, or ask for a PDF'
    elif find_office() is None:
        why, hint = "LibreOffice is not installed here", INSTALL_HINT
    else:
        return
    message = f"{name} is {ACCEPTED[kind]}, which only LibreOffice draws, but {why}"
    yield Problem(code="file.needs-libreoffice", message=message, hint=hint, severity="warning")


def _check_pdf(file: Path, document: Mapping[str, Any], language: str) -> Iterator[Problem]:
    from packgen.merge import read_attachment
    from packgen.validate.accessibility.pdf_files import check_pdf

    name = document["file"]
    try:
        facts = read_attachment(file, name)
    except PackgenError as error:
        for problem in error.problems:
            yield Problem(code=problem.code, message=problem.message, hint=problem.hint)
        return
    found: list[tuple[str, str, str]] = []
    if facts.repaired:
        message = f"{name} is broken in places; packgen mended it as well as it could"
        found.append(("file.repaired", message, "look at its pages in the pack, or ask for a new PDF"))
    if not facts.text_pages and ("alt" not in document or facts.page_count > 1):
        message = f"{name} is a scan: none of its pages has words that can be searched, copied or read aloud"
        hint = "ask for the file that was printed before it was scanned, or have its words recognised (OCR)" + (
            "" if "alt" in document else ', or say in "alt" what it shows'
        )
        found.append(("file.scan", message, hint))
    elif not facts.tagged and "alt" not in document:
        message = f"{name} has no tags, so a screen reader cannot tell its structure"
        hint = (
            "ask for a tagged PDF (in Word: Save as PDF, Options, Document structure tags), "
            'or say in "alt" what it shows'
        )
        found.append(("file.untagged", message, hint))
    found += check_pdf(file, facts, document, language, name)
    for code, message, hint in found:
        yield Problem(code=code, message=message, hint=hint, severity="warning")


def _named(raw: RawPack) -> set[Path]:
    """Where the files of all documents would be, whether or not they can be used."""
    root = raw.folder.resolve()
    names = (document.get(key) for _, document in written_documents(raw.pack.value) for key in ("data", "file"))
    return {
        (root / name.replace("\\", "/")).resolve() for name in names if isinstance(name, str) and "\x00" not in name
    }


def _unused(raw: RawPack, used: set[Path]) -> Iterator[Problem]:
    pictures = (".png", ".jpg", ".jpeg", ".tif", ".tiff")
    paths = {str(path) for path in used}
    for officers in OFFICERS_FOLDERS:
        for folder, _, names in os.walk(raw.folder.resolve() / officers):
            for name in names:
                hidden = name.startswith((".", "~$")) or name in {"Thumbs.db", "desktop.ini", "README.md"}
                path = Path(folder, name)
                if hidden or name.lower().endswith(pictures) or str(path) in paths:
                    continue
                if os.path.realpath(path) not in paths and path.is_file():
                    yield Problem(
                        code="file.unused",
                        severity="warning",
                        file=shown_path(path),
                        message="no item of the agenda uses this file",
                        hint=f"add it to an item in {PACK_FILE}, or delete it",
                    )
