"""What is said of a council's own templates, and that ours give no reason to say anything."""

from __future__ import annotations

import itertools
import json
import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docx_parts import docx, paragraph, picture, png, row, table
from packgen.convert.read.document import collect_document
from packgen.convert.read.package import open_package
from packgen.errors import Problem
from packgen.load import read_pack
from packgen.resources import resource_folder
from packgen.validate.accessibility.template_tags import without_statements
from packgen.validate.accessibility.templates import check_template, check_templates
from packgen.validate.accessibility.word_walk import paragraphs
from packgen.workspace import Settings, find_templates

ONE = '<w:pStyle w:val="Heading1"/>'
THREE = '<w:pStyle w:val="Heading3"/>'
INSTALLED = sorted(resource_folder("templates").glob("*.docx"))
ACCENT = "#1D4F6E"


def found(tmp_path: Path, body: str, **parts: object) -> list[Problem]:
    file = tmp_path / "own.docx"
    file.write_bytes(docx(body, **parts))  # type: ignore[arg-type]  # whatever the test gives
    return list(check_template(file, accent=ACCENT, language="en-GB"))


def coloured(text: str, colour: str, fill: str = "") -> str:
    shading = f'<w:shd w:val="clear" w:fill="{fill}"/>' if fill else ""
    return paragraph(text, shading, f'<w:color w:val="{colour}"/>')


@pytest.mark.parametrize("file", INSTALLED, ids=lambda file: file.stem)
# The darkest and the palest colour that the settings allow: our templates use the accent on white alone.
@pytest.mark.parametrize("accent", ["#000000", ACCENT, "#767676"])
def test_our_own_templates_are_in_order(file: Path, accent: str) -> None:
    assert list(check_template(file, accent=accent, language="en-GB")) == []


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (coloured("{{ title }}", "AAAAAA"), "contrast"),
        (paragraph("{{ title }}", ONE) + paragraph("{% if a %}Deep{% endif %}", THREE), "heading-level"),
        (table(row("Ward", "Trees"), row("{{ ward }}", "{{ trees }}")), "table-header"),
        (
            table(row("{%tr for a in b %}", ""), row("{{ a.c }}", "{{ a.d }}"), row("{%tr endfor %}", "")),
            "table-header",
        ),
        (f"<w:p>{picture(None)}</w:p>", "picture-alt"),
        ('<w:p><w:hyperlink r:id="L1"><w:r><w:t>here</w:t></w:r></w:hyperlink></w:p>', "link-words"),
        (
            paragraph("Words of the council", run='<w:lang w:val="fr-FR"/>') + paragraph("{{ title }} and so on"),
            "language",
        ),
    ],
)
def test_what_every_document_would_lack(tmp_path: Path, body: str, code: str) -> None:
    problems = found(tmp_path, body, links={"L1": "https://example.org/1"}, media={"rIdPicture": png()})
    assert [(each.code, each.severity) for each in problems] == [(f"access.{code}", "warning")]
    assert (problems[0].file or "").endswith("own.docx")


@pytest.mark.parametrize(
    "body",
    [
        coloured("{% if title %}", "FEFEFE") + coloured("{# a remark #}", "FEFEFE"),
        paragraph("{%p if one %}", THREE) + paragraph("{{ title }}", ONE),
        table(row("{%tr if one %}", ""), row("{{ ward.name }}", "{{ ward.trees }}"), row("{%tr endif %}", "")),
        table(row("{%tr if one %}", ""), row("Ward", "Trees", properties="<w:tblHeader/>"), row("{{ a }}", "{{ b }}")),
        '<w:p><w:hyperlink r:id="L1"><w:r><w:t>{{ here }}</w:t></w:r></w:hyperlink></w:p>',
        paragraph("{% for the and that in this %}", run='<w:lang w:val="fr-FR"/>'),
    ],
    ids=["colours", "headings", "rows", "header", "links", "languages"],
)  # fmt: skip
def test_tags_are_not_taken_for_words(tmp_path: Path, body: str) -> None:
    assert found(tmp_path, body, links={"L1": "https://example.org/1"}) == []


