"""The meeting page: what it says and where it leads, and prose as HTML."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from packgen.prose import parse_prose
from packgen.prose.html import prose_html
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
    files = {"items/a.json": REPORT, "items/b.json": REPORT | {"title": "Costs"}, "attachments/m.pdf": untagged("Map")}
    folder = write_pack(tmp_path / "p", files=files, **pack)
    assert packgen("build", folder, "--out", tmp_path / "dist").code == 0
    return (tmp_path / "dist" / "p" / "public" / "agenda.html").read_text(encoding="utf-8")


def test_each_paper_is_linked_at_its_page_of_the_items_pdf(packgen: Packgen, tmp_path: Path) -> None:
    documents = [{"data": "items/a.json"}, {"file": "attachments/m.pdf", "title": "Map", "alt": "A map"}]
    page = page_of(packgen, tmp_path, items=[{"title": "Trees", "documents": documents}])
    assert '<a href="items/01-trees.pdf">Trees</a>' in page
    assert re.search(r"\(PDF, \d+ KB, pages 1 to 4\)", page)
    assert '<a href="items/01-trees.pdf#page=1">Tree Planting</a>, pages 1 to 2' in page
    assert '<a href="items/01-trees.pdf#page=3">Map</a>, pages 3 to 4' in page


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
    assert "To follow (expected 14 September 2026)" in page
    assert "03-costs" not in page


def test_the_page_is_well_formed_and_every_link_in_it_leads_somewhere(packgen: Packgen, tmp_path: Path) -> None:
    note = {"heading": "Filming", "text": "See [the trees](packgen:item/1)[^1].\n\n[^1]: Noted."}
    contact = {"name": "Kim Lee", "email": "kim@lyne.example.org", "address": "Town Hall, Lyne"}
    page = page_of(
        packgen,
        tmp_path,
        items=[{"title": "Trees & <hedges>", "documents": [{"data": "items/a.json"}], "text": "a. one\nb. two"}],
        public_notes=[note],
        contact=contact,
    )
    assert "Trees &amp; &lt;hedges&gt;" in page
    assert "Town Hall, Lyne" in page
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for target in re.findall(r'href="#([^"]+)"', page):
        assert target in ids
