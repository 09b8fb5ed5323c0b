"""Footnotes and endnotes as Typst code.

Footnotes are Typst's own, so that they stand at the foot of the page of their mark; endnotes are written behind the
last section. Takes note marks as the text comes to them; never decides which notes there are.
"""

from __future__ import annotations

from msgspec.structs import replace

from packgen.convert.document import (
    Block,
    Inline,
    NoteMark,
    NoteNumber,
    NoteSettings,
    Paragraph,
    Section,
    Tab,
    Text,
    WordDocument,
)
from packgen.convert.formats import ParagraphFormat, RunFormat
from packgen.convert.read.number_formats import formatted
from packgen.convert.write.blocks import BlockWriter
from packgen.convert.write.inlines import InlineWriter, dominant
from packgen.convert.write.looks import RAISED_SIZE, SINGLE, Looks, plain
from packgen.convert.write.room import Room, Surroundings
from packgen.convert.write.typst_text import em, label_name, literal, pt

_PATTERNS = {"lowerRoman": "i", "upperRoman": "I", "lowerLetter": "a", "upperLetter": "A", "chicago": "*"}
# What Typst puts behind a note's number, in parts of the size of its text.
_GAP = 0.05
# Between the number and the text where the author has put nothing, likewise.
_BLANK = 0.25
# Points between the text and the first note, and how far above that the rule stands in it.
_ABOVE_NOTES, _RULE = 6.2, 3.1
_FULL_SIZE = "baseline:0em,size:1em"


