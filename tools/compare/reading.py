"""What stands in a tagged PDF: words with their places, and words, headings and tables in the order they are read.

Takes a PDF's bytes; gives plain values, read with pypdf and pdfium. Knows nothing of who made the PDF, so that both
engines are read alike. Places are points from the upper left corner of the page to the start of a word's baseline,
which is the same whatever a font says of its own height.
"""

from __future__ import annotations

import ctypes
import io
import math
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject
from pypdfium2 import raw

_INLINE = {"Span", "Link", "Quote", "Em", "Strong", "Reference", "Code"}
_HEADINGS = {f"H{level}" for level in range(1, 10)}
# Characters that draw nothing, and the ways in which a hyphen at a line's end is stored.
_NOT_DRAWN = dict.fromkeys([0x02, 0xAD, 0x200B, 0x2060, 0xFEFF, 0xFFFE])
_SAME = {0x2010: "-", 0x2011: "-", 0xA0: " ", 0x202F: " "}
# Bullets of symbol fonts, which one writer stores as characters of Unicode and the other as the font's own codes.
_BULLETS = dict.fromkeys([*range(0xF000, 0xF100), *map(ord, "▪○■➢✓◻●◆❖□❑❒▶➔➲✦★✶")], "•")


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
        found = ReadPdf([_placed_words(page) for page in document])
        marked = _marked_text(document)
    finally:
        document.close()
    reader = PdfReader(io.BytesIO(pdf))
    root = reader.trailer["/Root"].get("/StructTreeRoot")  # type: ignore[union-attr]  # a file's root is a dictionary
    if root is not None:
        _TreeReader(reader, root.get_object(), marked, found).read()
    return found


def plain(text: str) -> str:
    """`text` without what two writers may store differently of the same letters."""
    return unicodedata.normalize("NFKC", text).translate(_NOT_DRAWN).translate(_SAME).translate(_BULLETS)


def _placed_words(page: Any) -> list[PlacedWord]:
    text = page.get_textpage()
    height = page.get_height()
    words: list[PlacedWord] = []
    letters, place = "", (0.0, 0.0)
    for index in range(text.count_chars()):
        letter = plain(chr(raw.FPDFText_GetUnicode(text, index)))
        if not letter:
            continue
        if letter.isspace():
            words += [PlacedWord(letters, *place)] if letters else []
            letters = ""
            continue
        if not letters:
            x, y = ctypes.c_double(), ctypes.c_double()
            raw.FPDFText_GetCharOrigin(text, index, x, y)
            place = (x.value, height - y.value)
        letters += letter
    return [*words, PlacedWord(letters, *place)] if letters else words


@dataclass
class _Marked:
    """The text under one marked content identifier, with where its first and its last piece begin."""

    text: str
    first: tuple[float, float]
    last: tuple[float, float]


def _marked_text(document: Any) -> dict[tuple[int, int], _Marked]:
    """The text under each marked content identifier, by page index and identifier."""
    found: dict[tuple[int, int], _Marked] = {}
    for page_index, page in enumerate(document):
        text = page.get_textpage()
        for number in range(raw.FPDFPage_CountObjects(page)):
            thing = raw.FPDFPage_GetObject(page, number)
            identifier = raw.FPDFPageObj_GetMarkedContentID(thing)
            if identifier < 0 or raw.FPDFPageObj_GetType(thing) != raw.FPDF_PAGEOBJ_TEXT:
                continue
            place, words = _start_of(thing), _object_text(thing, text)
            marked = found.setdefault((page_index, identifier), _Marked("", place, place))
            marked.text += _blank_between(marked.text, marked.last, place) + words
            marked.last = place
    return found


def _blank_between(text: str, before: tuple[float, float], place: tuple[float, float]) -> str:
    """The blank that a writer need not store where a line ends and another begins."""
    new_line = place[0] < before[0] + 1 and place[1] < before[1] - 1
    return " " if new_line and not text.endswith(("-", "\u2011", "\u00ad")) else ""


def _start_of(thing: Any) -> tuple[float, float]:
    """Where a piece of text begins: how far along its line, and how high; turned text is turned back."""
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(thing, matrix)
    length = math.hypot(matrix.a, matrix.b) or 1.0
    cosine, sine = matrix.a / length, matrix.b / length
    return matrix.e * cosine + matrix.f * sine, matrix.f * cosine - matrix.e * sine


def _object_text(thing: Any, text: Any) -> str:
    size = raw.FPDFTextObj_GetText(thing, text, None, 0)
    letters = (ctypes.c_ushort * (size // 2 + 1))()
    raw.FPDFTextObj_GetText(thing, text, letters, size)
    return bytes(letters)[: max(size - 2, 0)].decode("utf-16-le", "replace")


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
        self._found.words = plain("".join(self._text)).split()
        self._found.notes = plain("".join(self._note_text)).split()

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
            turned = index != page_before and not last.text.endswith("-")
            self._into.append(" " if turned else _blank_between(last.text, last.last, marked.first))
        self._into.append(marked.text)
        self._before = (index, marked)

    def _element(self, element: Any, role: str, page: Any) -> None:
        before, start, pages = self._into, len(self._into), len(self._at)
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
            self._heading(int(role[1:] or 1), " ".join(plain("".join(self._into[start:])).split()), self._at[pages:])
        self._into = before

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
