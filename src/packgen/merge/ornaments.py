"""Lines and areas that a tagged page draws without saying what they are.

Takes a page that has tags; marks what it paints outside of any marked content as an artifact, as its author's program
should have done (ISO 14289-1, 7.1). Words and pictures without a mark are left as they are: that nobody hears them is
for their author to mend, and is reported. Never changes what the page shows.
"""

from __future__ import annotations

import pikepdf
from pikepdf import ContentStreamInstruction, Name, Object, Operator, Pdf

from packgen.merge.contents import parse

_BEGIN = frozenset(["m", "re"])
_PAINT = frozenset(["S", "s", "f", "F", "f*", "B", "B*", "b", "b*"])
_OPEN = ContentStreamInstruction([Name.Artifact], Operator("BMC"))
_CLOSE = ContentStreamInstruction([], Operator("EMC"))


def mark_ornaments(pdf: Pdf, page: Object) -> bool:
    """Mark what a page paints without a mark; whether there was anything.

    Raises:
        pikepdf.PdfError: the content cannot be read.
    """
    instructions: list[ContentStreamInstruction] = []
    marks, begun, found = 0, None, False
    for instruction in parse(page):
        operator = str(instruction.operator)
        if operator in {"BMC", "BDC"}:
            marks += 1
        elif operator == "EMC":
            marks = max(marks - 1, 0)
        elif operator in _BEGIN and begun is None:
            begun = len(instructions)
        elif operator == "n":
            begun = None
        elif operator in _PAINT:
            if not marks and begun is not None:
                instructions.insert(begun, _OPEN)
                instructions += [instruction, _CLOSE]
                begun, found = None, True
                continue
            begun = None
        elif operator == "sh" and not marks:
            instructions += [_OPEN, instruction, _CLOSE]
            found = True
            continue
        instructions.append(instruction)
    if found:
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(instructions))
    return found
