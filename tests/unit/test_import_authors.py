"""Reports as authors write them: what is recognised, where it goes, and that no word of them is lost."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import docx as docx_library
import pytest
from docx.enum.text import WD_BREAK

from docx_parts import docx, listed, numbering, paragraph
from import_support import (
    SCHEMAS,
    add_picture,
    all_words,
    as_bytes,
    author_document,
    documents_of_packs,
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
    context = complete_context(data, SCHEMAS.schema(template), SCHEMAS.resolver(template))
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


# --- Numbers that Word counts -----------------------------------------------------------------------


def _counted(body: str) -> bytes:
    levels = numbering(("decimal", "%1."), ("decimal", "%1.%2"), ("lowerLetter", "%3)"))
    return docx(body, parts={"numbering": levels})


def _heading(text: str) -> str:
    return paragraph(text, '<w:pStyle w:val="Heading1"/>')


_END = _heading("Contact") + paragraph("Name: Una Fern") + _heading("Background papers") + paragraph("None")
_START = (
    paragraph("Gritting", '<w:pStyle w:val="Heading1"/>')
    + paragraph("Report of the Director")
    + _heading("Recommendation")
    + paragraph("That it be noted.")
)


def test_numbers_that_run_on_across_headings_are_those_of_paragraphs(tmp_path: Path) -> None:
    body = _START + _heading("Background") + listed("It froze.") + listed("It thawed.") + listed("twice", 2)
    body += (
        _heading("Costs")
        + listed("It cost £5.")
        + paragraph("No number here.")
        + _heading("Risks")
        + paragraph("None.")
    )
    data = read_back(imported(_counted(body + _END), tmp_path), tmp_path)
    assert data["sections"] == [
        {"heading": "Background", "text": "It froze.\n\nIt thawed.\n\na. twice"},
        {"heading": "Costs", "text": "It cost £5.\n\nNo number here."},
        {"heading": "Risks", "text": "None.", "numbered": False},
    ]


def test_numbers_counted_below_those_of_headings_are_those_of_paragraphs(tmp_path: Path) -> None:
    def numbered_heading(text: str) -> str:
        properties = '<w:pStyle w:val="Heading1"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
        return paragraph(text, properties)

    body = _START + numbered_heading("Background") + listed("It froze.", 1) + listed("It thawed.", 1)
    body += numbered_heading("Costs") + listed("It cost:", 1) + listed("salt", 2) + listed("time", 2)
    data = read_back(imported(_counted(body + _END), tmp_path), tmp_path)
    assert data["sections"] == [
        {"heading": "Background", "text": "It froze.\n\nIt thawed."},
        {"heading": "Costs", "text": "It cost:\n\na. salt\nb. time"},
    ]


def test_a_list_that_begins_anew_below_each_heading_is_a_list(tmp_path: Path) -> None:
    body = _START + _heading("Background") + paragraph("Steps:") + listed("Look.") + listed("Grit.")
    body += _heading("Costs") + paragraph("Sums:") + listed("Salt.", num_id=2) + listed("Time.", num_id=2)
    data = read_back(imported(_counted(body + _END), tmp_path), tmp_path)
    assert data["sections"] == [
        {"heading": "Background", "text": "Steps:\n\n1. Look.\n2. Grit."},
        {"heading": "Costs", "text": "Sums:\n\n1. Salt.\n2. Time."},
    ]


def test_numbered_headings_of_a_paper_are_numbered_by_the_template(tmp_path: Path) -> None:
    document = author_document()
    document.add_heading("Terms of reference", 0)
    for heading in ("1. Purpose", "2. Members"):
        document.add_heading(heading, 1)
        document.add_paragraph("Words.")
    data = read_back(imported(as_bytes(document), tmp_path), tmp_path)
    assert data["numbered_headings"] is True
    assert [section["heading"] for section in data["sections"]] == ["Purpose", "Members"]


def test_a_heading_that_begins_with_a_figure_keeps_it(tmp_path: Path) -> None:
    document = author_document()
    document.add_heading("Speed limits", 0)
    for heading in ("20 mph zones", "2026 budget"):
        document.add_heading(heading, 1)
        document.add_paragraph("Words.")
    data = read_back(imported(as_bytes(document), tmp_path), tmp_path)
    assert [section["heading"] for section in data["sections"]] == ["20 mph zones", "2026 budget"]


def test_a_paragraph_that_a_mapping_passes_over_is_left_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even if each of its words stands elsewhere: words are not only counted."""
    from packgen.importing import cover_report

    monkeypatch.setattr(cover_report, "contacts_of", lambda pieces, record: [])
    document = styled_report()
    document.add_heading("Words again", 1)
    document.add_paragraph("Head Una of Highways 01632 960123 Fern una.fern@example.org")
    done = imported(as_bytes(document), tmp_path)
    assert "Name and Job Title: Una Fern, Head of Highways" in all_words(done)
    assert {piece.reason for piece in done.left_over} == {"no key of the template takes it"}


