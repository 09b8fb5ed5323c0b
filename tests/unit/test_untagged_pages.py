"""Untagged pages in a pack: read in order as paragraphs and pictures, drawn as before, no word lost."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial

import page
import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageChops
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.lib.utils import ImageReader, simpleSplit
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

import pdf_facts
from packgen.merge import merge
from packgen.model import Numbering
from pdf_parts import A4, changed, on_first_page, report, request, tagged, untagged, with_content

STAMP_HEIGHT = 32
NORMAL = getSampleStyleSheet()["Normal"]
LEFT = "The committee heard that the wall by the old mill had been mended with stone from the quarry and that the cost was borne by the parish as agreed in spring"  # noqa: E501  # one line of prose
RIGHT = "Members asked whether the gate near the church could be moved nearer to the road so that carts may pass it without waiting for the keeper to come and open"  # noqa: E501  # one line of prose


def drawn(draw: Callable[[Canvas], None], pages: int = 1, size: tuple[float, float] = A4) -> bytes:
    """A PDF without tags whose pages are all drawn by `draw`."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=size, invariant=1)
    for _ in range(pages):
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def lines(canvas: Canvas, x: float, y: float, words: str, width: float = 190) -> None:
    """Words in lines as wide as they may be, 14 points apart."""
    for line in simpleSplit(words, "Helvetica", 11, width):
        canvas.setFont("Helvetica", 11)
        canvas.drawString(x, y, line)
        y -= 14


def merged(pdf: bytes, **of_part: str) -> bytes:
    return merge(request([("a", pdf)], policy=Numbering(duplex=False), **of_part)).data


def told(pdf: bytes) -> list[tuple[str, str]]:
    """Role and words of each element below the document's own in the order of reading.

    Words come without the spaces between them: those at the ends of lines are not text to the library that reads here.
    """
    return [(tag.role, tag.alt or close(tag.text)) for tag in pdf_facts.tags(pdf) if tag.depth > 1]


def close(words: str) -> str:
    return "".join(words.split())


def paragraphs(pdf: bytes) -> list[str]:
    return [words for role, words in told(pdf) if role == "P"]


def assert_reads(pdf: bytes, *expected: str) -> None:
    """The paragraphs of a pack, in the order of reading."""
    assert paragraphs(pdf) == [close(words) for words in expected]


def assert_drawn_alike(before: bytes, after: bytes) -> None:
    """All pages look the same above the page number."""
    for index in range(pdf_facts.page_count(before)):
        one, other = (pdf_facts.picture(pdf, index, 1.0) for pdf in (before, after))
        box = (0, 0, one.width, one.height - STAMP_HEIGHT) if one.width <= one.height else (40, 0, *one.size)
        difference = ImageChops.difference(one.crop(box), other.crop(box)).convert("L")
        assert difference.point(lambda level: 255 if level > 40 else 0).getbbox() is None, f"page index {index}"


def assert_conforms(pdf: bytes) -> None:
    """Nothing is wrong by PDF/UA-1 but that it does not claim it, and that these tests' own fonts are not embedded."""
    failures = page.validate_pdf_bytes(pdf, profile="ua1", limits=page.SafetyLimits.unlimited()).failures
    ours = {"PDFUA1-ID-PART-001", "PDFUA1-ID-SCHEMA-001", "PDFUA1-FONT-EMBEDDING-001"}
    assert [f"{each.rule_id} {each.message}" for each in failures if each.rule_id not in ours] == []


def test_lines_become_paragraphs() -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, 72, 700, LEFT)
        lines(canvas, 72, 500, RIGHT)

    pdf = merged(drawn(draw))
    assert_reads(pdf, LEFT, RIGHT)
    assert_conforms(pdf)


def test_paragraphs_are_read_from_top_to_bottom_however_they_are_drawn() -> None:
    def draw(canvas: Canvas) -> None:
        for y, words in ((300, "third"), (700, "first"), (500, "second")):
            canvas.drawString(72, y, words)

    assert_reads(merged(drawn(draw)), "first", "second", "third")


def test_columns_are_read_one_after_the_other() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 18)
        canvas.drawString(72, 760, "A title across the columns of this page")
        canvas.setFont("Helvetica", 11)
        lines(canvas, 72, 700, LEFT)
        lines(canvas, 320, 700, RIGHT)

    pdf = drawn(draw)
    assert_reads(merged(pdf), "A title across the columns of this page", LEFT, RIGHT)
    assert_drawn_alike(pdf, merged(pdf))


