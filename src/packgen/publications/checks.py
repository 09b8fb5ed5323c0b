"""What a pack says, against what was published of it.

Takes the pack as written and the register; gives problems with their places in `pack.json`. Never mends anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from packgen.errors import Problem, Severity
from packgen.item_numbers import place
from packgen.load import RawPack
from packgen.load.raw_pack import written_documents, written_items
from packgen.model import NOTICE_TEMPLATE, TO_FOLLOW_TEMPLATE, Item, Numbering, Pack
from packgen.publications.continuing import ContinuedPack, items_of_supplement
from packgen.publications.identity import plain_title
from packgen.publications.register import Register
from packgen.schemas import json_path
from packgen.schemas.findings import DataPath
from packgen.wording import long_date

_RENUMBER = "or build with --renumber: then every page has a new number, and members print the whole pack anew"


def check_against_register(raw: RawPack, pack: Pack, register: Register) -> Iterator[Problem]:
    """Items that were published must still be there under their numbers, and pages numbered by the same rules."""
    items = pack.all_items()
    by_title: dict[str, list[Item]] = {}
    for item in items:
        by_title.setdefault(plain_title(item.title), []).append(item)
    published = {plain_title(known.title) for known in register.items}
    gone = [
        known
        for known in register.items
        if plain_title(known.title) not in by_title and not _retitled(known.number, items, published)
    ]
    for known in gone:
        yield raw.pack.problem(
            "publication.item-gone",
            (),
            f'item {known.number}, "{known.title}", was published and is no longer in the agenda',
            f'put it back with "withdrawn": true, so that readers learn of it; {_RENUMBER}',
        )
    # Where an item is missing, those behind it have other numbers for that reason alone.
    for known in () if gone else register.items:
        alike = by_title.get(plain_title(known.title), [])
        if alike and known.number not in {item.number for item in alike}:
            same = alike[0]
            yield raw.pack.problem(
                "publication.item-number",
                _item_path(raw, same),
                f'"{same.title}" was published as item {known.number} and has become item {same.number}',
                f"give a new item before it a number of its own, such as {_between(items, same)}, {_RENUMBER}",
            )
    if pack.numbering != register.numbering:
        yield raw.pack.problem(
            "publication.numbering-kept",
            ("numbering",),
            f"the pack was published with other rules of numbering ({_rules(register.numbering)}); it keeps to them",
            f"put them back, {_RENUMBER}",
            severity="warning",
        )


def check_dropped_papers(raw: RawPack, continued: ContinuedPack) -> Iterator[Problem]:
    """Papers that were published and are no longer among the documents of an item that is still taken."""
    withdrawn = {item.number for item in continued.pack.all_items() if item.withdrawn is not None}
    known = {each.key: each for each in continued.register.documents} if continued.register else {}
    for item in continued.pack.all_items():
        for document in item.documents:
            key = continued.keys.get(document.id)
            if (
                document.template != NOTICE_TEMPLATE
                or document.public_only
                or item.number in withdrawn
                or key not in known
            ):
                continue
            if known[key].template == TO_FOLLOW_TEMPLATE:
                continue
            yield raw.pack.problem(
                "publication.paper-gone",
                _item_path(raw, item),
                f'"{known[key].title}" was published and is no longer among the documents of item {item.number}; its '
                "pages now say that it is withdrawn",
                f"if that is not meant, put {known[key].source} back, or give the new file the title of the old one",
                severity="warning",
            )


def check_supplement(raw: RawPack, continued: ContinuedPack, severity: Severity) -> Iterator[Problem]:
    """What must be known of a supplement before it can be published: its day, and why its papers come late."""
    supplement = continued.pending
    if supplement is None:
        return
    name, place = f"supplement {supplement.number}", ("supplements", supplement.number - 1)
    written = supplement.number <= len(continued.pack.supplement_words)
    published = supplement.words.published
    if published is None:
        entry = f'entry {supplement.number} of "supplements" in pack.json'
        yield raw.pack.problem(
            "supplement.no-date",
            place if written else (),
            f"nothing says on which day {name} is published",
            f'add "published": "2026-09-14" to {entry}'
            if written
            else f'add {{"published": "2026-09-14", "reason": "..."}} as {entry}',
            severity=severity,
        )
    elif published < supplement.belongs_on:
        yield raw.pack.problem(
            "supplement.early",
            (*place, "published"),
            f"{name} is dated {long_date(published)}, before publication {supplement.belongs_to} of "
            f"{long_date(supplement.belongs_on)}, which it supplements",
            "entries stand in the order of the supplements; add one for this supplement behind those of earlier ones",
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


def _between(items: Sequence[Item], item: Item) -> str:
    """A number for what was put in before an item: that of the item before both, with a letter."""
    before = [other for other in items if place(other.number) < place(item.number)]
    return f'"{max(place(other.number)[0] for other in before) - 1 or 1}A"' if before else '"1A"'


def _retitled(number: str, items: tuple[Item, ...], published: set[str]) -> bool:
    """Whether the item with a number has merely another title now, and is not another published item."""
    item = next((item for item in items if item.number == number), None)
    return item is not None and plain_title(item.title) not in published


def _rules(numbering: Numbering) -> str:
    sheet = "front sheet counted" if numbering.front_sheet_counted else "front sheet not counted"
    sides = "on both sides" if numbering.duplex else "on one side"
    return f"from {numbering.first}, {sheet}, printed {sides}"


def _item_path(raw: RawPack, item: Item) -> DataPath:
    return next((path for path, _ in written_items(raw.pack.value) if json_path(path) == item.pointer), ())


def _document_path(raw: RawPack, pointer: str) -> DataPath:
    return next((path for path, _ in written_documents(raw.pack.value) if json_path(path) == pointer), ())
