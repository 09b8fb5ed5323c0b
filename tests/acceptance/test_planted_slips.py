"""Slips that published packs really had, planted in copies of the shipped packs: each is found, where it is."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import REPOSITORY, Packgen

PACKS = {
    "2019": REPOSITORY / "packs" / "2019-03-04-safe-and-strong-communities",
    "2022": REPOSITORY / "packs" / "2022-10-24-safeguarding",
    "part-two": REPOSITORY / "examples" / "part-two",
    "quickstart": REPOSITORY / "examples" / "quickstart",
}
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")  # fmt: skip


class Copy:
    """A copy of a shipped pack, whose data can be changed."""

    def __init__(self, source: Path, folder: Path) -> None:
        self.folder = folder / source.name
        shutil.copytree(source, self.folder)
        for name in ("packgen.toml", "logo.png"):
            if (source.parent / name).is_file() and not (self.folder / name).exists():
                shutil.copy(source.parent / name, self.folder)
        self.pack = json.loads((self.folder / "pack.json").read_text(encoding="utf-8"))

    @property
    def meeting(self) -> dt.date:
        return dt.date.fromisoformat(self.pack["meeting"]["date"])

    def of(self, template: str) -> Path:
        """The first data file of a template."""
        for file in sorted((self.folder / "items").glob("*.json")):
            if json.loads(file.read_text(encoding="utf-8"))["template"] == template:
                return file
        raise LookupError(template)

    def change(self, file: Path, change: Callable[[Any], object]) -> None:
        value = json.loads(file.read_text(encoding="utf-8"))
        change(value)
        file.write_text(json.dumps(value, ensure_ascii=False, indent=2), encoding="utf-8")

    def change_pack(self, change: Callable[[Any], object]) -> None:
        self.change(self.folder / "pack.json", change)


def _text(words: str) -> Callable[[Copy], Path]:
    """Puts words into the first section of the first report."""

    def plant(copy: Copy) -> Path:
        file = copy.of("cover-report")
        copy.change(file, lambda value: value["sections"].insert(0, {"heading": "Purpose", "text": words}))
        return file

    return plant


def _last_years_day(copy: Copy) -> Path:
    day = copy.meeting
    return _text(f"This report is for the meeting of {day.day} {MONTHS[day.month - 1]} {day.year - 1}.")(copy)


def _telephone(copy: Copy) -> Path:
    file = copy.of("cover-report")
    copy.change(file, lambda value: value["contacts"][0].__setitem__("telephone", "Telephone No."))
    return file


def _nobody_to_reach(copy: Copy) -> Path:
    file = copy.of("cover-report")
    copy.change(file, lambda value: value.__setitem__("contacts", [{"name": "Robin Archer"}]))
    return file


def _same_appendix(copy: Copy) -> Path:
    """A second appendix with the number of the first, or with a number of its own given twice."""

    report = copy.of("cover-report").relative_to(copy.folder).as_posix()

    def plant(pack: Any) -> None:
        for item in pack["items"]:
            if any(document.get("data") == report for document in item.get("documents", ())):
                (copy.folder / "attachments").mkdir(exist_ok=True)
                for name in ("x.pdf", "y.pdf"):
                    source = next(iter(REPOSITORY.glob("packs/2022*/attachments/*.pdf")))
                    shutil.copy(source, copy.folder / "attachments" / name)
                    title = f"Appendix 7: Paper {name}"
                    item["documents"].append({"file": f"attachments/{name}", "title": title, "alt": "A paper"})
                return

    copy.change_pack(plant)
    return copy.folder / "pack.json"


def _late_publication(copy: Copy) -> Path:
    day = copy.meeting - dt.timedelta(days=4)
    copy.change_pack(lambda pack: pack.__setitem__("published", day.isoformat()))
    return copy.folder / "pack.json"


def _no_background_papers(copy: Copy) -> Path:
    file = _text("It rests on the survey of 4 March 2015.")(copy)
    copy.change(file, lambda value: value.__setitem__("background_documents", []))
    return file


def _recommendation(copy: Copy) -> Path:
    file = copy.of("cover-report")
    copy.change(file, lambda value: value["recommendations"]["items"].insert(0, "The report of the Cabinet Member."))
    return file


def _membership_of_last_year(copy: Copy) -> Path:
    year = copy.meeting.year - (copy.meeting.month < 5) - 1
    file = copy.of("work-programme")
    copy.change(
        file,
        lambda value: value.__setitem__("calendar_note", f"Membership for {year}-{(year + 1) % 100:02}, as agreed."),
    )
    return file


def _programme_of_last_year(copy: Copy) -> Path:
    year = copy.meeting.year - (copy.meeting.month < 5) - 1
    file = copy.of("work-programme")
    copy.change(file, lambda value: value.__setitem__("year", f"{year}/{(year + 1) % 100:02}"))
    return file


def _former_member(copy: Copy) -> Path:
    file = copy.of("work-programme")
    copy.change(file, lambda value: value.setdefault("membership", []).append({"name": "Geraldine Formerly"}))
    return file


def _minutes_of_another_day(copy: Copy) -> Path:
    file = copy.of("minutes")
    copy.change(file, lambda value: value.__setitem__("meeting_date", copy.meeting.isoformat()))
    return file


def _numbered_minute(copy: Copy) -> Path:
    file = copy.of("minutes")
    copy.change(file, lambda value: value["minutes"][0].__setitem__("title", f"{value['first_number']}. Apologies"))
    return file


def _resident(copy: Copy) -> Path:
    file = copy.of("cia" if "2019" in copy.folder.name else "cia-summary")

    def plant(value: Any) -> None:
        part = value
        while isinstance(part, dict | list):
            keys = list(part) if isinstance(part, dict) else range(len(part))
            found = [key for key in keys if isinstance(part[key], str) and len(part[key]) > 60]
            if found:
                part[found[0]] += " So said Mrs Harrow of Mill Lane, j.harrow@example.org."
                return
            part = next(part[key] for key in keys if isinstance(part[key], dict | list) and "60" not in str(key))

    copy.change(file, plant)
    return file


def _other_title(copy: Copy) -> Path:
    file = copy.of("cover-report")
    copy.change(file, lambda value: value.__setitem__("title", "Zoological Gardens"))
    return file


SLIPS: dict[str, tuple[Callable[[Copy], Path], str]] = {
    "last year's date": (_last_years_day, "check.other-year"),
    "a telephone number that is none": (_telephone, "check.telephone"),
    "guidance left in": (_text("Refer to CIA guidance on the Learning Hub."), "check.guidance"),
    "a sentence begun twice": (
        _text("The committee is asked to note that the committee is asked to note the plan."), "check.repeated-words",
    ),
    "a word twice": (_text("The report sets out the the plan."), "check.repeated-words"),
    "two appendices of one number": (_same_appendix, "check.appendix-number"),
    "an appendix that is not there": (_text("The plan is in Appendix Q."), "check.appendix-missing"),
    "membership of last year": (_membership_of_last_year, "check.membership-year"),
    "programme of last year": (_programme_of_last_year, "check.year"),
    "a former member": (_former_member, "check.membership"),
    "published too late": (_late_publication, "check.clear-days"),
    "nobody to reach": (_nobody_to_reach, "check.contact"),
    "no background papers": (_no_background_papers, "check.background-papers"),
    "a recommendation without a verb": (_recommendation, "check.recommendation"),
    "minutes of another day": (_minutes_of_another_day, "check.minutes-date"),
    "a minute with two numbers": (_numbered_minute, "check.minute-number"),
    "a resident's address": (_resident, "check.personal-data"),
    "another item's report": (_other_title, "check.title"),
    "an item that is not there": (_text("It follows from agenda item 77."), "check.item-missing"),
    "a page by its number": (_text("It is on page 12 of this pack."), "check.page-mentioned"),
    "a day that is another": (_text("It was agreed on Monday 1 January 2019."), "check.weekday"),
}  # fmt: skip


OF_SOME = {
    "membership of last year": "work-programme",
    "programme of last year": "work-programme",
    "a former member": "work-programme",
    "minutes of another day": "minutes",
    "a minute with two numbers": "minutes",
    "a resident's address": "cia",
}
"""Slips of documents that not every pack has, with the beginning of their template's name."""


