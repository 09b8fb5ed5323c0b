"""How a sheet is laid on paper, where its author has not said it.

Takes the XML of a worksheet and how wide it is; changes its page setup so that no column runs off the page sideways.
What the author has set stays: a scale, a fit to pages, breaks between columns, the way the paper lies.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from lxml import etree

from packgen.convert.office.sheets import Area, Sheet
from packgen.convert.read.ooxml import Element, local_name
from packgen.wording import long_date

_A4, _A3 = "9", "8"
_SIDES = {_A4: (595.3, 841.9), _A3: (841.9, 1190.6), "1": (612.0, 792.0), "5": (612.0, 1008.0)}
_MARGIN_INCHES = 0.7
_READABLE = 0.75
"""Scale down to which upright paper is kept: text of 11 points is then drawn with more than 8."""
SMALL = 0.55
"""Scale below which text of 11 points is drawn with less than 6."""
# What follows pageSetup and sheetPr in a worksheet (ECMA-376, part 1, 18.3.1.99).
_BEFORE_SETUP = {"sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr",
                 "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate",
                 "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting", "dataValidations",
                 "hyperlinks", "printOptions", "pageMargins"}  # fmt: skip
_CODE = re.compile(r'&(?:"[^"]*"|&|[A-Za-z]|\d+)')


def lay_out(root: Element, sheet: Sheet, areas: Sequence[Area]) -> float:
    """Sets what the author left open; gives the scale at which the sheet is drawn, as far as it is set here."""
    setup = root.find("{*}pageSetup")
    if setup is None:
        setup = _insert(root, "pageSetup", _BEFORE_SETUP)
    if "paperSize" not in setup.attrib:
        setup.set("paperSize", _A4)
    for key in ("cellComments", "{*}id"):
        setup.attrib.pop(key, None)
    if _is_set(root, setup):
        return 1.0
    columns = [range(area.left, area.right + 1) for area in areas] or [range(sheet.last_column + 1)]
    wide = max(sheet.width(each) for each in columns)
    across, along = _room(root, setup)
    turned = setup.get("orientation") == "landscape"
    scale = (along if turned else across) / wide if wide else 1.0
    if scale >= 1:
        return 1.0
    if not turned and scale < _READABLE and "orientation" not in setup.attrib:
        setup.set("orientation", "landscape")
        scale = along / wide
    properties = root.find("{*}sheetPr")
    if properties is None:
        properties = _insert(root, "sheetPr", set())
    fit = properties.find("{*}pageSetUpPr")
    if fit is None:
        fit = etree.SubElement(properties, _named(root, "pageSetUpPr"))
    fit.set("fitToPage", "1")
    setup.set("fitToWidth", "1")
    setup.set("fitToHeight", "0")
    return min(scale, 1.0)


def _is_set(root: Element, setup: Element) -> bool:
    """Whether the author has said how the sheet is to be fitted on paper."""
    fit = root.find("{*}sheetPr/{*}pageSetUpPr")
    if fit is not None and fit.get("fitToPage") in {"1", "true"}:
        return True
    return setup.get("scale", "100") != "100" or root.find("{*}colBreaks/{*}brk") is not None


def _room(root: Element, setup: Element) -> tuple[float, float]:
    """Points between the margins, on upright and on turned paper."""
    short, long = _SIDES.get(setup.get("paperSize", _A4), _SIDES[_A4])
    margins = root.find("{*}pageMargins")
    left, right = (
        float(margins.get(side, _MARGIN_INCHES)) if margins is not None else _MARGIN_INCHES
        for side in ("left", "right")
    )
    return short - (left + right) * 72, long - (left + right) * 72


def settle_headers(root: Element, file_name: str, day: dt.date) -> bool:
    """Writes out what headers and footers would ask a clock for; whether there was anything.

    Dates become `day`, times go, and a file's name is the one it has here.
    """
    words = {"D": long_date(day), "T": "", "F": file_name.replace("&", "&&"), "Z": ""}
    changed = False
    for holder in root.iter("{*}headerFooter"):
        for part in holder:
            before = part.text or ""
            part.text = _CODE.sub(lambda code: words.get(code[0][1:].upper(), code[0]), before)
            changed = changed or part.text != before
    return changed


def _insert(root: Element, local: str, before: set[str]) -> Element:
    """A new child where the order of a worksheet wants it."""
    place = sum(local_name(child) in before for child in root)
    made = root.makeelement(_named(root, local))
    root.insert(place, made)
    return made


def _named(root: Element, local: str) -> str:
    return str(root.tag).rpartition("}")[0] + "}" + local
