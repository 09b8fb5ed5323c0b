"""What the templates that are mostly tables make of data: both front sheets, assessments, the work programme."""

from __future__ import annotations

import io
import itertools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from packgen.fill import complete_context, fill_template
from packgen.schemas import SchemaSet, schema_files

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
SCHEMAS = SchemaSet(schema_files(ROOT / "schemas"))
FRONT_SHEETS = ("agenda", "agenda-table")
LANDSCAPE = ("cia", "work-programme")
TABLE_TEMPLATES = (*FRONT_SHEETS, "cia", "cia-summary", "work-programme")
HARD_SPACE = "\u00a0"
SHARED: dict[str, Any] = {
    "council": {"name": "Westmarch County Council", "accent": "#1D4F6E", "logo": None, "logo_alt": None},
    "words": {"part_one": "Part A", "part_two": "Part B", "chair": "Chairwoman", "to_follow": "Late", "nil": "none"},
    "meeting": {"date": "2022-10-24", "time": "10:00", "venue": "Rowan Room", "webcast": None},
    "item": {"number": "7", "title": "An item", "report_of": None},
}
MEETING = {
    "date": "2022-10-24",
    "time": "14:30",
    "venue": "Rowan Room",
    "webcast": "https://westmarch.example.org/live",
}
AGENDA: dict[str, Any] = {
    "template": "agenda",
    "committee": "Prosperity Committee",
    "meeting": MEETING,
    "published": "2022-10-14",
    "proper_officer": {"name": "Jo Marlowe", "title": "Director of Law"},
    "contact": {
        "name": "Tess Gold",
        "title": "Clerk",
        "telephone": "01632 960148",
        "email": "tess@westmarch.example.org",
        "address": "1 Hall Lane",
    },
    "notices": ["Bring a coat."],
    "items": [
        {"number": "1", "title": "Apologies"},
        {"number": "2", "title": "Minutes", "pages": "9", "link": "packgen:item/2"},
        {
            "number": "3",
            "title": "Roads & <verges>",
            "pages": "10 - 22, 99 - 104",
            "link": "packgen:item/3",
            "report_of": "the Cabinet Member",
            "exempt_paragraphs": "paragraph 3",
            "text": "Plans:\n\n- one",
            "sub_items": [
                {"number": "a)", "title": "Verges", "presenter": "Kay Corrie"},
                {"number": "b)", "title": "Kerbs", "pages": "21 - 22", "link": "packgen:item/3b"},
            ],
        },
        {"number": "4", "title": "Bridges", "to_follow": True, "expected": "2022-10-20"},
        {"number": "5", "title": "Ferries", "to_follow": True, "pages": "23", "link": "packgen:item/5"},
        {"number": "6", "title": "Exclusion of the Public", "exclusion": True},
    ],
    "part_two": [
        {
            "number": "7",
            "title": "Land",
            "pages": "105 - 106",
            "link": "packgen:item/7",
            "exempt_paragraphs": "paragraphs 1 and 3",
        }
    ],
    "membership_left": [{"name": "Ann Birch", "role": "Chair"}, {"name": "Cal Dean"}],
    "membership_right": [{"name": "Ed Fox"}],
    "public_notes": [{"heading": "Filming", "text": "There is a camera."}],
}
BARE_AGENDA = {
    "template": "agenda",
    "committee": "Prosperity Committee",
    "meeting": {"date": "2022-10-24", "time": "14:30", "venue": "Rowan Room"},
    "items": [],
}
ASSESSMENT: dict[str, Any] = {
    "template": "cia",
    "proposal": "Bus times",
    "sponsor": "Director of Roads",
    "lead": "Jo Marsh",
    "date": "May 2022",
    "equality": {
        "race": {"groups": "All.\n\n| Group | Share |\n|---|---|\n| One | 1% |", "risks": "- lost\n- late"},
        "other": [{"name": "Care leavers", "question": "Are they helped?", "benefits": "Cheaper fares"}],
        "evidence": "- a survey",
        "likelihood": "High.",
    },
    "communities": {"other": [{"name": "Islands"}]},
}
BARE_ASSESSMENT = {"template": "cia", "proposal": "Bus times", "date": "May 2022", "guidance": False}
ANSWERS = ("aims", "groups", "evidence", "engagement", "equality_duty", "mitigations", "monitoring", "legal_advice")
SUMMARY: dict[str, Any] = {
    "template": "cia-summary",
    "proposal": "Bus times",
    "date": "May 2022",
    "checklist": {key: {"answer": "Yes", "comment": f"About {key}."} for key in ANSWERS},
    "summary": "Buses run later.",
    "economy": {"impact": "Positive", "findings": "- more trade", "mitigations": "None needed."},
    "next_steps": "Look again in a year.",
    "sign_off": [{"role": "Sponsor", "name": "Jo Marsh", "date": "1 May 2022"}, {"role": "Leader", "name": "Di Ash"}],
}
BARE_SUMMARY = {**SUMMARY, "checklist": {key: {"answer": "N/A"} for key in ANSWERS}, "next_steps": "", "sign_off": []}
WORK = {
    "title": "Buses",
    "people": [{"label": "Cabinet Member", "name": "Al Moss"}, {"label": "Lead Officer", "name": "Jo Marsh"}],
    "details": "Asked for:\n\n- times",
}
PROGRAMME: dict[str, Any] = {
    "template": "work-programme",
    "committee": "Prosperity Committee",
    "year": "2022/23",
    "introduction": "What we do.\n\n- one\n- two",
    "chair": {"name": "Councillor Ro Tillbrook"},
    "enquiries": "Ask [the clerk](mailto:tess@westmarch.example.org).",
    "meetings": [
        {
            "date": "1 June 2022",
            "time": "10.00 am",
            "note": "Special meeting",
            "items": [WORK, {"title": "Roads", "outcome": "Done."}, {"title": "Rail"}],
        },
        {"date": "2 July 2022", "items": [{"title": "Ferries"}]},
        {"date": "To be confirmed", "time": "2.00 pm"},
    ],
    "for_consideration": [{**WORK, "proposed_date": "Autumn"}],
    "standing_items": [WORK],
    "briefings": [{**WORK, "date": "May"}],
    "working_groups": [{**WORK, "date": "June"}],
    "related_work": [{**WORK, "date": "July"}],
    "membership": [{"name": "Ann Birch", "role": "Chair"}, {"name": "Cal Dean"}],
    "calendar": [{"date": "2022-06-01", "time": "10:00", "note": "with the Mayor"}, {"date": "2022-07-02"}],
    "calendar_note": "In the Rowan Room.",
}
BARE_PROGRAMME = {"template": "work-programme", "year": "2022/23", "meetings": [{"date": "Soon"}]}
SAMPLES: tuple[tuple[str, Mapping[str, Any]], ...] = (
    *((name, data) for name in FRONT_SHEETS for data in (AGENDA, BARE_AGENDA)),
    ("cia", ASSESSMENT),
    ("cia", BARE_ASSESSMENT),
    ("cia-summary", SUMMARY),
    ("cia-summary", BARE_SUMMARY),
    ("work-programme", PROGRAMME),
    ("work-programme", BARE_PROGRAMME),
)


