"""What a pack says, against what was published of it.

Takes the pack as written and the register; gives problems with their places in `pack.json`. Never mends anything.
"""

from __future__ import annotations

from collections.abc import Iterator

from packgen.errors import Problem, Severity
from packgen.load import RawPack
from packgen.load.raw_pack import written_documents, written_items
from packgen.model import Item, Numbering, Pack
from packgen.publications.continuing import ContinuedPack, items_of_supplement
from packgen.publications.register import Register
from packgen.schemas import json_path
from packgen.schemas.findings import DataPath

_RENUMBER = "or build with --renumber, which gives every page a new number"


def check_against_register(raw: RawPack, pack: Pack, register: Register) -> Iterator[Problem]:
    """Items that were published must still be there under their numbers, and pages numbered by the same rules."""
    items = pack.all_items()
    by_title = {_plain(item.title): item for item in items}
    published = {_plain(known.title) for known in register.items}
    for known in register.items:
        same = by_title.get(_plain(known.title))
        if same is not None and same.number != known.number:
            number = known.number.rstrip("abcdefghijklmnopqrstuvwxyz")
            yield raw.pack.problem(
                "publication.item-number",
                _item_path(raw, same),
                f'"{same.title}" was published as item {known.number} and has become item {same.number}',
                f'give it "number": {number}, put new items at the end, {_RENUMBER}',
            )
        elif same is None and not _retitled(known.number, items, published):
            yield raw.pack.problem(
                "publication.item-gone",
                (),
                f'item {known.number}, "{known.title}", was published and is no longer in the agenda',
                f'put it back with "withdrawn": true, so that readers learn of it; {_RENUMBER}',
            )
    if pack.numbering != register.numbering:
        yield raw.pack.problem(
            "publication.numbering-kept",
            ("numbering",),
            f"the pack was published with other rules of numbering ({_rules(register.numbering)}); it keeps to them",
            f"put them back, {_RENUMBER}",
            severity="warning",
        )


def check_supplement(raw: RawPack, continued: ContinuedPack, severity: Severity) -> Iterator[Problem]:
    """What must be known of a supplement before it can be published: its day, and why its papers come late."""
    supplement = continued.pending
    if supplement is None:
        return
    where, name = "supplements", f"supplement {supplement.number}"
    if supplement.words.published is None:
        yield raw.pack.problem(
            "supplement.no-date",
            (where,),
            f"nothing says on which day {name} is published",
            _example(supplement.number, '"published": "2026-09-14"'),
            severity=severity,
        )
    items = items_of_supplement(continued, supplement)
    for item in continued.pack.all_items():
        for document in item.documents:
            if document.id not in supplement.documents:
                continue
            late = document.late
            if not ((late and late.reason) or supplement.words.late.reason):
                yield raw.pack.problem(
                    "supplement.no-reason",
                    _document_path(raw, document.pointer),
                    f'nothing says why "{document.title}" comes after the agenda',
                    'add "late": {"reason": "..."} to it, or "reason" to the supplement in "supplements"',
                    severity=severity,
                )
            if item.number in items.added and not ((late and late.urgency) or supplement.words.late.urgency):
                yield raw.pack.problem(
                    "supplement.no-urgency",
                    _document_path(raw, document.pointer),
                    f"item {item.number} was not on the published agenda, and nothing says why it is urgent",
                    'add "late": {"urgency": "..."}: the chair may take such an item only by reason of special '
                    "circumstances (Local Government Act 1972, section 100B(4)(b))",
                    severity=severity,
                )


def _example(number: int, line: str) -> str:
    place = "as the first entry" if number == 1 else f"as entry {number}"
    return f'add {{{line}, "reason": "..."}} to "supplements" in pack.json, {place}'


def _retitled(number: str, items: tuple[Item, ...], published: set[str]) -> bool:
    """Whether the item with a number has merely another title now, and is not another published item."""
    item = next((item for item in items if item.number == number), None)
    return item is not None and _plain(item.title) not in published


def _rules(numbering: Numbering) -> str:
    sheet = "front sheet counted" if numbering.front_sheet_counted else "front sheet not counted"
    sides = "on both sides" if numbering.duplex else "on one side"
    return f"from {numbering.first}, {sheet}, printed {sides}"


def _item_path(raw: RawPack, item: Item) -> DataPath:
    return next((path for path, _ in written_items(raw.pack.value) if json_path(path) == item.pointer), ())


def _document_path(raw: RawPack, pointer: str) -> DataPath:
    return next((path for path, _ in written_documents(raw.pack.value) if json_path(path) == pointer), ())


def _plain(title: str) -> str:
    return " ".join(title.split()).casefold()
