"""A page's content as a tree of what cannot be split, so that marks can be set between.

Takes the decoded content of a page and its resources; gives a `Drawing`: groups (`q`...`Q`, `BT`...`ET`, layers) and in
them units, each one painting operator with the path it paints, numbered in the order of painting. Marked content of
the author's is left out but for layers; a form XObject that draws words becomes part of the page's own content where
that draws the same. Never guesses at content that is not well-formed: that is `Unclear`.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from zlib import crc32

import pikepdf
from pikepdf import Array, Name, Object, Operator, Pdf, Stream

from packgen.merge import contents
from packgen.merge.untagged.forms import Resources, may_be_inlined, renamed

_MOST_BYTES = 1_000_000
"""Of decoded content: a plan with a million lines has no paragraphs that would be worth the time."""
_MOST_NESTED = 100
"""Groups and forms within each other; readers need not go deeper than 28 (ISO 32000-1, annex C.2)."""

TEXT, PATH, OBJECT = "text", "path", "object"

_SHOWS = frozenset({"Tj", "TJ", "'", '"'})
_CONSTRUCTS = frozenset({"m", "l", "c", "v", "y", "h", "re"})
_CLIPS = frozenset({"W", "W*"})
_PAINTS_PATH = frozenset({"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "n"})
_OTHERS = frozenset(
    [
        "w",
        "J",
        "j",
        "M",
        "d",
        "ri",
        "i",
        "gs",
        "cm",
        "Tc",
        "Tw",
        "Tz",
        "TL",
        "Tf",
        "Tr",
        "Ts",
        "Td",
        "TD",
        "Tm",
        "T*",
        "CS",
        "cs",
        "SC",
        "SCN",
        "sc",
        "scn",
        "G",
        "g",
        "RG",
        "rg",
        "K",
        "k",
        "MP",
        "DP",
        "BX",
        "EX",
    ]
)
_SETS_TYPE = frozenset({"Tf", "Tc", "gs"})
_POINTS = frozenset({"MP", "DP"})
_NUMBERS = {
    **dict.fromkeys(["q", "Q", "BT", "ET", "h", "EMC", "T*"], 0), **dict.fromkeys(["m", "l", "Td", "TD", "Tf"], 2),
    **dict.fromkeys(["v", "y", "re"], 4), **dict.fromkeys(["c", "cm", "Tm"], 6),
}  # fmt: skip
_OPERANDS = {**dict.fromkeys(["Tj", "TJ", "'", "Do"], 1), '"': 3}
"""How many operands those operators take that would draw elsewhere with others: numbers and names, or anything."""
_CLOSES = {"Q": "q", "ET": "BT", "EMC": "BDC"}
_WIDE_KERN = re.compile(rb"-[1-9][0-9]{3,}")
_COLUMN_KERN = -1000
"""Thousandths of the type size: so far apart, strings of one operator may be cells of a row."""


class Unclear(Exception):  # noqa: N818  # no error: the page is tagged in another way
    """Content is not well-formed enough to set marks into it."""


_State = tuple[bytes, bytes]
"""The operators that set the font and the room between letters."""


@dataclass(slots=True)
class Unit:
    """Operators that stay together. `number` counts what paints from 0; None paints nothing.

    `curves` and `lines` are how many of them a path has. `font` and `spacing` are the operators that set a text's font
    and the room between its letters, empty if that is not known or was not set. `source` tells things from each other
    that are drawn with the same operator: the object's number, or else what the code comes to.
    """

    code: bytes
    number: int | None = None
    kind: str = ""
    curves: int = 0
    lines: int = 0
    font: bytes = b""
    spacing: bytes = b""
    source: int = 0


@dataclass(slots=True)
class Group:
    """What stands between an operator and the one that closes it; the page as a whole has neither."""

    kind: str = ""
    opening: bytes = b""
    closing: bytes = b""
    kids: list[Unit | Group] = field(default_factory=list)


@dataclass
class Drawing:
    """A page's content. `units` are those that paint, by number; `resources` is what the page then needs."""

    top: Group
    units: list[Unit]
    resources: Resources


def read_drawing(pdf: Pdf, page: Object, content: bytes) -> Drawing:
    """The content of a page of `pdf`, whose decoded bytes are `content`.

    Raises:
        Unclear: its operators do not nest, or are none of PDF's, or there are too many.
        pikepdf.PdfError: it cannot be read.
    """
    resources = Resources(pdf, page.get("/Resources"))
    reader = _Reader(pdf, resources)
    top = reader.read(content, None, 0, (b"", b""))
    return Drawing(top, reader.units, resources)


def written(group: Group, opening_of: Callable[[int], bytes | None]) -> Iterator[bytes]:
    """The content with every unit that paints between a mark of its own and `EMC`; without if it has none."""
    yield group.opening
    for kid in group.kids:
        if isinstance(kid, Group):
            yield from written(kid, opening_of)
        else:
            mark = opening_of(kid.number) if kid.number is not None else None
            yield kid.code if mark is None else b"%s %s EMC\n" % (mark, kid.code)
    yield group.closing


@dataclass
class _Reader:
    pdf: Pdf
    resources: Resources
    units: list[Unit] = field(default_factory=list)
    budget: int = _MOST_BYTES

    def read(self, content: bytes, form: Object | None, depth: int, state: _State) -> Group:
        """The tree of a page's content, or of that of a `form` that is drawn on it."""
        self.budget -= len(content)
        if self.budget < 0 or depth > _MOST_NESTED:
            raise Unclear
        level = _Level(self, form, depth, state)
        instructions = self._parsed(content)
        if not instructions or str(instructions.pop().operator) != "MP":
            raise Unclear
        if form is not None:
            instructions = [renamed(self.resources, form, each) for each in instructions]
        for instruction, code in zip(instructions, _codes(instructions), strict=True):
            level.take(instruction, code)
        return level.whole()

    def _parsed(self, content: bytes) -> list[pikepdf.ContentStreamInstruction]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return list(pikepdf.parse_content_stream(self.pdf.make_stream(content + contents.LAST)))  # type: ignore[arg-type]  # no inline images by type

    def paint(self, code: bytes, kind: str) -> Unit:
        unit = Unit(code, len(self.units), kind)
        self.units.append(unit)
        return unit


