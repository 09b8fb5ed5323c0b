"""The structure trees of documents written into a pack as text.

Takes parts whose trees were read as text (`tree_text`); says how their pages are to be drawn, and writes one tree with
a `Document`, a `Part` for each item and document, and their elements behind the saved pack. What screen readers meet is
the same as what `structure` joins element by element. Never looks into an element.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

import pikepdf
from msgspec import Struct, field
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from packgen.merge import contents
from packgen.merge.appended import Trailer, appended
from packgen.merge.roles import Roles
from packgen.merge.tree_text import NotGraftable, TreeText
from packgen.merge.values import JoinedPage, JoinedPart, PageTags

_MARKING, _NOTICE = "marking", "notice"
_IN_ONE_NODE = 5_000
"""Entries of a tree of names or numbers that stand in one array; some readers refuse very long ones."""


class _Page(Struct):
    """A page of the pack: its key in the tree of parents, its elements' indexes, and the one that packgen adds."""

    key: int
    elements: tuple[int, ...]
    added: str | None


class _Grafted(Struct):
    """A document on its way into the tree of the pack."""

    part: JoinedPart
    tree: TreeText
    pages: list[_Page] = field(default_factory=list)
    annotation_keys: list[int] = field(default_factory=list)


class Graft:
    """The tree of a pack while its pages are being drawn; `finish` takes its root's place in the pack."""

    def __init__(self, pack: Pdf, roles: Roles, language: str) -> None:
        self._pack = pack
        self._roles = roles
        self._language = language
        self._documents: list[_Grafted] = []
        self._next_key = 0
        self._identifiers: set[bytes] = set()

    def add_part(self, part: JoinedPart) -> Iterator[tuple[JoinedPage, PageTags]]:
        """Take over the tree of a document; gives each of its pages with how it is drawn.

        Raises:
            NotGraftable: a link of it was taken out, or another document has one of its IDs.
        """
        tree = part.tree
        identifiers = {name for name, _ in tree.identifiers} if tree is not None else set()
        if tree is None or self._identifiers & identifiers:
            raise NotGraftable
        self._identifiers |= identifiers
        document = _Grafted(part, tree)
        self._documents.append(document)
        found = sum(len(page.page.get("/Annots", Array())) for page in part.pages)
        if found != len(tree.annotations):
            raise NotGraftable
        marked = False
        for joined in part.pages:
            index = joined.planned.source_index
            elements = tree.pages[index] or () if index is not None else ()
            added = _NOTICE if index is None else _MARKING if part.part.marking and not marked else None
            marked = marked or added == _MARKING
            joined.page.Tabs = Name.S
            if elements or added:
                joined.page.StructParents = self._next_key
                document.pages.append(_Page(self._next_key, elements, added))
                self._next_key += 1
            elif "/StructParents" in joined.page:
                del joined.page.StructParents
            mcid = len(elements)
            if added == _NOTICE:
                yield joined, PageTags(notice=mcid)
            else:
                yield joined, PageTags(contents.BALANCED, marking=mcid if added else None)
        for joined in part.pages:
            for annotation in joined.page.get("/Annots", Array()).as_list():
                annotation.StructParent = self._next_key
                document.annotation_keys.append(self._next_key)
                self._next_key += 1

    def finish(self) -> None:
        """Make room for the tree in the pack, before it is saved."""
        self._pack.Root.StructTreeRoot = self._pack.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self._pack.Root.MarkInfo = Dictionary(Marked=True)

    def written(self, data: bytes) -> bytes:
        """The saved pack with its tree."""
        with pikepdf.open(io.BytesIO(data)) as saved:
            pages = [page.obj for page in saved.pages]
            writer = _Writer(
                int(saved.trailer.Size),
                saved.Root.StructTreeRoot.objgen[0],
                [page.objgen[0] for page in pages],
                [[each.objgen[0] for each in page.get("/Annots", Array()).as_list()] for page in pages],
                self._language,
            )
            trailer = Trailer(
                saved.Root.objgen[0],
                saved.trailer.Info.objgen[0],
                bytes(saved.trailer.ID[0]),
                writer.size,
            )
        writer.write(self._documents)
        root = writer.root(self._roles.role_map(), self._next_key)
        return appended(data, trailer, writer.objects, (writer.root_number, root))