def fill(data: Mapping[str, Any], template: str | None = None) -> Any:
    """The filled document, as python-docx reads it; `template` is the file's name where that is not the data's own."""
    name = template or str(data["template"])
    schema = str(data["template"])
    own = complete_context(data, SCHEMAS.schema(schema), SCHEMAS.resolver(schema))
    filled = fill_template(
        (TEMPLATES / f"{name}.docx").read_bytes(),
        SHARED | own,
        template_name=f"{name}.docx",
        resources=ROOT,
        language="en-GB",
    )
    return docx.Document(io.BytesIO(filled))


def lines(document: Any, style: str | None = None) -> list[str]:
    """The text of the body's paragraphs outside tables, or of those in one style."""
    return [each.text for each in document.paragraphs if style is None or each.style.name == style]


def headings(document: Any) -> list[tuple[int, str]]:
    """Level and words of each heading, the level taken from the outline that screen readers and bookmarks use."""
    found = []
    for paragraph in document.paragraphs:
        style, level = paragraph.style, None
        while style is not None and level is None:
            level = style.element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
            style = style.base_style
        if level is not None:
            found.append((int(level.get(qn("w:val"))) + 1, paragraph.text))
    return found


def cells(table: Any) -> list[list[str]]:
    """The text of each cell, row by row."""
    return [[cell.text for cell in row.cells] for row in table.rows]


