"""Stamps stand at the foot of the page as it is read or bound, whatever the page's rotation, boxes or content do."""

from __future__ import annotations

import io

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from pikepdf import Array, Name

import pdf_facts
from packgen.inspect import Expected, inspect_pack
from packgen.merge import merge
from packgen.merge.frames import IDENTITY, matrix_operator, number, visible_frame
from packgen.model import StampStyle
from pdf_parts import A4, changed, on_first_page, report, request, scan, untagged, with_content

LANDSCAPE = (A4[1], A4[0])
MARGIN, BASELINE = 70.87, 22.68  # 25 mm and 8 mm

lengths = st.floats(20, 2000)
quarter_turns = st.sampled_from([0, 90, 180, 270, -90, 450])


def stamp_box(pdf: bytes, marking: str | None = None) -> tuple[float, float, float, float]:
    """Where `Page 1` stands on the only page of a document, as seen."""
    merged = merge(request([("a", pdf)], **({"marking": marking} if marking else {})))
    return pdf_facts.words_at(merged.data, 0, "Page 1")


@pytest.mark.parametrize("rotate", [0, 90, 180, 270, -270])
@pytest.mark.parametrize("shift", [0, -300, 1000])
@pytest.mark.parametrize("size", [A4, LANDSCAPE])
def test_stamps_on_rotated_and_shifted_pages(rotate: int, shift: float, size: tuple[float, float]) -> None:
    box = Array([shift, shift, shift + size[0], shift + size[1]])
    pdf = changed(untagged("Words", size=size), on_first_page(Rotate=rotate, MediaBox=box))
    seen = size if rotate % 180 == 0 else size[::-1]
    left, bottom, right, top = stamp_box(pdf)
    if seen[0] < seen[1]:
        assert (left, bottom) == pytest.approx((MARGIN, BASELINE), abs=3)
        assert right - left > top - bottom
    else:
        assert (left, seen[1] - top) == pytest.approx((BASELINE, MARGIN), abs=3)
        assert right - left < top - bottom


def test_stamps_stand_in_what_a_crop_leaves() -> None:
    pdf = changed(untagged("Words"), on_first_page(CropBox=Array([100, 200, 400, 700])))
    left, bottom, _, _ = stamp_box(pdf)
    assert (left, bottom) == pytest.approx((300 / 8, BASELINE), abs=3)


def test_a_crop_outside_of_the_page_is_passed_over() -> None:
    pdf = changed(untagged("Words"), on_first_page(CropBox=Array([5000, 5000, 6000, 6000])))
    assert "Page 1" in pdf_facts.page_texts(merge(request([("a", pdf)])).data)[0]


def test_stamps_on_pages_in_larger_units_keep_their_size() -> None:
    """A plan on a sheet too large for PDF's units is drawn in units of ten points."""
    pdf = changed(untagged("Words"), on_first_page(UserUnit=10))
    merged = merge(request([("a", pdf)])).data
    with pikepdf.open(io.BytesIO(merged)) as opened:
        assert b"0.1 0 0 0.1 0 0 cm" in opened.pages[0].Contents.read_bytes()


@pytest.mark.parametrize(
    "content",
    [
        b"q 0.1 0 0 0.1 500 500 cm BT /F1 12 Tf (open) Tj ET",
        b"Q Q 5 0 0 5 0 0 cm BT /F1 12 Tf (closed too often) Tj ET",
        b"q q Q Q Q q 3 0 0 3 9 9 cm BT /F1 12 Tf (q Q) Tj ET",
        b"BT /F1 12 Tf 9 0 0 9 0 0 Tm (text left open) Tj",
        b"/Span BMC q 2 0 0 2 0 0 cm",
        b"% q in a comment\n2 0 0 2 0 0 cm",
        b"BT /F1 12 Tf (q \\( nested (q) Q) Tj ET 2 0 0 2 0 0 cm",
        b"q BI /W 3 /H 1 /BPC 8 /CS /G ID q q EI 4 0 0 4 0 0 cm",
        b"1 1 1 rg 0 0 600 900 re f",
        b"",
    ],
)
def test_a_page_that_leaves_things_open_cannot_move_its_stamp(content: bytes) -> None:
    left, bottom, _, _ = stamp_box(with_content(content))
    assert (left, bottom) == pytest.approx((MARGIN, BASELINE), abs=3)


@pytest.mark.parametrize(
    "opened", [b"q 0.5 0 0 0.5 0 0 cm\n", b"Q 3 0 0 3 0 0 cm\n", b"BT 5 0 0 5 0 0 Tm\n", b"/Span BMC\n"]
)
def test_a_tagged_page_that_leaves_things_open_cannot_move_its_stamp(opened: bytes) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0].obj
        page.Contents = Array([page.Contents, pdf.make_stream(b"\n" + opened + b"\n")])

    merged = merge(request([("a", changed(report("A"), change))], authored=True))
    left, bottom, _, _ = pdf_facts.words_at(merged.data, 0, "Page 1")
    assert (left, bottom) == pytest.approx((MARGIN, BASELINE), abs=3)
    assert merged.untagged == ()
    assert "Page 1" not in pdf_facts.spoken(merged.data)


def test_a_font_that_has_the_name_of_ours_stays_itself() -> None:
    again = merge(request([("a", untagged("Words"))])).data
    pdf = changed(again, lambda opened: opened.Root.__delitem__("/StructTreeRoot"))
    made = replace(request([("b", untagged("First")), ("a", pdf)]), stamp=StampStyle(side="centre"))
    texts = pdf_facts.page_texts(merge(made).data)
    assert texts[2] == "Words Page 1 Page 3"


