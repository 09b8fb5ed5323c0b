"""The meeting page: what it says and where it leads, and prose as HTML."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from justhtml import JustHTML

from packgen.meeting_page.values import file_size
from packgen.prose import parse_prose
from packgen.prose.html import prose_html
from tests import pdf_facts
from tests.conftest import REPORT, Packgen, write_pack
from tests.pdf_parts import untagged


def html(markdown: str) -> str:
    made = str(prose_html(parse_prose(markdown), key="k"))
    ElementTree.fromstring(f"<div>{made}</div>".replace("<br>", "<br/>").replace("<hr>", "<hr/>"))
    return re.sub(r"\n+", "", made)


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("One *two* **three** `four`", "<p>One <em>two</em> <strong>three</strong> <code>four</code></p>"),
        ("a. one\nb. two\n   i. deep", '<ol type="a" start="1"><li>one</li><li>two<ol type="i" start="1">'),
        ("3. three\n4. four", '<ol type="1" start="3"><li>three</li><li>four</li></ol>'),
        ("- one\n- two", "<ul><li>one</li><li>two</li></ul>"),
        ("> said", "<blockquote><p>said</p></blockquote>"),
        ("<b>bold</b> & co", "<p>&lt;b&gt;bold&lt;/b&gt; &amp; co</p>"),
        ("[there](packgen:item/4a)", '<p><a href="#item-4a">there</a></p>'),
        ("[site](https://x.example.org/?a=1&b=2)", '<a href="https://x.example.org/?a=1&amp;b=2">site</a>'),
        ("Table: Costs\n\n| A | B |\n|---|--:|\n| x | 1 |\n\nSource: us", "<caption>Costs</caption><thead><tr><th"),
        ("Said[^n].\n\n[^n]: The note.", '<ol class="notes"><li id="k-note-1">The note. <a href="#k-mark-1">Back'),
        ("one\\\ntwo", "<p>one<br>two</p>"),
    ],
)  # fmt: skip
def test_prose_as_html(markdown: str, expected: str) -> None:
    assert expected in html(markdown)


def page_of(packgen: Packgen, tmp_path: Path, **pack: object) -> str:
    files = {
        "items/a.json": REPORT,
        "items/b.json": REPORT | {"title": "Costs"},
        "items/c.json": REPORT,
        "attachments/m.pdf": untagged("Map"),
    }
    folder = write_pack(tmp_path / "p", files=files, **pack)
    assert packgen("build", folder, "--out", tmp_path / "dist").code == 0
    return (tmp_path / "dist" / "p" / "public" / "agenda.html").read_text(encoding="utf-8")


def links(page: str) -> dict[str, str]:
    """Where each link to a file leads, by its words, without the size."""
    found = re.findall(r'<a class="file[^"]*" href="([^"]+)">(.*?)</a>', page)
    return {re.sub(r"\d+ KB", "? KB", re.sub(r"<[^>]+>", "", words)): href for href, words in found}


def test_each_paper_is_linked_with_type_size_pages_and_its_place_in_the_items_pdf(
    packgen: Packgen, tmp_path: Path
) -> None:
    documents = [{"data": "items/a.json"}, {"file": "attachments/m.pdf", "title": "Map", "alt": "A map"}]
    page = page_of(packgen, tmp_path, items=[{"title": "Trees", "documents": documents}])
    assert links(page) == {
        "The whole agenda pack (PDF, ? KB, 6 pages)": "agenda-pack.pdf",
        "All papers of item 1 (PDF, ? KB, pages 1 to 4)": "items/01-trees.pdf",
        "Tree Planting (pages 1 to 2, from page 1 of item 1’s PDF, ? KB)": "items/01-trees.pdf#page=1",
        "Map (pages 3 to 4, from page 3 of item 1’s PDF, ? KB)": "items/01-trees.pdf#page=3",
    }


def test_one_paper_is_linked_once(packgen: Packgen, tmp_path: Path) -> None:
    page = page_of(packgen, tmp_path, items=[{"title": "Trees", "documents": [{"data": "items/a.json"}]}])
    assert links(page)["Tree Planting (PDF, ? KB, pages 1 to 2)"] == "items/01-trees.pdf"
    assert page.count("01-trees.pdf") == 1


def test_sizes_and_places_are_those_of_the_files(packgen: Packgen, tmp_path: Path) -> None:
    exempt = {"data": "items/b.json", "exempt": {"paragraphs": [3]}}
    documents = [exempt, {"data": "items/a.json"}, {"file": "attachments/m.pdf", "title": "Map", "alt": "A map"}]
    items = [{"title": "Trees", "documents": documents}, {"title": "Hedges", "documents": [{"data": "items/c.json"}]}]
    page_of(packgen, tmp_path, items=items)
    for access, count in (("public", 5), ("restricted", 6)):
        folder = tmp_path / "dist" / "p" / access
        page = (folder / "agenda.html").read_text(encoding="utf-8")
        found = re.findall(r'<a class="file[^"]*" href="([^"#]+)(?:#page=(\d+))?">(.*?)</a>', page)
        assert len(found) == count
        for name, begins_at, words in found:
            pdf = (folder / name).read_bytes()
            assert file_size(len(pdf)) in words
            if printed := re.search(r"pages? (\d+)", words):
                assert pdf_facts.page_labels(pdf)[int(begins_at or 1) - 1] == printed[1]


def test_what_is_not_for_publication_says_so_to_members_alone(packgen: Packgen, tmp_path: Path) -> None:
    exempt = {"data": "items/b.json", "exempt": {"paragraphs": [3]}}
    public = page_of(packgen, tmp_path, items=[{"title": "Trees", "documents": [{"data": "items/a.json"}, exempt]}])
    restricted = (tmp_path / "dist" / "p" / "restricted" / "agenda.html").read_text(encoding="utf-8")
    assert "For members of the committee only" in restricted
    assert "Costs (pages 3 to 4, from page 3 of item 1’s PDF, ? KB, not for publication)" in links(restricted)
    assert "not for publication" not in public
    assert "members of the committee only" not in public


def test_papers_that_are_there_are_linked_beside_those_to_follow(packgen: Packgen, tmp_path: Path) -> None:
    documents = [{"data": "items/a.json"}, {"title": "Map", "to_follow": {"expected": "2026-09-14"}}]
    page = page_of(packgen, tmp_path, items=[{"title": "Trees", "to_follow": True, "documents": documents}])
    assert "Tree Planting (pages 1 to 2, from page 1 of item 1’s PDF, ? KB)" in links(page)
    assert '<li>Map: To follow (expected <time datetime="2026-09-14">14 September 2026</time>)</li>' in page


def test_an_item_whose_only_papers_are_exempt_is_exempt_as_a_whole(packgen: Packgen, tmp_path: Path) -> None:
    exempt = {"data": "items/b.json", "exempt": {"paragraphs": [3]}}
    public = page_of(packgen, tmp_path, items=[{"title": "Trees", "documents": [exempt]}])
    restricted = (tmp_path / "dist" / "p" / "restricted" / "agenda.html").read_text(encoding="utf-8")
    for page in (public, restricted):
        assert "<p>Exempt under paragraph 3 of Part 1 of Schedule 12A" in page


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("020 7946 0123", "02079460123"),
        ("+44 (0)20 7946 0123", "+442079460123"),
        ("(01632) 960-123", "01632960123"),
        ("01632 960123 or 01632 960124", None),
        ("ask at the desk", None),
    ],
)
def test_a_telephone_number_can_be_dialled(packgen: Packgen, tmp_path: Path, written: str, dialled: str | None) -> None:
    page = page_of(packgen, tmp_path, contact={"name": "Kim Lee", "telephone": written})
    assert written in page
    assert re.findall(r'href="tel:([^"]+)"', page) == ([dialled] if dialled else [])


def test_what_is_exempt_is_said_of_papers_or_of_the_whole_item(packgen: Packgen, tmp_path: Path) -> None:
    exempt = {"data": "items/b.json", "exempt": {"paragraphs": [3]}}
    items = [
        {"title": "Trees", "documents": [{"data": "items/a.json"}, exempt]},
        {"title": "Exclusion", "kind": "exclusion"},
        {"title": "Costs to follow", "to_follow": {"expected": "2026-09-14"}},
    ]
    page = page_of(packgen, tmp_path, items=items)
    assert "Some papers of this item are exempt under paragraph 3 of Part 1 of Schedule 12A" in page
    assert "section 100A(4)" in page
    assert 'To follow (expected <time datetime="2026-09-14">14 September 2026</time>)' in page
    assert "03-costs" not in page


def test_the_page_is_well_formed_and_every_link_in_it_leads_somewhere(packgen: Packgen, tmp_path: Path) -> None:
    table = "| A | B |\n|---|---|\n| 1 | 2 |"
    note = {"heading": "Filming & <b>", "text": f"See [the trees](packgen:item/1)[^1].\n\n{table}\n\n[^1]: Noted."}
    contact = {"name": "Kim Lee", "email": "kim@lyne.example.org", "address": "Town Hall, Lyne"}
    page = page_of(
        packgen,
        tmp_path,
        items=[{"title": "Trees & <hedges>", "documents": [{"data": "items/a.json"}], "text": "a. one\nb. two"}],
        public_notes=[note],
        contact=contact,
    )
    JustHTML(page, strict=True)
    assert "Trees &amp; &lt;hedges&gt;" in page
    assert 'aria-label="Filming &amp; &lt;b&gt;, table 1" tabindex="0"><table>' in page
    assert "Town Hall, Lyne" in page
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for target in re.findall(r'href="#([^"]+)"', page):
        assert target in ids
