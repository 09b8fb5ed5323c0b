"""Pictures as documents: what is drawn, how it stands, what is said of it, and what must not be found in the PDF."""

from __future__ import annotations

import base64
import io
import struct
import zlib
from datetime import UTC, datetime
from typing import Any

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from packgen.convert import Drawn
from packgen.convert.picture_pages import convert_picture
from packgen.errors import ConversionError, Problem
from tests import pdf_facts
from tests.docx_parts import docx, picture
from tests.docx_parts import draw as draw_docx

A4, LYING = (595, 842), (842, 595)
MARGIN = 20 * 72 / 25.4
SECRETS = (
    b"Exif",
    b"OLYMPUS-SECRET",
    b"SECRET-XMP",
    b"SECRET-COMMENT",
    b"GPS",
    b"SECRET-TAIL",
    b"ICC_PROFILE",
)
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf>SECRET-XMP GPSLatitude 51.5</rdf></x:xmpmeta>'
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def draw(data: bytes, *, name: str = "attachments/plan.png", alt: str = "A plan of the site") -> Drawn:
    return convert_picture(
        data, name=name, alt=alt, language="en-GB", title="Plan of the site", created=datetime(2024, 2, 15, tzinfo=UTC)
    )


def refusal(data: bytes, **arguments: Any) -> Problem:
    with pytest.raises(ConversionError) as raised:
        draw(data, **arguments)
    (problem,) = raised.value.problems
    assert problem.file == "attachments/plan.png"
    assert problem.hint
    return problem


def saved(image: Image.Image, form: str, **options: Any) -> bytes:
    target = io.BytesIO()
    image.save(target, form, **options)
    return target.getvalue()


def cornered(size: tuple[int, int] = (600, 400), corner: str = "red", mode: str = "RGB") -> Image.Image:
    """Blue, with another colour in its upper left corner."""
    image = Image.new("RGB", size, "blue")
    image.paste(corner, (0, 0, size[0] // 4, size[1] // 4))
    return image.convert(mode)


def camera_notes(orientation: int | None = None) -> Image.Exif:
    notes = Image.Exif()
    notes[0x010F] = "OLYMPUS-SECRET"
    if orientation is not None:
        notes[0x0112] = orientation
    position = notes.get_ifd(0x8825)
    position[1], position[2] = "N", (51.0, 30.0, 12.5)
    return notes


def box(pdf: bytes, page_index: int = 0) -> tuple[float, float, float, float]:
    """Where anything is drawn on a page: left, top, right, bottom in points from its upper left corner."""
    from PIL import ImageOps

    seen = ImageOps.invert(pdf_facts.picture(pdf, page_index).convert("L")).getbbox()
    assert seen is not None
    left, top, right, bottom = (length / 2 for length in seen)
    return left, top, right, bottom


def corner_colours(pdf: bytes) -> dict[str, tuple[int, int, int]]:
    left, top, right, bottom = box(pdf)
    page = pdf_facts.picture(pdf, 0)
    inset = 8
    return {
        "upper left": page.getpixel((int(left * 2) + inset, int(top * 2) + inset)),
        "upper right": page.getpixel((int(right * 2) - inset, int(top * 2) + inset)),
        "lower left": page.getpixel((int(left * 2) + inset, int(bottom * 2) - inset)),
        "lower right": page.getpixel((int(right * 2) - inset, int(bottom * 2) - inset)),
    }


def is_red(colour: tuple[int, int, int]) -> bool:
    return colour[0] > 200 and colour[2] < 60


def pictures_in(pdf: bytes) -> list[Any]:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(pdf))
    objects = [reader.get_object(number) for number in range(1, int(reader.trailer["/Size"]))]
    return [thing for thing in objects if hasattr(thing, "get_data") and thing.get("/Subtype") == "/Image"]


def assert_nothing_told(pdf: bytes) -> None:
    everything = pdf + pdf_facts.plain_bytes(pdf)
    assert [secret for secret in SECRETS if secret in everything] == []


# --- The page ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "page"), [((600, 400), LYING), ((400, 600), A4), ((500, 500), A4), ((3000, 40), LYING), ((1, 1), A4)]
)
def test_the_paper_lies_as_the_picture_does(size: tuple[int, int], page: tuple[int, int]) -> None:
    assert pdf_facts.page_sizes(draw(saved(Image.new("RGB", size, "blue"), "PNG")).pdf) == [page]


