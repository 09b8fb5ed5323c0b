"""A template's styles, found by the names that Word shows.

Takes the styles part and gives style identifiers, and what a style or those it is based on say of numbering,
indents, spacing and type size. Collects the styles that are wanted but lacking. Never changes a style.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal

from packgen.errors import Problem
from packgen.fill.xml import attribute, child, element, qualified, value, whole

StyleKind = Literal["paragraph", "character", "table"]
DEFAULT_SIZE = 20  # half-points: what Word takes where nothing is said


class Styles:
    """`root` is the `w:styles` element; `template_name` is for problems."""

    def __init__(self, root: Any, template_name: str) -> None:
        self._root = root
        self._template_name = template_name
        self._by_id: dict[str, Any] = {}
        self._ids: dict[tuple[str, str], str] = {}
        self._defaults: dict[str, str] = {}
        self._problems: dict[str, Problem] = {}
        # Asked again for every paragraph or cell.
        self._names: dict[str, str] = {}
        self._chains: dict[tuple[str | None, str], Sequence[Any]] = {}
        self._numbering: dict[str | None, tuple[int, int | None, str] | None] = {}
        self._sizes: dict[str | None, float] = {}
        self._cell_margins: dict[str | None, int] = {}
        for style in root.iterchildren(qualified("w:style")):
            identifier, kind = attribute(style, "styleId") or "", attribute(style, "type") or "paragraph"
            self._by_id[identifier] = style
            self._ids.setdefault((kind, (value(style, "w:name") or "").casefold()), identifier)
            if attribute(style, "default") in {"1", "true", "on"}:
                self._defaults[kind] = identifier

    def find(self, kind: StyleKind, *names: str) -> str | None:
        """The identifier of the first of these styles that the template has."""
        for name in names:
            identifier = self._ids.get((kind, name.casefold()))
            if identifier is not None:
                return identifier
        return None

    def need(self, kind: StyleKind, *names: str, used_for: str) -> str:
        """As `find`; where the template has none, remember that and give an empty identifier."""
        identifier = self.find(kind, *names)
        if identifier is None:
            message = f"the template has no {kind} style {' or '.join(names)}, which {used_for} needs"
            hint = "make it in Word (Home, Styles, New Style), or copy it from one of the templates packgen brings"
            self._problems.setdefault(message, self.problem("template.style", message, hint=hint))
        return identifier or ""

    def problem(self, code: str, message: str, *, hint: str) -> Problem:
        """Something wrong with the template."""
        return Problem(code=code, message=message, file=self._template_name, hint=hint)

    def lack_numbers(self, identifier: str) -> None:
        """Remember that a style should number its paragraphs and does not."""
        message = f"the style {self.name_of(identifier)} has no numbers, which a numbered list needs"
        hint = "give it a numbered list in Word (Modify Style, Format, Numbering)"
        self._problems.setdefault(message, self.problem("template.style", message, hint=hint))

    def problems(self) -> list[Problem]:
        """One for everything that was needed of a style and is lacking."""
        return list(self._problems.values())

    def name_of(self, identifier: str | None) -> str:
        """The name that Word shows; that of the default paragraph style for None."""
        identifier = identifier or self._defaults.get("paragraph", "")
        if identifier not in self._names:
            self._names[identifier] = value(self._by_id.get(identifier), "w:name") or "Normal"
        return self._names[identifier]

    def names_of(self, identifier: str | None) -> tuple[str, ...]:
        """The names of a style and of those it is based on, nearest first."""
        return tuple(value(style, "w:name") or "" for style in self.chain(identifier)) or ("Normal",)

    def chain(self, identifier: str | None, kind: StyleKind = "paragraph") -> Sequence[Any]:
        """A style and those it is based on, nearest first."""
        key = (identifier, kind)
        if key not in self._chains:
            self._chains[key] = tuple(self._chain(identifier or self._defaults.get(kind)))
        return self._chains[key]

    def _chain(self, identifier: str | None) -> Iterator[Any]:
        seen: set[str] = set()
        while identifier and identifier not in seen:
            seen.add(identifier)
            style = self._by_id.get(identifier)
            if style is None:
                return
            yield style
            identifier = value(style, "w:basedOn")

    def numbering_of(self, identifier: str | None) -> tuple[int, int | None, str] | None:
        """Number identifier, level if given, and the style that says so; None for a style without numbers."""
        if identifier not in self._numbering:
            self._numbering[identifier] = self._numbering_of(identifier)
        return self._numbering[identifier]

    def _numbering_of(self, identifier: str | None) -> tuple[int, int | None, str] | None:
        for style in self.chain(identifier):
            properties = child(child(style, "w:pPr"), "w:numPr")
            number = whole(value(properties, "w:numId"))
            if number is not None:
                level = whole(value(properties, "w:ilvl"))
                return (number, level, attribute(style, "styleId") or "") if number else None
        return None

    def own_indent(self, style: Any) -> Any:
        """The `w:ind` of one style of a chain."""
        return child(child(style, "w:pPr"), "w:ind")

    def space_before(self, identifier: str | None) -> int:
        """Twentieths of a point above a paragraph."""
        for style in self.chain(identifier):
            before = whole(attribute(child(child(style, "w:pPr"), "w:spacing"), "before"))
            if before is not None:
                return before
        return whole(attribute(child(self._default("w:pPrDefault", "w:pPr"), "w:spacing"), "before")) or 0

    def size(self, identifier: str | None) -> float:
        """Type size in points."""
        if identifier not in self._sizes:
            self._sizes[identifier] = self._size(identifier)
        return self._sizes[identifier]

    def _size(self, identifier: str | None) -> float:
        for style in self.chain(identifier):
            size = whole(value(child(style, "w:rPr"), "w:sz"))
            if size is not None:
                return size / 2
        return (whole(value(self._default("w:rPrDefault", "w:rPr"), "w:sz")) or DEFAULT_SIZE) / 2

    def cell_margins(self, identifier: str | None) -> int:
        """Twentieths of a point at the left and right of a table style's cells together."""
        if identifier not in self._cell_margins:
            self._cell_margins[identifier] = self._margins_of(identifier)
        return self._cell_margins[identifier]

    def _margins_of(self, identifier: str | None) -> int:
        for style in self.chain(identifier, "table"):
            margins = child(child(style, "w:tblPr"), "w:tblCellMar")
            if margins is not None:
                sides = (
                    (child(margins, "w:left"), child(margins, "w:start")),
                    (
                        child(margins, "w:right"),
                        child(margins, "w:end"),
                    ),
                )
                return sum(next((whole(attribute(s, "w")) or 0 for s in side if s is not None), 0) for side in sides)
        return 216

    def set_language(self, language: str) -> None:
        """The document's language, where a style says none of its own."""
        defaults = child(self._root, "w:docDefaults")
        if defaults is None:
            defaults = element("w:docDefaults")
            self._root.insert(0, defaults)
        holder = defaults
        for index, name in enumerate(("w:rPrDefault", "w:rPr", "w:lang")):
            inner = child(holder, name)
            if inner is None:
                inner = element(name)
                holder.insert(0, inner) if index == 0 else holder.append(inner)
            holder = inner
        holder.set(qualified("w:val"), language)

    def _default(self, outer: str, inner: str) -> Any:
        return child(child(child(self._root, "w:docDefaults"), outer), inner)
