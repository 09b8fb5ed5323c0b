"""Minutes in two house styles, and a letter.

Takes nothing; gives documents of one to six pages.
"""

from __future__ import annotations

from tools.corpus.apparatus import again, in_footer, in_header, item, numbering, page_of_pages
from tools.corpus.collection import document
from tools.corpus.drawn import crest, picture, related
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
    put_into,
    restyle,
    row,
    run,
    shade,
    spanning,
    table,
)
from tools.corpus.parts import new_document, prose, saved

ITEMS = (
    "Apologies for absence",
    "Declarations of interest",
    "Minutes of the last meeting",
    "Public questions",
    "Winter gritting",
    "Allotment rents",
    "Grants to village halls",
    "Play areas",
    "Date of the next meeting",
)
_MEMBERS = ("I. Marsh (Chair)", "T. Reeve (Vice-Chair)", "O. Quill", "B. Stott", "A. Penhale", "R. Okoro", "S. Lund")


@document(
    "minutes-numbered", "minutes with numbers that run on from meeting to meeting, and lists of what was resolved"
)
def numbered() -> bytes:
    made = new_document()
    restyle(made, "Normal", "Times New Roman", 12, space=(0, 6))
    in_footer(made.sections[0], aligned(page_of_pages()))
    put(made, aligned("ENVIRONMENT COMMITTEE", "center", '<w:b/><w:sz w:val="30"/>'))
    put(made, aligned("Minutes of the meeting held on Tuesday 14 July 2026 at 7 pm", "center", "<w:i/>"))
    hanging = '<w:ind w:left="2268" w:hanging="2268"/>'
    stop = '<w:tabs><w:tab w:val="left" w:pos="2268"/></w:tabs>'
    put(made, paragraph(run("Present:", "<w:b/>") + run("\tCouncillors " + ", ".join(_MEMBERS)), stop + hanging))
    put(made, paragraph(run("In attendance:", "<w:b/>") + run("\tTwo officers and nine residents"), stop + hanging))
    minutes = numbering(made, ("decimal", "%1.", 567, 567), start=27)
    letters = numbering(made, ("lowerLetter", "(%1)", 1701, 567), ("lowerRoman", "(%2)", 2268, 567))
    for at, head in enumerate(ITEMS):
        put(
            made,
            item(run(head.upper(), "<w:b/>"), minutes, 0, '<w:keepNext/><w:spacing w:before="240" w:after="120"/>'),
        )
        for step in range(1 + at % 3):
            put(made, paragraph(prose(3 + step, at + step), '<w:ind w:left="567"/><w:jc w:val="both"/>'))
        if at > 1:
            put(made, paragraph("RESOLVED that:", '<w:keepNext/><w:ind w:left="567"/>', "<w:b/>"))
            own = again(made, letters)
            put(made, item(prose(1, at), own), item(prose(1, at + 1), own))
            put(made, item("subject to the budget, and", own, 1), item("with a report in the autumn.", own, 1))
    put(made, paragraph("The meeting ended at 8.52 pm.", '<w:spacing w:before="360"/>'))
    stops = ((5000, 'w:leader="dot" '), (5300, ""), (8900, 'w:leader="dot" '))
    tabs = "".join(f'<w:tab w:val="left" {leader}w:pos="{at}"/>' for at, leader in stops)
    put(made, paragraph("Chair\t\tDate\t", f"<w:tabs>{tabs}</w:tabs>"))
    return saved(made)


