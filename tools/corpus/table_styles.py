"""Table styles: their paragraphs and runs, their regions, styles based on others, and what is set directly on top.

Takes nothing; gives documents of one to three pages whose tables get their look from styles of the document's own.
"""

from __future__ import annotations

from typing import Any

from tools.corpus.collection import document
from tools.corpus.markup import (
    HEADER,
    aligned,
    borders,
    cell,
    edge,
    for_word_2013,
    paragraph,
    plain_rows,
    put,
    restyle,
    row,
    run,
    shade,
    styled,
    table,
)
from tools.corpus.parts import new_document, prose, saved, xml

COLUMNS = (2600, 1600, 1600, 1600, 1600)
LINES = (
    ("Service", "Budget", "Spent", "Forecast", "Change"),
    ("Adult learning", "£1,204k", "£602k", "£1,190k", "-£14k"),
    ("Bereavement", "£388k", "£201k", "£402k", "£14k"),
    ("Car parks", "-£1,060k", "-£498k", "-£1,002k", "£58k"),
    ("Drainage", "£245k", "£120k", "£245k", "£0k"),
    ("Elections", "£310k", "£290k", "£335k", "£25k"),
    ("All services", "£1,087k", "£715k", "£1,170k", "£83k"),
)
NO_SPACE = '<w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'


def region(kind: str, run_properties: str = "", fill: str = "", lines: str = "", paragraphs: str = "") -> str:
    """What a table style says of one of its regions (`firstRow`, `band1Horz`, `neCell` and so on)."""
    inside = f"<w:tcBorders>{lines}</w:tcBorders>" if lines else ""
    return (
        f'<w:tblStylePr w:type="{kind}">{f"<w:pPr>{paragraphs}</w:pPr>" if paragraphs else ""}'
        f"<w:rPr>{run_properties}</w:rPr><w:tcPr>{inside}{shade(fill) if fill else ''}</w:tcPr></w:tblStylePr>"
    )


def table_style(
    made: Any, name: str, own: str = "", lines: str = "", regions: str = "", based_on: str = "TableNormal"
) -> str:
    """Add a table style to the document. `own` is what it says of paragraphs and runs; gives its identifier."""
    inside = f"<w:tblBorders>{lines}</w:tblBorders>" if lines else ""
    made.styles.element.append(
        xml(
            f'<w:style w:type="table" w:customStyle="1" w:styleId="{name}"><w:name w:val="{name}"/>'
            f'<w:basedOn w:val="{based_on}"/><w:uiPriority w:val="99"/>{own}'
            f'<w:tblPr><w:tblStyleRowBandSize w:val="1"/><w:tblStyleColBandSize w:val="1"/>{inside}</w:tblPr>'
            f"{regions}</w:style>"
        )
    )
    return name


def look(*on: str) -> str:
    """The attributes of `w:tblLook`, as a bit field and one by one, with the switches named on and all others off."""
    bits = {"firstRow": 0x20, "lastRow": 0x40, "firstColumn": 0x80, "lastColumn": 0x100}
    value = sum(bit for name, bit in bits.items() if name in on)
    value += 0x200 * ("rows" not in on) + 0x400 * ("columns" not in on)
    switched = "".join(f' w:{name}="{int(name in on)}"' for name in bits)
    return f'w:val="{value:04X}"{switched} w:noHBand="{int("rows" not in on)}" w:noVBand="{int("columns" not in on)}"'


def all_regions() -> str:
    white = '<w:b/><w:color w:val="FFFFFF"/>'
    return (
        region("band1Vert", fill="FFF2CC")
        + region("band2Vert", fill="FBE4D5")
        + region("band1Horz", fill="DEEAF6")
        + region("band2Horz", fill="F2F2F2")
        + region("firstRow", white, "1F4E79", edge("bottom", "single", 12), '<w:jc w:val="center"/>')
        + region("lastRow", "<w:b/>", lines=edge("top", "double", 6))
        + region("firstCol", "<w:i/>")
        + region("lastCol", '<w:b/><w:color w:val="C00000"/>')
        + region("nwCell", "<w:caps/>", "000000")
        + region("neCell", '<w:i/><w:color w:val="FFC000"/>', "7F6000")
        + region("swCell", "<w:u w:val='single'/>")
        + region("seCell", '<w:color w:val="00B050"/>', "E2EFD9")
    )


@document("table-style-regions", "each region of a table style switched on alone and all together")
def regions() -> bytes:
    made = new_document()
    made.add_heading("Revenue by service", 1)
    style = table_style(made, "Regions", NO_SPACE, borders("single", 4, "8EAADB"), all_regions())
    for name, on in (
        ("Nothing", ()),
        ("First row", ("firstRow",)),
        ("Last row", ("lastRow",)),
        ("First column", ("firstColumn",)),
        ("Last column", ("lastColumn",)),
        ("Bands across", ("rows",)),
        ("Bands down", ("columns",)),
        ("Bands across under a first row", ("firstRow", "rows")),
        ("First row and column, last row and column", ("firstRow", "lastRow", "firstColumn", "lastColumn")),
        ("All", ("firstRow", "lastRow", "firstColumn", "lastColumn", "rows", "columns")),
    ):
        put(made, paragraph(name, "<w:keepNext/>"), table(plain_rows(LINES, COLUMNS), COLUMNS, style, look=look(*on)))
        put(made, paragraph())
    return saved(made)


