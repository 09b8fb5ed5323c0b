"""What a named style is, and how it is written into a Word document.

Takes the style list of the house; gives `write_styles`, which replaces all styles of a new document by that list.
Lengths are millimetres for indents and insets, points for type, spacing and lines. It holds no look of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from docx.oxml.ns import qn
from tools.make_templates.ooxml import Element, eighths, element, half_points, twentieths, twips

Side = Literal["top", "left", "bottom", "right"]
SIDES: tuple[Side, ...] = ("top", "left", "bottom", "right")

# Word knows these by these very names, in this spelling, and gives them their meaning (outline, footnotes, links).
BUILT_IN = frozenset(
    {"Normal", "header", "footer", "caption", "footnote text", "footnote reference", "Hyperlink", "Quote"}
    | {"Default Paragraph Font", "Normal Table", "No List"}
    | {f"heading {level}" for level in range(1, 5)}
    | {f"List {kind}{depth}" for kind in ("Bullet", "Number", "Continue") for depth in ("", " 2", " 3")}
)


@dataclass(frozen=True)
class Line:
    """A rule along one side: its thickness and its distance from the text in points, its colour as six digits.

    A thickness of 0 takes away the rule of the style below.
    """

    width: float
    colour: str
    distance: float = 0


@dataclass(frozen=True, kw_only=True)
class Characters:
    """How characters look. What is None comes from the style below."""

    size: float | None = None
    bold: bool | None = None
    italic: bool | None = None
    colour: str | None = None
    underline: bool = False
    superscript: bool = False


@dataclass(frozen=True, kw_only=True)
class ParagraphStyle:
    """A named paragraph style.

    `line` is a multiple of single spacing; `numbering` is a list's name and level from 0.
    """

    name: str
    based_on: str | None = "Normal"
    next: str | None = None
    characters: Characters = field(default_factory=Characters)
    before: float | None = None
    after: float | None = None
    line: float | None = None
    left: float | None = None
    hanging: float | None = None
    right: float | None = None
    align: Literal["left", "center", "right"] | None = None
    keep_next: bool | None = None
    keep_lines: bool | None = None
    outline_level: int | None = None
    numbering: tuple[str, int] | None = None
    borders: Mapping[Side, Line] = field(default_factory=dict)
    shading: str | None = None
    tabs: Sequence[tuple[Literal["left", "center", "right", "clear"], float]] = ()
    in_gallery: bool = True


@dataclass(frozen=True, kw_only=True)
class CharacterStyle:
    """A named character style."""

    name: str
    characters: Characters


@dataclass(frozen=True, kw_only=True)
class TableStyle:
    """A named table style: `line` around and between all cells, insets in millimetres, a header row that stands out."""

    name: str
    line: Line | None
    insets: Mapping[Side, float]
    header_shading: str | None = None


def style_id(name: str) -> str:
    """The identifier of a style, which Word makes of its name: `heading 1` is `Heading1`."""
    return "".join(word[0].upper() + word[1:] for word in name.split())


def write_styles(
    document: Any,
    paragraphs: Sequence[ParagraphStyle],
    characters: Sequence[CharacterStyle],
    tables: Sequence[TableStyle],
    numbering_ids: Mapping[str, int],
) -> None:
    """Replace every style of `document`; `numbering_ids` maps a list's name to its number in the numbering part."""
    styles: Element = document.styles.element
    for child in list(styles):
        styles.remove(child)
    styles.append(_defaults())
    # Styles that Word would offer beside those of the house stay out of sight.
    latent = {"defLockedState": 0, "defUIPriority": 99, "defSemiHidden": 1, "defUnhideWhenUsed": 1, "defQFormat": 0}
    styles.append(element("latentStyles", **latent, count=376))
    for kind, name in (("character", "Default Paragraph Font"), ("numbering", "No List")):
        styles.append(_style(kind, name, default=True, gallery=False))
    styles.append(_normal_table())
    for paragraph in paragraphs:
        styles.append(_paragraph_style(paragraph, numbering_ids))
    for character in characters:
        style = _style("character", character.name, based_on="Default Paragraph Font")
        style.append(_run_properties(character.characters))
        styles.append(style)
    for table in tables:
        styles.append(_table_style(table))


def add_styles(document: Any, paragraphs: Sequence[ParagraphStyle], numbering_ids: Mapping[str, int]) -> None:
    """Add styles that only one template has to those that `write_styles` gave `document`."""
    for paragraph in paragraphs:
        document.styles.element.append(_paragraph_style(paragraph, numbering_ids))


def _defaults() -> Element:
    fonts = element("rFonts", ascii="Arial", hAnsi="Arial", eastAsia="Arial", cs="Arial")
    language = element("lang", val="en-GB", eastAsia="en-GB", bidi="ar-SA")
    run = element("rPr", fonts, element("sz", val=24), element("szCs", val=24), language)
    paragraph = element("pPr", element("widowControl"), element("suppressAutoHyphens"))
    return element("docDefaults", element("rPrDefault", run), element("pPrDefault", paragraph))


