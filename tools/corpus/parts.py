"""What the documents of the corpus are put together from.

Takes python-docx documents and plain values; gives XML and finished files. The words are invented and always the same.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Mapping
from typing import Any

from docx import Document
from docx.oxml import parse_xml

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_CREATED = dt.datetime(2026, 9, 10, tzinfo=dt.UTC)
_ZIP_TIME = (2026, 9, 10, 0, 0, 0)
_SENTENCES = (
    "The Council has set aside a budget for the work and will report on it each quarter.",
    "Officers met the parish councils twice, and a summary of what they said is in the appendix.",
    "Three of the four depots now share one timetable, which has shortened the longest round by forty minutes.",
    "Residents asked for better lighting on the footpath behind the library and for a second crossing.",
    "No decision is needed at this stage.",
    "The figures for the third quarter are provisional; they will be settled when the accounts are closed.",
    "Where a family has moved between districts, the receiving team takes over within ten working days.",
    "The contract runs until March 2028 with an option to extend it by two years.",
    "Members may wish to ask how the savings were reckoned, since two of the schemes overlap.",
    "Of the 412 applications received, 388 were decided in time and 24 are with the inspector.",
)


def prose(count: int, start: int = 0) -> str:
    """`count` sentences of a report, beginning with number `start` of those there are."""
    return " ".join(_SENTENCES[(start + index) % len(_SENTENCES)] for index in range(count))


def xml(text: str) -> Any:
    """An element from `text`, in which the usual prefixes (w, r, wp, a, pic, wps, mc, v, o) may be used undeclared."""
    head, gap, rest = text.partition(">") if " " not in text.split(">", maxsplit=1)[0] else text.partition(" ")
    if gap == ">":
        slash = "/" if head.endswith("/") else ""
        return parse_xml(f"{head.rstrip('/')} {_NAMESPACES}{slash}>{rest}")
    return parse_xml(f"{head} {_NAMESPACES} {rest}")


def new_document() -> Any:
    """An empty document on A4 with margins of 2.5 cm, Arial 11, in British English."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = 7560310, 10692130  # A4 in EMU
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = 900000
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", 11 * 12700
    normal.element.rPr.append(xml('<w:lang w:val="en-GB"/>'))
    return document


def saved(document: Any, extra: Mapping[str, bytes] | None = None) -> bytes:
    """`document` as bytes that are the same on every run; `extra` parts by name take the place of its own."""
    properties = document.core_properties
    properties.author, properties.last_modified_by, properties.revision = "Westmarch", "Westmarch", 1
    properties.created = properties.modified = _CREATED
    written = io.BytesIO()
    document.save(written)
    result = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        parts = {name: source.read(name) for name in source.namelist()} | dict(extra or {})
        for name in sorted(parts, key=lambda each: (each != "[Content_Types].xml", each)):
            target.writestr(zipfile.ZipInfo(name, _ZIP_TIME), parts[name], zipfile.ZIP_DEFLATED)
    return result.getvalue()


def namespaces() -> str:
    """The declarations of the usual prefixes, for the root of a part."""
    return _NAMESPACES
