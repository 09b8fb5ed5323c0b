"""Ways through a Word document that has been read, which the checks of Word files share.

Takes `WordDocument` and its blocks; gives their parts in reading order. Changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from packgen.convert.document import Block, Link, Paragraph, Table, Text, TextBox, WordDocument, flat
from packgen.errors import Problem


def stories(document: WordDocument) -> Iterator[tuple[Block, ...]]:
    """What is read aloud: the body, section by section, and each note. Heads and feet of pages are not."""
    yield from (section.blocks for section in document.sections)
    yield from document.footnotes.values()
    yield from document.endnotes.values()


def paragraphs(document: WordDocument) -> Iterator[Paragraph]:
    """Every paragraph that is read aloud, those in tables and boxes too."""
    for blocks in stories(document):
        yield from _paragraphs(blocks)


def _paragraphs(blocks: Sequence[Block]) -> Iterator[Paragraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
            for inline in flat(block.content):
                if isinstance(inline, TextBox):
                    yield from _paragraphs(inline.blocks)
        elif isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    yield from _paragraphs(cell.blocks)


def tables(document: WordDocument) -> Iterator[Table]:
    """Every table, those inside others and in boxes too."""
    for blocks in stories(document):
        yield from _tables(blocks)


def _tables(blocks: Sequence[Block]) -> Iterator[Table]:
    for block in blocks:
        if isinstance(block, Table):
            yield block
            for row in block.rows:
                for cell in row.cells:
                    yield from _tables(cell.blocks)
        elif isinstance(block, Paragraph):
            for inline in flat(block.content):
                if isinstance(inline, TextBox):
                    yield from _tables(inline.blocks)


def texts(paragraph: Paragraph) -> Iterator[Text]:
    """Every piece of text of a paragraph that has letters or figures, those in links too."""
    for inline in flat(paragraph.content):
        if isinstance(inline, Text) and any(letter.isalnum() for letter in inline.text):
            yield inline


def links(paragraph: Paragraph) -> Iterator[Link]:
    yield from (inline for inline in paragraph.content if isinstance(inline, Link))


def shown(words: str, most: int = 50) -> str:
    """Words for a message, in quotation marks, cut where they are long."""
    said = " ".join(words.split())
    return f'"{said}"' if len(said) <= most else f'"{said[: most - 3].rstrip()}..."'


def warning(name: str, code: str, place: str | None, message: str, hint: str) -> Problem:
    """A warning on the file that messages call `name`."""
    return Problem(code=code, file=name, pointer=place, message=message, hint=hint, severity="warning")
