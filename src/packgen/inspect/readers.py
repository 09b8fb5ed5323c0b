"""Processes that read pages of a long pack while this one looks at everything else, and then at pages from the end.

Takes a PDF; gives what was seen on some of its pages, as far as it has come in. Never waits.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec import MsgspecError, Struct, msgpack

from packgen.helpers import Helpers
from packgen.inspect.page_facts import PageFact

IN_ONE_PART = 50
"""Pages that are told of together; so many are read for nobody if whoever asked has gone."""


class Order(Struct, frozen=True):
    """A PDF to be read, with the links of the pages `linked`: each `step`th part of it, from part `first` on."""

    data: bytes
    linked: tuple[int, ...]
    first: int
    step: int


def part_of(number: int, page_count: int) -> range:
    """The page indexes of a part, by its number from 0."""
    return range(number * IN_ONE_PART, min((number + 1) * IN_ONE_PART, page_count))


def part_count(page_count: int) -> int:
    """How many parts so many pages have."""
    return -(-page_count // IN_ONE_PART)


class Readers(Helpers):
    """Up to `count` such processes."""

    def __init__(self, count: int) -> None:
        super().__init__("packgen.inspect.reading", count)

    def read(self, data: bytes, linked: Collection[int]) -> None:
        """Have a PDF read from its first page on. It is the only one that they read."""
        if not self.begun:
            count, pages = len(self.processes), tuple(sorted(linked))
            self.begin([[msgpack.encode(Order(data, pages, first, count))] for first in range(count)])

    def seen(self, number: int, page_count: int) -> Sequence[PageFact] | None:
        """What was seen on the pages of a part; None if that has not come in."""
        told = self.told(number)
        try:
            facts = msgpack.decode(told, type=list[PageFact]) if told is not None else []
        except MsgspecError:
            return None
        return facts if len(facts) == len(part_of(number, page_count)) else None
