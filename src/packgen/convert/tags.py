"""Lists, endnotes and names in the structure tree of a drawn PDF.

Takes a PDF in which the label of each list item is tagged `Strong`, a paragraph that goes on with an item `Em`, and an
endnote `BlockQuote`, with what the writer knows of each; gives the same PDF with L, LI, Lbl and LBody
(ISO 32000-1, 14.8.4.3.3), and Note, and with IDs that no other document has. Never touches what is drawn.

Lists are not drawn as Typst's own because those are tables to it: notes and lines at page ends would not move as in
Word.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from packgen.convert.tag_names import name_apart
from packgen.convert.write.source import ListMark

_KEY_LENGTH = 8
# Asked for every element of a document, where making a name anew takes longer than what is done with it.
_ELEMENT, _SPAN, _LABEL, _BODY, _ITEM, _LIST = (
    Name.StructElem, Name.Span, Name.Lbl, Name.LBody, Name.LI, Name.L
)  # fmt: skip
_ITEM_MARK, _FURTHER_MARK = "/Strong", "/Em"
# Elements in which no paragraph of a list stands.
_WITHOUT_LISTS = frozenset(("/Span", "/Link", "/Figure", "/H1", "/H2", "/H3"))


class UnmatchedMarks(Exception):  # noqa: N818  # says what happened, which is a fault of what wrote the marks
    """The marks in the PDF are not those that were written."""


def with_structure(pdf: bytes, marks: Sequence[ListMark], endnotes: int) -> bytes:
    """`pdf` with its list items gathered into lists, its `endnotes` told as notes, and IDs of its own.

    Raises:
        UnmatchedMarks: if the PDF does not hold exactly the paragraphs that `marks` tells of.
    """
    with _opened(pdf) as document:
        rest = iter(marks)
        _gather(document, document.Root.StructTreeRoot, rest)
        if next(rest, None) is not None:
            raise UnmatchedMarks
        if endnotes:
            _tell_endnotes(document.Root.StructTreeRoot)
        name_apart(document, hashlib.sha256(pdf).hexdigest()[:_KEY_LENGTH].encode("ascii") + b"-")
        target = BytesIO()
        document.save(
            target,
            deterministic_id=True,
            compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return target.getvalue()


@contextmanager
def _opened(pdf: bytes) -> Iterator[pikepdf.Pdf]:
    """An open PDF, from a file: qpdf asks for each object by itself, and for bytes in Python it has to ask Python."""
    with TemporaryDirectory(prefix="packgen-", ignore_cleanup_errors=True) as folder:
        file = Path(folder) / "drawn.pdf"
        file.write_bytes(pdf)
        with pikepdf.open(file) as document:
            yield document


class _Lists:
    """The lists that are open while the children of one element are gone through."""

    def __init__(self, document: pikepdf.Pdf, parent: Any) -> None:
        self._document = document
        self._parent = parent
        self._open: list[tuple[Any, Any]] = []

    def close(self) -> None:
        self._open.clear()

    def add(self, paragraph: Any, label: Any, mark: ListMark) -> Any | None:
        """Put `paragraph` where `mark` says; a new outermost list is returned for the parent to hold."""
        del self._open[mark.depth + 1 :]
        opened = None
        if mark.item:
            if mark.opens or len(self._open) <= mark.depth:
                opened = self._new_list(mark)
            self._new_item(paragraph, label)
            return opened
        label.S = _SPAN
        if not self._open:
            return paragraph
        body = self._open[-1][1]
        paragraph.P = body
        body.K.append(paragraph)
        return None

    def _new_list(self, mark: ListMark) -> Any | None:
        outer = self._open[mark.depth - 1][1] if 0 < mark.depth <= len(self._open) else None
        del self._open[mark.depth :]
        kind = Name.Disc if mark.bullet else Name.Decimal
        made = self._element(_LIST, outer if outer is not None else self._parent)
        made.A = Dictionary(O=Name.List, ListNumbering=kind)
        self._open.append((made, None))
        if outer is None:
            return made
        outer.K.append(made)
        return None

    def _new_item(self, paragraph: Any, label: Any) -> None:
        made = self._open[-1][0]
        item = self._element(_ITEM, made)
        body = self._element(_BODY, item)
        kids = paragraph.K
        del kids[0]
        paragraph.P = body
        label.S = _LABEL
        label.P = item
        item.K = Array((label, body))
        if len(kids):
            body.K.append(paragraph)
        made.K.append(item)
        self._open[-1] = (made, body)

    def _element(self, kind: Any, parent: Any) -> Any:
        return self._document.make_indirect(Dictionary(Type=_ELEMENT, S=kind, P=parent, K=Array()))


def _gather(document: pikepdf.Pdf, element: Any, marks: Iterator[ListMark]) -> None:
    """Go through the children of `element`, and theirs, in order."""
    kids = element.get("/K")
    if kids is None or isinstance(kids, int):
        return
    children = kids.as_list() if isinstance(kids, Array) else [kids]
    lists = _Lists(document, element)
    kept: list[Any] = []
    changed = False
    for child in children:
        kind = "" if isinstance(child, int) else str(child.get("/S", ""))
        if not kind:
            kept.append(child)
            continue
        marked = _mark_of(child) if kind == "/P" else None
        if marked is None:
            lists.close()
            kept.append(child)
        else:
            mark_element, mark_kind = marked
            mark = next(marks, None)
            if mark is None or mark.item != (mark_kind == _ITEM_MARK):
                raise UnmatchedMarks
            made = lists.add(child, mark_element, mark)
            changed = True
            if made is not None:
                kept.append(made)
        if kind not in _WITHOUT_LISTS:
            _gather(document, child, marks)
    if changed:
        element.K = Array(kept)


def _tell_endnotes(root: Any) -> None:
    """Make notes of the endnotes, each with a name of its own, as PDF/UA-1 asks (7.9)."""
    body = root.K[0] if isinstance(root.K, Array) else root.K
    if "/IDTree" not in root:
        root.IDTree = Dictionary(Names=Array())
    names = pikepdf.NameTree(root.IDTree)
    kids = body.K if isinstance(body.K, Array) else [body.K]
    quoted = [kid for kid in kids if not isinstance(kid, int) and kid.get("/S") == Name.BlockQuote]
    for number, element in enumerate(quoted, 1):
        element.S = Name.Note
        element.ID = pikepdf.String(f"Endnote {number}")
        names[f"Endnote {number}"] = element


def _mark_of(paragraph: Any) -> tuple[Any, str] | None:
    """The mark that opens a paragraph, with its kind, or None."""
    kids = paragraph.get("/K")
    if isinstance(kids, int):
        return None
    if not isinstance(kids, Array):
        if kids is None:
            return None
        paragraph.K = kids = Array([kids])
    first = kids[0] if len(kids) else None
    if first is None or isinstance(first, int):
        return None
    kind = str(first.get("/S", ""))
    return (first, kind) if kind in (_ITEM_MARK, _FURTHER_MARK) else None
