"""A Word document as values: every style, number and measure resolved, nothing left to look up.

The reader gives these and the writer takes them. They hold no XML and no Typst, know nothing of files, and
never change. Lengths are points, colours are `#rrggbb`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from msgspec import Struct, field

from packgen.convert.formats import Border, Edges, Label, ParagraphFormat, RunFormat
from packgen.convert.paper import Columns, PageSetup
from packgen.convert.stand_ins import FontFacts

SectionStart = Literal["page", "continuous", "odd", "even", "column"]
NoteKind = Literal["footnote", "endnote"]
PageKind = Literal["default", "first", "even"]


ROUND = 1 / 6
"""The radius of a rounded box's corners as a part of its shorter side."""


# --- Inside a paragraph -----------------------------------------------------------------------------


class Text(Struct, frozen=True):
    text: str
    format: RunFormat


class Tab(Struct, frozen=True):
    format: RunFormat


class Break(Struct, frozen=True):
    kind: Literal["line", "page", "column"]


class PageField(Struct, frozen=True):
    """A number that only the page knows: its own or how many there are."""

    kind: Literal["page", "pages"]
    format: RunFormat
    number_format: str = ""


class Bookmark(Struct, frozen=True):
    name: str


class NoteMark(Struct, frozen=True):
    """The raised number in the text that stands for a footnote or endnote. `custom` is a mark typed by the author."""

    kind: NoteKind
    note_id: str
    format: RunFormat
    custom: str = ""


class NoteNumber(Struct, frozen=True):
    """The place inside a note where its own number stands."""

    format: RunFormat


class Link(Struct, frozen=True):
    """Text that leads somewhere: a URI, or the name of a bookmark in the same document."""

    content: tuple[Inline, ...]
    uri: str = ""
    anchor: str = ""


class Offset(Struct, frozen=True):
    """Where a floating object stands: from the page, the margin, the column or the paragraph."""

    relative_to: Literal["page", "margin", "text"] = "text"
    distance: float = 0.0
    align: Literal["", "start", "centre", "end"] = ""


class Anchor(Struct, frozen=True):
    """How a floating object meets the text: over or under it, with the text above and below it, or beside it."""

    horizontal: Offset
    vertical: Offset
    wrap: Literal["none", "block", "side"]
    behind: bool = False
    space_above: float = 0.0
    space_below: float = 0.0


class Picture(Struct, frozen=True):
    """A picture. `crop` is what is cut off left, top, right, bottom, as parts of the whole; `data` names a file.

    `overhang` is how far it reaches out of its frame at the top, right, bottom and left, turned as it is.
    """

    data: str
    width: float
    height: float
    alt: str
    decorative: bool = False
    crop: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    rotation: float = 0.0
    border: Border | None = None
    anchor: Anchor | None = None
    overhang: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)


class TextBox(Struct, frozen=True):
    """A box of its own with paragraphs in it. Without `anchor` it stands in the line.

    `vertical` says where text stands that does not fill it; `rounded` that its corners are; `overhang` how far its
    outline and effects reach out of its frame at the top, right, bottom and left.
    """

    blocks: tuple[Block, ...]
    width: float
    height: float
    insets: tuple[float, float, float, float]
    grows: bool
    fill: str = ""
    border: Border | None = None
    anchor: Anchor | None = None
    vertical: Literal["top", "centre", "bottom"] = "top"
    rounded: bool = False
    overhang: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)


Inline = Text | Tab | Break | PageField | Bookmark | NoteMark | NoteNumber | Link | Picture | TextBox


# --- Blocks -----------------------------------------------------------------------------------------


class Paragraph(Struct, frozen=True):
    """`place` says where it stands in the Word file; an empty one is as tall as `mark`, the format of its end."""

    content: tuple[Inline, ...]
    format: ParagraphFormat
    mark: RunFormat
    style: str
    place: str
    label: Label | None = None

    @property
    def text(self) -> str:
        return plain_text(self.content)

    @property
    def pointer(self) -> str:
        """The place with the first words, as problems show it."""
        words = " ".join(self.text.split())
        if not words:
            return self.place
        return f'{self.place}: "{words[:47].rstrip()}..."' if len(words) > 50 else f'{self.place}: "{words}"'