def test_a_sentence_goes_on_in_the_next_column() -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, 72, 700, LEFT)
        lines(canvas, 320, 700, "and by the county " + RIGHT)

    assert_reads(merged(drawn(draw)), f"{LEFT} and by the county {RIGHT}")


def test_a_sentence_goes_on_on_the_next_page() -> None:
    def draw(canvas: Canvas) -> None:
        if canvas.getPageNumber() == 1:
            lines(canvas, 72, 700, LEFT)
        else:
            lines(canvas, 72, 700, "and by the county " + RIGHT)
            lines(canvas, 72, 500, RIGHT)

    pdf = merged(drawn(draw, pages=2))
    assert_reads(pdf, f"{LEFT} and by the county {RIGHT}", RIGHT)
    assert [tag.page_indexes for tag in pdf_facts.tags(pdf) if tag.role == "P"] == [(0, 1), (1,)]
    assert_conforms(pdf)


def rows(*of_cells: list[str], **options: object) -> bytes:
    file = io.BytesIO()
    cells = [[Paragraph(cell, NORMAL) for cell in row] for row in of_cells]
    SimpleDocTemplate(file, invariant=1).build([Table(cells, colWidths=[90, 120, 200], **options)])
    return file.getvalue()


LONG = "The path is under water for a good part of the winter and the gate has not been mended since the spring"


@pytest.mark.parametrize(
    "style", [[("GRID", (0, 0), (-1, -1), 0.5, "black")], [("LINEBELOW", (0, 0), (-1, 0), 1, "black")], []]
)
def test_tables_are_read_row_by_row(style: list[object]) -> None:
    given_rows = [["Park", "Visits", "Remarks"], ["Mill Lane", "1,200", LONG], ["Castle Hill", "900", "Quiet"]]
    pdf = rows(*given_rows, style=style)
    assert_reads(merged(pdf), *(cell for row in given_rows for cell in row))
    assert_drawn_alike(pdf, merged(pdf))


def listed(*entries: tuple[str, str]) -> bytes:
    """Labels and words, one pair below the other."""

    def draw(canvas: Canvas) -> None:
        for index, (label, words) in enumerate(entries):
            canvas.drawString(72, 700 - 14 * index, label)
            canvas.drawString(96, 700 - 14 * index, words)

    return merged(drawn(draw))


def test_numbers_begin_paragraphs() -> None:
    entries = ("3.", "First point"), ("", "that goes on"), ("(a)", "Second point"), ("ii)", "Third point")
    assert_reads(listed(*entries), "3. First point that goes on", "(a) Second point", "ii) Third point")


@pytest.mark.parametrize(
    ("labels", "numbering"),
    [
        (("1.", "2.", "3."), "/Decimal"),
        (("(h)", "(i)", "(j)"), "/LowerAlpha"),
        (("(i)", "(ii)", "(iii)"), "/LowerRoman"),
        (("-", "-", "-"), "/Disc"),
    ],
)
def test_labels_that_count_on_are_those_of_a_list(labels: tuple[str, ...], numbering: str) -> None:
    pdf = listed(*((label, f"Point {index}") for index, label in enumerate(labels)))
    items = [
        part for index, label in enumerate(labels) for part in (("LI", ""), ("Lbl", label), ("LBody", f"Point{index}"))
    ]
    assert told(pdf) == [("L", ""), *items]
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        lists = [each for each in opened.objects if isinstance(each, Dictionary) and each.get("/S") == "/L"]
        assert [str(each.A.ListNumbering) for each in lists] == [numbering]
    assert_conforms(pdf)


@pytest.mark.parametrize("labels", [("1.", "3."), ("1.", "(2)"), ("a)", "a)"), ("-", "*")])
def test_labels_that_do_not_count_on_make_no_list(labels: tuple[str, ...]) -> None:
    assert {role for role, _ in told(listed(*((label, "Point") for label in labels)))} == {"P"}


def test_two_lists_one_after_the_other() -> None:
    labels = ("1.", "2.", "a.", "b.", "1.", "2.")
    roles = [role for role, _ in told(listed(*((label, "Point") for label in labels)))]
    assert (roles.count("L"), roles.count("LI")) == (3, 6)


def test_a_first_line_that_is_set_in_begins_a_paragraph() -> None:
    def draw(canvas: Canvas) -> None:
        split = simpleSplit(LEFT, "Helvetica", 12, 180)
        for index, line in enumerate([*split[:3], "Anew we begin another", *split[3:]]):
            canvas.drawString(72 + 14 * (index == 3), 700 - 14 * index, line)

    found = paragraphs(merged(drawn(draw)))
    assert [words.startswith(start) for words, start in zip(found, ("Thecommittee", "Anew"), strict=True)] == [
        True,
        True,
    ]


