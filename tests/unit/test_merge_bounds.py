"""PDFs that would take hours or gigabytes are refused at once, with the page; large honest ones pass."""

from __future__ import annotations

import io
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from packgen.errors import InvalidPackError
from packgen.merge import count_pages
from pdf_parts import changed, untagged
from tests.conftest import Packgen, write_pack

MEGABYTE = 2**20
Change = Callable[[Pdf], None]


def blanks(megabytes: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(b" " * MEGABYTE) for _ in range(megabytes)) + packer.flush()


def packed(opened: Pdf, data: bytes, *filters: Name, **entries: object) -> Object:
    return opened.make_indirect(
        Stream(opened, data, Filter=Array(list(filters)) if filters[1:] else filters[0], **entries)
    )


def on_second_page(change: Callable[[Pdf, Object], None]) -> bytes:
    return changed(untagged("One", "Two"), lambda opened: change(opened, opened.pages[1].obj))


def form(opened: Pdf, content: bytes, **resources: object) -> Object:
    return opened.make_stream(
        content, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 99, 99]), Resources=Dictionary(**resources)
    )


def _content(opened: Pdf, page: Object) -> None:
    page.Contents = Array([page.Contents, packed(opened, blanks(160), Name.FlateDecode)])


def _packed_twice(opened: Pdf, page: Object) -> None:
    page.Contents = Array(
        [page.Contents, packed(opened, zlib.compress(blanks(160), 9), Name.FlateDecode, Name.FlateDecode)]
    )


def _old_packing(opened: Pdf, page: Object) -> None:
    page.Contents = Array([page.Contents, packed(opened, bytes(8 * MEGABYTE), Name.LZWDecode)])


def _font(opened: Pdf, page: Object) -> None:
    page.Resources.Font.F9 = Dictionary(
        Type=Name.Font, FontDescriptor=Dictionary(FontFile2=packed(opened, blanks(160), Name.FlateDecode))
    )


def _picture(opened: Pdf, page: Object) -> None:
    page.Resources.XObject = Dictionary(P=packed(opened, blanks(1100), Name.FlateDecode, Subtype=Name.Image))


def _within_each_other(opened: Pdf, page: Object) -> None:
    drawn = form(opened, b"0 0 9 9 re f")
    for _ in range(10):
        drawn = form(opened, b"/X Do " * 12, XObject=Dictionary(X=drawn))
    page.Resources.XObject = Dictionary(X=drawn)
    opened.pages[1].contents_add(b"/X Do")


def _masks(opened: Pdf, page: Object) -> None:
    drawn = form(opened, b"0 0 9 9 re f")
    for _ in range(10):
        state = Dictionary(SMask=Dictionary(S=Name.Alpha, G=drawn))
        drawn = form(opened, b"/G gs 0 0 1 1 re f " * 12, ExtGState=Dictionary(G=state))
    page.Resources.ExtGState = Dictionary(G=Dictionary(SMask=Dictionary(S=Name.Alpha, G=drawn)))
    opened.pages[1].contents_add(b"/G gs 0 0 9 9 re f")


def _tiles(step: float) -> Callable[[Pdf, Object], None]:
    def change(opened: Pdf, page: Object) -> None:
        tile = opened.make_stream(
            b"0 0 1 1 re f", PatternType=1, PaintType=1, TilingType=1, BBox=Array([0, 0, 1, 1]), XStep=step, YStep=step,
            Resources=Dictionary(),
        )  # fmt: skip
        page.Resources.Pattern = Dictionary(P=tile)
        opened.pages[1].contents_add(b"/Pattern cs /P scn 0 0 600 800 re f")

    return change


def _drawn_letters(length: int) -> Callable[[Pdf, Object], None]:
    def change(opened: Pdf, page: Object) -> None:
        glyph = opened.make_stream(b"500 0 0 0 500 500 d1 " + b"0 0 9 9 re f " * length)
        drawn = Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 500, 500]), FirstChar=97, LastChar=97
        )
        drawn.FontMatrix, drawn.Widths = Array([0.001, 0, 0, 0.001, 0, 0]), Array([500])
        drawn.CharProcs, drawn.Encoding = Dictionary(a=glyph), Dictionary(Differences=Array([97, Name.a]))
        page.Resources.Font.F9 = drawn
        opened.pages[1].contents_add(b"BT /F9 9 Tf (" + b"a" * 4000 + b") Tj ET")

    return change


def _words(count: int) -> Callable[[Pdf, Object], None]:
    def change(opened: Pdf, page: Object) -> None:
        opened.pages[1].contents_add(b"BT /F1 1 Tf 0 800 Td " + b"(abcdefgh) Tj " * count + b"ET")

    return change


