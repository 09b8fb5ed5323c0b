"""What a camera noted of a picture (where, when, with what) is in no pack, whatever file the picture came in."""

from __future__ import annotations

import base64
import io
import re
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pytest
from PIL import Image
from PIL.TiffImagePlugin import IFDRational
from reportlab.pdfgen.canvas import Canvas

from packgen.picture_stripping import blanked_notes, has_notes, stripped_jpeg, stripped_jpx
from pdf_parts import changed, untagged
from tests.conftest import REPORT, Packgen, write_pack

CAMERA = "Harrowcam 7"
_MAKE, _GPS = 0x010F, 0x8825


def photograph(kind: str = "JPEG") -> bytes:
    """A picture with the name of its camera and a place."""
    notes = Image.Exif()
    notes[_MAKE] = CAMERA
    notes[_GPS] = {1: "N", 2: (IFDRational(51), IFDRational(30), IFDRational(0))}
    target = io.BytesIO()
    Image.effect_noise((200, 150), 60).convert("RGB").save(target, kind, exif=notes)
    return target.getvalue()


def in_pdf(coded: bytes, filtered: str = "DCTDecode", *, within: bool = False) -> bytes:
    """A page that shows a coded picture, as it is, or within a drawing."""
    with pikepdf.open(io.BytesIO(untagged("A photograph of the mill."))) as opened:
        picture = pikepdf.Stream(
            opened, coded, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=200, Height=150,
            ColorSpace=pikepdf.Name.DeviceRGB, BitsPerComponent=8, Filter=pikepdf.Name(f"/{filtered}"),
        )  # fmt: skip
        page = opened.pages[0]
        shown = picture
        if within:
            shown = pikepdf.Stream(
                opened, b"200 0 0 150 0 0 cm /P Do", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form,
                BBox=[0, 0, 200, 150], Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=picture)),
            )  # fmt: skip
        page.obj.Resources.XObject = pikepdf.Dictionary(P=shown)
        drawing = b"q 200 0 0 150 72 300 cm /P Do Q" if not within else b"q 1 0 0 1 72 300 cm /P Do Q"
        page.contents_add(drawing)
        target = io.BytesIO()
        opened.save(target)
    return target.getvalue()


def in_word() -> bytes:
    document = docx.Document()
    document.add_paragraph("The mill.")
    document.add_picture(io.BytesIO(photograph()))
    document.inline_shapes[0]._inline.docPr.set("descr", "The mill")
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def by_reportlab() -> bytes:
    """As programs write it that pack the coded picture once more."""
    target = io.BytesIO()
    canvas = Canvas(target)
    canvas.drawString(72, 700, "A photograph of the mill.")
    canvas.drawInlineImage(Image.open(io.BytesIO(photograph())), 72, 300)
    canvas.save()
    return target.getvalue()


