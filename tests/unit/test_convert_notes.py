"""The built-in engine: where footnotes and endnotes stand, how their numbers look, and what a screen reader hears."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from tests import pdf_facts
from tests.docx_parts import A4, docx, draw, note_mark, paragraph

RAISED = '<w:vertAlign w:val="superscript"/>'
NINE = '<w:sz w:val="18"/>'
NO_SPACE = '<w:spacing w:after="0"/>'
SPACE = '<w:spacing w:after="100"/>'
# The height of a line of Arial at 9 points.
LINE = 10.35


def note(
    number: int, text: str, *, kind: str = "footnote", run: str = RAISED, behind: str = " ", properties: str = NO_SPACE
) -> str:
    """A note with its number, as Word writes it; `run` is how the number looks, `behind` what follows it."""
    gap = "<w:tab/>" if behind == "\t" else f'<w:t xml:space="preserve">{behind}</w:t>'
    return (
        f'<w:{kind} w:id="{number}"><w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{NINE}{run}</w:rPr><w:{kind}Ref/></w:r>'
        f"<w:r><w:rPr>{NINE}</w:rPr>{gap}<w:t>{text}</w:t></w:r></w:p></w:{kind}>"
    )


def noted(text: str, *marks: int, kind: str = "footnote", properties: str = NO_SPACE) -> str:
    inner = "".join(note_mark(mark, kind) for mark in marks)
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r>{inner}</w:p>"


def bottom(pdf: bytes, words: str, page: int = 0) -> float:
    return pdf_facts.words_at(pdf, page, words)[1]


def left(pdf: bytes, words: str, page: int = 0) -> float:
    return pdf_facts.words_at(pdf, page, words)[0]


def number_of_note(pdf: bytes) -> tuple[float, float, float, float]:
    """The box of the number 1 at the note, which comes behind that in the text."""
    return min(pdf_facts.places_of(pdf, 0, "1"), key=lambda box: box[1])


# --- Numbers ----------------------------------------------------------------------------------------


def test_the_number_of_a_note_is_raised_only_where_its_run_says_so() -> None:
    raised = draw(docx(noted("text", 1), parts={"footnotes": note(1, "HHH")})).pdf
    level = draw(docx(noted("text", 1), parts={"footnotes": note(1, "HHH", run="")})).pdf
    high, low = number_of_note(raised), number_of_note(level)
    assert low[1] == pytest.approx(bottom(level, "HHH"), abs=0.2)
    assert high[1] - bottom(raised, "HHH") > 3
    assert (high[3] - high[1]) / (low[3] - low[1]) == pytest.approx(0.58, abs=0.03)


def test_behind_the_number_stands_what_the_author_put_there() -> None:
    drawn = {
        behind: draw(docx(noted("text", 1), parts={"footnotes": note(1, "HHH", run="", behind=behind)})).pdf
        for behind in ("", " ", "\t")
    }
    starts = {behind: left(pdf, "HHH") for behind, pdf in drawn.items()}
    assert starts[" "] - starts[""] == pytest.approx(0.278 * 9, abs=0.05)
    assert starts["\t"] == pytest.approx(72 + 36 + 0.7, abs=0.5)


def test_a_bold_number_leaves_raised_letters_of_the_note_as_they_are() -> None:
    body = note(1, "m", run=f"{RAISED}<w:b/>").replace(
        "</w:p>", f"<w:r><w:rPr>{NINE}{RAISED}</w:rPr><w:t>2</w:t></w:r></w:p>"
    )
    pdf = draw(docx(noted("text", 1), parts={"footnotes": body})).pdf
    page = PdfReader(io.BytesIO(pdf)).pages[0]
    found: list[tuple[str, str]] = []
    page.extract_text(
        visitor_text=lambda text, _a, _b, font, _s: found.append((text, font["/BaseFont"] if font else ""))
    )
    assert {text.strip(): "Bold" in font for text, font in found if text.strip() in {"1", "2"}} == {
        "1": True,
        "2": False,
    }


def test_each_section_numbers_its_footnotes_in_its_own_way() -> None:
    roman = '<w:footnotePr><w:numFmt w:val="lowerRoman"/></w:footnotePr>'
    figures = '<w:footnotePr><w:numStart w:val="5"/><w:numRestart w:val="eachSect"/></w:footnotePr>'
    body = noted("one", 1, 2) + f"<w:p><w:pPr><w:sectPr>{roman}{A4}</w:sectPr></w:pPr></w:p>" + noted("two", 3)
    parts = {"footnotes": note(1, "first") + note(2, "second") + note(3, "third")}
    pages = pdf_facts.page_texts(draw(docx(body, section=figures + A4, parts=parts)).pdf)
    assert "ii second" in pages[0]
    assert "5 third" in pages[1]


def test_a_raised_letter_stands_as_high_as_its_font_is_tall() -> None:
    pdf = draw(docx("<w:p><w:r><w:t>H</w:t></w:r><w:r><w:rPr>" + RAISED + "</w:rPr><w:t>X</w:t></w:r></w:p>")).pdf
    assert bottom(pdf, "X") - bottom(pdf, "H") == pytest.approx(0.42 * 0.938 * 11, abs=0.1)


# --- Places -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("line", ["240", "259", "480"])
def test_notes_stand_on_the_foot_of_the_page_a_line_apart_however_wide_the_text_is_set(line: str) -> None:
    body = noted("text", 1, 2, 3, properties=f'<w:spacing w:after="0" w:line="{line}" w:lineRule="auto"/>')
    pdf = draw(docx(body, parts={"footnotes": note(1, "Haa") + note(2, "Hbb") + note(3, "Hcc")})).pdf
    lowest, middle, highest = (bottom(pdf, words) for words in ("Hcc", "Hbb", "Haa"))
    assert lowest == pytest.approx(72 + 0.212 * 9, abs=0.3)
    assert (middle - lowest, highest - middle) == pytest.approx((LINE, LINE), abs=0.05)


def test_space_between_notes_is_not_kept_below_the_last_or_above_the_first() -> None:
    apart = '<w:spacing w:after="200"/>'
    parts = {"footnotes": note(1, "Haa", properties=apart) + note(2, "Hbb", properties=apart)}
    spacer = paragraph("above", '<w:spacing w:after="0" w:line="12960" w:lineRule="exact"/>')
    pdf = draw(docx(spacer + noted("text", 1, 2), parts=parts)).pdf
    assert pdf_facts.page_count(pdf) == 1
    assert bottom(pdf, "Hbb") == pytest.approx(72 + 0.212 * 9, abs=0.3)
    assert bottom(pdf, "Haa") - bottom(pdf, "Hbb") == pytest.approx(LINE + 10, abs=0.05)


@pytest.mark.parametrize(("after", "before", "gap"), [(0, 120, 6), (120, 0, 6), (120, 240, 12), (240, 120, 12)])
def test_paragraphs_of_a_note_are_as_far_apart_as_the_larger_of_their_spaces(
    after: int, before: int, gap: float
) -> None:
    two = note(1, "Haa", properties=f'<w:spacing w:after="{after}"/>').replace(
        "</w:footnote>", paragraph("Hbb", f'<w:spacing w:before="{before}" w:after="0"/>', NINE) + "</w:footnote>"
    )
    pdf = draw(docx(noted("text", 1), parts={"footnotes": two})).pdf
    assert bottom(pdf, "Haa") - bottom(pdf, "Hbb") == pytest.approx(LINE + gap, abs=0.1)


def test_text_keeps_its_distance_from_the_notes() -> None:
    """The text ends 6.2 points above the notes; what may hang out of the page's foot does not count."""
    for height, pages in ((13160, 1), (13175, 2)):
        spacer = paragraph("above", f'<w:spacing w:after="0" w:line="{height}" w:lineRule="exact"/>')
        last = noted("text", 1, 2, properties='<w:spacing w:after="0" w:line="480" w:lineRule="auto"/>')
        pdf = draw(docx(spacer + last, parts={"footnotes": note(1, "one") + note(2, "two")})).pdf
        assert pdf_facts.page_count(pdf) == pages


