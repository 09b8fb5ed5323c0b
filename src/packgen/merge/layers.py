"""Optional content (layers): what is shown of one document, and the layers of several documents as one.

Takes the entry of a catalog, or the parts of a pack; writes one list of layers into the pack in which each is shown or
hidden as its document had it. Never shows what was hidden, or hides what was shown.
"""

from __future__ import annotations

from collections.abc import Sequence

from pikepdf import Array, Dictionary, Object, Pdf, String

from packgen.merge.values import JoinedPart


class Layers:
    """The layers of one document, and which of them are off when it is opened (ISO 32000-1, 8.11.4.3)."""

    def __init__(self, properties: object) -> None:
        default = properties.get("/D") if isinstance(properties, Dictionary) else None
        self.default = default if isinstance(default, Dictionary) else Dictionary()
        self.groups = _dictionaries(properties.get("/OCGs")) if isinstance(properties, Dictionary) else []
        off = {group.objgen for group in _dictionaries(self.default.get("/OFF"))}
        if self.default.get("/BaseState") == "/OFF":
            shown = {group.objgen for group in _dictionaries(self.default.get("/ON"))}
            off |= {group.objgen for group in self.groups} - shown
        self._off = off

    @property
    def hidden(self) -> list[Object]:
        return [group for group in self.groups if group.objgen in self._off]

    def hide(self, membership: object) -> bool:
        """Whether what has this `/OC` entry, a layer or a membership in some, is hidden (ISO 32000-1, 8.11.2)."""
        if not isinstance(membership, Dictionary) or not self._off:
            return False
        if membership.get("/Type") != "/OCMD":
            return membership.objgen in self._off
        listed = membership.get("/OCGs")
        groups = [listed] if isinstance(listed, Dictionary) else _dictionaries(listed)
        states = [group.objgen not in self._off for group in groups]
        shown = {"/AllOn": all(states), "/AnyOff": not all(states), "/AllOff": not any(states)}
        return bool(states) and not shown.get(str(membership.get("/P")), any(states))


def join_layers(pack: Pdf, parts: Sequence[JoinedPart]) -> None:
    """Write the layers of all parts into the catalog, if there are any (ISO 32000-1, 8.11.4)."""
    groups: list[Object] = []
    hidden: list[Object] = []
    usages: list[Object] = []
    for part in parts:
        layers = Layers(part.layers)
        groups += layers.groups
        hidden += layers.hidden
        usages += _dictionaries(layers.default.get("/AS"))
    if not groups:
        return
    default = Dictionary(Name=String("Default"), Order=Array(groups), OFF=Array(hidden))
    if usages:
        default.AS = Array(usages)
    pack.Root.OCProperties = Dictionary(OCGs=Array(groups), D=default)


def _dictionaries(value: object) -> list[Object]:
    return [each for each in value.as_list() if isinstance(each, Dictionary)] if isinstance(value, Array) else []
