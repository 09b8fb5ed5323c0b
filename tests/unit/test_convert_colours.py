"""Drawn pages have the colours of their output intent; other profiles stay where they are."""

from __future__ import annotations

import io

import pikepdf

from docx_parts import docx, draw, paragraph
from packgen.convert.colours import in_device_colours


def spaces(pdf: bytes) -> set[str]:
    """The colour spaces that pages are drawn in."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return {
            str(space) if isinstance(space, pikepdf.Name) else str(space[0])
            for page in document.pages
            for space in page.Resources.get("/ColorSpace", pikepdf.Dictionary()).values()
        }


def test_words_in_black_grey_and_colour_need_no_profile() -> None:
    words = [paragraph("black"), *(paragraph("x", run=f'<w:color w:val="{ink}"/>') for ink in ("808080", "C00000"))]
    pdf = draw(docx("".join(words))).pdf
    assert spaces(pdf) == {"/DeviceGray", "/DeviceRGB"}
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert document.Root.OutputIntents[0].DestOutputProfile.N == 3


def test_what_is_not_known_stays_as_it_is() -> None:
    foreign = b"%PDF\n1 0 obj\n[/ICCBased 2 0 R]\nendobj\n2 0 obj\n<</Length 3/N 1>>\nstream\nabc\nendstream\nendobj\n"
    assert in_device_colours(foreign) == foreign
    intended = foreign + b"3 0 obj\n<</DestOutputProfile 2 0 R>>\nendobj\n"
    assert len(in_device_colours(intended)) == len(intended)
    assert b"\n/DeviceRGB       " in in_device_colours(intended)
