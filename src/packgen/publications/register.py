"""The register of a pack: every page number that was ever published, and which document it stands for.

Plain values, without files or clocks. A number once in the register means the same page for good, until somebody asks
for new numbers; that is what keeps apart members who hold different printings of one pack.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from packgen.model import Numbering, PagePlan, SupplementWords


class NumberedPage(Struct, frozen=True, kw_only=True):
    """A page number and the key of the document that it stands for.

    `content` if the page ever held something of the document, and was not merely blank; `public` if it was ever in a
    public pack.
    """

    number: str
    key: str
    content: bool
    public: bool


class KnownDocument(Struct, frozen=True, kw_only=True):
    """A document that was published, as it was called the last time it was there.

    `key` never changes, whatever becomes of title and file. `source` is the path of its file from the pack's folder;
    for packgen's own pages, `pack.json`. `supplement` is the number of the supplement it came with, 0 for the agenda.
    """

    key: str
    title: str
    source: str
    template: str | None
    item: str
    item_title: str
    exempt: tuple[int, ...] | None = None
    supplement: int = 0


class KnownItem(Struct, frozen=True, kw_only=True):
    """An item of a published agenda; `supplement` is the number of the supplement that brought it, 0 for the agenda."""

    number: str
    title: str
    supplement: int = 0


class KnownSupplement(Struct, frozen=True, kw_only=True):
    """A published supplement: the publication it was added to, the day of that, and what it said of itself."""

    number: int
    belongs_to: int
    belongs_on: dt.date
    words: SupplementWords


class Renumbering(Struct, frozen=True, kw_only=True):
    """That the numbers of a pack were given afresh: the day, and the publication that it replaces, with its own.

    `supplements` is how many of them there had been.
    """

    on: dt.date
    replaces: int
    published: dt.date
    supplements: int = 0


class Register(Struct, frozen=True, kw_only=True):
    """All that later builds must keep to. Pages stand in the order of the pack, documents in the order they came.

    `supplements_before` is how many supplements were published before numbers were given afresh: members have them, so
    the next one is not the first.
    """

    numbering: Numbering
    pages: tuple[NumberedPage, ...]
    documents: tuple[KnownDocument, ...]
    items: tuple[KnownItem, ...] = ()
    supplements: tuple[KnownSupplement, ...] = ()
    renumbered: Renumbering | None = None
    supplements_before: int = 0

    def numbers_of(self, key: str) -> tuple[str, ...]:
        """The numbers that stand for a document, in their order."""
        return tuple(page.number for page in self.pages if page.key == key)

    def was_public(self, key: str) -> bool:
        """Whether the document was ever in a public pack."""
        return any(page.public for page in self.pages if page.key == key)


def continued_pages(
    before: Sequence[NumberedPage], plan: PagePlan, keys: Mapping[str, str], public: frozenset[str]
) -> tuple[NumberedPage, ...]:
    """The pages of the register after a publication.

    Args:
        before: those of the register so far.
        plan: every page that was published, the members' own included.
        keys: the key of each document in the plan, by its id.
        public: the numbers in the public pack.
    """
    planned: dict[str, list[NumberedPage]] = {}
    for page in plan.pages:
        key = keys[page.document_id]
        entry = NumberedPage(
            number=page.page_number, key=key, content=not page.blank, public=page.page_number in public
        )
        planned.setdefault(key, []).append(entry)
    return tuple(_merged(before, planned))


def _merged(before: Sequence[NumberedPage], planned: Mapping[str, Sequence[NumberedPage]]) -> Iterator[NumberedPage]:
    known = [(key, list(pages)) for key, pages in groupby(before, key=lambda page: page.key)]
    for key, pages in known:
        now = {page.number: page for page in planned.get(key, ())}
        for page in pages:
            latest = now.pop(page.number, page)
            yield replace(page, content=page.content or latest.content, public=page.public or latest.public)
        yield from now.values()
    old = {key for key, _ in known}
    for key, new in planned.items():
        if key not in old:
            yield from new
