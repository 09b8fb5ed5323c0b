"""A structure tree that can go into the pack as it is.

Takes the copied tree of a document that packgen itself has drawn or joined before; if nothing in it could be mistaken
for something of another document, takes note of its content without looking at its elements. Long packs have a
hundred thousand of them. Never changes a tree; one that it gives back as not fit is walked through instead (`walk`).
"""

from __future__ import annotations

from typing import Protocol

from pikepdf import Array, Dictionary, Object, String

from packgen.elements import ObjectId
from packgen.merge.roles import RoleNames, Roles
from packgen.merge.values import JoinedPart


class Register(Protocol):
    """What is known of the pack so far."""

    roles: Roles
    ids: dict[bytes, Object]
    objects: dict[ObjectId, tuple[Object, Object]]

    def hold_page(self, page: ObjectId, elements: Object) -> None: ...


def splice_part(register: Register, part: JoinedPart) -> bool:
    """Take note of all that a document's tree holds; False, and no note, if it has to be walked through."""
    root = part.structure
    if root is None or part.part.authored or not part.whole or "/ClassMap" in root or "/Namespaces" in root:
        return False
    names = RoleNames(register.roles, root)
    if not names.all_kept():
        return False
    identifiers = _identifiers(root)
    parents = _parents(root)
    if identifiers is None or parents is None or any(name in register.ids for name in identifiers):
        return False
    pages: list[tuple[ObjectId, Object]] = []
    things: list[tuple[Object, Object]] = []
    for joined in part.pages:
        key = joined.page.get("/StructParents")
        if key is not None:
            elements = parents.get(int(key))
            if not isinstance(elements, Array):
                return False
            pages.append((joined.page.objgen, elements))
        for annotation in joined.page.get("/Annots", Array()).as_list():
            element = parents.get(int(annotation.get("/StructParent", -1)))
            if not isinstance(element, Dictionary):
                return False
            things.append((annotation, element))
    if len(pages) + len(things) != len(parents):  # forms that are tagged inside
        return False
    names.keep_all()
    register.ids.update(identifiers)
    for page, elements in pages:
        register.hold_page(page, elements)
    register.objects.update((thing.objgen, (thing, element)) for thing, element in things)
    return True


def _identifiers(root: Object) -> dict[bytes, Object] | None:
    """The elements that have IDs, by these; None if the tree of IDs is not as packgen and Typst write it."""
    tree = root.get("/IDTree")
    if tree is None:
        return {}
    names = tree.get("/Names")
    if not isinstance(names, Array) or "/Kids" in tree:
        return None
    entries = names.as_list()
    return {
        bytes(key): element for key, element in zip(entries[::2], entries[1::2], strict=True) if isinstance(key, String)
    }


def _parents(root: Object) -> dict[int, Object] | None:
    """What the tree of parents holds, by its keys; None if it is not as packgen and Typst write it."""
    tree = root.get("/ParentTree")
    numbers = tree.get("/Nums") if isinstance(tree, Dictionary) and "/Kids" not in tree else None
    if not isinstance(numbers, Array):
        return None
    entries = numbers.as_list()
    return {int(key): each for key, each in zip(entries[::2], entries[1::2], strict=True) if isinstance(each, Object)}
