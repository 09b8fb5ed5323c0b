"""What the elements of one document are called in the pack: their roles, classes and IDs.

Takes elements of the copied tree; gives each the pack's names, and leaves it nothing but what elements are made of.
Never changes where an element stands, or what it holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from pikepdf import Array, Dictionary, Name, Object, String

from packgen.elements import PlainElement, with_headers
from packgen.merge.entries import keep_only, take_out
from packgen.merge.roles import Classes, RoleNames, Roles, keep_plain

_ELEMENT_KEYS = frozenset({
    "/Type", "/S", "/ID", "/P", "/Pg", "/K", "/A", "/C", "/T", "/Lang", "/Alt", "/E", "/ActualText", "/Phoneme",
    "/PhoneticAlphabet",
})  # fmt: skip
"""What elements are made of (ISO 32000-1, table 323); all else stays behind."""
_TEXTS = ("/T", "/Lang", "/Alt", "/E", "/ActualText")
_DEEPEST_HEADING = 6


class NameRegister(Protocol):
    """The names of the whole pack."""

    roles: Roles
    classes: Classes
    ids: dict[bytes, Object]


@dataclass
class Naming:
    """Names the elements of one document; its IDs begin with `prefix` in the pack."""

    register: NameRegister
    roles: RoleNames
    prefix: bytes
    renamed_classes: dict[str, str]
    notes: int = 0

    @classmethod
    def of(cls, register: NameRegister, root: Object, document_id: str) -> Naming:
        """For the document with the structure tree `root`."""
        return cls(
            register,
            RoleNames(register.roles, root),
            document_id.encode("utf-8") + b".",
            register.classes.join(root),
        )

    def tidy_plain(self, element: Object, plain: PlainElement, level: int) -> None:
        """Name an element that is plain; `level` is that of a heading that has none of its own."""
        meaning = self._rename_role(element, plain.role, None, level)
        attributes = with_headers(plain.attributes, self.prefix) if plain.attributes else None
        if attributes is not None:
            element.A = attributes
        if plain.identifier is not None:
            element.ID = String(self._new_id(plain.identifier, element))
        elif meaning == "/Note":
            self._name_note(element)

    def tidy(self, element: Object, level: int) -> None:
        """Name any element, in terms of PDF 1.7 whatever its own file speaks, and leave it what it needs."""
        meaning = self._rename_role(element, str(element.get("/S")), element.get("/NS"), level)
        self.clean(element)
        if meaning == "/Note" and "/ID" not in element:
            self._name_note(element)

    def clean(self, element: Object) -> None:
        """Leave an element what it needs, with the pack's names for its classes and its ID, but not for its role."""
        keep_only(element, _ELEMENT_KEYS)
        element.Type = Name.StructElem
        take_out(element, [key for key in _TEXTS if not isinstance(element.get(key), String)])
        identifier = element.get("/ID")
        if isinstance(identifier, String):
            element.ID = String(self._new_id(bytes(identifier), element))
        elif identifier is not None:
            del element.ID
        attributes = element.get("/A")
        if attributes is not None:
            own = [_own(each) for each in (attributes.as_list() if isinstance(attributes, Array) else [attributes])]
            for each in own:
                keep_plain(each)
                self._rename_headers(each)
            element.A = Array(own) if isinstance(attributes, Array) else own[0]
        if self.renamed_classes and "/C" in element:
            element.C = _renamed(element.C, self.renamed_classes)

    def _rename_role(self, element: Object, role: str, namespace: object, level: int) -> str | None:
        """Write the pack's name for a role where it differs; gives the standard type that it stands for."""
        meaning = self.roles.meaning(role, namespace)
        name = self.roles.name(role, namespace)
        if meaning == "/H":  # the two kinds of headings must not stand in one file (ISO 14289-1, 7.4.4)
            name = f"/H{min(max(level, 1), _DEEPEST_HEADING)}"
        if name != role:
            element.S = Name(name)
        return meaning

    def _name_note(self, element: Object) -> None:
        """Notes must have an ID (ISO 14289-1, 7.9); one that its author's program forgot says nothing new."""
        self.notes += 1
        element.ID = String(self._new_id(b"note-%d" % self.notes, element))

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
        attributes.Headers = Array(
            [String(self.prefix + bytes(header)) for header in headers.as_list() if isinstance(header, String)]
        )


def _renamed(classes: object, names: dict[str, str]) -> Object:
    """A class or an array of classes (with revision numbers) under the pack's names."""
    entries = classes.as_list() if isinstance(classes, Array) else [classes]
    return Array([Name(names.get(str(entry), str(entry))) if isinstance(entry, Name) else entry for entry in entries])


def _own(attributes: object) -> object:
    """Attributes that stand in their element itself, not in an object that others may share."""
    return attributes.copy() if isinstance(attributes, Dictionary) and attributes.is_indirect else attributes