def test_a_tag_in_several_pieces_is_one(tmp_path: Path) -> None:
    pieces = "".join(
        f'<w:r><w:rPr><w:color w:val="FEFEFE"/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'
        for text in ("{", "% if a", " %", "}")
    )
    assert found(tmp_path, f"<w:p>{pieces}</w:p>") == []
    assert [
        each.code
        for each in found(tmp_path, f"<w:p>{pieces}{pieces.replace('% if a', '{ a').replace(' %', ' }')}</w:p>")
    ] == ["access.contrast"]


@given(
    st.lists(st.sampled_from(["Ward ", "{% if a %}", "{{ name }}", "{# note #}", "{", "%}", " "]), max_size=8),
    st.lists(st.integers(0, 80), max_size=6),
)
def test_statements_vanish_however_word_cuts_them(words: list[str], cuts: list[int]) -> None:
    whole = "".join(words)
    ends = sorted({*(min(cut, len(whole)) for cut in cuts), len(whole)})
    pieces = [whole[start:end] for start, end in itertools.pairwise([0, *ends])]
    runs = "".join(f'<w:r><w:t xml:space="preserve">{piece}</w:t></w:r>' for piece in pieces)
    read = collect_document(open_package(docx(f"<w:p>{runs}</w:p>"), "own.docx")).document
    printed = "".join(paragraph.text for paragraph in paragraphs(without_statements(read)))
    expected = re.sub(r"\{%.*?%\}|\{#.*?#\}", "", whole)
    assert printed == expected or (not expected.strip() and not printed.strip())


def test_the_accent_is_judged_on_what_it_stands_on(tmp_path: Path) -> None:
    file = tmp_path / "own.docx"
    file.write_bytes(docx(coloured("{{ title }}", "1D4F6E", "E6EBEE")))
    assert list(check_template(file, accent=ACCENT, language="en-GB")) == []
    (problem,) = check_template(file, accent="#767676", language="en-GB")
    assert problem.code == "access.contrast"


def checked(tmp_path: Path) -> list[str]:
    """The codes of warnings on the templates of a workspace in which one pack has a paper that is to follow."""
    pack = tmp_path / "pack"
    pack.mkdir(exist_ok=True)
    value = {
        "committee": "Committee",
        "meeting": {"date": "2026-09-17", "time": "18:30", "venue": "Hall"},
        "items": [{"title": "One", "to_follow": True}],
    }
    (pack / "pack.json").write_text(json.dumps(value), encoding="utf-8")
    settings = Settings(file=tmp_path / "packgen.toml")
    return [each.code for each in check_templates(read_pack(pack), settings, find_templates(tmp_path), "en-GB")]


@pytest.mark.parametrize(("name", "codes"), [("to-follow", ["access.contrast"]), ("agenda", ["access.contrast"]),
                                             ("agenda-table", []), ("minutes", [])])  # fmt: skip
def test_only_templates_that_a_pack_uses_are_looked_at(tmp_path: Path, name: str, codes: list[str]) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / f"{name}.docx").write_bytes(docx(coloured("{{ title }}", "AAAAAA")))
    assert checked(tmp_path) == codes


def test_copies_of_our_templates_are_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(resource_folder("templates"), tmp_path / "templates")
    monkeypatch.setattr("packgen.validate.accessibility.templates.check_template", lambda *_, **__: 1 / 0)
    assert checked(tmp_path) == []


def test_a_template_that_is_no_word_document_is_left_to_others(tmp_path: Path) -> None:
    file = tmp_path / "own.docx"
    file.write_bytes(b"no archive")
    assert list(check_template(file, accent=ACCENT, language="en-GB")) == []
