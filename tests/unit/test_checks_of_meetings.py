"""Minutes, membership, background papers, mentions and acronyms: each check finds its slip, and lets pass its like."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from packgen.checks import Subject, check_pack
from packgen.load.sources import read_sources
from tests.conftest import REPORT, write_pack

MINUTES: dict[str, Any] = {
    "template": "minutes",
    "meeting_date": "2026-06-11",
    "first_number": 10,
    "presiding": {"name": "Ann Lee", "role": "Chair"},
    "attendance": [{"name": "Sam Mead"}],
    "minutes": [{"title": "Apologies", "text": "There were none."}, {"title": "Trees", "text": "Oak was chosen."}],
}
PROGRAMME: dict[str, Any] = {
    "template": "work-programme",
    "year": "2026/27",
    "meetings": [{"date": "2026-09-17", "items": [{"title": "Trees"}]}],
}
MEMBERS = [{"name": "Councillor Ann Lee"}, {"name": "Sam Mead"}]


def found(folder: Path, files: dict[str, Any], settings: str = "", title: str = "Trees", **pack: Any) -> set[str]:
    documents = [{"data": name} for name in files]
    folder = write_pack(folder / "p", items=[{"title": title, "documents": documents}], files=files, **pack)
    (folder / "packgen.toml").write_text(settings, encoding="utf-8")
    read = read_sources(folder)
    problems = list(check_pack(Subject(read.raw, read.settings, read.schemas)))
    assert all(problem.hint and problem.line and problem.severity == "warning" for problem in problems)
    return {problem.code for problem in problems} - {"check.title"}


def of_minutes(folder: Path, title: str = "Minutes", **changes: Any) -> set[str]:
    return found(folder, {"items/minutes.json": MINUTES | changes}, title=title)


def test_minutes_without_a_slip(tmp_path: Path) -> None:
    assert of_minutes(tmp_path) == set()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"meeting_date": "2026-09-17"}, "check.minutes-date"),
        ({"meeting_date": "2027-06-11"}, "check.minutes-date"),
        ({"minutes": [{"title": "10. Apologies"}]}, "check.minute-number"),
        ({"minutes": [{"title": "Minute 10: Apologies"}]}, "check.minute-number"),
        ({"part_two": [{"title": "12 Depot"}]}, "check.minute-number"),
        ({"minutes": [{"title": "Trees", "text": "As said in minute 27."}]}, "check.minute-missing"),
        ({"minutes": [{"title": "2026/27 programme", "text": "As said in minute 4."}]}, None),
        ({"minutes": [{"title": "20 mph Zones"}, {"title": "2026 Budget"}, {"title": "3 Elm Road"}]}, None),
        ({"minutes": [{"title": "16 to 19 Funding", "text": "See minute 27 of the Cabinet."}]}, None),
        ({"minutes": [{"title": "5G masts", "text": "It took 40 minutes. See minute 10."}]}, None),
    ],
)
def test_a_slip_in_minutes(tmp_path: Path, changes: dict[str, Any], code: str | None) -> None:
    assert of_minutes(tmp_path, **changes) == ({code} if code else set())


@pytest.mark.parametrize(
    ("title", "slip"),
    [
        ("Minutes of 11 June 2026", False),
        ("Minutes of 11 June and 9 July 2026", False),
        ("Minutes of 12 June 2026", True),
        ("Minutes of the last meeting", False),
    ],
)
def test_minutes_are_of_the_day_that_the_agenda_names(tmp_path: Path, title: str, slip: bool) -> None:
    assert of_minutes(tmp_path, title=title) == ({"check.minutes-date"} if slip else set())


@pytest.mark.parametrize(
    ("first", "day", "slip"), [(12, "2026-07-09", False), (13, "2026-07-09", True), (1, "2026-04-09", False)]
)
def test_numbers_of_minutes_run_on(tmp_path: Path, first: int, day: str, slip: bool) -> None:
    files = {"items/a.json": MINUTES, "items/b.json": MINUTES | {"first_number": first, "meeting_date": day}}
    assert found(tmp_path, files) == ({"check.minute-numbers"} if slip else set())


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"membership": [{"name": "Cllr. Sam Mead"}, {"name": "Ann LEE"}]}, None),
        ({"membership": [{"name": "Councillor Mrs Ann Lee OBE (Chair)"}, {"name": "Cllr Dr Sam Mead, JP"}]}, None),
        ({"membership": [{"name": "Sam Mead"}]}, "check.membership"),
        ({"membership": [{"name": "Sam Mead"}, {"name": "Ann Lee"}, {"name": "Jo Dell"}]}, "check.membership"),
        ({"membership": [{"name": "Jo Dell"}], "committee": "Health Committee"}, None),
        ({"calendar": [{"date": "2026-06-11"}, {"date": "2026-09-17"}, {"date": "2026-12-01"}]}, None),
        ({"calendar": [{"date": "2026-06-11"}, {"date": "2026-09-18"}, {"date": "2026-12-01"}]}, "check.calendar"),
        ({"calendar": [{"date": "2026-10-01"}]}, None),
        ({"calendar_note": "Membership 2025/26 as agreed by Council."}, "check.membership-year"),
        ({"calendar_note": "Membership 2026/27 as agreed by Council."}, None),
        ({"calendar_note": "The 2019-20 membership chose it."}, None),
    ],
)
def test_members_and_meetings_of_a_programme(tmp_path: Path, changes: dict[str, Any], code: str | None) -> None:
    told = found(tmp_path, {"items/p.json": PROGRAMME | changes}, membership=MEMBERS)
    assert told - {"data.not-of-this-meeting"} == ({code} if code else set())


def of_report(folder: Path, text: str, settings: str = "", **changes: Any) -> set[str]:
    section = {"heading": "Background", "text": text}
    return found(folder, {"items/a.json": REPORT | {"sections": [section]} | changes}, settings, "Tree Planting")


@pytest.mark.parametrize(
    ("text", "listed", "code"),
    [
        ("It follows the review of June 2024.", [], "check.background-papers"),
        ("The background papers are in the members' room.", [], "check.background-papers"),
        ("It follows the review of June 2024.", [{"title": "Review, June 2024"}], None),
        ("Trees are planted. [See them](https://www.lyne.example.org).", [], None),
        ("It was reviewed in June 2024.", [], None),
        ("There are no background papers. The lease plan of June 2024 is the landlord's.", [], None),
        ("Trees are planted.", [{"title": "None identified"}], "check.background-paper"),
        ("Trees are planted.", [{"title": "\u2014"}], "check.background-paper"),
        ("Trees are planted.", [{"title": "None."}], "check.background-paper"),
        ("Trees are planted.", [{"title": "n/a"}], "check.background-paper"),
        ("Trees are planted.", [{"title": "Various streets: survey"}], None),
    ],
)
def test_background_papers(tmp_path: Path, text: str, listed: list[Any], code: str | None) -> None:
    assert of_report(tmp_path, text, background_documents=listed) == ({code} if code else set())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("It follows from agenda item 3.", "check.item-missing"),
        ("It follows from item 3 on this agenda.", "check.item-missing"),
        ("See Agenda Item 9 and what follows.", "check.item-missing"),
        ("See page 12 of this agenda.", "check.page-mentioned"),
        ("It follows from agenda item 1.", None),
        ("On 4 June the Cabinet considered agenda item 12.", None),
        ("It was agenda item No. 1, and item 3 of the plan.", None),
        ("The map is on page 17 of this pack.", "check.page-mentioned"),
        ("The map is on pages 17-19 of the agenda pack.", "check.page-mentioned"),
        ("The map is on page 17 of the Local Plan.", None),
    ],
)
def test_items_and_pages_that_are_spoken_of(tmp_path: Path, text: str, code: str | None) -> None:
    assert of_report(tmp_path, text) == ({code} if code else set())


@pytest.mark.parametrize(
    ("text", "slip"),
    [
        ("The LGA says so.", True),
        ("The LGAs say so. The Local Government Association (LGA) says so.", True),
        ("The Local Government Association (LGA) says so. The LGA is right.", False),
        ("The LGA (Local Government Association) says so.", False),
        ("The **LGA** (Local Government Association) says so.", False),
        ("The NHS, the UK and Part II are known to all.", False),
        ("Room A, item B and COVID-19 as on www.LGA.gov.uk or in DHR/2019/4.", False),
        ("NOT FOR PUBLICATION", False),
    ],
)
def test_acronyms_are_looked_at_if_asked_for(tmp_path: Path, text: str, slip: bool) -> None:
    on = '[checks]\non = ["acronyms"]\n'
    assert of_report(tmp_path / "a", text, on) == ({"check.acronym"} if slip else set())
    assert of_report(tmp_path / "b", text) == set()


def test_an_acronym_is_explained_once_for_a_whole_report(tmp_path: Path) -> None:
    sections = [
        {"heading": "Background", "text": "The Local Government Association (LGA) says so."},
        {"heading": "Costs", "text": "The LGA pays."},
    ]
    on = '[checks]\non = ["acronyms"]\n'
    files = {"items/a.json": REPORT | {"sections": sections}}
    assert found(tmp_path / "a", files, on) == set()
    files = {"items/a.json": REPORT | {"sections": sections[::-1]}}
    assert found(tmp_path / "b", files, on) == {"check.acronym"}
