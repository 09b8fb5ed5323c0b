"""Marks set into a page's content, so that tags can hold what it draws.

Takes a `Drawing` and what each of its painting operators belongs to; gives the content with as few marked-content
sequences as hold that, properly nested in `q`...`Q` and `BT`...`ET` (ISO 32000-1, 14.6), and their identifiers.
Never moves an operator.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from packgen.merge.untagged.drawing import Drawing, Group, Unit


class Place(NamedTuple):
    """Where a painting operator is in what is read: `holder` says what holds it, `rank` when it is read.

    An operator without words of its own has the rank of the one that it follows. Artifacts have no holder and no rank.
    """

    holder: int | None
    role: str
    rank: int = 0


ARTIFACT = Place(None, "Artifact")
HEADER, FOOTER = Place(None, "Header"), Place(None, "Footer")
"""What is the same at the head or foot of every page (ISO 32000-1, 14.8.2.2)."""
_OPENINGS = {
    "Artifact": b"/Artifact BMC\n",
    "Header": b"/Artifact <</Type /Pagination /Subtype /Header>> BDC\n",
    "Footer": b"/Artifact <</Type /Pagination /Subtype /Footer>> BDC\n",
}


class Run(NamedTuple):
    """One marked-content sequence: its identifier, what holds it, and when it is read."""

    mcid: int
    holder: int
    rank: int


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Operators that one sequence can hold: the places of the first and the last."""

    first: Place
    last: Place

    def goes_on(self, other: _Stretch) -> bool:
        """Whether `other` can follow in the same sequence."""
        if self.last.holder != other.first.holder or self.last.role != other.first.role:
            return False
        return self.last.holder is None or other.first.rank - self.last.rank in {0, 1}


@dataclass
class _Node:
    """A unit or a group with what it holds: None if it paints nothing, False if more than one sequence can hold."""

    thing: Unit | Group
    stretch: _Stretch | bool | None
    kids: list[_Node] = field(default_factory=list)


def mark(drawing: Drawing, places: Sequence[Place]) -> tuple[bytes, list[Run]]:
    """The marked content, and its sequences but for artifacts in the order of drawing.

    `places` has one entry for each of the drawing's `units`.
    """
    writer = _Writer()
    writer.write([_node(drawing.top, places)])
    return b"".join(writer.code), writer.runs


def _node(thing: Unit | Group, places: Sequence[Place]) -> _Node:
    if isinstance(thing, Unit):
        if thing.number is None:
            return _Node(thing, None)
        place = places[thing.number]
        return _Node(thing, _Stretch(place, place))
    kids = [_node(kid, places) for kid in thing.kids]
    whole: _Stretch | bool | None = None
    for kid in kids:
        if kid.stretch is None:
            continue
        if whole is None:
            whole = kid.stretch
        elif isinstance(whole, _Stretch) and isinstance(kid.stretch, _Stretch) and whole.goes_on(kid.stretch):
            whole = _Stretch(whole.first, kid.stretch.last)
        else:
            whole = False
    return _Node(thing, whole, kids)


@dataclass
class _Writer:
    code: list[bytes] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)

    def write(self, nodes: Sequence[_Node]) -> None:
        """Write nodes that stand beside each other; a sequence ends where the next node cannot go on in it."""
        current: _Stretch | None = None
        ahead: list[bytes] = []
        for node in nodes:
            if node.stretch is None:
                ahead += _plain(node.thing)
                continue
            stretch = node.stretch if isinstance(node.stretch, _Stretch) else None
            if current is not None and (stretch is None or not current.goes_on(stretch)):
                self.code.append(b"EMC\n")
                current = None
            self.code += ahead
            ahead = []
            if stretch is None:
                group = node.thing
                assert isinstance(group, Group)
                self.code.append(group.opening)
                self.write(node.kids)
                self.code.append(group.closing)
                continue
            if current is None:
                self._begin(stretch.first)
            current = stretch
            self.code += _plain(node.thing)
        if current is not None:
            self.code.append(b"EMC\n")
        self.code += ahead

    def _begin(self, place: Place) -> None:
        if place.holder is None:
            self.code.append(_OPENINGS[place.role])
            return
        run = Run(len(self.runs), place.holder, place.rank)
        self.runs.append(run)
        self.code.append(b"/%s <</MCID %d>> BDC\n" % (place.role.encode("ascii"), run.mcid))


def _plain(thing: Unit | Group) -> list[bytes]:
    """A node's own code without marks."""
    if isinstance(thing, Unit):
        return [thing.code]
    return [thing.opening, *(code for kid in thing.kids for code in _plain(kid)), thing.closing]
