"""Small Word templates for tests, and what stands in the filled ones."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.shared import Pt

from packgen.fill import DocumentProperties, fill_template

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NUMBERED = "Numbered Paragraph"
_LEVELS = (("decimal", 567), ("lowerLetter", 1021), ("lowerRoman", 1474))


def template(build: Callable[[Any], None], *, without: tuple[str, ...] = ()) -> bytes:
    """A template with packgen's styles, less those named in `without`, that `build` writes into."""
    document = docx.Document()
    _number(document)
    styles = document.styles
    for name in ("Table Text", "Table Heading", "Source", "Figure", "Footnote Text"):
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    for name in ("Hyperlink", "Footnote Reference"):
        styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
    for name in ("Packgen Table", "Packgen Table Small"):
        styles.add_style(name, WD_STYLE_TYPE.TABLE).base_style = styles["Table Grid"]
    styles["Normal"].font.size = Pt(12)
    build(document)
    for name in without:
        styles[name].delete()
    return saved(document)


def saved(document: Any) -> bytes:
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def paragraphs(*texts: str, style: str | None = None, **options: Any) -> bytes:
    """A template of these paragraphs."""

    def build(document: Any) -> None:
        for text in texts:
            document.add_paragraph(text, style)

    return template(build, **options)


def fill_bytes(
    source: bytes, resources: Path = Path(), properties: DocumentProperties | None = None, **context: Any
) -> bytes:
    return fill_template(
        source, context, template_name="t.docx", resources=resources, language="en-GB", properties=properties
    )


def fill(source: bytes, resources: Path = Path(), **context: Any) -> Any:
    """The filled document, as python-docx reads it."""
    return docx.Document(io.BytesIO(fill_bytes(source, resources, **context)))


def texts(document: Any) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def styled(document: Any) -> list[tuple[str, str]]:
    """Style and text of every paragraph outside tables."""
    return [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs]


def number_of(paragraph: Any) -> str | None:
    """The list a paragraph names itself, or None for that of its style."""
    found = paragraph._p.find(f".//{qn('w:numPr')}/{qn('w:numId')}")
    return None if found is None else found.get(qn("w:val"))


def part(filled: bytes, name: str) -> str:
    """The XML of one part."""
    with zipfile.ZipFile(io.BytesIO(filled)) as package:
        return package.read(name).decode("utf-8")


def png(path: Path, width: int = 60, height: int = 30) -> Path:
    """A grey picture at 96 dots to the inch."""
    rows = b"".join(b"\0" + b"\x80" * width for _ in range(height))
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
        (b"pHYs", struct.pack(">IIB", 3780, 3780, 1)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    body = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + body)
    return path


def _number(document: Any) -> None:
    """A numbered paragraph style with its lists: 1., a., i."""
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="%{level + 1}."/>'
        f'<w:pPr><w:ind w:left="{left}" w:hanging="454"/></w:pPr></w:lvl>'
        for level, (kind, left) in enumerate(_LEVELS)
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="90">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {W} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    for level, name in enumerate((NUMBERED, f"{NUMBERED} Number", f"{NUMBERED} Number 2")):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        numbers = f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>'
        style.element.get_or_add_pPr().append(parse_xml(numbers))
