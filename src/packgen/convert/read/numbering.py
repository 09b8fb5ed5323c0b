"""Word's numbering: lists, their levels, and the counters that run through a document.

Takes the numbering part; gives the properties of a level and, paragraph by paragraph in order, the label that is
printed. The definitions never change; each document has one `Counters`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct

from packgen.convert.read.number_formats import formatted
from packgen.convert.read.ooxml import Element, child_val, first, is_on, number, val, w
from packgen.convert.read.properties import Properties, paragraph_properties, run_properties
from packgen.convert.read.theme import Theme

_UNSEEN = re.compile("[\\s\u00ad\u200b-\u200f\u2060\ufeff]*")
"""Labels of which nothing is drawn."""
_PLACEHOLDER = re.compile(r"%([1-9])")
Justify = Literal["left", "centre", "right"]
Suffix = Literal["tab", "space", "nothing"]


class Level(Struct, frozen=True):
    """One level of a list. It starts again after level `restart` (from 1), never (0), or after each above it (None)."""

    start: int
    number_format: str
    text: str
    justify: Justify
    suffix: Suffix
    legal: bool
    restart: int | None
    paragraph: Mapping[str, Any]
    run: Mapping[str, Any]
    picture: bool


class _List(Struct, frozen=True):
    """A `w:num`: the abstract list whose counters it shares, and where it starts levels of its own.

    `levels` are unread: most lists of a document are never used.
    """

    abstract_id: str
    starts: Mapping[int, int]
    levels: Mapping[int, Element]


class Numbering:
    """All lists of a document."""

    def __init__(self, root: Element | None, theme: Theme) -> None:
        self._theme = theme
        self._levels: dict[Element, Level] = {}
        self._abstracts: dict[str, dict[int, Element]] = {}
        self._lists: dict[str, _List] = {}
        self._style_links: dict[str, str] = {}
        self._by_style: dict[tuple[str, str], int] = {}
        if root is None:
            return
        aliases: dict[str, str] = {}
        for element in root.findall(w("abstractNum")):
            abstract_id = element.get(w("abstractNumId"), "")
            self._abstracts[abstract_id] = {
                int(number(level.get(w("ilvl")))): level for level in element.findall(w("lvl"))
            }
            if first(element, "styleLink") is not None:
                self._style_links[child_val(element, "styleLink")] = abstract_id
            if first(element, "numStyleLink") is not None:
                aliases[abstract_id] = child_val(element, "numStyleLink")
        for element in root.findall(w("num")):
            abstract_id = child_val(element, "abstractNumId")
            abstract_id = self._style_links.get(aliases.get(abstract_id, ""), abstract_id)
            self._lists[element.get(w("numId"), "")] = self._read_list(element, abstract_id)
        for num_id, each in self._lists.items():
            for index, level in each.levels.items():
                style = child_val(level, "pStyle")
                if style:
                    self._by_style.setdefault((num_id, style), index)

    def _read_list(self, element: Element, abstract_id: str) -> _List:
        levels = dict(self._abstracts.get(abstract_id, {}))
        starts: dict[int, int] = {}
        for override in element.findall(w("lvlOverride")):
            index = int(number(override.get(w("ilvl"))))
            own = first(override, "lvl")
            if own is not None:
                levels[index] = own
                starts[index] = _start(own)
            if first(override, "startOverride") is not None:
                starts[index] = int(number(child_val(override, "startOverride")))
        return _List(abstract_id, starts, levels)

    def level(self, num_id: str, index: int) -> Level | None:
        found = self._lists.get(num_id)
        element = None if found is None else found.levels.get(index)
        if element is None:
            return None
        if element not in self._levels:
            self._levels[element] = read_level(element, self._theme)
        return self._levels[element]

    def abstract_id(self, num_id: str) -> str:
        return self._lists[num_id].abstract_id

    def starts(self, num_id: str) -> Mapping[int, int]:
        return self._lists[num_id].starts

    def level_index(self, properties: Mapping[str, Any], style_id: str) -> int:
        """The level meant: the one named, or the one that belongs to the paragraph's style."""
        if "level" in properties:
            return int(properties["level"])
        return self._by_style.get((properties.get("num_id", ""), style_id), 0)

    def paragraph_properties(self, properties: Mapping[str, Any], style_id: str) -> Properties:
        """The indents and tabs of the level that `properties` name, for laying under the style or paragraph itself."""
        level = self.level(properties.get("num_id", ""), self.level_index(properties, style_id))
        if level is None:
            return {"left": 0.0, "first": 0.0} if properties.get("num_id") == "0" and not style_id else {}
        return dict(level.paragraph)


