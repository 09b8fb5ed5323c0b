"""Which language a drawn document, and each passage of it, is said to be in."""

from __future__ import annotations

import re

import pytest

from packgen.convert import bundled_fonts, convert_docx
from packgen.convert.office.engine import Limits, OfficeFile, draw_with_office
from packgen.convert.office.find import find_office
from packgen.merge import merge
from tests import pdf_facts
from tests.docx_parts import CREATED, STYLES, docx, note_mark, paragraph
from tests.pdf_parts import request

WELSH = "Cyflwynwyd yr adroddiad gan y Cadeirydd i'w ystyried."
ENGLISH = "The Chair presented the report."


LONG_ENGLISH = (
    "The Committee is asked to note that the bridge has been closed since March, and to agree the repairs which have "
    "been set out in this report, with their costs. "
)
LONG_WELSH = (
    "Mae gofyn i'r Pwyllgor nodi bod y bont wedi bod ar gau ers mis Mawrth, ac i gytuno ar yr atgyweiriadau sydd wedi "
    "eu nodi yn yr adroddiad hwn, gyda'u costau. "
)


def lang(tag: str) -> str:
    """A run property."""
    return f'<w:lang w:val="{tag}"/>' if tag else ""


def styles(tag: str) -> str:
    """A style sheet whose text is in a language."""
    return STYLES.replace('<w:sz w:val="22"/>', f'<w:sz w:val="22"/>{lang(tag)}', 1)


def drawn(body: str, default: str = "", pack: str = "en-GB", **parts: str) -> bytes:
    document = docx(body, styles=styles(default), parts=parts)
    return convert_docx(document, name="a.docx", fonts=bundled_fonts(()), language=pack, created=CREATED).pdf


def told(pdf: bytes) -> dict[str, str | None]:
    """The language that each paragraph's element says it is in, by its first word."""
    return {tag.text.split()[0]: tag.language for tag in pdf_facts.tags(pdf) if tag.text.strip()}


def heard(pdf: bytes) -> dict[str, str]:
    """The language in which each paragraph is read aloud, by its first word: its own or that of what it is part of."""
    above = [pdf_facts.catalog(pdf)["/Lang"]]
    found = {}
    for tag in pdf_facts.tags(pdf):
        del above[tag.depth + 1 :]
        above.append(tag.language or above[-1])
        if tag.text.strip():
            found[tag.text.split()[0]] = above[-1]
    return found


def inside(pdf: bytes) -> list[str]:
    """The languages that pieces of paragraphs are marked as."""
    return [found.decode() for found in re.findall(rb"/Lang\s*\(([\w-]+)\)[^<>]*>>\s*BDC", pdf_facts.plain_bytes(pdf))]


def test_a_document_in_another_language_than_its_pack_is_in_its_own() -> None:
    pdf = drawn(paragraph(WELSH) + paragraph(ENGLISH, run=lang("en-GB")), "cy-GB")
    assert pdf_facts.catalog(pdf)["/Lang"] == "cy-GB"
    assert told(pdf) == {"Cyflwynwyd": None, "The": "en-GB"}


def test_a_language_counts_by_what_is_said_of_the_text_not_of_the_styles() -> None:
    pdf = drawn(paragraph(WELSH, run=lang("cy-GB")) + paragraph("Agenda", run=lang("en-GB")), "en-GB")
    assert pdf_facts.catalog(pdf)["/Lang"] == "cy-GB"
    assert told(pdf) == {"Cyflwynwyd": None, "Agenda": "en-GB"}


def test_a_passage_is_marked_in_a_document_in_the_language_of_its_pack() -> None:
    pdf = drawn(paragraph(ENGLISH) + paragraph("Cadeirydd", run=lang("cy-GB")), "en-GB")
    assert pdf_facts.catalog(pdf)["/Lang"] == "en-GB"
    assert told(pdf) == {"The": None, "Cadeirydd": "cy-GB"}


def test_styles_of_another_language_do_not_hide_the_passages_in_it() -> None:
    pdf = drawn(paragraph(ENGLISH, run=lang("en-GB")) + paragraph("Cadeirydd"), "cy-GB")
    assert pdf_facts.catalog(pdf)["/Lang"] == "en-GB"
    assert told(pdf) == {"The": None, "Cadeirydd": "cy-GB"}


def test_words_in_the_documents_language_are_marked_within_a_passage_in_another() -> None:
    mixed = (
        f'<w:p><w:r><w:rPr>{lang("cy-GB")}</w:rPr><w:t xml:space="preserve">Cyflwynwyd yr adroddiad </w:t></w:r>'
        "<w:r><w:t>by me</w:t></w:r></w:p>"
    )
    pdf = drawn(paragraph(ENGLISH * 2) + mixed, "en-GB")
    assert told(pdf) == {"The": None, "Cyflwynwyd": "cy-GB"}
    assert inside(pdf) == ["en-GB"]


