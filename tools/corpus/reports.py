"""Whole documents in house styles of their authors: reports, a notice and terms of reference.

Takes nothing; gives documents of one to twelve pages. None follows the templates of packgen.
"""

from __future__ import annotations

from typing import Any

from tools.corpus.apparatus import (
    again,
    bookmarked,
    contents,
    footnotes,
    in_footer,
    in_header,
    item,
    number_style,
    numbering,
    page_of_pages,
)
from tools.corpus.collection import document
from tools.corpus.markup import (
    HEADER,
    WHOLE,
    aligned,
    bold,
    cell,
    paragraph,
    put,
    restyle,
    row,
    run,
    shade,
    styled,
    table,
)
from tools.corpus.parts import new_document, prose, saved

_SECTIONS = (
    ("Purpose of the report", "This report asks the Committee to agree the plan for the libraries of the district."),
    ("Background", "The Council runs eleven libraries, two of them with volunteers, and one van for the villages."),
    ("What residents told us", "Between March and June 1,846 people answered the survey and 212 came to a meeting."),
    ("The proposals", "Opening hours would change in six libraries from the first Monday of April."),
    ("Buildings", "Ashby North and Fernhill need new roofs; Gosling shares a boiler with the school next door."),
    ("The van", "The van stops at forty places in a fortnight, and nine of the stops had no visitor last winter."),
    ("Staff and volunteers", "There are 48 posts, or 31.6 full-time equivalents, of which four are vacant."),
    ("Financial implications", "The plan costs £2,114,000 in its first year, which is £86,000 less than the budget."),
    ("Legal implications", "The Council has to provide a comprehensive and efficient library service."),
    ("Equality implications", "The assessment found that older residents of two villages would be worse off."),
    ("Risks", "The greatest risk is that volunteers cannot be found for Dunmere before the summer."),
    ("Next steps", "If the Committee agrees, the hours change in April and a review follows after a year."),
)


def _house(font: str, size: float, headings: str, colour: str = "000000") -> Any:
    """A document in one font with headings in another."""
    made = new_document()
    restyle(made, "Normal", font, size, space=(0, 8))
    for level, larger in ((1, 4.0), (2, 2.0), (3, 0.0)):
        restyle(made, f"Heading {level}", headings, size + larger, bold=True, colour=colour, space=(14, 6))
    return made