@document("table-style-based-on-another", "a table style that is based on a second, which is based on a third")
def based_on() -> bytes:
    made = new_document()
    made.add_heading("Grants by fund", 1)
    put(made, paragraph(prose(2)))
    third = table_style(
        made, "HouseTable", NO_SPACE + '<w:rPr><w:sz w:val="18"/></w:rPr>', borders("single", 4, "7F7F7F"),
        region("firstRow", "<w:b/>", "D9D9D9"),
    )  # fmt: skip
    # LibreOffice does not inherit the space of paragraphs to a table style that says nothing of paragraphs itself.
    second = table_style(
        made, "HouseTableBanded", NO_SPACE, lines="", regions=region("band2Horz", fill="EDEDED"), based_on=third
    )
    first = table_style(
        made, "HouseTableGreen", NO_SPACE + '<w:rPr><w:color w:val="375623"/></w:rPr>',
        borders("single", 8, "70AD47", ("top", "bottom")),
        region("firstRow", '<w:color w:val="FFFFFF"/>', "70AD47") + region("lastRow", "<w:b/>"), second,
    )  # fmt: skip
    for style in (third, second, first):
        on = look("firstRow", "lastRow", "rows")
        put(made, paragraph(style), table(plain_rows(LINES, COLUMNS), COLUMNS, style, look=on), paragraph(prose(2, 3)))
    return saved(made)


@document("table-style-and-document-defaults", "which of document defaults, table style, paragraph style and run wins")
def defaults() -> bytes:
    made = new_document()
    restyle(made, "Normal", "Times New Roman", 11)
    restyle(made, "Body Text", "Arial", 9, colour="1F3864", space=(2, 6))
    made.add_heading("Members' allowances", 1)
    put(made, paragraph(prose(3)))
    own = (
        '<w:pPr><w:spacing w:before="60" w:after="60" w:line="240" w:lineRule="auto"/><w:jc w:val="right"/></w:pPr>'
        '<w:rPr><w:rFonts w:ascii="Cambria" w:hAnsi="Cambria"/><w:color w:val="833C0B"/><w:sz w:val="20"/></w:rPr>'
    )
    style = table_style(made, "Allowances", own, borders("single", 4, "C45911"), region("firstRow", "<w:b/>", "FBE4D5"))
    rows = [
        row(*(cell(text, 3000) for text in ("Allowance", "Rule", "Amount")), properties=HEADER),
        row(cell("Basic", 3000), cell("Style of the table only", 3000), cell("£11,402", 3000)),
        row(
            cell(styled("BodyText", "Chair"), 3000),
            cell(styled("BodyText", "A paragraph style of its own"), 3000),
            cell(styled("BodyText", "£6,318"), 3000),
        ),
        row(
            cell(aligned("Mileage"), 3000),
            cell(paragraph(run("Bold", "<w:b/>") + run(" and small", '<w:sz w:val="16"/>')), 3000),
            cell(aligned("45p", "left", '<w:color w:val="000000"/>'), 3000),
        ),
        row(
            cell(styled("ListBullet", "One"), 3000),
            cell(styled("ListBullet", "Lists in cells") + styled("ListBullet", "of a style"), 3000),
            cell(styled("Heading3", "Total"), 3000),
        ),
    ]
    put(made, table(rows, (3000,) * 3, style, look=look("firstRow")), paragraph(prose(3, 5)))
    for_word_2013(made)
    return saved(made)


@document("table-style-overridden", "cells and tables that say other than their style: borders, shading, fonts, widths")
def overridden() -> bytes:
    made = new_document()
    made.add_heading("Capital programme", 1)
    style = table_style(made, "Programme", NO_SPACE, borders("single", 4, "2F5496"), all_regions())
    on = look("firstRow", "firstColumn", "rows")
    rows = [row(*(cell(text, width) for text, width in zip(LINES[0], COLUMNS, strict=True)), properties=HEADER)]
    for at, line in enumerate(LINES[1:]):
        properties = ("", shade("FFFF00"), f"<w:tcBorders>{edge('bottom', 'nil', 0)}</w:tcBorders>", shade("auto"))[
            at % 4
        ]
        plain = '<w:b w:val="0"/><w:i w:val="0"/>' if at % 2 else ""
        rows.append(
            row(
                *(
                    cell(paragraph(text, "", plain), width, properties)
                    for text, width in zip(line, COLUMNS, strict=True)
                )
            )
        )
    put(made, table(rows, COLUMNS, style, look=on), paragraph(prose(3)))
    none = f"<w:tblBorders>{borders('nil', 0, sides=('left', 'right', 'insideV'))}</w:tblBorders>"
    put(made, table(plain_rows(LINES, COLUMNS), COLUMNS, style, look=on, more=(none, "")), paragraph(prose(3, 3)))
    margins = '<w:tblCellMar><w:left w:w="40" w:type="dxa"/><w:right w:w="300" w:type="dxa"/></w:tblCellMar>'
    put(made, table(plain_rows(LINES, COLUMNS), COLUMNS, style, look=on, more=("", margins)), paragraph("End."))
    return saved(made)


@document("table-styles-of-word", "eight styles that come with Word, with the look Word gives a new table")
def word_styles() -> bytes:
    made = new_document()
    restyle(made, "Normal", "Calibri", 11)
    made.add_heading("Performance at the half year", 1)
    names = ("Table Grid", "Light Shading", "Light List Accent 1", "Light Grid Accent 3", "Medium Shading 1 Accent 2",
             "Medium List 1", "Medium Grid 1 Accent 1", "Colorful List Accent 5")  # fmt: skip
    for name in names:
        put(made, paragraph(name, "<w:keepNext/>"))
        style = made.styles[name].style_id
        put(made, table(plain_rows(LINES, COLUMNS), COLUMNS, style, look=look("firstRow", "firstColumn", "rows")))
        put(made, paragraph())
    return saved(made)
