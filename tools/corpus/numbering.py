"""Documents about numbered and bulleted lists: formats, levels, restarts, overrides, gaps, labels, nesting."""

from __future__ import annotations

from collections.abc import Sequence

from tools.corpus import raw
from tools.corpus.collection import document
from tools.corpus.markup import paragraph, plain_rows, styled, table
from tools.corpus.raw import fonts
from tools.corpus.words import PLACES, passage, sentence

_FORMATS = ("decimal", "decimalZero", "lowerRoman", "upperRoman", "lowerLetter", "upperLetter", "ordinal",
    "ordinalText",
            "cardinalText", "none")  # fmt: skip
_BULLETS = (("\uf0b7", "Symbol"), ("\uf0a7", "Wingdings"), ("o", "Courier New"), ("\uf0d8", "Wingdings"),
            ("\uf0fc", "Wingdings"), ("–", "Arial"), ("•", "Times New Roman"), ("■", "Arial"))  # fmt: skip


def level(  # one argument for each thing a level says
    at: int, kind: str, text: str, *, left: int | None = None, hanging: int = 425, jc: str = "left",
    more: str = "", looks: str = "",
) -> str:  # fmt: skip
    """A level of a list; `more` stands between format and text: `w:lvlRestart`, `w:isLgl`, `w:suff`."""
    at_left = 425 * (at + 1) if left is None else left
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{more}<w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="{jc}"/><w:pPr><w:ind w:left="{at_left}" w:hanging="{hanging}"/></w:pPr><w:rPr>{looks}</w:rPr>'
        "</w:lvl>"
    )


def abstract(number: int, *levels: str) -> str:
    kind = '<w:multiLevelType w:val="multilevel"/>'
    return f'<w:abstractNum w:abstractNumId="{number}">{kind}{"".join(levels)}</w:abstractNum>'


def lists(abstracts: Sequence[str], uses: Sequence[tuple[int, str]]) -> str:
    """The inside of the numbering part: the uses, each an abstract list and its overrides, are numbered from 1."""
    return "".join(abstracts) + "".join(
        f'<w:num w:numId="{at}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'
        for at, (of, overrides) in enumerate(uses, 1)
    )


def item(text: str, number: int, at: int = 0, more: str = "") -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>{more}')


def _bullet(at: int, sign: str, font: str) -> str:
    return level(at, "bullet", sign, looks=fonts(font))


@document("numbering-formats", "every format of numbers up to 30, letters past z among them")
def formats() -> bytes:
    abstracts = [abstract(at, level(0, kind, "%1." if kind != "none" else "", left=1700, hanging=1700))
                 for at, kind in enumerate(_FORMATS)]  # fmt: skip
    body = styled("Heading1", "Schedule of conditions")
    for at, kind in enumerate(_FORMATS):
        body += styled("Heading2", f"Conditions at {PLACES[at]} ({kind})")
        body += "".join(item(sentence(at + count), at + 1) for count in range(30 if "Letter" in kind else 22))
    numbering = lists(abstracts, [(at, "") for at in range(len(_FORMATS))])
    return raw.package(body, title="Conditions", parts={"numbering": numbering})


@document(
    "numbering-bullets", "bullets of Symbol, Wingdings and Courier New, dashes and squares, nested to nine levels"
)
def bullets() -> bytes:
    nine = abstract(0, *(_bullet(at, *_BULLETS[at % 3]) for at in range(9)))
    flat = [abstract(at + 1, _bullet(0, *pair)) for at, pair in enumerate(_BULLETS)]
    body = styled("Heading1", "Equality action plan")
    for at in range(9):
        body += item(passage(2, at * 2), 1, at)
    for at in range(18):
        body += item(passage(1 + at % 3, at), 1, (0, 1, 2, 2, 1, 0)[at % 6])
    for at in range(len(_BULLETS)):
        body += styled("Heading2", PLACES[at])
        body += "".join(item(sentence(at * 3 + count), at + 2) for count in range(3))
    numbering = lists([nine, *flat], [(at, "") for at in range(len(_BULLETS) + 1)])
    return raw.package(body, title="Action plan", styling=raw.styles("Times New Roman", 24),
                       parts={"numbering": numbering})  # fmt: skip


@document(
    "numbering-legal", "1.1.1 with lvlRestart, isLgl under roman numbers, and a list that continues after headings"
)
def legal() -> bytes:
    numbers = abstract(
        0,
        level(0, "upperRoman", "Part %1", left=1134, hanging=1134, looks="<w:b/>"),
        level(1, "decimal", "%1.%2", left=709, hanging=709, more="<w:isLgl/>"),
        level(2, "decimal", "%1.%2.%3", left=1560, hanging=851, more="<w:isLgl/>"),
        level(3, "lowerLetter", "(%4)", left=2127, hanging=567),
        level(4, "lowerRoman", "(%5)", left=2694, hanging=567),
    )
    running = abstract(1, level(0, "decimal", "%1.", left=567, hanging=567),
                       level(1, "decimal", "%2)", left=1134, hanging=567,
                           more='<w:lvlRestart w:val="0"/>'))  # fmt: skip
    body = styled("Title", "Standing orders")
    for part in range(3):
        body += item(f"Meetings at {PLACES[part]}", 1, 0)
        for clause in range(3):
            body += item(passage(2, part * 9 + clause), 1, 1)
            for below in range(2):
                body += item(sentence(part + clause * 4 + below), 1, 2)
            body += item(sentence(part + clause), 1, 3) + item(sentence(part + clause + 7), 1, 3)
            body += item(sentence(clause + 2), 1, 4) + item(sentence(clause + 12), 1, 4)
    body += styled("Heading1", "Paragraphs that run on")
    for at in range(5):
        body += styled("Heading2", PLACES[at + 4])
        body += item(passage(3, at), 2) + item(sentence(at + 8), 2, 1) + item(sentence(at + 9), 2, 1)
        body += item(passage(2, at + 13), 2) + styled("Normal", passage(2, at * 2))
    return raw.package(body, title="Standing orders",
                       parts={"numbering": lists([numbers, running], [(0, ""), (1, "")])})  # fmt: skip


