"""Looks through one file of an author."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from packgen.convert.office.kinds import OFFICE_KINDS
from packgen.convert.read.package import DocxPackage, open_package
from packgen.errors import ConversionError, Problem
from packgen.hygiene.any_office_file import find_in_any
from packgen.hygiene.found import KINDS, Found
from packgen.hygiene.slides import find_in_slides
from packgen.hygiene.word_text import find_in_word
from packgen.hygiene.workbooks import find_in_workbook
from packgen.workspace import shown_path

_FINDERS: dict[str, Callable[[DocxPackage], Iterator[Found]]] = {
    ".docx": find_in_word,
    ".xlsx": find_in_workbook,
    ".pptx": find_in_slides,
}


def check_hygiene(file: Path, acknowledged: Collection[str] = ()) -> Iterator[Problem]:
    """An error for everything in an Office file that is not seen, less the kinds that are `acknowledged`.

    A file that cannot be read gives none: what is wrong with it is told elsewhere.
    """
    find = _FINDERS.get(file.suffix.lower())
    if find is None:
        return
    try:
        package = open_package(file.read_bytes(), shown_path(file), OFFICE_KINDS[file.suffix.lower()].words)
        found = list(dict.fromkeys([*find(package), *find_in_any(package)]))
    except ConversionError:
        return
    for each in found:
        if each.kind not in acknowledged:
            kind = KINDS[each.kind]
            yield Problem(
                code=f"hygiene.{each.kind}",
                file=shown_path(file),
                pointer=each.place or None,
                message=f"{kind.message}; it may be published unseen, or give away more than its author meant",
                hint=f'{kind.hint}; or, if it does no harm, write beside "file" in pack.json: '
                f'"acknowledged": {{"{each.kind}": "why it does no harm"}}',
            )
