"""The files that `pack.json` names: there, inside the pack, and what their names say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from packgen.errors import PackgenError, Problem
from packgen.load import RawPack
from packgen.load.raw_pack import PACK_FILE, written_documents
from packgen.schemas.findings import DataPath
from packgen.workspace import Settings, locate_inside, shown_path
from packgen.workspace.paths import BadPath

PDF_HEADER_WITHIN = 1024
ACCEPTED = (".pdf", ".docx")
LATER = {
    ".xlsx": "open it in Excel and save it as PDF",
    ".pptx": "open it in PowerPoint and save it as PDF",
    ".doc": "open it in Word and save it as .docx",
    ".png": "put it in a Word document, with alternative text, and attach that",
    ".jpg": "put it in a Word document, with alternative text, and attach that",
    ".jpeg": "put it in a Word document, with alternative text, and attach that",
}
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
        hint = LATER.get(suffix, "save it as PDF")
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
    found = _kind_of(file)
    if found != suffix:
        words = {".pdf": "a PDF", ".docx": "a Word document", None: "neither a PDF nor a Word document"}
        yield raw.pack.problem(
            "file.not-what-its-name-says",
            path,
            f"{name} is called {suffix}, but what is in it is {words[found]}",
            "ask its author to save it again in the right form",
        )
    elif suffix == ".pdf":
        yield from _check_pdf(raw, path, file, name, settings)


def _check_pdf(raw: RawPack, path: DataPath, file: Path, name: str, settings: Settings) -> Iterator[Problem]:
    from packgen.merge import read_attachment

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
    document = next((each for where, each in written_documents(raw.pack.value) if (*where, "file") == path), {})
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


def _kind_of(file: Path) -> str | None:
    """`.pdf` or `.docx` by what is in the file, whatever it is called; None for anything else."""
    import zipfile

    with file.open("rb") as stream:
        if b"%PDF-" in stream.read(PDF_HEADER_WITHIN):
            return ".pdf"
    try:
        with zipfile.ZipFile(file) as archive:
            return ".docx" if "word/document.xml" in archive.namelist() else None
    except (zipfile.BadZipFile, OSError):
        return None


def _named(raw: RawPack) -> set[Path]:
    """Where the files of all documents would be, whether or not they can be used."""
    root = raw.folder.resolve()
    names = (document.get(key) for _, document in written_documents(raw.pack.value) for key in ("data", "file"))
    return {
        (root / name.replace("\\", "/")).resolve() for name in names if isinstance(name, str) and "\x00" not in name
    }


def _unused(raw: RawPack, used: set[Path]) -> Iterator[Problem]:
    pictures = {".png", ".jpg", ".jpeg"}
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
