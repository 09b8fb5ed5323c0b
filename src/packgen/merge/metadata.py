"""What a finished PDF says of itself: title, author, subject, language, dates, and the standards it keeps.

Takes the pack's metadata and writes it into the pack, the same in both places where a reader may look. Never asks the
clock, never keeps or believes what a part says of itself.
"""

from __future__ import annotations

import datetime as dt
from html import escape

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

import packgen
from packgen.model import PDF_A, PDF_UA, PackMetadata, Standard
from packgen.resources import resource_folder

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
_A_CLAIM = "<pdfaid:part>2</pdfaid:part>\n<pdfaid:conformance>A</pdfaid:conformance>\n"
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


def write_metadata(pack: Pdf, metadata: PackMetadata, standards: frozenset[Standard]) -> None:
    """Write everything that the pack says of itself; `standards` are those it keeps."""
    tool = f"packgen {packgen.__version__}"
    created = metadata.created if metadata.created.tzinfo else metadata.created.replace(tzinfo=dt.UTC)
    stated = _UA_CLAIM if PDF_UA in standards else ""
    if PDF_A in standards:
        stated += _A_CLAIM + (_UA_SCHEMA if PDF_UA in standards else "")
    pack.Root.OutputIntents = Array([_output_intent(pack)])
    texts = {
        "title": metadata.title, "author": metadata.author, "subject": metadata.subject,
        "language": metadata.language, "tool": tool, "created": created.isoformat(timespec="seconds"),
    }  # fmt: skip
    xmp = _XMP.format(claims=stated, **{key: escape(_printable(text), quote=False) for key, text in texts.items()})
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


def _output_intent(pack: Pdf) -> Object:
    """What colours mean that do not say so themselves: those of common screens (ISO 19005-2, 6.2.3)."""
    profile = pack.make_stream((resource_folder("colour") / "srgb.icc").read_bytes(), N=3)
    name = String("sRGB IEC61966-2.1")
    return pack.make_indirect(
        Dictionary(
            Type=Name.OutputIntent,
            S=Name.GTS_PDFA1,
            OutputConditionIdentifier=name,
            Info=name,
            DestOutputProfile=profile,
        )
    )


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
