"""`packgen build` on real packs: what is printed, labelled, linked, bookmarked and mapped is one and the same."""

from __future__ import annotations

import itertools
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from packgen.cli import main
from tests import pdf_facts
from tests.conftest import REPORT, REPOSITORY, Packgen, write_pack
from tests.pdf_parts import untagged

SHIPPED = {
    "2019-03-04-safe-and-strong-communities": (REPOSITORY / "packs" / "2019-03-04-safe-and-strong-communities", 80),
    "2022-10-24-safeguarding": (REPOSITORY / "packs" / "2022-10-24-safeguarding", 30),
    "quickstart": (REPOSITORY / "examples" / "quickstart", 5),
}


class Built:
    """A built pack, with what was read back from it once for all tests."""

    def __init__(self, folder: Path, at_least: int) -> None:
        self.folder, self.at_least = folder, at_least
        self.pdf = (folder / "public" / "agenda-pack.pdf").read_bytes()
        self.map = json.loads((folder / "public" / "page-map.json").read_text(encoding="utf-8"))
        self.labels = pdf_facts.page_labels(self.pdf)
        self.texts = pdf_facts.page_texts(self.pdf)
        self.links = pdf_facts.links(self.pdf)
        self.outline = pdf_facts.outline(self.pdf)


@pytest.fixture(scope="module", params=SHIPPED)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    folder, at_least = SHIPPED[request.param]
    out = tmp_path_factory.mktemp("dist")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["packgen", "build", str(folder), "--out", str(out)])
        with pytest.raises(SystemExit) as stopped:
            main()
    assert not stopped.value.code
    yield Built(out / request.param, at_least)


@pytest.mark.slow
def test_it_is_as_long_as_a_real_pack(built: Built) -> None:
    assert len(built.labels) >= built.at_least


@pytest.mark.slow
def test_printed_number_label_and_page_map_agree_on_every_page(built: Built) -> None:
    assert [page["index"] for page in built.map["pages"]] == list(range(len(built.labels)))
    assert [page["number"] for page in built.map["pages"]] == built.labels
    for label, text in zip(built.labels, built.texts, strict=True):
        assert re.search(rf"Page {re.escape(label)}(?![0-9ivx])", text), f"page {label} does not print its number"


@pytest.mark.slow
def test_each_range_of_the_contents_is_linked_to_its_first_page(built: Built) -> None:
    front = [page["index"] for page in built.map["pages"] if page["document"] == "Agenda"]
    front_text = " ".join(built.texts[index] for index in front)
    index_of = {page["number"]: page["index"] for page in built.map["pages"]}
    linked = {link.target_index for link in built.links if link.page_index in front}
    assert built.map["items"]
    for item in built.map["items"]:
        words = item["first"] if item["first"] == item["last"] else f"{item['first']} - {item['last']}"
        assert words in front_text.replace("–", "-").replace("\u00a0", " ")
        assert index_of[item["first"]] in linked


@pytest.mark.slow
def test_no_link_leads_to_nowhere(built: Built) -> None:
    for link in built.links:
        assert link.target_index is not None or (link.address or "").startswith(("http", "mailto:", "tel:")), link


@pytest.mark.slow
def test_every_item_has_a_bookmark_to_its_first_page_or_its_line_on_the_front_sheet(built: Built) -> None:
    index_of = {page["number"]: page["index"] for page in built.map["pages"]}
    first = {item["item"]: index_of[item["first"]] for item in built.map["items"]}
    items = [bookmark for bookmark in built.outline if bookmark.depth == 0][1:]
    assert items
    for bookmark in items:
        number, _, title = bookmark.title.partition(". ")
        assert bookmark.target_index is not None
        if number in first:
            assert bookmark.target_index == first[number], bookmark
        else:
            assert title in built.texts[bookmark.target_index], bookmark
            assert built.map["pages"][bookmark.target_index]["document"] == "Agenda"
    assert any(bookmark.depth >= 1 for bookmark in built.outline), "documents' own headings stand below"


@pytest.mark.slow
def test_no_bookmark_says_again_what_the_one_above_it_says(built: Built) -> None:
    for above, bookmark in itertools.pairwise(built.outline):
        said = re.sub(r"^\d+[a-z]*[.)] ", "", above.title)
        assert bookmark.depth <= above.depth or bookmark.title != said, bookmark


@pytest.mark.slow
def test_each_document_starts_on_a_right_hand_page(built: Built) -> None:
    pages = built.map["pages"]
    for before, page in zip([None, *pages], pages, strict=False):
        if before is None or before["document"] != page["document"]:
            assert page["index"] % 2 == 0, page


@pytest.mark.slow
def test_blank_pages_say_so(built: Built) -> None:
    for page in built.map["pages"]:
        said = "intentionally left blank" in built.texts[page["index"]]
        assert said == page["blank"], page