@document("numbering-restarts", "startOverride, two lists of one kind, continuation after a table and between headings")
def restarts() -> bytes:
    plain = abstract(0, level(0, "decimal", "%1.", left=567, hanging=567),
                     level(1, "lowerLetter", "%2)", left=1134, hanging=567))  # fmt: skip
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    ninth = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="9"/></w:lvlOverride>'
    changed = (
        '<w:lvlOverride w:ilvl="0">' + level(0, "upperLetter", "Step %1:", left=1134, hanging=1134) + "</w:lvlOverride>"
    )
    uses = [(0, ""), (0, ""), (0, again), (0, ninth), (0, changed)]
    names = (
        "the first list",
        "the same kind, another list",
        "begun again at 1",
        "begun at 9",
        "with a level of its own",
    )
    body = styled("Heading1", "Five lists of one kind")
    for number, name in enumerate(names, 1):
        body += styled("Heading2", f"Recommendations: {name}")
        for at in range(4):
            body += item(passage(2, number * 4 + at), number)
            body += (item(sentence(at + number), number, 1) + item(sentence(at + 14), number, 1)) if at % 2 else ""
        rows = [(place, f"£{(at + number) * 1250:,}") for at, place in enumerate(PLACES[:4])]
        body += table(plain_rows(rows, (5000, 3000)), (5000, 3000)) + styled("Normal", "")
        body += item("After the table: " + sentence(number * 3), number) + item(sentence(number + 20), number)
    body += styled("Heading2", "Back to the first list") + item(passage(3, 2), 1) + item(passage(2, 22), 1)
    return raw.package(body, title="Recommendations", parts={"numbering": lists([plain], uses)})


@document("numbering-labels", "labels set right and centred, followed by a space, by nothing, by tabs near and far")
def labels() -> bytes:
    tab = '<w:suff w:val="tab"/>'
    kinds = (
        ("right", 1134, 284, "", "lowerRoman", "(%1)", "set right of 0.5 cm"),
        ("center", 1134, 567, "", "upperRoman", "%1", "centred in its indent"),
        ("left", 0, 0, '<w:suff w:val="space"/>', "decimal", "Question %1:", "followed by a space"),
        ("left", 0, 0, '<w:suff w:val="nothing"/>', "decimal", "[%1]", "followed by nothing"),
        ("left", 567, 567, tab, "decimal", "Recommendation %1", "wider than its indent"),
        ("left", 2268, 2268, tab, "decimal", "Item %1", "far from its text"),
        ("left", 1134, 0, tab, "upperLetter", "%1.", "without a hanging indent"),
        ("left", 567, 567, tab, "decimal", "%1/26", "with a stroke"),
    )
    abstracts = [abstract(at, level(0, kind, text, left=left, hanging=hanging, jc=side, more=suffix, looks="<w:b/>"))
                 for at, (side, left, hanging, suffix, kind, text, _) in enumerate(kinds)]  # fmt: skip
    body = styled("Heading1", "Questions on notice")
    for at, kind in enumerate(kinds):
        body += styled("Heading2", f"Labels {kind[-1]}")
        body += "".join(item(passage(1 + count % 2, at * 3 + count), at + 1) for count in range(6))
    numbering = lists(abstracts, [(at, "") for at in range(len(kinds))])
    return raw.package(body, title="Questions", parts={"numbering": numbering})


@document(
    "numbering-nested", "numbers, letters and bullets nested in one another over pages, with unnumbered paragraphs"
)
def nested() -> bytes:
    mixed = abstract(
        0, level(0, "decimal", "%1.", looks="<w:b/>"), level(1, "lowerLetter", "(%2)"), _bullet(2, *_BULLETS[0]),
        level(3, "lowerRoman", "%4."), _bullet(4, *_BULLETS[2]), level(5, "decimal", "%1.%6"),
    )  # fmt: skip
    order = (0, 1, 2, 2, 1, 2, 3, 3, 4, 4, 3, 0, 1, 1, 5, 5, 2, 4)
    body = styled("Title", "Emergency plan")
    for at in range(54):
        depth = order[at % len(order)]
        body += item(passage(1 + (at * 7) % 3, at * 2), 1, depth, "<w:contextualSpacing/>" if at % 3 == 0 else "")
        if at % 9 == 4:
            body += paragraph(passage(2, at), f'<w:ind w:left="{425 * (depth + 1)}"/>')
        if at % 18 == 11:
            body += item(passage(2, at + 5), 1, depth, '<w:ind w:left="1700" w:hanging="850"/><w:jc w:val="both"/>')
    return raw.package(body, title="Emergency plan", styling=raw.styles("Times New Roman", 22),
                       parts={"numbering": lists([mixed], [(0, "")])})  # fmt: skip
