"""Small Word files for tests, written as the XML that Word writes, and drawn by the built-in engine.

Gives DOCX bytes from pieces of WordprocessingML. Nothing here is read from packgen but the engine that draws.
"""

from __future__ import annotations

import datetime as dt
import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from xml.sax.saxutils import escape

from packgen.convert import Drawn, bundled_fonts, convert_docx

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KINDS = _R + "/"
_NAMESPACES = (
    f'xmlns:w="{_W}" xmlns:r="{_R}" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES = {
    "document": f"{_MAIN}.document.main+xml",
    "styles": f"{_MAIN}.styles+xml",
    "numbering": f"{_MAIN}.numbering+xml",
    "settings": f"{_MAIN}.settings+xml",
    "footnotes": f"{_MAIN}.footnotes+xml",
    "endnotes": f"{_MAIN}.endnotes+xml",
    "fontTable": f"{_MAIN}.fontTable+xml",
    "header": f"{_MAIN}.header+xml",
    "footer": f"{_MAIN}.footer+xml",
}
STYLES = """
<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial"/><w:sz w:val="22"/></w:rPr></w:rPrDefault>
<w:pPrDefault><w:pPr><w:spacing w:after="120"/></w:pPr></w:pPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/>
<w:pPr><w:keepNext/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading3"><w:name w:val="heading 3"/>
<w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
"""
A4 = '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" '
A4 += 'w:header="708" w:footer="708" w:gutter="0"/>'
CREATED = dt.datetime(2026, 9, 10, tzinfo=dt.UTC)


def paragraph(text: str, properties: str = "", run: str = "") -> str:
    """One paragraph of one run; the properties are XML."""
    inner = f'<w:r>{_wrapped("rPr", run)}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    return f"<w:p>{_wrapped('pPr', properties)}{inner}</w:p>"


def cell(content: str, properties: str = "", width: int = 3000) -> str:
    """A cell; plain text becomes a paragraph."""
    inner = content if content.startswith("<w:") else paragraph(content)
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{properties}</w:tcPr>{inner}</w:tc>'


def row(*cells: str, properties: str = "") -> str:
    made = [each if each.startswith("<w:tc") else cell(each) for each in cells]
    return f"<w:tr>{_wrapped('trPr', properties)}{''.join(made)}</w:tr>"


def table(*rows: str, columns: tuple[int, ...] = (3000, 3000), properties: str = "") -> str:
    """A table with lines between its cells; widths in twentieths of a point."""
    sides = "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH",
                    "insideV"))  # fmt: skip
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(columns)}" w:type="dxa"/><w:tblBorders>{sides}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def numbering(*levels: tuple[str, str], start: int = 1) -> str:
    """One list, `numId` 1, with a format and a text for each level, such as `("lowerLetter", "%2.")`."""
    written = "".join(
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start if not index else 1}"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{text}"/><w:pPr><w:ind w:left="{567 * (index + 1)}" w:hanging="567"/></w:pPr></w:lvl>'
        for index, (kind, text) in enumerate(levels)
    )
    return (
        f'<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>{written}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
        "</w:lvlOverride></w:num>"
    )


def listed(text: str, level: int = 0, num_id: int = 1) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num_id}"/></w:numPr>')


def picture(alt: str | None, relationship: str = "rIdPicture", inline: bool = True) -> str:
    """A run with a picture of 60 by 30 points."""
    described = f'descr="{escape(alt)}"' if alt is not None else ""
    frame = (
        '<wp:extent cx="762000" cy="381000"/>' + f'<wp:docPr id="1" name="Picture 1" {described}/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        '<pic:nvPicPr><pic:cNvPr id="1" name="p"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relationship}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="762000" cy="381000"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
    )
    return f"<w:r><w:drawing><wp:inline>{frame}</wp:inline></w:drawing></w:r>" if inline else frame


def text_box(content: str) -> str:
    """A run with a text box of 200 by 60 points, in the line, as Word writes it for itself and for older programs."""
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline>'
        '<wp:extent cx="2540000" cy="762000"/>'
        '<wp:docPr id="2" name="Text Box 2"/><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:spPr>'
        '<a:xfrm><a:off x="0" y="0"/><a:ext cx="2540000" cy="762000"/></a:xfrm></wps:spPr>'
        f"<wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData>"
        "</a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>"
        f"{content}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def note_mark(note_id: int, kind: str = "footnote") -> str:
    return f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:{kind}Reference w:id="{note_id}"/></w:r>'


