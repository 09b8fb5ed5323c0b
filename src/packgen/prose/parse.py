"""Markdown to `Prose`, through markdown-it: CommonMark, tables, footnotes, bare web addresses, lettered lists.

Takes text and where it came from; gives the tree, and remarks on what only the source shows. HTML, indented code
and fenced code are not switched on, so whatever an officer types stays visible. Never opens a file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from packgen.prose.figures import SOURCE, join_captions
from packgen.prose.nodes import Node, nested
from packgen.prose.plain import plain_lines_plugin, plain_paragraphs
from packgen.prose.remarks import remarks_on
from packgen.prose.tree import (
    Alignment,
    Block,
    Code,
    Emphasis,
    FootnoteReference,
    Heading,
    Inline,
    InlinePicture,
    LineBreak,
    Link,
    ListBlock,
    ListItem,
    Paragraph,
    Prose,
    Quotation,
    Remark,
    Strong,
    Table,
    TableCell,
    Text,
    ThematicBreak,
)

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

# Deeper nesting than this would be dropped by markdown-it without a word; the check refuses it long before.
DEEPEST_NESTING = 200

_ALIGNMENTS: Mapping[str, Alignment] = {
    "text-align:left": "left",
    "text-align:center": "centre",
    "text-align:right": "right",
}


def parse_prose(text: str, *, file: str | None = None, first_line: int = 1) -> Prose:
    """Read Markdown.

    Args:
        text: what the author wrote.
        file: the file it stands in, for problems.
        first_line: the line of that file on which the text begins, from 1.
    """
    blocks, remarks = _read(text, first_line)
    return Prose(blocks, file, first_line, remarks)


@lru_cache(maxsize=1024)  # the same text is checked first and written later
def _read(text: str, first_line: int) -> tuple[tuple[Block, ...], tuple[Remark, ...]]:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = plain_paragraphs(text, first_line)
    return (plain, ()) if plain is not None else read_markdown(text, first_line)


def read_markdown(text: str, first_line: int) -> tuple[tuple[Block, ...], tuple[Remark, ...]]:
    """The blocks of a text with line feeds at its line ends, and remarks on it, by way of markdown-it."""
    environment: dict[str, Any] = {}
    tokens = _parser().parse(text, environment)
    lines = text.split("\n")
    nodes = nested(tokens)
    try:
        blocks = _Reader(nodes, lines, first_line).blocks(nodes)
        return blocks, remarks_on(lines, tokens, environment, first_line)
    except RecursionError:
        hint = "look for a footnote whose own text refers to it"
        return (), (Remark(first_line, "prose.endless", "the text holds itself, or is nested too deeply", hint),)


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin
    from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin

    from packgen.prose.lettered_lists import lettered_list_plugin

    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": DEEPEST_NESTING})
    parser.enable("table").disable(["code", "fence", "html_block", "html_inline"])
    parser.validateLink = bool  # type: ignore[method-assign,assignment]  # check_prose says which are refused
    parser.normalizeLink = str  # type: ignore[method-assign,assignment]  # addresses stay as typed
    parser.normalizeLinkText = str  # type: ignore[method-assign,assignment]  # as above
    return parser.use(footnote_plugin).use(gfm_autolink_plugin).use(lettered_list_plugin).use(plain_lines_plugin)


class _Reader:
    """Turns markdown-it's tokens, one within the other, into our tree."""

    def __init__(self, nodes: Sequence[Node], lines: Sequence[str], first_line: int) -> None:
        self._lines = lines
        self._first_line = first_line
        self._footnotes = {
            footnote.meta["id"]: footnote.children
            for block in nodes
            if block.type == "footnote_block"
            for footnote in block.children
        }

    def blocks(self, nodes: Sequence[Node], line: int | None = None) -> tuple[Block, ...]:
        """The blocks in `nodes`; `line` stands for those of which markdown-it does not know the line."""
        found = (self._block(node, line or self._first_line) for node in nodes)
        return join_captions(tuple(block for block in found if block is not None))

    def _block(self, node: Node, line: int) -> Block | None:
        if node.map:
            line = self._first_line + node.map[0]
        match node.type:
            case "paragraph":
                return Paragraph(self._line_of(node, line), line)
            case "heading":
                return Heading(int(node.tag[1:]), self._line_of(node, line), line)
            case "bullet_list" | "ordered_list":
                return self._list(node, line)
            case "table":
                return self._table(node, line)
            case "blockquote":
                return Quotation(self.blocks(node.children, line), line)
            case "hr":
                return ThematicBreak(line)
            case "footnote_block" | "footnote_anchor":
                return None
        raise AssertionError(f"markdown-it gave a block that no rule of ours switches on: {node.type}")

    def _list(self, node: Node, line: int) -> ListBlock:
        items = tuple(
            ListItem(self.blocks(item.children, line), self._first_line + item.map[0] if item.map else line)
            for item in node.children
        )
        if node.type == "bullet_list":
            return ListBlock("bullet", 1, items, line)
        return ListBlock(node.meta.get("kind", "decimal"), int(node.attrs.get("start", 1)), items, line)

    def _table(self, node: Node, line: int) -> Table:
        header_row = node.children[0].children[0]
        body = node.children[1].children if len(node.children) > 1 else []
        alignment = tuple(_ALIGNMENTS.get(str(cell.attrs.get("style"))) for cell in header_row.children)
        header, rows = self._row(header_row, line), [self._row(row, line) for row in body]
        source: tuple[Inline, ...] = ()
        if rows and self._is_source_line(body[-1]):
            source = rows.pop()[0].inlines
        return Table(header, tuple(rows), alignment, line, source=source)

    def _is_source_line(self, row: Node) -> bool:
        """Whether a line that touches the table, and so became its last row, says where the figures come from."""
        text = self._lines[row.map[0]].strip() if row.map else ""
        return text.startswith(SOURCE) and "|" not in text

    def _row(self, node: Node, line: int) -> tuple[TableCell, ...]:
        if node.map:
            line = self._first_line + node.map[0]
        return tuple(TableCell(self._line_of(cell, line)) for cell in node.children)

    def _line_of(self, node: Node, line: int) -> tuple[Inline, ...]:
        return tuple(
            inline
            for child in node.children
            if child.type == "inline"
            for inline in self._inlines(child.children, line)
        )

    def _inlines(self, nodes: Sequence[Node], line: int) -> tuple[Inline, ...]:
        inlines: list[Inline] = []
        for node in nodes:
            inline = self._inline(node, line)
            before = inlines[-1] if inlines else None
            if isinstance(inline, Text) and isinstance(before, Text):
                inlines[-1] = Text(before.text + inline.text)
            elif inline != Text(""):
                inlines.append(inline)
        return tuple(inlines)

    def _inline(self, node: Node, line: int) -> Inline:
        match node.type:
            case "text" | "text_special":
                return Text(node.content)
            case "softbreak":
                return Text(" ")
            case "hardbreak":
                return LineBreak()
            case "strong":
                return Strong(self._inlines(node.children, line))
            case "em":
                return Emphasis(self._inlines(node.children, line))
            case "code_inline":
                return Code(node.content)
            case "link":
                title = str(node.attrs["title"]) if node.attrs.get("title") else None
                return Link(self._inlines(node.children, line), str(node.attrs["href"]), title)
            case "image":
                title = str(node.attrs["title"]) if node.attrs.get("title") else None
                return InlinePicture(str(node.attrs["src"]), _words_of(node), line, title)
            case "footnote_ref":
                footnote = self._footnotes.get(node.meta["id"], ())
                return FootnoteReference(node.meta.get("label"), self.blocks(footnote, line))
        raise AssertionError(f"markdown-it gave something that no rule of ours switches on: {node.type}")


def _words_of(node: Node) -> str:
    """The words of a picture's alternative text without their marks."""
    if node.type in {"softbreak", "hardbreak"}:
        return " "
    return node.content if not node.children else "".join(_words_of(child) for child in node.children)
