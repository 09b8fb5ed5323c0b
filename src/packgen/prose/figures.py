"""Joins captions and source lines to the tables and pictures they stand beside.

Takes the blocks of one level in order; gives them with `Table: ...` and `Source: ...` paragraphs taken in, and with
each paragraph that is nothing but a picture turned into a figure. Never changes words, and never looks into items.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from packgen.prose.tree import Block, Figure, Inline, InlinePicture, Paragraph, Table, Text

SOURCE = "Source:"
TABLE = "Table:"


def join_captions(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Give tables and figures their captions and sources."""
    joined: list[Block] = []
    for each in blocks:
        block = _figure(each) if isinstance(each, Paragraph) else each
        before = joined[-1] if joined else None
        if isinstance(block, Table) and isinstance(before, Paragraph) and _begins(before.inlines, TABLE):
            joined[-1] = replace(block, caption=_without(before.inlines, TABLE))
        elif (
            isinstance(block, Paragraph)
            and isinstance(before, Table | Figure)
            and not before.source
            and _begins(block.inlines, SOURCE)
        ):
            joined[-1] = replace(before, source=block.inlines)
        else:
            joined.append(block)
    return tuple(joined)


def _figure(paragraph: Paragraph) -> Block:
    """A figure if the paragraph is one picture, alone or with its source on the next line."""
    match paragraph.inlines:
        case (InlinePicture() as picture,):
            source: tuple[Inline, ...] = ()
        case (InlinePicture() as picture, Text() as text, *rest) if text.text.lstrip().startswith(SOURCE):
            source = (Text(text.text.lstrip()), *rest)
        case _:
            return paragraph
    caption = (Text(picture.title),) if picture.title else ()
    return Figure(picture.path, picture.alt, paragraph.line, caption, source)


def _begins(inlines: Sequence[Inline], word: str) -> bool:
    return bool(inlines) and isinstance(inlines[0], Text) and inlines[0].text.startswith(word)


def _without(inlines: Sequence[Inline], word: str) -> tuple[Inline, ...]:
    first = inlines[0]
    assert isinstance(first, Text)
    rest = first.text.removeprefix(word).lstrip()
    return (Text(rest), *inlines[1:]) if rest else tuple(inlines[1:])
