"""The Typst source while it is written: lines, the place in the Word file that each came from, and shared definitions.

Takes code; gives the whole source and the place of a line. Equal definitions are written once and called by a short
name, which keeps the source small and Typst quick.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct, field

MeasureCode = Callable[[Sequence[tuple[str, float]]], Sequence[float]]
"""Tells how tall pieces of code come out at the widths given with them, in points."""


class ListMark(Struct, frozen=True):
    """A paragraph of a list, in the order of the document.

    `depth` counts the lists it is in, from 0. An item opens a list with `opens`; a paragraph that only goes on with the
    item before it is no `item`.
    """

    depth: int
    item: bool = True
    opens: bool = False
    bullet: bool = False


class Source(Struct):
    """Grows line by line; `place` is where in the Word file the lines written now come from."""

    lines: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    definitions: dict[str, str] = field(default_factory=dict)
    marks: list[ListMark] = field(default_factory=list)
    place: str = ""

    def inner(self, place: str | None = None) -> Source:
        """An empty source for code that goes inside a line of this one; definitions and marks are shared."""
        return Source(definitions=self.definitions, marks=self.marks, place=self.place if place is None else place)

    def add(self, code: str) -> None:
        for line in code.split("\n"):
            self.lines.append(line)
            self.places.append(self.place)

    def define(self, prefix: str, signature: str, body: str) -> str:
        """The name of a function or value `signature=body`, defined the first time it is asked for."""
        key = f"{prefix}\0{signature}={body}"
        if key not in self.definitions:
            self.definitions[key] = f"{prefix}{len(self.definitions)}"
        return self.definitions[key]

    def text(self, prelude: str) -> tuple[str, int]:
        """The source, and the number of lines that stand before the first added one."""
        defined = [f"#let {name}{key.partition(chr(0))[2]}" for key, name in self.definitions.items()]
        head = "\n".join([prelude.rstrip("\n"), *defined, "#{"])
        return "\n".join([head, *self.lines, "}", ""]), head.count("\n") + 1
