"""The PDF that LibreOffice wrote, made the same for the same document, and honest about its tags.

Takes its bytes; gives them without dates, identifiers and claims of LibreOffice's own. It claims to be accessible
(PDF/UA-1) only if tags hold all of its text and every picture and equation has words; a PDF with text outside its tags
is given as untagged, since half a structure would tell a screen reader less than none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from packgen.convert.office.marking import mark_decoration
from packgen.convert.office.prepared import Described
from packgen.convert.office.sheet_match import SheetTable
from packgen.convert.office.sheet_tags import tag_tables

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
</rdf:Description>{claim}</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>
"""
_CLAIM = (
    '<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part>'
    "</rdf:Description>"
)
_HEADINGS = {"/H": "/H1", "/Title": "/H1"}


@dataclass(frozen=True)
class Finished:
    """The PDF, whether tags hold all of its text, how many of its pictures and equations have no words."""

    pdf: bytes
    tagged: bool
    undescribed: int
    formulas: int


def finish(
    pdf: bytes,
    *,
    title: str,
    language: str,
    formulas: Sequence[str] = (),
    pictures: Sequence[Sequence[Described]] = (),
    tables: Sequence[SheetTable] = (),
) -> Finished:
    """`pdf` as it goes into a pack.

    `formulas` is what its equations say, in order; `pictures` what is said of those of each page, or of
    the whole document, if that is known; `tables` the sheets of a spreadsheet, which has no tags of its own.

    Raises:
        pikepdf.PdfError: it is broken.
    """
    with pikepdf.open(BytesIO(pdf)) as document:
        tag_tables(document, pdf, tables)
        whole = [mark_decoration(document, page.obj) for page in document.pages]
        elements = list(_elements(document.Root.get("/StructTreeRoot")))
        tagged = all(whole) and bool(elements)
        found = _describe_formulas(elements, formulas)
        if tagged:
            _describe_pictures(document, elements, pictures)
        undescribed = sum(_is_silent(element) for element in elements)
        if tagged:
            for element in elements:
                _settle_heading(element)
                _gather_items(document, element)
        else:
            for key in ("/StructTreeRoot", "/MarkInfo"):
                if key in document.Root:
                    del document.Root[key]
        claim = _CLAIM if tagged and not undescribed else ""
        _describe(document, title, language, claim)
        target = BytesIO()
        document.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return Finished(target.getvalue(), tagged, undescribed, found)


def sheet_pages(pdf: bytes) -> tuple[list[tuple[str, int]], int]:
    """The bookmarks at the top of a PDF, title and page from 0, and how many pages there are."""
    with pikepdf.open(BytesIO(pdf)) as document:
        places = {page.obj.objgen: index for index, page in enumerate(document.pages)}
        with document.open_outline() as outline:
            entries = [entry for entry in outline.root if isinstance(entry.destination, Array)]
            pages: list[Any] = [entry.destination for entry in entries]
            titled = zip(entries, pages, strict=True)
            return [(entry.title, places[page[0].objgen]) for entry, page in titled], len(places)


def _elements(root: Object | None) -> Iterator[Object]:
    """Every element of a structure tree, in reading order."""
    waiting = [root] if isinstance(root, Dictionary) else []
    while waiting:
        element = waiting.pop()
        if "/S" in element:
            yield element
        kids = element.get("/K")
        children = list(kids.as_list()) if isinstance(kids, Array) else [kids]
        waiting += [kid for kid in reversed(children) if isinstance(kid, Dictionary) and ("/S" in kid or "/K" in kid)]


def _describe_formulas(elements: Sequence[Object], formulas: Sequence[str]) -> int:
    """Lets each equation be read aloud as it was typed, if they are told apart beyond doubt; how many there are."""
    found = [element for element in elements if Name.Formula == element.S]
    if len(found) == len(formulas):
        for element, words in zip(found, formulas, strict=True):
            if words.strip():
                element.Alt = String(words)
    return len(found)


def _describe_pictures(document: Pdf, elements: Sequence[Object], pictures: Sequence[Sequence[Described]]) -> None:
    """Gives pictures the words that LibreOffice lost, where each can be told from the others by its place."""
    places = {page.obj.objgen: index for index, page in enumerate(document.pages)}
    found: dict[int, list[Object]] = {}
    for element in elements:
        if Name.Figure == element.S:
            page = places.get(_page_of(element), -1) if len(pictures) > 1 else 0
            found.setdefault(page, []).append(element)
    for index, said in enumerate(pictures):
        figures = found.get(index, [])
        left = list(said)
        for figure in figures:
            spoken = str(figure.get("/Alt", ""))
            known = next((each for each in left if spoken and each.words == spoken), None)
            if known is not None:
                left.remove(known)
        silent = [figure for figure in figures if _is_silent(figure)]
        # Words on the wrong picture would be worse than none.
        if len(silent) == len(left) and all(each.in_order for each in left):
            for figure, each in zip(silent, left, strict=True):
                if each.words is None:
                    figure.S = Name.NonStruct
                elif each.words:
                    figure.Alt = String(each.words)


def _page_of(element: Object) -> tuple[int, int]:
    """The page on which the first content of an element stands."""
    waiting = [element]
    while waiting:
        each = waiting.pop(0)
        if "/Pg" in each:
            return each.Pg.objgen
        kids = each.get("/K")
        children = kids.as_list() if isinstance(kids, Array) else [kids]
        waiting += [kid for kid in children if isinstance(kid, Dictionary)]
    return (0, 0)


def _is_silent(element: Object) -> bool:
    if element.S not in (Name.Figure, Name.Formula):
        return False
    return not any(str(element.get(key, "")).strip() for key in ("/Alt", "/ActualText"))


def _settle_heading(element: Object) -> None:
    """Slides' titles are headings of the first level; the numbered kind goes together with those of other documents."""
    if str(element.S) not in _HEADINGS:
        return
    element.S = Name(_HEADINGS[str(element.S)])
    kids = element.get("/K")
    for kid in kids.as_list() if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and kid.get("/S") == Name.P:
            kid.S = Name.Span


def _gather_items(document: Pdf, element: Object) -> None:
    """Puts items of a list that stand outside of one into a list (ISO 32000-1, 14.8.4.3.3)."""
    kids = element.get("/K")
    children: list[Any] = list(kids.as_list()) if isinstance(kids, Array) else [kids]
    if Name.L == element.S or not any(_is_item(kid) for kid in children):
        return
    gathered = Array()
    made = None
    for kid in children:
        if not _is_item(kid):
            made = None
            gathered.append(kid)
            continue
        if made is None:
            made = document.make_indirect(Dictionary(Type=Name.StructElem, S=Name.L, P=element, K=Array()))
            gathered.append(made)
        kid.P = made
        made.K.append(kid)
    element.K = gathered


def _is_item(kid: object) -> bool:
    return isinstance(kid, Dictionary) and kid.get("/S") == "/LI"


def _describe(document: Pdf, title: str, language: str, claim: str) -> None:
    root = document.Root
    for key in ("/OpenAction", "/AA", "/ViewerPreferences"):
        if key in root:
            del root[key]
    for key in ("/Info", "/DocChecksum", "/ID"):
        if key in document.trailer:
            del document.trailer[key]
    root.Lang = String(language)
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    metadata = document.make_stream(_XMP.format(title=escape(title), claim=claim).encode("utf-8"))
    metadata.Type, metadata.Subtype = Name.Metadata, Name.XML
    root.Metadata = metadata
