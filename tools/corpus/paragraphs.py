"""Documents about paragraphs: tabs, space and line height, indents, alignment, what keeps together, frames and "
"shading."""

from __future__ import annotations

from tools.corpus import raw
from tools.corpus.collection import document
from tools.corpus.markup import paragraph, run, shade, styled
from tools.corpus.raw import size, spacing, style
from tools.corpus.words import OFFICERS, PEOPLE, PLACES, passage, sentence

_LEADERS = ("dot", "hyphen", "underscore", "middleDot", "none")


def _stop(kind: str, position: int, leader: str = "none") -> str:
    return f'<w:tab w:val="{kind}" w:leader="{leader}" w:pos="{position}"/>'


def _stops(*each: str) -> str:
    return f"<w:tabs>{''.join(each)}</w:tabs>"


def _frame(sides: str, kind: str = "single", width: int = 8, space: int = 4, colour: str = "2E6E8E") -> str:
    edges = "".join(
        f'<w:{side} w:val="{kind}" w:sz="{width}" w:space="{space}" w:color="{colour}"/>' for side in sides.split()
    )
    return f"<w:pBdr>{edges}</w:pBdr>"


@document(
    "paragraphs-tabs", "tabs left, centred, right and decimal with every leader, default tabs, tabs while hanging"
)
def tabs() -> bytes:
    body = styled("Heading1", "Fees and charges")
    for at, leader in enumerate(_LEADERS):
        stops = _stops(_stop("center", 4200), _stop("decimal", 6400, leader), _stop("right", 9026, leader))
        body += styled("Heading2", PLACES[at])
        for line in range(5):
            fee = f"{(at + 1) * 13**line / 4:,.2f}" if line != 3 else "free"
            body += paragraph(f"Hall {line + 1}\tper hour\t{fee}\t{line * 7 + at}", stops + spacing(0, 40))
    body += styled("Heading2", "Default stops")
    for at in range(5):
        body += paragraph("\t".join(PLACES[at : at + 5]), spacing(0, 60))
        body += paragraph(f"\t{sentence(at)}\tand so\ton.", spacing(0, 60))
    body += styled("Heading2", "Definitions")
    hang = '<w:ind w:left="2268" w:hanging="2268"/>'
    for at, (name, post) in enumerate(OFFICERS * 3):
        extra = _stops(_stop("left", 2268)) if at % 2 else ""
        body += paragraph(f"{name.split()[at % 2]}\t{post}. {passage(2, at * 2)}", extra + hang)
    hang = (
        _stops(_stop("left", 567), _stop("left", 1134), _stop("right", 9026))
        + '<w:ind w:left="1134" w:hanging="1134"/>'
    )
    for at in range(8):
        body += paragraph(f"{at + 1}.\t({'abcd'[at % 4]})\t{sentence(at + 3)}\t{at + 12}", hang)
    return raw.package(body, title="Fees and charges")


def _agenda(right: int) -> str:
    """Lines of an agenda with page numbers at the margin; their text stops `right` before it."""
    body = styled("Title", "Agenda")
    for at in range(34):
        deep = (0, 1, 1, 2)[at % 4]
        indents = f'<w:ind w:left="{567 + deep * 425}" w:right="{right}" w:hanging="567"/>'
        stops = _stops(_stop("left", 567 + deep * 425), _stop("right", 9026, "dot"))
        text = sentence(at)[: 60 if at % 5 else 170].rstrip(" .,")
        body += paragraph(f"{at + 1}.\t{text}\t{at * 3 + 1}", stops + spacing(40, 40) + indents)
    body += styled("Heading1", "Attendance")
    for at, name in enumerate(PEOPLE):
        stops = _stops(_stop("left", 4000), _stop("right", 9026, "underscore"))
        body += paragraph(f"{name}\t{PLACES[at]}\t", stops)
    return body


@document(
    "paragraphs-contents-lines", "contents typed by hand: dots to the right margin, long entries that wrap, levels"
)
def contents_lines() -> bytes:
    return raw.package(_agenda(0), title="Agenda", styling=raw.styles("Times New Roman", 24))


@document("paragraphs-contents-lines-indented", "as paragraphs-contents-lines, with text that wraps before the numbers")
def contents_lines_indented() -> bytes:
    return raw.package(_agenda(850), title="Agenda", styling=raw.styles("Times New Roman", 24))


@document("paragraphs-line-height", "lines single to double, exact and at least, with mixed sizes, in two fonts")
def line_height() -> bytes:
    rules = ((240, "auto"), (276, "auto"), (259, "auto"), (360, "auto"), (480, "auto"), (216, "auto"), (280, "exact"),
             (240, "exact"), (200, "exact"), (320, "atLeast"), (240, "atLeast"), (480, "atLeast"))  # fmt: skip
    body = ""
    for font in ("Arial", "Times New Roman", "Calibri", "Cambria"):
        looks = raw.fonts(font)
        body += styled("Heading1", run(f"Budget commentary in {font}", looks))
        for at, (line, rule) in enumerate(rules):
            runs = run(f"{rule} {line}: {passage(3, at * 2)} ", looks) + run("£3.2 million", looks + size(32))
            body += paragraph(runs + run(" " + sentence(at + 6), looks), spacing(0, 160, line, rule))
    return raw.package(body, title="Budget commentary")


