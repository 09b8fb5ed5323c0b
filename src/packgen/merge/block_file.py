"""A pack written from blocks: what holds them together, and the table that says where everything stands.

Takes the blocks of all documents; gives the finished file. Never changes a byte of a block.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence

import pikepdf
from msgspec import Struct
from pikepdf import Array, Dictionary, Name, String

from packgen.merge.bookmarks import Row, bookmark_texts
from packgen.merge.objects import ENTRY, IN_STREAM, PLAIN, Stream, Written, renumbered, write_objects
from packgen.merge.roles import Roles
from packgen.merge.stand_ins import Small, StandIns
from packgen.merge.values import Block, JoinedPage, JoinedPart, Span, StampFonts
from packgen.model import Layout, PdfPart, PlannedPage

_CATALOG, _PAGES, _INFORMATION, _TREE, _DOCUMENT, _PARENTS, _IDENTIFIERS = range(1, 8)
FIRST_FONT = 8
_IN_ONE_NODE = 5_000
_HEADER = b"%PDF-1.7\n%\xbf\xf7\xa2\xfe\n"


class Placed(Struct, frozen=True):
    """A document of the pack with its block."""

    part: PdfPart
    planned: Sequence[PlannedPage]
    block: Block


class Skeleton:
    """All of a pack but blocks and fonts. Whatever refers to pages is written into `pdf`, for the parts `joined`."""

    def __init__(self, documents: Sequence[Placed], roles: Roles, layout: Layout, language: str) -> None:
        self.pdf = pikepdf.new()
        self._stand_ins = StandIns(self.pdf)
        self._documents = documents
        self._roles = roles
        self._language = String(language).unparse()
        self._next = max(reserved.first + reserved.count for reserved in layout.documents.values())
        self._texts: dict[int, bytes] = {}
        self.joined = [self._joined(each) for each in documents]
        self.pdf.Root.StructTreeRoot = self._stand_ins.of(_TREE)
        self.pdf.Root.MarkInfo = Dictionary(Marked=True)

    def _joined(self, document: Placed) -> JoinedPart:
        block, of = document.block, self._stand_ins.of
        pages = [
            JoinedPage(page, of(block.page(index)), frame)
            for index, (page, frame) in enumerate(zip(document.planned, block.frames, strict=True))
        ]
        layers = None
        if block.layers:
            layers = Dictionary(
                OCGs=Array([of(number) for number in block.layers]),
                D=Dictionary(OFF=Array([of(number) for number in block.hidden])),
            )
        return JoinedPart(
            part=document.part, pages=tuple(pages), structure=None, language=block.language,
            bookmarks=block.bookmarks, removed=(), layers=layers, tree=None,
        )  # fmt: skip

    def write_bookmarks(self, rows: Sequence[Row]) -> None:
        """Give the pack its bookmarks and have viewers show them."""
        if not rows:
            return
        first = self._next
        self._next += len(rows)
        texts = bookmark_texts(rows, first, lambda page: self._stand_ins.number_of(page.page))
        self._texts.update(enumerate(texts, first))
        self.pdf.Root.Outlines = self._stand_ins.of(first)
        self.pdf.Root.PageMode = Name.UseOutlines

    def written(self) -> Written:
        """The objects, once everything is in `pdf`."""
        small = self._stand_ins.saved()
        self._write_pages()
        self._write_tree()
        streams = self._write_small(small)
        return write_objects(dict(sorted(self._texts.items())), streams, self._next)

    def _write_small(self, small: Small) -> dict[int, Stream]:
        numbers = {**small.numbers, small.pages_node: _PAGES}
        for number in (*small.texts, *small.streams):
            numbers[number] = self._next
            self._next += 1
        texts = renumbered([small.catalog, small.information or b"<< >>", *small.texts.values()], numbers)
        places = [_CATALOG, _INFORMATION, *(numbers[number] for number in small.texts)]
        self._texts.update(zip(places, texts, strict=True))
        dictionaries = renumbered([stream.dictionary for stream in small.streams.values()], numbers)
        return {
            numbers[number]: Stream(dictionary, stream.content)
            for (number, stream), dictionary in zip(small.streams.items(), dictionaries, strict=True)
        }

    def _write_pages(self) -> None:
        blocks = [each.block for each in self._documents]
        self._texts[_PAGES] = b"<< /Count %d /Kids [ %s ] /Type /Pages >>" % (
            sum(len(block.frames) for block in blocks),
            _references([block.pages_node for block in blocks]),
        )

    def _write_tree(self) -> None:
        """Write the structure tree down to the documents (ISO 32000-1, 14.7.2)."""
        blocks = [each.block for each in self._documents]
        leaves = [block.leaf for block in sorted(blocks, key=lambda block: block.first) if block.limits]
        self._texts[_PARENTS] = b"<< /Kids [ %s ] >>" % _references(leaves) if leaves else b"<< /Nums [ ] >>"
        next_key = max((block.limits[1] + 1 for block in blocks if block.limits), default=0)
        names = b"/IDTree %d 0 R " % _IDENTIFIERS if self._write_identifiers() else b""
        self._texts[_TREE] = (
            b"<< %s/K %d 0 R /ParentTree %d 0 R /ParentTreeNextKey %d /RoleMap %s /Type /StructTreeRoot >>"
            % (names, _DOCUMENT, _PARENTS, next_key, self._roles.role_map().unparse())
        )
        items: list[int] = []
        item: tuple[str, int, list[int]] | None = None
        for document in self._documents:
            title, number = document.part.item, document.block.first
            if title is None:
                item = None
                items.append(number)
            elif item is None or item[0] != title:
                item = (title, self._add(b""), [])
                items.append(item[1])
            if item is not None:
                item[2].append(number)
                self._texts[item[1]] = _part(item[2], _DOCUMENT, item[0])
            self._write_document(document, item[1] if item else _DOCUMENT)
        self._texts[_DOCUMENT] = b"<< /K [ %s ] /P %d 0 R /S /Document /Type /StructElem >>" % (
            _references(items), _TREE,
        )  # fmt: skip

    def _write_document(self, document: Placed, above: int) -> None:
        spoken = document.block.language
        ours = spoken is None or String(spoken).unparse() == self._language
        text = _part(document.block.kids, above, document.part.title, None if ours else spoken)
        self._texts[document.block.first] = text

    def _write_identifiers(self) -> bool:
        """Write the tree of IDs, with nodes where there are many; whether there are any (ISO 32000-1, 7.9.6)."""
        named = sorted(pair for each in self._documents for pair in each.block.identifiers)
        entries = [(String(name).unparse(), number) for name, number in named]
        nodes = [entries[start : start + _IN_ONE_NODE] for start in range(0, len(entries), _IN_ONE_NODE)]
        listed = [b" ".join([b"%s %d 0 R" % entry for entry in node]) for node in nodes]
        if len(nodes) == 1:
            self._texts[_IDENTIFIERS] = b"<< /Names [ %s ] >>" % listed[0]
        elif nodes:
            kids = [
                self._add(b"<< /Limits [ %s %s ] /Names [ %s ] >>" % (node[0][0], node[-1][0], text))
                for node, text in zip(nodes, listed, strict=True)
            ]
            self._texts[_IDENTIFIERS] = b"<< /Kids [ %s ] >>" % _references(kids)
        return bool(nodes)

    def _add(self, text: bytes) -> int:
        self._texts[self._next] = text
        self._next += 1
        return self._next - 1


def written_file(
    documents: Sequence[Placed], fonts: StampFonts | None, skeleton: Written
) -> tuple[bytes, tuple[Span, ...]]:
    """The file, and where the blocks stand in it."""
    pieces, at = [_HEADER], len(_HEADER)
    sections: list[tuple[int, bytes]] = [(0, ENTRY.pack(0, 0, 65535))]
    spans: list[Span] = []
    if fonts is not None and any(each.block.has_words for each in documents):
        sections.append((FIRST_FONT, _placed_rows(fonts.rows, fonts.plain, at)))
        pieces.append(fonts.data)
        at += len(fonts.data)
    for document in documents:
        block = document.block
        sections.append((block.first + 1, _placed_rows(block.rows, block.plain, at)))
        pieces.append(block.data)
        spans.append(Span(document.part.document_id, at, at + len(block.data), block.first, block.count))
        at += len(block.data)
    sections += [(number, ENTRY.pack(IN_STREAM, *place)) for number, place in skeleton.in_streams.items()]
    sections += [(number, ENTRY.pack(PLAIN, at + place, 0)) for number, place in skeleton.plain.items()]
    pieces.append(skeleton.data)
    at += len(skeleton.data)
    pieces.append(_table(sections, at, hashlib.md5(b"".join(pieces), usedforsecurity=False).hexdigest()))
    return b"".join(pieces), tuple(spans)


def _placed_rows(rows: bytes, plain: Sequence[tuple[int, int]], begin: int) -> bytes:
    """The entries of objects that begin at a place in the file."""
    placed = bytearray(rows)
    for index, at in plain:
        ENTRY.pack_into(placed, index * ENTRY.size, PLAIN, begin + at, 0)
    return bytes(placed)


def _table(sections: list[tuple[int, bytes]], at: int, identifier: str) -> bytes:
    """The table of cross-references, which is the last object, at its place in the file (ISO 32000-1, 7.5.8)."""
    number = max(first + len(rows) // ENTRY.size for first, rows in sections)
    sections = sorted([*sections, (number, ENTRY.pack(PLAIN, at, 0))])
    ranges: list[list[int]] = []
    for first, rows in sections:
        count = len(rows) // ENTRY.size
        if ranges and sum(ranges[-1]) == first:
            ranges[-1][1] += count
        else:
            ranges.append([first, count])
    entries = zlib.compress(b"".join([rows for _, rows in sections]), 3)
    index = " ".join(f"{first} {count}" for first, count in ranges)
    dictionary = (
        f"/Type /XRef /Length {len(entries)} /Filter /FlateDecode /W [ 1 4 2 ] /Index [ {index} ] /Size {number + 1} "
        f"/Root {_CATALOG} 0 R /Info {_INFORMATION} 0 R /ID [ <{identifier}> <{identifier}> ]"
    )
    head = f"{number} 0 obj\n<< {dictionary} >>\nstream\n".encode("ascii")
    return head + entries + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % at


def _part(kids: Sequence[int], above: int, title: str, language: str | None = None) -> bytes:
    spoken = b"/Lang %s " % String(language).unparse() if language is not None else b""
    return b"<< /K [ %s ] %s/P %d 0 R /S /Part /T %s /Type /StructElem >>" % (
        _references(kids), spoken, above, String(title).unparse(),
    )  # fmt: skip


def _references(numbers: Sequence[int]) -> bytes:
    return b" ".join([b"%d 0 R" % number for number in numbers])
