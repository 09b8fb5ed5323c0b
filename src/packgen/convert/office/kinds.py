"""What kind of file something is, by what is in it, whatever it is called.

Takes a file; gives the ending that its name should have, such as `.xlsx`, or None. Knows what LibreOffice must be told
of each kind that it draws, so that it never guesses. Never unpacks more than a list of content types.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from packgen.convert.damaged_archive import DAMAGED_ARCHIVE
from packgen.convert.file_words import WORD, FileWords
from packgen.picture_stripping import JPEG_SIGNATURE, PNG_SIGNATURE

_PDF_HEADER_WITHIN = 1024
_MOST_TYPES = 2**20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (
    (PNG_SIGNATURE, ".png"),
    (JPEG_SIGNATURE, ".jpg"),
    (b"II*\x00", ".tif"),
    (b"MM\x00*", ".tif"),
    (b"II+\x00", ".tif"),
    (b"MM\x00+", ".tif"),
)
# Main parts of Office files (ECMA-376, part 1, 11.3, 12.3 and 13.3) and of those that may hold macros.
_MAIN_TYPES = (
    (b"wordprocessingml.document.main+xml", ".docx"),
    (b"spreadsheetml.sheet.main+xml", ".xlsx"),
    (b"presentationml.presentation.main+xml", ".pptx"),
    (b"ms-word.document.macroEnabled", ".docm"),
    (b"ms-excel.sheet.macroEnabled", ".xlsm"),
    (b"ms-excel.sheet.binary", ".xlsb"),
    (b"ms-powerpoint.presentation.macroEnabled", ".pptm"),
)
_MAIN_PARTS = (("word/document.xml", ".docx"), ("xl/workbook.xml", ".xlsx"), ("ppt/presentation.xml", ".pptx"))
_WITH_MACROS = {".docx": ".docm", ".xlsx": ".xlsm", ".pptx": ".pptm"}
# Streams of the older formats ([MS-CFB] keeps names as UTF-16), and of one that is encrypted.
_OLE_STREAMS = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", ".doc"),
    ("PowerPoint Document", ".ppt"),
    ("Workbook", ".xls"),
    ("Book", ".xls"),
)


@dataclass(frozen=True)
class OfficeKind:
    """A kind of file that LibreOffice draws: what officers call it, and the filters by which it is read and written."""

    words: FileWords
    part_of_libreoffice: str
    import_filter: str
    export_filter: str


OFFICE_KINDS: Mapping[str, OfficeKind] = {
    ".docx": OfficeKind(WORD, "Writer", "MS Word 2007 XML", "writer_pdf_Export"),
    ".xlsx": OfficeKind(
        FileWords("spreadsheet", "Excel", ".xlsx"), "Calc", "Calc MS Excel 2007 XML", "calc_pdf_Export"
    ),
    ".pptx": OfficeKind(
        FileWords("presentation", "PowerPoint", ".pptx"),
        "Impress",
        "Impress MS PowerPoint 2007 XML",
        "impress_pdf_Export",
    ),
}
ALWAYS = (".xlsx", ".pptx")
"""What only LibreOffice draws."""


def kind_of(file: Path) -> str | None:
    """The ending that fits what is in `file`: also those of files with macros (`.docm`) and of older formats (`.doc`).

    An Office file that is locked with a password gives `encrypted`.

    Raises:
        OSError: the file cannot be read.
    """
    with file.open("rb") as stream:
        head = stream.read(_PDF_HEADER_WITHIN)
    picture = next((suffix for signature, suffix in _PICTURES if head.startswith(signature)), None)
    if picture is not None:
        return picture
    if b"%PDF-" in head:
        return ".pdf"
    if head.startswith(_OLE):
        data = file.read_bytes()
        return next((kind for stream_name, kind in _OLE_STREAMS if stream_name.encode("utf-16-le") in data), None)
    try:
        with zipfile.ZipFile(file) as archive:
            return _kind_of_archive(archive)
    except (*DAMAGED_ARCHIVE, OSError):  # the last of a place before the file's beginning
        return None


def _kind_of_archive(archive: zipfile.ZipFile) -> str | None:
    names = set(archive.namelist())
    types = b""
    if "[Content_Types].xml" in names:
        with archive.open("[Content_Types].xml") as stream:
            types = stream.read(_MOST_TYPES)
    kind = next((suffix for mark, suffix in _MAIN_TYPES if mark in types), None)
    if kind is None:
        kind = next((suffix for part, suffix in _MAIN_PARTS if part in names), None)
    if any(name.rpartition("/")[2].lower() == "vbaproject.bin" for name in names):
        return _WITH_MACROS.get(kind or "", kind)
    return kind
