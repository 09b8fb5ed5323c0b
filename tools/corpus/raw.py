"""Whole Word files from markup, for documents that need say over every part.

Takes the inside of the parts as text with the usual prefixes undeclared; gives DOCX bytes, the same on every run.
Lengths are twentieths of a point, sizes of type half points.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from xml.sax.saxutils import escape

from lxml import etree
from tools.corpus.parts import namespaces

_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_ZIP_TIME = (2026, 9, 10, 0, 0, 0)
_ROOTS = {"header": "hdr", "footer": "ftr", "fontTable": "fonts"}
_CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{title}</dc:title>'
    "<dc:creator>Westmarch</dc:creator>"
    '<dcterms:created xsi:type="dcterms:W3CDTF">2026-09-10T00:00:00Z</dcterms:created></cp:coreProperties>'
)
_SETTINGS = (
    '<w:defaultTabStop w:val="720"/>{more}{notes}<w:compat><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
)
_SEPARATORS = (
    '<w:{kind} w:type="separator" w:id="-1"><w:p><w:pPr><w:spacing w:after="0"/></w:pPr><w:r><w:separator/></w:r></w:p>'
    '</w:{kind}><w:{kind} w:type="continuationSeparator" w:id="0"><w:p><w:pPr><w:spacing w:after="0"/></w:pPr><w:r>'
    "<w:continuationSeparator/></w:r></w:p></w:{kind}>"
)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ORDER = {
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike vanish color spacing w kern position sz "
    "szCs highlight "
    "u bdr shd vertAlign lang",
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs spacing ind "
    "contextualSpacing jc "
    "outlineLvl rPr sectPr",
}
"""In which order the schema has properties of runs and paragraphs; only those that the corpus uses."""
MARGINS = (
    '<w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="708" w:footer="708" w:gutter="0"/>'
)
A4 = f'<w:pgSz w:w="11906" w:h="16838"/>{MARGINS}'
LANDSCAPE = f'<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>{MARGINS}'


def defaults(run: str = "", paragraph: str = "") -> str:
    """What holds in a document where no style says otherwise."""
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{run}</w:rPr></w:rPrDefault>"
        f"<w:pPrDefault><w:pPr>{paragraph}</w:pPr></w:pPrDefault></w:docDefaults>"
    )


def fonts(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:cs="{name}"/>'


def spacing(before: int = 0, after: int = 0, line: int = 240, rule: str = "auto") -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="{rule}"/>'


def style(  # one argument for each thing a style says
    identifier: str, name: str, paragraph: str = "", run: str = "", *, based: str = "Normal", more: str = "",
    kind: str = "paragraph", default: bool = False,
) -> str:  # fmt: skip
    """A style; `more` stands between its base and its properties, such as `w:next` and `w:link`."""
    first = ' w:default="1"' if default else ""
    base = f'<w:basedOn w:val="{based}"/>' if based and not default else ""
    own = f"<w:pPr>{paragraph}</w:pPr>" if kind == "paragraph" else ""
    return (
        f'<w:style w:type="{kind}"{first} w:styleId="{identifier}"><w:name w:val="{name}"/>{base}{more}<w:qFormat/>'
        f"{own}<w:rPr>{run}</w:rPr></w:style>"
    )


def heading(level: int, run: str, before: int = 240, after: int = 120, more: str = "") -> str:
    """The style of a heading, with Word's own identifier."""
    return style(
        f"Heading{level}",
        f"heading {level}",
        f"<w:keepNext/><w:keepLines/>{more}{spacing(before, after)}<w:outlineLvl w:val={chr(34)}{level - 1}{chr(34)}/>",
        run,
        more='<w:next w:val="Normal"/>',
    )


def size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def colour(value: str) -> str:
    return f'<w:color w:val="{value}"/>'


TABLE_STYLES = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd '
    'w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom '
    'w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/></w:style>'
)