@document(
    "paragraphs-space", "space before and after, the larger of the two, contextual spacing, space at tops of pages"
)
def space() -> bytes:
    more = style("Listed", "Listed", spacing(120, 120) + '<w:ind w:left="567"/><w:contextualSpacing/>')
    more += style("Listed2", "Listed 2", based="Listed")
    body = styled("Heading1", "Decisions taken by officers")
    for at in range(30):
        before, after = (at * 60) % 420, (at * 100) % 500
        body += paragraph(passage(2, at * 2), spacing(before, after, 240))
        body += styled("Listed", sentence(at)) + styled("Listed", sentence(at + 1))
        body += styled("Listed2" if at % 2 else "Listed", sentence(at + 2))
        if at % 7 == 3:
            body += paragraph("", spacing(0, 0)) + paragraph("", spacing(240, 240))
        if at % 10 == 6:
            body += styled("Heading2", PLACES[at % 12], "<w:pageBreakBefore/>" + spacing(480, 120))
    automatic = '<w:spacing w:before="100" w:beforeAutospacing="1" w:after="100" w:afterAutospacing="1"/>'
    body += styled("Heading2", "As pasted from the website")
    body += "".join(paragraph(passage(2, at), automatic) for at in range(5))
    return raw.package(body, title="Decisions", styling=raw.styles("Times New Roman", 24, more=more))


@document("paragraphs-indents", "indents left, right, first line and hanging, below zero, with four alignments")
def indents() -> bytes:
    sides = ('w:left="567"', 'w:left="567" w:right="567"', 'w:firstLine="567"', 'w:left="1134" w:hanging="567"',
             'w:left="-425" w:right="-425"', 'w:left="3400"', 'w:right="3400" w:firstLine="284"',
             'w:left="850" w:right="850" w:hanging="425"')  # fmt: skip
    body = styled("Heading1", "Representations received")
    for side in ("left", "both", "center", "right"):
        body += styled("Heading2", f"Set {side}")
        for at, ind in enumerate(sides):
            body += paragraph(passage(3, at * 3), f'<w:ind {ind}/><w:jc w:val="{side}"/>')
        body += paragraph("First line\nsecond line, broken by hand\n" + sentence(4), f'<w:jc w:val="{side}"/>')
    return raw.package(body, title="Representations")


@document("paragraphs-keeping", "keepNext chains, keepLines, widow control on and off, page breaks before and in runs")
def keeping() -> bytes:
    page_break = '<w:r><w:br w:type="page"/></w:r>'
    body = styled("Heading1", "Local plan: sites")
    for at in range(26):
        body += styled("Heading2", f"Site {at + 1}: {PLACES[at % 12]}")
        chain = "<w:keepNext/>" if at % 3 == 0 else ""
        body += paragraph(sentence(at), chain) + paragraph(sentence(at + 1), chain)
        body += paragraph(passage(5, at * 2), "<w:keepLines/>" if at % 4 == 1 else "")
        body += paragraph(passage(4, at * 3), '<w:widowControl w:val="0"/>' if at % 4 == 2 else "")
        if at in (8, 17):
            body += paragraph(run(sentence(at)) + page_break + run(sentence(at + 9)))
        if at == 12:
            body += paragraph("This paragraph begins a page. " + passage(2, 5), "<w:pageBreakBefore/>")
        if at == 20:
            body += paragraph(page_break)
    return raw.package(body, title="Local plan")


@document(
    "paragraphs-frames", "borders round paragraphs, between them and beside them, shading, with indents and over pages"
)
def frames() -> bytes:
    body = styled("Heading1", "Summary of findings")
    every = "top left bottom right"
    kinds = (("single", 8), ("double", 6), ("dotted", 12), ("dashed", 8), ("thick", 24), ("single", 2))
    for at, (kind, width) in enumerate(kinds):
        body += paragraph(passage(3, at * 3), _frame(every, kind, width))
        body += styled("Normal", passage(2, at * 4 + 1))
    for at in range(3):
        body += "".join(paragraph(passage(2, at * 3 + each), _frame(every + " between")) for each in range(3))
        body += styled("Normal", sentence(at))
    for sides in ("left", "bottom", "top bottom", "right"):
        body += paragraph(passage(2, len(sides)), _frame(sides, width=18, space=8, colour="B4521E"))
        body += styled("Normal", sentence(len(sides)))
    for at, fill in enumerate(("E9F0E4", "FFE699", "D0E3EC", "14414F")):
        light = '<w:color w:val="FFFFFF"/>' if fill == "14414F" else ""
        body += paragraph(passage(4, at * 5), shade(fill) + '<w:ind w:left="284" w:right="284"/>', light)
        body += paragraph(passage(3, at), _frame(every, space=6) + shade(fill) + spacing(120, 120), light)
        body += styled("Normal", sentence(at))
    for at in range(9):
        body += paragraph(passage(5, at * 2), _frame(every, space=8) + shade("F2F2F2"))
    return raw.package(body, title="Findings")