def links(document: Any) -> dict[str, str]:
    """Where linked words of the body and its tables lead."""
    relations = document.part.rels
    return {
        "".join(text.text or "" for text in link.iter(qn("w:t"))): relations[link.get(qn("r:id"))].target_ref
        for link in document.element.body.iter(qn("w:hyperlink"))
    }


def flagged(row: Any, flag: str) -> bool:
    properties = row._tr.trPr
    return properties is not None and properties.find(qn(f"w:{flag}")) is not None


# --- All of them ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TABLE_TEMPLATES)
def test_page_and_type(name: str) -> None:
    document = docx.Document(str(TEMPLATES / f"{name}.docx"))
    (section,) = document.sections
    size = [round(length.mm) for length in (section.page_width, section.page_height)]
    margins = {
        round(each.mm)
        for each in (section.left_margin, section.right_margin, section.top_margin, section.bottom_margin)
    }
    assert (size, margins) == (([297, 210], {20}) if name in LANDSCAPE else ([210, 297], {25}))
    assert {colour.get(qn("w:val")) for colour in document.styles.element.iter(qn("w:color"))} >= {"1D4F6E"}
    assert not list(document.element.body.iter(qn("w:sz"))), "type is set by styles, not by hand"


@pytest.mark.parametrize(("name", "data"), SAMPLES)
def test_nothing_is_set_smaller_than_ten_points(name: str, data: Mapping[str, Any]) -> None:
    document = fill(data, name)
    styles = {style.style_id: style for style in document.styles}
    for paragraph in document.element.body.iter(qn("w:p")):
        if not any((text.text or "").strip() for text in paragraph.iter(qn("w:t"))):
            continue
        style = styles[paragraph.style or "Normal"]
        while style.font.size is None and style.base_style is not None:
            style = style.base_style
        assert style.font.size is None or style.font.size.pt >= 10, style.name


