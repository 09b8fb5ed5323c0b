"""Work programmes, an action tracker, a forward plan and a timetable: wide tables, mostly on landscape pages.

Takes nothing; gives documents of one to seven pages.
"""

from __future__ import annotations

from typing import Any

from tools.corpus.apparatus import in_footer, in_header, item, numbering, page_of_pages
from tools.corpus.collection import document
from tools.corpus.markup import (
    HEADER,
    WHOLE,
    aligned,
    bold,
    borders,
    cell,
    for_word_2013,
    height,
    landscape,
    merged,
    paragraph,
    put,
    restyle,
    row,
    run,
    shade,
    spanning,
    styled,
    table,
)
from tools.corpus.parts import new_document, prose, saved

COMMITTEES = ("Council", "Cabinet", "Scrutiny", "Planning", "Licensing", "Audit", "Standards", "Staffing")
OFFICERS = ("Ida Marsh", "Tom Reeve", "Ola Quill", "Bea Stott", "Sven Lund")
TOPICS = ("Flood defences", "Leisure centres", "Homelessness", "Street lighting", "Air quality", "Village halls",
          "School crossings", "Empty shops", "Tree planting", "Digital inclusion", "Skate parks",
          "Bus shelters")  # fmt: skip


def _wide(font: str, size: float) -> Any:
    made = new_document()
    landscape(made.sections[0])
    restyle(made, "Normal", font, size, space=(2, 2))
    return made


def _head(titles: tuple[str, ...], columns: tuple[int, ...], fill: str) -> str:
    pairs = zip(titles, columns, strict=True)
    return row(*(cell(bold(text), width, shade(fill)) for text, width in pairs), properties=HEADER)


@document("work-programme-by-date", "a landscape table: dates merged down over pages, rows of categories merged across")
def by_date() -> bytes:
    made = _wide("Arial", 10)
    made.add_heading("Scrutiny work programme 2026/27", 1)
    columns = (1800, 3400, 5600, 2000, 1700)
    rows = [_head(("Meeting", "Item", "Purpose", "Officer", "Status"), columns, "B4C6E7")]
    for part, name in enumerate(("Standing items", "Reviews", "Requests of members")):
        rows.append(row(spanning(bold(name), 5, sum(columns), shade("D9E2F3")), properties=WHOLE))
        for meeting in range(3):
            for step in range(4 + meeting):
                date = f"{8 + 7 * meeting} {('October', 'January', 'March')[part]} {2026 + (part > 0)}"
                at = part * 5 + meeting * 3 + step
                rows.append(
                    row(
                        merged(paragraph(date, "", "<w:b/>") if step == 0 else "", 1800, first=step == 0),
                        cell(TOPICS[at % 12], 3400),
                        cell(prose(1 + at % 3, at), 5600),
                        cell(OFFICERS[at % 5], 2000),
                        cell(("On time", "Late", "Done")[at % 3], 1700, shade(("E2EFD9", "F8CBAD", "FFFFFF")[at % 3])),
                    )
                )
    put(made, table(rows, columns), paragraph())
    in_footer(made.sections[0], aligned(page_of_pages(), "right"))
    return saved(made)


@document("work-programme-with-lists", "a landscape table in another house style: bullets in cells, no upright lines")
def with_lists() -> bytes:
    made = _wide("Calibri", 11)
    for_word_2013(made)
    bullets = numbering(made, ("bullet", "•", 284, 284), ("bullet", "–", 568, 284))
    put(made, paragraph("Health and Wellbeing Board: what we shall look at", "", '<w:b/><w:sz w:val="36"/>'))
    columns = (2600, 6900, 2500, 2500)
    level = f"<w:tblBorders>{borders('single', 6, 'A6A6A6', ('top', 'bottom', 'insideH'))}</w:tblBorders>"
    rows = [_head(("When", "What", "Who reports", "Why now"), columns, "FFE699")]
    for at in range(14):
        points = "".join(item(prose(1, at + step), bullets, step % 2) for step in range(1 + at % 4))
        rows.append(
            row(
                cell(f"{('January', 'March', 'June', 'September')[at % 4]} {2027 + at // 4}", 2600),
                cell(paragraph(TOPICS[at % 12], "<w:keepNext/>", "<w:b/>") + points, 6900),
                cell(f"{OFFICERS[at % 5]}\nand partners" if at % 2 else OFFICERS[at % 5], 2500),
                cell(("A duty", "Asked for", "A year on")[at % 3], 2500),
                properties=WHOLE,
            )
        )
    put(made, table(rows, columns, more=(level, "")), paragraph(prose(2)))
    return saved(made)


