"""The Markdown and the texts of a JSON file: what people who listen to them, or cannot see them, would miss.

Takes what `load` read; gives warnings. What could not be used at all, such as a picture without alternative text, is an
error of `packgen.prose.check`, and is not told twice. Opens no file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from packgen.errors import Problem
from packgen.load import JsonFile
from packgen.prose import parse_prose
from packgen.prose.check import located
from packgen.prose.tree import (
    Block,
    Emphasis,
    Figure,
    FootnoteReference,
    Heading,
    Inline,
    InlinePicture,
    Link,
    ListBlock,
    ListItem,
    Paragraph,
    Quotation,
    Remark,
    Strong,
    Table,
)
from packgen.prose.words import inline_text
from packgen.schemas import SchemaSet, json_path
from packgen.schemas.findings import DataPath
from packgen.validate.accessibility import link_words

_ADDRESS_HINT = (
    "name what it leads to, as in [Council Plan 2026](https://...); read aloud, an address is spelled out sign by sign"
)
_EMPTY_HINT = (
    "say in the link itself where it leads, as in [guidance on parking](https://...): "
    "screen readers list links without the words around them"
)
_TITLE_HINT = "write what the paper is called; its title is the link to it"
_SAME_HINT = "give each link words of its own, so that somebody who hears only them knows which is which"
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n")
_WORD = re.compile(r"[^\W\d_]+")
_LEAST_WORDS = 6
_SMALL_WORDS = frozenset(["THE", "OF", "AND", "TO", "IN", "IS", "FOR", "BY", "BE", "ARE", "WILL", "THAT", "ON", "OR"])
"""Words of sentences; a row of abbreviations has none of them."""
_MARKS = ("](", "][", "]:", "|", "://", "www.", *(f" {word} " for word in sorted(_SMALL_WORDS)))
"""What Markdown needs for a link, a picture or a table, and what a sentence in capitals needs."""
_SHOWN = 40

Place = tuple[DataPath, int]
"""Where a link stands: the text's path in its JSON file, and the line that `parse_prose` counted."""


def check_file(file: JsonFile, schema: str, schemas: SchemaSet) -> Iterator[Problem]:
    """Warnings on a JSON file with the Markdown it takes in. Expects data that the schema accepts."""
    links = link_words.Ambiguous[Place]()
    yield from _named_links(file, links)
    for path, text in schemas.prose(schema, _worth_a_look(file.value) or {}):
        yield from _text(file, path, text, links)
    for words, addresses, (path, line) in links.found():
        message = f'the words "{words}" are links to different places: {link_words.listed(addresses)}'
        remark = Remark(line, "access.link-same-words", message, _SAME_HINT, severity="warning")
        yield from _located(file, path, [remark])


def _worth_a_look(value: Any) -> Any:
    """`value` with only those texts that may hold links, pictures, tables or capitals; None if there are none.

    Finding out which texts are Markdown takes a look at the schema for each, and most texts are plain sentences.
    """
    if isinstance(value, str):
        return value if any(mark in value for mark in _MARKS) else None
    if isinstance(value, dict):
        kept = {key: part for key, each in value.items() if (part := _worth_a_look(each)) is not None}
        return kept or None
    if isinstance(value, list):
        parts = [_worth_a_look(each) for each in value]
        return parts if any(part is not None for part in parts) else None
    return None


def _text(file: JsonFile, path: DataPath, text: str, links: link_words.Ambiguous[Place]) -> Iterator[Problem]:
    remarks: list[Remark] = []
    for part, line in _parts(parse_prose(text).blocks, 1):
        remarks += _remarks(part, line)
        if isinstance(part, Link):
            links.add(_heard(part.inlines), part.target, (path, line))
    yield from _located(file, path, remarks)


def _located(file: JsonFile, path: DataPath, remarks: Sequence[Remark]) -> Iterator[Problem]:
    """Remarks on the text at `path`, in its Markdown file or in the JSON text."""
    if not remarks:
        return
    origin = file.prose_files.get(path)
    if origin is not None:
        yield from located(parse_prose("", file=origin.shown), remarks)
        return
    position = file.position(path) or (None, None)
    for problem in located(parse_prose("", file=file.shown), remarks, json_path(path)):
        yield replace(problem, line=position[0], column=position[1])


