"""IDs of structure elements that no other document has.

Takes the open PDF of one document, in which table cells and notes have IDs such as `U1x2y0`, as every document drawn
here has them; puts a prefix before each, in the tree of IDs and where cells name their header cells. Documents can then
be joined without looking at their elements again. Never changes what an ID stands for.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Object, String

from packgen.elements import kids_of, with_headers

_CELLS = ("/TD", "/TH")


def name_apart(document: pikepdf.Pdf, prefix: bytes) -> None:
    """Put `prefix` before all IDs of a document."""
    root = document.Root.StructTreeRoot
    tree = root.get("/IDTree")
    if tree is None:
        return
    tables: dict[tuple[int, int], Any] = {}
    names: list[Any] = []
    for key, element in _entries(tree):
        name = String(prefix + bytes(key))
        element.ID = name
        names += [name, element]
        if str(element.get("/S")) in _CELLS:
            table = _table_of(element)
            tables[table.objgen] = table
    root.IDTree = Dictionary(Names=Array(names))
    for table in tables.values():
        _name_headers(table, prefix)


def _entries(tree: Any) -> Iterator[tuple[Any, Any]]:
    """IDs with their elements; trees of many have nodes (ISO 32000-1, 7.9.6)."""
    for node in tree.get("/Kids", ()):
        yield from _entries(node)
    names = tree.get("/Names", Array()).as_list()
    yield from zip(names[::2], names[1::2], strict=True)


def _table_of(cell: Any) -> Any:
    above = cell.P
    while str(above.get("/S")) != "/Table":
        above = above.P
    return above


def _name_headers(part: Any, prefix: bytes) -> None:
    """Rename the header cells that the cells below a table or a part of it name."""
    for kid in kids_of(part):
        assert isinstance(kid, Object), "cells are drawn here, and tables hold nothing but elements"
        kind = str(kid.get("/S"))
        if kind not in _CELLS:
            if kind != "/Caption":
                _name_headers(kid, prefix)
            continue
        told = kid.get("/A")
        written = told.unparse(resolved=True) if told is not None else b""
        attributes = with_headers(written, prefix) if b"/Headers" in written else None
        if attributes is not None:
            kid.A = attributes
