"""Where two texts differ, word by word. Pure.

Takes words in their order, gives edits. Two levels keep it quick: first whole stretches of words are laid against each
other, then the words of those stretches that differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from zlib import crc32

from packgen.differences.result import WordChange

_CONTEXT = 6
"""Words shown before and after a change."""
_GAP = 2
"""So many equal words between two edits do not keep them apart."""
_LEAST_RENUMBERED = 3
_NUMBER = re.compile(r"([0-9]{1,4})\.")
_LEAST_MOVED = 5
"""Fewer words that are gone in one place and new in another may be there by chance."""
_SENTENCE_ENDS = (".", ":", ";", "!", "?")
_USUAL_STRETCH = 16
"""Words after which a stretch ends, on average, where no sentence does: in tables and lists."""
_MOST_WORDS = 2_000
"""Longer stretches without anything in common are taken for rewritten as a whole."""


@dataclass(frozen=True)
class Word:
    """A word and the printed number of its page."""

    text: str
    page: str


@dataclass(frozen=True)
class Edit:
    """`old[old_start:old_end]` gave way to `new[new_start:new_end]`; one of the two may be empty."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


def edits_between(old: Sequence[str], new: Sequence[str]) -> tuple[Edit, ...]:
    """The edits that make `new` of `old`, in order; none touches another."""
    return tuple(_merged(_all_edits(old, new)))


def changes_between(old: Sequence[Word], new: Sequence[Word]) -> tuple[WordChange, ...]:
    """The edits between two documents as readers are told of them.

    They are not told of words that only stand elsewhere: where pages break in other places, footnotes move. Nor of
    paragraphs whose numbers are others because some were put in or taken out before them.
    """
    old_words, new_words = [word.text for word in old], [word.text for word in new]
    edits = without_moves(old_words, new_words, list(_all_edits(old_words, new_words)))
    edits = without_renumbering(old_words, new_words, edits)
    return tuple(_change(old, new, edit) for edit in _merged(edits))


def without_moves(old: Sequence[str], new: Sequence[str], edits: Sequence[Edit]) -> list[Edit]:
    """The edits without those that take several words from one place and put the same words in another."""
    added: dict[tuple[str, ...], list[Edit]] = {}
    for edit in edits:
        if edit.old_start == edit.old_end and edit.new_end - edit.new_start >= _LEAST_MOVED:
            added.setdefault(tuple(new[edit.new_start : edit.new_end]), []).append(edit)
    moves: set[Edit] = set()
    for edit in edits:
        same = added.get(tuple(old[edit.old_start : edit.old_end])) if edit.new_start == edit.new_end else None
        if same:
            moves |= {edit, same.pop(0)}
    return [edit for edit in edits if edit not in moves]


def without_renumbering(old: Sequence[str], new: Sequence[str], edits: Sequence[Edit]) -> list[Edit]:
    """The edits without runs of `12.`, `13.`, `14.` that have become `52.`, `53.`, `54.`: numbers all as much higher.

    Three in a row at least, since a sentence can end in a figure too.
    """
    runs: list[list[Edit]] = []
    for edit in edits:
        number = _paragraph_numbers(old, new, edit)
        before = _paragraph_numbers(old, new, runs[-1][-1]) if runs else None
        if number is None:
            continue
        if before is not None and (number[0] - before[0], number[1] - before[1]) == (1, 1):
            runs[-1].append(edit)
        else:
            runs.append([edit])
    numbers = {edit for run in runs if len(run) >= _LEAST_RENUMBERED for edit in run}
    return [edit for edit in edits if edit not in numbers]


def _paragraph_numbers(old: Sequence[str], new: Sequence[str], edit: Edit) -> tuple[int, int] | None:
    """The two numbers, if an edit puts one such as `52.` in the place of another."""
    if edit.old_end - edit.old_start != 1 or edit.new_end - edit.new_start != 1:
        return None
    was, now = _NUMBER.fullmatch(old[edit.old_start]), _NUMBER.fullmatch(new[edit.new_start])
    return (int(was[1]), int(now[1])) if was and now else None


