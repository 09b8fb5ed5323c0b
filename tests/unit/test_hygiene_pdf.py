"""Remarks, filled-in forms, layers that are off and words outside of the page are found in PDFs; their likes pass."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String
from reportlab.pdfgen.canvas import Canvas

from packgen.hygiene import check_hygiene
from pdf_parts import changed, form_field, marked, report, untagged, with_annotation
from tests.conftest import Packgen, write_pack

PLAIN = untagged("The council plants trees.", "The second page.")
Change = Callable[[Pdf], None]


def _noted(**entries: object) -> bytes:
    """A remark on the second page."""

    def change(opened: Pdf) -> None:
        note = Dictionary(Type=Name.Annot, Rect=Array([72, 700, 90, 720]), **entries)
        opened.pages[1].Annots = Array([opened.make_indirect(note)])

    return changed(PLAIN, change)


def _drawn(opened: Pdf) -> pikepdf.Object:
    return opened.make_stream(
        b"BT /F1 12 Tf 2 4 Td (Words) Tj ET", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 99, 20])
    )


def _entered(kind: pikepdf.Name, **entries: object) -> bytes:
    """A field of a form on the first page, drawn as viewers draw it."""

    def change(opened: Pdf) -> None:
        field = with_annotation(opened, b"BT /F1 12 Tf 2 4 Td (Words) Tj ET", Subtype=Name.Widget, FT=kind, **entries)
        opened.Root.AcroForm = Dictionary(Fields=Array([field]))

    return changed(PLAIN, change)


def _inherited(value: str) -> bytes:
    """A field whose kind and value are said by the field above it."""

    def change(opened: Pdf) -> None:
        field = with_annotation(opened, b"BT /F1 12 Tf (Words) Tj ET", Subtype=Name.Widget)
        above = opened.make_indirect(Dictionary(FT=Name.Tx, T=String("name"), V=String(value), Kids=Array([field])))
        field.Parent = above
        opened.Root.AcroForm = Dictionary(Fields=Array([above]))

    return changed(PLAIN, change)


def _layered(*, off: bool, use: Callable[[Pdf, pikepdf.Object], None], base_off: bool = False) -> bytes:
    def change(opened: Pdf) -> None:
        layer = opened.make_indirect(Dictionary(Type=Name.OCG, Name=String("Draft")))
        shown = (
            Dictionary(BaseState=Name.OFF, ON=Array([])) if base_off else Dictionary(OFF=Array([layer] if off else []))
        )
        opened.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=shown)
        use(opened, layer)

    return changed(PLAIN, change)


def _in_content(opened: Pdf, layer: pikepdf.Object) -> None:
    opened.pages[1].Resources.Properties = Dictionary(L1=layer)


def _as_drawing(opened: Pdf, layer: pikepdf.Object) -> None:
    drawing = _drawn(opened)
    drawing.OC = layer
    opened.pages[1].Resources.XObject = Dictionary(X1=drawing)


def _within_drawing(opened: Pdf, layer: pikepdf.Object) -> None:
    drawing = _drawn(opened)
    drawing.Resources = Dictionary(Properties=Dictionary(L1=layer))
    opened.pages[1].Resources.XObject = Dictionary(X1=drawing)


def _by_membership(opened: Pdf, layer: pikepdf.Object) -> None:
    either = opened.make_indirect(Dictionary(Type=Name.OCMD, OCGs=Array([layer])))
    opened.pages[1].Resources.Properties = Dictionary(L1=either)


def _by_nothing(opened: Pdf, layer: pikepdf.Object) -> None:
    """The layer is there, and nothing is on it."""


def _cropped(draw: Callable[[Canvas], None], box: tuple[float, float, float, float]) -> bytes:
    def on_page(canvas: Canvas, index: int) -> None:
        draw(canvas)

    def change(opened: Pdf) -> None:
        opened.pages[0].CropBox = Array(list(box))

    return changed(untagged("Seen.", draw=on_page), change)


def _name_above(canvas: Canvas) -> None:
    canvas.drawString(72, 830, "Claimant: Harrow of Mill Lane")


def _marks_above(canvas: Canvas) -> None:
    canvas.line(72, 830, 99, 830)


def _turned(pdf: bytes) -> bytes:
    return changed(pdf, lambda opened: opened.pages[0].obj.__setitem__("/Rotate", 90))


LOW = (0, 0, 595, 800)
WORDS = String("Ask Harrow.")
HELD: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "note": (lambda: _noted(Subtype=Name.Text, Contents=WORDS), "remarks", "page 2"),
    "hidden note": (lambda: _noted(Subtype=Name.Text, Contents=WORDS, F=2), "remarks", "page 2"),
    "rich note": (lambda: _noted(Subtype=Name.Text, RC=String("<p>Ask</p>")), "remarks", "page 2"),
    "highlight": (lambda: marked("Highlight", b"0 0 9 9 re f"), "remarks", "page 1"),
    "struck out": (lambda: marked("StrikeOut", b"0 0 9 1 re f"), "remarks", "page 1"),
    "stamp": (lambda: marked("Stamp", b"0 0 9 1 re f"), "remarks", "page 1"),
    "typed on": (lambda: marked("FreeText", b"BT /F1 9 Tf (Draft) Tj ET"), "remarks", "page 1"),
    "hidden mark that says something": (
        lambda: marked("Square", b"0 0 9 1 re f", F=2, Contents=WORDS), "remarks", "page 1",
    ),
    "text field": (lambda: _entered(Name.Tx, V=WORDS), "form-values", "page 1"),
    "hidden field": (lambda: _entered(Name.Tx, V=WORDS, F=2), "form-values", "page 1"),
    "choice": (lambda: _entered(Name.Ch, V=Array([String("Yes")])), "form-values", "page 1"),
    "tick": (lambda: _entered(Name.Btn, V=Name.Yes, AS=Name.Yes), "form-values", "page 1"),
    "field above": (lambda: _inherited("Harrow"), "form-values", "page 1"),
    "layer in content": (lambda: _layered(off=True, use=_in_content), "hidden-layers", "page 2"),
    "layer of a drawing": (lambda: _layered(off=True, use=_as_drawing), "hidden-layers", "page 2"),
    "layer within a drawing": (lambda: _layered(off=True, use=_within_drawing), "hidden-layers", "page 2"),
    "layer by membership": (lambda: _layered(off=True, use=_by_membership), "hidden-layers", "page 2"),
    "all layers off": (lambda: _layered(off=False, base_off=True, use=_in_content), "hidden-layers", "page 2"),
    "name above the page": (lambda: _cropped(_name_above, LOW), "outside-the-page", "page 1"),
    "name beside the page": (lambda: _cropped(_name_above, (300, 0, 595, 842)), "outside-the-page", "page 1"),
    "name above a turned page": (lambda: _turned(_cropped(_name_above, LOW)), "outside-the-page", "page 1"),
}  # fmt: skip
NOT_HELD: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: PLAIN,
    "tagged": lambda: report("trees"),
    "empty note": lambda: _noted(Subtype=Name.Text, Contents=String("  ")),
    "link": lambda: _noted(
        Subtype=Name.Link, Contents=WORDS, A=Dictionary(S=Name.URI, URI=String("https://example.org"))
    ),
    "window of no note": lambda: _noted(Subtype=Name.Popup),
    "hidden mark": lambda: marked("Square", b"0 0 9 1 re f", F=2),
    "empty field": lambda: _entered(Name.Tx, V=String("")),
    "field without a value": lambda: form_field(b""),
    "no tick": lambda: _entered(Name.Btn, V=Name.Off, AS=Name.Off),
    "button to press": lambda: _entered(Name.Btn, Ff=1 << 16, V=Name.Yes),
    "place for a signature": lambda: _entered(Name.Sig),
    "nothing in the field above": lambda: _inherited(" "),
    "layer that is on": lambda: _layered(off=False, use=_in_content),
    "layer with nothing on it": lambda: _layered(off=True, use=_by_nothing),
    "crop marks": lambda: _cropped(_marks_above, LOW),
    "name within": lambda: _cropped(_name_above, (0, 0, 595, 842)),
    "a line that is cut through": lambda: _cropped(_name_above, (0, 0, 595, 834)),
}


def found(folder: Path, data: bytes) -> list[tuple[str, Any]]:
    file = folder / "a.pdf"
    file.write_bytes(data)
    return [(problem.code, problem.pointer) for problem in check_hygiene(file)]


@pytest.mark.parametrize("name", HELD)
def test_it_is_found_on_its_page(tmp_path: Path, name: str) -> None:
    make, kind, place = HELD[name]
    assert (f"hygiene.{kind}", place) in found(tmp_path, make())
    acknowledged = check_hygiene(tmp_path / "a.pdf", [kind, "covered-words"])
    assert not [problem for problem in acknowledged if problem.severity == "error"]


@pytest.mark.parametrize("name", NOT_HELD)
def test_what_is_almost_that_passes(tmp_path: Path, name: str) -> None:
    assert found(tmp_path, NOT_HELD[name]()) == []


def test_what_does_no_harm_is_built_and_the_remark_is_not_in_the_pack(packgen: Packgen, tmp_path: Path) -> None:
    document = {"file": "attachments/a.pdf", "title": "Plan", "alt": "A plan"}
    files = {"attachments/a.pdf": _noted(Subtype=Name.Text, Contents=WORDS)}
    pack = write_pack(tmp_path / "p", items=[{"title": "Trees", "documents": [document]}], files=files)
    refused = packgen("build", pack, "--out", tmp_path / "dist")
    assert refused.code == 3
    assert "attachments/a.pdf page 2: somebody has written remarks on its pages" in refused.err
    document |= {"acknowledged": {"remarks": "They are of the printer."}}
    write_pack(pack, items=[{"title": "Trees", "documents": [document]}])
    assert packgen("build", pack, "--out", tmp_path / "dist").code == 0
    with pikepdf.open(tmp_path / "dist" / "p" / "public" / "agenda-pack.pdf") as made:
        kinds = {str(each.Subtype) for page in made.pages for each in page.get("/Annots", [])}
    assert kinds <= {"/Link"}
