"""A finished PDF as texts of its objects: read from the file itself where it is written plainly, else with pikepdf.

Takes the PDF's bytes; gives the text of any object by its name, the names of its pages, and the open PDF for whatever
is not that plain. Opening takes longer than most of what is asked, so it waits until somebody needs it. Never changes
the file.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from functools import cached_property

import pikepdf
from pikepdf import Object, Stream

from packgen.inspect.settled import NO_DOCUMENTS, DocumentFact, DocumentFacts, Documents, Span, is_bare
from packgen.inspect.written import Written, read_written

ObjectName = bytes
"""The number of an object, with its generation if that is not 0."""

_TOKEN = re.compile(rb"\((?:[^()\\]|\\.)*+\)|<[0-9a-fA-F]*>|<<|>>|[\[\]]|/?[^\s/<>\[\]()]+|\S", re.DOTALL)
_STRING = rb"(?:\((?:[^()\\]|\\.)*+\)|<[0-9a-fA-F]*+>)"
_FLAT = rb"<<(?:[^<>()]|%s)*+>>" % _STRING
_NESTED = rb"<<(?:[^<>()]|%s|%s)*+>>" % (_STRING, _FLAT)
_VALUE = rb"(?:%(s)s|<<(?:[^<>()]|%(s)s|%(n)s)*+>>|\[(?:[^<>()\[\]]|%(s)s|%(f)s)*+\]|\d++ \d++ R|[^\s<>()\[\]]++)" % {
    b"s": _STRING, b"f": _FLAT, b"n": _NESTED,
}  # fmt: skip
_ENTRY = re.compile(rb"(/[^\s/<>()\[\]]++) (%s) " % _VALUE, re.DOTALL)
_ENTRIES = re.compile(rb"<< (?:%s)*+>>" % _ENTRY.pattern.replace(rb"(/", rb"(?:/", 1), re.DOTALL)
"""A dictionary as most are: a few levels deep, its entries one blank apart."""
_OPENING, _CLOSING = (b"<<", b"["), (b">>", b"]")
_REFERENCE = re.compile(rb"(\d+) (\d+) R\b")
_MOST_PAGES = 1_000_000


class FinishedFile:
    """The objects of one PDF, which is given as bytes, or open; in that case it stays so, and nothing else is read."""

    def __init__(
        self,
        source: bytes | pikepdf.Pdf,
        spans: Sequence[Span] = (),
        known: DocumentFacts | None = None,
        salt: str = "",
    ) -> None:
        """`spans` and what is `known` of them are as for `read_written`."""
        self._data = source if isinstance(source, bytes) else b""
        self.written: Written | None = None
        if isinstance(source, bytes):
            self.written = read_written(source, spans, known, salt)
            if self.documents.settled() and not self.documents_stand_alone:
                self.written = read_written(source, spans, {}, salt)
        if not isinstance(source, bytes):
            self.pdf = source

    def __enter__(self) -> FinishedFile:
        return self

    def __exit__(self, *_: object) -> None:
        if self._data and "pdf" in self.__dict__:
            self.pdf.close()

    @cached_property
    def pdf(self) -> pikepdf.Pdf:
        """The open PDF."""
        return pikepdf.open(io.BytesIO(self._data), suppress_warnings=True)

    @property
    def documents(self) -> Documents:
        """The documents of the file, and what is known of them."""
        return self.written.documents if self.written is not None else NO_DOCUMENTS

    @cached_property
    def settled(self) -> Mapping[ObjectName, DocumentFact]:
        """What is known of documents that are not looked at again, by the element that stands for each."""
        return {b"%d" % span.first: fact for span, fact in self.documents.settled()}

    @cached_property
    def settled_pages(self) -> Mapping[ObjectName, str]:
        """The fingerprints of pages of such documents."""
        return {
            page: fingerprint
            for fact in self.settled.values()
            for page, fingerprint in zip(fact.pages, fact.fingerprints, strict=True)
        }

    @property
    def documents_stand_alone(self) -> bool:
        """Whether nothing in the file decides what is seen of all documents: no layers, nothing said of all pages."""
        catalog = entries_of(self.texts.get(self.root, b"")) or {}
        return b"/OCProperties" not in catalog and is_bare(self.texts.get(self.top_node, b""))

    @property
    def top_node(self) -> ObjectName:
        """The node above all pages; empty if that is not told plainly."""
        catalog = entries_of(self.texts.get(self.root, b"")) or {}
        return next(iter(references_in(catalog.get(b"/Pages", b""))), b"")

    @property
    def texts(self) -> Mapping[ObjectName, bytes]:
        """Texts of objects, as far as they stand in the file itself."""
        return self.written.texts if self.written is not None else {}

    def text(self, name: ObjectName) -> bytes:
        """The text of an object; of a stream, that of its dictionary."""
        known = self.texts.get(name)
        return known if known is not None else self.fetched(name)[0]

    def written_text(self, name: ObjectName) -> bytes | None:
        """The text of an object, or of a stream's dictionary, if it stands in the file itself."""
        known = self.texts.get(name)
        stream = self.written.stream(name) if known is None and self.written is not None else None
        return stream[0] if stream is not None else known

    def fetched(self, name: ObjectName) -> tuple[bytes, bytes | None]:
        """The text of an object, and the content of a stream as it stands in the file."""
        if self.written is not None:
            known = self.written.texts.get(name)
            if known is not None:
                return known, None
            stream = self.written.stream(name)
            if stream is not None:
                return stream
        thing = self.object(name)
        if isinstance(thing, Stream):
            return thing.stream_dict.unparse(), bytes(thing.get_raw_stream_buffer())
        if isinstance(thing, Object):
            return thing.unparse(resolved=True), None
        return repr(thing).encode("ascii", "backslashreplace"), None

    def object(self, name: ObjectName) -> Object:
        """The object itself."""
        number, generation = (name + b" 0").split()[:2]
        return self.pdf.get_object(int(number), int(generation))

    @cached_property
    def root(self) -> ObjectName:
        """The catalog."""
        return self.written.root if self.written is not None and self.written.root else name_of(self.pdf.Root)

    @cached_property
    def pages(self) -> list[ObjectName]:
        """The pages in their order."""
        found = self._pages() if self.written is not None else None
        return found if found is not None else [name_of(page.obj) for page in self.pdf.pages]

    def _pages(self) -> list[ObjectName] | None:
        """The pages as the texts of the page tree have them; None if something in it is not plain."""
        pages: list[ObjectName] = []
        nodes = references_in((entries_of(self.texts.get(self.root, b"")) or {}).get(b"/Pages", b""))
        settled = {b"%d" % (span.first + 1): fact.pages for span, fact in self.documents.settled()}
        while nodes:
            node = nodes.pop()
            if node in settled:
                pages += settled[node]
                continue
            text = self.texts.get(node, b"")
            if text.endswith(b"/Type /Page >>"):
                pages.append(node)
                continue
            kids = (entries_of(text) or {}).get(b"/Kids", b"")
            if not kids.startswith(b"[") or len(pages) + len(nodes) > _MOST_PAGES:
                return None
            nodes += reversed(references_in(kids))
        return pages if pages and len(set(pages)) == len(pages) else None


