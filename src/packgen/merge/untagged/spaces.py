"""Spaces between words that a page only sets apart.

Takes text operators after or within which words are apart without a letter for it, as at the end of most lines; gives
code that draws the same and says a space there (ISO 32000-1, 14.8.2.5: word breaks are spaces in what is said). The
space comes from a font of its own in which it is empty and has no width. Never moves anything.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise, zip_longest

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Operator, Pdf

from packgen.merge.untagged.drawing import TEXT, Drawing, Unit
from packgen.merge.untagged.pieces import Piece
from packgen.merge.untagged.reading_order import Element

_FONT_NAME = "/PackgenSpace"

_CODE = 0x41
_TO_UNICODE = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CMapName /PackgenSpace def /CMapType 2 def
1 begincodespacerange <00> <FF> endcodespacerange
1 beginbfchar <%02X> <0020> endbfchar
endcmap CMapName currentdict /CMap defineresource pop end end
"""


def space_font(pdf: Pdf) -> Object:
    """A font with one letter: a space that is empty and takes no room."""
    glyph = pdf.make_stream(b"0 0 d0")
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type3,
            FontBBox=Array([0, 0, 0, 0]),
            FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
            CharProcs=Dictionary(space=glyph),
            Encoding=Dictionary(Type=Name.Encoding, Differences=Array([_CODE, Name.space])),
            FirstChar=_CODE,
            LastChar=_CODE,
            Widths=Array([0]),
            Resources=Dictionary(),
            ToUnicode=pdf.make_stream(_TO_UNICODE % _CODE),
        )
    )


def set_spaces(
    drawing: Drawing, elements: Sequence[Element], blanks: Collection[int], font: Object, *, to_the_end: bool
) -> None:
    """Let a drawing's content say the spaces that it only shows.

    Args:
        drawing: the content; its units are changed.
        elements: what is read of it.
        blanks: the numbers of operators that show nothing but spaces.
        font: made by `space_font`.
        to_the_end: whether the last element goes on elsewhere, behind a space if no word is divided.
    """
    text = [number for number, unit in enumerate(drawing.units) if unit.kind == TEXT]
    spaced = {one for one, other in pairwise(text) if other in blanks}
    name = ""
    scratch = pikepdf.new()
    for element in elements:
        for piece, after in zip_longest(element.pieces, element.pieces[1:]):
            unit = drawing.units[piece.number]
            behind = piece.number in element.spaces and piece.number not in spaced and _meet(piece, after)
            if after is None and to_the_end and element is elements[-1]:
                behind = not (element.lines[-1].hyphenated or piece.text[-1:].isspace() or piece.number in spaced)
            if not unit.font or not (behind or piece.gaps):
                continue
            name = name or drawing.resources.add("/Font", _FONT_NAME, font)
            if piece.gaps:
                unit.code = _with_spaces_inside(scratch, unit, name, piece.gaps)
            if behind:
                unit.code += _space(unit, name)


def _meet(piece: Piece, after: Piece | None) -> bool:
    """Whether two pieces end and begin with letters."""
    return after is not None and not piece.text[-1:].isspace() and not after.text[:1].isspace()


def _with_spaces_inside(scratch: Pdf, unit: Unit, name: str, count: int) -> bytes:
    """The code of a `TJ` with spaces at the `count` places where it leaves most room."""
    (instruction,) = pikepdf.parse_content_stream(scratch.make_stream(unit.code))
    if str(instruction.operator) != "TJ":
        return unit.code
    strings = list(instruction.operands[0].as_list())
    letters = [index for index, each in enumerate(strings) if isinstance(each, Object)]
    rooms = sorted(
        (float(each), index) for index, each in enumerate(strings)
        if not isinstance(each, Object) and letters and letters[0] < index < letters[-1]
    )  # fmt: skip
    places = sorted(index for room, index in rooms[:count] if room < 0)
    code = []
    start = 0
    for place in [*places, len(strings)]:
        code.append(pikepdf.unparse_content_stream([([Array(strings[start:place])], Operator("TJ"))]))
        start = place
    return (b"\n" + _space(unit, name)).join(code) + b"\n"


def _space(unit: Unit, name: str) -> bytes:
    tight = b"0 Tc " if unit.spacing else b""
    return b"%s 1 Tf %s<%02X> Tj\n%s%s" % (name.encode("ascii"), tight, _CODE, unit.font, unit.spacing)