@pytest.mark.parametrize(("name", "data"), SAMPLES)
def test_no_tag_is_left_and_headings_go_down_step_by_step(name: str, data: Mapping[str, Any]) -> None:
    document = fill(data, name)
    text = "".join(each.text or "" for each in document.element.body.iter(qn("w:t")))
    assert "{{" not in text
    assert "{%" not in text
    levels = [level for level, _ in headings(document)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


@pytest.mark.parametrize(("name", "data"), SAMPLES)
def test_ruled_tables_have_a_header_row_and_whole_rows(name: str, data: Mapping[str, Any]) -> None:
    ruled = [table for table in fill(data, name).tables if table.style.name != "Packgen Layout"]
    for table in ruled:
        header, *rows = table.rows
        assert flagged(header, "tblHeader")
        assert all(cell.text for cell in header.cells)
        assert not any(flagged(row, "tblHeader") for row in rows)
        width = sum(int(column.get(qn("w:w"))) for column in table._tbl.tblGrid)
        assert width == pytest.approx((257 if name in LANDSCAPE else 160) / 25.4 * 1440, abs=10)


@pytest.mark.parametrize(("name", "data"), SAMPLES)
def test_space_comes_from_styles_and_no_document_ends_with_a_table(name: str, data: Mapping[str, Any]) -> None:
    """An empty paragraph for space would stand at the head of a page as well, above the heading that follows it."""
    document = fill(data, name)
    assert all(lines(document)[:-1])
    assert document.element.body[-2].tag == qn("w:p"), "Word demands a paragraph before the section's end"


# --- Front sheets -----------------------------------------------------------------------------------


def agenda_rows(document: Any, part: int) -> list[list[str]]:
    """The rows of Part One or Part Two below the header."""
    found = [table for table in document.tables if len(table.columns) == 3]
    return cells(found[part - 1])[1:]


@pytest.mark.parametrize("name", FRONT_SHEETS)
def test_the_agenda_is_number_title_and_pages(name: str) -> None:
    document = fill(AGENDA, name)
    rows = agenda_rows(document, 1)
    assert [row[0] for row in rows] == ["1.", "2.", "3.", "a)", "b)", "4.", "5."]
    assert [row[2].replace(HARD_SPACE, " ") for row in rows[:7]] == [
        "",
        "(Page 9)",
        "(Pages 10 - 22, 99 - 104)",
        "",
        "(Pages 21 - 22)",
        "Late",
        "(Page 23)\nLate",
    ]
    assert rows[2][1].split("\n") == [
        "Roads & <verges>",
        "Report of the Cabinet Member",
        "Plans:",
        "one",
        "Some papers of this item are exempt under paragraph 3 of Part 1 of Schedule 12A.",
    ]
    assert rows[3][1].split("\n") == ["Verges", "Kay Corrie"]
    assert rows[5][1].split("\n")[1].startswith("The paper is expected on Thursday")
    assert agenda_rows(document, 2)[0][1].split("\n")[1] == (
        "Exempt under paragraphs 1 and 3 of Part 1 of Schedule 12A."
    )


@pytest.mark.parametrize("name", FRONT_SHEETS)
def test_page_ranges_do_not_wrap_inside(name: str) -> None:
    pages = agenda_rows(fill(AGENDA, name), 1)[2][2]
    assert pages == f"(Pages{HARD_SPACE}10{HARD_SPACE}-{HARD_SPACE}22, 99{HARD_SPACE}-{HARD_SPACE}104)"


@pytest.mark.parametrize("name", FRONT_SHEETS)
def test_titles_and_pages_lead_to_the_items(name: str) -> None:
    found = {words.replace(HARD_SPACE, " "): target for words, target in links(fill(AGENDA, name)).items()}
    assert found == {
        "Minutes": "packgen:item/2",
        "(Page 9)": "packgen:item/2",
        "Roads & <verges>": "packgen:item/3",
        "(Pages 10 - 22, 99 - 104)": "packgen:item/3",
        "Kerbs": "packgen:item/3b",
        "(Pages 21 - 22)": "packgen:item/3b",
        "Ferries": "packgen:item/5",
        "(Page 23)": "packgen:item/5",
        "Land": "packgen:item/7",
        "(Pages 105 - 106)": "packgen:item/7",
        "Watch the meeting, live or later: https://westmarch.example.org/live": "https://westmarch.example.org/live",
        "tess@westmarch.example.org": "mailto:tess@westmarch.example.org",
    }


@pytest.mark.parametrize("name", FRONT_SHEETS)
def test_the_motion_stands_below_the_table_and_names_its_law(name: str) -> None:
    document = fill(AGENDA, name)
    title, mover, motion = (lines(document, style)[0] for style in ("Motion Title", "Motion Line", "Motion"))
    assert (title, mover) == ("6.\tExclusion of the Public", "The Chairwoman to move:")
    for words in ("section 100A(4)", "Local Government Act 1972", "Part 1 of Schedule 12A", "public interest"):
        assert words in motion
    assert lines(document).index(motion) < lines(document).index("Part B")


@pytest.mark.parametrize("name", FRONT_SHEETS)
def test_a_motion_that_other_items_follow_keeps_its_row(name: str) -> None:
    items = [AGENDA["items"][-1], {"number": "7", "title": "Minutes"}]
    document = fill(AGENDA | {"items": items}, name)
    row, after = agenda_rows(document, 1)
    assert row[1].split("\n")[:2] == ["Exclusion of the Public", "The Chairwoman to move:"]
    assert row[2] == row[1], "the motion has the column of pages as well"
    assert after == ["7.", "Minutes", ""]
    assert not lines(document, "Motion Title")


@pytest.mark.parametrize("name", FRONT_SHEETS)
def test_words_below_a_title_are_printed_in_both_parts(name: str) -> None:
    private = AGENDA["part_two"][0] | {"text": "With a plan."}
    document = fill(AGENDA | {"part_two": [private]}, name)
    assert agenda_rows(document, 2)[0][1].split("\n")[1] == "With a plan."


@pytest.mark.parametrize("name", FRONT_SHEETS)
def test_the_column_of_pages_holds_a_long_range_on_one_line(name: str) -> None:
    """`(Pages 189 - 202)` in 10.5 point Arial is 30.9 mm wide; the head of the column does not say Pages as well."""
    document = fill(AGENDA, name)
    table = next(each for each in document.tables if len(each.columns) == 3)
    assert [cell.text for cell in table.rows[0].cells] == ["Item", "Title", "Papers"]
    insets = 3 if table.style.name == "Packgen Layout" else 2 * 1.5
    assert document.styles["Agenda Pages"].font.size.pt == 10.5
    assert 31 < table.columns[2].width.mm - insets < 34


@pytest.mark.parametrize("name", FRONT_SHEETS)
def test_headings_of_the_front_sheet(name: str) -> None:
    assert headings(fill(AGENDA, name)) == [
        (1, f"Prosperity{HARD_SPACE}Committee"),
        (2, "Agenda"),
        (2, "Part B"),
        (2, "Membership"),
        (2, "Notes for the Press and Public"),
        (3, "Filming"),
    ]
    document = fill(BARE_AGENDA, name)
    assert headings(document) == [(1, f"Prosperity{HARD_SPACE}Committee"), (2, "Agenda"), (2, "Part B")]
    assert lines(document, "Part Two Note")[-1] == "none"


def test_when_and_where_stand_before_the_agenda() -> None:
    document = fill(AGENDA)
    before = lines(document)[: lines(document).index("Agenda")]
    assert before[0] == "Westmarch County Council"
    assert before[1] == f"Prosperity{HARD_SPACE}Committee", "the last word does not stand alone on a line"
    assert "24 October 2022 at 2.30 pm" in before[2]
    assert before[3:] == [
        "Rowan Room",
        "Bring a coat.",
        "Watch the meeting, live or later: https://westmarch.example.org/live",
        "Jo Marlowe",
        "Director of Law",
        "Published on 14 October 2022",
    ]


def test_the_contact_ends_one_layout_and_heads_the_other() -> None:
    contact = [
        "Contact: Tess Gold, Clerk",
        "Telephone: 01632 960148",
        "E-mail: tess@westmarch.example.org",
        "Address: 1 Hall Lane",
    ]
    assert lines(fill(AGENDA))[-4:] == contact
    document = fill(AGENDA, "agenda-table")
    assert document.element.body[0].tag == qn("w:tbl")
    assert document.tables[0].cell(0, 0).text.split("\n") == contact
    assert document.tables[0].cell(0, 1).text == "Westmarch County Council"


@pytest.mark.parametrize("name", FRONT_SHEETS)
def test_members_stand_in_two_columns(name: str) -> None:
    table = fill(AGENDA, name).tables[-1]
    assert cells(table) == [["Ann Birch (Chair)\nCal Dean", "Ed Fox"]]


# --- Assessments ------------------------------------------------------------------------------------

SECTIONS = ("equality", "health", "economy", "environment", "communities")


def categories(section: str) -> list[str]:
    """The categories that the schema has for a section."""
    properties = SCHEMAS.schema("cia")["properties"][section]["properties"]
    return [key for key in properties if key not in {"other", "evidence", "likelihood", "size"}]


def assessed(document: Any) -> list[Any]:
    """The tables of the five sections."""
    return [each for each in document.tables if each.cell(0, 1).text == "Benefits" and len(each.rows) > 2]


def by_category(table: Any) -> list[tuple[str, list[str]]]:
    """Each category row of a section with the row of findings below it."""
    rows = cells(table)[1:]
    return [(name[0], found) for name, found in zip(rows[::2], rows[1::2], strict=True)]


@pytest.mark.parametrize("section", SECTIONS)
def test_every_category_of_the_schema_has_its_own_rows(section: str) -> None:
    own = {key: {"groups": f"groups of {key}", "mitigations": f"for {key}"} for key in categories(section)}
    document = fill({**BARE_ASSESSMENT, section: own})
    rows = by_category(assessed(document)[SECTIONS.index(section)])
    assert [(found[0], found[3]) for _, found in rows] == [
        (f"groups of {key}", f"for {key}") for key in categories(section)
    ]
    for key, (heading, _) in zip(categories(section), rows, strict=True):
        name, question = heading.split("\t")
        assert name.lower().startswith(key.split("_")[0])
        assert question.endswith("?")


def test_a_category_row_goes_across_and_stays_with_its_findings() -> None:
    document = fill(ASSESSMENT)
    table = assessed(document)[0]
    assert [cell.text for cell in table.rows[0].cells] == [
        "Which groups will be affected",
        "Benefits",
        "Risks",
        "Mitigations / recommendations",
    ]
    for row in table.rows[1::2]:
        (cell,) = row._tr.findall(qn("w:tc"))
        assert cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}").get(qn("w:val")) == "4"
        assert cell.find(f"{qn('w:tcPr')}/{qn('w:shd')}").get(qn("w:fill")) == "F2F5F7"
        (paragraph,) = row.cells[0].paragraphs
        assert paragraph.style.name == "Category and Question"
        assert paragraph.runs[0].style.name == "Label"
    assert document.styles["Category and Question"].base_style.paragraph_format.keep_with_next is True
    assert all(flagged(row, "cantSplit") for row in table.rows)


