"""Texts as they are compared: without what differs between a data file, a page and the objects of a PDF.

Takes texts; gives them squeezed to their letters and figures, or as words and runs of words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate

RUN = 12
"""Words that follow each other in a private paper and in a public one only if one of the two copied."""
_TELLING = 5
"""Of these, so many must say something; the names of committees and reports, and days, are in every paper."""
_LEAST_LETTERS = 4
_WORD = re.compile(r"[^\W_]+")
_WITHIN_WORDS = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\ufffe\x02]|-\\s*\\n\\s*|['\u2019]")
"""What may stand within a word and is not read: soft hyphens, marks without width, hyphens at the end of a line, for
which pdfium gives U+0002.
"""


def spaced(text: str) -> str:
    """The words of a text with a blank before and behind each: `Mill Lane` and `mill-lane` are the same."""
    return f" {' '.join(words_of(text))} "


def words_of(text: str) -> list[str]:
    """The words of a text in their order, small, without marks."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return _WORD.findall(_WITHIN_WORDS.sub("", plain).casefold())


def runs_of(words: Sequence[str], known: Collection[str] = ()) -> Iterator[str]:
    """Every run of `RUN` words, as one text each, that says enough: with words that are long and not `known` to all."""
    telling = [len(word) >= _LEAST_LETTERS and not word.isdigit() and word not in known for word in words]
    before = list(accumulate(telling, initial=0))
    for start in range(len(words) - RUN + 1):
        if before[start + RUN] - before[start] >= _TELLING:
            yield " ".join(words[start : start + RUN])
