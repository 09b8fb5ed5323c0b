"""The built-in engine: characters that are raised, lined, framed and spaced, read back from the pages."""

from __future__ import annotations

import pytest

from tests import pdf_facts
from tests.docx_parts import docx, draw, paragraph


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def drawn(*runs: str, more: str = "") -> bytes:
    return draw(docx(f"<w:p>{''.join(runs)}</w:p>{more}")).pdf


def inks(pdf: bytes, page: int = 0) -> set[tuple[int, int, int]]:
    """Every colour on a page that is surely neither grey nor paper."""
    picture = pdf_facts.picture(pdf, page).convert("RGB")
    return {colour for _, colour in picture.getcolors(1 << 24) if max(colour) - min(colour) > 150}


def dark_rows(pdf: bytes, words: str) -> list[int]:
    """Rows of pixels, counted down the page, that are dark all along `words`: its lines."""
    left, _, right, _ = pdf_facts.words_at(pdf, 0, words)
    picture = pdf_facts.picture(pdf, 0).convert("L")
    columns = range(int(left * 2) + 4, int(right * 2) - 4)
    return [y for y in range(picture.height) if all(picture.getpixel((x, y)) < 170 for x in columns)]


def lines(rows: list[int]) -> int:
    return sum(1 for at, row in enumerate(rows) if at == 0 or row > rows[at - 1] + 1)


def below(*runs: str) -> float:
    """How far down the paragraph after one of `runs` stands."""
    return pdf_facts.words_at(drawn(*runs, more=paragraph("below")), 0, "below")[1]


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ('<w:u w:val="single"/>', 1),
        ('<w:u w:val="thick"/>', 1),
        ('<w:u w:val="double"/>', 2),
        ("<w:strike/>", 1),
        ("<w:dstrike/>", 2),
        ('<w:strike/><w:u w:val="single"/>', 2),
        ('<w:dstrike/><w:u w:val="double"/>', 4),
    ],
)
def test_text_has_the_lines_that_it_asks_for(properties: str, expected: int) -> None:
    pdf = drawn(run("nnnnnn", f'{properties}<w:sz w:val="96"/>'))
    assert lines(dark_rows(pdf, "nnnnnn")) == expected


@pytest.mark.parametrize("kind", ["dotted", "dash", "dashLong", "dotDash", "dotDotDash", "wave", "wavyHeavy",
                                  "wavyDouble", "dottedHeavy", "dashDotDotHeavy", "words", "double"])  # fmt: skip
@pytest.mark.parametrize("struck", ["", "<w:strike/>"])
def test_every_kind_of_underline_is_drawn_in_its_colour(kind: str, struck: str) -> None:
    pdf = drawn(run("Replace this clause", f'{struck}<w:u w:val="{kind}" w:color="FF0000"/><w:sz w:val="60"/>'))
    assert any(red > 200 and green < 90 for red, green, _ in inks(pdf))


def test_words_that_are_struck_and_underlined_wrap_as_others_do() -> None:
    text = "Replace this clause with the wording that the panel agreed. " * 4
    plain = pdf_facts.page_texts(drawn(run(text)))
    assert pdf_facts.page_texts(drawn(run(text, '<w:strike/><w:u w:val="single"/>'))) == plain


def test_underlining_words_leaves_their_blanks_bare() -> None:
    def rows(kind: str) -> list[int]:
        return dark_rows(drawn(run("nn nn", f'<w:u w:val="{kind}"/><w:sz w:val="96"/>')), "nn nn")

    assert rows("single")
    assert not rows("words")


def test_raised_and_lowered_text_makes_its_line_taller_by_as_much() -> None:
    level = below(run("level "), run("word"))
    for half_points in (8, -8):
        shifted = below(run("level "), run("word", f'<w:position w:val="{half_points}"/>'))
        assert level - shifted == pytest.approx(4, abs=0.15)


def test_subscript_and_superscript_leave_lines_as_they_are() -> None:
    level = below(run("level "), run("2"))
    for position in ("superscript", "subscript"):
        assert below(run("level "), run("2", f'<w:vertAlign w:val="{position}"/>')) == pytest.approx(level, abs=0.15)


def test_a_frame_round_words_takes_room() -> None:
    frame = '<w:bdr w:val="single" w:sz="16" w:space="1" w:color="auto"/>'
    assert below(run("See "), run("form 7B")) - below(run("See "), run("form 7B", frame)) == pytest.approx(6, abs=0.15)
    plain, framed = (drawn(run("See "), run("form 7B", look), run(". More")) for look in ("", frame))
    wider = pdf_facts.words_at(framed, 0, "More")[0] - pdf_facts.words_at(plain, 0, "More")[0]
    assert wider == pytest.approx(6, abs=0.15)


def test_space_between_letters_follows_the_last_letter_too() -> None:
    plain, spaced = (
        drawn(run("abc", look), run(" next"))
        for look in ("", '<w:spacing w:val="40"/>')
    )  # fmt: skip
    assert pdf_facts.words_at(spaced, 0, "next")[0] - pdf_facts.words_at(plain, 0, "next")[0] == pytest.approx(
        6, abs=0.15
    )


def test_small_capitals_are_spaced_as_evenly_as_capitals() -> None:
    def shift(text: str) -> float:
        starts = [
            pdf_facts.words_at(drawn(run(text, f"<w:smallCaps/>{look}"), run(" 999")), 0, "999")[0]
            for look in ("", '<w:spacing w:val="40"/>')
        ]
        return starts[1] - starts[0]

    assert shift("ABCDEF") == pytest.approx(12, abs=0.15)
    assert shift("AbcDef") == pytest.approx(12, abs=0.15)
    assert shift("Abc Def") == pytest.approx(14, abs=0.15)


@pytest.mark.parametrize("word", ["income/expenditure", "www.example.org/plan/appendix/tables"])
def test_no_line_ends_behind_a_slash_while_its_word_fits_the_next(word: str) -> None:
    before = "Some words come first in this line of text and then it cost the Committee more "
    pdf = drawn(run(f"{before}{word} than it had."))
    first, *_, last = word.split("/")
    assert pdf_facts.words_at(pdf, 0, first)[1] == pytest.approx(pdf_facts.words_at(pdf, 0, last)[1], abs=3)
    assert word in pdf_facts.page_texts(pdf)[0]
    assert word in pdf_facts.spoken(pdf)


def test_a_word_longer_than_the_line_ends_it_behind_a_slash() -> None:
    path = "/".join(["democracy"] * 12)
    lines = pdf_facts.page_texts(drawn(run(path)))[0].split()
    assert len(lines) == 2
    assert lines[0].endswith("democracy/")


def test_a_hyphen_that_does_not_break_is_as_wide_as_another_and_holds_its_word() -> None:
    hard = "<w:r><w:t>room 4</w:t></w:r><w:r><w:noBreakHyphen/></w:r><w:r><w:t>B</w:t></w:r>"
    ends = [pdf_facts.words_at(drawn(runs), 0, "room 4-B")[2] for runs in (run("room 4-B"), hard)]
    assert ends[0] == pytest.approx(ends[1], abs=0.15)
    narrow = draw(docx(f'<w:p><w:pPr><w:ind w:right="8500"/></w:pPr>{hard}</w:p>')).pdf
    assert pdf_facts.words_at(narrow, 0, "4-B")[1] < pdf_facts.words_at(narrow, 0, "room")[1]
