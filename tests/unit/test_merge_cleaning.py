"""Nothing that acts, hides or travels along gets from an author's PDF into a pack; what is seen stays."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

import pdf_facts
from packgen.inspect import Expected, inspect_pack
from packgen.inspect.active import find_active, suspected
from packgen.inspect.disagreement import Disagreement
from packgen.inspect.finished_file import FinishedFile
from packgen.merge import merge
from pdf_parts import A4, changed, poisoned, report, request, tagged, untagged, with_annotation
from tests.conftest import Packgen, write_pack

SECRET = "Zwiebelkuchen"


def active(pdf: bytes) -> list[Disagreement]:
    with FinishedFile(pdf) as file:
        return list(find_active(file, suspected(file)))


def test_a_poisoned_file_leaves_no_trace() -> None:
    everything = pdf_facts.plain_bytes(merge(request([("alpha", poisoned(SECRET))])).data)
    assert SECRET.encode() not in everything
    assert SECRET.encode("utf-16-be") not in everything
    for name in (b"/JavaScript", b"/JS", b"/Launch", b"/AA", b"/OpenAction", b"/EmbeddedFile", b"/AcroForm", b"/Thumb",
                 b"/PieceInfo", b"/SubmitForm", b"/RichMedia", b"/GoToR"):  # fmt: skip
        assert not re.search(re.escape(name) + rb"(?![A-Za-z])", everything)


def test_the_poisoned_file_is_poisoned() -> None:
    assert pdf_facts.plain_bytes(poisoned(SECRET)).count(SECRET.encode()) >= 15


def test_what_was_removed_is_told() -> None:
    removed = merge(request([("alpha", poisoned(SECRET))])).removed
    assert {document_id for document_id, _ in removed} == {"alpha"}
    told = "\n".join(what for _, what in removed)
    for words in ("a script of the document", "opened", "closed, saved or printed", "attached file: budget.xlsx",
                  "XFA", "form fields", "page 1 is opened", "hidden form field on page 1", "comment on page 1",
                  "interactive media", "starts a program", "sends a form", f"a link to file:///C:/{SECRET}.docx",
                  "into another file"):  # fmt: skip
        assert words in told


def test_what_is_seen_stays() -> None:
    pdf = merge(request([("alpha", poisoned(SECRET))])).data
    assert "Visible words" in pdf_facts.page_texts(pdf)[0]
    assert "Shown value" in pdf_facts.page_texts(pdf)[0]
    assert "Shown value" in pdf_facts.spoken(pdf)
    assert [link.address for link in pdf_facts.links(pdf)] == ["https://example.org/kept"]
    assert pdf_facts.annotation_kinds(pdf) == ["/Link"]


def test_a_clean_document_loses_nothing() -> None:
    assert merge(request([("alpha", report("Alpha", 2)), ("beta", untagged("Beta"))])).removed == ()


def test_a_field_of_a_tagged_form_is_still_spoken_in_its_place() -> None:
    def change(opened: pikepdf.Pdf) -> None:
        page = opened.pages[0].obj
        element = opened.Root.StructTreeRoot.K
        element = element[0] if isinstance(element, Array) else element
        looks = opened.make_stream(
            b"BT /f0 10 Tf 1 0 0 1 2 4 Tm <0001> Tj ET", Type=Name.XObject, Subtype=Name.Form,
            BBox=Array([0, 0, 50, 20]), Matrix=Array([1, 0, 0, 1, 5, 5]), Resources=page.Resources,
        )  # fmt: skip
        field = opened.make_indirect(
            Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("t"), V=String(SECRET), F=4,
                       Rect=Array([100, 300, 200, 340]), AP=Dictionary(N=looks))
        )  # fmt: skip
        form = opened.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Form, P=element, Pg=page))
        form.K = Dictionary(Type=Name.OBJR, Obj=field, Pg=page)
        element.K = Array([form, *element.K])
        page.Annots = Array([*page.get("/Annots", Array()), field])
        opened.Root.AcroForm = Dictionary(Fields=Array([field]))

    pdf = merge(request([("alpha", changed(tagged("= Xylophone"), change))]))
    found = [(tag.role, tag.text) for tag in pdf_facts.tags(pdf.data) if tag.page_indexes == (0,)]
    assert found == [("Span", "X"), ("H1", "Xylophone")]
    assert pdf_facts.words_at(pdf.data, 0, "X")[0] < 200
    assert SECRET.encode() not in pdf_facts.plain_bytes(pdf.data)


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("mailto:clerk@example.org", "mailto:clerk@example.org"),
        ("tel:+441632960000", "tel:+441632960000"),
        ("www.example.org", "https://www.example.org"),
        ("javascript:alert(1)", None),
        ("file:///c:/plans.doc", None),
        ("plans.doc", None),
        ("http://[broken", None),
    ],
)
def test_addresses(address: str, kept: str | None) -> None:
    def change(opened: pikepdf.Pdf) -> None:
        action = Dictionary(S=Name.URI, URI=String(address))
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([70, 760, 200, 780]), A=action)
        opened.pages[0].obj.Annots = Array([link])

    result = merge(request([("alpha", changed(untagged("Words"), change))]))
    assert [link.address for link in pdf_facts.links(result.data)] == ([kept] if kept else [])
    assert len(result.removed) == (0 if kept else 1)


def test_hidden_layers_stay_hidden_and_shown_ones_shown() -> None:
    def layered(state: str) -> bytes:
        def change(opened: pikepdf.Pdf) -> None:
            on = opened.make_indirect(Dictionary(Type=Name.OCG, Name=String("on")))
            off = opened.make_indirect(Dictionary(Type=Name.OCG, Name=String("off")))
            default = Dictionary(OFF=Array([off])) if state == "/ON" else Dictionary(ON=Array([on]))
            default.BaseState = Name(state)
            opened.Root.OCProperties = Dictionary(OCGs=Array([on, off]), D=default)
            page = opened.pages[0].obj
            page.Resources.Properties = Dictionary(A=on, B=off)
            page.Contents = opened.make_stream(b"/OC /A BDC 0 0 9 9 re f EMC /OC /B BDC 9 9 9 9 re f EMC")

        return changed(untagged("replaced"), change)

    pdf = merge(request([("a", layered("/ON")), ("b", layered("/OFF"))])).data
    layers = pdf_facts.catalog(pdf)["/OCProperties"]
    assert [group.get_object()["/Name"] for group in layers["/OCGs"]] == ["on", "off", "on", "off"]
    assert [group.get_object()["/Name"] for group in layers["/D"]["/OFF"]] == ["off", "off"]


def test_what_a_hidden_layer_holds_is_not_drawn() -> None:
    def change(opened: pikepdf.Pdf) -> None:
        layer = opened.make_indirect(Dictionary(Type=Name.OCG, Name=String("off")))
        opened.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
        with_annotation(opened, b"BT /F1 9 Tf (Zwiebelkuchen) Tj ET", Subtype=Name.Stamp, OC=layer)
        both = Dictionary(Type=Name.OCMD, OCGs=Array([layer]))
        with_annotation(opened, b"BT /F1 9 Tf (Zwiebelkuchen) Tj ET", Subtype=Name.Stamp, OC=both)

    result = merge(request([("alpha", changed(untagged("Words"), change))]))
    assert SECRET not in pdf_facts.page_texts(result.data)[0]
    assert [what for _, what in result.removed] == ["a hidden comment on page 1"] * 2


@pytest.mark.parametrize("name", ["AA", "AF", "JS", "EF", "Metadata", "Thumb", "OPI", "3D", "Sound"])
def test_resources_may_have_any_name(name: str) -> None:
    def change(opened: pikepdf.Pdf) -> None:
        page = opened.pages[0].obj
        page.Resources.Font[f"/{name}"] = page.Resources.Font.F1
        page.Contents = opened.make_stream(f"BT /{name} 12 Tf 72 700 Td (Named words) Tj ET".encode())

    made = request([("alpha", changed(untagged("Words"), change))])
    pdf = merge(made).data
    assert "Named words" in pdf_facts.page_texts(pdf)[0]
    assert active(pdf) == []


def test_nothing_that_acts_hides_among_resources() -> None:
    def change(opened: pikepdf.Pdf) -> None:
        script = Dictionary(S=Name.JavaScript, JS=String(SECRET))
        layer = opened.make_indirect(Dictionary(Type=Name.OCG, Name=String("L"), Foo=script))
        opened.pages[0].obj.Resources.Properties = Dictionary(MC0=layer, AA=script)

    pdf = merge(request([("alpha", changed(untagged("Words"), change))])).data
    assert SECRET.encode() not in pdf_facts.plain_bytes(pdf)
    assert active(pdf) == []


def test_annotations_that_pages_share_become_each_pages_own() -> None:
    def change(opened: pikepdf.Pdf) -> None:
        action = Dictionary(S=Name.URI, URI=String("https://example.org/"))
        link = with_annotation(opened, Subtype=Name.Link, A=action)
        opened.pages[1].obj.Annots = Array([link, link])

    made = request([("alpha", changed(untagged("One", "Two"), change))])
    pdf = merge(made).data
    assert [link.page_index for link in pdf_facts.links(pdf)] == [0, 1, 1]
    assert inspect_pack(pdf, Expected(made.plan, name="x", titles={"alpha": ["Title of alpha"]})).warnings == ()


def test_an_authors_link_to_an_item_leads_nowhere() -> None:
    def change(opened: pikepdf.Pdf) -> None:
        action = Dictionary(S=Name.URI, URI=String("packgen:item/99"))
        with_annotation(opened, Subtype=Name.Link, A=action)

    made = request([("alpha", changed(untagged("Words"), change))], authored=True)
    result = merge(made)
    assert pdf_facts.links(result.data) == []
    assert [what for _, what in result.removed] == ["a link to packgen:item/99 on page 1"]


def test_a_link_without_a_place_is_dropped_and_told() -> None:
    def change(opened: pikepdf.Pdf) -> None:
        del with_annotation(opened, Subtype=Name.Link, Dest=Array([0, Name.Fit]))["/Rect"]

    result = merge(request([("alpha", changed(untagged("Words"), change))]))
    assert [what for _, what in result.removed] == ["a link without a place on page 1"]


@pytest.mark.parametrize("entries", [{"Names": Name.x}, {"AcroForm": Dictionary(Fields=Name.x, NeedAppearances=True)},
                                     {"AcroForm": Array([])}, {"Names": Dictionary(EmbeddedFiles=Name.x)}])  # fmt: skip
def test_nonsense_in_the_catalog(entries: dict[str, pikepdf.Object]) -> None:
    def change(opened: pikepdf.Pdf) -> None:
        for key, value in entries.items():
            opened.Root[f"/{key}"] = value

    assert "Words" in pdf_facts.page_texts(merge(request([("a", changed(untagged("Words"), change))])).data)[0]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_mark_that_does_not_turn_with_its_page_stays_upright(rotate: int) -> None:
    """Its upper left corner, at 100, 320 on the page, stays where it is; its words run to the reader's right."""

    def change(opened: pikepdf.Pdf) -> None:
        opened.pages[0].obj.Rotate = rotate
        with_annotation(opened, b"BT /F1 9 Tf 2 4 Td (Upright) Tj ET", Subtype=Name.Stamp, F=4 + 16)

    pdf = merge(request([("a", changed(untagged("Words"), change))])).data
    corner = {0: (100, 320), 90: (320, A4[0] - 100), 180: (A4[0] - 100, A4[1] - 320), 270: (A4[1] - 320, 100)}[rotate]
    left, bottom, right, top = pdf_facts.words_at(pdf, 0, "Upright")
    assert right - left > top - bottom
    assert (left, top) == pytest.approx((corner[0] + 2, corner[1] - 10), abs=3)


