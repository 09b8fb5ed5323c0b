"""Sections: paper, margins, columns, headers and footers.

Takes `w:sectPr` elements; gives `PageSetup`, `Columns` and the parts a section's headers come from. Never reads text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

from packgen.convert.document import PageKind, SectionStart
from packgen.convert.formats import Edges
from packgen.convert.paper import Columns, LineNumbers, PageBorders, PageSetup
from packgen.convert.read.ooxml import Element, child_val, first, is_on, name, number, points, w
from packgen.convert.read.properties import edges
from packgen.convert.read.theme import Theme

_STARTS: dict[str, SectionStart] = {
    "continuous": "continuous",
    "oddPage": "odd",
    "evenPage": "even",
    "nextColumn": "column",
}


class SectionSetup(Struct, frozen=True):
    """What a `w:sectPr` says. `headers` and `footers` are relationship ids, those of earlier sections included."""

    page: PageSetup = field(default_factory=PageSetup)
    columns: Columns = field(default_factory=Columns)
    start: SectionStart = "page"
    title_page: bool = False
    first_number: int | None = None
    number_format: str = "decimal"
    headers: Mapping[PageKind, str] = field(default_factory=dict)
    footers: Mapping[PageKind, str] = field(default_factory=dict)


class PaperSettings(Struct, frozen=True):
    """What the document's settings say of all its paper."""

    theme: Theme
    mirrored: bool = False
    gutter_at_top: bool = False


def paper_settings(settings: Element | None, theme: Theme) -> PaperSettings:
    if settings is None:
        return PaperSettings(theme)
    return PaperSettings(theme, is_on(first(settings, "mirrorMargins")), is_on(first(settings, "gutterAtTop")))


def read_setup(element: Element | None, before: SectionSetup, settings: PaperSettings) -> SectionSetup:
    """The setup of a section; a header or footer it does not name is that of the section `before`."""
    if element is None:
        return SectionSetup(headers=before.headers, footers=before.footers)
    numbering = first(element, "pgNumType")
    start = numbering.get(w("start")) if numbering is not None else None
    return SectionSetup(
        page=_page(element, settings),
        columns=_columns(first(element, "cols")),
        start=_STARTS.get(child_val(element, "type"), "page"),
        title_page=is_on(first(element, "titlePg")),
        first_number=int(number(start)) if start is not None else None,
        number_format=(numbering.get(w("fmt"), "decimal") if numbering is not None else "decimal"),
        headers={**before.headers, **_references(element, "headerReference")},
        footers={**before.footers, **_references(element, "footerReference")},
    )


def text_width(page: PageSetup) -> float:
    return max(page.width - page.left - page.right, 1.0)


def _references(element: Element, local: str) -> dict[PageKind, str]:
    kinds: dict[str, PageKind] = {"first": "first", "even": "even"}
    return {
        kinds.get(reference.get(w("type"), "default"), "default"): reference.get(name("r:id"), "")
        for reference in element.findall(w(local))
    }


def _page(element: Element, settings: PaperSettings) -> PageSetup:
    size = first(element, "pgSz")
    margins = first(element, "pgMar")
    verticals: dict[str, Literal["centre", "bottom"]] = {"center": "centre", "bottom": "bottom"}

    def margin(side: str, default: float) -> float:
        return points(margins.get(w(side)), default) if margins is not None else default

    gutter = margin("gutter", 0.0)
    return PageSetup(
        width=points(size.get(w("w")), 612.0) if size is not None else 612.0,
        height=points(size.get(w("h")), 792.0) if size is not None else 792.0,
        top=abs(margin("top", 72.0)) + (gutter if settings.gutter_at_top else 0.0),
        right=margin("right", 72.0),
        bottom=abs(margin("bottom", 72.0)),
        left=margin("left", 72.0) + (0.0 if settings.gutter_at_top else gutter),
        header=margin("header", 36.0),
        footer=margin("footer", 36.0),
        vertical=verticals.get(child_val(element, "vAlign"), "top"),
        mirrored=settings.mirrored,
        borders=_page_borders(first(element, "pgBorders"), settings.theme),
        line_numbers=_line_numbers(first(element, "lnNumType")),
    )


def _page_borders(element: Element | None, theme: Theme) -> PageBorders | None:
    if element is None:
        return None
    sides = edges(element, theme)
    found = Edges(*(sides.get(side) for side in ("top", "left", "bottom", "right")))
    pages: dict[str, Literal["first", "further"]] = {"firstPage": "first", "notFirstPage": "further"}
    from_text = element.get(w("offsetFrom"), "text") == "text"
    return PageBorders(found, from_text, pages.get(element.get(w("display"), ""), "all")) if found.drawn else None


def _line_numbers(element: Element | None) -> LineNumbers | None:
    step = int(number(element.get(w("countBy")))) if element is not None else 0
    if element is None or step < 1:
        return None
    restart: Literal["page", "document"] = "page" if element.get(w("restart"), "newPage") == "newPage" else "document"
    return LineNumbers(step, points(element.get(w("distance"))), restart)


def _columns(element: Element | None) -> Columns:
    if element is None:
        return Columns()
    own = element.findall(w("col"))
    gap = points(element.get(w("space")), 36.0)
    if own and element.get(w("equalWidth")) in {"0", "false", "off"}:
        widths = tuple(points(column.get(w("w"))) for column in own)
        return Columns(widths, len(own), points(own[0].get(w("space")), gap))
    return Columns((), max(int(number(element.get(w("num")), 1)), 1), gap)
