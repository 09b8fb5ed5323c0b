"""A whole document as Typst source.

Takes a `WordDocument` and fonts; gives a `Draft`: source, the place in the Word file that each line came from, and the
problems met. Never compiles, but asks a `measure` it is given how tall page headers are, since they may push the text
down.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from packgen.convert.document import Link, TextBox, WordDocument, paragraphs_of
from packgen.convert.fonts import FontBook
from packgen.convert.stand_ins import StandIn
from packgen.convert.write import floating
from packgen.convert.write.blocks import BlockWriter
from packgen.convert.write.headings import HeadingLevels
from packgen.convert.write.inlines import Hooks, InlineWriter
from packgen.convert.write.languages import languages_of
from packgen.convert.write.looks import SINGLE, Looks
from packgen.convert.write.notes import NoteWriter
from packgen.convert.write.prelude import prelude
from packgen.convert.write.sections import SectionWriter
from packgen.convert.write.source import ListMark, Source
from packgen.convert.write.tables import TableWriter
from packgen.convert.write.typst_text import literal
from packgen.errors import Problem

Measure = Callable[[str, Sequence[tuple[str, float]]], Sequence[float]]


class Draft(Struct, frozen=True):
    """Source ready to compile.

    `places[n]` is where line `first_line + n` (from 0) came from; `marks` are the paragraphs of lists,
    `endnotes` counts the notes behind the text.
    """

    source: str
    places: tuple[str, ...]
    first_line: int
    marks: tuple[ListMark, ...]
    problems: tuple[Problem, ...]
    endnotes: int = 0

    def place(self, line: int) -> str | None:
        """Where line `line` of the source (from 1) came from."""
        index = line - 1 - self.first_line
        return self.places[index] or None if 0 <= index < len(self.places) else None

    def place_of(self, text: str) -> str | None:
        """Where `text` stands first in the Word file, if it is in one line of the source."""
        lines = self.source.split("\n")
        return next((self.place(number) for number, line in enumerate(lines, 1) if text in line), None)


class DocumentWriter:
    """Writes one document once. With `cautious` everything may be split over pages."""

    def __init__(
        self, document: WordDocument, name: str, fonts: FontBook, *, language: str, title: str, cautious: bool
    ) -> None:
        self.document = document
        self.name = name
        languages = languages_of(document, language)
        self.title = title
        self.cautious = cautious
        self.source = Source()
        self.problems: list[Problem] = []
        self.looks = Looks(self.source, fonts, document.body, document.fonts, languages, self._strange_font)
        self.notes = NoteWriter(document, self.looks, self._base_text())
        hooks = Hooks(self.notes.note, self._box, document.bookmarks, _targets(document), self._missing_target)
        self.inlines = InlineWriter(self.looks, hooks, document.default_tab)
        self.blocks = BlockWriter(
            self.source, self.looks, self.inlines, HeadingLevels(self._changed_level), self._refuse, self._warn
        )
        self.tables = TableWriter(self.source, self.blocks, self._warn)
        self.blocks.write_table = self.tables
        self.notes.blocks, self.notes.inlines = self.blocks, self.inlines

    def draft(self, measure: Measure) -> Draft:
        writer = SectionWriter(self.source, self.blocks, self._refuse, cautious=self.cautious)
        self.notes.hanging = max((writer.hanging_space(section) for section in self.document.sections), default=0.0)
        opening = self._prelude()

        def measured(code: Sequence[tuple[str, float]]) -> Sequence[float]:
            return measure(self._measurable(opening), code)

        def end_of(code: str) -> tuple[int, float]:
            place = "locate(<columns-end>)"
            asked = [(f"v({place}.page()*1pt)", 1.0), (f"v({place}.position().y)", 1.0)]
            page, down = measure(f"{self._measurable(opening)}\n{code}", asked)
            return round(page), down

        self.tables.measure = writer.columns.measure = measured
        writer.columns.end_of = end_of
        for index, section in enumerate(self.document.sections):
            following = self.document.sections[index + 1] if index + 1 < len(self.document.sections) else None
            self.notes.open(section, writer.room(section))
            writer.write(section, index, following, measured)
        endnotes = self.notes.write_endnotes()
        self.source.place = ""
        self.source.add("[#metadata(none)<packgen-end>]")
        text, first = self.source.text(opening)
        return Draft(text, tuple(self.source.places), first, tuple(self.source.marks), tuple(self.problems), endnotes)

    def _measurable(self, opening: str) -> str:
        return self.source.text(opening)[0].rpartition("#{")[0]

    def _prelude(self) -> str:
        base = self.looks.arguments(self.looks.base, SINGLE)
        # Headings are as heavy and as large as other text unless their own format says otherwise.
        own = f"weight:{base['weight']},size:{base['size']}"
        rules = f"#set text(ligatures:{base['ligatures']})\n#show heading:set text({own})\n"
        return prelude(literal(self.title), self._base_text()) + rules + self.notes.rules()

    def _base_text(self) -> str:
        base = self.looks.arguments(self.looks.base, SINGLE)
        return ",".join(f"{name}:{value}" for name, value in base.items())

    # --- Problems -------------------------------------------------------------------------------

    def _report(self, problem: Problem) -> None:
        if problem not in self.problems:
            self.problems.append(problem)

    def _refuse(self, message: str, hint: str, place: str) -> None:
        self._report(
            Problem(code="convert.unsupported", file=self.name, pointer=place or None, message=message, hint=hint)
        )

    def _warn(self, message: str, hint: str, place: str) -> None:
        self._report(
            Problem(
                code="convert.approximate",
                file=self.name,
                pointer=place or None,
                message=message,
                hint=hint,
                severity="warning",
            )
        )

    def _strange_font(self, font: str, taken: StandIn) -> None:
        known = taken.likeness == "near"
        self._report(
            Problem(
                code="convert.near-font" if known else "convert.unknown-font",
                file=self.name,
                pointer=self.source.place or None,
                message=f'The font "{font}" is not at hand; {taken.family} is drawn in its place, '
                + ("the nearest there is. " if known else "a guess from what the document says of it. ")
                + "Lines may break otherwise than in Word.",
                hint="Use Arial, Calibri, Cambria or Times New Roman, or name the font's file in packgen.toml.",
                severity="warning",
            )
        )

    def _changed_level(self, place: str, level: int, given: int) -> None:
        self._report(
            Problem(
                code="convert.heading-level",
                file=self.name,
                pointer=place,
                message=f"The heading is of level {level}, but the headings before it lead to level {given}.",
                hint="Use Heading 1, 2 and 3 in order, leaving none out; how they look can be changed in the style.",
                severity="warning",
            )
        )

    def _missing_target(self, anchor: str) -> None:
        self._warn(
            f'A link leads to the bookmark "{anchor}", which is not in the document; its text is drawn without it.',
            "Remove the link, or set the bookmark again.",
            self.source.place,
        )

    def _box(self, box: TextBox) -> str:
        assert self.notes.room is not None
        return floating.box(self.blocks, box, self.notes.room)


def _targets(document: WordDocument) -> frozenset[str]:
    """The bookmarks that some link of the document leads to; others need no label."""
    stories = [section.blocks for section in document.sections]
    stories += [*document.footnotes.values(), *document.endnotes.values()]
    return frozenset(
        inline.anchor
        for blocks in stories
        for paragraph in paragraphs_of(blocks)
        for inline in paragraph.content
        if isinstance(inline, Link) and inline.anchor in document.bookmarks
    )


def spoken_title(document: WordDocument, name: str) -> str:
    """The title of the PDF: the document's own, its first heading, or its name."""
    if document.title:
        return document.title
    paragraphs = [p for section in document.sections for p in paragraphs_of(section.blocks) if p.text.strip()]
    heading = next((p for p in paragraphs if p.format.outline_level is not None), None)
    return " ".join(heading.text.split()) if heading is not None else name
