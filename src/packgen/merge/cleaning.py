"""What an author's PDF may bring into a pack, and what stays behind.

Takes an open PDF and changes it in memory: only the keys named here stay on pages and annotations; nothing that
acts, hides or travels along is left. Gives what was removed in words for the officer. Never touches what a page
shows: form fields and comments that are drawn on the page keep their looks and lose the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pikepdf
from msgspec import Struct, field
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from packgen.elements import ObjectId
from packgen.merge.annotations import (
    DRAWN,
    DRAWN_BY_READERS,
    annotations_of,
    appearance_of,
    is_hidden,
    kind_of,
    place_of,
)
from packgen.merge.contents import page_streams
from packgen.merge.destinations import Destinations
from packgen.merge.entries import keep_only, take_out
from packgen.merge.layers import Layers
from packgen.merge.pictures import take_out_inline_notes, take_out_notes
from packgen.merge.values import PartLink

_PAGE_KEYS = frozenset({
    "/Type", "/Parent", "/Resources", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Contents",
    "/Rotate", "/Group", "/Annots", "/StructParents", "/UserUnit",
})  # fmt: skip
_PAGE_TYPES = frozenset(("/Page", "/Pages"))
_LINK_KEYS = frozenset({
    "/Type", "/Subtype", "/Rect", "/Border", "/BS", "/C", "/H", "/F", "/QuadPoints", "/StructParent", "/Contents",
})  # fmt: skip
_DRAWN_KEYS = frozenset({"/Type", "/Subtype", "/Rect", "/F", "/AP", "/StructParent"})
_HIDDEN_KEYS = frozenset({
    "/AA", "/AF", "/Alternates", "/EF", "/JS", "/LastModified", "/Metadata", "/OPI", "/PieceInfo", "/Thumb",
})  # fmt: skip
"""Never needed to show a page, wherever they stand as keys."""
_LINKS_BACK = frozenset({"/Parent", "/P", "/Dest"})
_RESOURCES = frozenset({"/XObject", "/Font", "/ExtGState", "/Properties", "/ColorSpace", "/Pattern", "/Shading"})
_NAMED_BY_AUTHORS = frozenset({"/CharProcs", "/Colorants"})
"""Dictionaries whose keys are names that their author chose, and mean nothing."""

_NAMES = {
    "": "an annotation without a kind", "/Text": "a comment", "/Popup": "a comment's window",
    "/FileAttachment": "an attached file",
    "/Sound": "a sound", "/Movie": "a film", "/Screen": "a film or sound", "/RichMedia": "interactive media",
    "/3D": "a 3D model", "/Projection": "a 3D comment", "/PrinterMark": "a printer's mark", "/TrapNet": "print traps",
    "/Watermark": "a watermark without a drawing", "/Widget": "a form field that shows nothing",
}  # fmt: skip
_ACTIONS = {
    "/JavaScript": "a script", "/Launch": "a link that starts a program", "/SubmitForm": "a button that sends a form",
    "/ImportData": "a button that loads data", "/ResetForm": "a button that empties a form",
    "/GoToR": "a link into another file", "/GoToE": "a link into an attached file",
    "/Hide": "a button that hides things", "/Named": "a button of the viewer",
    "/SetOCGState": "a button that shows layers", "/Rendition": "a button that plays something",
    "/GoTo3DView": "a button of a 3D model", "/Sound": "a button that plays something",
    "/Movie": "a button that plays something",
}  # fmt: skip
_PRINTED = 4
"""The flag that PDF/A wants links to have (ISO 19005-2, 6.3.2); they have nothing to print."""
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_PACK_SCHEME = "packgen"


class Cleaned(Struct):
    """What cleaning found: the links of each page that lead into the pack, and what was removed."""

    links: list[tuple[PartLink, ...]] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)


def clean(pdf: Pdf, destinations: Destinations, *, authored: bool) -> Cleaned:
    """Clean `pdf`. What stands in the catalog is not looked at here but to tell of it; it is never copied.

    `authored` PDFs are not packgen's own drawings: their links cannot name an item of the pack. Of our own, only links
    are looked at, and nothing is taken out.
    """
    if not authored:
        return Cleaned(list(own_links(pdf, destinations)))
    cleaned = Cleaned(removed=list(_document_removals(pdf)))
    layers = Layers(pdf.Root.get("/OCProperties"))
    stripped: set[ObjectId] = {page.obj.objgen for page in pdf.pages}
    annotated: set[ObjectId] = set()
    for index, page in enumerate(pdf.pages):
        if "/AA" in page.obj:
            cleaned.removed.append(f"a script that runs when page {index + 1} is opened")
        keep_only(page.obj, _PAGE_KEYS)
        _own_annotations(pdf, page.obj, annotated)
        judge = _Judge(destinations, layers)
        cleaned.links.append(_clean_annotations(page.obj, judge))
        cleaned.removed += [f"{reason} on page {index + 1}" for reason in judge.removed]
        noted = sum(map(take_out_inline_notes, page_streams(page.obj)))
        noted += strip_hidden(page.obj.get("/Resources"), stripped, resources=True)
        strip_hidden(page.obj.get("/Group"), stripped)
        noted += strip_hidden(page.obj.get("/Annots"), stripped)
        if noted:
            cleaned.removed.append(f"what a camera noted in a picture, such as place and time, on page {index + 1}")
    return cleaned


def own_links(pdf: Pdf, destinations: Destinations) -> Iterator[tuple[PartLink, ...]]:
    """The links of each page of packgen's own that lead into the pack."""
    for page in pdf.pages:
        yield tuple(_own_links(page.obj, destinations))


