"""Spreadsheets on their way to LibreOffice.

Takes an XLSX; gives it with every value as its author last saw it, laid out so that no column runs off the page, and
every text that must be on the pages. Hidden sheets, rows and columns, notes and comments are never drawn.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from packgen.convert.office.kinds import OFFICE_KINDS
from packgen.convert.office.page_setup import SMALL, lay_out, settle_headers
from packgen.convert.office.prepared import Expected, Prepared, SheetPlace, cut_off, packed, serialised
from packgen.convert.office.sheets import (
    Area,
    Sheet,
    areas_of,
    cell_name,
    read_sheet,
    rows_without_height,
    string_of,
    wrapping_formats,
)
from packgen.convert.read.ooxml import Element, local_name, name
from packgen.convert.read.package import DocxPackage, open_package
from packgen.errors import ConversionError, Problem

_CLOCK = re.compile(r"\b(?:NOW|TODAY|RAND|RANDBETWEEN|RANDARRAY)\s*\(", re.IGNORECASE)


@dataclass(frozen=True)
class _Listed:
    """A sheet as the workbook lists it: its place from 0, part, and the areas that are printed."""

    name: str
    index: int
    part: str
    areas: Sequence[Area]


def prepare_workbook(data: bytes, file: str, created: dt.datetime) -> Prepared:
    """An XLSX ready to be drawn; `created` gives the date for headers that would print the present day.

    Raises:
        ConversionError: it is damaged or encrypted, shows nothing, or has values that change with the clock.
    """
    package = open_package(data, file, OFFICE_KINDS[".xlsx"].words)
    parts = dict(package.parts)
    warnings = list(dict.fromkeys(cut_off(package, parts)))
    shared = _shared_strings(package)
    expected: list[Expected] = []
    sheets: list[SheetPlace] = []
    rows: list[tuple[int, int, int]] = []
    wrapping = wrapping_formats(package.related_xml("styles"))
    undescribed: list[str] = []
    for listed in _visible_sheets(package):
        root = package.xml(listed.part)
        drawings = list(_drawings(package, listed.part))
        drawn_to = max((_last_column(drawing) for drawing in drawings), default=-1)
        sheet = read_sheet(root, listed.name, listed.part, shared, listed.areas, drawn_to)
        if local_name(root) == "worksheet":
            warnings += _made_ready(root, sheet, listed, file, created)
            parts[listed.part] = serialised(root)
        elif not sheet.filled:
            continue
        if sheet.filled:
            expected += [
                Expected(text, f"sheet {sheet.name}, cell {cell_name(*place)}", len(sheets), place)
                for place, text in sheet.texts.items()
            ]
            rows += [(listed.index, *run) for run in rows_without_height(root, wrapping)]
            sheets.append(SheetPlace(sheet.name, listed.index, listed.areas))
            if any(_silent(drawing) for drawing in drawings):
                undescribed.append(f"sheet {sheet.name}")
    if not sheets:
        raise ConversionError(
            Problem(
                code="convert.nothing-shown",
                file=file,
                message="The spreadsheet has no sheet with anything to be seen on it.",
                hint="Un-hide the sheets that belong into the pack, and save.",
            )
        )
    return Prepared(
        packed(parts),
        tuple(expected),
        groups=tuple(f"sheet {sheet.name}" for sheet in sheets),
        sheets=tuple(sheets),
        rows=tuple(rows),
        undescribed=tuple(undescribed),
        warnings=tuple(warnings),
    )


def _made_ready(root: Element, sheet: Sheet, listed: _Listed, file: str, created: dt.datetime) -> Iterator[Problem]:
    """Settles values, headers and page setup of one sheet; gives what the officer should know."""
    place = f"sheet {sheet.name}"
    _keep_values(root, file, place)
    if settle_headers(root, file.rpartition("/")[2], created.date()):
        yield Problem(
            code="convert.approximate",
            severity="warning",
            file=file,
            pointer=place,
            message="Its header or footer prints the present date, time or the place of the file; the pack's own date "
            "is printed instead.",
            hint="Write the date out in the header.",
        )
    scale = lay_out(root, sheet, listed.areas)
    if scale < SMALL:
        yield Problem(
            code="convert.small",
            severity="warning",
            file=file,
            pointer=place,
            message=f"It is so wide that it is drawn at {scale:.0%} of its size to fit on the page, and is hard to "
            "read.",
            hint="Ask for a narrower sheet: hide columns that are not needed, or set the print area and page breaks in "
            "Excel (Page Layout).",
        )


def _keep_values(root: Element, file: str, place: str) -> None:
    """Leaves of each formula the value that its author last saw, so that no page depends on the day it is drawn.

    A sheet without such values, as some programs write them, is worked out by LibreOffice.

    Raises:
        ConversionError: a value that was never stored changes with the clock.
    """
    cells = [cell for cell in root.iter("{*}c") if cell.find("{*}f") is not None]
    without = [cell for cell in cells if not cell.findtext("{*}v") and cell.get("t") != "str"]
    clocked = [cell for cell in without if _CLOCK.search(cell.findtext("{*}f") or "")]
    if clocked:
        raise ConversionError(
            Problem(
                code="convert.no-value",
                file=file,
                pointer=f"{place}, cell {clocked[0].get('r', '')}",
                message="Its value changes from day to day, and the file does not say what it was.",
                hint="Open the file in Excel and save it, or write the value in place of the formula.",
            )
        )
    for cell in cells if not without else ():
        for formula in cell.findall("{*}f"):
            cell.remove(formula)


def _visible_sheets(package: DocxPackage) -> Iterator[_Listed]:
    root = package.xml(package.main_part)
    relationships = package.relationships(package.main_part)
    areas: Mapping[int, Sequence[Area]] = {
        int(defined.get("localSheetId")): areas_of(defined.text or "")
        for defined in root.iter("{*}definedName")
        if defined.get("name") == "_xlnm.Print_Area" and (defined.get("localSheetId") or "").isdigit()
    }
    for index, sheet in enumerate(root.iter("{*}sheet")):
        found = relationships.get(sheet.get(name("r:id"), ""))
        if found is None or found.target not in package.parts:
            raise package.damaged("a sheet is missing in it")
        if sheet.get("state", "visible") == "visible":
            yield _Listed(sheet.get("name", ""), index, found.target, areas.get(index, ()))


def _shared_strings(package: DocxPackage) -> list[str]:
    root = package.related_xml("sharedStrings")
    return [string_of(item) for item in root.iter("{*}si")] if root is not None else []


def _drawings(package: DocxPackage, part: str) -> Iterator[Element]:
    for relationship in package.relationships(part).values():
        if relationship.kind == "drawing" and relationship.target in package.parts:
            yield package.xml(relationship.target)


def _last_column(drawing: Element) -> int:
    """The last column that a picture or chart reaches; -1 without any."""
    last = -1
    for anchor in drawing:
        if not local_name(anchor).endswith("Anchor"):
            continue
        corners = [int(each.text or 0) for each in anchor.iterfind("{*}*/{*}col")]
        extent = anchor.find("{*}ext")
        beyond = int(extent.get("cx", 0)) // (12700 * 48) + 1 if extent is not None else 0
        last = max(last, *corners, corners[0] + beyond if corners else beyond)
    return last


def _silent(drawing: Element) -> bool:
    """Whether a picture or chart shows something that nobody has put into words."""
    for properties in drawing.iter("{*}cNvPr"):
        holder = properties.getparent().getparent()
        mark = properties.find(f".//{name('adec:decorative')}")
        decorative = mark is not None and mark.get("val") in {"1", "true"}
        spoken = decorative or (properties.get("descr") or properties.get("title") or "").strip()
        if local_name(holder) in {"pic", "graphicFrame"} and not spoken:
            return True
    return False
