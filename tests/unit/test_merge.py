"""A merged pack: what is printed, labelled, linked, bookmarked and tagged agrees with its plan."""

from __future__ import annotations

import io

import page
import pikepdf
import pytest
from msgspec.structs import replace

import pdf_facts
from packgen.errors import ConversionError, InvalidPackError
from packgen.merge import merge
from packgen.model import FRONT_SHEET_ID, Numbering, OutlineItem, PagePlan, StampStyle, Standard
from pdf_parts import changed, front_sheet, poisoned, report, request, scan, tagged, untagged


def conforms(pdf: bytes, profile: str) -> list[str]:
    """What a validator finds against a profile such as `ua1` or `2a`."""
    result = page.validate_pdf_bytes(pdf, profile=profile, limits=page.SafetyLimits.unlimited())
    return [f"{failure.rule_id} {failure.message}" for failure in result.failures]


def pack_of_two(front_pages: int = 1) -> bytes:
    front = front_sheet({"1": "1 - 4", "2": "5 - 6"}, front_pages)
    parts = [("alpha", report("Alpha", 3)), ("beta", report("Beta", 1))]
    links = {"packgen:item/1": "alpha", "packgen:item/2": "beta"}
    return merge(request(parts, front, links=links)).data


def test_printed_numbers_and_page_labels_are_those_of_the_plan() -> None:
    pdf = pack_of_two(front_pages=3)
    numbers = ["i", "ii", "iii", "iv", "1", "2", "3", "4", "5", "6"]
    assert pdf_facts.page_labels(pdf) == numbers
    for number, text in zip(numbers, pdf_facts.page_texts(pdf), strict=True):
        assert text.endswith(f"Page {number}")


def test_a_front_sheet_that_counts_is_labelled_like_the_rest() -> None:
    made = request([("alpha", report("Alpha"))], front_sheet({}), policy=Numbering(first=7, front_sheet_counted=True))
    assert pdf_facts.page_labels(merge(made).data) == ["7", "8", "9", "10"]


def test_labels_of_inserted_pages() -> None:
    made = request([("alpha", report("Alpha", 4))])
    numbers = ["12", "12A", "12B", "13"]
    pages = [replace(each, page_number=number) for each, number in zip(made.plan.pages, numbers, strict=True)]
    pdf = merge(replace(made, plan=PagePlan(tuple(pages)))).data
    assert pdf_facts.page_labels(pdf) == numbers
    assert "Page 12A" in pdf_facts.page_texts(pdf)[1]


def test_contents_links_lead_to_the_first_page_of_each_item() -> None:
    pdf = pack_of_two(front_pages=2)
    found = [(link.words, link.target_index, link.contents) for link in pdf_facts.links(pdf) if link.page_index == 0]
    assert found == [
        ("(Pages 1 - 4)", 2, "Title of alpha, page 1"),
        ("(Pages 5 - 6)", 6, "Title of beta, page 5"),
    ]


def test_links_stay_in_their_document_though_all_name_their_places_alike() -> None:
    pdf = pack_of_two()
    leads = {link.words: link.target_index for link in pdf_facts.links(pdf) if "link" in link.words}
    assert leads == {"Alpha link 1": 4, "Alpha link 2": 4, "Alpha link 3": 4, "Beta link 1": 6}


def test_a_link_names_the_number_that_its_page_has_in_the_pack() -> None:
    pdf = pack_of_two()
    (contents,) = {link.contents for link in pdf_facts.links(pdf) if link.words == "Beta link 1"}
    assert contents.endswith("page 5")


def test_a_link_to_an_unknown_item_is_a_located_problem() -> None:
    made = request([("alpha", report("Alpha"))], front_sheet({"1": "1", "9": "3"}), links={"packgen:item/1": "alpha"})
    with pytest.raises(InvalidPackError) as caught:
        merge(made)
    (problem,) = caught.value.problems
    assert "packgen:item/9" in problem.message
    assert problem.file == FRONT_SHEET_ID
    assert problem.pointer == "page i"


