"""What a reader sees of an annotation: whether it is shown, where, and by what drawing.

Takes annotations of an open PDF; gives plain answers. Never changes anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from packgen.merge.frames import Box, box_of
from packgen.merge.layers import Layers

DRAWN_BY_READERS = {
    "/FreeText": "a text box", "/Square": "a box", "/Circle": "a circle", "/Line": "a line", "/Ink": "a freehand line",
    "/Polygon": "a shape", "/PolyLine": "a line", "/Highlight": "a highlight", "/Underline": "an underlining",
    "/StrikeOut": "struck-out words", "/Squiggly": "an underlining", "/Stamp": "a stamp",
    "/Caret": "an insertion mark", "/Redact": "a redaction",
}  # fmt: skip
"""Marks that most readers draw by themselves if the file does not (ISO 32000-1, 12.5.6)."""

DRAWN = frozenset({*DRAWN_BY_READERS, "/Widget", "/Watermark"})
"""Annotations that are part of what is seen of a page."""

HIDDEN_FLAGS = 0b10_0010  # hidden, no view (ISO 32000-1, table 165)
_MAX_DEPTH = 20
_DRAWS_WORDS = re.compile(rb"T[jJ]|['\"]\s|\bDo\b")


def annotations_of(page: Object) -> list[Object]:
    """The annotations of a page; what else may stand among them is passed over."""
    annotations = page.get("/Annots")
    if not isinstance(annotations, Array):
        return []
    return [each for each in annotations.as_list() if isinstance(each, Dictionary)]


def kind_of(annotation: Object) -> str:
    """Its kind with the slash; nothing if it has none."""
    subtype = annotation.get("/Subtype")
    return str(subtype) if isinstance(subtype, Name) else ""


def is_hidden(annotation: Object, layers: Layers) -> bool:
    """Whether it is not shown when its document is opened, by itself or with its layer."""
    flags = annotation.get("/F", 0)
    return bool(isinstance(flags, int) and flags & HIDDEN_FLAGS) or layers.hide(annotation.get("/OC"))


def place_of(annotation: Object) -> Box | None:
    """Where it stands on its page, in the page's own coordinates; None if nowhere."""
    return box_of(annotation.get("/Rect"))


def appearance_of(annotation: Object) -> Object | None:
    """The drawing that is shown, a form XObject; of a tick box, that of its present state.

    A tick box that does not say its state has none: what readers show of it differs.
    """
    appearances = annotation.get("/AP")
    drawing = appearances.get("/N") if isinstance(appearances, Dictionary) else None
    if isinstance(drawing, Dictionary) and not isinstance(drawing, Stream):
        state = annotation.get("/AS")
        drawing = drawing.get(str(state)) if isinstance(state, Name) else None
    return drawing if isinstance(drawing, Stream) and box_of(drawing.get("/BBox")) is not None else None


def undrawn_marks(pdf: Pdf) -> Iterator[tuple[str, int]]:
    """Kind and page index of everything that readers show, but for which the file itself has no drawing.

    Form fields come as `/Widget`. Redactions that were not carried out always come: what is below them is still there.
    """
    layers = Layers(pdf.Root.get("/OCProperties"))
    form = pdf.Root.get("/AcroForm")
    stale = isinstance(form, Dictionary) and bool(form.get("/NeedAppearances", False))
    for page_index, page in enumerate(pdf.pages):
        for annotation in annotations_of(page.obj):
            kind = kind_of(annotation)
            if kind == "/Redact":
                yield kind, page_index
            elif is_hidden(annotation, layers):
                continue
            elif kind == "/Widget":
                if stale or _lacks_value(annotation):
                    yield kind, page_index
            elif kind in DRAWN_BY_READERS and appearance_of(annotation) is None:
                yield kind, page_index


def _lacks_value(field: Object) -> bool:
    """Whether a form field has a value that its drawing does not show."""
    told = inherited(field, "/FT")
    kind = str(told) if isinstance(told, Name) else ""
    value = inherited(field, "/V")
    if kind == "/Sig" or not says_something(value):
        return False
    drawing = appearance_of(field)
    if kind in {"/Tx", "/Ch"}:
        return drawing is None or not _draws_words(drawing)
    return drawing is None and field.get("/AS") != "/Off"


def _draws_words(drawing: Object) -> bool:
    try:
        return _DRAWS_WORDS.search(drawing.read_bytes()) is not None
    except pikepdf.PdfError:
        return False


def says_something(value: object) -> bool:
    """Whether the value of a form field, or what a remark says, is more than nothing."""
    if isinstance(value, String):
        return bool(str(value).strip())
    if isinstance(value, Name):
        return value != Name.Off
    return isinstance(value, Stream) or (isinstance(value, Array) and len(value) > 0)


def inherited(field: object, key: str) -> object:
    """An entry of a form field or of the fields above it (ISO 32000-1, 12.7.3.1)."""
    for _ in range(_MAX_DEPTH):
        if not isinstance(field, Dictionary):
            break
        if key in field:
            return field[key]
        field = field.get("/Parent")
    return None
