"""When two proses say the same: what importing may change of the way something is written, and nothing else.

Takes blocks; gives plain tuples that are equal for proses that print alike. Left out of account are lines of the
source, names of footnotes, blanks that stand beside each other, where blanks are bold, whether an address was written
bare, left alignment of a column, and whether one quotation or two stand beneath each other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from packgen.prose.tree import (
    Block,
    Code,
    Emphasis,
    Figure,
    FootnoteReference,
    Heading,
    Inline,
    InlinePicture,
    LineBreak,
    Link,
    ListBlock,
    Paragraph,
    Quotation,
    Strong,
    Table,
    Text,
    ThematicBreak,
)

_BLANKS = re.compile(r"[ \t\r\n]+")


def canonical(blocks: Sequence[Block]) -> tuple[Any, ...]:
    """The blocks as tuples; two proses that print alike give equal ones."""
    made: list[Any] = []
    for block in blocks:
        one = _block(block)
        if one[0] == "quote" and made and made[-1][0] == "quote":
            made[-1] = ("quote", made[-1][1] + one[1])
        else:
            made.append(one)
    return tuple(made)


def _block(block: Block) -> tuple[Any, ...]:
    match block:
        case Paragraph():
            return ("paragraph", canonical_line(block.inlines))
        case Heading():
            return ("heading", block.level, canonical_line(block.inlines))
        case ListBlock():
            return ("list", block.kind, block.start, tuple(canonical(item.blocks) for item in block.items))
        case Quotation():
            return ("quote", canonical(block.blocks))
        case Table():
            cells = tuple(tuple(canonical_line(cell.inlines) for cell in row) for row in (block.header, *block.rows))
            alignment = tuple(None if each == "left" else each for each in block.alignment)
            return ("table", alignment, cells, canonical_line(block.caption), canonical_line(block.source))
        case Figure():
            return ("figure", block.path, block.alt, canonical_line(block.caption), canonical_line(block.source))
        case ThematicBreak():
            return ("rule",)


def canonical_line(inlines: Sequence[Inline]) -> tuple[Any, ...]:
    """One line as runs of characters that look alike."""
    runs: list[Any] = []
    _runs(inlines, (), "", runs)
    for run in runs:
        if run[0] == "text":
            run[1] = _BLANKS.sub(" ", run[1])
    # Blanks take the look of what stands before them, so that it does not matter on which side of a mark they stood.
    settled: list[Any] = []
    for run in runs:
        if run[0] != "text":
            settled.append(tuple(run))
            continue
        for piece in re.findall(r" +|[^ ]+", run[1]):
            look = (run[2], run[3]) if piece.strip() else ((), "")
            if settled and settled[-1][0] == "text" and settled[-1][2:] == look:
                settled[-1] = ("text", _BLANKS.sub(" ", settled[-1][1] + piece), *look)
            else:
                settled.append(("text", piece, *look))
    parts: list[list[Any]] = [[]]
    for run in settled:
        if run[0] == "break":
            parts.append([])
        else:
            parts[-1].append(run)
    return tuple(run for part in parts for run in (*_without_blank_ends(part), ("break",)))[:-1]


def _without_blank_ends(runs: list[Any]) -> tuple[Any, ...]:
    for end, strip in ((0, str.lstrip), (-1, str.rstrip)):
        while runs and runs[end][0] == "text" and runs[end][1] != strip(runs[end][1], " "):
            stripped = strip(runs[end][1], " ")
            runs[end : (end + 1) or None] = [("text", stripped, *runs[end][2:])] if stripped else []
    return tuple(runs)


def _runs(inlines: Sequence[Inline], look: tuple[str, ...], link: str, runs: list[Any]) -> None:
    for inline in inlines:
        match inline:
            case Text() | Code():
                runs.append(["text", inline.text, look, link])
            case Strong():
                _runs(inline.inlines, tuple(sorted({*look, "bold"})), link, runs)
            case Emphasis():
                _runs(inline.inlines, tuple(sorted({*look, "italic"})), link, runs)
            case Link():
                target = "" if _is_bare(inline) else inline.target.replace("%20", " ")
                _runs(inline.inlines, look, target, runs)
            case LineBreak():
                runs.append(["break"])
            case InlinePicture():
                runs.append(["picture", inline.path, inline.alt])
            case FootnoteReference():
                runs.append(["note", canonical(inline.blocks)])


def _is_bare(link: Link) -> bool:
    """Whether the words of a link are its address, as typed without any marks."""
    match link.inlines:
        case (Text(text),):
            return link.target in {text, f"http://{text}", f"https://{text}", f"mailto:{text}"}
    return False
