"""One document of a pack as a block of objects that goes into the file as it is, as often as nothing of it changes.

Takes a document that was read, the numbers in reserve for it, and where its links lead; gives a `Block`. Never depends
on what other documents say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import pikepdf
from msgspec import Struct
from pikepdf import Array, Name, String

from packgen.merge import contents
from packgen.merge.frames import Frame
from packgen.merge.layers import Layers
from packgen.merge.links import write_links
from packgen.merge.objects import ENTRY, IN_STREAM, PLAIN, Stream, Written, renumbered, streams_needed, write_objects
from packgen.merge.source import join_read_part
from packgen.merge.stamps import draw_codes
from packgen.merge.stand_ins import Small, StandIns
from packgen.merge.tree_text import NotGraftable, TreeText
from packgen.merge.values import Block, JoinedPage, JoinedPart, PageTags, ReadPart
from packgen.model import PdfPart, PlannedPage, Reserved

_MARKING, _NOTICE = "marking", "notice"
_IN_ONE_NODE = 5_000
"""Entries of a tree of numbers that stand in one array; some readers refuse very long ones."""

DrawnPage = tuple[JoinedPage, PageTags, str | None]
Lettered = Callable[[Sequence[DrawnPage]], tuple[Sequence[bytes], Mapping[str, int]]]
"""Gives what is drawn on pages, and the numbers of the fonts for it."""


class Target(Struct, frozen=True):
    """A document that links lead to: what they say of it, and the number and frame of its first page."""

    title: str
    planned: PlannedPage
    number: int
    frame: Frame


class BlockRequest(Struct, frozen=True, kw_only=True):
    """All that a block is made from. `links` and `targets` are those that the document needs, `language` the pack's."""

    part: PdfPart
    planned: Sequence[PlannedPage]
    read: ReadPart
    reserved: Reserved
    language: str
    links: Mapping[str, str]
    targets: Mapping[str, Target]


class _Page(Struct):
    """A page: its key in the tree of parents, its elements' indexes, and the one that packgen adds."""

    index: int
    key: int
    elements: tuple[int, ...]
    added: str | None


def make_block(asked: BlockRequest, lettered: Lettered) -> Block:
    """The block of one document.

    Raises:
        NotGraftable: it cannot be taken over as text, or needs more numbers than it may use.
        ConversionError: its PDF cannot be read, or has fewer pages than were planned.
    """
    pack = pikepdf.new()
    stand_ins = StandIns(pack)
    joined, _ = join_read_part(pack, asked.part, asked.planned, asked.read)
    if joined.pages[0].frame != asked.read.frame:
        raise NotGraftable
    parts = {key: _standing_for(target, asked.part, stand_ins) for key, target in asked.targets.items()}
    write_links([joined], parts | {asked.part.document_id: joined}, asked.links)
    annotations = [each for page in joined.pages for each in page.page.get("/Annots", Array()).as_list()]
    if len(annotations) != len(asked.read.tree.annotations):
        raise NotGraftable
    tagged: list[_Page] = []
    drawn = [(page, tags, asked.part.marking) for page, tags in _tagged_pages(asked, joined, tagged)]
    key = tagged[-1].key + 1 if tagged else asked.reserved.first
    for annotation in annotations:
        annotation.StructParent = key
        key += 1
    codes, fonts = lettered(drawn)
    draw_codes(pack, drawn, codes, {name: stand_ins.of(number) for name, number in fonts.items()})
    layers = Layers(joined.layers)
    if "/AS" in layers.default:
        raise NotGraftable
    small = stand_ins.saved(Annotations=annotations, Layers=layers.groups, Hidden=layers.hidden)
    return _Numbering(asked, small, tagged).block(
        frames=tuple(page.frame for page in joined.pages), has_words=any(b"/Packgen" in code for code in codes)
    )


def _standing_for(target: Target, part: PdfPart, stand_ins: StandIns) -> JoinedPart:
    page = JoinedPage(target.planned, stand_ins.of(target.number), target.frame)
    return JoinedPart(
        part=PdfPart(document_id=target.planned.document_id, title=target.title, pdf=part.pdf[:0]),
        pages=(page,), structure=None, language=None, bookmarks=(), removed=(), layers=None, tree=None,
    )  # fmt: skip


def _tagged_pages(
    asked: BlockRequest, joined: JoinedPart, tagged: list[_Page]
) -> Iterator[tuple[JoinedPage, PageTags]]:
    """Each page with how it is drawn; those with tags are added to `tagged`."""
    key = asked.reserved.first
    marked = False
    for place, page in enumerate(joined.pages):
        index = page.planned.source_index
        elements = asked.read.tree.pages[index] or () if index is not None else ()
        added = _NOTICE if index is None else _MARKING if asked.part.marking and not marked else None
        marked = marked or added == _MARKING
        page.page.Tabs = Name.S
        if elements or added:
            page.page.StructParents = key
            tagged.append(_Page(place, key, elements, added))
            key += 1
        elif "/StructParents" in page.page:
            del page.page.StructParents
        mcid = len(elements)
        if added == _NOTICE:
            yield page, PageTags(notice=mcid)
        else:
            yield page, PageTags(contents.BALANCED, marking=mcid if added else None)


