"""Documents about notes: footnotes many, long and in tables, their formats and restarts, endnotes, both together."""

from __future__ import annotations

from tools.corpus import raw
from tools.corpus.collection import document
from tools.corpus.markup import cell, paragraph, row, run, styled, table
from tools.corpus.raw import A4, mark, note, section
from tools.corpus.words import OFFICERS, PLACES, passage, sentence

_BRIEF = ("Minute 14 of 2 June.", "Cabinet, 9 July 2026.", "Provisional.", "At 2026 prices.", "Excludes VAT.",
          "Source: survey of residents, www.example.org/survey.", "See the appendix.",
           "Rounded to £1,000.")  # fmt: skip


def _noted(numbers: list[int], start: int, kind: str = "footnote") -> str:
    """Sentences of a report as runs, one after another, each with a mark from `numbers`."""
    return "".join(run(sentence(start + at)) + mark(number, kind) + run(" ") for at, number in enumerate(numbers))


def _brief(count: int, kind: str = "footnote", first: int = 1) -> str:
    return "".join(note(at, _BRIEF[at % len(_BRIEF)], kind=kind) for at in range(first, first + count))


def _settings(kind: str, number_format: str, restart: str = "", position: str = "", start: int = 1) -> str:
    """How a section numbers its notes."""
    where = f'<w:pos w:val="{position}"/>' if position else ""
    begun = f'<w:numStart w:val="{start}"/>' if start != 1 else ""
    again = f'<w:numRestart w:val="{restart}"/>' if restart else ""
    return f'<w:{kind}Pr>{where}<w:numFmt w:val="{number_format}"/>{begun}{again}</w:{kind}Pr>'


@document("notes-many", "sixty short footnotes, several on a page and in one line")
def many() -> bytes:
    body = styled("Heading1", "Treasury management outturn")
    for at in range(20):
        body += styled("Normal", _noted([at * 3 + 1, at * 3 + 2, at * 3 + 3], at * 2) + run(passage(2, at + 9)))
        body += styled("Heading2", PLACES[at % 12]) if at % 5 == 4 else ""
    return raw.package(body, title="Treasury management", parts={"footnotes": _brief(60)})


@document("notes-long", "footnotes of several paragraphs that run on to the next page, beside short ones")
def long() -> bytes:
    body = styled("Heading1", "Legal opinion, in full")
    notes = ""
    for at in range(1, 13):
        body += styled("Normal", run(passage(5, at)) + mark(at) + run(" " + passage(4, at * 3)))
        if at % 4 == 2:
            notes += note(at, passage(9, at), passage(8, at + 5), passage(6, at + 11))
        else:
            notes += note(at, passage(1 + at % 3, at * 2))
    return raw.package(
        body, title="Legal opinion", styling=raw.styles("Times New Roman", 24), parts={"footnotes": notes}
    )


@document("notes-tables", "footnotes marked in cells, in a heading and in a list, over two pages")
def in_tables() -> bytes:
    columns, rows, number = (3000, 3000, 3000), [], 1
    for at in range(26):
        marked = ""
        if at % 4 == 1:
            marked, number = mark(number), number + 1
        figures = run(f"£{at * 37 + 120},000") + marked
        rows.append(row(cell(PLACES[at % 12], 3000), cell(paragraph(figures), 3000), cell(sentence(at), 3000)))
    body = styled("Heading1", run("Grants to parishes") + mark(number)) + paragraph(passage(4))
    body = body.replace(f'w:id="{number}"', 'w:id="30"')
    body += table(rows, columns) + styled("Normal", passage(2)) + styled("ListParagraph", run(sentence(4)) + mark(31))
    notes = _brief(number - 1) + note(30, passage(2, 8)) + note(31, passage(1, 3))
    return raw.package(body, title="Grants", parts={"footnotes": notes})


@document("notes-formats", "sections whose footnotes have roman numbers, letters, symbols and figures from 5")
def formats() -> bytes:
    body, number = "", 1
    for at, kind in enumerate(("lowerRoman", "lowerLetter", "upperRoman", "chicago")):
        body += styled("Heading1", f"Part {at + 1}: {PLACES[at]}")
        for each in range(4):
            body += styled("Normal", _noted([number, number + 1], at * 4 + each) + run(passage(3, each)))
            number += 2
        body += section(A4, _settings("footnote", kind, "eachSect"))
    body += styled("Heading1", "Last part") + styled("Normal", _noted([number, number + 1], 3) + run(passage(3)))
    last = _settings("footnote", "decimal", "eachSect", start=5) + A4
    return raw.package(body, title="Parts", last=last, parts={"footnotes": _brief(number + 1)})


@document("notes-each-page", "footnotes whose numbers begin again on each page")
def each_page() -> bytes:
    body = styled("Heading1", "Scrutiny of contracts")
    for at in range(16):
        body += styled("Normal", _noted([at * 2 + 1, at * 2 + 2], at * 3) + run(passage(3, at)))
    last = _settings("footnote", "decimal", "eachPage") + A4
    return raw.package(body, title="Scrutiny", last=last, parts={"footnotes": _brief(32)})


@document("notes-endnotes", "endnotes in roman numbers after three pages of text")
def endnotes() -> bytes:
    body = styled("Heading1", "History of the guildhall")
    for at in range(17):
        body += styled("Normal", _noted([at * 2 + 1, at * 2 + 2], at * 2, "endnote") + run(passage(4, at * 3)))
    notes = "".join(note(at, sentence(at), kind="endnote") for at in range(1, 35))
    last = _settings("endnote", "lowerRoman") + A4
    return raw.package(body, title="Guildhall", last=last, styling=raw.styles("Times New Roman", 24),
                       parts={"endnotes": notes})  # fmt: skip


@document("notes-both", "footnotes in figures and endnotes in letters, in the same paragraphs")
def both() -> bytes:
    body = styled("Heading1", "Safeguarding: annual report")
    for at in range(12):
        runs = _noted([at + 1], at * 2) + _noted([at + 1], at * 2 + 1, "endnote") + run(passage(5, at * 4))
        body += styled("Normal", runs) + styled("Heading2", f"{PLACES[at]}, {OFFICERS[at % 4][1].lower()}")
    parts = {"footnotes": _brief(12), "endnotes": _brief(12, "endnote")}
    last = _settings("footnote", "decimal") + _settings("endnote", "lowerLetter") + A4
    return raw.package(body + paragraph(passage(2)), title="Safeguarding", last=last, parts=parts)