def notes(*texts: str, kind: str = "footnote") -> str:
    """Notes with the numbers 1, 2 and on."""
    return "".join(
        f'<w:{kind} w:id="{index}">' + paragraph(" " + text, run='<w:sz w:val="18"/>') + f"</w:{kind}>"
        for index, text in enumerate(texts, 1)
    )


def field(instruction: str, result: str) -> str:
    """A field as Word stores it, with the result it worked out last."""
    run = "<w:r>{}</w:r>"
    return "".join(
        run.format(each)
        for each in (
            '<w:fldChar w:fldCharType="begin"/>',
            f'<w:instrText xml:space="preserve">{escape(instruction)}</w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            f"<w:t>{escape(result)}</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        )
    )


def docx(
    body: str,
    *,
    section: str = A4,
    parts: Mapping[str, str] | None = None,
    links: Mapping[str, str] | None = None,
    media: Mapping[str, bytes] | None = None,
    styles: str = STYLES,
) -> bytes:
    """A Word file.

    Args:
        body: paragraphs and tables.
        section: what the last section says of its paper.
        parts: the inside of `numbering`, `settings`, `footnotes`, `endnotes`, `header1`, `footer1` and the like; each
            can be named as `rId` and its own name, such as `rIdheader1`.
        links: addresses by the id that a hyperlink names.
        media: files by the id that a picture names.
        styles: the inside of the style sheet.
    """
    inner = {"styles": styles, **(parts or {})}
    relationships = [
        f'<Relationship Id="rId{name}" Type="{_KINDS}{name.rstrip("0123456789")}" Target="{name}.xml"/>'
        for name in inner
    ]
    relationships += [
        f'<Relationship Id="{key}" Type="{_KINDS}hyperlink" Target="{escape(url)}" TargetMode="External"/>'
        for key, url in (links or {}).items()
    ]
    relationships += [
        f'<Relationship Id="{key}" Type="{_KINDS}image" Target="media/{key}.png"/>' for key in media or {}
    ]
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPES[name.rstrip("0123456789")]}"/>'
        for name in ("document", *inner)
    )
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="png" ContentType="image/png"/>{types}</Types>',
        "_rels/.rels": _relationships(
            [f'<Relationship Id="rId1" Type="{_KINDS}officeDocument" Target="word/document.xml"/>']
        ),
        "word/_rels/document.xml.rels": _relationships(relationships),
        "word/document.xml": _part("document", f"<w:body>{body}<w:sectPr>{section}</w:sectPr></w:body>"),
    }
    roots = {"header": "hdr", "footer": "ftr", "fontTable": "fonts"}
    for name, content in inner.items():
        kind = name.rstrip("0123456789")
        files[f"word/{name}.xml"] = _part(roots.get(kind, kind), content)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}')
        for key, data in (media or {}).items():
            archive.writestr(f"word/media/{key}.png", data)
    return written.getvalue()


def draw(document: bytes, title: str = "A report") -> Drawn:
    """`document` as the built-in engine draws it, with the fonts that come with packgen."""
    return convert_docx(
        document, name="report.docx", fonts=bundled_fonts(()), language="en-GB", title=title, created=CREATED
    )


def png(width: int = 60, height: int = 30) -> bytes:
    """A grey picture."""
    data = zlib.compress((b"\0" + b"\x80" * width) * height)
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = b""
    for kind, content in ((b"IHDR", header), (b"IDAT", data), (b"IEND", b"")):
        chunks += struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
    return b"\x89PNG\r\n\x1a\n" + chunks


def _wrapped(name: str, content: str) -> str:
    return f"<w:{name}>{content}</w:{name}>" if content else ""


def _part(root: str, content: str) -> str:
    return f"<w:{root} {_NAMESPACES}>{content}</w:{root}>"


def _relationships(entries: list[str]) -> str:
    inner = "".join(entries)
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )
