"""Tables in the tags of a drawn spreadsheet, which LibreOffice leaves without.

Takes a PDF and the cells that each of its pages shows; puts each cell's text under a cell of a table in the structure
tree, row by row, sheet by sheet. Does so only if every piece of text on every page can be told to be of one cell beyond
doubt, and otherwise changes nothing. Headers, footers and repeated rows become artifacts, charts stay figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, ContentStreamInstruction, Dictionary, Name, Object, Operator, Pdf

from packgen.convert.office.sheet_match import Block, SheetTable, ShownCell, match
from packgen.convert.proof import squeezed

_SHOWS = {"Tj", "TJ", "'", '"'}
Mark = tuple[tuple[int, int], int]
"""The object of a page, and an identifier of marked content on it."""
_MOST_CELLS = 50_000
_HEADER_WITHIN = 5
_YEARS = range(1900, 2101)
_ARTIFACT = ContentStreamInstruction([Name.Artifact], Operator("BMC"))
_END = ContentStreamInstruction([], Operator("EMC"))


@dataclass(frozen=True)
class _Page:
    """A page with its instructions, those that go, and of each that draws text of a sheet the cell.

    `owners` are cells by the place of an instruction; None stands for headers and footers.
    """

    page: Object
    instructions: Sequence[Any]
    needless: frozenset[int]
    owners: Mapping[int, int | None]

    @property
    def last_cell(self) -> int:
        return max((owner for owner in self.owners.values() if owner is not None), default=-1)


def tag_tables(document: Pdf, pdf: bytes, tables: Sequence[SheetTable]) -> bool:
    """Tags the sheets of `document`, which was read from `pdf`; whether that could be done."""
    if not tables or sorted(page for table in tables for page in table.pages) != list(range(len(document.pages))):
        return False
    extents = [_extent(table.cells) for table in tables]
    if sum(len(rows) * len(columns) for rows, columns in extents) > _MOST_CELLS:
        return False
    drawn = list(_texts(pdf))
    figures = {figure.objgen: figure for figure in _figures(document)}
    held = {mark for figure in figures.values() for mark in _held(figure)}
    matched: list[list[_Page]] = []
    for table in tables:
        pages: list[_Page] = []
        start = 0
        for index in table.pages:
            found = _matched(document.pages[index].obj, drawn[index], held, table.cells, start)
            if found is None:
                return False
            start = max(start, found.last_cell)
            pages.append(found)
        if not _is_whole(table, pages, [block for index in table.pages for block in drawn[index]]):
            return False
        matched.append(pages)
    top = document.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, K=Array()))
    for table, pages in zip(tables, matched, strict=True):
        top.K.append(_table(document, top, table, pages))
        for figure in figures.values():
            if next(_held(figure), ((0, 0), 0))[0] in {each.page.objgen for each in pages}:
                figure.P = top
                top.K.append(figure)
    tree = document.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=top))
    top.P = tree
    document.Root.StructTreeRoot = tree
    document.Root.MarkInfo = Dictionary(Marked=True)
    return True


def _matched(
    page: Object, drawn: Sequence[Block], held: Set[Mark], cells: Sequence[ShownCell], start: int
) -> _Page | None:
    """A page with the cell of each piece of its text; None if one is in doubt."""
    instructions = list(pikepdf.parse_content_stream(page))
    shows = {place: None for place, each in enumerate(instructions) if str(each.operator) in _SHOWS and _says(each)}
    if len(shows) != len(drawn):
        return None
    blocks = dict(zip(shows, drawn, strict=True))
    needless: set[int] = set()
    opened: list[str] = []
    free: list[int] = []
    marked: list[int] = []
    for place, each in enumerate(instructions):
        operator = str(each.operator)
        if operator in {"BMC", "BDC"}:
            loose = _has_mark(each) and (page.objgen, int(each.operands[1].MCID)) not in held
            opened.append("loose" if loose else "kept")
            if loose:
                needless.add(place)
        elif operator == "EMC" and opened and opened.pop() == "loose":
            needless.add(place)
        elif place in shows and "kept" not in opened:
            (marked if opened else free).append(place)
    # Headers and footers are drawn before all cells, and marked; other text that is marked is of cells.
    leading = [place for place in marked if not free or place < free[0]]
    own = sorted({*free, *marked} - set(leading))
    owners = match([blocks[place] for place in own], cells, start)
    if owners is None:
        return None
    found: dict[int, int | None] = dict.fromkeys([*leading, *own])
    found |= {own[index]: owner for index, owner in owners.items()}
    return _Page(page, instructions, frozenset(needless), found)


def _is_whole(table: SheetTable, pages: Sequence[_Page], drawn: Sequence[Block]) -> bool:
    """Whether every cell was found that is drawn at all."""
    found = {owner for page in pages for owner in page.owners.values()}
    words = "".join(squeezed(block.text).casefold() for block in drawn)
    return not any(cell.plain and cell.plain in words for index, cell in enumerate(table.cells) if index not in found)


def _says(instruction: Any) -> bool:
    """Whether an instruction draws any letter."""
    operand = instruction.operands[-1]
    pieces = operand.as_list() if isinstance(operand, Array) else [operand]
    return any(isinstance(piece, pikepdf.String) and len(bytes(piece)) for piece in pieces)


def _texts(pdf: bytes) -> Iterator[list[Block]]:
    """The pieces of text of each page, in the order in which they are drawn."""
    import pypdfium2
    from pypdfium2 import raw

    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            text_page = page.get_textpage()
            blocks = []
            for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=1, textpage=text_page):
                matrix = thing.get_matrix()
                blocks.append(Block(thing.extract(), matrix.e, matrix.f))
            yield blocks
            text_page.close()
            page.close()
    finally:
        document.close()


def _figures(document: Pdf) -> Iterator[Object]:
    """The figures at the top of the present structure tree: charts and pictures."""
    waiting: list[Any] = [document.Root.get("/StructTreeRoot")]
    while waiting:
        element = waiting.pop(0)
        if isinstance(element, Dictionary) and element.get("/S") == "/Figure":
            yield element
        elif isinstance(element, Dictionary):
            kids = element.get("/K")
            waiting += kids.as_list() if isinstance(kids, Array) else [kids]


def _held(figure: Object) -> Iterator[Mark]:
    """The marked content that a figure holds: page and identifier."""
    waiting: list[tuple[Any, tuple[int, int]]] = [(figure, (0, 0))]
    while waiting:
        each, on = waiting.pop(0)
        if isinstance(each, int):
            yield on, each
        elif isinstance(each, Dictionary):
            on = each.Pg.objgen if "/Pg" in each else on
            kids = each.get("/MCID", each.get("/K"))
            waiting += [(kid, on) for kid in (kids.as_list() if isinstance(kids, Array) else [kids])]


def _table(document: Pdf, top: Object, table: SheetTable, pages: Sequence[_Page]) -> Object:
    """The table of one sheet, with the marks in the content of its pages that it needs."""
    content: dict[tuple[int, int], list[Object]] = {}
    for each in pages:
        seen = {row for row, _ in content}
        for cell_index, mcid in _mark(document, each, table.cells, seen):
            cell = table.cells[cell_index]
            mark = Dictionary(Type=Name.MCR, Pg=each.page, MCID=mcid)
            content.setdefault((cell.row, cell.column), []).append(mark)
    made = document.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Table, P=top, K=Array()))
    rows, columns = _extent(table.cells)
    header = _header_row(table.cells)
    for row in rows:
        line = document.make_indirect(Dictionary(Type=Name.StructElem, S=Name.TR, P=made, K=Array()))
        for column in columns:
            kids = Array(content.get((row, column), []))
            made_cell = document.make_indirect(Dictionary(Type=Name.StructElem, S=Name.TD, P=line, K=kids))
            if row == header:
                made_cell.S = Name.TH
                made_cell.A = Dictionary(O=Name.Table, Scope=Name.Column)
            line.K.append(made_cell)
        made.K.append(line)
    return made


def _mark(document: Pdf, page: _Page, cells: Sequence[ShownCell], seen: set[int]) -> Iterator[tuple[int, int]]:
    """Marks the text of a page; gives each cell with the identifier of a piece of it."""
    used = [int(each.operands[1].MCID) for each in page.instructions if _has_mark(each)]
    following = max(used, default=-1) + 1
    written: list[Any] = []
    for place, each in enumerate(page.instructions):
        owner = page.owners.get(place)
        if place in page.needless:
            continue
        if owner is not None and cells[owner].row not in seen:
            properties = Dictionary(MCID=following)
            written += [ContentStreamInstruction([Name.Span, properties], Operator("BDC")), each, _END]
            yield owner, following
            following += 1
        elif place in page.owners:
            written += [_ARTIFACT, each, _END]
        else:
            written.append(each)
    page.page.Contents = document.make_stream(pikepdf.unparse_content_stream(written))
    page.page.Tabs = Name.S


def _has_mark(instruction: Any) -> bool:
    """Whether an instruction begins content that a tag may hold."""
    if str(instruction.operator) != "BDC":
        return False
    properties = instruction.operands[1]
    return isinstance(properties, Dictionary) and "/MCID" in properties


def _extent(cells: Sequence[ShownCell]) -> tuple[list[int], range]:
    """The rows that show something, and every column from the first to the last of them."""
    columns = [cell.column for cell in cells]
    return sorted({cell.row for cell in cells}), range(min(columns, default=0), max(columns, default=-1) + 1)


def _header_row(cells: Sequence[ShownCell]) -> int | None:
    """The first of the upper rows that names every column in words or years; None if there is none."""
    rows, columns = _extent(cells)
    for row in rows[:_HEADER_WITHIN]:
        named = [cell for cell in cells if cell.row == row]
        if len(columns) > 1 and len(named) == len(columns) and all(_names(cell) for cell in named) and row != rows[-1]:
            return row
    return None


def _names(cell: ShownCell) -> bool:
    return not cell.number or (cell.text.strip().isdigit() and int(cell.text) in _YEARS)
