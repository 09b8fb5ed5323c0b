"""Tags of authors' PDFs that are odd, wrong or hostile: nothing is lost, nothing untrue is claimed, nothing breaks."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable

import pikepdf
import pytest
from msgspec.structs import replace
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

import pdf_facts
from packgen.accessibility.conformance import failings
from packgen.errors import ConversionError
from packgen.inspect import Expected, inspect_pack
from packgen.merge import joined, merge, prepare
from packgen.model import PdfPart
from pdf_parts import changed, count, drawn_around, request, spot_colour, tagged

CREATED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
TWO_PIECES = b"BT /F1 12 Tf 72 700 Td /P <</MCID 0>> BDC (One) Tj EMC /P <</MCID 1>> BDC ( two) Tj EMC ET"

Build = Callable[[Pdf, Object, Object], None]


def document(build: Build, content: bytes = TWO_PIECES) -> bytes:
    """A page with a structure tree; `build` is given the file, the page and the `Document` to fill."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    page = pdf.pages[0].obj
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.Resources = Dictionary(Font=Dictionary(F1=pdf.make_indirect(font)))
    page.Contents = pdf.make_stream(content)
    page.StructParents = 0
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    top = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root))
    root.K = top
    pdf.Root.StructTreeRoot = root
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    build(pdf, page, top)
    file = io.BytesIO()
    pdf.save(file)
    return file.getvalue()


def element(pdf: Pdf, role: str, above: Object, page: Object, **entries: object) -> Object:
    return pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{role}"), P=above, Pg=page, **entries))


def ready(pdf: bytes, name: str = "a") -> bytes:
    return prepare(PdfPart(document_id=name, title=name, pdf=pdf, authored=True), count(pdf), "en-GB", CREATED).data


def in_a_pack(pdf: bytes) -> bytes:
    """A pack of the document, made ready and inspected."""
    made = request([("a", ready(pdf))], authored=False)
    merged = merge(made).data
    assert inspect_pack(merged, Expected(made.plan, name="x", titles={"a": ["Title of a"]})).warnings == ()
    return merged


def broken_rules(pdf: bytes) -> set[str]:
    return {each.rule for each in failings(ready(pdf))}


def test_words_whose_mark_no_element_holds_are_told_as_unheard() -> None:
    words = b"q BT 0 Tr ET Q /P <</MCID 77>> BDC BT ET 10 10 m 90 60 l 20 80 l f EMC"
    good = tagged("= Decision\nWords")
    assert broken_rules(good) == set()
    assert any("CONTENT-TAGGING" in rule for rule in broken_rules(drawn_around(good, behind=words)))


def item_with_content(pdf: Pdf, page: Object, top: Object) -> None:
    listing = element(pdf, "L", top, page)
    item = element(pdf, "LI", listing, page)
    item.K = Array([0, element(pdf, "P", item, page, K=1)])
    listing.K = Array([item])
    top.K = Array([listing])


def document_with_content(pdf: Pdf, page: Object, top: Object) -> None:
    top.K, top.Pg = Array([0, element(pdf, "P", top, page, K=1)]), page


def document_with_reference(pdf: Pdf, page: Object, top: Object) -> None:
    top.K = Array([Dictionary(Type=Name.MCR, Pg=page, MCID=0), element(pdf, "P", top, page, K=1)])


def document_with_one_kid(pdf: Pdf, page: Object, top: Object) -> None:
    top.K = element(pdf, "P", top, page, K=Array([0, 1]))


def shared_attributes(pdf: Pdf, page: Object, top: Object) -> None:
    attributes = pdf.make_indirect(Dictionary(O=Name.Layout, TextAlign=Name.Center))
    top.K = Array([element(pdf, "P", top, page, K=number, A=attributes) for number in (0, 1)])


def without_types(pdf: Pdf, page: Object, top: Object) -> None:
    top.K = Array([element(pdf, "P", top, page, K=number) for number in (0, 1)])
    for each in top.K:
        del each.Type


@pytest.mark.parametrize(
    "build",
    [item_with_content, document_with_content, document_with_reference, document_with_one_kid, shared_attributes,
     without_types],
)  # fmt: skip
def test_words_of_odd_trees_are_heard_in_order(build: Build) -> None:
    spoken = pdf_facts.spoken(in_a_pack(document(build)))
    assert 0 <= spoken.find("One") < spoken.find("two")


