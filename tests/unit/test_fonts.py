"""What draws a font that Word names, and what an officer is told of it."""

from __future__ import annotations

import ctypes
import io
import random
import subprocess
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from fontTools.ttLib import TTFont
from pypdfium2 import raw

from packgen.convert import Drawn, convert_docx
from packgen.convert.font_measures import SHIPPED, measures_of, read_measures
from packgen.convert.fonts import bundled_fonts, font_book
from packgen.convert.stand_ins import FontFacts
from tests import pdf_facts
from tests.docx_parts import A4, CREATED, STYLES, docx, draw, paragraph

_FONTS = Path(__file__).parents[2] / "src" / "packgen" / "data" / "fonts"
_BOOK = font_book(bundled_fonts())
_TALL = A4.replace("16838", "24000")


def named(font: str, size: float = 11) -> str:
    return f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/><w:sz w:val="{round(size * 2)}"/>'


@pytest.mark.parametrize(
    ("word_name", "family"),
    [
        ("Arial", "Liberation Sans"),
        ("Times New Roman", "Liberation Serif"),
        ("Courier New", "Liberation Mono"),
        ("Calibri", "Carlito"),
        ("CAMBRIA ", "Caladea"),
    ],
)
def test_the_five_usual_fonts_have_a_stand_in_with_their_widths_in_four_faces_and_no_warning(
    word_name: str, family: str
) -> None:
    assert _BOOK.stand_in(word_name).family == family
    assert _BOOK.stand_in(word_name).breaks_alike
    faces = {(font.weight >= 600, font.style) for font in _BOOK.collection.fonts() if font.family == family}
    assert faces == {(bold, style) for bold in (False, True) for style in ("normal", "italic")}
    looks = ("", "<w:b/>", "<w:i/>", "<w:b/><w:i/>")
    drawn = draw(docx("".join(paragraph("Minutes", run=named(word_name.strip()) + look) for look in looks)))
    assert not drawn.warnings
    compact = family.replace(" ", "")
    names = pdf_font_names(drawn.pdf)
    assert len(names) == 4
    assert all(compact in name for name in names)


