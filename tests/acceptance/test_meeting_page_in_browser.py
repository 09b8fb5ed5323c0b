"""The meeting page in a real browser: WCAG 2.2, level AA, by axe-core and by hand where no program decides.

Every shipped pack and example, and a pack that is meant to be hard to show.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from packgen.cli import main
from tests.browser_support import TEXT_SPACING, axe, findings, installed_browser, opened
from tests.conftest import REPORT, REPOSITORY, write_pack
from tests.pdf_parts import untagged

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SHIPPED = {
    file.parent.name: file.parent for root in ("packs", "examples") for file in REPOSITORY.glob(f"{root}/*/pack.json")
}
PHONE, DESK = 320, 1280  # CSS pixels: 1280 at a zoom of 400% are 320 (success criterion 1.4.10)
FOCUSABLE = "a[href], [tabindex='0']"
LETTERS = "ABCDEFGHIJKL"
LONG_WORD = "Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnung" * 2


def demanding_pack(folder: Path) -> Path:
    """Long words, exempt and awaited papers, sub-items, many documents, wide tables, and the palest accent allowed."""
    columns = [f"Quarter {number}" for number in range(1, 11)]
    table = "\n".join(f"| {' | '.join(row)} |" for row in (columns, ["---"] * 10, ["1,234,567"] * 10))
    links = "| [Plan](https://lyne.example.org/plan) | Due |\n|---|---|\n| [Map](https://lyne.example.org/map) | May |"
    exempt = {"paragraphs": [1, 3], "reason": "It names people."}
    attachments = [
        {"file": f"attachments/{letter}.pdf", "title": f"Appendix {letter}: {LONG_WORD}", "alt": "A map"}
        for letter in LETTERS
    ]
    pack = write_pack(
        folder / "demanding",
        committee=f"{LONG_WORD} and Planning Committee",
        meeting={
            "date": "2026-09-17",
            "time": "10:00",
            "venue": f"Room 1, {LONG_WORD}",
            "webcast": "https://lyne.example.org/w",
        },
        published="2026-09-09",
        proper_officer={"name": "Kim Lee", "title": "Monitoring Officer"},
        contact={
            "role": "Clerk",
            "name": "Robin Archer",
            "telephone": "020 7946 0123",
            "email": f"{'democratic.services.' * 3}team@a-long-name.lyne.example.org",
            "address": "Town Hall, Lyne",
        },
        notices=[f"Please read https://lyne.example.org/{'long/' * 30} first."],
        membership=[{"name": f"Councillor {LONG_WORD}", "role": "Chair"}, {"name": "Ann Lee"}],
        public_notes=[
            {
                "heading": "Money",
                "text": f"Table: Spending\n\n{table}\n\nSource: the council[^1].\n\n[^1]: To [item 2](packgen:item/2).",
            },
            {"heading": LONG_WORD, "text": f"{links}\n\n> Said[^1].\n\n1. one\n2. two\n   - deep\n\n[^1]: Once."},
        ],
        items=[
            {"title": "Apologies", "text": f"a. {LONG_WORD}\nb. two\n\n{table}"},
            {"title": LONG_WORD, "report_of": LONG_WORD, "documents": [{"data": "items/a.json"}, *attachments]},
            {
                "title": "Money",
                "documents": [
                    {"data": "items/e.json", "title": "The report"},
                    {"data": "items/b.json", "exempt": exempt},
                    {"title": "Appendix Z", "to_follow": {"expected": "2026-09-14"}},
                ],
                "sub_items": [
                    {"title": "Revenue", "documents": [{"data": "items/c.json"}]},
                    {
                        "title": "Capital",
                        "presenter": "Presentation by Ann Lee",
                        "text": "See [above](packgen:item/3a).",
                    },
                ],
            },
            {"title": "Late", "to_follow": {"expected": "2026-09-14"}},
            {"title": "Exclusion of the Public", "kind": "exclusion", "number": 100},
        ],
        part_two=[
            {
                "title": "Offers for the Depot",
                "public_title": "A matter",
                "documents": [{"data": "items/d.json", "exempt": exempt}],
            }
        ],
        files={
            **{f"items/{name}.json": REPORT | {"title": f"Report {name.upper()}"} for name in "abcde"},
            **{f"attachments/{letter}.pdf": untagged(f"Map {letter}") for letter in LETTERS},
        },
    )
    settings = f'[council]\nname = "{LONG_WORD} District Council"\n[look]\naccent = "#767676"\n'
    (pack / "packgen.toml").write_text(settings, encoding="utf-8")
    return pack


def page_names() -> list[str]:
    """`<pack>/<public or restricted>` of every page that is looked at."""
    names = ["demanding/public", "demanding/restricted"]
    for name, folder in sorted(SHIPPED.items()):
        exempt = '"exempt"' in (folder / "pack.json").read_text(encoding="utf-8")
        names += [f"{name}/public", *([f"{name}/restricted"] if exempt else [])]
    return names


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every pack, built."""
    folder = tmp_path_factory.mktemp("meeting-pages")
    packs = [demanding_pack(folder / "packs"), *SHIPPED.values()]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["packgen", "build", *map(str, packs), "--out", str(folder / "dist")])
        with pytest.raises(SystemExit) as stopped:
            main()
    assert not stopped.value.code
    return folder / "dist"


