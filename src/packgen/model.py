"""The values that the stages hand on. Frozen, without behaviour beyond looking things up; imports nothing.

Units: lengths in points, page indexes from 0. A page *number* is what is printed, a string, because an
uncounted front sheet prints roman numerals and later publications insert pages such as 12A.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct, field

Access = Literal["public", "restricted"]
FRONT_SHEET_ID = "front-sheet"
TO_FOLLOW_TEMPLATE = "to-follow"
NOTICE_TEMPLATE = "pack-notice"
NOTICE_TEMPLATES = (TO_FOLLOW_TEMPLATE, NOTICE_TEMPLATE)


# --- The pack as the officer wrote it ---------------------------------------------------------------


class Person(Struct, frozen=True, kw_only=True):
    """Somebody named in a pack: a member, an officer, a contact."""

    name: str
    title: str | None = None
    role: str | None = None
    telephone: str | None = None
    email: str | None = None
    address: str | None = None


class Meeting(Struct, frozen=True, kw_only=True):
    date: dt.date
    time: dt.time
    venue: str
    webcast: str | None = None


class Exemption(Struct, frozen=True, kw_only=True):
    """Why a document is kept from the public: paragraphs 1 to 7 of Schedule 12A, Local Government Act 1972.

    There are none for a paper of Part Two that is still to come. Everybody may read its
    `public_words`.
    """

    paragraphs: tuple[int, ...]
    reason: str | None = None
    public_words: tuple[str, ...] = ()


class ToFollow(Struct, frozen=True, kw_only=True):
    """A paper that is listed but not yet available."""

    expected: dt.date | None = None
    reason: str | None = None


class Withdrawal(Struct, frozen=True, kw_only=True):
    """An item that was on the agenda and will not be taken."""

    reason: str | None = None


class Lateness(Struct, frozen=True, kw_only=True):
    """Why a document comes after its agenda, and why the meeting must take it all the same.

    `urgency` is the ground on which a late item may be considered (Local Government Act 1972, section 100B(4)(b)).
    """

    reason: str | None = None
    urgency: str | None = None


class Document(Struct, frozen=True, kw_only=True):
    """What an item carries: a filled template (`template` and `data`) or an attachment (neither).

    `id` is unique in the pack and safe as a file name, e.g. `04-1-prevent`. `source` is the file it comes
    from, absolute; for a to-follow page and other notices of packgen's own it is `pack.json`. `pointer` is its place in
    `pack.json`. `acknowledged` says why what is in the file and not seen does no harm, by its kind. `late` is said of
    documents that go into a supplement;
    `public_only` of a notice that stands in the public pack where members have the paper itself.
    """

    id: str
    title: str
    source: Path
    template: str | None = None
    data: Mapping[str, Any] | None = None
    alt: str | None = None
    exempt: Exemption | None = None
    to_follow: ToFollow | None = None
    late: Lateness | None = None
    public_only: bool = False
    acknowledged: Mapping[str, str] = field(default_factory=dict)
    pointer: str = "$"

    @property
    def notice(self) -> bool:
        """Whether it is one page of packgen's own, such as the page of a paper to follow."""
        return self.template in NOTICE_TEMPLATES


class Item(Struct, frozen=True, kw_only=True):
    """A line of the agenda.

    `number` is what is printed before it: `7`, or `7a` for a sub-item a) of item 7. `withheld` are the paragraphs under
    which documents are kept from those for whom this is made. `withdrawn` items keep their line; `pointer` is the
    item's place in `pack.json`.
    """

    number: str
    title: str
    public_title: str | None = None
    kind: Literal["business", "exclusion"] = "business"
    part: Literal[1, 2] = 1
    report_of: str | None = None
    presenter: str | None = None
    text: str | None = None
    documents: tuple[Document, ...] = ()
    sub_items: tuple[Item, ...] = ()
    to_follow: ToFollow | None = None
    withdrawn: Withdrawal | None = None
    withheld: tuple[int, ...] = ()
    pointer: str = "$"

    def all_documents(self) -> tuple[Document, ...]:
        """Its documents, then those of its sub-items, in agenda order."""
        return self.documents + tuple(document for sub in self.sub_items for document in sub.all_documents())


