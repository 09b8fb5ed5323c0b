"""What stands in a tagged PDF: words with their places, and words, headings and tables in the order they are read.

Takes a PDF's bytes; gives plain values, read with pypdf and pdfium. Knows nothing of who made the PDF, so that both
engines are read alike. Places are points from the upper left corner of the page to the start of a word's baseline,
which is the same whatever a font says of its own height.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pypdfium2
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject
from tools.compare.letters import Letter, begins_word, is_apart, is_next_line, is_on_line, letters

_INLINE = {"Span", "Link", "Quote", "Em", "Strong", "Reference", "Code", "Lbl"}
_HEADINGS = {f"H{level}" for level in range(1, 10)}


@dataclass(frozen=True)
class PlacedWord:
    text: str
    x: float
    y: float


@dataclass(frozen=True)
class Heading:
    """A heading with its level, the index of its page, and how far down it its words begin (None if not found)."""

    level: int
    text: str
    page_index: int | None
    y: float | None


@dataclass(frozen=True)
class TableSize:
    rows: int
    columns: int


@dataclass
class ReadPdf:
    """A PDF as read. `words` are those of the text in reading order; `notes` those of foot- and endnotes."""

    pages: list[list[PlacedWord]]
    words: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    tables: list[TableSize] = field(default_factory=list)


def read_pdf(pdf: bytes) -> ReadPdf:
    """Everything that is compared of a PDF; without tags there are pages alone."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        drawn = [letters(page) for page in document]
        found = ReadPdf([_placed_words(each, page.get_height()) for each, page in zip(drawn, document, strict=True)])
    finally:
        document.close()
    reader = PdfReader(io.BytesIO(pdf))
    root = reader.trailer["/Root"].get("/StructTreeRoot")  # type: ignore[union-attr]  # a file's root is a dictionary
    if root is not None:
        marked = {
            (index, identifier): text
            for index, each in enumerate(drawn)
            for identifier, text in _marked_text(each).items()
        }
        _TreeReader(reader, root.get_object(), marked, found).read()
    return found


def _placed_words(drawn: Sequence[Letter], height: float) -> list[PlacedWord]:
    words: list[PlacedWord] = []
    before: Letter | None = None
    for letter in drawn:
        if letter.text.isspace():
            before = None
            continue
        if before is None or begins_word(before, letter):
            words.append(PlacedWord("", letter.x, height - letter.y))
        last = words[-1]
        words[-1] = PlacedWord(last.text + letter.text, last.x, last.y)
        before = letter
    return words


@dataclass
class _Marked:
    """The text under one marked content identifier, with its first and its last letter."""

    text: str
    first: Letter
    last: Letter


def _marked_text(drawn: Sequence[Letter]) -> dict[int, _Marked]:
    """The text under each marked content identifier of a page."""
    found: dict[int, _Marked] = {}
    for letter in drawn:
        if letter.content < 0:
            continue
        marked = found.setdefault(letter.content, _Marked("", letter, letter))
        if marked.text:
            marked.text += _blank_between(marked.last, letter)
        marked.text += letter.text
        marked.last = letter
    return found


def _blank_between(before: Letter, letter: Letter) -> str:
    """The blank that a writer need not store between two letters that follow each other in the same text.

    None is due at a line's end behind a hyphen, nor before what is raised.
    """
    if is_next_line(before, letter):
        return "" if before.text == "-" else " "
    return " " if is_apart(before, letter) and is_on_line(before, letter) else ""


