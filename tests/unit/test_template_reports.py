"""The house style, and what the cover report, minutes, document and to-follow templates make of data."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader
from tools.make_templates.__main__ import template_modules
from tools.make_templates.package import to_bytes

from packgen.convert import bundled_fonts, convert_docx
from packgen.fill import complete_context, fill_template
from packgen.schemas import SchemaSet, schema_files

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
REPORT_TEMPLATES = ("change-notice", "cover-report", "document", "minutes", "pack-notice", "supplement", "to-follow")
SCHEMAS = SchemaSet(schema_files(ROOT / "schemas"))
SHARED = {
    "council": {"name": "Westmarch County Council", "accent": "#1D4F6E", "logo": None, "logo_alt": None},
    "words": {"part_one": "Part A", "part_two": "Part B", "chair": "Chair", "to_follow": "To follow", "nil": "nil"},
    "meeting": {"date": "2022-10-24", "time": "10:00", "venue": "Rowan Room", "webcast": None},
    "item": {"number": "7", "title": "An item", "report_of": None},
}
COVER_REPORT = {
    "template": "cover-report",
    "title": "Bus services & schools",
    "committee": "Prosperity Committee",
    "date": "2022-10-24",
    "local_members_interest": ["Una Byrd, Harnfield", "Cal Dean, Ludbrook"],
    "recommendations": {
        "lead_in": "The Committee is asked to:",
        "items": ["Note the report.", "Ask for another:\n\n- soon"],
    },
    "report_of": "the Cabinet Member for Transport",
    "summary": {"question": "What is asked and why?", "text": "First.\n\nSecond."},
    "sections": [
        {"heading": "Background", "text": "Third:\n\na. one\n\n   i. deeper\n\nb. two\n\nFourth.\n\n- a bullet"},
        {"heading": "Aside", "numbered": False, "text": "No number here."},
        {"heading": "Plans", "text": "Fifth.", "sections": [{"heading": "Money", "text": "Sixth."}]},
    ],
    "link_to_strategic_plan": "Seventh.",
    "link_to_other_scrutiny": "Eighth.",
    "community_impact": "Ninth.",
    "background_documents": [{"title": "The Act", "url": "https://www.example.org/act"}, {"title": "A letter"}],
    "appendices": [{"label": "Appendix A", "title": "Routes"}, {"title": "A map"}],
    "contacts": [
        {
            "role": "Report author",
            "name": "Jo Marsh",
            "title": "Officer",
            "telephone": "01632 960123",
            "email": "jo.marsh@westmarch.example.org",
            "address": "1 Hall Lane",
        },
        {"name": "Di Ash"},
    ],
}
BARE_COVER_REPORT = {
    "template": "cover-report",
    "title": "Budget",
    "recommendations": {"items": ["That the report be noted."]},
    "report_of": "the Director",
    "sections": [{"heading": "Background"}],
    "background_documents": [],
    "contacts": [{"name": "Jo Marsh"}],
    "committee": "Prosperity Committee",
    "date": "2022-10-24",
}
MINUTES = {
    "template": "minutes",
    "committee": "Prosperity Committee",
    "meeting_date": "2022-09-01",
    "first_number": 41,
    "presiding": {"name": "Cy Orme", "role": "Chair"},
    "attendance": [{"name": name} for name in "ABCDE"],
    "also_in_attendance": [{"name": "Al Vane", "role": "Leader"}, {"name": "Dee Fair"}],
    "apologies": [{"name": "Bron Iles"}, {"name": "Ro Astle"}, {"name": "Sam Low", "role": "Observer"}],
    "minutes": [
        {"title": "Interests", "text": "There were none."},
        {"title": "Buses", "attendance_note": "Al Vane left.", "resolved": ["That one;", "That two:\n\na. inner"]},
        {"title": "Roads", "resolved": ["That three;", "That four."]},
    ],
    "part_two": [{"title": "Contract", "exempt_paragraphs": [3, 5], "resolved": ["That the price be noted."]}],
}
BARE_MINUTES = {
    "template": "minutes",
    "committee": "Prosperity Committee",
    "meeting_date": "2022-09-01",
    "first_number": 1,
    "attendance": [],
    "minutes": [{"title": "Interests"}],
}
DOCUMENT = {
    "template": "document",
    "label": "Appendix A",
    "title": "Routes",
    "subtitle": "Where buses go",
    "date": "October 2022",
    "author": "Transport Team",
    "introduction": "Before all.",
    "numbered_headings": True,
    "sections": [{"heading": "North", "text": "Words.", "sections": [{"heading": "Hills", "text": "More."}]}],
}
TO_FOLLOW = {
    "template": "to-follow",
    "title": "Bus contract",
    "report_of": "the Director",
    "expected": "2022-10-20",
    "reason": "Tenders close on 14 October.",
}
BARE_TO_FOLLOW = {"template": "to-follow", "title": "Bus contract"}


def fill(data: Mapping[str, Any]) -> Any:
    """The filled document, as python-docx reads it."""
    return docx.Document(io.BytesIO(filled_bytes(data)))


def filled_bytes(data: Mapping[str, Any]) -> bytes:
    name = str(data["template"])
    context = SHARED | complete_context(data, SCHEMAS.schema(name), SCHEMAS.resolver(name))
    return fill_template(
        (TEMPLATES / f"{name}.docx").read_bytes(),
        context,
        template_name=f"{name}.docx",
        resources=ROOT,
        language="en-GB",
    )


def lines(document: Any, style: str | None = None) -> list[str]:
    """The text of the paragraphs of the body, or of those in one style."""
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


def style_number(document: Any, name: str) -> tuple[int, int]:
    """List and level that a style numbers its paragraphs by."""
    properties = document.styles[name].element.pPr.numPr
    return properties.numId.val, properties.ilvl.val


# --- The house --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "module"), list(template_modules()))
def test_shipped_templates_are_what_the_modules_make(name: str, module: Any) -> None:
    made = to_bytes(module.make())
    assert made == to_bytes(module.make())
    assert made == (TEMPLATES / f"{name}.docx").read_bytes(), "run python -m tools.make_templates"


def test_every_template_of_these_rooms_is_made() -> None:
    assert set(REPORT_TEMPLATES) <= {name for name, _ in template_modules()}


@pytest.mark.parametrize("name", REPORT_TEMPLATES)
def test_house_style(name: str) -> None:
    document: Any = docx.Document(str(TEMPLATES / f"{name}.docx"))
    section = document.sections[0]
    assert [round(length.mm) for length in (section.page_width, section.page_height)] == [210, 297]
    assert {round(margin.mm) for margin in (section.left_margin, section.right_margin, section.bottom_margin)} == {25}
    styles = document.styles.element
    assert {font.get(qn("w:ascii")) for font in styles.iter(qn("w:rFonts"))} == {"Arial"}
    assert {colour.get(qn("w:val")) for colour in styles.iter(qn("w:color"))} == {"1D4F6E", "4A545B", "7A4A00"}
    sizes = {
        style.name: style.font.size.pt for style in document.styles if style.type == 1 and style.font.size is not None
    }
    assert [sizes[f"Heading {level}"] for level in (1, 2, 3, 4)] == [20, 16, 14, 12]
    unread = {"Template Tag", "Table End"}
    assert min(size for style, size in sizes.items() if style not in unread) >= 10


@pytest.mark.parametrize("name", REPORT_TEMPLATES)
def test_lists_are_linked_to_styles_both_ways(name: str) -> None:
    document: Any = docx.Document(str(TEMPLATES / f"{name}.docx"))
    lists = {
        each.get(qn("w:abstractNumId")): each for each in document.part.numbering_part.element.iter(qn("w:abstractNum"))
    }
    for level in document.part.numbering_part.element.iter(qn("w:lvl")):
        linked = level.find(qn("w:pStyle")).get(qn("w:val"))
        style = next(each for each in document.styles if each.style_id == linked)
        number, depth = style_number(document, style.name)
        assert lists[str(number)] is level.getparent()
        assert depth == int(level.get(qn("w:ilvl")))
        assert style.element.pPr.ind.left == int(level.find(f"{qn('w:pPr')}/{qn('w:ind')}").get(qn("w:left"))) * 635


LONG = "Report on everything that the Council has done in the last twelve months for roads and all of their bridges"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (COVER_REPORT, "Bus services & schools"),
        (MINUTES, "Minutes of 1 September 2022 – Prosperity Committee"),
        (MINUTES | {"title": "Minutes of the joint panel"}, "Minutes of the joint panel"),
        (DOCUMENT, "Appendix A: Routes"),
        (DOCUMENT | {"label": ""}, "Routes"),
        (COVER_REPORT | {"title": LONG}, LONG.replace(" all of their bridges", "…")),
    ],
)
def test_later_pages_say_which_paper_they_belong_to(data: Mapping[str, Any], words: str) -> None:
    document = fill(data)
    section = document.sections[0]
    assert section.different_first_page_header_footer
    assert [each.text.replace("\u00a0", " ") for each in section.header.paragraphs] == [words]
    assert not any(each.text for each in section.first_page_header.paragraphs)
    assert document.styles["Header"].font.size.pt == 10
    # Below it is room for a line; above it for the two lines that mark an exempt page.
    assert section.header_distance.mm >= 15
    assert section.header_distance.mm + 10 * 1.15 * 25.4 / 72 < section.top_margin.mm


OWN_SCHEMAS = (
    "agenda", "change-notice", "cia", "cia-summary", "cover-report", "document", "minutes", "pack-notice", "supplement",
    "to-follow", "work-programme",
)  # fmt: skip


@pytest.mark.parametrize("name", OWN_SCHEMAS)
def test_every_key_is_described_where_it_stands(name: str) -> None:
    for place, part in described(SCHEMAS.schema(name), name):
        assert str(part.get("description", "")).endswith("."), place


def described(schema: Mapping[str, Any], place: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every key of a schema, and what its lists hold."""
    for key, part in schema.get("properties", {}).items():
        yield f"{place}.{key}", part
        yield from described(part, f"{place}.{key}")
    items = schema.get("items")
    if items and "properties" in items:
        yield f"{place}[]", items
        yield from described(items, f"{place}[]")
    for name, part in schema.get("$defs", {}).items():
        yield from described(part, f"{place}#{name}")


