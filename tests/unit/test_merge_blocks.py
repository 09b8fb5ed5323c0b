"""A document stands in a pack as a block of bytes that other documents do not change."""

from __future__ import annotations

from msgspec.structs import replace

import pdf_facts
from packgen.merge import merge
from packgen.merge.layout import layout_of
from packgen.merge.objects import renumbered
from packgen.merge.values import MergedPdf
from packgen.model import MergeRequest, PagePlan
from pdf_parts import drawn, request


def _request(*names: str) -> MergeRequest:
    return request([(f"{place}", drawn(name)) for place, name in enumerate(names)], authored=False)


def _blocks(merged: MergedPdf) -> dict[str, bytes]:
    return {span.document_id: merged.data[span.begin : span.end] for span in merged.spans}


def test_blocks_stay_as_they_are_when_another_document_changes() -> None:
    before, after = (_blocks(merge(_request("Alpha", name, "Gamma"))) for name in ("Beta", "Delta"))
    assert before["1"] != after["1"]
    assert (before["0"], before["2"]) == (after["0"], after["2"])


def test_what_is_handed_on_changes_no_byte() -> None:
    before = merge(_request("Alpha", "Beta", "Gamma"))
    changed = _request("Alpha", "Delta", "Gamma")
    assert merge(changed, before.made).data == merge(changed).data


def test_the_file_of_an_item_has_the_blocks_of_its_pack() -> None:
    whole = _request("Alpha", "Beta", "Gamma")
    pages = [page for page in whole.plan.pages if page.document_id == "1"]
    item = replace(
        whole,
        plan=PagePlan(tuple(replace(page, page_index=index) for index, page in enumerate(pages))),
        parts={"1": whole.parts["1"]},
        layout=layout_of(whole),
    )
    merged = merge(item)
    assert _blocks(merged)["1"] == _blocks(merge(whole))["1"]
    assert "Beta (1) heading" in pdf_facts.spoken(merged.data)


def test_words_that_look_like_references_stay() -> None:
    texts = [b"<< /K 7 0 R /T (see 7 0 R \\) and 8 0 R) >>", b"[ 7 0 R 8 0 R ]", b"(7 0 R)"]
    assert renumbered(texts, {7: 300, 8: 9}) == [
        b"<< /K 300 0 R /T (see 7 0 R \\) and 8 0 R) >>", b"[ 300 0 R 9 0 R ]", b"(7 0 R)",
    ]  # fmt: skip


def test_letters_beyond_ascii_are_drawn_with_codes_of_the_whole_pack() -> None:
    made = _request("Alpha", "Beta")
    marked = {key: replace(part, marking=f"Żółć {key}") for key, part in made.parts.items()}
    texts = pdf_facts.page_texts(merge(replace(made, parts=marked)).data)
    assert "Żółć 0" in texts[0]
    assert any("Żółć 1" in text for text in texts[1:])
