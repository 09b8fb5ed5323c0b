"""What every part of the reader shares while one document is read.

Takes the package and everything resolved from it; collects problems, and counts which pieces of text were
read so that none is passed over. One `Reading` serves one conversion and is thrown away.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from msgspec import Struct, field

from packgen.convert.read.numbering import Counters, Numbering
from packgen.convert.read.ooxml import Element
from packgen.convert.read.package import DocxPackage
from packgen.convert.read.styles import StyleSheet
from packgen.convert.read.table_styles import TableStyles
from packgen.errors import Problem

# Codes of what no engine may draw: LibreOffice prints text that was struck out, and takes in other files.
TRACKED = "convert.tracked"
COMMENTED = "convert.comment"
ANOTHER_FILE = "convert.another-file"
UNSUPPORTED = "convert.unsupported"


class OpenField(Struct):
    """A Word field between its begin and its end: what it was told, and what becomes of its stored result."""

    instruction: str = ""
    in_result: bool = False
    hides_result: bool = False
    uri: str = ""
    anchor: str = ""


class Reading(Struct):
    """The state of reading one document. `part` is the part being read, `place` where in it.

    Read `as_typed`, words that Word only shows in capitals keep the letters that were typed.
    """

    package: DocxPackage
    styles: StyleSheet
    table_styles: TableStyles
    numbering: Numbering
    counters: Counters
    compatibility: int
    part: str
    place: str = ""
    problems: list[Problem] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    bookmarks: set[str] = field(default_factory=set)
    read_texts: set[int] = field(default_factory=set)
    kept: list[Element] = field(default_factory=list)
    fields: list[OpenField] = field(default_factory=list)
    paragraph_count: int = 0
    table_count: int = 0
    in_body: bool = True
    as_typed: bool = False

    def refuse(self, message: str, hint: str, *, code: str = UNSUPPORTED) -> None:
        """Note something that cannot be drawn; reading goes on so that every such thing is found at once."""
        problem = Problem(code=code, file=self.package.name, pointer=self.place, message=message, hint=hint)
        if problem not in self.problems:
            self.problems.append(problem)

    def warn(self, message: str, *, hint: str | None = None, code: str = "convert.approximate") -> None:
        problem = Problem(
            code=code, file=self.package.name, pointer=self.place, message=message, hint=hint, severity="warning"
        )
        if problem not in self.problems:
            self.problems.append(problem)

    def took(self, element: Element) -> None:
        """Remember that the text of `element` was read, or left out for a stated reason."""
        # Holding the element keeps lxml from giving its address to another.
        self.kept.append(element)
        self.read_texts.add(id(element))

    @contextmanager
    def at(self, place: str) -> Iterator[None]:
        """Within this, problems are in `place`."""
        before, self.place = self.place, place
        try:
            yield
        finally:
            self.place = before

    @contextmanager
    def inside(self, part: str, place: str) -> Iterator[None]:
        """Within this, another part such as a header is read: its paragraphs are not those of the body."""
        before = (self.part, self.in_body)
        self.part, self.in_body = part, False
        try:
            with self.at(place):
                yield
        finally:
            self.part, self.in_body = before
