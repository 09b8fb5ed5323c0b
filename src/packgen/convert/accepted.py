"""A Word file as it reads once its comments are deleted and its tracked changes accepted.

Takes a DOCX of an author whose marks of review the officer has looked at; gives another without them, which Word would
show the same as this one with "No Markup". Never decides whether that is wanted.
"""

from __future__ import annotations

from packgen.convert.office.prepared import packed, serialised
from packgen.convert.read.ooxml import Element, first, local_name, w
from packgen.convert.read.package import DocxPackage, open_package

_STORIES = frozenset(("header", "footer", "footnotes", "endnotes"))
_COMMENTS = frozenset(("comments", "commentsExtended", "commentsIds", "commentsExtensible", "people"))
_COMMENT_MARKS = frozenset(("commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef"))
_RANGES = frozenset(
    f"{kind}Range{end}"
    for kind in ("moveFrom", "moveTo", "customXmlIns", "customXmlDel", "customXmlMoveFrom", "customXmlMoveTo")
    for end in ("Start", "End")
)
_FORMER = frozenset(
    ("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblGridChange", "trPrChange", "tcPrChange",
     "tblPrExChange", "numberingChange")
)  # fmt: skip
"""What something looked like before (ISO/IEC 29500-1, 17.13.5)."""
_ADDED = frozenset(("ins", "moveTo"))
_GONE = frozenset(("del", "moveFrom"))
_MARKS_BETWEEN = frozenset(
    ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "permStart", "permEnd", "proofErr")
)
"""What may stand between paragraphs without being one."""
_MARK_HOLDERS = frozenset(("rPr", "trPr"))
"""Where a tracked change is a property: of the mark that ends a paragraph, or of a row."""


def accepted(docx: bytes, name: str, *, comments: bool, changes: bool) -> bytes:
    """The file without its comments, with its changes accepted, or both. Cells that were split or joined stay tracked.

    Raises:
        ConversionError: it is damaged, or no Word file.
    """
    package = open_package(docx, name)
    parts = dict(package.parts)
    for part in stories_of(package):
        root = package.xml(part)
        if comments:
            _drop(root, _COMMENT_MARKS)
        if changes:
            _drop(root, _RANGES | _FORMER)
            _accept(root)
        parts[part] = serialised(root)
    if comments:
        for told in package.relationships(package.main_part).values():
            if told.kind in _COMMENTS and not told.external:
                parts.pop(told.target, None)
    return packed(parts)


def stories_of(package: DocxPackage) -> list[str]:
    """The parts whose text is printed, the main one first."""
    related = package.relationships(package.main_part).values()
    others = {each.target for each in related if each.kind in _STORIES and each.target in package.parts}
    return [package.main_part, *sorted(others)]


def _drop(root: Element, locals_: frozenset[str]) -> None:
    for element in _named(root, locals_):
        element.getparent().remove(element)


def _accept(root: Element) -> None:
    for element in _named(root, _GONE):
        holder = element.getparent()
        if holder is None or local_name(holder) not in _MARK_HOLDERS:
            _remove(element)
    for element in _named(root, _GONE):
        holder = element.getparent()
        holder.remove(element)
        if local_name(holder) == "trPr":
            _remove_row(holder.getparent())
        else:
            _join_with_next(holder.getparent().getparent())
    for element in _named(root, _ADDED):
        holder = element.getparent()
        at = holder.index(element)
        holder[at : at + 1] = [] if local_name(holder) in _MARK_HOLDERS else list(element)


def _named(root: Element, locals_: frozenset[str]) -> list[Element]:
    return [each for local in locals_ for each in root.iter(w(local))]


def _remove(element: Element) -> None:
    if element.getparent() is not None:
        element.getparent().remove(element)


def _remove_row(row: Element) -> None:
    """Take a row out of its table, and the table with its last row."""
    table = row.getparent()
    _remove(row)
    if table is not None and next(table.iter(w("tr")), None) is None:
        _remove(table)


def _join_with_next(paragraph: Element) -> None:
    """A paragraph whose end was deleted is the beginning of the next, and looks as that does.

    Before a table there is none: what is left of it stays, unless nothing is.
    """
    following = paragraph.getnext()
    while following is not None and local_name(following) in _MARKS_BETWEEN:
        following = following.getnext()
    if following is None or following.tag != w("p"):
        if following is not None and not any(each.tag != w("pPr") for each in paragraph):
            _remove(paragraph)
        return
    at = 0 if first(following, "pPr") is None else 1
    following[at:at] = [each for each in paragraph if each.tag != w("pPr")]
    _remove(paragraph)
