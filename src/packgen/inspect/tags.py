"""Whether the tags of a finished PDF hold together: what no validator of PDF/UA looks for.

Takes the PDF's bytes and the plan; gives disagreements. Read with pikepdf, the only library here that is fast enough
for the hundred thousand elements of a long pack, but independently of how merging writes them.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Object

from packgen.elements import ObjectId, PlainElement, is_element, kids_of, read_plain
from packgen.inspect.readback import Disagreement
from packgen.model import PagePlan

_Group = tuple[str | None, list[str]]
"""The title of an item, or None for documents that belong to none, and the titles of its documents."""


def check_tags(data: bytes, plan: PagePlan, titles: Mapping[str, Sequence[str]]) -> Iterator[Disagreement]:
    """A `Part` for each item and document in the order of the plan; IDs unique; parents and kids agree both ways.

    `titles` has for every document by its id the title of the item it stands below, if it does, and its own.
    """
    with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
        root = pdf.Root.get("/StructTreeRoot")
        if not isinstance(root, Dictionary):
            yield Disagreement("tags", "the file has no tags")
            return
        documents = [document_id for document_id, _ in groupby(plan.pages, lambda page: page.document_id)]
        expected = _groups([titles.get(document_id, ("",)) for document_id in documents])
        found, parts = _parts(root.get("/K"), expected)
        if found != expected:
            yield Disagreement("tag-order", f"a screen reader meets the documents as {found} instead of {expected}")
        walk = _Walk(pdf)
        for part in parts:
            walk.run(part)
        for identifier in sorted(walk.repeated):
            yield Disagreement("tag-id", f"two elements have the ID {identifier!r}")
        yield from _check_parents(pdf, root, walk)
        yield from _check_order(walk, pdf, plan)


def _groups(titles: Sequence[Sequence[str]]) -> list[_Group]:
    groups: list[_Group] = []
    for *above, title in titles:
        item = above[0] if above else None
        if item is not None and groups and groups[-1][0] == item:
            groups[-1][1].append(title)
        else:
            groups.append((item, [title]))
    return groups


def _parts(document: object, expected: Sequence[_Group]) -> tuple[list[_Group], list[Object]]:
    """The items and documents that stand below the `Document`, as far as they are where they are expected."""
    found: list[_Group] = []
    parts: list[Object] = []
    kids = _elements(document)
    for kid, (item, _) in zip(kids, [*expected, *[(None, [""])] * len(kids)], strict=False):
        below = [kid] if item is None else _elements(kid)
        found.append((None if item is None else _title(kid), [_title(each) for each in below]))
        parts += below
    return found, parts


def _elements(above: object) -> list[Object]:
    if not isinstance(above, Dictionary):
        return []
    return [kid for kid in kids_of(above) if isinstance(kid, Object) and is_element(kid)]


def _title(element: Object) -> str:
    return str(element.get("/T", ""))


@dataclass
class _Walk:
    """What the tree says: the element of each piece of content, and each ID that stands twice."""

    pdf: pikepdf.Pdf
    contents: dict[ObjectId, dict[int, ObjectId]] = field(default_factory=dict)
    things: dict[ObjectId, ObjectId] = field(default_factory=dict)
    pages_of_parts: list[list[ObjectId]] = field(default_factory=list)
    repeated: set[bytes] = field(default_factory=set)
    identifiers: set[bytes] = field(default_factory=set)

    def run(self, part: Object) -> None:
        """Go through all elements of one document."""
        pages: dict[ObjectId, None] = {}
        stack: list[tuple[Object, PlainElement | None]] = [(part, read_plain(part))]
        while stack:
            element, plain = stack.pop()
            if plain is None:
                stack += self._read(element, pages)
                continue
            if plain.identifier is not None:
                self._identify(plain.identifier)
            for kid in plain.kids:
                if isinstance(kid, int):
                    self._hold(plain.page, kid, element, pages)
                    continue
                lower = self.pdf.get_object(kid)
                known = read_plain(lower)
                if known is None and not is_element(lower):
                    self._refer(lower, element, pages)
                else:
                    stack.append((lower, known))
        self.pages_of_parts.append(list(pages))

    def _read(self, element: Object, pages: dict[ObjectId, None]) -> list[tuple[Object, PlainElement | None]]:
        """Look at an element entry by entry; gives the elements below it."""
        identifier = element.get("/ID")
        if identifier is not None:
            self._identify(bytes(identifier))
        below = []
        for kid in kids_of(element):
            if isinstance(kid, int):
                self._hold(element.Pg.objgen, kid, element, pages)
            elif is_element(kid):
                below.append((kid, read_plain(kid)))
            else:
                self._refer(kid, element, pages)
        return below

    def _identify(self, identifier: bytes) -> None:
        if identifier in self.identifiers:
            self.repeated.add(identifier)
        self.identifiers.add(identifier)

    def _hold(self, page: ObjectId | None, mcid: int, element: Object, pages: dict[ObjectId, None]) -> None:
        if page is not None:
            self.contents.setdefault(page, {})[mcid] = element.objgen
            pages[page] = None

    def _refer(self, reference: Object, element: Object, pages: dict[ObjectId, None]) -> None:
        """Note what a reference to content or to an annotation says."""
        if "/Obj" in reference:
            self.things[reference.Obj.objgen] = element.objgen
        elif "/MCID" in reference:
            page = reference.get("/Pg") or element.Pg
            holder = reference.get("/Stm") or page
            self.contents.setdefault(holder.objgen, {})[int(reference.MCID)] = element.objgen
            pages[page.objgen] = None


def _entries(tree: Object) -> Iterator[tuple[Any, Object]]:
    """Keys and values of a tree of numbers (ISO 32000-1, 7.9.7)."""
    for node in tree.get("/Kids", Array()).as_list():
        yield from _entries(node)
    numbers = tree.get("/Nums", Array()).as_list()
    yield from zip(numbers[::2], numbers[1::2], strict=True)


def _check_parents(pdf: pikepdf.Pdf, root: Object, walk: _Walk) -> Iterator[Disagreement]:
    """The way from content to element must lead to the element that holds the content."""
    parents: dict[Any, Object] = dict(_entries(root.ParentTree))
    used: set[int] = set()
    for index, page in enumerate(pdf.pages):
        place = f"page {index + 1} of the file"
        told = walk.contents.get(page.obj.objgen, {})
        key = page.obj.get("/StructParents")
        if key is None:
            if told:
                yield Disagreement("tag-parents", "elements hold its content, but it does not lead to them", place)
        elif key in used or key not in parents:
            yield Disagreement("tag-parents", f"its key {key} in the tree of tags is missing or used twice", place)
        else:
            used.add(int(key))
            if {mcid: element.objgen for mcid, element in enumerate(parents[key].as_list()) if element} != told:
                yield Disagreement("tag-parents", "its content leads to other elements than those that hold it", place)
        for annotation in page.obj.get("/Annots", Array()).as_list():
            key = annotation.get("/StructParent")
            element = parents.get(key) if key is not None and key not in used else None
            used |= {key} if isinstance(key, int) else set()
            if element is None or element.objgen != walk.things.get(annotation.objgen):
                yield Disagreement("tag-parents", "a link on it does not lead to the element that holds it", place)


def _check_order(walk: _Walk, pdf: pikepdf.Pdf, plan: PagePlan) -> Iterator[Disagreement]:
    """Each document's elements must hold content of its own pages only."""
    indexes = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
    documents = [list(pages) for _, pages in groupby(plan.pages, lambda page: page.document_id)]
    for pages, objects in zip(documents, walk.pages_of_parts, strict=False):
        own = {page.page_index for page in pages}
        strange = sorted(indexes.get(each, -1) for each in objects if indexes.get(each) not in own)
        if strange:
            message = f"its tags hold content of page {strange[0] + 1} of the file, which is of another document"
            yield Disagreement("tag-order", message, pages[0].document_id)
