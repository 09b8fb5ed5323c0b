"""Numbers of lists: which level of which list a style uses, and new lists that begin again.

Takes the numbering part's root; gives list identifiers (`w:numId`), adding a `w:num` for each list that begins again.
Never changes the lists that are there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from packgen.fill.styles import Styles
from packgen.fill.xml import attribute, child, copy_of, element, qualified, value, whole
from packgen.prose.tree import ListKind

_FORMATS: Mapping[str, str] = {"decimal": "decimal", "lower-alpha": "lowerLetter", "lower-roman": "lowerRoman"}


class NumberedLevel(Struct, frozen=True):
    """A level, from 0, of an abstract list that styles share; `number` is the style's own list."""

    abstract: str
    level: int
    number: int


class Numbering:
    """`root` is the `w:numbering` element, or None where a template has no numbers at all."""

    def __init__(self, root: Any, styles: Styles) -> None:
        self._root = root
        self._styles = styles
        self._abstract: dict[str, Any] = {}
        self._numbers: dict[int, str] = {}
        if root is not None:
            for abstract in root.iterchildren(qualified("w:abstractNum")):
                self._abstract[attribute(abstract, "abstractNumId") or ""] = abstract
            for number in root.iterchildren(qualified("w:num")):
                self._numbers[whole(attribute(number, "numId")) or 0] = value(number, "w:abstractNumId") or ""

    def level_of(self, style: str | None) -> NumberedLevel | None:
        """What numbers paragraphs of a style; None for a style without numbers."""
        found = self._styles.numbering_of(style)
        if found is None or found[0] not in self._numbers:
            return None
        number, level, named_by = found
        abstract = self._numbers[number]
        if level is None:
            linked = (
                whole(attribute(candidate, "ilvl"))
                for candidate in self._levels(abstract)
                if value(candidate, "w:pStyle") == named_by
            )
            level = next((each for each in linked if each is not None), 0)
        return NumberedLevel(abstract, level, number)

    def indent_of(self, level: NumberedLevel) -> Any:
        """The `w:ind` that a level gives its paragraphs."""
        return child(child(self._level(level), "w:pPr"), "w:ind")

    def begin_list(self, level: NumberedLevel, start: int, kind: ListKind | None = None) -> int:
        """A new list that begins at `start`, in another kind of number if `kind` is given and differs."""
        identifier = max(self._numbers, default=0) + 1
        override = element("w:lvlOverride", element("w:startOverride", val=start), ilvl=level.level)
        number = element("w:num", element("w:abstractNumId", val=level.abstract), override, numId=identifier)
        original = self._level(level)
        wanted = _FORMATS.get(kind) if kind else None
        if wanted and original is not None and value(original, "w:numFmt") != wanted:
            changed = copy_of(original)
            for name in ("w:pStyle", "w:lvlRestart"):
                linked = child(changed, name)
                if linked is not None:
                    changed.remove(linked)
            child(changed, "w:numFmt").set(qualified("w:val"), wanted)
            child(changed, "w:start").set(qualified("w:val"), str(start))
            override.append(changed)
        self._append(number)
        self._numbers[identifier] = level.abstract
        return identifier

    def _append(self, number: Any) -> None:
        """After the last `w:num`: the schema wants what follows numbers to stay behind them."""
        numbers = self._root.findall(qualified("w:num"))
        numbers[-1].addnext(number)

    def _levels(self, abstract: str) -> list[Any]:
        found = self._abstract.get(abstract)
        return [] if found is None else found.findall(qualified("w:lvl"))

    def _level(self, level: NumberedLevel) -> Any:
        return next((lvl for lvl in self._levels(level.abstract) if whole(attribute(lvl, "ilvl")) == level.level), None)
