"""Untagged pages read: what is on them in reading order, and their content with marks for it.

Takes pages of the pack; gives for each its elements and the content that draws the same as before, marked, or None if
that cannot be done safely. Never changes a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pikepdf
from pikepdf import Object, Pdf

from packgen.merge import contents
from packgen.merge.frames import Box, Frame
from packgen.merge.untagged.drawing import TEXT, Drawing, Unclear, read_drawing
from packgen.merge.untagged.linked import Links
from packgen.merge.untagged.lists import Item, items_of
from packgen.merge.untagged.marks import ARTIFACT, FOOTER, HEADER, Place, mark
from packgen.merge.untagged.paragraphs import goes_on
from packgen.merge.untagged.pieces import Piece, moved, read_pieces
from packgen.merge.untagged.reading_order import PARAGRAPH, Element, elements_of, says_something
from packgen.merge.untagged.running import repeated_pictures, running_of
from packgen.merge.untagged.spaces import set_spaces, space_font

_LOST = 0.05
"""Of a page's words: so many may be unknown to pdfium; they go with those before them."""
_LETTERS = re.compile(rb"\((?!\))|<[0-9A-Fa-f]")
_MARGINS = {"Header": HEADER, "Footer": FOOTER}


@dataclass(frozen=True)
class Held:
    """What an element holds: marked content by its identifiers, and the link on it, an index among the page's."""

    mcids: tuple[int, ...]
    link: int | None = None


@dataclass(frozen=True)
class ReadElement:
    """A `P` or a `Figure` with what it holds in reading order; `box` in the page's own coordinates.

    One that is an `item` of a list may have a `label`, marked content that it does not hold itself.
    """

    role: str
    held: tuple[Held, ...]
    box: Box
    item: Item | None = None
    label: tuple[int, ...] = ()


@dataclass(frozen=True)
class ReadPage:
    """A page's elements in reading order, the content that they hold, and the resources that it needs.

    `goes_on` says that its first element goes on the last one of the page before.
    """

    elements: tuple[ReadElement, ...]
    content: bytes
    resources: Object
    goes_on: bool = False


class _Holder(NamedTuple):
    """What holds a piece: an element by its index, in it a link by its index or none, or its label."""

    element: int
    link: int | None
    label: bool


@dataclass(frozen=True)
class _Clear:
    """A page whose content can be marked."""

    page: Object
    frame: Frame
    drawing: Drawing


@dataclass(frozen=True)
class _Seen:
    """What is on such a page: its pieces, those that belong to a running header or footer, and its elements."""

    clear: _Clear
    pieces: Sequence[Piece]
    running: Mapping[int, str]
    elements: Sequence[Element]


def read_untagged(pdf: Pdf, pages: Sequence[tuple[Object, Frame]]) -> list[ReadPage | None]:
    """Read untagged pages of one document, in their order; each comes with its visible frame.

    None stands for a page without words, or one whose content is not clear.
    """
    drawings = [_drawing(pdf, page) for page, _ in pages]
    clear = [_Clear(*page, drawing) for page, drawing in zip(pages, drawings, strict=True) if drawing is not None]
    pieces = _pieces(clear) if clear else []
    if not pieces:
        return [None] * len(pages)
    seen = iter(_seen_together(clear, pieces))
    in_order = [None if drawing is None else next(seen) for drawing in drawings]
    font = space_font(pdf)
    return [
        None
        if each is None
        else _read_page(each, font, follows=_goes_on(before, each), is_followed=_goes_on(each, after))
        for before, each, after in zip([None, *in_order], in_order, [*in_order[1:], None], strict=False)
    ]


def _seen_together(clear: Sequence[_Clear], pieces: Sequence[Sequence[Piece]]) -> Iterator[_Seen | None]:
    """What is on each page, with what only shows when all are seen: running headers, and repeated ornaments."""
    running = running_of(pieces, [each.frame.height for each in clear])
    repeated = repeated_pictures(pieces)
    for page, on_page, apart in zip(clear, pieces, running, strict=True):
        if _is_known(page.drawing, on_page):
            elements = elements_of([piece for piece in on_page if piece.number not in apart], repeated)
            yield _Seen(page, on_page, apart, elements)
        else:
            yield None


def _goes_on(before: _Seen | None, after: _Seen | None) -> bool:
    """Whether the last paragraph of a page goes on at the head of the next."""
    if before is None or after is None or not before.elements or not after.elements:
        return False
    last, first = before.elements[-1].lines, after.elements[0].lines
    return bool(last and first) and goes_on(last, first)


def _drawing(pdf: Pdf, page: Object) -> Drawing | None:
    content = contents.read_page(page)
    if not contents.has_text(page, content):
        return None
    try:
        return read_drawing(pdf, page, content)
    except (Unclear, pikepdf.PdfError, AttributeError, LookupError, TypeError, ValueError):
        return None  # operands that are missing, or not what they should be


