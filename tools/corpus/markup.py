"""WordprocessingML as text, for what python-docx has no way to write.

Takes words and properties in the order the schema asks for; gives markup with the usual prefixes undeclared, which
`put` adds to a document. Lengths are twentieths of a point unless a name says otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from docx.shared import Pt, RGBColor
from tools.corpus.parts import xml

_THEMED = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def run(text: str, properties: str = "") -> str:
    """A run; a tab in `text` becomes Word's tab, a new line its line break."""
    parts = text.replace("\t", "\0\t\0").replace("\n", "\0\n\0").split("\0")
    tags = {"\t": "<w:tab/>", "\n": "<w:br/>"}
    inner = "".join(tags.get(part) or f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in parts if part)
    return f"<w:r><w:rPr>{properties}</w:rPr>{inner}</w:r>"


def paragraph(content: str = "", properties: str = "", run_properties: str = "") -> str:
    """A paragraph of plain text, or of runs where `content` is markup."""
    inner = content if content.startswith("<w:") or not content else run(content, run_properties)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def styled(style: str, content: str, more: str = "") -> str:
    return paragraph(content, f'<w:pStyle w:val="{style}"/>{more}')


def aligned(content: str, side: str = "center", run_properties: str = "") -> str:
    return paragraph(content, f'<w:jc w:val="{side}"/>', run_properties)


def bold(content: str, side: str = "left") -> str:
    return aligned(content, side, "<w:b/>")


def edge(side: str, kind: str = "single", size: int = 4, colour: str = "auto") -> str:
    """One side of a border; `size` is eighths of a point."""
    return f'<w:{side} w:val="{kind}" w:sz="{size}" w:space="0" w:color="{colour}"/>'


def borders(kind: str = "single", size: int = 4, colour: str = "auto", sides: tuple[str, ...] = SIDES) -> str:
    return "".join(edge(side, kind, size, colour) for side in sides)


def shade(fill: str) -> str:
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'


def cell(content: str = "", width: int = 2000, properties: str = "", unit: str = "dxa") -> str:
    """A cell of plain text or blocks. `properties` come after its width."""
    inner = content if content.startswith("<w:") else paragraph(content)
    closing = paragraph() if inner.endswith("</w:tbl>") else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="{unit}"/>{properties}</w:tcPr>{inner}{closing}</w:tc>'


def spanning(content: str, columns: int, width: int, properties: str = "") -> str:
    return cell(content, width, f'<w:gridSpan w:val="{columns}"/>{properties}')


def merged(content: str = "", width: int = 2000, properties: str = "", first: bool = False) -> str:
    """A cell of a column merged over rows: the first with the text, those below it empty."""
    return cell(content, width, f"<w:vMerge{' w:val=' + chr(34) + 'restart' + chr(34) if first else ''}/>{properties}")


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


HEADER = "<w:cantSplit/><w:tblHeader/>"
WHOLE = "<w:cantSplit/>"


def height(value: int, rule: str = "atLeast") -> str:
    return f'<w:trHeight w:val="{value}" w:hRule="{rule}"/>'


def table(  # as many as a table has
    rows: tuple[str, ...] | list[str],
    columns: tuple[int, ...],
    style: str = "",
    width: str = "",
    fixed: bool = True,
    look: str = "",
    more: tuple[str, str] = ("", ""),
) -> str:
    """A table on a grid of `columns`.

    Args:
        rows: its rows.
        columns: the widths of its grid.
        style: the identifier of its style; without one it has single borders.
        width: `w:type` and `w:w` as `dxa 9000`, `pct 5000`; without one as wide as its grid.
        fixed: whether its layout is fixed; else Word fits it to its words.
        look: attributes of `w:tblLook`.
        more: properties before the borders (`w:jc`, `w:tblInd`) and after them (`w:tblCellMar`).
    """
    unit, _, value = (width or f"dxa {sum(columns)}").partition(" ")
    named = f'<w:tblStyle w:val="{style}"/>' if style else ""
    lines = "" if style or "<w:tblBorders" in more[0] else f"<w:tblBorders>{borders()}</w:tblBorders>"
    layout = '<w:tblLayout w:type="fixed"/>' if fixed else '<w:tblLayout w:type="autofit"/>'
    looked = f"<w:tblLook {look}/>" if look else ""
    grid = "".join(f'<w:gridCol w:w="{column}"/>' for column in columns)
    return (
        f'<w:tbl><w:tblPr>{named}<w:tblW w:w="{value}" w:type="{unit}"/>{more[0]}{lines}{layout}{more[1]}{looked}'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def plain_rows(lines: Sequence[tuple[str, ...]], columns: tuple[int, ...]) -> list[str]:
    return [row(*(cell(text, width) for text, width in zip(line, columns, strict=True))) for line in lines]


def put(document: Any, *blocks: str) -> None:
    """Add blocks of markup at the end of the document."""
    put_into(document.element.body, *blocks)


def put_into(parent: Any, *blocks: str) -> None:
    """Add blocks at the end of `parent`, before a section's settings if they end it."""
    settings = parent.find(f"{_W}sectPr")
    for block in list(xml(f"<w:body>{''.join(blocks)}</w:body>")):
        if settings is None:
            parent.append(block)
        else:
            settings.addprevious(block)


def restyle(  # one argument for each thing a style says
    document: Any, style: str, font: str, size: float, *, bold: bool | None = None, colour: str = "",
    space: tuple[float, float] | None = None,
) -> None:  # fmt: skip
    """Give a style its own font, without the theme's; `size` and `space` (before, after) are points."""
    found = document.styles[style]
    found.font.name, found.font.size, found.font.bold = font, Pt(size), bold
    fonts = found.element.rPr.rFonts
    for attribute in _THEMED:
        fonts.attrib.pop(f"{_W}{attribute}", None)
    if colour:
        found.font.color.rgb = RGBColor.from_string(colour)
    if space is not None:
        found.paragraph_format.space_before, found.paragraph_format.space_after = Pt(space[0]), Pt(space[1])


def for_word_2013(document: Any) -> None:
    """Have the document laid out as Word has done since 2013; without this as Word 2010 did."""
    for setting in document.settings.element.iter(f"{_W}compatSetting"):
        if setting.get(f"{_W}name") == "compatibilityMode":
            setting.set(f"{_W}val", "15")


def landscape(section: Any, margin: int = 720000) -> None:
    """Turn a section to landscape A4, `margin` EMU all round."""
    section.page_width, section.page_height = 10692130, 7560310
    section._sectPr.find(f"{_W}pgSz").set(f"{_W}orient", "landscape")
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = margin
