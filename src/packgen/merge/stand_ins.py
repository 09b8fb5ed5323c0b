"""A small PDF whose objects refer to objects of another file, by things that stand in for these.

Gives stand-ins while the PDF is made; once it is saved, gives its objects with what the stand-ins stood for. Never
keeps a stand-in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct
from pikepdf import Array, Dictionary, Object, Pdf

from packgen.merge.objects import Stream, numbers_in, read_objects
from packgen.merge.saving import save
from packgen.merge.tree_text import NotGraftable

_LISTED = re.compile(rb"/(\w+) \[([^\]]*)\]")


class Small(Struct, frozen=True):
    """The saved objects of a small PDF, but catalog, page tree and information, which are `catalog` and `information`.

    `numbers` maps the stand-ins, `lists` has the numbers that were listed by name, and those of its pages as `Kids`.
    """

    texts: dict[int, bytes]
    streams: dict[int, Stream]
    catalog: bytes
    information: bytes | None
    pages_node: int
    numbers: Mapping[int, int]
    lists: Mapping[str, list[int]]


class StandIns:
    """Stand-ins in one PDF."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._made: dict[int, Object] = {}
        self._numbers: dict[tuple[int, int], int] = {}

    def of(self, number: int) -> Object:
        """What stands for the object that will have a number."""
        if number not in self._made:
            self._made[number] = self._pdf.make_indirect(Dictionary())
            self._numbers[self._made[number].objgen] = number
        return self._made[number]

    def number_of(self, stand_in: Object) -> int:
        """The number of the object that something stands for."""
        return self._numbers[stand_in.objgen]

    def saved(self, **lists: Sequence[Object]) -> Small:
        """The objects as they are written; `lists` are objects whose numbers are asked for.

        Raises:
            NotGraftable: one of those has no number, or the file is not as qpdf writes it.
        """
        carrier = self._pdf.Root.Pages  # it is not kept, so what is written into it says nothing later
        everything = {**lists, "StandIns": list(self._made.values())}
        for name, listed in everything.items():
            carrier[f"/Packgen{name}"] = Array(listed)
        saved = read_objects(save(self._pdf))
        catalog = saved.referred(saved.trailer, b"/Root")
        pages = saved.referred(saved.texts[catalog], b"/Pages")
        information = saved.referred(saved.trailer, b"/Info") if b"/Info " in saved.trailer else None
        found = {name.decode("ascii"): numbers_in(text) for name, text in _LISTED.findall(saved.texts[pages])}
        if any(len(found[f"Packgen{name}"]) != len(listed) for name, listed in everything.items()):
            raise NotGraftable
        numbers = dict(zip(found["PackgenStandIns"], self._made, strict=True))
        left_out = {catalog, pages, information, *numbers}
        return Small(
            texts={number: text for number, text in saved.texts.items() if number not in left_out},
            streams=saved.streams,
            catalog=saved.texts[catalog],
            information=None if information is None else saved.texts[information],
            pages_node=pages,
            numbers=numbers,
            lists={name: found[f"Packgen{name}"] for name in lists} | {"Kids": found.get("Kids", [])},
        )