# --- Cover report -----------------------------------------------------------------------------------


def test_cover_report_headings_stand_in_order() -> None:
    assert headings(fill(COVER_REPORT)) == [
        (1, "Bus services & schools"),
        (2, "Recommendations"),
        (2, "Summary"),
        (3, "What is asked and why?"),
        (2, "Report"),
        (3, "Background"),
        (3, "Aside"),
        (3, "Plans"),
        (4, "Money"),
        (2, "Link to Strategic Plan"),
        (2, "Link to Other Overview and Scrutiny Activity"),
        (2, "Community Impact"),
        (2, "List of Background Documents"),
        (2, "List of Appendices"),
        (2, "Contact Details"),
    ]


def test_cover_report_numbers_run_on_and_letters_stand_below_them() -> None:
    document = fill(COVER_REPORT)
    numbered = [each for each in document.paragraphs if each.style.name == "Numbered Paragraph"]
    words = ("First.", "Second.", "Third:", "Fourth.", "Fifth.", "Sixth.", "Seventh.", "Eighth.", "Ninth.")
    assert tuple(each.text for each in numbered) == words
    number, _ = style_number(document, "Numbered Paragraph")
    own = {each._p.pPr.numPr.numId.val for each in numbered if each._p.pPr.numPr is not None}
    assert own <= {number}, "a paragraph begins a list of its own"
    assert lines(document, "Numbered Paragraph Number") == ["one", "two"]
    assert lines(document, "Numbered Paragraph Number 2") == ["deeper"]
    assert lines(document, "Numbered Paragraph Bullet") == ["a bullet"]
    assert [style_number(document, f"Numbered Paragraph{deeper}") for deeper in ("", " Number", " Number 2")] == [
        (number, 0),
        (number, 1),
        (number, 2),
    ]
    assert "No number here." in lines(document, "Normal")


