"""Formatting as it stands at one place of the file, before anything is inherited.

Takes `w:rPr`, `w:pPr` and border elements; gives dictionaries that hold only what the element says, keyed by
the fields of `RunFormat` and `ParagraphFormat`, so that inheriting is laying one over another. Never looks at a style.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from packgen.convert.formats import Border, Edges, TabStop
from packgen.convert.read.ooxml import Element, half_points, is_on, local_name, name, number, points, val, w
from packgen.convert.read.theme import Theme

Properties = dict[str, Any]

# Switches that cancel out when both a paragraph style and a character style turn them on (ECMA-376, 17.7.3).
TOGGLES = ("bold", "italic", "caps", "small_caps", "strike", "hidden")
_HIGHLIGHTS = {
    "yellow": "#ffff00",
    "green": "#00ff00",
    "cyan": "#00ffff",
    "magenta": "#ff00ff",
    "blue": "#0000ff",
    "red": "#ff0000",
    "darkBlue": "#000080",
    "darkCyan": "#008080",
    "darkGreen": "#008000",
    "darkMagenta": "#800080",
    "darkRed": "#800000",
    "darkYellow": "#808000",
    "darkGray": "#808080",
    "lightGray": "#c0c0c0",
    "black": "#000000",
    "white": "#ffffff",
    "none": "",
}
_ALIGNMENTS = {
    "left": "left",
    "start": "left",
    "center": "centre",
    "right": "right",
    "end": "right",
    "both": "justify",
    "distribute": "justify",
    "lowKashida": "justify",
    "mediumKashida": "justify",
    "highKashida": "justify",
}
_COLOUR = re.compile("[0-9A-Fa-f]{6}")
# How many times its own size a border is wide in all: the lines it is made of and the gaps between them.
_LINES = {
    "double": 3, "triple": 5, "thick": 2, "thinThickMediumGap": 2, "thickThinMediumGap": 2, "threeDEmboss": 2,
    "threeDEngrave": 2,
}  # fmt: skip
_LEADERS = {"dot": ".", "hyphen": "-", "underscore": "_", "heavy": "_", "middleDot": "·"}
_TAB_KINDS = {"left", "right", "decimal", "bar"}
# Where `first` is not a positive number, 240ths of a line are meant.
_LINE = 240


def colour_of(element: Element, theme: Theme, attribute: str = "val", prefix: str = "theme") -> str:
    """The colour an element names: by theme, by number, or "" for automatic."""
    value = element.get(w(attribute), "auto")
    if _COLOUR.fullmatch(value):
        # Word stores the theme's colour worked out beside its name.
        return "#" + str(value).lower()
    part = element.get(w(prefix + "Color" if prefix == "theme" else prefix))
    if not part or part == "none":
        return ""
    tint, shade = element.get(w(prefix + "Tint")), element.get(w(prefix + "Shade"))
    return theme.colour(part, tint=tint, shade=shade) or ""


def shading(element: Element, theme: Theme) -> str:
    """The colour behind text that `w:shd` asks for; patterns are drawn as the even tone they give."""
    pattern = val(element, "clear")
    ground = colour_of(element, theme, "fill", "themeFill")
    if pattern in {"clear", "nil"} or element.get(w("val")) is None:
        return ground
    ink = colour_of(element, theme, "color") or "#000000"
    if pattern == "solid":
        return ink
    share = number(pattern[3:]) / 100 if pattern.startswith("pct") else 0.5
    paper = ground or "#ffffff"
    mixed = (
        round(int(ink[index : index + 2], 16) * share + int(paper[index : index + 2], 16) * (1 - share))
        for index in (1, 3, 5)
    )
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def border(element: Element, theme: Theme) -> Border:
    style = val(element, "none")
    if style in {"nil", "none"}:
        return Border("none", 0.0, "#000000", number(element.get(w("space"))))
    width = max(number(element.get(w("sz")), 4.0) / 8, 0.25) * _LINES.get(style, 1)
    return Border(style, width, colour_of(element, theme, "color") or "#000000", number(element.get(w("space"))))


def edges(element: Element, theme: Theme) -> dict[str, Border]:
    """The borders an element holds, by Word's names with `start` and `end` read as `left` and `right`."""
    sides = {"start": "left", "end": "right"}
    return {sides.get(local_name(side), local_name(side)): border(side, theme) for side in element}


