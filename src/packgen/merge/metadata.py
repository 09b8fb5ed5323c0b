"""What PDFs say of themselves: read from a part, written for the pack.

Takes an open PDF and gives the standards it claims; takes the pack's metadata and writes title, author, subject,
language and dates into the pack, the same in both places where a reader may look. Never asks the clock, and never
keeps a part's own metadata.
"""

from __future__ import annotations

import datetime as dt
import re
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

import packgen
from packgen.merge.values import Claims
from packgen.model import PackMetadata

_PART = re.compile(rb"pdfuaid:part\s*(?:=\s*[\"']|>)\s*1")
_PDFA_PART = re.compile(rb"pdfaid:part\s*(?:=\s*[\"']|>)\s*(\d)")
_PDFA_CONFORMANCE = re.compile(rb"pdfaid:conformance\s*(?:=\s*[\"']|>)\s*([ABUabu])")

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{tool}</xmp:CreatorTool>
<xmp:CreateDate>{created}</xmp:CreateDate>
<xmp:ModifyDate>{created}</xmp:ModifyDate>
<xmp:MetadataDate>{created}</xmp:MetadataDate>
<pdf:Producer>{tool}</pdf:Producer>
{claims}</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
"""

_UA_CLAIM = "<pdfuaid:part>1</pdfuaid:part>\n"
_A_CLAIM = "<pdfaid:part>{part}</pdfaid:part>\n<pdfaid:conformance>{conformance}</pdfaid:conformance>\n"
_UA_SCHEMA = """<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
"""
"""PDF/A wants properties described that it does not know (ISO 19005-2, 6.6.2.3)."""


def read_claims(pdf: Pdf) -> Claims:
    """The standards that a document's XMP metadata claims. Nobody checks them here."""
    metadata = pdf.Root.get("/Metadata")
    if not isinstance(metadata, Stream):
        return Claims()
    try:
        xmp = metadata.read_bytes()
    except pikepdf.PdfError:
        return Claims()
    part, conformance = _PDFA_PART.search(xmp), _PDFA_CONFORMANCE.search(xmp)
    pdfa = (int(part[1]), conformance[1].decode("ascii").upper()) if part and conformance else None
    return Claims(pdfua=bool(_PART.search(xmp)), pdfa=pdfa)


def common_pdfa(claims: list[Claims], intents: list[Object]) -> tuple[int, str] | None:
    """The PDF/A claim that holds for all: one part of the standard, and the least conformance of any (A, U, B).

    There is none if the output intents of the parts say different things of what colours mean.
    """
    found = [claim.pdfa for claim in claims if claim.pdfa]
    if len(found) != len(claims) or len({part for part, _ in found}) != 1:
        return None
    if len({bytes(intent.DestOutputProfile.read_bytes()) for intent in intents}) > 1:
        return None
    return found[0][0], max((conformance for _, conformance in found), key="AUB".index)


def write_metadata(pack: Pdf, metadata: PackMetadata, claims: Claims, intent: Object | None) -> None:
    """Write everything that the pack says of itself."""
    tool = f"packgen {packgen.__version__}"
    created = metadata.created if metadata.created.tzinfo else metadata.created.replace(tzinfo=dt.UTC)
    stated = _UA_CLAIM if claims.pdfua else ""
    if claims.pdfa and intent is not None:
        part, conformance = claims.pdfa
        stated += _A_CLAIM.format(part=part, conformance=conformance) + (_UA_SCHEMA if claims.pdfua else "")
        pack.Root.OutputIntents = Array([intent])
    texts = {
        "title": metadata.title, "author": metadata.author, "subject": metadata.subject,
        "language": metadata.language, "tool": tool, "created": created.isoformat(timespec="seconds"),
    }  # fmt: skip
    xmp = _XMP.format(claims=stated, **{key: escape(_printable(text)) for key, text in texts.items()})
    pack.Root.Metadata = pack.make_stream(xmp.encode("utf-8"), Type=Name.Metadata, Subtype=Name.XML)
    pack.Root.Lang = String(metadata.language)
    pack.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    stamp = _pdf_date(created)
    information = {
        "/Title": metadata.title, "/Author": metadata.author, "/Subject": metadata.subject,
        "/Creator": tool, "/Producer": tool, "/CreationDate": stamp, "/ModDate": stamp,
    }  # fmt: skip
    for key, text in information.items():
        pack.docinfo[key] = String(_printable(text))


def _printable(text: str) -> str:
    """XML and PDF strings hold no control characters; blanks of any kind become plain ones."""
    plain = "".join(" " if character.isspace() else character for character in text)
    return "".join(character for character in plain if character.isprintable())


def _pdf_date(moment: dt.datetime) -> str:
    offset = moment.utcoffset() or dt.timedelta()
    minutes = int(offset.total_seconds()) // 60
    sign = "-" if minutes < 0 else "+"
    zone = f"{sign}{abs(minutes) // 60:02}'{abs(minutes) % 60:02}'" if minutes else "Z"
    return f"{moment:D:%Y%m%d%H%M%S}{zone}"
