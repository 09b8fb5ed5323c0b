"""The bookmarks of a pack: items, their documents below them, sub-items below those. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from packgen.front_sheet import sheet_title
from packgen.model import FRONT_SHEET_ID, Document, Item, OutlineItem, Pack, Supplement

REPORT = "Report"


def outline_of(
    pack: Pack, places: Mapping[str, int], supplements: Sequence[Supplement] = ()
) -> tuple[OutlineItem, ...]:
    """Bookmarks of a whole pack, the front sheet first. An item without pages leads to its line on the front sheet.

    An item with one document shares a bookmark with it, so that nobody opens two levels to read one paper.

    Args:
        pack: whose items are listed, as readers may know them.
        places: on which page of the front sheet, from 0, an item stands, by its number; the first where it is not told.
        supplements: whose front sheets come last.
    """
    front = OutlineItem(title=sheet_title(FRONT_SHEET_ID), target=FRONT_SHEET_ID)
    return (
        front,
        *(_of_item(item, f"{item.number}.", places) for item in pack.items + pack.part_two),
        *(OutlineItem(title=sheet_title(each.id), target=each.id) for each in supplements),
    )


def outline_of_supplement(pack: Pack, supplement: Supplement) -> tuple[OutlineItem, ...]:
    """Bookmarks of the PDF that holds one supplement: its front sheet, then its documents by item."""
    mine = [
        (item, tuple(document for document in item.documents if document.id in supplement.documents))
        for item in pack.all_items()
    ]
    return (
        OutlineItem(title=sheet_title(supplement.id), target=supplement.id),
        *(_of_item(replace(item, documents=own, sub_items=()), f"{item.number}.", {}) for item, own in mine if own),
    )


def outline_of_item(item: Item) -> tuple[OutlineItem, ...]:
    """Bookmarks of the PDF that holds one item."""
    return tuple(_of_document(document, beside="") for document in item.documents)


def _of_item(item: Item, number: str, places: Mapping[str, int]) -> OutlineItem:
    subs = tuple(_of_item(sub, f"{sub.number.removeprefix(item.number)})", places) for sub in item.sub_items)
    title = f"{number} {item.title}"
    if len(item.documents) == 1 and not subs:
        return OutlineItem(title=title, target=item.documents[0].id, headings_of=item.documents[0].id)
    children = tuple(_of_document(document, beside=item.title) for document in item.documents) + subs
    first = next((child for child in children if child.target != FRONT_SHEET_ID), None)
    if first is None:
        return OutlineItem(
            title=title, target=FRONT_SHEET_ID, source_index=places.get(item.number, 0), children=children
        )
    return OutlineItem(title=title, target=first.target, children=children)


def _of_document(document: Document, *, beside: str) -> OutlineItem:
    """A document's bookmark. A report that has the title of the item it stands `beside` is called what it is."""
    title = REPORT if document.template == "cover-report" and document.title == beside else document.title
    return OutlineItem(title=title, target=document.id, headings_of=document.id)
