"""Trees written into the pack as text are the same as those joined element by element."""

from __future__ import annotations

import datetime as dt

import msgspec
import page
import pikepdf
import pytest
from msgspec.structs import replace

import pdf_facts
from packgen.inspect import Expected, inspect_pack
from packgen.merge import merge, pack, prepare
from packgen.merge.values import Made
from packgen.model import MergeRequest, PagePlan, PdfPart, StampStyle
from pdf_parts import changed, count, drawn, report, request, scan, untagged

CREATED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def ready(pdf: bytes, name: str) -> bytes:
    """An author's PDF made ready for packs."""
    return prepare(PdfPart(document_id=name, title=name, pdf=pdf, authored=True), count(pdf), "en-GB", CREATED).data


def own(*names: str, **of_part: str) -> MergeRequest:
    return request([(name, drawn(name)) for name in names], authored=False, **of_part)


@pytest.fixture
def no_walking(monkeypatch: pytest.MonkeyPatch) -> None:
    def walked(_: MergeRequest) -> None:
        pytest.fail("this tree should have been taken over as text")

    monkeypatch.setattr(pack, "_walked", walked)


def told(pdf: bytes) -> list[tuple[str, str, str | None, str | None, tuple[int, ...]]]:
    return [(tag.role, tag.text, tag.title, tag.alt, tuple(tag.page_indexes)) for tag in pdf_facts.tags(pdf)]


@pytest.mark.parametrize("marking", [None, "NOT FOR PUBLICATION"])
def test_a_grafted_tree_says_what_a_walked_one_says(marking: str | None) -> None:
    made = own("Alpha", "Beta", **({"marking": marking} if marking else {}))
    grafted, walked = pack._grafted(made).data, pack._walked(made).data
    assert told(grafted) == told(walked)
    assert pdf_facts.spoken(grafted) == pdf_facts.spoken(walked)
    assert pdf_facts.page_texts(grafted) == pdf_facts.page_texts(walked)
    assert pdf_facts.links(grafted) == pdf_facts.links(walked)


@pytest.mark.usefixtures("no_walking")
def test_what_packgen_draws_is_grafted_conforms_and_passes_the_inspection() -> None:
    made = own("Alpha", "Beta", marking="NOT FOR PUBLICATION")
    pdf = merge(made).data
    for profile in ("ua1", "2a"):
        result = page.validate_pdf_bytes(pdf, profile=profile, limits=page.SafetyLimits.unlimited())
        assert [each.rule_id for each in result.failures if "STREAM-LENGTH" not in each.rule_id] == []
    titles = {key: [part.title] for key, part in made.parts.items()}
    assert inspect_pack(pdf, Expected(made.plan, name="x", titles=titles, outline=made.outline)).warnings == ()


@pytest.mark.usefixtures("no_walking")
def test_documents_stand_below_their_items() -> None:
    made = own("Alpha", "Beta", "Gamma")
    items = {"Alpha": "4. Trees", "Beta": "4. Trees", "Gamma": "5. Rivers"}
    parts = {key: replace(part, item=items[key]) for key, part in made.parts.items()}
    pdf = merge(replace(made, parts=parts)).data
    assert [(tag.depth, tag.title) for tag in pdf_facts.tags(pdf) if tag.role == "Part"] == [
        (1, "4. Trees"), (2, "Title of Alpha"), (2, "Title of Beta"), (1, "5. Rivers"), (2, "Title of Gamma"),
    ]  # fmt: skip


READY = {
    "tagged": ready(report("Author", 2), "a"),
    "untagged": ready(untagged("Words", "More words"), "a"),
    "scan": ready(scan(), "a"),
}


@pytest.mark.usefixtures("no_walking")
@pytest.mark.parametrize("kind", READY)
def test_what_was_made_ready_is_grafted(kind: str) -> None:
    made = request([("a", READY[kind]), ("b", drawn("Beta"))], authored=False)
    merged = merge(made).data
    assert pdf_facts.spoken(READY[kind]) in pdf_facts.spoken(merged)
    titles = {key: [part.title] for key, part in made.parts.items()}
    assert inspect_pack(merged, Expected(made.plan, name="x", titles=titles)).warnings == ()


