"""Compares one pack, page by page and word by word, with what was published of it.

Takes two sides and which document is which; gives `PackDifferences`. A document that readers could have once and may
not have any more is named by its item, and none of its words are shown.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from packgen.differences.pages import PackPages, look_alike
from packgen.differences.result import DocumentDifference, PackDifferences, SheetPlan, What, WordChange
from packgen.differences.sheets import plan_sheets, ranges
from packgen.differences.sides import PlacedDocument, Side, agenda_order, merged_order
from packgen.differences.words import Word, changes_between
from packgen.item_numbers import of_item
from packgen.model import Access


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """What is to be compared.

    Readers have the `built` pack now. `names` has one name for each document of both sides, by its key on the new side;
    on the old side, keys are names. `withheld` are names of documents that are kept from these readers now; `private`
    says of a text whether it holds words that are. `reasons` say, by the number of an item, why it is withdrawn, as far
    as these readers may know. If all pages were `renumbered`, their numbers are not compared.
    """

    access: Access
    built: Access
    publication: int
    published: dt.date
    old: Side
    new: Side
    names: Mapping[str, str]
    withheld: frozenset[str]
    private: Callable[[str], bool]
    reasons: Mapping[str, str]
    renumbered: bool
    duplex: bool


def compare(comparison: Comparison) -> PackDifferences:
    """All differences between the two sides, in the order of the agenda."""
    with PackPages(comparison.old.pdf) as old, PackPages(comparison.new.pdf) as new:
        work = _Work(comparison, old, new)
        return PackDifferences(
            access=comparison.access,
            publication=comparison.publication,
            published=comparison.published,
            documents=tuple(work.documents()),
            sheets=work.sheets(),
        )


class _Work:
    """One comparison on its way, with both packs open. Each pair of pages is looked at once."""

    def __init__(self, comparison: Comparison, old: PackPages, new: PackPages) -> None:
        self._asked = comparison
        self._old_pages, self._new_pages = old, new
        self._old = comparison.old.documents
        self._new = {comparison.names[key]: document for key, document in comparison.new.documents.items()}
        self._moved = moved([*self._old], [*self._new])
        self._withdrawn = withdrawn_items(comparison.new)
        self._reasons = dict(comparison.reasons)  # each is told once
        self._other = frozenset[str]() if comparison.renumbered else frozenset(self._other_pages())

    def _other_pages(self) -> Iterator[str]:
        """Numbers that both packs have, of pages that look different now."""
        old_index = {page.number: page.index for page in self._asked.old.map.pages}
        for page in self._asked.new.map.pages:
            before = old_index.get(page.number)
            if before is not None and not look_alike(self._old_pages, before, self._new_pages, page.index):
                yield page.number

    def sheets(self) -> SheetPlan | None:
        """What to do with a printed pack; None if none of its numbers holds."""
        if self._asked.renumbered:
            return None
        return plan_sheets(self._asked.old.numbers, self._asked.new.numbers, self._other, duplex=self._asked.duplex)

    def documents(self) -> Iterator[DocumentDifference]:
        """What became of each document that is not as it was, item by item."""
        place = agenda_order(self._asked.old, self._asked.new)
        names = merged_order([*self._old], [*self._new])
        for name in sorted(names, key=lambda name: place[(self._new.get(name) or self._old[name]).item]):
            was, now = self._old.get(name), self._new.get(name)
            if was is None:
                assert now is not None
                # It may have come and gone since.
                what: What = "withdrawn" if now.notice == "withdrawn" else "added"
                yield self._told(now, what, ranges(now.numbers, self._asked.new.numbers))
            elif now is None or name in self._asked.withheld or _is_notice(was, now, "withdrawn"):
                found = self._gone(name, was, now)
                if found is not None:
                    yield found
            else:
                found = self._both(name, was, now)
                if found is not None:
                    yield found

    def _gone(self, name: str, was: PlacedDocument, now: PlacedDocument | None) -> DocumentDifference | None:
        """A document of which there is no page any more, or a notice in its place."""
        pages = ranges(was.numbers, self._asked.old.numbers)
        if now is not None and not self._other_numbers(was, now):
            return None  # the notice was published already
        if name in self._asked.withheld or self._asked.private(was.title):
            title = f"A paper of item {was.item}" if was.item else "A paper"
            return self._told(was, "withdrawn", pages, title)
        withdrawn = now is not None or (was.item is not None and of_item(was.item) in self._withdrawn)
        return self._told(was, "withdrawn" if withdrawn else "removed", pages)

    def _told(
        self, document: PlacedDocument, what: What, pages: str | None, title: str | None = None
    ) -> DocumentDifference:
        """A document of which there is no more to say than what became of it."""
        reason = self._reason(document.item) if what == "withdrawn" and document.item else None
        return DocumentDifference(
            item=document.item, title=title or document.title, what=what, pages=pages, reason=reason
        )

    def _reason(self, number: str) -> str | None:
        """Why an item is withdrawn, or the one that it belongs to, if that has not been told yet."""
        return self._reasons.pop(number, None) or self._reasons.pop(of_item(number), None)

    def _both(self, name: str, was: PlacedDocument, now: PlacedDocument) -> DocumentDifference | None:
        """A document that is on both sides; None if it is as it was."""
        numbers = self._other_numbers(was, now)
        changes: tuple[WordChange, ...] = ()
        unshown = 0
        if numbers or self._asked.renumbered:
            old = _words(self._old_pages, was)
            changes = changes_between(old, _words(self._new_pages, now))
            if changes and self._asked.private(" ".join(word.text for word in old)):
                changes, unshown = (), len(changes)
        if self._asked.renumbered:
            numbers = list(dict.fromkeys(change.page for change in changes))
        if _is_notice(was, now, "since"):
            return None  # the paper that has come is told of by itself
        title = now.title
        what: What
        if was.notice and not now.notice:
            what, changes, unshown = "added", (), 0  # it is taken again
        elif numbers or changes or unshown:
            what = "changed"
        elif name in self._moved or was.item != now.item:
            what, numbers = "moved", list(now.numbers)
        elif was.title != title:
            what = "renamed"
        else:
            return None
        return DocumentDifference(
            item=now.item,
            title=title,
            what=what,
            pages=self._in_words(numbers),
            changes=changes,
            was_called=None if was.title == title or was.notice or self._asked.private(was.title) else was.title,
            was_item=was.item if was.item != now.item else None,
            unshown=unshown,
        )

    def _other_numbers(self, was: PlacedDocument, now: PlacedDocument) -> list[str]:
        """The numbers of its pages that are not as they were; those that it no longer has come last."""
        if self._asked.renumbered:
            return []
        had, has = set(was.numbers), set(now.numbers)
        other = [number for number in now.numbers if number in self._other or number not in had]
        return other + [number for number in was.numbers if number not in has]

    def _in_words(self, numbers: Sequence[str]) -> str | None:
        there = set(self._asked.new.numbers)
        if there.isdisjoint(numbers):
            return ranges(numbers, self._asked.old.numbers)
        return ranges([number for number in numbers if number in there], self._asked.new.numbers)


def moved(old: Sequence[str], new: Sequence[str]) -> frozenset[str]:
    """As few names as possible, of those in both sequences, without which the others stand in the same order."""
    place = {name: index for index, name in enumerate(old)}
    common = [name for name in new if name in place]
    ends: list[int] = []  # the lowest place at which a row of each length can end
    lengths: list[int] = []
    for name in common:
        length = bisect_left(ends, place[name])
        ends[length : length + 1] = [place[name]]
        lengths.append(length)
    kept, wanted = set[str](), len(ends) - 1
    for name, length in zip(reversed(common), reversed(lengths), strict=True):
        if length == wanted:
            kept.add(name)
            wanted -= 1
    return frozenset(common) - kept


def withdrawn_items(side: Side) -> frozenset[str]:
    """The numbers of items of which nothing is in the pack but the page that says they are withdrawn."""
    notices: dict[str, list[str | None]] = {}
    for document in side.documents.values():
        if document.item is not None:
            notices.setdefault(document.item, []).append(document.notice)
    return frozenset(item for item, own in notices.items() if all(each == "withdrawn" for each in own))


def _is_notice(was: PlacedDocument, now: PlacedDocument, kind: str) -> bool:
    """Whether a page that says what became of a document stands in its place now."""
    return now.notice == kind != was.notice


def _words(pages: PackPages, document: PlacedDocument) -> list[Word]:
    """The words of a document itself: blank pages say nothing of it."""
    return [Word(word, page.number) for page in document.pages if not page.blank for word in pages.words(page.index)]