def read_level(element: Element, theme: Theme) -> Level:
    justify: dict[str, Justify] = {"center": "centre", "right": "right", "end": "right"}
    suffixes: dict[str, Suffix] = {"space": "space", "nothing": "nothing"}
    restart = first(element, "lvlRestart")
    text = first(element, "lvlText")
    return Level(
        start=_start(element),
        number_format=child_val(element, "numFmt", "decimal"),
        text="" if text is None or is_null(text) or _UNSEEN.fullmatch(val(text)) else val(text),
        justify=justify.get(child_val(element, "lvlJc", "left"), "left"),
        suffix=suffixes.get(child_val(element, "suff", "tab"), "tab"),
        legal=is_on(first(element, "isLgl")),
        restart=None if restart is None else int(number(val(restart))),
        paragraph={
            key: value
            for key, value in paragraph_properties(first(element, "pPr"), theme).items()
            if key in {"left", "right", "first", "tabs"}
        },
        run=run_properties(first(element, "rPr"), theme),
        picture=first(element, "lvlPicBulletId") is not None,
    )


def _start(level: Element) -> int:
    return int(number(child_val(level, "start"), 0))


def is_null(element: Element) -> bool:
    return is_on(element) and element.get(w("null")) in {"1", "true"}


class Counted(Struct, frozen=True):
    """What the counters gave for a paragraph: its label's text and the level it came from."""

    text: str
    level: Level
    unknown_format: str = ""


class Counters:
    """The running numbers of one document."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._values: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()

    def next(self, num_id: str, index: int) -> Counted | None:
        """Count one paragraph of list `num_id` at level `index` (from 0); None if there is no such list."""
        level = self._numbering.level(num_id, index)
        if level is None:
            return None
        values = self._values.setdefault(self._numbering.abstract_id(num_id), {})
        self._apply_starts(num_id, index, values)
        values[index] = values[index] + 1 if index in values else level.start
        for higher in range(index):
            if higher not in values:
                upper = self._numbering.level(num_id, higher)
                values[higher] = upper.start if upper is not None else 1
        for lower in [each for each in values if each > index]:
            below = self._numbering.level(num_id, lower)
            if below is None or below.restart is None or 0 < index + 1 <= below.restart:
                del values[lower]
        return self._label(num_id, level, values)

    def _apply_starts(self, num_id: str, index: int, values: dict[int, int]) -> None:
        """Let a list that starts levels of its own do so, the first time that it uses each."""
        for each, start in self._numbering.starts(num_id).items():
            if each <= index and (num_id, each) not in self._started:
                self._started.add((num_id, each))
                if each == index:
                    values[each] = start - 1
                else:
                    values.setdefault(each, start)

    def _label(self, num_id: str, level: Level, values: Mapping[int, int]) -> Counted:
        unknown = ""
        if level.number_format == "bullet":
            return Counted(level.text, level)

        def figure(match: re.Match[str]) -> str:
            nonlocal unknown
            index = int(match[1]) - 1
            other = self._numbering.level(num_id, index)
            number_format = other.number_format if other is not None else "decimal"
            if level.legal and number_format != "none":
                number_format = "decimal"
            text = formatted(values.get(index, 1), number_format)
            if text is None:
                unknown = number_format
                return str(values.get(index, 1))
            return text

        return Counted(_PLACEHOLDER.sub(figure, level.text), level, unknown)