def test_headings_are_paragraphs_of_their_own() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 11)
        canvas.drawString(72, 700, "Background")
        canvas.setFont("Helvetica", 11)
        lines(canvas, 72, 686, LEFT)

    assert told(merged(drawn(draw))) == [("P", "Background"), ("P", close(LEFT))]


def test_letters_drawn_one_by_one_are_words() -> None:
    def draw(canvas: Canvas) -> None:
        x = 72.0
        for letter in "Words letter by letter":
            canvas.drawString(x, 700, letter)
            x += canvas.stringWidth(letter, "Helvetica", 12)

    assert_reads(merged(drawn(draw)), "Words letter by letter")


def test_a_word_divided_at_the_end_of_a_line_stays_in_one_paragraph() -> None:
    pdf = merged(with_content(b"BT /F1 12 Tf 72 700 Td 14 TL (They made recommen-) Tj T* (dations) Tj ET"))
    assert len(paragraphs(pdf)) == 1


def test_lines_without_spaces_at_their_ends_do_not_run_together() -> None:
    content = b"BT /F1 12 Tf 72 700 Td 14 TL (all the lines) Tj T* (end without) Tj T* [(a) -400 (space)] TJ ET"
    before = with_content(content)
    pdf = merged(before)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        said = [
            str(each.operator) for each in pikepdf.parse_content_stream(opened.pages[0]) if str(each.operator) == "Tf"
        ]
    assert pdf_facts.page_texts(pdf)[0].startswith("all the lines end without a space")
    assert len(said) > 3
    assert_drawn_alike(before, pdf)
    assert_conforms(pdf)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_turned_and_cropped_pages_are_read_as_they_are_seen(rotate: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(*{0: (0, 0), 90: (842, 0), 180: (842, 842), 270: (0, 842)}[rotate])
        canvas.rotate(rotate)
        lines(canvas, 150, 700, LEFT)
        lines(canvas, 400, 700, RIGHT)

    upright = drawn(draw, size=(842, 842))
    pdf = changed(upright, on_first_page(Rotate=rotate, CropBox=Array([20, 30, 820, 815])))
    assert_reads(merged(pdf), LEFT, RIGHT)
    assert_drawn_alike(pdf, merged(pdf))


def test_words_that_run_upwards_are_read_once() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Level words")
        canvas.rotate(90)
        canvas.drawString(300, -40, "Upright words")

    assert sorted(paragraphs(merged(drawn(draw)))) == ["Levelwords", "Uprightwords"]


def picture(grey: int = 200) -> ImageReader:
    file = io.BytesIO()
    Image.new("L", (20, 20), grey).save(file, "png")
    return ImageReader(io.BytesIO(file.getvalue()))


def test_a_picture_stands_where_it_is_seen_and_says_that_nobody_described_it() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Above")
        canvas.drawString(72, 300, "Below")
        canvas.drawImage(picture(), 72, 400, 200, 200)
        canvas.drawImage(picture(0), 300, 702, 8, 8)

    pdf = merged(drawn(draw))
    assert told(pdf) == [
        ("P", "Above"),
        ("Figure", "a picture on page 1 of Title of a, without a description"),
        ("P", "Below"),
    ]
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        figures = [each for each in opened.objects if isinstance(each, Dictionary) and each.get("/S") == "/Figure"]
        assert [[round(float(edge)) for edge in each.A.BBox] for each in figures] == [[72, 400, 272, 600]]
    assert_conforms(pdf)


def test_the_only_picture_of_the_first_page_has_the_words_given_for_the_document() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "The plan:")
        canvas.drawImage(picture(), 72, 400, 200, 200)

    assert ("Figure", "A plan of the site") in told(merged(drawn(draw), alt="A plan of the site"))


def test_a_drawing_is_a_picture_and_its_words_are_read() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 760, "Before")
        for index in range(12):
            canvas.wedge(100, 500, 300, 700, index * 30, 28, fill=1)
        canvas.setFillGray(1)
        canvas.drawString(150, 600, "Label")

    assert [role for role, _ in told(merged(drawn(draw)))] == ["P", "Figure", "P"]