@pytest.mark.slow
def test_the_meeting_page_links_files_that_are_there(built: Built) -> None:
    page = (built.folder / "public" / "agenda.html").read_text(encoding="utf-8")
    for href in re.findall(r'href="((?:items/|agenda)[^"#]*)', page):
        assert (built.folder / "public" / href).is_file(), href


@pytest.mark.slow
def test_item_pdfs_carry_the_numbers_of_the_pack(built: Built) -> None:
    files = sorted((built.folder / "public" / "items").glob("*.pdf"))
    firsts = {item["item"]: item["first"] for item in built.map["items"]}
    assert len(files) == len(firsts)
    for file in files:
        number = re.match(r"0*(\d+[a-z]*)-", file.name)
        assert number
        assert pdf_facts.page_labels(file.read_bytes())[0] == firsts[number[1]]


@pytest.mark.slow
def test_editable_word_files_are_there_for_every_filled_document(built: Built) -> None:
    manifest = json.loads((built.folder / "manifest.json").read_text(encoding="utf-8"))
    filled = {each["id"] for each in manifest["documents"] if each["engine"] == "built-in"}
    assert {path.stem for path in (built.folder / "editable").glob("*.docx")} == filled | {"00-agenda"}


@pytest.mark.slow
def test_two_builds_give_the_same_bytes(packgen: Packgen, tmp_path: Path) -> None:
    """Also where a library that is loaded here, and in no worker, gives namespaces prefixes of its own."""
    import openpyxl  # noqa: F401

    folder = SHIPPED["2022-10-24-safeguarding"][0]
    for name, jobs in (("one", "1"), ("two", "2")):
        assert packgen("build", folder, "--out", tmp_path / name, "--jobs", jobs).code == 0
    one, two = tmp_path / "one" / folder.name, tmp_path / "two" / folder.name
    files = sorted(path.relative_to(one) for path in one.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(two) for path in two.rglob("*") if path.is_file())
    for file in files:
        if file.name != "manifest.json":
            assert (one / file).read_bytes() == (two / file).read_bytes(), file


SIX = (7, 14, 3, 39, 20, 11)
FOUR = (8, 7, 6, 9)


@pytest.mark.parametrize(
    ("lengths", "ranges"),
    [
        (SIX, ["1 - 8", "9 - 22", "23 - 26", "27 - 66", "67 - 86", "87 - 98"]),
        (FOUR, ["1 - 8", "9 - 16", "17 - 22", "23 - 32"]),
    ],
)
def test_authors_pdfs_print_the_ranges_of_the_real_packs(
    packgen: Packgen, tmp_path: Path, lengths: tuple[int, ...], ranges: list[str]
) -> None:
    items = [
        {
            "title": f"Paper {place}",
            "documents": [{"file": f"attachments/{place}.pdf", "title": f"Paper {place}", "alt": "A paper"}],
        }
        for place in range(len(lengths))
    ]
    files = {
        f"attachments/{place}.pdf": untagged(*(f"Leaf {leaf}" for leaf in range(pages)))
        for place, pages in enumerate(lengths)
    }
    pack = write_pack(tmp_path / "p", items=items, files=files)

    assert packgen("build", pack, "--out", tmp_path / "dist").code == 0

    page_map = json.loads((tmp_path / "dist" / "p" / "public" / "page-map.json").read_text(encoding="utf-8"))
    assert [f"{item['first']} - {item['last']}" for item in page_map["items"]] == ranges
    front = pdf_facts.page_texts((tmp_path / "dist" / "p" / "public" / "agenda-pack.pdf").read_bytes())[0]
    for words in ranges:
        assert words in front.replace("–", "-").replace("\u00a0", " ")


def test_a_counted_front_sheet_takes_part_in_the_numbering(packgen: Packgen, small_pack: Path, tmp_path: Path) -> None:
    change(small_pack, numbering={"front_sheet": "counted"})
    assert packgen("build", small_pack, "--out", tmp_path).code == 0
    labels = pdf_facts.page_labels((tmp_path / "small" / "public" / "agenda-pack.pdf").read_bytes())
    assert labels == [str(number + 1) for number in range(len(labels))]