class Cell(Struct, frozen=True):
    """A cell with its borders already settled against its neighbours; `insets` are top, right, bottom, left."""

    blocks: tuple[Block, ...]
    column: int
    span: int
    rows: int
    borders: Edges
    insets: tuple[float, float, float, float]
    fill: str = ""
    vertical: Literal["top", "centre", "bottom"] = "top"
    rotation: Literal[0, 90, 270] = 0
    place: str = ""


class Row(Struct, frozen=True):
    """`height` is 0 for as tall as its text. A `whole` row is not split over pages."""

    cells: tuple[Cell, ...]
    height: float = 0.0
    height_rule: Literal["at-least", "exact"] = "at-least"
    whole: bool = False
    header: bool = False
    keep_next: bool = False
    place: str = ""


class Table(Struct, frozen=True):
    rows: tuple[Row, ...]
    columns: tuple[float, ...]
    left: float
    alignment: Literal["left", "centre", "right"]
    place: str
    alt: str = ""


class NewPage(Struct, frozen=True):
    """A break that the author put in; what follows starts a page, or a column where there are any."""

    kind: Literal["page", "column"] = "page"


Block = Paragraph | Table | NewPage


class NoteSettings(Struct, frozen=True):
    number_format: str = "decimal"
    start: int = 1
    restart: Literal["continuous", "section", "page"] = "continuous"


class Section(Struct, frozen=True):
    """A run of blocks on the same paper. Headers and footers are for the first page, even pages and all others."""

    blocks: tuple[Block, ...]
    page: PageSetup
    start: SectionStart
    columns: Columns
    headers: Mapping[PageKind, tuple[Block, ...]]
    footers: Mapping[PageKind, tuple[Block, ...]]
    title_page: bool = False
    even_pages: bool = False
    first_number: int | None = None
    number_format: str = "decimal"
    footnotes: NoteSettings = NoteSettings()


class WordDocument(Struct, frozen=True):
    """A whole document. `default_tab` is the distance of tab stops where a paragraph has none of its own.

    `fonts` holds what the document says of the fonts it names, by their names in lower case.
    """

    sections: tuple[Section, ...]
    footnotes: Mapping[str, tuple[Block, ...]]
    endnotes: Mapping[str, tuple[Block, ...]]
    endnote_settings: NoteSettings
    body: RunFormat
    default_tab: float
    title: str
    files: Mapping[str, bytes]
    bookmarks: frozenset[str]
    fonts: Mapping[str, FontFacts] = field(default_factory=dict)


# --- Looking through --------------------------------------------------------------------------------


def plain_text(content: tuple[Inline, ...]) -> str:
    """The characters of `content` as read aloud: tabs and breaks as blanks, no notes, no boxes."""
    parts: list[str] = []
    for inline in content:
        match inline:
            case Text():
                parts.append(inline.text)
            case Tab() | Break():
                parts.append(" ")
            case Link():
                parts.append(plain_text(inline.content))
            case _:
                pass
    return "".join(parts)


def flat(content: tuple[Inline, ...]) -> Iterator[Inline]:
    """Every inline of `content`, those inside links in place of the links."""
    for inline in content:
        if isinstance(inline, Link):
            yield from flat(inline.content)
        else:
            yield inline


def paragraphs_of(blocks: tuple[Block, ...]) -> Iterator[Paragraph]:
    """Every paragraph of `blocks` in reading order, through tables and text boxes."""
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    yield from paragraphs_of(cell.blocks)
        elif isinstance(block, Paragraph):
            yield block
            for inline in flat(block.content):
                if isinstance(inline, TextBox):
                    yield from paragraphs_of(inline.blocks)