def test_the_part_of_a_long_note_ends_where_a_whole_note_ends() -> None:
    long = " ".join(["Happens"] * 1500)
    text = paragraph("above", '<w:spacing w:after="0" w:line="480" w:lineRule="auto"/>')
    pdf = draw(docx(noted("text", 1) + text, parts={"footnotes": note(1, long)})).pdf
    lowest = min(box[1] for box in pdf_facts.places_of(pdf, 0, "Happens"))
    assert 72 < lowest < 72 + LINE


# --- Endnotes ---------------------------------------------------------------------------------------


def endnoted() -> bytes:
    body = noted("one", 1, kind="endnote") + noted("two", 2, kind="endnote") + paragraph("the end", SPACE)
    parts = {"endnotes": note(1, "Haa", kind="endnote") + note(2, "Hbb", kind="endnote")}
    return draw(docx(body, parts=parts)).pdf


def test_endnotes_stand_right_behind_the_text_a_line_apart() -> None:
    pdf = endnoted()
    assert pdf_facts.page_count(pdf) == 1
    assert bottom(pdf, "Haa") - bottom(pdf, "Hbb") == pytest.approx(LINE, abs=0.05)
    # The space below the text and a line with a rule in it part them from it.
    assert bottom(pdf, "the end") - bottom(pdf, "Haa") == pytest.approx(5 + 12.65 + LINE + 0.4, abs=0.5)
    assert "ii Hbb" in pdf_facts.page_texts(pdf)[0]


@pytest.mark.parametrize("count", [3, 70])
def test_however_many_endnotes_there_are_each_has_a_name(count: int) -> None:
    numbers = range(1, count + 1)
    body = "".join(noted(f"word {number}", number, kind="endnote") for number in numbers)
    parts = {"endnotes": "".join(note(number, f"Note {number}", kind="endnote") for number in numbers)}
    pdf = draw(docx(body, parts=parts)).pdf
    named = {tag.identifier for tag in pdf_facts.tags(pdf) if tag.standard_role == "Note"}
    assert len(named - {None}) == count
    tree = PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"]["/IDTree"]
    assert {str(name) for name in tree["/Names"][::2]} == named


def test_endnotes_are_told_as_notes_with_names_of_their_own() -> None:
    pdf = endnoted()
    root = PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"]
    told = [kid.get_object() for kid in root["/K"][0].get_object()["/K"]]
    notes = [kid for kid in told if kid["/S"] == "/Note"]
    assert [kid["/ID"].partition("-")[2] for kid in notes] == ["Endnote 1", "Endnote 2"]
    assert "/BlockQuote" not in [kid["/S"] for kid in told]
    names = root["/IDTree"]["/Names"]
    assert [names[at] for at in range(0, len(names), 2)] == [kid["/ID"] for kid in notes]
