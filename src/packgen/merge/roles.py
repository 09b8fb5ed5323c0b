"""The vocabulary of structure trees, joined without changing what any word means.

Takes the role map and class map of each document; gives the name under which each role or class goes on in the
pack. Two documents that mean different things by one name get two names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pikepdf import Array, Dictionary, Name, Object, Stream, String

from packgen.merge.entries import take_out

STANDARD = frozenset({
    "/Document", "/Part", "/Art", "/Sect", "/Div", "/BlockQuote", "/Caption", "/TOC", "/TOCI", "/Index", "/NonStruct",
    "/Private", "/P", "/H", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/L", "/LI", "/Lbl", "/LBody", "/Table", "/TR",
    "/TH", "/TD", "/THead", "/TBody", "/TFoot", "/Span", "/Quote", "/Note", "/Reference", "/BibEntry", "/Code", "/Link",
    "/Annot", "/Ruby", "/RB", "/RT", "/RP", "/Warichu", "/WT", "/WP", "/Figure", "/Formula", "/Form",
})  # fmt: skip
"""Standard structure types (ISO 32000-1, 14.8.4)."""

_MAX_HOPS = 20
_PDF_1 = "http://iso.org/pdf/ssn"
_PDF_2 = "http://iso.org/pdf2/ssn"
_MATHML = "http://www.w3.org/1998/Math/MathML"
_OF_PDF_2 = {
    "/DocumentFragment": "/Part", "/Aside": "/Div", "/Title": "/P", "/FENote": "/Note", "/Sub": "/Span",
    "/Em": "/Span", "/Strong": "/Span", "/Artifact": "/Private",
}  # fmt: skip
"""What types that came with PDF 2.0 (ISO 32000-2, 14.8.4) are nearest to in the terms of PDF 1.7."""
_DEEPER_HEADING = re.compile(r"/H(?:[7-9]|[1-9]\d+)")


class Roles:
    """Structure types of the whole pack, and what those that are not standard stand for."""

    def __init__(self) -> None:
        self._meanings: dict[str, str | None] = {}

    def name_for(self, role: str, meaning: str | None) -> str:
        """The name in the pack of a `role` that stands for the standard type `meaning`; both with their slash."""
        if role in STANDARD and meaning == role:
            return role
        name, count = role, 1
        while name in STANDARD or self._meanings.get(name, meaning) != meaning:
            count += 1
            name = f"{role}-{count}"
        self._meanings[name] = meaning
        return name

    def keeps(self, role: str, meaning: str | None) -> bool:
        """Whether `name_for` would give the role itself."""
        return meaning == role if role in STANDARD else self._meanings.get(role, meaning) == meaning

    def role_map(self) -> Object:
        return Dictionary({name: Name(meaning) for name, meaning in sorted(self._meanings.items()) if meaning})


class RoleNames:
    """The names under which the roles of one document, with the structure tree `root`, go on in the pack."""

    def __init__(self, roles: Roles, root: Object) -> None:
        self._roles = roles
        self._mapping = _role_mapping(root)
        self._names: dict[tuple[str, str | None], str] = {}
        self._meanings: dict[tuple[str, str | None], str | None] = {}

    def name(self, role: str, namespace: object = None) -> str:
        """The pack's name for a role; `namespace` is the dictionary that an element of PDF 2.0 names, or None."""
        key = (role, _address(namespace))
        name = self._names.get(key)
        if name is None:
            name = self._names[key] = self._roles.name_for(role, self.meaning(role, namespace))
        return name

    def meaning(self, role: str, namespace: object = None) -> str | None:
        """The standard type that a role comes to, or None if its document does not say."""
        key = (role, _address(namespace))
        if key not in self._meanings:
            self._meanings[key] = self._found(role, namespace)
        return self._meanings[key]

    def _found(self, role: str, namespace: object) -> str | None:
        for _ in range(_MAX_HOPS):
            address = _address(namespace)
            if address in {None, _PDF_1}:
                return _standard(role, self._mapping if address is None else {})
            if address == _PDF_2:
                return _in_pdf_1(role)
            if address == _MATHML:
                return "/Span"
            mapping = namespace.get("/RoleMapNS") if isinstance(namespace, Dictionary) else None
            following = mapping.get(role) if isinstance(mapping, Dictionary) else None
            if isinstance(following, Array) and len(following) == 2:
                following, namespace = following.as_list()
            else:
                namespace = None
            if not isinstance(following, Name):
                return None
            role = str(following)
        return None


def meanings_of(root: Object, used: Iterable[str]) -> dict[str, str | None]:
    """The standard types that the roles come to which a document without namespaces explains or uses."""
    mapping = _role_mapping(root)
    return {role: _standard(role, mapping) for role in (*mapping, *used)}


def _role_mapping(root: Object) -> dict[str, str]:
    """The role map of a document's structure tree."""
    mapping = root.get("/RoleMap")
    if not isinstance(mapping, Dictionary):
        return {}
    return {role: str(meaning) for role, meaning in mapping.items() if isinstance(meaning, Name)}


def _standard(role: str, mapping: Mapping[str, str]) -> str | None:
    """The standard type at the end of a chain of roles; one that a document redefines is what that says."""
    if role in STANDARD and mapping.get(role, role) == role:
        return role
    for _ in range(_MAX_HOPS):
        following = mapping.get(role)
        if following is None or following == role:
            return None
        if following in STANDARD:
            return following
        role = following
    return None


def _in_pdf_1(role: str) -> str | None:
    if role in STANDARD:
        return role
    return "/H6" if _DEEPER_HEADING.fullmatch(role) else _OF_PDF_2.get(role)


def _address(namespace: object) -> str | None:
    """The name of a namespace; an empty one if it is none."""
    if namespace is None:
        return None
    address = namespace.get("/NS") if isinstance(namespace, Dictionary) else None
    return str(address) if isinstance(address, String) else ""


class Classes:
    """Attribute classes of the whole pack."""

    def __init__(self) -> None:
        self._attributes: dict[str, Object] = {}

    def join(self, root: Object) -> dict[str, str]:
        """Take over a document's class map; gives the new name of each class that had to be renamed."""
        classes = root.get("/ClassMap")
        renamed: dict[str, str] = {}
        for wanted, attributes in classes.items() if isinstance(classes, Dictionary) else ():
            for each in attributes.as_list() if isinstance(attributes, Array) else [attributes]:
                keep_plain(each)
                if isinstance(each, Dictionary) and "/Headers" in each:
                    del each.Headers  # IDs of one document, which no class can know
            name, count = wanted, 1
            while name in self._attributes and self._attributes[name] != attributes:
                count += 1
                name = f"{wanted}-{count}"
            self._attributes[name] = attributes
            if name != wanted:
                renamed[wanted] = name
        return renamed

    def class_map(self) -> Object:
        return Dictionary(dict(sorted(self._attributes.items())))


def keep_plain(attributes: object) -> None:
    """Leave attributes only plain values; what an author's program notes for itself (`UserProperties`) goes."""
    if isinstance(attributes, Stream):
        attributes.write(b"")
    if not isinstance(attributes, Dictionary | Stream):
        return
    foreign = attributes.get("/O") == "/UserProperties"
    odd = (
        key for key, value in attributes.items() if key not in {"/O", "/Length"} and (foreign or not _is_plain(value))
    )
    take_out(attributes, odd)


def _is_plain(value: object) -> bool:
    if isinstance(value, Array):
        return all(_is_plain(each) for each in value.as_list())
    return not isinstance(value, Dictionary | Stream)