def test_a_picture_fills_what_the_margins_leave_and_stands_in_the_middle() -> None:
    left, top, right, bottom = box(draw(saved(cornered((3000, 1500)), "PNG")).pdf)
    assert left == pytest.approx(MARGIN, abs=1)
    assert right == pytest.approx(841.89 - MARGIN, abs=1)
    assert (top + bottom) / 2 == pytest.approx(595.28 / 2, abs=1)
    assert (bottom - top) * 2 == pytest.approx(right - left, abs=2)


def test_a_picture_of_few_pixels_is_not_made_so_large_that_they_show() -> None:
    left, _, right, _ = box(draw(saved(cornered((500, 300)), "PNG")).pdf)
    assert right - left == pytest.approx(5 * 72, abs=1)


def test_it_is_a_figure_that_says_what_it_shows() -> None:
    drawn = draw(saved(cornered(), "PNG"), alt='The "Mill Lane" entrance — №\u00a05, שלום')
    figures = [tag for tag in pdf_facts.tags(drawn.pdf) if tag.role == "Figure"]
    assert [tag.alt for tag in figures] == ['The "Mill Lane" entrance — №\u00a05, שלום']
    assert pdf_facts.information(drawn.pdf)["/Title"] == "Plan of the site"
    assert pdf_facts.catalog(drawn.pdf)["/Lang"] == "en-GB"
    assert drawn.page_texts == ("",)
    xmp = pdf_facts.xmp(drawn.pdf)
    assert "<pdfuaid:part>1<" in xmp
    assert ("<pdfaid:part>2<" in xmp, "<pdfaid:conformance>A<" in xmp) == (True, True)


def test_each_page_of_a_tiff_is_a_page_that_says_which_it_is() -> None:
    frames = [cornered((300, 200)), cornered((200, 300), "lime"), cornered((300, 200), "yellow")]
    drawn = draw(saved(frames[0], "TIFF", save_all=True, append_images=frames[1:]))
    assert pdf_facts.page_sizes(drawn.pdf) == [LYING, A4, LYING]
    assert [tag.alt for tag in pdf_facts.tags(drawn.pdf) if tag.role == "Figure"] == [
        f"A plan of the site (page {number} of 3)" for number in (1, 2, 3)
    ]
    assert len(drawn.page_texts) == 3


def test_a_small_copy_beside_the_page_of_a_tiff_is_no_page() -> None:
    page, copy = cornered((300, 200)), cornered((30, 20))
    copy.encoderinfo = {"tiffinfo": {254: 1}}  # type: ignore[attr-defined]  # how Pillow takes tags of further frames
    data = saved(page, "TIFF", save_all=True, append_images=[copy])
    with Image.open(io.BytesIO(data)) as image:
        image.seek(1)
        assert image.tag_v2[254] == 1
    drawn = draw(data)
    assert pdf_facts.page_count(drawn.pdf) == 1
    assert pdf_facts.tags(drawn.pdf)[-1].alt == "A plan of the site"


def test_the_same_file_gives_the_same_bytes() -> None:
    for form in ("PNG", "JPEG", "TIFF"):
        data = saved(cornered((900, 700)), form)
        assert draw(data).pdf == draw(data).pdf


# --- How it stands -----------------------------------------------------------------------------------------------

# What is stored in the upper left corner is seen there; Exif 2.32, 4.6.4 A.
SEEN_AT = {
    1: "upper left", 2: "upper right", 3: "lower right", 4: "lower left",
    5: "upper left", 6: "upper right", 7: "lower right", 8: "lower left",
}  # fmt: skip


@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF"])
@pytest.mark.parametrize("orientation", sorted(SEEN_AT))
def test_a_picture_is_turned_as_its_camera_says(form: str, orientation: int) -> None:
    options = {"tiffinfo": {274: orientation}} if form == "TIFF" else {"exif": camera_notes(orientation)}
    pdf = draw(saved(cornered(), form, **options)).pdf
    assert pdf_facts.page_sizes(pdf) == [LYING if orientation < 5 else A4]
    assert {place: is_red(colour) for place, colour in corner_colours(pdf).items()} == {
        place: place == SEEN_AT[orientation] for place in ("upper left", "upper right", "lower left", "lower right")
    }
    assert_nothing_told(pdf)


def test_oblong_pixels_of_a_fax_are_drawn_square() -> None:
    pdf = draw(saved(Image.new("L", (1728, 1143), 0), "TIFF", dpi=(204, 98))).pdf
    left, top, right, bottom = box(pdf)
    assert pdf_facts.page_sizes(pdf) == [A4]
    assert (bottom - top) / (right - left) == pytest.approx(1143 / 98 / (1728 / 204), rel=0.01)


# --- What must not be told ---------------------------------------------------------------------------------------


