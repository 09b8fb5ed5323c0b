"""One document's structure tree, walked through once on its way into the pack.

Takes the copied tree of a document below its `Part`; takes note of which element each piece of content belongs to,
gives every element the pack's names for its role, classes and IDs, and leaves out what did not come along: pages
that were not planned, annotations that were removed. Never changes the order of anything.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from packgen.merge.contents import MAX_MCID
from packgen.merge.roles import Classes, Roles, role_mapping
from packgen.merge.values import JoinedPart, ObjectId


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
    role_names: dict[str, str] = field(default_factory=dict)
    seen: set[ObjectId] = field(default_factory=set)
    emptied: list[_Step] = field(default_factory=list)

    def run(self, top: Object) -> None:
        self.seen.add(top.objgen)
        steps = self._kids(_Step(top, None))
        while steps:
            step = steps.pop()
            self._rename(step)
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
        changed = False
        for kid in before:
            if not isinstance(kid, Dictionary):
                if isinstance(kid, int) and self._content(page, kid, element):
                    kept.append(kid)
                continue
            kind = kid.get("/Type")
            if kind == "/MCR":
                if self._reference(kid, page, element):
                    kept.append(kid)
            elif kind == "/OBJR":
                if self._object(kid, element):
                    kept.append(kid)
            elif "/S" in kid:
                if not kid.is_indirect:
                    kid = self.register.pack.make_indirect(kid)  # noqa: PLW2901  # the same element, as an object
                    changed = True
                elif kid.objgen in self.seen:
                    continue
                self.seen.add(kid.objgen)
                kid.P = element
                kept.append(kid)
                below.append(_Step(kid, step))
        if changed or len(kept) != len(before):
            element.K = Array(kept)
            self.emptied.append(step)
        below.reverse()
        return below

    def _content(self, page: object, mcid: int, element: Object) -> bool:
        return (
            isinstance(page, Dictionary)
            and page.objgen in self.pages
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
        if not isinstance(page, Dictionary) or page.objgen not in self.pages:
            return False
        return self.register.add_content(page, mcid, element, form if isinstance(form, Stream) else None)

    def _object(self, reference: Object, element: Object) -> bool:
        """An object reference: to an annotation that came along, or to an XObject."""
        thing = reference.get("/Obj")
        if isinstance(thing, Stream) or (isinstance(thing, Dictionary) and thing.objgen in self.annotations):
            return self.register.objects.setdefault(thing.objgen, (thing, element))[1] is element
        return False

    def _rename(self, step: _Step) -> None:
        """Give an element the pack's name for its role, its classes and its ID."""
        element = step.element
        if "/NS" not in element:
            role = str(element.get("/S"))
            name = self.role_names.get(role)
            if name is None:
                name = self.role_names[role] = self.register.roles.name_for(role, self.mapping)
            if name != role:
                element.S = Name(name)
        if "/AF" in element:
            del element.AF
        identifier = element.get("/ID")
        if isinstance(identifier, String):
            element.ID = String(self._new_id(bytes(identifier), element))
        attributes = element.get("/A")
        if attributes is not None:
            for each in attributes.as_list([]) if isinstance(attributes, Array) else [attributes]:
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
