r"""Prose written as Markdown that gives the same prose when it is read.

Takes blocks; gives text in packgen's own dialect. Characters that mean something are escaped, and no more of them
than need be. What was written is parsed again before it is given out: emphasis that Markdown cannot say is taken
off with a remark, and prose that still reads otherwise is an error, never a silent change.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Collection, Sequence

from msgspec.structs import replace

from packgen.importing.alike import canonical
from packgen.prose import Prose, parse_prose, plain_text
from packgen.prose.tree import (
    Block,
    Code,
    Emphasis,
    Figure,
    FootnoteReference,
    Heading,
    Inline,
    InlinePicture,
    LineBreak,
    Link,
    ListBlock,
    Paragraph,
    Quotation,
    Strong,
    Table,
    Text,
    ThematicBreak,
)
from packgen.prose.words import inline_text
from packgen.wording import lower_roman

_SPECIAL = re.compile(r"[\\`*\[\]<]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)|!(?=\[)|\^(?=\[)")
_LINE_START = re.compile(
    r"(?P<before>(?:\(?(?:[a-z]|[ivx]{1,6}|[0-9]{1,9}))?)(?P<mark>[.)])(?=[ \t]|$)"
    r"|(?P<sign>[-+>#=~:|](?=[ \t#=>-]|$)|>|#|\|)"
)
_ASCII_MARKS = re.compile(f"[{re.escape(string.punctuation)}]")
_BULLETS = ("-", "*")
_ENDS = (".", ")")


class NotTheSameError(Exception):
    """Prose that Markdown cannot say."""


def write_markdown(
    blocks: Sequence[Block], on_plain: Callable[[str], None] = lambda _: None, *, check: bool = True
) -> str:
    """Markdown for `blocks`, without a line end at its end.

    Args:
        blocks: what it is to say.
        on_plain: is told the first words of each block whose bold and italic had to go.
        check: whether prose that would read otherwise is refused.

    Raises:
        NotTheSameError: the prose cannot be written so that it reads the same.
    """
    settled: list[Block] = []
    plainly: set[int] = set()
    for index, block in enumerate(blocks):
        tidy = _each_line(block, _moved_marks)
        if not _reads_the_same((tidy,), plainly=False):
            plainly.add(index)
            if not _reads_the_same((tidy,), plainly=True):
                tidy = _each_line(tidy, _without_emphasis)
                on_plain(_first_words(tidy))
        settled.append(tidy)
    for escaped in (plainly, set(range(len(settled)))):
        text = _Writer().text(settled, escaped)
        if canonical(parse_prose(text).blocks) == canonical(settled):
            return text
    if not check:
        return _Writer().text(settled, set(range(len(settled))))
    raise NotTheSameError(_first_words(settled[0]) if settled else "")


def _reads_the_same(blocks: Sequence[Block], *, plainly: bool) -> bool:
    text = _Writer().text(blocks, set(range(len(blocks))) if plainly else ())
    return canonical(parse_prose(text).blocks) == canonical(blocks)


def _first_words(block: Block) -> str:
    words = " ".join(plain_text(Prose((block,))).split())
    return words if len(words) <= 50 else words[:47].rstrip() + "..."


class _Writer:
    """Writes one text; footnotes are numbered as they are met and stand at its end."""

    def __init__(self) -> None:
        self._escape_all = False
        self._notes: list[Sequence[Block]] = []

    def text(self, blocks: Sequence[Block], plainly: Collection[int] = ()) -> str:
        """The text; in the blocks whose indexes are in `plainly`, every mark is escaped."""
        body = self._blocks(blocks, plainly)
        self._escape_all = bool(plainly)
        notes = []
        for number, note in enumerate(self._notes, 1):  # grows while notes in notes are written
            lines = self._blocks(note).split("\n")
            notes.append(
                f"[^{number}]: " + "\n".join([lines[0], *(f"    {line}" if line else "" for line in lines[1:])])
            )
        return "\n\n".join(filter(None, [body, *notes]))

    def _blocks(self, blocks: Sequence[Block], plainly: Collection[int] | None = None) -> str:
        written: list[str] = []
        marks: dict[str, int] = {}
        before: Block | None = None
        for index, block in enumerate(blocks):
            if plainly is not None:
                self._escape_all = index in plainly
            if isinstance(block, ListBlock):
                # A list right after one of its kind needs another mark, or both would be one.
                follows = isinstance(before, ListBlock)
                turn = (marks["last"] + 1) % 2 if follows else 0
                marks["last"] = turn
                written.append(self._list(block, turn))
            else:
                written.append(self._block(block))
            before = block
        return "\n\n".join(written)

    def _block(self, block: Block) -> str:
        match block:
            case Paragraph():
                return self._paragraph(block.inlines)
            case Heading():
                return "#" * block.level + " " + self._paragraph(block.inlines)
            case Quotation():
                lines = self._blocks(block.blocks).split("\n")
                return "\n".join(f"> {line}".rstrip() for line in lines)
            case Table():
                return self._table(block)
            case Figure():
                return self._figure(block)
            case ThematicBreak():
                return "* * *"
            case ListBlock():
                return self._list(block, 0)

    def _list(self, block: ListBlock, turn: int) -> str:
        letters = block.kind == "lower-alpha" and block.start + len(block.items) - 1 > 26
        kind = "decimal" if letters else block.kind
        items = []
        loose = any(_needs_empty_lines(item.blocks) for item in block.items)
        for index, item in enumerate(block.items):
            mark = _mark(kind, block.start + index, turn)
            lines = self._item(item.blocks, loose=loose).split("\n")
            indent = " " * (len(mark) + 1)
            items.append(
                "\n".join([f"{mark} {lines[0]}".rstrip(), *(f"{indent}{each}" if each else "" for each in lines[1:])])
            )
        return ("\n\n" if loose else "\n").join(items)

    def _item(self, blocks: Sequence[Block], *, loose: bool) -> str:
        if loose or len(blocks) < 2:
            return self._blocks(blocks)
        # Inner lists stand right below their item.
        return "\n".join([self._blocks(blocks[:1]), self._blocks(blocks[1:])])

    def _table(self, table: Table) -> str:
        rows = [self._row(table.header)]
        rows.append(
            "|"
            + "|".join({"left": ":--", "right": "--:", "centre": ":-:", None: "---"}[each] for each in table.alignment)
            + "|"
        )
        rows += [self._row(row) for row in table.rows]
        caption = ["Table: " + self._paragraph(table.caption, first=False)] if table.caption else []
        source = [self._paragraph(table.source)] if table.source else []
        return "\n\n".join([*caption, "\n".join(rows), *source])

    def _row(self, cells: Sequence[object]) -> str:
        return "| " + " | ".join(self._inlines(cell.inlines, in_table=True).strip() for cell in cells) + " |"  # type: ignore[attr-defined]

    def _figure(self, figure: Figure) -> str:
        source = ["", self._paragraph(figure.source)] if figure.source else []
        return "\n".join([self._picture(figure.path, figure.alt, inline_text(figure.caption)), *source])

    def _picture(self, path: str, alt: str, title: str = "") -> str:
        target = f"<{path}>" if re.search(r"[\s()]", path) else path
        caption = ' "' + title.replace("\\", "\\\\").replace('"', '\\"') + '"' if title else ""
        return f"![{self._escaped(alt)}]({target}{caption})"

    def _paragraph(self, inlines: Sequence[Inline], *, first: bool = True) -> str:
        lines = self._inlines(inlines).split("\n")
        return "\n".join(
            _start_escaped(line.strip()) if index or first else line.strip() for index, line in enumerate(lines)
        )

    def _inlines(self, inlines: Sequence[Inline], *, in_table: bool = False) -> str:
        return "".join(self._inline(inline, in_table) for inline in inlines)

    def _inline(self, inline: Inline, in_table: bool) -> str:
        match inline:
            case Text() | Code():
                escaped = self._escaped(inline.text)
                return escaped.replace("|", "\\|") if in_table and not self._escape_all else escaped
            case Strong():
                return f"**{self._inlines(inline.inlines, in_table=in_table)}**"
            case Emphasis():
                return f"*{self._inlines(inline.inlines, in_table=in_table)}*"
            case LineBreak():
                return " " if in_table else "\\\n"
            case Link():
                return self._link(inline, in_table)
            case InlinePicture():
                return self._picture(inline.path, inline.alt)
            case FootnoteReference():
                self._notes.append(inline.blocks)
                return f"[^{len(self._notes)}]"

    def _link(self, link: Link, in_table: bool) -> str:
        target = link.target.replace("|", "%7C") if in_table else link.target
        words = self._inlines(link.inlines, in_table=in_table)
        if inline_text(link.inlines) == target and re.fullmatch(r"https?://[^\s<>|*]+", target):
            return f"<{target}>"
        return f"[{words}](<{target}>)" if re.search(r"[\s()<>]", target) else f"[{words}]({target})"

    def _escaped(self, text: str) -> str:
        text = re.sub(r"[\t\r\n]", " ", text)
        if self._escape_all:
            return _ASCII_MARKS.sub(lambda match: "\\" + match[0], text)
        return _SPECIAL.sub(lambda match: "\\" + match[0], text)


def _needs_empty_lines(blocks: Sequence[Block]) -> bool:
    """Whether an item holds more than a line and lists that may stand right below it: those begin at their first."""
    return any(not isinstance(each, ListBlock) or each.start != 1 for each in blocks[1:])


def _mark(kind: str, value: int, turn: int) -> str:
    if kind == "bullet":
        return _BULLETS[turn]
    number = {"lower-alpha": lambda: chr(96 + value), "lower-roman": lambda: lower_roman(value)}.get(
        kind, lambda: str(value)
    )()
    return number + _ENDS[turn]


def _start_escaped(line: str) -> str:
    """A line that does not begin like a list, a heading, a quotation or a rule."""
    match = _LINE_START.match(line)
    if match is None:
        return line
    at = match.start("mark") if match["mark"] else 0
    return line[:at] + "\\" + line[at:]


# --- Emphasis that Markdown can say -----------------------------------------------------------------


def _each_line(block: Block, change: Callable[[Sequence[Inline]], tuple[Inline, ...]]) -> Block:
    match block:
        case Paragraph() | Heading():
            return replace(block, inlines=change(block.inlines))
        case ListBlock():
            items = tuple(
                replace(item, blocks=tuple(_each_line(each, change) for each in item.blocks)) for item in block.items
            )
            return replace(block, items=items)
        case Quotation():
            return replace(block, blocks=tuple(_each_line(each, change) for each in block.blocks))
        case Table():
            header, *rows = (
                tuple(replace(cell, inlines=_without_breaks(change(cell.inlines))) for cell in row)
                for row in (block.header, *block.rows)
            )
            return replace(
                block, header=header, rows=tuple(rows), caption=change(block.caption), source=change(block.source)
            )
        case Figure():
            return replace(block, source=change(block.source))
        case ThematicBreak():
            return block


def _without_breaks(inlines: Sequence[Inline]) -> tuple[Inline, ...]:
    """A cell is one line."""
    return tuple(
        Text(" ")
        if isinstance(each, LineBreak)
        else replace(each, inlines=_without_breaks(each.inlines))
        if isinstance(each, Strong | Emphasis | Link)
        else each
        for each in inlines
    )


def _moved_marks(inlines: Sequence[Inline]) -> tuple[Inline, ...]:
    """Punctuation at the edge of emphasis put outside it where a letter follows or goes before without a blank."""
    made = list(inlines)
    index = 0
    while index < len(made):
        inline = made[index]
        if isinstance(inline, Strong | Emphasis):
            before = _last_character(made[index - 1]) if index else " "
            after = _first_character(made[index + 1]) if index + 1 < len(made) else " "
            start, core, end = _split_marks(inline.inlines, at_start=before.isalnum(), at_end=after.isalnum())
            pieces: list[Inline] = [*start, *([replace(inline, inlines=core)] if core else []), *end]
            made[index : index + 1] = pieces
            index += len(pieces)
        else:
            index += 1
    return tuple(made)


def _split_marks(
    inlines: Sequence[Inline], *, at_start: bool, at_end: bool
) -> tuple[list[Inline], tuple[Inline, ...], list[Inline]]:
    core = list(inlines)
    start: list[Inline] = []
    end: list[Inline] = []
    if at_end and core and isinstance(core[-1], Text):
        text = core[-1].text
        kept = text.rstrip("".join(each for each in set(text) if not each.isalnum()))
        if kept != text:
            end = [Text(text[len(kept) :])]
            core[-1:] = [Text(kept)] if kept else []
    if at_start and core and isinstance(core[0], Text):
        text = core[0].text
        kept = text.lstrip("".join(each for each in set(text) if not each.isalnum()))
        if kept != text:
            start = [Text(text[: len(text) - len(kept)])]
            core[:1] = [Text(kept)] if kept else []
    return start, tuple(core), end


def _last_character(inline: Inline) -> str:
    return (inline_text([inline]) or " ")[-1]


def _first_character(inline: Inline) -> str:
    return (inline_text([inline]) or " ")[0]


def _without_emphasis(inlines: Sequence[Inline]) -> tuple[Inline, ...]:
    made: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, Strong | Emphasis):
            made += _without_emphasis(inline.inlines)
        elif isinstance(inline, Link):
            made.append(replace(inline, inlines=_without_emphasis(inline.inlines)))
        else:
            made.append(inline)
    return tuple(made)