def jpeg_with_everything(orientation: int | None = None, size: tuple[int, int] = (600, 400)) -> bytes:
    return (
        saved(
            cornered(size), "JPEG", exif=camera_notes(orientation), xmp=XMP, comment=b"SECRET-COMMENT", icc_profile=SRGB
        )
        + b"SECRET-TAIL"
    )


def test_the_file_of_the_tests_holds_what_must_not_be_told() -> None:
    data = jpeg_with_everything()
    assert [secret for secret in SECRETS if secret not in data and secret != b"GPS"] == []


@pytest.mark.parametrize("orientation", [None, 1, 6])
def test_a_photograph_tells_nothing_but_what_it_shows(orientation: int | None) -> None:
    assert_nothing_told(draw(jpeg_with_everything(orientation)).pdf)


def test_an_upright_photograph_goes_in_without_being_coded_again() -> None:
    data = jpeg_with_everything()
    (picture,) = pictures_in(draw(data).pdf)
    assert picture["/Filter"] == "/DCTDecode"
    with Image.open(io.BytesIO(picture._data)) as kept, Image.open(io.BytesIO(data)) as original:
        assert kept.tobytes() == original.tobytes()
        assert kept.quantization == original.quantization
    scan = data[data.index(b"\xff\xda") : data.rindex(b"\xff\xd9")]
    assert scan in picture._data


def test_a_png_tells_nothing_but_what_it_shows() -> None:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "OLYMPUS-SECRET")
    notes.add_itxt("XML:com.adobe.xmp", XMP.decode(), zip=True)
    data = saved(cornered(), "PNG", pnginfo=notes, exif=camera_notes(1), icc_profile=SRGB) + b"SECRET-TAIL"
    assert_nothing_told(draw(data).pdf)


def test_a_tiff_tells_nothing_but_what_it_shows() -> None:
    data = saved(
        cornered(), "TIFF", tiffinfo={271: "OLYMPUS-SECRET", 700: XMP, 315: "SECRET-COMMENT"}, icc_profile=SRGB
    )
    assert b"OLYMPUS-SECRET" in data
    assert_nothing_told(draw(data).pdf)


# --- What it is made from ----------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_large_photograph_is_brought_to_what_print_needs() -> None:
    noisy = Image.effect_noise((600, 400), 80).resize((6000, 4000)).convert("RGB")
    (picture,) = pictures_in(draw(saved(noisy, "JPEG")).pdf)
    across = (595.28 - 2 * MARGIN) / 72 * 1.5  # inches: the height of the page is what limits it
    assert picture["/Width"] / across == pytest.approx(300, abs=2)
    assert picture["/Height"] / (across / 1.5) == pytest.approx(300, abs=2)


def test_an_a4_scan_at_300_dpi_is_left_as_it_is() -> None:
    scan = Image.new("1", (2480, 3508), 1)
    scan.paste(0, (100, 100, 400, 140))
    (picture,) = pictures_in(draw(saved(scan, "TIFF", compression="group4", dpi=(300, 300))).pdf)
    assert (picture["/Width"], picture["/Height"]) == (2480, 3508)


@pytest.mark.slow
def test_a_colour_scan_does_not_make_a_pack_of_many_megabytes() -> None:
    scan = Image.effect_noise((1650, 2340), 60).convert("RGB")
    data = saved(scan, "TIFF")
    pdf = draw(data).pdf
    assert [picture["/Filter"] for picture in pictures_in(pdf)] == ["/DCTDecode"]
    assert len(pdf) < len(data) / 3


