"""Objects of PDFs as text: read from a file that qpdf wrote, given other numbers, and written in streams of objects.

Takes bytes that `pack.save` gave; gives texts and streams by number. Never looks into content.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain

from msgspec import Struct

from packgen.merge.tree_text import NotGraftable, inflated

ENTRY = struct.Struct(">BIH")
"""An entry of a cross-reference stream (ISO 32000-1, 7.5.8): its kind, where to look, and the index there."""
FREE, PLAIN, IN_STREAM = 0, 1, 2
_IN_ONE_STREAM = 100
_STREAM = re.compile(rb"(\d+) 0 obj\n<< ([^\n]*) >>\nstream\n")
_LENGTH = re.compile(rb"/Length (\d{1,10})(?= |$)")
_OF_OBJECTS = re.compile(rb"/Type /ObjStm /Length \d+(?: /Filter /FlateDecode)? /N (\d{1,9}) /First (\d{1,9})")
_STRING_OR_REFERENCE = re.compile(rb"\((?:[^()\\]|\\.)*\)|(?<= )(\d+) 0 R(?![^ \]>\n])", re.DOTALL)
_STRING = re.compile(rb"\((?:[^()\\]|\\.)*\)", re.DOTALL)
_SPACED_REFERENCE = re.compile(rb" (\d+) 0 R")
_NUMBER = re.compile(rb"(\d+) 0 R")
_END = b"\nendstream\nendobj\n"


class Stream(Struct, frozen=True):
    """A stream as it stands in a file: what is in its dictionary, and its bytes."""

    dictionary: bytes
    content: bytes


class SavedObjects(Struct, frozen=True):
    """Everything in a file: texts on one line each, and streams, by number; what its trailer says."""

    texts: dict[int, bytes]
    streams: dict[int, Stream]
    trailer: bytes

    def referred(self, text: bytes, key: bytes) -> int:
        """The number that `key` refers to in the text of a dictionary that has no strings before it."""
        found = re.search(re.escape(key) + rb" (\d+) 0 R", text)
        if found is None:
            raise NotGraftable
        return int(found[1])


def read_objects(data: bytes) -> SavedObjects:
    """All objects of a file that qpdf wrote with streams of objects.

    Raises:
        NotGraftable: something in it is not as qpdf writes it.
    """
    texts: dict[int, bytes] = {}
    streams: dict[int, Stream] = {}
    trailer = b""
    found = _STREAM.search(data)
    while found:
        length = _LENGTH.search(found[2])
        end = found.end() + int(length[1]) if length else -1
        content = data[found.end() : end]
        if not data.startswith((b"\nendstream\nendobj\n", b"endstream\nendobj\n"), end):
            raise NotGraftable
        if b"/Type /XRef" in found[2]:
            trailer = found[2]
        elif told := _OF_OBJECTS.fullmatch(found[2]):
            inside = inflated(content) if b"/FlateDecode" in found[2] else content
            texts.update(_inside(inside, int(told[1]), int(told[2])))
        else:
            streams[int(found[1])] = Stream(found[2], content)
        at = data.index(b"endobj\n", end) + len(b"endobj\n")
        while data[at : at + 1] == b"\n":
            at += 1
        found = _STREAM.match(data, at)
        if found is None and not data.startswith(b"startxref", at):
            raise NotGraftable
    return SavedObjects(texts, streams, trailer)


def _inside(content: bytes, count: int, first: int) -> Iterator[tuple[int, bytes]]:
    numbers = content[:first].split()[::2]
    texts = content[first:].split(b"\n")[:count]
    if len(numbers) != count or len(texts) != count:
        raise NotGraftable
    return zip(map(int, numbers), texts, strict=True)


def numbers_in(text: bytes) -> list[int]:
    """What a text without strings refers to, in order."""
    return [int(number) for number in _NUMBER.findall(text)]


def renumbered(texts: Sequence[bytes], numbers: Mapping[int, int]) -> list[bytes]:
    """Texts, each of one line, with references to `numbers` in the place of those that they have.

    Raises:
        NotGraftable: one refers to an object that is not among them.
    """
    if not texts:
        return []
    text = b"\n".join(texts)
    try:
        if any(b" 0 R" in string for string in _STRING.findall(text)):
            changed = _STRING_OR_REFERENCE.sub(
                lambda found: b"%d 0 R" % numbers[int(found[1])] if found[1] else found[0], text
            )
        else:
            pieces = _SPACED_REFERENCE.split(text)
            references = {number: b" %d 0 R" % numbers[int(number)] for number in set(pieces[1::2])}
            pieces[1::2] = [references[number] for number in pieces[1::2]]
            changed = b"".join(pieces)
    except KeyError:
        raise NotGraftable from None
    return changed.split(b"\n")


class Written(Struct, frozen=True):
    """Objects written one after the other.

    `in_streams` says of each text where it stands: the number of a stream of objects, and its index there. `plain` says
    of each stream how many bytes behind the begin of `data` it stands.
    """

    data: bytes
    in_streams: dict[int, tuple[int, int]]
    plain: dict[int, int]


def write_objects(texts: Mapping[int, bytes], streams: Mapping[int, Stream], next_number: int) -> Written:
    """Write streams as they are, and texts in streams of objects that are numbered from `next_number` on."""
    pieces: list[bytes] = []
    plain: dict[int, int] = {}
    in_streams: dict[int, tuple[int, int]] = {}
    at = 0

    def add(number: int, piece: bytes) -> None:
        nonlocal at
        plain[number] = at
        pieces.append(piece)
        at += len(piece)

    for number, stream in streams.items():
        add(number, b"%d 0 obj\n<< %s >>\nstream\n%s%s" % (number, stream.dictionary, stream.content, _END))
    listed = list(texts.items())
    for start in range(0, len(listed), _IN_ONE_STREAM):
        some = listed[start : start + _IN_ONE_STREAM]
        in_streams.update({number: (next_number, index) for index, (number, _) in enumerate(some)})
        add(next_number, _object_stream(next_number, some))
        next_number += 1
    return Written(b"".join(pieces), in_streams, plain)


def streams_needed(text_count: int) -> int:
    """How many streams of objects `write_objects` makes of so many texts."""
    return -(-text_count // _IN_ONE_STREAM)


def _object_stream(number: int, objects: Iterable[tuple[int, bytes]]) -> bytes:
    numbers, texts = zip(*objects, strict=True)
    offsets = accumulate((len(text) + 1 for text in texts), initial=0)
    header = " ".join(map(str, chain.from_iterable(zip(numbers, offsets, strict=False)))).encode("ascii") + b"\n"
    content = zlib.compress(header + b"\n".join(texts), 3)
    entries = (number, len(content), len(texts), len(header))
    return (
        b"%d 0 obj\n<< /Type /ObjStm /Length %d /Filter /FlateDecode /N %d /First %d >>\nstream\n" % entries
        + content
        + _END
    )
