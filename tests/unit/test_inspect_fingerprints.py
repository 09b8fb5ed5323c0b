"""Pages are looked at again whenever anything that is seen on them changed, and only then."""

from __future__ import annotations

import io
from collections.abc import Callable

import msgspec
import pikepdf
import pytest
from msgspec.structs import replace
from pikepdf import Array, Dictionary, Name, Pdf, String

from packgen.errors import InspectionError
from packgen.inspect import Known, PageFact, inspect_pack
from packgen.inspect.fingerprints import page_fingerprints
from packgen.inspect.finished_file import FinishedFile
from packgen.inspect.page_facts import facts_version
from packgen.merge import merge
from packgen.model import MergeRequest
from pdf_parts import changed, expected, form_field, front_sheet, report, request, untagged, with_annotation


def fingerprints(pdf: bytes, salt: str = "") -> list[str | None]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return page_fingerprints(opened, salt)


def rich(opened: Pdf) -> None:
    """Give the first page a picture, a form with a form in it, a layer and a graphics state."""
    picture = opened.make_stream(b"\x80", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1,
                                 ColorSpace=Name.DeviceGray, BitsPerComponent=8)  # fmt: skip
    inner = opened.make_stream(b"0 0 5 5 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    outer = opened.make_stream(b"/In Do", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]),
                               Resources=Dictionary(XObject=Dictionary(In=inner)))  # fmt: skip
    layers = [opened.make_indirect(Dictionary(Type=Name.OCG, Name=String("Same name"))) for _ in range(2)]
    opened.Root.OCProperties = Dictionary(OCGs=Array(layers), D=Dictionary(OFF=Array([layers[0]])))
    resources = opened.pages[0].obj.Resources
    resources.XObject = Dictionary(Im=picture, Fm=outer)
    resources.ExtGState = Dictionary(G0=opened.make_indirect(Dictionary(ca=1)))
    resources.Properties = Dictionary(MC0=layers[0])
    with_annotation(opened, b"0 0 1 rg", Subtype=Name.Square)


def pack() -> bytes:
    return changed(report("Alpha", 2), rich)


def test_the_same_page_has_the_same_fingerprint_wherever_its_objects_stand() -> None:
    alpha, beta = report("Alpha", 2), report("Beta", 3)
    alone = merge(request([("a", alpha)])).data
    with_another = merge(request([("a", alpha), ("b", beta)])).data
    assert fingerprints(alone) == fingerprints(with_another)[:2]
    assert len(set(fingerprints(with_another))) == 6  # blank page included


@pytest.mark.parametrize("change", [None, rich])
def test_a_file_read_from_its_text_has_the_fingerprints_of_one_read_by_a_library(
    change: Callable[[Pdf], None] | None,
) -> None:
    alpha = report("Alpha", 2) if change is None else changed(report("Alpha", 2), change)
    made = request([("a", alpha), ("b", untagged("Beta"))], front_sheet({"1": "1 - 2"}), links={"packgen:item/1": "a"})
    pdf = merge(made).data
    with FinishedFile(pdf) as file:
        assert page_fingerprints(file, "") == fingerprints(pdf)


def test_a_page_is_another_when_its_number_is() -> None:
    first = merge(request([("a", report("Alpha"))])).data
    later = merge(request([("b", untagged("Beta", "Gamma")), ("a", report("Alpha"))])).data
    assert not set(fingerprints(first)) & set(fingerprints(later))


def font_program(opened: Pdf) -> pikepdf.Object:
    described = [thing for thing in opened.objects if isinstance(thing, Dictionary) and "/FontDescriptor" in thing]
    descriptor = described[0].FontDescriptor
    return descriptor.get("/FontFile2", descriptor.get("/FontFile3"))


def widths(opened: Pdf) -> pikepdf.Object:
    return next(thing for thing in opened.objects if isinstance(thing, Dictionary) and "/DW" in thing)


