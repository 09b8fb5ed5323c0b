"""Places that a document's links and bookmarks lead to.

Takes a document's PDF; gives its destinations as page indexes of that document, with every named one looked up, so
that names of two documents cannot collide in a pack. Never changes the PDF.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from packgen.merge.values import Destination, View

_VIEWS = {
    "/XYZ": 3, "/Fit": 0, "/FitH": 1, "/FitV": 1, "/FitR": 4, "/FitB": 0, "/FitBH": 1, "/FitBV": 1,
}  # fmt: skip
"""Kinds of view and how many lengths each takes (ISO 32000-1, table 151)."""

_PLAIN = re.compile(rb"\[ (\d+) (\d+) R (/[A-Z]\w*)((?: (?:null|-?\d+(?:\.\d+)?))*) \]")
"""A page and a view as qpdf writes them."""
_MAX_HOPS = 8


class Destinations:
    """Looks up the destinations of one open PDF."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._indexes = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        self._named: dict[bytes, Object] | None = None

    def of_holder(self, holder: Object) -> Destination | None:
        """Where a link annotation or a bookmark leads inside this document; None if it leads nowhere in it."""
        if "/Dest" in holder:
            return self.resolve(holder.get("/Dest"))
        action = holder.get("/A")
        if isinstance(action, Dictionary) and action.get("/S") == "/GoTo":
            return self.resolve(action.get("/D"))
        return None

    def resolve(self, value: object) -> Destination | None:
        """An explicit destination, or a named one of either kind; None if it names nothing in this document."""
        for _ in range(_MAX_HOPS):
            if isinstance(value, Array):
                return self._explicit(value)
            if isinstance(value, Dictionary):
                value = value.get("/D")
            elif isinstance(value, Name):
                value = self._names().get(str(value)[1:].encode("utf-8", "surrogateescape"))
            elif isinstance(value, String):
                value = self._names().get(bytes(value))
            else:
                return None
        return None

    def _explicit(self, array: Object) -> Destination | None:
        plain = _PLAIN.fullmatch(array.unparse(resolved=True))
        if plain is not None:  # nearly all are, and asking for each entry takes ten times as long
            number, generation, kind, lengths = plain.groups()
            index = self._indexes.get((int(number), int(generation)))
            if index is None:
                return None
            return Destination(index, _padded(kind.decode("ascii"), [_length(each) for each in lengths.split()]))
        parts = list(array.as_list())
        if not parts:
            return None
        page = parts[0]
        if isinstance(page, Dictionary):
            index = self._indexes.get(page.objgen)
        else:
            index = page if isinstance(page, int) and 0 <= page < len(self._indexes) else None
        return None if index is None else Destination(index, _view(parts[1:]))

    def _names(self) -> dict[bytes, Object]:
        if self._named is None:
            self._named = dict(_named(self._pdf))
        return self._named


def _view(parts: Sequence[object]) -> View:
    kind = str(parts[0]) if parts else "/Fit"
    return _padded(kind, [float(part) if isinstance(part, int | float | Decimal) else None for part in parts[1:]])


def _padded(kind: str, lengths: list[float | None]) -> View:
    """A view with as many lengths as its kind takes."""
    count = _VIEWS.get(kind)
    if count is None:
        return ("/Fit",)
    return (kind, *lengths[:count], *[None] * (count - len(lengths)))


def _length(written: bytes) -> float | None:
    return None if written == b"null" else float(written)


def _named(pdf: Pdf) -> dict[bytes, Object]:
    """Every named destination: those of PDF 1.1 in the catalog, and those of the name tree."""
    found: dict[bytes, Object] = {}
    old = pdf.Root.get("/Dests")
    if isinstance(old, Dictionary):
        found.update((name[1:].encode("utf-8", "surrogateescape"), value) for name, value in old.items())
    names = pdf.Root.get("/Names")
    tree = names.get("/Dests") if isinstance(names, Dictionary) else None
    nodes, seen = [tree], set()
    while nodes:
        node = nodes.pop()
        if not isinstance(node, Dictionary) or (node.is_indirect and node.objgen in seen):
            continue
        seen.add(node.objgen)
        entries = list(node.get("/Names", Array()).as_list([]))
        found.update(
            (bytes(key), value)
            for key, value in zip(entries[::2], entries[1::2], strict=False)
            if isinstance(key, String)
        )
        nodes.extend(node.get("/Kids", Array()).as_list([]))
    return found