class NoteWriter:
    """Writes the notes of one document. `hanging` is how far its lines may hang out of the foot of a page, in points.

    `base_text` is how text looks where nothing else is said, as arguments of Typst's `text`.
    """

    def __init__(self, document: WordDocument, looks: Looks, base_text: str) -> None:
        self._document = document
        self._looks = looks
        self._base_text = base_text
        self._endnotes: list[str] = []
        self._endnote_marks: list[str] = []
        self._footnotes: list[str] = []
        self._settings = NoteSettings()
        self._before: tuple[Block, ...] = ()
        self.hanging = 0.0
        self.room: Room | None = None
        self.blocks: BlockWriter | None = None
        self.inlines: InlineWriter | None = None

    # --- Rules ----------------------------------------------------------------------------------

    def open(self, section: Section, room: Room) -> None:
        """Write the notes of `section` from now on."""
        self.room = room
        self._settings = section.footnotes
        self._before = section.blocks[-1:]

    def rules(self) -> str:
        """Rules for footnotes: all are set like the first paragraph of the first, and so are their numbers.

        Lines may hang out of the foot of the page, notes do not: each part of one keeps what may hang, and takes back
        what the one before it keeps.
        """
        first = self._first
        look = first.format if first is not None else ParagraphFormat()
        line = self._looks.line_of(look)
        text = ",".join(f"{name}:{value}" for name, value in self._looks.arguments(self._run, line).items())
        number = self._number_format
        small = self._looks.superscript(number) if number.position == "superscript" else _FULL_SIZE
        changed = self._looks.difference(plain(number), line, self._run, line)
        gap = max(look.after, look.before)
        base = self._looks.base
        leading = self._looks.fonts.metrics(self._looks.family(base.font), base.size).gap
        justify = ",justify:true" if look.alignment == "justify" else ""
        return (
            f"#set super({self._looks.superscript(base)})\n"
            # What a font leaves between lines may hang out of the page's foot, but not into the notes.
            f"#set footnote.entry(separator:block(height:{pt(_ABOVE_NOTES + leading)},"
            f"place(bottom,dy:{pt(gap - self.hanging - _RULE)},line(length:144pt,stroke:.5pt))),"
            # The gap counts before the first note as well, where there is none.
            f"clearance:{pt(-gap)},gap:{pt(gap - self.hanging)},indent:{pt(look.left + look.first)})\n"
            f"#show footnote.entry:set text({text})\n"
            f"#show footnote.entry:set par(leading:0pt,spacing:0pt,hanging-indent:{pt(look.left)}{justify})\n"
            f"#show footnote.entry:set super({small})\n"
            + (f"#show footnote.entry:it=>{{show super:set text({changed});it}}\n" if changed else "")
            + (f"#show footnote.entry:it=>pad(bottom:{pt(self.hanging)},it)\n" if self.hanging else "")
        )

    @property
    def _first(self) -> Paragraph | None:
        blocks = next(iter(self._document.footnotes.values()), ())
        return blocks[0] if blocks and isinstance(blocks[0], Paragraph) else None

    @property
    def _run(self) -> RunFormat:
        return dominant(self._first) if self._first is not None else self._looks.base

    @property
    def _number_format(self) -> RunFormat:
        number = _number_of(self._first) if self._first is not None else None
        return number.format if number is not None else replace(self._run, position="superscript")

    # --- Marks ----------------------------------------------------------------------------------

    def note(self, mark: NoteMark, around: Surroundings) -> str:
        """The mark in the text, with the note itself."""
        if mark.kind == "endnote":
            return self._endnote(mark, around)
        blocks = self._document.footnotes.get(mark.note_id)
        if blocks is None:
            return ""
        if mark.custom:
            shown = literal(mark.custom)
            body = self._body(_without_mark(blocks, mark.custom), mark.custom)
            # A mark of the author's own takes no number from those that follow.
            code = f"footnote(numbering:n=>{shown},{body});counter(footnote).update(n=>n - 1)"
        else:
            code = f"footnote({self._body(blocks, str(self._number(mark)))})"
        look = self._looks.superscript(mark.format) if mark.format.position == "superscript" else _FULL_SIZE
        if look != self._looks.superscript(self._looks.base):
            code = f"set super({look});{code}"
        function = self._looks.run(plain(mark.format), plain(around.run), around.line)
        return f"{function}({{{code}}})" if function else f"{{{code}}}"

    def _body(self, blocks: tuple[Block, ...], shown: str) -> str:
        """A note's paragraphs: the first goes on the line of its mark, further ones stand below."""
        assert self.room is not None
        assert self.blocks is not None
        room = replace(self.room, breaks=False, splits=False, headings=False)
        parts: list[str] = []
        rest = blocks
        if blocks and isinstance(blocks[0], Paragraph):
            parts.append(self._opening(blocks[0], shown))
            rest = blocks[1:]
        parts.append("parbreak()")
        if rest:
            outer = self.blocks.source
            inner = self.blocks.source = outer.inner()
            self.blocks.write(rest, room)
            self.blocks.source = outer
            parts.append(f"v({pt(_gap(blocks[0], rest[0]))})")
            parts += [f"set text({self._base_text})", *inner.lines]
        return "{" + "\n".join(parts) + "}"

    def _number(self, mark: NoteMark) -> int:
        if mark.note_id not in self._footnotes:
            self._footnotes.append(mark.note_id)
        return self._footnotes.index(mark.note_id) + self._settings.start

    def _opening(self, paragraph: Paragraph, shown: str) -> str:
        """A note's first paragraph without the number before it, which Typst draws; what is behind it is the author's.

        A note without a number of its own gets one all the same, and a little room behind it.
        """
        assert self.inlines is not None
        look, number = paragraph.format, _number_of(paragraph)
        content = paragraph.content
        space = f"h({em(-_GAP)})"
        if number is None:
            content = _without_blank(content)
            space = f"h({em(_BLANK - _GAP)})"
        size = RAISED_SIZE if self._number_format.position == "superscript" else 1.0
        start = look.left + look.first + self._looks.width(shown, self._number_format) * size
        line = self._looks.line_of(look)
        assert self.room is not None
        width = self.room.width - look.left
        body = self.inlines.body(content, Surroundings(look, self._run, line, start, look.left, width)) or "[]"
        return f"{space}\n{self._plain_again(look)}{body}"

    def _plain_again(self, look: ParagraphFormat) -> str:
        """What keeps the format of the numbers from raised letters in the text."""
        line = self._looks.line_of(look)
        own = self._looks.arguments(self._run, line)
        number = self._looks.arguments(plain(self._number_format), line)
        changed = ",".join(f"{name}:{own[name]}" for name, value in number.items() if own.get(name, value) != value)
        return f"show super:set text({changed})\n" if changed else ""

    # --- Endnotes -------------------------------------------------------------------------------

    def _endnote(self, mark: NoteMark, around: Surroundings) -> str:
        assert self.inlines is not None
        if mark.note_id not in self._document.endnotes:
            return ""
        if mark.note_id not in self._endnotes:
            self._endnotes.append(mark.note_id)
            self._endnote_marks.append(mark.custom or self._endnote_number(mark.note_id))
        shown = self._endnote_marks[self._endnotes.index(mark.note_id)]
        return f'link(label("endnote-{label_name(mark.note_id)}"),{self.inlines.text(shown, mark.format, around)})'

    def _endnote_number(self, note_id: str) -> str:
        settings = self._document.endnote_settings
        value = self._endnotes.index(note_id) + settings.start
        return formatted(value, settings.number_format) or str(value)

    def write_endnotes(self) -> int:
        """Write the endnotes that marks have told of, below a short rule that takes a line; gives how many there are.

        Each is a block quotation to the compiler, for `tags` to find.
        """
        if not self._endnotes:
            return 0
        assert self.room is not None
        assert self.blocks is not None
        source = self.blocks.source
        height = self._looks.line_height(self._looks.base, SINGLE)
        source.add(f"v({pt(self.blocks.closing_space(self._before))})")
        source.add(f"block(height:{pt(height)},width:100%,align(horizon,line(length:144pt,stroke:.5pt)))")
        written: tuple[Block, ...] = ()
        for note_id, shown in zip(self._endnotes, self._endnote_marks, strict=True):
            blocks = _numbered(self._document.endnotes[note_id], shown)
            if written and blocks:
                source.add(f"v({pt(_gap(written[-1], blocks[0]))})")
            source.add(f"[#metadata(none)<endnote-{label_name(note_id)}>]")
            source.add("quote(block:true,{")
            self.blocks.write(blocks, replace(self.room, breaks=False))
            source.add("})")
            written = blocks or written
        return len(self._endnotes)


