"""Tables: cells merged across and down, widths, borders, heights, heads that repeat, tables in tables.

Takes nothing; gives documents of one to six pages that show one matter of tables each, and one that holds all.
"""

from __future__ import annotations

from typing import Any

from tools.corpus.collection import document
from tools.corpus.markup import (
    HEADER,
    WHOLE,
    aligned,
    bold,
    borders,
    cell,
    edge,
    for_word_2013,
    height,
    merged,
    paragraph,
    plain_rows,
    put,
    row,
    shade,
    spanning,
    table,
)
from tools.corpus.parts import new_document, prose, saved

AROUND = ("top", "left", "bottom", "right")
WARDS = ("Ashby North", "Brook End", "Castle Hill", "Dunmere", "Eastleigh Green", "Fernhill", "Gosling", "Harrow Weald")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday")
TEAMS = ("Highways", "Libraries", "Planning", "Waste and Recycling", "Parks", "Licensing", "Housing Options")


def begun(title: str, opening: int = 2) -> Any:
    """A document with a title and a paragraph of `opening` sentences."""
    made = new_document()
    made.add_heading(title, 1)
    if opening:
        put(made, paragraph(prose(opening)))
    return made


def tight(text: str, run_properties: str = "") -> str:
    """A paragraph with no space around it, at single spacing."""
    return paragraph(text, '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>', run_properties)


@document("table-cells-merged-across-and-down", "gridSpan, vMerge, both in one table, and vMerge over a page's end")
def merged_cells() -> bytes:
    made = begun("Allotments by ward")
    columns = (2200, 1700, 1700, 1700, 1700)
    rows = [
        row(
            merged(bold("Ward"), 2200, first=True),
            spanning(bold("2024/25", "center"), 2, 3400),
            spanning(bold("2025/26", "center"), 2, 3400),
            properties=HEADER,
        ),
        row(
            merged(width=2200),
            *(cell(bold(text), 1700) for text in ("Let", "Waiting", "Let", "Waiting")),
            properties=HEADER,
        ),
    ]
    for at, ward in enumerate(WARDS):
        for step in range(4):
            name = merged(f"{ward}. {prose(1, at)}" if step == 0 else "", 2200, first=step == 0)
            if step == 3:
                rows.append(row(name, spanning(f"Site {step + 1} is shared with the school.", 4, 6800)))
                continue
            figures = (str(40 + 7 * at + step), str(3 * step + at), str(42 + 7 * at + step), str(2 * step + at))
            rows.append(row(name, *(cell(aligned(figure, "right"), 1700) for figure in figures)))
    put(made, table(rows, columns), paragraph(prose(2, 4)))
    block = [
        row(spanning("Both ways", 2, 3000, '<w:vMerge w:val="restart"/><w:vAlign w:val="center"/>'), cell("One", 1500)),
        row(spanning("", 2, 3000, "<w:vMerge/>"), cell("Two", 1500)),
        row(cell("Three", 1500), cell("Four", 1500), cell("Five", 1500)),
    ]
    put(made, table(block, (1500, 1500, 1500)), paragraph("End of the table."))
    return saved(made)


def _insets(*sizes: int) -> str:
    """Margins of a cell at the top, left, bottom and right."""
    return "".join(
        f'<w:{side} w:w="{size}" w:type="dxa"/>'
        for side, size in zip(("top", "left", "bottom", "right"), sizes, strict=True)
    )


@document("table-widths-and-places", "widths in dxa, pct and auto; fixed and fitted; indent, centre and right; margins")
def widths_and_places() -> bytes:
    made = begun("Grants to community groups", 1)
    lines = (
        ("Group", "Purpose", "Grant"),
        ("Brook End Players", "Costumes and a lighting desk", "£450"),
        ("Friends of Dunmere Library", "Reading garden", "£1,200"),
    )
    thirds, margins = (3000, 3000, 3000), f"<w:tblCellMar>{_insets(80, 200, 80, 200)}</w:tblCellMar>"
    narrow = plain_rows(lines, (2200, 2600, 1000))
    half = [row(*(cell(text, 1666, unit="pct") for text in line)) for line in lines]
    auto = [row(*(cell(text, 0, unit="auto") for text in line)) for line in lines]
    each = (
        ("Fixed, in twentieths of a point", table(narrow, (2200, 2600, 1000))),
        ("Indented by 1 cm", table(narrow, (2200, 2600, 1000), more=('<w:tblInd w:w="567" w:type="dxa"/>', ""))),
        ("In the middle", table(narrow, (2200, 2600, 1000), more=('<w:jc w:val="center"/>', ""))),
        ("At the right", table(narrow, (2200, 2600, 1000), more=('<w:jc w:val="right"/>', ""))),
        ("All of the width", table(plain_rows(lines, thirds), thirds, width="pct 5000")),
        ("Six tenths of the width", table(half, thirds, width="pct 3000", more=('<w:jc w:val="center"/>', ""))),
        ("Fitted to its words", table(auto, (1500, 3500, 900), width="auto 0", fixed=False)),
        ("Fitted, of all the width", table(auto, (3000, 4000, 2000), width="pct 5000", fixed=False)),
        ("Wide margins in cells", table(plain_rows(lines, thirds), thirds, more=("", margins))),
    )
    for name, shown in each:
        put(made, bold(name), shown, paragraph())
    own = f"<w:tcMar>{_insets(240, 480, 0, 0)}</w:tcMar>"
    put(
        made,
        bold("One cell with margins of its own"),
        table([row(cell("Set in from the left and the top", 4500, own), cell(prose(1), 4500))], (4500, 4500)),
        paragraph("End."),
    )
    return saved(made)