def _pieces(pages: Sequence[_Clear]) -> list[list[Piece]]:
    """The pieces of all pages, or nothing if one of them cannot be read."""
    import pypdfium2

    try:
        return read_pieces([(each.page, each.frame, each.drawing) for each in pages])
    except (pypdfium2.PdfiumError, pikepdf.PdfError, ValueError):
        return []


def _read_page(seen: _Seen, font: Object, *, follows: bool, is_followed: bool) -> ReadPage:
    drawing, frame, elements = seen.clear.drawing, seen.clear.frame, seen.elements
    links = Links(seen.clear.page, frame)
    items = items_of(elements)
    holders: dict[_Holder, int] = {}
    places = {number: _MARGINS[kind] for number, kind in seen.running.items()}
    rank = 0
    for index, element in enumerate(elements):
        for place, piece in enumerate(element.pieces):
            link = links.over(piece.box, index) if element.role == PARAGRAPH else None
            holder = _Holder(index, link, link is None and index in items and place < element.label)
            places[piece.number] = Place(holders.setdefault(holder, len(holders)), _role(element, holder, items), rank)
            rank += 1
    set_spaces(drawing, elements, _blanks(drawing, seen.pieces), font, to_the_end=is_followed)
    content, runs = mark(drawing, list(_all_places(drawing, seen.pieces, places)))
    held = _Holding(len(elements))
    labels: dict[int, list[int]] = {}
    by_number = list(holders)
    for run in sorted(runs, key=lambda each: each.rank):
        holder = by_number[run.holder]
        if holder.label:
            labels.setdefault(holder.element, []).append(run.mcid)
        else:
            held.take(holder.element, holder.link, run.mcid)
    for index, link in links.left_over([each.pieces for each in elements]):
        held.take(index, link)
    read = [
        ReadElement(
            element.role,
            held.of(index),
            moved(frame.to_page, _inside(frame, element.box)),
            items.get(index),
            tuple(labels.get(index, ())),
        )
        for index, element in enumerate(elements)
    ]
    return ReadPage(tuple(read), b"q\n" + content + b"Q\n", drawing.resources.written(), follows)


def _role(element: Element, holder: _Holder, items: Mapping[int, Item]) -> str:
    """What its marked content is called; structure elements say it again."""
    if holder.link is not None:
        return "Link"
    if holder.element in items:
        return "Lbl" if holder.label else "LBody"
    return element.role


def _inside(frame: Frame, box: Box) -> Box:
    """The part of a box that is seen of it; all of it if none is."""
    left, bottom, right, top = max(box[0], 0.0), max(box[1], 0.0), min(box[2], frame.width), min(box[3], frame.height)
    return (left, bottom, right, top) if left < right and bottom < top else box


def _is_known(drawing: Drawing, pieces: Sequence[Piece]) -> bool:
    """Whether pdfium found words, and all but a few of those that the content has."""
    known = {piece.number for piece in pieces}
    words = [unit.number for unit in drawing.units if unit.kind == TEXT and _LETTERS.search(unit.code)]
    lost = sum(number not in known for number in words)
    return lost <= _LOST * len(words) and any(says_something(piece) for piece in pieces)


def _blanks(drawing: Drawing, pieces: Sequence[Piece]) -> set[int]:
    """The operators that show nothing but spaces."""
    says = {piece.number for piece in pieces if says_something(piece)}
    return {
        number for number, unit in enumerate(drawing.units)
        if unit.kind == TEXT and number not in says and _LETTERS.search(unit.code)
    }  # fmt: skip


def _all_places(drawing: Drawing, pieces: Sequence[Piece], places: Mapping[int, Place]) -> Iterator[Place]:
    """A place for each painting operator: spaces go with the words before them, all else is an artifact."""
    says = {piece.number for piece in pieces if says_something(piece)}
    order = [unit.number for unit in drawing.units if unit.kind == TEXT and unit.number in places]
    before = places[order[0]] if order and order[0] is not None else ARTIFACT
    for number, unit in enumerate(drawing.units):
        place = places.get(number)
        if place is None:
            place = before if unit.kind == TEXT and number not in says else ARTIFACT
        elif unit.kind == TEXT:
            before = place
        yield place


class _Holding:
    """What the elements of a page hold: within each link, or none (None), the identifiers of marked content."""

    def __init__(self, count: int) -> None:
        self._held: list[list[tuple[int | None, list[int]]]] = [[] for _ in range(count)]

    def take(self, index: int, link: int | None, *mcids: int) -> None:
        """Let an element hold more: after what it holds, but a link's words stay together."""
        held = self._held[index]
        if link is None:
            same = held[-1][1] if held and held[-1][0] is None else None
        else:
            same = next((words for each, words in held if each == link), None)
        if same is None:
            held.append((link, list(mcids)))
        else:
            same += mcids

    def of(self, index: int) -> tuple[Held, ...]:
        return tuple(Held(tuple(mcids), link) for link, mcids in self._held[index])
