"""The meeting page, `agenda.html`: one file, no script, for people who would rather not open a PDF.

Takes the pack, its plan and the files beside the page; gives HTML. Says nothing that its pack does not say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from packgen.access import exempt_paragraphs, paragraphs_in_words, readable_documents, readable_title
from packgen.front_sheet import item_ranges, ranges_in_words
from packgen.model import Access, Item, Pack, PagePlan
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
    access: Access,
    settings: Settings,
    pack_file: LinkedFile,
    item_files: Mapping[str, LinkedFile],
) -> str:
    """The page as HTML. `item_files` holds the PDF of each item that has pages, by item number."""
    reader = _Reader(plan, access, settings, item_files)
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
            notes=[{"heading": note["heading"], "text": _prose(note["text"])} for note in pack.public_notes],
            contact=pack.contact,
        )
    )


def file_size(size: int) -> str:
    """`87 KB`, `1.4 MB`."""
    return f"{max(1, round(size / 1000))} KB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"


@dataclass(frozen=True)
class _Reader:
    plan: PagePlan
    access: Access
    settings: Settings
    item_files: Mapping[str, LinkedFile]

    def item(self, item: Item, number: str | None = None) -> dict[str, Any]:
        ranges = item_ranges(item, self.plan, self.access)
        paragraphs = exempt_paragraphs(item)
        file = self.item_files.get(item.number)
        title = readable_title(item, self.access)
        documents = [
            (document.title, self.plan.range_of(document.id)) for document in readable_documents(item, self.access)
        ]
        return {
            "key": item.number,
            "number": number or f"{item.number}.",
            "title": title,
            "report_of": item.report_of,
            "presenter": item.presenter,
            "text": _prose(item.text) if item.text else "",
            "to_follow": self._to_follow(item),
            "exempt": f"Exempt under {paragraphs_in_words(paragraphs)} of Schedule 12A" if paragraphs else None,
            "files": [
                {
                    "title": title,
                    "href": file.href,
                    "size": file_size(file.size),
                    "pages": page_words(ranges_in_words(ranges)),
                }
            ]
            if file
            else [],
            "documents": [{"title": name, "pages": page_words(str(pages))} for name, pages in documents if pages],
            "sub_items": [self.item(sub, f"{sub.number.removeprefix(item.number)})") for sub in item.sub_items],
        }

    def _to_follow(self, item: Item) -> str | None:
        if item.to_follow is None:
            return None
        expected = item.to_follow.expected
        words = self.settings.words.to_follow
        return f"{words} (expected {long_date(expected)})" if expected else words


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(resource_folder("pages")), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )


def _prose(markdown: str) -> Any:
    """Markdown as HTML; HTML typed in it is shown as typed."""
    from markdown_it import MarkdownIt
    from markupsafe import Markup

    # The renderer escapes all text and HTML is off, so what it gives is safe to put into the page.
    return Markup(MarkdownIt("commonmark", {"html": False}).enable("table").render(markdown))  # noqa: S704  # see above
