"""One document's structure tree, walked through once on its way into the pack.

Takes the copied tree of a document below its `Part`; takes note of which element each piece of content belongs to,
gives every element the pack's names for its role, classes and IDs, and leaves out what did not come along: pages
that were not planned, annotations that were removed. Never changes the order of anything.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from packgen.merge.contents import MAX_MCID, drawn_objects
from packgen.merge.roles import Classes, Roles, keep_plain, role_mapping
from packgen.merge.values import JoinedPart, ObjectId

_ELEMENT_KEYS = frozenset({
    "/Type", "/S", "/ID", "/P", "/Pg", "/K", "/A", "/C", "/T", "/Lang", "/Alt", "/E", "/ActualText", "/NS", "/Phoneme",
    "/PhoneticAlphabet",
})  # fmt: skip
_REFERENCE_KEYS = frozenset({"/Type", "/Pg", "/Stm", "/MCID", "/Obj"})
_NAMESPACE_KEYS = frozenset({"/Type", "/NS", "/RoleMapNS"})
"""What elements, references to content and namespaces are made of (ISO 32000-2, 14.7); all else stays behind."""


class Register(Protocol):
    """Where a walk takes note of what it finds."""

    pack: Pdf
    roles: Roles
    classes: Classes
    ids: dict[bytes, Object]
    objects: dict[ObjectId, tuple[Object, Object]]

    def add_content(self, page: Object, mcid: int, element: Object, form: Object | None = None) -> bool: ...


def walk_part(register: Register, part: JoinedPart, top: Object) -> None:
    """Walk through everything below `top`, the `Part` of a document that has a structure tree."""
    assert part.structure is not None
    walk = _Walk(
        register,
        role_mapping(part.structure),
        register.classes.join(part.structure),
        part.document_id.encode("utf-8") + b".",
        {page.page.objgen for page in part.pages},
        {each.objgen for page in part.pages for each in page.page.get("/Annots", Array()).as_list()},
        [page.page for page in part.pages],
    )
    walk.run(top)


def kids_of(element: Object) -> list[Object | int]:
    """What stands below an element: elements, references, or numbers of marked content."""
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids.as_list()) if isinstance(kids, Array) else [kids]


@dataclass
class _Step:
    """An element and the step to the element above it."""

    element: Object
    parent: _Step | None


@dataclass
class _Walk:
    register: Register
    mapping: dict[str, str]
    renamed_classes: dict[str, str]
    prefix: bytes
    pages: set[ObjectId]
    annotations: set[ObjectId]
    page_objects: list[Object]
    drawn: set[ObjectId] | None = None
    role_names: dict[str, str] = field(default_factory=dict)
    seen: set[ObjectId] = field(default_factory=set)
    emptied: list[_Step] = field(default_factory=list)

    def run(self, top: Object) -> None:
        self.seen.add(top.objgen)
        if "/NS" in top:
            del top.NS
        self._clean(top)
        steps = self._kids(_Step(top, None))
        while steps:
            step = steps.pop()
            self._rename_role(step.element)
            self._clean(step.element)
            steps += self._kids(step)
        for step in reversed(self.emptied):
            _drop_if_empty(step)

    def _kids(self, step: _Step) -> list[_Step]:
        """Take note of an element's content; gives the elements below it, the last one first."""
        element = step.element
        page = element.get("/Pg")
        before = kids_of(element)
        kept: list[Object | int] = []
        below: list[_Step] = []
        for kid in before:
            if isinstance(kid, Dictionary) and "/S" in kid and kid.get("/Type") not in {"/MCR", "/OBJR"}:
                lower = self._element(kid, element)
                if lower is not None:
                    kept.append(lower)
                    below.append(_Step(lower, step))
            elif self._holds(kid, page, element):
                kept.append(kid)
        if isinstance(page, Object) and not self._is_ours(page):
            del element.Pg
        if len(kept) != len(before) or any(one is not other for one, other in zip(kept, before, strict=True)):
            element.K = Array(kept)
            self.emptied.append(step)
        below.reverse()
        return below

    def _element(self, kid: Object, parent: Object) -> Object | None:
        """An element below another, as an object of its own; None if it stood elsewhere already."""
        if not kid.is_indirect:
            kid = self.register.pack.make_indirect(kid)
        elif kid.objgen in self.seen:
            return None
        self.seen.add(kid.objgen)
        kid.P = parent
        return kid

    def _holds(self, kid: Object | int, page: object, element: Object) -> bool:
        """Take note of content or of an object that an element holds; False if it is not there, or another's."""
        if isinstance(kid, int):
            return self._content(page, kid, element)
        if not isinstance(kid, Dictionary):
            return False
        _keep_only(kid, _REFERENCE_KEYS)
        kind = kid.get("/Type")
        if kind == "/MCR":
            return self._reference(kid, page, element)
        return kind == "/OBJR" and self._object(kid, element)

    def _is_ours(self, page: object) -> bool:
        """Whether it is a page of this document that came along."""
        return isinstance(page, Dictionary) and page.objgen in self.pages

    def _content(self, page: object, mcid: int, element: Object) -> bool:
        return (
            self._is_ours(page)
            and isinstance(page, Object)
            and 0 <= mcid <= MAX_MCID
            and self.register.add_content(page, mcid, element)
        )

    def _reference(self, reference: Object, page: object, element: Object) -> bool:
        """A marked content reference: to content of a page, or of a form XObject drawn on it."""
        page = reference.get("/Pg", page)
        mcid = reference.get("/MCID")
        form = reference.get("/Stm")
        if not isinstance(mcid, int) or not 0 <= mcid <= MAX_MCID:
            return False
        if not self._is_ours(page) or not isinstance(page, Object):
            return False
        if form is not None and not (isinstance(form, Stream) and self._draws(form)):
            return False
        return self.register.add_content(page, mcid, element, form)

    def _object(self, reference: Object, element: Object) -> bool:
        """An object reference: to an annotation that came along, or to an XObject that a page draws."""
        page = reference.get("/Pg")
        if page is not None and not self._is_ours(page):
            return False
        thing = reference.get("/Obj")
        known = self._draws(thing) if isinstance(thing, Stream) else self._annotates(thing)
        if known and isinstance(thing, Object):
            return self.register.objects.setdefault(thing.objgen, (thing, element))[1] is element
        return False

    def _annotates(self, thing: object) -> bool:
        return isinstance(thing, Dictionary) and thing.objgen in self.annotations

    def _draws(self, thing: Object) -> bool:
        """Whether it is an XObject that a page of this document draws, itself or within another."""
        if self.drawn is None:
            self.drawn = drawn_objects(self.page_objects)
        return thing.objgen in self.drawn

    def _rename_role(self, element: Object) -> None:
        """Give an element the pack's name for its role."""
        if "/NS" in element:
            namespace = element.NS
            if isinstance(namespace, Dictionary):
                keep_namespace(namespace)
            return
        role = str(element.get("/S"))
        name = self.role_names.get(role)
        if name is None:
            name = self.role_names[role] = self.register.roles.name_for(role, self.mapping)
        if name != role:
            element.S = Name(name)

    def _clean(self, element: Object) -> None:
        """Leave an element what it needs, with the pack's names for its classes and its ID."""
        _keep_only(element, _ELEMENT_KEYS)
        identifier = element.get("/ID")
        if isinstance(identifier, String):
            element.ID = String(self._new_id(bytes(identifier), element))
        attributes = element.get("/A")
        if attributes is not None:
            for each in attributes.as_list() if isinstance(attributes, Array) else [attributes]:
                keep_plain(each)
                self._rename_headers(each)
        if self.renamed_classes and "/C" in element:
            element.C = _renamed(element.C, self.renamed_classes)

    def _new_id(self, identifier: bytes, element: Object) -> bytes:
        wanted = name = self.prefix + identifier
        count = 1
        while name in self.register.ids:
            count += 1
            name = wanted + b"-%d" % count
        self.register.ids[name] = element
        return name

    def _rename_headers(self, attributes: object) -> None:
        """Table cells name their header cells by ID."""
        headers = attributes.get("/Headers") if isinstance(attributes, Dictionary) else None
        if not isinstance(attributes, Dictionary) or not isinstance(headers, Array):
            return
        if attributes.is_indirect:
            if attributes.objgen in self.seen:
                return
            self.seen.add(attributes.objgen)
        attributes.Headers = Array(
            [String(self.prefix + bytes(header)) for header in headers.as_list() if isinstance(header, String)]
        )


