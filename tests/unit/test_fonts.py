"""What draws a font that Word names, and what an officer is told of it."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from fontTools.ttLib import TTFont

from packgen.convert.fonts import bundled_fonts, font_book
from packgen.convert.stand_ins import FontFacts
from tests.docx_parts import docx, draw, paragraph

_FONTS = Path(__file__).parents[2] / "src" / "packgen" / "data" / "fonts"
_BOOK = font_book(bundled_fonts())


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


def test_every_shipped_font_has_its_licence_beside_it() -> None:
    texts = {file.stem.removeprefix("LICENSE-"): file.read_text("utf-8") for file in _FONTS.glob("LICENSE-*.txt")}
    for font in _FONTS.glob("*.ttf"):
        [text] = [text for maker, text in texts.items() if font.name.startswith(maker)]
        assert "SIL Open Font License" in text or "Bitstream" in text
