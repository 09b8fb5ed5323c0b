"""What spreadsheets hold that is not seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from packgen.convert.read.ooxml import Element, local_name, name, number
from packgen.convert.read.package import DocxPackage
from packgen.hygiene.found import Found

_ON = frozenset(("1", "true"))
_SHOWN_ROWS = 3
_SEEN = 1.0
"""Points of height, or letters of width."""


def find_in_workbook(package: DocxPackage) -> Iterator[Found]:
    """Hidden sheets, and hidden rows and columns of the others; empty ones hide nothing."""
    relationships = package.relationships(package.main_part)
    for sheet in package.xml(package.main_part).iter("{*}sheet"):
        told = relationships.get(sheet.get(name("r:id"), ""))
        if told is None or told.target not in package.parts:
            continue
        title, cells = sheet.get("name", ""), package.xml(told.target)
        if sheet.get("state", "visible") != "visible":
            if _filled(cells):
                yield Found("hidden-sheets", f'sheet "{title}"')
            continue
        yield from _rows(cells, title)
        yield from _columns(cells, title)


def _rows(sheet: Element, title: str) -> Iterator[Found]:
    hidden = [row for row in sheet.iter("{*}row") if _is_hidden(row, "ht") and any(map(_has_value, row))]
    if hidden:
        numbers = [row.get("r", "?") for row in hidden]
        yield Found("hidden-rows", f'sheet "{title}", {_listed("row", numbers)}')


def _columns(sheet: Element, title: str) -> Iterator[Found]:
    ranges = [
        (number(column.get("min")), number(column.get("max")))
        for column in sheet.iter("{*}col")
        if _is_hidden(column, "width")
    ]
    if not ranges:
        return
    filled: dict[str, None] = {}
    for row in sheet.iter("{*}row"):
        place = 0
        for cell in row.iterchildren("{*}c"):
            letters = "".join(letter for letter in cell.get("r", "") if letter.isascii() and letter.isalpha())
            place = _number_of(letters) or place + 1
            if _has_value(cell) and any(first <= place <= last for first, last in ranges):
                filled[letters or _letters_of(place)] = None
    if filled:
        yield Found("hidden-columns", f'sheet "{title}", {_listed("column", sorted(filled, key=_number_of))}')


def _is_hidden(band: Element, size: str) -> bool:
    """Whether a row or column is hidden, or so small that nobody sees what is in it."""
    return band.get("hidden") in _ON or number(band.get(size), _SEEN) < _SEEN


def _filled(sheet: Element) -> list[Element]:
    return [cell for cell in sheet.iter("{*}c") if _has_value(cell)]


def _has_value(cell: Element) -> bool:
    return local_name(cell) == "c" and any((part.text or "").strip() for part in cell.iter() if part is not cell)


def _number_of(letters: str) -> int:
    """1 for A, 27 for AA; 0 for nothing."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _letters_of(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _listed(what: str, names: Sequence[str]) -> str:
    more = f" and {len(names) - _SHOWN_ROWS} more" if len(names) > _SHOWN_ROWS else ""
    return f"{what}{'s' if len(names) > 1 else ''} {', '.join(names[:_SHOWN_ROWS])}{more}"
