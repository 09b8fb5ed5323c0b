"""Looks through one file of an author."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
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
_SHOWN = 5


def check_hygiene(file: Path, acknowledged: Collection[str] = ()) -> Iterator[Problem]:
    """An error for everything in an Office file or PDF that is not seen, less the kinds that are `acknowledged`.

    A file that cannot be opened gives none: what is wrong with it is told elsewhere.
    """
    for each in dict.fromkeys(_found_in(file)):
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


def _found_in(file: Path) -> Sequence[Found]:
    suffix = file.suffix.lower()
    if suffix == ".pdf":
        return _found_in_pdf(file.read_bytes())
    if suffix not in _FINDERS:
        return ()
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


def _found_in_pdf(data: bytes) -> Sequence[Found]:
    from pikepdf import PikepdfError
    from pypdfium2 import PdfiumError

    from packgen.hygiene.covered_words import look_at_pages
    from packgen.hygiene.pdf_parts import pages_with_more
    from packgen.merge.opening import open_pdf

    try:
        with open_pdf(data) as pdf:
            found = dict(pages_with_more(pdf))
    except PikepdfError:
        return ()
    try:
        seen = look_at_pages(data)
    except PdfiumError:
        return ()
    found |= {"covered-words": seen.covered, "outside-the-page": seen.outside, "unreadable-parts": seen.unreadable}
    return [Found(kind, _listed(pages)) for kind, pages in found.items() if pages]


def _listed(indexes: Sequence[int]) -> str:
    pages = [str(index + 1) for index in indexes]
    more = f" and {len(pages) - _SHOWN} more" if len(pages) > _SHOWN else ""
    return f"page{'s' if len(pages) > 1 else ''} {', '.join(pages[:_SHOWN])}{more}"