def middle(pdf: bytes) -> tuple[int, int, int]:
    page = pdf_facts.picture(pdf, 0)
    colour: tuple[int, int, int] = page.getpixel((page.width // 2, page.height // 2))
    return colour


def test_what_can_be_seen_through_is_white() -> None:
    clear = Image.new("RGBA", (400, 400), (0, 0, 0, 0))
    clear.paste((255, 0, 0, 255), (0, 0, 100, 100))
    palette = Image.new("P", (400, 400), 0)
    palette.putpalette([0, 0, 0, 255, 0, 0])
    palette.paste(1, (0, 0, 100, 100))
    half = Image.new("LA", (400, 400), (0, 128))
    assert middle(draw(saved(clear, "PNG")).pdf) == (255, 255, 255)
    assert middle(draw(saved(palette, "PNG", transparency=0)).pdf) == (255, 255, 255)
    assert middle(draw(saved(half, "PNG")).pdf) == pytest.approx((127, 127, 127), abs=3)
    assert b"/SMask" not in pdf_facts.plain_bytes(draw(saved(clear, "PNG")).pdf)


def test_sixteen_bits_are_scaled_and_not_cut_off() -> None:
    for form in ("PNG", "TIFF"):
        grey = Image.new("I;16", (300, 300), 0x8080)
        assert middle(draw(saved(grey, form)).pdf) == pytest.approx((128, 128, 128), abs=2)


def test_colours_for_presses_become_colours_of_screens() -> None:
    cyan = Image.new("CMYK", (300, 300), (255, 0, 0, 0))
    for form in ("JPEG", "TIFF"):
        red, green, blue = middle(draw(saved(cyan, form)).pdf)
        assert red < 60
        assert min(green, blue) > 150


def test_a_progressive_and_a_grey_jpeg_are_drawn() -> None:
    assert middle(draw(saved(Image.new("L", (300, 300), 90), "JPEG")).pdf) == pytest.approx((90, 90, 90), abs=3)
    assert is_red(corner_colours(draw(saved(cornered(), "JPEG", progressive=True)).pdf)["upper left"])


def test_colours_that_a_profile_says_are_others_are_drawn_as_meant() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    swapped = _swapped_profile()
    pdf = draw(saved(Image.new("RGB", (300, 300), (255, 0, 0)), "PNG", icc_profile=swapped)).pdf
    red, green, blue = middle(pdf)
    assert green > red, "the profile calls the first colour green"
    assert blue < 128
    assert b"SECRET-PROFILE" not in pdf + pdf_facts.plain_bytes(pdf)
    # A profile for another kind of colours says nothing of these.
    wrong = draw(saved(Image.new("RGB", (300, 300), (255, 0, 0)), "PNG", icc_profile=lab.tobytes())).pdf
    assert middle(wrong) == (255, 0, 0)


def _swapped_profile() -> bytes:
    """The sRGB profile with its red and green changed about, and a description that is looked for."""
    profile = SRGB.replace(b"rXYZ", b"????", 1).replace(b"gXYZ", b"rXYZ", 1).replace(b"????", b"gXYZ", 1)
    return profile + b"SECRET-PROFILE"


# --- What is refused ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"nothing of the kind", "no picture"),
        (saved(Image.new("P", (9, 9)), "GIF"), "GIF"),
        (saved(Image.new("RGB", (9, 9)), "WEBP"), "WebP"),
        (saved(Image.new("RGB", (9, 9)), "BMP"), "Windows bitmap"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "HEIC"),
        (b"%PDF-1.7\n", "PDF"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
        (b"PK\x03\x04rest", "Word"),
    ],
)
def test_another_format_under_a_false_name_is_called_by_its_own(data: bytes, said: str) -> None:
    problem = refusal(data)
    assert problem.code == "convert.picture-format"
    assert said in problem.message


def test_a_jpeg_called_png_is_drawn() -> None:
    assert pdf_facts.page_count(draw(saved(cornered(), "JPEG"), name="attachments/plan.png").pdf) == 1


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF"])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9])
def test_a_file_that_breaks_off_is_refused(form: str, share: float) -> None:
    noisy = Image.effect_noise((400, 300), 80).convert("RGB")
    data = saved(noisy, form, **({"compression": "tiff_lzw"} if form == "TIFF" else {}))
    assert refusal(data[: int(len(data) * share)]).code == "convert.picture-format"


def test_a_png_in_which_bytes_have_changed_is_refused() -> None:
    data = bytearray(saved(Image.effect_noise((400, 300), 80), "PNG"))
    data[len(data) // 2] ^= 0xFF
    assert "damaged" in refusal(bytes(data)).message


def test_a_moving_picture_is_refused() -> None:
    frames = [cornered((60, 40), colour) for colour in ("red", "lime")]
    data = saved(frames[0], "PNG", save_all=True, append_images=frames[1:])
    assert "animation" in refusal(data).message


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png_of(width: int, height: int) -> bytes:
    """A PNG that says it is so large, with next to nothing in it."""
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("size", [(10_000, 9_000), (60_000, 60_000), (2_000_000_000, 2_000_000_000)])
def test_a_picture_of_too_many_pixels_is_refused_unopened(size: tuple[int, int]) -> None:
    problem = refusal(png_of(*size))
    assert problem.code == "convert.picture-format"
    assert "million pixels" in problem.message


@pytest.mark.parametrize("size", [(0, 5), (5, 0)])
def test_a_picture_without_height_or_width_is_refused(size: tuple[int, int]) -> None:
    assert refusal(png_of(*size)).code == "convert.picture-format"


def test_measured_values_are_no_picture() -> None:
    assert "measured values" in refusal(saved(Image.new("F", (40, 40), 3.5), "TIFF")).message


def test_the_page_that_cannot_be_drawn_is_named() -> None:
    data = saved(cornered(), "TIFF", save_all=True, append_images=[Image.new("F", (40, 40), 3.5), cornered()])
    assert refusal(data).pointer == "page 2"


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("packgen.convert.picture_files.MOST_PAGES", 3)
    page = Image.new("1", (8, 8))
    problem = refusal(saved(page, "TIFF", save_all=True, append_images=[page] * 3))
    assert "4 pages" in problem.message
    assert problem.pointer is None


def test_a_picture_that_nothing_is_said_of_is_refused() -> None:
    assert refusal(saved(cornered(), "PNG"), alt="  ").code == "convert.missing-alt"


# --- Pictures in Word files --------------------------------------------------------------------------------------


def in_word(data: bytes, turned: str = "") -> bytes:
    shown = picture("A view of the site").replace("<a:xfrm>", f"<a:xfrm{turned}>")
    return draw_docx(docx(f"<w:p>{shown}</w:p>", media={"rIdPicture": data})).pdf


def svg_around(data: bytes) -> bytes:
    carried = base64.b64encode(data)
    return (
        b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="60" height="40">'
        b"<metadata>SECRET-COMMENT</metadata>"
        b'<image width="60" height="40" xlink:href="data:image/jpeg;base64,' + carried + b'"/></svg>'
    )


WORD_PICTURES = {
    "a photograph": jpeg_with_everything(6),
    "a JPEG with a profile of its own": saved(
        cornered(), "JPEG", exif=camera_notes(1), icc_profile=_swapped_profile(), comment=b"SECRET-COMMENT"
    ),
    "a PNG": saved(cornered(), "PNG", exif=camera_notes(6), icc_profile=_swapped_profile()),
    "a see-through PNG": saved(cornered(mode="RGBA"), "PNG", exif=camera_notes(1)),
    "a WebP": saved(cornered(), "WEBP", exif=camera_notes(6), xmp=XMP, lossless=True),
    "a TIFF": saved(cornered(), "TIFF", tiffinfo={271: "OLYMPUS-SECRET"}),
    "a GIF": saved(cornered(), "GIF", comment=b"SECRET-COMMENT"),
    "a JPEG for presses": saved(cornered(mode="CMYK"), "JPEG", exif=camera_notes(1)),
    "a drawing with a photograph in it": svg_around(jpeg_with_everything()),
}


@pytest.mark.parametrize("kind", WORD_PICTURES)
def test_a_picture_in_a_word_file_tells_nothing_but_what_it_shows(kind: str) -> None:
    pdf = in_word(WORD_PICTURES[kind])
    assert len(pictures_in(pdf)) >= 1
    assert_nothing_told(pdf)
    assert b"SECRET-PROFILE" not in pdf + pdf_facts.plain_bytes(pdf)


@pytest.mark.parametrize("share", [0.3, 0.6, 0.999])
def test_a_photograph_in_a_word_file_that_breaks_off_is_refused_and_not_drawn_half_grey(share: float) -> None:
    data = saved(Image.effect_noise((400, 300), 80), "JPEG")
    with pytest.raises(ConversionError) as raised:
        in_word(data[: int(len(data) * share)])
    (problem,) = raised.value.problems
    assert problem.code == "convert.picture-format"
    assert problem.pointer == "paragraph 1"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_in_a_word_file_stands_as_word_draws_it(form: str) -> None:
    data = saved(cornered(), form, exif=camera_notes(6))
    assert is_red(corner_colours(in_word(data))["upper left"])
    assert is_red(corner_colours(in_word(data, ' rot="10800000"'))["lower right"])


def test_see_through_pictures_in_word_files_stay_so() -> None:
    (shown,) = (thing for thing in pictures_in(in_word(WORD_PICTURES["a see-through PNG"])) if "/SMask" in thing)
    assert shown["/Width"] == 600


@pytest.mark.parametrize(
    "data",
    [
        jpeg_with_everything()[:300],
        saved(cornered(), "PNG")[:-30],
        png_of(60_000, 60_000),
        svg_around(b"<svg/>"),
        b"<svg><image>",
        saved(cornered(), "BMP")[:400],
    ],
)
def test_damaged_pictures_in_word_files_are_refused_with_their_place(data: bytes) -> None:
    with pytest.raises(ConversionError) as raised:
        in_word(data)
    (problem,) = raised.value.problems
    assert problem.code == "convert.picture-format"
    assert problem.pointer == "paragraph 1"
