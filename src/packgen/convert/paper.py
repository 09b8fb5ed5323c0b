"""Paper: size, margins, columns, borders round pages and numbers beside lines, as values. Lengths are points."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from packgen.convert.formats import Edges


class PageBorders(Struct, frozen=True):
    """Lines round the page. The `space` of each is its distance from the text, or from the paper's edge."""

    edges: Edges
    from_text: bool = True
    pages: Literal["all", "first", "further"] = "all"


class LineNumbers(Struct, frozen=True):
    """Numbers in the margin beside each line, or each `step` lines; `distance` from the text, 0 for as Word likes."""

    step: int = 1
    distance: float = 0.0
    restart: Literal["page", "document"] = "page"


class PageSetup(Struct, frozen=True):
    """Paper and margins of a section. `header` and `footer` are the distances of both from the paper's edges.

    On `mirrored` paper `left` is the inner and `right` the outer margin of a sheet printed on both sides.
    """

    width: float = 595.3
    height: float = 841.9
    top: float = 72.0
    right: float = 72.0
    bottom: float = 72.0
    left: float = 72.0
    header: float = 35.4
    footer: float = 35.4
    vertical: Literal["top", "centre", "bottom"] = "top"
    mirrored: bool = False
    borders: PageBorders | None = None
    line_numbers: LineNumbers | None = None


class Columns(Struct, frozen=True):
    widths: tuple[float, ...] = ()
    count: int = 1
    gap: float = 36.0
