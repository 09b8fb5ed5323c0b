"""The corpus: the same bytes on every run, enough of it, and what the built-in engine leaves to LibreOffice named."""

from __future__ import annotations

import pytest
from tools.corpus.collection import CorpusDocument, documents
from tools.corpus.refused import refused

from packgen.convert.reasons import needs_another_engine
from packgen.errors import ConversionError
from tests.docx_parts import draw


def test_there_are_enough_documents() -> None:
    assert len(documents()) >= 40
    assert all(each.covers for each in documents())


@pytest.mark.parametrize("made", documents(), ids=lambda made: made.name)
def test_a_document_is_made_of_the_same_bytes_each_time(made: CorpusDocument) -> None:
    assert made.make() == made.make()


@pytest.mark.parametrize("name", refused())
def test_what_is_left_to_libreoffice_is_named_with_its_paragraph(name: str) -> None:
    said, docx = refused()[name]
    with pytest.raises(ConversionError) as error:
        draw(docx)
    (problem,) = error.value.problems
    assert said.lower() in problem.message.lower()
    assert (problem.pointer or "").startswith("paragraph 2")
    assert needs_another_engine(error.value)
