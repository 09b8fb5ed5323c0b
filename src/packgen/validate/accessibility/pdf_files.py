"""Authors' PDFs: pages that nobody can hear, and the language they say they are in.

Takes a file and what `merge` found out about it; gives a code, a message and a hint for each warning. Never draws.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from packgen.validate.accessibility.languages import announces, language_name, voice

if TYPE_CHECKING:
    from pikepdf import Object, Pdf

    from packgen.merge import PdfFacts

_SHOWN_PAGES = 8
_DEEPEST_FORM = 3

Finding = tuple[str, str, str]


def check_pdf(file: Path, facts: PdfFacts, document: Mapping[str, Any], language: str, name: str) -> Iterator[Finding]:
    """Look at a PDF.

    Args:
        file: the PDF, which can be read.
        facts: what it is like.
        document: what `pack.json` says of it.
        language: of the pack, such as `en-GB`.
        name: how messages call it.
    """
    if facts.tagged:
        yield from _language(facts, str(document.get("title", "")), language, name)
    if 0 < facts.text_pages < facts.page_count and "alt" not in document:
        pages = _silent_pages(file)
        if pages:
            several = len(pages) > 1
            yield (
                "access.scanned-pages",
                f"{_listed(pages)} of {name} {'have' if several else 'has'} no words, only "
                f"{'pictures' if several else 'a picture'}: nobody can search, copy or hear what is on "
                f"{'them' if several else 'it'}",
                "ask for the pages as they were before they were scanned, or have their words recognised (OCR); "
                'if they show pictures, say in "alt" what is on them',
            )


def _language(facts: PdfFacts, title: str, language: str, name: str) -> Iterator[Finding]:
    meant = language_name(language)
    if not facts.language:
        yield (
            "access.language",
            f"{name} does not say in which language it is; in the pack it is read aloud as {meant}",
            f"if it is in {meant}, the pack is right as it is; if not, ask for a PDF that says so (in Word: set the "
            "proofing language and save as PDF; in Acrobat: File > Properties > Advanced > Language)",
        )
    elif voice(facts.language) != voice(language) and not announces(title, facts.language):
        marked = language_name(facts.language)
        yield (
            "access.language",
            f"{name} says that it is in {marked}, and the pack is in {meant}: screen readers take a {marked} voice",
            f"if it is {meant}, ask for a PDF that says so (in Acrobat: File > Properties > Advanced > Language); "
            f'if it is in {marked}, say so in its title, such as "Summary ({marked})"',
        )


def _silent_pages(file: Path) -> list[int]:
    """The numbers, from 1, of pages with a picture, no text, and no alternative text."""
    import pikepdf

    from packgen.merge.contents import has_text, read_page
    from packgen.merge.opening import open_pdf

    try:
        with open_pdf(file) as pdf:
            silent = {
                page.objgen: number
                for number, page in enumerate((each.obj for each in pdf.pages), 1)
                if _has_picture(page) and not has_text(page, read_page(page))
            }
            described = _described_pages(pdf) if silent else set()
            return [number for page, number in silent.items() if page not in described]
    except pikepdf.PdfError:
        return []


def _has_picture(holder: Object, depth: int = 0) -> bool:
    """Whether a page, or a form that it draws, has a picture among its resources."""
    from pikepdf import Dictionary, Stream

    resources = holder.get("/Resources")
    drawn = resources.get("/XObject") if isinstance(resources, Dictionary) else None
    for each in drawn.as_dict().values() if isinstance(drawn, Dictionary) else ():
        if isinstance(each, Stream):
            kind = each.get("/Subtype")
            if kind == "/Image" or (kind == "/Form" and depth < _DEEPEST_FORM and _has_picture(each, depth + 1)):
                return True
    return False


def _described_pages(pdf: Pdf) -> set[tuple[int, int]]:
    """The pages of figures that have an alternative text."""
    from pikepdf import Dictionary

    found = set()
    for element in pdf.objects:
        if isinstance(element, Dictionary) and element.get("/S") == "/Figure" and str(element.get("/Alt", "")).strip():
            for holder in (element, element.get("/K")):
                page = holder.get("/Pg") if isinstance(holder, Dictionary) else None
                if page is not None:
                    found.add(page.objgen)
    return found


def _listed(pages: list[int]) -> str:
    if len(pages) == 1:
        return f"page {pages[0]}"
    if len(pages) > _SHOWN_PAGES:
        return f"pages {', '.join(map(str, pages[:_SHOWN_PAGES]))} and {len(pages) - _SHOWN_PAGES} more"
    return f"pages {', '.join(map(str, pages[:-1]))} and {pages[-1]}"
