"""A Word document's values as the lines and tables that importing sorts.

Takes what the DOCX reader collected; gives pieces in reading order, with text boxes after the paragraph they hang on.
Names what Markdown cannot say. Never judges what a piece is for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from packgen.convert import document as word
from packgen.convert.formats import Label, RunFormat
from packgen.convert.read.document import Collected, StyleFacts
from packgen.importing.pictures import PictureStore
from packgen.importing.pieces import Box, Grid, GridRow, Line, Number, Piece, Record
from packgen.prose import tree
from packgen.prose.check import LINK_SCHEMES

_SUPERSCRIPTS = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_SUBSCRIPTS = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_RAISED = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_KINDS: Mapping[str, tree.ListKind] = {
    "bullet": "bullet", "lowerLetter": "lower-alpha", "upperLetter": "lower-alpha", "lowerRoman": "lower-roman",
    "upperRoman": "lower-roman",
}  # fmt: skip
_PLAIN = StyleFacts(("normal",), RunFormat())


@dataclass(frozen=True)
class _Run:
    """Some content of a line that looks alike, in the link it stands in."""

    content: tree.Inline
    bold: bool
    italic: bool
    link: str


def pieces_of(collected: Collected, pictures: PictureStore, record: Record) -> tuple[Piece, ...]:
    """Every line and table of the body, empty lines left out."""
    reader = _PieceReader(collected, pictures, record)
    return tuple(piece for section in collected.document.sections for piece in reader.pieces(section.blocks))


class _PieceReader:
    def __init__(self, collected: Collected, pictures: PictureStore, record: Record) -> None:
        self._document = collected.document
        self._styles = collected.styles
        self._pictures = pictures
        self._record = record
        self._boxes: list[tree.Block] = []
        self._counts: dict[tuple[str, int], int] = {}
        self._open_notes: set[tuple[str, str]] = set()

    def pieces(self, blocks: Sequence[word.Block], *, in_table: bool = False) -> Iterator[Piece]:
        for block in blocks:
            if isinstance(block, word.Table):
                yield self._grid(block)
            elif isinstance(block, word.Paragraph):
                yield from self._paragraph(block, in_table=in_table)

    # --- Paragraphs ---------------------------------------------------------------------------------

    def _paragraph(self, paragraph: word.Paragraph, *, in_table: bool) -> Iterator[Piece]:
        facts = self._styles.get(paragraph.style, _PLAIN)
        number = self._number(paragraph)
        line = self._line(paragraph, facts, number, in_table=in_table)
        if line.words or any(not isinstance(each, tree.Text | tree.LineBreak) for each in tree_leaves(line.inlines)):
            yield line
        for inline in word.flat(paragraph.content):
            if isinstance(inline, word.TextBox):
                yield from self.pieces(inline.blocks)

    def _line(self, paragraph: word.Paragraph, facts: StyleFacts, number: Number | None, *, in_table: bool) -> Line:
        runs = list(self._runs(paragraph.content, facts.look, paragraph.place, ""))
        visible = [
            inline for inline in word.flat(paragraph.content) if isinstance(inline, word.Text) and inline.text.strip()
        ]
        return Line(
            inlines=_trimmed(nested(runs)),
            place=paragraph.place,
            styles=facts.names or ("normal",),
            left=paragraph.format.left,
            number=number,
            level=None if in_table else _level(paragraph, facts),
            bold=bool(visible) and all(inline.format.bold for inline in visible),
            align=paragraph.format.alignment,
        )

    def _number(self, paragraph: word.Paragraph) -> Number | None:
        label = paragraph.label
        if label is None:
            return None
        key = (label.list_id, label.level)
        for deeper in [each for each in self._counts if each[0] == label.list_id and each[1] > label.level]:
            del self._counts[deeper]
        value = 1 if label.bullet else _value(label) or self._counts.get(key, 0) + 1
        self._counts[key] = value
        kind = "bullet" if label.bullet else _KINDS.get(label.number_format, "decimal")
        return Number(kind, value, label.level, label.list_id, label.text.strip(), silent=not label.text.strip())

    # --- Inside a paragraph -------------------------------------------------------------------------

    def _runs(self, content: Sequence[word.Inline], base: RunFormat, place: str, link: str) -> Iterator[_Run]:
        for inline in content:
            match inline:
                case word.Text():
                    text = self._shown(inline, place)
                    yield _Run(
                        tree.Text(text),
                        _stands_out(inline.format.bold, base.bold),
                        _stands_out(inline.format.italic, base.italic),
                        link,
                    )
                case word.Tab():
                    yield _Run(tree.Text("\t"), False, False, link)
                case word.Break(kind="line"):
                    yield _Run(tree.LineBreak(), False, False, link)
                case word.Link():
                    yield from self._runs(inline.content, base, place, link or self._target(inline, place))
                case word.NoteMark():
                    yield from self._note(inline, place)
                case word.Picture():
                    yield from self._picture(inline, place, link)
                case _:
                    pass

    def _shown(self, inline: word.Text, place: str) -> str:
        look = inline.format
        if look.strike or look.double_strike:
            self._record.remark(
                place,
                f'"{inline.text.strip()}" is struck through; its words come in as plain text',
                "delete them from the text if they are not to be read",
                code="import.struck-out",
            )
        if look.position and inline.text.strip():
            raised = inline.text.translate(_SUPERSCRIPTS if look.position == "superscript" else _SUBSCRIPTS)
            if all(each in _RAISED or each.isspace() for each in raised):
                return raised
            if inline.text.strip() not in {"st", "nd", "rd", "th"}:
                self._record.remark(place, f'"{inline.text.strip()}" is {look.position}; it comes in as plain text')
        return inline.text

    def _target(self, link: word.Link, place: str) -> str:
        if link.uri.lower().startswith(LINK_SCHEMES):
            return link.uri
        if not link.anchor.startswith("_Toc"):
            where = link.uri or f"{link.anchor} in the same document"
            self._record.remark(
                place,
                f'the link "{word.plain_text(link.content).strip()}" to {where} leads nowhere '
                "from a pack; its words come in without it",
                code="import.link",
            )
        return ""

    def _note(self, mark: word.NoteMark, place: str) -> Iterator[_Run]:
        notes = self._document.footnotes if mark.kind == "footnote" else self._document.endnotes
        key = (mark.kind, mark.note_id)
        if mark.note_id not in notes or key in self._open_notes:
            return
        self._open_notes.add(key)
        blocks: list[tree.Block] = []
        for piece in self.pieces(notes[mark.note_id], in_table=True):
            if isinstance(piece, Line):
                blocks.append(tree.Paragraph(_trimmed(piece.inlines), 0))
            else:
                self._record.remark(place, f"a table in the {mark.kind} comes in as plain text")
                blocks.append(tree.Paragraph((tree.Text(piece.words),), 0))
        self._open_notes.discard(key)
        if mark.kind == "endnote":
            self._record.remark("document", "endnotes come in as footnotes", code="import.endnotes")
        if blocks:
            yield _Run(tree.FootnoteReference(None, tuple(blocks)), False, False, "")

    def _picture(self, picture: word.Picture, place: str, link: str) -> Iterator[_Run]:
        path = self._pictures.path_of(picture, self._document.files[picture.data])
        if path is None:
            self._record.remark(
                place,
                f"a picture ({picture.alt or 'without alternative text'}) is of a kind that prose cannot take",
                "save it as PNG from Word, and put it into the text by hand",
                code="import.picture",
            )
            return
        if picture.decorative:
            self._record.remark(
                place,
                f"a decorative picture is not put into the text; it is kept as {path}",
                "delete the file if the picture says nothing",
                code="import.decorative",
            )
            return
        yield _Run(tree.InlinePicture(path, picture.alt, 0), False, False, link)

    # --- Tables -------------------------------------------------------------------------------------

    def _grid(self, table: word.Table) -> Grid:
        rows = tuple(
            GridRow(
                tuple(
                    Box(tuple(self.pieces(cell.blocks, in_table=True)), cell.column, cell.span, cell.rows, cell.place)
                    for cell in row.cells
                ),
                row.header,
                row.place,
            )
            for row in table.rows
        )
        return Grid(rows, max(len(table.columns), 1), table.place, table.left)


def tree_leaves(inlines: Sequence[tree.Inline]) -> Iterator[tree.Inline]:
    """Every inline that holds no other."""
    for inline in inlines:
        if isinstance(inline, tree.Strong | tree.Emphasis | tree.Link):
            yield from tree_leaves(inline.inlines)
        else:
            yield inline


def _stands_out(own: bool, base: bool) -> bool:
    """Whether bold or italic is the run's and not its whole style's."""
    return own and not base


def _level(paragraph: word.Paragraph, facts: StyleFacts) -> int | None:
    if paragraph.format.outline_level is not None:
        level = paragraph.format.outline_level
        return level if 1 <= level <= 9 else None
    for name in facts.names:
        prefix, _, digit = name.rpartition(" ")
        if prefix in {"heading", "numbered heading"} and digit.isdigit():
            return int(digit)
        if name == "title":
            return 0
    return None


def _value(label: Label) -> int | None:
    """The last number in a label: 3 of `2.3`, 2 of `b)`; None where it has none."""
    import re

    parts = re.findall(r"[0-9]+|[A-Za-z]+", label.text)
    if not parts or label.bullet:
        return None
    last = parts[-1].lower()
    if last.isdigit():
        return int(last)
    if label.number_format in {"lowerLetter", "upperLetter"} and len(set(last)) == 1:
        return (len(last) - 1) * 26 + ord(last[0]) - ord("a") + 1
    if label.number_format in {"lowerRoman", "upperRoman"}:
        values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}.get(each, 0) for each in last]
        return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True)) or None
    return None


def nested(runs: Sequence[_Run]) -> tuple[tree.Inline, ...]:
    """Runs as prose: links outermost, then bold, then italic; blanks at the edges of emphasis stand outside it."""
    made: list[tree.Inline] = []
    for link, group in groupby(_settled(runs), key=lambda run: run.link):
        inner = _bold(list(group))
        if link and any(not (isinstance(each, tree.Text) and not each.text.strip()) for each in inner):
            before, core, after = _edges(inner)
            made += [*before, tree.Link(core, link), *after]
        else:
            made += inner
    return joined(made)


def _settled(runs: Sequence[_Run]) -> list[_Run]:
    """Runs in which blanks look like what stands on both sides, and plain where those differ."""
    settled = [run for run in runs if not (isinstance(run.content, tree.Text) and not run.content.text)]
    for index, run in enumerate(settled):
        blank = isinstance(run.content, tree.Text) and not run.content.text.strip()
        if blank or isinstance(run.content, tree.LineBreak):
            before = settled[index - 1] if index else None
            after = settled[index + 1] if index + 1 < len(settled) else None
            bold = bool(before and after and before.bold and after.bold)
            italic = bool(before and after and before.italic and after.italic)
            settled[index] = replace(run, bold=bold, italic=italic)
    return settled


def _bold(runs: list[_Run]) -> list[tree.Inline]:
    made: list[tree.Inline] = []
    for bold, group in groupby(runs, key=lambda run: run.bold):
        inner = _italic(list(group))
        made += _wrapped(tree.Strong, inner) if bold else inner
    return made


def _italic(runs: list[_Run]) -> list[tree.Inline]:
    made: list[tree.Inline] = []
    for italic, group in groupby(runs, key=lambda run: run.italic):
        inner = list(joined([run.content for run in group]))
        made += _wrapped(tree.Emphasis, inner) if italic else inner
    return made


def _wrapped(kind: type[tree.Strong] | type[tree.Emphasis], inner: list[tree.Inline]) -> list[tree.Inline]:
    before, core, after = _edges(list(joined(inner)))
    return [*before, kind(core), *after] if core else [*before, *after]


def _edges(inner: Sequence[tree.Inline]) -> tuple[list[tree.Inline], tuple[tree.Inline, ...], list[tree.Inline]]:
    """Blanks and breaks at the beginning, what stands between, blanks and breaks at the end."""
    core = list(inner)
    before: list[tree.Inline] = []
    after: list[tree.Inline] = []
    while core and (piece := _blank_start(core[0])) is not None:
        blank, rest = piece
        before.append(blank)
        core[:1] = [rest] if rest is not None else []
        if rest is not None:
            break
    while core and (piece := _blank_end(core[-1])) is not None:
        blank, rest = piece
        after.insert(0, blank)
        core[-1:] = [rest] if rest is not None else []
        if rest is not None:
            break
    return before, tuple(core), after


def _blank_start(inline: tree.Inline) -> tuple[tree.Inline, tree.Inline | None] | None:
    if isinstance(inline, tree.LineBreak):
        return inline, None
    if isinstance(inline, tree.Text) and inline.text != (rest := inline.text.lstrip()):
        return tree.Text(inline.text[: len(inline.text) - len(rest)]), tree.Text(rest) if rest else None
    return None


def _blank_end(inline: tree.Inline) -> tuple[tree.Inline, tree.Inline | None] | None:
    if isinstance(inline, tree.LineBreak):
        return inline, None
    if isinstance(inline, tree.Text) and inline.text != (rest := inline.text.rstrip()):
        return tree.Text(inline.text[len(rest) :]), tree.Text(rest) if rest else None
    return None


def joined(inlines: Sequence[tree.Inline]) -> tuple[tree.Inline, ...]:
    """Neighbouring texts as one."""
    made: list[tree.Inline] = []
    for inline in inlines:
        before = made[-1] if made else None
        if isinstance(inline, tree.Text) and isinstance(before, tree.Text):
            made[-1] = tree.Text(before.text + inline.text)
        elif inline != tree.Text(""):
            made.append(inline)
    return tuple(made)


def _trimmed(inlines: Sequence[tree.Inline]) -> tuple[tree.Inline, ...]:
    """Without blanks and breaks at the ends; a tab at the beginning stays, because it may stand for a label."""
    before, core, _ = _edges(inlines)
    return (tree.Text("\t"), *core) if core and any("\t" in getattr(each, "text", "") for each in before) else core
