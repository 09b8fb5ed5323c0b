"""What authors' programs get wrong in tags and has one right form is mended on the way into the pack."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import page
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

import pdf_facts
from packgen.merge import merge
from pdf_parts import changed, report, request, tagged

_PDF_2 = "http://iso.org/pdf2/ssn"


def failings(pdf: bytes, profile: str = "ua1") -> list[str]:
    result = page.validate_pdf_bytes(pdf, profile=profile, limits=page.SafetyLimits.unlimited())
    return [failure.rule_id for failure in result.failures]


def elements(opened: Pdf) -> Iterator[pikepdf.Object]:
    """The structure elements of a document, in reading order."""
    stack = [opened.Root.StructTreeRoot.K]
    while stack:
        each = stack.pop()
        if isinstance(each, Array):
            stack += reversed(each.as_list())
        elif isinstance(each, Dictionary) and "/S" in each:
            yield each
            stack.append(each.get("/K"))


def with_roles(pdf: bytes, change: Callable[[pikepdf.Object], None]) -> bytes:
    """A tagged PDF after `change` was called with each of its elements."""

    def all_of_them(opened: Pdf) -> None:
        for element in list(elements(opened)):
            change(element)

    return changed(pdf, all_of_them)


def test_items_of_lists_get_a_body_for_what_stands_straight_in_them() -> None:
    def open_body(opened: Pdf) -> None:
        for item in [each for each in elements(opened) if each.S == "/LI"]:
            label, body = item.K
            if "/Pg" in body:
                item.Pg = body.Pg
            item.K = Array([label, *(body.K if isinstance(body.K, Array) else [body.K])])

    source = changed(tagged("= A\n- one\n- two\n  - below\n"), open_body)
    assert any("LI-KIDS" in rule for rule in failings(source))
    merged = merge(request([("a", source)])).data
    assert failings(merged) == []
    spoken = pdf_facts.spoken(merged)
    assert [spoken.index(word) for word in ("one", "two", "below")] == sorted(
        map(spoken.index, ("one", "two", "below"))
    )


def test_notes_without_a_name_get_one() -> None:
    def forget(element: pikepdf.Object) -> None:
        if element.S == "/Note":
            del element.ID

    source = with_roles(report("A", 2), forget)
    assert any("NOTE-ID" in rule for rule in failings(source))
    assert failings(merge(request([("a", source), ("b", source)])).data) == []


def test_headings_without_a_level_get_that_of_their_place() -> None:
    def level(element: pikepdf.Object) -> None:
        if element.S in (Name.H1, Name.H2):
            element.S = Name.H

    def nest(opened: Pdf) -> None:
        document = next(each for each in elements(opened) if each.S == "/Document")
        first, words, second, *rest = document.K
        below = opened.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Sect, P=document, K=Array([second, *rest]))
        )
        for each in (second, *rest):
            each.P = below
        document.K = Array([first, words, below])

    source = changed(with_roles(tagged("= Top\nWords\n== Below\nMore words"), level), nest)
    merged = merge(request([("a", source), ("b", report("B"))])).data
    assert [tag.role for tag in pdf_facts.tags(merged) if tag.role.startswith("H")] == ["H1", "H2", "H1"]
    assert failings(merged) == []


@pytest.mark.parametrize(
    ("role", "meaning"),
    [("Title", "P"), ("Em", "Span"), ("FENote", "Note"), ("Aside", "Div"), ("H7", "H6"), ("P", "P")],
)
def test_elements_of_pdf_2_are_told_in_terms_of_pdf_1(role: str, meaning: str) -> None:
    def change(opened: Pdf) -> None:
        namespace = opened.make_indirect(Dictionary(Type=Name.Namespace, NS=String(_PDF_2)))
        opened.Root.StructTreeRoot.Namespaces = Array([namespace])
        element = [each for each in elements(opened) if each.S == "/P"][-1]
        element.S, element.NS = Name(f"/{role}"), namespace

    merged = merge(request([("a", changed(tagged("= A\nOne\n\nLast words"), change))])).data
    assert [tag.standard_role for tag in pdf_facts.tags(merged) if tag.text == "Last words"] == [meaning]
    assert b"/NS" not in pdf_facts.plain_bytes(merged)


def test_elements_of_an_own_namespace_mean_what_it_says() -> None:
    def change(opened: Pdf) -> None:
        standard = opened.make_indirect(Dictionary(Type=Name.Namespace, NS=String(_PDF_2)))
        own = Dictionary(NS=String("https://example.org/own"), RoleMapNS=Dictionary(Absatz=Array([Name.P, standard])))
        element = [each for each in elements(opened) if each.S == "/P"][-1]
        element.S, element.NS = Name.Absatz, opened.make_indirect(own)

    merged = merge(request([("a", changed(tagged("= A\nWords"), change))])).data
    assert [(tag.role, tag.standard_role) for tag in pdf_facts.tags(merged) if tag.text == "Words"] == [("Absatz", "P")]


def test_lines_without_a_mark_become_ornaments_and_look_as_before() -> None:
    def rule(opened: Pdf) -> None:
        first = opened.pages[0]
        lines = opened.make_stream(b"\nq 0.2 0.4 0.6 RG 3 w 72 500 m 300 500 l S 1 0 0 rg 80 400 50 40 re f Q\n")
        first.Contents = Array([first.Contents, lines])

    source = changed(report("A"), rule)
    assert "PDFUA1-CONTENT-TAGGING-001" in failings(source)
    merged = merge(request([("a", source)])).data
    assert failings(merged) == []
    before, after = (pdf_facts.picture(pdf, 0) for pdf in (source, merged))
    above_the_stamp = (0, 0, before.width, before.height - 80)
    assert before.crop(above_the_stamp).tobytes() == after.crop(above_the_stamp).tobytes()


def test_words_without_a_mark_are_not_hidden_as_ornaments() -> None:
    def write(opened: Pdf) -> None:
        first = opened.pages[0]
        font = next(iter(first.Resources.Font.keys()))
        words = opened.make_stream(b"\nq BT %s 12 Tf 72 300 Td <0001> Tj ET Q\n" % font.encode())
        first.Contents = Array([first.Contents, words])

    merged = merge(request([("a", changed(report("A"), write))])).data
    assert "PDFUA1-CONTENT-TAGGING-001" in failings(merged)


def test_links_are_flagged_as_archives_want_them() -> None:
    def unflag(opened: Pdf) -> None:
        for annotation in opened.pages[0].Annots:
            del annotation.F

    source = changed(report("A"), unflag)
    assert any("ANNOTATION-FLAGS" in rule for rule in failings(source, "2a"))
    assert failings(merge(request([("a", source)])).data, "2a") == []
