"""Reports as authors write them: what is recognised, where it goes, and that no word of them is lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from docx.enum.text import WD_BREAK

from import_support import (
    SCHEMAS,
    add_picture,
    all_words,
    as_bytes,
    author_document,
    filled_again,
    imported,
    link,
    read_back,
    strings,
)
from packgen.convert.read.package import open_package
from packgen.fill import complete_context
from packgen.importing.proof import lost_words, raw_texts, words_of

_PACK = {"committee": "Environment Committee", "meeting": {"date": "2026-03-12"}}


def _bold(document: Any, text: str) -> Any:
    paragraph = document.add_paragraph()
    paragraph.add_run(text).bold = True
    return paragraph


def styled_report() -> Any:
    """A cover report in Word's own styles: a table for the head, headings, typed numbers, lists, a table, a picture."""
    document = author_document()
    head = document.add_table(4, 2, style="Table Grid")
    rows = (("Committee:", "Environment Committee"), ("Date of meeting:", "Thursday 12 March 2026"),
            ("Report of:", "Cabinet Member for Highways"), ("Wards affected", "All"))  # fmt: skip
    for row, (label, value) in zip(head.rows, rows, strict=True):
        row.cells[0].text, row.cells[1].text = label, value
    document.add_heading("Winter Gritting Review", 0)
    document.add_heading("Recommendations", 1)
    document.add_paragraph("That the Committee:")
    document.add_paragraph("Notes the review.", style="List Number")
    document.add_paragraph("Asks for a further report in 2027.", style="List Number")
    document.add_heading("1. Background", 1)
    document.add_paragraph("1.1\tThe Council grits 612 miles of road; see paragraph 2.1.")
    paragraph = document.add_paragraph("1.2\tIt uses ")
    paragraph.add_run("brown").bold = True
    paragraph.add_run(" salt, which is told of by ")
    link(paragraph, "its maker", "https://www.example.org/salt")
    document.add_paragraph("from the mine", style="List Bullet")
    document.add_paragraph("by rail", style="List Bullet 2")
    document.add_paragraph("by road", style="List Bullet 2")
    document.add_paragraph("from the port", style="List Bullet")
    document.add_heading("2. Options", 1)
    document.add_paragraph("2.1\tThree courses were looked at:")
    for letter, words in (("a", "doing nothing;"), ("b", "gritting less;"), ("c", "gritting more.")):
        document.add_paragraph(f"({letter})\t{words}")
    table = document.add_table(3, 3, style="Table Grid")
    for row, texts in zip(
        table.rows, (("Option", "Cost", "Miles"), ("Less", "£1", "500"), ("More", "£2", "700")), strict=True
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.add_paragraph("Source: Highways team")
    add_picture(document, "A gritter at work")
    document.add_heading("Financial implications", 2)
    document.add_paragraph("2.2\tNone beyond the budget.")
    document.add_heading("Background papers", 1)
    document.add_paragraph("Salt survey 2025", style="List Bullet")
    document.add_heading("Appendices", 1)
    document.add_paragraph("Appendix 1 – Map of routes")
    document.add_heading("Contact officer", 1)
    for line in ("Name and Job Title: Una Fern, Head of Highways", "Telephone No.: 01632 960123",
                 "E-Mail Address: una.fern@example.org"):  # fmt: skip
        document.add_paragraph(line)
    document.sections[0].footer.paragraphs[0].text = "Draft for comment"
    return document


def bold_report() -> Any:
    """A cover report without styles: bold lines for headings, typed numbers that run on."""
    document = author_document()
    for line in ("WESTMARCH COUNTY COUNCIL", "Environment Committee – 12 March 2026", "Bus Shelters: Renewal"):
        _bold(document, line)
    document.add_paragraph("Report of the Director of Place")
    _bold(document, "Recommendation")
    document.add_paragraph("a.\tThat the programme be approved.")
    _bold(document, "Summary")
    document.add_paragraph("The shelters are old.")
    _bold(document, "Background:")
    document.add_paragraph("1. The shelters date from 1984.")
    document.add_paragraph("2. They leak.")
    _bold(document, "Risks")
    document.add_paragraph("3. Delay. Prices rise.")
    _bold(document, "Contact Officer")
    document.add_paragraph("Ravi Sandhu, Transport Manager, 01632 960555, ravi@example.org")
    _bold(document, "List of Appendices/Background Papers")
    document.add_paragraph("Appendix 1: Map of shelters")
    document.add_paragraph("Shelter survey 2025")
    return document


def typed_minutes() -> Any:
    document = author_document()
    _bold(document, "Minutes of the Environment Committee meeting held on 9 April 2026")
    paragraph = document.add_paragraph()
    paragraph.add_run("Present:").bold = True
    paragraph.add_run(" Ann Moss (Chairman)")
    _bold(document, "Attendance")
    document.add_paragraph("Bea Holt\tCarl Inch")
    document.add_paragraph("Dee Jarvis (Vice-Chairman)\tEd Kite")
    document.add_paragraph("Also in attendance: Fay Lund and Gus Mee")
    document.add_paragraph("Apologies: Hal Nye, Ivy Orr and Joe Pim")
    _bold(document, "PART ONE")
    _bold(document, "53. Declarations of Interest")
    document.add_paragraph("There were none.")
    _bold(document, "54. Bus Shelters")
    document.add_paragraph("Members asked about glass.")
    paragraph = document.add_paragraph()
    paragraph.add_run("RESOLVED:").bold = True
    paragraph.add_run(" That the programme be supported.")
    _bold(document, "55. Gritting")
    _bold(document, "RESOLVED –")
    document.add_paragraph("a)\tthat the review be noted; and")
    document.add_paragraph("b)\tthat it be published.")
    _bold(document, "Chairman")
    return document


def plain_programme() -> Any:
    document = author_document()
    document.add_heading("Environment Committee Work Programme 2026-27", 1)
    document.add_paragraph("This is what the Committee means to look at.")
    table = document.add_table(3, 4, style="Table Grid")
    rows = (("Date", "Topic", "Background", "Outcome"),
            ("4 June 2026\n10.00 am", "Buses\nCabinet Member: Ann Moss", "Members asked for it.", "Noted"),
            ("To be confirmed", "Rail", "", ""))  # fmt: skip
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    return document


def plain_paper() -> Any:
    document = author_document()
    document.add_paragraph("Briefing note on pools")
    document.add_paragraph("A pool is 100% *wet* and [blue].")
    document.add_paragraph("- it says here")
    paragraph = document.add_paragraph("The first line")
    paragraph.add_run().add_break(WD_BREAK.LINE)
    paragraph.add_run("and the second.")
    return document


_AUTHORS = {
    "styled report": (styled_report, "cover-report"),
    "bold report": (bold_report, "cover-report"),
    "minutes": (typed_minutes, "minutes"),
    "work programme": (plain_programme, "work-programme"),
    "paper": (plain_paper, "document"),
}


@pytest.mark.parametrize("name", _AUTHORS)
def test_a_document_is_recognised_and_validates(name: str, tmp_path: Path) -> None:
    make, template = _AUTHORS[name]
    done = imported(as_bytes(make()), tmp_path, pack=_PACK)
    assert done.template == template
    assert SCHEMAS.findings(template, read_back(done, tmp_path)) == []


@pytest.mark.parametrize("name", _AUTHORS)
def test_importing_filling_and_importing_again_loses_no_word(name: str, tmp_path: Path) -> None:
    make, template = _AUTHORS[name]
    docx = as_bytes(make())
    first = imported(docx, tmp_path / "first", pack=_PACK)
    data = {"committee": "Environment Committee", "date": "2026-03-12", **read_back(first, tmp_path / "first")}
    declared = SCHEMAS.schema(template)["properties"]
    data = {key: value for key, value in data.items() if key in declared}
    context = complete_context(data, SCHEMAS.schema(template), SCHEMAS.registry)
    shared = {"words": {"part_one": "Part One", "part_two": "Part Two", "chair": "Chair"}, "council": {}}
    again = filled_again(template, {**context, **shared}, tmp_path / "first")
    second = imported(again, tmp_path / "second", template=template)
    assert second.left_over == ()
    before = words_of(" ".join(strings(data)))
    after = words_of(" ".join([all_words(second), *(each.words for each in second.left_out)]))
    assert not set(before) - set(after)
    raw = raw_texts(open_package(docx, "x"))
    left_out = [each.words for each in (*first.left_out, *second.left_out)]
    assert not lost_words(raw, [all_words(first), *left_out])


# --- Where things go --------------------------------------------------------------------------------


def test_a_styled_report_is_sorted_into_its_keys(tmp_path: Path) -> None:
    done = imported(as_bytes(styled_report()), tmp_path)
    data = read_back(done, tmp_path)
    assert data["title"] == "Winter Gritting Review"
    assert data["committee"] == "Environment Committee"
    assert data["date"] == "2026-03-12"
    assert data["report_of"] == "Cabinet Member for Highways"
    assert data["local_members_interest"] == ["All"]
    assert data["recommendations"] == {
        "lead_in": "That the Committee:",
        "items": ["Notes the review.", "Asks for a further report in 2027."],
    }
    background, options = data["sections"]
    assert background["heading"] == "Background"
    assert background["text"].strip() == (
        "The Council grits 612 miles of road; see paragraph 2.1.\n\n"
        "It uses **brown** salt, which is told of by [its maker](https://www.example.org/salt)\n\n"
        "- from the mine\n  - by rail\n  - by road\n- from the port"
    )
    assert options["text"].strip() == (
        "Three courses were looked at:\n\na. doing nothing;\nb. gritting less;\nc. gritting more.\n\n"
        "| Option | Cost | Miles |\n|---|---|---|\n| Less | £1 | 500 |\n| More | £2 | 700 |\n\n"
        "Source: Highways team\n\n![A gritter at work](items/report/picture-1.png)"
    )
    assert options["sections"] == [{"heading": "Financial implications", "text": "None beyond the budget."}]
    assert data["background_documents"] == [{"title": "Salt survey 2025"}]
    assert data["appendices"] == [{"label": "Appendix 1", "title": "Map of routes"}]
    assert data["contacts"] == [
        {"name": "Una Fern", "title": "Head of Highways", "telephone": "01632 960123", "email": "una.fern@example.org"}
    ]
    assert (tmp_path / "items" / "report" / "picture-1.png").read_bytes().startswith(b"\x89PNG")
    assert done.left_over == ()
    assert "Draft for comment" in [each.words for each in done.left_out]
    assert [remark.pointer for remark in done.remarks if remark.code == "import.reference"] == ["paragraph 7"]


def test_a_report_without_styles_is_sorted_into_its_keys(tmp_path: Path) -> None:
    done = imported(as_bytes(bold_report()), tmp_path)
    data = read_back(done, tmp_path)
    assert data["title"] == "Bus Shelters: Renewal"
    assert (data["committee"], data["date"]) == ("Environment Committee", "2026-03-12")
    assert data["report_of"] == "the Director of Place"
    assert data["recommendations"]["items"] == ["That the programme be approved."]
    assert data["summary"] == {"text": "The shelters are old.", "numbered": False}
    assert data["sections"] == [
        {"heading": "Background:", "text": "The shelters date from 1984.\n\nThey leak."},
        {"heading": "Risks", "text": "Delay. Prices rise."},
    ]
    assert data["appendices"] == [{"label": "Appendix 1", "title": "Map of shelters"}]
    assert data["background_documents"] == [{"title": "Shelter survey 2025"}]
    assert data["contacts"][0]["email"] == "ravi@example.org"
    assert [each.place for each in done.left_over] == ["paragraph 1"]
    assert "WESTMARCH COUNTY COUNCIL" in (tmp_path / "items" / "report-left-over.md").read_text(encoding="utf-8")


def test_what_the_pack_says_is_left_to_the_pack(tmp_path: Path) -> None:
    data = read_back(imported(as_bytes(styled_report()), tmp_path, pack=_PACK), tmp_path)
    assert "committee" not in data
    assert "date" not in data
    other = {"committee": "Other Committee", "meeting": {"date": "2027-03-12"}}
    data = read_back(imported(as_bytes(styled_report()), tmp_path, name="other", pack=other), tmp_path)
    assert (data["committee"], data["date"]) == ("Environment Committee", "2026-03-12")


def test_minutes_are_sorted_into_their_keys(tmp_path: Path) -> None:
    data = read_back(imported(as_bytes(typed_minutes()), tmp_path), tmp_path)
    assert (data["committee"], data["meeting_date"], data["first_number"]) == (
        "Environment Committee",
        "2026-04-09",
        53,
    )
    assert data["presiding"] == {"name": "Ann Moss", "role": "Chairman"}
    assert [person["name"] for person in data["attendance"]] == ["Bea Holt", "Carl Inch", "Dee Jarvis", "Ed Kite"]
    assert data["attendance"][2]["role"] == "Vice-Chairman"
    assert [person["name"] for person in data["also_in_attendance"]] == ["Fay Lund", "Gus Mee"]
    assert [person["name"] for person in data["apologies"]] == ["Hal Nye", "Ivy Orr", "Joe Pim"]
    assert data["minutes"] == [
        {"title": "Declarations of Interest", "text": "There were none."},
        {
            "title": "Bus Shelters",
            "text": "Members asked about glass.",
            "resolved": ["That the programme be supported."],
        },
        {"title": "Gritting", "resolved": ["that the review be noted; and", "that it be published."]},
    ]
    assert data["signature"] == "Chairman"


def test_a_work_programme_is_sorted_into_its_keys(tmp_path: Path) -> None:
    data = read_back(imported(as_bytes(plain_programme()), tmp_path), tmp_path)
    assert (data["year"], data["committee"]) == ("2026-27", "Environment Committee")
    assert data["meetings"] == [
        {
            "date": "4 June 2026",
            "time": "10.00 am",
            "items": [
                {
                    "title": "Buses",
                    "people": [{"label": "Cabinet Member", "name": "Ann Moss"}],
                    "details": "Members asked for it.",
                    "outcome": "Noted",
                }
            ],
        },
        {"date": "To be confirmed", "items": [{"title": "Rail"}]},
    ]


def test_marks_of_markdown_come_back_as_typed(tmp_path: Path) -> None:
    data = read_back(imported(as_bytes(plain_paper()), tmp_path), tmp_path)
    assert data["title"] == "Briefing note on pools"
    assert data["introduction"].strip() == (
        "A pool is 100% \\*wet\\* and \\[blue\\].\n\n\\- it says here\n\nThe first line\\\nand the second."
    )


def test_keys_stand_in_the_order_of_the_schema(tmp_path: Path) -> None:
    done = imported(as_bytes(styled_report()), tmp_path)
    written = json.loads((tmp_path / done.written.json).read_text(encoding="utf-8"))
    order = [key for key in SCHEMAS.schema("cover-report")["properties"] if key in written]
    assert list(written) == order
    assert list(written["contacts"][0]) == ["name", "title", "telephone", "email"]


def test_a_template_that_was_asked_for_is_taken(tmp_path: Path) -> None:
    done = imported(as_bytes(styled_report()), tmp_path, template="document")
    data = read_back(done, tmp_path)
    assert done.template == "document"
    assert [section["heading"] for section in data["sections"]][:2] == ["Recommendations", "1. Background"]
    assert "una.fern@example.org" in all_words(done)