def test_what_was_not_assessed_says_so() -> None:
    document = fill(BARE_ASSESSMENT)
    found = [row for table in assessed(document) for _, row in by_category(table)]
    assert len(found) == sum(len(categories(section)) for section in SECTIONS) == 34
    assert all(row == ["No issues identified", "N/A", "N/A", "N/A"] for row in found)


def test_sections_of_an_assessment_begin_alike() -> None:
    document = fill(ASSESSMENT)
    openings = [each for each in document.paragraphs if each.style.name == "Heading 2"][1:]
    assert len(openings) == len(SECTIONS)
    assert {each.paragraph_format.page_break_before for each in openings} == {None}
    assert document.styles["Section Introduction"].paragraph_format.keep_with_next is True


@pytest.mark.parametrize("name", ["cia", "cia-summary", "work-programme"])
def test_captions_in_cells_are_no_larger_than_the_words_there(name: str) -> None:
    styles = docx.Document(str(TEMPLATES / f"{name}.docx")).styles
    caption = styles["Caption"]
    assert caption.font.size.pt == 10 <= styles["Table Text"].font.size.pt
    assert caption.paragraph_format.space_before.pt == 6
    assert caption.paragraph_format.keep_with_next is True


LATER_PAGES = (
    (ASSESSMENT, "Community Impact Assessment – Bus times"),
    (ASSESSMENT | {"label": "Appendix 2"}, "Appendix 2: Community Impact Assessment – Bus times"),
    (SUMMARY | {"label": "Appendix 3"}, "Appendix 3: Community Impact Assessment – Bus times"),
    (PROGRAMME, "Work Programme 2022/23 – Prosperity Committee"),
    (BARE_PROGRAMME, "Work Programme 2022/23"),
)


