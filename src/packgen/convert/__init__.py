"""The built-in engine: a filled DOCX becomes a tagged PDF, with no program installed.

Takes a DOCX as bytes; gives PDF/UA-1 and PDF/A-2a as bytes with warnings on what is drawn otherwise than Word would.
The steps are read (`read/`: Word to values), write (`write/`: values to Typst), `compile`, `tags` and `proof`. What
cannot be drawn is refused with its place; nothing is ever left out silently.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from packgen.errors import ConversionError, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from packgen.convert.fonts import FontSet, bundled_fonts
    from packgen.convert.proof import Lost
    from packgen.convert.write.source import ListMark

__all__ = ["Drawn", "FontSet", "Untagged", "bundled_fonts", "convert_docx", "draw_docx", "with_tags"]


def __getattr__(name: str) -> Any:
    """Fonts are loaded when they are asked for: who only wants to know what kind a file is does without."""
    if name not in {"FontSet", "bundled_fonts"}:
        raise AttributeError(name)
    from packgen.convert import fonts

    return getattr(fonts, name)


class Drawn(Struct, frozen=True):
    """A drawn document with the words on each of its pages, and what an officer should know of how it was drawn."""

    pdf: bytes
    page_texts: tuple[str, ...]
    warnings: tuple[Problem, ...] = ()


class Untagged(Struct, frozen=True):
    """A document that is drawn, and has yet to be given the tags of its lists and notes.

    `drawn` is the PDF as Typst makes it, `marks` what is known of the paragraphs of lists in it.
    """

    drawn: bytes
    marks: Sequence[ListMark]
    endnotes: int
    page_texts: tuple[str, ...]
    warnings: tuple[Problem, ...] = ()


def convert_docx(
    docx: bytes, *, name: str, fonts: FontSet, language: str, title: str | None = None, created: datetime
) -> Drawn:
    """Draw `docx` as a tagged PDF.

    Args:
        docx: the Word file's bytes.
        name: what problems call the document.
        fonts: the fonts it may be drawn with.
        language: such as `en-GB`, of all text of which the file does not say otherwise. The PDF's own is that of most
            of its text.
        title: of the PDF; without it the document's own title, first heading or name.
        created: the date that goes into the PDF. The same arguments give the same bytes.

    Raises:
        ConversionError: if the file is not a readable Word document, or holds what cannot be drawn without loss.
    """
    return with_tags(draw_docx(docx, name=name, fonts=fonts, language=language, title=title, created=created))


def with_tags(untagged: Untagged) -> Drawn:
    """The last step of `convert_docx`, for which alone it takes pikepdf."""
    from packgen.convert.tags import with_structure

    pdf = with_structure(untagged.drawn, untagged.marks, untagged.endnotes)
    return Drawn(pdf, untagged.page_texts, untagged.warnings)


def draw_docx(
    docx: bytes, *, name: str, fonts: FontSet, language: str, title: str | None = None, created: datetime
) -> Untagged:
    """All steps of `convert_docx` but the last."""
    from packgen.convert.compile import compiled, measured
    from packgen.convert.fonts import font_book
    from packgen.convert.proof import lost_paragraphs, page_texts
    from packgen.convert.read.document import read_document
    from packgen.convert.write.document import DocumentWriter, spoken_title

    document, warnings = read_document(docx, name)
    book = font_book(fonts)
    lost: Sequence[Lost] = ()
    for cautious in (False, True):
        writer = DocumentWriter(
            document, name, book, language=language, title=title or spoken_title(document, name), cautious=cautious
        )
        draft = writer.draft(measured(book, document.files))
        errors = [problem for problem in draft.problems if problem.severity == "error"]
        if errors:
            raise ConversionError(errors)
        drawn = compiled(draft, document.files, book, created, name)
        # Lists are a matter of tags alone, so that the pages can be read before those are made.
        pages = page_texts(drawn)
        lost = lost_paragraphs(document, pages)
        if not lost:
            return Untagged(drawn, tuple(draft.marks), draft.endnotes, tuple(pages), (*warnings, *draft.problems))
    raise ConversionError(
        [
            Problem(
                code="convert.text-lost",
                file=name,
                pointer=each.paragraph.pointer,
                message=f'Not all of this text can be drawn inside the page ("{each.words[:40]}" is missing).',
                hint="It may stand in a table or box that is larger than the page. "
                "Let rows break across pages, or make it smaller.",
            )
            for each in lost[:20]
        ]
    )