@pytest.mark.usefixtures("no_walking")
def test_the_same_request_gives_the_same_bytes() -> None:
    assert merge(own("Alpha", "Beta")).data == merge(own("Alpha", "Beta")).data


def test_one_document_twice_is_walked_through_and_keeps_its_ids_apart() -> None:
    made = request([("a", drawn("Alpha")), ("b", drawn("Alpha"))], authored=False)
    pdf = merge(made).data
    identifiers = [tag.identifier for tag in pdf_facts.tags(pdf) if tag.identifier]
    assert len(identifiers) == len(set(identifiers)) > 2
    titles = {key: [part.title] for key, part in made.parts.items()}
    assert inspect_pack(pdf, Expected(made.plan, name="x", titles=titles)).warnings == ()


def test_roles_that_mean_two_things_are_walked_through() -> None:
    def renamed(meaning: str) -> bytes:
        def change(opened: pikepdf.Pdf) -> None:
            for each in opened.objects:
                if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/H2":
                    each.S = pikepdf.Name.Titel
            opened.Root.StructTreeRoot.RoleMap = pikepdf.Dictionary(Titel=pikepdf.Name(meaning))

        return changed(drawn("Alpha" if meaning == "/H2" else "Beta"), change)

    made = request([("a", renamed("/H2")), ("b", renamed("/P"))], authored=False)
    found = [(tag.role, tag.standard_role) for tag in pdf_facts.tags(merge(made).data) if "Titel" in tag.role]
    assert found == [("Titel", "H2"), ("Titel-2", "P")]


def test_a_file_that_only_looks_like_packgens_own_is_walked_through() -> None:
    raw = report("Alpha")  # as Typst writes it
    assert "Alpha heading 1" in pdf_facts.spoken(merge(request([("a", raw)], authored=False)).data)


@pytest.mark.usefixtures("no_walking")
def test_what_an_earlier_merging_hands_on_saves_reading_and_drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    made = own("Alpha", "Beta", marking="NOT FOR PUBLICATION")
    first = merge(made)
    kept = msgspec.msgpack.decode(msgspec.msgpack.encode(first.made), type=Made)
    for place in ("packgen.merge.reading.read_part", "packgen.merge.stamps.Lettering"):
        monkeypatch.setattr(place, lambda *_: pytest.fail("this was known"))
    assert merge(made, kept).data == first.data


@pytest.mark.usefixtures("no_walking")
@pytest.mark.parametrize("change", ["document", "number", "marking", "style", "order", "blank page"])
def test_what_an_earlier_merging_hands_on_changes_no_byte(change: str) -> None:
    earlier = merge(own("Alpha", "Beta", marking="NOT FOR PUBLICATION")).made
    made = {
        "document": own("Alpha", "Gamma", marking="NOT FOR PUBLICATION"),
        "number": own("Alpha", "Beta", marking="NOT FOR PUBLICATION"),
        "marking": own("Alpha", "Beta", marking="EXEMPT"),
        "style": replace(own("Alpha", "Beta", marking="NOT FOR PUBLICATION"), stamp=StampStyle(side="right")),
        "order": own("Beta", "Alpha", marking="NOT FOR PUBLICATION"),
        "blank page": own("Alpha", "Beta", marking="NOT FOR PUBLICATION"),
    }[change]
    pages = list(made.plan.pages)
    if change == "number":
        pages[-1] = replace(pages[-1], page_number="12A")
    if change == "blank page":
        pages.append(replace(pages[-1], page_index=len(pages), page_number="99", source_index=None))
    made = replace(made, plan=PagePlan(tuple(pages)))
    assert merge(made, earlier).data == merge(made).data
