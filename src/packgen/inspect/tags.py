"""Whether the tags of a finished PDF hold together: what no validator of PDF/UA looks for.

Takes the open PDF with the text of its objects, and the plan; gives disagreements. Elements that are written plainly
are read from their text, all others with pikepdf: a long pack has a hundred thousand. Never relies on how merging
writes them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Object

from packgen.elements import is_element, kids_of
from packgen.inspect.disagreement import Disagreement
from packgen.inspect.holdings import Holding, identifier_of, kids_of_holding, read_holdings, title_of
from packgen.model import PagePlan

_Group = tuple[str | None, list[str]]
"""The title of an item, or None for documents that belong to none, and the titles of its documents."""


_ObjectName = bytes
"""The number of an object, with its generation if that is not 0."""
_REFERENCES = re.compile(rb"\[ ?(?:\d+ 0 R ?)*\]")
_Element = _ObjectName | Object
"""An element: its name if all that it holds is known from its text, else the element itself."""
_PAIRS = re.compile(rb"\[(?: \d+ \d+ 0 R)* \]")
_PAIR = re.compile(rb"(\d+) (\d+) 0 R")
_REFERENCE = re.compile(rb"(\d+) 0 R")


def check_tags(
    pdf: pikepdf.Pdf, texts: Mapping[_ObjectName, bytes], plan: PagePlan, titles: Mapping[str, Sequence[str]]
) -> Iterator[Disagreement]:
    """A `Part` for each item and document in the order of the plan; IDs unique; parents and kids agree both ways.

    `texts` are those of objects of `pdf` by their numbers, as far as they are known. `titles` has for every document
    by its id the title of the item it stands below, if it does, and its own.
    """
    root = pdf.Root.get("/StructTreeRoot")
    if not isinstance(root, Dictionary):
        yield Disagreement("tags", "the file has no tags")
        return
    documents = [document_id for document_id, _ in groupby(plan.pages, lambda page: page.document_id)]
    expected = _groups([titles.get(document_id, ("",)) for document_id in documents])
    walk = _Walk(pdf, texts, read_holdings(texts))
    found, parts = _parts(walk, root.get("/K"), expected)
    if found != expected:
        yield Disagreement("tag-order", f"a screen reader meets the documents as {found} instead of {expected}")
    for part in parts:
        walk.run(part)
    for identifier in sorted(walk.repeated):
        yield Disagreement("tag-id", f"two elements have the ID {identifier!r}")
    yield from _check_parents(root, walk)
    yield from _check_order(walk, plan)


def _groups(titles: Sequence[Sequence[str]]) -> list[_Group]:
    groups: list[_Group] = []
    for *above, title in titles:
        item = above[0] if above else None
        if item is not None and groups and groups[-1][0] == item:
            groups[-1][1].append(title)
        else:
            groups.append((item, [title]))
    return groups


def _parts(walk: _Walk, root: object, expected: Sequence[_Group]) -> tuple[list[_Group], list[_Element]]:
    """The items and documents that stand below the `Document`, as far as they are where they are expected."""
    found: list[_Group] = []
    parts: list[_Element] = []
    kids = walk.below(walk.element(root)) if isinstance(root, Dictionary) else []
    for kid, (item, _) in zip(kids, [*expected, *[(None, [""])] * len(kids)], strict=False):
        below = [kid] if item is None else walk.below(kid)
        found.append((None if item is None else walk.title(kid), [walk.title(each) for each in below]))
        parts += below
    return found, parts


@dataclass
class _Walk:
    """What the tree says: the element of each piece of content, and each ID that stands twice. All by object names."""

    pdf: pikepdf.Pdf
    texts: Mapping[_ObjectName, bytes]
    holdings: Mapping[_ObjectName, Holding]
    contents: dict[_ObjectName, dict[int, _ObjectName]] = field(default_factory=dict)
    things: dict[_ObjectName, _ObjectName] = field(default_factory=dict)
    pages_of_parts: list[set[_ObjectName]] = field(default_factory=list)
    repeated: set[bytes] = field(default_factory=set)
    identifiers: set[bytes] = field(default_factory=set)

    def run(self, part: _Element) -> None:
        """Go through all elements of one document."""
        pages: set[_ObjectName] = set()
        self.pages_of_parts.append(pages)
        stack = [part]
        while stack:
            element = stack.pop()
            if not isinstance(element, bytes):
                stack += self._read(element, pages)
                continue
            identifier, kids, page = self.holdings[element]
            if identifier:
                self._identify(identifier_of(identifier))
            below, content, references = kids_of_holding(kids)
            if page and content:
                self._hold(page, content, element, pages)
            for mcid, thing, on, form in references:
                if thing:
                    self.things[thing] = element
                elif mcid and (on or page):
                    self.contents.setdefault(form or on or page, {})[int(mcid)] = element
                    pages.add(on or page)
            for kid in below:
                if kid in self.holdings:
                    stack.append(kid)
                elif is_element(lower := self.fetch(kid)):
                    stack.append(lower)
                else:
                    self._refer(lower, page, element, pages)

    def element(self, element: Object) -> _Element:
        name = _name(element)
        return name if name in self.holdings else element

    def below(self, element: _Element) -> list[_Element]:
        """The elements below another."""
        if isinstance(element, Object):
            return [self.element(kid) for kid in kids_of(element) if isinstance(kid, Object) and is_element(kid)]
        kids = kids_of_holding(self.holdings[element][1]).objects
        return [kid if kid in self.holdings else self.fetch(kid) for kid in kids]

    def fetch(self, name: _ObjectName) -> Object:
        number, generation = (name + b" 0").split()[:2]
        return self.pdf.get_object(int(number), int(generation))

    def title(self, element: _Element) -> str:
        return str(element.get("/T", "")) if isinstance(element, Object) else title_of(self.texts[element])

    def _read(self, element: Object, pages: set[_ObjectName]) -> list[_Element]:
        """Look at an element entry by entry; gives the elements below it."""
        identifier = element.get("/ID")
        if identifier is not None:
            self._identify(bytes(identifier))
        page = _name(element.get("/Pg"))
        below = []
        for kid in kids_of(element):
            if isinstance(kid, int):
                if page:
                    self._hold(page, [kid], _name(element), pages)
            elif is_element(kid):
                below.append(self.element(kid))
            else:
                self._refer(kid, page, _name(element), pages)
        return below

    def _identify(self, identifier: bytes) -> None:
        if identifier in self.identifiers:
            self.repeated.add(identifier)
        self.identifiers.add(identifier)

    def _hold(self, page: _ObjectName, content: Iterable[int], element: _ObjectName, pages: set[_ObjectName]) -> None:
        self.contents.setdefault(page, {}).update(dict.fromkeys(content, element))
        pages.add(page)

    def _refer(self, reference: Object, page: _ObjectName, element: _ObjectName, pages: set[_ObjectName]) -> None:
        """Note what a reference to content or to an annotation says; `page` is that of the element."""
        thing = _name(reference.get("/Obj"))
        if thing:
            self.things[thing] = element
        elif "/MCID" in reference:
            on = _name(reference.get("/Pg")) or page
            holder = _name(reference.get("/Stm")) or on
            if on:
                self.contents.setdefault(holder, {})[int(reference.MCID)] = element
                pages.add(on)


def _name(thing: object) -> _ObjectName:
    """The name of an object; empty if it is none, or one within another."""
    if not isinstance(thing, Object) or not thing.is_indirect:
        return b""
    number, generation = thing.objgen
    return b"%d %d" % (number, generation) if generation else b"%d" % number


def _entries(tree: Object) -> Iterator[tuple[Any, _ObjectName | Object]]:
    """Keys and values of a tree of numbers (ISO 32000-1, 7.9.7), the values by name as far as they have one."""
    for node in tree.get("/Kids", Array()).as_list():
        yield from _entries(node)
    numbers = tree.get("/Nums", Array())
    text = numbers.unparse(resolved=True)
    if _PAIRS.fullmatch(text):
        for key, name in _PAIR.findall(text):
            yield int(key), name
        return
    listed = numbers.as_list()
    for key, value in zip(listed[::2], listed[1::2], strict=True):
        yield key, _name(value) or value


def _check_parents(root: Object, walk: _Walk) -> Iterator[Disagreement]:
    """The way from content to element must lead to the element that holds the content."""
    parents: dict[Any, _ObjectName | Object] = dict(_entries(root.ParentTree))
    used: set[int] = set()
    for index, page in enumerate(walk.pdf.pages):
        place = f"page {index + 1} of the file"
        told = walk.contents.get(_name(page.obj), {})
        key = page.obj.get("/StructParents")
        if key is None:
            if told:
                yield Disagreement("tag-parents", "elements hold its content, but it does not lead to them", place)
        elif key in used or key not in parents:
            yield Disagreement("tag-parents", f"its key {key} in the tree of tags is missing or used twice", place)
        else:
            used.add(int(key))
            if told != _of_content(walk, parents[key]):
                yield Disagreement("tag-parents", "its content leads to other elements than those that hold it", place)
        for annotation in page.obj.get("/Annots", Array()).as_list():
            key = annotation.get("/StructParent")
            element = parents.get(key) if key is not None and key not in used else None
            used |= {key} if isinstance(key, int) else set()
            if element is None or element != walk.things.get(_name(annotation)):
                yield Disagreement("tag-parents", "a link on it does not lead to the element that holds it", place)


def _of_content(walk: _Walk, entry: _ObjectName | Object) -> dict[int, _ObjectName]:
    """The elements of a page's content by its identifiers, as the tree of parents has them for the page."""
    text = walk.texts.get(entry, b"") if isinstance(entry, bytes) else b""
    if _REFERENCES.fullmatch(text):
        return dict(enumerate(_REFERENCE.findall(text)))
    array = walk.fetch(entry) if isinstance(entry, bytes) else entry
    return {mcid: _name(element) for mcid, element in enumerate(array.as_list()) if element}


def _check_order(walk: _Walk, plan: PagePlan) -> Iterator[Disagreement]:
    """Each document's elements must hold content of its own pages only."""
    indexes = {_name(page.obj): index for index, page in enumerate(walk.pdf.pages)}
    documents = [list(pages) for _, pages in groupby(plan.pages, lambda page: page.document_id)]
    for pages, objects in zip(documents, walk.pages_of_parts, strict=False):
        own = {page.page_index for page in pages}
        strange = sorted(indexes.get(each, -1) for each in objects if indexes.get(each) not in own)
        if strange:
            message = f"its tags hold content of page {strange[0] + 1} of the file, which is of another document"
            yield Disagreement("tag-order", message, pages[0].document_id)
