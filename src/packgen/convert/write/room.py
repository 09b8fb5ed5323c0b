"""Where blocks stand while they are written: on a page, in a cell, in a header.

A frozen value that the writers hand down; it holds measures and what is allowed there, and never changes.
"""

from __future__ import annotations

from msgspec import Struct

from packgen.convert.formats import ParagraphFormat, RunFormat
from packgen.convert.paper import PageSetup
from packgen.convert.write.looks import LineHeight

# Points by which a line may be longer than its room because of rounding.
ROUNDING = 0.0
# Points that the line below a row of a table takes at the foot of a page.
CLOSING_LINE = 0.45


class Room(Struct, frozen=True):
    """`width` and `height` are what a block may take. `left` is the distance of the container from the margin.

    `breaks` says that pages may turn between blocks, `splits` that what stands here may go on to a further page (as the
    text of a row that may be divided does); `nested` that it is inside a table; `headings` that headings count as such;
    `links` that links may be followed; `widows` that single lines are kept from page ends; `tagged` that a screen
    reader is told of it; `tails` that the space below a paragraph must fit on the page with its last line, as in
    rows that go over pages; `cautious` that anything may be split, because a first drawing lost text. Lines may hang
    `hanging` points out of the foot of the text.
    """

    page: PageSetup
    width: float
    height: float
    breaks: bool = True
    splits: bool = True
    nested: bool = False
    headings: bool = True
    links: bool = True
    widows: bool = True
    tagged: bool = True
    tails: bool = False
    cautious: bool = False
    columns: int = 1
    left: float = 0.0
    number_format: str = "decimal"
    hanging: float = 0.0


class Surroundings(Struct, frozen=True):
    """What the text of a paragraph must know of it.

    `width` is the room for its lines. Without `links` they are drawn as plain text (page headers). A `heading` is read
    again for the outline, so nothing in it may wait until it is drawn.
    """

    look: ParagraphFormat
    run: RunFormat
    line: LineHeight
    start: float
    left: float
    width: float = 0.0
    links: bool = True
    number_format: str = "decimal"
    heading: bool = False