def test_a_link_to_a_document_that_is_not_in_this_file_becomes_words() -> None:
    made = request([("alpha", report("Alpha"))], front_sheet({"1": "1", "2": "3"}),
                   links={"packgen:item/1": "alpha", "packgen:item/2": "elsewhere"})  # fmt: skip
    pdf = merge(made).data
    assert "(Pages 3)" not in [link.words for link in pdf_facts.links(pdf)]
    assert ("Span", "(Pages 3)") in [(tag.role, tag.text) for tag in pdf_facts.tags(pdf)]
    assert conforms(pdf, "ua1") == []


def test_bookmarks_are_those_asked_for_with_the_documents_own_below() -> None:
    found = [(each.depth, each.title, each.target_index) for each in pdf_facts.outline(pack_of_two())]
    assert found == [
        (0, "Item alpha", 2),
        (1, "Alpha heading 1", 2),
        (1, "Alpha heading 2", 3),
        (1, "Alpha heading 3", 4),
        (0, "Item beta", 6),
        (1, "Beta heading 1", 6),
    ]


def test_tags_are_joined_in_the_order_of_the_pack() -> None:
    pdf = pack_of_two()
    found = pdf_facts.tags(pdf)
    assert [(tag.role, tag.title) for tag in found if tag.depth < 2] == [
        ("Document", None),
        ("Part", f"Title of {FRONT_SHEET_ID}"),
        ("Part", "Title of alpha"),
        ("Part", "Title of beta"),
    ]
    words = pdf_facts.spoken(pdf)
    order = ["Agenda", "This page is intentionally left blank", "Alpha heading 1", "Alpha note 1", "Alpha cell",
             "Alpha heading 3", "Beta heading 1", "Beta cell"]  # fmt: skip
    places = [words.index(each) for each in order]
    assert places == sorted(places)


def test_nothing_of_a_document_is_left_out_of_its_tags_or_told_twice() -> None:
    alone, pack = report("Alpha", 3), pack_of_two()
    assert pdf_facts.spoken(alone) in pdf_facts.spoken(pack)
    assert pdf_facts.spoken(pack).count("Alpha paragraph 2") == 1


def test_ids_are_unique_in_the_pack() -> None:
    identifiers = [tag.identifier for tag in pdf_facts.tags(pack_of_two()) if tag.identifier]
    assert len(identifiers) > 8
    assert len(set(identifiers)) == len(identifiers)
    assert {identifier.split(".")[0] for identifier in identifiers} == {"alpha", "beta"}


def test_a_pack_of_conforming_documents_conforms() -> None:
    result = merge(request([("alpha", report("Alpha", 3)), ("beta", report("Beta"))], front_sheet({})))
    assert (result.untagged, result.standards) == ((), {"PDF/UA-1", "PDF/A-2a"})
    assert conforms(result.data, "ua1") == []
    assert conforms(result.data, "2a") == []
    assert "<pdfuaid:part>1</pdfuaid:part>" in pdf_facts.xmp(result.data)
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in pdf_facts.xmp(result.data)


def test_a_marking_conforms_and_is_spoken_once() -> None:
    words = "NOT FOR PUBLICATION by virtue of paragraphs 2 and 3 of Part 1 of Schedule 12A to the Act of 1972"
    pdf = merge(request([("alpha", report("Alpha", 2))], marking=words)).data
    assert all(words in text for text in pdf_facts.page_texts(pdf))
    assert pdf_facts.spoken(pdf).startswith(words)
    assert pdf_facts.spoken(pdf).count(words) == 1
    assert conforms(pdf, "ua1") == []


def test_what_the_pack_says_of_itself() -> None:
    pdf = pack_of_two()
    information = pdf_facts.information(pdf)
    assert information["/Title"] == "A pack & its <title>"
    assert information["/Author"] == "Westmere Council"
    assert information["/CreationDate"] == "D:20221014000000Z"
    assert "A pack &amp; its &lt;title&gt;" in pdf_facts.xmp(pdf)
    catalog = pdf_facts.catalog(pdf)
    assert catalog["/Lang"] == "en-GB"
    assert catalog["/PageMode"] == "/UseOutlines"
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert catalog["/MarkInfo"]["/Marked"]