@document("action-tracker", "60 rows on landscape pages in small print, with coloured states and a head of two rows")
def tracker() -> bytes:
    made = _wide("Arial", 9)
    in_header(made.sections[0], paragraph("Action tracker of the Audit Committee", "", '<w:b/><w:sz w:val="24"/>'))
    columns = (800, 1500, 4600, 1900, 1500, 1500, 2700)
    top = [
        row(*(merged(bold(text), width, shade("C9C9C9"), first=True) for text, width in
              zip(("No.", "Meeting", "Action", "Owner"), columns[:4], strict=True)),
            spanning(bold("Dates", "center"), 2, 3000, shade("C9C9C9")),
            merged(bold("State"), 2700, shade("C9C9C9"), first=True), properties=HEADER),
        row(*(merged(width=width) for width in columns[:4]), cell(bold("Due"), 1500, shade("E7E6E6")),
            cell(bold("Done"), 1500, shade("E7E6E6")), merged(width=2700), properties=HEADER),
    ]  # fmt: skip
    states = (("Done", "A9D08E"), ("In hand", "FFE699"), ("Late", "F4B084"), ("Not begun", "FFFFFF"))
    rows = []
    for at in range(60):
        state, fill = states[at * 7 % 4]
        texts = (f"{at + 1}", f"{at % 28 + 1}/{at % 9 + 1}/26", prose(1 + at % 2, at), OFFICERS[at % 5],
                 f"{at % 27 + 1}/11/26", f"{at % 20 + 1}/10/26" if state == "Done" else "")  # fmt: skip
        cells = [cell(text, width) for text, width in zip(texts, columns, strict=False)]
        rows.append(
            row(
                *cells,
                cell(f"{state}. {prose(1, at + 4)}" if at % 5 == 0 else state, 2700, shade(fill)),
                properties=WHOLE,
            )
        )
    put(made, table([*top, *rows], columns), paragraph())
    return saved(made)


def _decision(at: int) -> str:
    """One decision of the plan as a table whose rows are kept together and whose cells are sized in percent."""

    def label(text: str, width: int = 1200) -> str:
        return cell(paragraph(text, "<w:keepNext/>"), width, shade("F2F2F2"), "pct")

    three = '<w:gridSpan w:val="3"/>'
    title = paragraph(f"{at + 1}. {TOPICS[at]}", "<w:keepNext/>", "<w:b/>")
    lines = [
        row(cell(title, 5000, f'<w:gridSpan w:val="4"/>{shade("C5E0B3")}', "pct"), properties=WHOLE),
        row(
            label("Decision maker"),
            cell(COMMITTEES[at % 8], 1300, unit="pct"),
            label("Date", 900),
            cell(f"{at * 3 + 1} November 2026", 1600, unit="pct"),
            properties=WHOLE,
        ),
        row(label("What is to be decided"), cell(prose(2 + at % 3, at), 3800, three, "pct")),
        row(
            cell("Why it is key", 1200, shade("F2F2F2"), "pct"),
            cell("Over £250,000" if at % 2 else "Two wards or more", 3800, three, "pct"),
        ),
    ]
    return table(lines, (2175, 2356, 1631, 2898), width="pct 5000")


@document("forward-plan", "a portrait table of key decisions: heads in every row, spans, columns sized in percent")
def plan() -> bytes:
    made = new_document()
    restyle(made, "Normal", "Times New Roman", 11, space=(0, 4))
    made.add_heading("Forward plan of key decisions", 1)
    put(made, paragraph(prose(3)))
    for at in range(9):
        put(made, *([paragraph()] if at else []), _decision(at))
    put(made, paragraph("End of the plan."))
    in_footer(
        made.sections[0],
        paragraph(
            run("Published 1 October 2026\t") + page_of_pages(), '<w:tabs><w:tab w:val="right" w:pos="9060"/></w:tabs>'
        ),
    )
    return saved(made)


@document("committee-timetable", "a year's meetings in a grid: heads of columns turned upwards, shaded recesses")
def timetable() -> bytes:
    made = _wide("Arial", 10)
    made.add_heading("Timetable of meetings, May 2026 to April 2027", 1)
    months = (
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "January",
        "February",
        "March",
        "April",
    )
    columns = (2500, *(1000,) * 12)
    up = '<w:textDirection w:val="btLr"/><w:vAlign w:val="center"/>'
    names = (cell(bold(month), 1000, shade("DEEAF6") + up) for month in months)
    first = cell(bold("Committee"), 2500, '<w:vAlign w:val="bottom"/>')
    head = row(first, *names, properties="<w:cantSplit/>" + height(1500) + "<w:tblHeader/>")
    rows = [head]
    for at, committee in enumerate(COMMITTEES):
        cells = []
        for month in range(12):
            recess = month in {3, 7}
            days = "" if recess or (month + at) % 3 == 2 else f"{(at * 5 + month * 3) % 27 + 1}"
            days += f", {(at + month) % 9 + 19}" if days and at == 3 else ""
            cells.append(
                cell(aligned(days), 1000, shade("D9D9D9" if recess else "FFFFFF") + '<w:vAlign w:val="center"/>')
            )
        rows.append(row(cell(bold(committee), 2500), *cells, properties=WHOLE + height(480)))
    put(made, table(rows, columns), paragraph("Shaded months are recesses.", "", "<w:i/>"))
    put(made, styled("Heading2", "Notes"), *(styled("ListBullet", prose(1, at)) for at in range(3)))
    return saved(made)
