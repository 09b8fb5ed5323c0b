"""Pixels that are set aside: the light PDF says all but the pixels, and filling in gives every picture back whole."""

from __future__ import annotations

import hashlib
import io
import os
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from packgen.cache import Store
from packgen.deferred import setting_aside
from packgen.deferred.filling_in import WholeFile, check_filled_in
from packgen.deferred.setting_aside import set_aside
from packgen.deferred.tokens import SMALL_FILE, TOKEN, Deferred, Light, token
from packgen.errors import InspectionError, InvalidPackError
from packgen.merge import merge
from packgen.stages import documents
from packgen.stages.memory import Memory
from packgen.stages.workers import Workers
from tests import pdf_facts, pdf_parts

WIDE, HIGH = 1600, 1200


def jpeg(**options: object) -> bytes:
    target = io.BytesIO()
    Image.effect_noise((WIDE, HIGH), 90).save(target, "JPEG", quality=90, **options)
    return target.getvalue()


def in_pdf(*pictures: tuple[bytes, str], save: dict[str, object] | None = None, **entries: object) -> bytes:
    """A page for each coded picture, with the name of its coding."""
    with pikepdf.new() as opened:
        for coded, coding in pictures:
            shown = pikepdf.Stream(
                opened, coded, Type=Name.XObject, Subtype=Name.Image, Width=WIDE, Height=HIGH, BitsPerComponent=8,
                ColorSpace=Name.DeviceGray, Filter=Name(f"/{coding}"), **entries,
            )  # fmt: skip
            page = opened.add_blank_page(page_size=(595, 842))
            page.obj.Resources = Dictionary(XObject=Dictionary(P=opened.make_indirect(shown)))
            page.contents_add(b"q 595 0 0 842 0 0 cm /P Do Q")
        target = io.BytesIO()
        opened.save(target, compress_streams=False, **(save or {}))
        return target.getvalue()