def test_the_same_request_gives_the_same_bytes() -> None:
    made = request([("alpha", report("Alpha")), ("beta", untagged("Beta")), ("gamma", poisoned("x"))], front_sheet({}))
    assert merge(made).data == merge(made).data


def test_a_document_in_another_language_says_so() -> None:
    welsh = tagged('#set text(lang: "cy", region: none)\n= Adroddiad', "Adroddiad")
    parts = [
        tag for tag in pdf_facts.tags(merge(request([("alpha", report("A")), ("cy", welsh)])).data) if tag.depth == 1
    ]
    assert [part.language for part in parts] == [None, "cy"]


def test_one_item_keeps_the_numbers_of_its_pack() -> None:
    whole = request([("alpha", report("Alpha", 3)), ("beta", report("Beta", 2))], front_sheet({}))
    pages = tuple(each for each in whole.plan.pages if each.document_id == "beta")
    pdf = merge(replace(whole, plan=PagePlan(pages))).data
    assert pdf_facts.page_labels(pdf) == ["5", "6"]
    assert b"Alpha" not in pdf_facts.plain_bytes(pdf)
    assert [each.title for each in pdf_facts.outline(pdf)] == ["Item beta", "Beta heading 1", "Beta heading 2"]
    assert conforms(pdf, "ua1") == []


def test_some_pages_of_a_document_bring_only_their_own_tags_and_words() -> None:
    body = (
        "= Kept\n"
        + "Across the turn of the page. " * 260
        + "\n#pagebreak()\n= Dropped\n#link(<kept>)[Back] Last <kept>"
    )
    whole = request([("alpha", tagged(body, "Long"))], policy=Numbering(duplex=False))
    pdf = merge(replace(whole, plan=PagePlan(whole.plan.pages[:1]))).data
    assert [tag.text for tag in pdf_facts.tags(pdf) if tag.role == "H1"] == ["Kept"]
    assert b"Dropped" not in pdf_facts.plain_bytes(pdf)
    assert conforms(pdf, "ua1") == []


def test_parts_that_do_not_fit_the_plan() -> None:
    made = request([("alpha", report("Alpha", 3))])
    short = replace(made.parts["alpha"], pdf=report("Alpha", 1))
    with pytest.raises(ConversionError, match="has 1 pages"):
        merge(replace(made, parts={"alpha": short}))
    with pytest.raises(ConversionError, match="no PDF"):
        merge(replace(made, parts={}))
    broken = replace(made.parts["alpha"], pdf=b"%PDF-1.7 nothing")
    with pytest.raises(ConversionError, match="cannot be read"):
        merge(replace(made, parts={"alpha": broken}))


@pytest.mark.parametrize(
    ("side", "left", "right"),
    [("left", 70.9, None), ("right", None, 524.4), ("outer", None, 524.4), ("centre", 283, None)],
)
def test_the_stamp_stands_where_its_style_says(side: str, left: float | None, right: float | None) -> None:
    made = replace(request([("a", report("A"))]), stamp=StampStyle(text="p. {number}", side=side))  # type: ignore[arg-type]  # one of the four
    box = pdf_facts.words_at(merge(made).data, 0, "p. 1")
    assert left is None or box[0] == pytest.approx(left, abs=8)
    assert right is None or box[2] == pytest.approx(right, abs=2)
    assert 20 < box[1] < 34


def test_outer_stamps_change_sides() -> None:
    made = replace(request([("a", report("A", 2))]), stamp=StampStyle(side="outer"))
    pdf = merge(made).data
    assert pdf_facts.words_at(pdf, 0, "Page 1")[0] > 400
    assert pdf_facts.words_at(pdf, 1, "Page 2")[0] < 100


def test_an_untagged_document_is_tagged_and_reported_and_takes_the_claim_away() -> None:
    result = merge(request([("alpha", report("Alpha")), ("beta", untagged("Beta words", "More words"))]))
    assert result.untagged == ("beta",)
    assert result.standards == frozenset()
    assert "pdfuaid:part>" not in pdf_facts.xmp(result.data)
    assert "pdfaid:part>" not in pdf_facts.xmp(result.data)
    beta = [tag for tag in pdf_facts.tags(result.data) if tag.page_indexes and tag.page_indexes[0] >= 2]
    assert [(tag.role, tag.text) for tag in beta] == [("P", "Beta words"), ("P", "More words")]


