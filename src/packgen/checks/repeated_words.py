"""Words that were typed twice, and sentences that were begun twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from packgen.checks.subject import Subject
from packgen.errors import Problem
from packgen.load import JsonFile

EXPLANATION = "a word typed twice, or a sentence begun twice"
_WORD = re.compile(r"\w[\w'\u2019-]*")
_MAY_STAND_TWICE = frozenset(("that", "had", "very", "is", "no", "so", "her", "long", "many", "far", "was"))
_FEWEST, _MOST = 3, 12
"""Words of a beginning that is noticed when it stands twice."""
_FEWEST_APART, _BETWEEN = 4, 2
"""Words of one that is noticed though others stand between, and how many may."""
_JOINING = frozenset(("and", "as", "but", "nor", "or", "than", "then", "to", "yet"))
"""Words between two things that are said in the same way because they are meant to be alike."""
_OPENING = frozenset((
    "of", "in", "at", "for", "from", "with", "into", "the", "a", "an", "its", "our", "their", "this", "these", "those",
    "will", "would", "should", "shall", "must", "be", "been", "has", "have", "were", "are",
))  # fmt: skip
"""Words that more words must follow, so that no phrase ends with them and the next begins alike."""
_LINE = re.compile(r"\n\s*(?:\n|[-*+]\s|\d+[.)]\s|\|)")
"""The beginning of another paragraph, item of a list, or row."""
_BREATH = re.compile(r"[^\w\s'\u2019*_-]|\n\s*\n")


def check_file(subject: Subject, file: JsonFile) -> Iterator[Problem]:
    """A warning for each text, at the first of such places."""
    for text in subject.prose(file):
        found = _first_in(text.text)
        if found is not None:
            words, at = found
            message, hint = f'"{words}" stands there twice in a row', "delete one of the two"
            yield text.problem("check.repeated-words", message, hint, at)


def _first_in(text: str) -> tuple[str, int] | None:
    """The words that stand twice in a row, and where they do first."""
    places = list(_WORD.finditer(text))
    words = [found[0].lower() for found in places]
    slips = (*_twice(text, places, words), *_two_twice(text, places, words), *_begun_twice(text, places, words))
    if not slips:
        return None
    first, last = min(slips)
    return text[places[first].start() : places[last].end()], places[first].start()


def _twice(text: str, places: Sequence[re.Match[str]], words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Words that stand twice, by the places of both among all words."""
    for index, (one, other) in enumerate(pairwise(words)):
        if one == other and _is_slip(text, places[index], places[index + 1]):
            yield index, index + 1


def _two_twice(text: str, places: Sequence[re.Match[str]], words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Two words that stand twice, as in `of the of the`, but not `face to face to` or `what we do we do well`."""
    for index, four in enumerate(zip(words, words[1:], words[2:], words[3:], strict=False)):
        if four[0] not in _OPENING or four[:2] != four[2:] or four[0] == four[1]:
            continue
        in_a_row = all(_follows(text, one, other) for one, other in pairwise(places[index : index + 4]))
        if in_a_row and not _LINE.search(text, places[index].end(), places[index + 3].start()):
            yield index, index + 3


def _begun_twice(text: str, places: Sequence[re.Match[str]], words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Beginnings that stand twice, by the places of their first word and of the last before they begin again.

    Some begin again at once; some after a word or two, which then are in the same breath.
    """
    begun: dict[tuple[str, str, str], int] = {}
    for index, beginning in enumerate(zip(words, words[1:], words[2:], strict=False)):
        before = begun.get(beginning)
        begun[beginning] = index
        if before is None or not _FEWEST <= index - before <= _MOST:
            continue
        again = _same(words, before, index)
        between = words[before + again : index]
        breath = text[places[before].start() : places[index].start()]
        apart = again >= _FEWEST_APART and len(between) <= _BETWEEN and not _JOINING.intersection(between)
        if not _LINE.search(breath) and (not between or (apart and not _BREATH.search(breath))):
            yield before, index - 1


def _same(words: Sequence[str], one: int, other: int) -> int:
    """How many words from two places on are the same, until the second is reached."""
    count = 0
    while one + count < other and other + count < len(words) and words[one + count] == words[other + count]:
        count += 1
    return count


def _is_slip(text: str, one: re.Match[str], other: re.Match[str]) -> bool:
    """Whether nobody writes a word twice like this; a name may be in capitals twice, and figures may be the same."""
    return one[0].lower() not in _MAY_STAND_TWICE and _follows(text, one, other)


def _follows(text: str, one: re.Match[str], other: re.Match[str]) -> bool:
    """Whether a word follows another in the same breath, and both are words and the second no name."""
    between = text[one.end() : other.start()]
    named = other[0].istitle()  # `Walla Walla`, and `it may May`
    return one[0].isalpha() and not named and not between.strip(" \n*_")
