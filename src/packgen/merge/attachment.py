"""Whether an author's file really is a PDF that can go into a pack, and what it is like.

Takes a path; gives `PdfFacts`, or raises what an officer can tell the author. Never changes the file or draws it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Dictionary, Pdf, String

from packgen.errors import InvalidPackError, Problem
from packgen.merge import contents
from packgen.merge.annotations import DRAWN_BY_READERS, undrawn_marks
from packgen.merge.bounds import TooMuch, check_bounds, check_packed
from packgen.merge.frames import box_of
from packgen.merge.opening import open_pdf, reason_of
from packgen.merge.source import frame_of

if TYPE_CHECKING:
    import pypdfium2

_MAX_PREAMBLE = 1024
"""Readers look for `%PDF-` in this many bytes (ISO 32000-1, annex H, note 13)."""

_LEAST_SIDE = 36.0
"""Points; a page number cannot be read on less."""
_SHOWN_PAGES = 8

_PRINT_AGAIN = "ask the author for a new PDF, or open it in a PDF reader, print it to a PDF, and use that"


@dataclass(frozen=True, kw_only=True)
class PdfFacts:
    """What a PDF is like.

    `text_pages` is how many of its pages have letters on them; a scan has none. `repaired` if something in it was
    broken and had to be mended, which is worth a look.
    """

    page_count: int
    text_pages: int
    tagged: bool
    repaired: bool
    title: str | None
    language: str | None


def count_pages(path: Path, name: str, most_pages: int) -> int:
    """How many pages a PDF has that can be read at all, which is looked at before anything else is done with it.

    Args:
        path: the file.
        name: how messages call it.
        most_pages: of longer ones, nothing more is looked at.

    Returns:
        0 for one of which that cannot be told; whoever reads it next says what is wrong with it.

    Raises:
        InvalidPackError: it would take more time or memory than any paper does.
        OSError: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            check_packed(file)
        with open_pdf(path) as pdf:
            check_bounds(pdf, most_pages)
            return len(pdf.pages)
    except TooMuch as found:
        raise _refused(name, "too-much", str(found), _PRINT_AGAIN) from None
    except pikepdf.PikepdfError:
        return 0


def read_attachment(path: Path, name: str) -> PdfFacts:
    """Read a PDF that an author supplied.

    Args:
        path: the file.
        name: how messages call it: the path an officer would open.

    Raises:
        InvalidPackError: it is no PDF, needs a password, is damaged, or holds no pages that could be printed.
        OSError: it cannot be read.
    """
    with path.open("rb") as opened:
        beginning = opened.read(_MAX_PREAMBLE)
    if b"%PDF-" not in beginning:
        raise _refused(name, "not-pdf", "is not a PDF, whatever its name says", "save or export it as PDF")
    pdf, repaired = _open(path, name)
    try:
        with pdf:
            return _facts_of(pdf, path, name, repaired=repaired)
    except pikepdf.PikepdfError as error:
        raise _damaged(name, reason_of(error)) from error


def _facts_of(pdf: Pdf, path: Path, name: str, *, repaired: bool) -> PdfFacts:
    _refuse_shells(pdf, name)
    _refuse_sizes(pdf, name)
    _refuse_undrawn(pdf, name)
    text_pages = _count_text_pages(pdf, name)
    repaired = repaired or bool(pdf.get_warnings())
    _compare_readings(pdf, path, name, words_too=repaired)
    marked = pdf.Root.get("/MarkInfo")
    language = pdf.Root.get("/Lang")
    title = pdf.docinfo.get("/Title")
    return PdfFacts(
        page_count=len(pdf.pages),
        text_pages=text_pages,
        tagged="/StructTreeRoot" in pdf.Root and isinstance(marked, Dictionary) and bool(marked.get("/Marked", False)),
        repaired=repaired,
        title=str(title).strip() or None if isinstance(title, String) else None,
        language=str(language) or None if isinstance(language, String) else None,
    )


def _open(path: Path, name: str) -> tuple[Pdf, bool]:
    """The open PDF, and whether it had to be repaired."""
    try:
        return open_pdf(path, repair=False), False
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
        return open_pdf(path), True
    except pikepdf.PdfError as error:
        raise _damaged(name, reason_of(error)) from error


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


