"""A pack that was published before, made ready to be built again. Pure.

Takes the pack as the officer wrote it and the register; gives the pack with a page of packgen's own wherever something
published is no longer there, and says which documents are new and therefore go into a supplement.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from packgen.item_numbers import padded
from packgen.model import (
    TO_FOLLOW_TEMPLATE,
    Document,
    Item,
    Lateness,
    Pack,
    Supplement,
    SupplementWords,
    ToFollow,
)
from packgen.publications.identity import keys_of
from packgen.publications.notices import NoticeKind, notice
from packgen.publications.register import KnownDocument, Register, Renumbering
from packgen.wording import long_date

_FOLLOWED = "The paper that was to follow has been published in a supplement. The agenda says on which pages it stands."
_WITHHELD = "These pages are not for publication."
_GONE = "This paper is no longer part of the agenda."
_WITHDRAWN = "This item has been withdrawn from the agenda."


class ContinuedPack(Struct, frozen=True, kw_only=True):
    """A pack with what came of its earlier publications.

    `keys` has the key in the register of every document that it knows, notices included. `supplements` are all there
    are; the last of them is `pending` if it has not been published yet. There is no `register` if numbers are given
    afresh.
    """

    pack: Pack
    keys: Mapping[str, str]
    register: Register | None = None
    supplements: tuple[Supplement, ...] = ()
    pending: Supplement | None = None


class SupplementItems(Struct, frozen=True, kw_only=True):
    """What the front sheet of a supplement says of its items, by their numbers.

    `settled` were marked to follow on an earlier agenda, `added` were on none, `exempt` have exempt papers in it.
    """

    settled: frozenset[str]
    added: frozenset[str]
    exempt: frozenset[str]


def items_of_supplement(continued: ContinuedPack, supplement: Supplement) -> SupplementItems:
    """The items of a supplement, and how each of them stood before it came."""
    assert continued.register is not None
    register = continued.register
    came_with = {item.number: item.supplement for item in register.items}
    own = [
        (item, document)
        for item in continued.pack.all_items()
        for document in item.documents
        if document.id in supplement.documents
    ]
    numbers = {item.number for item, _ in own}
    followed = {known.item for known in register.documents if known.template == TO_FOLLOW_TEMPLATE}
    return SupplementItems(
        settled=frozenset(numbers & followed),
        added=frozenset(number for number in numbers if came_with.get(number, supplement.number) == supplement.number),
        exempt=frozenset(item.number for item, document in own if document.exempt is not None),
    )


def begin_pack(pack: Pack, renumbering: Renumbering | None = None) -> ContinuedPack:
    """A pack that is numbered afresh, and says so if it had numbers before; what is withdrawn is left out of it."""
    emptied = _with_items(pack, [_emptied(item) for item in pack.items + pack.part_two])
    told = [renumbered_in_words(renumbering)] if renumbering else []
    return ContinuedPack(pack=replace(emptied, notices=(*pack.notices, *told)), keys={})


def renumbered_in_words(renumbering: Renumbering) -> str:
    """What a front sheet says of new numbers."""
    return (
        f"The pages of this pack were renumbered on {long_date(renumbering.on)}. It replaces publication "
        f"{renumbering.replaces} of {long_date(renumbering.published)}, whose page numbers no longer hold."
    )


def continue_pack(pack: Pack, register: Register, publication: int, on: dt.date) -> ContinuedPack:
    """A pack that goes on from what was published last: the number of that publication, and its day."""
    keys = keys_of(pack, register)
    work = _Continuation(pack, register, keys)
    continued = _with_items(pack, [work.item(item) for item in pack.items + pack.part_two])
    all_keys = keys | work.notices
    supplements = _supplements(continued, register, all_keys, (publication, on))
    pending = supplements[-1] if len(supplements) > len(register.supplements) else None
    sheets = {supplement.id: supplement.id for supplement in supplements if supplement is not pending}
    known = {each.key for each in register.documents}
    return ContinuedPack(
        pack=replace(continued, notices=(*pack.notices, *_standing(register, supplements))),
        register=register,
        keys={document_id: key for document_id, key in (all_keys | sheets).items() if key in known or key in sheets},
        supplements=supplements,
        pending=pending,
    )


class _Continuation:
    """The items of one pack, gone through in order."""

    def __init__(self, pack: Pack, register: Register, keys: Mapping[str, str]) -> None:
        self._pack = pack
        self._register = register
        self._keys = keys
        self._known = {known.key: known for known in register.documents}
        self._ids = {document.id for document in pack.all_documents()}
        self.notices: dict[str, str] = {}
        """The key in the register of each notice, by its id."""

    def item(self, item: Item) -> Item:
        """An item as it goes on, with its sub-items."""
        if item.withdrawn is not None:
            # One page for all that belonged to it: that of the first of its papers.
            return replace(
                _emptied(item),
                documents=tuple(self._withdrawn(item, [item, *item.sub_items])),
            )
        kept = [document for document in item.documents if not self._is_new_placeholder(document)]
        gone = [known for known in self._of_item(item) if known.key not in self._keys.values()]
        notices = [each for known in gone for each in self._gone(item, known, kept)]
        return replace(
            item,
            documents=(*kept, *notices, *self._withheld(item, kept)),
            to_follow=self._still_to_follow(item, kept, gone),
            sub_items=tuple(self.item(sub) for sub in item.sub_items),
        )

    def _is_new_placeholder(self, document: Document) -> bool:
        """Whether it is the page of a paper to follow that no publication had: the agenda's line says it."""
        return document.template == TO_FOLLOW_TEMPLATE and document.id not in self._keys

    def _still_to_follow(self, item: Item, kept: Sequence[Document], gone: Sequence[KnownDocument]) -> ToFollow | None:
        """What the agenda's line says of papers that are still to come."""
        dropped = next((each.to_follow for each in item.documents if self._is_new_placeholder(each)), None)
        if item.to_follow is None:
            return dropped
        settled = any(each.template == TO_FOLLOW_TEMPLATE and self._has_come(each, kept) for each in gone)
        return dropped if settled else item.to_follow

    def _has_come(self, placeholder: KnownDocument, documents: Sequence[Document]) -> bool:
        """Whether a paper has come since that was to follow: one that was not published with it."""
        for document in documents:
            known = self._known_as(document)
            if not document.notice and (known is None or known.supplement > placeholder.supplement):
                return True
        return False

    def _known_as(self, document: Document) -> KnownDocument | None:
        """What was published of a document, if anything was."""
        return self._known.get(self._keys.get(document.id, ""))

    def _of_item(self, item: Item) -> list[KnownDocument]:
        """What was published with an item."""
        return [known for known in self._register.documents if known.item == item.number]

    def _withdrawn(self, item: Item, items: Sequence[Item]) -> Iterator[Document]:
        """A notice in place of the public papers of withdrawn items, and one in place of the exempt ones.

        Of what was public once and is exempt, the public is told without its title; of an item with a public title,
        without the reason.
        """
        numbers = {each.number for each in items}
        own = {self._keys.get(document.id) for each in items for document in each.documents}
        known = [
            each
            for each in self._register.documents
            if each.key in own or (each.item in numbers and each.key not in self._keys.values())
        ]
        why = item.withdrawn.reason if item.withdrawn else None
        once_public = [each for each in known if each.exempt is not None and self._register.was_public(each.key)]
        said = (_public_title(item), why if item.public_title is None else None)
        for gone, (title, reason) in (
            ([each for each in known if each.exempt is None], said),
            ([each for each in known if each.exempt is not None], (item.title, why)),
            (once_public, said),
        ):
            if gone:
                public_only = gone is once_public
                exempt = None if public_only else gone[0].exempt
                lines = [_WITHDRAWN, reason, self._not_used(gone)]
                made = self._notice(item, gone[0], "withdrawn", title, lines, exempt=exempt)
                yield replace(made, public_only=public_only)

    def _gone(self, item: Item, known: KnownDocument, documents: Sequence[Document]) -> Iterator[Document]:
        """The notice in place of one paper that an item no longer has; a second one where the public knew it."""
        since = known.template == TO_FOLLOW_TEMPLATE and self._has_come(known, documents)
        kind: NoticeKind = "since" if since else "withdrawn"
        lines = [_FOLLOWED] if since else [_GONE, self._not_used([known])]
        # What was called so in public may be private by now.
        named = known.title if item.public_title is None else _public_title(item)
        title = known.title if known.exempt is not None else named
        yield self._notice(item, known, kind, title, lines, exempt=known.exempt)
        if known.exempt is not None and self._register.was_public(known.key):
            yield replace(self._notice(item, known, kind, _public_title(item), lines), public_only=True)

    def _withheld(self, item: Item, documents: Sequence[Document]) -> Iterator[Document]:
        """What the public finds in place of a paper that was public once and is exempt now; it may not be named."""
        for document in documents:
            known = self._known_as(document)
            if document.exempt is not None and known is not None and self._register.was_public(known.key):
                yield replace(self._notice(item, known, "withheld", _public_title(item), [_WITHHELD]), public_only=True)

    def _notice(
        self,
        item: Item,
        known: KnownDocument,
        kind: NoticeKind,
        title: str,
        lines: Sequence[str | None],
        *,
        exempt: tuple[int, ...] | None = None,
    ) -> Document:
        stem = f"{padded(item.number)}-notice"
        place = next(place for place in range(1, len(self._ids) + 2) if f"{stem}-{place}" not in self._ids)
        made = notice(
            kind,
            title,
            [line for line in lines if line],
            document_id=f"{stem}-{place}",
            folder=self._pack.folder,
            pointer=item.pointer,
            exempt=exempt,
        )
        self._ids.add(made.id)
        self.notices[made.id] = known.key
        return made

    def _not_used(self, gone: Sequence[KnownDocument]) -> str | None:
        """What is said of the numbers of papers that their notice does not print itself."""
        numbers = [number for each in gone for number in self._register.numbers_of(each.key)]
        left = numbers[2 if self._register.numbering.duplex else 1 :]
        if not left:
            return None
        pages = f"Pages {left[0]} to {left[-1]}" if len(left) > 1 else f"Page {left[0]}"
        return f"{pages} of the pack, which belonged to it, will not be used again."