def _own_links(page: Object, destinations: Destinations) -> Iterator[PartLink]:
    """The links of a page of packgen's own that lead into the pack."""
    for index, annotation in enumerate(page.get("/Annots", Array()).as_list()):
        destination = destinations.of_holder(annotation)
        if destination is not None:
            yield PartLink(index, destination=destination)
            continue
        address = _address(annotation.A)
        if _scheme(address) == _PACK_SCHEME:
            yield PartLink(index, target=address)


def _own_annotations(pdf: Pdf, page: Object, seen: set[ObjectId]) -> None:
    """Give a page annotations of its own, each an object: some files share them among pages, or name one twice."""
    if "/Annots" not in page:
        return
    own = []
    for annotation in annotations_of(page):
        shared = annotation.is_indirect and annotation.objgen in seen
        mine = pdf.make_indirect(annotation.copy()) if shared or not annotation.is_indirect else annotation
        seen.add(mine.objgen)
        own.append(mine)
    page.Annots = Array(own)


def strip_hidden(thing: object, seen: set[ObjectId], *, resources: bool = False) -> int:
    """Take the hidden keys and all that acts out of a thing and everything below it, and what cameras noted.

    Gives of how many pictures such notes were taken.

    In `resources` (ISO 32000-1, 7.8.3), keys of the dictionaries below are names; an image may well be called `/AA`.
    `seen` are the objects already done.
    """
    things: list[tuple[object, int]] = [(thing, 2 if resources else 0)]
    noted = 0
    while things:
        thing, level = things.pop()
        if isinstance(thing, Array):
            things += [(each, 0) for each in thing.as_list() if isinstance(each, Object)]
        if not isinstance(thing, Dictionary | Stream):
            continue
        if thing.is_indirect:
            if thing.objgen in seen:
                continue
            seen.add(thing.objgen)
        if _acts(thing):
            _empty(thing)
            continue
        if str(thing.get("/Type", "")) in _PAGE_TYPES:
            del thing.Type  # what calls itself a page is not copied into a pack with what holds it
        noted += take_out_notes(thing)
        for key, value in list(thing.items()):
            if key in _HIDDEN_KEYS and level != 1:
                take_out(thing, [key])
            elif (key not in _LINKS_BACK or level == 1) and isinstance(value, Object):
                things.append((value, _level_below(key, level)))
    return noted


def _level_below(key: str, level: int) -> int:
    """What an entry holds: 2 for resources, 1 for things by names of the author's, 0 for anything else."""
    if level == 2 and key in _RESOURCES:
        return 1
    if level == 1:
        return 0
    return 2 if key == "/Resources" else int(key in _NAMED_BY_AUTHORS)


def _acts(thing: Object) -> bool:
    """Whether it is an action or an attached file, which have no business among what draws a page."""
    if isinstance(thing, Stream):
        return thing.get("/Type") == "/EmbeddedFile"
    return thing.get("/Type") == "/Filespec" or ("/S" in thing and str(thing.get("/S")) in _ACTIONS)


