"""What the register says once a build is published. Pure.

Takes the pack that was built and its plans; gives the register that later builds keep to, and every document's key.
Keys are mere counters: they stand in public files, and a paper can turn exempt with its title.
"""

from __future__ import annotations

from collections.abc import Mapping

from packgen.model import FRONT_SHEET_ID, NOTICE_TEMPLATE, PagePlan
from packgen.publications.continuing import ContinuedPack
from packgen.publications.identity import known_item, source_of
from packgen.publications.register import (
    KnownDocument,
    KnownItem,
    KnownSupplement,
    Register,
    Renumbering,
    continued_pages,
)


def registered(
    continued: ContinuedPack, whole: PagePlan, public: PagePlan, renumbering: Renumbering | None
) -> tuple[Register, Mapping[str, str]]:
    """The register after publication, and the key of each document and front sheet by its id.

    Args:
        continued: the pack as it was built.
        whole: every page there is, the members' own included.
        public: the pages of the public pack.
        renumbering: that numbers are given afresh, if they are.
    """
    before = continued.register
    keys = _all_keys(continued)
    register = Register(
        numbering=before.numbering if before else continued.pack.numbering,
        pages=continued_pages(
            before.pages if before else (), whole, keys, frozenset(page.page_number for page in public.pages)
        ),
        documents=_documents(continued, keys),
        items=_items(continued),
        supplements=tuple(
            KnownSupplement(
                number=each.number, belongs_to=each.belongs_to, belongs_on=each.belongs_on, words=each.words
            )
            for each in continued.supplements
        ),
        renumbered=before.renumbered if before else renumbering,
        supplements_before=before.supplements_before if before else renumbering.supplements if renumbering else 0,
    )
    return register, keys


def _all_keys(continued: ContinuedPack) -> dict[str, str]:
    keys = {FRONT_SHEET_ID: FRONT_SHEET_ID} | {each.id: each.id for each in continued.supplements}
    taken = len(continued.register.documents) if continued.register else 0
    for document in continued.pack.all_documents():
        key = continued.keys.get(document.id)
        if key is None:
            taken += 1
            key = f"d{taken}"
        keys[document.id] = key
    return keys


def _documents(continued: ContinuedPack, keys: Mapping[str, str]) -> tuple[KnownDocument, ...]:
    """Those of before as they were or are now, then the new ones. A notice says nothing new of what it stands for."""
    came_with = {document_id: each.number for each in continued.supplements for document_id in each.documents}
    known = {each.key: each for each in continued.register.documents} if continued.register else {}
    for item in continued.pack.all_items():
        for document in item.documents:
            if document.template == NOTICE_TEMPLATE:
                continue
            known[keys[document.id]] = KnownDocument(
                key=keys[document.id],
                title=document.title,
                source=source_of(document, continued.pack.folder),
                template=document.template,
                item=item.number,
                item_title=item.title,
                exempt=document.exempt.paragraphs if document.exempt else None,
                supplement=came_with.get(document.id, 0),
            )
    return tuple(known.values())


def _items(continued: ContinuedPack) -> tuple[KnownItem, ...]:
    register = continued.register
    if register is None:
        return tuple(KnownItem(number=item.number, title=item.title) for item in continued.pack.all_items())
    came_with = {item.number: item.supplement for item in register.items}
    pending = continued.pending.number if continued.pending else 0
    return tuple(
        KnownItem(
            number=item.number,
            title=item.title,
            supplement=came_with.get(known_item(item, register, continued.keys) or "", pending),
        )
        for item in continued.pack.all_items()
    )