def test_cover_report_says_what_is_asked_of_whom_and_when() -> None:
    document = fill(COVER_REPORT)
    assert lines(document, "Interest Box") == ["Una Byrd, Harnfield", "Cal Dean, Ludbrook"]
    (line,) = lines(document, "Committee Line")
    assert re.fullmatch(r"Prosperity Committee – Monday,? 24 October 2022", line)
    assert lines(document, "Recommendation Lead") == ["The Committee is asked to:"]
    assert lines(document, "Recommendation") == ["Note the report.", "Ask for another:"]
    assert lines(document, "Recommendation Bullet") == ["soon"]
    assert lines(document, "Report Of") == ["Report of the Cabinet Member for Transport"]


def test_cover_report_lists_papers_and_appendices() -> None:
    document = fill(COVER_REPORT)
    papers = [each for each in document.paragraphs if each.style.name == "List Bullet"]
    assert [each.text for each in papers] == ["The Act", "A letter"]
    assert [link.address for each in papers for link in each.hyperlinks] == ["https://www.example.org/act"]
    assert lines(document, "Appendix Line") == ["Appendix A\tRoutes", "A map"]


def test_contacts_stay_whole() -> None:
    document = fill(COVER_REPORT)
    assert lines(document, "Contact Line") == [
        "Report author:\tJo Marsh",
        "Job title:\tOfficer",
        "Telephone:\t01632 960123",
        "E-mail:\tjo.marsh@westmarch.example.org",
    ]
    assert lines(document, "Contact Last Line") == ["Address:\t1 Hall Lane", "Name:\tDi Ash"]
    assert document.styles["Contact Line"].paragraph_format.keep_with_next is True
    assert document.styles["Contact Last Line"].paragraph_format.keep_with_next is False
    links = [link.address for each in document.paragraphs for link in each.hyperlinks]
    assert "mailto:jo.marsh@westmarch.example.org" in links


