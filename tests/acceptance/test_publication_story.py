"""The life of one pack, from its first publication to its second supplement, read back from the PDFs at every step."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from packgen.accessibility.conformance import failings
from tests import pdf_facts
from tests.conftest import Packgen, write_pack

PARAGRAPH = "The council plants {word} trees along its roads and looks after them for ten years and more."


def paper(title: str, word: str, sections: int) -> dict[str, Any]:
    """A document of which two sections fill a page, with a word of its own in every paragraph."""
    text = "\n\n".join([PARAGRAPH.format(word=word)] * 7)
    return {
        "template": "document",
        "title": title,
        "sections": [{"heading": f"Part {number}", "text": text} for number in range(1, sections + 1)],
    }


class Story:
    """A pack that changes, with all that members may have printed of it so far."""

    def __init__(self, folder: Path, packgen: Packgen) -> None:
        self.folder = folder
        self.out = folder.parent / "dist"
        self._packgen = packgen
        self._meant: dict[str, str] = {}
        """What every number that was ever published stands for."""

    def write(self, items: Sequence[Mapping[str, Any]], files: Mapping[str, Any], **pack: Any) -> None:
        write_pack(self.folder, items=items, files=files, published="2026-09-09", **pack)

    def run(self, command: str, *options: str) -> Any:
        out = () if command in ("log", "verify") else ("--out", self.out)
        run = self._packgen(command, self.folder, *out, *options, "--json")
        assert run.code == 0, run.out + run.err
        return run.json

    def pdf(self, name: str = "public/agenda-pack.pdf") -> bytes:
        return (self.out / self.folder.name / name).read_bytes()

    def page_map(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.pdf("public/page-map.json"))["pages"]
        return found

    def build(self, *options: str) -> None:
        """Builds, and holds what is printed against all that was printed before."""
        self.run("build", *options)
        pdf, pages = self.pdf(), self.page_map()
        labels, texts = pdf_facts.page_labels(pdf), pdf_facts.page_texts(pdf)
        assert [page["number"] for page in pages] == labels
        assert len(set(labels)) == len(labels)
        for page, text in zip(pages, texts, strict=True):
            assert re.search(rf"Page {page['number']}(?![0-9A-Za-z])", text)
            assert self._meant.get(page["number"], page["key"]) == page["key"], page
        # On paper printed on both sides every document begins on the front of a sheet.
        starts = {page["document"]: page["index"] for page in reversed(pages)}
        assert all(index % 2 == 0 for index in starts.values())
        fronts = {page["index"] for page in pages if page["document"].startswith(("Agenda", "Supplement"))}
        for link in pdf_facts.links(pdf):
            if link.page_index in fronts and (printed := re.search(r"(\d+[A-Z]*)\s-\s", link.words)):
                assert link.target_index is not None
                assert labels[link.target_index] == printed[1]

    def publish(self, date: str, reason: str) -> dict[str, Any]:
        published: dict[str, Any] = self.run("publish", "--date", date, "--reason", reason)
        self._meant |= {page["number"]: page["key"] for page in self.page_map()}
        assert self.run("verify")["problems"] == []
        return published

    def differences(self) -> dict[str, Any]:
        """What the public is told of changes since the last publication, less the words."""
        self.run("diff")
        found = json.loads((self.out / f"{self.folder.name}-changes" / "public" / "changes.json").read_bytes())
        papers = {(each["title"], each["what"], each["pages"]) for each in found["documents"]}
        return {
            "papers": {each for each in papers if each[0] != "Agenda"},
            "sheets": (found["to_replace"], found["to_insert"], found["to_remove"]),
        }

    def sheets_to_print(self) -> list[str]:
        """The page labels of the file with replacement sheets."""
        file = self.out / f"{self.folder.name}-changes" / "public" / "replacement-sheets.pdf"
        return pdf_facts.page_labels(file.read_bytes())

    def numbers(self, word: str) -> list[str]:
        """The numbers of the pages that hold a word."""
        texts = pdf_facts.page_texts(self.pdf())
        return [page["number"] for page, text in zip(self.page_map(), texts, strict=True) if word in text]

    def text(self, number: str) -> str:
        """What stands on the page with a number."""
        index = next(page["index"] for page in self.page_map() if page["number"] == number)
        return " ".join(pdf_facts.page_texts(self.pdf())[index].split())

    def front(self) -> str:
        """What the agenda says."""
        indexes = [page["index"] for page in self.page_map() if page["document"] == "Agenda"]
        texts = pdf_facts.page_texts(self.pdf())
        return " ".join(" ".join(texts[index] for index in indexes).replace("\u00a0", " ").split())

    def bookmarks(self) -> dict[str, str]:
        """The number of the page that each bookmark leads to."""
        labels = pdf_facts.page_labels(self.pdf())
        outline = pdf_facts.outline(self.pdf())
        return {each.title: labels[each.target_index] for each in outline if each.target_index is not None}


def first_agenda() -> tuple[list[dict[str, Any]], dict[str, Any]]:
    items: list[dict[str, Any]] = [
        {"title": "Apologies"},
        {"title": "Minutes", "documents": [{"data": "items/02.json"}]},
        {"title": "Roads", "documents": [{"data": "items/03.json"}]},
        {"title": "Buses", "documents": [{"data": "items/04.json"}, {"data": "items/04-appendix.json"}]},
        {"title": "Parks", "documents": [{"data": "items/05.json"}]},
        {"title": "Budget", "to_follow": {"expected": "2026-09-14", "reason": "Figures are awaited."}},
    ]
    files = {
        "items/02.json": paper("Minutes", "Acorn", 2),
        "items/03.json": paper("Roads", "Birch", 4),
        "items/04.json": paper("Buses", "Cedar", 6),
        "items/04-appendix.json": paper("Timetable", "Dogwood", 3),
        "items/05.json": paper("Parks", "Elder", 4),
    }
    return items, files


@pytest.mark.slow
def test_a_pack_lives_through_corrections_a_withdrawal_and_two_supplements(  # noqa: PLR0915  # one story
    tmp_path: Path, packgen: Packgen
) -> None:
    story = Story(tmp_path / "autumn", packgen)
    items, files = first_agenda()
    story.write(items, files)
    story.build()
    minutes, roads, buses, parks = (story.numbers(word) for word in ("Acorn", "Birch", "Cedar", "Elder"))
    assert (minutes, roads, buses, parks) == (["1"], ["3", "4"], ["5", "6", "7"], ["11", "12"])
    assert story.numbers("Dogwood") == ["9", "10"]
    assert "(Pages 13 - 14) To follow" in story.front()
    assert story.publish("2026-09-09", "Agenda")["publication"] == 1

    # A report is corrected within its pages: nothing moves.
    files["items/05.json"] = paper("Parks", "Elder Hazel", 4)
    story.write(items, files)
    story.build()
    assert story.numbers("Hazel") == parks
    assert [story.numbers(word) for word in ("Acorn", "Birch", "Cedar")] == [minutes, roads, buses]
    assert story.differences() == {
        "papers": {("Parks", "changed", "11 - 12")},
        "sheets": ("11 - 12", None, None),
    }
    assert story.sheets_to_print() == ["11", "12"]

    # Another grows by three pages: they are put in behind it, with the back of the last sheet left blank.
    files["items/03.json"] = paper("Roads", "Birch", 10)
    story.write(items, files)
    story.build()
    assert story.numbers("Birch") == ["3", "4", "4A", "4B", "4C"]
    assert "left blank" in story.text("4D")
    assert "3. Roads (Pages 3 - 4D)" in story.front()
    assert story.numbers("Cedar") == buses
    assert story.differences() == {
        "papers": {("Parks", "changed", "11 - 12"), ("Roads", "changed", "4 - 4D")},
        "sheets": ("i - ii, 3 - 4, 11 - 12", "4A - 4D", None),
    }
    assert story.sheets_to_print() == ["i", "ii", "3", "4", "4A", "4B", "4C", "4D", "11", "12"]

    # An item is withdrawn: one page says so, the others of its numbers are not used again.
    items[3]["withdrawn"] = {"reason": "The bus company has left."}
    story.write(items, files)
    story.build()
    assert story.numbers("Cedar") == story.numbers("Dogwood") == []
    assert "withdrawn from the agenda. The bus company has left." in story.text("5")
    assert [page["number"] for page in story.page_map()][-6:] == ["5", "6", "11", "12", "13", "14"]
    assert "4. Buses (Pages 5 - 6) Withdrawn" in story.front()
    assert story.bookmarks()["4. Buses"] == "5"
    assert story.numbers("Hazel") == parks
    assert "Pages 7 to 10 of the pack, which belonged to it, will not be used again." in story.text("5")
    difference = story.differences()
    assert {("Buses", "withdrawn", "5 - 8"), ("Timetable", "withdrawn", "9 - 10")} <= difference["papers"]
    assert difference["sheets"] == ("i - ii, 3 - 4, 5 - 6, 11 - 12", "4A - 4D", "7 - 10")

    # A paper that was to follow and a late one come as a supplement.
    items[5]["documents"] = [{"data": "items/06.json"}]
    items.append({"title": "Floods", "documents": [{"data": "items/07.json", "late": {"urgency": "It has rained."}}]})
    files["items/06.json"] = paper("Budget report", "Fern", 5)
    files["items/07.json"] = paper("Floods", "Gorse", 1)
    supplements = [{"published": "2026-09-14", "reason": "Figures came late."}]
    story.write(items, files, supplements=supplements)
    story.run("supplement")
    supplement = story.pdf("public/supplement-1.pdf")
    assert pdf_facts.page_labels(supplement) == ["iii", "iv", "15", "16", "17", "18", "19", "20"]
    sheet = " ".join(pdf_facts.page_texts(supplement)[0].replace("\u00a0", " ").split())
    for words in (
        "Supplement 1 to the Agenda", "Published on 14 September 2026", "published on 9 September 2026",
        "6. Budget", "(Pages 15 - 18)", "7. Floods", "(Pages 19 - 20)", "Figures came late.", "It has rained.",
    ):  # fmt: skip
        assert words in sheet, words
    assert failings(supplement) == failings(story.pdf()) == ()
    story.build()
    assert story.numbers("Fern") == ["15", "16", "17"]
    assert story.numbers("Gorse") == ["19"]
    assert "6. Budget (Pages 15 - 18) 7. Floods (Pages 19 - 20)" in story.front()
    assert "Supplement 1 of 14 September 2026 stands at the end of this pack." in story.front()
    assert "has been published in a supplement" in story.text("13")
    assert story.bookmarks()["Supplement 1"] == "iii"

    difference = story.differences()
    assert {("Budget report", "added", "15 - 18"), ("Floods", "added", "19 - 20")} <= difference["papers"]
    assert difference["sheets"] == ("i - ii, 3 - 4, 5 - 6, 11 - 14", "4A - 4D, iii - iv, 15 - 20", "7 - 10")

    # All of that is published again; then nothing is different.
    second = story.publish("2026-09-14", "Supplement and corrections")
    assert (second["publication"], second["supplement"]) == (2, 1)
    assert not (story.out / "autumn" / "public" / "supplement-2.pdf").exists()

    story.build()
    assert story.differences() == {"papers": set(), "sheets": (None, None, None)}

    # A paper gets shorter: its last page stays, and says why it is blank.
    files["items/05.json"] = paper("Parks", "Elder Hazel", 1)
    # A second supplement goes on behind the first.
    items.append(
        {"title": "Trams", "documents": [{"data": "items/08.json", "late": {"urgency": "They have stopped."}}]}
    )
    files["items/08.json"] = paper("Trams", "Juniper", 2)
    supplements.append({"published": "2026-09-15", "reason": "Members asked for it."})
    story.write(items, files, supplements=supplements)
    story.run("supplement")
    story.build()
    assert "shorter than when it was first published" in story.text("12")
    assert story.numbers("Juniper") == ["21"]
    assert pdf_facts.page_labels(story.pdf("public/supplement-2.pdf")) == ["v", "vi", "21", "22"]
    assert story.numbers("Fern") == ["15", "16", "17"]
    assert "6. Budget (Pages 15 - 18) 7. Floods (Pages 19 - 20) 8. Trams (Pages 21 - 22)" in story.front()
    difference = story.differences()
    assert {("Parks", "changed", "11 - 12"), ("Trams", "added", "21 - 22")} <= difference["papers"]
    assert difference["sheets"] == ("i - ii, 11 - 12", "v - vi, 21 - 22", None)
    assert story.publish("2026-09-15", "Second supplement")["supplement"] == 2

    log = story.run("log")["publications"]
    assert [(each["publication"], each["reason"], each["supplement"]) for each in log] == [
        (1, "Agenda", None), (2, "Supplement and corrections", 1), (3, "Second supplement", 2),
    ]  # fmt: skip

    # Numbers can be given afresh; the agenda says so.
    story.write([item for item in items if "withdrawn" not in item], files, supplements=supplements)
    story.run("build", "--renumber", "--date", "2026-09-16")
    assert "renumbered on 16 September 2026. It replaces publication 3 of 15 September 2026" in story.front()
    assert story.numbers("Birch") == ["3", "4", "5", "6", "7"]
    story.run("publish", "--date", "2026-09-16")
    story.run("build")
    assert "renumbered on 16 September 2026" in story.front()
    assert story.numbers("Birch") == ["3", "4", "5", "6", "7"]
