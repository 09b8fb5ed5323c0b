"""Words in PDFs that nobody sees and everybody can copy are found on their page; what only looks like that passes."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from packgen.errors import Problem
from packgen.hygiene import check_hygiene


def picture() -> io.BytesIO:
    stream = io.BytesIO()
    Image.new("RGB", (60, 30), "white").save(stream, "PNG")
    stream.seek(0)
    return stream


def problems(folder: Path, data: bytes, *acknowledged: str) -> list[Problem]:
    file = folder / "a.pdf"
    file.write_bytes(data)
    return list(check_hygiene(file, acknowledged))


def pdf(
    draw: Callable[[Canvas], None], *, rotate: int = 0, crop: tuple[int, int] | None = None, pages: int = 1
) -> bytes:
    """Pages with a line of text at 100, 600, on which something is drawn after it."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(595, 842))
    for _ in range(pages):
        canvas.setFont("Helvetica", 12)
        if crop is not None:
            canvas.setCropBox((*crop, 595, 842))
        draw(canvas)
        canvas.showPage()
    canvas.save()
    turned = io.BytesIO()
    with pikepdf.open(target) as document:
        for page in document.pages:
            page.Rotate = rotate
        document.save(turned)
    return turned.getvalue()


def line(canvas: Canvas) -> None:
    canvas.drawString(100, 600, "The claimant Johnson lives in Marchford.")


def _box(left: float, width: float, ink: float = 0.0) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        line(canvas)
        canvas.setFillGray(ink)
        canvas.rect(left, 594, width, 18, stroke=0, fill=1)

    return draw


def _picture_over(canvas: Canvas) -> None:
    line(canvas)
    canvas.drawImage(ImageReader(picture()), 90, 590, 300, 30)


def _in_colours(paper: float, ink: float) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(paper)
        canvas.rect(90, 590, 300, 30, stroke=0, fill=1)
        canvas.setFillGray(ink)
        line(canvas)

    return draw


def _stroke(canvas: Canvas) -> None:
    line(canvas)
    canvas.setLineWidth(14)
    canvas.line(166, 604, 222, 604)


def _number_under_a_box(number: str) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 600, f"Born on {number} in Marchford.")
        canvas.rect(142, 594, 10 + 7 * len(number), 18, stroke=0, fill=1)

    return draw


def _scan_with_a_box(canvas: Canvas) -> None:
    _scan(canvas)
    canvas.rect(90, 590, 300, 30, stroke=0, fill=1)


def _scan(canvas: Canvas) -> None:
    """A picture of a page with its recognised words behind it."""
    words = canvas.beginText(100, 600)
    words.setTextRenderMode(3)
    words.textLine("The claimant Johnson lives in Marchford.")
    canvas.drawText(words)
    canvas.drawImage(ImageReader(picture()), 0, 0, 595, 842)


def _half_covered(low: float, high: float, left: float = 0.0) -> Callable[[Canvas], None]:
    """A box that does not reach all of each letter."""

    def draw(canvas: Canvas) -> None:
        line(canvas)
        canvas.rect(NAME[0] + left, 600 + low, NAME[1] - left, high - low, stroke=0, fill=1)

    return draw


def _labelled(canvas: Canvas) -> None:
    _box(*NAME)(canvas)
    canvas.setFillGray(1.0)
    canvas.setFontSize(8)
    canvas.drawString(NAME[0] + 3, 601, "REDACTED")


def _in_forms(depth: int) -> Callable[[Canvas], None]:
    """A name under a box, both in a form within others."""

    def draw(canvas: Canvas) -> None:
        canvas.beginForm("inner0")
        canvas.setFont("Helvetica", 12)
        _box(*NAME)(canvas)
        canvas.endForm()
        for level in range(1, depth):
            canvas.beginForm(f"inner{level}")
            canvas.doForm(f"inner{level - 1}")
            canvas.endForm()
        canvas.doForm(f"inner{depth - 1}")

    return draw


def _clipped(canvas: Canvas) -> None:
    """Words outside of the place to which drawing is confined."""
    canvas.drawString(100, 700, "Seen.")
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(100, 100, 50, 50)
    canvas.clipPath(path, stroke=0, fill=0)
    line(canvas)
    canvas.restoreState()


def _tiny(ink: float) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(ink)
        canvas.setFontSize(2)
        line(canvas)

    return draw


def _scan_with_paper_on_it(canvas: Canvas) -> None:
    _scan(canvas)
    canvas.setFillGray(1.0)
    canvas.rect(90, 590, 300, 30, stroke=0, fill=1)


def _boxed_heading(canvas: Canvas) -> None:
    """A dark box with light words on it, below other words, and a frame around all."""
    line(canvas)
    canvas.setFillGray(0.2)
    canvas.rect(90, 500, 300, 30, stroke=0, fill=1)
    canvas.setFillGray(1.0)
    canvas.drawString(100, 510, "Heading of the table")
    canvas.rect(80, 480, 400, 200, stroke=1, fill=0)


