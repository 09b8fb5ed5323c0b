"""Each test spoils one thing in a good pack; the inspection must find it, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pikepdf
import pytest
from msgspec.structs import replace
from pikepdf import Array, Dictionary, Name, Pdf, String

from packgen.errors import ExitCode, InspectionError, Problem
from packgen.inspect import Expected, inspect_pack
from packgen.merge import merge
from packgen.model import ContentsLine, MergeRequest, OutlineItem, PagePlan, StampStyle
from pdf_parts import A4, changed, front_sheet, on_first_page, report, request, untagged

LINES = {"1": "1 - 4", "2": "5 - 6"}
CONTENTS = [ContentsLine(item="1", pages="1 - 4", first_index=2), ContentsLine(item="2", pages="5 - 6", first_index=6)]


def wanted(**changes: Any) -> MergeRequest:
    parts = [("alpha", report("Alpha", 3)), ("beta", untagged("Beta"))]
    made = request(parts, front_sheet(LINES), links={"packgen:item/1": "alpha", "packgen:item/2": "beta"})
    return replace(made, **changes)


def titles(made: MergeRequest) -> Mapping[str, Sequence[str]]:
    return {document_id: [part.title] for document_id, part in made.parts.items()}


def expected(made: MergeRequest, contents: list[ContentsLine] | None = None) -> Expected:
    return Expected(
        made.plan,
        name="agenda-pack.pdf",
        titles=titles(made),
        contents=CONTENTS if contents is None else contents,
        outline=made.outline,
        stamp=made.stamp,
    )


def inspect(pdf: bytes, made: MergeRequest, contents: list[ContentsLine] | None = None) -> list[Problem]:
    """The problems that the inspection of `pdf` finds."""
    try:
        inspect_pack(pdf, expected(made, contents))
    except InspectionError as error:
        assert error.exit_code is ExitCode.INSPECTION
        return list(error.problems)
    return []


def codes(change: Callable[[Pdf], None]) -> set[str]:
    """What the inspection finds in a pack after `change`."""
    made = wanted()
    return {problem.code for problem in inspect(changed(merge(made).data, change), made)}


def test_a_good_pack_passes() -> None:
    made = wanted()
    assert inspect(merge(made).data, made) == []


@pytest.mark.parametrize("side", ["left", "centre", "right", "outer"])
def test_stamps_of_every_style_are_read_back(side: Any) -> None:
    made = wanted(stamp=StampStyle(text="– {number} –", size=14, side=side))
    assert inspect(merge(made).data, made) == []


def test_a_single_item_passes() -> None:
    made = wanted()
    pages = [page for page in made.plan.pages if page.document_id == "beta"]
    plan = PagePlan(tuple(replace(page, page_index=index) for index, page in enumerate(pages)))
    single = replace(made, plan=plan)
    assert inspect(merge(single).data, single, contents=[]) == []


def test_problems_say_where_and_what() -> None:
    made = wanted()
    pdf = changed(
        merge(made).data, lambda opened: opened.Root.PageLabels.Nums.__setitem__(3, Dictionary(S=Name.D, St=3))
    )
    (problem, *others) = inspect(pdf, made)
    assert len(others) == 5
    assert problem.file == "agenda-pack.pdf"
    assert problem.pointer == "page 3 of the file"
    assert problem.message == "a viewer calls it '3', but its number is 1"
    assert problem.hint


def test_a_page_too_few() -> None:
    assert "inspection.page-count" in codes(lambda opened: opened.pages.__delitem__(-1))


def test_a_page_in_another_place() -> None:
    def swap(opened: Pdf) -> None:
        first, second = opened.pages[2], opened.pages[3]
        opened.pages[2], opened.pages[3] = second, first

    assert {"inspection.stamp", "inspection.bookmark"} <= codes(swap)


def test_a_page_without_its_number() -> None:
    def wipe(opened: Pdf) -> None:
        contents = opened.pages[2].obj.Contents
        contents[-1] = opened.make_stream(b"\nQ\n")

    assert "inspection.stamp" in codes(wipe)


def test_a_number_outside_of_the_page() -> None:
    assert "inspection.stamp" in codes(
        lambda opened: setattr(opened.pages[2].obj, "CropBox", Array([0, 100, 595, 842]))
    )


def test_other_numbers_than_planned() -> None:
    made = wanted()
    pages = tuple(replace(page, page_number=f"{page.page_number}0") for page in made.plan.pages)
    found = {problem.code for problem in inspect(merge(made).data, replace(made, plan=PagePlan(pages)))}
    assert {"inspection.stamp", "inspection.label", "inspection.contents"} <= found


def test_a_contents_link_that_leads_elsewhere() -> None:
    def lead_astray(opened: Pdf) -> None:
        opened.pages[0].obj.Annots[0].Dest = Array([opened.pages[3].obj, Name.Fit])

    assert codes(lead_astray) == {"inspection.contents-link"}


def test_contents_links_that_lead_to_each_other() -> None:
    def swap(opened: Pdf) -> None:
        first, second = opened.pages[0].obj.Annots
        first.Dest, second.Dest = second.Dest, first.Dest

    assert codes(swap) == {"inspection.contents-link"}


def test_a_contents_link_that_leads_nowhere() -> None:
    assert codes(lambda opened: opened.pages[0].obj.Annots[1].__delitem__("/Dest")) == {"inspection.contents-link"}


@pytest.mark.parametrize(
    "entries",
    [
        {"Dest": String("no such name")},
        {"Dest": Array([])},
        {"A": Dictionary(S=Name.GoTo, D=String("no such name"))},
    ],
)
def test_a_contents_link_to_a_place_that_is_not_there(entries: Mapping[str, Any]) -> None:
    def lead_nowhere(opened: Pdf) -> None:
        link = opened.pages[0].obj.Annots[1]
        del link.Dest
        for key, value in entries.items():
            link[f"/{key}"] = value

    made = wanted()
    messages = {problem.message for problem in inspect(changed(merge(made).data, lead_nowhere), made)}
    assert messages == {"no link leads to page 5", "a link on the front sheet leads to no page of the pack"}


def test_a_contents_link_that_leads_to_two_places() -> None:
    def act_as_well(opened: Pdf) -> None:
        opened.pages[0].obj.Annots[1].A = Dictionary(S=Name.URI, URI=String("packgen:item/2"))

    assert codes(act_as_well) == {"inspection.contents-link"}


def test_a_contents_link_may_lead_by_an_action_or_a_name() -> None:
    def change(opened: Pdf) -> None:
        first, second = opened.pages[0].obj.Annots
        opened.Root.Dests = Dictionary(Two=second.Dest)
        first.A = Dictionary(S=Name.GoTo, D=first.Dest)
        second.Dest = Name.Two
        del first.Dest

    assert codes(change) == set()


def test_a_front_sheet_that_prints_other_pages() -> None:
    made = wanted()
    other = replace(made.parts["front-sheet"], pdf=front_sheet({"1": "1 - 4", "2": "7 - 8"}))
    spoilt = replace(made, parts={**made.parts, "front-sheet": other})
    found = {problem.code for problem in inspect(merge(spoilt).data, made)}
    assert found == {"inspection.contents", "inspection.contents-link"}


def test_a_range_that_is_only_part_of_what_is_printed_does_not_count() -> None:
    contents = [replace(CONTENTS[0], pages="1 - 4"), replace(CONTENTS[1], pages="5 - 60")]
    made = wanted()
    assert {problem.code for problem in inspect(merge(made).data, made, contents)} == {"inspection.contents"}


def test_a_bookmark_that_leads_elsewhere() -> None:
    def lead_astray(opened: Pdf) -> None:
        opened.Root.Outlines.First.Dest = Array([opened.pages[5].obj, Name.Fit])

    assert codes(lead_astray) == {"inspection.bookmark"}


def test_a_bookmark_that_is_missing() -> None:
    made = wanted()
    more = (*made.outline, OutlineItem(title="Item gamma", target="beta"))
    problems = inspect(merge(made).data, replace(made, outline=more))
    assert [problem.code for problem in problems] == ["inspection.bookmark"]


def test_tags_in_another_order() -> None:
    def swap(opened: Pdf) -> None:
        parts = opened.Root.StructTreeRoot.K.K
        parts[1], parts[2] = parts[2], parts[1]

    assert codes(swap) == {"inspection.tag-order"}


def test_tags_of_one_document_in_another() -> None:
    def move(opened: Pdf) -> None:
        parts = opened.Root.StructTreeRoot.K.K
        parts[2].K = Array([*parts[2].K, parts[1].K[0]])
        parts[1].K = Array(list(parts[1].K)[1:])

    assert codes(move) == {"inspection.tag-order"}


def test_ids_that_stand_twice() -> None:
    def repeat(opened: Pdf) -> None:
        for element in opened.objects:
            if isinstance(element, Dictionary) and "/ID" in element and element.get("/Type") == "/StructElem":
                element.ID = String("same")

    assert codes(repeat) == {"inspection.tag-id"}


def test_content_that_leads_to_another_pages_elements() -> None:
    def collide(opened: Pdf) -> None:
        opened.pages[3].obj.StructParents = opened.pages[2].obj.StructParents

    assert codes(collide) == {"inspection.tag-parents"}


def test_a_link_that_leads_to_no_element() -> None:
    assert codes(lambda opened: setattr(opened.pages[0].obj.Annots[0], "StructParent", 4711)) == {
        "inspection.tag-parents"
    }


def test_no_tags() -> None:
    assert codes(lambda opened: opened.Root.__delitem__("/StructTreeRoot")) == {"inspection.tags"}


def _script(opened: Pdf) -> pikepdf.Object:
    return opened.make_indirect(Dictionary(S=Name.JavaScript, JS=String("app.beep(0)")))


@pytest.mark.parametrize(
    "change",
    [
        lambda opened: setattr(opened.Root, "OpenAction", _script(opened)),
        lambda opened: setattr(opened.pages[1].obj, "AA", Dictionary(O=_script(opened))),
        lambda opened: setattr(opened.pages[0].obj.Annots[0], "A", Dictionary(S=Name.Launch, F=String("x"))),
        lambda opened: opened.attachments.__setitem__("x.txt", b"x"),
        lambda opened: setattr(opened.pages[0].obj.Annots[0], "Subtype", Name.FileAttachment),
        lambda opened: setattr(opened.Root, "AcroForm", Dictionary(Fields=Array([]))),
        lambda opened: setattr(opened.pages[1].obj, "PieceInfo", Dictionary()),
    ],
)
def test_what_may_not_be_there(change: Callable[[Pdf], None]) -> None:
    assert "inspection.active" in codes(change)


def test_what_only_reads_like_something_that_may_not_be_there() -> None:
    made = wanted(outline=[OutlineItem(title="/JavaScript in schools, /Launch of", target="alpha")])
    assert inspect(merge(made).data, made) == []


def test_a_number_that_stands_on_an_authors_words_is_told() -> None:
    low = untagged("High", draw=lambda canvas, _: canvas.drawString(75, 24, "A footer far too low"))
    made = request([("low", low), ("fine", untagged("High"))])
    [warning] = inspect_pack(
        merge(made).data, Expected(made.plan, name="agenda-pack.pdf", titles=titles(made))
    ).warnings
    assert warning.severity == "warning"
    assert "(page 1)" in warning.message


def test_a_page_that_lost_its_words_in_merging_is_found() -> None:
    made = wanted()
    sources = {document_id: part.pdf for document_id, part in made.parts.items()}
    good = merge(made).data

    def wipe(opened: Pdf) -> None:
        page = opened.pages[3]
        drawn = page.Contents[-1] if isinstance(page.Contents, Array) else page.Contents
        page.Contents = drawn

    def problems(pdf: bytes) -> set[str]:
        try:
            inspect_pack(pdf, Expected(made.plan, name="p.pdf", titles=titles(made), sources=sources))
        except InspectionError as error:
            return {problem.code for problem in error.problems}
        return set()

    assert "inspection.words" not in problems(good)
    assert "inspection.words" in problems(changed(good, wipe))


@pytest.mark.parametrize(
    ("drawn", "otherwise"), [(b"0 g BT", b"0.9 g BT"), (b"1 0 0 1 70.86614 22.67717 Tm", b"-1 0 0 -1 170 32 Tm")]
)
def test_a_number_that_is_faint_or_upside_down(drawn: bytes, otherwise: bytes) -> None:
    def change(opened: Pdf) -> None:
        contents = opened.pages[2].obj.Contents
        code = contents[-1].read_bytes()
        assert drawn in code
        contents[-1] = opened.make_stream(code.replace(drawn, otherwise))

    assert codes(change) == {"inspection.stamp"}


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("size", [A4, A4[::-1]])
def test_numbers_on_turned_pages_are_upright(rotate: int, size: tuple[float, float]) -> None:
    made = request([("a", changed(untagged("Words", size=size), on_first_page(Rotate=rotate)))])
    assert inspect(merge(made).data, made, contents=[]) == []


def test_a_length_inside_of_an_image_says_nothing_of_its_stream() -> None:
    def change(opened: Pdf) -> None:
        picture = opened.make_stream(b"\x80", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1,
                                     ColorSpace=Name.DeviceGray, BitsPerComponent=8,
                                     A=Dictionary(Length=99_999_999))  # fmt: skip
        opened.pages[0].obj.Resources.XObject = Dictionary(Im=picture)

    made = request([("a", changed(untagged("Words"), change))])
    assert inspect(merge(made).data, made, contents=[]) == []


def test_words_that_the_number_touches_are_not_missed() -> None:
    low = untagged("High", draw=lambda canvas, _: canvas.drawRightString(71, 22.7, "footer"))
    made = request([("low", low)])
    what = Expected(made.plan, name="x", titles=titles(made), sources={"low": low})
    warnings = inspect_pack(merge(made).data, what).warnings
    assert all(warning.severity == "warning" for warning in warnings)