def run_properties(element: Element | None, theme: Theme) -> Properties:
    """What a `w:rPr` says."""
    found: Properties = {}
    for child in element if element is not None else ():
        reader = _RUN_READERS.get(local_name(child))
        if reader is not None:
            reader(child, found, theme)
    return found


def _switch(key: str) -> Callable[[Element, Properties, Theme], None]:
    def read(child: Element, found: Properties, _theme: Theme) -> None:
        found[key] = is_on(child)

    return read


def _fonts(child: Element, found: Properties, theme: Theme) -> None:
    for kind in ("ascii", "hAnsi"):
        part = child.get(w(kind + "Theme"))
        family = theme.font(part) if part else child.get(w(kind))
        if family:
            found["font"] = family
            return


def _size(child: Element, found: Properties, _theme: Theme) -> None:
    size = half_points(child.get(w("val")))
    if size > 0:
        found["size"] = size


def _underline(child: Element, found: Properties, theme: Theme) -> None:
    style = val(child, "single")
    found["underline_colour"] = colour_of(child, theme, "color")
    found["underline"] = "" if style == "none" else style


def _colour(child: Element, found: Properties, theme: Theme) -> None:
    found["colour"] = colour_of(child, theme)


def _highlight(child: Element, found: Properties, _theme: Theme) -> None:
    found["highlight"] = _HIGHLIGHTS.get(val(child), "")


def _run_shading(child: Element, found: Properties, theme: Theme) -> None:
    found["fill"] = shading(child, theme)


def _run_border(child: Element, found: Properties, theme: Theme) -> None:
    line = border(child, theme)
    found["border"] = line if line.drawn else None


def _scale(child: Element, found: Properties, _theme: Theme) -> None:
    share = number(val(child).rstrip("%"), 100.0) / 100
    found["scale"] = share if 0.01 <= share <= 6 else 1.0


def _position(child: Element, found: Properties, _theme: Theme) -> None:
    value = val(child)
    found["position"] = value if value in {"superscript", "subscript"} else ""


def _raised(child: Element, found: Properties, _theme: Theme) -> None:
    found["raised"] = half_points(child.get(w("val")))


def _tracking(child: Element, found: Properties, _theme: Theme) -> None:
    found["tracking"] = points(child.get(w("val")))


def _kerning(child: Element, found: Properties, _theme: Theme) -> None:
    found["kerned"] = half_points(child.get(w("val"))) > 0


def _ligatures(child: Element, found: Properties, _theme: Theme) -> None:
    """Standard ligatures, which documents begun in Word since 2023 ask for ([MS-DOCX], 2.6.1.5, ST_Ligatures)."""
    found["ligatures"] = (child.get(name("w14:val")) or "").startswith(("standard", "all"))


def _language(child: Element, found: Properties, _theme: Theme) -> None:
    if child.get(w("val")):
        found["language"] = child.get(w("val"))


_RUN_READERS: Mapping[str, Callable[[Element, Properties, Theme], None]] = {
    "b": _switch("bold"),
    "i": _switch("italic"),
    "caps": _switch("caps"),
    "smallCaps": _switch("small_caps"),
    "strike": _switch("strike"),
    "dstrike": _switch("double_strike"),
    "vanish": _switch("hidden"),
    "rFonts": _fonts,
    "sz": _size,
    "u": _underline,
    "color": _colour,
    "highlight": _highlight,
    "shd": _run_shading,
    "bdr": _run_border,
    "w": _scale,
    "vertAlign": _position,
    "position": _raised,
    "spacing": _tracking,
    "kern": _kerning,
    "ligatures": _ligatures,
    "lang": _language,
}


def paragraph_properties(element: Element | None, theme: Theme) -> Properties:
    """What a `w:pPr` says, without its style. Its numbering is `num_id` and `level`; tabs are what changes."""
    found: Properties = {}
    for child in element if element is not None else ():
        key = local_name(child)
        if key in _PARAGRAPH_SWITCHES:
            found[_PARAGRAPH_SWITCHES[key]] = is_on(child)
        else:
            reader = _PARAGRAPH_READERS.get(key)
            if reader is not None:
                reader(child, found, theme)
    return found


