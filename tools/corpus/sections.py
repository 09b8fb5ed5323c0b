"""Documents about sections: papers, margins, columns, breaks, page numbers, upright placing, odd and even starts."""

from __future__ import annotations

from tools.corpus import raw
from tools.corpus.collection import document
from tools.corpus.markup import paragraph, plain_rows, run, styled, table
from tools.corpus.raw import A4, LANDSCAPE, field, section
from tools.corpus.words import PEOPLE, PLACES, passage, sentence

_COLUMN = '<w:r><w:br w:type="column"/></w:r>'
# LibreOffice 7.4 begins every column lower by the space above the first paragraph of the section, where in Word the
# space belongs to its paragraph; so sections in columns begin with a paragraph that has none. It also drops an empty
# paragraph that ends a section, where Word gives it a line; so the last paragraph with words ends it.
_FLUSH = '<w:spacing w:before="0"/>'
_FOOTER = '<w:footerReference w:type="default" r:id="rIdfooter1"/>'
_NUMBERED = styled("Footer", run("Westmarch Council\t\tPage ") + field("PAGE", "1"))


def _paper(
    width: int, height: int, margins: tuple[int, int, int, int], *, gutter: int = 0, turned: bool = False
) -> str:
    """A paper with its margins: top, right, bottom, left."""
    top, right, bottom, left = margins
    orient = ' w:orient="landscape"' if turned else ""
    return (
        f'<w:pgSz w:w="{width}" w:h="{height}"{orient}/><w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" '
        f'w:left="{left}" w:header="708" w:footer="708" w:gutter="{gutter}"/>'
    )


def _type(kind: str) -> str:
    return f'<w:type w:val="{kind}"/>'


def _columns(count: int, gap: int = 567, more: str = "") -> str:
    return f'<w:cols w:num="{count}" w:space="{gap}"{more}/>'


def _matter(count: int, start: int = 0, top: str = "", ending: str = "") -> str:
    """`count` headed paragraphs of a report; `top` and `ending` are properties of the first and the last paragraph."""
    return "".join(
        styled("Heading2", PLACES[(at + start) % 12], "" if at else top)
        + styled("Normal", passage(4, at * 3 + start), ending if at == count - 1 else "")
        for at in range(count)
    )


def _ending(first: str = "", last: str = "") -> str:
    """What makes a paragraph with words the last of its section of A4."""
    return f"<w:sectPr>{first}{A4}{last}</w:sectPr>"