class Numbering(Struct, frozen=True, kw_only=True):
    """How pages are numbered.

    `first` is the number of the first counted page. With `front_sheet_counted` the front sheet takes part;
    otherwise its pages are numbered i, ii, iii. With `duplex` each document starts on a right-hand page.
    """

    first: int = 1
    front_sheet_counted: bool = False
    duplex: bool = True


class SupplementWords(Struct, frozen=True, kw_only=True):
    """What a supplement says of itself: when it was published, and why its papers are late unless they say so."""

    published: dt.date | None = None
    late: Lateness = field(default_factory=Lateness)


class Supplement(Struct, frozen=True, kw_only=True):
    """A further part of a pack, published after the agenda: its own front sheet and the documents behind it.

    `number` counts from 1. `belongs_to` is the publication it was added to, `belongs_on` the day of that. `documents`
    are document ids in their order.
    """

    number: int
    belongs_to: int
    belongs_on: dt.date
    words: SupplementWords
    documents: tuple[str, ...]

    @property
    def id(self) -> str:
        """What its front sheet is called among the documents of the pack."""
        return f"supplement-{self.number}"


class Pack(Struct, frozen=True, kw_only=True):
    """Everything one meeting of one committee needs. `id` is the folder's name.

    `supplement_words` are what `pack.json` says of supplements, the first of them first, whether there are any or not.
    """

    id: str
    folder: Path
    committee: str
    meeting: Meeting
    items: tuple[Item, ...]
    part_two: tuple[Item, ...] = ()
    published: dt.date | None = None
    proper_officer: Person | None = None
    contact: Person | None = None
    notices: tuple[str, ...] = ()
    membership: tuple[Person, ...] = ()
    public_notes: tuple[Mapping[str, str], ...] = ()
    numbering: Numbering = field(default_factory=Numbering)
    language: str = "en-GB"
    supplement_words: tuple[SupplementWords, ...] = ()

    def all_items(self) -> tuple[Item, ...]:
        """Every item of Part One and Part Two in agenda order, each followed by its sub-items."""
        return tuple(each for item in self.items + self.part_two for each in (item, *item.sub_items))

    def all_documents(self) -> tuple[Document, ...]:
        return tuple(document for item in self.all_items() for document in item.documents)


# --- The page plan ----------------------------------------------------------------------------------


class DocumentLength(Struct, frozen=True):
    """A document of the pack and how many pages it has; the order of a sequence of these is the order of the pack.

    A `notice` stands for a document that is no longer there, a `sheet` is the front sheet of a supplement.
    """

    document_id: str
    page_count: int
    kind: Literal["document", "notice", "sheet"] = "document"


class PlannedPage(Struct, frozen=True):
    """One page of the pack.

    `source_index` is the page's index in its document, from 0, or None for a blank page. A blank page belongs
    to the document before it; `note` is what it says, if not merely that it is blank. `right_hand` is its side in the
    whole pack, wherever else the page is used.
    """

    page_index: int
    page_number: str
    document_id: str
    source_index: int | None
    right_hand: bool = True
    note: str | None = None

    @property
    def blank(self) -> bool:
        return self.source_index is None


class PageRange(Struct, frozen=True):
    """Printed numbers and indexes of the first and last page of something, both inclusive, blank pages included."""

    first_number: str
    last_number: str
    first_index: int
    last_index: int

    def __str__(self) -> str:
        if self.first_index == self.last_index:
            return self.first_number
        return f"{self.first_number} - {self.last_number}"