def test_a_marking_stands_at_the_head_of_the_page_as_it_is_read() -> None:
    pdf = changed(untagged("Words", size=LANDSCAPE), on_first_page(Rotate=180))
    merged = merge(request([("a", pdf)], marking="NOT FOR PUBLICATION")).data
    left, bottom, right, _ = pdf_facts.words_at(merged, 0, "NOT FOR PUBLICATION")
    assert left == pytest.approx(12 * 72 / 25.4, abs=3)
    assert bottom > A4[0] - 36, "it stands above where Word puts page headers"
    assert right > 140


def test_blank_pages_are_as_large_as_the_page_before_them() -> None:
    pdf = changed(untagged("Words", size=LANDSCAPE), on_first_page(Rotate=90))
    merged = merge(request([("a", pdf), ("b", scan())])).data
    assert pdf_facts.page_sizes(merged)[:2] == [(595, 842), (595, 842)]
    notice = "This page is intentionally left blank"
    left, bottom, right, _ = pdf_facts.words_at(merged, 1, notice)
    assert ((left + right) / 2, bottom) == pytest.approx((A4[0] / 2, A4[1] / 2), abs=3)
    assert notice in pdf_facts.spoken(merged)


def test_inherited_boxes_and_resources_come_along() -> None:
    def change(opened: pikepdf.Pdf) -> None:
        page, pages = opened.pages[0].obj, opened.Root.Pages
        for key in ("/MediaBox", "/Resources"):
            pages[key] = page[key]
            del page[key]
        pages[Name.Rotate] = 180

    left, bottom, _, _ = stamp_box(changed(untagged("Words"), change))
    assert (left, bottom) == pytest.approx((MARGIN, BASELINE), abs=3)


@given(st.tuples(lengths, lengths), lengths, lengths, quarter_turns)
def test_the_corners_of_a_frame_are_the_corners_of_its_box(
    corner: tuple[float, float], width: float, height: float, rotate: int
) -> None:
    box = (corner[0], corner[1], corner[0] + width, corner[1] + height)
    frame = visible_frame(box, rotate=rotate)
    for each in (frame, frame.bound()):
        corners = [each.place(x, y) for x in (0, each.width) for y in (0, each.height)]
        assert sorted(x for x, _ in corners) == pytest.approx([box[0]] * 2 + [box[2]] * 2)
        assert sorted(y for _, y in corners) == pytest.approx([box[1]] * 2 + [box[3]] * 2)
        a, b, c, d, _, _ = each.to_page
        assert a * d - b * c == pytest.approx(1), "nothing is mirrored"


@given(st.floats(-1e5, 1e5))
def test_numbers_are_written_without_exponents(value: float) -> None:
    text = number(value)
    assert float(text) == pytest.approx(value, abs=5.1e-5)
    assert set(text) <= set(b"-.0123456789")
    assert text != b"-0"


def test_the_identity_is_not_written() -> None:
    assert matrix_operator(IDENTITY) == b""


@pytest.mark.parametrize("box", [[595, 842, 0, 0], [0, 842, 595, 0]])
def test_a_box_whose_corners_are_swapped(box: list[int]) -> None:
    made = request([("a", changed(untagged("Words"), on_first_page(MediaBox=Array(box))))])
    assert inspect_pack(merge(made).data, Expected(made.plan, name="x", titles={"a": ["Title of a"]})).warnings == ()


@pytest.mark.parametrize("size", [(36, 36), (72, 40), (200, 36)])
def test_stamps_shrink_on_small_pages(size: tuple[float, float]) -> None:
    made = request([("a", untagged("", size=size))])
    assert inspect_pack(merge(made).data, Expected(made.plan, name="x", titles={"a": ["Title of a"]})).warnings == ()


def test_the_blank_page_after_a_plan_is_as_large_as_pages_may_be() -> None:
    pdf = changed(untagged("Words"), on_first_page(MediaBox=Array([0, 0, 20000, 30000])))
    assert pdf_facts.page_sizes(merge(request([("a", pdf)])).data)[1] == (14400, 14400)


def test_a_unit_of_nothing_is_a_point() -> None:
    assert stamp_box(changed(untagged("Words"), on_first_page(UserUnit=0)))[0] == pytest.approx(MARGIN, abs=3)


def test_a_page_that_stands_twice_in_the_tree_of_pages() -> None:
    def change(opened: pikepdf.Pdf) -> None:
        kids = opened.Root.Pages.Kids
        opened.Root.Pages.Kids = Array([*kids, kids[0]])
        opened.Root.Pages.Count = 3

    made = request([("a", changed(untagged("One", "Two"), change))])
    assert [text.split()[0] for text in pdf_facts.page_texts(merge(made).data)[:3]] == ["One", "Two", "One"]


@pytest.mark.parametrize("text", ["{number} of {total}", "{number:>5}", "{number} {", "{{number}}", "{0} {number}"])
def test_only_the_number_is_put_into_the_words_of_a_stamp(text: str) -> None:
    made = replace(request([("a", untagged("Words"))]), stamp=StampStyle(text=text))
    pdf = merge(made).data
    assert pdf_facts.page_texts(pdf)[0].endswith(text.replace("{number}", "1"))
    assert (
        inspect_pack(pdf, Expected(made.plan, name="x", titles={"a": ["Title of a"]}, stamp=made.stamp)).warnings == ()
    )
