"""What the front sheet says: the data of the `agenda` template, from the pack and its page plan. Pure.

Takes the pack as its readers may know it (`access.readable_pack`).

Links read `packgen:item/4`; merging puts the real places in.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from msgspec.structs import asdict

from packgen.access import exempt_paragraphs, paragraphs_in_words
from packgen.model import (
    FRONT_SHEET_ID,
    NOTICE_TEMPLATE,
    Document,
    Item,
    Lateness,
    Pack,
    PagePlan,
    PageRange,
    Supplement,
)

LINK = "packgen:item/"
DOCUMENT_LINK = "packgen:document/"


def front_sheet_data(pack: Pack, plan: PagePlan) -> dict[str, Any]:
    """Data that fits `schemas/agenda.schema.json`, with the page ranges of `plan`."""
    half = (len(pack.membership) + 1) // 2
    members = [_without_none({"name": person.name, "role": person.role}) for person in pack.membership]
    return _without_none(
        {
            "template": "agenda",
            "committee": pack.committee,
            "meeting": _without_none(
                {
                    "date": pack.meeting.date.isoformat(),
                    "time": pack.meeting.time.strftime("%H:%M"),
                    "venue": pack.meeting.venue,
                    "webcast": pack.meeting.webcast,
                }
            ),
            "published": pack.published.isoformat() if pack.published else None,
            "proper_officer": _person(pack.proper_officer, ("name", "title")),
            "contact": _person(pack.contact, ("role", "name", "title", "telephone", "email", "address")),
            "notices": list(pack.notices),
            "items": [_item(item, plan) for item in pack.items],
            "part_two": [_item(item, plan) for item in pack.part_two],
            "membership_left": members[:half],
            "membership_right": members[half:],
            "public_notes": [dict(note) for note in pack.public_notes],
        }
    )


def item_ranges(item: Item, plan: PagePlan) -> tuple[PageRange, ...]:
    """The pages of an item's own documents, neighbouring documents joined, in the order of the pack.

    Several ranges only where exempt documents stand at the back, or documents came in supplements. Pages that only say
    what became of a document count where the item has nothing else.
    """
    papers = [document for document in item.documents if document.template != NOTICE_TEMPLATE] or item.documents
    found = [plan.range_of(document.id) for document in papers]
    ranges: list[PageRange] = []
    for pages in sorted((each for each in found if each), key=lambda pages: pages.first_index):
        if ranges and ranges[-1].last_index + 1 == pages.first_index:
            last = ranges.pop()
            ranges.append(PageRange(last.first_number, pages.last_number, last.first_index, pages.last_index))
        else:
            ranges.append(pages)
    return tuple(ranges)


def ranges_in_words(ranges: tuple[PageRange, ...]) -> str | None:
    """`9 - 22`, or `9 - 22, 99 - 104`; None for an item without pages."""
    return ", ".join(str(pages) for pages in ranges) or None


def link_targets(pack: Pack, plan: PagePlan) -> dict[str, str]:
    """Which document each `packgen:item/...` link leads to: the one on the item's first page.

    An item without pages of its own leads to those of its first sub-item that has any. `packgen:document/...` leads to
    a document itself.
    """
    targets = {}
    for item in pack.all_items():
        for source in (item, *item.sub_items):
            ranges = item_ranges(source, plan)
            if ranges:
                targets[f"{LINK}{item.number}"] = plan.pages[ranges[0].first_index].document_id
                break
    planned = {page.document_id for page in plan.pages}
    return targets | {f"{DOCUMENT_LINK}{each.id}": each.id for each in pack.all_documents() if each.id in planned}


def supplement_data(
    pack: Pack,
    plan: PagePlan,
    supplement: Supplement,
    *,
    settled: Collection[str],
    added: Collection[str],
    exempt: Collection[str],
) -> dict[str, Any]:
    """Data that fits `schemas/supplement.schema.json`: what a supplement brings, by item.

    Args:
        pack: as its readers may know it.
        plan: where its pages stand.
        supplement: of which not all documents need be in the pack.
        settled: the numbers of items of which a paper was to follow.
        added: the numbers of items that came with the supplement.
        exempt: the numbers of items of which the supplement has exempt documents, whether readers have them or not.
    """
    whole = front_sheet_data(pack, plan)
    items = []
    for item in pack.all_items():
        documents = [document for document in item.documents if document.id in supplement.documents]
        if documents or item.number in exempt:
            items.append(
                _without_none(
                    {
                        "number": item.number,
                        "title": item.title,
                        "report_of": item.report_of,
                        "settles": item.number in settled,
                        "new": item.number in added,
                        "documents": [_supplied(document, plan) for document in documents],
                        "exempt_paragraphs": _paragraphs(item) if item.number in exempt else None,
                    }
                )
            )
    words = supplement.words
    return _without_none(
        {
            "template": "supplement",
            "number": supplement.number,
            **{key: whole[key] for key in ("committee", "meeting", "proper_officer", "contact") if key in whole},
            "published": words.published.isoformat() if words.published else None,
            "belongs_to": {"publication": supplement.belongs_to, "published": supplement.belongs_on.isoformat()},
            "reason": words.late.reason,
            "urgency": words.late.urgency,
            "items": items,
        }
    )


def sheet_title(sheet: str) -> str:
    """What a front sheet is called, by its document id: `Agenda`, or `Supplement 1`."""
    return "Agenda" if sheet == FRONT_SHEET_ID else sheet.replace("-", " ").capitalize()


def _supplied(document: Document, plan: PagePlan) -> dict[str, Any]:
    pages = plan.range_of(document.id)
    late = document.late or Lateness()
    return _without_none(
        {
            "title": document.title,
            "pages": str(pages) if pages else None,
            "link": f"{DOCUMENT_LINK}{document.id}" if pages else None,
            "exempt_paragraphs": paragraphs_in_words(document.exempt.paragraphs) if document.exempt else None,
            "reason": late.reason,
            "urgency": late.urgency,
        }
    )


def _paragraphs(item: Item) -> str | None:
    paragraphs = exempt_paragraphs(item)
    return paragraphs_in_words(paragraphs) if paragraphs else None


def _reasons(item: Item) -> str | None:
    """Why its exempt documents are kept back, each reason once; none for readers from whom they are."""
    return (
        " ".join(dict.fromkeys(each.exempt.reason for each in item.documents if each.exempt and each.exempt.reason))
        or None
    )


def _item(item: Item, plan: PagePlan) -> dict[str, Any]:
    line = _line(item, plan, item.number)
    if item.sub_items:
        line["sub_items"] = [_line(sub, plan, f"{sub.number.removeprefix(item.number)})") for sub in item.sub_items]
    return line


def _line(item: Item, plan: PagePlan, number: str) -> dict[str, Any]:
    ranges = item_ranges(item, plan)
    expected = item.to_follow.expected if item.to_follow else None
    return _without_none(
        {
            "number": number,
            "title": item.title,
            "link": f"{LINK}{item.number}" if ranges else None,
            "pages": ranges_in_words(ranges),
            "to_follow": True if item.to_follow else None,
            "withdrawn": True if item.withdrawn else None,
            "expected": expected.isoformat() if expected else None,
            "report_of": item.report_of,
            "presenter": item.presenter,
            "text": item.text,
            "exclusion": True if item.kind == "exclusion" else None,
            "exempt_paragraphs": _paragraphs(item),
            "exempt_reason": _reasons(item),
        }
    )


def _person(person: Any, keys: tuple[str, ...]) -> dict[str, Any] | None:
    if person is None:
        return None
    return _without_none({key: value for key, value in asdict(person).items() if key in keys})


def _without_none(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}