def styles(font: str = "Arial", half_points: int = 22, normal: str = "", more: str = "") -> str:
    """The style sheet of an ordinary report: body, headings, notes, header and footer, contents, caption, link."""
    notes = f"{spacing()}"
    edges = '<w:tabs><w:tab w:val="center" w:pos="4513"/><w:tab w:val="right" w:pos="9026"/></w:tabs>'
    raised = '<w:vertAlign w:val="superscript"/>'
    base = '<w:basedOn w:val="DefaultParagraphFont"/>'
    contents = "".join(
        style(
            f"TOC{level}",
            f"toc {level}",
            f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9016"/></w:tabs>{spacing(0, 100)}'
            f'<w:ind w:left="{(level - 1) * 220}"/>',
        )
        for level in (1, 2, 3)
    )
    return (
        defaults(f'{fonts(font)}{size(half_points)}<w:lang w:val="en-GB"/>', spacing(0, 160, 259))
        + style("Normal", "Normal", normal, default=True)
        + heading(1, "<w:b/>" + size(32))
        + heading(2, "<w:b/>" + size(26))
        + heading(3, "<w:b/>" + size(half_points), 160, 80)
        + heading(4, "<w:b/><w:i/>" + size(half_points), 120, 60)
        + style("Title", "Title", spacing(0, 240) + '<w:contextualSpacing/><w:jc w:val="center"/>', "<w:b/>" + size(44))
        + style("ListParagraph", "List Paragraph", '<w:ind w:left="720"/><w:contextualSpacing/>')
        + style("Header", "header", edges + spacing())
        + style("Footer", "footer", edges + spacing())
        + style("FootnoteText", "footnote text", notes, size(18))
        + style("EndnoteText", "endnote text", notes, size(18))
        + style("Caption", "caption", '<w:keepNext/>' + spacing(120, 80), "<w:b/>" + size(half_points - 3))
        + contents
        + style("FootnoteReference", "footnote reference", run=raised, based="", kind="character", more=base)
        + style("EndnoteReference", "endnote reference", run=raised, based="", kind="character", more=base)
        + style("Hyperlink", "Hyperlink", run=colour("0563C1") + '<w:u w:val="single"/>', based="", kind="character")
        + TABLE_STYLES
        + more
    )  # fmt: skip


def section(paper: str = A4, first: str = "", last: str = "") -> str:
    """A paragraph that ends a section; `first` stands before the paper's size, `last` after its margins."""
    return f"<w:p><w:pPr><w:sectPr>{first}{paper}{last}</w:sectPr></w:pPr></w:p>"


def field(instruction: str, result: str, run: str = "") -> str:
    """A field as Word stores it, with the result it worked out last; `run` is how it looks."""
    looks = f"<w:rPr>{run}</w:rPr>"
    shown = (
        result if result.startswith("<w:") else f'<w:r>{looks}<w:t xml:space="preserve">{escape(result)}</w:t></w:r>'
    )
    return (
        f'<w:r>{looks}<w:fldChar w:fldCharType="begin"/></w:r><w:r>{looks}<w:instrText xml:space="preserve">'
        f' {escape(instruction)} </w:instrText></w:r><w:r>{looks}<w:fldChar w:fldCharType="separate"/></w:r>{shown}'
        f'<w:r>{looks}<w:fldChar w:fldCharType="end"/></w:r>'
    )


def note(number: int, *paragraphs: str, kind: str = "footnote") -> str:
    """A footnote or endnote with its mark; plain text or runs for each paragraph."""
    name = kind.capitalize()
    mark = f'<w:r><w:rPr><w:rStyle w:val="{name}Reference"/></w:rPr><w:{kind}Ref/></w:r>'
    inner = ""
    for at, text in enumerate(paragraphs):
        runs = text if text.startswith("<w:") else f'<w:r><w:t xml:space="preserve"> {escape(text)}</w:t></w:r>'
        inner += f'<w:p><w:pPr><w:pStyle w:val="{name}Text"/></w:pPr>{"" if at else mark}{runs}</w:p>'
    return f'<w:{kind} w:id="{number}">{inner}</w:{kind}>'


def mark(number: int, kind: str = "footnote") -> str:
    """The mark of a note in the text."""
    style_name = f'<w:rStyle w:val="{kind.capitalize()}Reference"/>'
    return f'<w:r><w:rPr>{style_name}</w:rPr><w:{kind}Reference w:id="{number}"/></w:r>'


