"""The proof that importing loses no word.

Takes the XML of a Word file, read here by itself and not by the reader that importing works with, and what was
written; gives the words that are missing. Compares numbers of words, whatever their order and capitals.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from packgen.convert.document import Block, WordDocument, paragraphs_of
from packgen.convert.read.ooxml import Element, local_name, name, w
from packgen.convert.read.package import DocxPackage

_WORD = re.compile(r"\w+")
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_DRAWING_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
_FEWEST_STRETCHES = 3
_WORDS_A_STRETCH = 5
_CHARACTERS = {"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-"}
_CONTAINERS = {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "del", "moveFrom"}


@dataclass(frozen=True)
class RawText:
    """The text of one paragraph as it stands in the XML, and its place in the words of the reader."""

    place: str
    text: str


def words_of(text: str) -> Counter[str]:
    """The words of `text`, each with how often it stands there."""
    return Counter(_tokens(text))


def raw_texts(package: DocxPackage) -> list[RawText]:
    """Every paragraph of the body, its tables and text boxes, the notes and drawn diagrams."""
    root = package.xml(package.main_part)
    found: list[RawText] = []
    body = root.find(w("body"))
    counts = Counter[str]()
    for element in _top(body) if body is not None else ():
        kind = "paragraph" if local_name(element) == "p" else "table" if local_name(element) == "tbl" else "between"
        counts[kind] += 1
        place = f"{kind} {counts[kind]}" if kind != "between" else f"after paragraph {counts['paragraph']}"
        found += (RawText(place, text) for text in _paragraph_texts(element))
    for part, local in (("footnotes", "footnote"), ("endnotes", "endnote")):
        notes = package.related_xml(part)
        shown = 0
        for note in notes.findall(w(local)) if notes is not None else ():
            if note.get(w("type")) not in {"separator", "continuationSeparator", "continuationNotice"}:
                shown += 1
                found += (RawText(f"{local} {shown}", text) for text in _paragraph_texts(note))
    for relationship in package.relationships(package.main_part).values():
        if relationship.kind in {"diagramData", "chart"} and relationship.target in package.parts:
            diagram = package.xml(relationship.target)
            text = " ".join(each.text or "" for each in diagram.iter(_DRAWING_TEXT))
            if text.strip():
                found.append(RawText(f"{'diagram' if relationship.kind == 'diagramData' else 'chart'}", text))
    return [each for each in found if words_of(each.text)]


def unread(raw: Sequence[RawText], document: WordDocument) -> list[RawText]:
    """The texts, or those words of them, that the reader did not give."""
    read: dict[str, Counter[str]] = {}
    for blocks in _stories(document):
        for paragraph in paragraphs_of(blocks):
            read.setdefault(_top_place(paragraph.place), Counter()).update(words_of(paragraph.text))
    notes = [
        inline.custom for blocks in _stories(document) for paragraph in paragraphs_of(blocks)
        for inline in paragraph.content if hasattr(inline, "custom")
    ]  # fmt: skip
    read.setdefault("", Counter()).update(words_of(" ".join(notes)))
    missing: list[RawText] = []
    for each in raw:
        have = read.setdefault(each.place, Counter())
        words = words_of(each.text)
        lost = words - have
        have.subtract(words & have)
        if lost:
            whole = sum(lost.values()) == sum(words.values())
            missing.append(each if whole else RawText(each.place, " ".join(_in_order(each.text, lost))))
    return missing


def lost_words(raw: Iterable[RawText], kept: Iterable[str]) -> Counter[str]:
    """Words of the Word file that are in nothing that was kept."""
    before, after = Counter[str](), Counter[str]()
    for each in raw:
        before.update(words_of(each.text))
    for text in kept:
        after.update(words_of(text))
    return before - after


def scattered(raw: Iterable[RawText], kept: Iterable[str]) -> list[RawText]:
    """The texts whose words are kept only here and there, as those of another text: counting would not miss them.

    A text that was kept stands in what was written in a few stretches: a label here, a value there.
    """
    hay = " " + " ".join(" ".join(_tokens(text)) for text in kept) + " "
    return [each for each in raw if not _stands_in(_tokens(each.text), hay)]


def _stands_in(tokens: Sequence[str], hay: str) -> bool:
    stretches, start = 0, 0
    while start < len(tokens):
        shortest, longest = start, len(tokens)
        while shortest < longest:
            middle = (shortest + longest + 1) // 2
            if f" {' '.join(tokens[start:middle])} " in hay:
                shortest = middle
            else:
                longest = middle - 1
        stretches += 1
        start = max(shortest, start + 1)
    return stretches <= _FEWEST_STRETCHES + len(tokens) / _WORDS_A_STRETCH


def _tokens(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text).replace("\u00ad", "").casefold())


def _in_order(text: str, lost: Counter[str]) -> Iterator[str]:
    left = Counter(lost)
    for match in re.finditer(r"\S+", text):
        words = words_of(match[0])
        if words & left:
            left.subtract(words & left)
            yield match[0]


def _stories(document: WordDocument) -> Iterator[tuple[Block, ...]]:
    yield from (section.blocks for section in document.sections)
    yield from document.footnotes.values()
    yield from document.endnotes.values()


def _top_place(place: str) -> str:
    return place.partition(",")[0].strip()


def _top(parent: Element) -> Iterator[Element]:
    """What stands in the body itself, content controls opened."""
    for child in parent:
        local = local_name(child)
        if local in _CONTAINERS:
            yield from _top(child)
        elif local == "AlternateContent":
            chosen = child.find(name("mc:Choice"))
            chosen = chosen if chosen is not None else child.find(name("mc:Fallback"))
            yield from _top(chosen) if chosen is not None else ()
        elif local not in {"sectPr", "sdtPr", "sdtEndPr", "bookmarkStart", "bookmarkEnd"}:
            yield child


def _paragraph_texts(element: Element) -> Iterator[str]:
    """The text of each paragraph below `element`, those in text boxes by themselves."""
    pieces: dict[Element | None, list[str]] = {}
    for node in element.iter():
        if not isinstance(node.tag, str) or _is_second_saying(node):
            continue
        local = local_name(node)
        text = (node.text or "") if node.tag in {w("t"), _MATH_TEXT} else _CHARACTERS.get(local, "")
        if not text or (local == "tab" and local_name(node.getparent()) == "tabs"):
            continue
        paragraph = next(node.iterancestors(w("p")), None)
        pieces.setdefault(paragraph, []).append(text)
    for texts in pieces.values():
        yield "".join(texts)


def _is_second_saying(node: Element) -> bool:
    """Whether `node` is for programs that do not know what stands beside it, where that says something."""
    fallback = next(node.iterancestors(name("mc:Fallback")), None)
    if fallback is None:
        return False
    choice = fallback.getparent().find(name("mc:Choice"))
    return choice is not None and any(each.tag in {w("t"), name("wp:docPr")} for each in choice.iter())
