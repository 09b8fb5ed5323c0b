"""Colours of text in a Word document against what is behind it.

Takes a document as it was read; gives warnings (WCAG 2.2, 1.4.3). Takes the shading of runs, paragraphs, cells and
boxes into account; Word's automatic colour is black, or white where reading has settled that. Does not judge what
stands on a picture or in a transparent box.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from packgen.convert.document import Block, Paragraph, Picture, Table, Text, TextBox, WordDocument, flat, paragraphs_of
from packgen.errors import Problem
from packgen.validate.accessibility.contrast import contrast, in_words, least_contrast
from packgen.validate.accessibility.word_walk import shown, stories, warning

_PAPER = "#ffffff"
_AUTOMATIC = "#000000"
_UNKNOWN = ""
"""The colour behind text that stands on something that may have any."""


@dataclass
class _Pale:
    """Text that is hard to read: the contrast it needs, and its places, each with the words there, once."""

    least: float
    places: dict[tuple[str, str], None] = field(default_factory=dict)


def check_colours(document: WordDocument, name: str) -> Iterator[Problem]:
    """One warning for each pair of colours that are too much alike, with the first words in them."""
    found: dict[tuple[str, str], _Pale] = {}
    paper = _UNKNOWN if _has_backgrounds(document) else _PAPER
    for blocks in _all_stories(document):
        for text, ground, place in _texts(blocks, paper):
            if ground == _UNKNOWN:
                continue
            colour = text.format.colour or _AUTOMATIC
            least = least_contrast(text.format.size, bold=text.format.bold)
            if contrast(colour, ground) < least:
                pale = found.setdefault((colour, ground), _Pale(least))
                pale.least = max(pale.least, least)
                pale.places[place, text.text] = None
    for (colour, ground), pale in found.items():
        yield _problem(colour, ground, pale, name)


def _problem(colour: str, ground: str, pale: _Pale, name: str) -> Problem:
    place, words = next(iter(pale.places))
    # Cut, not rounded: 4.48 must not be shown as the 4.5 that it falls short of.
    ratio = int(contrast(colour, ground) * 10) / 10
    more = len(pale.places) - 1
    message = (
        f"text in {in_words(colour)} on {in_words(ground)} is hard to read: the contrast is {ratio:.1f} to 1, "
        f"and {pale.least:g} to 1 is needed; it reads {shown(words)}"
        + (f" (and {more} more piece{'s' * (more > 1)} of text)" if more else "")
    )
    lighter = contrast(colour, "#000000") > contrast(ground, "#000000")
    hint = (
        "choose a lighter font colour or a darker shading in Word"
        if lighter
        else "choose a darker font colour in Word" + ("" if ground == _PAPER else " or a lighter shading")
    )
    return warning(name, "access.contrast", place, message, hint)


def _all_stories(document: WordDocument) -> Iterator[tuple[Block, ...]]:
    """Everything that is seen, the heads and feet of pages too."""
    yield from stories(document)
    for section in document.sections:
        yield from section.headers.values()
        yield from section.footers.values()


def _has_backgrounds(document: WordDocument) -> bool:
    """Whether pictures or boxes stand behind the text somewhere, so that the paper may have any colour."""
    return any(
        isinstance(inline, Picture | TextBox) and inline.anchor is not None and inline.anchor.behind
        for blocks in _all_stories(document)
        for paragraph in paragraphs_of(blocks)
        for inline in flat(paragraph.content)
    )


def _texts(blocks: Sequence[Block], ground: str) -> Iterator[tuple[Text, str, str]]:
    """Each piece of text with the colour behind it and its place."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from _of_paragraph(block, block.format.fill or ground)
        elif isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    yield from _texts(cell.blocks, cell.fill or ground)


def _of_paragraph(paragraph: Paragraph, ground: str) -> Iterator[tuple[Text, str, str]]:
    for inline in flat(paragraph.content):
        if isinstance(inline, Text) and inline.text.strip():
            yield inline, inline.format.fill or ground, paragraph.place
        elif isinstance(inline, TextBox):
            yield from _texts(inline.blocks, inline.fill or (_UNKNOWN if inline.anchor is not None else ground))
