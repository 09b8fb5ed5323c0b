"""Looks through one Office file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from packgen.convert.office.kinds import OFFICE_KINDS
from packgen.convert.read.package import DocxPackage, open_package
from packgen.errors import ConversionError
from packgen.hygiene.any_office_file import find_in_any
from packgen.hygiene.found import Found
from packgen.hygiene.slides import find_in_slides
from packgen.hygiene.word_text import find_in_word
from packgen.hygiene.workbooks import find_in_workbook
from packgen.workspace import shown_path

_FINDERS: dict[str, Callable[[DocxPackage], Iterator[Found]]] = {
    ".docx": find_in_word,
    ".xlsx": find_in_workbook,
    ".pptx": find_in_slides,
}


def found_in_office(file: Path) -> Sequence[Found]:
    """Everything in a document, workbook or presentation that is not seen; nothing if it cannot be opened."""
    suffix = file.suffix.lower()
    try:
        package = open_package(file.read_bytes(), shown_path(file), OFFICE_KINDS[suffix].words)
    except ConversionError:
        return ()
    found: list[Found] = []
    for find in (_FINDERS[suffix], find_in_any):
        try:
            found.extend(find(package))
        except Exception:  # whatever it is: nobody can tell what stands in a file that cannot be looked through
            found.append(Found("unreadable-parts", ""))
    return found