def _refuse_sizes(pdf: Pdf, name: str) -> None:
    """Refuse pages that have no room for a page number."""
    for index, page in enumerate(pdf.pages):
        if box_of(page.obj.get("/MediaBox")) is None:
            raise _damaged(name, f"its page {index + 1} has no size")
        frame = frame_of(page.obj)
        if min(frame.width, frame.height) < _LEAST_SIDE:
            size = " by ".join(f"{length / 72 * 25.4:.0f}" for length in (frame.width, frame.height))
            raise _refused(
                name,
                "page-too-small",
                f"has a page of {size} mm (page {index + 1}), too small to print a page number on",
                "leave that page out, or put what is on it on a larger one",
            )


def _refuse_undrawn(pdf: Pdf, name: str) -> None:
    """Refuse what readers show though it is not drawn in the file, since it would be lost, and live redactions."""
    found: dict[str, list[int]] = {}
    for kind, page_index in undrawn_marks(pdf):
        found.setdefault(kind, []).append(page_index)
    if "/Redact" in found:
        raise _refused(
            name,
            "redaction",
            f"has a redaction that was not carried out ({_pages(found['/Redact'])}): a black box has been put over "
            "text, but the text is still there",
            "ask the author to apply the redactions and send the file again; do not publish this one",
        )
    if "/Widget" in found:
        raise _refused(
            name,
            "form-values",
            f"is a form whose values are not drawn in the file ({_pages(found['/Widget'])})",
            "open it in a PDF reader, print it to a new PDF, and use that",
        )
    for kind, indexes in found.items():
        raise _refused(
            name,
            "mark-not-drawn",
            f"has {DRAWN_BY_READERS[kind]} that is not drawn in the file itself ({_pages(indexes)}), "
            "so that only some programs show it",
            "open it in a PDF reader, print it to a new PDF, and use that; or ask for a copy without comments",
        )


def _pages(indexes: list[int]) -> str:
    numbers = sorted({index + 1 for index in indexes})
    listed = ", ".join(str(number) for number in numbers[:_SHOWN_PAGES])
    return f"page{'s' * (len(numbers) > 1)} {listed}{' and others' * (len(numbers) > _SHOWN_PAGES)}"


def _count_text_pages(pdf: Pdf, name: str) -> int:
    count = 0
    for index, page in enumerate(pdf.pages):
        try:
            content = contents.read_page(page.obj)
            whole = contents.ends_whole(content)
        except pikepdf.PdfError as error:
            raise _damaged(name, f"its page {index + 1} cannot be read") from error
        if not whole:
            raise _damaged(name, f"the drawing of its page {index + 1} breaks off")
        count += contents.has_text(page.obj, content)
    return count


def _compare_readings(pdf: Pdf, path: Path, name: str, *, words_too: bool) -> None:
    """Refuse a file that two libraries read differently: which pages it has and, `words_too`, what is on them."""
    theirs = _read_with_pdfium(path, words_too=words_too)
    if theirs is None or len(theirs) != len(pdf.pages):
        raise _damaged(name, "two programs that read it count different pages")
    if words_too:
        ours = _read_with_pdfium(contents.saved(pdf), words_too=True) or []
        for index, (one, other) in enumerate(zip(theirs, ours, strict=False)):
            if one is None or one != other:
                raise _damaged(name, f"two programs that read it find different words on its page {index + 1}")


def _read_with_pdfium(data: bytes | Path, *, words_too: bool) -> list[Mapping[str, int] | None] | None:
    """For each page how often each word stands on it, if that is asked for; None if pdfium cannot open it."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return None
    try:
        return [_words_of(document, index) if words_too else {} for index in range(len(document))]
    finally:
        document.close()


def _words_of(document: pypdfium2.PdfDocument, index: int) -> Mapping[str, int] | None:
    """How often each word stands on a page; None if pdfium cannot show it."""
    import pypdfium2

    try:
        return Counter(document[index].get_textpage().get_text_range().split())
    except pypdfium2.PdfiumError:
        return None


def _damaged(name: str, why: str) -> InvalidPackError:
    return _refused(name, "damaged", f"is damaged: {why}", _PRINT_AGAIN)


def _refused(name: str, code: str, message: str, hint: str) -> InvalidPackError:
    return InvalidPackError(Problem(code=f"attachment.{code}", file=name, message=f"this file {message}", hint=hint))