@pytest.mark.parametrize(("data", "words"), LATER_PAGES)
def test_later_pages_say_which_paper_they_belong_to(data: Mapping[str, Any], words: str) -> None:
    document = fill(data)
    section = document.sections[0]
    assert section.different_first_page_header_footer
    assert [each.text for each in section.header.paragraphs] == [words]
    assert not any(each.text for each in section.first_page_header.paragraphs)
    assert section.header_distance.mm + 4.1 < section.top_margin.mm - 3


@pytest.mark.parametrize("data", [ASSESSMENT, SUMMARY])
def test_a_label_stands_above_the_title(data: Mapping[str, Any]) -> None:
    assert lines(fill(data | {"label": "Appendix 2"}))[0] == "Appendix 2"
    assert lines(fill(data))[0].startswith("Community Impact Assessment")


def test_the_guidance_can_be_left_out() -> None:
    assert (2, "Completing the assessment") in headings(fill(ASSESSMENT))
    assert headings(fill(BARE_ASSESSMENT)) == [
        (1, "Community Impact Assessment"),
        (2, "Public Sector Equality Duty"),
        (2, "Health and Care"),
        (2, "Economy"),
        (2, "Environment"),
        (2, "Localities and Communities"),
    ]


def test_an_assessment_has_small_tables_and_lists_in_its_cells() -> None:
    document = fill(ASSESSMENT)
    race = assessed(document)[0].rows[2].cells
    (nested,) = race[0].tables
    assert cells(nested) == [["Group", "Share"], ["One", "1%"]]
    assert nested.style.name == "Packgen Table Small"
    assert [each.style.name for each in race[2].paragraphs] == ["Table Text Bullet", "Table Text Bullet"]


