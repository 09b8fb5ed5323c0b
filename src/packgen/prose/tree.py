"""What prose can hold: paragraphs, lists, tables, figures, quotations, headings and what stands inside a line.

Takes and gives nothing; these are frozen values without behaviour. Every block knows the line of its file on
which it begins, counted from 1, so that a problem can point at it. HTML is never among them: it is text as typed.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from packgen.errors import Severity

Alignment = Literal["left", "centre", "right"] | None
ListKind = Literal["bullet", "decimal", "lower-alpha", "lower-roman"]

# --- Inside a line ----------------------------------------------------------------------------------


class Text(Struct, frozen=True):
    """Words without marks."""

    text: str


class Strong(Struct, frozen=True):
    """Bold words."""

    inlines: tuple[Inline, ...]


class Emphasis(Struct, frozen=True):
    """Words in italics."""

    inlines: tuple[Inline, ...]


class Code(Struct, frozen=True):
    """Words set as they were typed, between backticks."""

    text: str


class Link(Struct, frozen=True):
    """`target` is as the author wrote it; `title` is shown when the pointer rests on the link."""

    inlines: tuple[Inline, ...]
    target: str
    title: str | None = None


class LineBreak(Struct, frozen=True):
    """A new line that the author forced."""


class InlinePicture(Struct, frozen=True):
    """A picture among words. `path` is relative to the pack's folder; `title` is the caption of one that is alone."""

    path: str
    alt: str
    line: int
    title: str | None = None


class FootnoteReference(Struct, frozen=True):
    """The mark of a footnote, with the footnote itself. `label` is None for a footnote written in place."""

    label: str | None
    blocks: tuple[Block, ...]


Inline = Text | Strong | Emphasis | Code | Link | LineBreak | InlinePicture | FootnoteReference

# --- Blocks -----------------------------------------------------------------------------------------


class Paragraph(Struct, frozen=True):
    """Sentences; `line` is that of the first."""

    inlines: tuple[Inline, ...]
    line: int


class Heading(Struct, frozen=True):
    """`level` counts the author's `#` signs, from 1."""

    level: int
    inlines: tuple[Inline, ...]
    line: int


class ListItem(Struct, frozen=True):
    """What stands behind one marker of a list."""

    blocks: tuple[Block, ...]
    line: int


class ListBlock(Struct, frozen=True):
    """`start` is the number of the first item: 3 for a list that begins with `c.`."""

    kind: ListKind
    start: int
    items: tuple[ListItem, ...]
    line: int


class TableCell(Struct, frozen=True):
    """One cell, which holds one line."""

    inlines: tuple[Inline, ...]


class Table(Struct, frozen=True):
    """Every row has as many cells as the header. `source` says where the figures come from."""

    header: tuple[TableCell, ...]
    rows: tuple[tuple[TableCell, ...], ...]
    alignment: tuple[Alignment, ...]
    line: int
    caption: tuple[Inline, ...] = ()
    source: tuple[Inline, ...] = ()


class Figure(Struct, frozen=True):
    """A picture that stands by itself. `path` is relative to the pack's folder."""

    path: str
    alt: str
    line: int
    caption: tuple[Inline, ...] = ()
    source: tuple[Inline, ...] = ()


class Quotation(Struct, frozen=True):
    """Blocks in somebody else's words."""

    blocks: tuple[Block, ...]
    line: int


class ThematicBreak(Struct, frozen=True):
    """A rule across the page."""

    line: int


Block = Paragraph | Heading | ListBlock | Table | Figure | Quotation | ThematicBreak

# --- The whole --------------------------------------------------------------------------------------


class Remark(Struct, frozen=True):
    """Something that only the source shows, such as a footnote that nothing refers to."""

    line: int
    code: str
    message: str
    hint: str
    severity: Severity = "error"


class Prose(Struct, frozen=True):
    """`file` is the file it was read from, if known; `first_line` the line of that file where it begins."""

    blocks: tuple[Block, ...]
    file: str | None = None
    first_line: int = 1
    remarks: tuple[Remark, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is in it."""
        return bool(self.blocks)
