"""What is compared: one pack as it was published, and as it is now.

Takes files as bytes; gives frozen values. A page map and a PDF are all that is read of a pack, so that what is said to
the public comes from public files.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, kw_only=True)
class MappedPage:
    """A page as the page map has it. `key` names its document in all publications.

    `notice` says what became of the document, if the page is packgen's own and stands in its place.
    """

    index: int
    number: str
    item: str | None
    document: str
    key: str
    blank: bool
    notice: str | None = None


@dataclass(frozen=True, kw_only=True)
class MappedItem:
    """An item that has pages, by its number."""

    item: str


@dataclass(frozen=True, kw_only=True)
class PageMap:
    """What `page-map.json` says: every page in order, and the items that have pages, in the order of the agenda."""

    pages: tuple[MappedPage, ...]
    items: tuple[MappedItem, ...]


@dataclass(frozen=True, kw_only=True)
class PlacedDocument:
    """A document in a pack, with its pages in order."""

    key: str
    item: str | None
    title: str
    pages: tuple[MappedPage, ...]

    @property
    def notice(self) -> str | None:
        """What became of it, if a notice stands in its place."""
        return self.pages[0].notice

    @property
    def numbers(self) -> tuple[str, ...]:
        return tuple(page.number for page in self.pages)


@dataclass(frozen=True)
class Side:
    """One pack: its PDF and its page map."""

    pdf: bytes
    map: PageMap

    @cached_property
    def documents(self) -> Mapping[str, PlacedDocument]:
        """Its documents by their keys, in the order of the pack."""
        pages: dict[str, list[MappedPage]] = {}
        for page in self.map.pages:
            pages.setdefault(page.key, []).append(page)
        return {
            key: PlacedDocument(key=key, item=each[0].item, title=each[0].document, pages=tuple(each))
            for key, each in pages.items()
        }

    @property
    def numbers(self) -> tuple[str, ...]:
        return tuple(page.number for page in self.map.pages)


def read_page_map(data: bytes) -> PageMap:
    """A page map as a build has written it.

    Raises:
        ValueError: it is not one.
    """
    import msgspec

    return msgspec.json.decode(data, type=PageMap)


def merged_order(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """All names of two sequences: those of `new` in their order, and each of the others behind what it stood behind."""
    order = list(new)
    for place, name in enumerate(old):
        if name not in order:
            order.insert(order.index(old[place - 1]) + 1 if place else 0, name)
    return order


def agenda_order(old: Side, new: Side) -> Mapping[str | None, int]:
    """Where items stand on the agenda, the agenda itself and supplements before all of them."""
    items = merged_order([each.item for each in old.map.items], [each.item for each in new.map.items])
    return {None: -1} | {item: place for place, item in enumerate(items)}
