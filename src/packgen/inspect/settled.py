"""Documents of a pack that were inspected before, and stand in this file byte for byte as they did then.

Takes a file, where the objects of each document stand in it, and what was found of documents before; says which of them
need not be looked at again. Goes by the bytes and by the file's own table of where objects are, never by what is said
of them: a document is settled only if all its objects lie where its bytes were hashed.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from itertools import compress, repeat
from operator import sub
from typing import NamedTuple

from msgspec import Struct

_PLAIN, _HELD = 1, 2
"""Kinds of a cross-reference: an object at a place in the file, and one in a stream of objects."""
_IS_PLAIN, _IS_HELD = (bytes(number == kind for number in range(256)) for kind in (_PLAIN, _HELD))
"""Tables that tell which of many references are of a kind."""
_SIZE = 20
_BARE_NODE = re.compile(rb"<< /Count \d+ /Kids \[[ \dR]*\] /Type /Pages >>")
"""The node above all documents, from which no page has anything."""

Place = tuple[int, int, int]
"""Kind of a cross-reference; place in the file, or number of the stream that holds the object; index in that."""


class Span(Struct, frozen=True):
    """Where the objects of a document stand in a file, from byte to byte; their numbers follow `first`.

    `first` itself is the element that stands for the document, which is written anew in each file.
    """

    begin: int
    end: int
    first: int
    count: int


class DocumentFact(Struct, frozen=True):
    """What was found of a document in which everything was as it should be.

    `pages` are its pages by number, `fingerprints` theirs; `kids` is what the element that stands for it holds, as it
    is written; `identifiers` are the IDs of its elements, `keys` those that it has in the tree of parents.
    """

    pages: tuple[bytes, ...]
    fingerprints: tuple[str, ...]
    kids: bytes
    identifiers: tuple[bytes, ...]
    keys: tuple[int, ...]


DocumentFacts = Mapping[str, DocumentFact]
"""What was found of documents, by the digests of their objects."""


class LookAgainError(Exception):
    """What was found of documents before is of no use here: something around them is not as it was."""


class Documents(NamedTuple):
    """The documents of a file: where each stands, its digest, and what was found of it before; None where unknown.

    `shared` are the numbers of objects that several may have, of which each digest tells too.
    """

    spans: Sequence[Span]
    digests: Sequence[str | None]
    facts: Sequence[DocumentFact | None]
    shared: frozenset[int] = frozenset()

    def settled(self) -> list[tuple[Span, DocumentFact]]:
        """Those that need not be looked at again."""
        return [(span, fact) for span, fact in zip(self.spans, self.facts, strict=True) if fact is not None]


NO_DOCUMENTS = Documents((), (), ())


def documents_of(
    data: bytes, spans: Sequence[Span], newest: Mapping[int, Place], known: DocumentFacts, salt: str
) -> Documents:
    """The documents of a file. `newest` is its table of cross-references, `salt` whatever else findings depend on.

    A digest is that of all objects of a document with what they share; None if one of them lies elsewhere.
    """
    begin, least = min(span.begin for span in spans), min(span.first for span in spans)
    ahead = {number: place for number in range(least) if (place := newest.get(number)) is not None}
    plain = {number for number, (kind, where, _) in ahead.items() if kind == _PLAIN and where < begin}
    shared = sorted(
        plain | {number for number, (kind, holder, _) in ahead.items() if kind == _HELD and holder in plain}
    )
    common = repr((salt, [(number, ahead[number]) for number in shared])).encode() + data[:begin]
    before = blake2b(common, digest_size=_SIZE).digest()
    digests = [_digest_of(data, span, newest, before) for span in spans]
    return Documents(spans, digests, [known.get(each or "") for each in digests], frozenset(shared))


def _digest_of(data: bytes, span: Span, newest: Mapping[int, Place], before: bytes) -> str | None:
    begin, end, first, behind = span.begin, span.end, span.first, span.first + span.count + 1
    # There are thousands of objects, so that no step here is taken for each of them in turn.
    told = list(map(newest.get, range(first + 1, behind), repeat((0, 0, 0))))
    kinds, places, indexes = zip(*told, strict=True) if told else ((), (), ())
    if not set(kinds) <= {_PLAIN, _HELD}:
        return None
    written = bytes(kinds)
    plain = list(compress(places, written.translate(_IS_PLAIN)))
    holders = list(compress(places, written.translate(_IS_HELD)))
    if not (_all_within(plain, begin, end) and _all_within(holders, first + 1, behind)):
        return None
    digest = blake2b(array("Q", (first, span.count)).tobytes() + written, digest_size=_SIZE, key=before)
    for column in (map(sub, plain, repeat(begin)), holders, indexes):
        digest.update(array("Q", column).tobytes())
    digest.update(data[begin:end])
    return digest.hexdigest()


def _all_within(numbers: Sequence[int], begin: int, end: int) -> bool:
    return not numbers or (begin <= min(numbers) and max(numbers) < end)


def is_bare(node: bytes) -> bool:
    """Whether pages have nothing from a node above them, by its text."""
    return _BARE_NODE.fullmatch(node) is not None
