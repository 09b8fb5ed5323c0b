"""What the meeting page says: what a link leads to, of which item, type, size and pages, stands in the link itself.

Takes the pack, its plan and the files beside the page; gives plain values. Says nothing that its pack does not say.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from packgen.access import exempt_paragraphs, has_exempt, paragraphs_in_words
from packgen.front_sheet import item_ranges, ranges_in_words, sheet_title
from packgen.model import (
    NOTICE_TEMPLATE,
    Document,
    Item,
    Meeting,
    Pack,
    PagePlan,
    PageRange,
    Person,
    Supplement,
    ToFollow,
)
from packgen.wording import clock_time, day_date, long_date, page_words
from packgen.workspace import Settings


class LinkedFile(Struct, frozen=True):
    """A file beside the page: its address from there, and its size in bytes."""

    href: str
    size: int


def page_values(
    pack: Pack,
    plan: PagePlan,
    settings: Settings,
    pack_file: LinkedFile,
    item_files: Mapping[str, LinkedFile],
    supplements: Sequence[tuple[Supplement, LinkedFile]] = (),
) -> dict[str, Any]:
    """All that the page says, as plain values. `item_files` holds the PDF of each item that has pages, by number."""
    reader = _Reader(plan, settings, item_files)
    return {
        "language": pack.language,
        "accent": settings.accent,
        "council": settings.council_name,
        "committee": pack.committee,
        "meeting": _meeting(pack.meeting),
        "published": _date(pack.published) if pack.published else None,
        "notices": pack.notices,
        "for_members_only": has_exempt(pack),
        "pack": _paper("The whole agenda pack", pack_file.href, "PDF", file_size(pack_file.size), _count(plan)),
        "supplements": [_supplement(supplement, file) for supplement, file in supplements],
        "numbered": bool(item_files),
        "items": [reader.item(item) for item in pack.items],
        "part_two": [reader.item(item) for item in pack.part_two],
        "part_two_name": settings.words.part_two,
        "nil": settings.words.nil,
        "members": pack.membership,
        "notes": pack.public_notes,
        "proper_officer": pack.proper_officer,
        "contact": pack.contact,
        "dial": _dial(pack.contact),
    }


def file_size(size: int) -> str:
    """`87 KB`, `1.4 MB`."""
    return f"{max(1, round(size / 1000))} KB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"


class _Reader(Struct, frozen=True):
    plan: PagePlan
    settings: Settings
    item_files: Mapping[str, LinkedFile]

    def item(self, item: Item, number: str | None = None) -> dict[str, Any]:
        """What the page says of an item."""
        file = self.item_files.get(item.number)
        return {
            "key": item.number,
            "number": number or f"{item.number}.",
            "title": item.title,
            "report_of": item.report_of,
            "presenter": item.presenter,
            "text": item.text,
            "exclusion": item.kind == "exclusion",
            "to_follow": self._to_follow(item.to_follow),
            "withdrawn": item.withdrawn,
            "exempt": _exempt(item),
            "papers": self._papers(item, file) if file and any(not each.notice for each in item.documents) else [],
            "sub_items": [self.item(sub, f"{sub.number.removeprefix(item.number)})") for sub in item.sub_items],
        }

    def _papers(self, item: Item, file: LinkedFile) -> list[dict[str, Any]]:
        """The one document of an item; or its whole PDF, then each document by its place in that."""
        size = file_size(file.size)
        pages = page_words(ranges_in_words(item_ranges(item, self.plan)))
        if len(item.documents) == 1:
            document = item.documents[0]
            return [_paper(document.title, file.href, "PDF", size, pages, _privacy(document))]
        return [
            _paper(f"All papers of item {item.number}", file.href, "PDF", size, pages, *map(_privacy, item.documents)),
            *self._places(item, file),
        ]

    def _places(self, item: Item, file: LinkedFile) -> list[dict[str, Any]]:
        """The documents of an item in the order of its PDF; each leads to the page there, from 1, where it begins."""
        papers, begins_at = [], 1
        for document, pages in self._in_order_of_pages(item):
            if document.template == NOTICE_TEMPLATE:
                begins_at += pages.last_index - pages.first_index + 1
                continue
            place = f"from page {begins_at} of item {item.number}’s PDF"
            words = (page_words(str(pages)), place, file_size(file.size), _privacy(document))
            paper = _paper(document.title, f"{file.href}#page={begins_at}", *words)
            papers.append({**paper, "to_follow": self._to_follow(document.to_follow)})
            begins_at += pages.last_index - pages.first_index + 1
        return papers

    def _in_order_of_pages(self, item: Item) -> list[tuple[Document, PageRange]]:
        placed = [(document, self.plan.range_of(document.id)) for document in item.documents]
        return sorted(((document, pages) for document, pages in placed if pages), key=lambda each: each[1].first_index)

    def _to_follow(self, to_follow: ToFollow | None) -> dict[str, Any] | None:
        if to_follow is None:
            return None
        expected = _date(to_follow.expected) if to_follow.expected else None
        return {"words": self.settings.words.to_follow, "expected": expected}


def _paper(title: str, href: str, *details: str | None) -> dict[str, Any]:
    """A link to a file. What is said twice in `details` is printed once, where it stands first."""
    words = dict.fromkeys(each for each in details if each)
    return {"title": title, "href": href, "details": ", ".join(words), "to_follow": None}


def _supplement(supplement: Supplement, file: LinkedFile) -> dict[str, Any]:
    published = supplement.words.published
    when = f"published on {long_date(published)}" if published else None
    return _paper(sheet_title(supplement.id), file.href, "PDF", file_size(file.size), when)


def _privacy(document: Document) -> str | None:
    return "not for publication" if document.exempt else None


def _exempt(item: Item) -> str | None:
    paragraphs = exempt_paragraphs(item)
    if not paragraphs:
        return None
    law = f"under {paragraphs_in_words(paragraphs)} of Part 1 of Schedule 12A, Local Government Act 1972"
    some = any(document.exempt is None for document in item.documents)
    return f"Some papers of this item are exempt {law}." if some else f"Exempt {law}."


def _meeting(meeting: Meeting) -> dict[str, Any]:
    return {
        "date": {"iso": meeting.date.isoformat(), "words": day_date(meeting.date)},
        "time": {"iso": meeting.time.strftime("%H:%M"), "words": clock_time(meeting.time)},
        "venue": meeting.venue,
        "webcast": meeting.webcast,
    }


def _date(date: dt.date) -> dict[str, str]:
    return {"iso": date.isoformat(), "words": long_date(date)}


def _count(plan: PagePlan) -> str:
    return f"{len(plan.pages)} pages" if len(plan.pages) > 1 else "1 page"


def _dial(contact: Person | None) -> str | None:
    """The number to dial, where the line for the telephone holds one number and nothing else (RFC 3966)."""
    written = contact.telephone if contact else None
    if not written or not re.fullmatch(r"[+]?[\d\s()-]{6,20}", written):
        return None
    return re.sub(r"[^\d+]", "", written.replace("(0)", "") if written.startswith("+") else written)
