"""What packgen draws on pages: page numbers, markings, and the notice on blank pages.

Takes pages whose tags are settled; draws on each in its visible frame, whatever the page's own rotation, boxes or
content do. Page numbers and repeated markings are artifacts: a screen reader learns the number from the page label.
Never changes an author's drawing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from msgspec import msgpack
from pikepdf import Object, Pdf

from packgen.merge import contents
from packgen.merge.frames import Frame, matrix_operator, number
from packgen.merge.lettering import BOLD, REGULAR, Lettering, fonts_of
from packgen.merge.values import JoinedPage, PageTags
from packgen.model import StampStyle

MILLIMETRE = 72 / 25.4

BLANK_NOTICE = "This page is intentionally left blank"
_BLANK_SIZE = 12.0
_BLANK_LEAD = 16.0
_BLANK_GREY = 0.42  # 5.4:1 on white; WCAG 2.2 asks for 4.5:1

_SIDE_MARGIN = 25 * MILLIMETRE
_STAMP_BASELINE = 8 * MILLIMETRE
# A marking stands above where Word puts page headers, 12.7 mm from the head, and takes one line of an upright A4 page.
_MARKING_SIZE = 10.0
_MARKING_LEAD = 12.0
_MARKING_TOP = 7.5 * MILLIMETRE
_MARKING_MARGIN = 12 * MILLIMETRE
_RULE = 0.75

_FOOTER = b"/Artifact <</Type /Pagination /Subtype /Footer>> BDC"
_HEADER = b"/Artifact <</Type /Pagination /Subtype /Header>> BDC"


_Page = tuple[JoinedPage, PageTags, str | None]
"""A page with its tags, and the marking of its document."""


def draw_pages(pack: Pdf, pages: Sequence[_Page], style: StampStyle | None) -> None:
    """Draw on every page. Without a style, no numbers."""
    lettering = Lettering()
    codes = page_codes(lettering, pages, style)
    draw_codes(pack, pages, codes, fonts_of(lettering.fonts(), pack))


def page_codes(lettering: Lettering, pages: Sequence[_Page], style: StampStyle | None) -> tuple[bytes, ...]:
    """What is drawn on each page, in operators."""
    return tuple([_page_code(lettering, *page, style) for page in pages])


def draw_codes(pack: Pdf, pages: Sequence[_Page], codes: Sequence[bytes], fonts: Mapping[str, Object]) -> None:
    """Draw on each page what `page_codes` gave for it, in `fonts` by their names."""
    opening = pack.make_stream(b"q\n")
    for (joined, tags, _), code in zip(pages, codes, strict=True):
        if tags.shape is not None:
            contents.wrap(pack, joined.page, tags.shape, opening, code)
        else:
            joined.page.Contents = pack.make_stream((tags.own or b"") + code)
    for name, font in fonts.items():
        drawing = name.encode("ascii")
        for (joined, _, _), code in zip(pages, codes, strict=True):
            if drawing in code:
                contents.add_resource(joined.page, "/Font", name, font)


def asked_of_pages(pages: Sequence[_Page], style: StampStyle | None, alphabet: str) -> bytes:
    """All that the drawing on pages depends on."""
    return hashlib.sha256(msgpack.encode((style, alphabet, [_asked(*page) for page in pages]))).digest()


def _asked(joined: JoinedPage, tags: PageTags, marking: str | None) -> tuple[object, ...]:
    """All that the drawing on a page depends on."""
    page = joined.planned
    return joined.frame, page.page_number, page.right_hand, page.note, tags.over, tags.notice, tags.marking, marking


def _page_code(
    lettering: Lettering, joined: JoinedPage, tags: PageTags, marking: str | None, style: StampStyle | None
) -> bytes:
    code = tags.over
    if tags.notice is not None:
        code += b"/P <</MCID %d>> BDC\n%s\nEMC\n" % (tags.notice, _notice(lettering, joined))
    if marking:
        opening = _HEADER if tags.marking is None else b"/P <</MCID %d>> BDC" % tags.marking
        code += b"%s\n%s\nEMC\n" % (opening, _marking(lettering, joined.frame, marking))
    return code if style is None else code + b"%s\n%s\nEMC\n" % (_FOOTER, _stamp(lettering, joined, style))


def _stamp(lettering: Lettering, joined: JoinedPage, style: StampStyle) -> bytes:
    """The page number at the foot of the page as it is bound, smaller where there is not enough room."""
    frame = joined.frame.bound()
    text = style.text.replace("{number}", joined.planned.page_number)
    margin = min(_SIDE_MARGIN, frame.width / 8)
    full = lettering.width(text, REGULAR, style.size)
    size = min(style.size, style.size * (frame.width - 2 * margin) / max(full, 1.0), frame.height / 3)
    width = full * size / style.size
    baseline = min(_STAMP_BASELINE, frame.height / 4)
    side = style.side
    if side == "outer":
        side = "right" if joined.planned.right_hand else "left"
    x = {"left": margin, "centre": (frame.width - width) / 2, "right": frame.width - margin - width}[side]
    return _in_frame(frame, b"0 g " + lettering.line(text, REGULAR, size, x, baseline))


def _notice(lettering: Lettering, joined: JoinedPage) -> bytes:
    """What a blank page says, in the middle of it: that it is blank, or why."""
    frame = joined.frame
    lines = lettering.wrap(
        joined.planned.note or BLANK_NOTICE, REGULAR, _BLANK_SIZE, frame.width - 2 * min(_SIDE_MARGIN, frame.width / 8)
    )
    y = frame.height / 2 + (len(lines) - 1) * _BLANK_LEAD / 2
    code = [b"%s g" % number(_BLANK_GREY)]
    for place, line in enumerate(lines, 1):
        x = (frame.width - lettering.width(line, REGULAR, _BLANK_SIZE)) / 2
        # A space, so that no words run together.
        text = line if place == len(lines) else f"{line} "
        code.append(lettering.line(text, REGULAR, _BLANK_SIZE, x, y))
        y -= _BLANK_LEAD
    return _in_frame(frame, b"\n".join(code))


def _marking(lettering: Lettering, frame: Frame, text: str) -> bytes:
    """A marking at the head of the page as it is seen, over its whole measure, with a rule below."""
    margin = min(_MARKING_MARGIN, frame.width / 16)
    lines = lettering.wrap(text, BOLD, _MARKING_SIZE, frame.width - 2 * margin)
    y = frame.height - min(_MARKING_TOP, _MARKING_TOP - (len(lines) - 2) * _MARKING_LEAD / 2)
    code = [b"0 g 0 G"]
    for line in lines:
        code.append(
            lettering.line(f"{line} ", BOLD, _MARKING_SIZE, margin, y)
        )  # a space, so that no words run together
        y -= _MARKING_LEAD
    rule = y + _MARKING_LEAD - 4
    ends = [number(length) for length in (_RULE, margin, rule, frame.width - margin, rule)]
    code.append(b"%s w %s %s m %s %s l S" % tuple(ends))
    return _in_frame(frame, b"\n".join(code))


def _in_frame(frame: Frame, code: bytes) -> bytes:
    return b"q %s\n%s\nQ" % (matrix_operator(frame.to_page), code)
