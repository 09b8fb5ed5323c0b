"""Documents about headers and footers: kinds, numbers, tables, pictures, tall ones, sections with their own, tabs."""

from __future__ import annotations

from tools.corpus import raw
from tools.corpus.collection import document
from tools.corpus.markup import cell, paragraph, row, run, styled, table
from tools.corpus.raw import A4, LANDSCAPE, colour, field, picture, section, size, spacing
from tools.corpus.words import PLACES, passage

_LINE = '<w:pBdr><w:{} w:val="single" w:sz="6" w:space="4" w:color="2E6E8E"/></w:pBdr>'
# LibreOffice 7.4 leaves the space below the last paragraph of a cell twice where the table stands in a header or
# footer, and what a multiple of its lines adds too, and so moves all text; Word leaves it once. Cells of headers and
# footers therefore have no space and single lines.
_TIGHT = spacing()
_TITLE_PAGE = "<w:titlePg/>"


def _use(**names: str) -> str:
    """References such as `header_first="header2"`, in the order that is written here."""
    return "".join(
        f'<w:{kind.split("_")[0]}Reference w:type="{kind.split("_")[1]}" r:id="rId{name}"/>'
        for kind, name in names.items()
    )


def _pages(before: str = "Page ", between: str = " of ") -> str:
    return run(before) + field("PAGE", "1") + run(between) + field("NUMPAGES", "9")


def _report(count: int, start: int = 0) -> str:
    return "".join(
        styled("Heading1", f"{at + 1 + start}. {PLACES[(at + start) % 12]}") + styled("Normal", passage(6,
            at * 2 + start))
        + styled("Normal", passage(4, at * 5 + start)) for at in range(count)
    )  # fmt: skip


@document("headers-plain", "a header and footer with tabs to the centre and right, PAGE and NUMPAGES")
def plain() -> bytes:
    head = styled("Header", run("Westmarch Council\tCabinet\t10 September 2026"))
    foot = styled("Footer", run("reports@example.org\t") + _pages() + run("\tOfficial"))
    return raw.package(_report(9), title="Cabinet report", last=_use(header_default="header1",
        footer_default="footer1") + A4,
                       parts={"header1": head, "footer1": foot})  # fmt: skip


@document("headers-first-and-even", "another header and footer on the first page, others on even pages")
def first_and_even() -> bytes:
    parts = {
        "settings": "<w:evenAndOddHeaders/>",
        "header1": styled("Header", run("\t\tHousing strategy"), _LINE.format("bottom")),
        "header2": paragraph("WESTMARCH COUNCIL", '<w:jc w:val="center"/>' + spacing(0, 120), "<w:b/>" + size(36)),
        "header3": styled("Header", run("Westmarch Council"), _LINE.format("bottom")),
        "footer1": styled("Footer", run("\t\t") + field("PAGE", "3")),
        "footer2": styled("Footer", run("The Moot Hall, Aldermoor. Telephone 01632 960000")),
        "footer3": styled("Footer", field("PAGE", "2")),
    }
    used = _use(header_default="header1", header_first="header2", header_even="header3", footer_default="footer1",
                footer_first="footer2", footer_even="footer3")  # fmt: skip
    return raw.package(_report(12), title="Housing strategy", last=used + A4 + _TITLE_PAGE, parts=parts,
                       styling=raw.styles("Times New Roman", 24))  # fmt: skip


@document("headers-first-empty", "a first page without header or footer, though the others have them")
def first_empty() -> bytes:
    parts = {
        "header1": styled("Header", run("Draft for members")),
        "header2": styled("Header", ""),
        "footer1": paragraph(_pages("", " / "), '<w:jc w:val="right"/>'),
    }
    used = _use(header_default="header1", header_first="header2", footer_default="footer1")
    body = styled("Title", "Transport plan") + paragraph(passage(12))
    return raw.package(body + _report(6), title="Transport plan", last=used + A4 + _TITLE_PAGE, parts=parts)


@document("headers-table", "a table with borders in the header, another with three cells in the footer")
def with_table() -> bytes:
    rows = [("Committee", "Planning"), ("Date", "14 October 2026"), ("Classification", "Open")]
    widths = (2400, 6600)
    lines = [row(*(cell(paragraph(text, _TIGHT), width) for text, width in zip(line, widths, strict=True)))
             for line in rows]  # fmt: skip
    head = table(lines, widths) + styled("Header", "", _TIGHT)
    three = (3000, 3000, 3000)
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="3000" w:type="dxa"/></w:tcPr>{paragraph(text, _TIGHT + jc)}</w:tc>'
        for text, jc in ((run("Agenda item 7"), ""), (_pages(), '<w:jc w:val="center"/>'),
                         (run("plans@example.org"), '<w:jc w:val="right"/>'))
    )  # fmt: skip
    foot = table([f"<w:tr>{cells}</w:tr>"], three) + styled("Footer", "", _TIGHT)
    return raw.package(_report(8), title="Planning report", last=_use(header_default="header1",
        footer_default="footer1") + A4,
                       parts={"header1": head, "footer1": foot})  # fmt: skip


@document("headers-picture", "a crest in the line of the header beside a tab, a smaller one in the footer")
def with_picture() -> bytes:
    crest = picture("rIdcrest", "Crest of Westmarch Council", 1260000, 630000)
    small = picture("rIdcrest", "Crest of Westmarch Council, small", 360000, 180000)
    head = styled("Header", crest + run("\t\tReport to Council", "<w:b/>" + colour("2E6E8E")))
    foot = styled("Footer", small + run("\t") + _pages())
    return raw.package(_report(7), title="Council report", last=_use(header_default="header1",
        footer_default="footer1") + A4,
                       parts={"header1": head, "footer1": foot}, media={"rIdcrest": raw.png(240, 120)})  # fmt: skip


@document("headers-tall", "a header of nine lines that pushes the body down, a footer of five that pushes it up")
def tall() -> bytes:
    head = "".join(styled("Header", f"{place}: 01632 9604{at:02}") for at, place in enumerate(PLACES[:9]))
    foot = "".join(styled("Footer", passage(1, at)) for at in range(5)) + styled("Footer", run("\t") + _pages())
    parts = {"header1": head, "header2": styled("Header", "Short again"), "footer1": foot}
    body = _report(6) + section(A4, _use(header_default="header1", footer_default="footer1"))
    last = _use(header_default="header2", footer_default="footer1") + LANDSCAPE
    return raw.package(body + _report(4, 6), title="Contacts", last=last, parts=parts)


@document("headers-sections", "sections with their own headers, one that keeps those before it, one begun again at 1")
def by_section() -> bytes:
    parts = {f"header{at}": styled("Header", run(f"Volume {at}\t{PLACES[at]}\t") + _pages("", "/")) for at in (1, 2, 3)}
    parts["footer1"] = styled("Footer", run("All volumes\t\t") + field("PAGE", "1"))
    body = _report(4) + section(A4, _use(header_default="header1", footer_default="footer1"))
    body += _report(4, 4) + section(A4, _use(header_default="header2"), '<w:pgNumType w:start="1"/>')
    body += _report(3, 8) + section(A4)
    body += _report(3, 2) + section(A4, _use(header_default="header3", header_first="header1"), _TITLE_PAGE)
    return raw.package(body + _report(2), title="Evidence", last=A4, parts=parts,
                       styling=raw.styles("Times New Roman", 22))  # fmt: skip