@document(
    "sections-turned", "portrait, a landscape schedule in the middle, portrait again, and a sheet of A3 at the end"
)
def turned() -> bytes:
    columns = (2200, 2200, 2200, 2200, 2200, 2900)
    head = ("Scheme", "Ward", "Start", "End", "Cost", "Lead member")
    rows = [head] + [(f"Scheme {at + 1}", PLACES[at % 12], f"{at % 28 + 1} May", f"{at % 27 + 2} March",
        f"£{at * 13 + 40},000",
                      PEOPLE[at % 8]) for at in range(36)]  # fmt: skip
    body = styled("Heading1", "Capital programme") + _matter(8) + section(A4, _FOOTER)
    body += styled("Heading1", "Schedule") + table(plain_rows(rows, columns), columns) + section(LANDSCAPE, _FOOTER)
    body += styled("Heading1", "Commentary") + _matter(6, 4) + section(A4, _FOOTER)
    wide = tuple(width * 3 // 2 for width in columns)
    body += styled("Heading1", "The schedule again, on a larger sheet") + table(plain_rows(rows, wide), wide)
    a3 = _paper(23811, 16838, (1440, 1440, 1440, 1440), turned=True)
    return raw.package(body, title="Capital programme", last=_FOOTER + a3, parts={"footer1": _NUMBERED})


@document("sections-margins", "each section with margins of its own, narrow and wide, a gutter, other papers")
def margins() -> bytes:
    papers = (
        _paper(11906, 16838, (720, 720, 720, 720)), _paper(11906, 16838, (2835, 1134, 1134, 2835)),
        _paper(11906, 16838, (1440, 3400, 1440, 1440)), _paper(11906, 16838, (1440, 1440, 1440, 1440), gutter=850),
        _paper(8391, 11906, (1134, 1134, 1134, 1134)), _paper(12240, 15840, (1440, 1800, 1440, 1800)),
    )  # fmt: skip
    body = "".join(
        styled("Heading1", f"Chapter {at + 1}") + _matter(4 + at % 2, at * 2) + section(paper)
        for at, paper in enumerate(papers)
    )
    return raw.package(body + styled("Heading1", "Last chapter") + _matter(3), title="Margins")


@document("sections-columns-two", "a whole section in two columns, with headings and a break between columns")
def columns_two() -> bytes:
    body = styled("Heading1", "Residents' newsletter", _FLUSH) + _matter(9)
    body += paragraph(run(sentence(2)) + _COLUMN + run("After the break. " + passage(3, 7)))
    body += _matter(8, 5)
    return raw.package(body, title="Newsletter", last=A4 + _columns(2), styling=raw.styles("Times New Roman", 22))


@document("sections-columns-mixed", "one, two, three columns and one again, each in turn, on the same pages")
def columns_mixed() -> bytes:
    flowing = _type("continuous")
    body = styled("Heading1", "Town centre news") + paragraph(passage(4), _ending())
    body += _matter(4, 0, _FLUSH, _ending(flowing, _columns(2)))
    body += styled("Heading1", "In brief") + paragraph(passage(3, 8), _ending(flowing))
    three = ("",) * (len(PLACES) - 1) + (_ending(flowing, _columns(3, 400)),)
    body += "".join(paragraph(f"{place}: {passage(2, at)}", three[at]) for at, place in enumerate(PLACES))
    body += styled("Heading1", "Councillors", _ending(flowing))
    people = PEOPLE * 2
    two = ("",) * (len(people) - 1) + (_ending(flowing, _columns(2, 850)),)
    body += "".join(paragraph(f"{name}\n01632 9607{at:02}", two[at]) for at, name in enumerate(people))
    body += styled("Heading1", "And finally") + paragraph(passage(6, 12))
    return raw.package(body, title="Town centre news", last=flowing + A4)


@document(
    "sections-page-numbers",
    "roman numbers for the front matter, 1 again for the report, A-1 style letters for appendices",
)
def page_numbers() -> bytes:
    # LibreOffice 7.4 puts a blank page between two pages with odd numbers, Word only where a section asks for an odd
    # page. So each section that begins again stands behind a page with a number of the other kind.
    roman = '<w:pgNumType w:fmt="lowerRoman" w:start="1"/>'
    body = (
        styled("Title", "Strategic flood risk assessment")
        + styled("Heading1", "Foreword")
        + _matter(7)
        + section(A4, _FOOTER, roman)
    )
    body += styled("Heading1", "Report") + _matter(10, 3) + section(A4, _FOOTER, '<w:pgNumType w:start="1"/>')
    body += (
        styled("Heading1", "Appendix")
        + _matter(9, 5)
        + section(A4, _FOOTER, '<w:pgNumType w:fmt="upperLetter" w:start="1"/>')
    )
    body += styled("Heading1", "Index") + _matter(3, 8)
    last = _FOOTER + A4 + '<w:pgNumType w:start="101"/>'
    return raw.package(body, title="Flood risk", last=last, parts={"footer1": _NUMBERED})


@document("sections-title-page", "a title page placed in the middle, one at the foot of its page, odd and even starts")
def title_page() -> bytes:
    # LibreOffice 7.4 puts text at the top of a page that asks for it in the middle or at the foot; Word places it as
    # asked. So these two pages have few words, and those of the pages behind them tell whether the drawings agree.
    body = styled("Title", "Housing strategy") + paragraph("2027 to 2032", '<w:jc w:val="center"/>')
    body += section(A4, "", '<w:vAlign w:val="center"/>')
    body += paragraph("© Westmarch Council. strategy@example.org", '<w:jc w:val="both"/>')
    body += section(A4, _type("nextPage"), '<w:vAlign w:val="bottom"/>')
    body += styled("Heading1", "Begins on an odd page") + _matter(4) + section(A4, _FOOTER + _type("oddPage"))
    body += styled("Heading1", "Also on an odd page") + _matter(2, 2) + section(A4, _FOOTER + _type("oddPage"))
    body += styled("Heading1", "On an even page") + _matter(6, 4) + section(A4, _FOOTER + _type("evenPage"))
    body += styled("Heading1", "On the next page") + _matter(2, 6)
    return raw.package(body, title="Housing strategy", last=_FOOTER + A4, parts={"footer1": _NUMBERED})


@document("sections-mirrored", "mirrored margins with a gutter, numbers outside, a landscape section among them")
def mirrored() -> bytes:
    paper = _paper(11906, 16838, (1440, 1134, 1440, 1985), gutter=284)
    wide = _paper(16838, 11906, (1985, 1440, 1134, 1440), turned=True)
    both = _FOOTER + '<w:footerReference w:type="even" r:id="rIdfooter2"/>'
    stops = '<w:tabs><w:tab w:val="clear" w:pos="9026"/><w:tab w:val="right" w:pos="8503"/></w:tabs>'
    even = styled("Footer", field("PAGE", "2") + run("\t\tWestmarch Council"), stops)
    odd = styled("Footer", run("Westmarch Council\t\tPage ") + field("PAGE", "1"), stops)
    body = styled("Heading1", "Constitution, part 4") + _matter(11) + section(paper, both)
    body += styled("Heading1", "Chart of delegations") + _matter(4, 3) + section(wide, both)
    body += styled("Heading1", "Constitution, part 5") + _matter(10, 6)
    parts = {"settings": "<w:mirrorMargins/><w:evenAndOddHeaders/>", "footer1": odd, "footer2": even}
    return raw.package(body, title="Constitution", last=both + paper, parts=parts,
                       styling=raw.styles("Times New Roman", 24))  # fmt: skip