class PagePlan(Struct, frozen=True):
    """Every page of a pack, in order."""

    pages: tuple[PlannedPage, ...]

    def range_of(self, document_id: str) -> PageRange | None:
        """The pages of one document with the blank page that follows it, or None if the plan lacks it."""
        pages = [page for page in self.pages if page.document_id == document_id]
        if not pages:
            return None
        return PageRange(pages[0].page_number, pages[-1].page_number, pages[0].page_index, pages[-1].page_index)


# --- What merging needs -----------------------------------------------------------------------------


Standard = Literal["PDF/UA-1", "PDF/A-2a"]
PDF_UA: Standard = "PDF/UA-1"
"""ISO 14289-1: everybody can read it, whatever they read with."""
PDF_A: Standard = "PDF/A-2a"
"""ISO 19005-2: it can be kept for good, with its structure."""


class PdfPart(Struct, frozen=True, kw_only=True):
    """One document on its way into a pack: its PDF and what must be said of it there.

    `alt` is the text that stands for the document if its PDF is an untagged scan. `marking` is a line drawn
    at the head of each of its pages, such as the words for exempt papers. An `authored` PDF is not drawn by packgen:
    what its links say of items (`packgen:item/4`) is not believed. `item` is the title of the item that the document
    belongs to, under which screen readers meet it; the front sheet belongs to none. `standards` are those that the PDF
    has been found to keep, or keeps because of how it was drawn.
    """

    document_id: str
    title: str
    pdf: bytes
    alt: str | None = None
    marking: str | None = None
    authored: bool = False
    item: str | None = None
    standards: frozenset[Standard] = frozenset({PDF_UA, PDF_A})


class OutlineItem(Struct, frozen=True, kw_only=True):
    """A bookmark for an item or a document.

    `target` is a document id, `source_index` the page of that document, from 0. Bookmarks of the document's own PDF go
    below the one whose `headings_of` names it.
    """

    title: str
    target: str
    source_index: int = 0
    children: tuple[OutlineItem, ...] = ()
    headings_of: str | None = None


class PackMetadata(Struct, frozen=True, kw_only=True):
    """What the finished PDF says of itself. `created` goes into the file, so it must come from the inputs."""

    title: str
    author: str
    subject: str
    language: str
    created: dt.datetime


class StampStyle(Struct, frozen=True, kw_only=True):
    """How page numbers are drawn: `text` holds `{number}`; sizes in points."""

    text: str = "Page {number}"
    size: float = 9.0
    side: Literal["left", "centre", "right", "outer"] = "left"


class Reserved(Struct, frozen=True):
    """Object numbers that a document may use in a pack: the first, and how many."""

    first: int
    count: int


class Layout(Struct, frozen=True, kw_only=True):
    """What the objects of a document depend on that other documents of its pack decide.

    `documents` has the numbers of each, by document id; `alphabet` is every letter beyond ASCII in what is drawn on
    pages of the pack.
    """

    documents: Mapping[str, Reserved]
    alphabet: str


class MergeRequest(Struct, frozen=True, kw_only=True):
    """All that one merged PDF is made from.

    `links` turns the targets that front sheets use (`packgen:item/4`) into document ids; a target that is
    absent is a problem. `plan` may be a part of a pack's plan: page numbers stay those of the pack. Without a `stamp`
    no page numbers are drawn. `layout` is that of the pack that the request was cut from; without one it has its own.
    """

    plan: PagePlan
    parts: Mapping[str, PdfPart]
    outline: Sequence[OutlineItem]
    links: Mapping[str, str]
    metadata: PackMetadata
    stamp: StampStyle | None = field(default_factory=StampStyle)
    layout: Layout | None = None


class ContentsLine(Struct, frozen=True, kw_only=True):
    """A line of a front sheet that names pages: what it prints of them, such as `9 - 22, 99 - 104`, and the index
    of the page that its link must lead to. `sheet` is the document id of the front sheet.
    """

    item: str
    pages: str
    first_index: int
    sheet: str = FRONT_SHEET_ID