class _Numbering:
    """Gives the objects of a small PDF, and the elements of its document, their numbers in the pack."""

    def __init__(self, asked: BlockRequest, small: Small, tagged: Sequence[_Page]) -> None:
        self._asked = asked
        self._small = small
        self._tagged = tagged
        self._first = asked.reserved.first
        self._pages = [self._first + 3 + index for index in range(len(asked.planned))]
        self._elements = self._first + 3 + len(self._pages)
        self._next = self._elements + self._tree.element_count
        self._texts: dict[int, bytes] = {}
        self._before: list[int] = []
        self._after: list[int] = []

    @property
    def _tree(self) -> TreeText:
        return self._asked.read.tree

    def block(self, frames: tuple[Frame, ...], *, has_words: bool) -> Block:
        small, tree = self._small, self._tree
        parents = self._write_added()
        numbers = self._new_numbers()
        annotations = [numbers[number] for number in small.lists["Annotations"]]
        self._write_elements(annotations)
        keys = [page.key for page in self._tagged]
        next_key = keys[-1] + 1 if keys else self._first
        parents += [(next_key + place, self._elements + element) for place, element in enumerate(tree.annotations)]
        self._write_leaf(parents)
        kids = b" ".join([b"%d 0 R" % number for number in self._pages])
        self._texts[self._first + 1] = b"<< /Count %d /Kids [ %s ] /Parent 2 0 R /Type /Pages >>" % (
            len(self._pages), kids,
        )  # fmt: skip
        texts = renumbered(list(small.texts.values()), numbers)
        self._texts.update(zip([numbers[number] for number in small.texts], texts, strict=True))
        dictionaries = renumbered([stream.dictionary for stream in small.streams.values()], numbers)
        streams = {
            numbers[number]: Stream(dictionary, stream.content)
            for (number, stream), dictionary in zip(small.streams.items(), dictionaries, strict=True)
        }
        written = write_objects(dict(sorted(self._texts.items())), streams, self._next)
        self._next += streams_needed(len(self._texts))
        if self._next - self._first > self._asked.reserved.count:
            raise NotGraftable
        rows, plain = rows_of(written, self._first + 1, self._next)
        return Block(
            first=self._first,
            data=written.data,
            rows=rows,
            plain=plain,
            frames=frames,
            limits=(parents[0][0], parents[-1][0]) if parents else None,
            kids=(*self._before, *(self._elements + kid for kid in tree.kids), *self._after),
            identifiers=tuple([(name, self._elements + element) for name, element in tree.identifiers]),
            roles=tree.roles,
            language=tree.language or self._asked.read.language,
            bookmarks=self._asked.read.bookmarks,
            layers=tuple(numbers[number] for number in small.lists["Layers"]),
            hidden=tuple(numbers[number] for number in small.lists["Hidden"]),
            has_words=has_words,
        )

    def _new_numbers(self) -> dict[int, int]:
        """The numbers of the objects of the small PDF, by those that they had in it."""
        small = self._small
        numbers = {**small.numbers, small.pages_node: self._first + 1}
        numbers.update(zip(small.lists["Kids"], self._pages, strict=True))
        for number in (*small.texts, *small.streams):
            if number not in numbers:
                numbers[number] = self._add(b"")
        return numbers

    def _write_elements(self, annotations: Sequence[int]) -> None:
        tree = self._tree
        by_source = {page.source_index: number for page, number in zip(self._asked.planned, self._pages, strict=True)}
        behind = self._elements + tree.element_count
        targets = [
            *range(self._elements, behind), self._first,
            *(by_source[index] for index in range(len(tree.pages))), *annotations,
        ]  # fmt: skip
        if tree.element_count:
            self._texts.update(zip(range(self._elements, behind), tree.filled(targets).split(b"\n"), strict=True))

    def _write_added(self) -> list[tuple[int, int]]:
        """Write what marked content belongs to; gives the number of each list of elements by the key of its page."""
        parents: list[tuple[int, int]] = []
        ours = String(self._asked.language).unparse()
        spoken = self._tree.language or self._asked.read.language
        lang = b"" if spoken is None or String(spoken).unparse() == ours else b"/Lang %s " % ours
        for page in self._tagged:
            elements = [self._elements + element for element in page.elements]
            if page.added:
                number = self._add(
                    b"<< /K %d %s/P %d 0 R /Pg %d 0 R /S /P /Type /StructElem >>"
                    % (len(elements), lang, self._first, self._pages[page.index])
                )
                elements.append(number)
                (self._before if page.added == _MARKING else self._after).append(number)
            listed = b" ".join([b"%d 0 R" % number for number in elements])
            parents.append((page.key, self._add(b"[ %s ]" % listed)))
        return parents

    def _write_leaf(self, parents: Sequence[tuple[int, int]]) -> None:
        """Write the document's part of the tree of parents (ISO 32000-1, 7.9.7)."""
        leaves = [_leaf(parents[start : start + _IN_ONE_NODE]) for start in range(0, len(parents), _IN_ONE_NODE)]
        text = leaves[0] if leaves else b"null"
        if len(leaves) > 1:
            kids = b" ".join([b"%d 0 R" % self._add(leaf) for leaf in leaves])
            text = b"<< /Kids [ %s ] /Limits [ %d %d ] >>" % (kids, parents[0][0], parents[-1][0])
        self._texts[self._first + 2] = text

    def _add(self, text: bytes) -> int:
        number = self._next
        self._next += 1
        if text:
            self._texts[number] = text
        return number


def _leaf(parents: Sequence[tuple[int, int]]) -> bytes:
    listed = b" ".join([b"%d %d 0 R" % entry for entry in parents])
    return b"<< /Limits [ %d %d ] /Nums [ %s ] >>" % (parents[0][0], parents[-1][0], listed)


def rows_of(written: Written, first: int, behind: int) -> tuple[bytes, tuple[tuple[int, int], ...]]:
    """The entries of objects `first` to `behind` in a table of cross-references, and places of those not in streams."""
    pack = ENTRY.pack
    inside, plain = written.in_streams, written.plain
    rows = [
        pack(IN_STREAM, *inside[number]) if number in inside else pack(PLAIN, plain[number], 0)
        for number in range(first, behind)
    ]
    return b"".join(rows), tuple(sorted((number - first, at) for number, at in plain.items()))
