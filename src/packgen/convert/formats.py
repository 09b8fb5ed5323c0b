"""How text looks: borders, characters, paragraphs and labels, as values.

Lengths are points, colours are `#rrggbb`. Nothing here holds text of a document but labels.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

Alignment = Literal["left", "centre", "right", "justify"]
TabKind = Literal["left", "centre", "right", "decimal", "bar"]
LineRule = Literal["multiple", "exact", "at-least"]


class Border(Struct, frozen=True):
    """One side of a box. `width` is that of all its lines with the gaps between them.

    `space` is the distance to the text; a `style` of `none` says that nothing is drawn.
    """

    style: str
    width: float
    colour: str
    space: float = 0.0

    @property
    def drawn(self) -> bool:
        return self.style != "none" and self.width > 0


class Edges(Struct, frozen=True):
    """The borders of a paragraph or a cell; None where nothing was said."""

    top: Border | None = None
    left: Border | None = None
    bottom: Border | None = None
    right: Border | None = None
    between: Border | None = None

    @property
    def drawn(self) -> bool:
        return any(edge is not None and edge.drawn for edge in (self.top, self.left, self.bottom, self.right))


class TabStop(Struct, frozen=True):
    position: float
    kind: TabKind = "left"
    leader: str = ""


class RunFormat(Struct, frozen=True):
    """How characters look.

    `scale` is how wide letters are drawn, 1 for as wide as the font has them; `position` is superscript or subscript;
    `raised` moves the baseline up. Only `kerned` text has letters such as AV drawn together, and only text with
    `ligatures` letters such as fi as one sign: Word does neither unless asked, and lines would break elsewhere.
    """

    font: str = "Times New Roman"
    size: float = 10.0
    bold: bool = False
    italic: bool = False
    underline: str = ""
    underline_colour: str = ""
    strike: bool = False
    double_strike: bool = False
    colour: str = ""
    fill: str = ""
    caps: bool = False
    small_caps: bool = False
    border: Border | None = None
    position: Literal["", "superscript", "subscript"] = ""
    raised: float = 0.0
    tracking: float = 0.0
    scale: float = 1.0
    kerned: bool = False
    ligatures: bool = False
    hidden: bool = False
    language: str = ""


class ParagraphFormat(Struct, frozen=True):
    """How a paragraph stands. `first` is the first line's offset from `left`; negative hangs."""

    alignment: Alignment = "left"
    left: float = 0.0
    right: float = 0.0
    first: float = 0.0
    before: float = 0.0
    after: float = 0.0
    line: float = 1.0
    line_rule: LineRule = "multiple"
    contextual: bool = False
    keep_next: bool = False
    keep_lines: bool = False
    widow_control: bool = True
    page_break_before: bool = False
    borders: Edges = field(default_factory=Edges)
    fill: str = ""
    tabs: tuple[TabStop, ...] = ()
    outline_level: int | None = None


class Label(Struct, frozen=True):
    """The number or bullet that Word's numbering puts before a paragraph.

    `level` counts from 0. `list_id` names the list it is counted in; `number_format` is Word's word, as `lowerRoman`.
    """

    text: str
    format: RunFormat
    level: int
    bullet: bool
    justify: Literal["left", "centre", "right"] = "left"
    suffix: Literal["tab", "space", "nothing"] = "tab"
    list_id: str = ""
    number_format: str = ""
