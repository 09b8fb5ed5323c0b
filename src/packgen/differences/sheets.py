"""What to do with a printed pack whose pages changed. Pure.

Takes the pages of both packs in their order; gives the numbers of those to exchange, to put in and to take out. Printed
on both sides, two pages are one sheet and stay together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set

from packgen.differences.result import SheetPlan


def plan_sheets(old: Sequence[str], new: Sequence[str], other: Set[str], *, duplex: bool) -> SheetPlan:
    """The sheets of a printed pack that must not stay as they are.

    A sheet is known by the number of its first page.

    Args:
        old: the page numbers of the pack as it was published, in order.
        new: those of the pack as it is now.
        other: numbers that both have, of pages that look different now.
        duplex: whether a sheet has two pages.
    """
    side = 2 if duplex else 1
    old_sheets = {sheet[0]: sheet for sheet in _sheets(old, side)}
    new_sheets = {sheet[0]: sheet for sheet in _sheets(new, side)}
    replaced, inserted = list[str](), list[str]()
    for first, sheet in new_sheets.items():
        if first not in old_sheets:
            inserted += sheet
        elif sheet != old_sheets[first] or not other.isdisjoint(sheet):
            replaced += sheet
    removed = [number for first, sheet in old_sheets.items() if first not in new_sheets for number in sheet]
    printed = {*replaced, *inserted}
    return SheetPlan(
        to_replace=ranges(replaced, new, old),
        to_insert=ranges(inserted, new),
        to_remove=ranges(removed, old),
        to_print=tuple(index for index, number in enumerate(new) if number in printed),
    )


def ranges(numbers: Iterable[str], *packs: Sequence[str]) -> str | None:
    """`23 - 24, 31`: some page numbers as they follow each other in each of the packs; None for none.

    Numbers of different kinds do not make one range: after ii comes 1, but nobody reads `ii - 2` so.
    """
    places = [{number: index for index, number in enumerate(pack)} for pack in packs]
    runs: list[list[str]] = []
    for number in sorted(numbers, key=places[0].__getitem__):
        last = runs[-1][-1] if runs else None
        if (
            last is not None
            and number[0].isdigit() == last[0].isdigit()
            and all(place[number] == place[last] + 1 for place in places if number in place and last in place)
        ):
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]} - {run[-1]}" for run in runs) or None


def _sheets(numbers: Sequence[str], side: int) -> list[Sequence[str]]:
    return [numbers[start : start + side] for start in range(0, len(numbers), side)]