def test_the_words_of_a_scan_that_was_read_by_a_machine_stand_for_it() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawImage(picture(), 0, 0, *A4)
        text = canvas.beginText(72, 700)
        text.setTextRenderMode(3)
        text.textLines("Words seen in the scan\nand found by a machine")
        canvas.drawText(text)

    assert [role for role, _ in told(merged(drawn(draw)))] == ["P"]
    assert "found by a machine" in pdf_facts.spoken(merged(drawn(draw)))


def test_bold_letters_made_by_drawing_them_twice_are_read_once() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Twice")
        canvas.drawString(72.4, 700, "Twice")

    assert_reads(merged(drawn(draw)), "Twice")


def running(canvas: Canvas, head: str = "Parks strategy") -> None:
    canvas.drawString(72, 800, head)
    canvas.drawString(72, 400, f"Words of page {canvas.getPageNumber()}")
    canvas.drawCentredString(298, 60, f"{canvas.getPageNumber()} of 4")


def test_headers_are_read_once_and_page_numbers_never() -> None:
    pdf = drawn(running, pages=4)
    assert_reads(merged(pdf), "Parks strategy", *(f"Words of page {number}" for number in range(1, 5)))
    assert_drawn_alike(pdf, merged(pdf))
    assert_conforms(merged(pdf))


def test_what_differs_from_page_to_page_is_no_header() -> None:
    pdf = drawn(lambda canvas: canvas.drawString(72, 800, f"Item {canvas.getPageNumber() ** 2}"), pages=4)
    assert_reads(merged(pdf), "Item 1", "Item 4", "Item 9", "Item 16")


def test_two_pages_are_too_few_to_know_a_header() -> None:
    assert paragraphs(merged(drawn(running, pages=2))).count("Parksstrategy") == 2


def test_a_links_words_stand_in_it_within_their_paragraph() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "See the")
        canvas.drawString(120, 700, "plan of the site")
        canvas.drawString(210, 700, "for more.")
        canvas.linkURL("https://example.org/plan", (118, 697, 205, 712))
        canvas.drawString(72, 600, "After it.")

    pdf = merged(drawn(draw))
    assert told(pdf) == [("P", "Seetheformore."), ("Link", "planofthesite"), ("P", "Afterit.")]
    assert close(pdf_facts.spoken(pdf)).startswith("Seetheplanofthesiteformore.Afterit.")
    assert [tag.objects for tag in pdf_facts.tags(pdf) if tag.role == "Link"] == [1]
    assert_conforms(pdf)


def test_a_link_on_a_part_of_one_string_follows_its_paragraphs_words() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "See the plan of the site for more.")
        canvas.linkURL("https://example.org/plan", (110, 697, 190, 712))
        canvas.drawString(72, 600, "After it.")

    assert [role for role, _ in told(merged(drawn(draw)))] == ["P", "Link", "P"]


def in_a_form(pdf: bytes, **entries: object) -> bytes:
    """The first page's content as a form XObject that the page draws smaller."""

    def change(opened: pikepdf.Pdf) -> None:
        first = opened.pages[0].obj
        form = opened.make_stream(
            first.Contents.read_bytes(), Type=Name.XObject, Subtype=Name.Form, BBox=first.MediaBox,
            Resources=first.Resources, Matrix=Array([0.9, 0, 0, 0.9, 10, 20]), **entries,
        )  # fmt: skip
        first.Resources = Dictionary(XObject=Dictionary(Fm=form), Font=Dictionary(F1=Dictionary()))
        first.Contents = opened.make_stream(b"q 1 0 0 1 5 5 cm /Fm Do Q")

    return changed(pdf, change)


def two_paragraphs(canvas: Canvas) -> None:
    canvas.drawString(72, 500, "Second words")
    canvas.drawString(72, 700, "First words")


def test_words_in_a_form_are_read_in_their_place() -> None:
    pdf = in_a_form(drawn(two_paragraphs))
    assert_reads(merged(pdf), "First words", "Second words")
    assert_drawn_alike(pdf, merged(pdf))


def test_words_in_a_form_that_must_stay_whole_are_one_paragraph() -> None:
    group = Dictionary(S=Name.Transparency, K=True)
    pdf = in_a_form(drawn(two_paragraphs), Group=group)
    assert_reads(merged(pdf), "Second words First words")
    assert_drawn_alike(pdf, merged(pdf))


def test_marks_that_came_with_the_page_give_way() -> None:
    words = b"BT /F1 12 Tf 72 %d Td (%s) Tj ET EMC "
    content = b"/P <</MCID 7>> BDC " + words % (700, b"Words") + b"/Artifact BMC " + words % (600, b"More")
    assert_reads(merged(with_content(content)), "Words", "More")