def test_bare_cover_report_leaves_no_trace_of_what_is_absent() -> None:
    document = fill(BARE_COVER_REPORT)
    assert headings(document) == [
        (1, "Budget"),
        (2, "Recommendation"),
        (2, "Report"),
        (3, "Background"),
        (2, "List of Background Documents"),
        (2, "Contact Details"),
    ]
    assert lines(document, "Interest Box") == ["N/A"]
    assert lines(document, "Normal") == ["None"]
    assert all(lines(document)), "an empty paragraph is left"


# --- Minutes ----------------------------------------------------------------------------------------


def test_minutes_numbers_run_on_into_part_two() -> None:
    assert headings(fill(MINUTES)) == [
        (1, "Minutes of the Prosperity Committee meeting held on 1 September 2022"),
        (2, "Part A"),
        (3, "41\tInterests"),
        (3, "42\tBuses"),
        (3, "43\tRoads"),
        (2, "Part B"),
        (3, "44\tContract (exemption paragraphs 3 and 5)"),
    ]


def test_minutes_limbs_begin_again_with_each_minute() -> None:
    document = fill(MINUTES)
    assert lines(document, "Resolution Limb") == ["That one;", "That two:", "That three;", "That four."]
    assert lines(document, "Resolution Limb Number") == ["inner"]
    heading, limb = style_number(document, "Minute Heading"), style_number(document, "Resolution Limb")
    assert (heading[0], heading[1] + 1) == limb
    assert lines(document, "Resolution") == ["RESOLVED – That the price be noted."]
    (price,) = (each for each in document.paragraphs if each.style.name == "Resolution")
    assert (price.runs[0].text, price.runs[0].style.name) == ("RESOLVED", "Label")