def pictures_of(pdf: bytes) -> list[bytes]:
    """The coded pictures of a file, in the order of their numbers."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return [
            thing.read_raw_bytes()
            for thing in opened.objects
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image"
        ]


def light_of(file: Path, data: bytes) -> tuple[bytes, Deferred]:
    file.write_bytes(data)
    digest = hashlib.sha256(data).hexdigest()
    light = set_aside(file, digest)
    return light.pdf, Deferred(file, digest, light.ranges)


def filled_in(light: bytes, *deferred: Deferred) -> bytes:
    whole = WholeFile(light, deferred)
    written = b"".join(map(bytes, whole.pieces()))
    assert len(written) == whole.size
    return written


NOISE = os.urandom(WIDE * HIGH)
PICTURES: dict[str, Callable[[], tuple[bytes, str]]] = {
    "a photograph": lambda: (jpeg(), "DCTDecode"),
    "a photograph in several scans": lambda: (jpeg(progressive=True), "DCTDecode"),
    "a photograph with restarts": lambda: (jpeg(restart_marker_rows=1), "DCTDecode"),
    "packed pixels": lambda: (zlib.compress(NOISE), "FlateDecode"),
    "a fax": lambda: (NOISE, "CCITTFaxDecode"),
    "letters of a scanner": lambda: (NOISE, "JBIG2Decode"),
}


@pytest.mark.parametrize("kind", PICTURES)
@pytest.mark.parametrize("objects", ["generate", "disable"])
def test_pictures_come_back_as_they_were(kind: str, objects: str, tmp_path: Path) -> None:
    coded = PICTURES[kind]()
    save = {"object_stream_mode": pikepdf.ObjectStreamMode[objects]}
    data = in_pdf(coded, (jpeg(), "DCTDecode"), save=save)
    light, deferred = light_of(tmp_path / "scan.pdf", data)
    assert len(light) < len(data) / 5
    whole = filled_in(light, deferred)
    assert pictures_of(whole) == pictures_of(data) == [coded[0], pictures_of(data)[1]]
    with pikepdf.open(io.BytesIO(whole), attempt_recovery=False) as opened:
        assert list(opened.objects) and not opened.get_warnings()


def test_what_is_said_of_a_picture_stays_with_it(tmp_path: Path) -> None:
    notes = Image.Exif()
    notes[0x010F] = "Harrowcam 7"
    light, _ = light_of(tmp_path / "scan.pdf", in_pdf((jpeg(exif=notes), "DCTDecode")))
    [picture] = pictures_of(light)
    assert b"Harrowcam 7" in picture
    assert picture.startswith(b"\xff\xd8")
    assert picture.endswith(b"\xff\xd9")
    assert len(TOKEN.findall(picture)) == 1


def test_the_same_picture_twice_is_found_in_both_places(tmp_path: Path) -> None:
    coded = jpeg()
    data = in_pdf((coded, "DCTDecode"), (coded, "DCTDecode"))
    light, deferred = light_of(tmp_path / "scan.pdf", data)
    assert len(set(deferred.ranges)) == 2
    assert pictures_of(filled_in(light, deferred)) == [coded, coded]


NOT_SET_ASIDE: dict[str, Callable[[], bytes]] = {
    "a small file": lambda: in_pdf((jpeg()[:1000], "FlateDecode")),
    "what is no photograph": lambda: in_pdf((NOISE, "DCTDecode")),
    "a coding with more than pixels": lambda: in_pdf((NOISE, "JPXDecode")),
    "a picture with words": lambda: in_pdf((NOISE, "FlateDecode"), Note=pikepdf.String("stream\nendstream")),
    "a locked file": lambda: in_pdf(
        (NOISE, "FlateDecode"), save={"encryption": pikepdf.Encryption(owner="o", user="")}
    ),
    "no PDF": lambda: NOISE,
}


@pytest.mark.parametrize("kind", NOT_SET_ASIDE)
def test_whatever_is_not_certain_stays_as_it_is(kind: str, tmp_path: Path) -> None:
    light, deferred = light_of(tmp_path / "scan.pdf", NOT_SET_ASIDE[kind]())
    assert (light, deferred.ranges) == (b"", ())


def test_two_codings_one_upon_the_other_stay(tmp_path: Path) -> None:
    data = in_pdf((zlib.compress(jpeg()), "FlateDecode"))
    with pikepdf.open(io.BytesIO(data)) as opened:
        picture = opened.pages[0].Resources.XObject.P
        picture.write(picture.read_raw_bytes(), filter=Array([Name.FlateDecode, Name.DCTDecode]))
        target = io.BytesIO()
        opened.save(target, compress_streams=False)
    assert light_of(tmp_path / "scan.pdf", target.getvalue())[0] == b""


def test_a_token_that_an_author_wrote_is_nothing_but_bytes(tmp_path: Path) -> None:
    """Of a file of the same pack, or of one that must not be known, nothing is taken that was not set aside."""
    secret = tmp_path / "secret.pdf"
    secret.write_bytes(b"%PDF-1.7 what nobody may know")
    known = hashlib.sha256(secret.read_bytes()).hexdigest()
    forged = token(known, (0, 20)) + NOISE[:SMALL_FILE]
    light, deferred = light_of(tmp_path / "scan.pdf", in_pdf((jpeg(), "DCTDecode"), (forged, "DCTDecode")))
    of_secret = Deferred(secret, known, ((5, 9),))
    written = filled_in(light, deferred, of_secret)
    assert pictures_of(written)[1] == forged
    assert b"nobody may know" not in written
    assert b"nobody may know" not in filled_in(light, deferred)


def test_a_file_that_changed_meanwhile_stops_the_build(tmp_path: Path) -> None:
    file = tmp_path / "scan.pdf"
    light, deferred = light_of(file, in_pdf((jpeg(), "DCTDecode")))
    whole = WholeFile(light, [deferred])
    file.write_bytes(file.read_bytes() + b"\n")
    with pytest.raises(InvalidPackError) as found:
        list(whole.pieces())
    [problem] = found.value.problems
    assert (problem.code, Path(problem.file).name) == ("file.changed-meanwhile", "scan.pdf")
    file.unlink()
    with pytest.raises(InvalidPackError):
        list(whole.pieces())


def test_a_pack_without_large_pictures_is_written_as_it_is(tmp_path: Path) -> None:
    made = merge(pdf_parts.several("one", "two")).data
    whole = WholeFile(made, [])
    assert whole.is_light
    assert b"".join(map(bytes, whole.pieces())) == made


def test_a_merged_pack_has_its_pictures_and_everything_else(tmp_path: Path) -> None:
    """As blocks and as qpdf writes them, with a document before and one behind."""
    data = in_pdf((jpeg(), "DCTDecode"), (zlib.compress(NOISE), "FlateDecode"))
    light, deferred = light_of(tmp_path / "scan.pdf", data)
    before, behind = pdf_parts.report("before"), pdf_parts.report("behind")
    ready = merge(pdf_parts.request([("two", light)])).data
    for asked in (
        pdf_parts.request([("one", before), ("two", light), ("three", behind)]),
        pdf_parts.request([("one", before), ("two", ready), ("three", behind)], authored=False),
    ):
        made = merge(asked)
        whole = filled_in(made.data, deferred)
        assert sorted(pictures_of(whole)) == sorted(pictures_of(data))
        assert pdf_facts.page_texts(whole) == pdf_facts.page_texts(made.data)
        assert pdf_facts.tags(whole) == pdf_facts.tags(made.data)
        assert pdf_facts.outline(whole) == pdf_facts.outline(made.data)


def test_a_written_file_is_read_back(tmp_path: Path) -> None:
    light, deferred = light_of(tmp_path / "scan.pdf", in_pdf((jpeg(), "DCTDecode"), (jpeg(), "DCTDecode")))
    file = tmp_path / "pack.pdf"
    good = filled_in(light, deferred)
    file.write_bytes(good)
    check_filled_in(file, "pack.pdf")
    at = good.index(b"endstream", len(good) // 2)
    for spoiled in (good[: at - 5] + good[at:], good[:-400], good.replace(b"/Length 1", b"/Length 2", 1)):
        file.write_bytes(spoiled)
        with pytest.raises(InspectionError):
            check_filled_in(file, "pack.pdf")


def with_picture_as(use: str, coded: bytes) -> bytes:
    """A page that draws a picture which is used for something else too, or only said to be a picture."""
    with pikepdf.open(io.BytesIO(in_pdf((coded, "FlateDecode")))) as opened:
        page = opened.pages[0].obj
        picture = page.Resources.XObject.P

        def of_letters() -> None:
            page.Resources.Font = Dictionary(F=Dictionary(Subtype=Name.Type3, CharProcs=page.Resources.XObject))

        def listed() -> None:
            page.Resources.XObject = opened.make_indirect(Dictionary(P=picture))

        uses: dict[str, Callable[[], object]] = {
            "content": lambda: page.__setitem__("/Contents", Array([page.Contents, picture])),
            "meaning of letters": lambda: page.Resources.__setitem__(
                "/Font", Dictionary(F=opened.make_indirect(Dictionary(Type=Name.Font, ToUnicode=picture)))
            ),
            "a font called XObject": lambda: page.Resources.__setitem__(
                "/Font", opened.make_indirect(Dictionary(XObject=Dictionary(Type=Name.Font, ToUnicode=picture)))
            ),
            "a font in a list": lambda: page.Resources.__setitem__(
                "/Font", Dictionary(XObject=opened.make_indirect(Dictionary(Type=Name.Font, ToUnicode=picture)))
            ),
            "pattern": lambda: page.Resources.__setitem__("/Pattern", Dictionary(P=picture)),
            "letters": of_letters,
            "a list that is used for letters": lambda: (listed(), of_letters()),
            "one of several": lambda: page.Resources.XObject.__setitem__("/Q", Array([picture])),
            "trailer": lambda: opened.trailer.__setitem__("/Hidden", picture),
            "mask of itself": lambda: picture.__setitem__("/SMask", picture),
            "element": lambda: opened.Root.__setitem__("/StructTreeRoot", Dictionary(K=Dictionary(Obj=picture))),
            "indirect list": listed,
        }
        uses[use]()
        target = io.BytesIO()
        opened.save(target, compress_streams=False)
        return target.getvalue()


@pytest.mark.parametrize(
    "use",
    [
        "content", "meaning of letters", "a font called XObject", "a font in a list", "pattern", "letters",
        "a list that is used for letters", "one of several",
    ],
)  # fmt: skip
def test_what_is_used_for_anything_but_a_picture_stays(use: str, tmp_path: Path) -> None:
    """It could hold words, which nobody would see but in the finished file."""
    assert light_of(tmp_path / "scan.pdf", with_picture_as(use, zlib.compress(NOISE)))[1].ranges == ()


@pytest.mark.parametrize("use", ["mask of itself", "element", "indirect list"])
def test_pictures_are_found_wherever_pictures_may_be(use: str, tmp_path: Path) -> None:
    assert len(light_of(tmp_path / "scan.pdf", with_picture_as(use, zlib.compress(NOISE)))[1].ranges) == 1


@pytest.mark.parametrize("parameters", ["[ null null ]", "[ 1 ]", "(x)", "/Odd"])
def test_odd_parameters_leave_a_picture_as_it_is(parameters: str, tmp_path: Path) -> None:
    data = in_pdf((zlib.compress(NOISE), "FlateDecode"), DecodeParms=pikepdf.Object.parse(parameters.encode()))
    assert light_of(tmp_path / "scan.pdf", data)[1].ranges == ()


def test_pictures_in_any_order_are_found_at_once(tmp_path: Path) -> None:
    """Of one scanner, so that all begin alike; in the file they stand the other way round."""
    count = 20
    kids = b" ".join(b"%d 0 R" % (3 + 2 * number) for number in range(count))
    objects = {1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Count %d /Kids [ %s ] >>" % (count, kids)}
    for number in range(count):
        own = jpeg()
        objects[3 + 2 * number] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 595 842 ] /Resources << /XObject << /P %d 0 R >> >> >>"
            % (4 + 2 * number)
        )
        objects[4 + 2 * number] = (
            b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8 /ColorSpace /DeviceGray "
            b"/Filter /DCTDecode /Length %d >>\nstream\n%s\nendstream" % (WIDE, HIGH, len(own), own)
        )
    data, places = b"%PDF-1.7\n", {}
    for number in sorted(objects, reverse=True):
        places[number] = len(data)
        data += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
    rows = b"".join(b"%010d 00000 n \n" % places[number] for number in sorted(places))
    size = len(objects) + 1
    data += b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        size, rows, size, len(data),
    )  # fmt: skip
    started = time.perf_counter()
    light, deferred = light_of(tmp_path / "scan.pdf", data)
    assert time.perf_counter() - started < 5
    assert len(deferred.ranges) == count
    assert sorted(pictures_of(filled_in(light, deferred))) == sorted(pictures_of(data))


def test_pictures_that_look_like_everything_take_no_time(tmp_path: Path) -> None:
    data = in_pdf((bytes(100_000), "CCITTFaxDecode"), (bytes(3_000_000), "CCITTFaxDecode"))
    started = time.perf_counter()
    light, deferred = light_of(tmp_path / "scan.pdf", data)
    assert time.perf_counter() - started < 5
    assert pictures_of(filled_in(light, deferred)) == pictures_of(data)


def test_strips_of_pictures_are_set_aside_too(tmp_path: Path) -> None:
    data = in_pdf(*((os.urandom(20_000), "CCITTFaxDecode") for _ in range(100)))
    light, deferred = light_of(tmp_path / "scan.pdf", data)
    assert len(light) < len(data) / 10
    assert pictures_of(filled_in(light, deferred)) == pictures_of(data)


def test_a_file_that_is_saved_while_its_pixels_are_set_aside_is_not_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else its tokens would stand for bytes of what it was before."""
    file = tmp_path / "scan.pdf"
    file.write_bytes(in_pdf((jpeg(), "DCTDecode")))
    newer = in_pdf((jpeg(), "DCTDecode"), (jpeg(), "DCTDecode"))
    set_it_aside = documents.set_pixels_aside

    def saved_meanwhile(task: tuple[Path, str]) -> Light:
        light = set_it_aside(task)
        file.write_bytes(newer)
        return light

    monkeypatch.setattr(documents, "set_pixels_aside", saved_meanwhile)
    for _ in range(2):
        with Store(tmp_path / "cache") as store, Workers(1) as workers:
            memory = Memory(store)
            if file.read_bytes() != newer:
                with pytest.raises(InvalidPackError, match="was changed"):
                    documents._without_pixels({"one": file}, workers, memory)
                monkeypatch.setattr(documents, "set_pixels_aside", set_it_aside)
            else:
                [(light, deferred)] = documents._without_pixels({"one": file}, workers, memory).values()
    assert pictures_of(filled_in(light, deferred)) == pictures_of(newer)


def test_a_file_whose_words_would_change_stays_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Should there be a way of using a picture that nobody has thought of."""
    meaning = b"/CIDInit /ProcSet findresource begin begincmap 1 beginbfchar <41> <005A> endbfchar endcmap end"
    with pikepdf.open(io.BytesIO(in_pdf((jpeg(), "DCTDecode")))) as opened:
        told = pikepdf.Stream(opened, zlib.compress(meaning + b"\n%" + NOISE), Filter=Name.FlateDecode)
        told.Type, told.Subtype = Name.XObject, Name.Image
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, ToUnicode=told)
        opened.pages[0].Resources.Font = Dictionary(F=opened.make_indirect(font))
        opened.pages[0].contents_add(b"BT /F 12 Tf 72 72 Td (AAA) Tj ET")
        target = io.BytesIO()
        opened.save(target, compress_streams=False)
    assert len(light_of(tmp_path / "scan.pdf", target.getvalue())[1].ranges) == 1
    monkeypatch.setattr(setting_aside, "used_as_pictures", lambda pdf, streams: streams)
    assert light_of(tmp_path / "scan.pdf", target.getvalue())[1].ranges == ()