def _alignment(child: Element, found: Properties, _theme: Theme) -> None:
    found["alignment"] = _ALIGNMENTS.get(val(child), "left")


def _indents(child: Element, found: Properties, _theme: Theme) -> None:
    for key, names in (("left", ("start", "left")), ("right", ("end", "right"))):
        value = next((child.get(w(each)) for each in names if child.get(w(each)) is not None), None)
        if value is not None:
            found[key] = points(value)
    if child.get(w("hanging")) is not None:
        found["first"] = -points(child.get(w("hanging")))
    elif child.get(w("firstLine")) is not None:
        found["first"] = points(child.get(w("firstLine")))


def _spacing(child: Element, found: Properties, _theme: Theme) -> None:
    for key, automatic in (("before", "beforeAutospacing"), ("after", "afterAutospacing")):
        if child.get(w(automatic)) in {"1", "true", "on"}:
            found[key] = 14.0
        elif child.get(w(key)) is not None:
            found[key] = points(child.get(w(key)))
            if child.get(w(automatic)) is not None:
                found[key + "_set"] = True
    if child.get(w("line")) is not None:
        rule = child.get(w("lineRule"), "auto")
        found["line_rule"] = {"exact": "exact", "atLeast": "at-least"}.get(rule, "multiple")
        value = child.get(w("line"))
        found["line"] = number(value, _LINE) / _LINE if rule == "auto" else abs(points(value))


def _borders(child: Element, found: Properties, theme: Theme) -> None:
    # Each side stands for itself when inherited, so that a style may add one side to those of another.
    for side, line in edges(child, theme).items():
        found["border_" + side] = line


def _paragraph_shading(child: Element, found: Properties, theme: Theme) -> None:
    found["fill"] = shading(child, theme)


def _tabs(child: Element, found: Properties, _theme: Theme) -> None:
    changes: dict[float, TabStop | None] = {}
    for tab in child:
        position = round(points(tab.get(w("pos"))), 2)
        kind = val(tab, "left")
        if kind == "clear":
            changes[position] = None
            continue
        kind = {"center": "centre", "start": "left", "num": "left", "end": "right"}.get(kind, kind)
        if kind in _TAB_KINDS | {"centre"}:
            changes[position] = TabStop(position, kind, _LEADERS.get(tab.get(w("leader"), ""), ""))  # type: ignore[arg-type]  # one of TabKind
    found["tabs"] = changes


def _numbering(child: Element, found: Properties, _theme: Theme) -> None:
    for entry in child:
        if local_name(entry) == "numId":
            found["num_id"] = val(entry)
        elif local_name(entry) == "ilvl":
            found["level"] = int(number(val(entry)))


def _outline(child: Element, found: Properties, _theme: Theme) -> None:
    level = int(number(val(child), 9))
    found["outline_level"] = level + 1 if level < 9 else None


_PARAGRAPH_SWITCHES = {
    "keepNext": "keep_next",
    "keepLines": "keep_lines",
    "widowControl": "widow_control",
    "pageBreakBefore": "page_break_before",
    "contextualSpacing": "contextual",
    "bidi": "right_to_left",
}
_PARAGRAPH_READERS: Mapping[str, Callable[[Element, Properties, Theme], None]] = {
    "jc": _alignment,
    "ind": _indents,
    "spacing": _spacing,
    "pBdr": _borders,
    "shd": _paragraph_shading,
    "tabs": _tabs,
    "numPr": _numbering,
    "outlineLvl": _outline,
}


def laid_over(base: Mapping[str, Any], over: Mapping[str, Any]) -> Properties:
    """`base` with what `over` says in its place; tab stops add up, each position for itself."""
    merged = {**base, **over}
    if "tabs" in over and "tabs" in base:
        merged["tabs"] = {**base["tabs"], **over["tabs"]}
    return merged


def paragraph_edges(properties: Mapping[str, Any]) -> Edges:
    sides = ("top", "left", "bottom", "right", "between")
    if not any("border_" + side in properties for side in sides):
        return NO_EDGES
    return Edges(*(properties.get("border_" + side) for side in sides))


NO_EDGES = Edges()
