"""Reads a finished pack back and compares it with what was planned, before anybody else sees it.

Takes the PDF's bytes and the values it was made from; raises `InspectionError` with everything that disagrees. Uses
other libraries than merging wherever they are fast enough, so that what one wrote is checked by another. Never
changes or writes anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct, field

from packgen.errors import InspectionError, Problem
from packgen.inspect.page_facts import BookmarkFact, PageFact, PageFacts, Stamp
from packgen.inspect.settled import DocumentFacts, Span
from packgen.model import ContentsLine, OutlineItem, PagePlan, StampStyle

if TYPE_CHECKING:
    from packgen.inspect.readers import Readers

__all__ = ["Expected", "Inspection", "Known", "PageFact", "PageFacts", "Span", "Stamp", "all_known", "inspect_pack"]

_SHOWN_PAGES = 8
_HINT = "nothing was written; this is a fault of packgen, not of the pack: please report it with the pack's folder"


class _Planned(Struct, frozen=True):
    plan: PagePlan


class Expected(_Planned, frozen=True, kw_only=True):
    """What must be true of a finished PDF.

    Attributes:
        plan: the pages it must have; of a single item, its part of the plan.
        name: how messages call the file.
        titles: under which titles a screen reader meets each document of the plan, by document id: that of its item,
            if it stands below one, and its own.
        contents: what front sheets must say of pages, and where their links must lead; nothing for a single item.
        outline: the bookmarks that were asked for, in their order.
        stamp: how page numbers were drawn; by default as packgen draws them.
        sources: the PDF of each document by its id, or the words on each of its pages; all of them must be in the pack.
    """

    name: str
    titles: Mapping[str, Sequence[str]]
    contents: Sequence[ContentsLine] = ()
    outline: Sequence[OutlineItem] = ()
    stamp: StampStyle | None = None
    sources: Mapping[str, bytes | Sequence[str]] = field(default_factory=dict)


class Known(Struct, frozen=True):
    """What was found before: of pages by their fingerprints, and of whole documents and all bookmarks by digests."""

    pages: PageFacts = field(default_factory=dict)
    documents: DocumentFacts = field(default_factory=dict)
    bookmarks: Mapping[str, tuple[BookmarkFact, ...]] = field(default_factory=dict)


def all_known(known: Sequence[Known]) -> Known:
    """What was found in several files."""
    if len(known) == 1:
        return known[0]
    return Known(
        pages={fingerprint: fact for each in known for fingerprint, fact in each.pages.items()},
        documents={digest: fact for each in known for digest, fact in each.documents.items()},
        bookmarks={digest: facts for each in known for digest, facts in each.bookmarks.items()},
    )


class Inspection(Struct, frozen=True):
    """A pack in which everything is as planned.

    `warnings` are worth a look; `found` is to be given to the next inspection; `page_texts` the words that are seen on
    each page.
    """

    warnings: tuple[Problem, ...]
    found: Known
    page_texts: tuple[str, ...]


def inspect_pack(
    data: bytes,
    expected: Expected,
    known: Known | None = None,
    spans: Sequence[Span] = (),
    readers: Readers | None = None,
) -> Inspection:
    """Inspect one finished PDF.

    Args:
        data: the PDF.
        expected: what must be true of it.
        known: what was found before; pages and documents that are the same in this file are not looked at again.
        spans: where documents stand in the file, as far as they can be told apart.
        readers: processes that read pages meanwhile, if none are known.

    Raises:
        InspectionError: with every disagreement.
    """
    from packgen.inspect.settled import LookAgainError

    known = known or Known()
    try:
        return _inspect(data, expected, known, spans, readers)
    except LookAgainError:
        return _inspect(data, expected, Known(known.pages, bookmarks=known.bookmarks), spans)


def _inspect(
    data: bytes, expected: Expected, known: Known, spans: Sequence[Span], readers: Readers | None = None
) -> Inspection:
    from packgen.inspect.active import find_active, suspected
    from packgen.inspect.document_facts import document_facts
    from packgen.inspect.fingerprints import page_fingerprints
    from packgen.inspect.finished_file import FinishedFile
    from packgen.inspect.navigation import check_bookmarks, check_contents, front_pages
    from packgen.inspect.outlines import outline_digest
    from packgen.inspect.page_facts import facts_version
    from packgen.inspect.pages import check_pages, overprinted_pages
    from packgen.inspect.readback import read_back
    from packgen.inspect.tags import check_tags
    from packgen.inspect.words import check_words

    plan, linked = expected.plan, front_pages(expected.plan, expected.contents)
    if readers is not None and not known.pages:
        readers.read(data, linked)
    with FinishedFile(data, spans, known.documents, salt := facts_version()) as file:
        fingerprints = page_fingerprints(file, salt, linked)
        before = {index: fact for index, each in enumerate(fingerprints) if (fact := known.pages.get(each or ""))}
        outline = outline_digest(file, salt)
        suspects = suspected(file)
        tags = check_tags(file, plan, expected.titles)
        documents = {} if tags.disagreements or suspects else document_facts(file, fingerprints, tags)
        # Last, as readers go on meanwhile.
        pack = read_back(data, linked, before, known.bookmarks.get(outline or ""), readers)
        disagreements = [
            *check_pages(pack, plan, expected.stamp or StampStyle()),
            *check_words(pack, plan, expected.sources),
            *check_contents(pack, plan, expected.contents),
            *check_bookmarks(pack, plan, expected.outline),
            *tags.disagreements,
            *find_active(file, suspects),
        ]
    if disagreements:
        raise InspectionError(
            Problem(
                code=f"inspection.{found.code}",
                file=expected.name,
                pointer=found.place,
                message=found.message,
                hint=_HINT,
            )
            for found in disagreements
        )
    numbers = list(overprinted_pages(pack, plan))
    return Inspection(
        warnings=(_overprinted(expected.name, numbers),) if numbers else (),
        found=Known(
            {each: fact for each, fact in zip(fingerprints, pack.facts, strict=True) if each is not None},
            documents,
            {} if outline is None else {outline: pack.bookmarks},
        ),
        page_texts=tuple(pack.texts),
    )


def _overprinted(name: str, numbers: Sequence[str]) -> Problem:
    pages = ", ".join(numbers[:_SHOWN_PAGES]) + (" and others" if len(numbers) > _SHOWN_PAGES else "")
    return Problem(
        code="inspection.number-on-words",
        file=name,
        message=f"the page number stands on words of the paper itself (page {pages})",
        hint="ask the author for a page with 12 mm free at its foot",
        severity="warning",
    )
