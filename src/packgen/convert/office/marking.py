"""Marks of drawn content: what LibreOffice leaves unmarked is either decoration or untagged text.

Takes a page; wraps lines, fills and pictures that nothing holds as artifacts (ISO 14289-1, 7.1), and tells whether
there is text that no tag holds. Never touches what is drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Object, Operator, Pdf, Stream

_BEGINS = {"BMC", "BDC"}
_MARKS = {*_BEGINS, "EMC"}
_PATH = {"m", "re"}
_PAINTS = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "n"}
_ALONE = {"sh", "INLINE IMAGE"}
_TEXT = {"Tj", "TJ", "'", '"'}
_ARTIFACT = pikepdf.ContentStreamInstruction([Name.Artifact], Operator("BMC"))
_END = pikepdf.ContentStreamInstruction([], Operator("EMC"))


def mark_decoration(pdf: Pdf, page: Object) -> bool:
    """Marks the decoration of a page; whether all of its text is held by tags."""
    parsed = list(pikepdf.parse_content_stream(page))
    instructions = list(_lifted(page, parsed))
    kept: list[Any] = []
    depth, path_start, whole = 0, None, True
    changed = len(instructions) != len(parsed)
    for instruction in instructions:
        operator = str(instruction.operator)
        if operator in _BEGINS:
            depth += 1
        elif operator == "EMC":
            depth -= 1
        elif depth == 0:
            if operator in _PATH and path_start is None:
                path_start = len(kept)
            elif operator in _PAINTS:
                if path_start is not None and operator != "n":
                    kept.insert(path_start, _ARTIFACT)
                    kept += [instruction, _END]
                    path_start, changed = None, True
                    continue
                path_start = None
            elif operator in _TEXT:
                whole = False
            elif operator in _ALONE or operator == "Do":
                form = _form(page, instruction) if operator == "Do" else None
                if form is not None and any(_texts(form)):
                    whole = False
                else:
                    kept += [_ARTIFACT, instruction, _END]
                    changed = True
                    continue
        kept.append(instruction)
    if changed:
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(kept))
    return whole


def _lifted(page: Object, instructions: Iterable[Any]) -> Iterator[Any]:
    """The instructions of a page, with the marks that stand inside its forms.

    LibreOffice begins a mark in a form, such as the shadow of a shape, and ends it on the page.
    """
    for instruction in instructions:
        form = _form(page, instruction) if str(instruction.operator) == "Do" else None
        inside = list(pikepdf.parse_content_stream(form)) if form is not None else []
        marks = [each for each in inside if str(each.operator) in _MARKS]
        if form is None or not marks:
            yield instruction
            continue
        form.write(pikepdf.unparse_content_stream([each for each in inside if str(each.operator) not in _MARKS]))
        begun = max((at for at, each in enumerate(marks, 1) if str(each.operator) in _BEGINS), default=0)
        yield from (*marks[:begun], instruction, *marks[begun:])


def _form(page: Object, instruction: Any) -> Object | None:
    """The form that an instruction draws; None for an image."""
    drawn = page.get("/Resources", Dictionary()).get("/XObject", Dictionary()).get(str(instruction.operands[0]))
    return drawn if isinstance(drawn, Stream) and drawn.get("/Subtype") == "/Form" else None


def _texts(form: Object) -> Iterator[bool]:
    for instruction in pikepdf.parse_content_stream(form):
        if str(instruction.operator) in _TEXT:
            yield True