def _named_links(file: JsonFile, links: link_words.Ambiguous[Place]) -> Iterator[Problem]:
    """Links that are no Markdown: a title with the address that it leads to, as background papers have."""
    for path, value in _objects(file.value, ()):
        title, url = value.get("title"), value.get("url")
        if isinstance(title, str) and isinstance(url, str):
            links.add(title, url, ((*path, "title"), 1))
            for remark in _link(title, 1):
                yield file.problem(remark.code, (*path, "title"), remark.message, _TITLE_HINT, severity="warning")


def _objects(value: Any, path: DataPath) -> Iterator[tuple[DataPath, Mapping[str, Any]]]:
    if isinstance(value, dict):
        yield path, value
        for key, part in value.items():
            yield from _objects(part, (*path, key))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _objects(part, (*path, index))


Part = Block | ListItem | Inline


def _parts(parts: Sequence[Part], line: int) -> Iterator[tuple[Part, int]]:
    """Every block and inline in `parts`, outer ones first, with the line it stands on; `line` is that of `parts`."""
    for part in parts:
        line = getattr(part, "line", line)
        yield part, line
        yield from _parts(_inside(part), line)


def _inside(part: Part) -> Sequence[Part]:
    match part:
        case Paragraph() | Heading() | Strong() | Emphasis() | Link():
            return part.inlines
        case ListBlock():
            return part.items
        case ListItem() | Quotation() | FootnoteReference():
            return part.blocks
        case Figure():
            return (*part.caption, *part.source)
        case Table():
            cells = (inline for row in (part.header, *part.rows) for cell in row for inline in cell.inlines)
            return (*part.caption, *part.source, *cells)
        case _:
            return ()


def _remarks(part: Part, line: int) -> Iterator[Remark]:
    match part:
        case Paragraph():
            yield from _capitals(inline_text(part.inlines), line)
        case Table():
            yield from _headings_of(part)
        case Figure() | InlinePicture():
            yield from _alt(part.path, part.alt, line)
        case Link():
            yield from _link(_heard(part.inlines), line)


def _headings_of(table: Table) -> Iterator[Remark]:
    heads = [inline_text(cell.inlines).strip() for cell in table.header]
    # The corner above the names of rows may be empty; a table without any headings is an error elsewhere.
    missing = [str(index) for index, head in enumerate(heads, 1) if not head and index > 1]
    if missing and any(heads):
        several = len(missing) > 1
        message = f"column{'s' * several} {', '.join(missing)} of this table {'have' if several else 'has'} no heading"
        hint = "say in the heading what is in the column; screen readers read it with every cell"
        yield Remark(table.line, "access.table-header", message, hint, severity="warning")


def _heard(inlines: Sequence[Inline]) -> str:
    """The words of a link as a screen reader says them, with the alternative texts of pictures in it."""
    return inline_text(inlines) + " ".join(inline.alt for inline in inlines if isinstance(inline, InlinePicture))


def _link(words: str, line: int) -> Iterator[Remark]:
    fault = link_words.fault_of(words)
    if fault == "empty":
        message = f'the words of the link "{words.strip()}" do not say where it leads'
        yield Remark(line, "access.link-words", message, _EMPTY_HINT, severity="warning")
    elif fault == "address":
        message = f"the link {link_words.listed([words.strip()])} has nothing but its address for words"
        yield Remark(line, "access.link-address", message, _ADDRESS_HINT, severity="warning")


def _alt(path: str, alt: str, line: int) -> Iterator[Remark]:
    from packgen.validate.accessibility import alt_words  # most files have no pictures

    fault = alt_words.fault_of(alt)
    if fault:
        message = f'the alternative text "{alt.strip()}" of the picture {path} {fault}'
        yield Remark(line, "access.alt-words", message, alt_words.SAY_WHAT, severity="warning")


def _capitals(text: str, line: int) -> Iterator[Remark]:
    """Whole sentences in capitals; abbreviations, names and single words are none."""
    for sentence in _SENTENCE_END.split(text):
        words = _WORD.findall(sentence)
        if len(words) >= _LEAST_WORDS and sentence == sentence.upper() and len(_SMALL_WORDS.intersection(words)) > 1:
            shown = sentence.strip() if len(sentence) <= _SHOWN else f"{sentence[:_SHOWN].strip()}..."
            message = f'a whole sentence is in capitals: "{shown}"'
            hint = "write it in small letters, in **bold** if it matters; capitals are slow to read for everybody"
            yield Remark(line, "access.capitals", message, hint, severity="warning")