def test_exempt_papers_are_in_the_restricted_pack_only(packgen: Packgen, tmp_path: Path) -> None:
    secret = {"template": "document", "title": "Zebrafinch tender", "introduction": "Zebrafinch bid nine pounds."}
    exempt = {"data": "items/secret.json", "exempt": {"paragraphs": [3], "reason": "Zebrafinch"}}
    pack = write_pack(
        tmp_path / "p",
        items=[
            {"title": "Trees", "documents": [{"data": "items/a.json"}, exempt]},
            {"title": "Exclusion of the Public", "kind": "exclusion"},
        ],
        files={"items/a.json": REPORT, "items/secret.json": secret},
    )

    assert packgen("build", pack, "--out", tmp_path / "dist").code == 0

    dist = tmp_path / "dist" / "p"
    for file in (dist / "public").rglob("*"):
        assert "zebrafinch" not in file.name.lower()
        if file.is_file():
            data = file.read_bytes()
            assert b"zebrafinch" not in data.lower()
            if file.suffix == ".pdf":
                assert b"zebrafinch" not in pdf_facts.plain_bytes(data).lower()
                assert not any("zebrafinch" in text.lower() for text in pdf_facts.page_texts(data))
    public = pdf_facts.page_labels((dist / "public" / "agenda-pack.pdf").read_bytes())
    restricted = (dist / "restricted" / "agenda-pack.pdf").read_bytes()
    texts = pdf_facts.page_texts(restricted)
    assert pdf_facts.page_labels(restricted)[: len(public)] == public
    assert "Zebrafinch bid nine pounds" in texts[len(public)]
    assert "NOT FOR PUBLICATION" in texts[len(public)]
    assert not any("NOT FOR PUBLICATION" in text for text in texts[: len(public)])


def test_only_the_public_pack_when_asked(packgen: Packgen, small_pack: Path, tmp_path: Path) -> None:
    assert packgen("build", small_pack, "--out", tmp_path, "--only", "public").code == 0
    assert not (tmp_path / "small" / "restricted").exists()


def test_a_page_has_the_same_number_whichever_pack_is_built_alone(packgen: Packgen, tmp_path: Path) -> None:
    long = "A title of a private kind that goes on and on, " * 5
    exempt = {"data": "items/secret.json", "exempt": {"paragraphs": [3]}}
    pack = write_pack(
        tmp_path / "p",
        numbering={"front_sheet": "counted"},
        items=[{"title": "Trees", "documents": [{"data": "items/a.json"}]}, {"title": "Out", "kind": "exclusion"}],
        part_two=[{"title": "Money", "public_title": "Money", "documents": [exempt]}]
        + [{"title": f"{long} ({number})", "public_title": f"P{number}"} for number in range(24)],
        files={"items/a.json": REPORT, "items/secret.json": {"template": "document", "title": "Costs"}},
    )
    ranges = []
    for name, only in (("both", ()), ("one", ("--only", "public"))):
        assert packgen("build", pack, "--out", tmp_path / name, *only).code == 0
        page_map = json.loads((tmp_path / name / "p" / "public" / "page-map.json").read_text(encoding="utf-8"))
        ranges.append(page_map["items"])
    assert ranges[0] == ranges[1]


def test_there_is_no_restricted_pack_where_nothing_is_exempt(
    packgen: Packgen, small_pack: Path, tmp_path: Path
) -> None:
    run = packgen("build", small_pack, "--out", tmp_path, "--only", "restricted")
    assert run.code == 2
    assert "no document is exempt" in run.err
    assert not (tmp_path / "small").exists()


def test_a_paper_to_follow_has_a_page_that_says_so(packgen: Packgen, small_pack: Path, tmp_path: Path) -> None:
    change(small_pack, items=[{"title": "Flood Plan", "to_follow": {"expected": "2026-09-14"}}])
    assert packgen("build", small_pack, "--out", tmp_path).code == 0
    texts = pdf_facts.page_texts((tmp_path / "small" / "public" / "agenda-pack.pdf").read_bytes())
    page = next(text for text in texts[1:] if "Flood Plan" in text)
    assert "14 September 2026" in page


def test_a_failed_build_leaves_the_old_output_alone(packgen: Packgen, small_pack: Path, tmp_path: Path) -> None:
    assert packgen("build", small_pack, "--out", tmp_path / "dist").code == 0
    before = snapshot(tmp_path / "dist")
    (small_pack / "items" / "02-report.json").write_text('{"template": "cover-report",}', encoding="utf-8")
    assert packgen("build", small_pack, "--out", tmp_path / "dist").code == 3
    assert snapshot(tmp_path / "dist") == before


def test_json_on_standard_output_and_nothing_else(packgen: Packgen, small_pack: Path, tmp_path: Path) -> None:
    run = packgen("build", small_pack, "--out", tmp_path, "--json")
    report = run.json["packs"][0]
    assert report["built"] is True
    assert report["packs"][0]["access"] == "public"
    assert run.err == ""


def test_one_bad_pack_does_not_stop_the_others(packgen: Packgen, small_pack: Path, tmp_path: Path) -> None:
    bad = small_pack.with_name("bad")
    shutil.copytree(small_pack, bad)
    (bad / "pack.json").write_text("{", encoding="utf-8")
    run = packgen("build", small_pack.parent / "*", "--out", tmp_path / "dist", "--json")
    assert run.code == 3
    assert {report["pack"]: report["built"] for report in run.json["packs"]} == {"bad": False, "small": True}


def change(pack: Path, **values: Any) -> None:
    file = pack / "pack.json"
    file.write_text(json.dumps(json.loads(file.read_text(encoding="utf-8")) | values), encoding="utf-8")


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }
