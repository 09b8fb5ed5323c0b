"""Documents about references: links, bookmarks, fields with stored results, contents lists, content controls, "
"captions."""

from __future__ import annotations

from tools.corpus import raw
from tools.corpus.collection import document
from tools.corpus.markup import cell, paragraph, row, run, styled, table
from tools.corpus.raw import A4, field, mark, note, style
from tools.corpus.words import OFFICERS, PEOPLE, PLACES, passage, sentence

_LINK = '<w:rStyle w:val="Hyperlink"/>'
_LINKS = {
    "rIdplan": "https://www.example.org/plan", "rIdmail": "mailto:clerk@example.org",
    "rIdlong": "https://www.example.org/democracy/committees/planning/2026/october/applications-and-appeals.html",
}  # fmt: skip


def _bookmark(number: int, name: str, content: str) -> str:
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{number}"/>'


def _link(text: str, to: str, looks: str = _LINK) -> str:
    """A link to a bookmark, or outside where `to` is a relationship."""
    target = f'r:id="{to}"' if to.startswith("rId") else f'w:anchor="{to}"'
    return f'<w:hyperlink {target} w:history="1">{run(text, looks)}</w:hyperlink>'


def _control(content: str, properties: str, title: str = "Field") -> str:
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="{title}"/><w:tag w:val="{title.lower()}"/>{properties}</w:sdtPr>'
        f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )


def _caption(kind: str, number: int, text: str) -> str:
    counted = field(f"SEQ {kind} \\* ARABIC", str(number))
    return styled(
        "Caption", _bookmark(100 + number, f"_Ref{kind}{number}", run(f"{kind} ") + counted) + run(f": {text}")
    )


@document("references-links", "links outside and inside, over line ends, in a heading and a table, plain and coloured")
def links() -> bytes:
    body = styled("Heading1", run("Where to read more: ") + _link("the plan", "rIdplan", ""))
    for at, place in enumerate(PLACES):
        body += styled("Heading2", _bookmark(at, f"place{at}", run(place)))
        runs = run(passage(2, at * 2) + " See ") + _link("the plan for the district", "rIdplan") + run(", write to ")
        runs += (
            _link("clerk@example.org", "rIdmail")
            + run(" or go to ")
            + _link(PLACES[(at + 5) % 12], f"place{(at + 5) % 12}")
        )
        body += styled("Normal", runs + run(". " + sentence(at)))
        # By itself, because LibreOffice ends lines behind the slashes of an address.
        body += styled("Normal", _link(_LINKS["rIdlong"], "rIdlong"))
    rows = [row(cell(paragraph(_link(place, f"place{at}")), 3000), cell(paragraph(_link("Read the plan",
        "rIdplan")), 3000))
            for at, place in enumerate(PLACES)]  # fmt: skip
    return raw.package(body + table(rows, (3000, 3000)) + styled("Normal", sentence(3)), title="Reading", links=_LINKS)


@document("references-fields", "REF, PAGEREF, NOTEREF, SEQ, STYLEREF, DATE and document properties with stored results")
def fields() -> bytes:
    body = styled("Heading1", _bookmark(1, "_Ref1", run("Introduction")))
    body += styled("Normal", run("Report of ") + field("AUTHOR", "Westmarch") + run(", saved on ")
                   + field('SAVEDATE \\@ "d MMMM yyyy"', "10 September 2026") + run(", file ") + field("FILENAME",
                       "report.docx")
                   + run(". ") + field("DOCPROPERTY Title", "A report with fields"))  # fmt: skip
    notes = ""
    for at in range(8):
        body += styled("Heading2", _bookmark(10 + at, f"_Ref{10 + at}", run(f"Matter {at + 1} at {PLACES[at]}")))
        marked = _bookmark(30 + at, f"_Note{at}", mark(at + 1))
        runs = run(passage(3, at * 2)) + marked + run(" As said in ") + field("REF _Ref1 \\h", "Introduction")
        runs += run(" on page ") + field("PAGEREF _Ref1 \\h", "1") + run(" and under ")
        runs += field(f"REF _Ref{10 + (at + 3) % 8} \\h", f"Matter {(at + 3) % 8 + 1} at {PLACES[(at + 3) % 8]}")
        runs += run(" (note ") + field(f"NOTEREF _Note{at} \\h", str(at + 1)) + run("). Paragraph ")
        simple = '<w:fldSimple w:instr=" SEQ Para \\* ARABIC ">' + run(str(at + 1), "<w:b/>") + "</w:fldSimple>"
        body += styled("Normal", runs + simple + run(". " + passage(3, at + 7)))
        notes += note(at + 1, sentence(at))
    return raw.package(body, title="A report with fields", parts={"footnotes": notes})