class _Level:
    """One content stream while it is read."""

    def __init__(self, reader: _Reader, form: Object | None, depth: int, state: _State) -> None:
        self._reader = reader
        self._form = form
        self._depth = depth
        self._top = Group()
        self._open = [self._top]
        self._marks: list[bool] = []
        self._path: list[bytes] = []
        self._curves = self._lines = 0
        self._font, self._spacing = state
        self._saved: list[_State] = []

    def take(self, instruction: pikepdf.ContentStreamInstruction, code: bytes) -> None:
        """Take the next instruction; `code` is how it is written, on a line of its own."""
        operator = code[code.rfind(b" ") + 1 : -1].decode("ascii")
        count = code.count(b" ")
        if b"null" in code or _NUMBERS.get(operator, -1 if operator not in _OTHERS else count) != count:
            operator = _known(instruction, operator, code)
        if operator in _OTHERS:
            self._add(Unit(code))
            if operator in _SETS_TYPE:
                self._set_type(operator, code)
        elif operator in _CONSTRUCTS or (self._path and operator in _CLIPS):
            self._path.append(code)
            self._curves += operator in "cvy"
            self._lines += operator == "l"
        elif operator in _PAINTS_PATH:
            self._end_path(code, paints=operator != "n")
        elif operator in _SHOWS:
            self._show(operator, instruction, code)
        elif operator in {"q", "BT"}:
            if operator == "q":
                self._saved.append((self._font, self._spacing))
            self._begin(operator, code, b"Q\n" if operator == "q" else b"ET\n")
        elif operator in _CLOSES and operator != "EMC":
            if operator == "Q" and self._saved:
                self._font, self._spacing = self._saved.pop()
            self._end(_CLOSES[operator])
        else:
            self._take_rarer(operator, instruction, code)

    def _take_rarer(self, operator: str, instruction: pikepdf.ContentStreamInstruction, code: bytes) -> None:
        if operator == "Do":
            self._draw(instruction, code)
        elif operator in {"sh", "INLINE IMAGE"}:
            if operator != "sh" and self._form is not None and "/ColorSpace" in self._form.get("/Resources", {}):
                raise Unclear  # its colour space may have a name that only the form knows
            unit = self._reader.paint(code, OBJECT)
            unit.source = crc32(code)
            self._add(unit)
        elif operator in {"BMC", "BDC", "EMC"}:
            self._mark(operator, instruction, code)
        elif operator not in _POINTS:
            raise Unclear

    def whole(self) -> Group:
        """The tree, whatever was left open closed."""
        self._flush_path()
        return self._top

    def _add(self, unit: Unit) -> None:
        if unit.number is None and self._path:
            self._path.append(unit.code)
            return
        self._flush_path()
        kids = self._open[-1].kids
        before = kids[-1] if kids else None
        if unit.number is None and isinstance(before, Unit) and before.number is None:
            before.code += unit.code
        else:
            kids.append(unit)

    def _end_path(self, code: bytes, *, paints: bool) -> None:
        """Make the path and the operator that paints it one unit."""
        code = b"".join(self._path) + code
        self._path = []
        if paints:
            unit = self._reader.paint(code, PATH)
            unit.curves, unit.lines = self._curves, self._lines
            unit.source = crc32(code)
        else:
            unit = Unit(code)
        self._curves = self._lines = 0
        self._add(unit)

    def _flush_path(self) -> None:
        if self._path:
            code, self._path = b"".join(self._path), []
            self._open[-1].kids.append(Unit(code))

    def _set_type(self, operator: str, code: bytes) -> None:
        """Take note of the font, which a graphics state may also set, and of the room between letters."""
        if operator == "Tf":
            self._font = code
        elif operator == "Tc":
            self._spacing = code
        else:
            self._font = b""

    def _show(self, operator: str, instruction: pikepdf.ContentStreamInstruction, code: bytes) -> None:
        if operator == "TJ" and _WIDE_KERN.search(code):
            codes = [pikepdf.unparse_content_stream([part]) + b"\n" for part in _cells(instruction.operands[0])]
        else:
            codes = [code]
        if operator == '"':
            self._spacing = pikepdf.unparse_content_stream([([instruction.operands[1]], Operator("Tc"))]) + b"\n"
        for each in codes:
            unit = self._reader.paint(each, TEXT)
            unit.font, unit.spacing = self._font, self._spacing
            self._add(unit)

    def _draw(self, instruction: pikepdf.ContentStreamInstruction, code: bytes) -> None:
        """An image or a form; one that draws words is drawn by its own operators from here on."""
        thing = self._reader.resources.get("/XObject", instruction.operands[0])
        inside_text = any(group.kind == "BT" for group in self._open)
        if not isinstance(thing, Stream) or inside_text or not may_be_inlined(self._reader.resources, thing):
            unit = self._reader.paint(code, OBJECT)
            unit.source = thing.objgen[0] if isinstance(thing, Stream) else 0
            self._add(unit)
            return
        self._begin("q", b"q\n", b"Q\n")
        if "/Matrix" in thing:
            self._add(Unit(pikepdf.unparse_content_stream([(thing.Matrix.as_list(), Operator("cm"))]) + b"\n"))
        left, bottom, right, top = (float(length) for length in thing.BBox.as_list())
        self._add(Unit(b"%f %f %f %f re W n\n" % (left, bottom, right - left, top - bottom)))
        inner = self._reader.read(thing.read_bytes(), thing, self._depth + len(self._open), (self._font, self._spacing))
        self._open[-1].kids += inner.kids
        self._end("q")

    def _mark(self, operator: str, instruction: pikepdf.ContentStreamInstruction, code: bytes) -> None:
        """Keep layers; leave out all other marked content."""
        if operator != "EMC":
            layer = len(instruction.operands) > 0 and instruction.operands[0] == Name.OC
            self._marks.append(layer)
            if layer:
                self._begin("BDC", code, b"EMC\n")
        elif self._marks and self._marks.pop():
            self._end("BDC")

    def _begin(self, kind: str, opening: bytes, closing: bytes) -> None:
        self._flush_path()
        if self._depth + len(self._open) > _MOST_NESTED:
            raise Unclear
        group = Group(kind, opening, closing)
        self._open[-1].kids.append(group)
        self._open.append(group)

    def _end(self, kind: str) -> None:
        """Close a group; what closes nothing is passed over, as readers do."""
        self._flush_path()
        if self._open[-1].kind == kind:
            self._open.pop()
        elif any(group.kind == kind for group in self._open):
            raise Unclear


def _codes(instructions: list[pikepdf.ContentStreamInstruction]) -> list[bytes]:
    """How instructions are written, each with the end of its line."""
    lines = pikepdf.unparse_content_stream(instructions).split(b"\n")
    if len(lines) != len(instructions):  # pictures that stand in the content itself may have any bytes
        lines = [pikepdf.unparse_content_stream([each]) for each in instructions]
    return [line + b"\n" for line in lines]


def _known(instruction: pikepdf.ContentStreamInstruction, operator: str, code: bytes) -> str:
    """The operator of an instruction with other operands than a few numbers, if it means the same to all programs."""
    if operator in _NUMBERS:
        raise Unclear
    operator = str(instruction.operator)
    count = len(instruction.operands)
    if count != _OPERANDS.get(operator, count) or (b"null" in code and contents.is_broken(instruction)):
        raise Unclear
    return operator


def _cells(strings: Object) -> Iterator[tuple[list[Array], Operator]]:
    """The operands of one `TJ` as several that draw the same, divided where it leaves much room."""
    part: list[object] = []
    for each in strings.as_list() if isinstance(strings, Array) else [strings]:
        if not isinstance(each, Object) and float(each) <= _COLUMN_KERN and part:
            yield [Array(part)], Operator("TJ")
            part = []
        part.append(each)
    yield [Array(part)], Operator("TJ")
