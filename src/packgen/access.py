"""Which document goes into which pack. Pure: no files, no PDFs.

A public pack is built up from what is public. Exempt documents stand at the back of the restricted pack, after the
last public page, so that one printed number means one page in both packs.
"""

from __future__ import annotations

from packgen.model import Access, Document, Item, Pack

EXEMPT_HEADING = "NOT FOR PUBLICATION"


def documents_in_order(pack: Pack, access: Access) -> tuple[Document, ...]:
    """The documents of one pack in the order of its pages, without the front sheet."""
    documents = pack.all_documents()
    public = tuple(document for document in documents if document.exempt is None)
    if access == "public":
        return public
    return public + tuple(document for document in documents if document.exempt is not None)


def has_exempt(pack: Pack) -> bool:
    """Whether a restricted pack is needed at all."""
    return any(document.exempt for document in pack.all_documents())


def readable_documents(item: Item, access: Access) -> tuple[Document, ...]:
    """The item's own documents that readers of one pack have, without those of its sub-items."""
    return tuple(document for document in item.documents if access == "restricted" or document.exempt is None)


def readable_title(item: Item, access: Access) -> str:
    """The item's title for readers of one pack: an item of Part Two may have another one for the public."""
    return item.public_title if access == "public" and item.public_title else item.title


def exempt_paragraphs(item: Item) -> tuple[int, ...]:
    """The paragraphs of Schedule 12A under which documents of the item are exempt, in order."""
    return tuple(
        sorted({number for document in item.documents if document.exempt for number in document.exempt.paragraphs})
    )


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
    words = paragraphs_in_words(document.exempt.paragraphs)
    return f"{EXEMPT_HEADING} by virtue of {words} of Part 1 of Schedule 12A to the Local Government Act 1972"
