"""What is wrong in prose, as problems that an officer can mend.

Takes `Prose` and what is allowed where it stands; gives problems in the order of their lines. Opens no picture: it
asks whether the file is there, inside the pack, and named as a PNG or JPEG, and leaves what is in it to whoever asks.
Never changes anything.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from packgen.errors import Problem
from packgen.prose.tree import (
    Block,
    Emphasis,
    Figure,
    FootnoteReference,
    Heading,
    Inline,
    InlinePicture,
    Link,
    ListBlock,
    Paragraph,
    Prose,
    Quotation,
    Remark,
    Strong,
    Table,
)
from packgen.prose.words import inline_text

DEEPEST_LIST = 3
ITEM_LINK = "packgen:item/"
LINK_SCHEMES = ("https://", "http://", "mailto:", "tel:", ITEM_LINK)
PICTURE_SUFFIXES = (".png", ".jpg", ".jpeg")
PICTURE_HINT = "open it in a picture program, and save it as PNG (charts, drawings) or JPEG (photographs)"


class Fault(Struct, frozen=True):
    """Why a picture cannot be shown, as the rest of a sentence about it, and what to do."""

    what: str
    hint: str


LookAtPicture = Callable[[Path], Fault | None]


def check_prose(
    prose: Prose,
    *,
    folder: Path | None = None,
    look_at: LookAtPicture | None = None,
    headings: bool = True,
    pointer: str | None = None,
    items: Collection[str] | None = None,
) -> list[Problem]:
    """Look for what a reader, a screen reader or Word could not use.

    Args:
        prose: what `parse_prose` gave.
        folder: the pack's folder, in which pictures are looked for; without it they are not.
        look_at: finds what is wrong with the file of a picture that is there; without it pictures are not opened.
        headings: whether headings may stand here.
        pointer: the JSONPath of the text if it stands in a JSON string. All of it is then on `first_line`, and the
            line within the text is named in the message instead.
        items: the numbers of the items that have pages, to which links such as `packgen:item/4` may lead; without
            them such links are not looked at.
    """
    return located(prose, [*prose.remarks, *_Check(folder, look_at, headings, items).blocks(prose.blocks)], pointer)


def located(prose: Prose, remarks: Iterable[Remark], pointer: str | None = None) -> list[Problem]:
    """Remarks on prose as problems, in the order of its lines; `pointer` as for `check_prose`."""
    problems = []
    for remark in sorted(remarks, key=lambda remark: remark.line):
        message, line = remark.message, remark.line
        if pointer is not None and line > prose.first_line:
            message += f" (line {line - prose.first_line + 1} of the text)"
            line = prose.first_line
        problems.append(
            Problem(
                code=remark.code,
                message=message,
                file=prose.file,
                line=line,
                pointer=pointer,
                hint=remark.hint,
                severity=remark.severity,
            )
        )
    return problems


class _Check:
    def __init__(
        self, folder: Path | None, look_at: LookAtPicture | None, headings: bool, items: Collection[str] | None
    ) -> None:
        self._folder = folder
        self._look_at = look_at
        self._headings = headings
        self._items = items
        self._level = 0

    def blocks(self, blocks: Sequence[Block], depth: int = 0) -> Iterator[Remark]:
        """Look at blocks that stand `depth` lists deep."""
        for block in blocks:
            match block:
                case Paragraph():
                    yield from self._inlines(block.inlines, block.line)
                case Heading():
                    yield from self._heading(block, depth)
                    yield from self._inlines(block.inlines, block.line)
                case ListBlock():
                    yield from self._list(block, depth + 1)
                case Table():
                    yield from self._table(block)
                case Figure():
                    yield from self._picture(block.path, block.alt, block.line)
                    yield from self._inlines((*block.caption, *block.source), block.line)
                case Quotation():
                    yield from self.blocks(block.blocks, depth)

    def _heading(self, heading: Heading, depth: int) -> Iterator[Remark]:
        if not self._headings or depth:
            message = f"a heading cannot stand here: {inline_text(heading.inlines)}"
            yield Remark(heading.line, "prose.heading", message, "use **bold** for a few words, or a paragraph")
        elif not inline_text(heading.inlines).strip():
            yield Remark(
                heading.line, "prose.heading", "a heading has no words", "write some after the #, or delete it"
            )
        elif self._level and heading.level > self._level + 1:
            message = f"a heading of level {heading.level} follows one of level {self._level}: a level is missing"
            hint = f"begin it with {'#' * (self._level + 1)}; people who listen would look for the level in between"
            yield Remark(heading.line, "access.heading-level", message, hint, severity="warning")
        self._level = heading.level

    def _list(self, block: ListBlock, depth: int) -> Iterator[Remark]:
        if depth == DEEPEST_LIST + 1:
            message = f"lists can stand in lists, {DEEPEST_LIST} deep at most; this one is deeper"
            yield Remark(block.line, "prose.list-depth", message, "make it a list of its own, or a paragraph")
        for item in block.items:
            yield from self.blocks(item.blocks, depth)

    def _table(self, table: Table) -> Iterator[Remark]:
        if not any(inline_text(cell.inlines).strip() for cell in table.header):
            hint = "say in each heading what is in its column; screen readers read it with every cell"
            yield Remark(table.line, "prose.table-heading", "the headings of this table are all empty", hint)
        yield from self._inlines((*table.caption, *table.source), table.line)
        for row in (table.header, *table.rows):
            for cell in row:
                yield from self._inlines(cell.inlines, table.line)

    def _inlines(self, inlines: Sequence[Inline], line: int) -> Iterator[Remark]:
        for inline in inlines:
            match inline:
                case Strong() | Emphasis():
                    yield from self._inlines(inline.inlines, line)
                case Link():
                    yield from _link(inline, line, self._items)
                    yield from self._inlines(inline.inlines, line)
                case InlinePicture():
                    yield from self._picture(inline.path, inline.alt, inline.line)
                case FootnoteReference():
                    yield from self._footnote(inline, line)

    def _footnote(self, footnote: FootnoteReference, line: int) -> Iterator[Remark]:
        name = f"[^{footnote.label}]" if footnote.label else "written in this line"
        if not footnote.blocks:
            yield Remark(line, "prose.footnote-empty", f"the footnote {name} has no words", "write it, or delete it")
        if any(not isinstance(block, Paragraph) for block in footnote.blocks):
            message = f"the footnote {name} holds more than paragraphs"
            yield Remark(line, "prose.footnote-content", message, "put lists, tables and pictures into the text itself")
        yield from self.blocks(footnote.blocks)

    def _picture(self, path: str, alt: str, line: int) -> Iterator[Remark]:
        if not alt.strip():
            hint = f"write between the brackets what it shows: ![...]({path})"
            yield Remark(line, "prose.picture-alt", f"the picture {path} has no alternative text", hint)
        if "://" in path or path.startswith(("//", "data:")):
            message = f"the picture {path} is not in the pack"
            yield Remark(line, "prose.picture-remote", message, "save it in the pack's folder and name it from there")
        elif not path.lower().endswith(PICTURE_SUFFIXES):
            yield Remark(line, "prose.picture-type", f"the picture {path} is neither PNG nor JPEG", PICTURE_HINT)
        elif self._folder is not None:
            yield from _picture_file(self._folder, path, line, self._look_at)


def _picture_file(folder: Path, path: str, line: int, look_at: LookAtPicture | None) -> Iterator[Remark]:
    root = folder.resolve()
    picture = (root / path).resolve()
    if not picture.is_relative_to(root):
        message = f"the picture {path} is outside the pack's folder"
        yield Remark(line, "prose.picture-outside", message, "copy it into the pack's folder")
    elif not picture.is_file():
        place = picture.parent.relative_to(root.parent).as_posix()
        hint = f"put it into {place}, or mend its name (capital letters count)"
        yield Remark(line, "prose.picture-missing", f"there is no picture {path}", hint)
    elif look_at is not None and (fault := look_at(picture)) is not None:
        yield Remark(line, "prose.picture-unusable", f"the picture {path} {fault.what}", fault.hint)


def _link(link: Link, line: int, items: Collection[str] | None) -> Iterator[Remark]:
    if link.target.startswith(ITEM_LINK) and items is not None and link.target.removeprefix(ITEM_LINK) not in items:
        hint = f"items with papers are: {', '.join(items)}" if items else "no item of this pack has papers"
        yield Remark(line, "prose.link-item", f"the link to {link.target} leads to no item that has pages", hint)
    if not link.target.lower().startswith(LINK_SCHEMES):
        hint = "write the whole address, beginning with https:// or mailto:"
        yield Remark(line, "prose.link-target", f"the link to {link.target} leads nowhere from a PDF", hint)
    if not inline_text(link.inlines).strip():
        hint = "write between the brackets where it leads: [...](address)"
        yield Remark(line, "prose.link-words", f"the link to {link.target} has no words", hint)
