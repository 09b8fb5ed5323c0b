"""One document's structure tree, walked through once on its way into the pack.

Takes the copied tree of a document below its `Part`; takes note of which element each piece of content belongs to
(`held`), gives every element the pack's names (`naming`), and leaves out what did not come along: pages that were not
planned, annotations that were removed. Never changes the order of anything.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from pikepdf import Array, Dictionary, Name, Object, Pdf

from packgen.elements import ObjectId, PlainElement, is_element, kids_of, read_plain
from packgen.merge.held import ContentRegister, Held
from packgen.merge.list_items import gather_body
from packgen.merge.naming import NameRegister, Naming
from packgen.merge.values import JoinedPart


class Register(ContentRegister, NameRegister, Protocol):
    """Where a walk takes note of what it finds."""

    pack: Pdf


def walk_part(register: Register, part: JoinedPart, top: Object) -> None:
    """Walk through everything below `top`, the `Part` of a document that has a structure tree."""
    assert part.structure is not None
    walk = _Walk(
        register.pack,
        Held.of(register, part.pages),
        Naming.of(register, part.structure, part.document_id),
    )
    walk.run(top)


@dataclass(slots=True)
class _Step:
    """An element, its plain form if it has one, and the step to the element above it.

    `level` is how many elements above it hold a heading without a level (`H`): one that does takes its level from it.
    """

    element: Object
    objgen: ObjectId
    plain: PlainElement | None
    above: _Step | None
    level: int = 0


@dataclass
class _Walk:
    pack: Pdf
    held: Held
    naming: Naming
    seen: set[ObjectId] = field(default_factory=set)
    emptied: list[_Step] = field(default_factory=list)

    def run(self, top: Object) -> None:
        self.seen.add(top.objgen)
        self.naming.clean(top)
        steps = self._below(_Step(top, top.objgen, None, None))
        while steps:
            step = steps.pop()
            below = self._below(step)  # before the element is changed, since plain elements are read once
            if step.plain is not None:
                self.naming.tidy_plain(step.element, step.plain, step.level)
            else:
                self.naming.tidy(step.element, step.level)
            steps += below
        for step in reversed(self.emptied):
            _drop_if_empty(step)

    def _below(self, step: _Step) -> list[_Step]:
        """Take note of an element's content; gives the elements below it, the last one first."""
        if self._meaning(step) == "/LI" and gather_body(self.pack, step.element, self._meaning_of):
            step.plain = read_plain(step.element)
        below = self._plain_kids(step, step.plain) if step.plain is not None else None
        if below is None:
            below = self._kids(step)
        meanings = [self._meaning(each) for each in below]
        headed = "/H" in meanings
        for each in below:
            each.level = step.level + headed
        below.reverse()
        return below

    def _meaning(self, step: _Step) -> str | None:
        if step.plain is not None:
            return self.naming.roles.meaning(step.plain.role)
        return self._meaning_of(step.element)

    def _meaning_of(self, element: Object) -> str | None:
        return self.naming.roles.meaning(str(element.get("/S")), element.get("/NS"))

    def _plain_kids(self, step: _Step, plain: PlainElement) -> list[_Step] | None:
        """What `_below` gives for an element that keeps all it holds; None, and nothing noted, if it does not."""
        below: dict[ObjectId, _Step] = {}
        for kid in plain.kids:
            if isinstance(kid, int):
                continue
            if kid in self.seen or kid in below:
                return None
            element = self.pack.get_object(kid)
            if not isinstance(element, Object):
                return None
            lower = read_plain(element)
            if lower is None and not is_element(element):
                return None
            below[kid] = _Step(element, kid, lower, step)
        if not self.held.take_all(step.element, plain.page, [kid for kid in plain.kids if isinstance(kid, int)]):
            return None
        self.seen.update(below)
        for each in below.values():
            if each.plain is None or each.plain.parent != step.objgen:
                each.element.P = step.element
        return list(below.values())

    def _kids(self, step: _Step) -> list[_Step]:
        """What `_below` gives for any element: what it cannot hold is taken out of it."""
        element = step.element
        page = element.get("/Pg")
        before = kids_of(element)
        kept: list[Object | int] = []
        below: list[_Step] = []
        for kid in before:
            if isinstance(kid, Object) and is_element(kid):
                lower = self._element(kid, element)
                if lower is not None:
                    kept.append(lower)
                    below.append(_Step(lower, lower.objgen, read_plain(lower), step))
            elif self.held.take(kid, page, element):
                kept.append(kid)
        if isinstance(page, Object) and not self.held.is_ours(page):
            del element.Pg
        if len(kept) != len(before) or any(one is not other for one, other in zip(kept, before, strict=True)):
            element.K = Array(kept)
            self.emptied.append(step)
        return below

    def _element(self, kid: Object, parent: Object) -> Object | None:
        """An element below another, as an object of its own; None if it stood elsewhere already."""
        if not kid.is_indirect:
            kid = self.pack.make_indirect(kid)
        elif kid.objgen in self.seen:
            return None
        self.seen.add(kid.objgen)
        kid.P = parent
        return kid


def _drop_if_empty(step: _Step) -> None:
    """Take out an element that lost all it held, and those above it that held nothing else.

    A link that lost its annotation but has words is from now on mere words.
    """
    while not kids_of(step.element) and step.above is not None:
        gone, step = step.element.objgen, step.above
        step.element.K = Array(
            [kid for kid in kids_of(step.element) if not (isinstance(kid, Dictionary) and kid.objgen == gone)]
        )
    annotated = any(isinstance(kid, Dictionary) and kid.get("/Type") == "/OBJR" for kid in kids_of(step.element))
    if step.element.get("/S") == "/Link" and not annotated:
        step.element.S = Name.Span