@document("minutes-in-a-table", "minutes as one table over pages, with a column for the initials of who acts")
def in_a_table() -> bytes:
    made = new_document()
    for_word_2013(made)
    restyle(made, "Normal", "Arial", 10, space=(2, 4))
    bullets = numbering(made, ("bullet", "•", 360, 360))
    in_header(made.sections[0], aligned("Westmarch Joint Safety Board", "left", '<w:b/><w:color w:val="C00000"/>'))
    put(made, paragraph("Minutes, 9 July 2026", "", '<w:b/><w:sz w:val="32"/>'))
    rows = [row(cell(bold("No."), 700, shade("F8CBAD")), cell(bold("Item"), 7160, shade("F8CBAD")),
                cell(bold("Action"), 1200, shade("F8CBAD")), properties=HEADER)]  # fmt: skip
    names = "".join(paragraph(name) for name in _MEMBERS[:4]), "".join(paragraph(name) for name in _MEMBERS[4:])
    there = table([row(cell(names[0], 3400), cell(names[1], 3400))], (3400, 3400),
                  more=(f"<w:tblBorders>{borders('nil', 0)}</w:tblBorders>", ""))  # fmt: skip
    rows.append(row(cell("1", 700), cell(paragraph("Present", "", "<w:b/>") + there, 7160), cell("", 1200)))
    for at, head in enumerate(ITEMS):
        words = paragraph(head, "<w:keepNext/>", "<w:b/>") + paragraph(prose(3 + at % 4, at))
        if at % 2:
            words += item(prose(1, at), bullets) + item(prose(1, at + 3), bullets)
        acts = "".join(paragraph(each) for each in ("IM", "TR / OQ", "BS")[: at % 4])
        rows.append(
            row(cell(str(at + 2), 700), cell(words, 7160), cell(acts, 1200), properties=WHOLE if at % 3 else "")
        )
    rows.append(row(spanning(bold("Next meeting: 8 October 2026, 2 pm, Committee Room 2"), 3, 9060, shade("F2F2F2"))))
    put(made, table(rows, (700, 7160, 1200)), paragraph())
    return saved(made)


@document("letter-with-letterhead", "a letter: arms and address in the first page's header, another header after it")
def letter() -> bytes:
    # LibreOffice 7.4 leaves the space below the last paragraph of a cell twice in the tables of headers, and what a
    # multiple of its lines adds too, and so moves all text; Word leaves it once. The letterhead therefore has neither.
    made = new_document()
    restyle(made, "Normal", "Times New Roman", 11.5, space=(0, 9))
    section = made.sections[0]
    section.different_first_page_header_footer = True
    first = section.first_page_header
    first.is_linked_to_previous = False
    for old in list(first._element):
        first._element.remove(old)
    shield = related(first.part, crest())
    tight = '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
    address = "".join(paragraph(line, tight + '<w:jc w:val="right"/>', '<w:sz w:val="18"/>') for line in
                      ("The Guildhall, Upper Street", "Westmarch WM1 4ZZ", "01632 960 500",
                       "info@example.org"))  # fmt: skip
    no_lines = f"<w:tblBorders>{borders('nil', 0, sides=('top', 'left', 'right', 'insideV'))}</w:tblBorders>"
    head = table([row(cell(paragraph(picture(shield, "", (52, 52)), tight), 1300),
                      cell(paragraph("Westmarch District Council", tight, '<w:b/><w:sz w:val="30"/>'), 4400,
                           '<w:vAlign w:val="center"/>'), cell(address, 3360))], (1300, 4400, 3360),
                 more=(no_lines, ""))  # fmt: skip
    put_into(first._element, head, paragraph("", tight))
    in_header(section, aligned("Westmarch District Council, page 2", "right"))
    put(made, *(paragraph(line, '<w:spacing w:after="0"/>') for line in
                ("Mrs A. Penhale", "4 Tanner Row", "Castle Hill", "Westmarch WM2 6ZZ")))  # fmt: skip
    put(made, paragraph("21 August 2026", '<w:spacing w:before="360"/>'), paragraph("Dear Mrs Penhale"))
    put(made, paragraph("Your petition about the crossing in Mill Lane", "", "<w:b/>"))
    put(made, *(paragraph(prose(5, at * 2), '<w:jc w:val="both"/>') for at in range(7)))
    put(made, paragraph("Yours sincerely"), paragraph("", '<w:spacing w:before="720"/>'), paragraph("Ida Marsh"))
    put(made, paragraph("Copy: ward councillors", "", '<w:i/><w:sz w:val="18"/>'))
    return saved(made)
