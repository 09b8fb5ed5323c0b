"""More whole documents in house styles of their authors: a strategy, a notice, an assessment, terms, a consultation.

Takes nothing; gives documents of one to eight pages. None follows the templates of packgen.
"""

from __future__ import annotations

from typing import Any

from tools.corpus.apparatus import again, in_footer, in_header, item, number_style, numbering, page_of_pages
from tools.corpus.collection import document
from tools.corpus.drawn import text_box
from tools.corpus.markup import (
    HEADER,
    WHOLE,
    aligned,
    bold,
    borders,
    cell,
    for_word_2013,
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
from tools.corpus.parts import new_document, prose, saved, xml

_TICKED, _EMPTY = "\u2612", "\u2610"


def section_end(kind: str, columns: int = 1, gap: int = 560) -> str:
    """What makes a paragraph the last of a section of A4 with `columns` columns.

    Paragraphs with words take it: LibreOffice 7.4 drops an empty paragraph that ends a section, where Word gives it
    a line.
    """
    return (
        f'<w:sectPr><w:type w:val="{kind}"/><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1417" w:right="1417" w:bottom="1417" w:left="1417" w:header="708" w:footer="708" '
        'w:gutter="0"/>'
        f'<w:cols w:num="{columns}" w:space="{gap}"/></w:sectPr>'
    )


def last_section(made: Any, kind: str) -> None:
    """How the last section of the document begins."""
    settings = made.sections[-1]._sectPr
    settings.insert(0, xml(f'<w:type w:val="{kind}"/>'))


@document("strategy-with-columns-and-boxes", "a strategy: a title band, boxes, and a section in two columns")
def strategy() -> bytes:
    made = new_document()
    for_word_2013(made)
    restyle(made, "Normal", "Calibri", 11, space=(0, 6))
    restyle(made, "Heading 1", "Calibri", 20, bold=True, colour="00594C", space=(18, 6))
    restyle(made, "Heading 2", "Calibri", 14, bold=True, colour="00594C", space=(12, 4))
    white = '<w:b/><w:color w:val="FFFFFF"/><w:sz w:val="44"/>'
    band = row(
        cell(
            paragraph("A greener Westmarch", "", white)
            + paragraph("Climate strategy 2026 to 2031", "", '<w:color w:val="FFFFFF"/>'),
            9060,
            shade("00594C"),
        )
    )
    put(made, table([band], (9060,)), paragraph())
    put(made, styled("Heading1", "Foreword"), paragraph(prose(6), '<w:jc w:val="both"/>'), paragraph(prose(5, 4)))
    aims = bold("Our three aims") + "".join(styled("ListNumber", text) for text in
            ("Halve what our buildings emit", "Plant 40,000 trees", "Help 1,200 homes stay warm"))  # fmt: skip
    put(made, paragraph(text_box(aims, (450, 105), fill="E2EFD9", line=(2, "00594C"))))
    put(made, styled("Heading1", "Where we are"))
    put(made, paragraph(prose(2, 9), section_end("continuous")))
    # LibreOffice begins every column lower by the space above the first paragraph of the section; in Word the space
    # belongs to its paragraph. So the first heading has none.
    flush = '<w:spacing w:before="0"/>'
    for at, head in enumerate(("Energy", "Travel", "Waste", "Water", "Trees")):
        put(made, styled("Heading2", head, "" if at else flush), paragraph(prose(5, at)), paragraph(prose(4, at + 3)))
        put(made, *(styled("ListBullet", prose(1, at + step)) for step in range(3)))
    put(made, paragraph("The figures are those of March 2026.", section_end("continuous", 2)))
    put(made, styled("Heading1", "What we shall do"))
    for at in range(4):
        put(
            made,
            paragraph(
                text_box(bold(f"Promise {at + 1}") + paragraph(prose(1, at)), (450, 60), fill="FFF2CC", line=None)
            ),
        )
        put(made, paragraph(prose(5, at)))
    last_section(made, "continuous")
    in_footer(made.sections[0], aligned(page_of_pages()))
    return saved(made)


@document("decision-notice", "a notice of one page: a table of two columns, a line to sign on, small print")
def notice() -> bytes:
    made = new_document()
    restyle(made, "Normal", "Arial", 10.5, space=(0, 4))
    put(made, aligned("WESTMARCH DISTRICT COUNCIL", "center", '<w:b/><w:spacing w:val="40"/><w:sz w:val="28"/>'),
        paragraph("Notice of a decision by an officer",
                  '<w:pBdr><w:top w:val="single" w:sz="8" w:space="4" w:color="000000"/>'
                  '<w:bottom w:val="single" w:sz="8" w:space="4" w:color="000000"/></w:pBdr><w:jc w:val="center"/>',
                  '<w:b/><w:sz w:val="26"/>'), paragraph())  # fmt: skip
    lines = (
        ("Reference", "HT/2026/114"),
        ("Decision maker", "Head of Highways and Transport, Bea Stott"),
        ("Date of the decision", "21 August 2026"),
        ("Decision", "To close Tanner Row to motor vehicles between 7 and 9 September 2026 while a sewer is mended."),
        ("Reasons", prose(3, 2)),
        ("Other choices", prose(2, 5)),
        ("Interests declared", "None"),
        ("Wards", "Castle Hill; Dunmere"),
        ("Background papers", "Order of 3 August 2026; letters from three traders"),
        ("Contact", "Tom Reeve, 01632 960 018, highways@example.org"),
    )
    rows = [row(cell(bold(name), 2700, shade("EDEDED")), cell(words, 6360), properties=WHOLE) for name, words in lines]
    put(made, table(rows, (2700, 6360)), paragraph())
    put(made, paragraph("Signed\t\tDate\t", '<w:tabs><w:tab w:val="left" w:leader="underscore" w:pos="5200"/>'
                        '<w:tab w:val="left" w:pos="5500"/><w:tab w:val="right" w:leader="underscore" w:pos="9060"/>'
                        '</w:tabs>'
                        '<w:spacing w:before="480"/>'))  # fmt: skip
    put(made, paragraph("This notice is put up for ten working days. " + prose(1, 4), "", '<w:i/><w:sz w:val="17"/>'))
    return saved(made)


@document("equality-impact-assessment", "a form: nested tables, tick boxes, merged heads, long answers over pages")
def assessment() -> bytes:
    made = new_document()
    restyle(made, "Normal", "Arial", 11, space=(0, 4))
    in_header(made.sections[0], aligned("Equality impact assessment", "right", '<w:color w:val="7030A0"/>'))
    put(made, styled("Title", "Equality impact assessment"))
    top = [row(spanning(bold("Part 1. About the change"), 2, 9060, shade("D9C3E8")), properties=HEADER)]
    top += [row(cell(name, 3000), cell(words, 6060)) for name, words in (
        ("Name of the change", "Fewer stops of the mobile library"), ("Lead officer", "Ola Quill, 01632 960 221"),
        ("What will change?", prose(4)), ("Who will notice?", prose(3, 4)))]  # fmt: skip
    answers = table([row(cell(f"{_TICKED} Yes", 1800), cell(f"{_EMPTY} No", 1800), cell(f"{_EMPTY} Not known", 2000))],
                    (1800, 1800, 2000), more=(f"<w:tblBorders>{borders('nil', 0)}</w:tblBorders>", ""))  # fmt: skip
    top.append(row(cell("Is it a new duty?", 3000), cell(paragraph("Tick one.") + answers, 6060)))
    put(made, table(top, (3000, 6060)), paragraph())
    rows = [
        row(spanning(bold("Part 2. Whom it affects"), 3, 9060, shade("D9C3E8")), properties=HEADER),
        row(
            *(
                cell(bold(text), width)
                for text, width in (("Characteristic", 2200), ("Effect", 1900), ("Evidence", 4960))
            ),
            properties=HEADER,
        ),
    ]
    for at, group in enumerate(
        (
            "Age",
            "Disability",
            "Gender reassignment",
            "Marriage and civil partnership",
            "Pregnancy and maternity",
            "Race",
            "Religion or belief",
            "Sex",
            "Sexual orientation",
            "Carers",
            "Rural households",
        )
    ):
        marks = "".join(
            paragraph(f"{_TICKED if at % 3 == step else _EMPTY} {text}")
            for step, text in enumerate(("Good", "None", "Bad"))
        )
        figures = table(
            [
                row(cell("Users", 1200), cell("Stops", 1200), cell("Share", 1200)),
                row(*(cell(str(each), 1200) for each in (312 - 20 * at, 9 + at, f"{4 + at}%"))),
            ],
            (1200, 1200, 1200),
            "TableGrid",
        )
        evidence = paragraph(prose(2 + at % 3, at)) + (figures + paragraph(prose(1, at)) if at % 2 == 0 else "")
        rows.append(
            row(cell(group, 2200), cell(marks, 1900), cell(evidence, 4960), properties=WHOLE if at % 4 == 1 else "")
        )
    put(made, table(rows, (2200, 1900, 4960)), paragraph())
    sign = [row(cell(bold("Signed off by"), 3000), cell("Ida Marsh", 3000), cell("12 August 2026", 3060))]
    put(made, table(sign, (3000, 3000, 3060)), paragraph())
    return saved(made)


@document("terms-of-reference", "legal numbering of four levels by styles, with parts that begin again")
def terms() -> bytes:
    made = new_document()
    restyle(made, "Normal", "Times New Roman", 11.5, space=(0, 6))
    for level in (1, 2):
        restyle(made, f"Heading {level}", "Times New Roman", 13 - level, bold=True, colour="000000", space=(12, 6))
    put(made, aligned("Terms of reference of the Licensing Committee", "center", '<w:b/><w:caps/><w:sz w:val="28"/>'))
    legal = numbering(made, ("decimal", "%1.", 720, 720), ("decimal", "%1.%2", 720, 720),
                      ("decimal", "%1.%2.%3", 1620, 900),
                      ("lowerLetter", "(%4)", 2160, 540), ("lowerRoman", "(%5)", 2700, 540))  # fmt: skip
    number_style(made, "Heading 1", legal, 0)
    for at, head in enumerate(("Membership", "Quorum", "Powers", "Sub-committees", "Delegation to officers", "Review")):
        put(made, styled("Heading1", head, "<w:keepNext/>"))
        for step in range(3):
            put(made, item(prose(2, at + step), legal, 1, '<w:jc w:val="both"/>'))
            for deep in range(step):
                put(made, item(prose(1, at + deep), legal, 2), item(prose(1, step + deep), legal, 3))
                put(made, item("so far as the law allows, and", legal, 4), item(prose(1, deep), legal, 4))
    put(made, styled("Heading2", "Schedule of powers"))
    own = again(made, legal)
    put(made, *(item(prose(1, at), own, at % 3) for at in range(12)))
    return saved(made)


@document("consultation-report", "quotations, percentages in tables, a summary in a frame of borders")
def consultation() -> bytes:
    made = new_document()
    restyle(made, "Normal", "Cambria", 11, space=(0, 8))
    for level in (1, 2):
        restyle(made, f"Heading {level}", "Cambria", 18 - 3 * level, bold=True, colour="7F6000", space=(14, 6))
    restyle(made, "Intense Quote", "Cambria", 11, bold=True, colour="7F6000")
    framed = '<w:pBdr>' + "".join(f'<w:{side} w:val="single" w:sz="6" w:space="6" w:color="7F6000"/>' for side in
             ("top", "left", "bottom", "right")) + '</w:pBdr>' + shade("FFF2CC")  # fmt: skip
    framed += '<w:ind w:left="170" w:right="170"/>'
    put(made, styled("Heading1", "What people said about the town centre"))
    put(made, paragraph("Summary", framed, "<w:b/>"), paragraph(prose(4), framed), paragraph(prose(2, 4), framed))
    questions = ("Should Mill Lane be closed to cars?", "Is there enough parking?", "Do you feel safe at night?",
                 "Is the market on the right day?", "Would you use a bus every twenty minutes?")  # fmt: skip
    for at, question in enumerate(questions):
        put(made, styled("Heading2", f"Question {at + 1}: {question}"), paragraph(prose(3, at)))
        shares = (41 - 5 * at, 22 + 3 * at, 12, 15 + at, 10 + at)
        titles = ("Strongly agree", "Agree", "Neither", "Disagree", "Strongly disagree")
        rows = [
            row(cell(bold("Answers"), 1810), *(cell(bold(text, "center"), 1450) for text in titles), properties=HEADER)
        ]
        for group, more in (("Residents", 0), ("Traders", 3), ("Visitors", -2)):
            figures = (shares[0] + more, shares[1] - more, *shares[2:])
            rows.append(
                row(
                    cell(group, 1810),
                    *(cell(aligned(f"{figure}%"), 1450, shade("FFE699") if figure > 30 else "") for figure in figures),
                )
            )
        put(made, table(rows, (1810, *(1450,) * 5)), styled("Caption", f"Table {at + 1}: answers in percent of 1,846"))
        put(
            made,
            styled(
                "Quote" if at % 2 else "IntenseQuote",
                "\u201cI would come more often if the last bus left after nine.\u201d",
            ),
        )
        put(
            made,
            styled("Quote", "\u201cThe crossing by the bank is too short for my mother.\u201d"),
            paragraph(run("Our answer. ", "<w:b/>") + run(prose(3, at + 2))),
        )
    return saved(made)
