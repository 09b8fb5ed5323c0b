"""Pictures in the line and anchored, in cells, lists and headers; text boxes; captions.

Takes nothing; gives documents of one to four pages. All pictures are drawn by script and have alternative text or are
marked as decorative.
"""

from __future__ import annotations

from tools.corpus.collection import document
from tools.corpus.drawn import anchor, bars, crest, map_of_wards, picture, related, text_box
from tools.corpus.markup import (
    aligned,
    bold,
    cell,
    for_word_2013,
    paragraph,
    put,
    put_into,
    row,
    run,
    shade,
    styled,
    table,
)
from tools.corpus.parts import new_document, prose, saved


def field(instruction: str, result: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def caption(kind: str, number: int, words: str) -> str:
    return styled("Caption", run(f"{kind} ") + field(f"SEQ {kind} \\* ARABIC", str(number)) + run(f": {words}"))


@document("pictures-in-the-line", "PNG and JPEG in the line of text: cropped, turned, framed, of several sizes")
def in_the_line() -> bytes:
    made = new_document()
    made.add_heading("Visitors to the museum", 1)
    chart, plan = related(made.part, bars(30, 55, 80, 62, 41)), related(made.part, map_of_wards())
    shield = related(made.part, crest())
    put(
        made,
        paragraph(prose(2)),
        paragraph(picture(chart, "Bar chart: visitors rose until the third quarter, then fell", (360, 200))),
        caption("Figure", 1, "Visitors by quarter"),
        aligned(picture(plan, "Map of the six wards with the river Dun", (240, 160), line=(1.5, "404040"))),
        caption("Figure", 2, "The wards"),
        paragraph(run("The arms ") + picture(shield, "The Council's arms", (14, 14)) + run(" stand in this line. ")
                  + run(prose(2, 2))),
        paragraph(run("A taller one ") + picture(shield, "The Council's arms, larger", (60, 60))
                  + run(" makes its line taller. ") + run(prose(3, 4))),
        paragraph("Cropped on all sides, on the left alone, and at the top:"),
        paragraph(picture(plan, "The middle of the map", (150, 100), crop=(0.25, 0.25, 0.25, 0.25)) + run("  ")
                  + picture(plan, "The right half of the map", (75, 100), crop=(0.5, 0, 0, 0)) + run("  ")
                  + picture(plan, "The lower part of the map", (150, 70), crop=(0, 0.3, 0, 0), line=(0.5, "C00000"))),
        paragraph("Turned by 90, by 180 and by 15 degrees:"),
        paragraph(picture(chart, "Chart on its side", (90, 50), turned=90)),
        paragraph(picture(chart, "Chart upside down", (90, 50), turned=180)),
        paragraph(picture(chart, "Chart a little askew", (90, 50), turned=15)),
        paragraph(picture(shield, "", (451, 8)), '<w:spacing w:before="240"/>'),
        paragraph(prose(2, 6)),
    )  # fmt: skip
    return saved(made)


@document("pictures-anchored", "anchored pictures, text above and below; from page, margin, column, paragraph and line")
def anchored() -> bytes:
    made = new_document()
    made.add_heading("Works on the high street", 1)
    plan, chart = related(made.part, map_of_wards()), related(made.part, bars(20, 60, 45))
    places = (
        ("in the middle of the column, below its paragraph", anchor(("column", "center"), ("paragraph", 40.0), gap=6)),
        ("at the left of the margin", anchor(("margin", "left"), ("paragraph", 30.0))),
        ("at the right of the margin", anchor(("margin", "right"), ("paragraph", 30.0), gap=9)),
        ("100 points from the edge of the page", anchor(("page", 100.0), ("paragraph", 45.0))),
        ("20 points from the column, at the paragraph's top", anchor(("column", 20.0), ("paragraph", 0.0))),
    )
    for at, (name, place) in enumerate(places):
        shown = picture(plan if at % 2 else chart, f"A picture {name}", (180, 100), place=place)
        put(
            made,
            paragraph(shown + run(f"This picture stands {name}. ") + run(prose(2, at))),
            paragraph(prose(3, at + 2)),
        )
    top = anchor(("margin", "center"), ("margin", "top"))
    shown = picture(plan, "A map at the top of the margins", (300, 200), line=(1, "000000"), place=top)
    put(
        made,
        paragraph(shown + run("A page with a picture at its top. ") + run(prose(3)), "<w:pageBreakBefore/>"),
        paragraph(prose(6, 3)),
    )
    return saved(made)


@document("pictures-behind-and-before-text", "a picture behind the text of a page, one before it, and decorative ones")
def behind() -> bytes:
    made = new_document()
    made.add_heading("Winter service plan", 1)
    shield, chart = related(made.part, crest(240)), related(made.part, bars(10, 20, 30, 40))
    back = anchor(("page", "center"), ("page", "center"), "None", behind=True)
    front = anchor(("page", 480.0), ("page", 20.0), "None")
    end = anchor(("column", 0.0), ("paragraph", 60.0), "None")
    put(
        made,
        paragraph(
            picture(shield, "", (300, 300), place=back)
            + picture(shield, "The Council's arms", (60, 60), place=front)
            + run(prose(6))
        ),
        paragraph(prose(5, 2)),
        styled("ListBullet", prose(1)),
        styled(
            "ListBullet", run("Gritting routes ") + picture(chart, "Four bars that rise", (40, 20)) + run(" as shown")
        ),
        styled("ListNumber", "Depots open at four"),
        styled("ListNumber", run("Salt in store: ") + picture(chart, "Stock rises from week to week", (120, 60))),
        paragraph(picture(chart, "Stock at the end of the year", (200, 90), place=end) + run("Below are the stocks.")),
    )
    return saved(made)


@document("pictures-in-cells", "pictures in cells of tables, in rows of exact height, and in the header")
def in_cells() -> bytes:
    made = new_document()
    for_word_2013(made)
    section = made.sections[0]
    header = section.header
    shield = related(header.part, crest())
    put_into(header._element, aligned(picture(shield, "", (40, 40)) + run("  Westmarch District Council"), "right"))
    made.add_heading("Sites for the community garden", 1)
    plan, chart = related(made.part, map_of_wards("PNG")), related(made.part, bars(70, 20, 50))
    rows = [row(*(cell(bold(text), width, shade("E2EFD9")) for text, width in
                  (("Site", 1800), ("Plan", 3600), ("Soil, sun, access", 3600))))]  # fmt: skip
    for at, site in enumerate(("Mill Lane", "The Croft", "Old depot", "Station yard", "Priory field", "Canal side")):
        middle = '<w:vAlign w:val="center"/>'
        rows.append(
            row(
                cell(site, 1800, middle),
                cell(aligned(picture(plan, f"Plan of {site}", (150, 100))), 3600, middle),
                cell(
                    paragraph(picture(chart, f"Marks of {site}", (100 + 10 * at, 60))) + paragraph(prose(1, at)), 3600
                ),
                properties="<w:cantSplit/>",
            )
        )
    put(
        made,
        paragraph(prose(2)),
        table(rows, (1800, 3600, 3600)),
        caption("Table", 1, "The sites"),
        paragraph(prose(2)),
    )
    return saved(made)


@document("text-boxes", "text boxes in the line and anchored, filled and framed, with lists and a table within")
def boxes() -> bytes:
    made = new_document()
    made.add_heading("Domestic abuse strategy", 1)
    words = (
        bold("In short")
        + styled("ListBullet", "Two refuges by 2028")
        + styled("ListBullet", "One number: 01632 960 114")
    )
    figures = table(
        [row(cell("2025", 1500), cell("312", 1200)), row(cell("2026", 1500), cell("288", 1200))], (1500, 1200)
    )
    below = anchor(("column", "center"), ("paragraph", 45.0), gap=8)
    foot = anchor(("margin", "center"), ("margin", "bottom"))
    put(
        made,
        paragraph(prose(3)),
        paragraph(text_box(words, (440, 110), fill="DEEAF6", line=(1.5, "1F4E79"))),
        paragraph(text_box(paragraph(prose(2, 4)), (260, 90), line=(0.5, "7F7F7F"), shape="roundRect")),
        paragraph(text_box(aligned("Grows with its words. " + prose(3)), (440, 40), fill="FFF2CC", grows=True)),
        paragraph(text_box(paragraph("Referrals") + figures + paragraph(), (220, 130)), '<w:jc w:val="center"/>'),
        paragraph(text_box(bold("Anchored, centred", "center") + paragraph(prose(2, 6)), (340, 90), fill="E2EFD9",
                           place=below) + run(prose(2, 1))),
        paragraph(prose(4, 3)),
        paragraph(prose(6, 2)),
        paragraph(text_box(paragraph("At the foot of the page, without a line."), (451, 50), line=None, fill="F2F2F2",
                           place=foot) + run(prose(2, 5))),
        paragraph(prose(2, 8)),
    )  # fmt: skip
    return saved(made)
