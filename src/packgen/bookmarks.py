"""The bookmarks of a pack: items, their documents below them, sub-items below those. Pure."""

from __future__ import annotations

from packgen.access import readable_documents, readable_title
from packgen.model import FRONT_SHEET_ID, Access, Document, Item, OutlineItem, Pack


def outline_of(pack: Pack, access: Access) -> tuple[OutlineItem, ...]:
    """Bookmarks of a whole pack, the front sheet first. An item without pages leads to the front sheet.

    An item with one document shares a bookmark with it, so that nobody opens two levels to read one paper.
    """
    front = OutlineItem(title="Agenda", target=FRONT_SHEET_ID)
    return (front, *(_of_item(item, item.number, access) for item in pack.items + pack.part_two))


def outline_of_item(item: Item, access: Access) -> tuple[OutlineItem, ...]:
    """Bookmarks of the PDF that holds one item."""
    return tuple(_of_document(document) for document in readable_documents(item, access))


def _of_item(item: Item, number: str, access: Access) -> OutlineItem:
    documents = readable_documents(item, access)
    subs = tuple(_of_item(sub, f"{sub.number.removeprefix(item.number)})", access) for sub in item.sub_items)
    title = (
        f"{number} {readable_title(item, access)}"
        if number.endswith(")")
        else f"{number}. {readable_title(item, access)}"
    )
    if len(documents) == 1:
        return OutlineItem(title=title, target=documents[0].id, children=subs, headings_of=documents[0].id)
    children = tuple(_of_document(document) for document in documents) + subs
    target = documents[0].id if documents else next((sub.target for sub in subs), FRONT_SHEET_ID)
    return OutlineItem(title=title, target=target, children=children)


def _of_document(document: Document) -> OutlineItem:
    return OutlineItem(title=document.title, target=document.id, headings_of=document.id)