# --- After an officer's or an author's changes ------------------------------------------------------


def test_a_filled_report_that_was_changed_in_word_comes_back_with_the_changes(tmp_path: Path) -> None:
    filled = next(each for each in documents_of_packs() if each.name == "items/03-report.json")
    document = docx_library.Document(io.BytesIO(filled.docx))
    numbered = [each for each in document.paragraphs if each.style.name == "Numbered Paragraph"]
    numbered[0].runs[0].text = "Changed words open the report. "
    added = numbered[1].insert_paragraph_before("A paragraph put in by hand.")
    heading = added.insert_paragraph_before("A heading put in by hand", style="Heading 3")
    assert heading.style.name == "Heading 3"
    document.add_paragraph("A line below the contacts, which says more than any contact can say in its few lines.")
    done = imported(as_bytes(document), tmp_path, pack=filled.sources.raw.pack.value)
    data = read_back(done, tmp_path)
    assert done.template == "cover-report"
    assert SCHEMAS.findings("cover-report", data) == []
    assert "A heading put in by hand" in [section["heading"] for section in data["sections"]]
    words = all_words(done)
    for each in ("Changed words open the report.", "A paragraph put in by hand.", "A line below the contacts"):
        assert each in words
    assert [piece.reason for piece in done.left_over] == ["it is none of the things that a contact has"]


def test_minutes_typed_without_any_bold_are_found_by_their_numbers(tmp_path: Path) -> None:
    document = author_document()
    lines = (
        "Minutes of the Environment Committee meeting held on 9 April 2026", "Present: Ann Moss (Chair)", "Attendance",
        "Bea Holt", "PART ONE", "53. Declarations of Interest", "There were none in 2026.", "54. Buses",
        "1. The first sentence of a list that is none of the minutes.", "RESOLVED: That it be noted.", "Chair",
    )  # fmt: skip
    for line in lines:
        document.add_paragraph(line)
    data = read_back(imported(as_bytes(document), tmp_path), tmp_path)
    assert data["first_number"] == 53
    assert [minute["title"] for minute in data["minutes"]] == ["Declarations of Interest", "Buses"]
    assert data["minutes"][1]["resolved"] == ["That it be noted."]
    assert "signature" not in data


def test_what_only_looks_like_minutes_is_a_document(tmp_path: Path) -> None:
    document = author_document()
    document.add_paragraph("Minutes of the Friends of the Park held on 9 April 2026")
    document.add_paragraph("Present: Ann Moss")
    document.add_paragraph("We talked about benches and went home.")
    docx_bytes = as_bytes(document)
    done = imported(docx_bytes, tmp_path)
    assert done.template == "document"
    assert done.left_over == ()
    assert [remark.code for remark in done.remarks] == ["import.template"]
    assert imported(docx_bytes, tmp_path, template="minutes").template == "minutes"
