"""Whether an author's file really is a PDF that can go into a pack, and what it is like.

Takes a path; gives `PdfFacts`, or raises what an officer can tell the author. Never changes the file or draws it.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Pdf, String

from packgen.errors import InvalidPackError, Problem
from packgen.merge import contents
from packgen.merge.metadata import read_claims

_MAX_PREAMBLE = 1024
"""Readers look for `%PDF-` in this many bytes (ISO 32000-1, annex H, note 13)."""

_STREAM_NAME = re.compile(r"stream <[^>]*>: ")
"""What pikepdf calls a file that it was given as bytes: an address in memory, different on every run."""

_PRINT_AGAIN = "ask the author for a new PDF, or open it in a PDF reader, print it to a PDF, and use that"


@dataclass(frozen=True, kw_only=True)
class PdfFacts:
    """What a PDF is like.

    `text_pages` is how many of its pages have letters on them; a scan has none. `claims_pdfua` is what the file says
    of itself. `repaired` if something in it was broken and had to be mended, which is worth a look.
    """

    page_count: int
    text_pages: int
    tagged: bool
    claims_pdfua: bool
    repaired: bool
    title: str | None
    language: str | None


def read_attachment(path: Path, name: str) -> PdfFacts:
    """Read a PDF that an author supplied.

    Args:
        path: the file.
        name: how messages call it: the path an officer would open.

    Raises:
        InvalidPackError: it is no PDF, needs a password, is damaged, or holds no pages that could be printed.
        OSError: it cannot be read.
    """
    data = path.read_bytes()
    if b"%PDF-" not in data[:_MAX_PREAMBLE]:
        raise _refused(name, "not-pdf", "is not a PDF, whatever its name says", "save or export it as PDF")
    pdf, repaired = _open(data, name)
    with pdf:
        _refuse_shells(pdf, name)
        text_pages = _count_text_pages(pdf, name)
        repaired = repaired or bool(pdf.get_warnings())
        if repaired and _count_with_pdfium(data) != len(pdf.pages):
            raise _damaged(name, "two programs that read it count different pages")
        marked = pdf.Root.get("/MarkInfo")
        language = pdf.Root.get("/Lang")
        title = pdf.docinfo.get("/Title")
        return PdfFacts(
            page_count=len(pdf.pages),
            text_pages=text_pages,
            tagged="/StructTreeRoot" in pdf.Root
            and isinstance(marked, Dictionary)
            and bool(marked.get("/Marked", False)),
            claims_pdfua=read_claims(pdf).pdfua,
            repaired=repaired,
            title=str(title).strip() or None if isinstance(title, String) else None,
            language=str(language) or None if isinstance(language, String) else None,
        )


def _open(data: bytes, name: str) -> tuple[Pdf, bool]:
    """The open PDF, and whether it had to be repaired."""
    try:
        return pikepdf.open(io.BytesIO(data), attempt_recovery=False, suppress_warnings=True), False
    except pikepdf.PasswordError:
        raise _refused(
            name,
            "password",
            "needs a password to be opened",
            "ask the author for a copy without a password",
        ) from None
    except pikepdf.PdfError:
        pass
    try:
        return pikepdf.open(io.BytesIO(data), suppress_warnings=True), True
    except pikepdf.PdfError as error:
        raise _damaged(name, _STREAM_NAME.sub("", str(error))) from error


def _refuse_shells(pdf: Pdf, name: str) -> None:
    """Refuse files whose pages are only a notice that the real thing is elsewhere."""
    if not len(pdf.pages):
        raise _damaged(name, "there are no pages in it")
    if "/Collection" in pdf.Root:
        raise _refused(
            name,
            "portfolio",
            "is a portfolio: the papers are files inside it, not its pages",
            "take each file out of the portfolio and list it as a document of its own",
        )
    form = pdf.Root.get("/AcroForm")
    if pdf.Root.get("/NeedsRendering", False) and isinstance(form, Dictionary) and "/XFA" in form:
        raise _refused(
            name,
            "dynamic-form",
            "is a form that only Adobe's programs can show",
            "open it in Adobe Reader, print it to a PDF, and use that",
        )


def _count_text_pages(pdf: Pdf, name: str) -> int:
    count = 0
    for index, page in enumerate(pdf.pages):
        try:
            count += contents.has_text(page.obj, contents.read_page(page.obj))
        except pikepdf.PdfError as error:
            raise _damaged(name, f"its page {index + 1} cannot be read") from error
    return count


def _count_with_pdfium(data: bytes) -> int | None:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return None
    try:
        return len(document)
    finally:
        document.close()


def _damaged(name: str, why: str) -> InvalidPackError:
    return _refused(name, "damaged", f"is damaged: {why}", _PRINT_AGAIN)


def _refused(name: str, code: str, message: str, hint: str) -> InvalidPackError:
    return InvalidPackError(Problem(code=f"attachment.{code}", file=name, message=f"this file {message}", hint=hint))
