"""Which document of a pack is which of those that were published. Pure.

Takes the items of a pack and the register; gives the key of each document that is known. A document is the same if its
file is, or if it has the same title in the same item: authors send `report-final-2.docx` for what was `report.docx`.
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

    It is the item that had its title, or else one of its documents.
    """
    for known in register.items:
        if _same(known.title, item.title):
            return known.number
    by_key = {known.key: known.item for known in register.documents}
    return next((by_key[documents[each.id]] for each in item.documents if each.id in documents), None)


def source_of(document: Document, folder: Path) -> str:
    """The path of a document's file from the pack's folder, with forward slashes."""
    try:
        return document.source.relative_to(folder).as_posix()
    except ValueError:
        return document.source.as_posix()


def _same_file(folder: Path, _: Item, document: Document, known: KnownDocument) -> bool:
    return not document.notice and known.source == source_of(document, folder) and not _is_placeholder(known)


def _same_title(_: Path, item: Item, document: Document, known: KnownDocument) -> bool:
    placeholder = document.template == TO_FOLLOW_TEMPLATE
    same_item = known.item == item.number or _same(known.item_title, item.title)
    return placeholder == _is_placeholder(known) and same_item and _same(known.title, document.title)


def _is_placeholder(known: KnownDocument) -> bool:
    return known.template == TO_FOLLOW_TEMPLATE


def _same(first: str, second: str) -> bool:
    return " ".join(first.split()).casefold() == " ".join(second.split()).casefold()