def _empty(thing: Object) -> None:
    if isinstance(thing, Stream):
        thing.write(b"")
    keep_only(thing, frozenset(("/Length",)))


def _document_removals(pdf: Pdf) -> Iterator[str]:
    """What acts or hides in the document as a whole."""
    names = pdf.Root.get("/Names")
    names = names if isinstance(names, Dictionary) else Dictionary()
    if "/JavaScript" in names:
        yield "a script of the document"
    if isinstance(pdf.Root.get("/OpenAction"), Dictionary):
        yield "an action that runs when the document is opened"
    if "/AA" in pdf.Root:
        yield "scripts that run when the document is closed, saved or printed"
    if "/EmbeddedFiles" in names:
        yield from (f"an attached file: {name}" for name in _attached(pdf))
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, Dictionary):
        if "/XFA" in form:
            yield "an XFA form"
        fields = form.get("/Fields")
        if isinstance(fields, Array) and len(fields):
            yield "what lies behind form fields (what they show was kept)"


def _attached(pdf: Pdf) -> list[str]:
    try:
        return sorted(pdf.attachments)
    except (pikepdf.PdfError, AttributeError, RuntimeError, TypeError, ValueError):
        return ["without a name"]


def _clean_annotations(page: Object, judge: _Judge) -> tuple[PartLink, ...]:
    """Clean one page's annotations; gives those links that lead into the pack."""
    if "/Annots" not in page:
        return ()
    annotations = annotations_of(page)
    kept = [annotation for annotation in annotations if judge.keeps(annotation)]
    if kept:
        page.Annots = Array(kept)
    else:
        del page.Annots
    return tuple(judge.links)


class _Judge(Struct):
    """Judges the annotations of one page in their order: `links` lead into the pack, `removed` says what must go."""

    destinations: Destinations
    layers: Layers
    kept: int = 0
    links: list[PartLink] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)

    def keeps(self, annotation: Object) -> bool:
        """Strip an annotation to what may stay; False if nothing may."""
        reason = self._link(annotation) if kind_of(annotation) == "/Link" else self._mark(annotation)
        if reason is None:
            self.kept += 1
            return True
        self.removed.append(reason)
        _empty(annotation)
        return False

    def _mark(self, annotation: Object) -> str | None:
        """Why a field or comment must go, or None."""
        kind = kind_of(annotation)
        if kind not in DRAWN:
            return _NAMES.get(kind, f"an annotation of the kind {kind[1:]}")
        if is_hidden(annotation, self.layers):
            return "a hidden form field" if kind == "/Widget" else "a hidden comment"
        appearance = appearance_of(annotation)
        if appearance is None:
            return _NAMES.get(kind) or f"{DRAWN_BY_READERS[kind]} without a drawing"
        if place_of(annotation) is None:
            return "a comment without a place"
        keep_only(annotation, _DRAWN_KEYS)
        annotation.AP = Dictionary(N=appearance)
        return None

    def _link(self, annotation: Object) -> str | None:
        """Why a link must go, or None."""
        action = annotation.get("/A")
        kind = str(action.get("/S", "")) if isinstance(action, Dictionary) else ""
        address = _address(action) if isinstance(action, Dictionary) and kind == "/URI" else ""
        destination = self.destinations.of_holder(annotation)
        if is_hidden(annotation, self.layers):
            return "a hidden link"
        if place_of(annotation) is None:
            return "a link without a place"
        keep_only(annotation, _LINK_KEYS)
        annotation.F = _PRINTED
        scheme = _scheme(address)
        if destination:
            self.links.append(PartLink(self.kept, destination=destination))
        elif not address:
            return _ACTIONS.get(kind, "a link that leads nowhere")
        elif scheme not in _SCHEMES:
            return f"a link to {address}"
        else:
            annotation.A = Dictionary(S=Name.URI, URI=String(address))
        return None


def _address(action: Object) -> str:
    uri = action.get("/URI")
    address = bytes(uri).decode("utf-8", "replace").strip() if isinstance(uri, String) else ""
    return f"https://{address}" if address.lower().startswith("www.") else address


def _scheme(address: str) -> str:
    """The scheme of an address, lower case; empty if it has none."""
    try:
        return urlsplit(address).scheme.lower()
    except ValueError:
        return ""