@pytest.mark.parametrize(
    "content",
    [
        b"BT /F1 12 Tf 72 700 Td (Words) Tj ET Q Q Q",
        b"q q BT /F1 12 Tf 72 700 Td (Words) Tj ET",
        b"BT /F1 12 Tf 72 700 Td (Words) Tj",
        b"q BT /F1 12 Tf 72 700 Td (Words) Tj Q ET",
        b"BT /F1 12 Tf 72 700 Td (Words) Tj ET 1 2 nonsense",
        b"BT /F1 12 Tf 72 700 Td ] (Words) Tj ET",
        b"BT /F1 12 Tf 72 700 Td (Words) Tj ET EMC",
        b"/Span BMC BT /F1 12 Tf 72 700 Td (Words) Tj ET",
        b"BT /F1 12 Tf 72 700 Td (Words) Tj ET Do TJ",
        b"BT /F1 12 Tf 72 700 Td (Words) Tj ET 10 10 m 5 ET 200 l S",
        b"q " * 3000 + b"BT /F1 12 Tf 72 700 Td (Words) Tj ET",
    ],
)
def test_broken_content_keeps_its_words_and_looks(content: bytes) -> None:
    pdf = with_content(content)
    assert_reads(merged(pdf), "Words")
    assert_drawn_alike(pdf, merged(pdf))
    assert_conforms(merged(pdf))


@pytest.mark.parametrize("rest", [b"[1 <zz>] TJ", b"\xb4\x81", b"1 null 2 Tz"])
def test_unreadable_content_is_left_as_it_is(rest: bytes) -> None:
    pdf = with_content(b"/Span BMC BT /F1 12 Tf 72 700 Td (Words) Tj ET EMC " + rest)
    assert_reads(merged(pdf), "Words")
    assert_drawn_alike(pdf, merged(pdf))


def test_tagged_pages_are_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    import pypdfium2

    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(pypdfium2, "PdfDocument", refuse)
    assert merge(request([("a", report("Alpha", 2))])).untagged == ()


def test_untagged_pages_are_reported() -> None:
    result = merge(request([("a", tagged("= Tagged")), ("b", untagged("Words"))]))
    assert result.untagged == ("b",)


PLACED = st.lists(st.tuples(st.integers(20, 450), st.integers(60, 800), st.integers(6, 24)), min_size=1, max_size=40)


@settings(max_examples=25, deadline=None)
@given(PLACED)
def test_no_word_is_lost_or_read_twice_wherever_words_stand(places: list[tuple[int, int, int]]) -> None:
    def draw(canvas: Canvas, spots: list[tuple[int, int, int]]) -> None:
        for index, (x, y, size) in enumerate(spots):
            canvas.setFont("Helvetica", size)
            canvas.drawString(x, y, f"w{index}x")

    pdf = merged(drawn(partial(draw, spots=places)))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        content = opened.pages[0].Contents
        streams = content.as_list() if isinstance(content, Array) else [content]
        code = b"\n".join(stream.read_bytes() for stream in streams)
        held = sorted(int(mcid) for mcid in _mcids(opened.Root.StructTreeRoot.K))
    begun = sorted(int(part.split(b">>")[0]) for part in code.split(b"/MCID ")[1:])
    assert held == begun == list(range(len(begun)))
    artifacts = code.split(b"/Artifact")[1:-1]  # the last is the page number
    assert not any(b"Tj" in each.split(b"EMC")[0] for each in artifacts)


def _mcids(element: pikepdf.Object) -> list[int]:
    kids = element.get("/K")
    kids = list(kids.as_list()) if isinstance(kids, Array) else [kids]
    return [mcid for kid in kids for mcid in ([kid] if isinstance(kid, int) else _mcids(kid) if "/S" in kid else [])]


def test_a_letterheads_picture_is_no_picture_to_tell_of_but_photographs_are() -> None:
    logo, photographs = picture(0), [picture(grey) for grey in (60, 120, 180)]

    def draw(canvas: Canvas) -> None:
        canvas.drawImage(logo, 400, 760, 60, 40)
        canvas.drawImage(photographs[canvas.getPageNumber() - 1], 72, 300, 200, 200)
        canvas.drawString(72, 280, f"Photograph {canvas.getPageNumber()}")

    assert [role for role, _ in told(merged(drawn(draw, pages=3)))] == ["Figure", "P"] * 3
