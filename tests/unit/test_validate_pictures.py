"""Pictures that prose shows are opened before anything is drawn; what is wrong is told where the prose names them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from docx_parts import png
from packgen.validate.pictures import fault_of_attachment, fault_of_picture
from tests.conftest import REPORT, Packgen, write_pack


def picture(kind: str, size: tuple[int, int] = (60, 30)) -> bytes:
    file = BytesIO()
    Image.new("RGB", size, "teal").save(file, kind)
    return file.getvalue()


def animation() -> bytes:
    file = BytesIO()
    other = Image.new("RGB", (60, 30), "red")
    Image.new("RGB", (60, 30), "teal").save(file, "PNG", save_all=True, append_images=[other])
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (png()[:60], "is damaged or incomplete"),
        (picture("JPEG")[:400], "is damaged or incomplete"),
        (picture("WEBP"), "is a WebP picture, whatever its name says"),
        (picture("TIFF"), "is a TIFF, whatever its name says"),
        (picture("GIF"), "is a GIF, whatever its name says"),
        (b"\0\0\0\x18ftypheic", "is a HEIC photograph, whatever its name says"),
        (b"[project]", "is neither PNG nor JPEG, whatever its name says"),
        (b"", "is an empty file"),
        (png(20_000, 5_000), "has more than 89 million pixels, too many to be opened safely"),
    ],
)
def test_a_picture_that_cannot_be_shown_is_told_at_its_place(
    packgen: Packgen, tmp_path: Path, data: bytes, said: str
) -> None:
    sections = [{"heading": "Trees", "text": {"file": "items/02-trees.md"}}]
    folder = write_pack(
        tmp_path / "pack",
        items=[{"title": "Apologies"}, {"title": "Trees", "documents": [{"data": "items/02-report.json"}]}],
        files={
            "items/02-report.json": {**REPORT, "sections": sections},
            "items/02-trees.md": "Where they stand.\n\n![A map of the new trees](items/trees.png)\n",
            "items/trees.png": data,
        },
    )
    run = packgen("validate", folder)
    assert run.code == 3
    assert f"items/02-trees.md:3: the picture items/trees.png {said}\n  hint: " in run.err


@pytest.mark.parametrize("data", [png(), picture("PNG"), picture("JPEG")])
def test_a_picture_that_can_be_shown_has_no_fault(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "map.png").write_bytes(data)
    assert fault_of_picture(tmp_path / "map.png") is None


def test_what_cannot_be_read_at_the_moment_is_no_fault_that_could_be_remembered(tmp_path: Path) -> None:
    assert fault_of_picture(tmp_path / "gone.png") is None
    assert fault_of_attachment(tmp_path / "gone.png") is None


@pytest.mark.parametrize(
    ("data", "hint"),
    [
        (picture("WEBP"), "open it in a picture program"),
        (b"PK\x03\x04", "ask its author"),
        (b"%PDF-1.7", "ask its author"),
        (b"words", "ask its author"),
    ],
)
def test_the_remedy_is_one_that_can_be_done(tmp_path: Path, data: bytes, hint: str) -> None:
    (tmp_path / "map.png").write_bytes(data)
    fault = fault_of_picture(tmp_path / "map.png")
    assert fault is not None
    assert fault.hint.startswith(hint)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.png", png()[:-16], "a.png is damaged or incomplete\n  hint: ask for it again"),
        ("a.jpg", picture("JPEG")[:400], "a.jpg is damaged or incomplete\n  hint: ask for it again"),
        ("a.tif", picture("TIFF")[:40], "a.tif is damaged"),
        ("a.tif", picture("TIFF", (900, 900))[:50_000], "a.tif is damaged"),
        ("a.png", animation(), "a.png is an animation; on paper it would stand still"),
        ("a.png", picture("WEBP"), "a.png is called .png, but what is in it is a WebP picture\n  hint: open it in a"),
        ("a.jpg", b"\0\0\0\x18ftypheic", "a.jpg is called .jpg, but what is in it is a HEIC photograph\n  hint: open"),
    ],
)
def test_a_picture_that_is_a_document_by_itself_is_told_where_the_pack_names_it(
    packgen: Packgen, tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    document = {"file": f"attachments/{name}", "title": "Map", "alt": "A map of the trees that were planted in 2026"}
    folder = write_pack(
        tmp_path / "pack", items=[{"title": "Map", "documents": [document]}], files={f"attachments/{name}": data}
    )
    run = packgen("validate", folder)
    assert run.code == 3
    assert f"$.items[0].documents[0].file: attachments/{said}" in run.err


@pytest.mark.parametrize(
    ("name", "kind"), [("a.png", "PNG"), ("a.jpg", "JPEG"), ("a.jpeg", "JPEG"), ("a.tiff", "TIFF")]
)
def test_a_picture_that_is_a_sound_document_has_no_fault(tmp_path: Path, name: str, kind: str) -> None:
    (tmp_path / name).write_bytes(picture(kind))
    assert fault_of_attachment(tmp_path / name) is None
