"""The built-in engine: a filled DOCX becomes a tagged PDF, with no program installed.

Takes a DOCX as bytes; gives PDF/UA-1 and PDF/A-2a as bytes with warnings on what is drawn otherwise than Word would.
The steps are read (`read/`: Word to values), write (`write/`: values to Typst), `compile`, `tags` and `proof`. What
cannot be drawn is refused with its place; nothing is ever left out silently.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib import import_module
from threading import Thread
from typing import TYPE_CHECKING

from msgspec import Struct

from packgen.convert.fonts import FontSet, bundled_fonts
from packgen.errors import ConversionError, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from packgen.convert.proof import Lost

__all__ = ["Drawn", "FontSet", "bundled_fonts", "convert_docx"]


class Drawn(Struct, frozen=True):
    """A drawn document with the words on each of its pages, and what an officer should know of how it was drawn."""

    pdf: bytes
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
        with _libraries_loaded_meanwhile():
            drawn = compiled(draft, document.files, book, created, name)
        # Lists are a matter of tags alone, so that the pages can be read before those are made.
        pages = page_texts(drawn)
        lost = lost_paragraphs(document, pages)
        if not lost:
            from packgen.convert.tags import with_structure

            pdf = with_structure(drawn, draft.marks, draft.endnotes)
            return Drawn(pdf, tuple(pages), (*warnings, *draft.problems))
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


@contextmanager
def _libraries_loaded_meanwhile() -> Iterator[None]:
    """Within this, the compiler draws and does not need Python: what its PDF is read with is loaded beside it."""
    wanted = [name for name in ("pikepdf", "packgen.convert.tags") if name not in sys.modules]
    thread = Thread(target=lambda: [import_module(name) for name in wanted])
    if wanted:
        thread.start()
    try:
        yield
    finally:
        if wanted:
            thread.join()