def test_categories_of_the_council_follow_the_others() -> None:
    tables = assessed(fill(ASSESSMENT))
    assert by_category(tables[0])[-1] == (
        "Care leavers\tAre they helped?",
        ["No issues identified", "Cheaper fares", "N/A", "N/A"],
    )
    assert by_category(tables[4])[-1][0] == "Islands"


def test_evidence_is_a_table_only_where_there_is_some() -> None:
    document = fill(ASSESSMENT)
    (evidence,) = (each for each in document.tables if each.cell(0, 0).text == "Evidence base")
    assert cells(evidence)[1] == ["a survey", "High.", ""]
    assert not flagged(evidence.rows[1], "cantSplit"), "a long list of evidence may go on to the next page"


def test_front_lines_of_an_assessment() -> None:
    assert lines(fill(ASSESSMENT), "Assessment Line") == [
        "Project sponsor:\tDirector of Roads",
        "Project manager or lead:\tJo Marsh",
        "Date:\tMay 2022",
    ]
    assert lines(fill(BARE_ASSESSMENT), "Assessment Line") == ["Date:\tMay 2022"]


def test_summary_answers_the_questions_in_the_order_of_the_schema() -> None:
    checklist, findings, sign_off = fill(SUMMARY).tables
    assert [row[1:] for row in cells(checklist)[1:]] == [["Yes", f"About {key}."] for key in ANSWERS]
    assert list(SCHEMAS.schema("cia-summary")["properties"]["checklist"]["properties"]) == list(ANSWERS)
    assert [row[1:] for row in cells(findings)[1:]] == [
        ["None", "", ""],
        ["None", "", ""],
        ["Positive", "more trade", "None needed."],
        ["None", "", ""],
        ["None", "", ""],
    ]
    assert cells(sign_off)[1:] == [["Sponsor", "Jo Marsh", "1 May 2022"], ["Leader", "Di Ash", ""]]


def test_bare_summary_has_no_empty_sections() -> None:
    document = fill(BARE_SUMMARY)
    assert len(document.tables) == 2
    assert [words for _, words in headings(document)][1:] == [
        "Checklist",
        "Executive summary",
        "What the assessment found",
    ]


# --- Work programme ---------------------------------------------------------------------------------


def vertical_merge(cell: Any) -> str | None:
    merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return None if merge is None else merge.get(qn("w:val"))


def year_table(data: Mapping[str, Any]) -> Any:
    return next(each for each in fill(data).tables if each.cell(0, 0).text == "Date of meeting")


