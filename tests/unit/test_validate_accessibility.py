"""What is said of data and prose before anything is drawn: links, alternative texts, tables, capitals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from packgen.errors import Problem
from packgen.load import read_pack
from packgen.prose import check_prose as check_markdown
from packgen.prose import parse_prose
from packgen.schemas import SchemaSet
from packgen.validate import validate
from packgen.validate.accessibility import alt_words, language_of, link_words
from packgen.validate.accessibility.contrast import contrast, in_words, least_contrast
from packgen.validate.accessibility.few import MOST, few
from packgen.validate.accessibility.languages import announces, language_name, reads_as, voice
from packgen.workspace import Settings, find_templates, load_settings
from tests.conftest import REPOSITORY

REPORT = {
    "template": "cover-report",
    "title": "Tree Planting",
    "report_of": "the Cabinet Member for Climate",
    "recommendations": {"items": ["Approve the programme."]},
    "background_documents": [],
    "contacts": [{"name": "Robin Archer", "email": "robin.archer@lyne.example.org"}],
}


def found(tmp_path: Path, text: str, settings: Settings | None = None, **more: object) -> list[Problem]:
    """The warnings of `access.*` on a pack with one report, of which `text` is a section and `more` are other keys."""
    (tmp_path / "items").mkdir()
    report = {**REPORT, "sections": [{"heading": "Background", "text": text}], **more}
    (tmp_path / "items" / "report.json").write_text(json.dumps(report), encoding="utf-8")
    pack = {
        "committee": "Committee",
        "meeting": {"date": "2026-09-17", "time": "18:30", "venue": "Hall"},
        "items": [{"title": "One", "documents": [{"data": "items/report.json"}]}],
    }
    (tmp_path / "pack.json").write_text(json.dumps(pack), encoding="utf-8")
    templates = find_templates(None)
    problems = validate(read_pack(tmp_path), settings or Settings(), SchemaSet(templates.schemas), templates)
    assert all(problem.severity == "warning" and problem.hint for problem in problems if "access." in problem.code)
    return [problem for problem in problems if problem.code.startswith("access.")]


def codes(problems: list[Problem]) -> list[str]:
    return [problem.code.removeprefix("access.") for problem in problems]


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("Read it [here](https://example.org/a).", "link-words", '"here"'),
        ("[Click **here**](https://example.org/a)", "link-words", '"Click here"'),
        ("- One\n\n  > [Read more...](https://example.org/a)", "link-words", '"Read more..."'),
        ("A note[^1].\n\n[^1]: It is [here](https://example.org/a).", "link-words", '"here"'),
        ("| A | B |\n|---|---|\n| 1 | [more](https://example.org/a) |", "link-words", '"more"'),
        ("See https://www.example.org/plans/2026.", "link-address", "https://www.example.org/plans/2026"),
        ("[www.example.org/plans](https://www.example.org/plans)", "link-address", "www.example.org/plans"),
        ("[Plan](https://example.org/1) and [plan](https://example.org/2)", "link-same-words", "https://example.org/2"),
        ("| Ward | | Cost |\n|---|---|---|\n| Lyne | 2 | 3 |", "table-header", "column 2 of this table has"),
        ("THE COUNCIL WILL CLOSE THE POOL ON FRIDAY. It opens again.", "capitals", "THE COUNCIL WILL"),
    ],
)
def test_what_prose_keeps_from_people_who_listen_is_told(tmp_path: Path, text: str, code: str, words: str) -> None:
    problems = found(tmp_path, text)
    assert codes(problems) == [code]
    assert words in problems[0].message
    assert problems[0].pointer == "$.sections[0].text"


@pytest.mark.parametrize(
    "text",
    [
        "[Council Plan 2026](https://example.org/a), [as a web page](https://example.org/b)",
        "Write to clerk@lyne.example.org or look at www.example.org, or [example.org](https://example.org/).",
        "[Plan](https://example.org/1/) and [plan](http://example.org/1)",
        "[Call the clerk](tel:01632960001) or, at night, [call the clerk](tel:01632960002)",
        "| | 2025 | 2026 |\n|---|---|---|\n| Trees | 2 | 3 |",
        "The NHS, DCC, LGA, ICB, PCC, MHCLG, DEFRA and OFSTED. RESOLVED: that it be noted.",
        "Here is more: a link to read.",
    ],
)
def test_good_prose_is_left_in_peace(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text) == []


def test_places_in_markdown_files_are_lines_of_theirs(tmp_path: Path) -> None:
    (tmp_path / "long.md").write_text("One.\n\nTwo [here](https://example.org/a).\n", encoding="utf-8")
    (problem,) = found(tmp_path, {"file": "long.md"})  # type: ignore[arg-type]  # prose may be a file
    assert (problem.file or "").endswith("long.md")
    assert problem.line == 3


def test_a_line_within_json_text_is_named_in_the_message(tmp_path: Path) -> None:
    (problem,) = found(tmp_path, "One.\n\nTwo [here](https://example.org/a).")
    assert "(line 3 of the text)" in problem.message


def test_titles_of_background_papers_are_links_too(tmp_path: Path) -> None:
    address = "https://www.example.org/plans/2026.pdf"
    (problem,) = found(tmp_path, "Words.", background_documents=[{"title": address, "url": address}])
    assert (problem.code, problem.pointer) == ("access.link-address", "$.background_documents[0].title")


def test_words_are_compared_through_the_whole_document(tmp_path: Path) -> None:
    papers = [{"title": "Council Plan", "url": "https://example.org/2026"}]
    problems = found(tmp_path, "[Council Plan](https://example.org/2025)", background_documents=papers)
    assert codes(problems) == ["link-same-words"]


def test_a_picture_described_by_its_file_name(tmp_path: Path) -> None:
    (problem,) = found(tmp_path, "![IMG_2034.jpg](items/map.png)")
    assert problem.code == "access.alt-words"
    assert "is the name of a file" in problem.message


def test_a_logo_described_by_its_file_name(tmp_path: Path) -> None:
    logo = tmp_path / "logo.png"
    settings = Settings(file=tmp_path / "packgen.toml", logo=logo, logo_alt="logo.png")
    (problem,) = found(tmp_path, "Words.", settings)
    assert (problem.code, problem.pointer) == ("access.alt-words", "$.council.logo_alt")


def test_only_a_handful_of_each_kind_is_shown(tmp_path: Path) -> None:
    problems = found(tmp_path, "\n\n".join(f"See [here](https://example.org/{number})." for number in range(12)))
    assert codes(problems) == ["link-words"] * MOST
    assert problems[-1].message.endswith("(and 7 more like this in the file)")


def test_as_many_as_a_handful_are_all_shown_and_errors_always() -> None:
    warnings = [Problem(code="access.a", file="f", message=str(number), severity="warning") for number in range(MOST)]
    errors = [Problem(code="access.b", file="f", message=str(number)) for number in range(MOST * 2)]
    assert list(few([*warnings, *errors])) == [*warnings, *errors]


def test_headings_that_leave_a_level_out_are_told_where_headings_may_stand() -> None:
    (problem,) = check_markdown(parse_prose("# One\n\n### Three\n\n## Two\n\n### Three"))
    assert (problem.code, problem.line, problem.severity) == ("access.heading-level", 3, "warning")


@pytest.mark.parametrize(
    "alt",
    ["IMG_2034.jpg", "image1", "Image", "picture of", "A photograph of a", "DSC01234", "tbc", "Picture of image 2",
     "Screenshot 2", "20261105", "Chart 3", "site plan.PNG"],
)  # fmt: skip
def test_alternative_texts_that_say_nothing(alt: str) -> None:
    assert alt_words.fault_of(alt)


@pytest.mark.parametrize(
    "alt",
    ["", "A map", "Chart", "Picture of the Mayor", "Figure 1: trees planted in each ward", "Westmarch County Council",
     "Scan of the signed letter", "Image of a heron on the Lyne"],
)  # fmt: skip
def test_alternative_texts_that_may_do(alt: str) -> None:
    assert not alt_words.fault_of(alt)


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("Click here.", "empty"),
        ("  (LINK) ", "empty"),
        ("read more »", "empty"),
        ("https://example.org", "address"),
        ("http://example.org/a_b?c=d", "address"),
        ("a-very-long-name-of-a-combined-authority.example.org", "address"),
        ("www.example.org", ""),
        ("clerk@lyne.example.org", ""),
        ("Here is the plan", ""),
        ("plan.pdf", ""),
        ("", ""),
    ],
)
def test_words_of_links(words: str, fault: str) -> None:
    assert link_words.fault_of(words) == fault


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") < 4.5 < contrast("#767676", "#ffffff")
    assert contrast("#123456", "#123456") == pytest.approx(1)


@pytest.mark.parametrize(
    ("size", "bold", "least"), [(17.5, False, 4.5), (18, False, 3.0), (13.5, True, 4.5), (14, True, 3.0)]
)
def test_large_text_needs_less_contrast(size: float, bold: bool, least: float) -> None:
    assert least_contrast(size, bold=bold) == least


def test_colours_have_names() -> None:
    named = [in_words(colour) for colour in ("#ffffff", "#000000", "#808080", "#8b0000", "#add8e6")]
    assert named == ["white", "black", "grey (#808080)", "dark red (#8B0000)", "light blue (#ADD8E6)"]


def test_a_voice_changes_with_the_language_not_the_country() -> None:
    assert voice("en-US") == voice("en_GB") == "en"
    assert voice("x-none") == voice("") == ""
    assert language_name("cy-GB") == "Welsh"
    assert announces("Crynodeb (Cymraeg)", "cy-GB") and announces("Welsh summary", "cy")
    assert not announces("Summary", "cy")


def test_whether_words_are_in_a_language() -> None:
    assert reads_as("The council has agreed the plan", "en-GB") is True
    assert reads_as("Der Rat hat den Plan in Lyne beschlossen", "en-GB") is False
    assert reads_as("Smith and Sons", "en-GB") is None
    assert reads_as("Rada przyjęła dziś nowy plan", "pl") is None


@pytest.mark.parametrize(("written", "language"), [({}, "en-GB"), ({"language": "cy"}, "cy"), ([], "en-GB")])
def test_the_language_of_a_pack_of_any_shape(tmp_path: Path, written: object, language: str) -> None:
    (tmp_path / "pack.json").write_text(json.dumps(written), encoding="utf-8")
    assert language_of(read_pack(tmp_path)) == language


SHIPPED = sorted(file.parent for top in ("packs", "examples") for file in (REPOSITORY / top).glob("*/pack.json"))


@pytest.mark.parametrize("folder", SHIPPED, ids=lambda folder: folder.name)
def test_the_packs_we_show_are_in_order(folder: Path) -> None:
    settings = load_settings(folder, SchemaSet(find_templates(None).schemas))
    templates = find_templates(settings.file.parent if settings.file else None)
    problems = validate(read_pack(folder), settings, SchemaSet(templates.schemas), templates)
    assert [problem for problem in problems if problem.code.startswith("access.")] == []
