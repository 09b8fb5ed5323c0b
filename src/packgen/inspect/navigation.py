"""Where the front sheet and the bookmarks lead.

Takes what was read back and what was asked for; gives disagreements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from packgen.inspect.disagreement import Disagreement
from packgen.inspect.readback import FinishedPack
from packgen.model import FRONT_SHEET_ID, ContentsLine, OutlineItem, PagePlan

_FIRST_NUMBER = re.compile(r"[0-9]+[A-Z]*|[ivxlcdm]+")
_UNSEEN = re.compile(r"[\x00-\x1f]")
"""Characters that viewers show as blanks."""
_RANGE = re.compile(r"(?<![0-9A-Za-z])([0-9]+[A-Z]*) - [0-9]+[A-Z]*(?![0-9A-Za-z])")


def front_pages(plan: PagePlan, contents: Sequence[ContentsLine]) -> frozenset[int]:
    """The page indexes of the front sheets that name pages."""
    sheets = {line.sheet for line in contents}
    return frozenset(page.page_index for page in plan.pages if page.document_id in sheets)


def check_contents(pack: FinishedPack, plan: PagePlan, contents: Sequence[ContentsLine]) -> Iterator[Disagreement]:
    """Every line of every front sheet must print its pages, and its link must lead to the first of them."""
    for sheet in dict.fromkeys(line.sheet for line in contents):
        yield from _check_sheet(pack, plan, [line for line in contents if line.sheet == sheet])


def _check_sheet(pack: FinishedPack, plan: PagePlan, contents: Sequence[ContentsLine]) -> Iterator[Disagreement]:
    front = sorted(front_pages(plan, contents))
    if not front:
        return
    called = "the front sheet" if contents[0].sheet == FRONT_SHEET_ID else contents[0].sheet
    links = [link for link in pack.links if link.page_index in front]
    text = " ".join(word for index in front if index < pack.page_count for word in pack.texts[index].split())
    targets = {link.target_index for link in links}
    for line in contents:
        place = f"item {line.item} on {called}"
        if not re.search(rf"(?<![0-9A-Za-z]){re.escape(line.pages)}(?![0-9A-Za-z])", text):
            yield Disagreement("contents", f'it does not print "{line.pages}"', place)
        number = _FIRST_NUMBER.search(line.pages)
        planned = plan.pages[line.first_index].page_number
        if number is None or number[0] != planned:
            yield Disagreement("contents", f'it prints "{line.pages}", but starts on page {planned}', place)
        if line.first_index not in targets:
            yield Disagreement("contents-link", f"no link leads to page {planned}", place)
    known = {line.first_index for line in contents} | set(front)
    for link in links:
        if link.target_index is None or link.target_index >= len(plan.pages):
            yield Disagreement("contents-link", f"a link on {called} leads to no page of the pack")
            continue
        landed = plan.pages[link.target_index].page_number
        printed = _RANGE.search(link.words)
        if printed and printed[1] != landed:
            yield Disagreement("contents-link", f'the link on "{printed[0]}" leads to page {landed}')
        elif link.target_index not in known:
            yield Disagreement("contents-link", f"a link on {called} leads to page {landed}, which no item names")


def check_bookmarks(pack: FinishedPack, plan: PagePlan, outline: Sequence[OutlineItem]) -> Iterator[Disagreement]:
    """The bookmarks asked for must be there in their order, and lead to the first page of their documents."""
    found = iter(pack.bookmarks)
    for title, depth, target in _expected(outline, plan, 0):
        bookmark = next((each for each in found if each.title == title and each.depth == depth), None)
        if bookmark is None:
            yield Disagreement("bookmark", f'the bookmark "{title}" is missing or out of order')
            return
        if bookmark.target_index != target:
            leads = "nowhere" if bookmark.target_index is None else f"to page {_number(plan, bookmark.target_index)}"
            message = f'the bookmark "{title}" leads {leads} instead of to page {_number(plan, target)}'
            yield Disagreement("bookmark", message)
    for bookmark in pack.bookmarks:
        if bookmark.target_index is not None and bookmark.target_index >= len(plan.pages):
            yield Disagreement("bookmark", f'the bookmark "{bookmark.title}" leads out of the pack')


def _expected(outline: Sequence[OutlineItem], plan: PagePlan, depth: int) -> Iterator[tuple[str, int, int]]:
    """Title, depth and page index of every bookmark that must be there."""
    for outline_item in outline:
        pages = plan.range_of(outline_item.target)
        below = list(_expected(outline_item.children, plan, depth + 1))
        first = pages.first_index + outline_item.source_index if pages else below[0][2] if below else None
        if first is not None:
            yield _UNSEEN.sub(" ", outline_item.title), depth, first
            yield from below


def _number(plan: PagePlan, page_index: int) -> str:
    return plan.pages[page_index].page_number if page_index < len(plan.pages) else f"{page_index + 1} of the file"
