"""Optional content (layers) of several documents as one.

Takes the parts of a pack; writes one list of layers into the pack in which each is shown or hidden as its document
had it. Never shows what was hidden, or hides what was shown.
"""

from __future__ import annotations

from collections.abc import Sequence

from pikepdf import Array, Dictionary, Object, Pdf, String

from packgen.merge.values import JoinedPart


def join_layers(pack: Pdf, parts: Sequence[JoinedPart]) -> None:
    """Write the layers of all parts into the catalog, if there are any (ISO 32000-1, 8.11.4)."""
    groups: list[Object] = []
    hidden: list[Object] = []
    usages: list[Object] = []
    for part in parts:
        if part.layers is None:
            continue
        mine = _dictionaries(part.layers.get("/OCGs"))
        default = part.layers.get("/D")
        if not isinstance(default, Dictionary):
            default = Dictionary()
        shown = {group.objgen for group in _dictionaries(default.get("/ON"))}
        off = {group.objgen for group in _dictionaries(default.get("/OFF"))}
        if default.get("/BaseState") == "/OFF":
            off |= {group.objgen for group in mine} - shown
        groups += mine
        hidden += [group for group in mine if group.objgen in off]
        usages += _dictionaries(default.get("/AS"))
    if not groups:
        return
    default = Dictionary(Name=String("Default"), Order=Array(groups), OFF=Array(hidden))
    if usages:
        default.AS = Array(usages)
    pack.Root.OCProperties = Dictionary(OCGs=Array(groups), D=default)


def _dictionaries(value: object) -> list[Object]:
    return [each for each in value.as_list() if isinstance(each, Dictionary)] if isinstance(value, Array) else []