def _public_title(item: Item) -> str:
    return item.public_title or item.title


def _emptied(item: Item) -> Item:
    """A withdrawn item keeps its line and nothing else."""
    if item.withdrawn is None:
        return replace(item, sub_items=tuple(_emptied(sub) for sub in item.sub_items))
    subs = tuple(replace(sub, documents=(), to_follow=None) for sub in item.sub_items)
    return replace(item, documents=(), to_follow=None, sub_items=subs)


def _standing(register: Register, supplements: Sequence[Supplement]) -> Iterator[str]:
    """What the front sheet says of the pack as a whole: new numbers, and what supplements it contains."""
    if register.renumbered:
        yield renumbered_in_words(register.renumbered)
    for supplement in supplements:
        on = supplement.words.published
        when = f" of {long_date(on)}" if on else ""
        yield f"Supplement {supplement.number}{when} stands at the end of this pack."


def _with_items(pack: Pack, items: Sequence[Item]) -> Pack:
    count = len(pack.items)
    return replace(pack, items=tuple(items[:count]), part_two=tuple(items[count:]))


def _supplements(
    pack: Pack, register: Register, keys: Mapping[str, str], last: tuple[int, dt.date]
) -> tuple[Supplement, ...]:
    """All supplements, the one that what is new makes last."""
    came_with = {known.key: known.supplement for known in register.documents}
    members: dict[int, list[str]] = {known.number: [] for known in register.supplements}
    next_number = register.supplements_before + len(members) + 1
    for exempt in (False, True):
        for document in pack.all_documents():
            if (document.exempt is not None) is exempt and not document.public_only:
                number = came_with.get(keys.get(document.id, ""), next_number)
                if number:
                    members.setdefault(number, []).append(document.id)
    belongs = {known.number: (known.belongs_to, known.belongs_on) for known in register.supplements}
    written = {known.number: known.words for known in register.supplements}
    return tuple(
        Supplement(
            number=number,
            belongs_to=belongs.get(number, last)[0],
            belongs_on=belongs.get(number, last)[1],
            words=_words(pack, number, written.get(number)),
            documents=tuple(documents),
        )
        for number, documents in sorted(members.items())
    )


def _words(pack: Pack, number: int, published: SupplementWords | None) -> SupplementWords:
    """What `pack.json` says of a supplement; what it leaves out, as it was when it was published."""
    written = pack.supplement_words[number - 1] if number <= len(pack.supplement_words) else SupplementWords()
    if published is None:
        return written
    return SupplementWords(
        published=written.published or published.published,
        late=Lateness(
            reason=written.late.reason or published.late.reason, urgency=written.late.urgency or published.late.urgency
        ),
    )
