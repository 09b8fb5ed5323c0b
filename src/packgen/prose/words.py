"""The words of prose, without marks.

Takes `Prose`; gives text, a line for each block, cell and footnote, in reading order. Never gives alternative
texts or link targets: they are not words on the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
    Prose,
    Quotation,
    Strong,
    Table,
    Text,
)


def plain_text(prose: Prose) -> str:
    """Every word that the prose prints; a footnote's words follow the block that refers to it."""
    return "\n".join(_block_lines(prose.blocks))


def inline_text(inlines: Sequence[Inline]) -> str:
    """The words of one line, without its footnotes."""
    return "".join(_inline_words(inlines))


def footnotes_in(inlines: Sequence[Inline]) -> Iterator[FootnoteReference]:
    """The footnotes that a line refers to, in order."""
    for inline in inlines:
        if isinstance(inline, FootnoteReference):
            yield inline
        elif isinstance(inline, Strong | Emphasis | Link):
            yield from footnotes_in(inline.inlines)


def _block_lines(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph() | Heading():
                yield from _lines(block.inlines)
            case ListBlock():
                for item in block.items:
                    yield from _block_lines(item.blocks)
            case Quotation():
                yield from _block_lines(block.blocks)
            case Table():
                yield from _lines(block.caption)
                for row in (block.header, *block.rows):
                    for cell in row:
                        yield from _lines(cell.inlines)
                yield from _lines(block.source)
            case Figure():
                yield from _lines(block.caption)
                yield from _lines(block.source)


def _lines(inlines: Sequence[Inline]) -> Iterator[str]:
    words = inline_text(inlines)
    if words:
        yield words
    for footnote in footnotes_in(inlines):
        yield from _block_lines(footnote.blocks)


def _inline_words(inlines: Sequence[Inline]) -> Iterator[str]:
    for inline in inlines:
        match inline:
            case Text() | Code():
                yield inline.text
            case Strong() | Emphasis() | Link():
                yield from _inline_words(inline.inlines)
            case LineBreak():
                yield "\n"
            case InlinePicture() | FootnoteReference():
                pass
