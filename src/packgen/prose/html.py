"""Prose as HTML, for pages on the web.

Takes a `Prose`; gives HTML in which everything the author typed is text. Footnotes stand at its end. Pictures are named
by their alternative text, since a page of one file has none.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from packgen.prose.check import ITEM_LINK
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
    TableCell,
    Text,
    ThematicBreak,
)

_LIST_TYPES = {"decimal": "1", "lower-alpha": "a", "lower-roman": "i"}
_DEEPEST_HEADING = 6


def prose_html(prose: Prose, *, key: str, place: str = "", heading_level: int = 4) -> Markup:
    """HTML of `prose`. Each table stands in a frame that scrolls where the window is narrower, also from the keyboard.

    Args:
        prose: what the author wrote.
        key: begins the `id` of each footnote, so that several texts can stand on one page.
        place: where on the page it stands, in words, by which those who cannot see it tell its tables apart.
        heading_level: of the author's first level, 1 to 6.
    """
    writer = _Writer(key, place, heading_level)
    return writer.blocks(prose.blocks) + writer.notes()


class _Writer:
    def __init__(self, key: str, place: str, heading_level: int) -> None:
        self._key = key
        self._place = place
        self._tables = 0
        self._heading_level = heading_level
        self._notes: list[tuple[Block, ...]] = []

    def blocks(self, blocks: Sequence[Block]) -> Markup:
        return Markup("\n").join(self._block(block) for block in blocks)

    def notes(self) -> Markup:
        """The footnotes, each with a way back to its mark."""
        items = []
        for number, blocks in enumerate(self._notes, 1):
            back = Markup('<a href="#{}-mark-{}">Back to the text</a>').format(self._key, number)
            items.append(Markup('<li id="{}-note-{}">{} {}</li>').format(self._key, number, self._tight(blocks), back))
        return Markup('\n<ol class="notes">\n{}\n</ol>').format(Markup("\n").join(items)) if items else Markup("")

    def _block(self, block: Block) -> Markup:
        match block:
            case Paragraph():
                return Markup("<p>{}</p>").format(self._inlines(block.inlines))
            case Heading():
                level = min(self._heading_level + block.level - 1, _DEEPEST_HEADING)
                return Markup("<h{0}>{1}</h{0}>").format(level, self._inlines(block.inlines))
            case ListBlock():
                return self._list(block)
            case Table():
                return self._table(block)
            case Figure():
                return Markup("<p>{}</p>").format(self._picture(block.alt))
            case Quotation():
                return Markup("<blockquote>\n{}\n</blockquote>").format(self.blocks(block.blocks))
            case ThematicBreak():
                return Markup("<hr>")

    def _list(self, block: ListBlock) -> Markup:
        items = Markup("\n").join(Markup("<li>{}</li>").format(self._tight(item.blocks)) for item in block.items)
        if block.kind == "bullet":
            return Markup("<ul>\n{}\n</ul>").format(items)
        return Markup('<ol type="{}" start="{}">\n{}\n</ol>').format(_LIST_TYPES[block.kind], block.start, items)

    def _tight(self, blocks: Sequence[Block]) -> Markup:
        """Blocks of an item; words that stand alone in it need no paragraph of their own."""
        if blocks and isinstance(blocks[0], Paragraph):
            first = self._inlines(blocks[0].inlines)
            return first + (Markup("\n") + self.blocks(blocks[1:]) if blocks[1:] else Markup(""))
        return self.blocks(blocks)

    def _table(self, table: Table) -> Markup:
        caption = Markup("<caption>{}</caption>\n").format(self._inlines(table.caption))
        source = Markup("\n<p>{}</p>").format(self._inlines(table.source))
        head = self._row(table.header, Markup('<th scope="col">{}</th>'))
        rows = Markup("\n").join(self._row(row, Markup("<td>{}</td>")) for row in table.rows)
        made = Markup("<table>\n{}<thead>{}</thead>\n<tbody>\n{}\n</tbody>\n</table>")
        self._tables += 1
        name = f"{self._place}, table {self._tables}" if self._place else f"Table {self._tables}"
        frame = Markup('<div class="frame" role="region" aria-label="{}" tabindex="0">{}</div>{}')
        framed = made.format(caption if table.caption else "", head, rows)
        return frame.format(name, framed, source if table.source else "")

    def _row(self, cells: Sequence[TableCell], cell: Markup) -> Markup:
        return Markup("<tr>{}</tr>").format(Markup("").join(cell.format(self._inlines(each.inlines)) for each in cells))

    def _inlines(self, inlines: Sequence[Inline]) -> Markup:
        return Markup("").join(self._inline(inline) for inline in inlines)

    def _inline(self, inline: Inline) -> Markup:
        match inline:
            case Text():
                return escape(inline.text)
            case Strong():
                return Markup("<strong>{}</strong>").format(self._inlines(inline.inlines))
            case Emphasis():
                return Markup("<em>{}</em>").format(self._inlines(inline.inlines))
            case Code():
                return Markup("<code>{}</code>").format(inline.text)
            case Link():
                return Markup('<a href="{}">{}</a>').format(_address(inline.target), self._inlines(inline.inlines))
            case LineBreak():
                return Markup("<br>")
            case InlinePicture():
                return self._picture(inline.alt)
            case FootnoteReference():
                self._notes.append(inline.blocks)
                number = len(self._notes)
                mark = Markup('<sup><a id="{0}-mark-{1}" href="#{0}-note-{1}" aria-label="Note {1}">{1}</a></sup>')
                return mark.format(self._key, number)

    def _picture(self, alt: str) -> Markup:
        return Markup("[Picture: {}]").format(alt) if alt else Markup("")


def _address(target: str) -> str:
    return f"#item-{target.removeprefix(ITEM_LINK)}" if target.startswith(ITEM_LINK) else target