@pytest.mark.parametrize(
    "change",
    [
        lambda opened: opened.pages[0].Contents.write(opened.pages[0].Contents.read_bytes() + b"\n"),
        lambda opened: setattr(opened.pages[0].obj, "Contents", Array([opened.pages[0].Contents] * 2)),
        lambda opened: setattr(opened.pages[0].obj, "CropBox", Array([0, 0, 500, 500])),
        lambda opened: opened.pages[0].obj.MediaBox.__setitem__(2, 600),
        lambda opened: setattr(opened.pages[0].obj, "Rotate", 90),
        lambda opened: setattr(opened.pages[0].obj, "UserUnit", 2),
        lambda opened: opened.pages[0].Resources.XObject.Im.write(b"\x81"),
        lambda opened: setattr(opened.pages[0].Resources.XObject.Im, "Decode", Array([1, 0])),
        lambda opened: opened.pages[0].Resources.XObject.Fm.Resources.XObject.In.write(b"0 0 6 6 re f"),
        lambda opened: setattr(opened.pages[0].Resources.XObject.Fm.Resources.XObject.In, "Matrix", Array([2] * 6)),
        lambda opened: setattr(opened.pages[0].Resources.ExtGState.G0, "ca", 0),
        lambda opened: font_program(opened).write(font_program(opened).read_bytes() + b"\x00"),
        lambda opened: setattr(widths(opened), "DW", 1),
        lambda opened: setattr(opened.pages[0].obj.Annots[-1], "Rect", Array([1, 1, 2, 2])),
        lambda opened: opened.pages[0].obj.Annots[-1].AP.N.write(b"1 0 0 rg"),
        lambda opened: setattr(opened.Root.OCProperties.D, "OFF", Array([])),
        # Both layers say the same of themselves; only which of them is hidden differs.
        lambda opened: setattr(opened.Root.OCProperties.D, "OFF", Array([opened.Root.OCProperties.OCGs[1]])),
        lambda opened: setattr(opened.pages[0].Resources.Properties, "MC0", opened.Root.OCProperties.OCGs[1]),
    ],
)  # fmt: skip
def test_whatever_is_seen_of_a_page_changes_its_fingerprint(change: Callable[[Pdf], None]) -> None:
    before, after = fingerprints(pack()), fingerprints(changed(pack(), change))
    assert None not in (*before, *after)
    assert before[0] != after[0]


@pytest.mark.parametrize(
    "change",
    [
        lambda opened: setattr(opened.pages[0].obj, "StructParents", 4711),
        lambda opened: setattr(opened.pages[0].obj, "Tabs", Name.R),
        lambda opened: setattr(opened.pages[0].obj.Annots[-1], "StructParent", 4711),
        lambda opened: setattr(opened.pages[0].obj.Annots[0], "Dest", Array([opened.pages[1].obj, Name.Fit])),
        lambda opened: setattr(opened.pages[0].Resources.XObject.Im, "StructParent", 4711),
        lambda opened: setattr(opened.Root, "Lang", String("cy")),
        lambda opened: opened.Root.__delitem__("/StructTreeRoot"),
    ],
)
def test_what_says_only_where_a_page_belongs_does_not(change: Callable[[Pdf], None]) -> None:
    assert fingerprints(pack()) == fingerprints(changed(pack(), change))


@pytest.mark.parametrize("key", ["/MediaBox", "/CropBox", "/Rotate", "/Resources"])
def test_what_a_page_has_from_above_counts(key: str) -> None:
    values = {"/MediaBox": Array([0, 0, 300, 300]), "/CropBox": Array([0, 0, 300, 300]), "/Rotate": 90,
              "/Resources": Dictionary(Font=Dictionary())}  # fmt: skip

    def without(opened: Pdf) -> None:
        for entry in values.keys() & set(opened.pages[0].obj.keys()):
            del opened.pages[0].obj[entry]

    def given(opened: Pdf) -> None:
        without(opened)
        opened.Root.Pages[key] = values[key]

    # Saving with qpdf keeps what stands above a page where it is.
    assert fingerprints(changed(untagged("Words"), without)) != fingerprints(changed(untagged("Words"), given))


