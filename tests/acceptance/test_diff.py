"""`packgen diff`: what members must do with a printed pack, and what they must read again, read back from its files."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import docx
import pytest
from PIL import Image

from packgen.accessibility.conformance import failings
from tests import pdf_facts
from tests.conftest import Packgen, Run, write_pack

PARAGRAPH = "The council plants trees along its roads and looks after them for ten years. "
SECRET = "Quillfeather"
BUDGET: dict[str, Any] = {"title": "Budget", "documents": [{"data": "items/budget.json"}]}
ROADS: dict[str, Any] = {"title": "Roads", "documents": [{"data": "items/roads.json"}]}
LAND: dict[str, Any] = {
    "title": "Land",
    "documents": [
        {"data": "items/land.json"},
        {"data": "items/price.json", "exempt": {"paragraphs": [3], "reason": "Bids are open."}},
    ],
}
EXCLUSION: dict[str, Any] = {"number": "1A", "title": "Exclusion of the Public", "kind": "exclusion"}
SALE: dict[str, Any] = {
    "number": 2,
    "title": f"Sale of land to {SECRET}",
    "public_title": "A matter of land",
    "documents": [LAND["documents"][1]],
}
SALE_REASON = f"{SECRET} has asked for another month to raise the money."


def paper(title: str, *sections: str) -> dict[str, Any]:
    return {
        "template": "document",
        "title": title,
        "sections": [{"heading": f"Part {place}", "text": text} for place, text in enumerate(sections, 1)],
    }


FILES: dict[str, Any] = {
    "items/budget.json": paper("Budget", "Receipts were £1.2 million in the third quarter.", PARAGRAPH * 30),
    "items/roads.json": paper("Roads", PARAGRAPH * 120),
    "items/land.json": paper("Land", PARAGRAPH),
    "items/price.json": paper("Price", f"The bidder {SECRET} offers nine thousand pounds."),
}


class Published:
    """A pack of which publication 1 is out; `pack` are keys of its `pack.json`, `more` further files."""

    def __init__(self, tmp_path: Path, packgen: Packgen, more: Mapping[str, Any] | None = None, **pack: Any) -> None:
        self.folder = tmp_path / "packs" / "trees"
        self.out = tmp_path / "dist"
        self._packgen = packgen
        self.write(pack.pop("items", (BUDGET, ROADS)), FILES | (more or {}), **pack)
        self.run("build")
        self.publish("2026-09-09")

    def write(self, items: Sequence[Mapping[str, Any]], files: Mapping[str, Any], **pack: Any) -> None:
        write_pack(self.folder, items=items, files=files, published="2026-09-09", **pack)

    def publish(self, date: str) -> None:
        self.run("publish", "--date", date)

    def run(self, command: str, *options: str) -> Run:
        jobs = ("--jobs", "1") if command == "build" else ()
        run = self._packgen(command, self.folder, "--out", self.out, *jobs, *options)
        assert run.code == 0, run.out + run.err
        return run

    def diff(self, *options: str) -> dict[str, Any]:
        """Builds and compares."""
        self.run("build")
        found: dict[str, Any] = self.run("diff", "--json", *options).json
        return found

    def file(self, name: str) -> bytes:
        return (self.out / "trees-changes" / name).read_bytes()

    def files(self) -> dict[str, bytes]:
        root = self.out / "trees-changes"
        return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}

    def numbers(self, document: str, access: str = "public") -> list[str]:
        """The printed numbers of a document as it was published first."""
        pages = json.loads((self.folder / "published/1" / access / "page-map.json").read_bytes())["pages"]
        return [page["number"] for page in pages if page["document"] == document]


def documents(found: Mapping[str, Any]) -> list[tuple[str | None, str, str]]:
    return [(each["item"], each["title"], each["what"]) for each in found["documents"]]


@pytest.fixture
def published(tmp_path: Path, packgen: Packgen) -> Published:
    return Published(tmp_path, packgen)


def test_a_word_that_changed_is_told_with_its_page_and_its_sheet(published: Published) -> None:
    changed = paper("Budget", "Receipts were £1.4 million in the third quarter.", PARAGRAPH * 30)
    published.write([BUDGET, ROADS], FILES | {"items/budget.json": changed})
    found = published.diff()["public"]
    assert documents(found) == [("1", "Budget", "changed")]
    first, second = published.numbers("Budget")[:2]
    (change,) = found["documents"][0]["changes"]
    assert (change["page"], change["removed"], change["added"]) == (first, "£1.2", "£1.4")
    assert found["documents"][0]["pages"] == first
    assert (found["to_replace"], found["to_insert"], found["to_remove"]) == (f"{first} - {second}", None, None)


def test_the_replacement_sheets_are_the_pages_to_exchange_as_they_are_in_the_pack(published: Published) -> None:
    changed = paper("Budget", "Receipts were £1.4 million in the third quarter.", PARAGRAPH * 30)
    published.write([BUDGET, ROADS], FILES | {"items/budget.json": changed})
    published.diff()
    sheets = published.file("public/replacement-sheets.pdf")
    assert pdf_facts.page_labels(sheets) == published.numbers("Budget")[:2]
    text = pdf_facts.page_texts(sheets)[0]
    assert "£1.4 million" in text
    assert text.count(f"Page {published.numbers('Budget')[0]}") == 1
    assert failings(sheets) == ()
    assert pdf_facts.outline(sheets)[0].title == f"Budget (page {published.numbers('Budget')[0]})"


def test_members_get_a_notice_that_everybody_can_read(published: Published) -> None:
    changed = paper("Budget", "Receipts were £1.4 million in the third quarter.", PARAGRAPH * 30)
    published.write([BUDGET, ROADS], FILES | {"items/budget.json": changed}, contact={"name": "Robin Archer"})
    published.diff()
    notice = published.file("public/change-notice.pdf")
    assert failings(notice) == ()
    text = " ".join(pdf_facts.page_texts(notice))
    first, second = published.numbers("Budget")[:2]
    for words in (
        "Changes to the Agenda Pack",
        "9 September 2026",
        f"Exchange: Pages i - ii, {first} - {second}",
        "Receipts were £1.2 million",
        "Receipts were £1.4 million",
        "Contact: Robin Archer",
    ):
        assert words in text.replace("\u00a0", " ")
    cells = docx.Document(io.BytesIO(published.file("public/change-notice.docx"))).tables[0].rows[0].cells
    assert [cell.text for cell in cells] == ["Page", "Old words", "New words"]


def test_a_paper_that_grew_is_put_in_behind_its_last_page(published: Published) -> None:
    published.write([BUDGET, ROADS], FILES | {"items/budget.json": paper("Budget", PARAGRAPH * 130)})
    found = published.diff()["public"]
    last = published.numbers("Budget")[-1]
    assert found["to_insert"].split(", ")[0] == f"{last}A - {last}B"
    budget = next(each for each in found["documents"] if each["title"] == "Budget")
    assert budget["pages"].endswith(f"{last}B") or budget["pages"].endswith(f"{last}A")
    labels = pdf_facts.page_labels(published.file("public/replacement-sheets.pdf"))
    assert labels.index(f"{last}A") == labels.index(last) + 1


def test_new_and_withdrawn_papers_are_told_of_without_their_words(published: Published) -> None:
    hedges = {"title": "Hedges", "documents": [{"data": "items/hedges.json", "late": {"urgency": "The season ends."}}]}
    withdrawn = ROADS | {"withdrawn": {"reason": "More time is needed."}}
    published.write([BUDGET, withdrawn, hedges], FILES | {"items/hedges.json": paper("Hedges", "Hedges are green.")})
    found = published.diff()["public"]
    assert documents(found) == [
        (None, "Agenda", "changed"),
        (None, "Supplement 1", "added"),
        ("2", "Roads", "withdrawn"),
        ("3", "Hedges", "added"),
    ]
    roads = published.numbers("Roads")
    assert found["documents"][2]["pages"] == f"{roads[0]} - {roads[-1]}"
    assert found["to_remove"] == f"{roads[2]} - {roads[3]}", "the notice stands on the first sheet"
    assert not any(each["changes"] for each in found["documents"][1:])
    assert [each["reason"] for each in found["documents"]] == [None, None, "More time is needed.", None]
    assert "reason: More time is needed." in published.file("public/changes.txt").decode()
    assert "Reason: More time is needed." in " ".join(pdf_facts.page_texts(published.file("public/change-notice.pdf")))


def test_the_reason_of_an_item_is_told_once_and_only_of_that_item(tmp_path: Path, packgen: Packgen) -> None:
    verges = {"title": "Verges", "documents": [{"data": "items/price.json"}]}
    roads = ROADS | {"documents": [*ROADS["documents"], {"data": "items/land.json"}], "sub_items": [verges]}
    published = Published(tmp_path, packgen, items=[BUDGET, roads])
    published.write([BUDGET | {"documents": []}, roads | {"withdrawn": {"reason": "More time is needed."}}], FILES)
    found = published.diff()["public"]
    assert [(each["item"], each["what"], each["reason"]) for each in found["documents"]] == [
        (None, "changed", None),
        ("1", "withdrawn", None),
        ("2", "withdrawn", "More time is needed."),
        ("2", "withdrawn", None),
        ("2a", "withdrawn", None),
    ]


def test_only_members_learn_why_an_item_with_a_public_title_is_withdrawn(tmp_path: Path, packgen: Packgen) -> None:
    published = Published(tmp_path, packgen, items=[BUDGET, EXCLUSION], part_two=[SALE])
    withdrawn = SALE | {"withdrawn": {"reason": SALE_REASON}}
    published.write([BUDGET, EXCLUSION], FILES, part_two=[withdrawn])
    found = published.diff()
    assert {each["reason"] for each in found["public"]["documents"]} == {None}
    assert [each["reason"] for each in found["restricted"]["documents"] if each["item"] == "2"] == [SALE_REASON]
    for access, known in (("public", False), ("restricted", True)):
        pack = (published.out / "trees" / access / "agenda-pack.pdf").read_bytes()
        assert (SALE_REASON in " ".join(pdf_facts.page_texts(pack))) is known, access
    assert SALE_REASON in " ".join(pdf_facts.page_texts(published.file("restricted/change-notice.pdf")))


def test_the_public_learns_no_such_reason_in_place_of_a_paper_that_it_could_read(
    tmp_path: Path, packgen: Packgen
) -> None:
    published = Published(tmp_path, packgen, items=[BUDGET, LAND | {"documents": LAND["documents"][:1]}])
    exempt = LAND["documents"][0] | {"exempt": {"paragraphs": [3], "reason": "Bids are open."}}
    withdrawn = SALE | {"withdrawn": {"reason": SALE_REASON}, "documents": [exempt]}
    published.write([BUDGET, EXCLUSION], FILES, part_two=[withdrawn])
    found = published.diff()["public"]
    assert ("2", None) in [(each["item"], each["reason"]) for each in found["documents"]]
    pack = (published.out / "trees/public/agenda-pack.pdf").read_bytes()
    for shown in (*pdf_facts.page_texts(pack), published.file("public/changes.txt").decode()):
        assert SECRET not in shown


def test_another_title_or_file_is_the_same_paper(published: Published) -> None:
    renamed = BUDGET | {"documents": [{"data": "items/budget.json", "title": "Budget monitoring"}]}
    published.write([renamed, ROADS], FILES)
    found = published.diff()["public"]
    assert ("1", "Budget monitoring", "renamed") in documents(found)
    (budget,) = [each for each in found["documents"] if each["item"] == "1"]
    assert budget["was_called"] == "Budget"
    (published.folder / "items/budget.json").rename(published.folder / "items/budget-final-2.json")
    published.write([BUDGET | {"documents": [{"data": "items/budget-final-2.json"}]}, ROADS], {})
    assert documents(published.diff()["public"]) == []


def test_a_picture_that_changed_is_seen_though_the_words_are_the_same(tmp_path: Path, packgen: Packgen) -> None:
    def picture(colour: str) -> bytes:
        data = io.BytesIO()
        Image.new("RGB", (300, 200), colour).save(data, "PNG")
        return data.getvalue()

    item = {
        "title": "Map",
        "documents": [{"file": "attachments/map.png", "title": "Map", "alt": "A map of the trees."}],
    }
    published = Published(tmp_path, packgen, {"attachments/map.png": picture("#204060")}, items=[item, ROADS])
    published.write([item, ROADS], FILES | {"attachments/map.png": picture("#A04060")})
    found = published.diff()["public"]
    assert documents(found) == [("1", "Map", "changed")]
    assert found["documents"][0]["changes"] == []
    assert "look different" in published.file("public/changes.txt").decode()


def test_nothing_changed(published: Published) -> None:
    found = published.diff()
    assert documents(found["public"]) == []
    assert sorted(published.files()) == ["public/changes.json", "public/changes.txt"]
    run = published.run("diff")
    assert "nothing has changed since publication 1 of 9 September 2026" in run.out


def test_people_read_the_place_and_both_words(published: Published) -> None:
    changed = paper("Budget", "Receipts were £1.4 million in the third quarter.", PARAGRAPH * 30)
    published.write([BUDGET, ROADS], FILES | {"items/budget.json": changed})
    published.run("build")
    run = published.run("diff")
    first, second = published.numbers("Budget")[:2]
    assert f"exchange pages {first} to {second}" in run.out
    assert f"Item 1, Budget: changed, page {first}" in run.out
    assert "old words: £1.2\n    new words: £1.4\n" in run.out
    assert run.out == published.file("public/changes.txt").decode()
    assert "trees-changes" in run.err


def test_the_same_inputs_give_the_same_bytes(published: Published) -> None:
    published.write([BUDGET, ROADS], FILES | {"items/roads.json": paper("Roads", PARAGRAPH * 90)})
    published.diff()
    first = published.files()
    assert len(first) == 5
    published.diff()
    assert published.files() == first


# --- Exempt papers ----------------------------------------------------------------------------------


@pytest.fixture
def with_exempt(tmp_path: Path, packgen: Packgen) -> Published:
    return Published(tmp_path, packgen, items=[BUDGET, LAND])


def test_the_public_learns_nothing_of_an_exempt_paper_that_changed(with_exempt: Published) -> None:
    price = paper("Price", f"The bidder {SECRET} offers eleven thousand pounds.")
    with_exempt.write([BUDGET, LAND], FILES | {"items/price.json": price})
    found = with_exempt.diff()
    assert documents(found["public"]) == []
    assert documents(found["restricted"]) == [("2", "Price", "changed")]
    (change,) = found["restricted"]["documents"][0]["changes"]
    assert (change["removed"], change["added"]) == ("nine", "eleven")
    assert sorted(name for name in with_exempt.files() if name.startswith("public/")) == [
        "public/changes.json",
        "public/changes.txt",
    ]
    notice = " ".join(pdf_facts.page_texts(with_exempt.file("restricted/change-notice.pdf")))
    assert "NOT FOR PUBLICATION" in notice


def test_no_word_of_a_paper_that_became_exempt_stands_in_what_is_for_the_public(
    tmp_path: Path, packgen: Packgen
) -> None:
    open_price = {"data": "items/price.json", "title": f"Offer of {SECRET}"}
    item = LAND | {"documents": [{"data": "items/land.json"}, open_price]}
    published = Published(tmp_path, packgen, items=[BUDGET, item])
    exempt = open_price | {"exempt": {"paragraphs": [3], "reason": "Bids are open."}}
    published.write([BUDGET, LAND | {"documents": [{"data": "items/land.json"}, exempt]}], FILES)
    found = published.diff()
    assert ("2", "A paper of item 2", "withdrawn") in documents(found["public"])
    public = {name: data for name, data in published.files().items() if name.startswith("public/")}
    assert len(public) == 5
    for name, data in public.items():
        assert SECRET.encode() not in data, name
    for name in ("public/change-notice.pdf", "public/replacement-sheets.pdf"):
        assert SECRET not in " ".join(pdf_facts.page_texts(public[name]))
    word = docx.Document(io.BytesIO(public["public/change-notice.docx"]))
    assert SECRET not in word.element.xml
    assert ("2", f"Offer of {SECRET}", "changed") in documents(found["restricted"])


def test_words_beside_which_private_ones_stood_are_not_repeated(tmp_path: Path, packgen: Packgen) -> None:
    price = {"data": "items/price.json", "exempt": {"paragraphs": [3]}}
    named = {"title": f"Sale to {SECRET}", "documents": [price]}
    exclusion = {"title": "Exclusion of the Public", "kind": "exclusion"}
    published = Published(tmp_path, packgen, items=[BUDGET, exclusion], part_two=[named])
    published.write([BUDGET, exclusion], FILES, part_two=[named | {"public_title": "Land"}])
    found = published.diff()["public"]
    agenda = next(each for each in found["documents"] if each["title"] == "Agenda")
    assert (agenda["changes"], agenda["unshown"] > 0) == ([], True)
    for name, data in published.files().items():
        if name.startswith("public/"):
            assert SECRET.encode() not in data, name
    assert SECRET not in " ".join(pdf_facts.page_texts(published.file("public/change-notice.pdf")))


# --- Renumbered packs, earlier publications ---------------------------------------------------------


def test_a_renumbered_pack_is_printed_anew_and_still_compared_paper_by_paper(published: Published) -> None:
    changed = paper("Budget", "Receipts were £1.4 million in the third quarter.", PARAGRAPH * 30)
    published.write([ROADS, BUDGET], FILES | {"items/budget.json": changed})
    published.run("build", "--renumber", "--date", "2026-09-11")
    found = published.run("diff", "--json").json["public"]
    assert found["renumbered"]
    assert (found["to_replace"], found["to_insert"], found["to_remove"]) == (None, None, None)
    by_title = {each["title"]: each for each in found["documents"]}
    assert [(each["removed"], each["added"]) for each in by_title["Budget"]["changes"]] == [("£1.2", "£1.4")]
    assert (by_title["Budget"]["was_item"], by_title["Budget"]["item"]) == ("1", "2")
    assert by_title["Roads"]["what"] == "moved"
    assert "public/replacement-sheets.pdf" not in published.files()
    notice = " ".join(pdf_facts.page_texts(published.file("public/change-notice.pdf")))
    assert "All pages have new numbers" in notice


def test_it_compares_with_the_publication_that_is_asked_for(published: Published) -> None:
    published.write([BUDGET, ROADS], FILES | {"items/roads.json": paper("Roads", PARAGRAPH * 121)})
    published.run("build")
    published.publish("2026-09-10")
    published.write([BUDGET, ROADS], FILES | {"items/roads.json": paper("Roads", PARAGRAPH * 122)})
    assert published.diff()["public"]["since"] == {"publication": 2, "published": "2026-09-10"}
    found = published.run("diff", "--against", "1", "--json").json["public"]
    assert found["since"] == {"publication": 1, "published": "2026-09-09"}
    (change,) = found["documents"][0]["changes"]
    assert change["added"].count("council") == 2


# --- What cannot be compared ------------------------------------------------------------------------


def refused(packgen: Packgen, *arguments: str | Path) -> tuple[int, str, str | None]:
    run = packgen("diff", *arguments, "--json")
    (problem,) = run.json["problems"]
    assert problem["file"]
    return run.code, problem["code"], problem["hint"]


def test_a_pack_that_was_never_published(small_pack: Path, tmp_path: Path, packgen: Packgen) -> None:
    code, name, hint = refused(packgen, small_pack, "--out", tmp_path / "dist")
    assert (code, name) == (3, "diff.not-published")
    assert hint is not None
    assert hint.startswith("packgen publish")


def test_a_publication_that_there_is_not(published: Published, packgen: Packgen) -> None:
    code, name, hint = refused(packgen, published.folder, "--out", published.out, "--against", "7")
    assert (code, name) == (3, "diff.no-publication")
    assert hint is not None
    assert hint.startswith("packgen log")


def test_a_pack_that_is_not_built_or_not_current(published: Published, packgen: Packgen) -> None:
    assert refused(packgen, published.folder, "--out", published.out)[:2] == (3, "build.not-current")
    shutil.rmtree(published.out)
    code, name, hint = refused(packgen, published.folder, "--out", published.out)
    assert (code, name) == (3, "build.none")
    assert hint is not None
    assert hint.startswith("packgen build")


def test_half_a_build(with_exempt: Published, packgen: Packgen) -> None:
    with_exempt.run("build", "--only", "public")
    assert refused(packgen, with_exempt.folder, "--out", with_exempt.out)[:2] == (3, "build.only")


def test_a_published_file_that_somebody_changed(published: Published, packgen: Packgen) -> None:
    published.run("build")
    file = published.folder / "published/1/public/agenda-pack.pdf"
    file.write_bytes(file.read_bytes() + b"\n")
    code, name, hint = refused(packgen, published.folder, "--out", published.out)
    assert (code, name) == (3, "diff.published-changed")
    assert hint is not None
    assert "packgen verify" in hint
    assert not (published.out / "trees-changes").exists()
