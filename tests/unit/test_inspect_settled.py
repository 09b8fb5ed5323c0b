"""A document that stands in a pack as it was inspected is not looked at again; anything else is."""

from __future__ import annotations

import re

import msgspec
import pytest
from msgspec.structs import replace

from packgen.errors import InspectionError
from packgen.inspect import Known, Span, inspect_pack
from packgen.inspect.finished_file import FinishedFile
from packgen.inspect.page_facts import facts_version
from packgen.merge import merge
from packgen.merge.values import MergedPdf
from packgen.model import MergeRequest
from pdf_parts import expected, several


def spans(merged: MergedPdf) -> list[Span]:
    return [Span(each.begin, each.end, each.first, each.count) for each in merged.spans]


def found(made: MergeRequest) -> Known:
    """What an inspection found, after it was written and read again."""
    merged = merge(made)
    told = inspect_pack(merged.data, expected(made), None, spans(merged)).found
    return msgspec.msgpack.decode(msgspec.msgpack.encode(told), type=Known)


def settled(data: bytes, known: Known, where: list[Span]) -> int:
    with FinishedFile(data, where, known.documents, facts_version()) as file:
        return len(file.settled)


def test_documents_that_stayed_the_same_are_left_out() -> None:
    before, after = several("Alpha", "Beta", "Gamma"), several("Alpha", "Delta", "Gamma")
    known, merged = found(before), merge(after)
    assert len(known.documents) == 3
    assert settled(merged.data, known, spans(merged)) == 2
    warm = inspect_pack(merged.data, expected(after), known, spans(merged))
    assert warm == inspect_pack(merged.data, expected(after), None, spans(merged))


@pytest.mark.parametrize("where", [0.1, 0.5, 0.9])
def test_a_document_with_one_other_byte_is_looked_at_again(where: float) -> None:
    made = several("Alpha", "Beta")
    known, merged = found(made), merge(made)
    first = spans(merged)[0]
    at = first.begin + int((first.end - first.begin) * where)
    data = merged.data[:at] + bytes([merged.data[at] ^ 1]) + merged.data[at + 1 :]
    assert settled(merged.data, known, spans(merged)) == 2
    assert settled(data, known, spans(merged)) < 2


def test_what_is_shared_by_documents_settles_none_of_them_if_it_changes() -> None:
    made = several("Alpha", "Beta")
    known, merged = found(made), merge(made)
    at = min(span.begin for span in merged.spans) - 20
    data = merged.data[:at] + bytes([merged.data[at] ^ 1]) + merged.data[at + 1 :]
    assert settled(data, known, spans(merged)) == 0


def test_known_documents_hide_no_fault_of_the_file_around_them() -> None:
    """Titles in another order than planned are found, though nothing within the documents changed."""
    made = several("Alpha", "Beta")
    known, merged = found(made), merge(made)
    titles = {key: list(value) for key, value in expected(made).titles.items()}
    titles["0"], titles["1"] = titles["1"], titles["0"]
    with pytest.raises(InspectionError) as error:
        inspect_pack(merged.data, replace(expected(made), titles=titles), known, spans(merged))
    assert "inspection.tag-order" in {problem.code for problem in error.value.problems}


def test_spans_that_are_not_true_settle_nothing_wrong() -> None:
    made = several("Alpha", "Beta")
    known, merged = found(made), merge(made)
    moved = [Span(each.begin + 1, each.end, each.first, each.count) for each in spans(merged)]
    assert settled(merged.data, known, moved) == 0
    assert inspect_pack(merged.data, expected(made), known, moved).page_texts


def test_known_documents_are_of_no_use_where_their_elements_are_other_ones() -> None:
    made = several("Alpha", "Beta")
    known, merged = found(made), merge(made)
    other = {key: replace(fact, kids=re.sub(rb"\d+ 0 R", b"9 0 R", fact.kids)) for key, fact in known.documents.items()}
    told = inspect_pack(merged.data, expected(made), replace(known, documents=other), spans(merged))
    assert told == inspect_pack(merged.data, expected(made), None, spans(merged))
