"""What every template module works with: a document in the house style, and words to fill it.

Takes millimetres, style names and Jinja expressions; gives python-docx objects. It never names a template, and it
never formats by hand what a style can say.

    document = new_document("Cover report")
    add(document, "heading 1", "{{ title }}")
    with loop(document, "section in sections"):
        add(document, "heading 2", "{{ section.heading }}")
        add(document, "Normal", "{{ section.text|prose }}")
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

import docx
from docx.enum.section import WD_ORIENT
from docx.shared import Mm
from tools.make_templates.numberings import NUMBERING_IDS, write_numberings
from tools.make_templates.ooxml import element, twips
from tools.make_templates.package import prepare
from tools.make_templates.style_list import (
    ACCENT,
    CATEGORY_FILL,
    CHARACTER_STYLES,
    GRID,
    HEADER_FILL,
    PARAGRAPH_STYLES,
    TABLE_STYLES,
)
from tools.make_templates.styles import ParagraphStyle, add_styles, style_id, write_styles

__all__ = [
    "ACCENT", "GRID", "HEADER_FILL", "Words", "add", "add_label", "add_row", "add_table", "body_width", "bold",
    "category_row", "choose", "fill_cell", "header_row", "labelled", "link", "loop", "merge_row", "new_document",
    "row_choose", "row_loop", "row_when", "running_header", "shade", "when",
]  # fmt: skip

Orientation = Literal["portrait", "landscape"]
_MARGIN = {"portrait": 25, "landscape": 20}
# A running header leaves room above it for what marks an exempt page: two lines on an upright page, one on a wide one.
_HEADER = {"portrait": 16.5, "landscape": 12}
# As many characters of a title as one line of a running header holds.
_HEADER_LENGTH = {"portrait": 88, "landscape": 140}
_PAGE = (210, 297)


@dataclass(frozen=True)
class Words:
    """Some words of a paragraph in a character style; a tab and a line break are written as such."""

    text: str
    style: str | None = None


def bold(text: str) -> Words:
    """Words that name what follows them."""
    return Words(text, "Label")


def link(text: str, target: str) -> str:
    """The tag for words that lead somewhere: both are Jinja expressions."""
    return f"{{{{ {text}|link({target}) }}}}"


def body_width(orientation: Orientation) -> float:
    """How wide the text of a page is, in millimetres."""
    return _PAGE[orientation == "landscape"] - 2 * _MARGIN[orientation]


def new_document(title: str, *, orientation: Orientation = "portrait", styles: Sequence[ParagraphStyle] = ()) -> Any:
    """An empty A4 document that has every style and list of the house.

    `styles` are those that only this template needs; one of them stands in the place of the house's of the same name.
    """
    document = docx.Document()
    own = {style.name for style in styles}
    house = [style for style in PARAGRAPH_STYLES if style.name not in own]
    write_numberings(document, {style.name: style_id(style.name) for style in PARAGRAPH_STYLES})
    write_styles(document, house, CHARACTER_STYLES, TABLE_STYLES, NUMBERING_IDS)
    add_styles(document, styles, NUMBERING_IDS)
    prepare(document, title)
    section = document.sections[0]
    width, height = _PAGE if orientation == "portrait" else _PAGE[::-1]
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.orientation = WD_ORIENT.LANDSCAPE if orientation == "landscape" else WD_ORIENT.PORTRAIT
    margin = Mm(_MARGIN[orientation])
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = margin
    section.header_distance, section.footer_distance = Mm(_HEADER[orientation]), Mm(12.5)
    section.gutter = 0
    return document


def running_header(document: Any, words: str) -> None:
    """Say at the head of every page but the first which paper it belongs to.

    `words` is a Jinja expression for a text; what one line cannot hold of it is cut off.
    """
    section = document.sections[0]
    section.different_first_page_header_footer = True
    header = section.header
    header.is_linked_to_previous = False
    paragraph = header.paragraphs[0]
    paragraph._p.getparent().remove(paragraph._p)
    wide = section.orientation == WD_ORIENT.LANDSCAPE
    length = _HEADER_LENGTH["landscape" if wide else "portrait"]
    add(header, "header", f"{{{{ ({words})|truncate({length}, false, '…', 0) }}}}")


def add(container: Any, style: str, *words: str | Words) -> Any:
    """A paragraph at the end of a document, a cell or a header; plain strings are words in no style of their own.

    The empty paragraph with which Word makes a cell or a header is used first.
    """
    untouched = [paragraph for paragraph in container.paragraphs[:1] if paragraph._p.pPr is None and not paragraph.runs]
    paragraph = untouched[0] if untouched and len(container.paragraphs) == 1 else container.add_paragraph()
    paragraph.style = _style(container, style)
    _write(paragraph, words)
    return paragraph


# Reads better than `add` where the cells of a row are filled one by one.
fill_cell = add


def _write(paragraph: Any, words: Sequence[str | Words]) -> None:
    for piece in words:
        if isinstance(piece, Words):
            paragraph.add_run(piece.text, _style(paragraph, piece.style) if piece.style else None)
        else:
            paragraph.add_run(piece)


def _style(container: Any, name: str) -> Any:
    """The style object by the name that Word writes, for example `heading 1`; KeyError if the house has none."""
    styles = container.part.package.main_document_part.styles
    found = {style.style_id: style for style in styles}
    return found[style_id(name)]


@contextmanager
def loop(container: Any, expression: str) -> Iterator[None]:
    """What is added inside stands once for each round of `for expression`."""
    add(container, "Template Tag", f"{{%p for {expression} %}}")
    yield
    add(container, "Template Tag", "{%p endfor %}")


@contextmanager
def when(container: Any, condition: str) -> Iterator[None]:
    """What is added inside stands only if the condition holds."""
    add(container, "Template Tag", f"{{%p if {condition} %}}")
    yield
    add(container, "Template Tag", "{%p endif %}")


def choose(container: Any, otherwise: str = "else") -> None:
    """Inside `when` or `loop`: what is added from here on stands otherwise. `elif ...` may be given instead."""
    add(container, "Template Tag", f"{{%p {otherwise} %}}")


def add_label(document: Any) -> None:
    """Above a title: how the paper is numbered among those of its item, for example Appendix A."""
    with when(document, "label"):
        add(document, "Document Label", "{{ label }}")


def labelled(words: str) -> str:
    """The expression for `words`, also one, after the paper's label if it has one, as bookmarks have it."""
    return f"(label ~ ': ' if label else '') ~ {words}"


