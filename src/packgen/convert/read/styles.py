"""Styles: what a paragraph or run looks like once everything it inherits is laid one over another.

Takes the styles part; gives `RunFormat` and resolved paragraph properties for direct formatting and style ids, and
remembers each answer, because a document asks the same few questions thousands of times. Never counts numbers.

The order (ECMA-376, 17.7.2): document defaults, table style, numbering, paragraph style, character style, direct
formatting.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree
from msgspec import Struct, field

from packgen.convert.formats import RunFormat
from packgen.convert.read.numbering import Numbering
from packgen.convert.read.ooxml import Element, child_val, first, is_on, val, w
from packgen.convert.read.properties import TOGGLES, Properties, laid_over, paragraph_properties, run_properties
from packgen.convert.read.theme import Theme

_NO_PROPERTIES: Mapping[str, Any] = {}
_RUN_FIELDS = {
    "font", "size", "bold", "italic", "underline", "underline_colour", "strike", "double_strike",
    "colour", "fill", "caps", "small_caps", "position",
    "raised", "tracking", "scale", "border", "kerned", "ligatures", "hidden", "language",
}  # fmt: skip


class TableContext(Struct, frozen=True):
    """What a table style gives to the text of one cell. Equal contexts are one object, so identity is the cache key."""

    paragraph: Mapping[str, Any] = field(default_factory=dict)
    run: Mapping[str, Any] = field(default_factory=dict)


OUTSIDE = TableContext()


class _Style(Struct, frozen=True):
    style_id: str
    name: str
    kind: str
    based_on: str
    element: Element


class ParagraphStyle(Struct, frozen=True):
    """Resolved properties of a paragraph before its runs: `run` belongs to its style, `mark` to its own end."""

    style_id: str
    style_name: str
    paragraph: Mapping[str, Any]
    mark: RunFormat


class StyleSheet:
    """All styles of a document, resolved on demand."""

    def __init__(self, root: Element | None, theme: Theme, numbering: Numbering) -> None:
        self._theme = theme
        self._numbering = numbering
        self._styles: dict[str, _Style] = {}
        self._defaults: dict[str, str] = {}
        self._base_paragraph: Properties = {}
        self._base_run: Properties = {}
        if root is not None:
            self._read(root)
        self._own: dict[str, tuple[Properties, Properties]] = {}
        self._chains: dict[tuple[str, str], tuple[Properties, Properties]] = {}
        self._paragraphs: dict[tuple[bytes, int], ParagraphStyle] = {}
        self._runs: dict[tuple[str, bytes, int], RunFormat] = {}
        self._labels: dict[tuple[RunFormat, int], tuple[Mapping[str, Any], RunFormat]] = {}
        self._direct: dict[bytes, Properties] = {b"": {}}
        self._contexts: dict[int, TableContext] = {id(OUTSIDE): OUTSIDE}

    def _read(self, root: Element) -> None:
        defaults = first(root, "docDefaults")
        if defaults is not None:
            self._base_run = run_properties(defaults.find(f"{w('rPrDefault')}/{w('rPr')}"), self._theme)
            self._base_paragraph = paragraph_properties(defaults.find(f"{w('pPrDefault')}/{w('pPr')}"), self._theme)
        for element in root.findall(w("style")):
            style_id = element.get(w("styleId"), "")
            kind = element.get(w("type"), "paragraph")
            self._styles[style_id] = _Style(
                style_id,
                child_val(element, "name").casefold(),
                kind,
                child_val(element, "basedOn"),
                element,
            )
            if element.get(w("default")) in {"1", "true", "on"}:
                self._defaults[kind] = style_id

    @property
    def theme(self) -> Theme:
        return self._theme

    def default_id(self, kind: str) -> str:
        return self._defaults.get(kind, "")

    def style_name(self, style_id: str) -> str:
        style = self._styles.get(style_id)
        return style.name if style is not None else ""

    def lineage(self, style_id: str, kind: str) -> list[Element]:
        """The elements of a style and what it is based on, the remotest first; a loop is cut."""
        return [style.element for style in self._lineage(style_id, kind)]

    def _lineage(self, style_id: str, kind: str) -> list[_Style]:
        found: list[_Style] = []
        seen: set[str] = set()
        style = self._styles.get(style_id)
        while style is not None and style.style_id not in seen and style.kind == kind:
            seen.add(style.style_id)
            found.append(style)
            style = self._styles.get(style.based_on)
        return found[::-1]

    def _chain(self, style_id: str, kind: str) -> tuple[Properties, Properties]:
        """Paragraph and run properties of a style with all it is based on, numbering's indents below its own."""
        key = (style_id, kind)
        if key not in self._chains:
            paragraph: Properties = {}
            run: Properties = {}
            for style in self._lineage(style_id, kind):
                own, own_run = self._own_properties(style)
                if "num_id" in own or "level" in own:
                    number = {**paragraph, **own}
                    own = laid_over(self._numbering.paragraph_properties(number, style.style_id), own)
                paragraph = laid_over(paragraph, own)
                run = {**run, **own_run}
            self._chains[key] = (paragraph, run)
        return self._chains[key]

    def _own_properties(self, style: _Style) -> tuple[Properties, Properties]:
        """What a style says itself of paragraphs and runs; most styles of a document are never asked."""
        if style.style_id not in self._own:
            self._own[style.style_id] = (
                paragraph_properties(first(style.element, "pPr"), self._theme),
                run_properties(first(style.element, "rPr"), self._theme),
            )
        return self._own[style.style_id]

    def direct(self, element: Element | None) -> tuple[bytes, Properties]:
        """What a `w:rPr` says, read once for all places that say the same."""
        if element is None or not len(element):
            return b"", {}
        key = etree.tostring(element, with_tail=False)
        if key not in self._direct:
            self._direct[key] = run_properties(element, self._theme)
        return key, self._direct[key]

    def paragraph(self, element: Element | None, context: TableContext = OUTSIDE) -> ParagraphStyle:
        """Everything a `w:pPr` inherits and says."""
        self._contexts[id(context)] = context
        key = (b"" if element is None else etree.tostring(element, with_tail=False), id(context))
        if key not in self._paragraphs:
            style_id = child_val(element, "pStyle")
            if style_id not in self._styles or self._styles[style_id].kind != "paragraph":
                style_id = self.default_id("paragraph")
            styled, _ = self._chain(style_id, "paragraph")
            merged = laid_over(laid_over(self._base_paragraph, context.paragraph), styled)
            own = paragraph_properties(element, self._theme)
            if "num_id" in own or "level" in own:
                own = laid_over(self._numbering.paragraph_properties({**merged, **own}, ""), own)
            mark = self.run(first(element, "rPr") if element is not None else None, style_id, context)
            self._paragraphs[key] = ParagraphStyle(style_id, self.style_name(style_id), laid_over(merged, own), mark)
        return self._paragraphs[key]

    def run(self, element: Element | None, paragraph_style: str, context: TableContext = OUTSIDE) -> RunFormat:
        """How a run with the `w:rPr` given looks in a paragraph of that style."""
        self._contexts[id(context)] = context
        direct_key, direct = self.direct(element)
        key = (paragraph_style, direct_key, id(context))
        if key not in self._runs:
            character_style = child_val(element, "rStyle")
            self._runs[key] = self._resolve_run(paragraph_style, character_style, direct, context)
        return self._runs[key]

    def _resolve_run(
        self, paragraph_style: str, character_style: str, direct: Properties, context: TableContext
    ) -> RunFormat:
        _, styled = self._chain(paragraph_style, "paragraph")
        merged = {**self._base_run, **context.run, **styled}
        if character_style:
            _, characters = self._chain(character_style, "character")
            for key in TOGGLES:
                if styled.get(key) and characters.get(key):
                    characters = {**characters, key: False}
            merged = {**merged, **characters}
        return run_format({**merged, **direct})

    def labelled(self, mark: RunFormat, level: Mapping[str, Any]) -> RunFormat:
        """The format of a number: that of its paragraph's end with what the numbering level says."""
        key = (mark, id(level))
        if key not in self._labels:
            current = {name: getattr(mark, name) for name in _RUN_FIELDS}
            # Word does not underline a number because the paragraph's end is underlined.
            current["underline"] = ""
            current["fill"] = ""
            current["border"] = None
            # Holding the level keeps its identity from being given to another.
            self._labels[key] = (level, run_format({**current, **level}))
        return self._labels[key][1]

    def base_run(self) -> RunFormat:
        """How text looks in the document's normal style."""
        return self.run(None, self.default_id("paragraph"))


def run_format(properties: Mapping[str, Any]) -> RunFormat:
    """Properties as a `RunFormat`; a highlight covers the shading below it."""
    values = {key: value for key, value in properties.items() if key in _RUN_FIELDS}
    if properties.get("highlight"):
        values["fill"] = properties["highlight"]
    return RunFormat(**values)


def heading_level(style: ParagraphStyle) -> int | None:
    """1 to 9 for a heading, by outline level or by the names Word gives its headings; None for other text."""
    level = style.paragraph.get("outline_level")
    if isinstance(level, int):
        return level
    prefix, _, digit = style.style_name.rpartition(" ")
    if prefix == "heading" and digit.isdigit() and "outline_level" not in style.paragraph:
        return int(digit)
    return None


def is_switch_on(parent: Element | None, local: str) -> bool:
    return parent is not None and is_on(first(parent, local))


__all__ = [
    "OUTSIDE",
    "ParagraphStyle",
    "StyleSheet",
    "TableContext",
    "heading_level",
    "is_switch_on",
    "run_format",
    "val",
]
