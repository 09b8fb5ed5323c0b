"""Paragraphs that are the items of a list.

Takes the elements of a page in reading order; gives those that are certainly items: at least two one after the other
that begin at the same place with the same bullet, or with numbers or letters that count on. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from packgen.merge.untagged.reading_order import Element

_SAME_PLACE = 2.0
"""Points by which the items of a list may begin apart."""
_NUMBERED = re.compile(r"(\(?)([0-9]{1,3}|[a-z]{1,5}|[A-Z]{1,5})([.)]?)")
_UP_TO = 60
"""How far small Roman numbers are counted."""


@dataclass(frozen=True)
class Item:
    """An item of a list; `first` if the list begins with it. `numbering` as in ISO 32000-1, table 347."""

    numbering: str
    first: bool


@dataclass(frozen=True)
class _Label:
    """What an item may begin with: its style, and which number it is in it; a bullet is no number."""

    style: tuple[str, ...]
    number: int | None

    def precedes(self, other: _Label) -> bool:
        if self.style != other.style:
            return False
        return self.number is None or other.number is None or self.number + 1 == other.number


def items_of(elements: Sequence[Element]) -> dict[int, Item]:
    """The items among some elements, by their index."""
    labels = [_labels_of(each) for each in elements]
    items: dict[int, Item] = {}
    styles: dict[int, tuple[str, ...]] = {}
    for index in range(1, len(elements)):
        if not _begin_alike(elements[index - 1], elements[index]):
            continue
        wanted = styles.get(index - 1)
        for before in labels[index - 1]:
            after = next((each for each in labels[index] if before.precedes(each)), None)
            if after is None or (wanted is not None and before.style != wanted):
                continue
            items.setdefault(index - 1, Item(before.style[0], first=True))
            items[index] = Item(after.style[0], first=False)
            styles[index] = after.style
            break
    return items


def _begin_alike(one: Element, other: Element) -> bool:
    return bool(one.label and other.label) and abs(one.lines[0].left - other.lines[0].left) <= _SAME_PLACE


def _labels_of(element: Element) -> list[_Label]:
    """What the label of an element may mean: `i.` is a letter or a number. Nothing if it has no label."""
    if not element.label:
        return []
    text = "".join(piece.text for piece in element.pieces[: element.label]).strip()
    found = _NUMBERED.fullmatch(text)
    if found is None or (not found[3] and not found[2].isdigit()):
        return [] if any(letter.isdigit() for letter in text) else [_Label(("Disc", text), None)]
    before, number, after = found.groups()
    if number.isdigit():
        return [_Label(("Decimal", before, after), int(number))]
    case = "Upper" if number.isupper() else "Lower"
    labels = []
    if len(number) == 1:
        labels.append(_Label((f"{case}Alpha", before, after), ord(number)))
    if number.lower() in _ROMANS:
        labels.append(_Label((f"{case}Roman", before, after), _ROMANS[number.lower()]))
    return labels


def _roman(number: int) -> str:
    tens = ("", "x", "xx", "xxx", "xl", "l")[number // 10]
    return tens + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[number % 10]


_ROMANS = {_roman(number): number for number in range(1, _UP_TO)}
