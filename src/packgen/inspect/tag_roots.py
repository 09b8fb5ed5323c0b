"""Where the tags of a finished PDF begin, and how its pages lead to them.

Takes the finished file; gives the element at the top, the tree of parents, and the keys of pages and annotations. Reads
texts as far as they are plain, else asks pikepdf. Never goes through elements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pikepdf import Array, Dictionary, Object

from packgen.inspect.finished_file import FinishedFile, ObjectName, entries_of, items_of, name_of
from packgen.inspect.settled import LookAgainError

_PAIRS = re.compile(rb"\[(?: \d+ \d+ 0 R)* \]")
_PAIR = re.compile(rb"(\d+) (\d+) 0 R")
_REFERENCE = re.compile(rb"(\d+) 0 R")
_KIDS = re.compile(rb"\[(?: \d+ 0 R)* \]")
_DEEPEST = 4
"""Levels of a tree of numbers; packgen writes three at most."""
_NUMBER = re.compile(rb"\d{1,9}")


class PageKeys(NamedTuple):
    """A page with its key in the tree of parents, and its annotations with theirs; None for those without.

    Of a page that is `settled` neither is told: the document that it belongs to was looked at before.
    """

    page: ObjectName
    key: object
    annotations: list[tuple[ObjectName, object]]
    settled: bool = False


class TagRoots(NamedTuple):
    """The top element, which is None if there is none; the entries of the tree of parents by key; the pages."""

    top: ObjectName | Object | None
    parents: dict[object, ObjectName | Object]
    pages: list[PageKeys]


class _NotPlainError(Exception):
    """Something that must be asked of pikepdf."""


def tag_roots(file: FinishedFile) -> TagRoots | None:
    """Where the tags of a file begin; None if it has no tags.

    Raises:
        LookAgainError: they cannot be read from their text, which is all that is read of a file with settled documents.
    """
    try:
        return _written(file)
    except _NotPlainError:
        if file.settled:
            raise LookAgainError from None
        return _asked(file)


def _written(file: FinishedFile) -> TagRoots:
    root = _entries(file, _referred(_entries(file, file.root), b"/StructTreeRoot"))
    parents: dict[object, ObjectName | Object] = {}
    leaves = {b"%d" % (span.first + 2) for span, _ in file.documents.settled()}
    for numbers in _written_numbers(file, _referred(root, b"/ParentTree"), _DEEPEST, leaves):
        if not _PAIRS.fullmatch(numbers):
            raise _NotPlainError
        parents.update((int(key), name) for key, name in _PAIR.findall(numbers))
    if leaves:
        raise _NotPlainError  # the tree does not lead to a settled document
    keys = [
        PageKeys(page, None, [], settled=True) if page in file.settled_pages else _keys_of_page(file, page)
        for page in file.pages
    ]
    return TagRoots(_referred(root, b"/K"), parents, keys)


def _written_numbers(file: FinishedFile, node: ObjectName, levels: int, leaves: set[ObjectName]) -> Iterator[bytes]:
    """The arrays of a tree of numbers, whose nodes stand at most so many `levels` deep; those of settled documents are
    only taken out of those that must be there.
    """
    if node in leaves:
        leaves.discard(node)
        return
    entries = _entries(file, node)
    kids = entries.get(b"/Kids")
    if kids is None:
        yield entries.get(b"/Nums", b"")
        return
    if levels == 0 or not _KIDS.fullmatch(kids):
        raise _NotPlainError
    for kid in _REFERENCE.findall(kids):
        yield from _written_numbers(file, kid, levels - 1, leaves)


def _keys_of_page(file: FinishedFile, page: ObjectName) -> PageKeys:
    entries = _entries(file, page)
    annotations = entries.get(b"/Annots", b"[ ]")
    listed = _REFERENCE.findall(annotations)
    if not annotations.startswith(b"[") or len(listed) != len(items_of(annotations)):
        raise _NotPlainError
    return PageKeys(
        page, _number(entries, b"/StructParents"),
        [(each, _number(_entries(file, each), b"/StructParent")) for each in listed],
    )  # fmt: skip


def _entries(file: FinishedFile, name: ObjectName) -> dict[bytes, bytes]:
    entries = entries_of(file.texts.get(name, b""))
    if entries is None:
        raise _NotPlainError
    return entries


def _referred(entries: dict[bytes, bytes], key: bytes) -> ObjectName:
    found = _REFERENCE.fullmatch(entries.get(key, b""))
    if found is None:
        raise _NotPlainError
    return found[1]


def _number(entries: dict[bytes, bytes], key: bytes) -> int | None:
    value = entries.get(key)
    if value is not None and not _NUMBER.fullmatch(value):
        raise _NotPlainError
    return None if value is None else int(value)


def _asked(file: FinishedFile) -> TagRoots | None:
    root = file.pdf.Root.get("/StructTreeRoot")
    if not isinstance(root, Dictionary):
        return None
    top = root.get("/K")
    pages = [
        PageKeys(
            name_of(page.obj), page.obj.get("/StructParents"),
            [(name_of(each), each.get("/StructParent")) for each in page.obj.get("/Annots", Array()).as_list()],
        )
        for page in file.pdf.pages
    ]  # fmt: skip
    return TagRoots(top if isinstance(top, Dictionary) else None, dict(_number_tree(root.ParentTree)), pages)


def _number_tree(tree: Object) -> Iterator[tuple[object, ObjectName | Object]]:
    """Keys and values of a tree of numbers (ISO 32000-1, 7.9.7), the values by name as far as they have one."""
    for node in tree.get("/Kids", Array()).as_list():
        yield from _number_tree(node)
    numbers = tree.get("/Nums", Array())
    text = numbers.unparse(resolved=True)
    if _PAIRS.fullmatch(text):
        for key, name in _PAIR.findall(text):
            yield int(key), name
        return
    listed = numbers.as_list()
    for key, value in zip(listed[::2], listed[1::2], strict=True):
        yield key, name_of(value) or value