def keep_namespace(namespace: Object) -> Object:
    """A namespace of elements with nothing but what makes one."""
    _keep_only(namespace, _NAMESPACE_KEYS)
    return namespace


def _keep_only(thing: Object, keys: frozenset[str]) -> None:
    for key in thing.keys() - keys:
        del thing[key]


def _drop_if_empty(step: _Step) -> None:
    """Take out an element that lost all it held, and those above it that held nothing else.

    A link that lost its annotation but has words is from now on mere words.
    """
    kids = kids_of(step.element)
    if kids:
        annotated = any(isinstance(kid, Dictionary) and kid.get("/Type") == "/OBJR" for kid in kids)
        if step.element.get("/S") == "/Link" and not annotated:
            step.element.S = Name.Span
    elif step.parent is not None:
        above = step.parent.element
        gone = step.element.objgen
        above.K = Array([kid for kid in kids_of(above) if not (isinstance(kid, Dictionary) and kid.objgen == gone)])
        _drop_if_empty(step.parent)


def _renamed(classes: object, names: dict[str, str]) -> Object:
    """A class or an array of classes (with revision numbers) under the pack's names."""
    entries = classes.as_list() if isinstance(classes, Array) else [classes]
    return Array([Name(names.get(str(entry), str(entry))) if isinstance(entry, Name) else entry for entry in entries])
