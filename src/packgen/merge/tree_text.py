"""A structure tree as text, ready to be written into another file.

Takes a PDF that packgen drew or made ready; gives the elements of its tree as qpdf wrote them, with a gap wherever one
refers to another object. Gaps are filled with new object numbers, all in one step: asking for each element and copying
it object by object takes longer than everything else that merging does. Never looks into what elements say; of files
in which something is not as packgen writes it, nothing is taken (`NotGraftable`).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from pikepdf import Array, Dictionary, Object, Pdf

from packgen.merge.roles import meanings_of

_STREAM = re.compile(rb"\n<< ([^\n]*)/Length (\d{1,12})([^\n]*) >>\nstream\n")
"""How qpdf begins a stream; strings in its dictionary have no line ends."""
_OF_OBJECTS = re.compile(rb"( /Filter /FlateDecode)? /N (\d{1,9}) /First (\d{1,9})")
"""What else is said of a stream of objects (ISO 32000-1, 7.5.7)."""
_MOST_TEXT = 256 * 1024 * 1024
"""Bytes: no tree that packgen writes comes near it."""
_ROLE = re.compile(rb" /S (/[!-~]+) ")
_ELEMENT = b"/Type /StructElem >>"
_STRING = re.compile(rb"\((?:[^()\\]|\\.)*\)")
_REFERENCE = re.compile(rb"(\d+) 0 R")
_SPACED_REFERENCE = re.compile(rb" (\d+) 0 R")
_ENTRY = re.compile(rb"(\d+) (?:\[([^\]]*)\]|(\d+) 0 R)")
"""An entry of a tree of numbers: its key, and an array or a reference."""
_KIDS = re.compile(rb"\[(?: \d+ 0 R)* \]|\d+ 0 R")
"""Kids that are elements, or may be: nothing but references."""
_TOP_KEYS = frozenset({"/K", "/Lang", "/P", "/Pg", "/S", "/T", "/Type"})
"""What is said anew of a document in each pack."""
_GAP = b"\0"
"""Stands for a reference; qpdf writes no such byte."""
_NAMED = re.compile(rb"(\((?:[^()\\]|\\.)*\)|<[0-9a-f]*>) (\d+) 0 R")


class NotGraftable(Exception):  # noqa: N818  # no error: the tree is walked through instead
    """A tree that cannot be taken over as text."""


class TreeText(Struct, frozen=True):
    """The elements of a tree below the one that stands for the document itself.

    `text` is that of all of them, one a line, with a null byte for each reference; `gaps` say what these are to: an
    index below `element_count` is that element, `element_count` the one that stands for the document; then come its
    pages, then its annotations. `roles` are those that occur or are explained, with the standard types they stand for.
    `kids` stand below the document. `pages` has for each page the elements of its marked content, by identifier, or
    None for a page without; `annotations` the element of each annotation. `identifiers` are IDs with their elements.
    Elements are such indexes.
    """

    text: bytes
    gaps: list[int]
    element_count: int
    roles: tuple[tuple[str, str | None], ...]
    kids: tuple[int, ...]
    language: str | None
    pages: tuple[tuple[int, ...] | None, ...]
    annotations: tuple[int, ...]
    identifiers: tuple[tuple[bytes, int], ...]

    def filled(self, targets: Sequence[int]) -> bytes:
        """The text with references to the objects that have the numbers `targets`, by index."""
        references = [b" %d 0 R" % number for number in targets]
        between = self.text.split(_GAP)
        text = [b""] * (2 * len(between) - 1)
        text[::2] = between
        text[1::2] = [references[gap] for gap in self.gaps]
        return b"".join(text)


def read_tree_text(pdf: Pdf, data: bytes) -> TreeText:
    """The tree of `pdf`, which was opened from `data`.

    Raises:
        NotGraftable: something in it is not as packgen writes it.
    """
    root = pdf.Root.get("/StructTreeRoot")
    if not isinstance(root, Dictionary) or "/ClassMap" in root or "/Namespaces" in root:
        raise NotGraftable
    document, top = _document_and_top(root)
    objects = dict(_objects(data))
    above = {_number(document), _number(top)}
    elements = [number for number, text in objects.items() if text.endswith(_ELEMENT) and number not in above]
    pages = [page.obj for page in pdf.pages]
    annotations = [each for page in pages for each in page.get("/Annots", Array()).as_list()]
    things = [_number(thing) for thing in (top, *pages, *annotations)]
    indexes = {number: index for index, number in enumerate((*elements, *things))}
    if len(indexes) != len(elements) + len(things):
        raise NotGraftable
    text = b"\n".join([objects[number] for number in elements])
    with_gaps, gaps = _with_gaps(text, indexes)
    parents = _parents(root, objects)
    tree = TreeText(
        text=with_gaps,
        gaps=gaps,
        element_count=len(elements),
        roles=tuple(meanings_of(root, sorted({role.decode("ascii") for role in _ROLE.findall(text)})).items()),
        kids=_kids(top, indexes, len(elements)),
        language=str(top.Lang) if "/Lang" in top else None,
        pages=tuple(_of_page(page, parents, indexes) for page in pages),
        annotations=tuple(_of_annotation(each, parents, indexes) for each in annotations),
        identifiers=_identifiers(root, indexes),
    )
    if len(parents) != sum(page is not None for page in tree.pages) + len(annotations):
        raise NotGraftable  # content of forms is tagged by itself
    return tree


def _number(thing: Object) -> bytes:
    return b"%d" % thing.objgen[0]


def _objects(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Number and text of all objects in streams of objects, each text on one line.

    Raises:
        NotGraftable: an object comes twice, or a stream is not as qpdf writes it.
    """
    seen: set[bytes] = set()
    count = 0
    for first, in_stream, content in _object_streams(data):
        numbers = content[:first].split()[::2]
        texts = content[first:].split(b"\n")[:in_stream]
        if len(numbers) != in_stream or len(texts) != in_stream:
            raise NotGraftable
        count += in_stream
        seen.update(numbers)
        yield from zip(numbers, texts, strict=True)
    if len(seen) != count:
        raise NotGraftable


