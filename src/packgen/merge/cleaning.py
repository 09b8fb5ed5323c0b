"""What an author's PDF may bring into a pack, and what stays behind.

Takes an open PDF and changes it in memory: only the keys named here stay on pages and annotations; nothing that
acts, hides or travels along is left. Gives what was removed in words for the officer. Never touches what a page
shows: form fields and comments that are drawn on the page keep their looks and lose the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from packgen.merge.destinations import Destinations
from packgen.merge.values import PartLink

_PAGE_KEYS = frozenset({
    "/Type", "/Parent", "/Resources", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Contents",
    "/Rotate", "/Group", "/Annots", "/StructParents", "/UserUnit",
})  # fmt: skip
_LINK_KEYS = frozenset({
    "/Type", "/Subtype", "/Rect", "/Border", "/BS", "/C", "/H", "/F", "/QuadPoints", "/StructParent", "/Contents",
})  # fmt: skip
_DRAWN_KEYS = frozenset({"/Type", "/Subtype", "/Rect", "/F", "/AP", "/AS", "/StructParent"})
_HIDDEN_KEYS = frozenset({"/AA", "/AF", "/Metadata", "/PieceInfo", "/Thumb", "/OPI", "/LastModified"})
"""Never needed to show a page, wherever they stand."""
_LINKS_BACK = frozenset({"/Parent", "/P", "/Dest"})

_DRAWN = frozenset({
    "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Highlight", "/Underline", "/Squiggly",
    "/StrikeOut", "/Stamp", "/Caret", "/Ink", "/Widget", "/Redact", "/Watermark",
})  # fmt: skip
"""Annotations that are part of what a reader sees; they are drawn on the page."""

_NAMES = {
    "/Text": "a comment", "/Popup": "a comment's window", "/FileAttachment": "an attached file",
    "/Sound": "a sound", "/Movie": "a film", "/Screen": "a film or sound", "/RichMedia": "interactive media",
    "/3D": "a 3D model", "/Projection": "a 3D comment", "/PrinterMark": "a printer's mark", "/TrapNet": "print traps",
}  # fmt: skip
_ACTIONS = {
    "/JavaScript": "a script", "/Launch": "a link that starts a program", "/SubmitForm": "a button that sends a form",
    "/ImportData": "a button that loads data", "/ResetForm": "a button that empties a form",
    "/GoToR": "a link into another file", "/GoToE": "a link into an attached file",
    "/Hide": "a button that hides things", "/Named": "a button of the viewer",
    "/SetOCGState": "a button that shows layers",
}  # fmt: skip
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_PACK_SCHEME = "packgen"
_HIDDEN_FLAGS = 0b10_0010  # hidden, no view (ISO 32000-1, table 165)


@dataclass
class Cleaned:
    """What cleaning found: the links of each page that lead into the pack, and what was removed."""

    links: list[tuple[PartLink, ...]] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)


def clean(pdf: Pdf, destinations: Destinations) -> Cleaned:
    """Clean `pdf`. What stands in the catalog is not looked at here but to tell of it; it is never copied."""
    cleaned = Cleaned(removed=list(_document_removals(pdf)))
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, Dictionary) and form.get("/NeedAppearances", False):
        pdf.generate_appearance_streams()
    seen: set[tuple[int, int]] = set()
    for index, page in enumerate(pdf.pages):
        for key in page.obj.keys() - _PAGE_KEYS:
            if key == "/AA":
                cleaned.removed.append(f"a script that runs when page {index + 1} is opened")
            del page.obj[key]
        cleaned.links.append(_clean_annotations(page.obj, index, destinations, cleaned.removed))
        _strip([page.obj.get("/Resources"), page.obj.get("/Group"), page.obj.get("/Annots")], seen)
    return cleaned


def _strip(things: list[object], seen: set[tuple[int, int]]) -> None:
    """Take the hidden keys out of everything that a page is drawn with; `seen` are objects already done."""
    while things:
        thing = things.pop()
        if isinstance(thing, Array):
            things += [each for each in thing.as_list() if isinstance(each, Object)]
        elif isinstance(thing, Dictionary | Stream):
            if thing.is_indirect:
                if thing.objgen in seen:
                    continue
                seen.add(thing.objgen)
            for key, value in list(thing.items()):
                if key in _HIDDEN_KEYS:
                    del thing[key]
                elif key not in _LINKS_BACK and isinstance(value, Object):
                    things.append(value)


def _document_removals(pdf: Pdf) -> Iterator[str]:
    """What acts or hides in the document as a whole."""
    names = pdf.Root.get("/Names", Dictionary())
    if "/JavaScript" in names:
        yield "a script of the document"
    if isinstance(pdf.Root.get("/OpenAction"), Dictionary):
        yield "an action that runs when the document is opened"
    if "/AA" in pdf.Root:
        yield "scripts that run when the document is closed, saved or printed"
    if "/EmbeddedFiles" in names:
        yield from (f"an attached file: {name}" for name in sorted(pdf.attachments))
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, Dictionary):
        if "/XFA" in form:
            yield "an XFA form"
        if len(form.get("/Fields", Array())):
            yield "form fields: what they show is kept, what lies behind is not"


def _clean_annotations(
    page: Object, index: int, destinations: Destinations, removed: list[str]
) -> tuple[PartLink, ...]:
    """Clean one page's annotations; gives those links that lead into the pack."""
    annotations = page.get("/Annots")
    if annotations is None:
        return ()
    kept: list[Object] = []
    links: list[PartLink] = []
    for annotation in annotations.as_list([]):
        if not isinstance(annotation, Dictionary):
            continue
        link, reason = _judge(annotation, len(kept), destinations)
        if reason is None:
            kept.append(annotation)
            links += [link] if link else []
            continue
        for key in list(annotation.keys()):
            del annotation[key]
        if reason:
            removed.append(f"{reason} on page {index + 1}")
    if kept:
        page.Annots = Array(kept)
    else:
        del page.Annots
    return tuple(links)