def _one_long_word(opened: Pdf, page: Object) -> None:
    opened.pages[1].contents_add(b"BT /F1 1 Tf (" + b"a" * 5_000_000 + b") Tj ET")


def packed_objects(*, twice: bool = False) -> bytes:
    """A file whose objects stand in a stream that unpacks to far more than they are."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(untagged("One"))) as opened:
        opened.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    data = target.getvalue()
    at = data.index(b"/ObjStm")
    begins = data.index(b"stream\n", at) + len(b"stream\n")
    ends = data.index(b"endstream", begins)
    if not twice:
        return data[:begins] + blanks(160) + data[ends:]
    head = data[:begins].replace(b"/Filter /FlateDecode", b"/Filter [/FlateDecode /FlateDecode]")
    return head + zlib.compress(blanks(160)) + data[ends:]


def _named(written: bytes) -> Callable[[Pdf, Object], None]:
    """Things within each other whose names are written in a way that only a reader of PDFs understands."""

    def change(opened: Pdf, page: Object) -> None:
        drawn = form(opened, b"0 0 9 9 re f")
        for _ in range(10):
            drawn = form(opened, written * 12, Fm=drawn)
            drawn.Resources = Dictionary(XObject=Dictionary(Fm=drawn.Resources.Fm))
        page.Resources.XObject = Dictionary(Fm=drawn)
        opened.pages[1].contents_add(written)

    return change


def _annotation(opened: Pdf, page: Object) -> None:
    drawn = form(opened, b"0 0 9 9 re f")
    for _ in range(10):
        drawn = form(opened, b"/X Do " * 12, XObject=Dictionary(X=drawn))
    button = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Btn, Rect=Array([0, 0, 9, 9]), F=4)
    button.AP = Dictionary(N=drawn)
    page.Annots = Array([opened.make_indirect(button)])
    opened.Root.AcroForm = Dictionary(Fields=page.Annots)


def _short_name(opened: Pdf, page: Object) -> None:
    page.Contents = Array([page.Contents, packed(opened, blanks(160), Name.Fl)])


def _listed_often(opened: Pdf, page: Object) -> None:
    stream = packed(opened, blanks(100), Name.FlateDecode)
    page.Contents = Array([page.Contents, *[stream] * 80])


def _shadings(opened: Pdf, page: Object) -> None:
    page.Resources.Shading = Dictionary(S=Dictionary(ShadingType=2, ColorSpace=Name.DeviceGray))
    opened.pages[1].contents_add(b"/S sh " * 200_000)


def _picture_often(opened: Pdf, page: Object) -> None:
    shown = packed(opened, blanks(1), Name.FlateDecode, Subtype=Name.Image, Width=30_000, Height=30_000)
    page.Resources.XObject = Dictionary(P=shown)
    opened.pages[1].contents_add(b"/P Do " * 500)


TOO_MUCH: dict[str, tuple[Callable[[], bytes], str]] = {
    "content": (lambda: on_second_page(_content), "unpacks to more"),
    "packed twice": (lambda: on_second_page(_packed_twice), "unpacks to more"),
    "an old way of packing": (lambda: on_second_page(_old_packing), "unpacks to more"),
    "font": (lambda: on_second_page(_font), "unpacks to more"),
    "picture": (lambda: on_second_page(_picture), "unpacks to more"),
    "objects": (packed_objects, "unpacks to more"),
    "forms within forms": (lambda: on_second_page(_within_each_other), "(page 2)"),
    "masks within masks": (lambda: on_second_page(_masks), "(page 2)"),
    "a name with a code": (lambda: on_second_page(_named(b"/F#6d Do ")), "(page 2)"),
    "a name before a comment": (lambda: on_second_page(_named(b"/Fm%x\nDo ")), "(page 2)"),
    "a name before a nought": (lambda: on_second_page(_named(b"/Fm\0Do ")), "(page 2)"),
    "what draws a button": (lambda: on_second_page(_annotation), "(page 2)"),
    "a short name of packing": (lambda: on_second_page(_short_name), "unpacks to more"),
    "content listed often": (lambda: on_second_page(_listed_often), "unpacks to more"),
    "shadings": (lambda: on_second_page(_shadings), "(page 2)"),
    "a picture drawn often": (lambda: on_second_page(_picture_often), "(page 2)"),
    "objects packed twice": (lambda: packed_objects(twice=True), "unpacks to more"),
    "tiny tiles": (lambda: on_second_page(_tiles(0.001)), "(page 2)"),
    "tiles without a size": (lambda: on_second_page(_tiles(0)), "(page 2)"),
    "drawn letters": (lambda: on_second_page(_drawn_letters(20_000)), "(page 2)"),
    "pieces of text": (lambda: on_second_page(_words(500_000)), "more words than can be read (page 2)"),
    "one long word": (lambda: on_second_page(_one_long_word), "more words than can be read (page 2)"),
}


def _itself(opened: Pdf, page: Object) -> None:
    drawn = form(opened, b"/X Do")
    drawn.Resources.XObject = Dictionary(X=drawn)
    page.Resources.XObject = Dictionary(X=drawn)
    opened.pages[1].contents_add(b"/X Do")


def _stamped(opened: Pdf, page: Object) -> None:
    tree = form(opened, b"0 0 9 9 re f " * 50)
    grove = form(opened, b"1 0 0 1 9 9 cm /X Do " * 100, XObject=Dictionary(X=tree))
    page.Resources.XObject = Dictionary(X=grove)
    opened.pages[1].contents_add(b"1 0 0 1 9 9 cm /X Do " * 100)


def _lines(opened: Pdf, page: Object) -> None:
    opened.pages[1].contents_add(b"".join(b"%d %d m %d %d l S\n" % (i, i % 97, i % 83, i % 71) for i in range(200_000)))


def _large_picture(opened: Pdf, page: Object) -> None:
    page.Resources.XObject = Dictionary(P=packed(opened, blanks(400), Name.FlateDecode, Subtype=Name.Image))


FINE: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: untagged("One"),
    "a thing that draws itself": lambda: on_second_page(_itself),
    "ten thousand trees": lambda: on_second_page(_stamped),
    "two hundred thousand lines": lambda: on_second_page(_lines),
    "a scan of a plan": lambda: on_second_page(_large_picture),
    "hatching": lambda: on_second_page(_tiles(2)),
    "letters of a scanned font": lambda: on_second_page(_drawn_letters(30)),
    "a page of labels": lambda: on_second_page(_words(20_000)),
}


def looked_at(folder: Path, data: bytes) -> int:
    file = folder / "a.pdf"
    file.write_bytes(data)
    return count_pages(file, "a.pdf", 5000)


@pytest.mark.parametrize("name", TOO_MUCH)
def test_what_would_take_for_ever_is_refused_at_once(tmp_path: Path, name: str) -> None:
    make, told = TOO_MUCH[name]
    data = make()
    assert len(data) < 10 * MEGABYTE
    started = time.monotonic()
    with pytest.raises(InvalidPackError, match="this file") as refused:
        looked_at(tmp_path, data)
    assert time.monotonic() - started < 20
    assert told in str(refused.value)


@pytest.mark.parametrize("name", FINE)
def test_what_is_large_and_honest_passes(tmp_path: Path, name: str) -> None:
    data = FINE[name]()
    with pikepdf.open(io.BytesIO(data)) as opened:
        pages = len(opened.pages)
    assert looked_at(tmp_path, data) == pages


def test_too_many_pages_are_not_looked_at_one_by_one(packgen: Packgen, tmp_path: Path) -> None:
    def many(opened: Pdf) -> None:
        opened.Root.Pages.Kids = Array([opened.pages[0].obj] * 20_000)
        opened.Root.Pages.Count = 20_000

    files = {"attachments/a.pdf": changed(untagged("One"), many)}
    items = [{"title": "Trees", "documents": [{"file": "attachments/a.pdf", "title": "A"}]}]
    started = time.monotonic()
    run = packgen("validate", write_pack(tmp_path / "p", items=items, files=files))
    assert time.monotonic() - started < 20
    assert run.code == 3
    assert "a.pdf has 20000 pages; the limit is 5000" in run.err


@pytest.mark.slow
def test_an_honest_plan_of_80_megabytes_is_built(packgen: Packgen, tmp_path: Path) -> None:
    """A scan of a map in colours, as large as a page of A0 has it, with the lines of a plan over it."""

    def plan(opened: Pdf, page: Object) -> None:
        page.MediaBox = Array([0, 0, 2384, 3370])
        page.Resources.XObject = Dictionary(
            P=opened.make_indirect(
                Stream(
                    opened, bytes(78_000_000), Type=Name.XObject, Subtype=Name.Image, Width=6000, Height=13000,
                    BitsPerComponent=8, ColorSpace=Name.DeviceGray,
                )
            )
        )  # fmt: skip
        opened.pages[1].contents_add(b"q 2384 0 0 2000 0 1200 cm /P Do Q")
        _lines(opened, page)

    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(untagged("One", "Two"))) as opened:
        plan(opened, opened.pages[1].obj)
        opened.save(target, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    data = target.getvalue()
    assert len(data) > 80_000_000
    items = [{"title": "Trees", "documents": [{"file": "attachments/a.pdf", "title": "Plan", "alt": "A plan"}]}]
    pack = write_pack(tmp_path / "p", items=items, files={"attachments/a.pdf": data})
    run = packgen("build", pack, "--out", tmp_path / "dist")
    assert run.code == 0, run.err