def _object_streams(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Where the objects begin in each stream of objects, how many there are, and what is in it.

    Goes from stream to stream: what is inside of one, such as a picture, may look like anything.
    """
    at = 0
    while found := _STREAM.search(data, at):
        end = found.end() + int(found[2])
        if not data.startswith((b"\nendstream", b"endstream"), end):
            raise NotGraftable
        told = _OF_OBJECTS.fullmatch(found[3]) if found[1] == b"/Type /ObjStm " else None
        if told is not None:
            content = data[found.end() : end]
            yield int(told[3]), int(told[2]), inflated(content) if told[1] else content
        at = end


def inflated(content: bytes) -> bytes:
    inflater = zlib.decompressobj()
    try:
        text = inflater.decompress(content, _MOST_TEXT)
    except zlib.error as error:
        raise NotGraftable from error
    if not inflater.eof:
        raise NotGraftable
    return text


def _with_gaps(text: bytes, indexes: Mapping[bytes, int]) -> tuple[bytes, list[int]]:
    """A text with gaps for its references, and the indexes of what these are to."""
    if _GAP in text or any(b" 0 R" in string for string in _STRING.findall(text)):
        raise NotGraftable  # words that look like a reference
    parts = _SPACED_REFERENCE.split(text)
    if text.count(b" 0 R") != len(parts) // 2:
        raise NotGraftable
    try:
        return _GAP.join(parts[::2]), [indexes[number] for number in parts[1::2]]
    except KeyError:
        raise NotGraftable from None


def _indexes(text: bytes, indexes: Mapping[bytes, int]) -> tuple[int, ...]:
    """The indexes of all that a text refers to."""
    try:
        return tuple([indexes[number] for number in _REFERENCE.findall(text)])
    except KeyError:
        raise NotGraftable from None


def _document_and_top(root: Object) -> tuple[Object, Object]:
    """The `Document` of a tree, and the element that stands for the document: that, or the `Part` that it was once."""
    kids = root.get("/K")
    document = kids[0] if isinstance(kids, Array) and len(kids) == 1 else kids
    if not isinstance(document, Dictionary) or document.get("/S") != "/Document":
        raise NotGraftable
    below = document.get("/K")
    if not isinstance(below, Array):
        raise NotGraftable
    only = below[0] if len(below) == 1 else None
    if isinstance(only, Dictionary) and only.get("/S") == "/Part" and "/T" in only:
        return document, only
    return document, document


def _kids(top: Object, indexes: Mapping[bytes, int], element_count: int) -> tuple[int, ...]:
    """What stands below a document, which must be elements, and nothing must be said of it but what packs say anew."""
    kids = top.get("/K", Array())
    written = kids.unparse(resolved=isinstance(kids, Array)) if isinstance(kids, Object) else b""
    found = _indexes(written, indexes)
    if top.keys() - _TOP_KEYS or not _KIDS.fullmatch(written) or any(kid >= element_count for kid in found):
        raise NotGraftable
    return found


def _of_page(page: Object, parents: Mapping[int, bytes], indexes: Mapping[bytes, int]) -> tuple[int, ...] | None:
    key = page.get("/StructParents")
    if key is None:
        return None
    elements = parents.get(int(key), b"null")
    if b"null" in elements:
        raise NotGraftable
    return _indexes(elements, indexes)


def _of_annotation(annotation: Object, parents: Mapping[int, bytes], indexes: Mapping[bytes, int]) -> int:
    found = _indexes(parents.get(int(annotation.get("/StructParent", -1)), b""), indexes)
    if len(found) != 1:
        raise NotGraftable
    return found[0]


def _parents(root: Object, objects: Mapping[bytes, bytes]) -> dict[int, bytes]:
    """What the tree of parents holds by its keys: the references in an array, or a single one."""
    tree = root.get("/ParentTree")
    if not isinstance(tree, Dictionary) or "/Kids" in tree:
        raise NotGraftable
    parents: dict[int, bytes] = {}
    for key, array, number in _ENTRY.findall(tree.unparse(resolved=True)):
        entry = objects.get(number, b"") if number else array
        parents[int(key)] = entry if not number or entry.startswith(b"[") else number + b" 0 R"
    return parents


def _identifiers(root: Object, indexes: Mapping[bytes, int]) -> tuple[tuple[bytes, int], ...]:
    tree = root.get("/IDTree")
    if tree is None:
        return ()
    if not isinstance(tree, Dictionary) or "/Kids" in tree:
        raise NotGraftable
    found = _NAMED.findall(tree.unparse(resolved=True))
    try:
        return tuple([(bytes(Object.parse(name)), indexes[number]) for name, number in found])
    except KeyError:
        raise NotGraftable from None