def test_what_a_file_tells_of_itself_stays_behind_and_is_listed_without_a_warning(
    packgen: Packgen, tmp_path: Path
) -> None:
    def change(opened: pikepdf.Pdf) -> None:
        opened.docinfo.Author, opened.docinfo.Title = String(SECRET), String("A plan")
        opened.docinfo["/Company"] = String(SECRET)
        opened.Root.Metadata = opened.make_stream(b"<x/>", Type=Name.Metadata, Subtype=Name.XML)
        opened.pages[0].obj.Thumb = opened.make_stream(b"\0", Width=1, Height=1, ColorSpace=Name.DeviceGray)

    files = {"attachments/a.pdf": changed(report("Alpha", 2), change)}
    items = [{"title": "Plan", "documents": [{"file": "attachments/a.pdf", "title": "A plan"}]}]
    run = packgen("build", write_pack(tmp_path / "p", items=items, files=files), "--out", tmp_path / "dist")
    assert run.code == 0
    assert "taken out" not in run.err
    manifest = json.loads((tmp_path / "dist" / "p" / "manifest.json").read_text(encoding="utf-8"))
    told = "; ".join(each["what"] for each in manifest["packs"][0]["removed"])
    for words in ("author", "title", "others", "its metadata (XMP)", "small pictures of its pages"):
        assert words in told
    assert SECRET not in told
    assert SECRET.encode() not in (tmp_path / "dist" / "p" / "public" / "agenda-pack.pdf").read_bytes()