def test_minutes_attendance_has_names_in_one_column() -> None:
    document = fill(MINUTES)
    styles = {"Attendance", "Attendance Further"}
    assert [each.text for each in document.paragraphs if each.style.name in styles] == [
        "Present:\tCy Orme (Chair)",
        "Attendance:\tA",
        "\tB",
        "\tC",
        "\tD",
        "\tE",
        "Also in attendance:\tAl Vane (Leader)",
        "\tDee Fair",
        "Apologies:\tBron Iles, Ro Astle and Sam Low (Observer)",
    ]
    assert not document.tables
    assert lines(document, "Attendance Note") == ["[Al Vane left.]"]


def test_minutes_of_part_two_say_that_they_were_taken_in_private() -> None:
    document = fill(MINUTES)
    note = "The Committee went on, in private, to the following business."
    assert lines(document)[lines(document).index("Part B") + 1] == note
    own = fill(MINUTES | {"part_two_note": "The public left."})
    assert lines(own, "Private Business") == ["The public left."]
    assert note not in lines(fill(MINUTES | {"part_two": []}))


def test_minutes_are_signed_by_whom_the_council_calls_so() -> None:
    assert lines(fill(MINUTES))[-1] == "Chair"
    assert lines(fill(MINUTES | {"signature": "Vice-Chair"}))[-1] == "Vice-Chair"


def test_bare_minutes_leave_no_trace_of_what_is_absent() -> None:
    document = fill(BARE_MINUTES)
    assert [words for _, words in headings(document)][1:] == ["Part A", "1\tInterests"]
    assert lines(document)[-1] == "Chair"
    assert all(lines(document))


# --- Document and to-follow page --------------------------------------------------------------------


def test_document_numbers_its_headings_only_when_asked() -> None:
    document = fill(DOCUMENT)
    assert headings(document) == [(1, "Routes"), (2, "North"), (3, "Hills")]
    assert lines(document, "Numbered Heading 2") == ["North"]
    assert lines(document, "Document Date") == ["Transport Team, October 2022"]
    plain = fill(DOCUMENT | {"numbered_headings": False})
    assert headings(plain) == headings(document)
    assert lines(plain, "Heading 2") == ["North"]


def test_bare_document_is_a_title() -> None:
    assert lines(fill({"template": "document", "title": "Terms of reference"})) == ["Terms of reference"]


def test_to_follow_page_names_the_item_and_when_to_expect_it() -> None:
    document = fill(TO_FOLLOW)
    assert headings(document) == [(1, "Bus contract")]
    text = "\n".join(lines(document))
    for words in ("Item 7 – To follow", "Report of the Director", "Tenders close on 14 October.", "20 October 2022"):
        assert words in text


def test_bare_to_follow_page_promises_no_date() -> None:
    assert lines(fill(BARE_TO_FOLLOW)) == [
        "Item 7 – To follow",
        "Bus contract",
        "The paper will be published as a supplement to this agenda as soon as it is available.",
    ]


@pytest.mark.parametrize("data", [COVER_REPORT, MINUTES, DOCUMENT, TO_FOLLOW])
def test_nothing_of_the_template_language_is_left(data: Mapping[str, Any]) -> None:
    assert SCHEMAS.findings(str(data["template"]), data) == []
    document = fill(data)
    assert not lines(document, "Template Tag")
    assert not re.search(r"\{[{%]|[}%]\}", document.element.xml)


@pytest.mark.parametrize(
    "data", [COVER_REPORT, BARE_COVER_REPORT, MINUTES, BARE_MINUTES, DOCUMENT, TO_FOLLOW, BARE_TO_FOLLOW]
)
def test_the_built_in_engine_draws_it_without_a_warning(data: Mapping[str, Any]) -> None:
    drawn = convert_docx(
        filled_bytes(data), name="x.docx", fonts=bundled_fonts(), language="en-GB", created=dt.datetime(2022, 10, 14)
    )
    assert drawn.warnings == ()
    _, title = headings(fill(data))[0]
    reader = PdfReader(io.BytesIO(drawn.pdf))
    assert str(reader.outline[0]["/Title"]) == title  # type: ignore[call-overload]  # pypdf types its tree loosely
