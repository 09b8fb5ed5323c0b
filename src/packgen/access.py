"""Which document goes into which pack. Pure: no files, no PDFs.

A public pack is built up from what is public. Exempt documents stand at the back of the restricted pack, after the
last public page, so that one printed number means one page in both packs.
"""

from __future__ import annotations

from msgspec.structs import replace

from packgen.model import NOTICE_TEMPLATE, Access, Document, Item, Pack

EXEMPT_HEADING = "NOT FOR PUBLICATION"


def readable_pack(pack: Pack, access: Access) -> Pack:
    """The pack as far as readers of one pack may know it; everything that they are shown is made from this alone.

    Readers of the restricted pack may know all. The public reads of an item with a public title that title and no more,
    and nothing of exempt documents but their paragraphs.
    """
    readable = _public_item if access == "public" else _members_item
    return replace(
        pack,
        items=tuple(readable(item) for item in pack.items),
        part_two=tuple(readable(item) for item in pack.part_two),
    )


def _members_item(item: Item) -> Item:
    """All of an item, less the notices that the public has instead of papers."""
    return replace(
        item,
        documents=tuple(document for document in item.documents if not document.public_only),
        sub_items=tuple(_members_item(sub) for sub in item.sub_items),
    )


def _public_item(item: Item) -> Item:
    shown = replace(
        item,
        documents=tuple(document for document in item.documents if document.exempt is None),
        sub_items=tuple(_public_item(sub) for sub in item.sub_items),
        withheld=exempt_paragraphs(item),
    )
    if item.public_title is None:
        return shown
    return replace(
        shown,
        title=item.public_title,
        public_title=None,
        report_of=None,
        presenter=None,
        text=None,
        sub_items=tuple(_public_item(sub) for sub in item.sub_items if sub.public_title is not None),
        to_follow=replace(item.to_follow, reason=None) if item.to_follow else None,
        withdrawn=replace(item.withdrawn, reason=None) if item.withdrawn else None,
    )


def documents_in_order(pack: Pack) -> tuple[Document, ...]:
    """The documents of a pack in the order of its pages, without the front sheet: exempt ones last."""
    documents = pack.all_documents()
    public = tuple(document for document in documents if document.exempt is None)
    return public + tuple(document for document in documents if document.exempt is not None)


def has_exempt(pack: Pack) -> bool:
    """Whether a restricted pack is needed at all."""
    return any(document.exempt for document in pack.all_documents())


def exempt_paragraphs(item: Item) -> tuple[int, ...]:
    """The paragraphs of Schedule 12A under which documents of the item are exempt, in order."""
    papers = [document for document in item.documents if document.exempt and document.template != NOTICE_TEMPLATE]
    own = {number for document in papers if document.exempt for number in document.exempt.paragraphs}
    return tuple(sorted({*own, *item.withheld}))


def paragraphs_in_words(paragraphs: tuple[int, ...]) -> str:
    """`paragraph 3`, `paragraphs 1 and 3`, `paragraphs 1, 2 and 3`."""
    numbers = [str(number) for number in paragraphs]
    if len(numbers) == 1:
        return f"paragraph {numbers[0]}"
    return f"paragraphs {', '.join(numbers[:-1])} and {numbers[-1]}"


def marking(document: Document) -> str | None:
    """The line at the head of each page of an exempt document (Local Government Act 1972, section 100B(5))."""
    if document.exempt is None:
        return None
    if not document.exempt.paragraphs:
        return EXEMPT_HEADING
    words = paragraphs_in_words(document.exempt.paragraphs)
    return f"{EXEMPT_HEADING}: exempt under {words} of Part 1 of Schedule 12A, Local Government Act 1972"
