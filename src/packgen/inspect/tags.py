"""Whether the tags of a finished PDF hold together: what no validator of PDF/UA looks for.

Takes the PDF's bytes and the plan; gives disagreements. Read with pikepdf, the only library here that is fast enough
for the hundred thousand elements of a long pack, but independently of how merging writes them.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

import pikepdf
from pikepdf import Array, Dictionary, Object

from packgen.inspect.readback import Disagreement
from packgen.model import PagePlan

_ObjectId = tuple[int, int]


def check_tags(data: bytes, plan: PagePlan, titles: Mapping[str, str]) -> Iterator[Disagreement]:
    """A `Part` for each document in the order of the plan; IDs unique; elements and content agree both ways."""
    with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
        root = pdf.Root.get("/StructTreeRoot")
        if not isinstance(root, Dictionary):
            yield Disagreement("tags", "the file has no tags")
            return
        expected = [
            titles.get(document_id, "") for document_id, _ in groupby(plan.pages, lambda page: page.document_id)
        ]
        document = root.get("/K")
        parts = _kids(document) if isinstance(document, Dictionary) else []
        found = [str(part.get("/T", "")) if isinstance(part, Dictionary) else "" for part in parts]
        if found != expected:
            yield Disagreement("tag-order", f"a screen reader meets the documents as {found} instead of {expected}")
        walk = _Walk()
        walk.run(parts)
        for identifier in sorted(walk.repeated):
            yield Disagreement("tag-id", f"two elements have the ID {identifier}")
        yield from _check_parents(pdf, root, walk)
        yield from _check_order(walk, pdf, plan)


@dataclass
class _Walk:
    """What the tree says: the element of each piece of content, and each ID that stands twice."""

    contents: dict[_ObjectId, dict[int, _ObjectId]] = field(default_factory=dict)
    things: dict[_ObjectId, _ObjectId] = field(default_factory=dict)
    pages_of_parts: list[list[_ObjectId]] = field(default_factory=list)
    repeated: set[str] = field(default_factory=set)

    def run(self, parts: list[Object | int]) -> None:
        identifiers: set[bytes] = set()
        for part in parts:
            pages: dict[_ObjectId, None] = {}
            stack: list[Object] = [part] if isinstance(part, Dictionary) else []
            while stack:
                element = stack.pop()
                identifier = element.get("/ID")
                if identifier is not None:
                    if bytes(identifier) in identifiers:
                        self.repeated.add(str(identifier))
                    identifiers.add(bytes(identifier))
                below: list[Object] = []
                for kid in _kids(element):
                    if isinstance(kid, int):
                        page = element.Pg.objgen
                        self.contents.setdefault(page, {})[kid] = element.objgen
                        pages[page] = None
                    elif "/S" in kid:
                        below.append(kid)
                    elif "/Obj" in kid:
                        self.things[kid.Obj.objgen] = element.objgen
                    elif "/MCID" in kid:
                        holder = kid.get("/Stm") or kid.get("/Pg") or element.Pg
                        self.contents.setdefault(holder.objgen, {})[int(kid.MCID)] = element.objgen
                below.reverse()
                stack += below
            self.pages_of_parts.append(list(pages))


def _kids(element: Object) -> list[Object | int]:
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids.as_list()) if isinstance(kids, Array) else [kids]


def _check_parents(pdf: pikepdf.Pdf, root: Object, walk: _Walk) -> Iterator[Disagreement]:
    """The way from content to element must lead to the element that holds the content."""
    numbers = list(root.ParentTree.Nums.as_list())
    parents = dict(zip(numbers[::2], numbers[1::2], strict=True))
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