def _style(
    kind: str, name: str, *, based_on: str | None = None, default: bool = False, gallery: bool = True
) -> Element:
    style = element("style", type=kind, styleId=style_id(name))
    if default:
        style.set(qn("w:default"), "1")
    if name not in BUILT_IN:
        style.set(qn("w:customStyle"), "1")
    style.append(element("name", val=name))
    if based_on:
        style.append(element("basedOn", val=style_id(based_on)))
    style.append(element("uiPriority", val=1 if gallery else 99))
    if gallery:
        style.append(element("qFormat"))
    else:
        style.extend([element("semiHidden"), element("unhideWhenUsed")])
    return style


def _paragraph_style(spec: ParagraphStyle, numbering_ids: Mapping[str, int]) -> Element:
    style = _style(
        "paragraph", spec.name, based_on=spec.based_on, default=spec.name == "Normal", gallery=spec.in_gallery
    )
    if spec.next:
        style.insert(2 if spec.based_on else 1, element("next", val=style_id(spec.next)))
    style.append(_paragraph_properties(spec, numbering_ids))
    style.append(_run_properties(spec.characters))
    return style


def _paragraph_properties(spec: ParagraphStyle, numbering_ids: Mapping[str, int]) -> Element:
    """Paragraph properties in the order that the schema of WordprocessingML demands."""
    properties = element("pPr")
    for tag, value in (("keepNext", spec.keep_next), ("keepLines", spec.keep_lines)):
        if value is not None:
            properties.append(element(tag) if value else element(tag, val=0))
    if spec.numbering:
        name, level = spec.numbering
        properties.append(element("numPr", element("ilvl", val=level), element("numId", val=numbering_ids[name])))
    if spec.borders:
        lines = [_line(side, spec.borders[side]) for side in SIDES if side in spec.borders]
        properties.append(element("pBdr", *lines))
    if spec.shading:
        properties.append(element("shd", val="clear", color="auto", fill=spec.shading))
    if spec.tabs:
        stops = [element("tab", val=kind, pos=twips(position)) for kind, position in spec.tabs]
        properties.append(element("tabs", *stops))
    _append_if_any(properties, "spacing", _spacing(spec))
    _append_if_any(properties, "ind", _indents(spec))
    if spec.align:
        properties.append(element("jc", val=spec.align))
    if spec.outline_level is not None:
        properties.append(element("outlineLvl", val=spec.outline_level))
    return properties


def _append_if_any(parent: Element, tag: str, attributes: Mapping[str, str | int]) -> None:
    if attributes:
        parent.append(element(tag, **attributes))


def _spacing(spec: ParagraphStyle) -> dict[str, str | int]:
    spacing: dict[str, str | int] = {}
    if spec.before is not None:
        spacing["before"] = twentieths(spec.before)
    if spec.after is not None:
        spacing["after"] = twentieths(spec.after)
    if spec.line is not None:
        spacing |= {"line": round(spec.line * 240), "lineRule": "auto"}
    return spacing


def _indents(spec: ParagraphStyle) -> dict[str, str | int]:
    lengths = {"left": spec.left, "right": spec.right, "hanging": spec.hanging}
    return {name: twips(length) for name, length in lengths.items() if length is not None}


def _line(side: str, line: Line) -> Element:
    if not line.width:
        return element(side, val="nil")
    return element(side, val="single", sz=eighths(line.width), space=round(line.distance), color=line.colour)


def _run_properties(characters: Characters) -> Element:
    """Run properties in the order that the schema of WordprocessingML demands."""
    properties = element("rPr")
    for tag, value in (("b", characters.bold), ("i", characters.italic)):
        if value is not None:
            switch: dict[str, str | int] = {} if value else {"val": 0}
            properties.extend([element(tag, **switch), element(f"{tag}Cs", **switch)])
    if characters.colour:
        properties.append(element("color", val=characters.colour))
    if characters.size:
        size = half_points(characters.size)
        properties.extend([element("sz", val=size), element("szCs", val=size)])
    if characters.underline:
        properties.append(element("u", val="single"))
    if characters.superscript:
        properties.append(element("vertAlign", val="superscript"))
    return properties


def _insets(insets: Mapping[Side, float]) -> Element:
    return element("tblCellMar", *(element(side, w=twips(insets[side]), type="dxa") for side in SIDES))


def _normal_table() -> Element:
    style = _style("table", "Normal Table", default=True, gallery=False)
    insets = _insets({"top": 0, "left": 1.9, "bottom": 0, "right": 1.9})
    style.append(element("tblPr", element("tblInd", w=0, type="dxa"), insets))
    return style


def _table_style(spec: TableStyle) -> Element:
    style = _style("table", spec.name, based_on="Normal Table")
    style.append(element("pPr", element("spacing", before=0, after=0)))
    properties = element("tblPr", element("tblInd", w=0, type="dxa"))
    if spec.line:
        sides = (*SIDES, "insideH", "insideV")
        properties.append(element("tblBorders", *(_line(side, spec.line) for side in sides)))
    properties.append(_insets(spec.insets))
    style.append(properties)
    if spec.header_shading:
        run = element("rPr", element("b"), element("bCs"))
        cell = element("tcPr", element("shd", val="clear", color="auto", fill=spec.header_shading))
        style.append(element("tblStylePr", run, cell, type="firstRow"))
    return style