def png(width: int = 120, height: int = 60, rgb: tuple[int, int, int] = (32, 88, 112)) -> bytes:
    """A picture in one colour with a white band along its middle."""
    band = range(height // 2 - height // 12, height // 2 + height // 12)
    rows = b"".join(b"\0" + (b"\xff\xff\xff" if at in band else bytes(rgb)) * width for at in range(height))
    chunks = b""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    for kind, content in ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")):
        chunks += struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
    return b"\x89PNG\r\n\x1a\n" + chunks


def picture(relationship: str, alt: str, width: int, height: int) -> str:
    """A run with a picture in the line; its measures are in EMU."""
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="7" name="Picture" descr="{escape(alt)}"/><a:graphic><a:graphicData '
        'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="7" '
        f'name="Picture"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{relationship}"/><a:stretch>'
        '<a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def package(  # one argument for each kind of part
    body: str,
    *,
    title: str,
    styling: str = "",
    last: str = A4,
    parts: Mapping[str, str] | None = None,
    links: Mapping[str, str] | None = None,
    media: Mapping[str, bytes] | None = None,
) -> bytes:
    """A Word file.

    Args:
        body: paragraphs and tables.
        title: in its properties.
        styling: the inside of its style sheet; without it that of an ordinary report.
        last: what the last section says of its paper.
        parts: the inside of `numbering`, `settings` (`w:mirrorMargins` first), `footnotes`, `endnotes`,
            `header1`, `footer1` and the like, each named in the text as `rId` and its own name; `theme` is a whole
            part.
        links: addresses by the identifier that a hyperlink names.
        media: pictures by the identifier that a picture names.
    """
    inner = {"styles": styling or styles(), "settings": "", **(parts or {})}
    kept = "".join(_kept_notes(kind) for kind in ("footnote", "endnote") if f"{kind}s" in inner)
    mirrored = "<w:mirrorMargins/>" if "<w:mirrorMargins/>" in inner["settings"] else ""
    inner["settings"] = mirrored + _SETTINGS.format(more=inner["settings"].removeprefix(mirrored), notes=kept)
    theme = inner.pop("theme", "")
    for kind in ("footnote", "endnote"):
        if f"{kind}s" in inner:
            inner[f"{kind}s"] = _SEPARATORS.format(kind=kind) + inner[f"{kind}s"]
    owned = "".join(
        [_relationship(key, "hyperlink", url, ' TargetMode="External"') for key, url in (links or {}).items()]
        + [_relationship(key, "image", f"media/{key}.png") for key in media or {}]
    )
    files = {f"word/{name}.xml": _part(name, content) for name, content in inner.items()}
    files["word/document.xml"] = _part("document", f"<w:body>{body}<w:sectPr>{last}</w:sectPr></w:body>")
    own = "".join(_relationship(f"rId{name}", name.rstrip("0123456789"), f"{name}.xml") for name in inner)
    if theme:
        files["word/theme/theme1.xml"] = theme
        own += _relationship("rIdtheme", "theme", "theme/theme1.xml")
    files["word/_rels/document.xml.rels"] = _relationships(own + owned)
    for name in inner:
        if owned and name.rstrip("0123456789") in ("header", "footer", "footnotes", "endnotes"):
            files[f"word/_rels/{name}.xml.rels"] = _relationships(owned)
    files["docProps/core.xml"] = _CORE.format(title=escape(title))
    files["_rels/.rels"] = _relationships(_relationship("rId1", "officeDocument", "word/document.xml")
        + f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" '
        'Target="docProps/core.xml"/>')  # fmt: skip
    files["[Content_Types].xml"] = _types(("document", *inner), bool(theme))
    return _zipped(files, {f"word/media/{key}.png": data for key, data in (media or {}).items()})


def _kept_notes(kind: str) -> str:
    return f'<w:{kind}Pr><w:{kind} w:id="-1"/><w:{kind} w:id="0"/></w:{kind}Pr>'


def _part(name: str, content: str) -> str:
    kind = name.rstrip("0123456789")
    root = _ROOTS.get(kind, kind)
    made = etree.fromstring(f"<w:{root} {namespaces()}>{content}</w:{root}>")
    for owner, names in _ORDER.items():
        places = {f"{_W}{each}": at for at, each in enumerate(names.split())}
        for properties in made.iter(f"{_W}{owner}"):
            properties[:] = sorted(properties, key=lambda each: places[each.tag])
    return str(etree.tostring(made, encoding="unicode"))


def _relationship(key: str, kind: str, target: str, more: str = "") -> str:
    return f'<Relationship Id="{key}" Type="{_R}{kind}" Target="{escape(target)}"{more}/>'


def _relationships(entries: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'


def _types(names: tuple[str, ...], theme: bool) -> str:
    mains = {"document": "document.main"}
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WML}.{mains.get(name, name.rstrip("0123456789"))}+xml"/>'
        for name in names
    )
    themed = (
        '<Override PartName="/word/theme/theme1.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/>'
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="png" '
        'ContentType="image/png"/><Default Extension="xml" ContentType="application/xml"/>'
        f'{overrides}{themed if theme else ""}<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


def _zipped(files: Mapping[str, str], media: Mapping[str, bytes]) -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    contents = {name: (head + text).encode() for name, text in files.items()} | dict(media)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(contents, key=lambda each: (each != "[Content_Types].xml", each)):
            archive.writestr(zipfile.ZipInfo(name, _ZIP_TIME), contents[name], zipfile.ZIP_DEFLATED)
    return written.getvalue()
