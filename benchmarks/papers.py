"""Large papers to measure with, made anew: reports of a hundred tagged pages, and scans.

    python -m benchmarks.papers reports FOLDER COUNT
    python -m benchmarks.papers scans FOLDER MEGABYTES

A command of its own: systems count the memory of a process from that of the one that started it.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import sys
from pathlib import Path
from typing import Any

import docx
import pikepdf
from PIL import Image

from packgen.convert import bundled_fonts, convert_docx

_WORDS = "the council considered the report and resolved that the programme be approved as set out. " * 4
_HEADER = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}tblHeader"


def report(word: str, sections: int = 50) -> bytes:
    """A tagged PDF of two pages for each section: headings, paragraphs, a list and a table; each says `word`."""
    document = docx.Document()
    for section in range(sections):
        document.add_heading(f"{word} section {section}", 1)
        for paragraph in range(12):
            document.add_paragraph(f"{word} paragraph {section} {paragraph} {_WORDS}")
        for item in range(4):
            document.add_paragraph(f"{word} item {item}", style="List Number")
        table = document.add_table(rows=6, cols=3)
        marked = table.rows[0]._tr.get_or_add_trPr()
        marked.append(marked.makeelement(_HEADER, {}))
        for place, cell in enumerate(cell for row in table.rows for cell in row.cells):
            cell.text = f"{word} {section} {place}"
        document.add_page_break()  # type: ignore[no-untyped-call]
    file = io.BytesIO()
    document.save(file)
    created = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    return convert_docx(
        file.getvalue(), name=word, fonts=bundled_fonts(), language="en-GB", title=word, created=created
    ).pdf


def write_pack(folder: Path, items: list[dict[str, Any]]) -> None:
    """A pack with some items."""
    folder.mkdir(parents=True, exist_ok=True)
    meeting = {"date": "2026-09-17", "time": "10:00", "venue": "Town Hall"}
    value = {"committee": "Climate Committee", "meeting": meeting, "items": items}
    (folder / "pack.json").write_text(json.dumps(value), encoding="utf-8")


def scans(folder: Path, megabytes: int, pages: int = 20) -> None:
    """A pack of scanned papers with `pages` pages each, together as large as asked for."""
    coded = io.BytesIO()
    Image.effect_noise((2480, 3508), 60).save(coded, "JPEG", quality=85)
    picture = coded.getvalue()
    count = max(1, round(megabytes * 1e6 / (len(picture) * pages)))
    (folder / "attachments").mkdir(parents=True)
    for number in range(count):
        with pikepdf.new() as opened:
            for _ in range(pages):
                shown = pikepdf.Stream(
                    opened, picture[:-2] + os.urandom(8).hex().encode() + picture[-2:], Type=pikepdf.Name.XObject,
                    Subtype=pikepdf.Name.Image, Width=2480, Height=3508, BitsPerComponent=8,
                    ColorSpace=pikepdf.Name.DeviceGray, Filter=pikepdf.Name.DCTDecode,
                )  # fmt: skip
                page = opened.add_blank_page(page_size=(595, 842))
                page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=opened.make_indirect(shown)))
                page.contents_add(b"q 595 0 0 842 0 0 cm /P Do Q")
            opened.save(folder / "attachments" / f"{number}.pdf")
    write_pack(
        folder,
        [
            {
                "title": f"Scan {number}",
                "documents": [{"file": f"attachments/{number}.pdf", "title": f"Scan {number}", "alt": "A scan"}],
            }
            for number in range(count)
        ],
    )


def reports(folder: Path, count: int) -> None:
    """So many reports, as `00.pdf` and on."""
    folder.mkdir()
    for number in range(count):
        (folder / f"{number:02}.pdf").write_bytes(report(f"word{number}"))


if __name__ == "__main__":
    (reports if sys.argv[1] == "reports" else scans)(Path(sys.argv[2]), int(sys.argv[3]))
