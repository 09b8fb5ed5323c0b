"""Marks of a tagged page that say too little, or say what is not true.

Takes a page that has tags; marks lines and boxes that it paints outside of any marked content as artifacts, as its
author's program should have done (ISO 14289-1, 7.1), and takes away identifiers that no element holds. Words, pictures
and drawings without a mark are left as they are: that nobody hears them is for their author to mend, and is reported.
Never changes what the page shows.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field

import pikepdf
from pikepdf import ContentStreamInstruction, Dictionary, Name, Object, Operator, Pdf, Stream

from packgen.elements import ObjectId
from packgen.merge.contents import drawn_objects, parse, read_page, rewritable

_PAINT = frozenset(["S", "s", "f", "F", "f*", "B", "B*", "b", "b*"])
_TELLING = " ".join(["BMC", "BDC", "EMC", *sorted(_PAINT)])
_OPEN = ContentStreamInstruction([Name.Artifact], Operator("BMC"))
_CLOSE = ContentStreamInstruction([], Operator("EMC"))
_STRAIGHT = 0.01
"""Points that a line may be off the upright or the level."""


def mark_ornaments(pdf: Pdf, page: Object, held: Mapping[ObjectId, Container[int]]) -> None:
    """Mend the marks of a page and of the forms that it draws.

    Args:
        pdf: the pack.
        page: the page.
        held: the identifiers of marked content that elements hold, for each page and form. Content with another loses
            its identifier: nobody hears it, whatever its mark says.

    What cannot be read whole is left as it is, since it would look different afterwards.
    """
    mended = _mended(pdf, page, read_page(page), held.get(page.objgen, ()))
    if mended is not None:
        page.Contents = pdf.make_stream(mended)
    for number in drawn_objects([page]):
        form = pdf.get_object(number)
        if isinstance(form, Stream) and form.get("/Subtype") == "/Form":
            content = form.read_bytes()
            mended = _mended(pdf, form, content, held.get(number, ())) if b"/MCID" in content else None
            if mended is not None:
                form.write(mended)


def _mended(pdf: Pdf, holder: Object, content: bytes, held: Container[int]) -> bytes | None:
    """The content of a page or form with its marks mended, or None if nothing is to be mended."""
    if not _may_need_mending(pdf, holder, content, held):
        return None
    outlines = _Outlines()
    instructions: list[ContentStreamInstruction] = []
    marks, found = 0, False
    for read in rewritable(pdf, content):
        instruction = read
        operator = str(instruction.operator)
        if operator in {"BMC", "BDC"}:
            marks += 1
            mcid = _identifier(instruction, holder) if operator == "BDC" else None
            if mcid is not None and mcid not in held:
                instruction = ContentStreamInstruction([instruction.operands[0]], Operator("BMC"))
                found = True
        elif operator == "EMC":
            marks = max(marks - 1, 0)
        elif operator in _PAINT:
            if outlines.begun is not None and outlines.plain and not marks:
                instructions.insert(outlines.begun, _OPEN)
                instructions += [instruction, _CLOSE]
                found = True
                outlines = _Outlines()
                continue
            outlines = _Outlines()
        else:
            outlines.follow(operator, list(instruction.operands), len(instructions))
        instructions.append(instruction)
    return pikepdf.unparse_content_stream(instructions) if found else None


def _may_need_mending(pdf: Pdf, holder: Object, content: bytes, held: Container[int]) -> bool:
    """Whether anything is painted without a mark, or marked for no element.

    Asks for the few operators that tell, not for all that is drawn, which takes several times as long.
    """
    marks = 0
    try:
        for instruction in parse(pdf.make_stream(content), _TELLING):
            operator = str(instruction.operator)
            if operator == "EMC":
                marks = max(marks - 1, 0)
            elif operator in _PAINT:
                if not marks:
                    return True
            else:
                marks += 1
                mcid = _identifier(instruction, holder) if operator == "BDC" else None
                if mcid is not None and mcid not in held:
                    return True
    except (pikepdf.PdfError, TypeError, ValueError):
        return False  # nor could it be written again
    return False


@dataclass
class _Outlines:
    """The path that is being drawn: the place at which it was begun, and whether it is lines and boxes only."""

    begun: int | None = None
    plain: bool = True
    points: list[tuple[float, float]] = field(default_factory=list)

    def follow(self, operator: str, operands: Sequence[object], place: int) -> None:
        """Take note of an operator that may draw a part of the path."""
        if operator in {"m", "re"} and self.begun is None:
            self.begun = place
        if operator in {"c", "v", "y"}:
            self.plain = False
        elif operator == "n":
            self.begun, self.plain, self.points = None, True, []
        elif operator == "m":
            self.points = [_point(operands)]
        elif operator == "l" and self.points:
            self.points.append(_point(operands))
            self._judge(*self.points[-2:])
        elif operator == "h" and self.points:
            self._judge(self.points[-1], self.points[0])

    def _judge(self, one: tuple[float, float], other: tuple[float, float]) -> None:
        off = min(abs(one[0] - other[0]), abs(one[1] - other[1]))
        self.plain = self.plain and off <= _STRAIGHT


def _point(operands: Sequence[object]) -> tuple[float, float]:
    x, y = (float(each) for each in operands[:2])  # type: ignore[arg-type]  # numbers, or it would not be read
    return x, y


def _identifier(instruction: ContentStreamInstruction, holder: Object) -> int | None:
    """The identifier of marked content, whose properties may stand among the resources (ISO 32000-1, 14.6.2)."""
    properties: object = instruction.operands[1] if len(instruction.operands) > 1 else None
    if isinstance(properties, Name):
        resources = holder.get("/Resources")
        named = resources.get("/Properties") if isinstance(resources, Dictionary) else None
        properties = named.get(str(properties)) if isinstance(named, Dictionary) else None
    mcid = properties.get("/MCID") if isinstance(properties, Dictionary) else None
    return mcid if isinstance(mcid, int) else None
