"""What the templates of later publications make of data: notices, front sheets of supplements, notices of changes."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader

from packgen.convert import bundled_fonts, convert_docx
from packgen.fill import complete_context, fill_template
from packgen.schemas import SchemaSet, schema_files

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = SchemaSet(schema_files(ROOT / "schemas"))
MEETING = {"date": "2022-10-24", "time": "14:30", "venue": "Rowan Room"}
SHARED: dict[str, Any] = {
    "council": {"name": "Westmarch County Council", "accent": "#1D4F6E", "logo": None, "logo_alt": None},
    "words": {"part_one": "Part A", "part_two": "Part B", "chair": "Chairwoman", "to_follow": "Late", "nil": "none"},
    "meeting": MEETING | {"webcast": None},
    "item": {"number": "7", "title": "An item", "report_of": None},
    "pack": {"committee": "Prosperity Committee"},
}
NOTICE = {
    "template": "pack-notice",
    "heading": "Withdrawn",
    "title": "Bus contract",
    "lines": ["This item has been withdrawn from the agenda.", "Tenders closed without a bid."],
}
BARE_SUPPLEMENT: dict[str, Any] = {
    "template": "supplement",
    "number": 2,
    "committee": "Prosperity Committee",
    "meeting": MEETING,
    "belongs_to": {"publication": 1, "published": "2022-10-14"},
    "items": [
        {
            "number": "5",
            "title": "Budget",
            "settles": True,
            "documents": [{"title": "Budget", "pages": "97 - 106", "link": "packgen:document/05-1-budget"}],
        }
    ],
}
SUPPLEMENT: dict[str, Any] = BARE_SUPPLEMENT | {
    "published": "2022-10-19",
    "reason": "The figures for September were awaited.",
    "urgency": "The bid closes on 26 October.",
    "items": [
        *BARE_SUPPLEMENT["items"],
        {
            "number": "7",
            "title": "Roads",
            "report_of": "the Director",
            "documents": [
                {
                    "title": "Appendix C",
                    "pages": "107",
                    "link": "packgen:document/07-3-c",
                    "reason": "It was left out by mistake.",
                },
                {"title": "Appendix D", "exempt_paragraphs": "paragraph 3"},
            ],
        },
        {
            "number": "9",
            "title": "Bid",
            "new": True,
            "documents": [{"title": "Report", "pages": "108 - 109", "link": "packgen:document/09-1-report"}],
        },
    ],
    "contact": {"name": "Tess Gold", "title": "Clerk", "telephone": "01632 960148"},
    "proper_officer": {"name": "Jo Marlowe", "title": "Director of Law"},
}
BARE_CHANGES: dict[str, Any] = {
    "template": "change-notice",
    "committee": "Prosperity Committee",
    "meeting": MEETING,
    "since": {"publication": 1, "published": "2022-10-14"},
    "documents": [],
}
CHANGES: dict[str, Any] = BARE_CHANGES | {
    "to_replace": "23 - 24, 31 - 32",
    "to_insert": "12A",
    "to_remove": "25 - 42",
    "documents": [
        {
            "item": "5",
            "title": "Budget",
            "what": "changed",
            "pages": "23 - 24",
            "changes": [
                {"page": "23", "before": "… receipts were", "removed": "£1.2m", "added": "£1.4m", "after": "which …"},
                {"page": "24", "before": "… asked for", "added": "new", "after": "figures …"},
                {"page": "24", "before": "… by", "removed": "district", "after": "and town …"},
            ],
            "more": 1,
        },
        {"title": "Agenda", "what": "changed", "pages": "i"},
        {"item": "6", "title": "Ferries", "what": "withdrawn", "pages": "25 - 42", "reason": "The boat is full."},
        {"item": "7", "title": "Appendix C", "what": "added", "pages": "12A"},
    ],
    "contact": {"name": "Tess Gold"},
}
ALL = (NOTICE, SUPPLEMENT, BARE_SUPPLEMENT, CHANGES, BARE_CHANGES)


def filled_bytes(data: Mapping[str, Any]) -> bytes:
    name = str(data["template"])
    return fill_template(
        (ROOT / "templates" / f"{name}.docx").read_bytes(),
        SHARED | complete_context(data, SCHEMAS.schema(name), SCHEMAS.resolver(name)),
        template_name=name,
        resources=ROOT,
        language="en-GB",
    )


def fill(data: Mapping[str, Any]) -> Any:
    return docx.Document(io.BytesIO(filled_bytes(data)))


def lines(container: Any) -> list[str]:
    """The text of its paragraphs that are not empty, with plain spaces."""
    return [each.text.replace("\u00a0", " ") for each in container.paragraphs if each.text.strip()]


def rows(table: Any) -> list[list[str]]:
    return [["\n".join(lines(cell)) for cell in row.cells] for row in table.rows]


@pytest.mark.parametrize("data", ALL)
def test_nothing_of_the_template_language_is_left(data: Mapping[str, Any]) -> None:
    assert SCHEMAS.findings(str(data["template"]), data) == []
    assert not re.search(r"\{[{%]|[}%]\}", fill(data).element.xml)


@pytest.mark.parametrize("data", ALL)
def test_the_built_in_engine_draws_it_without_a_warning(data: Mapping[str, Any]) -> None:
    drawn = convert_docx(
        filled_bytes(data), name="x.docx", fonts=bundled_fonts(), language="en-GB", created=dt.datetime(2022, 10, 14)
    )
    assert drawn.warnings == ()
    assert len(PdfReader(io.BytesIO(drawn.pdf)).pages) <= 2


def test_notice_says_what_became_of_the_item() -> None:
    assert lines(fill(NOTICE)) == ["Item 7 – Withdrawn", "Bus contract", *NOTICE["lines"]]


def test_supplement_says_to_which_publication_it_belongs() -> None:
    text = lines(fill(SUPPLEMENT))
    assert text[:5] == [
        "Westmarch County Council",
        "Supplement 2 to the Agenda",
        "Prosperity Committee",
        "Monday, 24 October 2022 at 2.30 pm",
        "Rowan Room",
    ]
    assert "Published on 19 October 2022" in text
    assert any("belongs to the agenda published on 14 October 2022 (publication 1)" in line for line in text)


def test_supplement_lists_each_paper_with_its_pages() -> None:
    assert rows(fill(SUPPLEMENT).tables[0]) == [
        ["Item", "Paper", "Pages"],
        ["5.", "Budget\nThe agenda says of this item: Late.", "(Pages 97 - 106)"],
        ["7.", "Roads\nReport of the Director", "Roads\nReport of the Director"],
        ["", "Appendix C\nWhy it is late: It was left out by mistake.", "(Page 107)"],
        ["", "Appendix D\nExempt under paragraph 3 of Part 1 of Schedule 12A.", ""],
        ["9.", "Bid\nNew item: it was not on the agenda.\nReport", "(Pages 108 - 109)"],
    ]


def test_supplement_names_an_item_whose_papers_are_exempt_without_pages() -> None:
    exempt = {"number": "6", "title": "Land", "documents": [], "exempt_paragraphs": "paragraph 3"}
    row = rows(fill(BARE_SUPPLEMENT | {"items": [exempt]}).tables[0])[1]
    assert row == ["6.", "Land\nIts papers are not published: exempt under paragraph 3 of Part 1 of Schedule 12A.", ""]


def test_supplement_says_once_that_papers_are_exempt() -> None:
    paper = {"title": "Report", "pages": "107", "link": "packgen:document/x", "exempt_paragraphs": "paragraph 3"}
    exempt = {"number": "6", "title": "Land", "documents": [paper], "exempt_paragraphs": "paragraph 3"}
    _, paper_cell, pages = rows(fill(BARE_SUPPLEMENT | {"items": [exempt]}).tables[0])[1]
    assert (paper_cell.count("paragraph 3"), pages) == (1, "(Page 107)")


def test_supplement_links_titles_and_pages_to_the_papers() -> None:
    document = fill(SUPPLEMENT)
    targets = [
        document.part.rels[link.get(qn("r:id"))].target_ref for link in document.element.body.iter(qn("w:hyperlink"))
    ]
    assert targets == [
        target
        for document_id, times in (("05-1-budget", 2), ("07-3-c", 2), ("09-1-report", 3))
        for target in [f"packgen:document/{document_id}"] * times
    ]


def test_supplement_asks_for_urgency_only_for_what_was_not_on_the_agenda() -> None:
    text = "\n".join(lines(fill(SUPPLEMENT)))
    assert "Not on the agenda when it was published: item 9." in text
    assert "if the Chairwoman is of the opinion, by reason of special circumstances" in text
    assert "section 100B(4)(b)" in text
    assert "Special circumstances: The bid closes on 26 October." in text
    assert "100B" not in "\n".join(lines(fill(BARE_SUPPLEMENT)))


def test_change_notice_begins_with_what_to_do_with_a_printed_pack() -> None:
    text = lines(fill(CHANGES))
    start = text.index("If You Have a Printed Pack")
    assert [line.split(".")[0] for line in text[start + 1 : start + 4]] == [
        "Exchange:\tPages 23 - 24, 31 - 32",
        "Put in:\tPage 12A",
        "Take out:\tPages 25 - 42",
    ]
    assert start < text.index("What Has Changed")


def test_change_notice_sets_old_words_against_new_ones() -> None:
    table = fill(CHANGES).tables[0]
    assert rows(table) == [
        ["Page", "Old words", "New words"],
        ["23", "… receipts were £1.2m which …", "… receipts were £1.4m which …"],
        ["24", "… asked for (nothing) figures …", "… asked for new figures …"],
        ["24", "… by district and town …", "… by (left out) and town …"],
    ]
    strong = [run.text for run in table.rows[1].cells[2].paragraphs[0].runs if run.style.name == "Label"]
    assert strong == ["£1.4m"]


def test_change_notice_keeps_what_became_of_a_paper_with_what_is_said_of_it_below() -> None:
    """And nothing else: papers that follow each other can stand on two pages."""
    kept = {"More": True, "Moved": False, "Gone": True, "New": False}
    papers = [
        {"item": "1", "title": "More", "what": "changed", "more": 2},
        {"item": "2", "title": "Moved", "what": "moved", "pages": "3 - 4"},
        {"item": "3", "title": "Gone", "what": "withdrawn", "reason": "The boat is full."},
        {"item": "4", "title": "New", "what": "added"},
    ]
    said = fill(BARE_CHANGES | {"documents": papers}).paragraphs
    found = {}
    for heading, what in pairwise(said):
        if heading.style.name == "Heading 3":
            found[heading.text.split(": ")[1]] = bool(what.style.paragraph_format.keep_with_next)
    assert found == kept


def test_change_notice_names_what_became_of_each_paper() -> None:
    text = lines(fill(CHANGES))
    assert text[text.index("What Has Changed") + 1 :] == [
        "Item 5: Budget",
        "Changed, pages 23 - 24",
        "1 more change is not printed here.",
        "Agenda",
        "Changed, page i",
        "Its words are the same; its pages look different.",
        "Item 6: Ferries",
        "Withdrawn, pages 25 - 42",
        "Reason: The boat is full.",
        "Item 7: Appendix C",
        "New paper, page 12A",
        "Contact: Tess Gold",
    ]


def test_change_notice_of_a_renumbered_pack_has_it_printed_anew() -> None:
    text = "\n".join(lines(fill(CHANGES | {"renumbered": True})))
    assert "Please print the whole pack anew" in text
    assert "Exchange:" not in text


def test_change_notice_without_changes_says_so() -> None:
    text = lines(fill(BARE_CHANGES))
    assert text[-1] == "No page has to be exchanged."
