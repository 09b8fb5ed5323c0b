"""The vocabulary of structure trees, joined without changing what any word means.

Takes the role map and class map of each document; gives the name under which each role or class goes on in the
pack. Two documents that mean different things by one name get two names.
"""

from __future__ import annotations

from collections.abc import Mapping

from pikepdf import Array, Dictionary, Name, Object, Stream

STANDARD = frozenset({
    "/Document", "/Part", "/Art", "/Sect", "/Div", "/BlockQuote", "/Caption", "/TOC", "/TOCI", "/Index", "/NonStruct",
    "/Private", "/P", "/H", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/L", "/LI", "/Lbl", "/LBody", "/Table", "/TR",
    "/TH", "/TD", "/THead", "/TBody", "/TFoot", "/Span", "/Quote", "/Note", "/Reference", "/BibEntry", "/Code", "/Link",
    "/Annot", "/Ruby", "/RB", "/RT", "/RP", "/Warichu", "/WT", "/WP", "/Figure", "/Formula", "/Form",
})  # fmt: skip
"""Standard structure types (ISO 32000-1, 14.8.4)."""

_MAX_HOPS = 20


class Roles:
    """Structure types of the whole pack, and what those that are not standard stand for."""

    def __init__(self) -> None:
        self._meanings: dict[str, str | None] = {}

    def name_for(self, role: str, mapping: Mapping[str, str]) -> str:
        """The name in the pack of `role` from a document with the role map `mapping`; both with their slash."""
        if role in STANDARD and mapping.get(role, role) == role:
            return role
        meaning = _meaning(role, mapping)
        name, count = role, 1
        while name in STANDARD or self._meanings.get(name, meaning) != meaning:
            count += 1
            name = f"{role}-{count}"
        self._meanings[name] = meaning
        return name

    def role_map(self) -> Object:
        return Dictionary({name: Name(meaning) for name, meaning in sorted(self._meanings.items()) if meaning})


def role_mapping(root: Object) -> dict[str, str]:
    """The role map of a document's structure tree."""
    mapping = root.get("/RoleMap")
    if not isinstance(mapping, Dictionary):
        return {}
    return {role: str(meaning) for role, meaning in mapping.items() if isinstance(meaning, Name)}


def _meaning(role: str, mapping: Mapping[str, str]) -> str | None:
    """The standard type that a role comes to, or None if its document does not say."""
    for _ in range(_MAX_HOPS):
        following = mapping.get(role)
        if following is None or following == role:
            return None
        if following in STANDARD:
            return following
        role = following
    return None


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
    for key, value in list(attributes.items()):
        if key not in {"/O", "/Length"} and (foreign or not _is_plain(value)):
            del attributes[key]


def _is_plain(value: object) -> bool:
    if isinstance(value, Array):
        return all(_is_plain(each) for each in value.as_list())
    return not isinstance(value, Dictionary | Stream)