def test_a_date_spans_its_items() -> None:
    table = year_table(PROGRAMME)
    dates = [row.findall(qn("w:tc"))[0] for row in table._tbl.findall(qn("w:tr"))][1:]
    assert [vertical_merge(cell) for cell in dates] == ["restart", "continue", "continue", "restart", None]
    texts = ["".join(text.text or "" for text in cell.iter(qn("w:t"))) for cell in dates]
    assert texts == ["1 June 202210.00 amSpecial meeting", "", "", "2 July 2022", "To be confirmed2.00 pm"]
    assert all(cell.findall(qn("w:p")) for cell in dates)


def test_items_of_a_meeting() -> None:
    rows = cells(year_table(PROGRAMME))[1:]
    assert rows[0][1].split("\n") == ["Buses", "Cabinet Member: Al Moss", "Lead Officer: Jo Marsh"]
    assert rows[0][2].split("\n") == ["Asked for:", "times"]
    assert [row[3] for row in rows] == ["", "Done.", "", "", ""]
    assert rows[4][1:] == ["", "", ""]


def test_programme_headings_only_for_what_there_is() -> None:
    assert [words for _, words in headings(fill(PROGRAMME))] == [
        "Work Programme 2022/23",
        "Membership and Calendar of Meetings 2022/23",
        "Meetings and Items 2022/23",
        "Items for Consideration",
        "Standing Items",
        "Briefing Notes, Updates and Visits",
        "Working Groups and Inquiry Days",
        "Related Work of Other Committees",
    ]
    assert [words for _, words in headings(fill(BARE_PROGRAMME))] == [
        "Work Programme 2022/23",
        "Meetings and Items 2022/23",
    ]


def test_members_stand_beside_the_calendar() -> None:
    members, calendar = fill(PROGRAMME).tables[0].rows[1].cells
    assert members.text.split("\n") == ["Ann Birch (Chair)", "Cal Dean"]
    first, second, note = calendar.text.split("\n")
    assert first.endswith("1 June 2022 at 10.00 am – with the Mayor")
    assert second.endswith("2 July 2022")
    assert note == "In the Rowan Room."


def test_prose_on_landscape_pages_keeps_short_lines() -> None:
    document = fill(PROGRAMME)
    styles = [each.style.name for each in document.paragraphs if each.text in {"What we do.", "one", "two"}]
    assert styles == ["Wide Page Text", "Wide Page Text Bullet", "Wide Page Text Bullet"]
    right = document.styles["Wide Page Text"].paragraph_format.right_indent
    assert 257 - right.mm < 170


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({}, "Chairwoman of the Prosperity Committee"),
        ({"committee": ""}, "Chairwoman"),
        ({"chair": {"name": "A", "role": "Leader of the Council"}}, "Leader of the Council"),
    ],
)
def test_the_chair_is_named_once(more: Mapping[str, Any], words: str) -> None:
    document = fill(PROGRAMME | more)
    (line,) = (each for each in document.paragraphs if each.style.name == "Programme Chair Role")
    assert line.text == words
    assert line.style.base_style.name == "Wide Page Text", "its lines are as short as those of the text above it"


@pytest.mark.parametrize("template", ["cia", "cia-summary", "work-programme"])
def test_shipped_packs_fill(template: str) -> None:
    found = [
        (path, data)
        for path in sorted((ROOT / "packs").glob("*/items/*.json"))
        if (data := json.loads(path.read_text(encoding="utf-8"))).get("template") == template
    ]
    assert found
    for _, data in found:
        plain = {key: value for key, value in data.items() if key != "$schema"}
        assert fill(_without_files(plain)).tables


def _without_files(value: Any) -> Any:
    """Prose that stands in files of its own is not what is tested here."""
    if isinstance(value, dict):
        return "Text." if set(value) == {"file"} else {key: _without_files(each) for key, each in value.items()}
    return [_without_files(each) for each in value] if isinstance(value, list) else value