def pdf_font_names(pdf: bytes) -> set[str]:
    """The names of the fonts in a PDF, without the mark of a subset."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return {
            str(thing["/BaseFont"]).partition("+")[2]
            for thing in opened.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Subtype") == "/Type0"
        }


# Widths of Calibri and Courier New in thousandths of the size, as Word lists them for these letters.
@pytest.mark.parametrize(
    ("word_name", "widths"),
    [
        ("Calibri", {"a": 479, "e": 498, "n": 525, "A": 579, "0": 507, " ": 226}),
        ("Courier New", {"a": 600, "i": 600, " ": 600}),
    ],
)
def test_a_stand_in_has_the_widths_of_the_font_it_stands_for(word_name: str, widths: dict[str, int]) -> None:
    family = _BOOK.stand_in(word_name).family
    assert {letter: round(_BOOK.width(letter, family, 1000)) for letter in widths} == pytest.approx(widths, abs=1)


def test_a_font_with_other_widths_is_told_once_in_a_document_with_what_is_drawn_in_its_place() -> None:
    body = "".join(paragraph(f"Line {index}", run=named(font)) for index, font in enumerate(["Verdana", "verdana"] * 3))
    [warning] = draw(docx(body)).warnings
    assert warning.code == "convert.near-font"
    assert warning.severity == "warning"
    assert warning.file == "report.docx"
    assert '"Verdana"' in warning.message
    assert "Liberation Sans" in warning.message


def test_fonts_of_signs_are_drawn_as_unicode_without_a_warning() -> None:
    assert not draw(
        docx(paragraph("☐ Yes", run=named("MS Gothic")) + paragraph("\uf0b7", run=named("Symbol")))
    ).warnings


@pytest.mark.parametrize(
    ("facts", "family"),
    [
        ('<w:family w:val="roman"/><w:pitch w:val="variable"/>', "Liberation Serif"),
        ('<w:family w:val="swiss"/>', "Liberation Sans"),
        ('<w:family w:val="modern"/><w:pitch w:val="fixed"/>', "Liberation Mono"),
        ('<w:family w:val="auto"/><w:pitch w:val="fixed"/>', "Liberation Mono"),
        ('<w:panose1 w:val="02020603050405020304"/><w:family w:val="swiss"/>', "Liberation Serif"),
        ('<w:panose1 w:val="020B0604020202020204"/><w:family w:val="roman"/>', "Liberation Sans"),
        ('<w:panose1 w:val="02070309020205020404"/><w:family w:val="auto"/>', "Liberation Mono"),
        ('<w:panose1 w:val="00000000000000000000"/><w:family w:val="roman"/>', "Liberation Serif"),
        ('<w:panose1 w:val="not hexadecimal"/><w:family w:val="roman"/>', "Liberation Serif"),
        ('<w:altName w:val="Nobody Knows, Calibri"/><w:family w:val="roman"/>', "Carlito"),
        ("", "Liberation Sans"),
        (None, "Liberation Sans"),
    ],
)
def test_an_unknown_font_is_told_once_by_name_and_drawn_as_the_document_describes_it(
    facts: str | None, family: str
) -> None:
    told = "" if facts is None else f'<w:font w:name="Civic Hand">{facts}</w:font>'
    body = paragraph("One", run=named("Civic Hand")) + paragraph("Two", run=named("Civic Hand"))
    drawn = draw(docx(body, parts={"fontTable": told}))
    [warning] = drawn.warnings
    assert warning.code == "convert.unknown-font"
    assert warning.file == "report.docx"
    assert '"Civic Hand"' in warning.message
    assert f"; {family} is drawn" in warning.message
    assert all(family.replace(" ", "") in name for name in pdf_font_names(drawn.pdf))


def test_a_councils_own_font_comes_before_any_stand_in(tmp_path: Path) -> None:
    own = tmp_path / "own.ttf"
    font = TTFont(_FONTS / "LiberationSerif-Regular.ttf")
    for entry in font["name"].names:
        if entry.nameID in {1, 4, 16}:
            font["name"].setName("Calibri", entry.nameID, entry.platformID, entry.platEncID, entry.langID)
    font.save(own)
    book = font_book(bundled_fonts((own,)))
    assert book.stand_in("calibri").family == "Calibri"
    assert book.stand_in("calibri").likeness == "own"
    assert book.stand_in("Cambria", FontFacts("sans")).family == "Caladea"


def own_font(folder: Path, source: str, name: str, weight: int = 400, width: int = 5) -> Path:
    """A shipped font under another name; its weight and width as the OS/2 table has them."""
    font = TTFont(_FONTS / f"{source}.ttf")
    for entry in list(font["name"].names):
        if entry.nameID in {1, 4, 16}:
            font["name"].setName(name, entry.nameID, entry.platformID, entry.platEncID, entry.langID)
        elif entry.nameID == 6:
            font["name"].setName(name.replace(" ", "-"), 6, entry.platformID, entry.platEncID, entry.langID)
    font["OS/2"].usWeightClass = weight
    font["OS/2"].usWidthClass = width
    font.save(folder / f"{name}-{source}.ttf")
    return folder / f"{name}-{source}.ttf"


def drawn_with(files: tuple[Path, ...], body: str, styles: str = STYLES) -> Drawn:
    return convert_docx(
        docx(body, styles=styles), name="report.docx", fonts=bundled_fonts(files), language="en-GB", created=CREATED
    )


def test_a_councils_light_and_narrow_fonts_are_found_under_the_names_that_word_lists(tmp_path: Path) -> None:
    files = (
        own_font(tmp_path, "Carlito-Regular", "Civic"),
        own_font(tmp_path, "Carlito-Bold", "Civic", 700),
        own_font(tmp_path, "Caladea-Regular", "Civic Light", 300),
        own_font(tmp_path, "LiberationMono-Regular", "Civic Narrow", width=3),
    )
    for word_name, weight, drawn_as in (
        ("Civic", "", "Civic"),
        ("civic light", "", "Civic-Light"),
        ("Civic Narrow", "", "Civic-Narrow"),
        # Word would thicken the light letters; the bold face of the same design is nearer to that than light ones.
        ("Civic Light", "<w:b/>", "Civic"),
    ):
        drawn = drawn_with(files, paragraph("Minutes", run=named(word_name) + weight))
        assert not drawn.warnings
        assert pdf_font_names(drawn.pdf) == {drawn_as}
    book = font_book(bundled_fonts(files))
    assert book.width("Minutes", "Civic Light", 10) == _BOOK.width("Minutes", "Caladea", 10)
    assert book.metrics("Civic Narrow", 10) == _BOOK.metrics("Liberation Mono", 10)
    assert book.metrics("Civic Light", 10, bold=True) == _BOOK.metrics("Carlito", 10, bold=True)


def test_a_councils_narrow_arial_does_not_take_the_place_of_arial(tmp_path: Path) -> None:
    narrow = own_font(tmp_path, "LiberationMono-Regular", "Arial Narrow", width=3)
    alike = own_font(tmp_path, "LiberationMono-Regular", "Liberation Sans Narrow", width=3)
    drawn = drawn_with((narrow, alike), paragraph("Minutes", run=named("Arial Narrow")))
    assert pdf_font_names(drawn.pdf) == {"Arial-Narrow"}
    book = font_book(bundled_fonts((narrow, alike)))
    assert book.stand_in("Liberation Sans").family == "Liberation Sans"
    assert book.metrics("Liberation Sans", 11) == _BOOK.metrics("Liberation Sans", 11)
    drawn = drawn_with((alike,), paragraph("Minutes", run=named("Arial")))
    assert pdf_font_names(drawn.pdf) == {"LiberationSans"}


@pytest.mark.parametrize(("look", "drawn_as"), [("", "Civic-Light"), ("<w:b/>", "Civic")])
def test_a_heading_is_as_heavy_as_the_document_says(look: str, drawn_as: str, tmp_path: Path) -> None:
    files = (
        own_font(tmp_path, "Carlito-Bold", "Civic", 700),
        own_font(tmp_path, "Caladea-Regular", "Civic Light", 300),
    )
    body_look = '<w:rFonts w:ascii="Civic Light" w:hAnsi="Civic Light"/><w:sz w:val="22"/>' + look
    styles = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{body_look}</w:rPr></w:rPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/>'
        '<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    )
    body = paragraph("Minutes", '<w:pStyle w:val="Heading1"/>') + paragraph("Text")
    assert pdf_font_names(drawn_with(files, body, styles).pdf) == {drawn_as}


def test_every_shipped_font_has_its_licence_beside_it() -> None:
    texts = {file.stem.removeprefix("LICENSE-"): file.read_text("utf-8") for file in _FONTS.glob("LICENSE-*.txt")}
    for font in _FONTS.glob("*.ttf"):
        [text] = [text for maker, text in texts.items() if font.name.startswith(maker)]
        assert "SIL Open Font License" in text or "Bitstream" in text


def baselines(pdf: bytes) -> list[list[float]]:
    """How far under the top of its page each line stands that begins with an H, page by page, in points."""
    found = []
    with pdfium.PdfDocument(pdf) as opened:
        for page in opened:
            text = page.get_textpage()
            across, up = ctypes.c_double(), ctypes.c_double()
            lines = []
            for index in range(raw.FPDFText_CountChars(text)):
                if chr(raw.FPDFText_GetUnicode(text, index)) == "H":
                    raw.FPDFText_GetCharOrigin(text, index, across, up)
                    lines.append(page.get_height() - up.value)
            found.append(lines)
    return found


def lines_of(font: str, size: float, line: int, rule: str, count: int = 12) -> str:
    """A paragraph of `count` lines, on a page of its own."""
    run = named(font, size)
    spacing = f'<w:pageBreakBefore/><w:spacing w:before="0" w:after="0" w:line="{line}" w:lineRule="{rule}"/>'
    inner = "<w:br/>".join(["<w:t>Hxg</w:t>"] * count)
    return f"<w:p><w:pPr>{spacing}<w:rPr>{run}</w:rPr></w:pPr><w:r><w:rPr>{run}</w:rPr>{inner}</w:r></w:p>"


_RULES = {"single": (240, "auto"), "1.08": (259, "auto"), "1.15": (276, "auto"), "1.5": (360, "auto"),
          "double": (480, "auto"), "0.9": (216, "auto"), "at least 12 pt": (240, "atLeast"),
          "exactly 15 pt": (300, "exact")}  # fmt: skip
# Measured in LibreOffice 7.4.7: twentieths of a point from line to line, in the order of `_RULES`.
_PITCHES = {
    ("Arial", 8): (184, 198, 211, 276, 368, 166, 240, 300),
    ("Arial", 10.5): (242, 261, 278, 363, 484, 218, 242, 300),
    ("Arial", 11): (253, 273, 290, 379, 506, 228, 253, 300),
    ("Arial", 12): (276, 298, 317, 414, 552, 249, 276, 300),
    ("Arial", 16): (369, 398, 424, 553, 738, 333, 369, 300),
    ("Arial", 28): (644, 695, 740, 966, 1288, 580, 644, 300),
    ("Times New Roman", 8): (184, 198, 211, 276, 368, 166, 240, 300),
    ("Times New Roman", 10.5): (242, 261, 278, 363, 484, 218, 242, 300),
    ("Times New Roman", 11): (253, 273, 290, 379, 506, 228, 253, 300),
    ("Times New Roman", 12): (276, 298, 317, 414, 552, 249, 276, 300),
    ("Times New Roman", 16): (368, 397, 423, 552, 736, 332, 368, 300),
    ("Times New Roman", 28): (644, 695, 740, 966, 1288, 580, 644, 300),
    ("Courier New", 8): (181, 195, 208, 271, 362, 163, 240, 300),
    ("Courier New", 10.5): (238, 257, 273, 357, 476, 215, 240, 300),
    ("Courier New", 11): (249, 268, 286, 373, 498, 225, 249, 300),
    ("Courier New", 12): (272, 293, 312, 408, 544, 245, 272, 300),
    ("Courier New", 16): (363, 392, 417, 544, 726, 327, 363, 300),
    ("Courier New", 28): (634, 684, 729, 951, 1268, 571, 634, 300),
    ("Calibri", 8): (195, 210, 224, 292, 390, 176, 240, 300),
    ("Calibri", 10.5): (256, 276, 294, 384, 512, 231, 256, 300),
    ("Calibri", 11): (269, 290, 309, 403, 538, 243, 269, 300),
    ("Calibri", 12): (293, 316, 336, 439, 586, 264, 293, 300),
    ("Calibri", 16): (391, 422, 449, 586, 782, 352, 391, 300),
    ("Calibri", 28): (684, 738, 786, 1026, 1368, 616, 684, 300),
    ("Cambria", 8): (184, 198, 211, 276, 368, 166, 240, 300),
    ("Cambria", 10.5): (242, 261, 278, 363, 484, 218, 242, 300),
    ("Cambria", 11): (253, 273, 290, 379, 506, 228, 253, 300),
    ("Cambria", 12): (276, 298, 317, 414, 552, 249, 276, 300),
    ("Cambria", 16): (368, 397, 423, 552, 736, 332, 368, 300),
    ("Cambria", 28): (644, 695, 740, 966, 1288, 580, 644, 300),
    ("DejaVu Sans", 8): (186, 200, 213, 279, 372, 168, 240, 300),
    ("DejaVu Sans", 10.5): (245, 264, 281, 367, 490, 221, 245, 300),
    ("DejaVu Sans", 11): (256, 276, 294, 384, 512, 231, 256, 300),
    ("DejaVu Sans", 12): (280, 302, 322, 420, 560, 252, 280, 300),
    ("DejaVu Sans", 16): (373, 402, 428, 559, 746, 336, 373, 300),
    ("DejaVu Sans", 28): (652, 704, 749, 978, 1304, 587, 652, 300),
}


def test_lines_stand_as_far_apart_as_measured_in_libreoffice() -> None:
    body = "".join(lines_of(font, size, *rule) for font, size in _PITCHES for rule in _RULES.values())
    pages = iter(baselines(draw(docx(body, section=_TALL)).pdf))
    for (font, size), pitches in _PITCHES.items():
        for name, pitch in zip(_RULES, pitches, strict=True):
            lines = next(pages)
            assert (lines[-1] - lines[0]) / 11 == pytest.approx(pitch / 20, abs=0.01), (font, size, name)


def test_a_multiple_is_rounded_to_a_percentage_and_what_it_adds_is_cut_to_twentieths_of_a_point() -> None:
    # 276 twentieths of a point times 0.0792 would be 21.9, and 253 times 0.15 is 37.95.
    [[*first], [*second]] = baselines(
        draw(docx(lines_of("Arial", 12, 259, "auto", 2) + lines_of("Arial", 11, 276, "auto", 2))).pdf
    )
    assert (first[1] - first[0]) * 20 == pytest.approx(276 + 22, abs=0.1)
    assert (second[1] - second[0]) * 20 == pytest.approx(253 + 37, abs=0.1)


def test_the_larger_letters_of_a_line_decide_its_height_on_both_sides() -> None:
    small, large = (f"<w:r><w:rPr>{named('Arial', size)}</w:rPr><w:t>H</w:t>{{}}</w:r>" for size in (10, 20))
    spacing = '<w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr>'
    body = f"<w:p>{spacing}{small.format('<w:br/>')}{small.format('')}{large.format('<w:br/>')}{small.format('')}</w:p>"
    [lines] = baselines(draw(docx(body)).pdf)
    alone, mixed, _, after = (round(line * 20) for line in lines)
    # 10 pt is 188 over the baseline and 42 under it, 20 pt is 375 and 85.
    assert mixed - alone == 42 + 375
    assert after - mixed == 85 + 188


LIGATURES = '<w14:ligatures xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" w14:val="{}"/>'


def end_of(words: str, styles: str = STYLES, run: str = "") -> float:
    """How far right a line of Calibri reaches, in points."""
    pdf = draw(docx(paragraph(words, run=named("Calibri", 20) + run), styles=styles)).pdf
    assert words in pdf_facts.page_texts(pdf)[0]
    return pdf_facts.words_at(pdf, 0, words)[2]


@pytest.mark.parametrize(
    ("value", "drawn"),
    [("none", False), ("standard", True), ("standardContextual", True), ("all", True), ("historical", False)],
)
def test_letters_are_drawn_as_one_sign_where_the_document_asks_for_it_and_nowhere_else(value: str, drawn: bool) -> None:
    plain = end_of("notification titles")
    said = LIGATURES.format(value)
    everywhere = STYLES.replace('<w:sz w:val="22"/>', f'<w:sz w:val="22"/>{said}', 1)
    assert everywhere != STYLES
    assert (end_of("notification titles", run=said) != pytest.approx(plain, abs=0.05)) is drawn
    assert (end_of("notification titles", everywhere) != pytest.approx(plain, abs=0.05)) is drawn
    # A run that says otherwise is drawn otherwise.
    assert end_of("notification titles", everywhere, LIGATURES.format("none")) == pytest.approx(plain, abs=0.01)


def by_libreoffice(document: bytes, folder: Path) -> bytes:
    file = folder / "report.docx"
    file.write_bytes(document)
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf",
         "--outdir", str(folder), str(file)],
        check=True,
        capture_output=True,
        timeout=240,
    )  # fmt: skip
    return (folder / "report.pdf").read_bytes()


@pytest.mark.slow
@pytest.mark.libreoffice
def test_lines_of_every_family_stand_where_libreoffice_puts_them(tmp_path: Path) -> None:
    families = ("Liberation Sans", "Liberation Serif", "Liberation Mono", "Carlito", "Caladea", "DejaVu Sans")
    sizes = (8, 9, 10, 10.5, 11, 12, 14, 16, 20, 28)
    cases = [(family, size, *rule) for family in families for size in sizes for rule in _RULES.values()]
    document = docx("".join(lines_of(*case) for case in cases), section=_TALL)
    ours, theirs = baselines(draw(document).pdf), baselines(by_libreoffice(document, tmp_path))
    for case, one, other in zip(cases, ours, theirs, strict=True):
        # LibreOffice writes places to a tenth of a point, and puts the first line of a tight paragraph elsewhere.
        assert (one[-1] - one[1]) / 10 == pytest.approx((other[-1] - other[1]) / 10, abs=0.011), case
        assert one[-1] == pytest.approx(other[-1], abs=0.08 if case[2] != 216 else 1.3), case


_WORDS = (
    "the council committee titles attention fittings meeting report officers residents fifty offices affected staff "
    "cabinet scrutiny priority notification initiative submitted committing little better written setting affordable "
    "efficient first difficult different quarterly statutory consultation budget options recommended housing library "
    "planning parking strategy delivery partnership community AVenue To Value Towards"
)


@pytest.mark.slow
@pytest.mark.libreoffice
def test_letters_drawn_as_one_sign_are_as_wide_as_in_libreoffice(tmp_path: Path) -> None:
    words = ("titles", "attention", "fifty", "officers", "affected", "flood", "shift", "fittings", "community")

    def ends(pdf: bytes) -> list[float]:
        return [pdf_facts.words_at(pdf, 0, f"{word}|")[2] for word in words]

    def written(font: str, look: str = "") -> bytes:
        return docx("".join(paragraph(f"{word}|", run=named(font, 30) + look) for word in words))

    theirs = ends(by_libreoffice(written("Carlito"), tmp_path))
    assert ends(draw(written("Calibri", LIGATURES.format("standardContextual"))).pdf) == pytest.approx(theirs, abs=0.2)
    assert ends(draw(written("Calibri")).pdf) != pytest.approx(theirs, abs=0.5)


@pytest.mark.slow
@pytest.mark.libreoffice
@pytest.mark.parametrize(
    ("word_name", "family"),
    # LibreOffice draws the ligatures of Carlito unless told not to; Word does not draw those of Calibri.
    [("Calibri", "Carlito:-liga"), ("Cambria", "Caladea"), ("Times New Roman", "Liberation Serif"),
     ("Courier New", "Liberation Mono")],
)  # fmt: skip
def test_lines_break_where_libreoffice_breaks_them(word_name: str, family: str, tmp_path: Path) -> None:
    choose, words = random.Random(4), _WORDS.split()
    texts = [" ".join(choose.choice(words) for _ in range(90)) for _ in range(12)]

    def written(font: str) -> bytes:
        return docx("".join(paragraph(text, run=named(font, 10 + index % 3)) for index, text in enumerate(texts)))

    theirs = lines(by_libreoffice(written(family), tmp_path))
    assert len(theirs) > 90
    assert lines(draw(written(word_name)).pdf) == theirs


def lines(pdf: bytes) -> list[str]:
    """The words of each line, through all pages."""
    with pdfium.PdfDocument(pdf) as opened:
        found = [line for page in opened for line in page.get_textpage().get_text_range().splitlines()]
    return [" ".join(line.split()) for line in found if line.strip()]


@pytest.mark.parametrize("font", sorted(SHIPPED.glob("*.ttf")), ids=lambda path: path.stem)
def test_measures_kept_of_a_shipped_font_are_those_of_the_font(font: Path) -> None:
    assert measures_of(font, 0) == read_measures(font, 0)
