"""What PDFs hold besides their pages: remarks of readers, filled-in forms, layers that are switched off.

Takes an open PDF; gives what is found with the pages it is on. Words outside the visible part of a page are looked for
by `covered_words`, which reads pages as a viewer does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pikepdf import Dictionary, Name, Object, Pdf, Stream, String

from packgen.merge.annotations import DRAWN_BY_READERS, annotations_of, inherited, is_hidden, kind_of, says_something
from packgen.merge.layers import Layers

_NO_VALUES = frozenset(("/Sig", ""))
_BUTTON = 1 << 16
"""The flag of fields that are pressed and hold nothing (ISO 32000-1, table 226)."""
_MAX_DEPTH = 8


def pages_with_more(pdf: Pdf) -> Mapping[str, Sequence[int]]:
    """The indexes of pages, from 0, that have each kind of such things; only of kinds that are there."""
    layers = Layers(pdf.Root.get("/OCProperties"))
    found: dict[str, list[int]] = {}
    for index, page in enumerate(pdf.pages):
        for kind in dict.fromkeys(_of_page(page.obj, layers)):
            found.setdefault(kind, []).append(index)
    return found


def _of_page(page: Object, layers: Layers) -> Iterator[str]:
    for annotation in annotations_of(page):
        kind = kind_of(annotation)
        if kind == "/Widget":
            if _is_filled_in(annotation):
                yield "form-values"
        elif _says(annotation) if kind == "/Text" or is_hidden(annotation, layers) else kind in DRAWN_BY_READERS:
            yield "remarks"
    if layers.hidden and _uses_hidden(page.get("/Resources"), layers, 0):
        yield "hidden-layers"


def _says(annotation: Object) -> bool:
    return any(says_something(annotation.get(key)) for key in ("/Contents", "/RC"))


def _is_filled_in(field: Object) -> bool:
    kind, flags = inherited(field, "/FT"), inherited(field, "/Ff")
    if not isinstance(kind, Name) or str(kind) in _NO_VALUES:
        return False
    if kind == "/Btn" and isinstance(flags, int) and flags & _BUTTON:
        return False
    value = inherited(field, "/V")
    if isinstance(value, String) and kind == "/Btn":
        return False
    return says_something(value)


def _uses_hidden(resources: object, layers: Layers, depth: int) -> bool:
    """Whether what draws a page names a layer that is off, itself or in a drawing within it."""
    if not isinstance(resources, Dictionary) or depth > _MAX_DEPTH:
        return False
    named = resources.get("/Properties")
    if isinstance(named, Dictionary) and any(map(layers.hide, named.values())):
        return True
    drawn = resources.get("/XObject")
    if not isinstance(drawn, Dictionary):
        return False
    drawings = [each for each in drawn.values() if isinstance(each, Stream)]
    return any(
        layers.hide(each.get("/OC")) or _uses_hidden(each.get("/Resources"), layers, depth + 1) for each in drawings
    )
