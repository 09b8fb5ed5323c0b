"""`publish`, `log`, `verify` and `supplement`: what they do, and what they refuse, in words for an officer."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from packgen.errors import ExitCode
from tests import pdf_facts
from tests.conftest import REPORT, Packgen, Run, write_pack

ITEMS: list[dict[str, Any]] = [
    {"title": "Apologies"},
    {"title": "Trees", "documents": [{"data": "items/02.json"}]},
    {"title": "Roads", "documents": [{"data": "items/03.json"}]},
]
FILES: dict[str, Any] = {
    "items/02.json": REPORT | {"title": "Trees"},
    "items/03.json": {"template": "document", "title": "Roads"},
}


class Desk:
    """An officer at work on one pack."""

    def __init__(self, folder: Path, packgen: Packgen) -> None:
        self.folder = folder
        self.pack = folder / "packs" / "autumn"
        self.out = folder / "dist"
        self._packgen = packgen
        self.write()

    def write(self, items: list[dict[str, Any]] | None = None, **pack: Any) -> None:
        files = {**FILES, **pack.pop("files", {})}
        write_pack(self.pack, items=items or ITEMS, published="2026-09-09", files=files, **pack)

    def run(self, command: str, *options: str) -> Run:
        out = () if command in ("log", "verify", "validate") else ("--out", str(self.out))
        jobs = ("--jobs", "1") if command in ("build", "supplement") else ()
        return self._packgen(command, self.pack, *out, *jobs, *options)

    def must(self, command: str, *options: str) -> Run:
        run = self.run(command, *options)
        assert run.code == 0, run.err
        return run

    def publish(self, date: str = "2026-09-09") -> None:
        self.must("build")
        self.must("publish", "--date", date)

    def texts(self, name: str = "public/agenda-pack.pdf") -> list[str]:
        return [
            " ".join(text.replace("\u00a0", " ").split())
            for text in pdf_facts.page_texts((self.out / "autumn" / name).read_bytes())
        ]


@pytest.fixture
def desk(tmp_path: Path, packgen: Packgen) -> Desk:
    return Desk(tmp_path, packgen)


def test_a_publication_holds_what_went_out_and_what_is_known_of_it(desk: Desk) -> None:
    desk.must("build")
    told = desk.must("publish", "--date", "2026-09-09", "--reason", "Agenda")
    assert "publication 1 of 9 September 2026" in told.err
    folder = desk.pack / "published" / "1"
    assert (folder / "public" / "agenda-pack.pdf").read_bytes() == (
        desk.out / "autumn" / "public" / "agenda-pack.pdf"
    ).read_bytes()
    assert {path.name for path in folder.iterdir()} == {"public", "publication.json"}
    record = json.loads((folder / "publication.json").read_bytes())
    assert (record["number"], record["date"], record["reason"]) == (1, "2026-09-09", "Agenda")
    assert record["pages"] == {"public": 6}
    assert {"items/02.json", "pack.json", "templates/agenda.docx"} <= record["inputs"].keys()
    log = desk.must("log")
    assert "publication 1  9 September 2026  public 6 pages  Agenda" in log.out
    assert record["files"]["public/agenda-pack.pdf"] in log.out
    assert "all 5 published files are what was published" in desk.must("verify").out


def change_report(desk: Desk) -> None:
    desk.write(files={"items/02.json": REPORT | {"title": "Trees", "report_of": "the Leader"}})


def change_pack(desk: Desk) -> None:
    desk.write(notices=["Bring your tablets."])


def change_settings(desk: Desk) -> None:
    (desk.folder / "packgen.toml").write_text('[council]\nname = "Lyne"\n', encoding="utf-8")


def add_file(desk: Desk) -> None:
    (desk.pack / "attachments").mkdir()
    (desk.pack / "attachments" / "note.txt").write_text("late", encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (change_report, "items/02.json"),
        (change_pack, "pack.json"),
        (change_settings, "packgen.toml"),
        (add_file, "attachments/note.txt"),
    ],
)
def test_what_changed_since_the_build_is_not_published(desk: Desk, change: Callable[[Desk], None], named: str) -> None:
    desk.must("build")
    change(desk)
    run = desk.run("publish")
    assert run.code == ExitCode.INVALID_PACK
    assert f"something changed since the pack was built: {named}" in run.err
    assert "hint: packgen build" in run.err
    assert not (desk.pack / "published").exists() or not list((desk.pack / "published").glob("[0-9]*"))


def test_what_was_never_built_is_not_published(desk: Desk) -> None:
    run = desk.run("publish")
    assert run.code == ExitCode.INVALID_PACK
    assert "the pack has not been built yet" in run.err


def test_output_that_somebody_touched_is_not_published(desk: Desk) -> None:
    desk.must("build")
    page = desk.out / "autumn" / "public" / "agenda.html"
    page.write_text(page.read_text(encoding="utf-8").replace("Trees", "Shrubs"), encoding="utf-8")
    run = desk.run("publish")
    assert run.code == ExitCode.INVALID_PACK
    assert "agenda.html: it was changed after it was built" in run.err


def test_half_of_what_there_is_is_not_published(desk: Desk) -> None:
    exempt = {"data": "items/03.json", "exempt": {"paragraphs": [3]}}
    desk.write([ITEMS[0], ITEMS[1], {"title": "Roads", "documents": [exempt]}, {"title": "Out", "kind": "exclusion"}])
    desk.must("build", "--only", "public")
    run = desk.run("publish")
    assert run.code == ExitCode.INVALID_PACK
    assert "only the public pack was built" in run.err


def test_nothing_new_is_not_published_twice(desk: Desk) -> None:
    desk.publish()
    desk.must("build")
    run = desk.run("publish", "--date", "2026-09-10")
    assert run.code == ExitCode.INVALID_PACK
    assert "nothing has changed since publication 1" in run.err


def test_a_publication_is_not_dated_before_the_last_one(desk: Desk) -> None:
    desk.publish()
    change_report(desk)
    desk.must("build")
    run = desk.run("publish", "--date", "2026-09-08")
    assert run.code == ExitCode.INVALID_PACK
    assert "8 September 2026 is before publication 1" in run.err


def test_a_day_that_is_none_is_refused(desk: Desk) -> None:
    desk.must("build")
    run = desk.run("publish", "--date", "next Friday")
    assert run.code == ExitCode.USAGE
    assert "next Friday is not a day" in run.err


def test_verify_tells_of_every_file_that_is_not_what_was_published(desk: Desk) -> None:
    desk.publish()
    public = desk.pack / "published" / "1" / "public"
    (public / "agenda.html").write_text("<p>other</p>", encoding="utf-8")
    (public / "page-map.json").unlink()
    (public / "notes.txt").write_text("mine", encoding="utf-8")
    run = desk.run("verify")
    assert run.code == ExitCode.INSPECTION
    assert "agenda.html: it is not what was published" in run.err
    assert "page-map.json: it was published and is no longer there" in run.err
    assert "notes.txt: it was not part of the publication" in run.err
    found = desk.run("verify", "--json").json
    assert {problem["code"] for problem in found["problems"]} == {
        "publication.changed", "publication.missing", "publication.strange",
    }  # fmt: skip


def test_a_damaged_record_is_named_and_stops_the_build(desk: Desk) -> None:
    desk.publish()
    record = desk.pack / "published" / "1" / "publication.json"
    record.write_bytes(record.read_bytes()[:200])
    run = desk.run("build")
    assert run.code == ExitCode.INVALID_PACK
    assert "published/1/publication.json: this belongs to what was published, but it cannot be read" in run.err
    shutil.rmtree(record.parent)
    (desk.pack / "published" / "2").mkdir()
    assert "published/1: this belongs to what was published, but it is missing" in desk.run("log").err


def test_a_pack_that_was_never_published_has_an_empty_log(desk: Desk) -> None:
    assert "nothing has been published yet" in desk.must("log").out
    assert "nothing has been published yet" in desk.must("verify").out
    assert desk.run("log", "--json").json["publications"] == []


# --- After publication ------------------------------------------------------------------------------


def test_an_item_may_not_get_another_number(desk: Desk) -> None:
    desk.publish()
    desk.write([ITEMS[0], {"title": "Welcome"}, *ITEMS[1:]])
    for command in ("build", "validate"):
        run = desk.run(command)
        assert run.code == ExitCode.INVALID_PACK
        assert '"Trees" was published as item 2 and has become item 3' in run.err
        assert 'give a new item before it a number of its own, such as "1A"' in run.err


def test_an_item_may_not_vanish(desk: Desk) -> None:
    desk.publish()
    desk.write(ITEMS[:2])
    run = desk.run("build")
    assert run.code == ExitCode.INVALID_PACK
    assert 'item 3, "Roads", was published and is no longer in the agenda' in run.err
    assert '"withdrawn": true' in run.err


def test_an_item_may_have_another_title(desk: Desk) -> None:
    desk.publish()
    desk.write([*ITEMS[:2], {**ITEMS[2], "title": "Roads and paths"}])
    desk.must("build")
    assert "3. Roads and paths (Pages 3 - 4)" in desk.texts()[0]


def test_a_file_with_another_name_is_the_same_paper(desk: Desk) -> None:
    desk.publish()
    desk.write(
        [*ITEMS[:2], {"title": "Roads", "documents": [{"data": "items/03-final-2.json"}]}],
        files={"items/03-final-2.json": FILES["items/03.json"]},
    )
    (desk.pack / "items" / "03.json").unlink()
    desk.must("build")
    assert "3. Roads (Pages 3 - 4)" in desk.texts()[0]
    assert len(desk.texts()) == 6


def test_a_paper_that_is_gone_leaves_a_page(desk: Desk) -> None:
    desk.publish()
    desk.write([*ITEMS[:2], {"title": "Roads"}])
    desk.must("build")
    assert "Withdrawn" in desk.texts()[4]
    assert "no longer part of the agenda" in desk.texts()[4]


def test_rules_of_numbering_stay_those_of_the_publication(desk: Desk) -> None:
    desk.publish()
    desk.write(numbering={"first": 101})
    run = desk.must("build")
    assert "the pack was published with other rules of numbering" in run.err
    assert "2. Trees (Pages 1 - 2)" in desk.texts()[0]
    desk.must("build", "--renumber", "--date", "2026-09-10")
    assert "2. Trees (Pages 101 - 102)" in desk.texts()[0]


def test_a_pack_without_a_publication_cannot_be_renumbered(desk: Desk) -> None:
    run = desk.run("build", "--renumber")
    assert run.code == ExitCode.USAGE
    assert "never published" in run.err
    assert desk.run("build", "--date", "2026-09-10").code == ExitCode.USAGE


def test_a_paper_that_turns_exempt_leaves_a_page_that_does_not_name_it(desk: Desk) -> None:
    items = [*ITEMS, {"title": "Exclusion of the Public", "kind": "exclusion"}]
    desk.write(items, files={"items/02.json": REPORT | {"title": "Zephyrine"}})
    desk.publish()
    items[1] = {"title": "Trees", "documents": [{"data": "items/02.json", "exempt": {"paragraphs": [1]}}]}
    desk.write(items, files={"items/02.json": REPORT | {"title": "Zephyrine"}})
    desk.must("build")
    public, restricted = desk.texts(), desk.texts("restricted/agenda-pack.pdf")
    assert "These pages are not for publication" in public[2]
    assert "3. Roads (Pages 3 - 4)" in public[0]
    assert "Zephyrine" not in " ".join(public)
    assert "Zephyrine" in restricted[2]
    labels = {
        name: pdf_facts.page_labels((desk.out / "autumn" / name / "agenda-pack.pdf").read_bytes())
        for name in ("public", "restricted")
    }
    assert labels["public"] == ["i", "ii", "1", "2", "3", "4"]
    assert labels["restricted"] == ["i", "ii", "1", "2", "3", "4"]
    for file in (desk.out / "autumn" / "public").rglob("*.*"):
        assert b"zephyrine" not in file.name.encode() + file.read_bytes().lower()


# --- Supplements ------------------------------------------------------------------------------------

LATE = {"title": "Floods", "documents": [{"data": "items/04.json"}]}
LATE_FILES = {"items/04.json": REPORT | {"title": "Floods"}}


def test_a_supplement_must_say_why_it_is_late_and_urgent(desk: Desk) -> None:
    desk.publish()
    desk.write([*ITEMS, LATE], files=LATE_FILES)
    run = desk.run("supplement")
    assert run.code == ExitCode.INVALID_PACK
    assert "nothing says on which day supplement 1 is published" in run.err
    assert 'nothing says why "Floods" comes after the agenda' in run.err
    assert "item 4 was not on the published agenda, and nothing says why it is urgent" in run.err
    assert run.err.count("pack.json:") == 3
    assert desk.must("build").err.count("warning:") == 3
    run = desk.run("publish")
    assert run.code == ExitCode.INVALID_PACK
    assert "nothing says why it is urgent" in run.err


def test_there_is_no_supplement_without_an_agenda_or_without_papers(desk: Desk) -> None:
    run = desk.run("supplement")
    assert run.code == ExitCode.INVALID_PACK
    assert "the agenda has not been published yet" in run.err
    desk.publish()
    run = desk.run("supplement")
    assert run.code == ExitCode.INVALID_PACK
    assert "no document has come since publication 1" in run.err


def test_an_exempt_late_paper_is_in_the_members_supplement_only(desk: Desk) -> None:
    items = [*ITEMS, {"title": "Exclusion of the Public", "kind": "exclusion"}]
    desk.write(items)
    desk.publish()
    late = {"reason": "It came late.", "urgency": "It cannot wait."}
    contract = {
        "title": "Zephyrine",
        "public_title": "A contract",
        "documents": [{"data": "items/05.json", "late": late, "exempt": {"paragraphs": [3]}}],
    }
    public_paper = {"title": "Floods", "number": 6, "documents": [{"data": "items/04.json", "late": late}]}
    desk.write(
        [*items, public_paper],
        part_two=[contract],
        supplements=[{"published": "2026-09-14"}],
        files={"items/05.json": REPORT | {"title": "Zephyrine"}, **LATE_FILES},
    )
    desk.must("supplement")
    public, restricted = desk.texts("public/supplement-1.pdf"), desk.texts("restricted/supplement-1.pdf")
    assert len(public) < len(restricted)
    assert "A contract" in public[0]
    assert "paragraph 3" in public[0]
    assert "Zephyrine" not in " ".join(public)
    assert "Zephyrine" in restricted[0]
    assert "6. Floods" in public[0]


def test_the_meeting_page_leads_to_the_supplement(desk: Desk) -> None:
    desk.publish()
    items = [*ITEMS, {**LATE, "documents": [{"data": "items/04.json", "late": {"urgency": "It rains."}}]}]
    desk.write(items, files=LATE_FILES, supplements=[{"published": "2026-09-14", "reason": "Asked for late."}])
    desk.must("supplement")
    page = (desk.out / "autumn" / "public" / "agenda.html").read_text(encoding="utf-8")
    assert 'href="supplement-1.pdf"' in page
    assert "published on 14 September 2026" in page
    desk.must("publish", "--date", "2026-09-14")
    desk.must("build")
    assert (desk.out / "autumn" / "public" / "supplement-1.pdf").is_file()


# --- What would mislead ------------------------------------------------------------------------------


def test_the_day_of_publication_is_that_of_the_papers(desk: Desk) -> None:
    desk.must("build")
    assert "publication 1 of 9 September 2026" in desk.must("publish").err
    desk.write([*ITEMS, LATE], files=LATE_FILES, supplements=[{"published": "2026-09-14", "reason": "Late."}])
    desk.write(
        [*ITEMS, {**LATE, "documents": [{"data": "items/04.json", "late": {"urgency": "It rains."}}]}],
        files=LATE_FILES,
        supplements=[{"published": "2026-09-14", "reason": "Late."}],
    )
    desk.must("build")
    assert "publication 2 of 14 September 2026" in desk.must("publish").err


def test_days_that_do_not_fit_are_questioned(desk: Desk) -> None:
    desk.must("build")
    told = desk.must("publish", "--date", "2026-09-20").err
    assert "say that they are published on 9 September 2026, but it was recorded that they were on 20 September" in told
    assert "after the meeting of 17 September 2026" in told
    run = desk.run("build", "--renumber", "--date", "2026-09-10")
    assert run.code == ExitCode.USAGE
    assert "before publication 1 of 20 September 2026" in run.err


def test_a_supplement_is_not_dated_before_what_it_supplements(desk: Desk) -> None:
    desk.publish()
    desk.write([*ITEMS, LATE], files=LATE_FILES, supplements=[{"published": "2026-09-01", "reason": "Late."}])
    assert "supplement 1 is dated 1 September 2026, before publication 1 of 9 September" in desk.run("supplement").err


def test_supplements_are_counted_on_when_pages_are_renumbered(desk: Desk) -> None:
    desk.publish()
    late = {"reason": "Late.", "urgency": "It rains."}
    items = [*ITEMS, {**LATE, "documents": [{"data": "items/04.json", "late": late}]}]
    words = [{"published": "2026-09-10"}, {"published": "2026-09-12", "reason": "Later."}]
    desk.write(items, files=LATE_FILES, supplements=words[:1])
    desk.publish("2026-09-10")
    desk.must("build", "--renumber", "--date", "2026-09-11")
    desk.must("publish", "--date", "2026-09-11")
    more = {"items/05.json": REPORT | {"title": "Trams"}}
    trams = {"title": "Trams", "documents": [{"data": "items/05.json", "late": late}]}
    desk.write([*items, trams], files={**LATE_FILES, **more}, supplements=words)
    desk.must("supplement")
    assert "Supplement 2 to the Agenda" in desk.texts("public/supplement-2.pdf")[0]
    assert "12 September 2026" in desk.texts("public/supplement-2.pdf")[0]


def test_items_may_share_a_title(desk: Desk) -> None:
    items = [{"title": "Update"}, *ITEMS[1:], {"title": "Update"}]
    desk.write(items)
    desk.publish()
    desk.must("build")
    desk.write([*items, {"title": "Update", "documents": [{"data": "items/04.json"}]}], files=LATE_FILES)
    told = desk.must("build").err
    assert "item 5 was not on the published agenda" in told


def test_an_item_comes_late_to_an_agenda_with_part_two(desk: Desk) -> None:
    part_two = [{"title": "Contract", "documents": [{"data": "items/05.json", "exempt": {"paragraphs": [3]}}]}]
    items = [*ITEMS, {"title": "Exclusion of the Public", "kind": "exclusion"}]
    files = {"items/05.json": REPORT | {"title": "Contract"}, **LATE_FILES}
    desk.write(items, part_two=part_two, files=files)
    desk.publish()
    late = {"reason": "Late.", "urgency": "It rains."}
    floods = {"title": "Floods", "number": "3A", "documents": [{"data": "items/04.json", "late": late}]}
    desk.write(
        [*items[:3], floods, items[3]], part_two=part_two, files=files, supplements=[{"published": "2026-09-10"}]
    )
    desk.must("supplement")
    assert "3A. Floods (Pages" in desk.texts()[0]
    assert (desk.out / "autumn" / "public" / "items" / "03A-floods.pdf").is_file()


def test_a_new_paper_in_the_file_of_an_old_one_is_a_new_paper(desk: Desk) -> None:
    desk.publish()
    desk.write(
        [ITEMS[0], {"title": "Trees"}, {"title": "Roads", "documents": [{"data": "items/02.json"}]}],
        files={"items/02.json": REPORT | {"title": "Bus timetable"}},
    )
    (desk.pack / "items" / "03.json").unlink()
    told = desk.must("build").err
    assert '"Trees" was published and is no longer among the documents of item 2' in told
    assert "Withdrawn" in desk.texts()[2]
    assert "Bus timetable" in desk.texts()[-2]


def test_a_paper_that_is_to_follow_since_publication_is_said_to_be(desk: Desk) -> None:
    desk.publish()
    desk.write([*ITEMS[:2], {**ITEMS[2], "documents": [*ITEMS[2]["documents"], {"title": "Map", "to_follow": True}]}])
    desk.must("build")
    assert "3. Roads (Pages 3 - 4) To follow" in desk.texts()[0]


def test_a_paper_to_follow_keeps_its_page_under_another_title(desk: Desk) -> None:
    desk.write([*ITEMS, {"title": "Budget", "to_follow": True}])
    desk.publish()
    desk.write([*ITEMS, {"title": "Budget 2027", "to_follow": True}])
    desk.must("build")
    assert not any("Withdrawn" in text for text in desk.texts())
    assert "4. Budget 2027 (Pages 5 - 6) To follow" in desk.texts()[0]


def test_what_was_to_follow_and_is_dropped_has_not_come(desk: Desk) -> None:
    items = [*ITEMS[:2], {**ITEMS[2], "documents": [*ITEMS[2]["documents"], {"title": "Costs", "to_follow": True}]}]
    desk.write(items)
    desk.publish()
    desk.write(ITEMS)
    desk.must("build")
    assert "Withdrawn" in desk.texts()[6]
    assert "published in a supplement" not in " ".join(desk.texts())


def test_output_in_the_packs_own_folder_is_no_input(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(desk.pack)
    desk.out = Path("dist")
    desk.pack = Path()
    desk.must("build", "--jobs", "1")
    desk.must("publish", "--date", "2026-09-09")


@pytest.mark.parametrize("name", [".drafts/1.json", "items/~$2.json", "published/1.json"])
def test_papers_do_not_lie_where_programs_keep_things(desk: Desk, name: str) -> None:
    desk.write([ITEMS[0], {"title": "Trees", "documents": [{"data": name}]}], files={name: REPORT})
    run = desk.run("build")
    assert run.code == ExitCode.INVALID_PACK
    assert "lies where programs keep things of their own" in run.err


def test_a_record_that_was_changed_is_noticed(desk: Desk) -> None:
    desk.publish()
    record = desk.pack / "published" / "1" / "publication.json"
    record.write_text(record.read_text(encoding="utf-8").replace('"number": "1"', '"number": "77"'), encoding="utf-8")
    for command in ("verify", "build"):
        run = desk.run(command)
        assert run.code == ExitCode.INVALID_PACK
        assert "somebody changed it" in run.err


def test_a_paper_whose_item_becomes_private_is_not_named(desk: Desk) -> None:
    items = [*ITEMS, {"title": "Exclusion of the Public", "kind": "exclusion"}]
    desk.write(items)
    desk.publish()
    private = {
        "title": "Roads", "number": 5, "public_title": "A matter",
        "documents": [{"data": "items/03.json", "exempt": {"paragraphs": [3]}}],
    }  # fmt: skip
    desk.write(
        [*ITEMS[:2], {"title": "Roads", "withdrawn": True}, items[3]], part_two=[{**private, "title": "Zephyrine"}]
    )
    desk.must("build")
    desk.must("diff")
    changes = desk.out / "autumn-changes" / "public"
    for file in ("changes.txt", "changes.json"):
        assert "Zephyrine" not in (changes / file).read_text(encoding="utf-8")


def test_changes_do_not_name_a_paper_that_is_exempt_now(desk: Desk) -> None:
    items = [*ITEMS, {"title": "Exclusion of the Public", "kind": "exclusion"}]
    late = {"reason": "Late.", "urgency": "It rains."}
    paper = {"data": "items/04.json", "title": "Valuation of Elm Depot", "late": late}
    depot = {"title": "Depot", "number": 5, "documents": [paper]}
    desk.write(items)
    desk.publish()
    words = [{"published": "2026-09-10"}]
    desk.write([*items, depot], files=LATE_FILES, supplements=words)
    desk.publish("2026-09-10")
    exempt = {**depot, "documents": [{**paper, "exempt": {"paragraphs": [3]}}]}
    desk.write([*items, exempt], files=LATE_FILES, supplements=words)
    desk.must("build")
    desk.must("diff")
    public = desk.out / "autumn-changes" / "public"
    notice = " ".join(pdf_facts.page_texts((public / "change-notice.pdf").read_bytes()))
    texts = [(public / name).read_text(encoding="utf-8") for name in ("changes.txt", "changes.json")]
    assert not any("Elm Depot" in " ".join(text.split()) for text in (*texts, notice))
