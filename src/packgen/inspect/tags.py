"""Whether the tags of a finished PDF hold together: what no validator of PDF/UA looks for.

Takes the open PDF with the text of its objects, and the plan; gives disagreements. Elements that are written plainly
are read from their text, all others with pikepdf: a long pack has a hundred thousand. Never relies on how merging
writes them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from msgspec import Struct, field
from pikepdf import Object

from packgen.elements import is_element, kids_of
from packgen.inspect.disagreement import Disagreement
from packgen.inspect.finished_file import FinishedFile, ObjectName, name_of
from packgen.inspect.holdings import Holding, identifier_of, kids_of_holding, read_holdings, title_of
from packgen.inspect.settled import LookAgainError
from packgen.inspect.tag_roots import TagRoots, tag_roots
from packgen.model import PagePlan

_Group = tuple[str | None, list[str]]
"""The title of an item, or None for documents that belong to none, and the titles of its documents."""
_REFERENCES = re.compile(rb"\[ ?(?:\d+ 0 R ?)*\]")
_Element = ObjectName | Object
"""An element: its name if all that it holds is known from its text, else the element itself."""
_REFERENCE = re.compile(rb"(\d+) 0 R")
_TO_OBJECT = b" 0 R"


class PartFact(NamedTuple):
    """What the element that stands for a document holds, as it is written, and the IDs of all elements below it."""

    kids: bytes
    identifiers: frozenset[bytes]


class CheckedTags(NamedTuple):
    """What is wrong with the tags; what was found of documents, by the element that stands for each, as far as they
    were gone through and are written plainly; and the keys that each page has in the tree of parents.
    """

    disagreements: tuple[Disagreement, ...]
    parts: Mapping[ObjectName, PartFact]
    keys: Mapping[ObjectName, tuple[object, ...]]


def check_tags(file: FinishedFile, plan: PagePlan, titles: Mapping[str, Sequence[str]]) -> CheckedTags:
    """A `Part` for each item and document in the order of the plan; IDs unique; parents and kids agree both ways.

    `titles` has for every document by its id the title of the item it stands below, if it does, and its own.

    Raises:
        LookAgainError: what is known of documents does not fit the elements that stand for them.
    """
    roots = tag_roots(file)
    if roots is None:
        return CheckedTags((Disagreement("tags", "the file has no tags"),), {}, {})
    walk = _Walk(file, read_holdings(file.texts))
    disagreements = tuple(_check(roots, walk, plan, titles))
    keys = {page: (key, *(own for _, own in listed)) for page, key, listed, _ in roots.pages}
    return CheckedTags(disagreements, walk.found, keys)


def _check(roots: TagRoots, walk: _Walk, plan: PagePlan, titles: Mapping[str, Sequence[str]]) -> Iterator[Disagreement]:
    documents = [document_id for document_id, _ in groupby(plan.pages, lambda page: page.document_id)]
    expected = _groups([titles.get(document_id, ("",)) for document_id in documents])
    found, parts = _parts(walk, roots.top, expected)
    if found != expected:
        yield Disagreement("tag-order", f"a screen reader meets the documents as {found} instead of {expected}")
    for part in parts:
        walk.run_or_recall(part)
    for identifier in sorted(walk.repeated):
        yield Disagreement("tag-id", f"two elements have the ID {identifier!r}")
    yield from _check_parents(roots, walk)
    yield from _check_order(roots, walk, plan)


def _groups(titles: Sequence[Sequence[str]]) -> list[_Group]:
    groups: list[_Group] = []
    for *above, title in titles:
        item = above[0] if above else None
        if item is not None and groups and groups[-1][0] == item:
            groups[-1][1].append(title)
        else:
            groups.append((item, [title]))
    return groups


def _parts(walk: _Walk, top: _Element | None, expected: Sequence[_Group]) -> tuple[list[_Group], list[_Element]]:
    """The items and documents that stand below the `Document`, as far as they are where they are expected."""
    found: list[_Group] = []
    parts: list[_Element] = []
    kids = walk.below(walk.known(top)) if top is not None else []
    for kid, (item, _) in zip(kids, [*expected, *[(None, [""])] * len(kids)], strict=False):
        below = [kid] if item is None else walk.below(kid)
        found.append((None if item is None else walk.title(kid), [walk.title(each) for each in below]))
        parts += below
    return found, parts


class _Walk(Struct):
    """What the tree says: the element of each piece of content, and each ID that stands twice. All by object names."""

    file: FinishedFile
    holdings: Mapping[ObjectName, Holding]
    contents: dict[ObjectName, dict[int, ObjectName]] = field(default_factory=dict)
    things: dict[ObjectName, ObjectName] = field(default_factory=dict)
    pages_of_parts: list[set[ObjectName]] = field(default_factory=list)
    repeated: set[bytes] = field(default_factory=set)
    identifiers: set[bytes] = field(default_factory=set)
    found: dict[ObjectName, PartFact] = field(default_factory=dict)
    recalled: set[ObjectName] = field(default_factory=set)

    def run_or_recall(self, part: _Element) -> None:
        """Go through all elements of one document, unless they are known as they stand there."""
        fact = self.file.settled.get(part) if isinstance(part, bytes) else None
        others, self.identifiers = self.identifiers, set()
        if fact is None:
            self.run(part)
            if isinstance(part, bytes) and not any(self.holdings[part][::2]):
                self.found[part] = PartFact(self.holdings[part][1], frozenset(self.identifiers))
        elif isinstance(part, bytes) and self.holdings[part] == (b"", fact.kids, b"") and part not in self.recalled:
            self.recalled.add(part)
            self.pages_of_parts.append(set())
            self.identifiers.update(fact.identifiers)
        else:
            raise LookAgainError
        self.repeated |= self.identifiers & others
        self.identifiers |= others

    def run(self, part: _Element) -> None:
        """Go through all elements of one document."""
        pages: set[ObjectName] = set()
        self.pages_of_parts.append(pages)
        holdings, contents = self.holdings, self.contents
        stack: list[_Element] = [part]
        while stack:
            element = stack.pop()
            if not isinstance(element, bytes):
                stack += self._read(element, pages)
                continue
            identifier, kids, page = holdings[element]
            if identifier:
                self._identify(identifier_of(identifier))
            only = kids.strip(b"[] ")
            if only.isdigit():  # as most are
                if page:
                    contents.setdefault(page, {})[int(only)] = element
                    pages.add(page)
                continue
            if only.endswith(_TO_OBJECT) and (kid := only.removesuffix(_TO_OBJECT)) in holdings:
                stack.append(kid)
            else:
                stack += self._several(element, kids, page, pages)

    def _several(self, element: ObjectName, kids: bytes, page: ObjectName, pages: set[ObjectName]) -> list[_Element]:
        """Note what stands below an element; gives the elements among it."""
        below, content, references = kids_of_holding(kids)
        if page and content:
            self._hold(page, content, element, pages)
        for mcid, thing, on, form in references:
            if thing:
                self.things[thing] = element
            elif mcid and (on or page):
                self.contents.setdefault(form or on or page, {})[int(mcid)] = element
                pages.add(on or page)
        known: list[_Element] = [kid for kid in below if kid in self.holdings]
        if len(known) != len(below):
            known += self._others([kid for kid in below if kid not in self.holdings], page, element, pages)
        return known

    def _others(
        self, kids: Iterable[ObjectName], page: ObjectName, element: ObjectName, pages: set[ObjectName]
    ) -> Iterator[Object]:
        """Note what is referred to by objects below an element; gives those that are elements."""
        for kid in kids:
            lower = self.file.object(kid)
            if is_element(lower):
                yield lower
            else:
                self._refer(lower, page, element, pages)

    def known(self, element: _Element) -> _Element:
        """An element by its name, if all that it holds is known."""
        if isinstance(element, Object):
            return self.element(element)
        return element if element in self.holdings else self.file.object(element)

    def element(self, element: Object) -> _Element:
        name = name_of(element)
        return name if name in self.holdings else element

    def below(self, element: _Element) -> list[_Element]:
        """The elements below another."""
        if isinstance(element, Object):
            return [self.element(kid) for kid in kids_of(element) if isinstance(kid, Object) and is_element(kid)]
        kids = kids_of_holding(self.holdings[element][1]).objects
        return [self.known(kid) for kid in kids]

    def title(self, element: _Element) -> str:
        return str(element.get("/T", "")) if isinstance(element, Object) else title_of(self.file.text(element))

    def _read(self, element: Object, pages: set[ObjectName]) -> list[_Element]:
        """Look at an element entry by entry; gives the elements below it."""
        identifier = element.get("/ID")
        if identifier is not None:
            self._identify(bytes(identifier))
        page = name_of(element.get("/Pg"))
        below = []
        for kid in kids_of(element):
            if isinstance(kid, int):
                if page:
                    self._hold(page, [kid], name_of(element), pages)
            elif is_element(kid):
                below.append(self.element(kid))
            else:
                self._refer(kid, page, name_of(element), pages)
        return below

    def _identify(self, identifier: bytes) -> None:
        if identifier in self.identifiers:
            self.repeated.add(identifier)
        self.identifiers.add(identifier)

    def _hold(self, page: ObjectName, content: Iterable[int], element: ObjectName, pages: set[ObjectName]) -> None:
        self.contents.setdefault(page, {}).update(dict.fromkeys(content, element))
        pages.add(page)

    def _refer(self, reference: Object, page: ObjectName, element: ObjectName, pages: set[ObjectName]) -> None:
        """Note what a reference to content or to an annotation says; `page` is that of the element."""
        thing = name_of(reference.get("/Obj"))
        if thing:
            self.things[thing] = element
        elif "/MCID" in reference:
            on = name_of(reference.get("/Pg")) or page
            holder = name_of(reference.get("/Stm")) or on
            if on:
                self.contents.setdefault(holder, {})[int(reference.MCID)] = element
                pages.add(on)


def _check_parents(roots: TagRoots, walk: _Walk) -> Iterator[Disagreement]:
    """The way from content to element must lead to the element that holds the content."""
    keys = [key for fact in walk.file.settled.values() for key in fact.keys]
    used: set[object] = set(keys)
    if len(used) != len(keys) or walk.recalled != walk.file.settled.keys():
        raise LookAgainError
    for index, (page, key, listed, settled) in enumerate(roots.pages):
        if settled:
            continue
        place = f"page {index + 1} of the file"
        told = walk.contents.get(page, {})
        if key is None:
            if told:
                yield Disagreement("tag-parents", "elements hold its content, but it does not lead to them", place)
        elif key in used or key not in roots.parents:
            yield Disagreement("tag-parents", f"its key {key} in the tree of tags is missing or used twice", place)
        else:
            used.add(key)
            if told != _of_content(walk, roots.parents[key]):
                yield Disagreement("tag-parents", "its content leads to other elements than those that hold it", place)
        for annotation, own in listed:
            element = roots.parents.get(own) if own is not None and own not in used else None
            used |= {own} if isinstance(own, int) else set()
            if element is None or element != walk.things.get(annotation):
                yield Disagreement("tag-parents", "a link on it does not lead to the element that holds it", place)


def _of_content(walk: _Walk, entry: ObjectName | Object) -> dict[int, ObjectName]:
    """The elements of a page's content by its identifiers, as the tree of parents has them for the page."""
    text = walk.file.texts.get(entry, b"") if isinstance(entry, bytes) else b""
    if _REFERENCES.fullmatch(text):
        return dict(enumerate(_REFERENCE.findall(text)))
    array = walk.file.object(entry) if isinstance(entry, bytes) else entry
    return {mcid: name_of(element) for mcid, element in enumerate(array.as_list()) if element}


def _check_order(roots: TagRoots, walk: _Walk, plan: PagePlan) -> Iterator[Disagreement]:
    """Each document's elements must hold content of its own pages only."""
    indexes = {keys.page: index for index, keys in enumerate(roots.pages)}
    documents = [list(pages) for _, pages in groupby(plan.pages, lambda page: page.document_id)]
    for pages, objects in zip(documents, walk.pages_of_parts, strict=False):
        own = {page.page_index for page in pages}
        strange = sorted(indexes.get(each, -1) for each in objects if indexes.get(each) not in own)
        if strange:
            message = f"its tags hold content of page {strange[0] + 1} of the file, which is of another document"
            yield Disagreement("tag-order", message, pages[0].document_id)