def everything(pdf: bytes) -> bytes:
    """A file's bytes, and those of its streams as far as they can be unpacked."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        streams = [each for each in opened.objects if isinstance(each, pikepdf.Stream)]
        target = io.BytesIO()
        raw = b"".join(each.read_raw_bytes() for each in streams)
        opened.save(target, stream_decode_level=pikepdf.StreamDecodeLevel.specialized, compress_streams=False)
    plain = target.getvalue()
    lettered = [base64.a85decode(found[1]) for found in re.finditer(rb"\bID ([!-uz\s]+)~>", plain)]
    return pdf + raw + plain + b"".join(lettered)


def with_comment() -> bytes:
    """A JPEG with a comment, segments of unknown programs, and something behind its end."""
    plain = stripped_jpeg(photograph())
    word = CAMERA.encode()
    more = b"".join(
        b"\xff" + kind + (len(word) + 2).to_bytes(2) + word for kind in (b"\xfe", b"\xe2", b"\xe6", b"\xed")
    )
    return plain[:2] + more + plain[2:] + word


def jpx_with_boxes() -> bytes:
    target = io.BytesIO()
    Image.effect_noise((200, 150), 60).convert("RGB").save(target, "JPEG2000", comment=CAMERA)
    word = CAMERA.encode()
    return target.getvalue() + b"".join((len(word) + 8).to_bytes(4) + kind + word for kind in (b"xml ", b"asoc"))


def packed_again(*filters: str) -> bytes:
    """A picture that is packed once more, as some programs do."""
    data = photograph()
    for each in reversed(filters):
        data = zlib.compress(data) if each == "FlateDecode" else base64.a85encode(data) + b"~>"

    def change(opened: pikepdf.Pdf) -> None:
        picture = opened.pages[0].Resources.XObject.P
        names = [pikepdf.Name(f"/{each}") for each in (*filters, "DCTDecode")]
        picture.write(data, filter=pikepdf.Array(names))

    return changed(in_pdf(photograph()), change)


def within_content(*, lettered: bool) -> bytes:
    data = base64.a85encode(photograph()) + b"~>" if lettered else photograph()
    names = b"[/A85 /DCT]" if lettered else b"/DCT"
    picture = b"BI /W 200 /H 150 /BPC 8 /CS /RGB /F " + names + b" ID " + data + b"\nEI"
    drawing = b"q 200 0 0 150 72 300 cm " + picture + b" Q"
    return changed(untagged("The mill."), lambda opened: opened.pages[0].contents_add(drawing))


FILES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "in a PDF": ("a.pdf", lambda: in_pdf(photograph())),
    "in a drawing of a PDF": ("a.pdf", lambda: in_pdf(photograph(), within=True)),
    "JPEG 2000 in a PDF": ("a.pdf", lambda: in_pdf(noted_jpx(), "JPXDecode")),
    "with a comment": ("a.pdf", lambda: in_pdf(with_comment())),
    "under a short name": ("a.pdf", lambda: in_pdf(photograph(), "DCT")),
    "JPEG 2000 with boxes": ("a.pdf", lambda: in_pdf(jpx_with_boxes(), "JPXDecode")),
    "packed again": ("a.pdf", lambda: packed_again("FlateDecode")),
    "in letters": ("a.pdf", lambda: packed_again("ASCII85Decode")),
    "packed in letters": ("a.pdf", lambda: packed_again("ASCII85Decode", "FlateDecode")),
    "within the drawing of content": ("a.pdf", lambda: within_content(lettered=False)),
    "within the drawing of content in letters": ("a.pdf", lambda: within_content(lettered=True)),
    "inline in a PDF": ("a.pdf", by_reportlab),
    "in a Word file": ("a.docx", in_word),
    "by itself": ("a.jpg", photograph),
}


def noted_jpx() -> bytes:
    target = io.BytesIO()
    Image.effect_noise((200, 150), 60).convert("RGB").save(target, "JPEG2000")
    note = b"<x:xmpmeta>" + CAMERA.encode() + b"</x:xmpmeta>"
    return target.getvalue() + (len(note) + 24).to_bytes(4) + b"uuid" + bytes(16) + note


def built(packgen: Packgen, folder: Path, engine: str, **document: Any) -> tuple[bytes, str]:
    files = document.pop("files")
    pack = write_pack(folder / "p", items=[{"title": "The Mill", "documents": [document]}], files=files)
    run = packgen("build", pack, "--out", folder / "dist", "--engine", engine)
    assert run.code == 0, run.err
    return (folder / "dist" / "p" / "public" / "agenda-pack.pdf").read_bytes(), run.err


@pytest.mark.parametrize("name", FILES)
def test_nothing_of_it_is_in_the_pack(packgen: Packgen, tmp_path: Path, name: str) -> None:
    file, make = FILES[name]
    data = make()
    pdf, told = built(
        packgen, tmp_path, "auto", file=f"attachments/{file}", title="The Mill", alt="The mill",
        files={f"attachments/{file}": data},
    )  # fmt: skip
    assert CAMERA.encode() not in everything(pdf)
    assert b"Exif" not in everything(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        pictures = [each for page in opened.pages for each in page.get_images().values()]
        assert pictures or name == "inline in a PDF" or "drawing" in name
    if name.endswith("in a PDF") and "inline" not in name:
        assert "what a camera noted in a picture, such as place and time, on page 1" in told


@pytest.mark.libreoffice
@pytest.mark.slow
def test_nothing_of_it_is_in_what_libreoffice_draws(packgen: Packgen, tmp_path: Path) -> None:
    files = {"attachments/a.docx": in_word()}
    pdf, _ = built(packgen, tmp_path, "libreoffice", file="attachments/a.docx", title="The Mill", files=files)
    assert CAMERA.encode() not in everything(pdf)


@pytest.mark.parametrize(
    "engine", ["built-in", pytest.param("libreoffice", marks=[pytest.mark.libreoffice, pytest.mark.slow])]
)
def test_nothing_of_it_is_in_a_report_with_the_picture(packgen: Packgen, tmp_path: Path, engine: str) -> None:
    report = REPORT | {"sections": [{"heading": "The mill", "text": "See it.\n\n![The mill](mill.jpg)"}]}
    files = {"items/a.json": report, "mill.jpg": photograph()}
    pdf, _ = built(packgen, tmp_path, engine, data="items/a.json", files=files)
    assert CAMERA.encode() not in everything(pdf)


def test_the_pixels_are_the_same() -> None:
    noted = photograph()
    plain = stripped_jpeg(noted)
    assert has_notes(noted) and not has_notes(plain)
    assert Image.open(io.BytesIO(plain)).tobytes() == Image.open(io.BytesIO(noted)).tobytes()
    jpx = noted_jpx()
    assert has_notes(jpx) and not has_notes(stripped_jpx(jpx))
    assert Image.open(io.BytesIO(stripped_jpx(jpx))).tobytes() == Image.open(io.BytesIO(jpx)).tobytes()


def test_a_picture_of_an_unknown_layout_loses_its_notes_too() -> None:
    noted = photograph()
    cut = noted[: len(noted) // 2]
    blanked = blanked_notes(cut)
    assert len(blanked) == len(cut)
    assert CAMERA.encode() not in blanked and b"Exif" not in blanked
    assert blanked[-2000:] == cut[-2000:]