def numbered(settings: NoteSettings, *, opens: bool) -> str:
    """Code from which on footnotes are numbered as a section says; the one that `opens` the document counts anew."""
    pattern = _PATTERNS.get(settings.number_format, "1")
    again = settings.start > 1 if opens else settings.restart == "section"
    return f'set footnote(numbering:"{pattern}")' + (f";{restarted(settings)}" if again else "")


def restarted(settings: NoteSettings) -> str:
    """Code after which footnotes are counted from their first number again."""
    return f"counter(footnote).update({settings.start - 1})"


def _number_of(paragraph: Paragraph) -> NoteNumber | None:
    return next((inline for inline in paragraph.content if isinstance(inline, NoteNumber)), None)


def _gap(before: Block, after: Block) -> float:
    """The space between two blocks of notes, beyond what the second keeps above itself."""
    below = before.format.after if isinstance(before, Paragraph) else 0.0
    return max(below - (after.format.before if isinstance(after, Paragraph) else 0.0), 0.0)


def _numbered(blocks: tuple[Block, ...], shown: str) -> tuple[Block, ...]:
    """A note with its number as text, where its author has put it, or else before it."""
    first = blocks[0] if blocks else None
    if not isinstance(first, Paragraph):
        return blocks
    if _number_of(first) is None:
        number = replace(dominant(first), position="superscript")
        content: tuple[Inline, ...] = (Text(shown, number), Text(" ", dominant(first)), *_without_blank(first.content))
        return (replace(first, content=content), *blocks[1:])
    content = tuple(Text(shown, each.format) if isinstance(each, NoteNumber) else each for each in first.content)
    return (replace(first, content=content), *blocks[1:])


def _without_blank(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """`content` without blanks and tabs before it."""
    while content and isinstance(content[0], Tab):
        content = content[1:]
    if content and isinstance(content[0], Text):
        opening = replace(content[0], text=content[0].text.lstrip())
        content = (opening, *content[1:]) if opening.text else content[1:]
    return content


def _without_mark(blocks: tuple[Block, ...], mark: str) -> tuple[Block, ...]:
    """A note without the mark that its author typed before it as well."""
    first = blocks[0] if blocks else None
    if not isinstance(first, Paragraph) or not first.content or not isinstance(first.content[0], Text):
        return blocks
    opening = first.content[0]
    if not opening.text.lstrip().startswith(mark):
        return blocks
    content = (replace(opening, text=opening.text.lstrip()[len(mark) :]), *first.content[1:])
    return (replace(first, content=content), *blocks[1:])
