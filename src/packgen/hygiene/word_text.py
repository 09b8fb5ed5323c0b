"""What Word documents hold that is not seen."""

from __future__ import annotations

from collections.abc import Iterator

from packgen.convert.accepted import stories_of
from packgen.convert.office.word_file import hidden_styles
from packgen.convert.read.ooxml import Element, first, is_on, val, w
from packgen.convert.read.package import DocxPackage
from packgen.hygiene.found import Found

_TRACKED = tuple(map(w, ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge")))
_SHOWN = 40
_OF_WORD = frozenset(("Top of Form", "Bottom of Form"))
"""Hidden words that Word writes around what was copied from a page of the web."""


def find_in_word(package: DocxPackage) -> Iterator[Found]:
    """Hidden text, told by the words that are seen before it: it may be what nobody is to read. And tracked changes."""
    hidden = hidden_styles(package)
    roots = [package.xml(part) for part in stories_of(package)]
    for root in roots:
        for paragraph in root.iter(w("p")):
            if _in_hidden_row(paragraph):
                yield Found("hidden-text", "in a hidden row of a table")
                break
            if any(_is_hidden(run, paragraph, hidden) for run in paragraph.iter(w("r"))):
                yield Found("hidden-text", _near(paragraph, hidden))
                break
    changed = next((change for root in roots for change in root.iter(*_TRACKED)), None)
    if changed is not None:
        paragraph = next(changed.iterancestors(w("p")), None)
        yield Found("tracked-changes", _near(paragraph, hidden) if paragraph is not None else "in a table")


def _is_hidden(run: Element, paragraph: Element, hidden: frozenset[str]) -> bool:
    words = "".join(text.text or "" for text in run.iterchildren(w("t"))).strip()
    if not words or words in _OF_WORD:
        return False
    properties = first(run, "rPr")
    mark = first(properties, "vanish")
    if mark is not None:
        return is_on(mark)
    styles = {val(first(properties, "rStyle")), val(first(first(paragraph, "pPr"), "pStyle"))}
    return bool(styles & hidden)


def _in_hidden_row(paragraph: Element) -> bool:
    """Whether it says something, in a row of a table that Word does not show."""
    for row in paragraph.iterancestors(w("tr")):
        if is_on(first(first(row, "trPr"), "hidden")):
            return any((text.text or "").strip() for text in paragraph.iter(w("t")))
    return False


def _near(paragraph: Element, hidden: frozenset[str]) -> str:
    for each in (paragraph, *paragraph.itersiblings(w("p"), preceding=True)):
        seen = "".join(
            text.text or ""
            for run in each.iter(w("r"))
            if not _is_hidden(run, each, hidden)
            for text in run.iterchildren(w("t"))
        )
        words = " ".join(seen.split())
        if words:
            return f'near "{words[:_SHOWN]}"'
    return "at the beginning"
