"""Every document of the corpus can be imported: nothing stops it, nothing is lost, everything said has its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from tools.corpus.collection import documents

from import_support import all_words, imported
from packgen.convert.read.package import open_package
from packgen.errors import ConversionError
from packgen.importing.proof import lost_words, raw_texts

_DOCUMENTS = documents()
_NOT_SETTLED = {"convert.tracked", "convert.comment", "convert.another-file"}


@pytest.mark.parametrize("each", _DOCUMENTS, ids=[each.name for each in _DOCUMENTS])
def test_a_document_of_the_corpus_is_imported_whole(each: object, tmp_path: Path) -> None:
    docx = each.make()  # type: ignore[attr-defined]
    try:
        done = imported(docx, tmp_path)
    except ConversionError as refused:
        assert {problem.code for problem in refused.problems} <= _NOT_SETTLED
        assert all(problem.pointer and problem.hint for problem in refused.problems)
        return
    kept = [all_words(done), *(left.words for left in done.left_out)]
    assert not lost_words(raw_texts(open_package(docx, "corpus")), kept)
    assert all(remark.pointer for remark in done.remarks)
    assert all(piece.place and piece.reason for piece in done.left_over)
    # No mapping passes over a paragraph: what is left over is left over for a reason of its own.
    assert [remark for remark in done.remarks if remark.code == "import.untaken"] == []
