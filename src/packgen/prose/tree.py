"""What prose can hold: paragraphs, lists, tables, figures, quotations, headings and what stands inside a line.

Takes and gives nothing; these are frozen values without behaviour. Every block knows the line of its file on
which it begins, counted from 1, so that a problem can point at it. HTML is never among them: it is text as typed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from packgen.errors import Severity

Alignment = Literal["left", "centre", "right"] | None
ListKind = Literal["bullet", "decimal", "lower-alpha", "lower-roman"]

# --- Inside a line ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Text:
    """Words without marks."""

    text: str


@dataclass(frozen=True)
class Strong:
    """Bold words."""

    inlines: tuple[Inline, ...]


@dataclass(frozen=True)
class Emphasis:
    """Words in italics."""

    inlines: tuple[Inline, ...]


@dataclass(frozen=True)
class Code:
    """Words set as they were typed, between backticks."""

    text: str


@dataclass(frozen=True)
class Link:
    """`target` is as the author wrote it; `title` is shown when the pointer rests on the link."""

    inlines: tuple[Inline, ...]
    target: str
    title: str | None = None


@dataclass(frozen=True)
class LineBreak:
    """A new line that the author forced."""


@dataclass(frozen=True)
class InlinePicture:
    """A picture among words. `path` is relative to the pack's folder; `title` is the caption of one that is alone."""

    path: str
    alt: str
    line: int
    title: str | None = None


@dataclass(frozen=True)
class FootnoteReference:
    """The mark of a footnote, with the footnote itself. `label` is None for a footnote written in place."""

    label: str | None
    blocks: tuple[Block, ...]


Inline = Text | Strong | Emphasis | Code | Link | LineBreak | InlinePicture | FootnoteReference

# --- Blocks -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Paragraph:
    """Sentences; `line` is that of the first."""

    inlines: tuple[Inline, ...]
    line: int


@dataclass(frozen=True)
class Heading:
    """`level` counts the author's `#` signs, from 1."""

    level: int
    inlines: tuple[Inline, ...]
    line: int


@dataclass(frozen=True)
class ListItem:
    """What stands behind one marker of a list."""

    blocks: tuple[Block, ...]
    line: int


@dataclass(frozen=True)
class ListBlock:
    """`start` is the number of the first item: 3 for a list that begins with `c.`."""

    kind: ListKind
    start: int
    items: tuple[ListItem, ...]
    line: int


@dataclass(frozen=True)
class TableCell:
    """One cell, which holds one line."""

    inlines: tuple[Inline, ...]


@dataclass(frozen=True)
class Table:
    """Every row has as many cells as the header. `source` says where the figures come from."""

    header: tuple[TableCell, ...]
    rows: tuple[tuple[TableCell, ...], ...]
    alignment: tuple[Alignment, ...]
    line: int
    caption: tuple[Inline, ...] = ()
    source: tuple[Inline, ...] = ()


@dataclass(frozen=True)
class Figure:
    """A picture that stands by itself. `path` is relative to the pack's folder."""

    path: str
    alt: str
    line: int
    caption: tuple[Inline, ...] = ()
    source: tuple[Inline, ...] = ()


@dataclass(frozen=True)
class Quotation:
    """Blocks in somebody else's words."""

    blocks: tuple[Block, ...]
    line: int


@dataclass(frozen=True)
class ThematicBreak:
    """A rule across the page."""

    line: int


Block = Paragraph | Heading | ListBlock | Table | Figure | Quotation | ThematicBreak

# --- The whole --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Remark:
    """Something that only the source shows, such as a footnote that nothing refers to."""

    line: int
    code: str
    message: str
    hint: str
    severity: Severity = "error"


@dataclass(frozen=True)
class Prose:
    """`file` is the file it was read from, if known; `first_line` the line of that file where it begins."""

    blocks: tuple[Block, ...]
    file: str | None = None
    first_line: int = 1
    remarks: tuple[Remark, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is in it."""
        return bool(self.blocks)