def _lined(text: str, *edges: str, fill: str = "") -> str:
    inner = f"<w:tcBorders>{''.join(edges)}</w:tcBorders>" if edges else ""
    return cell(text, 2250, inner + (shade(fill) if fill else ""))


@document("table-borders-and-shading", "borders by cell that contradict each other, of every usual kind, and shading")
def borders_and_shading() -> bytes:
    made = begun("Revenue summary", 1)
    columns = (2250,) * 4
    kinds = (("single", 4), ("single", 18), ("double", 6), ("dotted", 8), ("dashed", 8), ("thick", 24), ("nil", 0))
    for kind, size in kinds:
        own = f"<w:tblBorders>{borders(kind, size, '1F3864')}</w:tblBorders>"
        rows = plain_rows(
            [(f"{kind} {size}", "Budget", "Actual", "Change"), ("Parks", "£210", "£198", "-£12")], columns
        )
        put(made, table(rows, columns, more=(own, "")), paragraph())
    above_and_below = borders("double", 6, sides=("top", "bottom"))
    conflict = [
        row(
            _lined("Thick below", edge("bottom", "single", 24)),
            _lined("Double right", edge("right", "double", 6)),
            _lined("Single left", edge("left", "single", 4, "C00000")),
            _lined("Nothing above", edge("top", "nil", 0)),
        ),
        row(
            _lined("Thin above", edge("top", "single", 4, "C00000")),
            _lined("Dotted", borders("dotted", 8, sides=AROUND)),
            _lined("Shaded", fill="FFE699"),
            _lined("Nil all round", borders("nil", 0, sides=AROUND)),
        ),
        row(*(_lined(text, above_and_below, fill="DEEAF6") for text in ("Total", "£412", "£388", "-£24"))),
    ]
    put(made, table(conflict, columns), paragraph())
    lines_only = edge("top", "single", 12) + edge("bottom", "double", 6) + edge("insideH", "dotted", 4)
    accounts = f"<w:tblBorders>{lines_only}</w:tblBorders>"
    lines = [(team, f"£{900 + 31 * at:,}", f"£{880 + 37 * at:,}", f"£{20 - 6 * at}") for at, team in enumerate(TEAMS)]
    put(made, table(plain_rows(lines, columns), columns, more=(accounts, "")), paragraph("End."))
    return saved(made)


@document("table-turned-text-and-heights", "text upwards and downwards, vertical places, exact and least heights")
def turned_text() -> bytes:
    made = begun("Duty rota of the registrars")
    columns = (700, 2100, 2100, 2100, 2000)
    up, down = '<w:textDirection w:val="btLr"/>', '<w:textDirection w:val="tbRl"/>'
    middle = '<w:vAlign w:val="center"/>'
    rows = [
        row(
            cell("", 700),
            *(cell(bold(day), columns[1], up) for day in DAYS),
            properties=height(1600) + "<w:tblHeader/>",
        )
    ]
    for at, team in enumerate(TEAMS[:4]):
        cells = [
            cell(f"{person} until {place}", columns[1], f'<w:vAlign w:val="{where}"/>')
            for person, place, where in zip(
                ("Ida Marsh", "Tom Reeve", "Ola Quill", "Bea Stott"),
                ("noon", "two", "half past four", "five"),
                ("top", "center", "bottom", "center"),
                strict=True,
            )
        ]
        rows.append(row(cell(aligned(team), 700, (up if at % 2 else down) + middle), *cells, properties=height(1500)))
    put(made, table(rows, columns), paragraph(prose(3, 2)))
    exact = [
        row(
            cell(tight(f"Exactly {size / 20:g} points"), 4500),
            cell(tight("A line of it"), 4500, middle),
            properties=height(size, "exact"),
        )
        for size in (280, 400, 700, 1100)
    ]
    least = [
        row(
            cell(f"At least {size / 20:g} points", 4500),
            cell(prose(2, size), 4500, '<w:vAlign w:val="bottom"/>'),
            properties=height(size),
        )
        for size in (280, 800, 1400)
    ]
    put(made, table(exact, (4500, 4500)), paragraph(), table(least, (4500, 4500)), paragraph("End."))
    return saved(made)


