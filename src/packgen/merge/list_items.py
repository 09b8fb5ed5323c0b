"""Items of lists as they should be: a label and a body, and nothing else.

Takes an item whose author's program put other elements straight into it, as browsers do when they print; puts these
into a body (ISO 32000-1, 14.8.4.3.3). Never changes the order in which things are read.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from pikepdf import Array, Dictionary, Name, Object, Pdf

from packgen.elements import kids_of

_OF_ITEMS = frozenset({"/Lbl", "/LBody"})


def gather_body(pdf: Pdf, item: Object, elements: Sequence[Object], meanings: Sequence[str | None]) -> None:
    """Put all that is no label or body into bodies of its own.

    `elements` are those below the item, in its order, and `meanings` the standard types that they come to.
    """
    fitting = {element.objgen for element, meaning in zip(elements, meanings, strict=True) if meaning in _OF_ITEMS}
    gathered: list[object] = []
    for fits, kids in groupby(kids_of(item), lambda kid: isinstance(kid, Dictionary) and kid.objgen in fitting):
        if fits:
            gathered += kids
            continue
        body = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.LBody, P=item))
        held = list(kids)
        if "/Pg" in item:
            body.Pg = item.Pg
        body.K = Array(held)
        for kid in held:
            if isinstance(kid, Dictionary) and "/P" in kid:
                kid.P = body
        gathered.append(body)
    item.K = Array(gathered)
