"""A template without its tags: what of it will be on a page.

Takes a Word document as it was read, with Jinja's tags in its text; gives it without statements such as `{% if %}`, and
without the rows and paragraphs that hold nothing else. `{{ names }}` stay, since what is printed looks as they do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from packgen.convert.document import Block, Cell, Inline, Link, Paragraph, Row, Table, Text, WordDocument, paragraphs_of

_STATEMENT = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_LOOP = re.compile(r"\{%-?\s*tr\s+for\b")
_END_OF_LOOP = re.compile(r"\{%-?\s*tr\s+endfor\b")
_TAG = re.compile(r"\{%.*?%\}|\{#.*?#\}|\{\{.*?\}\}", re.DOTALL)


def without_statements(document: WordDocument) -> WordDocument:
    """The document without what is never printed. Rows of tables that are repeated stand twice in it."""
    return _without(document, _STATEMENT)


def without_tags(document: WordDocument) -> WordDocument:
    """The document with the template's own words alone."""
    return _without(document, _TAG)


def _without(document: WordDocument, tags: re.Pattern[str]) -> WordDocument:
    def written(blocks: Sequence[Block]) -> tuple[Block, ...]:
        return tuple(_blocks(blocks, tags))

    sections = tuple(
        replace(
            section,
            blocks=written(section.blocks),
            headers={kind: written(blocks) for kind, blocks in section.headers.items()},
            footers={kind: written(blocks) for kind, blocks in section.footers.items()},
        )
        for section in document.sections
    )
    return replace(document, sections=sections)


def _blocks(blocks: Sequence[Block], tags: re.Pattern[str]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Table):
            yield replace(block, rows=tuple(_rows(block.rows, tags)))
        elif isinstance(block, Paragraph):
            written = _paragraph(block, tags)
            if written is block or written.text.strip():
                yield written
        else:
            yield block


def _rows(rows: Sequence[Row], tags: re.Pattern[str]) -> Iterator[Row]:
    loops = 0
    for row in rows:
        words = _words(row)
        written = _row(row, tags)
        if words and not _words(written):
            loops += len(_LOOP.findall(words)) - len(_END_OF_LOOP.findall(words))
            continue
        yield written
        if loops > 0:
            yield written


def _row(row: Row, tags: re.Pattern[str]) -> Row:
    return replace(row, cells=tuple(_cell(cell, tags) for cell in row.cells))


def _cell(cell: Cell, tags: re.Pattern[str]) -> Cell:
    return replace(cell, blocks=tuple(_blocks(cell.blocks, tags)))


def _words(row: Row) -> str:
    return "".join(paragraph.text for cell in row.cells for paragraph in paragraphs_of(cell.blocks)).strip()


def _paragraph(paragraph: Paragraph, tags: re.Pattern[str]) -> Paragraph:
    """A paragraph without tags; Word often cuts one tag into several pieces of text."""
    pieces = [inline.text for inline in _texts(paragraph.content)]
    whole = "".join(pieces)
    spans = [found.span() for found in tags.finditer(whole)]
    if not spans:
        return paragraph
    kept, start = [], 0
    for piece in pieces:
        places = range(start, start + len(piece))
        kept.append("".join(whole[at] for at in places if not any(first <= at < end for first, end in spans)))
        start += len(piece)
    return replace(paragraph, content=_content(paragraph.content, iter(kept)))


def _texts(content: Sequence[Inline]) -> Iterator[Text]:
    for inline in content:
        if isinstance(inline, Text):
            yield inline
        elif isinstance(inline, Link):
            yield from _texts(inline.content)


def _content(content: Sequence[Inline], kept: Iterator[str]) -> tuple[Inline, ...]:
    """`content` with the texts of `kept` in place of its own, in order."""
    found: list[Inline] = []
    for inline in content:
        if isinstance(inline, Link):
            found.append(replace(inline, content=_content(inline.content, kept)))
        elif not isinstance(inline, Text):
            found.append(inline)
        elif text := next(kept):
            found.append(replace(inline, text=text))
    return tuple(found)
