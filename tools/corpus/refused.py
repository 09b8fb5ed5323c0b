"""What the built-in engine does not draw: a document for each, which goes to LibreOffice in a build.

Takes nothing; gives documents of one page with one such thing each, in their second paragraph. They are no part of what
is compared.
"""

from __future__ import annotations

from collections.abc import Mapping

from tools.corpus import raw
from tools.corpus.markup import paragraph, run
from tools.corpus.words import passage

_DRAWN = "http://schemas.openxmlformats.org/drawingml/2006/"
_INK = "http://schemas.microsoft.com/office/word/2010/wordprocessingInk"
_SQUARE = (
    '<wp:anchor distT="0" distB="0" distL="114300" distR="114300" simplePos="0" relativeHeight="2" behindDoc="0" '
    'locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column">'
    '<wp:align>right</wp:align></wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset>'
    '</wp:positionV><wp:extent cx="1905000" cy="1270000"/><wp:wrapSquare wrapText="bothSides"/>'
)


def _graphic(kind: str, name: str) -> str:
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="2540000" cy="1270000"/>'
        f'<wp:docPr id="3" name="{name} 3" descr="{name} of visitors by month"/><a:graphic>'
        f'<a:graphicData uri="{kind}"/></a:graphic></wp:inline></w:drawing></w:r>'
    )


def _beside() -> str:
    inline = raw.picture("rIdpicture", "The boathouse", 1905000, 1270000)
    start, end = inline.index("<wp:inline"), inline.index("<wp:docPr")
    return (inline[:start] + _SQUARE + inline[end:]).replace("</wp:inline>", "</wp:anchor>")


def refused() -> Mapping[str, tuple[str, bytes]]:
    """For each document by its name a word of what is said of it, and the document as DOCX."""
    equation = "<m:oMath><m:r><m:t>a=b+c</m:t></m:r></m:oMath>".replace(
        "<m:oMath>", '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">'
    )
    things = {
        "chart": ("chart", _graphic(f"{_DRAWN}chart", "Chart")),
        "smart-art": ("SmartArt", _graphic(f"{_DRAWN}diagram", "Diagram")),
        "equation": ("equation", equation),
        "ink": ("ink", _graphic(_INK, "Ink")),
        "object-of-another-program": ("another program", '<w:r><w:object><v:shape id="x"/></w:object></w:r>'),
        "picture-with-text-beside-it": ("beside", _beside()),
    }
    return {
        name: (
            said,
            raw.package(
                paragraph(passage(2)) + paragraph(run("Here it stands: ") + thing + run(passage(6))),
                title="A report",
                media={"rIdpicture": raw.png()},
            ),
        )
        for name, (said, thing) in things.items()
    }