def add_table(container: Any, widths: Sequence[float], *, style: str = "Packgen Table") -> Any:
    """A table without rows, of fixed column widths in millimetres, in a document or in a cell.

    Word demands a paragraph after a table in a cell, between two tables and at the end of a document. python-docx adds
    that in a cell, a heading stands between two tables, and a module adds `add(document, "Table End")` at the end.
    What stands below a table keeps its distance by the space that its style has above.
    """
    table = container.add_table(0, len(widths))
    properties = table._tbl.tblPr
    for child in list(properties):
        properties.remove(child)
    properties.extend(
        [
            element("tblStyle", val=style_id(style)),
            element("tblW", w=twips(sum(widths)), type="dxa"),
            element("tblInd", w=0, type="dxa"),
            element("tblLayout", type="fixed"),
            element("tblLook", val="0020", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1),
        ]
    )
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    return table


def add_row(table: Any, *, header: bool = False, whole: bool = True) -> Any:
    """A row at the end; a header row is repeated on each page, a whole row is not broken by a page's end."""
    row = table.add_row()
    properties = row._tr.get_or_add_trPr()
    if whole or header:
        properties.append(element("cantSplit"))
    if header:
        properties.append(element("tblHeader"))
    return row


def header_row(table: Any, *headings: str) -> Any:
    """The first row with the columns' headings, flagged so that screen readers name them and each page repeats them."""
    row = add_row(table, header=True)
    for cell, heading in zip(row.cells, headings, strict=True):
        add(cell, "Table Heading", heading)
    return row


def merge_row(row: Any) -> Any:
    """Make one cell of all cells of a row, as category rows need; gives that cell."""
    return row.cells[0].merge(row.cells[-1])


def category_row(table: Any) -> Any:
    """A shaded row of one cell that names what stands in the rows below it, and stays with them; gives its cell.

    What is added to it must be in a style that is kept with what follows, such as `Table Category`.
    """
    cell = merge_row(add_row(table))
    shade(cell, CATEGORY_FILL)
    return cell


def shade(cell: Any, colour: str = HEADER_FILL) -> None:
    """Lay a colour behind a cell."""
    cell._tc.get_or_add_tcPr().append(element("shd", val="clear", color="auto", fill=colour))


@contextmanager
def row_loop(table: Any, expression: str) -> Iterator[None]:
    """The rows added inside stand once for each round of `for expression`."""
    _tag_row(table, f"for {expression}")
    yield
    _tag_row(table, "endfor")


def row_choose(table: Any, otherwise: str = "else") -> None:
    """Inside `row_when` or `row_loop`: the rows added from here on stand otherwise."""
    _tag_row(table, otherwise)


@contextmanager
def row_when(table: Any, condition: str) -> Iterator[None]:
    """The rows added inside stand only if the condition holds."""
    _tag_row(table, f"if {condition}")
    yield
    _tag_row(table, "endif")


def _tag_row(table: Any, tag: str) -> None:
    """A row that holds nothing but a tag, which filling takes out; its cells are one, so that it reads as one line."""
    cell = merge_row(add_row(table))
    add(cell, "Template Tag", f"{{%tr {tag} %}}")