class _Writer:
    """Writes elements as objects numbered from `size` on."""

    def __init__(
        self, size: int, root_number: int, pages: Sequence[int], annotations: Sequence[Sequence[int]], language: str
    ) -> None:
        self.size = size
        self.root_number = root_number
        self.objects: list[bytes] = []
        self._pages = pages
        self._annotations = annotations
        self._language = String(language).unparse()
        self._parents: list[tuple[int, bytes]] = []
        self._names: list[tuple[bytes, int]] = []
        self._document = 0

    def write(self, documents: Sequence[_Grafted]) -> None:
        self._document = self._reserve()
        items: list[int] = []
        item: tuple[str, int, list[int]] | None = None
        for document in documents:
            title = document.part.part.item
            if title is None:
                item = None
                items.append(self._write_document(document, self._document))
                continue
            if item is None or item[0] != title:
                item = (title, self._reserve(), [])
                items.append(item[1])
            item[2].append(self._write_document(document, item[1]))
            self._put(item[1], _part(item[2], self._document, title))
        self._put(self._document, b"<< /K [ %s ] /P %d 0 R /S /Document /Type /StructElem >>"
                  % (_references(items), self.root_number))  # fmt: skip

    def root(self, role_map: Object, next_key: int) -> bytes:
        """The root of the tree, once everything is written."""
        parents = [(b"%d" % key, each) for key, each in sorted(self._parents)]
        numbers = self._tree(b"/Nums", parents)
        names = b""
        if self._names:
            listed = [(String(name).unparse(), b"%d 0 R" % number) for name, number in sorted(self._names)]
            names = b"/IDTree %d 0 R " % self._tree(b"/Names", listed)
        return b"<< %s/K %d 0 R /ParentTree %d 0 R /ParentTreeNextKey %d /RoleMap %s /Type /StructTreeRoot >>" % (
            names, self._document, numbers, next_key, role_map.unparse(),
        )  # fmt: skip

    def _tree(self, kind: bytes, entries: Sequence[tuple[bytes, bytes]]) -> int:
        """Write a tree of numbers or names, with nodes where there are many (ISO 32000-1, 7.9.6 and 7.9.7)."""
        leaves = [entries[start : start + _IN_ONE_NODE] for start in range(0, len(entries), _IN_ONE_NODE)]
        if len(leaves) < 2:
            return self._add(b"<< %s [ %s ] >>" % (kind, _listed(entries)))
        nodes = [
            self._add(b"<< /Limits [ %s %s ] %s [ %s ] >>" % (leaf[0][0], leaf[-1][0], kind, _listed(leaf)))
            for leaf in leaves
        ]
        return self._add(b"<< /Kids [ %s ] >>" % _references(nodes))

    def _write_document(self, document: _Grafted, above: int) -> int:
        """Write the elements of one document; gives the number of its `Part`."""
        tree, part = document.tree, document.part
        first = self.size + len(self.objects)
        top = first + tree.element_count
        by_source = {page.planned.source_index: self._pages[page.planned.page_index] for page in part.pages}
        indexes = [page.planned.page_index for page in part.pages]
        annotations = [number for index in indexes for number in self._annotations[index]]
        targets = [*range(first, top + 1), *(by_source[index] for index in range(len(tree.pages))), *annotations]
        if tree.element_count:
            self.objects += tree.filled(targets).split(b"\n")
        self._reserve()
        before, after = self._write_pages(document, first, top)
        keys = zip(document.annotation_keys, tree.annotations, strict=True)
        self._parents += [(key, b"%d 0 R" % (first + element)) for key, element in keys]
        self._names += [(name, first + element) for name, element in tree.identifiers]
        kids = [*before, *(first + kid for kid in tree.kids), *after]
        spoken = tree.language or part.language
        self._put(top, _part(kids, above, part.part.title, None if self._is_ours(spoken) else spoken))
        return top

    def _write_pages(self, document: _Grafted, first: int, top: int) -> tuple[list[int], list[int]]:
        """Write what marked content belongs to; gives the elements that packgen adds before and behind the others."""
        before: list[int] = []
        after: list[int] = []
        tagged = (page for page in document.part.pages if "/StructParents" in page.page)
        for joined, page in zip(tagged, document.pages, strict=True):
            elements = [first + element for element in page.elements]
            if page.added:
                spoken = document.tree.language or document.part.language
                lang = b"" if self._is_ours(spoken) else b"/Lang %s " % self._language
                number = self._add(
                    b"<< /K %d %s/P %d 0 R /Pg %d 0 R /S /P /Type /StructElem >>"
                    % (len(elements), lang, top, self._pages[joined.planned.page_index])
                )
                elements.append(number)
                (before if page.added == _MARKING else after).append(number)
            self._parents.append((page.key, b"%d 0 R" % self._add(b"[ %s ]" % _references(elements))))
        return before, after

    def _is_ours(self, language: str | None) -> bool:
        return language is None or String(language).unparse() == self._language

    def _reserve(self) -> int:
        return self._add(b"null")

    def _add(self, text: bytes) -> int:
        self.objects.append(text)
        return self.size + len(self.objects) - 1

    def _put(self, number: int, text: bytes) -> None:
        self.objects[number - self.size] = text


def _listed(entries: Sequence[tuple[bytes, bytes]]) -> bytes:
    return b" ".join([b"%s %s" % entry for entry in entries])


def _part(kids: Sequence[int], above: int, title: str, language: str | None = None) -> bytes:
    spoken = b"/Lang %s " % String(language).unparse() if language is not None else b""
    return b"<< /K [ %s ] %s/P %d 0 R /S /Part /T %s /Type /StructElem >>" % (
        _references(kids), spoken, above, String(title).unparse(),
    )  # fmt: skip


def _references(numbers: Sequence[int]) -> bytes:
    return b" ".join([b"%d 0 R" % number for number in numbers])
