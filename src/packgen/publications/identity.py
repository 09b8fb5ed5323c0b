"""Which document of a pack is which of those that were published. Pure.

Takes the items of a pack and the register; gives the key of each document that is known. A document is the same if its
file is, and its item or title; or if it has the same title in the same item: authors send `report-final-2.docx` for
what was `report.docx`, and officers write a new paper into the file of an old one.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from packgen.model import TO_FOLLOW_TEMPLATE, Document, Item, Pack
from packgen.publications.register import KnownDocument, Register


def keys_of(pack: Pack, register: Register) -> dict[str, str]:
    """The key of each document of the pack that was published before, by its id."""
    found: dict[str, str] = {}
    documents = [(item, document) for item in pack.all_items() for document in item.documents]
    for alike in (_same_file, _same_title):
        free = {known.key: known for known in register.documents if known.key not in found.values()}
        for item, document in documents:
            if document.id in found:
                continue
            key = next((key for key, known in free.items() if alike(pack.folder, item, document, known)), None)
            if key is not None:
                found[document.id] = key
                del free[key]
    return found


def known_item(item: Item, register: Register, documents: Mapping[str, str]) -> str | None:
    """The number under which an item was published; None for a new one.

    It is the item that had its number and title, or its title alone if only one had it, or else one of its documents.
    """
    titled = [known.number for known in register.items if same_words(known.title, item.title)]
    if item.number in titled:
        return item.number
    if len(titled) == 1:
        return titled[0]
    by_key = {known.key: known.item for known in register.documents}
    return next((by_key[documents[each.id]] for each in item.documents if each.id in documents), None)


def source_of(document: Document, folder: Path) -> str:
    """The path of a document's file from the pack's folder, with forward slashes."""
    try:
        return document.source.relative_to(folder).as_posix()
    except ValueError:
        return document.source.as_posix()


def _same_file(folder: Path, item: Item, document: Document, known: KnownDocument) -> bool:
    if document.notice or _is_placeholder(known) or known.source != source_of(document, folder):
        return False
    return _same_item(item, known) or same_words(known.title, document.title)


def _same_title(_: Path, item: Item, document: Document, known: KnownDocument) -> bool:
    placeholder = document.template == TO_FOLLOW_TEMPLATE
    if placeholder != _is_placeholder(known) or not _same_item(item, known):
        return False
    # The page of an item whose paper is to follow has the item's title, whatever that is.
    of_item = placeholder and document.title == item.title and known.title == known.item_title
    return of_item or same_words(known.title, document.title)


def _same_item(item: Item, known: KnownDocument) -> bool:
    return known.item == item.number or same_words(known.item_title, item.title)


def _is_placeholder(known: KnownDocument) -> bool:
    return known.template == TO_FOLLOW_TEMPLATE


def same_words(first: str, second: str) -> bool:
    """Whether two titles are the same but for capitals and blanks."""
    return plain_title(first) == plain_title(second)


def plain_title(title: str) -> str:
    """A title without what makes no other of it: capitals, and how many blanks stand between its words."""
    return " ".join(title.split()).casefold()
