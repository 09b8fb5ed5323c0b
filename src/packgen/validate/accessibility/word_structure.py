"""Headings and tables of a Word document: whether somebody who hears it finds the way.

Takes a document as it was read; gives warnings (WCAG 2.2, 1.3.1 and 2.4.6; PDF/UA-1, 7.4.2 and 7.5). Changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from packgen.convert.document import Cell, Paragraph, Table, WordDocument, paragraphs_of
from packgen.convert.read.document import StyleFacts
from packgen.errors import Problem
from packgen.validate.accessibility.word_walk import paragraphs, shown, tables, texts, warning

_LONGEST_HEADING = 80
_SHORTEST_TEXT = 40
_LARGER = 1.0
"""Points; a line that is less larger than the text below it is not taken for a heading."""
_PLAIN_STYLES = frozenset(["", "normal", "body text", "no spacing", "default"])
_LOOKS = "how headings look can be changed in the style"


def check_headings(document: WordDocument, name: str) -> Iterator[Problem]:
    """Levels that are left out, and a first heading that is not the highest."""
    before = 0
    for paragraph in paragraphs(document):
        level = paragraph.format.outline_level
        if level is None or not paragraph.text.strip():
            continue
        if level > before + 1 and not before:
            message = f"the first heading is a Heading {level}, so that the levels above it seem to be missing"
            hint = f"make it a Heading 1 in Word (Home > Styles); {_LOOKS}"
            yield warning(name, "access.heading-level", paragraph.pointer, message, hint)
        elif level > before + 1:
            message = f"a Heading {level} follows a Heading {before}, so that a level is missing between them"
            hint = f"make it a Heading {before + 1} in Word (Home > Styles); {_LOOKS}"
            yield warning(name, "access.heading-level", paragraph.pointer, message, hint)
        before = level


def check_bold_headings(document: WordDocument, styles: Mapping[str, StyleFacts], name: str) -> Iterator[Problem]:
    """One warning if lines look like headings, but are only large and bold."""
    usual = _usual_size(document)
    found = [
        paragraph
        for section in document.sections
        for paragraph, below in zip(section.blocks, section.blocks[1:], strict=False)
        if isinstance(paragraph, Paragraph) and _looks_like_heading(paragraph, styles, usual) and _is_text(below, usual)
    ]
    if found:
        several = len(found) > 1
        message = (
            f"{len(found)} lines look like headings, but are only large and bold, the first of them "
            if several
            else "a line looks like a heading, but is only large and bold: "
        ) + shown(found[0].text)
        hint = (
            f"give {'each' if several else 'it'} a heading style in Word (Home > Styles > Heading 1, 2, 3); "
            "people who listen jump from heading to heading, and miss what only looks like one"
        )
        yield warning(name, "access.bold-heading", found[0].place, message, hint)


def _usual_size(document: WordDocument) -> float:
    """The size of most of the letters, in points."""
    sizes: Counter[float] = Counter()
    for paragraph in paragraphs(document):
        for text in texts(paragraph):
            sizes[text.format.size] += len(text.text)
    return sizes.most_common(1)[0][0] if sizes else document.body.size


def _looks_like_heading(paragraph: Paragraph, styles: Mapping[str, StyleFacts], usual: float) -> bool:
    words = paragraph.text.strip()
    facts = styles.get(paragraph.style)
    plain = facts is None or not facts.names or facts.names[0] in _PLAIN_STYLES
    if not plain or paragraph.format.outline_level is not None or not 0 < len(words) <= _LONGEST_HEADING:
        return False
    letters = list(texts(paragraph))
    large = all(text.format.bold and text.format.size >= usual + _LARGER for text in letters)
    return bool(letters) and large and words[-1] not in ".,;:"


def _is_text(block: object, usual: float) -> bool:
    if not isinstance(block, Paragraph) or len(block.text.strip()) < _SHORTEST_TEXT:
        return False
    letters = list(texts(block))
    return not all(text.format.bold for text in letters) and all(text.format.size <= usual for text in letters)


def check_tables(document: WordDocument, name: str) -> Iterator[Problem]:
    """Tables of data whose first row is not marked as their header."""
    for table in tables(document):
        if _holds_data(table) and not table.rows[0].header and not _has_row_names(table):
            first = ", ".join(_words(cell) or "(empty)" for cell in table.rows[0].cells)
            message = f"the table that begins with {shown(first)} has no header row"
            hint = (
                "if its first row names the columns, click in it in Word and choose Table Layout > Repeat Header Rows; "
                "if not, give it such a row"
            )
            yield warning(name, "access.table-header", table.place, message, hint)


def _holds_data(table: Table) -> bool:
    """Whether a table is one to its readers, with a column for each thing that is said.

    Columns that only set text side by side have no lines and no shading; in a form, most rows have merged cells. The
    built-in engine draws and tags all of them alike.
    """
    if len(table.rows) < 2 or len(table.columns) < 2:
        return False
    cells = [cell for row in table.rows for cell in row.cells]
    ruled = any(cell.borders.drawn or cell.fill for cell in cells)
    filled = sum(bool(_words(cell)) for cell in cells) > len(cells) / 3
    regular = sum(all(cell.span == 1 for cell in row.cells) for row in table.rows)
    return ruled and filled and regular >= len(table.rows) / 2


def _has_row_names(table: Table) -> bool:
    """Whether a table of two columns names things at the left, in bold, and says at the right what they are."""
    if len(table.columns) != 2 or any(len(row.cells) != 2 for row in table.rows):
        return False
    return all(_is_bold(row.cells[0]) for row in table.rows) and not _is_bold(table.rows[0].cells[1])


def _is_bold(cell: Cell) -> bool:
    letters = [text for paragraph in paragraphs_of(cell.blocks) for text in texts(paragraph)]
    return bool(letters) and all(text.format.bold for text in letters)


def _words(cell: Cell) -> str:
    return " ".join(" ".join(paragraph.text for paragraph in paragraphs_of(cell.blocks)).split())
