"""A comparison as text: what to do with a printed pack, then what changed, item by item.

Takes differences, gives lines. Old and new words are told apart by words.
"""

from __future__ import annotations

from collections.abc import Iterator

from packgen.differences.result import DocumentDifference, PackDifferences, WordChange
from packgen.wording import long_date, page_words

_WHAT = {
    "changed": "changed",
    "added": "new",
    "removed": "no longer part of the pack",
    "withdrawn": "withdrawn",
    "moved": "moved",
    "renamed": "has another title",
}
_MOST_WORDS = 60
"""Words of one change that are shown; the middle of longer ones is left out."""


def as_text(differences: PackDifferences, pack: str) -> str:
    """All of it; `pack` says whose meeting it is."""
    return "\n".join(_lines(differences, pack)) + "\n"


def _lines(differences: PackDifferences, pack: str) -> Iterator[str]:
    since = f"publication {differences.publication} of {long_date(differences.published)}"
    if differences.nothing:
        yield f"{pack}: nothing has changed since {since}."
        return
    yield f"{pack}: changes since {since}"
    yield ""
    yield from _sheets(differences)
    for document in differences.documents:
        yield ""
        yield from _document(document)


def _sheets(differences: PackDifferences) -> Iterator[str]:
    sheets = differences.sheets
    if sheets is None:
        yield "All pages have new numbers: print the whole pack anew."
        return
    to_do = [("exchange", sheets.to_replace), ("put in", sheets.to_insert), ("take out", sheets.to_remove)]
    if not any(pages for _, pages in to_do):
        yield "In a printed pack no page has to be exchanged."
        return
    yield "In a printed pack:"
    for words, pages in to_do:
        if pages:
            yield f"  {words} {page_words(pages)}"


def _document(document: DocumentDifference) -> Iterator[str]:
    place = f"Item {document.item}, {document.title}" if document.item else document.title
    pages = f", {page_words(document.pages)}" if document.pages else ""
    yield f"{place}: {_WHAT[document.what]}{pages}"
    if document.reason:
        yield f"  reason: {document.reason}"
    if document.was_called:
        yield f"  was called: {document.was_called}"
    if document.was_item:
        yield f"  was in item {document.was_item}"
    for change in document.changes:
        yield from _change(change)
    if document.unshown:
        yield f"  {document.unshown} {'change' if document.unshown == 1 else 'changes'} of words not shown here"
    elif document.what == "changed" and not document.changes:
        yield "  the words are the same, but pages look different"


def _change(change: WordChange) -> Iterator[str]:
    after = f', after "{change.before}"' if change.before else ""
    yield f"  page {change.page}{after}:"
    if change.removed:
        yield f"    old words: {shortened(change.removed)}"
    if change.added:
        yield f"    new words: {shortened(change.added)}"


def shortened(words: str) -> str:
    """Words without the middle, if they are many."""
    every = words.split(" ")
    if len(every) <= _MOST_WORDS:
        return words
    half = _MOST_WORDS // 2
    return f"{' '.join(every[:half])} [{len(every) - 2 * half} more words] {' '.join(every[-half:])}"