NAME = (168, 52)
"""Where the name begins in the line, and how wide it is, in points."""
HELD_IN_PDF = [
    ("black-box.pdf", lambda: pdf(_box(90, 300)), "page 1"),
    ("white-box.pdf", lambda: pdf(_box(90, 300, 1.0)), "page 1"),
    ("name.pdf", lambda: pdf(_box(*NAME)), "page 1"),
    ("rotated.pdf", lambda: pdf(_box(*NAME), rotate=90), "page 1"),
    ("upside-down.pdf", lambda: pdf(_box(*NAME), rotate=180), "page 1"),
    ("cropped.pdf", lambda: pdf(_box(*NAME), crop=(50, 300)), "page 1"),
    ("rotated-and-cropped.pdf", lambda: pdf(_box(*NAME), rotate=270, crop=(50, 300)), "page 1"),
    ("picture.pdf", lambda: pdf(_picture_over), "page 1"),
    ("white-words.pdf", lambda: pdf(_in_colours(1.0, 1.0)), "page 1"),
    ("black-words.pdf", lambda: pdf(_in_colours(0.0, 0.0)), "page 1"),
    ("nearly-white.pdf", lambda: pdf(_in_colours(1.0, 0.99)), "page 1"),
    ("stroke.pdf", lambda: pdf(_stroke), "page 1"),
    ("birthday.pdf", lambda: pdf(_number_under_a_box("04/03/71")), "page 1"),
    ("insurance.pdf", lambda: pdf(_number_under_a_box("AB 12 34 56 C")), "page 1"),
    ("scan-with-a-box.pdf", lambda: pdf(_scan_with_a_box), "page 1"),
    ("half.pdf", lambda: pdf(_half_covered(-2, 7.8)), "page 1"),
    ("above.pdf", lambda: pdf(_half_covered(1.5, 12)), "page 1"),
    ("late.pdf", lambda: pdf(_half_covered(-3, 12, 3)), "page 1"),
    ("labelled.pdf", lambda: pdf(_labelled), "page 1"),
    ("in-forms.pdf", lambda: pdf(_in_forms(4)), "page 1"),
    ("clipped.pdf", lambda: pdf(_clipped), "page 1"),
    ("tiny-white.pdf", lambda: pdf(_tiny(1.0)), "page 1"),
    ("scan-with-paper.pdf", lambda: pdf(_scan_with_paper_on_it), "page 1"),
    ("pages.pdf", lambda: pdf(_box(*NAME), pages=7), "pages 1, 2, 3, 4, 5 and 2 more"),
]
NOT_HELD_IN_PDF = [
    ("line.pdf", lambda: pdf(line)),
    ("box-beside.pdf", lambda: pdf(_box(400, 100))),
    ("thin-line.pdf", lambda: pdf(lambda canvas: (line(canvas), canvas.rect(90, 597, 300, 1, fill=1))[0])),
    ("white-on-blue.pdf", lambda: pdf(_in_colours(0.3, 1.0))),
    ("grey-on-white.pdf", lambda: pdf(_in_colours(1.0, 0.7))),
    ("scan.pdf", lambda: pdf(_scan)),
    ("only-a-box.pdf", lambda: pdf(lambda canvas: canvas.rect(90, 590, 300, 30, fill=1))),
    ("underlined.pdf", lambda: pdf(_half_covered(-3, 0.5))),
    ("tiny.pdf", lambda: pdf(_tiny(0.0))),
    ("heading.pdf", lambda: pdf(_boxed_heading)),
    ("rotated-line.pdf", lambda: pdf(_in_colours(0.9, 0.0), rotate=90, crop=(50, 300))),
]


@pytest.mark.parametrize(("name", "make", "place"), HELD_IN_PDF, ids=[each[0] for each in HELD_IN_PDF])
def test_they_are_found_on_their_page(tmp_path: Path, name: str, make: Callable[[], bytes], place: str) -> None:
    [problem] = problems(tmp_path, make())
    assert (problem.code, problem.pointer, problem.severity) == ("hygiene.covered-words", place, "error")
    assert not problems(tmp_path, make(), "covered-words")


@pytest.mark.parametrize(("name", "make"), NOT_HELD_IN_PDF, ids=[each[0] for each in NOT_HELD_IN_PDF])
def test_what_only_looks_like_that_passes(tmp_path: Path, name: str, make: Callable[[], bytes]) -> None:
    assert problems(tmp_path, make()) == []


def test_a_box_that_is_a_remark_covers_words_too(tmp_path: Path) -> None:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(line))) as document:
        look = document.make_stream(b"0 g 0 0 300 30 re f")
        look.Type, look.Subtype, look.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 300, 30]
        box = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Square, Rect=[90, 590, 390, 620], F=4, AP={"/N": look}
        )
        document.pages[0].Annots = [document.make_indirect(box)]
        document.save(target)
    codes = [each.code for each in problems(tmp_path, target.getvalue())]
    assert codes == ["hygiene.remarks", "hygiene.covered-words"]


def test_words_outside_of_a_text_are_looked_for_too(tmp_path: Path) -> None:
    """No page may draw so, and readers show it all the same, in a font of their own."""
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=(595, 842))
        cover = pikepdf.Stream(
            document, b"\x60" * 100, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=10, Height=10,
            BitsPerComponent=8, ColorSpace=pikepdf.Name.DeviceGray,
        )  # fmt: skip
        page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=cover))
        page.contents_add(b"/F1 14 Tf 1 0 0 1 100 500 Tm (The claimant Johnson) Tj q 595 0 0 842 0 0 cm /P Do Q")
        target = io.BytesIO()
        document.save(target)
    assert [problem.code for problem in problems(tmp_path, target.getvalue())] == ["hygiene.covered-words"]