def test_a_font_with_a_strange_name_counts_as_any_other() -> None:
    def named(size: int) -> bytes:
        def change(opened: Pdf) -> None:
            font = opened.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(f"/Font{size}")))
            opened.pages[0].obj.Resources = Dictionary(Font=Dictionary(Parent=font, StructParents=font))

        return changed(untagged("Words"), change)

    assert fingerprints(named(1)) != fingerprints(named(2))
    assert fingerprints(named(1)) == fingerprints(named(1))


def test_a_page_that_hangs_on_itself_has_none_and_is_always_looked_at() -> None:
    def tie(opened: Pdf) -> None:
        resources = opened.make_indirect(opened.pages[0].obj.Resources)
        opened.pages[0].obj.Resources = resources
        form = opened.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 1, 1]))
        form.Resources = resources
        resources.XObject = Dictionary(Fm=form)

    assert fingerprints(changed(report("Alpha", 2), tie))[0] is None
    made = request([("a", changed(untagged("Words", "More"), tie))])
    assert inspect_pack(merge(made).data, expected(made)).found.pages.keys() == {
        fingerprints(merge(made).data, facts_version())[1]
    }


def test_who_reads_pages_is_part_of_it() -> None:
    assert fingerprints(pack(), "pdfium 1") != fingerprints(pack(), "pdfium 2")


def test_fields_and_lengths_that_are_objects_of_their_own() -> None:
    assert None not in fingerprints(form_field(b"0 0 1 rg"))
    with pikepdf.open(io.BytesIO(report("Alpha", 2))) as opened:
        file = io.BytesIO()
        opened.save(file, qdf=True, static_id=True)
    assert None not in fingerprints(file.getvalue())


def wanted() -> MergeRequest:
    lines = {"1": "1 - 4", "2": "5 - 6"}
    parts = [("alpha", report("Alpha", 3)), ("beta", untagged("Beta"))]
    return request(parts, front_sheet(lines), links={"packgen:item/1": "alpha", "packgen:item/2": "beta"})


def as_from_disk(facts: Known) -> Known:
    """Facts after they were written and read again."""
    return msgspec.msgpack.decode(msgspec.msgpack.encode(facts), type=Known)


def test_facts_can_be_kept_and_say_the_same_later() -> None:
    made = wanted()
    pdf = merge(made).data
    first = inspect_pack(pdf, expected(made))
    assert len(first.found.pages) == len(made.plan.pages)
    again = inspect_pack(pdf, expected(made), as_from_disk(first.found))
    assert again == first


def test_pages_that_stayed_the_same_are_not_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    made = wanted()
    facts = inspect_pack(merge(made).data, expected(made)).found
    looked_at = []

    def counted(page: object) -> PageFact:
        looked_at.append(page)
        return PageFact("", None)

    monkeypatch.setattr("packgen.inspect.readback.read_page", counted)
    changed_part = replace(made.parts["beta"], pdf=untagged("Beta in other words"))
    late = replace(made, parts={**made.parts, "beta": changed_part})
    with pytest.raises(InspectionError) as error:
        inspect_pack(merge(late).data, expected(late), facts)
    assert len(looked_at) == 1
    assert {problem.pointer for problem in error.value.problems} == {"page 7 of the file"}


def test_facts_of_other_pages_hide_no_fault() -> None:
    """A page that lost its number is found, though all pages were known when they were right."""
    made = wanted()
    pdf = merge(made).data
    facts = inspect_pack(pdf, expected(made)).found

    def wipe(opened: Pdf) -> None:
        opened.pages[2].obj.Contents[-1] = opened.make_stream(b"\nQ\n")

    with pytest.raises(InspectionError) as error:
        inspect_pack(changed(pdf, wipe), expected(made), facts)
    assert [problem.code for problem in error.value.problems] == ["inspection.stamp"]