def _has(pack: Path, template: str) -> bool:
    files = (pack / "items").glob("*.json")
    return any(json.loads(file.read_text(encoding="utf-8"))["template"].startswith(template) for file in files)


@pytest.mark.parametrize(
    ("pack", "slip"),
    [(pack, slip) for pack in PACKS for slip in SLIPS if _has(PACKS[pack], OF_SOME.get(slip, "cover-report"))],
)
def test_a_planted_slip_is_found(packgen: Packgen, tmp_path: Path, pack: str, slip: str) -> None:
    plant, code = SLIPS[slip]
    copy = Copy(PACKS[pack], tmp_path)
    file = plant(copy)
    run = packgen("check", copy.folder, "--json")
    told = [each for each in run.json["packs"][0]["problems"] if each["code"] == code]
    assert told, run.json["packs"][0]["problems"]
    assert Path(told[0]["file"]).name == file.name
    assert all(each["hint"] and each["line"] and each["severity"] == "warning" for each in told)
    assert run.code == 0


@pytest.mark.parametrize("pack", PACKS)
def test_nothing_is_found_in_a_plain_copy(packgen: Packgen, tmp_path: Path, pack: str) -> None:
    run = packgen("check", Copy(PACKS[pack], tmp_path).folder, "--json", "--strict")
    assert run.code == 0
    assert run.json["packs"][0]["problems"] == []