@pytest.fixture(scope="module")
def browser(out: Path) -> Iterator[Browser]:
    """The browser, started when everything is built."""
    with installed_browser() as started:
        yield started


@pytest.fixture(params=page_names())
def file(request: pytest.FixtureRequest, out: Path) -> Path:
    return out / request.param / "agenda.html"


def test_the_pages_are_those_that_were_built(out: Path) -> None:
    assert {path.parent.relative_to(out).as_posix() for path in out.rglob("agenda.html")} == set(page_names())


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_axe_finds_nothing(browser: Browser, file: Path, width: int) -> None:
    with opened(browser, file, width) as page:
        results = axe(page)
        undecided = [
            rule for rule in results["incomplete"] if not all(_scrolled_away(page, node) for node in rule["nodes"])
        ]
    assert tuple(int(part) for part in results["testEngine"]["version"].split(".")[:2]) >= (4, 10)
    passed = {rule["id"] for rule in results["passes"]}
    assert {"color-contrast", "document-title", "heading-order", "landmark-one-main", "region", "target-size"} <= passed
    assert findings(results["violations"]) == []
    assert findings(undecided) == []


def _scrolled_away(page: Page, node: dict[str, Any]) -> bool:
    """Whether axe-core cannot tell the contrast of a cell only because its frame must be scrolled to see it.

    The next test lays those frames open.
    """
    contrast = {check["id"] for check in node["any"]} == {"color-contrast"}
    return contrast and bool(page.locator(node["target"][0]).evaluate("each => !!each.closest('.frame td, .frame th')"))


@pytest.mark.parametrize("file", ["demanding/public"], indirect=True)
def test_wide_tables_are_as_easy_to_see_all_along(browser: Browser, file: Path) -> None:
    with opened(browser, file, 4 * DESK) as page:
        page.add_style_tag(content="body { max-width: none; margin: 0 }")
        results = axe(page)
        seen = [
            node["target"][0] for rule in results["passes"] if rule["id"] == "color-contrast" for node in rule["nodes"]
        ]
        assert sum(page.locator(target).evaluate("each => !!each.closest('td')") for target in seen) > 20
    assert findings(results["violations"] + results["incomplete"]) == []


@pytest.mark.parametrize("spacing", ["/* as it comes */", TEXT_SPACING], ids=["as it comes", "wide spacing"])
def test_a_narrow_window_needs_no_scrolling_sideways(browser: Browser, file: Path, spacing: str) -> None:
    with opened(browser, file, PHONE) as page:
        page.add_style_tag(content=spacing)
        assert page.evaluate("document.scrollingElement.scrollWidth") <= PHONE
        wider = page.evaluate(
            """[...document.querySelectorAll("body *")].filter(each =>
                each.getClientRects().length && !each.closest(".frame, .skip")
                && each.getBoundingClientRect().right > innerWidth).map(each => each.outerHTML.slice(0, 200))"""
        )
        assert wider == []
        assert page.locator(".frame").count() == page.locator("table").count()


FOCUSED = """() => {
    const focused = document.activeElement, box = focused.getClientRects()[0], style = getComputedStyle(focused);
    const middle = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return {
        place: [...document.querySelectorAll(FOCUSABLE)].indexOf(focused),
        top: focused.getBoundingClientRect().top + scrollY,
        outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
        seen: focused.contains(middle),
    };
}""".replace("FOCUSABLE", json.dumps(FOCUSABLE))