def name_of(thing: object) -> ObjectName:
    """The name of an object; empty if it is none, or one within another."""
    if not isinstance(thing, Object) or not thing.is_indirect:
        return b""
    number, generation = thing.objgen
    return b"%d %d" % (number, generation) if generation else b"%d" % number


def references_in(text: bytes) -> list[ObjectName]:
    """The names of all objects that a text without strings refers to."""
    return [number if generation == b"0" else b"%s %s" % (number, generation)
            for number, generation in _REFERENCE.findall(text)]  # fmt: skip


def entries_of(text: bytes) -> dict[bytes, bytes] | None:
    """The entries of a dictionary, from its text as qpdf writes it; None if it is no dictionary."""
    if _ENTRIES.fullmatch(text):
        return dict(_ENTRY.findall(text))
    entries: dict[bytes, bytes] = {}
    depth = begin = 0
    key: bytes | None = None
    for token in _TOKEN.finditer(text):
        what = token[0]
        if depth == 1 and (what == b">>" or what.startswith(b"/")):
            if key is not None and text[begin : token.start()].strip():
                entries[key] = text[begin : token.start()].strip()
                key = None
            if key is None and what != b">>":
                key, begin = what, token.end()
                continue
        if what in _OPENING:
            depth += 1
        elif what in _CLOSING:
            depth -= 1
            if depth == 0:
                return entries if text.startswith(b"<<") and token.end() == len(text) else None
    return None


def items_of(text: bytes) -> list[bytes]:
    """The references and dictionaries in an array, from its text as qpdf writes it; other values are passed over."""
    items: list[bytes] = []
    before: list[bytes] = []
    depth = begin = 0
    for token in _TOKEN.finditer(text):
        what = token[0]
        if depth == 1 and what == b"R":
            items.append(b" ".join([*before[-2:], what]))
        before.append(what)
        if what in _OPENING:
            begin = token.start() if depth == 1 else begin
            depth += 1
        elif what in _CLOSING:
            depth -= 1
            if depth == 1 and what == b">>":
                items.append(text[begin : token.end()])
    return items