def _judge(annotation: Object, place: int, destinations: Destinations) -> tuple[PartLink | None, str | None]:
    """Strip an annotation to what may stay.

    Gives its link into the pack, if it is one, and why it must go: None to keep it, empty if not worth telling.
    """
    subtype = str(annotation.get("/Subtype", ""))
    if subtype == "/Link":
        return _judge_link(annotation, place, destinations)
    if subtype not in _DRAWN:
        return None, "" if subtype == "/Popup" else _NAMES.get(subtype, f"an annotation of the kind {subtype[1:]}")
    flags = annotation.get("/F", 0)
    hidden = isinstance(flags, int) and flags & _HIDDEN_FLAGS
    if hidden or not isinstance(annotation.get("/AP"), Dictionary):
        return None, f"a hidden {'form field' if subtype == '/Widget' else 'comment'}" if hidden else ""
    appearance = _shown_appearance(annotation)
    if appearance is None:
        return None, ""
    for key in annotation.keys() - _DRAWN_KEYS:
        del annotation[key]
    annotation.AP = Dictionary(N=appearance)
    if "/AS" in annotation:
        del annotation.AS
    return None, None


def _shown_appearance(annotation: Object) -> Object | None:
    """The appearance that is shown: of a tick box, that of its present state."""
    appearance = annotation.AP.get("/N")
    if isinstance(appearance, Stream):
        return appearance
    if isinstance(appearance, Dictionary) and isinstance(annotation.get("/AS"), Name):
        state = appearance.get(str(annotation.AS))
        return state if isinstance(state, Stream) else None
    return None


def _judge_link(annotation: Object, place: int, destinations: Destinations) -> tuple[PartLink | None, str | None]:
    action = annotation.get("/A")
    kind = str(action.get("/S", "")) if isinstance(action, Dictionary) else ""
    address = ""
    if kind == "/URI":
        uri = action.get("/URI") if action is not None else None
        address = bytes(uri).decode("utf-8", "replace").strip() if isinstance(uri, String) else ""
        if address.lower().startswith("www."):
            address = f"https://{address}"
    destination = destinations.of_holder(annotation)
    for key in annotation.keys() - _LINK_KEYS:
        del annotation[key]
    if destination:
        return PartLink(place, destination=destination), None
    if not address:
        return None, _ACTIONS.get(kind, "a link that leads nowhere")
    scheme = _scheme(address)
    if scheme == _PACK_SCHEME:
        return PartLink(place, target=address), None
    if scheme not in _SCHEMES:
        return None, f"a link to {address}"
    annotation.A = Dictionary(S=Name.URI, URI=String(address))
    return None, None


def _scheme(address: str) -> str:
    """The scheme of an address, lower case; empty if it has none."""
    try:
        return urlsplit(address).scheme.lower()
    except ValueError:
        return ""