def test_notes_speak_their_language() -> None:
    first = paragraph("Gweler", run=lang("cy-GB")) + paragraph("Below", run=lang("en-GB"))
    written = f'<w:footnote w:id="1">{first}</w:footnote><w:footnote w:id="2">{paragraph("See")}</w:footnote>'
    body = f"<w:p><w:r><w:t>Text</w:t></w:r>{note_mark(1)}{note_mark(2)}</w:p>" + paragraph(ENGLISH)
    pdf = drawn(body, "en-GB", footnotes=written)
    assert heard(pdf)["Gweler"] == "cy-GB"
    assert [heard(pdf)[word] for word in ("Text", "Below", "See", "The")] == ["en-GB"] * 4


@pytest.mark.parametrize(
    ("default", "pack"),
    [
        ("", "en-GB"),
        ("en-US", "en-GB"),  # what Word writes where nobody has chosen
        ("en", "en-GB"),
        ("en-AU", "en-GB"),
        ("x-none", "en-GB"),
        ("en-US", "cy-GB"),
        ("", "cy-GB"),
        ("cy", "cy-GB"),
    ],
)
def test_what_word_writes_unasked_changes_no_language(default: str, pack: str) -> None:
    pdf = drawn(paragraph(ENGLISH) + paragraph("More", run=lang("en-US")), default, pack)
    assert pdf_facts.catalog(pdf)["/Lang"] == pack
    assert set(told(pdf).values()) == {None}
    assert inside(pdf) == []


@pytest.mark.parametrize(
    ("text", "marked", "pack", "expected"),
    [
        (LONG_ENGLISH, "nl-NL", "en-GB", "en-GB"),  # an English report made on a Dutch computer
        (LONG_WELSH, "en-GB", "cy-GB", "cy-GB"),  # Welsh typed in an English Word
        (LONG_WELSH, "cy-GB", "en-GB", "cy-GB"),
        (LONG_ENGLISH, "en-GB", "cy-GB", "en-GB"),
        (LONG_ENGLISH + LONG_WELSH, "cy-GB", "en-GB", "cy-GB"),  # both: the mark decides
    ],
)
def test_a_mark_that_the_words_belie_is_not_believed(text: str, marked: str, pack: str, expected: str) -> None:
    pdf = drawn(paragraph(text), marked, pack)
    assert pdf_facts.catalog(pdf)["/Lang"] == expected
    assert set(told(pdf).values()) == {None}


def test_a_mark_that_the_words_belie_is_not_told_of_a_passage_either() -> None:
    pdf = drawn(paragraph("Bridge", run=lang("en-GB")) + paragraph(LONG_ENGLISH), "nl-NL")
    assert pdf_facts.catalog(pdf)["/Lang"] == "en-GB"
    assert told(pdf) == {"Bridge": None, "The": None}


def test_half_of_a_document_in_another_language_leaves_it_in_that_of_the_pack() -> None:
    pdf = drawn(paragraph("abcdef 1234567") + paragraph("ghijkl", run=lang("cy-GB")), "en-GB")
    assert pdf_facts.catalog(pdf)["/Lang"] == "en-GB"
    assert told(pdf) == {"abcdef": None, "ghijkl": "cy-GB"}


def test_text_of_which_nothing_is_said_is_in_the_language_of_the_pack() -> None:
    pdf = drawn(paragraph(WELSH, run=lang("cy-GB")) + paragraph("Agenda"))
    assert pdf_facts.catalog(pdf)["/Lang"] == "cy-GB"
    assert told(pdf) == {"Cyflwynwyd": None, "Agenda": "en-GB"}


def test_a_pack_keeps_the_languages_of_its_documents() -> None:
    welsh = drawn(paragraph(WELSH) + paragraph(ENGLISH, run=lang("en-GB")), "cy-GB")
    english = drawn(paragraph("Minutes of the meeting") + paragraph("Cadeirydd", run=lang("cy-GB")), "en-US")
    pack = merge(request([("one", welsh), ("two", english)])).data
    assert pdf_facts.catalog(pack)["/Lang"] == "en-GB"
    own = {"Cyflwynwyd": "cy-GB", "The": "en-GB", "Minutes": "en-GB", "Cadeirydd": "cy-GB"}
    assert own.items() <= heard(pack).items()


@pytest.mark.libreoffice
@pytest.mark.slow
def test_libreoffice_draws_a_file_in_the_language_of_its_styles() -> None:
    program = find_office()
    assert program is not None
    bodies = {
        "cy-GB": paragraph(WELSH) + paragraph(ENGLISH, run=lang("en-GB")),
        "en-US": paragraph(ENGLISH) + paragraph(WELSH, run=lang("cy-GB")),
        "": paragraph(ENGLISH) + paragraph(WELSH, run=lang("cy-GB")),
        "nl-NL": paragraph(LONG_ENGLISH) + paragraph(WELSH, run=lang("cy-GB")),
    }
    files = [
        OfficeFile(
            name=f"{default}.docx",
            data=docx(body, styles=styles(default)),
            kind=".docx",
            title="A report",
            language="en-GB",
            created=CREATED,
        )
        for default, body in bodies.items()
    ]
    made = [each.pdf for each in draw_with_office(files, program, Limits(100))]
    assert [pdf_facts.catalog(pdf)["/Lang"] for pdf in made] == ["cy-GB", "en-GB", "en-GB", "en-GB"]
    for pdf in made:
        assert heard(pdf)["Cyflwynwyd"] == "cy-GB"
    assert heard(made[0])["The"] == "en-GB"