def _merged(edits: Iterable[Edit]) -> Iterator[Edit]:
    """The edits, those that are near each other on both sides as one."""
    last: Edit | None = None
    for edit in edits:
        if last is None:
            last = edit
        elif edit.old_start - last.old_end <= _GAP and edit.new_start - last.new_end <= _GAP:
            last = Edit(last.old_start, edit.old_end, last.new_start, edit.new_end)
        else:
            yield last
            last = edit
    if last is not None:
        yield last


def _all_edits(old: Sequence[str], new: Sequence[str]) -> Iterator[Edit]:
    """All edits, however near to each other, between where both texts begin alike and where they end alike."""
    start, end = _alike(old, new)
    old, new = old[: len(old) - end], new[: len(new) - end]
    old_ends, new_ends = _stretches(old, start), _stretches(new, start)
    old_parts = [tuple(old[first:last]) for first, last in pairwise(old_ends)]
    new_parts = [tuple(new[first:last]) for first, last in pairwise(new_ends)]
    for tag, old_first, old_last, new_first, new_last in _opcodes(old_parts, new_parts):
        if tag != "equal":
            part = Edit(old_ends[old_first], old_ends[old_last], new_ends[new_first], new_ends[new_last])
            yield from _within(old, new, part)


def _within(old: Sequence[str], new: Sequence[str], part: Edit) -> Iterator[Edit]:
    """The edits in a part of both texts."""
    old_words, new_words = old[part.old_start : part.old_end], new[part.new_start : part.new_end]
    if max(len(old_words), len(new_words)) > _MOST_WORDS:
        yield part
        return
    for tag, old_first, old_last, new_first, new_last in _opcodes(old_words, new_words):
        if tag != "equal":
            yield Edit(
                part.old_start + old_first,
                part.old_start + old_last,
                part.new_start + new_first,
                part.new_start + new_last,
            )


def _opcodes(old: Sequence[object], new: Sequence[object]) -> Iterator[tuple[str, int, int, int, int]]:
    """What difflib makes of two sequences, of which it need not see where they begin and end alike."""
    start, end = _alike(old, new)
    matcher = SequenceMatcher(None, old[start : len(old) - end], new[start : len(new) - end], autojunk=False)
    for tag, old_first, old_last, new_first, new_last in matcher.get_opcodes():
        yield tag, start + old_first, start + old_last, start + new_first, start + new_last


def _alike(old: Sequence[object], new: Sequence[object]) -> tuple[int, int]:
    """How many things are the same at the beginning of both, and how many of the others at the end."""
    shorter = min(len(old), len(new))
    start = next((place for place in range(shorter) if old[place] != new[place]), shorter)
    rest = shorter - start
    end = next((place for place in range(rest) if old[-1 - place] != new[-1 - place]), rest)
    return start, end


def _stretches(words: Sequence[str], start: int) -> list[int]:
    """Where stretches of words from `start` begin, and the end of the last: the words alone decide where one ends."""
    ends = [
        place
        for place, word in enumerate(words, 1)
        if place > start
        and (word.endswith(_SENTENCE_ENDS) or crc32(word.encode("utf-8", "surrogatepass")) % _USUAL_STRETCH == 0)
    ]
    return [start, *ends] if ends and ends[-1] == len(words) else [start, *ends, len(words)]


def _change(old: Sequence[Word], new: Sequence[Word], edit: Edit) -> WordChange:
    before = _joined(new[max(0, edit.new_start - _CONTEXT) : edit.new_start])
    after = _joined(new[edit.new_end : edit.new_end + _CONTEXT])
    return WordChange(
        page=_page_at(new, edit.new_start, edit.new_end),
        old_page=_page_at(old, edit.old_start, edit.old_end),
        before=f"… {before}" if edit.new_start > _CONTEXT else before,
        removed=_joined(old[edit.old_start : edit.old_end]),
        added=_joined(new[edit.new_start : edit.new_end]),
        after=f"{after} …" if edit.new_end + _CONTEXT < len(new) else after,
    )


def _page_at(words: Sequence[Word], start: int, end: int) -> str:
    """The page of the first of some words; of none, that of the word before the place."""
    place = start if start < end else start - 1
    return words[max(place, 0)].page if words else ""


def _joined(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)
