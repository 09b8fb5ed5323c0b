"""Proof that nothing was lost: every word of the document is drawn inside a page.

Takes the document and the pages of the PDF made from it; gives the paragraphs whose words are missing. Reads the PDF
with another library than the one that wrote it, and only what lies within the visible page. Never mends anything.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from packgen.convert.document import (
    Bookmark,
    Inline,
    NoteMark,
    PageKind,
    Paragraph,
    Text,
    WordDocument,
    flat,
    paragraphs_of,
)
from packgen.pdfium import page_texts

__all__ = ["Lost", "in_parts", "lost_paragraphs", "page_texts", "pieces", "squeezed"]

# Hyphens (a line may end in one) and characters that draw nothing.
_IGNORED = re.compile(
    "[\\-\u00ad\u2010\u2011\u2060-\u2064\u200b-\u200f\u202a-\u202e\ufeff\ufffe\uffff\x00-\x1f\ufe0e\ufe0f]"
)
_LEAST_PIECE = 12


class Lost(Struct, frozen=True):
    """A paragraph that is not wholly drawn, and the first of its words that is missing."""

    paragraph: Paragraph
    words: str


def lost_paragraphs(document: WordDocument, pages: Sequence[str]) -> list[Lost]:
    """The paragraphs of `document` whose words are not all on `pages`, as `page_texts` gives them."""
    drawn_words = Counter(word for page in pages for word in _words(page))
    drawn = "".join(squeezed(page) for page in pages)
    expected = [(paragraph, pieces(paragraph)) for paragraph in _expected(document, len(pages))]
    wanted = Counter(word for _, found in expected for piece in found for word in _words(piece))
    short = {word for word, count in wanted.items() if drawn_words[word] < count and drawn.count(word) < count}
    lost: list[Lost] = []
    at = 0
    for paragraph, found in expected:
        for piece in found:
            text = squeezed(piece)
            place = drawn.find(text, at)
            if place >= 0:
                at = place + len(text)
            elif text not in drawn and not in_parts(text, drawn):
                lost.append(Lost(paragraph, piece.strip()))
                break
    if short and not lost:
        # Words are missing though each paragraph can be found: one of several equal paragraphs was lost.
        lost = [Lost(each, word) for each, found in expected for word in _words(" ".join(found)) if word in short][:1]
    return lost


def pieces(paragraph: Paragraph) -> list[str]:
    """The text of a paragraph as far as it stands unbroken: cut at notes, numbers of pages, pictures and tabs."""
    found = [paragraph.label.text] if paragraph.label is not None and paragraph.label.text else []
    current = ""
    for inline in flat(paragraph.content):
        if isinstance(inline, Text):
            text = inline.text.upper() if inline.format.small_caps else inline.text
            if inline.format.position:
                # Raised and lowered figures may be set apart from the letters they stand at.
                found.append(current)
                found.append(text)
                current = ""
            else:
                current += text
        elif not _invisible(inline):
            found.append(current)
            current = ""
    found.append(current)
    return [piece for piece in found if squeezed(piece)]


def _invisible(inline: Inline) -> bool:
    return isinstance(inline, Bookmark)


def squeezed(text: str) -> str:
    """`text` without what may differ between a Word file and a page: blanks, hyphens, and ligatures as one letter."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return _IGNORED.sub("", "".join(plain.split()))


def _words(text: str) -> list[str]:
    return [known for word in text.split() if (known := _squeezed_word(word))]


@lru_cache(maxsize=8192)
def _squeezed_word(word: str) -> str:
    return squeezed(word)


def _expected(document: WordDocument, page_count: int) -> Iterator[Paragraph]:
    stories = [section.blocks for section in document.sections]
    for section in document.sections:
        used: list[PageKind] = ["first"] if section.title_page else ["default"]
        if section.title_page and len(document.sections) == 1 and page_count > 1 + section.even_pages:
            used.append("default")
        stories += [part.get(kind, ()) for part in (section.headers, section.footers) for kind in used]
    marks = {
        (inline.kind, inline.note_id)
        for blocks in stories
        for paragraph in paragraphs_of(blocks)
        for inline in flat(paragraph.content)
        if isinstance(inline, NoteMark)
    }
    for kind, notes in (("footnote", document.footnotes), ("endnote", document.endnotes)):
        stories += [blocks for note_id, blocks in notes.items() if (kind, note_id) in marks]
    for blocks in stories:
        yield from paragraphs_of(blocks)


def in_parts(text: str, drawn: str) -> bool:
    """Whether `text` is drawn in a few pieces, as when a page turns within it."""
    start = 0
    while start < len(text):
        low, high = 0, len(text) - start
        while low < high:
            middle = (low + high + 1) // 2
            if text[start : start + middle] in drawn:
                low = middle
            else:
                high = middle - 1
        if low < min(_LEAST_PIECE, len(text) - start):
            return False
        start += low
    return True
