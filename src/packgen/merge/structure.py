"""The structure trees of all documents as one: what screen readers walk through.

Takes each document's copied tree; gives one tree with a `Document`, below it a `Part` for each item of the agenda,
below that a `Part` for each document under its title, and below that the document's own elements in their order. Keys
of the parent tree, element IDs and roles are made anew, so that no two documents can be mistaken for each other. Never
invents tags for content that has none; see `tagging`.
"""

from __future__ import annotations

from collections.abc import Iterable

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from packgen.elements import ObjectId, kids_of
from packgen.merge.roles import Classes, Roles
from packgen.merge.values import JoinedPart
from packgen.merge.walk import walk_part


class Structure:
    """The structure tree of a pack while it is being joined."""

    def __init__(self, pack: Pdf) -> None:
        self.pack = pack
        self._parts: list[Object] = []
        self._item: tuple[str, Object, list[Object]] | None = None
        self._forms: dict[ObjectId, Object] = {}
        self.roles = Roles()
        self.classes = Classes()
        self.ids: dict[bytes, Object] = {}
        self.document = pack.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document))
        self.covered: set[ObjectId] = set()
        """Pages that have tagged content."""
        self.contents: dict[ObjectId, dict[int, Object]] = {}
        """For each page or form XObject the element of each marked content identifier."""
        self.objects: dict[ObjectId, tuple[Object, Object]] = {}
        """For each annotation or XObject that is tagged as a whole: itself and its element."""

    def add_part(self, part: JoinedPart, pack_language: str) -> Object:
        """Join one document; gives its `Part`, which is empty if the document has no structure tree."""
        kids = _elements(part.structure.get("/K")) if part.structure is not None else []
        lifted = _lifted(kids, authored=part.part.authored)
        element: Object = lifted if lifted is not None else self.pack.make_indirect(Dictionary(Type=Name.StructElem))
        element.S = Name.Part
        element.T = String(part.part.title)
        if part.language and part.language != pack_language and "/Lang" not in element:
            element.Lang = String(part.language)
        if lifted is None and kids:
            element.K = Array(kids)
        self._append(part.part.item, element)
        if part.structure is not None:
            walk_part(self, part, element)
        return element

    def _append(self, item: str | None, element: Object) -> None:
        """Put the `Part` of a document below that of its item, or below the pack if it belongs to none."""
        if item is None:
            self._item = None
            self._parts.append(element)
            element.P = self.document
            return
        if self._item is None or self._item[0] != item:
            part = Dictionary(Type=Name.StructElem, S=Name.Part, P=self.document, T=String(item))
            self._item = (item, self.pack.make_indirect(part), [])
            self._parts.append(self._item[1])
        _, parent, documents = self._item
        documents.append(element)
        parent.K = Array(documents)
        element.P = parent

    def add_content(self, page: Object, mcid: int, element: Object, form: Object | None = None) -> bool:
        """Note that marked content of a page, or of a form drawn on it, belongs to `element`.

        False if it belongs to another element already.
        """
        return self.hold(page.objgen, mcid, element, form)

    def hold(self, page: ObjectId, mcid: int, element: Object, form: Object | None = None) -> bool:
        """What `add_content` does, for a page of which only the object's number is known."""
        self.covered.add(page)
        if form is not None:
            self._forms[form.objgen] = form
        owners = self.contents.setdefault(page if form is None else form.objgen, {})
        return owners.setdefault(mcid, element) is element

    def add_element(
        self, parent: Object, role: str, page: Object, mcid: int | None = None, *, first: bool = False
    ) -> Object:
        """A new element for marked content `mcid` of `page`, last below `parent`, or first."""
        element = self.pack.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{role}"), P=parent, Pg=page))
        if mcid is not None:
            element.K = mcid
            self.add_content(page, mcid, element)
        if not first and isinstance(parent.get("/K"), Array):
            parent.K.append(element)  # however many there are
        else:
            kids = kids_of(parent)
            parent.K = Array([element, *kids] if first else [*kids, element])
        return element

    def add_object(self, element: Object, page: Object, thing: Object) -> None:
        """Make an annotation part of an element."""
        element.K = Array([*kids_of(element), Dictionary(Type=Name.OBJR, Pg=page, Obj=thing)])
        self.objects[thing.objgen] = (thing, element)

    def next_mcid(self, page: Object) -> int:
        """The lowest marked content identifier above all that elements use on a page."""
        return max(self.contents.get(page.objgen, ()), default=-1) + 1

    def finish(self, pages: Iterable[Object]) -> None:
        """Write the tree into the pack, once everything is joined."""
        root = self.pack.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=self.document))
        self.document.P = root
        self.document.K = Array(self._parts)
        root.RoleMap = self.roles.role_map()
        class_map = self.classes.class_map()
        if len(class_map):
            root.ClassMap = class_map
        if self.ids:
            names: list[object] = [part for key in sorted(self.ids) for part in (String(key), self.ids[key])]
            root.IDTree = self.pack.make_indirect(Dictionary(Names=Array(names)))
        self._write_parent_tree(root, pages)
        self.pack.Root.StructTreeRoot = root
        self.pack.Root.MarkInfo = Dictionary(Marked=True)

    def _write_parent_tree(self, root: Object, pages: Iterable[Object]) -> None:
        """Number pages, forms and annotations anew, and write which element each piece of content belongs to."""
        numbers: list[object] = []
        key = 0
        for page in pages:
            page.Tabs = Name.S
            if page.objgen not in self.contents:
                if "/StructParents" in page:
                    del page.StructParents
                continue
            page.StructParents = key
            numbers += [key, self._parents(page.objgen)]
            key += 1
        for form in self._forms.values():
            form.StructParents = key
            numbers += [key, self._parents(form.objgen)]
            key += 1
        for thing, element in self.objects.values():
            thing.StructParent = key
            numbers += [key, element]
            key += 1
        root.ParentTree = self.pack.make_indirect(Dictionary(Nums=Array(numbers)))
        root.ParentTreeNextKey = key

    def _parents(self, objgen: ObjectId) -> Object:
        elements = self.contents[objgen]
        return self.pack.make_indirect(Array([elements.get(mcid) for mcid in range(max(elements) + 1)]))


def _lifted(kids: list[Object], *, authored: bool) -> Object | None:
    """The element at the top of a document that can become its `Part`: its `Document`, or the `Part` it was before."""
    if len(kids) != 1 or kids[0].get("/S") != "/Document" or not kids[0].is_indirect:
        return None
    below = _elements(kids[0].get("/K"))
    if not authored and len(below) == 1 and below[0].get("/S") == "/Part" and "/T" in below[0]:
        return below[0]
    return kids[0]


def _elements(value: object) -> list[Object]:
    """The dictionaries in an entry that holds one or an array of them."""
    entries = value.as_list() if isinstance(value, Array) else [value]
    return [entry for entry in entries if isinstance(entry, Dictionary)]