@document("table-of-120-rows", "a long table whose head of two rows repeats on every page")
def long_table() -> bytes:
    made = begun("Premises licences granted")
    columns = (900, 2900, 3200, 2000)
    rows = [
        row(
            merged(bold("No."), 900, '<w:vAlign w:val="bottom"/>', first=True),
            spanning(bold("Premises", "center"), 2, 6100, shade("E7E6E6")),
            merged(bold("Decided"), 2000, first=True),
            properties=HEADER,
        ),
        row(
            merged(width=900),
            cell(bold("Name"), 2900),
            cell(bold("Street"), 3200),
            merged(width=2000),
            properties=HEADER,
        ),
    ]
    for at in range(120):
        name = f"The {('Anchor', 'Bell', 'Crown', 'Drover', 'Elm Tree', 'Foundry')[at % 6]} {at // 6 + 1}"
        street = (
            f"{at * 3 % 97 + 1} {('Mill Lane', 'Station Road', 'Tanner Row', 'Upper Street')[at % 4]}, {WARDS[at % 8]}"
        )
        texts = (str(at + 1), name, street, f"{at % 28 + 1} May 2026")
        rows.append(
            row(*(cell(tight(text), width) for text, width in zip(texts, columns, strict=True)), properties=WHOLE)
        )
    put(made, table(rows, columns), paragraph("End of the register."))
    return saved(made)


@document(
    "table-rows-longer-than-a-page",
    "rows that may be split over pages, one of them taller than a page; a head of one row",
)
def rows_longer_than_a_page() -> bytes:
    made = begun("Comments received on the local plan", 1)
    columns = (2000, 4500, 2500)
    rows = [
        row(
            *(
                cell(bold(text), width, shade("D9E2F3"))
                for text, width in zip(("From", "Comment", "Answer"), columns, strict=True)
            ),
            properties=HEADER,
        )
    ]
    for at, (sender, length) in enumerate(
        (
            ("A resident of Gosling", 4),
            ("Dunmere Parish Council", 70),
            ("A farmer", 9),
            ("The Civic Society", 22),
            ("A pupil", 2),
        )
    ):
        comment = "".join(paragraph(prose(3, at + step)) for step in range(0, length, 3))
        rows.append(row(cell(sender, 2000), cell(comment, 4500), cell(prose(2, at), 2500)))
    rows.append(row(cell("An agent", 2000), cell(prose(6), 4500), cell("Kept on one page.", 2500), properties=WHOLE))
    put(made, table(rows, columns), paragraph("End of the comments."))
    return saved(made)


@document("table-in-a-table", "tables nested two deep, with other borders and styles than the table around them")
def nested() -> bytes:
    made = begun("Options for the leisure centre")
    for_word_2013(made)
    costs = table(plain_rows([("Capital", "£1.2m"), ("Yearly", "£85,000")], (1400, 1300)), (1400, 1300), "TableGrid")
    listed = f"<w:tblBorders>{borders('dotted', 8, '7F7F7F')}</w:tblBorders>"
    deep = table(plain_rows([("Low", "High")], (600, 700)), (600, 700), more=(listed, ""))
    risks = table(
        [row(cell("Cost", 1200), cell(deep, 1500)), row(cell("Delay", 1200), cell("Likely", 1500))],
        (1200, 1500),
        "LightShading-Accent1",
        look='w:val="04A0" w:firstRow="1" w:firstColumn="1" w:noVBand="1"',
    )
    rows = [row(*(cell(bold(text), 3000, shade("BDD7EE")) for text in ("Option", "Costs", "Risks")), properties=HEADER)]
    for at, option in enumerate(
        ("Repair", "Extend", "Build anew", "Close", "Hand over to a trust", "Share with the college")
    ):
        words = paragraph(option, run_properties="<w:b/>") + paragraph(prose(2 + at % 3, at))
        rows.append(
            row(
                cell(words, 3000),
                cell(paragraph("In 2026 prices:") + costs, 3000),
                cell(risks + paragraph(prose(1, at)), 3000),
                properties=WHOLE if at % 2 else "",
            )
        )
    put(made, table(rows, (3000, 3000, 3000)), paragraph("End of the options."))
    return saved(made)


@document("table-rows-begun-and-ended-late", "gridBefore and gridAfter: rows narrower than the table, steps and gaps")
def late_rows() -> bytes:
    made = begun("Phases of the town hall works", 1)
    columns = (1500,) * 6
    rows = []
    for at in range(5):
        skipped = f'<w:gridBefore w:val="{at}"/>' if at else ""
        after = f'<w:gridAfter w:val="{4 - at}"/>' if at < 4 else ""
        widths = "".join(
            f'<w:{name} w:w="{1500 * count}" w:type="dxa"/>'
            for name, count in (("wBefore", at), ("wAfter", 4 - at))
            if count
        )
        rows.append(
            row(
                cell(f"Phase {at + 1}", 1500, shade("C5E0B3")),
                cell(f"{6 + at} weeks", 1500),
                properties=skipped + after + widths,
            )
        )
    put(made, table(rows, columns), paragraph(prose(4)))
    return saved(made)
