"""Items of lists as they should be: a label and a body, and nothing else.

Takes an item whose author's program put other elements straight into it, as browsers do when they print; puts these
into a body (ISO 32000-1, 14.8.4.3.3). Never changes the order in which things are read.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

from pikepdf import Array, Dictionary, Name, Object, Pdf

from packgen.elements import is_element, kids_of

_OF_ITEMS = frozenset({"/Lbl", "/LBody"})


def gather_body(pdf: Pdf, item: Object, meaning: Callable[[Object], str | None]) -> bool:
    """Put all that is no label or body into bodies of its own; whether there was any element like that.

    `meaning` tells the standard type of an element. To be called before anything below the item is looked at: whatever
    is moved, content and annotations too, belongs to its body from then on.
    """
    kids = kids_of(item)
    elements = [kid if isinstance(kid, Object) and is_element(kid) else None for kid in kids]
    fitting = [element is not None and (meaning(element) or "") in _OF_ITEMS for element in elements]
    if all(fits or element is None for fits, element in zip(fitting, elements, strict=True)):
        return False
    gathered: list[object] = []
    for fits, some in groupby(zip(fitting, kids, strict=True), lambda pair: pair[0]):
        held = [kid for _, kid in some]
        if fits:
            gathered += held
            continue
        body = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.LBody, P=item, K=Array(held)))
        if "/Pg" in item:
            body.Pg = item.Pg
        gathered.append(body)
    item.K = Array(gathered)
    return True
