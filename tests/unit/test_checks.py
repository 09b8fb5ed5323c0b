"""Every check finds its slip, with the place, and lets pass what only looks like it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from packgen.bank_holidays import FIRST_YEAR, LAST_YEAR, bank_holidays
from packgen.checks import CHECKS, Subject, check_pack
from packgen.checks.clear_days import clear_days_between, depends_on, is_working_day, last_lawful_day
from packgen.errors import Problem
from packgen.load.sources import read_sources
from tests.conftest import REPORT, REPOSITORY, write_pack

QUESTIONS = (
    "aims", "groups", "evidence", "engagement", "equality_duty", "mitigations", "monitoring", "legal_advice",
)  # fmt: skip
SUMMARY = {
    "template": "cia-summary",
    "proposal": "Trees",
    "date": "May 2026",
    "checklist": {question: {"answer": "Yes"} for question in QUESTIONS},
}


def found(folder: Path, settings: str = "", **pack: Any) -> list[Problem]:
    folder = write_pack(folder / "p", **pack)
    if settings:
        (folder / "packgen.toml").write_text(settings, encoding="utf-8")
    read = read_sources(folder)
    return list(check_pack(Subject(read.raw, read.settings, read.schemas)))


def codes(problems: list[Problem]) -> set[str]:
    assert all(problem.severity == "warning" and problem.hint and problem.line for problem in problems)
    return {problem.code for problem in problems}


def of_report(folder: Path, changes: Mapping[str, Any], *documents: Mapping[str, Any], item: str = "Trees") -> set[str]:
    files = {"items/a.json": {**REPORT, **changes}}
    items = [{"title": item, "documents": [{"data": "items/a.json"}, *documents]}]
    return codes(found(folder, items=items, files=files))


def of_text(folder: Path, text: str) -> set[str]:
    return of_report(folder, {"sections": [{"heading": "Background", "text": text}]})


SLIPS = [
    ("The minutes of 17 September 2025 were noted.", "check.other-year"),
    ("It meets on Friday 17 September 2026.", "check.weekday"),
    ("Refer to CIA guidance on the Learning Hub.", "check.guidance"),
    ("The cost is [insert amount].", "check.guidance"),
    ("Click or tap here to enter text.", "check.guidance"),
    ("Costs are TBC.", "check.guidance"),
    ("The the council plants trees.", "check.repeated-words"),
    ("The council plants trees. It was agreed that it was agreed that they are pruned.", "check.repeated-words"),
    ("The Tree Works Quality Check Board Tree Works Quality Check looks at it.", "check.repeated-words"),
    ("Draft plan of the working group draft plan of the council.", "check.repeated-words"),
    ("It sets out the **the** plan.", "check.repeated-words"),
    ("The report of the of the Director was noted.", "check.repeated-words"),
    ("Officers will be will be asked to return.", "check.repeated-words"),
    ("The plan is in Appendix Z.", "check.appendix-missing"),
]
NO_SLIPS = [
    "The committee last met on 17 September 2020, and on 18 September 2025.",
    "It meets on Thursday 17 September 2026.",
    "Members may refer to the guidance. [The plan](https://www.lyne.example.org) is there.",
    "It is said that that had had no effect; Walla Walla is in 2026 2026.",
    "It asks more and more and more of staff, day by day by day, and goes step by step by step to New York New York.",
    "It is amended from time to time to follow the law, and decided case by case by the Panel.",
    "It rose again and again and year on year on this; what we do we do well, and as well as well."
    " They met face to face to be fair.",
    "* low\n* of the\n* of the\n* high",
    "They asked who it is, who it was, and of the two, of the three.",
    "The council will plant trees, and the council will plant hedges.",
    "It is the tree most likely to be felled and most likely to be missed.",
    "The council will plant oak. The council will plant ash.",
    "It is what there was was good, and in may May 2026 comes.",
    "- The council will plant oak\n- The council will plant oak trees",
    "The gym has a membership for 2024/25 of eighty people, more than in all of the years before that one.",
    "It is in Appendix 2 of the Local Plan.",
]


@pytest.mark.parametrize(("text", "code"), SLIPS)
def test_a_slip_in_a_text_is_found(tmp_path: Path, text: str, code: str) -> None:
    assert of_text(tmp_path, text) == {code}


@pytest.mark.parametrize("text", NO_SLIPS)
def test_what_looks_like_a_slip_is_none(tmp_path: Path, text: str) -> None:
    assert of_text(tmp_path, text) == set()


@pytest.mark.parametrize(
    ("contacts", "code"),
    [
        ([{"name": "Robin Archer"}], "check.contact"),
        ([{"name": "Robin Archer", "telephone": "Telephone No."}], "check.telephone"),
        ([{"name": "Robin Archer", "telephone": "01632 96012x"}], "check.telephone"),
        ([{"name": "Robin Archer"}, {"name": "Ann Lee", "telephone": "01632 960123"}], None),
        ([{"name": "Robin Archer", "telephone": "+44 (0)1632 960123 ext. 12"}], None),
        ([{"name": "Robin Archer", "telephone": "01632 960123 / 07700 900123"}], None),
        ([{"name": "Robin Archer", "email": "robin@lyne.example.org"}], None),
    ],
)
def test_contacts_can_be_reached(tmp_path: Path, contacts: list[Any], code: str | None) -> None:
    told = of_report(tmp_path, {"contacts": contacts})
    assert {each for each in told if each != "check.guidance"} == ({code} if code else set())


@pytest.mark.parametrize(
    ("words", "fine"),
    [
        ("approve the programme.", True),
        ("That the Committee note the report.", True),
        ("to recommend it to Cabinet.", True),
        ("That the Overview and Scrutiny Committee be asked to look at it.", True),
        ("That the budget be approved.", True),
        ("(a) approve the budget.", True),
        ("A working group be set up.", True),
        ("the programme.", False),
        ("The report of the Cabinet Member.", False),
        ("it is important.", False),
        ("the following:", False),
        ("**All** of this.", False),
    ],
)
def test_recommendations_begin_with_a_verb(tmp_path: Path, words: str, fine: bool) -> None:
    told = of_report(tmp_path, {"recommendations": {"lead_in": "That the Committee:", "items": [words]}})
    assert (told == set()) is fine


def test_a_verb_before_the_list_is_that_of_each_recommendation(tmp_path: Path) -> None:
    items = ["the programme.", "the budget."]
    told = of_report(tmp_path, {"recommendations": {"lead_in": "That the Committee approve:", "items": items}})
    assert told == set()


@pytest.mark.parametrize(
    ("published", "settings", "late"),
    [
        ("2026-09-09", "", False),
        ("2026-09-10", "", True),
        ("2026-09-11", '[law]\nnation = "Wales"\n', False),
        ("2026-09-12", '[law]\nnation = "Wales"\n', False),
        ("2026-09-14", '[law]\nnation = "Wales"\n', True),
        ("2026-09-10", "[law]\nclear_days = 4\n", False),
        ("2026-09-10", '[checks]\noff = ["clear-days"]\n', False),
    ],
)
def test_clear_days(tmp_path: Path, published: str, settings: str, late: bool) -> None:
    problems = found(tmp_path, settings, published=published)
    assert codes(problems) == ({"check.clear-days"} if late else set())
    if late and not settings:
        assert "only 4 clear days lie between" in problems[0].message
        assert "9 September 2026" in str(problems[0].hint)


def test_bank_holidays_are_no_clear_days() -> None:
    """Good Friday, Easter Monday and the first Monday in May; 2 January is none outside Scotland."""
    for day in (dt.date(2026, 4, 3), dt.date(2026, 4, 6), dt.date(2026, 5, 4), dt.date(2026, 12, 28)):
        assert not is_working_day(day)
    assert is_working_day(dt.date(2026, 1, 2))
    assert clear_days_between(dt.date(2026, 4, 1), dt.date(2026, 4, 9)) == 3
    assert last_lawful_day(dt.date(2026, 4, 9), 5) == dt.date(2026, 3, 30)


def test_bank_holidays_that_were_proclaimed_are_known() -> None:
    """The coronation's in 2023, the Queen's funeral in 2022; the one of May that was moved in 2020."""
    for day in (dt.date(2023, 5, 8), dt.date(2022, 9, 19), dt.date(2020, 5, 8)):
        assert not is_working_day(day)
    assert is_working_day(dt.date(2020, 5, 4))
    assert {day.year for day in bank_holidays()} == set(range(FIRST_YEAR, LAST_YEAR + 1))


def test_a_remembered_warning_has_its_place_of_now(tmp_path: Path) -> None:
    one = read_sources(write_pack(tmp_path / "a", published="2026-09-10"))
    two = read_sources(write_pack(tmp_path / "b", notices=["Come early."], published="2026-09-10"))
    asked = [depends_on(Subject(read.raw, read.settings, read.schemas)) for read in (one, two)]
    assert asked[0] != asked[1]


@pytest.mark.parametrize(
    ("published", "meeting"),
    [("2019-02-22", "2019-03-04"), ("2022-10-14", "2022-10-24"), ("2024-02-07", "2024-02-15")],
)
def test_real_agendas_kept_five_clear_days_exactly(published: str, meeting: str) -> None:
    first, last = dt.date.fromisoformat(published), dt.date.fromisoformat(meeting)
    assert clear_days_between(first, last) == 5
    assert last_lawful_day(last, 5) == first


def test_a_report_about_something_else_is_found(tmp_path: Path) -> None:
    assert of_report(tmp_path / "a", {}, item="Parking charges") == {"check.title"}
    assert of_report(tmp_path / "b", {}, item="Planting of trees in 2027") == set()


def test_appendices_are_named_there_and_numbered_apart(tmp_path: Path) -> None:
    named = {"sections": [{"heading": "Plan", "text": "See Appendices A and B."}]}
    one, two, again = ({"title": f"Appendix {name}", "to_follow": True} for name in ("A: Map", "B", "B: Costs"))
    assert of_report(tmp_path / "a", named, one, two) == set()
    assert of_report(tmp_path / "b", named, one) == {"check.appendix-missing"}
    assert of_report(tmp_path / "c", named, one, two, again) == {"check.appendix-number"}
    assert of_report(tmp_path / "d", {}, one) == {"check.appendix-not-named"}


def test_appendices_may_be_named_as_a_range_and_stand_elsewhere(tmp_path: Path) -> None:
    named = {"sections": [{"heading": "Plan", "text": "See Appendices 1 to 3, and Appendix 4 in Part Two."}]}
    papers = [{"title": f"Appendix {number}", "to_follow": True} for number in (1, 2, 3)]
    items = [
        {"title": "Trees", "documents": [{"data": "items/a.json"}, *papers]},
        {"title": "Other", "documents": [{"title": "Appendix 4", "to_follow": True}]},
    ]
    assert codes(found(tmp_path, items=items, files={"items/a.json": {**REPORT, **named}})) == set()


@pytest.mark.parametrize(("published", "meeting"), [("0001-01-01", "0001-01-03"), ("0219-02-22", "2026-09-17")])
def test_mistyped_years_are_no_question_of_clear_days(tmp_path: Path, published: str, meeting: str) -> None:
    when = {"date": meeting, "time": "10:00", "venue": "Room 1"}
    assert codes(found(tmp_path, published=published, meeting=when)) == set()


def test_a_letter_that_only_looks_like_another_makes_no_month(tmp_path: Path) -> None:
    assert of_text(tmp_path, "It was on 1 Augu\u017ft 1719.") == set()


def test_a_late_paper_says_why(tmp_path: Path) -> None:
    assert "check.lateness" in of_report(tmp_path / "a", {}, {"title": "Costs", "to_follow": True, "late": {}})
    late = {"reason": "Figures came late."}
    assert of_report(tmp_path / "b", {}, {"title": "Costs", "to_follow": True, "late": late}) == set()


@pytest.mark.parametrize(("year", "fine"), [("2026-27", True), ("2026/2027", True), ("2025-26", False), ("soon", True)])
def test_a_work_programme_is_of_the_year_of_the_meeting(tmp_path: Path, year: str, fine: bool) -> None:
    programme = {
        "template": "work-programme",
        "committee": "Climate Committee",
        "year": year,
        "meetings": [{"date": "8 June"}],
    }
    items = [{"title": "Work Programme", "documents": [{"data": "items/w.json"}]}]
    problems = found(tmp_path, items=items, files={"items/w.json": programme})
    assert codes(problems) == (set() if fine else {"check.year"})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Ms Lee, ann.lee@example.org, objected.", True),
        ("She can be called on 01632 960123.", True),
        ("The house at LY1 4QT is affected.", True),
        ("In 2026 some 12,500 people were asked, 01 of them twice.", False),
    ],
)
def test_an_assessment_names_no_resident(tmp_path: Path, text: str, told: bool) -> None:
    summary = {**SUMMARY, "summary": text}
    items = [{"title": "Trees", "documents": [{"data": "items/c.json"}]}]
    problems = found(tmp_path, items=items, files={"items/c.json": summary})
    assert codes(problems) == ({"check.personal-data"} if told else set())
    assert "960123" not in str(problems)


def test_settings_switch_each_check_off(tmp_path: Path) -> None:
    names = [check.name for check in CHECKS if check.usual]
    off = f"[checks]\noff = {names}\n".replace("'", '"')
    section = {"heading": "Background", "text": "The the report of 17 September 2025 is TBC."}
    files = {"items/a.json": {**REPORT, "sections": [section]}}
    items = [{"title": "Parking", "documents": [{"data": "items/a.json"}]}]
    assert len(codes(found(tmp_path / "a", items=items, files=files))) >= 3
    assert found(tmp_path / "b", off, items=items, files=files) == []


def test_what_is_remembered_is_the_same(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "p", published="2026-09-14")
    read = read_sources(folder)
    subject = Subject(read.raw, read.settings, read.schemas)
    wales = Subject(read.raw, replace(read.settings, nation="Wales", clear_days=1), read.schemas)
    assert codes(list(check_pack(subject))) == {"check.clear-days"}
    assert list(check_pack(wales)) == []


@pytest.mark.parametrize(
    "pack", sorted((REPOSITORY / "packs").glob("2*")) + sorted((REPOSITORY / "examples").glob("*/"))
)
def test_nothing_is_found_in_what_is_shipped(pack: Path) -> None:
    if not (pack / "pack.json").is_file():
        return
    read = read_sources(pack)
    assert list(check_pack(Subject(read.raw, read.settings, read.schemas))) == []
