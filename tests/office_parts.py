"""Spreadsheets and presentations for tests, written by openpyxl and python-pptx, and small changes to Office files.

Gives the bytes of files. Nothing here is read from packgen, so that it meets files that another program has written.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

Rows = Sequence[Sequence[Any]]


def workbook(sheets: Mapping[str, Rows], change: Callable[[Workbook], None] | None = None) -> bytes:
    """A spreadsheet with these sheets; `change` does the rest with openpyxl."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        sheet.column_dimensions["A"].width = 30
    if change is not None:
        change(book)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def presentation(slides: Mapping[str, Sequence[str]], change: Callable[[Any], None] | None = None) -> bytes:
    """A presentation: points by the title of each slide; `change` does the rest with python-pptx."""
    made = Presentation()
    for title, points in slides.items():
        slide = made.slides.add_slide(made.slide_layouts[1])
        slide.shapes.title.text = title
        slide.placeholders[1].text = "\n".join(points)
    if change is not None:
        change(made)
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def add_chart(slide: Any, alt: str | None = None) -> None:
    """A chart of two columns on a slide."""
    data = CategoryChartData()
    data.categories = ["East", "West"]
    data.add_series("Trees", (4, 9))
    frame = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Inches(1), Inches(4), Inches(6), Inches(3), data)
    if alt is not None:
        frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)


def part(data: bytes, name: str) -> str:
    """The text of one part of an Office file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode("utf-8")


def with_parts(data: bytes, parts: Mapping[str, str | bytes]) -> bytes:
    """An Office file with parts put in or replaced."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename not in parts:
                new.writestr(entry, old.read(entry.filename))
        for name, content in parts.items():
            new.writestr(name, content)
    return written.getvalue()