@pytest.mark.parametrize(("width", "forced_colours"), [(PHONE, "none"), (DESK, "none"), (DESK, "active")])
def test_the_tab_key_reaches_every_link_in_reading_order_with_a_visible_outline(
    browser: Browser, file: Path, width: int, forced_colours: Any
) -> None:
    with opened(browser, file, width, forced_colors=forced_colours) as page:
        visited = []
        for _ in range(page.locator(FOCUSABLE).count()):
            page.keyboard.press("Tab")
            visited.append(page.evaluate(FOCUSED))
    assert [each["place"] for each in visited] == list(range(len(visited)))
    assert [each["top"] for each in visited[1:]] == sorted(each["top"] for each in visited[1:])
    assert min(each["outline"] for each in visited) >= 2
    assert all(each["seen"] for each in visited)


def test_the_skip_link_shows_when_reached_and_leads_to_the_agenda(browser: Browser, file: Path) -> None:
    with opened(browser, file, DESK) as page:
        skip = page.get_by_role("link", name="Skip to the agenda")
        assert _left(page) < 0
        page.keyboard.press("Tab")
        assert _left(page) >= 0
        assert skip.evaluate("each => each === document.activeElement")
        page.keyboard.press("Enter")
        page.wait_for_url("**/agenda.html#agenda")
        page.wait_for_function("document.activeElement.textContent === 'Agenda'")
        page.keyboard.press("Tab")
        before = page.evaluate(
            "document.querySelector('#agenda').compareDocumentPosition(document.activeElement)"
            " & Node.DOCUMENT_POSITION_FOLLOWING"
        )
        assert before


def _left(page: Page) -> float:
    box = page.locator(".skip").bounding_box()
    assert box
    return box["x"]


def test_the_page_needs_no_script_and_fetches_nothing(browser: Browser, file: Path) -> None:
    with opened(browser, file, DESK, java_script_enabled=False) as page:
        requests: list[str] = []
        page.on("request", lambda request: requests.append(request.url))
        page.reload()
        assert requests == [file.as_uri()]
        assert page.locator("script, [onclick], [onload], link, img, iframe").count() == 0
        assert page.get_by_role("heading", level=1).count() == 1
        assert page.get_by_role("heading", name="Agenda", exact=True).is_visible()
        for link in page.get_by_role("link").all():
            href = (link.get_attribute("href") or "").partition("#")
            assert not href[0].startswith(("items/", "agenda")) or (file.parent / href[0]).is_file()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url("**/agenda.html#agenda")


SMALL = """[...document.querySelectorAll("a:not(.skip)")].filter(each => {
    const box = each.getBoundingClientRect();
    const around = each.closest("p, li, address, td, th, dd").textContent.trim();
    const sentence = around.length > each.textContent.length && getComputedStyle(each).display === "inline";
    return !sentence && (box.width < 24 || box.height < 24);
}).map(each => each.outerHTML)"""


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_links_can_be_hit(browser: Browser, file: Path, width: int) -> None:
    """At least 24 by 24 CSS pixels, but for links within a sentence (success criterion 2.5.8)."""
    with opened(browser, file, width) as page:
        assert page.evaluate(SMALL) == []


def test_links_of_one_name_lead_to_one_place(browser: Browser, file: Path) -> None:
    """So that a list of links, out of their context, still tells them apart (success criterion 2.4.4)."""
    with opened(browser, file, DESK) as page:
        named: dict[str, set[str]] = {}
        for link in page.locator("a.file").all():
            name = link.aria_snapshot()
            assert "KB" in name or "MB" in name
            assert "PDF" in name
            assert "page" in name
            named.setdefault(name.partition("\n")[0], set()).add(link.get_attribute("href") or "")
        assert [name for name, places in named.items() if len(places) > 1] == []


def test_items_are_read_as_a_list_of_numbered_headings(browser: Browser, out: Path) -> None:
    with opened(browser, out / "part-two" / "public" / "agenda.html", DESK) as page:
        part_one = page.get_by_role("list").filter(has=page.get_by_role("heading", level=3)).first
        headings = part_one.get_by_role("heading", level=3).all()
        assert part_one.locator("> li").count() == len(headings) == 8
        assert headings[4].aria_snapshot() == '- heading "5. Council Car Parks" [level=3]'
        sub_item = page.locator("#item-5a").get_by_role("heading", level=4)
        assert sub_item.aria_snapshot() == '- heading "a) Charges from January 2027" [level=4]'


def test_the_page_prints(browser: Browser, file: Path) -> None:
    with opened(browser, file, DESK) as page:
        last = page.get_by_role("heading", level=2).last.inner_text()
        printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    text = "".join(sheet.extract_text() for sheet in printed.pages)
    assert round(float(printed.pages[0].mediabox.width)) in range(594, 597)
    assert last in text
    assert "Skip to" not in text