class _TreeReader:
    """Goes through the structure tree once."""

    def __init__(self, reader: PdfReader, root: Any, marked: dict[tuple[int, int], _Marked], found: ReadPdf) -> None:
        self._root = root
        self._roles = {str(role): str(meaning) for role, meaning in root.get("/RoleMap", {}).items()}
        self._marked = marked
        self._indexes = {page.indirect_reference.idnum: index for index, page in enumerate(reader.pages)}  # type: ignore[union-attr]
        self._found = found
        self._text: list[str] = []
        self._note_text: list[str] = []
        self._into = self._text
        self._at: list[int] = []
        self._before: tuple[int, _Marked] | None = None

    def read(self) -> None:
        self._kids(self._root.get("/K"), None)
        self._found.words = "".join(self._text).split()
        self._found.notes = "".join(self._note_text).split()

    def _role(self, element: Any) -> str:
        role = str(element["/S"])
        for _ in range(8):
            if role not in self._roles:
                break
            role = self._roles[role]
        return role[1:]

    def _kids(self, kids: Any, page: Any) -> None:
        value = kids.get_object() if kids is not None else None
        for kid in value if isinstance(value, ArrayObject) else [kids] if kids is not None else []:
            self._kid(kid.get_object(), page)

    def _kid(self, value: Any, page: Any) -> None:
        if isinstance(value, int):
            self._content(page, int(value))
        elif isinstance(value, DictionaryObject) and "/MCID" in value:
            self._content(value.raw_get("/Pg") if "/Pg" in value else page, int(value["/MCID"]))
        elif isinstance(value, DictionaryObject) and "/S" in value:
            self._element(value, self._role(value), value.raw_get("/Pg") if "/Pg" in value else page)

    def _content(self, page: Any, identifier: int) -> None:
        index = self._indexes.get(page.idnum, -1) if page is not None else -1
        self._at.append(index)
        marked = self._marked.get((index, identifier))
        if marked is None:
            return
        if self._before is not None:
            page_before, last = self._before
            turned = index != page_before
            blank = "" if last.last.text == "-" else " "
            self._into.append(blank if turned else _blank_between(last.last, marked.first))
        self._into.append(marked.text)
        self._before = (index, marked)

    def _element(self, element: Any, role: str, page: Any) -> None:
        before, start, pages, letters_before = self._into, len(self._into), len(self._at), self._before
        gap = "" if role in _INLINE else " "
        if role in {"Note", "FENote"}:
            self._into, start = self._note_text, len(self._note_text)
        self._into.append(gap)
        if role == "Table":
            self._found.tables.append(TableSize(*_grid(element, self._role)))
        if role != "Figure":
            self._kids(element.get("/K"), page)
        self._into.append(gap)
        if role in _HEADINGS or role == "H":
            self._heading(int(role[1:] or 1), " ".join("".join(self._into[start:]).split()), self._at[pages:])
        if self._into is not before:
            # The text goes on where the note's mark stands, not where the note ends.
            self._into, self._before = before, letters_before

    def _heading(self, level: int, text: str, pages: list[int]) -> None:
        index = pages[0] if pages and pages[0] >= 0 else None
        if text:
            y = _height_of(text.split(), self._found.pages[index]) if index is not None else None
            self._found.headings.append(Heading(level, text, index, y))


def _height_of(words: list[str], page: list[PlacedWord]) -> float | None:
    """How far down the page `words` begin: at the last place where the first few stand one after the other."""
    wanted = words[:4]
    for start in range(len(page) - len(wanted), -1, -1):
        if [word.text for word in page[start : start + len(wanted)]] == wanted:
            return page[start].y
    return None


def _grid(table: Any, role_of: Any) -> tuple[int, int]:
    """Rows and columns of a table, cells that reach over several of either counted in full; inner tables are not it.

    The columns are those that most of its rows have: LibreOffice tags the cells of a row that goes over a page twice.
    """
    rows = list(_rows(table, role_of))
    taken: set[tuple[int, int]] = set()
    for index, row in enumerate(rows):
        column = 0
        for span, height in row:
            while (index, column) in taken:
                column += 1
            taken |= {(index + down, column + across) for down in range(height) for across in range(span)}
    widths = Counter(Counter(index for index, _ in taken if index < len(rows)).values())
    return len(rows), max(widths, key=lambda width: (widths[width], width), default=0)


def _rows(element: Any, role_of: Any) -> Iterator[list[tuple[int, int]]]:
    """For each row the spans of its cells, columns first."""
    for kid in _children(element):
        role = role_of(kid)
        if role == "TR":
            yield [_spans(cell) for cell in _children(kid) if role_of(cell) in {"TH", "TD"}]
        elif role in {"THead", "TBody", "TFoot"}:
            yield from _rows(kid, role_of)


def _children(element: Any) -> Iterator[Any]:
    kids = element.get("/K")
    value = kids.get_object() if kids is not None else None
    for kid in value if isinstance(value, ArrayObject) else [value]:
        child = kid.get_object() if kid is not None else None
        if isinstance(child, DictionaryObject) and "/S" in child:
            yield child


def _spans(cell: Any) -> tuple[int, int]:
    attributes = cell.get("/A")
    value = attributes.get_object() if attributes is not None else []
    columns = rows = 1
    for each in value if isinstance(value, ArrayObject) else [value]:
        one = each.get_object()
        if isinstance(one, DictionaryObject):
            columns, rows = int(one.get("/ColSpan", columns)), int(one.get("/RowSpan", rows))
    return columns, rows