def _entry(number: int, text: str, page: int) -> str:
    looks = field(f"PAGEREF _Toc{number} \\h", str(page))
    tab = "<w:r><w:tab/></w:r>"
    return f'<w:hyperlink w:anchor="_Toc{number}" w:history="1">{run(text)}{tab}{looks}</w:hyperlink>'


@document(
    "references-contents", "a contents field with stored entries at three levels, dots and page numbers, as links"
)
def contents() -> bytes:
    heads = [
        (1 + (at % 4 > 0) + (at % 4 == 3), at, f"{PLACES[at % 12]}: {sentence(at)[: 30 + at % 3 * 40]}")
        for at in range(24)
    ]
    begin = ('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \\o '
             '"1-3" \\h \\z \\u '
             '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>')  # fmt: skip
    lines = ""
    for level, at, text in heads:
        lines += styled(f"TOC{level}", (begin if not at else "") + _entry(at, text, 2 + at // 5))
    end = paragraph('<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    listed = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>'
    body = styled("Title", "Local flood strategy") + _control(
        styled("TOCHeading", "Contents") + lines + end, listed, "Contents"
    )
    body += paragraph('<w:r><w:br w:type="page"/></w:r>')
    for level, at, text in heads:
        body += styled(f"Heading{level}", _bookmark(at, f"_Toc{at}", run(text)))
        body += styled("Normal", passage(6, at * 2)) + styled("Normal", passage(3, at * 5))
    foot = styled("Footer", run("\t") + field("PAGE", "1"))
    heading = style("TOCHeading", "TOC Heading", raw.spacing(240, 120), "<w:b/>" + raw.size(32))
    return raw.package(body, title="Flood strategy", styling=raw.styles(more=heading), parts={"footer1": foot},
                       last=f'<w:footerReference w:type="default" r:id="rIdfooter1"/>{A4}')  # fmt: skip


@document("references-controls", "content controls round runs, blocks, rows and cells: lists, dates, boxes, hints")
def controls() -> bytes:
    w14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    choices = "".join(f'<w:listItem w:displayText="{name}" w:value="{at}"/>' for at, name in enumerate(PEOPLE))
    date = (
        '<w:date w:fullDate="2026-10-14T00:00:00Z"><w:dateFormat w:val="d MMMM yyyy"/><w:lid w:val="en-GB"/></w:date>'
    )
    hint = style("PlaceholderText", "Placeholder Text", run=raw.colour("808080"), based="", kind="character")
    body = styled("Heading1", "Decision record")
    for at in range(6):
        ticked = at % 2
        box = f'<w14:checkbox {w14}><w14:checked w14:val="{ticked}"/></w14:checkbox>'
        body += styled("Heading2", _control(run(PLACES[at]), "<w:text/>", "Place"))
        body += styled(
            "Normal",
            run("Taken by ")
            + _control(run(PEOPLE[at]), f"<w:dropDownList>{choices}</w:dropDownList>", "Lead")
            + run(" on ")
            + _control(run("14 October 2026"), date, "Date")
            + run(", urgent: ")
            + _control(run("☒" if ticked else "☐", raw.fonts("MS Gothic")), box, "Urgent")
            + run(". " + sentence(at)),
        )
        body += styled("Normal", run("Remarks: ") + _control(run("Click to write.",
            '<w:rStyle w:val="PlaceholderText"/>'),
                                                            "<w:showingPlcHdr/><w:text/>", "Remarks"))  # fmt: skip
        body += _control(
            styled("Normal", passage(3, at * 3)) + styled("Normal", passage(2, at)), "<w:richText/>", "Reasons"
        )
    width = 3000
    rows = "".join(
        row(cell(name, width), _control(cell(post, width), "<w:text/>", "Post"),
            cell(paragraph(_control(run(f"01632 9608{at:02}"), "<w:text/>", "Telephone")), width))
        for at, (name, post) in enumerate(OFFICERS)
    )  # fmt: skip
    whole = _control(row(cell("In a control", width), cell("as a row", width), cell("01632 960899", width)), "", "Row")
    body += table([rows, whole], (width, width, width)) + styled("Normal", sentence(5))
    return raw.package(body, title="Decision record", styling=raw.styles(more=hint))


@document("references-captions", "numbered captions of tables and pictures, references to them, a list of them")
def captions() -> bytes:
    listed = styled("Heading1", "Tables in this report")
    body, width = "", 2250
    for at in range(1, 7):
        place = PLACES[at]
        listed += styled(
            "TOC1", run(f"Table {at}: Visits to {place}\t") + field(f"PAGEREF _RefTable{at} \\h", str(1 + at // 3))
        )
        body += styled("Heading2", place)
        body += styled("Normal", run(passage(3, at) + " See ") + field(f"REF _RefTable{at} \\h",
            f"Table {at}") + run(" and ")
                       + field(f"REF _RefFigure{at} \\h", f"Figure {at}") + run("."))  # fmt: skip
        body += _caption("Table", at, f"Visits to {place}")
        rows = [row(*(cell(f"{text}", width) for text in (f"Quarter {each}", each * 310 + at, each * 290,
            f"{at + each}%")))
                for each in range(1, 5)]  # fmt: skip
        body += table(rows, (width,) * 4) + styled("Normal", "")
        shown = raw.picture("rIdview", f"View of {place}", 2160000 + at * 180000, 1080000)
        body += paragraph(shown, "<w:keepNext/>" + '<w:jc w:val="center"/>')
        body += _caption("Figure", at, f"{place} from the north").replace(f'w:id="{100 + at}"', f'w:id="{200 + at}"')
    return raw.package(listed + body, title="Visits", media={"rIdview": raw.png(200, 100, (92, 127, 43))})


@document("references-together", "contents, captions, notes, links and controls in one report with header and footer")
def together() -> bytes:
    heads = [(1 + at % 3 // 2, at, f"{at + 1}. {PLACES[at]}") for at in range(12)]
    body = styled("Title", "Annual governance statement")
    body += "".join(styled(f"TOC{level}", _entry(at, text, 1 + at // 3)) for level, at, text in heads)
    notes = ""
    for level, at, text in heads:
        body += styled(f"Heading{level}", _bookmark(at, f"_Toc{at}", run(text)))
        runs = run(passage(4, at)) + mark(at + 1) + run(" Go back to ") + _link(PLACES[at // 2], f"_Toc{at // 2}")
        body += styled("Normal", runs + run(", or write to ") + _link("clerk@example.org", "rIdmail") + run("."))
        body += _control(styled("Normal", passage(3, at * 2)), "<w:richText/>", "Comment")
        notes += note(at + 1, passage(1 + at % 2, at))
    parts = {
        "footnotes": notes,
        "header1": styled("Header", run("Governance\t\t") + field('STYLEREF "Title"', "Annual governance statement")),
        "footer1": styled("Footer", run("\t") + field("PAGE", "1") + run(" of ") + field("NUMPAGES", "5")),
    }
    last = "".join(f'<w:{kind}Reference w:type="default" r:id="rId{kind}1"/>' for kind in ("header", "footer")) + A4
    return raw.package(body, title="Governance", last=last, parts=parts, links=_LINKS,
                       styling=raw.styles("Times New Roman", 23))  # fmt: skip
