"""Footnotes and endnotes as Typst code.

Footnotes are Typst's own, so that they stand at the foot of the page of their mark; endnotes are written behind the
last section. Takes note marks as the text comes to them; never decides which notes there are.
"""

from __future__ import annotations

from dataclasses import replace

from packgen.convert.document import Block, NoteMark, NoteSettings, Paragraph, Tab, Text, WordDocument
from packgen.convert.formats import RunFormat
from packgen.convert.read.number_formats import formatted
from packgen.convert.write.blocks import BlockWriter
from packgen.convert.write.inlines import InlineWriter, dominant
from packgen.convert.write.looks import SINGLE, Looks
from packgen.convert.write.room import Room, Surroundings
from packgen.convert.write.typst_text import label_name, literal, pt

_PATTERNS = {"lowerRoman": "i", "upperRoman": "I", "lowerLetter": "a", "upperLetter": "A", "chicago": "*"}
# The size of a note's number, in parts of the note's own.
_NUMBER = 0.6
# Points between the rule above the notes and the first of them; the text keeps no distance of its own from the rule.
_BELOW_RULE = 2.8


class NoteWriter:
    """Writes the notes of one document. `hanging` is how far its lines may hang out of the foot of a page, in points.

    `base_text` is how text looks where nothing else is said, as arguments of Typst's `text`.
    """

    def __init__(self, document: WordDocument, looks: Looks, base_text: str) -> None:
        self._document = document
        self._looks = looks
        self._base_text = base_text
        self._endnotes: list[str] = []
        self._footnotes: list[str] = []
        self.hanging = 0.0
        self.room: Room | None = None
        self.blocks: BlockWriter | None = None
        self.inlines: InlineWriter | None = None

    # --- Rules ----------------------------------------------------------------------------------

    def rules(self) -> str:
        """Rules for footnotes: all are set like the first paragraph of the first."""
        settings = self._document.footnote_settings
        pattern = _PATTERNS.get(settings.number_format, "1")
        first = self._first
        line = self._looks.line_of(first.format) if first is not None else SINGLE
        text = ",".join(f"{name}:{value}" for name, value in self._looks.arguments(self._run, line).items())
        after = first.format.after if first is not None else 0.0
        rules = (
            f'#set footnote(numbering:"{pattern}")\n'
            f"#set footnote.entry(separator:block(inset:(bottom:{pt(_BELOW_RULE)}),line(length:144pt,stroke:.5pt)),"
            "clearance:0pt,indent:0pt,"
            f"gap:{pt(max(after - max(self.hanging, 0.0), 0.0))})\n"
            f"#show footnote.entry:set text({text})\n"
            f"#show footnote.entry:set par(leading:0pt,spacing:0pt,hanging-indent:{pt(self._hanging_indent)})\n"
        )
        return rules + (f"#{restarted(settings)}\n" if settings.start > 1 else "")

    @property
    def _first(self) -> Paragraph | None:
        blocks = next(iter(self._document.footnotes.values()), ())
        return blocks[0] if blocks and isinstance(blocks[0], Paragraph) else None

    @property
    def _run(self) -> RunFormat:
        return dominant(self._first) if self._first is not None else self._looks.base

    @property
    def _hanging_indent(self) -> float:
        first = self._first
        return max(first.format.left, 0.0) if first is not None and first.format.first < 0 else 0.0

    # --- Marks ----------------------------------------------------------------------------------

    def note(self, mark: NoteMark) -> str:
        """The mark in the text, with the note itself."""
        if mark.kind == "endnote":
            return self._endnote(mark)
        blocks = self._document.footnotes.get(mark.note_id)
        if blocks is None:
            return ""
        if mark.custom:
            shown = literal(mark.custom)
            body = self._body(_without_mark(blocks, mark.custom), mark.custom)
            # A mark of the author's own takes no number from those that follow.
            return f"{{footnote(numbering:n=>{shown},{body});counter(footnote).update(n=>n - 1)}}"
        return f"footnote({self._body(blocks, str(self._number(mark)))})"

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
        if self.hanging > 0:
            # Lines may hang out of the foot of the page, notes do not.
            parts.append(f"v({pt(self.hanging)})")
        if rest:
            outer = self.blocks.source
            inner = self.blocks.source = outer.inner()
            self.blocks.write(rest, room)
            self.blocks.source = outer
            parts += [f"set text({self._base_text})", *inner.lines]
        return "{" + "\n".join(parts) + "}"

    def _number(self, mark: NoteMark) -> int:
        if mark.note_id not in self._footnotes:
            self._footnotes.append(mark.note_id)
        return self._footnotes.index(mark.note_id) + self._document.footnote_settings.start

    def _opening(self, paragraph: Paragraph, shown: str = "") -> str:
        """A note's first paragraph without the blank that Word puts behind its mark; a hanging indent is kept."""
        assert self.inlines is not None
        content = paragraph.content
        while content and isinstance(content[0], Tab):
            content = content[1:]
        if content and isinstance(content[0], Text):
            opening = replace(content[0], text=content[0].text.lstrip())
            content = (opening, *content[1:]) if opening.text else content[1:]
        run = self._run if shown else self._looks.base
        look = paragraph.format
        around = Surroundings(look, run, self._looks.line_of(look), start=0.0, left=0.0)
        body = self.inlines.body(content, around) or "[]"
        family, size = self._looks.family(run.font), run.size
        used = self._looks.fonts.width(shown, family, size * _NUMBER) + 0.05 * size
        space = max(self._hanging_indent - used, 0.25 * size)
        return f"h({pt(space)})\n{body}"

    # --- Endnotes -------------------------------------------------------------------------------

    def _endnote(self, mark: NoteMark) -> str:
        if mark.note_id not in self._document.endnotes:
            return ""
        if mark.note_id not in self._endnotes:
            self._endnotes.append(mark.note_id)
        shown = mark.custom or self._endnote_number(mark.note_id)
        return f'super(link(label("endnote-{label_name(mark.note_id)}"),{literal(shown)}))'

    def _endnote_number(self, note_id: str) -> str:
        settings = self._document.endnote_settings
        value = self._endnotes.index(note_id) + settings.start
        return formatted(value, settings.number_format) or str(value)

    def write_endnotes(self) -> None:
        """Write the endnotes that marks have told of, below a short rule."""
        if not self._endnotes:
            return
        assert self.room is not None
        assert self.blocks is not None
        source = self.blocks.source
        source.add(f"v({pt(6)})")
        source.add("block(width:100%,line(length:144pt,stroke:.5pt))")
        for note_id in self._endnotes:
            blocks = self._document.endnotes[note_id]
            source.add(f"[#metadata(none)<endnote-{label_name(note_id)}>]")
            first = blocks[0] if blocks else None
            mark = literal(self._endnote_number(note_id))
            opening = self._opening(first) if isinstance(first, Paragraph) else "[]"
            source.add("par({" + f"super({mark})\n{opening}" + "})")
            self.blocks.write(blocks[1:] if isinstance(first, Paragraph) else blocks, self.room)


def restarted(settings: NoteSettings) -> str:
    """Code after which footnotes are counted from their first number again."""
    return f"counter(footnote).update({settings.start - 1})"


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