@document(
    "committee-report-of-twelve-pages", "a long report in prose: numbered paragraphs, lists, footnotes, one table"
)
def committee_report() -> bytes:
    made = _house("Arial", 11, "Arial", "1F3864")
    section = made.sections[0]
    in_header(section, aligned("Culture and Communities Committee, 17 September 2026", "right", '<w:sz w:val="18"/>'))
    in_footer(section, aligned(page_of_pages('<w:sz w:val="18"/>')))
    notes = footnotes(
        made,
        "The survey was open from 2 March to 12 June 2026; 61 answers came on paper.",
        "A full-time equivalent is 37 hours a week.",
        "See the Public Libraries and Museums Act 1964, section 7. " + prose(2, 5),
    )
    legal = numbering(
        made, ("decimal", "%1.", 567, 567), ("decimal", "%1.%2", 567, 567), ("lowerLetter", "(%3)", 1134, 567)
    )
    number_style(made, "Heading 1", legal, 0)
    bullets = numbering(made, ("bullet", "•", 1134, 360), ("bullet", "–", 1494, 360))
    put(made, styled("Title", "A library plan for 2027 to 2031"))
    put(made, paragraph(run("Report of: ", "<w:b/>") + run("Head of Culture, Ola Quill, 01632 960 221")))
    for at, (name, opening) in enumerate(_SECTIONS):
        put(made, styled("Heading1", name))
        for step in range(5):
            words = run(f"{opening} " if step == 0 else "") + run(prose(3 + (at + step) % 4, at * 3 + step * 2))
            mark = notes[(2, 6, 8).index(at)] if step == 1 and at in (2, 6, 8) else ""
            put(made, item(words + mark, legal, 1, '<w:jc w:val="both"/>' if at % 3 == 1 else ""))
            if step == 2:
                put(made, *(item(prose(1, at + line), legal, 2) for line in range(3)))
        if at % 2:
            put(made, styled("Heading2", ("Choices", "Views", "Costs", "Timetable", "Access", "Review")[at // 2]))
            put(made, *(item(prose(1, at + line), bullets, line % 3 // 2) for line in range(5)))
        if name == "Financial implications":
            put(made, _library_costs(), paragraph())
    return saved(made)


def _library_costs() -> str:
    columns = (3600, 1800, 1800, 1800)
    lines = [("Ashby North", 412, 398), ("Brook End", 188, 181), ("Castle Hill", 530, 522), ("Dunmere", 96, 41),
             ("Fernhill", 274, 266), ("Gosling", 151, 149), ("The van", 134, 118)]  # fmt: skip
    titles = zip(("Library", "Budget £000", "Plan £000", "Change £000"), columns, strict=True)
    rows = [row(*(cell(bold(text), width, shade("D9E2F3")) for text, width in titles), properties=HEADER)]
    for name, budget, plan in lines:
        figures = (str(budget), str(plan), str(plan - budget))
        rows.append(row(cell(name, 3600), *(cell(aligned(figure, "right"), 1800) for figure in figures)))
    return table(rows, columns)


@document(
    "policy-with-contents-list", "a policy of some pages: cover page, contents list with links, two levels of heads"
)
def policy() -> bytes:
    made = _house("Times New Roman", 12, "Arial", "833C0B")
    in_footer(made.sections[0], paragraph(run("Lone working policy, version 3\t") + page_of_pages(),
                                          '<w:tabs><w:tab w:val="right" w:pos="9070"/></w:tabs>'))  # fmt: skip
    put(made, aligned("Westmarch District Council", "center", '<w:b/><w:sz w:val="36"/>'),
        paragraph("", '<w:spacing w:before="2400"/>'), aligned("Lone working policy", "center", '<w:sz w:val="56"/>'),
        aligned("Agreed by the Staffing Committee on 3 June 2026"),
        paragraph('<w:r><w:br w:type="page"/></w:r>'), bold("Contents"))  # fmt: skip
    heads = ("Scope", "Duties of managers", "Duties of staff", "Visits to homes", "Reporting", "Review")
    subheads = ("Before the work", "During the work", "Afterwards")
    entries = []
    for at, head in enumerate(heads):
        entries.append((1, f"{at + 1} {head}", f"_Toc{at}", 3 + at))
        entries += [(2, f"{at + 1}.{step + 1} {sub}", f"_Toc{at}{step}", 3 + at) for step, sub in enumerate(subheads)]
    put(made, contents(entries, made))
    levels = numbering(made, ("decimal", "%1", 567, 567), ("decimal", "%1.%2", 567, 567))
    number_style(made, "Heading 1", levels, 0)
    number_style(made, "Heading 2", levels, 1)
    letters = numbering(made, ("lowerLetter", "%1)", 993, 426), ("lowerRoman", "%2)", 1419, 426))
    for at, head in enumerate(heads):
        opening = styled("Heading1", bookmarked(head, f"_Toc{at}", at * 10), "<w:pageBreakBefore/>")
        put(made, opening, paragraph(prose(5, at)))
        for step, sub in enumerate(subheads):
            put(made, styled("Heading2", bookmarked(sub, f"_Toc{at}{step}", at * 10 + step + 1)))
            put(made, paragraph(prose(6 + step, at + step), '<w:jc w:val="both"/>'))
            own = again(made, letters)
            put(made, item(prose(1, at), own), item(prose(1, at + 1), own), item(prose(1, at + 2), own, 1))
    return saved(made)


@document("budget-monitoring-report", "tables of figures: decimal tabs, right-aligned and bracketed figures, totals")
def budget() -> bytes:
    made = _house("Arial", 10, "Arial", "375623")
    made.add_heading("Budget monitoring to 30 September 2026", 1)
    put(made, paragraph(prose(4)))
    services = ("Adult learning", "Car parks", "Drainage", "Elections", "Housing options", "Parks", "Planning", "Waste")
    decimal = '<w:tabs><w:tab w:val="decimal" w:pos="900"/></w:tabs><w:spacing w:before="40" w:after="40"/>'
    for quarter, portfolio in enumerate(("Environment", "Housing and planning", "Culture", "Resources")):
        put(made, styled("Heading2", f"{portfolio} portfolio"), paragraph(prose(3, quarter)))
        columns = (3100, 1500, 1500, 1500, 1400)
        titles = ("Service", "Budget £000", "Actual £000", "Forecast £000", "Over (under)")
        heads = (
            cell(aligned(text, "right" if at else "left", "<w:b/>"), width, shade("C5E0B3"))
            for at, (text, width) in enumerate(zip(titles, columns, strict=True))
        )
        rows = [row(*heads, properties=HEADER)]
        total = [0.0, 0.0, 0.0]
        for at, service in enumerate(services):
            figures = [120.5 + 96.25 * at + 13 * quarter, 61.75 + 47.5 * at, 118.0 + 97.125 * at + 11 * quarter]
            total = [old + new for old, new in zip(total, figures, strict=True)]
            over = figures[2] - figures[0]
            cells = [
                cell(paragraph(f"{figure:,.{1 + at % 3}f}", decimal), 1500)  # no tab: in cells Word aligns by itself
                for figure in figures
            ]
            shown = f"({-over:,.1f})" if over < 0 else f"{over:,.1f}"
            rows.append(row(cell(paragraph(service, '<w:spacing w:before="40" w:after="40"/>'), 3100), *cells,
                            cell(aligned(shown, "right"), 1400), properties=WHOLE))  # fmt: skip
        rows.append(row(cell(bold("Total"), 3100), *(cell(bold(f"{each:,.1f}", "right"), 1500) for each in total),
                        cell(bold(f"{total[2] - total[0]:,.1f}", "right"), 1400)))  # fmt: skip
        # Without a look LibreOffice takes another than the standard says.
        used = 'w:val="04A0" w:firstRow="1" w:firstColumn="1" w:noVBand="1"'
        put(made, table(rows, columns, "LightGrid-Accent3" if quarter % 2 else "", look=used), paragraph())
    put(made, styled("Heading2", "Reserves"))
    stops = '<w:tabs><w:tab w:val="left" w:pos="400"/><w:tab w:val="decimal" w:pos="5200"/>' \
        '<w:tab w:val="right" w:leader="dot" w:pos="9000"/></w:tabs>'  # fmt: skip
    for at, reserve in enumerate(("General", "Elections", "Insurance", "Repairs and renewals", "Winter")):
        put(made, paragraph(f"{at + 1}\t{reserve}\t£{1250.5 / (at + 1):,.2f}k\t{12 - at}.{at}%", stops))
    put(made, paragraph(prose(3)))
    return saved(made)


@document("transport-plan-of-thirty-pages", "a long plan: chapters on new pages, prose, lists and a table in each")
def transport_plan() -> bytes:
    made = _house("Times New Roman", 12, "Times New Roman", "1F3864")
    in_header(made.sections[0], aligned("Westmarch transport plan 2027 to 2036", "center", "<w:i/>"))
    in_footer(made.sections[0], aligned(page_of_pages()))
    bullets = numbering(made, ("bullet", "•", 720, 360), ("bullet", "–", 1080, 360))
    put(made, styled("Title", "Transport plan"), paragraph(prose(8)))
    for at, (name, opening) in enumerate(_SECTIONS[1:8]):
        put(made, styled("Heading1", f"Chapter {at + 1}. {name}", "<w:pageBreakBefore/>"), paragraph(opening))
        for step, part in enumerate(("Roads", "Buses", "Walking", "Freight")):
            put(made, styled("Heading2", part))
            put(made, *(paragraph(prose(5 + turn, at + step + turn), '<w:jc w:val="both"/>') for turn in range(3)))
            put(made, *(item(prose(1, at + step + turn), bullets, turn % 2) for turn in range(4)))
        put(made, _library_costs(), paragraph(prose(3, at)))
    return saved(made)
