"""The lists of the house: numbers, letters and bullets that Word counts by itself.

Takes nothing; gives `LISTS`, the indents of list levels, and `write_numberings`, which replaces the numbering of a
new document. A list's levels are linked to paragraph styles, so that choosing the style is enough.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tools.make_templates.ooxml import Element, element, twips


@dataclass(frozen=True)
class Level:
    """One level of a list: its style, format and label as Word writes them, and where its text hangs in millimetres."""

    style: str | None
    number_format: str
    label: str
    left: float
    hanging: float


def _bullets(family: str, first_left: float, depths: int, *, hanging: float = 6, step: float = 8) -> tuple[Level, ...]:
    signs = ("•", "–", "•")
    return tuple(
        Level(_deep(family, depth), "bullet", signs[depth], first_left + step * depth, hanging)
        for depth in range(depths)
    )


def _numbers(family: str, first_left: float, depths: int, *, hanging: float = 8, step: float = 8) -> tuple[Level, ...]:
    formats = ("decimal", "lowerLetter", "lowerRoman")
    return tuple(
        Level(_deep(family, depth), formats[depth], f"%{depth + 1}.", first_left + step * depth, hanging)
        for depth in range(depths)
    )


def _deep(family: str, depth: int) -> str:
    return family if depth == 0 else f"{family} {depth + 1}"


LISTS: Mapping[str, Sequence[Level]] = {
    # A report's paragraphs: 1. hangs at 10 mm, a. at 18 mm, i. at 26 mm; numbers run on across headings.
    "report": (
        Level("Numbered Paragraph", "decimal", "%1.", 10, 10),
        Level("Numbered Paragraph Number", "lowerLetter", "%2.", 18, 8),
        Level("Numbered Paragraph Number 2", "lowerRoman", "%3.", 26, 8),
    ),
    "report bullets": _bullets("Numbered Paragraph Bullet", 16, 2, step=8),
    "recommendations": (
        Level("Recommendation", "lowerLetter", "%1.", 13, 8),
        Level("Recommendation Number", "lowerRoman", "%2.", 20, 8),
        Level("Recommendation Number 2", "decimal", "%3.", 28, 8),
    ),
    "recommendation bullets": _bullets("Recommendation Bullet", 18, 2),
    # A minute's number is typed, because it comes from the data; the silent first level starts its limbs again at a).
    "minutes": (
        Level("Minute Heading", "none", "", 12, 12),
        Level("Resolution Limb", "lowerLetter", "%2)", 20, 8),
        Level("Resolution Limb Number", "lowerRoman", "%3)", 28, 8),
    ),
    "resolution numbers": (
        Level("Resolution Number", "lowerLetter", "%1)", 20, 8),
        Level("Resolution Number 2", "lowerRoman", "%2)", 28, 8),
    ),
    "resolution bullets": _bullets("Resolution Bullet", 20, 1),
    "limb bullets": _bullets("Resolution Limb Bullet", 26, 1),
    "headings": (
        Level("Numbered Heading 2", "decimal", "%1", 12, 12),
        Level("Numbered Heading 3", "decimal", "%1.%2", 12, 12),
        Level("Numbered Heading 4", "decimal", "%1.%2.%3", 12, 12),
    ),
    "bullets": _bullets("List Bullet", 8, 3),
    "numbers": _numbers("List Number", 8, 3),
    "table bullets": _bullets("Table Text Bullet", 4, 2, hanging=4, step=4),
    "table numbers": _numbers("Table Text Number", 6, 2, hanging=6, step=6),
}

NUMBERING_IDS: Mapping[str, int] = {name: number for number, name in enumerate(LISTS, start=1)}


def linked_level(style: str) -> tuple[str, int, Level] | None:
    """The list, the level from 0 and its definition that carry a style's numbers; None if the style has none."""
    for name, levels in LISTS.items():
        for index, level in enumerate(levels):
            if level.style == style:
                return name, index, level
    return None


def write_numberings(document: Any, style_ids: Mapping[str, str]) -> None:
    """Replace the numbering of `document` by the lists of the house; `style_ids` maps style names to identifiers."""
    part: Element = document.part.numbering_part.element
    for child in list(part):
        part.remove(child)
    for name, number in NUMBERING_IDS.items():
        part.append(_abstract(number, LISTS[name], style_ids))
    for number in NUMBERING_IDS.values():
        part.append(element("num", element("abstractNumId", val=number), numId=number))


def _abstract(number: int, levels: Sequence[Level], style_ids: Mapping[str, str]) -> Element:
    abstract = element("abstractNum", abstractNumId=number)
    # Word takes lists whose nsid is equal for one list, so that each needs its own.
    abstract.append(element("nsid", val=f"5A{number:06X}"))
    abstract.append(element("multiLevelType", val="multilevel"))
    abstract.append(element("tmpl", val=f"5B{number:06X}"))
    for index, level in enumerate(levels):
        made = element("lvl", element("start", val=1), element("numFmt", val=level.number_format), ilvl=index)
        if level.style:
            made.append(element("pStyle", val=style_ids[level.style]))
        made.append(element("suff", val="nothing" if level.number_format == "none" else "tab"))
        made.append(element("lvlText", val=level.label))
        made.append(element("lvlJc", val="left"))
        made.append(element("pPr", element("ind", left=twips(level.left), hanging=twips(level.hanging))))
        abstract.append(made)
    return abstract
