"""Nothing that acts, hides or travels along gets from an author's PDF into a pack; what is seen stays."""

from __future__ import annotations

import re

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

import pdf_facts
from packgen.merge import merge
from pdf_parts import changed, poisoned, report, request, tagged, untagged

SECRET = "Zwiebelkuchen"


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
