"""What a validator finds is said once for each cause, in words that an officer can pass on; the report says all."""

from __future__ import annotations

import pytest

from packgen.accessibility.conformance import Failing, failings
from packgen.accessibility.report import AccessibilityReport, DocumentFacts, PackFacts, as_json, as_text
from packgen.accessibility.shortcomings import UNTAGGED, Shortcoming, shortcomings
from packgen.errors import Problem
from packgen.model import PDF_A, PDF_UA
from pdf_parts import report, untagged


def found(*rules: str) -> list[str]:
    return [each.code for each in shortcomings([Failing(PDF_UA, rule, "said", 1) for rule in rules])]


def test_a_good_document_breaks_no_rule() -> None:
    assert failings(report("Alpha")) == ()


def test_what_a_document_says_of_itself_is_not_asked() -> None:
    rules = {each.rule for each in failings(untagged("Words"))}
    assert "PDFUA1-TAGGED-DOCUMENT-001" in rules
    assert not [rule for rule in rules if "-ID-" in rule]


def test_what_cannot_be_read_keeps_no_standard() -> None:
    assert {each.standard for each in failings(b"%PDF-1.7 nothing")} == {PDF_UA, PDF_A}


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("PDFUA1-FIGURE-ALTERNATIVE-TEXT-001", "conform.pictures"),
        ("PDFUA1-HEADING-NESTING-001", "conform.headings"),
        ("PDFUA1-TABLE-HEADERS-SCOPE-001", "conform.tables"),
        ("PDFUA1-TR-PARENT-001", "conform.tables"),
        ("PDFUA1-LI-KIDS-001", "conform.lists"),
        ("PDFUA1-L-KIDS-001", "conform.lists"),
        ("PDFUA1-LINK-CONTENTS-001", "conform.links"),
        ("PDFUA1-WIDGET-FORM-TAG-001", "conform.links"),
        ("PDFUA1-TEXT-LANGUAGE-001", "conform.language"),
        ("PDFUA1-ALT-TEXT-LANGUAGE-001", "conform.language"),
        ("PDFUA1-FONT-EMBEDDING-001", "conform.fonts"),
        ("PDFUA1-CIDTOGIDMAP-001", "conform.fonts"),
        ("PDFUA1-TAGGED-DOCUMENT-001", "conform.tags"),
        ("PDFUA1-CONTENT-TAGGING-001", "conform.tags"),
        ("PDFUA1-STRUCT-TREE-ROLE-MAP-001", "conform.tags"),
        ("PDFA2A-DEVICE-CMYK-001", "conform.colours"),
        ("PDFA2A-SOMETHING-NEW-001", "conform.other"),
    ],
)
def test_each_rule_has_its_cause(rule: str, code: str) -> None:
    assert found(rule) == [code]


def test_rules_with_one_cause_are_told_once_with_how_often_they_are_broken() -> None:
    told = shortcomings(
        [
            Failing(PDF_UA, "PDFUA1-FONT-EMBEDDING-001", "a", 3),
            Failing(PDF_UA, "PDFUA1-HEADING-NESTING-001", "b", 1),
            Failing(PDF_A, "PDFA2A-FONT-EMBEDDING-001", "c", 3),
        ]
    )
    assert [(each.code, each.standards) for each in told] == [
        ("conform.headings", {PDF_UA}), ("conform.fonts", {PDF_UA, PDF_A}),
    ]  # fmt: skip
    assert told[1].rules == (("PDFUA1-FONT-EMBEDDING-001", 3), ("PDFA2A-FONT-EMBEDDING-001", 3))


def test_a_cause_that_is_not_known_says_what_the_validator_says() -> None:
    (told,) = shortcomings([Failing(PDF_A, "PDFA2A-SOMETHING-NEW-001", "the moon is wrong", 1)])
    assert "the moon is wrong" in told.what
    assert not told.of_reading


def a_report(*documents: DocumentFacts, problems: tuple[Problem, ...] = ()) -> AccessibilityReport:
    keeps = frozenset.intersection(*(document.standards for document in documents))
    return AccessibilityReport(
        "2026-09-17-climate",
        "Meeting of the Climate Committee on 17 September 2026",
        (PackFacts("public", 12, keeps),),
        documents,
        problems,
    )


def a_document(title: str, *shortcomings: Shortcoming) -> DocumentFacts:
    kept = frozenset({PDF_UA, PDF_A}).difference(*(each.standards for each in shortcomings), set())
    return DocumentFacts("3", title, f"attachments/{title}.pdf", "none (PDF as supplied)", kept, shortcomings)


def test_a_report_without_shortcomings_says_so() -> None:
    text = as_text(a_report(a_document("Map")))
    assert "Yes: people can read it" in text
    assert "Yes: it can be kept for good" in text
    assert "Every document keeps both standards." in text
    assert "To mend it" not in text


def test_a_report_names_each_document_what_is_missing_and_the_remedy() -> None:
    text = as_text(a_report(a_document("Map", UNTAGGED), a_document("Plan")))
    assert text.count("Not claimed") == 2
    assert "1 of 2 documents" in text
    assert "Item 3: Map (attachments/Map.pdf)" in text
    assert UNTAGGED.remedy in " ".join(text.split())
    assert "Plan" not in text


def test_no_line_of_a_report_is_longer_than_a_hundred_letters() -> None:
    problem = Problem(code="access.link-words", file="items/03.json", message="words " * 60, hint="remedy " * 40)
    text = as_text(a_report(a_document("Map", UNTAGGED), problems=(problem,)))
    assert max(map(len, text.splitlines())) <= 100


def test_a_report_tells_of_problems_about_reading_and_of_no_others() -> None:
    told = Problem(code="access.contrast", severity="warning", file="a.docx", message="pale words")
    other = Problem(code="file.unused", severity="warning", file="b.docx", message="nobody uses it")
    made = a_report(a_document("Map"), problems=(told, other))
    assert "pale words" in as_text(made)
    assert "nobody uses it" not in as_text(made)
    assert [each["code"] for each in as_json(made)["problems"]] == ["access.contrast"]


def test_programs_get_claims_rules_and_remedies() -> None:
    (poor,) = shortcomings([Failing(PDF_A, "PDFA2A-DEVICE-CMYK-001", "x", 2)])
    told = as_json(a_report(a_document("Map", poor)))
    assert told["packs"] == [{"access": "public", "pages": 12, "claims": ["PDF/UA-1"]}]
    (document,) = told["documents"]
    assert document["keeps"] == ["PDF/UA-1"]
    assert document["shortcomings"][0]["rules"] == [{"rule": "PDFA2A-DEVICE-CMYK-001", "count": 2}]
    assert document["shortcomings"][0]["hint"] == poor.remedy