@pytest.mark.parametrize("build", [shared_attributes, without_types, document_with_one_kid])
def test_odd_trees_are_taken_over_as_text_once_they_are_ready(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    from packgen.merge import pack

    pdf = ready(document(build))
    monkeypatch.setattr(pack, "_walked", lambda _: pytest.fail("it should have been taken over as text"))
    merge(request([("a", pdf)], authored=False))


def test_what_is_said_of_a_whole_document_is_kept() -> None:
    def build(pdf: Pdf, page: Object, top: Object) -> None:
        top.K = Array([element(pdf, "P", top, page, K=Array([0, 1]))])
        top.ActualText = String("Read this instead")

    with pikepdf.open(io.BytesIO(in_a_pack(document(build)))) as pack:
        assert "Read this instead" in str(pack.Root.StructTreeRoot.K.K[0])


@pytest.mark.parametrize(
    "drawing",
    [b"10 10 m 20 90 60 90 90 10 c f", b"10 10 m 50 90 l 90 10 l h f", b"/Sh0 sh"],
    ids=["curves", "a polygon", "a shading"],
)
def test_drawings_without_a_mark_are_not_hidden_as_ornaments(drawing: bytes) -> None:
    pdf = drawn_around(tagged("= A\nWords"), before=b"q 0 0 1 rg " + drawing + b" Q")
    with pikepdf.open(io.BytesIO(ready(pdf))) as made:
        assert b"/Artifact BMC" not in b"".join(each.read_bytes() for each in made.pages[0].Contents)
    if b"sh" not in drawing:
        assert any("CONTENT-TAGGING" in rule for rule in broken_rules(pdf))


@pytest.mark.parametrize("broken", [b">> <<", b"1 0 0 rg --5 0 5-3 10 re f", b"\xff 10 10 5 5 re f"])
def test_content_that_is_broken_looks_as_before_and_loses_no_word(broken: bytes) -> None:
    pdf = drawn_around(tagged("= Decision\nThe committee refuses."), before=b"0 1 0 rg 10 10 20 20 re f " + broken)
    made = ready(pdf)
    assert pdf_facts.page_texts(made) == pdf_facts.page_texts(pdf)
    assert pdf_facts.picture(made, 0).tobytes() == pdf_facts.picture(pdf, 0).tobytes()


def nested(depth: int) -> bytes:
    def build(pdf: Pdf, page: Object, top: Object) -> None:
        above = top
        for _ in range(depth):
            below = element(pdf, "Sect", above, page)
            above.K = Array([below])
            above = below
        above.K = Array([0, 1])

    return document(build)


def test_elements_may_stand_deep_in_each_other() -> None:
    assert "One two" in pdf_facts.spoken(in_a_pack(nested(120)))


def test_elements_that_stand_too_deep_are_refused_with_the_documents_name() -> None:
    with pytest.raises(ConversionError) as caught:
        ready(nested(20_000))
    (problem,) = caught.value.problems
    assert problem.code == "merge.tags-too-deep"
    assert "500 deep" in problem.message


def test_bytes_of_a_picture_that_look_like_tags_are_not_taken_for_any() -> None:
    fake = b"\n<< /Type /ObjStm /Length 60 /N 1 /First 5 >>\nstream\n99 0 << /K 0 /P 1 0 R /S /P /Type /StructElem >>"

    def change(opened: Pdf) -> None:
        entries = {"Width": 1, "Height": 1, "BitsPerComponent": 8, "ColorSpace": Name.DeviceGray}
        looks = fake + b"\nendstream\n" * 3
        picture = opened.make_stream(looks, Type=Name.XObject, Subtype=Name.Image, Filter=Name.DCTDecode, **entries)
        resources = opened.pages[0].obj.Resources.copy()
        resources.XObject = Dictionary(Im0=picture)
        opened.pages[0].obj.Resources = resources

    plain, forged = tagged("= A\nWords"), changed(tagged("= A\nWords"), change)
    assert fake in ready(forged)
    assert len(pdf_facts.tags(in_a_pack(forged))) == len(pdf_facts.tags(in_a_pack(plain)))


@pytest.mark.parametrize(("other", "good"), [([0, 0, 1], True), ([0, 0.2, 0.8], False)])
def test_documents_that_keep_a_standard_alone_are_also_judged_together(other: list[float], good: bool) -> None:
    pdfs = {"a": ready(spot_colour("One", [0, 0, 1])), "b": ready(spot_colour("Two", other), "b")}
    assert all(failings(pdf) == () for pdf in pdfs.values())
    parts = [PdfPart(document_id=name, title=name, pdf=pdf) for name, pdf in pdfs.items()]
    found = failings(joined(parts, [1, 1], "en-GB", CREATED).data)
    assert (found == ()) is good


def test_a_role_that_a_document_does_not_explain_means_nothing_though_another_explains_it() -> None:
    def unexplained(opened: Pdf) -> None:
        for each in opened.objects:
            if isinstance(each, Dictionary) and each.get("/S") == "/P":
                each.S = Name.Absatz

    def explained(opened: Pdf) -> None:
        unexplained(opened)
        opened.Root.StructTreeRoot.RoleMap = Dictionary(Absatz=Name.Note)

    made = request(
        [
            ("a", ready(changed(tagged("= A\nWords"), unexplained))),
            ("b", ready(changed(tagged("= B\nMore"), explained), "b")),
        ],
        authored=False,
    )
    found = {tag.text: tag.standard_role for tag in pdf_facts.tags(merge(made).data)}
    assert (found["Words"] != "Note", found["More"]) == (True, "Note")


def test_many_ids_stand_in_nodes_that_all_readers_take(monkeypatch: pytest.MonkeyPatch) -> None:
    from packgen.merge import block_file, blocks

    monkeypatch.setattr(block_file, "_IN_ONE_NODE", 3)
    monkeypatch.setattr(blocks, "_IN_ONE_NODE", 3)
    rows = ", ".join(f"[{number}]" for number in range(40))
    pdf = ready(tagged(f"= A\n#table(columns: 4, table.header([A], [B], [C], [D]), {rows})"))
    made = request([("a", pdf)], authored=False)
    merged = merge(made).data
    with pikepdf.open(io.BytesIO(merged)) as pack:
        assert "/Limits" in pack.Root.StructTreeRoot.IDTree.Kids[0]
    assert inspect_pack(merged, Expected(made.plan, name="x", titles={"a": ["Title of a"]})).warnings == ()
    assert failings(merge(replace(made)).data) == ()
