"""What structure elements hold besides other elements: content of pages and forms, annotations, drawn objects.

Takes the kids of elements of one document; says which of them came along into the pack, and takes note of the element
that holds each. Never takes the same content for two elements.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from pikepdf import Array, Dictionary, Name, Object, Stream

from packgen.elements import ObjectId
from packgen.merge.contents import MAX_MCID, drawn_objects
from packgen.merge.entries import keep_only
from packgen.merge.values import JoinedPage

_REFERENCE_KEYS = frozenset({"/Type", "/Pg", "/Stm", "/MCID", "/Obj"})
"""What references to content are made of (ISO 32000-1, 14.7.4); all else stays behind."""


class ContentRegister(Protocol):
    """Where it is noted which element holds what."""

    contents: dict[ObjectId, dict[int, Object]]
    objects: dict[ObjectId, tuple[Object, Object]]

    def hold(self, page: ObjectId, mcid: int, element: Object, form: Object | None = None) -> bool: ...


@dataclass
class Held:
    """The content of one document that came along."""

    register: ContentRegister
    pages: set[ObjectId]
    annotations: set[ObjectId]
    page_objects: list[Object]
    drawn: set[ObjectId] | None = None

    @classmethod
    def of(cls, register: ContentRegister, pages: tuple[JoinedPage, ...]) -> Held:
        return cls(
            register,
            {page.page.objgen for page in pages},
            {each.objgen for page in pages for each in page.page.get("/Annots", Array()).as_list()},
            [page.page for page in pages],
        )

    def take_all(self, element: Object, page: ObjectId | None, mcids: list[int]) -> bool:
        """Take note that an element holds marked content of a page; False, and no note, if not all of it can be."""
        if page is not None and page not in self.pages:
            return False
        if not mcids:
            return True
        if page is None or max(mcids) > MAX_MCID or len(set(mcids)) != len(mcids):
            return False
        owned = self.register.contents.get(page)
        if owned and any(mcid in owned for mcid in mcids):
            return False
        for mcid in mcids:
            self.register.hold(page, mcid, element)
        return True

    def take(self, kid: Object | int, page: object, element: Object) -> bool:
        """Take note of one thing that an element holds; False if it is not there, or another's."""
        if isinstance(kid, int):
            return self._content(page, kid, element)
        kind = kid.get("/Type") if isinstance(kid, Dictionary) else None
        if not isinstance(kind, Name) or str(kind) not in {"/MCR", "/OBJR"}:
            return False  # and left as it is: it may be an annotation, or anything else
        keep_only(kid, _REFERENCE_KEYS)
        if kind == "/MCR":
            return self._reference(kid, page, element)
        return self._object(kid, element)

    def is_ours(self, page: object) -> bool:
        """Whether it is a page of this document that came along."""
        return isinstance(page, Dictionary) and page.objgen in self.pages

    def _content(self, page: object, mcid: int, element: Object, form: Object | None = None) -> bool:
        return (
            self.is_ours(page)
            and isinstance(page, Object)
            and 0 <= mcid <= MAX_MCID
            and self.register.hold(page.objgen, mcid, element, form)
        )

    def _reference(self, reference: Object, page: object, element: Object) -> bool:
        """A marked content reference: to content of a page, or of a form XObject drawn on it."""
        mcid = reference.get("/MCID")
        form = reference.get("/Stm")
        if not isinstance(mcid, int) or (form is not None and not (isinstance(form, Stream) and self._draws(form))):
            return False
        return self._content(reference.get("/Pg", page), mcid, element, form)

    def _object(self, reference: Object, element: Object) -> bool:
        """An object reference: to an annotation that came along, or to an XObject that a page draws."""
        page = reference.get("/Pg")
        if page is not None and not self.is_ours(page):
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
