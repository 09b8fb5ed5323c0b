"""A whole document as Typst source.

Takes a `WordDocument` and fonts; gives a `Draft`: source, the place in the Word file that each line came from, and the
problems met. Never compiles, but asks a `measure` it is given how tall page headers are, since they may push the text
down.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from packgen.convert.document import Block, Link, NoteMark, Paragraph, Tab, Text, TextBox, WordDocument, paragraphs_of
from packgen.convert.fonts import FontBook
from packgen.convert.formats import RunFormat
from packgen.convert.read.number_formats import formatted
from packgen.convert.write.blocks import BlockWriter
from packgen.convert.write.headings import HeadingLevels
from packgen.convert.write.inlines import Hooks, InlineWriter, dominant
from packgen.convert.write.looks import SINGLE, Looks
from packgen.convert.write.prelude import prelude
from packgen.convert.write.room import Room, Surroundings
from packgen.convert.write.sections import SectionWriter
from packgen.convert.write.source import ListMark, Source
from packgen.convert.write.tables import TableWriter
from packgen.convert.write.typst_text import label_name, language, literal, pt
from packgen.errors import Problem

Measure = Callable[[str, Sequence[tuple[str, float]]], Sequence[float]]
_NOTE_PATTERNS = {"lowerRoman": "i", "upperRoman": "I", "lowerLetter": "a", "upperLetter": "A", "chicago": "*"}
_NOTE_NUMBER = 0.6
# Points between the rule above the notes and the first of them; the text keeps no distance of its own from the rule.
_BELOW_RULE = 2.8


@dataclass(frozen=True)
class Draft:
    """Source ready to compile.

    `places[n]` is where line `first_line + n` (from 0) came from; `marks` are the paragraphs of lists.
    """

    source: str
    places: tuple[str, ...]
    first_line: int
    marks: tuple[ListMark, ...]
    problems: tuple[Problem, ...]

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
        self.language = language
        self.title = title
        self.cautious = cautious
        self.source = Source()
        self.problems: list[Problem] = []
        self.looks = Looks(self.source, fonts, document.body, self._unknown_font)
        hooks = Hooks(self._note, self._box, document.bookmarks, _targets(document), self._missing_target)
        self.inlines = InlineWriter(self.looks, hooks, document.default_tab)
        self.blocks = BlockWriter(
            self.source, self.looks, self.inlines, HeadingLevels(self._changed_level), self._refuse
        )
        self.tables = TableWriter(self.source, self.blocks, self._warn)
        self.blocks.write_table = self.tables
        self._endnotes: list[str] = []
        self._footnotes: list[str] = []
        self._hanging = 0.0
        self._room: Room | None = None

    def draft(self, measure: Measure) -> Draft:
        writer = SectionWriter(self.source, self.blocks, self._refuse, cautious=self.cautious)
        self._hanging = max((writer.hanging_space(section) for section in self.document.sections), default=0.0)
        opening = self._prelude()

        def measured(code: Sequence[tuple[str, float]]) -> Sequence[float]:
            return measure(self._measurable(opening), code)

        self.tables.measure = measured
        for index, section in enumerate(self.document.sections):
            following = self.document.sections[index + 1] if index + 1 < len(self.document.sections) else None
            self._room = writer.room(section)
            writer.write(section, index, following, measured)
        self._write_endnotes()
        self.source.place = ""
        self.source.add("[#metadata(none)<packgen-end>]")
        text, first = self.source.text(opening)
        return Draft(text, tuple(self.source.places), first, tuple(self.source.marks), tuple(self.problems))

    def _measurable(self, opening: str) -> str:
        return self.source.text(opening)[0].rpartition("#{")[0]

    def _prelude(self) -> str:
        spoken = language(self.language) or {"lang": '"en"'}
        tongue = ",".join(f"{name}:{value}" for name, value in spoken.items())
        return prelude(literal(self.title), tongue, self._base_text()) + self._note_rules()

    def _base_text(self) -> str:
        base = self.looks.arguments(self.looks.base, SINGLE)
        return ",".join(f"{name}:{value}" for name, value in base.items() if name not in {"lang", "region"})

    def _note_rules(self) -> str:
        """Rules for footnotes: all are set like the first paragraph of the first."""
        settings = self.document.footnote_settings
        pattern = _NOTE_PATTERNS.get(settings.number_format, "1")
        first = self._first_note
        line = self.looks.line_of(first.format) if first is not None else SINGLE
        text = ",".join(f"{name}:{value}" for name, value in self.looks.arguments(self._note_run, line).items())
        after = first.format.after if first is not None else 0.0
        rules = (
            f'#set footnote(numbering:"{pattern}")\n'
            f"#set footnote.entry(separator:block(inset:(bottom:{pt(_BELOW_RULE)}),line(length:144pt,stroke:.5pt)),"
            "clearance:0pt,indent:0pt,"
            f"gap:{pt(max(after - max(self._hanging, 0.0), 0.0))})\n"
            f"#show footnote.entry:set text({text})\n"
            f"#show footnote.entry:set par(leading:0pt,spacing:0pt,hanging-indent:{pt(self._note_hanging)})\n"
        )
        return rules + (f"#counter(footnote).update({settings.start - 1})\n" if settings.start > 1 else "")

    @property
    def _first_note(self) -> Paragraph | None:
        blocks = next(iter(self.document.footnotes.values()), ())
        return blocks[0] if blocks and isinstance(blocks[0], Paragraph) else None

    @property
    def _note_run(self) -> RunFormat:
        return dominant(self._first_note) if self._first_note is not None else self.looks.base

    @property
    def _note_hanging(self) -> float:
        first = self._first_note
        return max(first.format.left, 0.0) if first is not None and first.format.first < 0 else 0.0

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

    def _unknown_font(self, font: str) -> None:
        self._report(
            Problem(
                code="convert.unknown-font",
                file=self.name,
                pointer=self.source.place or None,
                message=f'The font "{font}" is not at hand; Liberation Sans is drawn in its place.',
                hint="Use Arial or Times New Roman, or name the font's file in packgen.toml.",
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

    # --- Notes and boxes ------------------------------------------------------------------------

    def _box(self, box: TextBox) -> str:
        assert self._room is not None
        return self.blocks.box(box, self._room)

    def _note(self, mark: NoteMark) -> str:
        if mark.kind == "endnote":
            return self._endnote(mark)
        blocks = self.document.footnotes.get(mark.note_id)
        if blocks is None:
            return ""
        return f"footnote({self._note_body(blocks, mark)})"

    def _note_body(self, blocks: tuple[Block, ...], mark: NoteMark) -> str:
        """A note's paragraphs: the first goes on the line of its number, further ones stand below."""
        assert self._room is not None
        room = replace(self._room, breaks=False, splits=False, headings=False)
        first = blocks[0] if blocks else None
        parts: list[str] = []
        rest = blocks
        if isinstance(first, Paragraph):
            parts.append(self._opening_of_note(first, self._note_number(mark)))
            rest = blocks[1:]
        parts.append("parbreak()")
        if self._hanging > 0:
            # Lines may hang out of the foot of the page, notes do not.
            parts.append(f"v({pt(self._hanging)})")
        if rest:
            outer, inner = self.source, self.source.inner()
            self._redirect(inner)
            self.blocks.write(rest, room)
            self._redirect(outer)
            parts += [f"set text({self._base_text()})", *inner.lines]
        return "{" + "\n".join(parts) + "}"

    def _note_number(self, mark: NoteMark) -> int:
        if mark.note_id not in self._footnotes:
            self._footnotes.append(mark.note_id)
        return self._footnotes.index(mark.note_id) + self.document.footnote_settings.start

    def _redirect(self, source: Source) -> None:
        self.source = self.blocks.source = source

    def _opening_of_note(self, paragraph: Paragraph, number: int | None = None) -> str:
        """A note's first paragraph without the blank that Word puts behind its number; a hanging indent is kept."""
        content = paragraph.content
        while content and isinstance(content[0], Tab):
            content = content[1:]
        if content and isinstance(content[0], Text):
            content = (Text(content[0].text.lstrip(), content[0].format), *content[1:])
            if not content[0].text:  # type: ignore[union-attr]  # it is the text just put there
                content = content[1:]
        run = self._note_run if number is not None else self.looks.base
        look = paragraph.format
        around = Surroundings(look, run, self.looks.line_of(look), start=0.0, left=0.0)
        body = self.inlines.body(content, around) or "[]"
        family, size = self.looks.family(run.font), run.size
        used = self.looks.fonts.width(str(number or ""), family, size * _NOTE_NUMBER) + 0.05 * size
        space = max(self._note_hanging - used, 0.25 * size)
        return f"h({pt(space)})\n{body}"

    def _endnote(self, mark: NoteMark) -> str:
        if mark.note_id not in self.document.endnotes:
            return ""
        if mark.note_id not in self._endnotes:
            self._endnotes.append(mark.note_id)
        return f'super(link(label("endnote-{label_name(mark.note_id)}"),{literal(self._endnote_number(mark.note_id))}))'

    def _endnote_number(self, note_id: str) -> str:
        settings = self.document.endnote_settings
        value = self._endnotes.index(note_id) + settings.start
        return formatted(value, settings.number_format) or str(value)

    def _write_endnotes(self) -> None:
        if not self._endnotes:
            return
        assert self._room is not None
        self.source.add(f"v({pt(6)})")
        self.source.add("block(width:100%,line(length:144pt,stroke:.5pt))")
        for note_id in self._endnotes:
            blocks = self.document.endnotes[note_id]
            self.source.add(f"[#metadata(none)<endnote-{label_name(note_id)}>]")
            first = blocks[0] if blocks else None
            mark = literal(self._endnote_number(note_id))
            opened = isinstance(first, Paragraph)
            opening = self._opening_of_note(first) if isinstance(first, Paragraph) else "[]"
            self.source.add("par({" + f"super({mark})\n{opening}" + "})")
            self.blocks.write(blocks[1:] if opened else blocks, self._room)


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