def test_a_scan_speaks_the_words_given_for_it() -> None:
    result = merge(request([("map", scan(2))], alt="A map of the ward"))
    figures = [tag for tag in pdf_facts.tags(result.data) if tag.role == "Figure"]
    assert [tag.alt for tag in figures] == [
        "A map of the ward",
        "Title of map, page 2: a picture of a page, without text",
    ]
    assert result.untagged == ("map",)


def test_a_scan_without_words_says_that_there_are_none() -> None:
    (figure,) = [tag for tag in pdf_facts.tags(merge(request([("map", scan())])).data) if tag.role == "Figure"]
    assert figure.alt == "Title of map: a picture of a page, without text and without a description"


def test_blanks_of_all_kinds_in_titles_become_plain_ones() -> None:
    made = request([("a", report("A"))])
    title = "Minutes of 4\u00a0March\u202f2019\tand so\u00adforth\x07"
    pdf = merge(replace(made, metadata=replace(made.metadata, title=title))).data
    assert pdf_facts.information(pdf)["/Title"] == "Minutes of 4 March 2019 and soforth"


def test_one_item_stamps_its_pages_on_the_side_they_have_in_the_pack() -> None:
    whole = request([(name, report(name)) for name in "ab"], policy=Numbering(duplex=False))
    pages = tuple(replace(each, page_index=0) for each in whole.plan.pages if each.document_id == "b")
    pdf = merge(replace(whole, plan=PagePlan(pages), stamp=StampStyle(side="outer"))).data
    assert pdf_facts.words_at(pdf, 0, "Page 2")[0] < 100


@pytest.mark.parametrize(("leads_to", "kept"), [(0, False), (2, True)])
def test_an_authors_only_bookmark_is_left_out_if_it_leads_to_the_beginning(leads_to: int, kept: bool) -> None:
    def change(opened: pikepdf.Pdf) -> None:
        with opened.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("Summary", leads_to))

    made = request([("a", changed(untagged("One", "Two", "Three"), change))])
    outline = [OutlineItem(title="Appendix A: Summary of responses", target="a", headings_of="a")]
    found = pdf_facts.outline(merge(replace(made, outline=outline)).data)
    assert ("Summary" in [bookmark.title for bookmark in found]) is kept


def test_a_bookmark_report_is_not_followed_by_the_documents_title() -> None:
    made = request([("a", tagged("= Title of a\nWords"))])
    outline = [OutlineItem(title="Report", target="a", headings_of="a")]
    pdf = merge(replace(made, outline=outline)).data
    assert [bookmark.title for bookmark in pdf_facts.outline(pdf)] == ["Report"]


@pytest.mark.parametrize("standards", [set(), {"PDF/UA-1"}, {"PDF/A-2a"}, {"PDF/UA-1", "PDF/A-2a"}])
def test_a_pack_claims_what_all_its_documents_keep(standards: set[Standard]) -> None:
    made = request([("a", report("A")), ("b", report("B"))])
    parts = dict(made.parts, b=replace(made.parts["b"], standards=frozenset(standards)))
    result = merge(replace(made, parts=parts))
    assert result.standards == standards
    assert ("<pdfuaid:part>1<" in pdf_facts.xmp(result.data)) is ("PDF/UA-1" in standards)
    assert ("<pdfaid:part>2<" in pdf_facts.xmp(result.data)) is ("PDF/A-2a" in standards)
    assert not standards or conforms(result.data, "ua1" if "PDF/UA-1" in standards else "2a") == []


def test_a_link_into_the_pack_has_no_other_way() -> None:
    """Some viewers follow the action of a link and leave its destination (ISO 32000-1, table 173)."""
    parts = [("alpha", report("Alpha", 2))]
    made = request(parts, front_sheet({"1": "1 - 2"}), links={"packgen:item/1": "alpha"})
    with pikepdf.open(io.BytesIO(merge(made).data)) as opened:
        links = [link for each in opened.pages for link in each.obj.get("/Annots", [])]
    assert len(links) > 2
    assert all("/Dest" in link and "/A" not in link for link in links)
