"""The meeting page, `agenda.html`: one file, no script, for people who would rather not open a PDF.

Takes the pack, its plan and the files beside the page; gives HTML. Says nothing that its pack does not say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from packgen.access import exempt_paragraphs, paragraphs_in_words
from packgen.front_sheet import item_ranges, ranges_in_words
from packgen.model import Item, Pack, PagePlan
from packgen.resources import resource_folder
from packgen.wording import clock_time, day_date, long_date, page_words
from packgen.workspace import Settings

if TYPE_CHECKING:
    from jinja2 import Environment


@dataclass(frozen=True)
class LinkedFile:
    """A file beside the page: its address from there, and its size in bytes."""

    href: str
    size: int


def meeting_page(
    pack: Pack,
    plan: PagePlan,
    settings: Settings,
    pack_file: LinkedFile,
    item_files: Mapping[str, LinkedFile],
) -> str:
    """The page as HTML. `item_files` holds the PDF of each item that has pages, by item number."""
    reader = _Reader(plan, settings, item_files)
    return (
        _environment()
        .get_template("agenda.html.jinja")
        .render(
            language=pack.language,
            accent=settings.accent,
            council=settings.council_name,
            committee=pack.committee,
            date=pack.meeting.date.isoformat(),
            time=pack.meeting.time.strftime("%H:%M"),
            day=day_date(pack.meeting.date),
            clock=clock_time(pack.meeting.time),
            venue=pack.meeting.venue,
            webcast=pack.meeting.webcast,
            published=long_date(pack.published) if pack.published else None,
            notices=pack.notices,
            pack={"href": pack_file.href, "size": file_size(pack_file.size), "page_count": len(plan.pages)},
            items=[reader.item(item) for item in pack.items],
            part_two=[reader.item(item) for item in pack.part_two],
            part_two_name=settings.words.part_two,
            nil=settings.words.nil,
            members=pack.membership,
            notes=[
                {"heading": note["heading"], "text": _prose(note["text"], f"note-{place}")}
                for place, note in enumerate(pack.public_notes, 1)
            ],
            proper_officer=pack.proper_officer,
            contact=pack.contact,
        )
    )


def file_size(size: int) -> str:
    """`87 KB`, `1.4 MB`."""
    return f"{max(1, round(size / 1000))} KB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"


@dataclass(frozen=True)
class _Reader:
    plan: PagePlan
    settings: Settings
    item_files: Mapping[str, LinkedFile]

    def item(self, item: Item, number: str | None = None) -> dict[str, Any]:
        """What the page says of an item. Its title leads to its PDF, each of several papers to its place there."""
        file = None if item.to_follow else self.item_files.get(item.number)
        ranges = item_ranges(item, self.plan)
        return {
            "key": item.number,
            "number": number or f"{item.number}.",
            "title": item.title,
            "href": file.href if file else None,
            "details": f"PDF, {file_size(file.size)}, {page_words(ranges_in_words(ranges))}" if file else None,
            "report_of": item.report_of,
            "presenter": item.presenter,
            "text": _prose(item.text, f"item-{item.number}") if item.text else "",
            "exclusion": item.kind == "exclusion",
            "to_follow": self._to_follow(item),
            "exempt": _exempt(item),
            "papers": self._papers(item, file) if file and len(item.documents) > 1 else [],
            "sub_items": [self.item(sub, f"{sub.number.removeprefix(item.number)})") for sub in item.sub_items],
        }

    def _papers(self, item: Item, file: LinkedFile) -> list[dict[str, Any]]:
        """The documents of an item with the page of the item's PDF, from 1, on which each begins."""
        papers, first = [], 1
        ranges = {document.id: self.plan.range_of(document.id) for document in item.documents}
        for document in sorted(item.documents, key=lambda each: pages.first_index if (pages := ranges[each.id]) else 0):
            pages = ranges[document.id]
            if pages:
                papers.append(
                    {"title": document.title, "href": f"{file.href}#page={first}", "pages": page_words(str(pages))}
                )
                first += pages.last_index - pages.first_index + 1
        return papers

    def _to_follow(self, item: Item) -> str | None:
        if item.to_follow is None:
            return None
        expected = item.to_follow.expected
        words = self.settings.words.to_follow
        return f"{words} (expected {long_date(expected)})" if expected else words


def _exempt(item: Item) -> str | None:
    paragraphs = exempt_paragraphs(item)
    if not paragraphs:
        return None
    law = f"under {paragraphs_in_words(paragraphs)} of Part 1 of Schedule 12A, Local Government Act 1972"
    return f"Some papers of this item are exempt {law}." if len(item.documents) else f"Exempt {law}."


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(resource_folder("pages")), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )


def _prose(markdown: str, key: str) -> Any:
    """Markdown as HTML; HTML typed in it is shown as typed."""
    from packgen.prose import parse_prose
    from packgen.prose.html import prose_html

    return prose_html(parse_prose(markdown), key=key)
