"""What the built-in engine draws, next to what LibreOffice draws of the same Word files.

All documents of the shipped packs, and one document of each kind of the corpus. `python -m tools.compare` does the same
with the whole corpus; the checks before a landing run that too. LibreOffice is started once, with a profile of its own.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tools.compare.comparing import Comparison, compared
from tools.compare.office import drawn_by_libreoffice
from tools.compare.report import MOST_PAGES_APART, total
from tools.compare.sources import of_packs, sources

OF_THE_CORPUS = (
    "styles-theme-calibri", "characters-lines", "numbering-formats", "paragraphs-space", "sections-margins",
    "headers-first-and-even", "notes-many", "references-contents", "table-in-a-table", "table-style-regions",
    "pictures-in-cells", "minutes-in-a-table", "forward-plan",
)  # fmt: skip


@pytest.fixture(scope="module")
def comparisons(tmp_path_factory: pytest.TempPathFactory) -> list[Comparison]:
    chosen = [*sources(OF_THE_CORPUS), *of_packs()]
    kept: Path = tmp_path_factory.mktemp("office")
    return compared(chosen, drawn_by_libreoffice({each.name: each.docx for each in chosen}, kept))


@pytest.mark.slow
@pytest.mark.libreoffice
def test_words_pages_and_tables_are_where_libreoffice_puts_them(comparisons: list[Comparison]) -> None:
    figures = total(comparisons)
    assert figures.documents >= 28 + len(OF_THE_CORPUS)
    assert figures.refused == ()
    assert figures.in_order >= 0.995
    assert figures.same_pages >= 19 / 20
    assert figures.too_far_apart == ()
    assert figures.placed >= 0.97
    assert figures.other_tables == ()


@pytest.mark.slow
@pytest.mark.libreoffice
def test_every_document_of_a_pack_agrees_by_itself(comparisons: list[Comparison]) -> None:
    for each in comparisons:
        if "/" not in each.source.name:
            continue
        assert each.agreement is not None
        ours, theirs = each.agreement.pages
        assert abs(ours - theirs) <= theirs * MOST_PAGES_APART, each.source.name
        assert each.agreement.placed >= 0.95, each.source.name
        assert each.agreement.order >= 0.995, each.source.name
