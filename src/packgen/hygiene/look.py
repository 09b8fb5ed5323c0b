"""Looks through one file of an author."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from packgen.errors import Problem
from packgen.hygiene.covered_words import look_at_pages
from packgen.hygiene.found import KINDS, Found
from packgen.workspace import shown_path

_OFFICE = frozenset({".docx", ".xlsx", ".pptx"})
_SHOWN = 5


def check_hygiene(file: Path, acknowledged: Collection[str] = ()) -> Iterator[Problem]:
    """An error for everything in an Office file or PDF that is not seen, less the kinds that are `acknowledged`.

    A warning for what is acknowledged and not there. A file that cannot be opened gives none: what is wrong with it is
    told elsewhere.
    """
    found = dict.fromkeys(_found_in(file))
    for each in found:
        if each.kind not in acknowledged:
            yield refusal(file, each)
    known_later = {"covered-words"} if file.suffix.lower() in _OFFICE else set()
    for kind in acknowledged:
        if kind in KINDS and kind not in known_later and all(each.kind != kind for each in found):
            yield Problem(
                code="hygiene.not-there",
                file=shown_path(file),
                message=f'pack.json acknowledges "{kind}", and there is nothing of that kind in it',
                hint='take that out of "acknowledged", so that it is found if it comes back',
                severity="warning",
            )


def check_drawn(file: Path, drawn: bytes) -> Iterator[Problem]:
    """An error for an Office file if there are words in its drawing, a PDF, that nobody sees."""
    covered = look_at_pages(drawn).covered
    if covered:
        yield refusal(file, Found("covered-words", _listed(covered)))


def refusal(file: Path, found: Found) -> Problem:
    """An error for what was found in a file."""
    kind = KINDS[found.kind]
    return Problem(
        code=f"hygiene.{found.kind}",
        file=shown_path(file),
        pointer=found.place or None,
        message=f"{kind.message}; it may be published unseen, or give away more than its author meant",
        hint=f'{kind.hint}; or, if it does no harm, write beside "file" in pack.json: '
        f'"acknowledged": {{"{found.kind}": "why it does no harm"}}',
    )


def _found_in(file: Path) -> Sequence[Found]:
    suffix = file.suffix.lower()
    if suffix == ".pdf":
        return _found_in_pdf(file)
    if suffix not in _OFFICE:
        return ()
    from packgen.hygiene.office_files import found_in_office

    return found_in_office(file)


def _found_in_pdf(file: Path) -> Sequence[Found]:
    from pikepdf import PikepdfError
    from pypdfium2 import PdfiumError

    from packgen.hygiene.pdf_parts import pages_with_more
    from packgen.merge.contents import may_have_words, read_page
    from packgen.merge.opening import open_pdf

    try:
        with open_pdf(file) as pdf:
            found = dict(pages_with_more(pdf))
            without_words = {
                index for index, page in enumerate(pdf.pages) if not may_have_words(page.obj, read_page(page.obj))
            }
    except PikepdfError:
        return ()
    try:
        seen = look_at_pages(file, without_words)
    except PdfiumError:
        return ()
    found |= {"covered-words": seen.covered, "outside-the-page": seen.outside, "unreadable-parts": seen.unreadable}
    return [Found(kind, _listed(pages)) for kind, pages in found.items() if pages]


def _listed(indexes: Sequence[int]) -> str:
    pages = [str(index + 1) for index in indexes]
    more = f" and {len(pages) - _SHOWN} more" if len(pages) > _SHOWN else ""
    return f"page{'s' if len(pages) > 1 else ''} {', '.join(pages[:_SHOWN])}{more}"
